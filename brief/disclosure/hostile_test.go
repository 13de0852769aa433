package disclosure_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	d "github.com/bylinehq/byline/brief/disclosure"
)

// spelt is a label of a record as somebody writes it for a brand of two words.
func spelt(l d.Label) string {
	brand := "Bolt Cola"
	if strings.HasPrefix(l.Text, "#") {
		brand = "BoltCola"
	}
	text := strings.ReplaceAll(l.Text, "{brand}", brand)
	if l.Companion {
		text += " #BoltCola"
	}
	return text
}

func wide(text string) string {
	return strings.Map(func(r rune) rune {
		if '!' <= r && r <= '~' {
			return r - '!' + '！'
		}
		return r
	}, text)
}

func inside(sign string) func(string) string {
	return func(text string) string {
		runes := []rune(text)
		return string(runes[:len(runes)-1]) + sign + string(runes[len(runes)-1:])
	}
}

// Every label of every record does in every form that reads the same.
func TestLabelsInEveryForm(t *testing.T) {
	t.Parallel()
	forms := map[string]func(string) string{
		"as it is": func(s string) string { return s }, "loud": strings.ToUpper, "soft": strings.ToLower, "wide": wide,
		"zero width": inside("\u200b"), "soft hyphen": inside("\u00ad"), "turned": func(s string) string { return "\u202e" + s + "\u202c" },
		"marked": func(s string) string { return "\ufeff" + s }, "emoji": func(s string) string { return "✨" + s + "🎉" },
		"quoted": func(s string) string { return "«" + s + "»" }, "Turkish": strings.NewReplacer("i", "ı", "I", "İ").Replace,
		"no-break": strings.NewReplacer(" ", "\u00a0").Replace, "taken apart": strings.NewReplacer("é", "e\u0301", "à", "a\u0300", "ä", "a\u0308").Replace,
		"sharp": strings.NewReplacer("ss", "ß").Replace,
	}
	for _, r := range d.Rules() {
		if r.Label == nil {
			continue
		}
		for _, l := range r.Label.Accepted {
			for name, form := range forms {
				p := breach(r)
				p.Brands, p.Language = []string{"Bolt Cola", "@bolt.cola"}, l.Language
				if p.Language == "" {
					p.Language = "en"
				}
				text := form(spelt(l)) + " | x y"
				p.Texts = []d.Passage{{Where: d.Caption, Text: text}, {Where: d.Overlay, Text: text}}
				if got, _ := ask(p, r); got.Status != d.NoKnownIssue {
					t.Errorf("%s, %s: %q is %v", r.ID, name, text, got)
				}
			}
		}
	}
}

// hostilePosts do with one label what can be done wrong.
func hostilePosts(p d.Post, text string) []d.Post {
	passages := [][]d.Passage{
		{{Where: d.Bio, Text: text}}, {{Where: d.Comment, Text: text}}, {{Where: d.Description, Text: text}},
		{{Where: d.Caption, Text: text, Hidden: true}}, {{Where: d.Overlay, Text: text, Hidden: true}}, {{Where: d.Overlay, Text: text, Frame: 1}},
		{{Where: d.Caption, Text: strings.Repeat("so ", 99) + text, Shown: 20}}, {{Where: d.Caption, Text: "\n\n\n\n#a #b #c #d #e " + text}},
		{{Where: d.Overlay, Text: text, Span: d.Span{From: 50 * time.Second, To: 51 * time.Second}}},
		{{Where: d.Caption, Text: "not " + text}}, {{Where: d.Caption, Text: ""}}, {},
	}
	var posts []d.Post
	for _, texts := range passages {
		p.Texts, p.Frames = texts, 3
		posts = append(posts, p)
	}
	return posts
}

// What is recalled, as a rule or because all its words are, never blocks, wherever a label
// stands; and no sentence promises or threatens.
func TestRecalledNeverBlocksHostilePosts(t *testing.T) {
	t.Parallel()
	for _, r := range d.Rules() {
		recalled := r.Confidence == byline.Recalled
		texts := []string{"nothing"}
		for _, l := range labelsOf(r) {
			texts = append(texts, spelt(l))
		}
		weak := map[string]bool{"label": r.Label != nil && allRecalled(r.Label.Accepted), "notice": r.Notice != nil && allRecalled(r.Notice.Accepted)}
		for n, text := range texts {
			for _, p := range hostilePosts(breach(r), text) {
				a := d.Evaluate(p, []d.Rule{r})
				for _, answer := range a.Answers {
					blocks := slices.ContainsFunc(answer.Findings, func(f byline.Finding) bool { return f.Severity == byline.Blocker })
					if blocks && (recalled || weak[answer.Duty]) {
						t.Fatalf("%s blocks %+v: %+v", answer.ID(), p.Texts, answer.Findings)
					}
				}
				if n > 1 {
					continue // it says the same of the others
				}
				told := strings.ToLower(a.Explain())
				for _, word := range []string{"complian", "lawful", "illegal", "guilty", "fine of", "%!", "{brand}", "..", "“”"} {
					if strings.Contains(told, word) {
						t.Fatalf("%s says %q:\n%s", r.ID, word, told)
					}
				}
			}
		}
	}
}

