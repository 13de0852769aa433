package budget

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/campaign/response"
)

// oracle is a problem in the caller's words, solved by trying every allocation.
type oracle struct {
	lines   []Line
	groups  []Group
	total   int64
	best    float64 // negative infinity where no allocation keeps the limits
	most    int64   // the largest sum among the best
	current bool    // whether today's amounts keep the limits
	worth   [][]float64
}

// appraise reads the curves once at every amount.
func (o *oracle) appraise() {
	for _, l := range o.lines {
		var worth []float64
		for amount := range o.total + 1 {
			worth = append(worth, l.Curve.At(float64(amount)/math.Pow10(l.Step.Currency().Digits())))
		}
		o.worth = append(o.worth, worth)
	}
}

func (o *oracle) keeps(x []int64) bool {
	var sum int64
	within := map[string]int64{}
	for i, amount := range x {
		l := o.lines[i]
		if amount < l.Floor.Minor() || l.Ceiling != (byline.Money{}) && amount > l.Ceiling.Minor() || amount%l.Step.Minor() != 0 {
			return false
		}
		sum += amount
		for _, name := range l.Groups {
			within[name] += amount
		}
	}
	for _, g := range o.groups {
		if within[g.Name] < g.Floor.Minor() || g.Ceiling != (byline.Money{}) && within[g.Name] > g.Ceiling.Minor() {
			return false
		}
	}
	return sum <= o.total
}

func (o *oracle) value(x []int64) (sum float64) {
	for i, amount := range x {
		sum += o.worth[i][amount]
	}
	return sum
}

func (o *oracle) solve(x []int64, left int64) {
	if len(x) == len(o.lines) {
		if !o.keeps(x) {
			return
		}
		switch value, sum := o.value(x), o.total-left; {
		case value > o.best*(1+1e-14) || math.IsInf(o.best, -1):
			o.best, o.most = value, sum
		case value >= o.best*(1-1e-14):
			o.most = max(o.most, sum)
		}
		return
	}
	for amount := int64(0); amount <= left; amount += o.lines[len(x)].Step.Minor() {
		o.solve(append(x, amount), left-amount)
	}
}

// tiny draws a problem that is small enough to try everything.
func tiny(r *rand.Rand) (*oracle, byline.Money, *Options) {
	currency := []byline.Currency{byline.JPY, byline.EUR, byline.KWD}[r.IntN(3)]
	money := func(most int) byline.Money { return byline.Minor(int64(r.IntN(most)), currency) }
	o := &oracle{best: math.Inf(-1), total: int64(r.IntN(20))}
	kinds, step, mixed := []int{5, 9}[r.IntN(2)], 1+r.IntN(3), r.IntN(3) == 0
	for i := range 1 + r.IntN(4) {
		height, half := 1+100*r.Float64(), (0.5+25*r.Float64())/math.Pow10(currency.Digits())
		l := Line{ID: fmt.Sprint(i), Step: byline.Minor(int64(step), currency), Curve: []response.Curve{
			response.MichaelisMenten{Ceiling: height, Half: half}, response.Log{Scale: height, Spread: half},
			response.Power{Scale: height, Exponent: []float64{0.1 + 0.8*r.Float64(), 1}[r.IntN(2)]},
			response.Tanh{Ceiling: height, Cost: half / height}, response.Logistic{Ceiling: height, Rate: 2 / half},
			response.Hill{Ceiling: height, Half: half, Shape: 1 + 8*r.Float64()}, response.Hill{Ceiling: height, Half: half, Shape: 60},
			response.Sigmoid{Ceiling: height, Rate: 5 / half, Middle: half}, response.Sigmoid{Ceiling: height, Rate: 90 / half, Middle: half},
		}[r.IntN(kinds)]}
		if mixed {
			l.Step = byline.Minor(int64(1+r.IntN(5)), currency)
		}
		if i > 0 && r.IntN(3) == 0 {
			l.Curve = o.lines[0].Curve
		}
		if r.IntN(4) == 0 {
			l.Floor = money(6)
		}
		if r.IntN(3) == 0 {
			l.Ceiling = money(20)
		}
		l.Groups = [][]string{{"a", "ab"}, {"b", "ab"}, {"c"}, {"a", "ab", "in a"}}[i]
		o.lines = append(o.lines, l)
	}
	o.groups = []Group{{Name: "a"}, {Name: "b"}, {Name: "in a"}, {Name: "ab"}, {Name: "c"}}
	for g := range o.groups {
		if r.IntN(4) == 0 {
			o.groups[g].Ceiling = money(25)
		}
		if r.IntN(4) == 0 && !mixed {
			o.groups[g].Floor = money(8)
		}
	}
	options := &Options{Groups: o.groups, Current: map[string]byline.Money{}}
	var today []int64
	for _, l := range o.lines {
		options.Current[l.ID] = money(9)
		today = append(today, options.Current[l.ID].Minor())
	}
	o.current = o.keeps(today)
	return o, byline.Minor(o.total, currency), options
}

