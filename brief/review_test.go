package brief_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/brief/disclosure"
	"github.com/bylinehq/byline/internal/golden"
)

func TestReviewFindsNothing(t *testing.T) {
	t.Parallel()
	for _, f := range brief.Review(goodBrief(), sent(), goodOptions()) {
		t.Errorf("%s %s %s: %s (%s)", f.Severity, f.Code, f.Path, f.Message, f.Fix)
	}
	if err := goodBrief().Validate(); err != nil {
		t.Error(err)
	}
}

// ruleFor is a rule of a market without built-in ones in these tests.
func ruleFor(id string, c byline.Confidence) disclosure.Rule {
	return disclosure.Rule{Force: disclosure.Law, Says: "this is asked for", Rule: byline.Rule{
		ID: id, Market: "AQ", Instrument: "stand-in for tests", Source: "tests", Confidence: c,
	}}
}

func gateFor(c byline.Confidence, effect disclosure.GateEffect) disclosure.Rule {
	rule := ruleFor("AQ.alcohol", c)
	rule.Scope.Categories, rule.Gate = []disclosure.Category{disclosure.Alcohol}, &disclosure.GateDuty{Effect: effect, Conditions: "everybody is of age"}
	return rule
}

// inAQ asks for one market with its rules alone, and a label that it does not rule on.
func inAQ(b *brief.Brief, o *brief.ReviewOptions, rules ...disclosure.Rule) {
	b.Markets, b.Disclosures[0].Market, o.Rules = []byline.Market{"AQ"}, "AQ", rules
	b.Product.Categories = []disclosure.Category{disclosure.Alcohol}
}

type reviewCase struct {
	edit     func(*brief.Brief, *brief.ReviewOptions)
	code     string
	severity byline.Severity
	path     string
	also     []string // codes that come with it
}

const (
	block = byline.Blocker
	warn  = byline.Warning
	info  = byline.Info
)

