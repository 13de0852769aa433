package multitouch_test

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/multitouch"
)

// This file says again, in exact rationals and with nothing of the package in it, what
// the rules do. Only sums over journeys are rounded, to 400 bits.

// ruleReference gives each touch of a journey its weight; only ratios count.
type ruleReference struct {
	model multitouch.Model
	weigh func(j multitouch.Journey) []*big.Rat
}

func rat(a, b int64) *big.Rat { return big.NewRat(a, b) }

// weights is n weights of nothing.
func weights(n int) []*big.Rat {
	w := make([]*big.Rat, n)
	for i := range w {
		w[i] = new(big.Rat)
	}
	return w
}

func only(n, at int) []*big.Rat {
	w := weights(n)
	w[at] = rat(1, 1)
	return w
}

func ruleReferences() []ruleReference {
	return []ruleReference{
		{multitouch.FirstTouch{}, func(j multitouch.Journey) []*big.Rat { return only(len(j.Path), 0) }},
		{multitouch.LastTouch{}, func(j multitouch.Journey) []*big.Rat { return only(len(j.Path), len(j.Path)-1) }},
		{multitouch.LastNonDirect{Direct: "direct"}, lastNonDirect},
		{multitouch.Linear{}, func(j multitouch.Journey) []*big.Rat { return position(len(j.Path), func(int) int64 { return 1 }) }},
		{multitouch.LinearUnique{}, linearUnique},
		{multitouch.PositionBased{}, func(j multitouch.Journey) []*big.Rat { return positionBased(j, rat(2, 5), rat(2, 5), false) }},
		{multitouch.PositionBased{First: 0.5, Last: 0.125}, func(j multitouch.Journey) []*big.Rat { return positionBased(j, rat(1, 2), rat(1, 8), false) }},
		{multitouch.PositionBased{First: 0.5, Last: 0.125, TwoTouches: multitouch.Renormalize}, func(j multitouch.Journey) []*big.Rat { return positionBased(j, rat(1, 2), rat(1, 8), true) }},
		{multitouch.PositionBased{First: 1, TwoTouches: multitouch.Renormalize}, func(j multitouch.Journey) []*big.Rat { return positionBased(j, rat(1, 1), rat(0, 1), true) }},
		{multitouch.WShaped{}, func(j multitouch.Journey) []*big.Rat {
			return wShaped(j, rat(3, 10), rat(3, 10), rat(3, 10), rat(0, 1))
		}},
		{multitouch.WShaped{First: 0.225, Lead: 0.225, Opportunity: 0.225, Last: 0.225}, func(j multitouch.Journey) []*big.Rat {
			return wShaped(j, rat(9, 40), rat(9, 40), rat(9, 40), rat(9, 40))
		}},
		{multitouch.WShaped{Lead: 0.5, Opportunity: 0.5}, func(j multitouch.Journey) []*big.Rat { return wShaped(j, rat(0, 1), rat(1, 2), rat(1, 2), rat(0, 1)) }},
		{multitouch.PositionDecay{}, func(j multitouch.Journey) []*big.Rat {
			return position(len(j.Path), func(i int) int64 { return int64(i + 1) })
		}},
		{multitouch.TimeDecay{}, func(j multitouch.Journey) []*big.Rat { return timeDecay(j, 168*time.Hour, false) }},
		{multitouch.TimeDecay{HalfLife: time.Hour}, func(j multitouch.Journey) []*big.Rat { return timeDecay(j, time.Hour, false) }},
		{multitouch.TimeDecay{Stepwise: true}, func(j multitouch.Journey) []*big.Rat { return timeDecay(j, 168*time.Hour, true) }},
		{multitouch.Custom{Label: "lengths", Weigh: func(j multitouch.Journey, w []float64) {
			for i, name := range j.Path {
				w[i] = float64(len(name)) * 0.7
			}
		}}, func(j multitouch.Journey) []*big.Rat {
			return position(len(j.Path), func(i int) int64 { return int64(len(j.Path[i])) })
		}},
	}
}

