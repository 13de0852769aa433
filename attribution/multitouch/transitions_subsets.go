package multitouch

// subsetRates returns the conversion rate of the chain of order 1 when only some channels
// are left and every step to another one ends without a conversion: for each set of the
// first players channels, at the index that has the bits of its members. Channels that do
// not stand among them are never left in.
//
// Sets that agree on their highest members share the work: a channel that stays is
// eliminated, once for all sets below, so that all 2^n rates cost about 10·2^n operations
// instead of n³·2^n. Nothing is ever subtracted, so each rate is accurate to about n
// roundings.
func (t *transitions) subsetRates(players int) []float64 {
	s := &subsets{rates: make([]float64, 1<<players)}
	for n := range players + 1 {
		s.levels = append(s.levels, make([]float64, (n+1)*(n+2)))
	}
	total := s.fill(t, players)
	if total > 0 {
		s.visit(players, 0)
		for i := range s.rates {
			s.rates[i] /= total
		}
	}
	return s.rates
}

// subsets holds one matrix for each number n of channels left to decide on: n+1 rows, of
// which the last is the start, and n+2 columns, of which the last two are the conversions
// and the nulls.
type subsets struct {
	levels [][]float64
	rates  []float64
}

// fill writes the first matrix and returns how many journeys there are.
func (s *subsets) fill(t *transitions, n int) (total float64) {
	t.flush()
	m, width := s.levels[n], n+2
	size := idBits(1)
	in := make([]int64, n)
	out := make([]int64, n)
	for _, e := range t.steps.sorted() {
		from, to := int(e.key.id(1, size)), int(e.key.id(0, size))
		if from < n {
			out[from] += e.value
		}
		if to < n {
			in[to] += e.value
		}
		switch {
		case from < n && to < n:
			m[from*width+to] = float64(e.value)
		case from < n:
			m[from*width+n+1] += float64(e.value)
		}
	}
	started := int64(0)
	for _, e := range t.exits.sorted() {
		journeys := e.value.conversions + e.value.nulls
		started += journeys
		at := int(e.key.id(0, size))
		if at >= n {
			continue
		}
		out[at] += journeys
		m[at*width+n] = float64(e.value.conversions)
		m[at*width+n+1] += float64(e.value.nulls)
	}
	for i := range n {
		m[n*width+i] = float64(out[i] - in[i])
	}
	return float64(started)
}

// visit decides on channel n-1 and those before it; mask holds those that stay among the
// ones after it.
func (s *subsets) visit(n, mask int) {
	m, width := s.levels[n], n+2
	if n == 0 {
		s.rates[mask] = m[0]
		return
	}
	next := s.levels[n-1]
	last := m[(n-1)*width:][:width]
	leave := last[n] + last[n+1]
	for _, w := range last[:n-1] {
		leave += w
	}
	for _, stays := range []bool{false, true} {
		for i := range n {
			from := i
			if i == n-1 {
				from = n // the start
			}
			row, to := m[from*width:][:width], next[i*(n+1):][:n+1]
			copy(to, row[:n-1])
			to[n-1], to[n] = row[n], row[n+1]
			if !stays || leave == 0 {
				to[n] += row[n-1]
				continue
			}
			part := row[n-1] / leave
			if part == 0 {
				continue
			}
			for j, w := range last[:n-1] {
				to[j] += float64(part * w)
			}
			to[n-1] += float64(part * last[n])
			to[n] += float64(part * last[n+1])
		}
		at := mask
		if stays {
			at |= 1 << (n - 1)
		}
		s.visit(n-1, at)
	}
}
