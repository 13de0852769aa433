package rank

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

// season is a made-up season: true rates from a beta of mean 5.5%, trials from 1 to 3,000.
func season(n int, seed uint64) []Trials {
	source := rand.NewPCG(seed, 1)
	random := rand.New(source)
	data := make([]Trials, n)
	for i := range data {
		trials := int64(math.Exp(random.Float64() * 8))
		ahead, err := Belief{Shape: Beta, A: 14, B: 236}.Successes(trials)
		if err != nil {
			panic(err)
		}
		data[i] = Trials{CreatorID: byline.CreatorID(fmt.Sprintf("c%04d", i)), Successes: int64(ahead.Draw(source)), Trials: trials}
	}
	return data
}

func asEvents(data []Trials) []Events {
	events := make([]Events, len(data))
	for i, d := range data {
		events[i] = Events{CreatorID: d.CreatorID, Count: d.Successes, Exposure: float64(d.Trials) / 4}
	}
	return events
}

func asAverages(data []Trials) []Average {
	averages := make([]Average, len(data))
	for i, d := range data {
		averages[i] = Average{CreatorID: d.CreatorID, Mean: float64(d.Successes+1) / float64(d.Trials+2), StandardError: 0.1 / math.Sqrt(float64(d.Trials))}
	}
	return averages
}

// The likelihoods in the plainest form, product by product.
func betaBinomialLog(data []Trials, a, b float64) float64 {
	total := 0.0
	for _, d := range data {
		for j := range d.Successes {
			total += math.Log(a+float64(j)) + math.Log(float64(d.Trials-j)/float64(j+1))
		}
		for j := range d.Trials - d.Successes {
			total += math.Log(b + float64(j))
		}
		for j := range d.Trials {
			total -= math.Log(a + b + float64(j))
		}
	}
	return total
}

func negativeBinomialLog(data []Events, a, b float64) float64 {
	total := 0.0
	for _, d := range data {
		for j := range d.Count {
			total += math.Log((a + float64(j)) / float64(j+1))
		}
		total += -a*math.Log1p(d.Exposure/b) + float64(d.Count)*math.Log(d.Exposure/(b+d.Exposure))
	}
	return total
}

func normalLog(data []Average, mean, sd float64) float64 {
	total := 0.0
	for _, d := range data {
		v := sd*sd + d.StandardError*d.StandardError
		total -= 0.5*math.Log(2*math.Pi*v) + (d.Mean-mean)*(d.Mean-mean)/(2*v)
	}
	return total
}

// priorOnly spares the standing, for all are too thin.
func priorOnly() *Options { return &Options{MinSize: maxExposure} }

// TestFitIsTheMaximum: the fitted prior solves the score equations of likelihoods written
// down independently, and no place of a wide grid is higher.
func TestFitIsTheMaximum(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		data := season(15+5*int(seed), seed)
		events, averages := asEvents(data), asAverages(data)
		rates, err := Rates(data, priorOnly())
		require.NoError(t, err)
		counts, err := Counts(events, priorOnly())
		require.NoError(t, err)
		means, err := Averages(averages, nil) // whose sizes are not known
		require.NoError(t, err)
		for name, c := range map[string]struct {
			prior Prior
			log   func(a, b float64) float64
		}{
			"beta":   {rates.Prior, func(a, b float64) float64 { return betaBinomialLog(data, a, b) }},
			"gamma":  {counts.Prior, func(a, b float64) float64 { return negativeBinomialLog(events, a, b) }},
			"normal": {means.Prior, func(a, b float64) float64 { return normalLog(averages, a, b) }},
		} {
			checkMaximum(t, fmt.Sprintf("%s %d", name, seed), c.prior, c.log)
		}
	}
}

