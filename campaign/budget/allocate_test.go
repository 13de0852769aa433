package budget_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/campaign/budget"
	"github.com/bylinehq/byline/campaign/response"
)

func eur(cents int64) byline.Money { return byline.Minor(cents, byline.EUR) }

// four is a small plan: two concave lines, one S-shaped and one that pays late.
func four() []budget.Line {
	return []budget.Line{
		{ID: "ada", Curve: response.MichaelisMenten{Ceiling: 900, Half: 800}, Groups: []string{"video"}},
		{ID: "bruno", Curve: response.Log{Scale: 150, Spread: 200}},
		{ID: "cleo", Curve: response.Hill{Ceiling: 1200, Half: 1500, Shape: 3}, Groups: []string{"video"}},
		{ID: "dario", Curve: response.Hill{Ceiling: 300, Half: 4000, Shape: 4}},
	}
}

func amounts(a budget.Allocation) map[string]int64 {
	list := map[string]int64{}
	for _, l := range a.Lines {
		list[l.ID] = l.Amount.Minor()
	}
	return list
}

func found(a budget.Allocation) (list []string) {
	for _, f := range a.Findings {
		list = append(list, f.Path+" "+f.Code)
	}
	return list
}

func allocate(t *testing.T, lines []budget.Line, total byline.Money, options *budget.Options) budget.Allocation {
	t.Helper()
	a, err := budget.Allocate(lines, total, options)
	require.NoError(t, err)
	return a
}

func near(a, b, relative float64) bool {
	return math.Abs(a-b) <= relative*max(math.Abs(a), math.Abs(b))
}

// draw draws lines whose curves are all different.
func draw(r *rand.Rand, n int) []budget.Line {
	var lines []budget.Line
	for i := range n {
		c := []response.Curve{
			response.Hill{Ceiling: 100 + 900*r.Float64(), Half: 50 + 400*r.Float64(), Shape: 0.6 + 3*r.Float64()},
			response.MichaelisMenten{Ceiling: 100 + 900*r.Float64(), Half: 50 + 400*r.Float64()},
			response.Log{Scale: 50 + 200*r.Float64(), Spread: 20 + 100*r.Float64()},
		}[i%3]
		lines = append(lines, budget.Line{ID: fmt.Sprintf("line %d", i), Curve: c, Ceiling: eur(20_000 + r.Int64N(60_000))})
	}
	return lines
}

func TestScalingAllCurvesMovesNoMoney(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 1))
	for range 30 {
		lines := draw(r, 6)
		before := allocate(t, lines, eur(100_000), nil)
		for i, l := range lines {
			switch c := l.Curve.(type) {
			case response.Hill:
				c.Ceiling *= 7
				lines[i].Curve = c
			case response.MichaelisMenten:
				c.Ceiling *= 7
				lines[i].Curve = c
			case response.Log:
				c.Scale *= 7
				lines[i].Curve = c
			}
		}
		after := allocate(t, lines, eur(100_000), nil)
		if !near(after.Objective, 7*before.Objective, 1e-10) || !near(after.Lambda, 7*before.Lambda, 1e-6) {
			t.Errorf("objective %g became %g, lambda %g became %g", before.Objective, after.Objective, before.Lambda, after.Lambda)
		}
		for i, l := range after.Lines {
			if d := l.Amount.Minor() - before.Lines[i].Amount.Minor(); d < -2 || d > 2 {
				t.Errorf("%s went from %s to %s", l.ID, before.Lines[i].Amount, l.Amount)
			}
		}
	}
}

func TestOrderOfLinesDoesNotMatter(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(2, 1))
	for range 30 {
		lines := draw(r, 6)
		before := allocate(t, lines, eur(100_000), nil)
		r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		after := allocate(t, lines, eur(100_000), nil)
		if !near(before.Objective, after.Objective, 2e-7) {
			t.Errorf("objective %.12g became %.12g", before.Objective, after.Objective)
		}
		if before.Method == budget.Filled {
			if diff := cmp.Diff(amounts(before), amounts(after)); diff != "" {
				t.Error(diff)
			}
		}
	}
}

