package shortlist_test

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/shortlist"
	"github.com/bylinehq/byline/internal/golden"
)

func choose(t *testing.T, cs []shortlist.Candidate, r shortlist.Request, o *shortlist.Options) shortlist.List {
	t.Helper()
	l, err := shortlist.Choose(cs, r, o)
	require.NoError(t, err)
	return l
}

func ids(l shortlist.List) (list []string) {
	for _, p := range l.Picks {
		list = append(list, string(p.CreatorID))
	}
	slices.Sort(list)
	return list
}

func codeOf(l shortlist.List, id byline.CreatorID) string {
	for _, o := range l.Out {
		if o.CreatorID == id {
			return o.Code
		}
	}
	return ""
}

func TestWhyOut(t *testing.T) {
	t.Parallel()
	known := func(v float64, definition string) byline.Measure { return byline.Known(v, definition, day()) }
	tests := map[string]struct {
		change func(cs []shortlist.Candidate, r *shortlist.Request)
		want   string // why fay, who brings most, is out
	}{
		"never": {func(_ []shortlist.Candidate, r *shortlist.Request) { r.Never = []byline.CreatorID{"fay"} }, "out.never"},
		"a failed check": {func(cs []shortlist.Candidate, _ *shortlist.Request) {
			cs[5].Checks = []creator.Check{{Code: "a.b", State: creator.Undetermined}, {Code: "c.d", State: creator.Failed}}
		}, "out.check_failed"},
		"an open check": {func(cs []shortlist.Candidate, _ *shortlist.Request) {
			cs[5].Checks = []creator.Check{{Code: "a.b", State: creator.Passed}, {Code: "c.d", State: creator.Undetermined}}
		}, "out.check_undetermined"},
		"a check without an answer": {func(cs []shortlist.Candidate, _ *shortlist.Request) { cs[5].Checks = []creator.Check{{Code: "a.b"}} }, "out.check_undetermined"},
		"no price":                  {func(cs []shortlist.Candidate, _ *shortlist.Request) { cs[5].Price = byline.Money{} }, "out.no_price"},
		"no outcome": {func(cs []shortlist.Candidate, _ *shortlist.Request) {
			cs[5].Outcome.Value = byline.Missing(byline.TooFew, conversions, day())
		}, "out.no_outcome"},
		"an outcome nobody asked for": {func(cs []shortlist.Candidate, _ *shortlist.Request) { cs[5].Outcome.Value = byline.Measure{} }, "out.no_outcome"},
		"another definition": {func(cs []shortlist.Candidate, _ *shortlist.Request) {
			cs[5].Outcome.Value = known(6, "orders{7 days};v1")
		}, "out.definition"},
		"no score": {func(cs []shortlist.Candidate, r *shortlist.Request) {
			r.ScoreFloor = 50
			for i := range cs[:5] {
				cs[i].Score = known(60, "score;v1")
			}
		}, "out.no_score"},
		"a low score": {func(cs []shortlist.Candidate, r *shortlist.Request) {
			r.ScoreFloor = 50
			for i := range cs {
				cs[i].Score = known(70-5*float64(i), "score;v1")
			}
		}, "out.score_floor"},
		"a score by another formula": {func(cs []shortlist.Candidate, r *shortlist.Request) {
			r.ScoreFloor = 50
			for i := range cs {
				cs[i].Score = known(70, fmt.Sprintf("score;v%d", i/5))
			}
		}, "out.definition"},
		"no coverage": {func(_ []shortlist.Candidate, r *shortlist.Request) { r.CoverageFloor, r.Min = 0.5, 0 }, "out.no_coverage"},
		"a low coverage": {func(cs []shortlist.Candidate, r *shortlist.Request) {
			r.CoverageFloor, cs[5].Covered = 0.5, known(0.4, "")
		}, "out.coverage_floor"},
		"dearer than all": {func(cs []shortlist.Candidate, _ *shortlist.Request) { cs[5].Price = eur(1001) }, "out.over_budget"},
		"apart from a pick": {func(cs []shortlist.Candidate, r *shortlist.Request) {
			r.Apart, r.MustHave = [][2]byline.CreatorID{{"fay", "ada"}}, []byline.CreatorID{"ada"}
		}, "out.apart"},
		"picked elsewhere": {func(cs []shortlist.Candidate, r *shortlist.Request) {
			r.OnePerCreator = true
			cs[4].CreatorID, cs[4].Platform, cs[4].Outcome.Value = "fay", byline.TikTok, known(9, conversions)
		}, "out.same_creator"},
		"brings nothing": {func(cs []shortlist.Candidate, _ *shortlist.Request) { cs[5].Outcome.Value = known(0, conversions) }, "out.brings_nothing"},
		"dominated": {func(cs []shortlist.Candidate, r *shortlist.Request) {
			cs[5].Price, cs[5].Outcome.Value = eur(100), known(3, conversions)
			r.Budget = eur(160)
		}, "out.dominated"},
		"a full quota": {func(cs []shortlist.Candidate, r *shortlist.Request) {
			cs[5].Outcome.Value = known(1.5, conversions)
			cs[5].Price = eur(5)
			r.Quotas = []shortlist.Quota{{Dimension: shortlist.Tier, Key: "micro", Max: 2}}
		}, "out.quota_full"},
		"a reached cap": {func(cs []shortlist.Candidate, r *shortlist.Request) {
			cs[5].Tier = "mega"
			r.Quotas = []shortlist.Quota{{Dimension: shortlist.Tier, Key: "mega", Cap: eur(59)}}
		}, "out.cap_reached"},
		"a full list": {func(cs []shortlist.Candidate, r *shortlist.Request) {
			cs[5].Outcome.Value, cs[5].Price, r.Max = known(1.5, conversions), eur(5), 4
		}, "out.list_full"},
		"too little left": {func(cs []shortlist.Candidate, r *shortlist.Request) {
			cs[5].Outcome.Value, r.Budget = known(5.5, conversions), eur(150)
		}, "out.budget_left"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cs, r := six(), sums(1000)
			tt.change(cs, &r)
			if got := codeOf(choose(t, cs, r, nil), "fay"); got != tt.want {
				t.Errorf("out by %q, want %q", got, tt.want)
			}
		})
	}
}