func position(n int, of func(i int) int64) []*big.Rat {
	w := weights(n)
	for i := range w {
		w[i].SetInt64(of(i))
	}
	return w
}

func lastNonDirect(j multitouch.Journey) []*big.Rat {
	at := len(j.Path) - 1
	for i, name := range j.Path {
		if name != "direct" {
			at = i
		}
	}
	if j.Path[at] == "direct" {
		at = len(j.Path) - 1
	}
	return only(len(j.Path), at)
}

func linearUnique(j multitouch.Journey) []*big.Rat {
	times := map[string]int64{}
	for _, name := range j.Path {
		times[name]++
	}
	w := weights(len(j.Path))
	for i, name := range j.Path {
		w[i].SetFrac64(1, times[name])
	}
	return w
}

func positionBased(j multitouch.Journey, first, last *big.Rat, renormalize bool) []*big.Rat {
	n := len(j.Path)
	if n == 1 {
		return only(1, 0)
	}
	w := weights(n)
	middle := new(big.Rat).Sub(rat(1, 1), new(big.Rat).Add(first, last))
	w[0].Set(first)
	w[n-1].Set(last)
	if n == 2 {
		if !renormalize {
			half := new(big.Rat).Mul(middle, rat(1, 2))
			w[0].Add(w[0], half)
			w[1].Add(w[1], half)
		}
		return w
	}
	for _, each := range w[1 : n-1] {
		each.Mul(middle, rat(1, int64(n-2)))
	}
	return w
}

// wShaped: the anchors that are there share 1 less the rest in their ratio, the touches
// that are no anchor share the rest; whoever has nobody to share with leaves it to the other.
func wShaped(j multitouch.Journey, first, lead, opportunity, last *big.Rat) []*big.Rat {
	n := len(j.Path)
	anchors := weights(n)
	for _, a := range []struct {
		at   int
		part *big.Rat
	}{{1, first}, {j.Lead, lead}, {j.Opportunity, opportunity}, {n, last}} {
		if a.at > 0 {
			anchors[a.at-1].Add(anchors[a.at-1], a.part)
		}
	}
	rest, sum, free := rat(1, 1), new(big.Rat), int64(0)
	for _, part := range []*big.Rat{first, lead, opportunity, last} {
		rest.Sub(rest, part)
	}
	for _, a := range anchors {
		sum.Add(sum, a)
		if a.Sign() == 0 {
			free++
		}
	}
	switch {
	case sum.Sign() == 0:
		return position(n, func(int) int64 { return 1 })
	case free == 0:
		return anchors
	}
	scale := new(big.Rat).Quo(new(big.Rat).Sub(rat(1, 1), rest), sum)
	for _, a := range anchors {
		if a.Sign() == 0 {
			a.Mul(rest, rat(1, free))
		} else {
			a.Mul(a, scale)
		}
	}
	return anchors
}

func timeDecay(j multitouch.Journey, halfLife time.Duration, stepwise bool) []*big.Rat {
	w := weights(len(j.Path))
	youngest := slices.Min(j.Ages)
	for i, age := range j.Ages {
		halves := rat(int64(age-youngest), int64(halfLife))
		if stepwise {
			halves = rat(int64(age/halfLife-youngest/halfLife), 1)
		}
		halved(halves).Rat(w[i])
	}
	return w
}

// halved is 2^-x with 200 bits, by the series of e^-x for what is left of a whole number.
func halved(x *big.Rat) *big.Float {
	whole := new(big.Int).Quo(x.Num(), x.Denom())
	left := new(big.Rat).Sub(x, new(big.Rat).SetInt(whole))
	y := new(big.Float).SetPrec(200).SetRat(left)
	y.Mul(y, ln2())
	sum, term := big.NewFloat(1).SetPrec(200), big.NewFloat(1).SetPrec(200)
	for k := int64(1); k < 60; k++ {
		term.Mul(term, y).Quo(term, new(big.Float).SetInt64(-k))
		sum.Add(sum, term)
	}
	return sum.SetMantExp(sum, -int(whole.Int64()))
}

