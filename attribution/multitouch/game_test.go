package multitouch

import (
	"errors"
	"math"
	"math/big"
	"math/bits"
	"testing"

	"github.com/bylinehq/byline"
)

// random is a small generator of the tests' own.
type random uint64

func (r *random) below(n int) int {
	*r += golden
	at, _ := bits.Mul64(mix(uint64(*r)), uint64(n))
	return int(at)
}

// permutations calls with every order of n players.
func permutations(n int, yield func(order []int)) {
	order := make([]int, 0, n)
	var place func(used int)
	place = func(used int) {
		if len(order) == n {
			yield(order)
			return
		}
		for i := range n {
			if used>>i&1 == 0 {
				order = append(order, i)
				place(used | 1<<i)
				order = order[:len(order)-1]
			}
		}
	}
	place(0)
}

// shapleyByOrders is the definition: the mean over all orders of what a player adds.
func shapleyByOrders(n int, worth func(mask int) *big.Rat) []*big.Rat {
	table := make([]*big.Rat, 1<<n)
	for mask := range table {
		table[mask] = worth(mask)
	}
	phi := make([]*big.Rat, n)
	for i := range phi {
		phi[i] = new(big.Rat)
	}
	count := int64(0)
	permutations(n, func(order []int) {
		count++
		mask := 0
		for _, player := range order {
			added := new(big.Rat).Sub(table[mask|1<<player], table[mask])
			phi[player].Add(phi[player], added)
			mask |= 1 << player
		}
	})
	for i := range phi {
		phi[i].Quo(phi[i], new(big.Rat).SetInt64(count))
	}
	return phi
}

func near(t *testing.T, what string, got float64, want *big.Rat, tolerance float64) {
	t.Helper()
	exact, _ := want.Float64()
	if !(math.Abs(got-exact) <= tolerance) {
		t.Errorf("%s is %v, want %v: off by %g", what, got, exact, got-exact)
	}
}

func TestShapleyValues(t *testing.T) {
	t.Parallel()
	r := random(1)
	for n := 1; n <= 7; n++ {
		worth := make([]float64, 1<<n)
		for i := range worth {
			worth[i] = float64(r.below(2000)-1000) / 8
		}
		phi, err := ShapleyValues(worth)
		if err != nil {
			t.Fatal(err)
		}
		want := shapleyByOrders(n, func(mask int) *big.Rat { return new(big.Rat).SetFloat64(worth[mask]) })
		for i := range phi {
			near(t, "phi", phi[i], want[i], 1e-12)
		}
	}
}

// TestShapleyAxioms checks on larger tables what makes a Shapley value one.
func TestShapleyAxioms(t *testing.T) {
	t.Parallel()
	r := random(2)
	for _, n := range []int{6, 7, 11, 15} {
		a, b, both := make([]float64, 1<<n), make([]float64, 1<<n), make([]float64, 1<<n)
		for mask := range a {
			a[mask], b[mask] = float64(r.below(1000)), float64(r.below(1000))
		}
		for mask := range a {
			// The first two players are alike, and the last adds nothing.
			if mask&3 == 2 {
				a[mask] = a[mask^3]
			}
			if top := 1 << (n - 1); mask&top != 0 {
				a[mask] = a[mask^top]
			}
			both[mask] = 2*a[mask] - 3*b[mask]
		}
		phiA, phiB, phiBoth := solveTable(a), solveTable(b), solveTable(both)
		sum := 0.0
		for i := range phiA {
			sum += phiA[i]
			if want := 2*phiA[i] - 3*phiB[i]; math.Abs(phiBoth[i]-want) > 1e-10 {
				t.Errorf("%d players: not linear: %v, want %v", n, phiBoth[i], want)
			}
		}
		if want := a[len(a)-1] - a[0]; math.Abs(sum-want) > 1e-10 {
			t.Errorf("%d players: not efficient: sum %v, want %v", n, sum, want)
		}
		if math.Abs(phiA[0]-phiA[1]) > 1e-11 {
			t.Errorf("%d players: not symmetric: %v and %v", n, phiA[0], phiA[1])
		}
		if phiA[n-1] != 0 {
			t.Errorf("%d players: a null player has %v", n, phiA[n-1])
		}
	}
}

