package multitouch

// eliminate solves one lane of a system without sweeps, in n³/3 multiplications. As in
// elimination, nothing is subtracted.
func (a *averages) eliminate(x []lanes, l int, removed []uint8) {
	const (
		out = iota // to fixed and to removed states, and what is lost
		reward
		firstState
	)
	n := len(a.scale)
	cells := make([]float64, n*(n+firstState))
	row := func(s int) []float64 { return cells[s*(n+firstState):][:n+firstState] }
	gone := func(s int) bool { return removed[s]>>l&1 != 0 }
	for s := range n {
		if gone(s) {
			continue
		}
		to := row(s)
		to[out] = a.out[s]
		at, weights := a.edges.of(s)
		for i, t := range at {
			switch t := int(t); {
			case t >= n:
				to[reward] += float64(weights[i] * x[t][l])
			case gone(t):
				to[out] += weights[i]
			default:
				to[firstState+t] = weights[i]
			}
		}
	}
	leaves := make([]float64, n)
	for s := n - 1; s >= 0; s-- {
		onward := row(s)[:firstState+s]
		leaves[s] = onward[out]
		for _, w := range onward[firstState:] {
			leaves[s] += w
		}
		for i := range s {
			if w := row(i)[firstState+s]; w != 0 {
				addMultiple(row(i), onward, w/leaves[s])
			}
		}
	}
	for s := range n {
		x[s][l] = 0
		if gone(s) {
			continue
		}
		sum := row(s)[reward]
		for t, w := range row(s)[firstState:][:s] {
			sum += float64(w * x[t][l])
		}
		x[s][l] = sum / leaves[s]
	}
}