func TestMoreMoneyNeverBringsLess(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 1))
	for range 8 {
		lines, before := draw(r, 5), 0.0
		for total := int64(0); total <= 200_000; total += 9973 {
			a := allocate(t, lines, eur(total), nil)
			if a.Objective < before*(1-2e-7) {
				t.Errorf("%d cents bring %.12g, less brought %.12g", total, a.Objective, before)
			}
			before = a.Objective
		}
	}
}

func TestNeverWorseThanToday(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 1))
	for range 40 {
		lines := draw(r, 5)
		options := &budget.Options{Current: map[string]byline.Money{}, Nodes: 1}
		for _, l := range lines {
			options.Current[l.ID] = eur(r.Int64N(20_000))
		}
		a := allocate(t, lines, eur(100_000), options)
		if a.Current == nil || a.Objective < *a.Current {
			t.Errorf("%g today, %g then", *a.Current, a.Objective)
		}
	}
}

func TestBoundHoldsAgainstTheTable(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(6, 1))
	for range 10 {
		var lines []budget.Line
		for i := range 12 {
			lines = append(lines, budget.Line{ID: fmt.Sprint(i), Curve: response.Hill{Ceiling: 100 + 50*r.Float64(), Half: 300 + 50*r.Float64(), Shape: 2 + 2*r.Float64()}})
		}
		fine := allocate(t, lines, eur(150_000), &budget.Options{Nodes: 50})
		for i := range lines {
			lines[i].Step = eur(200)
		}
		table := allocate(t, lines, eur(150_000), nil)
		if fine.Method != budget.Branched || table.Method != budget.Tabled || table.Objective > fine.UpperBound {
			t.Errorf("%s gives %g to %g, %s %g", fine.Method, fine.Objective, fine.UpperBound, table.Method, table.Objective)
		}
	}
}