// TestShapleyValuesKnown is the majority of weights 4, 3, 2, 1 with a quota of 6: of 24
// orders the players are decisive in 10, 6, 6 and 2.
func TestShapleyValuesKnown(t *testing.T) {
	t.Parallel()
	worth := make([]float64, 16)
	for mask := range worth {
		if mask&1*4+mask>>1&1*3+mask>>2&1*2+mask>>3&1 >= 6 {
			worth[mask] = 1
		}
	}
	phi, err := ShapleyValues(worth)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{10. / 24, 6. / 24, 6. / 24, 2. / 24} {
		if math.Abs(phi[i]-want) > 1e-15 {
			t.Errorf("player %d has %v, want %v", i, phi[i], want)
		}
	}
}

func TestShapleyValuesFaults(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		worth []float64
		code  string
	}{
		"nothing":        {nil, "game.coalitions"},
		"nobody":         {[]float64{0}, "game.coalitions"},
		"no power":       {make([]float64, 3), "game.coalitions"},
		"not a number":   {[]float64{0, math.NaN()}, "game.worth"},
		"infinite worth": {[]float64{math.Inf(-1), 0}, "game.worth"},
		"far apart":      {[]float64{-math.MaxFloat64, math.MaxFloat64}, "game.worth"},
	} {
		_, err := ShapleyValues(tt.worth)
		var fault *byline.FieldError
		if !errors.As(err, &fault) || fault.Code != tt.code {
			t.Errorf("%s: %v, want %s", name, err, tt.code)
		}
	}
}

// TestSampled holds the estimate to its own standard errors.
func TestSampled(t *testing.T) {
	t.Parallel()
	const players, seeds = 12, 40
	r := random(3)
	table := make([]float64, 1<<players)
	for mask := 1; mask < len(table); mask++ {
		table[mask] = float64(r.below(100)) + 40*float64(bits.OnesCount(uint(mask)))
	}
	exact := solveTable(table)
	walk := func(order []int, worth, _ []float64) {
		mask := 0
		for i, player := range order {
			mask |= 1 << player
			worth[i] = table[mask]
		}
	}
	inside, all := 0, 0
	for seed := range uint64(seeds) {
		p := sampled(Shapley{Samples: 500, Seed: seed}, players, false, walk)
		sum := 0.0
		for i := range exact {
			off := math.Abs(p.phi[i] - exact[i])
			if off > 4*p.errors[i] {
				t.Errorf("seed %d: player %d has %v, want %v within 4 times %v", seed, i, p.phi[i], exact[i], p.errors[i])
			}
			if off < 1.96*p.errors[i] {
				inside++
			}
			all++
			sum += p.phi[i]
		}
		if math.Abs(sum-table[len(table)-1]) > 1e-9 {
			t.Errorf("seed %d: the sum is %v, want %v", seed, sum, table[len(table)-1])
		}
	}
	if coverage := float64(inside) / float64(all); coverage < 0.90 || coverage > 0.99 {
		t.Errorf("the interval of 95%% holds %v of the truth", coverage)
	}
}

// TestShuffle counts the orders of three players.
func TestShuffle(t *testing.T) {
	t.Parallel()
	seen := map[[3]int]int{}
	order := make([]int, 3)
	for i := range uint64(6000) {
		shuffle(order, 9, i)
		seen[[3]int(order)]++
	}
	if len(seen) != 6 {
		t.Fatalf("drew %d of 6 orders", len(seen))
	}
	for order, n := range seen {
		if n < 880 || n > 1120 { // four standard deviations
			t.Errorf("order %v was drawn %d times of 6000", order, n)
		}
	}
}

func BenchmarkShapleyValues(b *testing.B) {
	for _, n := range []int{12, 20} {
		r := random(4)
		worth := make([]float64, 1<<n)
		for i := range worth {
			worth[i] = float64(r.below(1_000_000)) / 1e6
		}
		b.Run(map[int]string{12: "12", 20: "20"}[n], func(b *testing.B) {
			for b.Loop() {
				if _, err := ShapleyValues(worth); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
