package brief_test

import (
	"testing"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/brief/disclosure"
)

// What is just enough is no finding.
func TestReviewStaysSilent(t *testing.T) {
	t.Parallel()
	exclusive := func(o *brief.ReviewOptions, promise brief.ExclusivePromise) {
		o.Agreed = &brief.Agreed{Exclusive: []brief.ExclusivePromise{promise}}
	}
	tests := map[string]struct {
		edit func(*brief.Brief, *brief.ReviewOptions)
		code string
	}{
		"a code that ends when it may": {func(b *brief.Brief, _ *brief.ReviewOptions) {
			b.Tracking.Codes[0].Expires = b.Pieces[0].Posting.End.Add(b.Tracking.Window)
		}, "brief.code_expires"},
		"the switch alone does in this market": {func(b *brief.Brief, o *brief.ReviewOptions) {
			rule := ruleFor("US", byline.Primary)
			rule.Market, rule.Label = "US", &disclosure.LabelDuty{Accepted: []disclosure.Label{{Text: "Advertisement"}}, ToggleSuffices: disclosure.Enough}
			o.Rules = []disclosure.Rule{rule}
		}, "brief.disclosure_wrong"},
		"a rule of the day after, where the audience is": {func(b *brief.Brief, o *brief.ReviewOptions) {
			rule := gateFor(byline.Primary, disclosure.Ban)
			rule.Effective.Start = march(30, 0)
			inAQ(b, o, rule)
			b.Pieces[0].Posting = byline.Window{Start: march(30, 1), End: march(30, 4)}
			o.Audience = time.FixedZone("west", -8*3600) // where it is still March 29
		}, "brief.category_banned"},
		"a promise that ended before": {func(_ *brief.Brief, o *brief.ReviewOptions) {
			exclusive(o, brief.ExclusivePromise{To: "Flask & Co", Competitors: []string{"Demo"}, Window: byline.Window{End: march(30, 8)}})
		}, "brief.exclusivity_broken"},
		"a promise about others": {func(_ *brief.Brief, o *brief.ReviewOptions) {
			exclusive(o, brief.ExclusivePromise{To: "Flask & Co", Competitors: []string{"Demonstration"}, Categories: []string{"alcohol"}})
		}, "brief.exclusivity_broken"},
		"conditions that somebody checked": {func(b *brief.Brief, o *brief.ReviewOptions) {
			inAQ(b, o, gateFor(byline.Primary, disclosure.Conditions))
			o.Facts.Checks = map[string]disclosure.Known{"AQ.alcohol.gate": disclosure.Yes}
		}, "brief.category_unchecked"},
		"a gate that hangs on more than a look": {func(b *brief.Brief, o *brief.ReviewOptions) {
			rule := gateFor(byline.Primary, disclosure.Conditions)
			rule.Scope.StaffMin = 250
			inAQ(b, o, rule)
		}, "brief.category_conditions"},
		"a night between two days": {func(b *brief.Brief, _ *brief.ReviewOptions) {
			b.Pieces[0].Posting = byline.Window{Start: march(30, 6), End: march(31, 2)}
		}, "brief.window_night"},
		"from the night into the morning": {func(b *brief.Brief, _ *brief.ReviewOptions) {
			b.Pieces[0].Posting = byline.Window{Start: march(30, 6), End: march(30, 8)}
		}, "brief.window_night"},
		"a review that just fits": {func(b *brief.Brief, _ *brief.ReviewOptions) {
			b.Timeline.DraftsDue = march(16, 8)
		}, "brief.review_too_long"},
		"a rule that ended before, beside a piece without a window": {func(b *brief.Brief, o *brief.ReviewOptions) {
			rule := gateFor(byline.Primary, disclosure.Ban)
			rule.Effective = byline.Window{End: march(10, 0)}
			inAQ(b, o, rule)
			b.Pieces = append(b.Pieces, b.Pieces[0])
			b.Pieces[0].Posting = byline.Window{}
		}, "brief.category_banned"},
		"just enough time to make it": {func(b *brief.Brief, _ *brief.ReviewOptions) {
			b.Timeline.ProductArrives = march(10, 12)
		}, "brief.making_short"},
		"just enough time for the drafts": {func(b *brief.Brief, _ *brief.ReviewOptions) {
			b.Timeline.DraftsDue, b.Timeline.ProductArrives = march(9, 12), time.Time{}
		}, "brief.lead_short"},
		"any music, in the post alone": {func(b *brief.Brief, _ *brief.ReviewOptions) {
			b.Music, b.Usage = brief.Allowed, nil
		}, "brief.music_open"},
		"the longest passage that sounds natural": {func(b *brief.Brief, _ *brief.ReviewOptions) {
			b.Elements = append(b.Elements, brief.Element{Kind: brief.SayMessage, Verbatim: true, Text: "one two three four five six seven eight nine ten eleven twelve"})
		}, "brief.script_passage"},
		"as agreed, in two deliverables": {func(b *brief.Brief, o *brief.ReviewOptions) {
			half := b.Pieces[0].Deliverable
			half.Count = 1
			o.Agreed = &brief.Agreed{Deliverables: []brief.Deliverable{half, half}, Usage: []string{"reposts on the brand’s own account, for 90 days."}}
		}, ""},
	}
	for name, tt := range tests {
		b, o := goodBrief(), goodOptions()
		tt.edit(&b, o)
		for _, f := range brief.Review(b, sent(), o) {
			if tt.code == "" || f.Code == tt.code {
				t.Errorf("%s: %+v", name, f)
			}
		}
	}
}

// Of several pieces of a kind the first and the last day of all count.
func TestReviewAsksForAllDaysOfAKind(t *testing.T) {
	t.Parallel()
	window := func(from, to int) byline.Window { return byline.Window{Start: march(from, 8), End: march(to, 20)} }
	for name, tt := range map[string]struct {
		windows [2]byline.Window
		in      byline.Window
	}{
		"the later one":        {[2]byline.Window{window(20, 21), window(30, 31)}, byline.Window{Start: march(30, 0)}},
		"the earlier one":      {[2]byline.Window{window(30, 31), window(20, 21)}, byline.Window{End: march(22, 0)}},
		"one without a window": {[2]byline.Window{window(20, 21), {}}, byline.Window{Start: march(20, 0)}},
	} {
		b, o := goodBrief(), goodOptions()
		rule := gateFor(byline.Primary, disclosure.Ban)
		rule.Effective = tt.in
		inAQ(&b, o, rule)
		b.Pieces = append(b.Pieces, b.Pieces[0])
		b.Pieces[0].Posting, b.Pieces[1].Posting = tt.windows[0], tt.windows[1]
		if got := byCode(b, o, "brief.category_banned"); len(got) != 1 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