func TestWhatLimitsSay(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change  func(lines []budget.Line, options *budget.Options)
		total   int64
		amounts map[string]int64
		limits  []budget.Limit
		rest    budget.Rest
		found   []string
	}{
		"none": {
			func([]budget.Line, *budget.Options) {}, 500_000, nil,
			[]budget.Limit{"", "", "", budget.NotWorth}, "",
			[]string{"total budget.next_unit", "lines[3] budget.too_small_to_start"},
		},
		"a ceiling": {
			func(l []budget.Line, _ *budget.Options) { l[0].Ceiling = eur(30_000) }, 500_000, map[string]int64{"ada": 30_000},
			[]budget.Limit{budget.CeilingLimit, "", "", budget.NotWorth}, "",
			[]string{"total budget.next_unit", "lines[0].ceiling budget.ceiling_binds", "lines[3] budget.too_small_to_start"},
		},
		"a floor": {
			func(l []budget.Line, _ *budget.Options) { l[3].Floor = eur(50_000) }, 500_000, map[string]int64{"dario": 50_000},
			[]budget.Limit{"", "", "", budget.FloorLimit}, "",
			[]string{"total budget.next_unit", "lines[3].floor budget.floor_binds"},
		},
		"a group's ceiling": {
			func(_ []budget.Line, o *budget.Options) { o.Groups[0].Ceiling = eur(100_000) }, 200_000, nil,
			[]budget.Limit{"", "", budget.NotWorth, budget.NotWorth}, "",
			[]string{"total budget.next_unit", "lines[2] budget.too_small_to_start", "lines[3] budget.too_small_to_start", "groups[0].ceiling budget.ceiling_binds"},
		},
		"ceilings all around": {
			func(l []budget.Line, _ *budget.Options) {
				for i := range l {
					l[i].Ceiling = eur(10_000)
				}
			}, 500_000, map[string]int64{"ada": 10_000, "bruno": 10_000, "cleo": 10_000, "dario": 10_000},
			[]budget.Limit{"ceiling", "ceiling", "ceiling", "ceiling"}, budget.RestCeiling,
			[]string{
				"lines[0].ceiling budget.ceiling_binds", "lines[1].ceiling budget.ceiling_binds", "lines[2].ceiling budget.ceiling_binds",
				"lines[3].ceiling budget.ceiling_binds", "total budget.left_unspent",
			},
		},
		"steps": {
			func(l []budget.Line, _ *budget.Options) {
				for i := range l {
					l[i].Step = eur(70_000)
				}
			}, 500_000, map[string]int64{"ada": 140_000, "bruno": 70_000, "cleo": 280_000, "dario": 0},
			[]budget.Limit{"", "", "", budget.NotWorth}, budget.RestStep,
			[]string{"total budget.next_unit", "lines[3] budget.too_small_to_start", "total budget.left_unspent"},
		},
		"beyond what was seen": {
			func(l []budget.Line, _ *budget.Options) { l[0].Seen = eur(40_000) }, 500_000, nil,
			[]budget.Limit{"", "", "", budget.NotWorth}, "",
			[]string{"total budget.next_unit", "lines[0] budget.beyond_seen", "lines[3] budget.too_small_to_start"},
		},
		"today breaks a limit": {
			func(_ []budget.Line, o *budget.Options) { o.Current = map[string]byline.Money{"ada": eur(900_000)} }, 500_000, nil,
			[]budget.Limit{"", "", "", budget.NotWorth}, "",
			[]string{"total budget.next_unit", "lines[3] budget.too_small_to_start", "current budget.current_not_allowed"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lines, options := four(), &budget.Options{Groups: []budget.Group{{Name: "video"}}}
			tt.change(lines, options)
			a := allocate(t, lines, eur(tt.total), options)
			var limits []budget.Limit
			got := amounts(a)
			for _, l := range a.Lines {
				limits = append(limits, l.Limit)
			}
			for id, want := range tt.amounts {
				if got[id] != want {
					t.Errorf("%s gets %d, want %d", id, got[id], want)
				}
			}
			if diff := cmp.Diff(tt.limits, limits); diff != "" {
				t.Errorf("limits (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.found, found(a)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if a.Rest != tt.rest || a.Gap > budget.DefaultGap {
				t.Errorf("rest %q, gap %g", a.Rest, a.Gap)
			}
			text, err := json.Marshal(a)
			require.NoError(t, err)
			var again budget.Allocation
			require.NoError(t, json.Unmarshal(text, &again))
			if diff := cmp.Diff(a, again); diff != "" {
				t.Errorf("JSON round trip:\n%s", diff)
			}
		})
	}
}

