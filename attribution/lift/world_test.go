package lift

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// world draws regions that share a weekly season and a slow walk, each to its own degree,
// and have noise of their own. No campaign runs in it.
func world(seed uint64, units, periods int, noise float64) PanelData {
	r := rand.New(rand.NewPCG(seed, 99))
	walk := make([]float64, periods)
	for t := 1; t < periods; t++ {
		walk[t] = walk[t-1] + r.NormFloat64()
	}
	var d PanelData
	for t := range periods {
		d.Periods = append(d.Periods, fmt.Sprintf("day %d", t+1))
	}
	for i := range units {
		d.Units = append(d.Units, fmt.Sprintf("region %02d", i+1))
		level, season, drift := 80+40*r.Float64(), 5*r.Float64(), r.Float64()
		row := make([]float64, periods)
		for t := range row {
			row[t] = level + season*math.Sin(2*math.Pi*float64(t)/7) + drift*walk[t] + noise*r.NormFloat64()
		}
		d.Outcomes = append(d.Outcomes, row)
	}
	return d
}

// worldPanel treats the first units of a world from start on; nothing happens to them.
func worldPanel(t testing.TB, seed uint64, units, periods, treated int) *Panel {
	t.Helper()
	d := world(seed, units, periods, 1)
	d.Treated, d.Start = d.Units[:treated], periods*2/3
	p, err := NewPanel(d)
	require.NoError(t, err)
	return p
}