// TestBudgetIsMetExactly wants as much as the budget pays for, in each of the ways.
func TestBudgetIsMetExactly(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]shortlist.Request{
		"min":       {Min: 2, Max: 2},
		"must-have": {MustHave: []byline.CreatorID{"ada", "bruno"}, Max: 2},
		"quotas":    {Quotas: []shortlist.Quota{{Dimension: shortlist.Tier, Key: "nano", Min: 1}, {Dimension: shortlist.Tier, Key: "micro", Min: 1}}, Max: 2},
		"cap":       {Min: 2, Quotas: []shortlist.Quota{{Dimension: shortlist.Tier, Key: "nano", Min: 1, Cap: eur(10)}, {Dimension: shortlist.Tier, Key: "micro", Cap: eur(20)}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r.Objective, r.Budget = shortlist.ExpectedConversions, eur(30)
			if diff := cmp.Diff([]string{"ada", "bruno"}, ids(choose(t, six(), r, nil))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFindings(t *testing.T) {
	t.Parallel()
	cs, r := six(), sums(1000)
	r.Max, r.Reserve = 3, 3
	if l := choose(t, cs, r, nil); len(l.Reserve) != 3 || hasFinding(l, "list.reserve_short") || !hasFinding(l, "list.no_interval") || hasFinding(l, "list.gap") {
		t.Errorf("%v", l.Findings)
	}
	r.Reserve = 4
	if l := choose(t, cs, r, nil); len(l.Reserve) != 3 || !hasFinding(l, "list.reserve_short") {
		t.Errorf("%v", l.Findings)
	}
}

// TestOneDefinition keeps the one that most have, then the one measured last, then the
// first by name.
func TestOneDefinition(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		days []int // of a, b, a, b and, where there is a fifth, b; how long ago
		want []string
	}{
		"most":   {[]int{0, 1, 0, 1, 1}, []string{"bruno", "dario", "emil"}},
		"latest": {[]int{1, 9, 2, 0}, []string{"bruno", "dario"}},
		"name":   {[]int{1, 0, 0, 1}, []string{"ada", "cleo"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cs := six()[:len(tt.days)]
			for i, ago := range tt.days {
				definition := "a"
				if i%2 == 1 || i == 4 {
					definition = "b"
				}
				cs[i].Outcome.Value = byline.Known(1, definition, day().AddDate(0, 0, -ago))
			}
			l := choose(t, cs, sums(1000), nil)
			if diff := cmp.Diff(tt.want, ids(l)); diff != "" || !hasFinding(l, "list.other_definition") {
				t.Error(diff)
			}
		})
	}
}

// TestLimitsAreWithin keeps to every limit exactly.
func TestLimitsAreWithin(t *testing.T) {
	t.Parallel()
	low := 5.0
	c := candidate("ada", 100, 5)
	c.Tier, c.Score, c.Covered = "nano", byline.Known(50, "s", day()), byline.Known(0.5, "", day())
	c.Outcome.Low, c.Outcome.High = &low, &low
	r := sums(100)
	r.Min, r.Max, r.ScoreFloor, r.CoverageFloor = 1, 1, 50, 0.5
	r.Quotas = []shortlist.Quota{{Dimension: shortlist.Tier, Key: "nano", Min: 1, Max: 1, Cap: eur(100)}, {Dimension: shortlist.Tier, Key: "mega", Cap: eur(0)}}
	if l := choose(t, []shortlist.Candidate{c}, r, nil); len(l.Picks) != 1 || l.Left != eur(0) || *l.Low != 5 || *l.High != 5 {
		t.Errorf("%s", l.Explain())
	}
}

func TestWhatIsAllowedIsMarked(t *testing.T) {
	t.Parallel()
	cs := six()
	cs[5].Checks = []creator.Check{{Code: "c.d", State: creator.Undetermined}}
	l := choose(t, cs, sums(1000), &shortlist.Options{AllowUndetermined: true})
	if codeOf(l, "fay") != "" || !hasFinding(l, "list.undetermined") {
		t.Errorf("%s", l.Explain())
	}
	cs[5].Checks[0].State = creator.Failed
	if l := choose(t, cs, sums(1000), &shortlist.Options{AllowUndetermined: true}); codeOf(l, "fay") != "out.check_failed" {
		t.Errorf("%s", l.Explain())
	}
}

func TestNobodyIsChosen(t *testing.T) {
	t.Parallel()
	for name, cs := range map[string][]shortlist.Candidate{
		"nobody is there":      nil,
		"all bring less":       {candidate("ada", 10, -1)},
		"nobody has a price":   {{Key: shortlist.Key{CreatorID: "ada"}}},
		"all are out of reach": {candidate("ada", 1001, 1)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := choose(t, cs, sums(1000), nil)
			if len(l.Picks) != 0 || l.Value != 0 || l.Gap != 0 || !l.Exact || l.Spent != eur(0) || !hasFinding(l, "list.empty") || len(l.Out) != len(cs) {
				t.Errorf("%+v", l)
			}
		})
	}
}

func TestPrioritiesAndReserves(t *testing.T) {
	t.Parallel()
	cs := []shortlist.Candidate{candidate("must", 10, 1), candidate("star", 10, 100), candidate("good", 10, 12), candidate("fine", 10, 10.2), candidate("spare", 10, 10), candidate("second", 10, 9)}
	r := sums(40)
	r.Max, r.MustHave, r.Reserve = 4, []byline.CreatorID{"must"}, 2
	l := choose(t, cs, r, nil)
	got := map[string]string{}
	for _, p := range l.Picks {
		got[string(p.CreatorID)] = fmt.Sprintf("%s %.4g %.4g", p.Priority, p.Marginal, p.Loss)
	}
	want := map[string]string{"must": "A 1 1", "star": "A 100 90", "good": "B 12 2", "fine": "C 10.2 0.2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	var reserves []string
	for _, s := range l.Reserve {
		reserves = append(reserves, fmt.Sprintf("%s for %d", s.CreatorID, len(s.For)))
	}
	if diff := cmp.Diff([]string{"spare for 3", "second for 3"}, reserves); diff != "" {
		t.Error(diff)
	}
}

func TestNoPriceForNothing(t *testing.T) {
	t.Parallel()
	cs := []shortlist.Candidate{candidate("free", 0, 0), candidate("loss", 10, -2), candidate("good", 10, 4)}
	r := sums(20)
	r.MustHave = []byline.CreatorID{"free", "loss"}
	for _, p := range choose(t, cs, r, nil).Picks {
		if (p.PricePerOutcome != nil) != (p.CreatorID == "good") || p.PricePerThousand != nil {
			t.Errorf("%s costs %v for each", p.Key, p.PricePerOutcome)
		}
	}
}

// TestPrioritiesAtTheirEdges loses exactly half of one and a tenth of another.
func TestPrioritiesAtTheirEdges(t *testing.T) {
	t.Parallel()
	cs := []shortlist.Candidate{candidate("half", 10, 18), candidate("tenth", 10, 10), candidate("spare", 10, 9)}
	r := sums(20)
	for _, p := range choose(t, cs, r, nil).Picks {
		if want := map[byline.CreatorID]shortlist.Priority{"half": shortlist.Core, "tenth": shortlist.Strong}[p.CreatorID]; p.Priority != want {
			t.Errorf("%s is %s", p.Key, p.Priority)
		}
	}
}

// TestReserveKeepsTheLimits replaces every pick by every reserve that says it can.
func TestReserveKeepsTheLimits(t *testing.T) {
	t.Parallel()
	cs, r := market(200, 0.3), fifty(shortlist.ExpectedConversions)
	r.Min, r.Reserve = 10, 8
	r.Quotas[0].Min, r.Quotas[2].Min, r.Quotas[3].Min = 3, 3, 3
	l := choose(t, cs, r, nil)
	if len(l.Reserve) == 0 {
		t.Fatal("no reserve")
	}
	place := func(k shortlist.Key) int {
		return slices.IndexFunc(cs, func(c shortlist.Candidate) bool { return c.Key == k })
	}
	in := instance{candidates: cs}
	for _, s := range l.Reserve {
		for _, f := range s.For {
			picks := picked(cs, l)
			picks[slices.Index(picks, place(f.Key))] = place(s.Key)
			if broken := keeps(cs, picks, r); broken != "" || !same(in.value(picks), l.Value-f.Loss) {
				t.Errorf("%s for %s breaks %q, and brings %g", s.Key, f.Key, broken, in.value(picks))
			}
		}
	}
}

func TestBindingSaysWhatMoreWouldBring(t *testing.T) {
	t.Parallel()
	cs := []shortlist.Candidate{candidate("ada", 40, 10), candidate("bruno", 40, 8), candidate("cleo", 50, 7)}
	l := choose(t, cs, sums(100), nil)
	if len(l.Binding) != 1 || l.Binding[0].Path != "budget" || l.Binding[0].Next == nil || l.Binding[0].Next.CreatorID != "cleo" || l.Binding[0].Next.Brings != 7 {
		t.Errorf("%+v", l.Binding)
	}
	// 20 cents are left, so a relaxed list holds two fifths of cleo, at 7 for half a euro.
	if math.Abs(l.Binding[0].Worth-14) > 0.1 || l.Binding[0].Per != "EUR" {
		t.Errorf("worth %g", l.Binding[0].Worth)
	}
}

func TestDrawsAreSeeded(t *testing.T) {
	t.Parallel()
	cs := market(30, 0.5)
	r := sums(50_000)
	o := &shortlist.Options{Draws: 15, Seed: 3}
	first, second := choose(t, cs, r, o), choose(t, cs, r, o)
	if diff := cmp.Diff(first, second); diff != "" {
		t.Error(diff)
	}
	other := choose(t, cs, r, &shortlist.Options{Draws: 15, Seed: 4})
	if cmp.Equal(first.Picks, other.Picks) {
		t.Error("another seed draws the same")
	}
	for _, p := range first.Picks {
		if p.Steady == nil || *p.Steady < 0 || *p.Steady > 1 {
			t.Errorf("%s is steady %v", p.Key, p.Steady)
		}
	}
	if first.AtLow == nil {
		t.Error("nothing is said of the low ends")
	}
}

func TestCertainOutcomesAreSteady(t *testing.T) {
	t.Parallel()
	l := choose(t, six(), sums(100), &shortlist.Options{Draws: 5})
	for _, p := range l.Picks {
		if *p.Steady != 1 {
			t.Errorf("%s was chosen in %g", p.Key, *p.Steady)
		}
	}
}

func TestCombos(t *testing.T) {
	t.Parallel()
	cs := six()
	for i := range cs {
		cs[i].CreatorID, cs[i].Platform = "ada", byline.Platform(fmt.Sprint(i))
	}
	r := sums(1000)
	if got := len(choose(t, cs, r, nil).Picks); got != 6 {
		t.Errorf("%d of 6", got)
	}
	r.OnePerCreator = true
	if got := len(choose(t, cs, r, nil).Picks); got != 1 {
		t.Errorf("%d of one creator", got)
	}
}

func TestHugeAmountsDoNotOverflow(t *testing.T) {
	t.Parallel()
	const most = 1<<63 - 1
	cs := []shortlist.Candidate{candidate("ada", most, 5), candidate("bruno", most, 4), candidate("cleo", most-1, 3), candidate("dario", 1, 2.5)}
	l := choose(t, cs, sums(most), nil)
	if diff := cmp.Diff([]string{"cleo", "dario"}, ids(l)); diff != "" || l.Left != eur(0) {
		t.Errorf("%s, left %s", diff, l.Left)
	}
	r := sums(most)
	r.Min = 3
	if _, err := shortlist.Choose(cs, r, nil); !slices.Contains(faultsOf(err), "min request.min_over_budget") {
		t.Error(err)
	}
}

func demo() ([]shortlist.Candidate, shortlist.Request) {
	cs := six()
	for i := range cs {
		value, _ := cs[i].Outcome.Value.Value()
		low, high := value*0.5, value*1.5
		cs[i].Outcome = shortlist.Outcome{Value: byline.Known(12*value, conversions, day()), Low: &low, High: &high}
		low, high = 12*low, 12*high
		cs[i].Price = eur(cs[i].Price.Minor() * 1000)
	}
	cs[1].Checks = []creator.Check{{Code: "conflict.competitor", State: creator.Failed, Reason: "worked for a rival in October", At: day()}}
	cs[3].Price = byline.Money{}
	extra := candidate("hana", 25_000, 30)
	extra.Tier, extra.Platform = "nano", byline.TikTok
	cs = append(cs, extra)
	r := sums(100_000)
	r.Name, r.Max, r.Reserve = "spring", 3, 1
	r.MustHave = []byline.CreatorID{"ada"}
	r.Quotas = []shortlist.Quota{{Dimension: shortlist.Tier, Key: "nano", Min: 2}}
	return cs, r
}

func TestExplain(t *testing.T) {
	t.Parallel()
	cs, r := demo()
	l := choose(t, cs, r, &shortlist.Options{Draws: 20})
	golden.Equal(t, "explain.txt", []byte(l.Explain()))
	var text strings.Builder
	require.NoError(t, l.WriteText(&text))
	if text.String() != l.Explain() {
		t.Error("WriteText and Explain differ")
	}
	data, err := json.MarshalIndent(l, "", "  ")
	require.NoError(t, err)
	golden.Equal(t, "list.json", append(data, '\n'))
	var back shortlist.List
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(l, back); diff != "" {
		t.Errorf("JSON round trip:\n%s", diff)
	}
}

// TestExplainIsShort names 20 of those who are out and 3 whom a reserve can replace.
func TestExplainIsShort(t *testing.T) {
	t.Parallel()
	var cs []shortlist.Candidate
	for i := range 27 {
		cs = append(cs, candidate(fmt.Sprintf("c%02d", i), 10, float64(100-i)))
	}
	r := sums(1000)
	r.Max, r.Reserve = 5, 1
	text := choose(t, cs, r, nil).Explain()
	if strings.Count(text, "Out: c") != 20 || !strings.Contains(text, "Out: 2 more: dominated\n") || !strings.Contains(text, "(loses 3) and 2 more\n") {
		t.Error(text)
	}
}

func TestCandidatesSurviveJSON(t *testing.T) {
	t.Parallel()
	cs, r := demo()
	data, err := json.Marshal(cs)
	require.NoError(t, err)
	var back []shortlist.Candidate
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(cs, back); diff != "" {
		t.Error(diff)
	}
	data, err = json.Marshal(r)
	require.NoError(t, err)
	var again shortlist.Request
	require.NoError(t, json.Unmarshal(data, &again))
	if diff := cmp.Diff(r, again); diff != "" {
		t.Error(diff)
	}
}

// TestReachCountsPeopleOnce has two who reach the same people and one who reaches fewer
// others.
func TestReachCountsPeopleOnce(t *testing.T) {
	t.Parallel()
	cs := []shortlist.Candidate{candidate("ada", 10, 8), candidate("bruno", 10, 7), candidate("cleo", 10, 3)}
	r := shortlist.Request{Objective: shortlist.UniqueReach, Budget: eur(20), Reserve: 1}
	o := &shortlist.Options{Coverage: coverage([][]uint64{{0xff}, {0x7f}, {0x700}})}
	l := choose(t, cs, r, o)
	if diff := cmp.Diff([]string{"ada", "cleo"}, ids(l)); diff != "" || l.Value != 11 || !l.Exact || l.Gap != 0 {
		t.Errorf("%s\n%s", diff, l.Explain())
	}
	if codeOf(l, "bruno") != "out.brings_nothing" || len(l.Reserve) != 1 || len(l.Reserve[0].For) == 0 || l.Reserve[0].For[0].Loss != 1 {
		t.Errorf("%s", l.Explain())
	}
	again, err := shortlist.NewRecord(day(), "desk", cs, r, o)
	require.NoError(t, err)
	findings, err := shortlist.Verify(again, cs, o.Coverage)
	require.NoError(t, err)
	if diff := cmp.Diff(l, again.List); diff != "" || len(findings) > 0 || again.Options.Coverage != nil {
		t.Errorf("found %v\n%s", findings, diff)
	}
	r.Budget = eur(1000)
	if all := choose(t, cs, r, o); !all.Exact || all.Value != 11 {
		t.Errorf("%s", all.Explain())
	}
}