// TestAgainstEveryAllocation holds each method and its bound against trying everything,
// with limits read a second time and independently.
func TestAgainstEveryAllocation(t *testing.T) {
	t.Parallel()
	solved := map[Method]int{}
	for seed := range uint64(400) {
		o, total, options := tiny(rand.New(rand.NewPCG(seed, 77)))
		o.appraise()
		o.solve(nil, o.total)
		a, err := Allocate(o.lines, total, options)
		if (err == nil) == math.IsInf(o.best, -1) {
			t.Fatalf("seed %d: the best is %g, error %v", seed, o.best, err)
		}
		if err != nil {
			continue
		}
		solved[a.Method]++
		var x []int64
		for _, l := range a.Lines {
			x = append(x, l.Amount.Minor())
		}
		if !o.keeps(x) || !near(o.value(x), o.best, 1e-12) || !near(a.Objective, o.best, 1e-12) || a.Gap != 0 || a.UpperBound < o.best*(1-1e-12) {
			t.Errorf("seed %d: %s gives %v for %.15g, bound %.15g, gap %g, want %.15g", seed, a.Method, x, a.Objective, a.UpperBound, a.Gap, o.best)
		}
		if a.Allocated.Minor() < o.most || a.Allocated.Minor()+a.Unspent.Minor() != o.total || (a.Unspent.Sign() != 0) != (a.Rest != NoRest) {
			t.Errorf("seed %d: %s and %s of %s, %q; %d could be spent", seed, a.Allocated, a.Unspent, total, a.Rest, o.most)
		}
		if a.Objective < a.Even || o.current && a.Objective < *a.Current || o.current == slices.ContainsFunc(a.Findings, func(f byline.Finding) bool { return f.Code == "budget.current_not_allowed" }) {
			t.Errorf("seed %d: even %g, today's %g (allowed: %t), found %g", seed, a.Even, *a.Current, o.current, a.Objective)
		}
		p, err := check(o.lines, total, options)
		require.NoError(t, err)
		for _, nodes := range []int{1, 3, 3000} {
			if _, bound, _ := p.branch(p.evenly(), 0.3, nodes); bound < o.best*(1-1e-13) {
				t.Errorf("seed %d: %d boxes bound %.15g by %.15g with a wide gap", seed, nodes, o.best, bound)
			}
			x, bound, _ := p.branch(p.evenly(), 1e-9, nodes)
			if !o.keeps(x) || bound < o.best*(1-1e-13) || nodes == 3000 && !near(o.value(x), o.best, 1e-8) {
				t.Errorf("seed %d: %d boxes give %v for %.15g, bound %.15g, want %.15g", seed, nodes, x, o.value(x), bound, o.best)
			}
		}
	}
	if solved[Filled] < 50 || solved[Tabled] < 50 {
		t.Errorf("too few were solvable: %v", solved)
	}
}

