package disclosure_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	d "github.com/bylinehq/byline/brief/disclosure"
)

// allMarketsIn turns the stand-ins off: from then on a vector whose market has no built-in
// rule fails.
const allMarketsIn = true

// rulesFor are the built-in rules, and for a market that has none the stand-ins.
func rulesFor(t *testing.T, m byline.Market) []d.Rule {
	t.Helper()
	rules := d.Rules()
	if slices.ContainsFunc(rules, func(r d.Rule) bool { return r.Market == m }) {
		return rules
	}
	if allMarketsIn {
		t.Fatalf("rule for market %s missing", m)
	}
	return d.Merge(rules, slices.DeleteFunc(standIns(), func(r d.Rule) bool { return r.Market != m }))
}

// known is a post of which all facts are known, with a caption.
func known(m byline.Market, language, caption string) d.Post {
	staff, followers := 400, 10_000
	return d.Post{
		At: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), Platform: byline.Instagram, Medium: d.Image,
		Markets: []byline.Market{m}, Language: language, Ties: []d.Tie{d.Paid}, Control: d.Yes, Brands: []string{"Acme"},
		Staff: &staff, Followers: &followers, Toggle: d.No, NoCategory: true, NoMark: true, Minors: map[int]d.Known{18: d.No},
		Texts: []d.Passage{{Where: d.Caption, Text: caption}},
	}
}

type edit func(*d.Post)

func with(edits ...edit) edit {
	return func(p *d.Post) {
		for _, e := range edits {
			e(p)
		}
	}
}

func texts(passages ...d.Passage) edit { return func(p *d.Post) { p.Texts = passages } }

func on(y int, m time.Month, day int) edit {
	return func(p *d.Post) { p.At = time.Date(y, m, day, 23, 30, 0, 0, time.UTC) }
}

func medium(m d.Medium, length time.Duration) edit {
	return func(p *d.Post) { p.Medium, p.Length = m, length }
}

func overlay(text string, from, to time.Duration) d.Passage {
	return d.Passage{Where: d.Overlay, Text: text, Span: d.Span{From: from, To: to}}
}

func toggleOn(p *d.Post) { p.Toggle = d.Yes }

func aiPerson(p *d.Post) { p.Marks = map[d.Mark]d.Known{d.AIPerson: d.Yes, d.Virtual: d.Yes} }

func staff(n int) edit { return func(p *d.Post) { p.Staff = &n } }

func category(c d.Category) edit {
	return func(p *d.Post) { p.Categories, p.NoCategory = []d.Category{c}, false }
}

func gifted(control d.Known) edit {
	return func(p *d.Post) { p.Ties, p.Control = []d.Tie{d.GiftUnsolicited}, control }
}

type vector struct {
	name     string
	market   byline.Market
	language string
	caption  string
	edit     edit
	duty     string // "" for the label
	want     d.Status
	codes    []string
}

// vectors are the cases of the research of 2026-11-22. Number 28, the written contract of
// France, is the business of package contracts (C07.FR).
func vectors() []vector {
	long := strings.Repeat("so many words ", 29) // 406 characters
	return slices.Concat(vectorsAmerican(long), vectorsEuropean(long), vectorsOfMore(long), vectorsOfOtherDuties())
}

func vectorsAmerican(long string) []vector {
	label := texts(d.Passage{Where: d.Description, Text: "#ad Love this"}, d.Passage{Where: d.Spoken, Text: "Hello, I love this"})
	return []vector{
		{"1", "US", "en", "#ad Love this serum", nil, "", d.NoKnownIssue, nil},
		{"2", "US", "en", "Love this #adidas fit", nil, "", d.Violation, []string{"label.missing"}},
		{"3", "US", "en", long + "#ad", nil, "", d.Violation, []string{"label.low", "label.after_fold"}},
		{"4 spon", "US", "en", "#spon new drop", nil, "", d.Violation, []string{"label.inadequate"}},
		{"4 collab", "US", "en", "#collab", nil, "", d.Violation, []string{"label.inadequate"}},
		{"4 partner", "US", "en", "#partner", nil, "", d.Violation, []string{"label.inadequate"}},
		{"4 thanks", "US", "en", "Thanks Acme!", nil, "", d.Violation, []string{"label.inadequate"}},
		{"5", "US", "en", "#AcmePartner", nil, "", d.NoKnownIssue, nil},
		{"5 a gift", "US", "en", "Thanks to @acme for the free product!", func(p *d.Post) { p.Ties = []d.Tie{d.GiftWithAsk} }, "", d.NoKnownIssue, nil},
		{"5 a gift and pay", "US", "en", "Thanks to @acme for the free product!", func(p *d.Post) { p.Ties = append(p.Ties, d.GiftWithAsk) }, "", d.Violation, []string{"label.missing"}},
		{"6", "US", "en", "My morning", toggleOn, "", d.Risk, []string{"label.toggle_alone"}},
		{"7", "US", "en", "", with(medium(d.Video, time.Minute), label), "", d.Violation, []string{"label.not_in_content"}},
	}
}

