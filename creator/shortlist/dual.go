package shortlist

import (
	"math"
)

// relaxed is a problem whose rows are charged for instead of kept: every row has a price,
// and every group takes its best member, or none, after what it pays for its rows. For any
// prices the total is a bound that no list exceeds (weak duality); minimise looks for
// prices that make it low. See Fisher, "The Lagrangian relaxation method for solving
// integer programming problems" (1981).
type relaxed struct {
	values []float64
	start  []int32 // of each item's entries in row and weight
	row    []int32
	weight []float64
	lo, hi []float64 // by row, infinite where there is no limit
	groups [][]int32
	need   []bool // by group: one of it is on every list

	reduced []float64 // of the last evaluation, by item
	chosen  []int32   // likewise, by group: an item or -1
	used    []float64 // likewise, by row
	slope   []float64
}

// cut adds that no list has more picks than the budget pays for, which lowers the bound.
// The prices are then no longer what money and places are worth.
func (d *relaxed) cut(p *problem) {
	most := float64(max(p.most, p.rows[countRow].lo)) / p.rows[countRow].scale()
	d.hi[countRow] = math.Min(d.hi[countRow], most)
}

// scale is what a row's uses are divided by, so that the prices of all rows are of one size.
func (r row) scale() float64 {
	if r.hi != limitless {
		return math.Max(1, float64(r.hi))
	}
	return math.Max(1, float64(r.lo))
}

// relax makes the relaxed problem with given values.
func (p *problem) relax(values []float64, pairs [][2]int32) *relaxed {
	d := &relaxed{values: values}
	scale := make([]float64, len(p.rows))
	for r, limit := range p.rows {
		scale[r] = limit.scale()
		lo, hi := float64(limit.lo)/scale[r], float64(limit.hi)/scale[r]
		if limit.lo == 0 {
			lo = math.Inf(-1)
		}
		if limit.hi == limitless {
			hi = math.Inf(1)
		}
		d.lo, d.hi = append(d.lo, lo), append(d.hi, hi)
	}
	extra := make(map[int32][]int32)
	for _, pair := range pairs {
		for _, n := range pair {
			extra[n] = append(extra[n], int32(len(d.lo)))
		}
		d.lo, d.hi = append(d.lo, math.Inf(-1)), append(d.hi, 1)
	}
	for n, it := range p.items {
		d.start = append(d.start, int32(len(d.row)))
		for _, r := range it.rows {
			d.row, d.weight = append(d.row, r), append(d.weight, float64(p.use(int32(n), r))/scale[r])
		}
		for _, r := range extra[int32(n)] {
			d.row, d.weight = append(d.row, r), append(d.weight, 1)
		}
	}
	d.start = append(d.start, int32(len(d.row)))
	d.groups, d.need = p.groups()
	d.reduced, d.chosen = make([]float64, len(p.items)), make([]int32, len(d.groups))
	d.used, d.slope = make([]float64, len(d.lo)), make([]float64, len(d.lo))
	return d
}

// groups are items of which at most one is chosen.
func (p *problem) groups() (groups [][]int32, need []bool) {
	for c, items := range p.of {
		if p.one || len(items) == 1 {
			groups, need = append(groups, items), append(need, p.must[c] >= 0 && p.rows[p.must[c]].lo > 0)
			continue
		}
		for k := range items {
			groups, need = append(groups, items[k:k+1]), append(need, false)
		}
	}
	return groups, need
}