// TestHugeTotals spends exactly the total where float64 has no room left for fractions.
func TestHugeTotals(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(15, 1))
	for run := range 100 {
		total := byline.Minor(maxTotal-r.Int64N(1000), byline.EUR)
		lines := []Line{
			{ID: "ada", Curve: response.Hill{Ceiling: 900, Half: 8e10 * (1 + r.Float64()), Shape: 1 + 2*r.Float64()}},
			{ID: "bruno", Curve: response.Log{Scale: 5, Spread: 1e5}},
			{ID: "cleo", Curve: response.Log{Scale: 5 * r.Float64(), Spread: 1e3}},
		}
		a, err := Allocate(lines, total, &Options{Nodes: 50})
		require.NoError(t, err)
		if a.Allocated != total || a.Unspent.Sign() != 0 {
			t.Errorf("run %d: %s of %s, %s left", run, a.Allocated, total, a.Unspent)
		}
	}
}

// TestTodayIsToppedUp spends what today's amounts leave, though no line makes anything
// more of it.
func TestTodayIsToppedUp(t *testing.T) {
	t.Parallel()
	full := response.Hill{Ceiling: 10, Half: 5, Shape: 60}
	lines := []Line{{ID: "ada", Curve: full}, {ID: "bruno", Curve: full}}
	today := map[string]byline.Money{"ada": byline.Minor(1_500_000, byline.EUR), "bruno": byline.Minor(1_000_000, byline.EUR)}
	for _, step := range []int64{1, 10_000} {
		for i := range lines {
			lines[i].Step = byline.Minor(step, byline.EUR)
		}
		total := byline.Minor(100_000_000, byline.EUR)
		a, err := Allocate(lines, total, &Options{Current: today, Nodes: 1})
		require.NoError(t, err)
		if a.Allocated != total || a.Rest != NoRest {
			t.Errorf("%s of %s by %s, the rest for %q", a.Allocated, total, a.Method, a.Rest)
		}
	}
	// Only today's amounts are past both thresholds, so that nothing is better.
	lines[0].Curve, lines[1].Curve = response.Hill{Ceiling: 10, Half: 500, Shape: 1000}, response.Hill{Ceiling: 10, Half: 5, Shape: 1000}
	lines[0].Step, lines[1].Step = byline.Money{}, byline.Money{}
	today = map[string]byline.Money{"ada": byline.Minor(60_000, byline.EUR), "bruno": byline.Minor(1000, byline.EUR)}
	a, err := Allocate(lines, byline.Minor(90_000, byline.EUR), &Options{Current: today, Nodes: 1})
	require.NoError(t, err)
	if a.Unspent.Sign() != 0 || a.Objective != 20 {
		t.Errorf("%s of 900.00 EUR for %g, %q", a.Allocated, a.Objective, a.Rest)
	}
	const much = 100_000_000_000_000 // far too many steps to give out one by one
	p, err := check(lines, byline.Minor(much, byline.EUR), &Options{})
	require.NoError(t, err)
	if x := p.topped([]int64{1_500_000, 1_000_000}); x[0]+x[1] != much {
		t.Errorf("topped up to %v", x)
	}
}

