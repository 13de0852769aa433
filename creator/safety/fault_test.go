package safety_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator/safety"
)

// fault is what a test compares of one.
type fault struct{ Path, Code string }

func faultsOf(t *testing.T, err error) []fault {
	t.Helper()
	if err == nil {
		return nil
	}
	all, ok := errors.AsType[*byline.ValidationError](err)
	if !ok {
		t.Fatalf("error is %v", err)
	}
	var faults []fault
	for _, f := range all.Fields {
		if f.Message == "" {
			t.Errorf("%s has no message", f.Path)
		}
		faults = append(faults, fault{f.Path, f.Code})
	}
	return faults
}

func sugar() safety.Term {
	return safety.Term{ID: "sugar", Topic: "x-sugar", Language: "en", Risk: safety.MediumRisk, Words: []string{"sugar", "sweet*"}}
}

func listOf(terms ...safety.Term) safety.Wordlist {
	return safety.Wordlist{Name: "demo", Version: "1", Source: "demo.example", Terms: terms}
}

func TestNewLexiconRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		edit func(*safety.Term)
		want fault
	}{
		"no id":                   {func(x *safety.Term) { x.ID = "" }, fault{".id", "lexicon.id"}},
		"an unknown topic":        {func(x *safety.Term) { x.Topic = "sugar" }, fault{".topic", "lexicon.topic"}},
		"no language":             {func(x *safety.Term) { x.Language = "" }, fault{".language", "lexicon.language"}},
		"a language with region":  {func(x *safety.Term) { x.Language = "en-US" }, fault{".language", "lexicon.language"}},
		"an unknown risk":         {func(x *safety.Term) { x.Risk = "high" }, fault{".risk", "lexicon.risk"}},
		"decisive, not the floor": {func(x *safety.Term) { x.Decisive = true }, fault{".decisive", "lexicon.decisive"}},
		"no words":                {func(x *safety.Term) { x.Words = nil }, fault{".words", "lexicon.words"}},
		"a word of signs":         {func(x *safety.Term) { x.Words[0] = "!?" }, fault{".words[0]", "lexicon.words"}},
		"a star alone":            {func(x *safety.Term) { x.Words[0] = "*" }, fault{".words[0]", "lexicon.words"}},
		"two letters and a star":  {func(x *safety.Term) { x.Words[1] = "su*" }, fault{".words[1]", "lexicon.stem"}},
		"nine words":              {func(x *safety.Term) { x.Words[0] = strings.Repeat("a ", 9) }, fault{".words[0]", "lexicon.long"}},
		"201 bytes":               {func(x *safety.Term) { x.Words[0] = strings.Repeat("a", 201) }, fault{".words[0]", "lexicon.long"}},
		"an unknown context":      {func(x *safety.Term) { x.Except = []safety.Except{{"joke", []string{"haha"}}} }, fault{".except[0].context", "lexicon.context"}},
		"a context without words": {func(x *safety.Term) { x.Except = []safety.Except{{safety.News, nil}} }, fault{".except[0].words", "lexicon.words"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			term := sugar()
			tt.edit(&term)
			_, err := safety.NewLexicon(listOf(), listOf(term))
			if diff := cmp.Diff([]fault{{"lists[1].terms[0]" + tt.want.Path, tt.want.Code}}, faultsOf(t, err)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
	_, err := safety.NewLexicon(listOf(sugar()), safety.Wordlist{Version: "1", Terms: []safety.Term{sugar()}})
	if diff := cmp.Diff([]fault{{"lists[1]", "lexicon.list"}, {"lists[1].terms[0].id", "lexicon.id_twice"}}, faultsOf(t, err)); diff != "" {
		t.Errorf("faults of two lists (-want +got):\n%s", diff)
	}
}

func TestToleranceRefuses(t *testing.T) {
	t.Parallel()
	bad := safety.Tolerance{
		Default: safety.Floor, Topics: map[safety.Topic]safety.Risk{safety.Arms: "low", "guns": safety.LowRisk, safety.Hate: safety.Floor},
		MinPosts: -1, MinShare: math.NaN(),
	}
	want := []fault{
		{"default", "tolerance.floor"},
		{"topics[HxqYV1]", "tolerance.floor"}, {"topics[avbNf2]", "tolerance.risk"}, {"topics[guns]", "tolerance.topic"},
		{"min_posts", "tolerance.coverage"}, {"min_share", "tolerance.coverage"},
	}
	if diff := cmp.Diff(want, faultsOf(t, bad.Validate())); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	for _, share := range []float64{-0.1, 1.1, math.Inf(1)} {
		if (safety.Tolerance{MinShare: share}).Validate() == nil {
			t.Errorf("a share of %v is fine", share)
		}
	}
	if err := (safety.Tolerance{}).Validate(); err != nil {
		t.Errorf("the zero tolerance: %v", err)
	}
}

func TestToleranceAccepts(t *testing.T) {
	t.Parallel()
	risks := []safety.Risk{safety.LowRisk, safety.MediumRisk, safety.HighRisk, safety.Floor, "", "low"}
	limits := map[safety.Risk]int{"": 0, safety.LowRisk: 1, safety.MediumRisk: 2, safety.HighRisk: 3, safety.Floor: 3, "nonsense": 0}
	for limit, accepted := range limits {
		both := []safety.Tolerance{{Default: limit}, {Default: safety.HighRisk, Topics: map[safety.Topic]safety.Risk{safety.Arms: limit}}}
		for _, tolerance := range both {
			for i, r := range risks {
				if got := tolerance.Accepts(safety.Arms, r); got != (i < accepted) {
					t.Errorf("limit %q, risk %q: %t", limit, r, got)
				}
			}
		}
	}
}

func TestDecisionRefuses(t *testing.T) {
	t.Parallel()
	want := []fault{
		{"post_id", "decision.post"}, {"text_hash", "decision.post"}, {"topic", "decision.topic"}, {"verdict", "decision.verdict"},
		{"by", "decision.person"}, {"at", "decision.person"},
	}
	if diff := cmp.Diff(want, faultsOf(t, safety.Decision{}.Validate())); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	good := safety.Hit{PostID: "p", TextHash: "h", TermID: "sugar", Topic: "x-sugar"}.Decide(safety.Accepted, "cleo", date(2026, 11, 2))
	if err := good.Validate(); err != nil {
		t.Errorf("a good one: %v", err)
	}
}

func TestRivalryRefuses(t *testing.T) {
	t.Parallel()
	backwards := byline.Window{Start: date(2026, 2, 1), End: date(2026, 1, 1)}
	bad := safety.Rivalry{
		Brand: safety.Name{Name: "!", Aliases: []string{"demo"}}, Competitors: []safety.Name{{Name: "?"}, {Name: "Rival", Aliases: []string{"DEMO"}}},
		Known:      []safety.Brand{{Name: safety.Name{Name: "Cleo"}, Categories: []string{" "}}, {Categories: []string{"food"}}, {Name: safety.Name{Name: "Cleo"}, Categories: []string{"food"}}},
		Categories: []string{" / "}, Lookback: -1, Planned: backwards, Markets: []byline.Market{"ZZ"},
		Promises: []safety.Promise{{During: backwards, Markets: []byline.Market{"EU"}}},
	}
	want := []fault{
		{"brand", "rivalry.brand"}, {"competitors[0]", "rivalry.competitor"}, {"competitors[1]", "rivalry.self"}, {"known[0]", "rivalry.known"}, {"known[1]", "rivalry.known"}, {"categories[0]", "rivalry.category"},
		{"lookback_days", "rivalry.lookback"}, {"planned", "rivalry.planned"}, {"markets[0]", "rivalry.market"},
		{"promises[0].by", "rivalry.promise"}, {"promises[0].during", "rivalry.promise"}, {"promises[0].markets[0]", "rivalry.market"},
	}
	if diff := cmp.Diff(want, faultsOf(t, bad.Validate())); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	if (safety.Rivalry{Brand: safety.Name{Name: "Demo"}, Lookback: 3651}).Validate() == nil {
		t.Error("a look-back of 3651 days is fine")
	}
}

func TestEnglishIsComplete(t *testing.T) {
	t.Parallel()
	covered := map[safety.Topic]int{}
	for _, term := range safety.English().Terms {
		covered[term.Topic]++
		if term.Decisive {
			t.Errorf("%s decides by itself", term.ID)
		}
	}
	for _, topic := range safety.Topics() {
		if covered[topic] == 0 {
			t.Errorf("no term for %s", topic.Name())
		}
	}
	if got := lexicon(t, safety.English()).Languages(); !slices.Equal(got, []string{"en"}) {
		t.Errorf("languages are %v", got)
	}
}
