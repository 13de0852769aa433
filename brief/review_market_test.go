package brief_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/brief/disclosure"
)

// byCode are the findings of a code, in their order.
func byCode(b brief.Brief, o *brief.ReviewOptions, codes ...string) []byline.Finding {
	var found []byline.Finding
	for _, f := range brief.Review(b, sent(), o) {
		for _, code := range codes {
			if f.Code == code {
				found = append(found, f)
			}
		}
	}
	return found
}

// overMarkets is a brief in English for several markets, by the built-in rules.
func overMarkets(markets ...byline.Market) (brief.Brief, *brief.ReviewOptions) {
	b, o := goodBrief(), goodOptions()
	b.Markets, o.Rules = markets, disclosure.Rules()
	b.Disclosures = nil
	return b, o
}

// A post in English for Germany has no label that is known to do in English: the review
// names the German one, as the check of a post does, and does not then doubt what it named.
func TestReviewNamesEachMarketsOwnLabel(t *testing.T) {
	t.Parallel()
	b, o := overMarkets("DE", "US")
	fixes := map[string]string{}
	for _, f := range byCode(b, o, "brief.disclosure_missing") {
		fixes[f.Message] = f.Fix
	}
	want := map[string]string{
		"no label is given for Germany in English on Instagram":           "Put “Werbung” in the video itself, in the first seconds. It is German: no label in English is known to do there.",
		"no label is given for the United States in English on Instagram": "Put “#ad” in the video itself, both seen and spoken.",
	}
	if diff := cmp.Diff(want, fixes); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	b.Disclosures = []brief.Disclosure{
		{Market: "DE", Language: "en", Label: "Werbung", Toggle: "Paid partnership label"}, {Market: "US", Language: "en", Label: "#ad"},
	}
	b.Pieces = append(b.Pieces, b.Pieces[0])
	b.Pieces[1].Format, b.Pieces[1].Frames = brief.Story, 3
	doubts := byCode(b, o, "brief.disclosure_missing", "brief.disclosure_wrong", "brief.disclosure_doubtful")
	if len(doubts) != 1 || doubts[0].Severity != byline.Info || !strings.Contains(doubts[0].Message, "label of the rules for Germany; whether it does in content in English they leave open") {
		t.Errorf("%+v", doubts)
	}
}

// Where a label of the content's language does, one of another language is doubted.
func TestReviewDoubtsAForeignLabel(t *testing.T) {
	t.Parallel()
	b, o := overMarkets("AQ")
	rule := ruleFor("AQ", byline.Primary)
	rule.Label = &disclosure.LabelDuty{Accepted: []disclosure.Label{{Text: "reklame", Language: "no"}, {Text: "advertisement", Language: "en"}}}
	o.Rules = []disclosure.Rule{rule}
	b.Disclosures = []brief.Disclosure{{Market: "AQ", Language: "en", Label: "reklame"}}
	got := byCode(b, o, "brief.disclosure_doubtful")
	if len(got) != 1 || got[0].Severity != byline.Warning || !strings.HasPrefix(got[0].Fix, "Put “advertisement” ") {
		t.Errorf("%+v", got)
	}
	rule.Label.Accepted, rule.Label.Risky = rule.Label.Accepted[:1], []disclosure.Label{{Text: "advert"}}
	b.Disclosures[0].Label = "advert"
	got = byCode(b, o, "brief.disclosure_doubtful")
	if len(got) != 1 || got[0].Severity != byline.Warning || !strings.HasPrefix(got[0].Fix, "Put “reklame” ") {
		t.Errorf("a label that is in no list is taken for the market's own: %+v", got)
	}
}

// A market with several languages has a label in each.
func TestReviewNamesALabelOfEachLanguage(t *testing.T) {
	t.Parallel()
	b, o := overMarkets("AQ")
	rule := ruleFor("AQ", byline.Primary)
	rule.Label = &disclosure.LabelDuty{Accepted: []disclosure.Label{{Text: "reklame", Language: "no"}, {Text: "publicité", Language: "fr"}}}
	o.Rules = []disclosure.Rule{rule}
	b.Pieces = append(b.Pieces, b.Pieces[0])
	b.Pieces[1].Format, b.Pieces[1].Frames = brief.Story, 3
	got := byCode(b, o, "brief.disclosure_missing")
	if len(got) != 1 || strings.Count(got[0].Fix, "“publicité”") != 1 || strings.Count(got[0].Fix, "“reklame”") != 1 {
		t.Errorf("%+v", got)
	}
}

