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