func reviewCases() map[string]reviewCase {
	const longPassage = "This bottle has changed every single morning of my life and I will never ride without it again"
	agree := func(o *brief.ReviewOptions, b *brief.Brief) *brief.Agreed {
		o.Agreed = &brief.Agreed{Deliverables: []brief.Deliverable{b.Pieces[0].Deliverable}}
		return o.Agreed
	}
	return map[string]reviewCase{
		"no deliverable":      {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Pieces = nil }, "brief.deliverable_incomplete", block, "deliverables", nil},
		"no posting window":   {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Pieces[0].Posting = byline.Window{} }, "brief.deliverable_incomplete", block, "deliverables[0]", nil},
		"no count":            {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Pieces[0].Count = 0 }, "brief.deliverable_incomplete", block, "deliverables[0]", nil},
		"no length":           {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Pieces[0].Length.Min = 0 }, "brief.deliverable_size", block, "deliverables[0].length", nil},
		"no frames":           {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Pieces[0].Format = brief.Story }, "brief.deliverable_size", block, "deliverables[0].frames", nil},
		"no pictures":         {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Pieces[0].Format = brief.Carousel }, "brief.deliverable_size", block, "deliverables[0].frames", nil},
		"some stories":        {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Pieces[0].Notes = "Plus some stories" }, "brief.deliverable_vague", warn, "deliverables[0].notes", nil},
		"no disclosure":       {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Disclosures = nil }, "brief.disclosure_missing", block, "disclosures", nil},
		"of another market":   {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Disclosures[0].Market = "GB" }, "brief.disclosure_missing", block, "disclosures", nil},
		"of another language": {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Disclosures[0].Language = "es" }, "brief.disclosure_missing", block, "disclosures", nil},
		"of another platform": {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Disclosures[0].Platform = byline.TikTok }, "brief.disclosure_missing", block, "disclosures", nil},
		"a label that fails":  {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Disclosures[0].Label = "#collab" }, "brief.disclosure_wrong", block, "disclosures[0].label", nil},
		"no label in it":      {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Disclosures[0].Label = "lovely" }, "brief.disclosure_wrong", block, "disclosures[0].label", nil},
		"a label that may do": {func(b *brief.Brief, o *brief.ReviewOptions) {
			rule := ruleFor("US", byline.Secondary)
			rule.Market, rule.Label = "US", &disclosure.LabelDuty{Accepted: []disclosure.Label{{Text: "Advertisement"}}, Risky: []disclosure.Label{{Text: "#ad"}}}
			o.Rules = []disclosure.Rule{rule}
		}, "brief.disclosure_doubtful", warn, "disclosures[0].label", nil},
		"a recalled rule only warns": {func(b *brief.Brief, o *brief.ReviewOptions) {
			rule := ruleFor("US", byline.Recalled)
			rule.Market, rule.Label = "US", &disclosure.LabelDuty{Accepted: []disclosure.Label{{Text: "Advertisement"}}}
			b.Disclosures, o.Rules = nil, []disclosure.Rule{rule}
		}, "brief.disclosure_missing", warn, "disclosures", nil},
		"no switch": {func(b *brief.Brief, o *brief.ReviewOptions) {
			rule := ruleFor("instagram", byline.Primary)
			rule.Market, rule.Toggle, rule.Scope.Platforms = "", &disclosure.ToggleDuty{Name: "Paid partnership label"}, []byline.Platform{byline.Instagram}
			b.Disclosures[0].Toggle, o.Rules = "", append(o.Rules, rule)
		}, "brief.toggle_missing", block, "disclosures", nil},
		"no notice": {func(_ *brief.Brief, o *brief.ReviewOptions) {
			rule := ruleFor("US.virtual", byline.Secondary)
			rule.Market, rule.Scope.Marks = "US", []disclosure.Mark{disclosure.AIPerson}
			rule.Notice = &disclosure.NoticeDuty{Accepted: []disclosure.Label{{Text: "virtual person"}}}
			o.Rules, o.Facts.Marks = append(o.Rules, rule), map[disclosure.Mark]disclosure.Known{disclosure.AIPerson: disclosure.Yes}
		}, "brief.notice_missing", block, "elements", nil},
		"no ties":                {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Product.Ties = nil }, "brief.ties_missing", warn, "product.ties", nil},
		"a market without rules": {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Markets[0], b.Disclosures[0].Market = "AQ", "AQ" }, "brief.market_unruled", warn, "markets[0]", nil},
		"no market":              {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Markets = nil }, "brief.market_unruled", warn, "markets", nil},
		"health without proof":   {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Claims[0].Kind, b.Claims[0].Proof = brief.Health, nil }, "brief.claim_unproved", block, "claims[0].proof", nil},
		"finance without proof": {func(b *brief.Brief, _ *brief.ReviewOptions) {
			b.Claims[0].Kind, b.Claims[0].Proof = brief.Financial, nil
		}, "brief.claim_unproved", block, "claims[0].proof", nil},
		"green without proof": {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Claims[0].Kind, b.Claims[0].Proof = brief.Green, nil }, "brief.claim_unproved", block, "claims[0].proof", nil},
		"any claim of a medicine": {func(b *brief.Brief, _ *brief.ReviewOptions) {
			b.Claims[0].Proof, b.Product.Categories = nil, []disclosure.Category{disclosure.Health}
		}, "brief.claim_unproved", block, "claims[0].proof", nil},
		"better than others": {func(b *brief.Brief, _ *brief.ReviewOptions) {
			b.Claims[0].Kind, b.Claims[0].Proof = brief.Comparative, nil
		}, "brief.claim_unsupported", warn, "claims[0].proof", nil},
		"says what is forbidden":  {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Message = "A bottle that cannot break" }, "brief.claim_forbidden", block, "message", nil},
		"no claims":               {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Claims = nil }, "brief.claims_missing", warn, "claims", nil},
		"nothing forbidden":       {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Forbidden = nil }, "brief.forbidden_missing", warn, "forbidden", nil},
		"no experience, recalled": {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Experience = false }, "brief.experience_missing", warn, "honest_experience", nil},
		"no experience in India": {func(b *brief.Brief, _ *brief.ReviewOptions) {
			b.Experience, b.Markets[0], b.Disclosures[0].Market = false, "IN", "IN"
		}, "brief.experience_missing", block, "honest_experience", []string{"brief.market_unruled"}},
		"a code that dies": {func(b *brief.Brief, _ *brief.ReviewOptions) {
			b.Tracking.Codes[0].Expires = march(31, 20).Add(720*time.Hour - 1)
		}, "brief.code_expires", warn, "tracking.codes[0].expires", nil},
		"a link that dies":        {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Tracking.Links[0].Expires = march(31, 20) }, "brief.link_expires", warn, "tracking.links[0].expires", nil},
		"a code nobody knows":     {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Pieces[0].Code = "ADA20" }, "brief.code_unlisted", warn, "deliverables[0].code", nil},
		"a link nobody knows":     {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Pieces[0].Link = "bruno" }, "brief.link_unlisted", warn, "deliverables[0].link", nil},
		"no attribution window":   {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Tracking.Window = 0 }, "brief.window_missing", warn, "tracking.attribution_window", nil},
		"the review does not fit": {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Approval.Rounds = 3 }, "brief.review_too_long", block, "timeline.drafts_due", nil},
		"a holiday too many": {func(b *brief.Brief, o *brief.ReviewOptions) {
			b.Timeline.DraftsDue, o.Brand.Holidays = march(16, 8), []brief.Date{on(2026, 3, 20)}
		}, "brief.review_too_long", block, "timeline.drafts_due", nil},
		"no review":             {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Approval.Days = 0 }, "brief.review_missing", warn, "approval.days", nil},
		"no day for the drafts": {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Timeline.DraftsDue = time.Time{} }, "brief.drafts_undated", warn, "timeline.drafts_due", nil},
		"silence":               {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Approval.Silence = "" }, "brief.silence_open", warn, "approval.silence", nil},
		"no calendar":           {func(_ *brief.Brief, o *brief.ReviewOptions) { o.Brand = nil }, "brief.calendar_missing", warn, "", nil},
		"drafts on a day off":   {func(_ *brief.Brief, o *brief.ReviewOptions) { o.Creator.Holidays = []brief.Date{on(2026, 3, 13)} }, "brief.day_off", warn, "timeline.drafts_due", nil},
		"a window at night": {func(b *brief.Brief, _ *brief.ReviewOptions) {
			b.Pieces[0].Posting = byline.Window{Start: march(31, 1), End: march(31, 5)}
		}, "brief.window_night", warn, "deliverables[0].posting", nil},
		"night for the audience": {func(b *brief.Brief, o *brief.ReviewOptions) {
			o.Audience = time.FixedZone("far", 10*3600)
			b.Pieces[0].Posting = byline.Window{Start: march(30, 14), End: march(30, 20)}
		}, "brief.window_night", warn, "deliverables[0].posting", nil},
		"before the embargo":  {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Timeline.EmbargoEnds = march(30, 9) }, "brief.embargo", block, "deliverables[0].posting.start", nil},
		"the product is late": {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Timeline.ProductArrives = b.Timeline.DraftsDue }, "brief.product_late", block, "timeline.product_arrives", nil},
		"no time to stay up":  {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Pieces[0].Live = 0 }, "brief.live_missing", info, "deliverables[0].minimum_live", nil},
		"music":               {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Music = "" }, "brief.music_open", warn, "music", nil},
		"any music in an ad":  {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Music = brief.Allowed }, "brief.music_open", warn, "music", nil},
		"politics":            {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Politics = "" }, "brief.exclusions_open", info, "other_brands", nil},
		"some minors":         {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Audience.Minors = byline.Known(.25, "", sent()) }, "brief.minors_wording", warn, "audience.wording_for_minors", nil},
		"just under half":     {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Audience.Minors = byline.Known(.49, "", sent()) }, "brief.minors_wording", warn, "audience.wording_for_minors", nil},
		"mostly minors":       {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Audience.Minors = byline.Known(.5, "", sent()) }, "brief.minors_wording", block, "audience.wording_for_minors", nil},
		"alcohol for minors": {func(b *brief.Brief, o *brief.ReviewOptions) {
			inAQ(b, o)
			b.Audience.Minors, b.Audience.ForMinors = byline.Known(.6, "", sent()), "in simple words"
		}, "brief.minors_category", block, "product.categories[0]", []string{"brief.market_unruled"}},
		"alcohol for some minors": {func(b *brief.Brief, o *brief.ReviewOptions) {
			inAQ(b, o)
			b.Audience.Minors, b.Audience.ForMinors = byline.Known(.4, "", sent()), "in simple words"
		}, "brief.minors_category", warn, "product.categories[0]", []string{"brief.market_unruled"}},
		"a ban for minors, by the norm": {func(b *brief.Brief, o *brief.ReviewOptions) {
			rule := gateFor(byline.Primary, disclosure.Ban)
			rule.Scope.Minors = 18
			inAQ(b, o, rule)
			b.Audience.Minors, b.Audience.ForMinors = byline.Known(.4, "", sent()), "in simple words"
		}, "brief.category_banned", warn, "product.categories", nil},
		"a ban for minors, from the norm on": {func(b *brief.Brief, o *brief.ReviewOptions) {
			rule := gateFor(byline.Primary, disclosure.Ban)
			rule.Scope.Minors = 18
			inAQ(b, o, rule)
			b.Audience.Minors, b.Audience.ForMinors = byline.Known(.25, "", sent()), "in simple words"
		}, "brief.category_banned", warn, "product.categories", nil},
		"a ban for minors": {func(b *brief.Brief, o *brief.ReviewOptions) {
			rule := gateFor(byline.Primary, disclosure.Ban)
			rule.Scope.Minors = 18
			inAQ(b, o, rule)
			b.Audience.Minors, b.Audience.ForMinors = byline.Known(.6, "", sent()), "in simple words"
		}, "brief.category_banned", block, "product.categories", nil},
		"a ban for all, with some minors": {func(b *brief.Brief, o *brief.ReviewOptions) {
			inAQ(b, o, gateFor(byline.Primary, disclosure.Ban))
			b.Audience.Minors, b.Audience.ForMinors = byline.Known(.4, "", sent()), "in simple words"
		}, "brief.category_banned", block, "product.categories", nil},
		"an audience of any age": {func(b *brief.Brief, _ *brief.ReviewOptions) {
			b.Audience.Minors = byline.Missing(byline.Hidden, "", sent())
		}, "brief.minors_unknown", info, "audience.minors", nil},
		"nobody looks":            {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Monitoring.Takedown = 0 }, "brief.monitoring_missing", warn, "monitoring", nil},
		"no evidence":             {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Monitoring.Evidence = false }, "brief.evidence_missing", warn, "monitoring.keep_evidence", nil},
		"approval after the post": {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Timeline.ApprovalBy = march(30, 9) }, "brief.dates_contradict", block, "timeline.approval_by", nil},
		"after the campaign":      {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Timeline.CampaignEnds = march(31, 1) }, "brief.dates_contradict", block, "deliverables[0].posting.end", nil},
		"drafts in the past": {func(b *brief.Brief, _ *brief.ReviewOptions) {
			b.Timeline.DraftsDue, b.Timeline.ProductArrives = march(2, 8), time.Time{}
		}, "brief.date_passed", block, "timeline.drafts_due", nil},
		"little time": {func(b *brief.Brief, _ *brief.ReviewOptions) {
			b.Timeline.DraftsDue, b.Timeline.ProductArrives = march(6, 12), time.Time{}
		}, "brief.lead_short", warn, "timeline.drafts_due", nil},
		"little time to try it": {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Timeline.ProductArrives = march(11, 12) }, "brief.making_short", warn, "timeline.product_arrives", nil},
		"a ban":                 {func(b *brief.Brief, o *brief.ReviewOptions) { inAQ(b, o, gateFor(byline.Secondary, disclosure.Ban)) }, "brief.category_banned", block, "product.categories", nil},
		"a recalled ban":        {func(b *brief.Brief, o *brief.ReviewOptions) { inAQ(b, o, gateFor(byline.Recalled, disclosure.Ban)) }, "brief.category_banned", warn, "product.categories", nil},
		"conditions that are not met": {func(b *brief.Brief, o *brief.ReviewOptions) {
			inAQ(b, o, gateFor(byline.Primary, disclosure.Conditions))
			o.Facts.Checks = map[string]disclosure.Known{"AQ.alcohol.gate": disclosure.No}
		}, "brief.category_conditions", block, "product.categories", nil},
		"no credentials": {func(b *brief.Brief, o *brief.ReviewOptions) {
			inAQ(b, o, gateFor(byline.Primary, disclosure.Credentials))
			o.Facts.Checks = map[string]disclosure.Known{"AQ.alcohol.gate": disclosure.No}
		}, "brief.category_credentials", block, "product.categories", nil},
		"conditions nobody checked": {func(b *brief.Brief, o *brief.ReviewOptions) {
			inAQ(b, o, gateFor(byline.Primary, disclosure.Conditions))
		}, "brief.category_unchecked", warn, "product.categories", nil},
		"a permit nobody checked": {func(b *brief.Brief, o *brief.ReviewOptions) {
			rule := ruleFor("AQ", byline.Primary)
			rule.Permit = &disclosure.PermitDuty{Name: "permit of the ice"}
			inAQ(b, o, rule)
		}, "brief.permit_missing", warn, "markets", nil},
		"no permit": {func(b *brief.Brief, o *brief.ReviewOptions) {
			rule := ruleFor("AQ", byline.Primary)
			rule.Permit, o.Facts.Checks = &disclosure.PermitDuty{Name: "permit of the ice"}, map[string]disclosure.Known{"AQ.permit": disclosure.No}
			inAQ(b, o, rule)
		}, "brief.permit_missing", block, "markets", nil},
		"no goal":               {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Objective.Goal = "" }, "brief.objective_missing", warn, "objective.goal", nil},
		"sells without a trace": {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Pieces[0].Code, b.Pieces[0].Link = "", "" }, "brief.conversion_untracked", warn, "deliverables[0]", nil},
		"reach for a share": {func(b *brief.Brief, _ *brief.ReviewOptions) {
			b.Objective.Goal, b.Product.Ties = brief.Awareness, []disclosure.Tie{disclosure.Affiliate}
		}, "brief.awareness_commission", warn, "product.ties", nil},
		"no message":      {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Message = " " }, "brief.message_missing", warn, "message", nil},
		"no action":       {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Action = "" }, "brief.action_missing", warn, "call_to_action", nil},
		"no audience":     {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Audience.Who = "" }, "brief.audience_missing", warn, "audience.who", nil},
		"no guardrails":   {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Guardrails = nil }, "brief.guardrails_missing", warn, "guardrails", nil},
		"no good example": {func(b *brief.Brief, _ *brief.ReviewOptions) { b.References[0].Dont = true }, "brief.example_missing", warn, "references", nil},
		"no contact":      {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Contact.Email = "" }, "brief.contact_missing", warn, "contact", nil},
		"a long passage": {func(b *brief.Brief, _ *brief.ReviewOptions) {
			b.Elements = append(b.Elements, brief.Element{Kind: brief.SayMessage, Text: longPassage, Verbatim: true})
		}, "brief.script_passage", warn, "elements[2]", []string{"brief.script_verbatim"}},
		"word for word": {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Pieces[0].Notes = "Read the caption word for word." }, "brief.script_passage", warn, "deliverables[0].notes", nil},
		"much of it verbatim": {func(b *brief.Brief, _ *brief.ReviewOptions) {
			for _, text := range []string{"Warm tea, every single ride, all winter", "One bottle for the whole of the way"} {
				b.Elements = append(b.Elements, brief.Element{Kind: brief.SayMessage, Text: text, Verbatim: true})
			}
		}, "brief.script_verbatim", warn, "elements", nil},
		"orders": {func(b *brief.Brief, _ *brief.ReviewOptions) {
			b.Pieces[0].Notes = "You must smile. Start with the bottle. Never look away. Show the logo. Hold it left. Make sure to wave."
		}, "brief.script_orders", warn, "elements", nil},
		"too much to say": {func(b *brief.Brief, _ *brief.ReviewOptions) {
			b.Pieces[0].Length = brief.LengthBand{Min: 5 * time.Second, Max: 6 * time.Second}
			b.Elements[0].Text = "The bottle in use on the way to work in the morning of a cold day"
		}, "brief.script_crowded", warn, "deliverables[0].length", nil},
		"too many things to say": {func(b *brief.Brief, _ *brief.ReviewOptions) {
			b.Pieces[0].Length = brief.LengthBand{Min: 20 * time.Second, Max: 20 * time.Second}
			b.Elements = append(b.Elements, brief.Element{Kind: brief.SayMessage, Text: "warm"}, brief.Element{Kind: brief.SayMessage, Text: "light"})
		}, "brief.script_crowded", warn, "deliverables[0].length", nil},
		"another language": {func(b *brief.Brief, _ *brief.ReviewOptions) { b.Written = "fi" }, "brief.script_unknown", info, "language", nil},
		"long": {func(b *brief.Brief, _ *brief.ReviewOptions) {
			b.Guardrails = append(b.Guardrails, strings.Repeat("word ", 5*238))
		}, "brief.long", warn, "", nil},
		"thin":                       {func(b *brief.Brief, o *brief.ReviewOptions) { o.Norms = &brief.Norms{WordsLeast: 1000} }, "brief.thin", warn, "", nil},
		"less than agreed":           {func(b *brief.Brief, o *brief.ReviewOptions) { agree(o, b).Deliverables[0].Count = 3 }, "brief.agreed_missing", block, "deliverables", nil},
		"more than agreed":           {func(b *brief.Brief, o *brief.ReviewOptions) { agree(o, b).Deliverables[0].Count = 1 }, "brief.agreed_extra", block, "deliverables", nil},
		"another format than agreed": {func(b *brief.Brief, o *brief.ReviewOptions) { agree(o, b).Deliverables[0].Format = brief.Story }, "brief.agreed_extra", block, "deliverables", []string{"brief.agreed_missing"}},
		"another window than agreed": {func(b *brief.Brief, o *brief.ReviewOptions) { agree(o, b).Deliverables[0].Posting.End = march(31, 19) }, "brief.agreed_window", warn, "deliverables[0].posting", nil},
		"an open window":             {func(b *brief.Brief, o *brief.ReviewOptions) { agree(o, b); b.Pieces[0].Posting.End = time.Time{} }, "brief.agreed_window", warn, "deliverables[0].posting", nil},
		"other words than agreed":    {func(b *brief.Brief, o *brief.ReviewOptions) { agree(o, b).Usage = []string{"no reposts"} }, "brief.agreed_usage", warn, "usage_rights[0]", nil},
		"a promise to others": {func(b *brief.Brief, o *brief.ReviewOptions) {
			agree(o, b).Exclusive = []brief.ExclusivePromise{{To: "Flask & Co", Competitors: []string{"demo"}, Window: byline.Window{End: march(30, 9)}}}
		}, "brief.exclusivity_broken", block, "brands[0]", nil},
		"a competitor": {func(b *brief.Brief, o *brief.ReviewOptions) {
			agree(o, b).Exclusive = []brief.ExclusivePromise{{Competitors: []string{"Flask & Co"}}}
			b.Angles[0].Idea = "Warmer than Flask & Co."
		}, "brief.competitor_named", warn, "angles[0]", nil},
		"competitors are allowed": {func(b *brief.Brief, o *brief.ReviewOptions) {
			agree(o, b).Exclusive = []brief.ExclusivePromise{{To: "Demo", Competitors: []string{"Flask & Co"}}}
			b.OtherBrands = brief.Allowed
		}, "brief.others_allowed", warn, "other_brands", nil},
	}
}