func vectorsEuropean(long string) []vector {
	bottom := texts(d.Passage{Where: d.Overlay, Text: "*affiliate", Frame: 1, Hidden: true})
	story := func(p *d.Post) { p.Medium, p.Frames, p.Ties = d.Frame, 1, []d.Tie{d.Affiliate} }
	return []vector{
		{"8", "GB", "en", "Sponsored by Acme", nil, "", d.Violation, []string{"label.inadequate"}},
		{"9", "GB", "en", "", with(story, bottom), "", d.Violation, []string{"label.inadequate", "label.hidden"}},
		{"10", "IE", "en", "#Gifted Look what came", gifted(d.No), "", d.NoKnownIssue, nil},
		{"10 with a script", "IE", "en", "#Gifted Look what came", gifted(d.Yes), "", d.Violation, nil},
		{"11", "DE", "de", "Heute war ich einkaufen und es war toll #blackfriyay #ad #eyes #shopping #rabatt", nil, "", d.Violation, nil},
		{"12", "DE", "de", "Anzeige | Heute zeige ich euch was", nil, "", d.NoKnownIssue, nil},
		{"13", "DE", "de", "#ad Heute zeige ich euch was", nil, "", d.Risk, nil},
		{"14", "FR", "fr", "Collaboration commerciale avec Acme", nil, "", d.NoKnownIssue, nil},
		{"16 without the brand", "IT", "it", "#adv Che crema", nil, "", d.Violation, nil},
		{"16", "IT", "it", "#adv #acme Che crema", nil, "", d.NoKnownIssue, nil},
		{"17 ad", "ES", "es", "Ad: nueva crema", nil, "", d.Violation, nil},
		{"17 gracias", "ES", "es", "Gracias a Acme", nil, "", d.Violation, nil},
		{"17", "ES", "es", "Publicidad", nil, "", d.NoKnownIssue, nil},
		{"18 samarbete", "SE", "sv", "I samarbete med Acme", nil, "", d.Violation, nil},
		{"18", "SE", "sv", "Reklam för Acme", nil, "", d.NoKnownIssue, nil},
		{"19 ad", "DK", "da", "#ad #spons", nil, "", d.Violation, nil},
		{"19", "DK", "da", "Reklame", nil, "", d.NoKnownIssue, nil},
		{"20", "NO", "no", "Produktplassering", nil, "", d.Violation, nil},
	}
}

func vectorsOfMore(long string) []vector {
	blog := func(p *d.Post) { p.Platform, p.Medium = byline.Blog, d.Text }
	more := func(p *d.Post) { p.Platform, p.Medium, p.Texts[0].Shown = byline.Instagram, d.Text, 100 }
	title := with(blog, texts(d.Passage{Where: d.Title, Text: "[광고] 새로운 크림"}, d.Passage{Where: d.Caption, Text: "오늘은 크림을 소개합니다"}))
	tags := strings.Repeat("#美容 ", 15) + "#PR " + strings.Repeat("#コスメ ", 14)
	reel := func(label, length time.Duration) edit {
		return with(medium(d.Video, length), texts(d.Passage{Where: d.Caption, Text: "My day"}, overlay("Advertisement", 0, label)))
	}
	return []vector{
		{"21", "KR", "ko", "", title, "", d.NoKnownIssue, nil},
		{"21 experience group", "KR", "ko", "체험단 으로 써 봤어요", blog, "", d.Violation, nil},
		{"21 behind the cut", "KR", "ko", strings.Repeat("좋은 크림 ", 60) + "[광고]", more, "", d.Violation, nil},
		{"23", "JP", "ja", "新しいクリーム " + tags, nil, "", d.Risk, nil},
		{"24", "IN", "en", "", reel(10*time.Second, time.Minute), "time", d.Violation, []string{"time.short"}},
		{"24 a third", "IN", "en", "", reel(20*time.Second, time.Minute), "time", d.NoKnownIssue, nil},
		{"24 short", "IN", "en", "", reel(3*time.Second, 12*time.Second), "time", d.NoKnownIssue, nil},
		{"25", "IN", "en", "My morning", toggleOn, "", d.NoKnownIssue, nil},
		{"26", "BR", "pt", "Meus achadinhos, link na bio", func(p *d.Post) { p.Ties = []d.Tie{d.Affiliate} }, "", d.Violation, nil},
	}
}

