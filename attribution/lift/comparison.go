package lift

import (
	"math"
	"slices"
)

// comparison is what an estimator sees: one treated series, the mean of its units, and
// the series of the donors. Where predictors are given the weights are fitted on them
// instead of on the outcomes before the start.
type comparison struct {
	treated           []float64
	donors            [][]float64
	start             int
	units             int // how many units the treated series is the mean of
	treatedPredictors []float64
	donorPredictors   [][]float64
}

func (p *Panel) comparison(opts PanelOptions) comparison {
	return p.compare(p.treated, p.controls, opts)
}

// compare sets some units against others, whichever of them were treated.
func (p *Panel) compare(treated, controls []int, opts PanelOptions) comparison {
	c := comparison{start: p.data.Start, units: len(treated), treated: meanOf(p.data.Outcomes, treated)}
	for _, i := range controls {
		c.donors = append(c.donors, p.data.Outcomes[i])
	}
	if len(opts.Predictors) == 0 {
		return c
	}
	rows := predictorRows(opts.Predictors, len(p.data.Units))
	c.treatedPredictors = meanOf(rows, treated)
	for _, i := range controls {
		c.donorPredictors = append(c.donorPredictors, rows[i])
	}
	return c
}

// predictorRows returns for each unit its predictors, each divided by its standard
// deviation over all units and times the root of its weight.
func predictorRows(predictors []PanelPredictor, units int) [][]float64 {
	rows := make([][]float64, units)
	for _, predictor := range predictors {
		by := math.Sqrt(predictor.Weight)
		if sd := spread(predictor.Values); sd > 0 {
			by /= sd
		}
		for i := range rows {
			rows[i] = append(rows[i], by*predictor.Values[i])
		}
	}
	return rows
}

func meanOf(rows [][]float64, of []int) []float64 {
	mean := make([]float64, len(rows[0]))
	for _, i := range of {
		for t, y := range rows[i] {
			mean[t] += y / float64(len(of))
		}
	}
	return mean
}

// without returns the comparison with one donor fewer.
func (c comparison) without(donor int) comparison {
	c.donors = slices.Concat(c.donors[:donor], c.donors[donor+1:])
	if c.donorPredictors != nil {
		c.donorPredictors = slices.Concat(c.donorPredictors[:donor], c.donorPredictors[donor+1:])
	}
	return c
}

// between returns the comparison of the periods lo to hi, hi excluded.
func (c comparison) between(lo, hi int) comparison {
	donors := c.donors
	c.treated, c.donors, c.start = c.treated[lo:hi], nil, c.start-lo
	for _, d := range donors {
		c.donors = append(c.donors, d[lo:hi])
	}
	return c
}

func (c comparison) post() int { return len(c.treated) - c.start }

// spread is the standard deviation around the values' own mean, divided by n.
func spread(values []float64) float64 {
	mean, total := seriesMean(values), 0.0
	for _, v := range values {
		total += (v - mean) * (v - mean)
	}
	return math.Sqrt(total / float64(len(values)))
}

// rootMeanSquare is the typical size of the values, whatever their sign.
func rootMeanSquare(values []float64) float64 {
	return math.Sqrt(inner(values, values) / float64(len(values)))
}