// TestFindingsGiveNumbers reads what a finding says beyond its code.
func TestFindingsGiveNumbers(t *testing.T) {
	t.Parallel()
	mm, dario := response.MichaelisMenten{Ceiling: 900, Half: 800}, four()[3].Curve
	post := func(step, ceiling int64) budget.Line {
		return budget.Line{ID: fmt.Sprint(step), Curve: mm, Step: eur(step), Ceiling: eur(ceiling)}
	}
	tests := map[string]struct {
		change func(lines []budget.Line, options *budget.Options) []budget.Line
		total  int64
		code   string
		want   string // "" for no such finding
	}{
		"the last unit of a floor": {func(l []budget.Line, _ *budget.Options) []budget.Line {
			l[3].Floor = eur(50_000)
			return l
		}, 500_000, "budget.floor_binds", fmt.Sprintf("its last EUR brings %.4g there", dario.At(500)-dario.At(499))},
		"no start above what the group may get": {func(l []budget.Line, o *budget.Options) []budget.Line {
			o.Groups[0].Ceiling = eur(100_000)
			return l
		}, 200_000, "budget.too_small_to_start", "cleo brings most for its money at about 1000.00 EUR"},
		"no more than was seen": {func(l []budget.Line, _ *budget.Options) []budget.Line {
			l[0].Seen = eur(500)
			return l[:1]
		}, 500, "budget.beyond_seen", ""},
		"a cent more than was seen": {func(l []budget.Line, _ *budget.Options) []budget.Line {
			l[0].Seen = eur(499)
			return l[:1]
		}, 500, "budget.beyond_seen", "ada gets 5.00 EUR, and its curve was fitted up to 4.99 EUR"},
		"posts": {func([]budget.Line, *budget.Options) []budget.Line {
			return []budget.Line{post(7000, 14_000), post(2000, 2000)}
		}, 10_000, "budget.next_unit", "per EUR, in whole steps"},
		"room for a post, and no money for it": {func([]budget.Line, *budget.Options) []budget.Line {
			return []budget.Line{post(7000, 14_000), post(2000, 2000)}
		}, 10_000, "budget.left_unspent", "10.00 EUR is left over: it is less than a step"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			options := &budget.Options{Groups: video()}
			a := allocate(t, tt.change(four(), options), eur(tt.total), options)
			at := slices.IndexFunc(a.Findings, func(f byline.Finding) bool { return f.Code == tt.code })
			if (at < 0) != (tt.want == "") || at >= 0 && !strings.Contains(a.Findings[at].Message, tt.want) {
				t.Errorf("no %q in:\n%s", tt.want, a.Explain())
			}
		})
	}
}

func TestGapIsOfTheBound(t *testing.T) {
	t.Parallel()
	var lines []budget.Line
	for i := range 5 {
		lines = append(lines, budget.Line{ID: fmt.Sprint(i), Curve: response.Hill{Ceiling: 100 + float64(i), Half: 400 + float64(i), Shape: 3}})
	}
	a := allocate(t, lines, eur(130_000), &budget.Options{Nodes: 1})
	if a.Gap < 1e-3 || !near(a.Gap, 1-a.Objective/a.UpperBound, 1e-9) {
		t.Errorf("%g of %g is a gap of %g", a.Objective, a.UpperBound, a.Gap)
	}
}

func TestLambdaIsTheNextUnit(t *testing.T) {
	t.Parallel()
	before, after := allocate(t, four(), eur(500_000), &budget.Options{Groups: video()}), allocate(t, four(), eur(500_100), &budget.Options{Groups: video()})
	if got := after.Objective - before.Objective; !near(got, before.Lambda, 1e-3) {
		t.Errorf("the next euro brings %g, lambda is %g", got, before.Lambda)
	}
}

func TestALiftedCeilingBringsAtMostWhatWasSaid(t *testing.T) {
	t.Parallel()
	lines := four()
	lines[0].Ceiling = eur(30_000)
	tight := allocate(t, lines, eur(500_000), &budget.Options{Groups: video()})
	lines[0].Ceiling = byline.Money{}
	free := allocate(t, lines, eur(500_000), &budget.Options{Groups: video()})
	var said float64
	_, err := fmt.Sscanf(tight.Findings[1].Fix, "without the ceiling up to %g more", &said)
	require.NoError(t, err)
	if got := free.Objective - tight.Objective; got <= 0 || got > said || got < said/3 {
		t.Errorf("%g more, said up to %g", got, said)
	}
}

func video() []budget.Group { return []budget.Group{{Name: "video"}} }

