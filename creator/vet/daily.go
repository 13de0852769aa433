package vet

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

const day = 24 * time.Hour

// daily is one value a day of a series: the last known of each day in UTC.
type daily struct {
	days       []time.Time // midnights
	values     []float64
	definition string
	findings   []byline.Finding
}

// largestCount is more than anybody has; a larger number is no count of people.
const largestCount = 1e15

// dailyOf merges all series of a metric of an account. Points of another definition than
// most carry are left out.
func dailyOf(d *creator.Dossier, on creator.Ref, metric creator.Metric, within byline.Window) daily {
	points, bad := pointsOf(d, on, metric, within)
	out := daily{definition: mostDefined(points)}
	out.days, out.values = make([]time.Time, 0, len(points)), make([]float64, 0, len(points))
	others := 0
	for _, p := range points {
		if p.Definition() != out.definition {
			others++
			continue
		}
		midnight := p.At().UTC().Truncate(day)
		value, _ := p.Value()
		if n := len(out.days); n > 0 && out.days[n-1].Equal(midnight) {
			out.values[n-1] = value
			continue
		}
		out.days, out.values = append(out.days, midnight), append(out.values, value)
	}
	if others > 0 {
		out.findings = append(out.findings, warning("growth.definitions_mixed",
			fmt.Sprintf("%d points were measured by another definition than most and are left out", others)))
	}
	if bad > 0 {
		out.findings = append(out.findings, warning("growth.point", fmt.Sprintf("%d points have no time, or are no count; they are left out", bad)))
	}
	return out
}

// pointsOf returns the known points in the order of time; of one instant the smaller is
// the later, so that the order of the input changes nothing.
func pointsOf(d *creator.Dossier, on creator.Ref, metric creator.Metric, within byline.Window) (points []byline.Measure, bad int) {
	for i := range d.Series {
		s := &d.Series[i]
		if s.Metric != metric || !s.Account.Is(on) {
			continue
		}
		points = slices.Grow(points, len(s.Points))
		for _, p := range s.Points {
			value, known := p.Value()
			switch {
			case !known:
			case p.At().IsZero() || value < 0 || value > largestCount:
				bad++
			case within.Contains(p.At()):
				points = append(points, p)
			}
		}
	}
	slices.SortFunc(points, func(a, b byline.Measure) int {
		x, _ := a.Value()
		y, _ := b.Value()
		return cmp.Or(a.At().Compare(b.At()), cmp.Compare(y, x), cmp.Compare(a.Definition(), b.Definition()))
	})
	return points, bad
}

// mostDefined is the definition that most points carry, and of equals the latest.
func mostDefined(points []byline.Measure) string {
	if len(points) == 0 {
		return ""
	}
	last := points[len(points)-1].Definition()
	if !slices.ContainsFunc(points, func(p byline.Measure) bool { return p.Definition() != last }) {
		return last
	}
	counts := map[string]int{}
	for _, p := range points {
		counts[p.Definition()]++
	}
	most, times := "", 0
	for _, p := range slices.Backward(points) {
		if n := counts[p.Definition()]; n > times {
			most, times = p.Definition(), n
		}
	}
	return most
}

// step is what happened between two neighbouring days that are known.
type step struct {
	from, to      time.Time
	days          float64
	before, after float64
}

func (s step) total() float64  { return s.after - s.before }
func (s step) perDay() float64 { return s.total() / s.days }

// steps spreads what happened over a gap evenly on its days; a gap of more than
// [MaxGapDays] is no step.
func (d daily) steps() (steps []step, gaps int) {
	steps = make([]step, 0, len(d.days))
	for i := 1; i < len(d.days); i++ {
		between := d.days[i].Sub(d.days[i-1]).Hours() / 24
		if between > MaxGapDays {
			gaps++
			continue
		}
		steps = append(steps, step{d.days[i-1], d.days[i], between, d.values[i-1], d.values[i]})
	}
	return steps, gaps
}

// unit is by how much a rounded count moves at least: 100 at 12,300. It is 0 where the
// counts are not rounded: neither the definition says so, nor are all of them multiples.
func (d daily) unit() float64 {
	largest := 0.0
	all := true
	for _, v := range d.values {
		u := 1.0
		for v >= 1000*u {
			u *= 10
		}
		largest = math.Max(largest, u)
		all = all && math.Mod(v, u) == 0
	}
	said := strings.Contains(d.definition, "rounded")
	if largest <= 1 || (!said && !all) {
		return 0
	}
	return largest
}