func vectorsOfOtherDuties() []vector {
	return []vector{
		{"15", "FR", "fr", "Publicité", aiPerson, "notice", d.Violation, nil},
		{"15 said", "FR", "fr", "Publicité - Images virtuelles", with(aiPerson, func(p *d.Post) { p.Texts = append(p.Texts, overlay("Images virtuelles", 0, 0)) }), "notice", d.NoKnownIssue, nil},
		{"22 the day before", "KR", "ko", "[광고] 의사가 추천", with(aiPerson, on(2026, 5, 31)), "notice", d.NoKnownIssue, nil},
		{"22", "KR", "ko", "[광고] 의사가 추천", with(aiPerson, on(2026, 6, 1)), "notice", d.Violation, nil},
		{"27 the day before", "GB", "en", "Ad: this bar", with(category(d.HFSS), on(2026, 1, 4)), "gate", d.NoKnownIssue, nil},
		{"27", "GB", "en", "Ad: this bar", with(category(d.HFSS), on(2026, 1, 5)), "gate", d.Violation, nil},
		{"27 a small brand", "GB", "en", "Ad: this bar", with(category(d.HFSS), staff(100), on(2026, 1, 5)), "gate", d.NoKnownIssue, nil},
		{"29", "AE", "en", "#ad this cream", on(2026, 2, 1), "permit", d.Violation, nil},
		{"30", "FR", "fr", "Publicité - mes pronos", category(d.Tips), "gate", d.Violation, nil},
	}
}

// post of a vector, and nobody found a permit.
func (v vector) post(rules []d.Rule) d.Post {
	p := known(v.market, v.language, v.caption)
	if v.edit != nil {
		v.edit(&p)
	}
	p.Checks = make(map[string]d.Known)
	for _, r := range rules {
		p.Checks[r.ID+".permit"] = d.No
	}
	return p
}

// worstOf is the worst answer of a market to a duty; no answer is no known issue.
func worstOf(a d.Assessment, m byline.Market, duty string) (d.Status, []string) {
	for _, answer := range a.Answers {
		if answer.Rule.Market == m && answer.Duty == duty {
			var codes []string
			for _, f := range answer.Findings {
				codes = append(codes, f.Code)
			}
			return answer.Status, codes
		}
	}
	return d.NoKnownIssue, nil
}

func TestVectors(t *testing.T) {
	t.Parallel()
	for _, v := range vectors() {
		t.Run(v.name, func(t *testing.T) {
			t.Parallel()
			rules := rulesFor(t, v.market)
			duty := v.duty
			if duty == "" {
				duty = "label"
			}
			assessment := d.Evaluate(v.post(rules), rules)
			got, codes := worstOf(assessment, v.market, duty)
			if got != v.want {
				t.Errorf("%s is %s, want %s:\n%s", duty, got, v.want, assessment.Explain())
			}
			if diff := cmp.Diff(v.codes, codes); v.codes != nil && diff != "" {
				t.Errorf("codes (-want +got):\n%s", diff)
			}
		})
	}
}

// A vector proves nothing where its rule does not answer at all on a day on which it holds.
func TestVectorsAreAnswered(t *testing.T) {
	t.Parallel()
	silent := map[string]bool{"22 the day before": true, "27 the day before": true, "27 a small brand": true}
	for _, v := range vectors() {
		rules := rulesFor(t, v.market)
		duty := v.duty
		if duty == "" {
			duty = "label"
		}
		answers := d.Evaluate(v.post(rules), rules).Answers
		answered := slices.ContainsFunc(answers, func(a d.Answer) bool { return a.Rule.Market == v.market && a.Duty == duty })
		if answered == silent[v.name] {
			t.Errorf("%s: answered is %t", v.name, answered)
		}
	}
}

func TestVectorsAreThirty(t *testing.T) {
	t.Parallel()
	numbers := make(map[string]bool)
	for _, v := range vectors() {
		number, _, _ := strings.Cut(v.name, " ")
		numbers[number] = true
	}
	numbers["28"] = true // of package contracts
	if len(numbers) != 30 {
		t.Errorf("there are %d: %v", len(numbers), slices.Sorted(maps.Keys(numbers)))
	}
}