func TestAllocateFaults(t *testing.T) {
	t.Parallel()
	line := func(id string, change func(*budget.Line)) budget.Line {
		l := budget.Line{ID: id, Curve: response.Log{Scale: 1, Spread: 1}}
		if change != nil {
			change(&l)
		}
		return l
	}
	in := func(names ...string) func(*budget.Line) { return func(l *budget.Line) { l.Groups = names } }
	tests := map[string]struct {
		lines   []budget.Line
		total   byline.Money
		options *budget.Options
		want    []string
	}{
		"nothing": {nil, byline.Money{}, &budget.Options{Gap: math.NaN()}, []string{"total budget.total", "lines budget.lines", "gap budget.search"}},
		"less":    {[]budget.Line{line("ada", nil)}, eur(-1), nil, []string{"total budget.total"}},
		"absurd":  {[]budget.Line{line("ada", nil)}, eur(math.MaxInt64), nil, []string{"total budget.total"}},
		"all of them": {[]budget.Line{
			line("", func(l *budget.Line) { l.Curve = nil }),
			line("ada", func(l *budget.Line) {
				l.Curve, l.Floor, l.Step = response.Log{Scale: -1, Spread: math.Inf(1)}, byline.Minor(1, byline.USD), eur(-5)
			}),
			line("ada", func(l *budget.Line) { l.Floor, l.Ceiling = eur(50), eur(20) }),
		}, eur(100), &budget.Options{Current: map[string]byline.Money{"zoe": eur(-1)}}, []string{
			"lines[0].id budget.line_id", "lines[0].curve budget.curve",
			"lines[1].curve.scale response.parameter", "lines[1].curve.spread response.parameter",
			"lines[1].step budget.limit", "lines[1].step budget.step", "lines[1].floor budget.currency",
			"lines[2].id budget.line_id", "lines[2].floor budget.floor_above_ceiling",
			"current budget.limit", "current budget.current",
		}},
		"floors above the total": {[]budget.Line{
			line("ada", func(l *budget.Line) { l.Floor = eur(60) }), line("bruno", func(l *budget.Line) { l.Floor = eur(60) }),
		}, eur(100), nil, []string{"total budget.floors_exceed_total"}},
		"a step above the ceiling": {[]budget.Line{
			line("ada", func(l *budget.Line) { l.Floor, l.Step = eur(1), eur(200) }),
		}, eur(100), nil, []string{"lines[0].floor budget.floor_above_ceiling"}},
		"group names": {
			[]budget.Line{line("ada", in("x", "y"))}, eur(100),
			&budget.Options{Groups: []budget.Group{{Name: "x"}, {Name: "x"}, {}}},
			[]string{"groups[1].name budget.group", "groups[2].name budget.group", "lines[0].groups[1] budget.group"},
		},
		"groups that cross": {
			[]budget.Line{line("ada", in("x")), line("bruno", in("x", "y")), line("cleo", in("y"))}, eur(100),
			&budget.Options{Groups: []budget.Group{{Name: "x"}, {Name: "y"}}},
			[]string{"groups[1] budget.groups_cross"},
		},
		"group limits": {
			[]budget.Line{line("ada", func(l *budget.Line) { l.Groups, l.Floor = []string{"x"}, eur(50) }), line("bruno", func(l *budget.Line) { l.Groups, l.Ceiling = []string{"y"}, eur(10) })}, eur(100),
			&budget.Options{Groups: []budget.Group{{Name: "x", Ceiling: eur(40)}, {Name: "y", Floor: eur(20)}}},
			[]string{"groups[1].floor budget.group_floor", "groups[0].ceiling budget.floors_exceed_group"},
		},
		"a group that cannot be": {
			[]budget.Line{line("ada", in("x"))}, eur(100), &budget.Options{Groups: []budget.Group{{Name: "x", Floor: eur(30), Ceiling: eur(20)}}},
			[]string{"groups[0].floor budget.floor_above_ceiling"},
		},
		"a group between two steps": {
			[]budget.Line{line("ada", func(l *budget.Line) { l.Groups, l.Step = []string{"x"}, eur(30) })}, eur(100),
			&budget.Options{Groups: []budget.Group{{Name: "x", Floor: eur(40), Ceiling: eur(50)}}},
			[]string{"groups[0].floor budget.floor_above_ceiling"},
		},
		"an empty group": {
			[]budget.Line{line("ada", nil)}, eur(100), &budget.Options{Groups: []budget.Group{{Name: "x", Floor: eur(1)}, {Name: "y", Floor: eur(3), Ceiling: eur(2)}}},
			[]string{"groups[1].floor budget.floor_above_ceiling"},
		},
		"huge amounts": {
			[]budget.Line{line("ada", func(l *budget.Line) { l.Floor, l.Step = eur(math.MaxInt64), eur(math.MaxInt64-7) })}, eur(100),
			&budget.Options{Groups: []budget.Group{{Name: "x", Floor: eur(math.MaxInt64), Ceiling: eur(math.MaxInt64)}}},
			[]string{"lines[0].floor budget.floor_above_ceiling"},
		},
		"a floor over two steps": {
			[]budget.Line{line("ada", func(l *budget.Line) { l.Groups, l.Step = []string{"x"}, eur(3) }), line("bruno", in("x"))}, eur(100),
			&budget.Options{Groups: []budget.Group{{Name: "x", Floor: eur(20)}}}, []string{"groups[0].floor budget.group_step"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := budget.Allocate(tt.lines, tt.total, tt.options)
			if diff := cmp.Diff(tt.want, faults(err)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEveryCurrency(t *testing.T) {
	t.Parallel()
	for currency, total := range map[byline.Currency]int64{byline.JPY: 5000, byline.EUR: 500_000, byline.KWD: 5_000_000} {
		t.Run(string(currency), func(t *testing.T) {
			t.Parallel()
			a := allocate(t, four(), byline.Minor(total, currency), &budget.Options{Groups: video()})
			if a.Allocated != byline.Minor(total, currency) || !near(a.Objective, 1854.2387, 1e-6) {
				t.Errorf("%s brings %g", a.Allocated, a.Objective)
			}
		})
	}
}

func TestNoMoney(t *testing.T) {
	t.Parallel()
	a := allocate(t, four(), eur(0), &budget.Options{Groups: video()})
	if a.Objective != 0 || a.Allocated != eur(0) || a.Unspent != eur(0) || a.Gap != 0 {
		t.Errorf("%+v", a)
	}
}

func TestPlanSurvivesJSON(t *testing.T) {
	t.Parallel()
	lines := four()
	lines[0].Floor, lines[0].Step, lines[1].Ceiling = eur(5), eur(5), eur(0)
	text, err := json.Marshal(lines)
	require.NoError(t, err)
	var got []budget.Line
	require.NoError(t, json.Unmarshal(text, &got))
	if diff := cmp.Diff(lines, got); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	options := budget.Options{Groups: video(), Current: map[string]byline.Money{"ada": eur(5)}, Gap: 0.1, Nodes: 3}
	text, err = json.Marshal(options)
	require.NoError(t, err)
	var again budget.Options
	require.NoError(t, json.Unmarshal(text, &again))
	if diff := cmp.Diff(options, again); diff != "" {
		t.Errorf("options (-want +got):\n%s", diff)
	}
}

func FuzzLine(f *testing.F) {
	for _, l := range four() {
		text, err := json.Marshal(l)
		require.NoError(f, err)
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var l budget.Line
		if json.Unmarshal(data, &l) != nil {
			return
		}
		other := budget.Line{ID: l.ID + "'", Curve: response.Hill{Ceiling: 5, Half: 30, Shape: 3}}
		l.Groups = nil
		a, err := budget.Allocate([]budget.Line{l, other}, eur(10_000), nil)
		if err != nil {
			require.ErrorIs(t, err, byline.ErrInvalid)
			return
		}
		sum, err := a.Allocated.Add(a.Unspent)
		require.NoError(t, err)
		if sum != eur(10_000) || math.IsNaN(a.Objective) || slices.Contains([]float64{math.Inf(1), math.Inf(-1)}, a.UpperBound) {
			t.Errorf("%+v", a)
		}
		_, err = json.Marshal(a)
		require.NoError(t, err)
	})
}
