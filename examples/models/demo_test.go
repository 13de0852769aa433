package main

import (
	"bytes"
	"cmp"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/multitouch"
)

// The demo's journeys are drawn here and kept in a file. -update draws them anew.
func TestDemoJourneys(t *testing.T) {
	t.Parallel()
	journeys, err := multitouch.NewJourneys(nil)
	require.NoError(t, err)
	for _, j := range drawDemo(rand.New(rand.NewPCG(2026, 11)), 3000) {
		require.NoError(t, journeys.Add(j))
	}
	var file bytes.Buffer
	require.NoError(t, journeys.WriteCSV(&file, &multitouch.CSVOptions{Currency: byline.EUR}))
	if *update {
		require.NoError(t, os.WriteFile("demo/journeys.csv", file.Bytes(), 0o644))
	}
	if !bytes.Equal(file.Bytes(), demoCSV) {
		t.Error("demo/journeys.csv is not what is drawn; write it with -update and build again")
	}
}

// part is the role that somebody has in the demo's journeys.
type part struct {
	name    string
	opens   float64 // how often a journey begins here, in relation to the others
	follows float64 // the same for a later touch
	closes  float64 // chance that a journey which ends here has converted
}

// ada makes people curious, bruno has the code that they use in the end, and a last touch
// cannot tell the two apart. hugo, ida and juno have hardly begun.
func cast() []part {
	return []part{
		{"ada", 34, 3, 0.02}, {"bruno", 2, 30, 0.27}, {"cleo", 13, 15, 0.1}, {"dario", 12, 9, 0.07}, {"ella", 10, 8, 0.14},
		{"finn", 8, 6, 0.03}, {"gaia", 3, 12, 0.08}, {"hugo", 0.9, 0.5, 0.3}, {"ida", 0.25, 0.2, 0.2}, {"juno", 0.03, 0.05, 0.9}, {"direct", 7, 22, 0.15},
	}
}

// drawDemo draws n journeys, and puts those that are alike into one.
func drawDemo(dice *rand.Rand, n int) []multitouch.Journey {
	parts := cast()
	alike := map[string]*multitouch.Journey{}
	for range n {
		path, converted := drawPath(dice, parts)
		key := strings.Join(path, " > ")
		var ages []time.Duration
		if converted {
			ages = drawAges(dice, len(path))
			for _, a := range ages {
				key += " " + a.String()
			}
		}
		j := alike[key]
		if j == nil {
			j = &multitouch.Journey{Path: path, Ages: ages, Value: byline.Minor(0, byline.EUR)}
			alike[key] = j
		}
		if !converted {
			j.Nulls++
			j.Value = byline.Money{}
			continue
		}
		j.Conversions++
		cents := math.Round(4900 * math.Exp(0.45*dice.NormFloat64()))
		j.Value = byline.Minor(j.Value.Minor()+int64(cents), byline.EUR)
	}
	var list []multitouch.Journey
	for _, key := range slices.SortedFunc(maps.Keys(alike), func(a, b string) int {
		return cmp.Or(cmp.Compare(alike[b].Conversions+alike[b].Nulls, alike[a].Conversions+alike[a].Nulls), strings.Compare(a, b))
	}) {
		list = append(list, *alike[key])
	}
	return list
}

// leadsTo says whom people meet next more often than others do, because two creators share
// an audience.
var leadsTo = map[string]string{"ada": "bruno", "cleo": "ella", "dario": "gaia", "finn": "direct", "gaia": "cleo", "direct": "direct"}

func drawPath(dice *rand.Rand, parts []part) (path []string, converted bool) {
	const goesOn, longest, opened = 0.52, 9, 0.08
	at := drawPart(dice, parts, func(p part) float64 { return p.opens })
	chance := 0.0
	for {
		path = append(path, parts[at].name)
		if parts[at].name == "ada" {
			chance = opened
		}
		if len(path) == longest || dice.Float64() > goesOn {
			return path, dice.Float64() < chance+parts[at].closes
		}
		before := parts[at].name
		at = drawPart(dice, parts, func(p part) float64 {
			if leadsTo[before] == p.name {
				return 3 * p.follows
			}
			return p.follows
		})
	}
}

func drawPart(dice *rand.Rand, parts []part, weight func(part) float64) int {
	sum := 0.0
	for _, p := range parts {
		sum += weight(p)
	}
	left := dice.Float64() * sum
	for i, p := range parts {
		if left -= weight(p); left < 0 {
			return i
		}
	}
	return len(parts) - 1
}

// drawAges draws when each touch was, the last one shortly before the journey's end.
func drawAges(dice *rand.Rand, touches int) []time.Duration {
	const day = 24 * time.Hour
	gaps := []time.Duration{day, 3 * day, 7 * day, 14 * day}
	ages := make([]time.Duration, touches)
	age := time.Hour
	for i := touches - 1; i >= 0; i-- {
		ages[i] = age
		age += gaps[dice.IntN(len(gaps))]
	}
	return ages
}