func checkMaximum(t *testing.T, name string, p Prior, log func(a, b float64) float64) {
	t.Helper()
	a, b := p.Belief.A, p.Belief.B
	if p.Fit.NoVariation { // then nothing near it may be higher: a strong prior of that mean
		switch p.Family {
		case BetaBinomial:
			a, b = a*1e9, (1-a)*1e9
		case GammaPoisson:
			a, b = a*1e9, 1e9
		default:
			b = 1e-9
		}
	}
	top := log(a, b)
	if math.Abs(top-p.Fit.LogLikelihood) > 1e-6*math.Abs(top) {
		t.Errorf("%s: log likelihood %v, independently %v", name, p.Fit.LogLikelihood, top)
	}
	const h = 1e-4
	slopeA := (log(a*(1+h), b) - log(a*(1-h), b)) / (2 * h)
	slopeB := (log(a, b*(1+h)) - log(a, b*(1-h))) / (2 * h)
	if !p.Fit.NoVariation && (math.Abs(slopeA) > 1e-4 || math.Abs(slopeB) > 1e-4) {
		t.Errorf("%s: score %g, %g at %v", name, slopeA, slopeB, p.Belief)
	}
	// Together as far as the spread goes, apart as far as the mean does.
	for i := range 45 {
		for j := range 9 {
			x := math.Exp(float64(i-30) / 1.5)
			y := x * math.Exp(float64(j-4)/8)
			if p.Family == NormalNormal {
				x, y = 1+float64(j-4)/20, 1/x
			}
			if other := log(a*x, b*y); other > top+1e-6*math.Abs(top) {
				t.Errorf("%s: higher (%g over %g) at %g, %g times %v", name, other, top, x, y, p.Belief)
			}
		}
	}
}

// TestFitOfTwoSummits: one summit is where creators differ a little, and it is hardly
// higher than where they do not differ at all.
func TestFitOfTwoSummits(t *testing.T) {
	t.Parallel()
	r, err := Counts([]Events{
		{"a", 22, 65}, {"b", 90, 230}, {"c", 3, 10}, {"d", 49, 122.5}, {"e", 5, 12.5}, {"f", 5, 12.5}, {"g", 11, 27.5}, {"h", 3, 37.5},
	}, nil)
	require.NoError(t, err)
	if fit := r.Prior.Fit; fit.NoVariation || fit.LogLikelihood < fit.NoVariationLogLikelihood+8e-4 {
		t.Errorf("the prior is %v: %+v", r.Prior.Belief, fit)
	}
}

// TestSurfaceDerivatives: the gradient and the curvature are those of the value.
func TestSurfaceDerivatives(t *testing.T) {
	t.Parallel()
	data := season(12, 3)
	families := map[Family][]evidence{}
	for i := range data {
		families[BetaBinomial] = append(families[BetaBinomial], data[i].evidence(1.7))
		families[GammaPoisson] = append(families[GammaPoisson], asEvents(data)[i].evidence(1.7))
		families[NormalNormal] = append(families[NormalNormal], asAverages(data)[i].evidence(1))
	}
	for family, all := range families {
		m := modelOf(family, all)
		for _, v := range []float64{m.surface.low + 3, (m.surface.low + m.surface.high) / 2} {
			u := m.surface.start + 0.1
			const h = 1e-4
			here := m.surface.at(u, v)
			left, right := m.surface.at(u-h, v), m.surface.at(u+h, v)
			down, up := m.surface.at(u, v-h), m.surface.at(u, v+h)
			for name, pair := range map[string][2]float64{
				"gu":  {here.gu, (right.value - left.value) / (2 * h)},
				"gv":  {here.gv, (up.value - down.value) / (2 * h)},
				"huu": {here.huu, (right.gu - left.gu) / (2 * h)},
				"huv": {here.huv, (right.gv - left.gv) / (2 * h)},
				"hvv": {here.hvv, (up.gv - down.gv) / (2 * h)},
			} {
				if math.Abs(pair[0]-pair[1]) > 1e-5*(math.Abs(here.huu)+math.Abs(pair[1])+1) {
					t.Errorf("%s at %g, %g: %s is %g, by differences %g", family, u, v, name, pair[0], pair[1])
				}
			}
		}
	}
}

// TestRising: against sums, from tiny to huge arguments.
func TestRising(t *testing.T) {
	t.Parallel()
	for _, a := range []float64{1e-3, 0.4, 3, 11.9, 12, 40, 1e4, 1e9} {
		for _, k := range []int{0, 1, 2, 17, 300} {
			want, first, second := new(big.Float).SetPrec(200), 0.0, 0.0
			product := new(big.Float).SetPrec(200).SetFloat64(1)
			for j := range k {
				product.Mul(product, big.NewFloat(a+float64(j)))
				first += 1 / (a + float64(j))
				second -= 1 / ((a + float64(j)) * (a + float64(j)))
			}
			mantissa := new(big.Float)
			exponent := product.MantExp(mantissa)
			m, _ := mantissa.Float64()
			want.SetFloat64(math.Log(m) + float64(exponent)*math.Ln2)
			value, _ := want.Float64()
			got, gotFirst, gotSecond := rising(a, float64(k))
			for name, pair := range map[string][2]float64{"value": {got, value}, "first": {gotFirst, first}, "second": {gotSecond, second}} {
				if math.Abs(pair[0]-pair[1]) > 2e-13*(1+math.Abs(pair[1])) {
					t.Errorf("rising(%g, %d) %s is %.17g, want %.17g", a, k, name, pair[0], pair[1])
				}
			}
		}
	}
}

