package rank

import (
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// fit finds the prior that makes the data most probable. It needs creators with data;
// the others do not speak.
func fit(family Family, all []evidence, need int) (Prior, error) {
	data := slices.DeleteFunc(slices.Clone(all), func(e evidence) bool { return !e.any() })
	if len(data) < need {
		return Prior{}, refusal("rank.too_few_creators", "too few creators with data to learn how creators differ; give a prior", float64(len(data)), float64(need))
	}
	model := modelOf(family, data)
	if err := model.refuse(); err != nil {
		return Prior{}, err
	}
	top, ok := model.surface.highest()
	if !ok {
		return Prior{}, refusal("rank.no_maximum", "the likelihood has no clear maximum", 0, 0)
	}
	tolerance := 1e-9 * (1 + math.Abs(model.flat.value))
	switch {
	case top.value <= model.flat.value+tolerance || model.flatEdge(top):
		return model.withoutVariation(family, len(data)), nil
	case model.surface.onEdge(top) || !family.beliefAt(top.u, top.v).valid():
		return Prior{}, refusal("rank.extremes", "the data are all or nothing: creators have no common value to shrink to", 0, 0)
	}
	return model.withVariation(family, top, len(data)), nil
}

// model is the likelihood of one family over its data.
type model struct {
	surface  surface
	flat     summit // where creators do not differ; huu is its only curvature
	flatHigh bool   // whether that is the high end of the spread's range
	meanFlat float64
	slope    func(location float64) float64 // of the mean over the location
	refuse   func() error
}

func (m model) flatEdge(top summit) bool {
	if m.flatHigh {
		return top.v >= m.surface.high
	}
	return top.v <= m.surface.low
}

func (m model) withoutVariation(family Family, creators int) Prior {
	se := 1 / math.Sqrt(-m.flat.huu)
	return Prior{Family: family, Belief: Belief{Shape: Point, A: m.meanFlat}, Fit: &Fit{
		Creators: creators, LogLikelihood: m.flat.value, NoVariation: true, NoVariationLogLikelihood: m.flat.value,
		Location: m.flat.u, LocationSE: se, MeanSE: se * m.slope(m.flat.u),
	}}
}

func (m model) withVariation(family Family, top summit, creators int) Prior {
	det := top.huu*top.hvv - top.huv*top.huv
	varU, varV, cov := -top.hvv/det, -top.huu/det, top.huv/det
	if !(det > 0 && varU > 0 && varV > 0) { // a ridge: the spread is not determined
		varU, varV, cov = 1/math.Abs(top.huu), maxSpreadSE*maxSpreadSE, 0
	}
	return Prior{Family: family, Belief: family.beliefAt(top.u, top.v), Fit: &Fit{
		Creators: creators, LogLikelihood: top.value, NoVariationLogLikelihood: m.flat.value,
		Location: top.u, LocationSE: math.Sqrt(varU), Spread: top.v, SpreadSE: math.Sqrt(varV),
		Correlation: cov / math.Sqrt(varU*varV), MeanSE: math.Sqrt(varU) * m.slope(top.u),
	}}
}

func modelOf(family Family, data []evidence) model {
	switch family {
	case BetaBinomial:
		return betaModel(data)
	case GammaPoisson:
		return gammaModel(data)
	default:
		return normalModel(data)
	}
}

// The strengths searched for, as the number of trials or expected events that a prior
// weighs. A prior stronger than 1e10 is one without variation.
const minStrength, maxStrength = 1e-2, 1e10

func betaModel(data []evidence) model {
	k, n, largest, choose := 0.0, 0.0, 0.0, 0.0
	for _, e := range data {
		k, n, largest = k+e.amount, n+e.size, math.Max(largest, e.size)
		choose += logChoose(e.size, e.amount)
	}
	p := k / n
	flat := summit{u: math.Log(k) - math.Log(n-k), huu: -n * p * (1 - p)}
	flat.value = choose + k*math.Log(p) + (n-k)*math.Log1p(-p)
	return model{
		surface:  surface{at: betaAt(data, choose), start: flat.u, low: math.Log(minStrength), high: math.Log(maxStrength)},
		flat:     flat,
		flatHigh: true,
		meanFlat: p,
		slope:    func(u float64) float64 { m := BetaBinomial.meanAt(u); return m * (1 - m) },
		refuse:   func() error { return refuseTrials(k, n, largest) },
	}
}

func refuseTrials(k, n, largest float64) error {
	switch {
	case k == 0:
		return refusal("rank.no_successes", "nobody has a success, so there is no rate to learn; give a prior", 0, 1)
	case k == n:
		return refusal("rank.no_failures", "everybody succeeds always, so there is no rate to learn; give a prior", 0, 1)
	case largest <= 1:
		return refusal("rank.single_trials", "nobody has two trials, so luck and skill look the same; give a prior", largest, 2)
	}
	return nil
}

func logChoose(n, k float64) float64 {
	return logFactorial(n) - logFactorial(k) - logFactorial(n-k)
}

func logFactorial(n float64) float64 {
	value, _ := math.Lgamma(n + 1)
	return value
}

// betaAt is the beta-binomial log likelihood in the logit of the mean and the logarithm of
// the strength.
func betaAt(data []evidence, choose float64) func(u, v float64) summit {
	return func(u, v float64) summit {
		belief := BetaBinomial.beliefAt(u, v)
		a, b, m := belief.A, belief.B, math.Exp(v)
		value, la, lb, laa, lbb, lab := choose, 0.0, 0.0, 0.0, 0.0, 0.0
		for _, e := range data {
			aValue, aFirst, aSecond := rising(a, e.amount)
			bValue, bFirst, bSecond := rising(b, e.size-e.amount)
			mValue, mFirst, mSecond := rising(m, e.size)
			value += aValue + bValue - mValue
			la, lb = la+aFirst-mFirst, lb+bFirst-mFirst
			laa, lbb, lab = laa+aSecond-mSecond, lbb+bSecond-mSecond, lab-mSecond
		}
		w := a * b / m // da/du = w, db/du = -w; da/dv = a, db/dv = b
		bend := w * (b - a) / m
		return summit{
			u: u, v: v, value: value, gu: w * (la - lb), gv: a*la + b*lb,
			huu: w*w*(laa-2*lab+lbb) + bend*(la-lb),
			huv: w*(a*(laa-lab)+b*(lab-lbb)) + w*(la-lb),
			hvv: a*a*laa + 2*a*b*lab + b*b*lbb + a*la + b*lb,
		}
	}
}

func gammaModel(data []evidence) model {
	k, exposure, fixed, flatFixed := 0.0, 0.0, 0.0, 0.0
	for _, e := range data {
		k, exposure = k+e.amount, exposure+e.size
		fixed += e.amount*math.Log(e.size) - logFactorial(e.amount)
	}
	rate := k / exposure
	flatFixed = fixed + k*math.Log(rate) - k
	centre := -math.Log(rate)
	return model{
		surface:  surface{at: gammaAt(data, fixed), start: math.Log(rate), low: math.Log(minStrength) + centre, high: math.Log(maxStrength) + centre},
		flat:     summit{u: math.Log(rate), value: flatFixed, huu: -k},
		flatHigh: true,
		meanFlat: rate,
		slope:    math.Exp,
		refuse: func() error {
			if k == 0 {
				return refusal("rank.no_successes", "nobody has an event, so there is no rate to learn; give a prior", 0, 1)
			}
			return nil
		},
	}
}

// gammaAt is the negative binomial log likelihood in the logarithms of the mean and of the
// rate.
func gammaAt(data []evidence, fixed float64) func(u, v float64) summit {
	return func(u, v float64) summit {
		belief := GammaPoisson.beliefAt(u, v)
		a, m := belief.A, belief.B
		value, la, lm, laa, lam, lmm := fixed, 0.0, 0.0, 0.0, 0.0, 0.0
		for _, e := range data {
			aValue, aFirst, aSecond := rising(a, e.amount)
			share := e.size / (m + e.size)
			grown := math.Log1p(e.size / m)
			value += aValue - a*grown - e.amount*math.Log(m+e.size)
			la += aFirst - grown
			lm += a*share - e.amount*(1-share) // times m, as everything in m below
			laa += aSecond
			lam += share
			lmm += -a*share*(2-share) + e.amount*(1-share)*(1-share)
		}
		// da/du = a; da/dv = a, dm/dv = m
		return summit{
			u: u, v: v, value: value, gu: a * la, gv: a*la + lm,
			huu: a*a*laa + a*la,
			huv: a*a*laa + a*lam + a*la,
			hvv: a*a*laa + 2*a*lam + lmm + a*la + lm,
		}
	}
}

func normalModel(data []evidence) model {
	weight, weighted, least, most := 0.0, 0.0, math.Inf(1), 0.0
	low, high := math.Inf(1), math.Inf(-1)
	for _, e := range data {
		w := 1 / (e.size * e.size)
		weight, weighted = weight+w, weighted+w*e.amount
		least, most = math.Min(least, e.size), math.Max(most, e.size)
		low, high = math.Min(low, e.amount), math.Max(high, e.amount)
	}
	mean := weighted / weight
	flat := normalAt(data)(mean, math.Inf(-1))
	flat.huu = -weight
	return model{
		surface: surface{
			at: normalAt(data), start: mean,
			low: 2 * math.Log(least*1e-4), high: 2 * math.Log((most+high-low)*10),
		},
		flat:     flat,
		meanFlat: mean,
		slope:    func(float64) float64 { return 1 },
		refuse:   func() error { return nil },
	}
}

// normalAt is the log likelihood in the mean and the logarithm of the variance between
// creators.
func normalAt(data []evidence) func(u, v float64) summit {
	return func(u, v float64) summit {
		between := math.Exp(v)
		s := summit{u: u, v: v}
		lt, ltt, lut := 0.0, 0.0, 0.0
		for _, e := range data {
			variance := e.size*e.size + between
			z := (e.amount - u) / variance
			s.value -= 0.5 * (math.Log(2*math.Pi*variance) + z*(e.amount-u))
			s.gu += z
			s.huu -= 1 / variance
			lut -= z / variance
			lt += 0.5 * (z*z - 1/variance)
			ltt += 0.5/(variance*variance) - z*z/variance
		}
		s.gv = between * lt
		s.huv = between * lut
		s.hvv = between*between*ltt + between*lt
		return s
	}
}

// few is below how many creators a fitted prior is uncertain enough to say so.
const few = 10

// plain is the difference in log likelihood from which on differences between creators
// are beyond doubt of chance: half of 3.84, the 95% point of χ² with one degree of freedom.
const plain = 1.92

func (p Prior) findings() []byline.Finding {
	if p.Fit == nil {
		return nil
	}
	var found []byline.Finding
	switch {
	case p.Fit.NoVariation:
		found = append(found, byline.Finding{
			Code: "rank.no_variation", Severity: byline.Warning, Path: "prior",
			Message: "the data show no more differences between creators than chance makes, so all are believed equal",
			Fix:     "gather more data, or give a prior from an earlier season",
		})
	case p.Fit.LogLikelihood-p.Fit.NoVariationLogLikelihood < plain:
		found = append(found, byline.Finding{
			Code: "rank.variation_uncertain", Severity: byline.Warning, Path: "prior",
			Message: "that creators differ at all is not beyond chance",
			Fix:     "treat the order as a hint; gather more data",
		})
	}
	if p.Fit.Creators < few {
		found = append(found, byline.Finding{
			Code: "rank.few_creators", Severity: byline.Warning, Path: "prior",
			Message: "the prior is learnt from fewer than 10 creators, so the intervals are too narrow",
			Fix:     "give a prior from more creators",
		})
	}
	return found
}