// at evaluates the bound for prices of the rows, and its slope. Products are rounded before
// they are added, here and below, so that no machine fuses the two and gets other bits.
func (d *relaxed) at(prices []float64) float64 {
	clear(d.used)
	total, size := 0.0, 0.0
	for g, group := range d.groups {
		best, gain := int32(-1), 0.0
		for _, n := range group {
			left := d.values[n]
			for k := d.start[n]; k < d.start[n+1]; k++ {
				left -= float64(prices[d.row[k]] * d.weight[k])
			}
			d.reduced[n] = left
			if left > gain || best < 0 && d.need[g] {
				best, gain = n, left
			}
		}
		d.chosen[g] = best
		if best >= 0 {
			total += gain
			size += math.Abs(gain)
			for k := d.start[best]; k < d.start[best+1]; k++ {
				d.used[d.row[k]] += d.weight[k]
			}
		}
	}
	for r, price := range prices {
		d.slope[r] = 0
		switch {
		case price > 0 || price == 0 && d.used[r] > d.hi[r]:
			d.slope[r] = d.hi[r] - d.used[r]
		case price < 0 || d.used[r] < d.lo[r]:
			d.slope[r] = d.lo[r] - d.used[r]
		}
		if price > 0 {
			total += float64(price * d.hi[r])
		} else if price < 0 {
			total += float64(price * d.lo[r])
		}
		if price != 0 {
			size += float64(math.Abs(price) * math.Min(math.Abs(d.hi[r]), math.Abs(d.lo[r])))
			size += float64(math.Abs(price) * d.used[r])
		}
	}
	// Rounding must not take the bound below the truth.
	return total + float64(1e-12*size)
}

func (d *relaxed) keep(r int, price float64) float64 {
	if price > 0 && math.IsInf(d.hi[r], 1) || price < 0 && math.IsInf(d.lo[r], -1) {
		return 0
	}
	return price
}

// minimise improves prices in place by subgradient steps towards a level that falls when
// it is not reached, and returns the lowest bound met; visit, where given, sees the prices
// on the way.
func (d *relaxed) minimise(prices []float64, steps int, visit func(step int)) float64 {
	best := d.at(prices)
	kept, trial := append([]float64(nil), prices...), prices
	now, gap, since := best, math.Max(math.Abs(best)*0.1, 1e-9), 0
	for step := range steps {
		norm := 0.0
		for _, g := range d.slope {
			norm += float64(g * g)
		}
		if norm == 0 { // the relaxed choice keeps all rows: nothing is lower
			break
		}
		length := (now - (best - gap)) / norm
		for r, g := range d.slope {
			trial[r] = d.keep(r, trial[r]-float64(length*g))
		}
		now = d.at(trial)
		since++
		if now < best {
			if now < best-gap/4 {
				since = 0
			}
			best = now
			copy(kept, trial)
		}
		if since > 12 {
			gap, since = gap/2, 0
			copy(trial, kept)
			now = d.at(trial)
		}
		if visit != nil {
			visit(step)
		}
	}
	copy(prices, kept)
	return d.at(prices)
}

// maxPolished bounds how many prices are looked at one by one.
const maxPolished = 60

// polish minimises along one price after the other, where steps along the slope stall.
func (d *relaxed) polish(prices []float64, rounds int) float64 {
	best := d.at(prices)
	if len(prices) > maxPolished {
		return best
	}
	for range rounds {
		before := best
		for r := range prices {
			best = d.along(prices, r, best)
		}
		if before-best <= 1e-10*math.Abs(best) {
			break
		}
	}
	return d.at(prices)
}

// along searches one price by halving a bracket on the sign of the slope: the bound is
// convex.
func (d *relaxed) along(prices []float64, r int, best float64) float64 {
	if d.at(prices); d.slope[r] == 0 && prices[r] == 0 { // neither short nor over
		return best
	}
	was := prices[r]
	width := math.Max(math.Abs(was)*0.1, 1e-6)
	low, high := was, was
	slope := func(price float64) float64 {
		prices[r] = d.keep(r, price)
		d.at(prices)
		return d.slope[r]
	}
	for k := 0; k < 40 && slope(low) > 0; k++ {
		low -= float64(width * math.Exp2(float64(k)))
	}
	for k := 0; k < 40 && slope(high) < 0; k++ {
		high += float64(width * math.Exp2(float64(k)))
	}
	for range 45 {
		if middle := (low + high) / 2; slope(middle) > 0 {
			high = middle
		} else {
			low = middle
		}
	}
	for _, price := range []float64{low, high} {
		prices[r] = d.keep(r, price)
		if now := d.at(prices); now < best {
			best, was = now, prices[r]
		}
	}
	prices[r] = was
	return best
}
