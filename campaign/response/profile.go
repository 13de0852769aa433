package response

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// profile returns every parameter with its profile interval. sum is the least sum of
// squares, never 0.
func (c carried) profile(level, sum float64) []Parameter {
	free := float64(len(c.x) - c.unknowns())
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: free}.Quantile((1 + level) / 2)
	limit := sum * (1 + t*t/free) // t² with n-p degrees of freedom is F(1, n-p)
	values, baseline := c.parameters(c.q)
	names := c.names
	if c.baseline {
		names, values = append(slices.Clip(names), "baseline"), append(values, baseline)
	}
	var parameters []Parameter
	for i, name := range names {
		low, high := c.reach(i)
		parameters = append(parameters, Parameter{
			Name: name, Value: values[i],
			Low:  c.edge(i, low, limit),
			High: c.edge(i, high, limit),
		})
	}
	if c.adstock != nil {
		parameters = append(parameters, c.decay(limit))
	}
	return parameters
}

// reach is how far a profile of the i-th unknown looks on either side.
func (c carried) reach(i int) (low, high float64) {
	switch {
	case i == len(c.names):
		far := 1000 * c.peak()
		return c.q[i] - far, c.q[i] + far
	case i == c.share:
		return min(c.q[i], c.unknown(i, 0.001)), max(c.q[i], c.unknown(i, 0.999))
	}
	return c.q[i] - math.Log(1000), c.q[i] + math.Log(1000)
}

// edge finds where between the best value of the i-th unknown and far the profile
// reaches the limit, nil where it does not.
func (c carried) edge(i int, far, limit float64) *float64 {
	inside, outside := c.q[i], far
	q := c.q
	// Walk outwards in growing steps, each from the end of the one before.
	for move := (far - c.q[i]) / 1024; ; move *= 2 {
		at := inside + move
		if math.Abs(at-c.q[i]) >= math.Abs(far-c.q[i]) {
			at = far
		}
		end, above := c.above(q, i, at, limit)
		if above {
			outside = at
			break
		}
		if at == far {
			return nil
		}
		q, inside = end, at
	}
	for range 20 {
		middle := (inside + outside) / 2
		if end, above := c.above(q, i, middle, limit); above {
			outside = middle
		} else {
			q, inside = end, middle
		}
	}
	q = append([]float64(nil), q...)
	q[i] = (inside + outside) / 2
	values, baseline := c.parameters(q)
	values = append(values, baseline)
	return &values[i]
}

// above fits the rest with the i-th unknown at a value, and reports whether the sum of
// squares is above the limit.
func (c carried) above(from []float64, i int, value, limit float64) ([]float64, bool) {
	q := append([]float64(nil), from...)
	q[i] = value
	end, sum := c.minimise(q, i)
	return end, sum > limit
}

// decay is the decay with its profile interval. It is limited below by 0 itself.
func (c carried) decay(limit float64) Parameter {
	best := c.adstock.Decay
	find := func(outside float64) *float64 {
		if c.moved(outside).sum <= limit {
			return nil
		}
		inside := best
		for range 20 {
			middle := (inside + outside) / 2
			if c.moved(middle).sum > limit {
				outside = middle
			} else {
				inside = middle
			}
		}
		return &inside
	}
	p := Parameter{Name: "decay", Value: best, Low: find(0), High: find(maxDecay)}
	if p.Low == nil {
		p.Low = new(float64)
	}
	return p
}