// ln2 is the sum of 1/(k 2^k).
var ln2 = sync.OnceValue(func() *big.Float {
	sum := new(big.Float).SetPrec(220)
	for k := int64(1); k < 230; k++ {
		term := new(big.Float).SetPrec(220).SetInt64(1)
		sum.Add(sum, term.SetMantExp(term.Quo(term, new(big.Float).SetInt64(k)), -int(k)))
	}
	return sum
})

// expected is what a reference gives to each channel.
type expected map[string]*expectedCredit

type expectedCredit struct {
	conversions, value *big.Float
	turnover           *big.Float // values without their signs
	touches, worth     float64    // how many conversions and minor units its touches took part in
}

func wide() *big.Float { return new(big.Float).SetPrec(400) }

func (r ruleReference) credit(rows []multitouch.Journey) expected {
	e := expected{}
	for _, j := range rows {
		for _, name := range j.Path {
			if e[name] == nil {
				e[name] = &expectedCredit{conversions: wide(), value: wide(), turnover: wide()}
			}
		}
		if j.Conversions == 0 || len(j.Path) == 0 {
			continue
		}
		w, sum := r.weigh(j), wide()
		for _, part := range w {
			sum.Add(sum, wide().SetRat(part))
		}
		for i, name := range j.Path {
			part := wide().Quo(wide().SetRat(w[i]), sum)
			add := func(to *big.Float, n int64) { to.Add(to, wide().Mul(part, wide().SetInt64(n))) }
			c, minor := e[name], j.Value.Minor()
			add(c.conversions, j.Conversions)
			add(c.value, minor)
			add(c.turnover, max(minor, -minor))
			c.touches += float64(j.Conversions)
			c.worth += math.Abs(float64(minor))
		}
	}
	return e
}

// check compares one model's result with the reference, to 1e-12 of each figure and the
// unit in which the package counts: 2^-62 of a conversion or minor unit for each touch.
func (e expected) check(t *testing.T, r multitouch.Result, totals multitouch.Totals) {
	t.Helper()
	require.Nil(t, r.Refused, r.Model)
	if len(r.Credits) != len(e) {
		t.Fatalf("%s: %d channels have credit, want %d", r.Model, len(r.Credits), len(e))
	}
	near := func(what, channel string, got float64, want, scale *big.Float, unit float64) {
		t.Helper()
		exact, _ := want.Float64()
		bound, _ := scale.Float64()
		if !(math.Abs(got-exact) <= 1e-12*bound+unit) {
			t.Errorf("%s: %s of %s is %v, want %v", r.Model, what, channel, got, exact)
		}
	}
	total := float64(totals.Conversions)
	sum, values := 0.0, byline.Money{}
	for _, c := range r.Credits {
		want := e[c.Channel]
		share := wide().Quo(want.conversions, wide().SetInt64(totals.Conversions))
		unit := math.Ldexp(want.touches, -61)
		near("raw", c.Channel, c.Raw, want.conversions, want.conversions, unit)
		near("share", c.Channel, c.Share, share, share, unit/total)
		near("conversions", c.Channel, c.Conversions, want.conversions, want.conversions, unit+math.Ldexp(total, -51))
		if totals.Value.Minor() != 0 {
			near("raw value", c.Channel, c.RawValue, want.value, want.turnover, math.Ldexp(want.worth, -61))
			near("value", c.Channel, float64(c.Value.Minor()), want.value, want.turnover, 1)
		}
		sum += c.Conversions
		values = mustAdd(values, c.Value)
	}
	if sum != total || values.Minor() != totals.Value.Minor() {
		t.Errorf("%s: the credits sum to %v and %s, want %v and %s", r.Model, sum, values, total, totals.Value)
	}
}

