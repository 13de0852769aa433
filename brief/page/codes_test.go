package page_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/brief/page"
	"github.com/bylinehq/byline/internal/promise"
)

// codes is every code of a fault that this package has of its own, in order. A code may
// retire and is never reused.
func codes() []string {
	return []string{"page.language", "page.piece", "page.title", "page.year"}
}

func TestCodesAreListedAndDocumented(t *testing.T) {
	t.Parallel()
	used, documented := promise.PackageCodes(t)
	if diff := cmp.Diff(codes(), used); diff != "" {
		t.Errorf("codes mismatch (-listed +used):\n%s", diff)
	}
	if diff := cmp.Diff(codes(), documented); diff != "" {
		t.Errorf("codes mismatch (-listed +documented):\n%s", diff)
	}
}

func TestMakeRefuses(t *testing.T) {
	t.Parallel()
	far := time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)
	tests := map[string]struct {
		edit func(*brief.Brief)
		opts page.Options
		want []string
	}{
		"no title":            {edit: func(b *brief.Brief) { b.Title = " \n\u202e" }, want: []string{"title page.title"}},
		"no language":         {edit: func(b *brief.Brief) { b.Language = "" }, want: []string{"language page.language"}},
		"a sentence":          {edit: func(b *brief.Brief) { b.Language = "in German" }, want: []string{"language page.language"}},
		"an underscore":       {opts: page.Options{Language: "de_AT"}, want: []string{"options.language page.language"}},
		"a long subtag":       {opts: page.Options{Language: "de-überlangerteil"}, want: []string{"options.language page.language"}},
		"a piece that is not": {edit: func(b *brief.Brief) { b.Elements[2].Pieces = []int{0, 3, -1} }, want: []string{"elements[2].pieces[1] page.piece", "elements[2].pieces[2] page.piece"}},
		"far years": {edit: func(b *brief.Brief) {
			b.Timeline.CampaignEnds, b.Pieces[1].Posting.End, b.Tracking.Codes[0].Expires = far, far, far
		}, want: []string{"timeline.campaign_ends page.year", "deliverables[1].posting.end page.year", "tracking.codes[0].expires page.year"}},
		"all at once": {edit: func(b *brief.Brief) { *b = brief.Brief{} }, want: []string{"title page.title", "language page.language"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := full()
			if tt.edit != nil {
				tt.edit(&b)
			}
			_, err := page.Make(b, &tt.opts)
			var got []string
			for _, f := range byline.Nest("", err) {
				got = append(got, f.Path+" "+f.Code)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
		})
	}
}