func allRecalled(labels []d.Label) bool {
	return !slices.ContainsFunc(labels, func(l d.Label) bool { return l.Confidence != byline.Recalled })
}

// A poor place makes a label that is only recalled no worse than none.
func TestUnconfirmedLabelInAPoorPlace(t *testing.T) {
	t.Parallel()
	r := anywhere(d.LabelDuty{Accepted: []d.Label{{Text: "ad", Confidence: byline.Recalled}}, Place: map[d.Medium]d.Place{"": {BeforeFold: true}, d.Live: {Repeated: true}}})
	r.Time = &d.TimeDuty{Bands: []d.TimeBand{{AtLeast: time.Second}}}
	p := known("BE", "en", "so much ad")
	p.Texts[0].Shown = 4
	got, _ := ask(p, r)
	if diff := cmp.Diff(open("label.unconfirmed", "label.inline", "label.after_fold"), got); diff != "" {
		t.Errorf("behind the cut (-want +got):\n%s", diff)
	}
	with(medium(d.Live, time.Minute), texts(overlay("ad", 0, time.Second/2)))(&p)
	for duty, code := range map[string]string{"label": "label.once", "time": "time.short"} {
		answer := askDuty(p, r, duty)
		if answer.Status != d.Risk || !slices.Contains(answer.Codes, code) {
			t.Errorf("%s is %v", duty, answer)
		}
	}
}

// A rule that nobody validated costs no more than it is long.
func TestHostileRules(t *testing.T) {
	t.Parallel()
	r := anywhere(d.LabelDuty{Accepted: labels("", strings.Repeat("{brand} ", 40), "#ad", "", "\u200b", "{brand}"), Risky: labels("", "#", "{", "}")})
	p := known("BE", "en", "#ad")
	for range 50 {
		p.Brands = append(p.Brands, "A B")
	}
	if got, _ := ask(p, r); got.Status != d.NoKnownIssue {
		t.Errorf("it is %v", got)
	}
}

// Odd codes are markets without a rule, and no group of markets.
func TestOddMarkets(t *testing.T) {
	t.Parallel()
	rules := d.Rules()
	for _, m := range []byline.Market{"", " ", "AT BE", "GF GP", "de", "EU", "ZZ", "T B"} {
		p := known(m, "de", "Werbung")
		p.Platform = byline.Blog
		a := d.Evaluate(p, rules)
		if len(a.Unruled) != 1 || a.Unruled[0] != m || a.Status != d.CannotDetermine || len(a.Answers) != 0 {
			t.Errorf("%q: %+v", m, a)
		}
	}
}

// What is contrary is read for the stricter side, in any order.
func TestContraryFacts(t *testing.T) {
	t.Parallel()
	gate := standIn("BE.gate", "BE")
	gate.Gate = &d.GateDuty{Effect: d.Ban}
	tests := map[string]struct {
		scope d.Scope
		edit  edit
	}{
		"no tie, and ties":           {d.Scope{Ties: []d.Tie{d.Paid}}, func(p *d.Post) { p.NoTie = true }},
		"no category, and one":       {d.Scope{Categories: []d.Category{d.Alcohol}}, func(p *d.Post) { p.Categories = []d.Category{d.Alcohol} }},
		"no mark, and one":           {d.Scope{Marks: []d.Mark{d.Virtual}}, func(p *d.Post) { p.Marks = map[d.Mark]d.Known{d.Virtual: d.Yes} }},
		"under 13 and not under 18":  {d.Scope{Minors: 16}, func(p *d.Post) { p.Minors = map[int]d.Known{13: d.Yes, 18: d.No} }},
		"CFD counts where it is one": {d.Scope{Categories: []d.Category{d.Finance, d.CFD}}, category(d.CFD)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := gate
			r.Scope = tt.scope
			for range 8 {
				p := known("BE", "en", "x")
				tt.edit(&p)
				if got := askDuty(p, r, "gate"); got == nil || got.Status != d.Violation {
					t.Fatalf("it is %v", got)
				}
			}
		})
	}
}

// Contracts for difference are a financial product to every market that gates those.
func TestFinanceHoldsCFD(t *testing.T) {
	t.Parallel()
	for _, r := range d.Rules() {
		if r.Market != "" && r.Gate != nil && slices.Contains(r.Scope.Categories, d.Finance) && !slices.Contains(r.Scope.Categories, d.CFD) {
			t.Errorf("%s lets them pass", r.ID)
		}
	}
}