func TestReview(t *testing.T) {
	t.Parallel()
	for name, tt := range reviewCases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, o := goodBrief(), goodOptions()
			tt.edit(&b, o)
			findings := brief.Review(b, sent(), o)
			i := slices.IndexFunc(findings, func(f byline.Finding) bool { return f.Code == tt.code && f.Path == tt.path })
			if i < 0 {
				t.Fatalf("there is no %s at %q in %+v", tt.code, tt.path, findings)
			}
			f := findings[i]
			if f.Severity != tt.severity || f.Message == "" || f.Fix == "" {
				t.Errorf("%+v", f)
			}
			for _, also := range tt.also {
				if !slices.Contains(codesOf(findings), also) {
					t.Errorf("there is no %s in %v", also, codesOf(findings))
				}
			}
		})
	}
}

// Every code of the table is found by a case, and nothing recalled blocks.
func TestReviewKeepsItsPromise(t *testing.T) {
	t.Parallel()
	var found []string
	for _, tt := range reviewCases() {
		b, o := goodBrief(), goodOptions()
		tt.edit(&b, o)
		for _, f := range brief.Review(b, sent(), o) {
			found = append(found, f.Code)
			if f.Severity == byline.Blocker && f.Rule != nil && f.Rule.Confidence == byline.Recalled {
				t.Errorf("a recalled rule blocks: %+v", f)
			}
		}
	}
	var listed []string
	for _, row := range brief.ReviewCodes() {
		listed = append(listed, row.Code)
		if row.Meaning == "" || row.Fix == "" || row.Level == "" {
			t.Errorf("%+v", row)
		}
	}
	slices.Sort(listed)
	slices.Sort(found)
	if diff := cmp.Diff(listed, slices.Compact(found)); diff != "" {
		t.Errorf("codes (-listed +found):\n%s", diff)
	}
}