// TestTheTotalIsNoCeiling asks for the worth of more money where one line has it all.
func TestTheTotalIsNoCeiling(t *testing.T) {
	t.Parallel()
	mm, s, root := response.MichaelisMenten{Ceiling: 900, Half: 800}, response.Hill{Ceiling: 900, Half: 800, Shape: 3}, response.Power{Scale: 2, Exponent: 0.5}
	tests := map[string]struct {
		lines  []Line
		total  int64
		lambda float64
		limits []Limit
	}{
		"one line":               {[]Line{{ID: "ada", Curve: mm}}, 50_000, mm.Slope(500), []Limit{NoLimit}},
		"one on its convex part": {[]Line{{ID: "ada", Curve: s}}, 30_000, s.At(301) - s.At(300), []Limit{NoLimit}},
		"one takes all":          {[]Line{{ID: "ada", Curve: mm}, {ID: "bruno", Curve: response.MichaelisMenten{Ceiling: 1, Half: 800}}}, 50_000, mm.Slope(500), []Limit{NoLimit, NotWorth}},
		"no money":               {[]Line{{ID: "ada", Curve: mm}}, 0, mm.Slope(0), []Limit{NotWorth}},
		"no money, steep":        {[]Line{{ID: "ada", Curve: root}}, 0, 2, []Limit{NotWorth}},
		"a steep line kept out":  {[]Line{{ID: "ada", Curve: mm}, {ID: "bruno", Curve: root, Ceiling: byline.Minor(0, byline.EUR)}}, 50_000, mm.Slope(500), []Limit{NoLimit, CeilingLimit}},
		"a ceiling of its own":   {[]Line{{ID: "ada", Curve: mm, Ceiling: byline.Minor(40_000, byline.EUR)}}, 50_000, 0, []Limit{CeilingLimit}},
	}
	for name, tt := range tests {
		for _, group := range []bool{false, true} {
			t.Run(fmt.Sprint(name, ", in a group: ", group), func(t *testing.T) {
				t.Parallel()
				options, lines := &Options{}, slices.Clone(tt.lines)
				if group {
					options.Groups = []Group{{Name: "all"}}
					for i := range lines {
						lines[i].Groups = []string{"all"}
					}
				}
				a, err := Allocate(lines, byline.Minor(tt.total, byline.EUR), options)
				require.NoError(t, err)
				var limits []Limit
				for _, l := range a.Lines {
					limits = append(limits, l.Limit)
				}
				if !near(a.Lambda, tt.lambda, 1e-9) || !slices.Equal(limits, tt.limits) {
					t.Errorf("lambda %g, want %g; limits %q, want %q", a.Lambda, tt.lambda, limits, tt.limits)
				}
				if group && (a.Groups[0].Limit != NoLimit || !near(a.Groups[0].Lambda, tt.lambda, 1e-9)) {
					t.Errorf("group %+v, want lambda %g", a.Groups[0], tt.lambda)
				}
				if strings.Contains(a.Explain(), "e+") {
					t.Errorf("an absurd number:\n%s", a.Explain())
				}
			})
		}
	}
}

// TestAGroupsCeilingStopsLambda looks at a line on its convex part in a group that is
// full: more of the total brings what the others make of it.
func TestAGroupsCeilingStopsLambda(t *testing.T) {
	t.Parallel()
	s, other := response.Hill{Ceiling: 900, Half: 800, Shape: 3}, response.MichaelisMenten{Ceiling: 10, Half: 800}
	lines := []Line{{ID: "ada", Curve: s, Groups: []string{"few"}}, {ID: "bruno", Curve: other}}
	a, err := Allocate(lines, byline.Minor(60_000, byline.EUR), &Options{Groups: []Group{{Name: "few", Ceiling: byline.Minor(30_000, byline.EUR)}}})
	require.NoError(t, err)
	if !near(a.Lambda, other.Slope(300), 1e-9) || !near(a.Groups[0].Lambda, s.At(301)-s.At(300), 1e-9) || a.Groups[0].Limit != CeilingLimit {
		t.Errorf("lambda %g and %+v", a.Lambda, a.Groups[0])
	}
}

func TestManyGroups(t *testing.T) {
	t.Parallel()
	groups := make([]Group, maxGroups+1)
	for g := range groups {
		groups[g].Name = fmt.Sprint(g)
	}
	var lines []Line
	for i := range 60 {
		l := Line{ID: fmt.Sprint(i), Curve: response.Log{Scale: 1, Spread: 1}}
		for g := range i + 1 {
			l.Groups = append(l.Groups, fmt.Sprint(g))
		}
		lines = append(lines, l)
	}
	_, err := Allocate(lines, byline.Minor(60_000, byline.EUR), &Options{Groups: groups[:maxGroups]})
	require.NoError(t, err)
	_, err = Allocate(lines, byline.Minor(60_000, byline.EUR), &Options{Groups: groups})
	require.ErrorIs(t, err, byline.ErrInvalid)
}