// A caption of 100 kB is answered, and its label behind the cut is found there.
func TestLongCaption(t *testing.T) {
	t.Parallel()
	p := known("US", "en", strings.Repeat("👨‍👩‍👧 ", 6000)+"#ad")
	got, codes := worstOf(d.Evaluate(p, d.Rules()), "US", "label")
	if diff := cmp.Diff([]string{"label.low", "label.after_fold"}, codes); got != d.Violation || diff != "" {
		t.Errorf("it is %s (-want +got):\n%s", got, diff)
	}
}

// Day by day in zones that lie 26 hours apart.
func TestDayAtTheEndsOfTheWorld(t *testing.T) {
	t.Parallel()
	r := anywhere(d.LabelDuty{Accepted: labels("", "#ad")})
	r.Effective.Start = day(2026, 1, 5)
	for hours, want := range map[int]bool{14: true, 0: false, -12: false} {
		p := known("BE", "de", "neu")
		p.At = time.Date(2026, 1, 4, 10, 0, 0, 0, time.UTC).In(time.FixedZone("", hours*3600))
		if got := askDuty(p, r, "label") != nil; got != want {
			t.Errorf("at %+d hours it is in force: %t", hours, got)
		}
	}
}

// Whether a rule is about a post at all comes before what is open in it.
func TestRiskOfARuleThatMayNotReach(t *testing.T) {
	t.Parallel()
	r := anywhere(d.LabelDuty{Accepted: labels("", "#ad"), Risky: labels("", "#sp")})
	r.Scope.StaffMin = 250
	p := known("BE", "de", "#sp")
	p.Staff = nil
	if diff := cmp.Diff(lacks("staff"), askDuty(p, r, "label")); diff != "" {
		t.Errorf("answer (-want +got):\n%s", diff)
	}
}

// A place that is told apart by the medium is not known without it.
func TestPlaceOfAMediumThatIsNotKnown(t *testing.T) {
	t.Parallel()
	r := anywhere(d.LabelDuty{Accepted: labels("", "#ad"), Place: map[d.Medium]d.Place{"": {}, d.Video: {InContent: true}}})
	p := known("BE", "de", "#ad")
	p.Medium = ""
	if diff := cmp.Diff(lacks("medium"), askDuty(p, r, "label")); diff != "" {
		t.Errorf("several places (-want +got):\n%s", diff)
	}
	r.Label.Place = map[d.Medium]d.Place{"": {}}
	if diff := cmp.Diff(ok(), askDuty(p, r, "label")); diff != "" {
		t.Errorf("one place (-want +got):\n%s", diff)
	}
}

// A switch that would do, and of which nothing is known, is asked for besides the texts.
func TestSwitchBesideUnreadTexts(t *testing.T) {
	t.Parallel()
	r := anywhere(d.LabelDuty{Accepted: labels("", "#ad"), ToggleSuffices: d.Enough})
	p := known("BE", "de", "neu")
	p.Toggle, p.Unread = d.Unknown, []d.Where{d.Overlay}
	if diff := cmp.Diff(lacks("toggle", "unread[0]"), askDuty(p, r, "label")); diff != "" {
		t.Errorf("answer (-want +got):\n%s", diff)
	}
}

// Frames are counted in stories; a picture beside its caption has none.
func TestEachFrameOfAPicture(t *testing.T) {
	t.Parallel()
	r := anywhere(d.LabelDuty{Accepted: labels("", "#ad"), Place: map[d.Medium]d.Place{"": {EachFrame: true}}})
	p := known("BE", "de", "neu")
	p.Frames, p.Texts = 3, append(p.Texts, words(1, "#ad"))
	if diff := cmp.Diff(ok(), askDuty(p, r, "label")); diff != "" {
		t.Errorf("answer (-want +got):\n%s", diff)
	}
}

// The switch of a draft makes no label better.
func TestSuggestDoesNotLookAtTheSwitch(t *testing.T) {
	t.Parallel()
	p := known("US", "en", "")
	p.Markets = append(p.Markets, "IN")
	off := d.Suggest(p, d.Rules())
	p.Toggle = d.Yes
	if diff := cmp.Diff(off, d.Suggest(p, d.Rules())); diff != "" || len(off) == 0 {
		t.Errorf("suggestions (-off +on):\n%s", diff)
	}
}

// Merge leaves what lies behind the caller's list alone.
func TestMergeWritesNothing(t *testing.T) {
	t.Parallel()
	own := []d.Rule{standIn("BE", "BE"), standIn("kept", "BE")}
	d.Merge([]d.Rule{standIn("other", "BE")}, own[:1])
	if own[1].ID != "kept" {
		t.Errorf("it is %s", own[1].ID)
	}
}

func TestExplainTellsWhatIsNotConfirmed(t *testing.T) {
	t.Parallel()
	told := d.Evaluate(known("ES", "es", "Publicidad"), d.Rules()).Explain()
	if !strings.Contains(told, "That “publicidad” is enough is not confirmed.") {
		t.Errorf("it says:\n%s", told)
	}
}