// A label that fails is replaced by one that does.
func TestReviewSuggestsALabel(t *testing.T) {
	t.Parallel()
	b := goodBrief()
	b.Disclosures[0].Label = "#collab"
	f := brief.Review(b, sent(), goodOptions())[0]
	if f.Code != "brief.disclosure_wrong" || !strings.Contains(f.Fix, "“#ad”") || f.Rule == nil || f.Rule.ID != "US" {
		t.Errorf("%+v", f)
	}
	b.Disclosures[0].Label = "#ad"
	b.Disclosures = append(b.Disclosures, brief.Disclosure{Market: "US", Language: "en", Platform: byline.Instagram, Label: "#sp"})
	if got := brief.Review(b, sent(), goodOptions()); len(got) == 0 || got[0].Path != "disclosures[1].label" {
		t.Errorf("the platform's own label does not come first: %+v", got)
	}
}

// A platform's own rule is told once, however many markets there are.
func TestReviewTellsAPlatformsRuleOnce(t *testing.T) {
	t.Parallel()
	b, o := goodBrief(), goodOptions()
	toggle, ban := ruleFor("instagram", byline.Primary), gateFor(byline.Primary, disclosure.Ban)
	toggle.Market, toggle.Toggle = "", &disclosure.ToggleDuty{Name: "Paid partnership label"}
	ban.Market, ban.ID = "", "instagram.alcohol"
	inAQ(&b, o, toggle, ban)
	b.Markets = append(b.Markets, "US", "GB")
	b.Disclosures[0].Toggle = ""
	counts := map[string]int{}
	for _, f := range brief.Review(b, sent(), o) {
		counts[f.Code]++
	}
	if counts["brief.toggle_missing"] != 1 || counts["brief.category_banned"] != 1 {
		t.Errorf("%v", counts)
	}
}

