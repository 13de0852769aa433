package brief_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
)

func TestCompare(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		edit func(*brief.Brief)
		want []string
	}{
		"nothing":          {func(*brief.Brief) {}, nil},
		"the version":      {func(b *brief.Brief) { b.Version = 7 }, nil},
		"a text":           {func(b *brief.Brief) { b.Message = "Tea stays hot" }, []string{"The message changes from “Tea stays warm for a whole commute” to “Tea stays hot”."}},
		"a text goes":      {func(b *brief.Brief) { b.Message = "" }, []string{"The message is dropped; it was “Tea stays warm for a whole commute”."}},
		"a day":            {func(b *brief.Brief) { b.Timeline.DraftsDue = march(12, 12) }, []string{"The due time of the drafts moves earlier, from Fri 13 Mar 2026 12:00 UTC to Thu 12 Mar 2026 12:00 UTC."}},
		"a number":         {func(b *brief.Brief) { b.Pieces[0].Count = 3 }, []string{"The number of deliverable 1 rises from 2 to 3."}},
		"a length":         {func(b *brief.Brief) { b.Pieces[0].Length.Min = 90 * time.Second }, []string{"The least length of deliverable 1 rises from 30s to 1m30s."}},
		"a promise":        {func(b *brief.Brief) { b.Experience = false }, []string{"The promise that the creator tries the product and is honest is no longer so."}},
		"a guardrail":      {func(b *brief.Brief) { b.Guardrails = append(b.Guardrails, "No rain") }, []string{"The guardrail is added: “No rain”."}},
		"a code lives":     {func(b *brief.Brief) { b.Tracking.Codes[0].Expires = time.Time{} }, []string{"The expiry of the code ADA15 is dropped; it was Mon 1 Jun 2026 00:00 UTC."}},
		"a label":          {func(b *brief.Brief) { b.Disclosures[0].Label = "Sponsored" }, []string{"The label of the disclosure US en changes from “#ad” to “Sponsored”."}},
		"a market":         {func(b *brief.Brief) { b.Markets = []byline.Market{"GB", "US"} }, []string{"The market is added: “GB”."}},
		"a length appears": {func(b *brief.Brief) { b.Pieces[0].Length = brief.LengthBand{} }, []string{"The least length of deliverable 1 is dropped; it was 30s.", "The greatest length of deliverable 1 is dropped; it was 1m."}},
	}
	for name, tt := range tests {
		b := goodBrief()
		tt.edit(&b)
		var got []string
		for _, c := range brief.Compare(goodBrief(), b) {
			got = append(got, c.Sentence)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// The order of lists is no change, but for that of the deliverables.
func TestCompareMindsNoOrder(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		b := troubled()
		shuffle(&b, rand.New(rand.NewPCG(seed, 2)))
		b.Pieces = troubled().Pieces
		if got := brief.Compare(troubled(), b); len(got) != 0 {
			t.Fatalf("seed %d: %+v", seed, got)
		}
	}
	b := troubled()
	slices.Reverse(b.Pieces)
	if len(brief.Compare(troubled(), b)) == 0 {
		t.Error("the order of the deliverables is no change")
	}
}