// drawn returns random journeys of every shape: repeats, names of several scripts,
// refunds, counts, journeys without a touch, ages and stages.
func drawn(random *rand.Rand, n int, c byline.Currency) []multitouch.Journey {
	names := []string{"ada", "bruno", "cleo", "dario", "direct", "आदा", "艾达", "ａ", "a", "é", "e\u0301", " ", "'", "\x00", ">"}
	var rows []multitouch.Journey
	for range n {
		var j multitouch.Journey
		length := 1 + int(random.ExpFloat64()*4)
		if random.IntN(30) == 0 {
			length = 0
		}
		for k := range length {
			if k > 0 && random.IntN(3) == 0 {
				j.Path = append(j.Path, j.Path[k-1])
			} else {
				j.Path = append(j.Path, names[random.IntN(len(names))])
			}
			j.Ages = append(j.Ages, time.Duration(random.Int64N(int64(40*24*time.Hour))))
		}
		slices.SortFunc(j.Ages, func(a, b time.Duration) int { return int(b - a) })
		j.Conversions, j.Nulls = int64(random.IntN(4)), int64(random.IntN(4))
		if random.IntN(50) == 0 {
			j.Conversions = int64(random.Uint32())
		}
		if j.Conversions > 0 && random.IntN(4) > 0 {
			j.Value = byline.Minor(random.Int64N(2_000_000)-500_000, c)
		}
		if length > 0 && random.IntN(2) == 0 {
			j.Opportunity = 1 + random.IntN(length)
			j.Lead = random.IntN(j.Opportunity + 1)
		}
		rows = append(rows, j)
	}
	return rows
}

// collapsed drops touches that the next one repeats, with all that stands beside them.
func collapsed(rows []multitouch.Journey) []multitouch.Journey {
	var all []multitouch.Journey
	for _, j := range rows {
		c := j
		c.Path, c.Ages, c.Lead, c.Opportunity = nil, nil, 0, 0
		for i, name := range j.Path {
			if i+1 == j.Lead {
				c.Lead = -1
			}
			if i+1 == j.Opportunity {
				c.Opportunity = -1
			}
			if i+1 < len(j.Path) && j.Path[i+1] == name {
				continue
			}
			c.Path, c.Ages = append(c.Path, name), append(c.Ages, j.Ages[i])
			if c.Lead == -1 {
				c.Lead = len(c.Path)
			}
			if c.Opportunity == -1 {
				c.Opportunity = len(c.Path)
			}
		}
		all = append(all, c)
	}
	return all
}

func models(from []ruleReference) []multitouch.Model {
	var all []multitouch.Model
	for _, r := range from {
		all = append(all, r.model)
	}
	return all
}

// totalsOf counts independently.
func totalsOf(rows []multitouch.Journey) multitouch.Totals {
	var t multitouch.Totals
	for _, j := range rows {
		if len(j.Path) == 0 {
			t.Untouched.Conversions += j.Conversions
			t.Untouched.Nulls += j.Nulls
			t.Untouched.Value = mustAdd(t.Untouched.Value, j.Value)
			continue
		}
		t.Touches += int64(len(j.Path)) * (j.Conversions + j.Nulls)
		t.Conversions += j.Conversions
		t.Nulls += j.Nulls
		t.Value = mustAdd(t.Value, j.Value)
	}
	return t
}

func mustAdd(a, b byline.Money) byline.Money {
	sum, err := a.Add(b)
	if err != nil {
		panic(err)
	}
	return sum
}

func TestRulesAgainstReference(t *testing.T) {
	t.Parallel()
	for i, c := range []byline.Currency{byline.EUR, byline.JPY, byline.KWD} {
		for _, repeats := range []multitouch.Repeats{multitouch.KeepRepeats, multitouch.CollapseRepeats} {
			t.Run(fmt.Sprintf("%s %s", c, repeats), func(t *testing.T) {
				t.Parallel()
				rows := drawn(rand.New(rand.NewPCG(uint64(i), 5)), 400, c)
				all := ruleReferences()
				got, err := multitouch.Compare(yields(rows), models(all), &multitouch.Options{Repeats: repeats})
				require.NoError(t, err)
				if repeats == multitouch.CollapseRepeats {
					rows = collapsed(rows)
				}
				if diff := cmp.Diff(totalsOf(rows), got.Totals); diff != "" {
					t.Errorf("totals mismatch (-want +got):\n%s", diff)
				}
				for k, r := range all {
					r.credit(rows).check(t, got.Results[k], got.Totals)
				}
			})
		}
	}
}

