package brief_test

import (
	"strings"
	"testing"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
)

func find(findings []byline.Finding, code string) (byline.Finding, bool) {
	for _, f := range findings {
		if f.Code == code {
			return f, true
		}
	}
	return byline.Finding{}, false
}

func TestReadingTime(t *testing.T) {
	t.Parallel()
	b := brief.Brief{Message: strings.Repeat("word ", 238)}
	if got := b.ReadingTime(); got != time.Minute {
		t.Errorf("238 words take %v", got)
	}
	if got := (brief.Brief{}).ReadingTime(); got != 0 {
		t.Errorf("nothing takes %v", got)
	}
}

// Where the language is not known, nothing is said of the wording but that it cannot be told.
func TestReviewCannotTellOtherLanguages(t *testing.T) {
	t.Parallel()
	b := troubled()
	b.Written = "de"
	findings := brief.Review(b, sent(), goodOptions())
	for _, f := range findings {
		if strings.HasPrefix(f.Code, "brief.script_") && f.Code != "brief.script_unknown" || f.Code == "brief.deliverable_vague" || f.Code == "brief.thin" {
			t.Errorf("judged: %+v", f)
		}
	}
	if _, ok := find(findings, "brief.script_unknown"); !ok {
		t.Error("it does not say that it cannot tell")
	}
	b.Written, b.Language = "en-GB", "de" // written in English about German posts
	if _, ok := find(brief.Review(b, sent(), goodOptions()), "brief.script_passage"); !ok {
		t.Error("the English of a brief for German posts is not judged")
	}
}

// Norms are the caller's.
func TestReviewNorms(t *testing.T) {
	t.Parallel()
	lenient := goodOptions()
	lenient.Norms = &brief.Norms{VerbatimShare: 1, VerbatimWords: 100, ImperativeShare: 1, SpokenShare: 10, SaysPerMinute: 100, LeadDays: 1, MakeDays: 1}
	for _, f := range brief.Review(troubled(), sent(), lenient) {
		if strings.HasPrefix(f.Code, "brief.script_") && f.Path != "deliverables[0].notes" {
			t.Errorf("found under lenient norms: %+v", f)
		}
	}
	strict := goodOptions()
	strict.Norms = &brief.Norms{LeadDays: 50, MakeDays: 50, ReadingTime: time.Second, SaysPerMinute: .1, Minors: .01}
	codes := codesOf(brief.Review(goodBrief(), sent(), strict))
	for _, want := range []string{"brief.lead_short", "brief.making_short", "brief.long", "brief.minors_wording"} {
		if !strings.Contains(strings.Join(codes, " "), want) {
			t.Errorf("no %s in %v", want, codes)
		}
	}
}

func TestReviewSuggestsGentlerWords(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ notes, want string }{
		"must":   {"You must hold the bottle up for the whole video.", "It would help if you could hold the bottle up for the whole video."},
		"never":  {"Never look away from the bottle while you ride.", "We would rather you did not look away from the bottle while you ride."},
		"a verb": {"Hold the bottle with both hands in front of you.", "If it suits your style, hold the bottle with both hands in front of you."},
		"quoted": {"“Say it is great in the very first second of it.”", "“Say it is great in the very first second of it."},
	}
	for name, tt := range tests {
		b := goodBrief()
		b.Pieces[0].Notes, b.Angles, b.Elements = strings.Repeat(tt.notes+" ", 6), nil, nil
		f, ok := find(brief.Review(b, sent(), goodOptions()), "brief.script_orders")
		if !ok || !strings.Contains(f.Message, strings.TrimSpace(tt.notes)) && name != "quoted" || !strings.Contains(f.Fix, strings.Trim(tt.want, "“”")) {
			t.Errorf("%s: %v %q, %q", name, ok, f.Message, f.Fix)
		}
	}
}

// What the audience is told is no order to the creator, and codes are no script.
func TestReviewOrdersAreTheCreators(t *testing.T) {
	t.Parallel()
	b := goodBrief()
	for range 8 {
		b.Elements = append(b.Elements, brief.Element{Kind: brief.CallToAction, Text: "Try it now. Click the link."},
			brief.Element{Kind: brief.UseHashtag, Text: "#a #b #c #d #e #f #g #h", Verbatim: true})
	}
	findings := brief.Review(b, sent(), goodOptions())
	for _, code := range []string{"brief.script_orders", "brief.script_verbatim", "brief.script_passage"} {
		if f, ok := find(findings, code); ok {
			t.Errorf("%+v", f)
		}
	}
}

// More rounds, days, legal review and holidays never make the earliest post earlier.
func TestEarliestPostIsMonotone(t *testing.T) {
	t.Parallel()
	earliest := func(rounds, days, legal int, holidays []brief.Date) time.Time {
		b := brief.Brief{Timeline: brief.Timeline{DraftsDue: march(5, 9), LegalReview: legal}, Approval: brief.Approval{Rounds: rounds, Days: days}}
		got, ok := brief.EarliestPost(b, brief.Calendar{Zone: zone(t, "America/New_York"), Holidays: holidays}, brief.Calendar{Zone: zone(t, "Asia/Tokyo")})
		if !ok {
			t.Fatal("cannot tell")
		}
		return got
	}
	for rounds := range 4 {
		for days := range 7 {
			var holidays []brief.Date
			base := earliest(rounds, days, 0, nil)
			for n := range 12 {
				holidays = append(holidays, on(2026, 3, 6).Add(2*n))
				for _, later := range []time.Time{earliest(rounds+1, days, 0, nil), earliest(rounds, days+1, 0, nil), earliest(rounds, days, n, nil), earliest(rounds, days, 0, holidays)} {
					if later.Before(base) {
						t.Fatalf("%d rounds of %d days: %v is before %v", rounds, days, later, base)
					}
				}
			}
		}
	}
}

// Phrases are whole words, and in scripts without spaces any part.
func TestReviewForbiddenPhrases(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		message, phrase string
		want            bool
	}{
		"the word":           {"It heals you", "heals", true},
		"in another case":    {"HEALS!", "heals", true},
		"part of a word":     {"It is healthy", "heal", false},
		"over a line":        {"it cures\n  colds", "cures colds", true},
		"no spaces":          {"このお茶は病気が治ると言う", "治る", true},
		"another apostrophe": {"It can’t break", "can't break", true},
		"blank":              {"anything", "  ", false},
	}
	for name, tt := range tests {
		b := goodBrief()
		b.Message, b.Forbidden = tt.message, []brief.Phrase{{Text: tt.phrase}}
		if _, got := find(brief.Review(b, sent(), goodOptions()), "brief.claim_forbidden"); got != tt.want {
			t.Errorf("%s: found %v", name, got)
		}
	}
}