// What a rule of several markets says is told once, with all of them.
func TestReviewTellsOnceWhatHoldsForSeveralMarkets(t *testing.T) {
	t.Parallel()
	b, o := overMarkets("US", "FR", "DE")
	rule := ruleFor("EU.alcohol", byline.Primary)
	rule.Market, rule.Area = "", "EU"
	rule.Scope.Categories, rule.Gate = []disclosure.Category{disclosure.Alcohol}, &disclosure.GateDuty{Effect: disclosure.Ban}
	o.Rules, b.Product.Categories = []disclosure.Rule{rule}, []disclosure.Category{disclosure.Alcohol}
	got := byCode(b, o, "brief.category_banned")
	if len(got) != 1 || !strings.HasPrefix(got[0].Message, "France and Germany, EU.alcohol: ") {
		t.Errorf("%+v", got)
	}
	for _, markets := range [][]byline.Market{{"DE", "US"}, {"IN", "GB", "KR", "FR", "US", "NL"}} {
		b, o := overMarkets(markets...)
		b.Product.Categories = []disclosure.Category{disclosure.Alcohol, disclosure.Gambling}
		seen := map[string]bool{}
		for _, f := range brief.Review(b, sent(), o) {
			if key := f.Code + f.Path + f.Message; seen[key] {
				t.Errorf("told twice: %+v", f)
			} else {
				seen[key] = true
			}
		}
	}
}

// Two rules that ask for the same switch ask once, and name it as the platform does.
func TestReviewAsksOnceForASwitch(t *testing.T) {
	t.Parallel()
	b, o := goodBrief(), goodOptions()
	for _, id := range []string{"instagram", "US.switch"} {
		rule := ruleFor(id, byline.Primary)
		rule.Market, rule.Toggle, rule.Scope.Platforms = "", &disclosure.ToggleDuty{Name: "Paid partnership label"}, []byline.Platform{byline.Instagram}
		o.Rules = append(o.Rules, rule)
	}
	b.Disclosures[0].Toggle = ""
	got := byCode(b, o, "brief.toggle_missing")
	if len(got) != 1 || got[0].Message != "the switch of Instagram is not named: this is asked for" || got[0].Fix != "Name “Paid partnership label” in the disclosure." {
		t.Errorf("%+v", got)
	}
}

// A finding that knows what is missing says it in its fix.
func TestReviewSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	for fix, edit := range map[string]func(*brief.Piece){
		"Say how long the reel is at least; it may last 1m at most.": func(p *brief.Piece) { p.Length.Min = 0 },
		"Say how long the reel is at least.":                         func(p *brief.Piece) { p.Length = brief.LengthBand{} },
		"Say how many frames the story has at least.":                func(p *brief.Piece) { p.Format = brief.Story },
		"Say how many pictures the carousel has at least.":           func(p *brief.Piece) { p.Format = brief.Carousel },
		"State its number and posting window.":                       func(p *brief.Piece) { p.Count, p.Posting = 0, byline.Window{} },
	} {
		b := goodBrief()
		edit(&b.Pieces[0])
		got := byCode(b, goodOptions(), "brief.deliverable_size", "brief.deliverable_incomplete")
		if len(got) != 1 || got[0].Fix != fix {
			t.Errorf("want %q: %+v", fix, got)
		}
	}
}

// Days are written in one way, on the clock of whoever has to act.
func TestReviewWritesDaysInOneWay(t *testing.T) {
	t.Parallel()
	b, o := goodBrief(), goodOptions()
	o.Creator = &brief.Calendar{Zone: time.FixedZone("EAST", 11*3600)} // Friday the 13th at noon in UTC
	b.Timeline.DraftsDue = march(13, 14)
	got := byCode(b, o, "brief.day_off")
	if len(got) != 1 || got[0].Message != "the drafts are due on Sat 14 Mar 2026 01:00 EAST, a day on which nobody works there" {
		t.Errorf("%+v", got)
	}
}