// TestShortJourneys tries every journey of up to five touches of three channels by
// itself, with every pair of stages.
func TestShortJourneys(t *testing.T) {
	t.Parallel()
	all := ruleReferences()
	names := []string{"a", "b", "direct"}
	for code := range 3 + 9 + 27 + 81 {
		length, rest := 1, code
		for span := 3; rest >= span; span *= 3 {
			rest -= span
			length++
		}
		j := multitouch.Journey{Conversions: 1 + int64(code%7), Value: byline.Minor(int64(code*37-1000), byline.EUR)}
		for k := range length {
			j.Path = append(j.Path, names[rest%3])
			j.Ages = append(j.Ages, time.Duration(length-k)*time.Duration(code)*time.Hour)
			rest /= 3
		}
		j.Opportunity = code % (length + 1)
		if j.Opportunity > 0 {
			j.Lead = code / 5 % (j.Opportunity + 1)
		}
		rows := []multitouch.Journey{j}
		got, err := multitouch.Compare(yields(rows), models(all), nil)
		require.NoError(t, err)
		for k, r := range all {
			r.credit(rows).check(t, got.Results[k], got.Totals)
		}
	}
}

func TestLongJourneys(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 3))
	j := multitouch.Journey{Conversions: 3, Nulls: 1, Value: byline.Minor(99_999, byline.EUR), Lead: 4000, Opportunity: 9999}
	for k := range 10_000 {
		j.Path = append(j.Path, fmt.Sprintf("c%03d", random.IntN(300)))
		j.Ages = append(j.Ages, time.Duration(10_000-k)*37*time.Minute)
	}
	rows := []multitouch.Journey{j}
	// The series for the decays by time takes too long for so many.
	all := slices.DeleteFunc(ruleReferences(), func(r ruleReference) bool { _, ok := r.model.(multitouch.TimeDecay); return ok })
	got, err := multitouch.Compare(yields(rows), models(all), nil)
	require.NoError(t, err)
	for k, r := range all {
		r.credit(rows).check(t, got.Results[k], got.Totals)
	}
	rows[0].Path, rows[0].Ages, rows[0].Lead, rows[0].Opportunity = rows[0].Path[:500], rows[0].Ages[9500:], 0, 0
	decay := ruleReferences()[13]
	result, err := multitouch.Attribute(yields(rows), decay.model, nil)
	require.NoError(t, err)
	decay.credit(rows).check(t, result, got.Totals)
}

// TestDoubled counts every row twice: twice the conversions, the same shares.
func TestDoubled(t *testing.T) {
	t.Parallel()
	rows := drawn(rand.New(rand.NewPCG(8, 8)), 300, byline.EUR)
	all := models(ruleReferences())
	once, err := multitouch.Compare(yields(rows), all, nil)
	require.NoError(t, err)
	twice, err := multitouch.Compare(yields(slices.Concat(rows, rows)), all, nil)
	require.NoError(t, err)
	for i, r := range once.Results {
		for k, c := range r.Credits {
			d := twice.Results[i].Credits[k]
			if math.Abs(d.Share-c.Share) > 1e-14*c.Share || math.Abs(d.Raw-2*c.Raw) > 1e-15*d.Raw || math.Abs(d.ValueShare-c.ValueShare) > 1e-14 || math.Abs(float64(d.Value.Minor()-2*c.Value.Minor())) > 2 {
				t.Errorf("%s: %+v became %+v", r.Model, c, d)
			}
		}
	}
}