// An element that says it is the notice.
func TestReviewFindsTheNotice(t *testing.T) {
	t.Parallel()
	b, o := goodBrief(), goodOptions()
	reviewCases()["no notice"].edit(&b, o)
	b.Elements = append(b.Elements, brief.Element{Kind: brief.ShowShot, Text: "Virtual person", Verbatim: true})
	if got := brief.Review(b, sent(), o); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

// A rule that starts while the window is open is asked too.
func TestReviewSeesARuleThatStartsInTheWindow(t *testing.T) {
	t.Parallel()
	rule := gateFor(byline.Primary, disclosure.Ban)
	for start, want := range map[int]bool{31: true, 32: false} {
		b, o := goodBrief(), goodOptions()
		rule.Effective = byline.Window{Start: march(start, 0)}
		inAQ(&b, o, rule)
		if got := slices.Contains(codesOf(brief.Review(b, sent(), o)), "brief.category_banned"); got != want {
			t.Errorf("a ban from March %d is found: %v", start, got)
		}
	}
}

// troubled is a brief with much to mend.
func troubled() brief.Brief {
	b := goodBrief()
	b.Markets = append(b.Markets, "IN")
	b.Disclosures[0].Label, b.Experience, b.Message = "#collab", false, ""
	b.Claims = append(b.Claims, brief.Claim{Text: "Tea from it cures colds", Kind: brief.Health})
	b.Pieces[0].Notes = "Some stories too. You must hold the bottle up. Never look away from it. Show the logo twice. Do not improvise. Make sure to read the text word for word."
	b.Pieces = append(b.Pieces, brief.Piece{Deliverable: brief.Deliverable{Platform: byline.TikTok, Format: brief.Video, Count: 1, Posting: byline.Window{Start: march(20, 8), End: march(21, 8)}}})
	b.Elements = append(b.Elements, brief.Element{Kind: brief.SayMessage, Verbatim: true, Text: "You have to try this bottle, because it is the best and the warmest bottle that money can buy today"})
	b.Tracking.Codes[0].Expires = march(31, 0)
	b.Approval.Silence = brief.NoSilenceRule
	return b
}

func TestReviewGolden(t *testing.T) {
	t.Parallel()
	var text bytes.Buffer
	for _, f := range brief.Review(troubled(), sent(), &brief.ReviewOptions{Rules: rulesUS()}) {
		fmt.Fprintf(&text, "%s %s %s\n  %s\n  -> %s\n", f.Severity, f.Code, f.Path, f.Message, f.Fix)
		if f.Rule != nil {
			fmt.Fprintf(&text, "  by %s, %s (%s)\n", f.Rule.ID, f.Rule.Instrument, f.Rule.Confidence)
		}
	}
	golden.Equal(t, "review.txt", text.Bytes())
}

// shuffle puts all lists whose order says nothing in another order.
func shuffle(b *brief.Brief, dice *rand.Rand) {
	for _, list := range []any{b.Elements, b.Disclosures, b.Claims, b.Forbidden, b.Angles, b.References, b.Markets, b.Guardrails, b.Tracking.Codes, b.Tracking.Links, b.Pieces, b.Usage} {
		swap := reflect.Swapper(list)
		dice.Shuffle(reflect.ValueOf(list).Len(), swap)
	}
}

// indices are those of lists, which the order decides, also in messages.
func withoutIndices(findings []byline.Finding) []string {
	index := regexp.MustCompile(`\[\d+\]`)
	var texts []string
	for _, f := range findings {
		texts = append(texts, strings.Join([]string{f.Code, string(f.Severity), index.ReplaceAllString(f.Path, "[]"), f.Message, f.Fix}, "|"))
	}
	slices.Sort(texts)
	return texts
}

func TestReviewMindsNoOrder(t *testing.T) {
	t.Parallel()
	o := goodOptions()
	want := withoutIndices(brief.Review(troubled(), sent(), o))
	for seed := range uint64(40) {
		b := troubled()
		shuffle(&b, rand.New(rand.NewPCG(seed, 1)))
		if diff := cmp.Diff(want, withoutIndices(brief.Review(b, sent(), o))); diff != "" {
			t.Fatalf("seed %d (-want +got):\n%s", seed, diff)
		}
	}
}

func TestReviewIsPure(t *testing.T) {
	t.Parallel()
	b, o := troubled(), goodOptions()
	before, err := json.Marshal(b)
	require.NoError(t, err)
	first := brief.Review(b, sent(), o)
	if diff := cmp.Diff(first, brief.Review(b, sent(), o)); diff != "" {
		t.Errorf("two reviews differ:\n%s", diff)
	}
	after, err := json.Marshal(b)
	require.NoError(t, err)
	if !bytes.Equal(before, after) {
		t.Error("the review changed the brief")
	}
}

// What is added as an element never makes up for what is missing elsewhere.
func TestReviewElementsHideNothingMissing(t *testing.T) {
	t.Parallel()
	missing := func(findings []byline.Finding) []string {
		return slices.DeleteFunc(codesOf(findings), func(code string) bool {
			return !strings.HasSuffix(code, "_missing") && !strings.HasSuffix(code, "_open")
		})
	}
	empty := brief.Brief{Language: "en", Markets: []byline.Market{"US"}, Pieces: []brief.Piece{{Deliverable: brief.Deliverable{Platform: byline.YouTube, Format: brief.Video}}}}
	want := missing(brief.Review(empty, sent(), nil))
	if len(want) < 10 {
		t.Fatalf("an empty brief lacks %v", want)
	}
	for _, kind := range []brief.ElementKind{brief.ShowProduct, brief.SayMessage, brief.CallToAction, brief.NameCode, brief.SetLink, brief.TagAccount, brief.UseHashtag, brief.ShowShot} {
		empty.Elements = append(empty.Elements, brief.Element{Kind: kind, Text: "#ad by @demo, honest, with the code ADA15", Verbatim: true})
		if diff := cmp.Diff(want, missing(brief.Review(empty, sent(), nil))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", kind, diff)
		}
	}
}

// Nothing at all, and hostile values, are reviewed without a panic.
func TestReviewOfAnything(t *testing.T) {
	t.Parallel()
	hostile := goodBrief()
	hostile.Message = strings.Repeat("\xff#ad ", 1000) + "\u202e”“"
	hostile.Elements[0].Pieces = []int{-1, 99}
	hostile.Elements = append(hostile.Elements, brief.Element{Kind: "dance", Text: "\x00", Verbatim: true})
	hostile.Pieces[0].Format, hostile.Pieces[0].Length.Max = "hologram", -1
	hostile.Timeline.DraftsDue = time.Unix(1<<40, 0)
	hostile.Approval.Days, hostile.Approval.Rounds = 1<<40, 1<<20
	for name, b := range map[string]brief.Brief{"zero": {}, "hostile": hostile} {
		for _, at := range []time.Time{{}, sent()} {
			for _, f := range brief.Review(b, at, nil) {
				if f.Code == "" || f.Severity == "" {
					t.Errorf("%s: %+v", name, f)
				}
			}
		}
	}
}

// TestReviewWithABook: rules made ready say the same.
func TestReviewWithABook(t *testing.T) {
	t.Parallel()
	for name, one := range map[string]brief.Brief{"good": goodBrief(), "troubled": troubled()} {
		o := goodOptions()
		o.Rules = nil
		want := brief.Review(one, sent(), o)
		o.Book = disclosure.NewBook(disclosure.Rules())
		if diff := cmp.Diff(want, brief.Review(one, sent(), o)); diff != "" {
			t.Errorf("%s: findings mismatch (-rules +book):\n%s", name, diff)
		}
	}
}

// BenchmarkReview reviews one brief under all built-in rules.
func BenchmarkReview(b *testing.B) {
	for name, one := range map[string]brief.Brief{"good": goodBrief(), "troubled": troubled()} {
		b.Run(name, func(b *testing.B) {
			o := goodOptions()
			o.Book = disclosure.NewBook(disclosure.Rules())
			b.ReportAllocs()
			for b.Loop() {
				brief.Review(one, sent(), o)
			}
		})
	}
}