// TestExplainGivesTheGap reads what is said of other splits at every size of the gap.
func TestExplainGivesTheGap(t *testing.T) {
	t.Parallel()
	for want, a := range map[string]Allocation{
		"No other split within the limits brings more.":                                           {Objective: 5, UpperBound: 5},
		"No other split within the limits brings even a billionth more.":                          {Objective: 5, UpperBound: 5, Gap: 1e-11},
		"Another split within the limits may bring up to 25% more, and none can bring over that.": {Objective: 4, UpperBound: 5, Gap: 0.2},
		"may bring up to 5 in all,":                                                               {Objective: 1e-300, UpperBound: 5, Gap: 1},
	} {
		if got := a.Explain(); !strings.Contains(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestNothingBringsNothing(t *testing.T) {
	t.Parallel()
	lines := []Line{
		{ID: "ada", Curve: response.Log{Scale: 900, Spread: 100}},
		{ID: "bruno", Curve: response.Sigmoid{Ceiling: 100, Rate: 0.01, Middle: 100}, Ceiling: byline.Minor(0, byline.EUR)},
		{ID: "cleo", Curve: response.Log{Scale: 1, Spread: 1e6}},
	}
	a, err := Allocate(lines, byline.Minor(1000, byline.EUR), nil)
	require.NoError(t, err)
	for _, want := range []string{"\nbruno gets nothing; its curve gives 26.89 without spend.\n", "\ncleo gets nothing.\n"} {
		if !strings.Contains(a.Explain(), want) {
			t.Errorf("no %q in:\n%s", want, a.Explain())
		}
	}
}

// TestEvenIsEven divides what can be divided evenly, also where a step is lost in the
// rounding of a logarithm.
func TestEvenIsEven(t *testing.T) {
	t.Parallel()
	for _, each := range []int64{1, 1000, 100_000_000, 33_333_333_333_333, 333_333_333_333_333} {
		var lines []Line
		for i := range 3 {
			lines = append(lines, Line{ID: fmt.Sprint(i), Curve: response.Log{Scale: 1 + float64(i), Spread: 1}})
		}
		p, err := check(lines, byline.Minor(3*each, byline.EUR), &Options{})
		require.NoError(t, err)
		if x := p.evenly(); !slices.Equal(x, []int64{each, each, each}) {
			t.Errorf("the even split of three times %d is %v", each, x)
		}
	}
}

// TestTradesStayWithinAFloor trades between lines whose group can give nothing up.
func TestTradesStayWithinAFloor(t *testing.T) {
	t.Parallel()
	var lines []Line
	for i := range 3 {
		lines = append(lines, Line{ID: fmt.Sprint(i), Curve: response.MichaelisMenten{Ceiling: 9, Half: 5}, Groups: []string{"pair"}})
	}
	lines[2].Groups, lines[2].Curve = nil, response.MichaelisMenten{Ceiling: 90, Half: 5}
	p, err := check(lines, byline.Minor(30, byline.JPY), &Options{Groups: []Group{{Name: "pair", Floor: byline.Minor(20, byline.JPY)}}})
	require.NoError(t, err)
	s := p.stepper([]int64{15, 5, 10})
	s.trade()
	if !slices.Equal(s.x, []int64{10, 10, 10}) {
		t.Errorf("got %v", s.x)
	}
}

// TestAFixedLineNeedsNoSearch has nothing to decide where the curve is S-shaped.
func TestAFixedLineNeedsNoSearch(t *testing.T) {
	t.Parallel()
	fixed := byline.Minor(5000, byline.EUR)
	a, err := Allocate([]Line{
		{ID: "ada", Curve: response.Hill{Ceiling: 900, Half: 800, Shape: 3}, Floor: fixed, Ceiling: fixed},
		{ID: "bruno", Curve: response.Log{Scale: 10, Spread: 100}},
	}, byline.Minor(100_000, byline.EUR), nil)
	require.NoError(t, err)
	if a.Method != Filled || a.Lines[0].Amount != fixed || a.Gap != 0 {
		t.Errorf("%s gives %s, gap %g", a.Method, a.Lines[0].Amount, a.Gap)
	}
}
