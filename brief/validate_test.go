package brief_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
)

func TestBriefValidate(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		edit func(*brief.Brief)
		want []at
	}{
		"nothing wrong":         {func(*brief.Brief) {}, nil},
		"no id":                 {func(b *brief.Brief) { b.ID = "" }, []at{{"id", "required"}}},
		"version 0":             {func(b *brief.Brief) { b.Version = 0 }, []at{{"version", "min"}}},
		"no such language":      {func(b *brief.Brief) { b.Language = "klingon?" }, []at{{"language", "bcp47_language_tag"}}},
		"an empty brand":        {func(b *brief.Brief) { b.Brands[1] = "" }, []at{{"brands[1]", "required"}}},
		"a market that is none": {func(b *brief.Brief) { b.Markets[0] = "ZZ" }, []at{{"markets[0]", "market"}}},
		"a market twice":        {func(b *brief.Brief) { b.Markets = append(b.Markets, "US") }, []at{{"markets[1]", "brief.market_twice"}}},
		"more than everybody":   {func(b *brief.Brief) { b.Audience.Minors = byline.Known(4, "per cent", sent()) }, []at{{"audience.minors", "brief.minors"}}},
		"no such goal":          {func(b *brief.Brief) { b.Objective.Goal = "fame" }, []at{{"objective.goal", "oneof"}}},
		"no such address":       {func(b *brief.Brief) { b.Product.URL = "javascript:alert(1)" }, []at{{"product.url", "http_url"}}},
		"no deliverables":       {func(b *brief.Brief) { b.Pieces = nil }, []at{{"deliverables", "required"}}},
		"a deliverable of nothing": {func(b *brief.Brief) { b.Pieces = append(b.Pieces, brief.Piece{}) }, []at{
			{"deliverables[1].platform", "required"}, {"deliverables[1].format", "required"}, {"deliverables[1].count", "min"}, {"deliverables[1].posting", "deliverable.posting"},
		}},
		"a format of another platform": {func(b *brief.Brief) { b.Pieces[0].Format = brief.Short }, []at{{"deliverables[0].format", "deliverable.format"}}},
		"a window backwards":           {func(b *brief.Brief) { b.Pieces[0].Posting.End = march(1, 0) }, []at{{"deliverables[0].posting", "deliverable.posting_order"}}},
		"a length backwards":           {func(b *brief.Brief) { b.Pieces[0].Length.Max = 1 }, []at{{"deliverables[0].length", "piece.length_order"}}},
		"less than no length":          {func(b *brief.Brief) { b.Pieces[0].Length.Max = -1 }, []at{{"deliverables[0].length.max", "min"}}},
		"an account without its sign":  {func(b *brief.Brief) { b.Pieces[0].Tags[0] = "demo" }, []at{{"deliverables[0].tags[0]", "piece.tag"}}},
		"two words as a hashtag":       {func(b *brief.Brief) { b.Pieces[0].Hashtags[0] = "#spring sale" }, []at{{"deliverables[0].hashtags[0]", "piece.hashtag"}}},
		"a bare sign":                  {func(b *brief.Brief) { b.Pieces[0].Hashtags[0] = "#" }, []at{{"deliverables[0].hashtags[0]", "piece.hashtag"}}},
		"a piece that is not there":    {func(b *brief.Brief) { b.Elements[0].Pieces = []int{0, 1, -1} }, []at{{"elements[0].pieces[1]", "element.piece"}, {"elements[0].pieces[2]", "element.piece"}}},
		"a piece twice":                {func(b *brief.Brief) { b.Elements[0].Pieces = []int{0, 0} }, []at{{"elements[0].pieces[1]", "element.piece_twice"}}},
		"two labels for one": {func(b *brief.Brief) {
			b.Disclosures = append(b.Disclosures, brief.Disclosure{Market: "US", Language: "EN", Label: "#sponsored"})
		}, []at{{"disclosures[1]", "disclosure.twice"}}},
		"a code in two cases": {func(b *brief.Brief) { b.Tracking.Codes = append(b.Tracking.Codes, brief.Code{Code: "ada15 "}) }, []at{{"tracking.codes[1]", "code.twice"}}},
		"a link twice":        {func(b *brief.Brief) { b.Tracking.Links = append(b.Tracking.Links, b.Tracking.Links[0]) }, []at{{"tracking.links[1]", "link.twice"}}},
		"another parameter":   {func(b *brief.Brief) { b.Tracking.Links[0].UTM["source"] = "x" }, []at{{"tracking.links[0].utm[source]", "link.utm"}}},
		"no such silence":     {func(b *brief.Brief) { b.Approval.Silence = "maybe" }, []at{{"approval.silence", "oneof"}}},
		"no such permission":  {func(b *brief.Brief) { b.Politics = brief.Licensed }, []at{{"politics", "oneof"}}},
		"the zero brief": {func(b *brief.Brief) { *b = brief.Brief{} }, []at{
			{"id", "required"}, {"version", "min"}, {"title", "required"}, {"language", "required"}, {"product.name", "required"},
			{"brands", "required"}, {"markets", "required"}, {"deliverables", "required"},
		}},
	}
	var produced []string
	for name, tt := range tests {
		b := goodBrief()
		tt.edit(&b)
		got := faultsOf(t, b.Validate())
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: faults mismatch (-want +got):\n%s", name, diff)
		}
		for _, f := range got {
			produced = append(produced, f.Code)
		}
	}
	for _, code := range codes() {
		if own := slices.ContainsFunc([]string{"piece.", "element.", "disclosure.", "code.", "link."}, func(noun string) bool { return len(code) > len(noun) && code[:len(noun)] == noun }); own && !slices.Contains(produced, code) {
			t.Errorf("no case produces %s", code)
		}
	}
}

// FuzzBrief: whatever JSON comes in, checking and reviewing it never panics.
func FuzzBrief(f *testing.F) {
	data, err := json.Marshal(goodBrief())
	require.NoError(f, err)
	f.Add(data)
	f.Add([]byte(`{"markets":["US"],"deliverables":[{}],"timeline":{"drafts_due":"9999-12-31T00:00:00Z"},"approval":{"rounds":9,"days":60}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var b brief.Brief
		if json.Unmarshal(data, &b) != nil {
			t.Skip("not a brief")
		}
		_ = b.Validate()
		for _, finding := range brief.Review(b, sent(), goodOptions()) {
			if finding.Code == "" || finding.Severity == "" || finding.Message == "" {
				t.Errorf("%+v", finding)
			}
		}
		if got := brief.Compare(b, b); len(got) != 0 {
			t.Errorf("a brief differs from itself: %+v", got)
		}
	})
}