func TestOrderOfCreatorsChangesNoBit(t *testing.T) {
	t.Parallel()
	data := season(25, 4)
	want, err := Rates(data, &Options{Top: 5})
	require.NoError(t, err)
	random := rand.New(rand.NewPCG(9, 9))
	for range 3 {
		random.Shuffle(len(data), func(i, j int) { data[i], data[j] = data[j], data[i] })
		got, err := Rates(data, &Options{Top: 5})
		require.NoError(t, err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("another order, another ranking:\n%s", diff)
		}
	}
}

func TestNoVariation(t *testing.T) {
	t.Parallel()
	var data []Trials
	for i := range 12 {
		data = append(data, Trials{CreatorID: byline.CreatorID(fmt.Sprintf("c%02d", i)), Successes: 50 + int64(i%2), Trials: 1000})
	}
	for name, run := range map[string]func() (Ranking, error){
		"rates":    func() (Ranking, error) { return Rates(data, nil) },
		"counts":   func() (Ranking, error) { return Counts(asEvents(data), nil) },
		"averages": func() (Ranking, error) { return Averages(asAverages(data), nil) },
	} {
		r, err := run()
		require.NoError(t, err, name)
		if !r.Prior.Fit.NoVariation || r.Prior.Belief.Shape != Point || r.Method != Symmetric {
			t.Errorf("%s: %+v by %s, want a point", name, r.Prior, r.Method)
		}
		for _, p := range r.Creators {
			if p.Place != 1 || p.ExpectedRank != 6.5 || p.TopChance != 10.0/12 || p.BestChance != 1.0/12 || p.OwnWeight != 0 {
				t.Errorf("%s: %+v, want all equal", name, p)
			}
		}
		if len(r.Findings) != 1 || r.Findings[0].Code != "rank.no_variation" {
			t.Errorf("%s: findings %+v", name, r.Findings)
		}
	}
}

// TestRedraw: the redrawn means scatter by the standard error that the fit reports.
func TestRedraw(t *testing.T) {
	t.Parallel()
	r, err := Rates(season(100, 7), priorOnly())
	require.NoError(t, err)
	source := rand.NewPCG(1, 1)
	const draws = 2000
	total, squares := 0.0, 0.0
	for range draws {
		p := r.Prior.Redraw(source)
		require.NoError(t, p.Check())
		d := p.Belief.Mean() - r.Prior.Belief.Mean()
		total, squares = total+d, squares+d*d
	}
	sd := math.Sqrt(squares / draws)
	if math.Abs(sd/r.Prior.Fit.MeanSE-1) > 0.1 || math.Abs(total/draws) > 4*sd/math.Sqrt(draws) {
		t.Errorf("drawn means: bias %g, sd %g, want about 0 and %g", total/draws, sd, r.Prior.Fit.MeanSE)
	}
}

// TestRedrawOfAnImpossibleFit: a stored prior whose fit is nonsense stays what it was.
func TestRedrawOfAnImpossibleFit(t *testing.T) {
	t.Parallel()
	nonsense := &Fit{Location: 1e300, LocationSE: 1e300, Spread: 1e300, SpreadSE: 1e300, Correlation: 1e300}
	for _, p := range []Prior{
		{GammaPoisson, Belief{Gamma, 2, 3}, nonsense}, {GammaPoisson, Belief{Point, 2, 0}, nonsense}, {BetaBinomial, Belief{Beta, 2, 3}, nonsense},
	} {
		if got := p.Redraw(rand.NewPCG(1, 1)); got.Check() != nil || math.IsInf(got.Belief.A, 0) || math.IsNaN(got.Belief.A) {
			t.Errorf("%v is redrawn as %v", p.Belief, got.Belief)
		}
	}
}
