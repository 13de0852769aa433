package shortlist_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator/shortlist"
)

// crowd is an exact count of people by bit sets, one set per candidate.
type crowd struct {
	sets [][]uint64
	in   []uint64
}

func (c *crowd) Gain(i int) float64 {
	gain := 0
	for k, word := range c.sets[i] {
		gain += popcount(word &^ c.in[k])
	}
	return float64(gain)
}

func (c *crowd) Add(i int) {
	for k, word := range c.sets[i] {
		c.in[k] |= word
	}
}

func coverage(sets [][]uint64) func() shortlist.Coverage {
	return func() shortlist.Coverage { return &crowd{sets: sets, in: make([]uint64, len(sets[0]))} }
}

// instance is a random small problem.
type instance struct {
	candidates []shortlist.Candidate
	request    shortlist.Request
	sets       [][]uint64 // of a reach problem
}

func (i instance) options() *shortlist.Options {
	o := &shortlist.Options{}
	if i.sets != nil {
		o.Coverage = coverage(i.sets)
	}
	return o
}

func draw(r *rand.Rand, reach bool) instance {
	var in instance
	n := 3 + r.IntN(9)
	tiers, markets := []string{"nano", "micro", "mid"}, []byline.Market{"DE", "FR", "GB"}
	platforms := []byline.Platform{byline.YouTube, byline.TikTok}
	seen := map[shortlist.Key]bool{}
	for len(in.candidates) < n {
		k := shortlist.Key{CreatorID: byline.CreatorID(fmt.Sprintf("c%d", r.IntN(n))), Platform: platforms[r.IntN(2)]}
		if seen[k] {
			continue
		}
		seen[k] = true
		value := float64(r.IntN(40))
		if r.IntN(2) == 0 {
			value = 40 * r.Float64()
		}
		if !reach && r.IntN(8) == 0 {
			value = -value
		}
		c := candidate(string(k.CreatorID), int64(r.IntN(50)), value)
		c.Key, c.Tier = k, tiers[r.IntN(3)]
		for _, m := range markets {
			if r.IntN(2) == 0 {
				c.Markets = append(c.Markets, m)
			}
		}
		in.candidates = append(in.candidates, c)
	}
	in.request = drawRequest(r, n)
	if reach {
		in.request.Objective = shortlist.UniqueReach
		for range n {
			set := make([]uint64, 2)
			for range r.IntN(60) {
				p := r.IntN(128)
				set[p/64] |= 1 << (p % 64)
			}
			in.sets = append(in.sets, set)
		}
	}
	return in
}

func drawRequest(r *rand.Rand, n int) shortlist.Request {
	q := shortlist.Request{Objective: shortlist.ExpectedConversions, Budget: eur(int64(20 + r.IntN(200))), OnePerCreator: r.IntN(2) == 0}
	if r.IntN(2) == 0 {
		q.Max = 1 + r.IntN(6)
	}
	if r.IntN(3) == 0 {
		q.Min = r.IntN(4)
		q.Max = max(q.Max, q.Min)
	}
	id := func() byline.CreatorID { return byline.CreatorID(fmt.Sprintf("c%d", r.IntN(n))) }
	if r.IntN(3) == 0 {
		q.MustHave = append(q.MustHave, id())
	}
	if r.IntN(4) == 0 {
		q.Never = append(q.Never, byline.CreatorID("c0"))
		q.MustHave = slices.DeleteFunc(q.MustHave, func(m byline.CreatorID) bool { return m == "c0" })
	}
	for range r.IntN(4) {
		if a, b := id(), id(); a != b {
			q.Apart = append(q.Apart, [2]byline.CreatorID{a, b})
		}
	}
	kinds := []shortlist.Quota{
		{Dimension: shortlist.Tier, Key: "nano"}, {Dimension: shortlist.Tier, Key: "micro"}, {Dimension: shortlist.Platform, Key: "tiktok"},
		{Dimension: shortlist.Market, Key: "DE"}, {Dimension: shortlist.Market, Key: "FR"},
	}
	for _, k := range kinds {
		if r.IntN(3) > 0 {
			continue
		}
		if r.IntN(2) == 0 {
			k.Min = r.IntN(3)
		}
		if r.IntN(2) == 0 {
			k.Max = k.Min + 1 + r.IntN(2)
		}
		if r.IntN(3) == 0 {
			k.Cap = eur(int64(r.IntN(100)))
		}
		q.Quotas = append(q.Quotas, k)
	}
	return q
}

// keeps checks picks against a request from the words of its documentation alone.
func keeps(cs []shortlist.Candidate, picks []int, r shortlist.Request) string {
	spent, per := int64(0), map[byline.CreatorID]int{}
	for _, i := range picks {
		spent += cs[i].Price.Minor()
		per[cs[i].CreatorID]++
		if slices.Contains(r.Never, cs[i].CreatorID) {
			return "never"
		}
	}
	if spent > r.Budget.Minor() || len(picks) < r.Min || r.Max > 0 && len(picks) > r.Max {
		return "budget or count"
	}
	for _, id := range r.MustHave {
		if per[id] == 0 {
			return "must-have"
		}
	}
	for _, p := range r.Apart {
		if per[p[0]] > 0 && per[p[1]] > 0 {
			return "apart"
		}
	}
	for _, n := range per {
		if r.OnePerCreator && n > 1 {
			return "one per creator"
		}
	}
	for _, q := range r.Quotas {
		count, cost := 0, int64(0)
		for _, i := range picks {
			c := cs[i]
			if q.Dimension == shortlist.Tier && c.Tier == q.Key || q.Dimension == shortlist.Platform && string(c.Platform) == q.Key ||
				q.Dimension == shortlist.Market && slices.Contains(c.Markets, byline.Market(q.Key)) {
				count++
				cost += c.Price.Minor()
			}
		}
		if count < q.Min || q.Max > 0 && count > q.Max || q.Cap != (byline.Money{}) && cost > q.Cap.Minor() {
			return "quota " + q.Key
		}
	}
	return ""
}

func (i instance) value(picks []int) float64 {
	sum := 0.0
	if i.sets != nil {
		c := coverage(i.sets)()
		for _, n := range picks {
			sum += c.Gain(n)
			c.Add(n)
		}
		return sum
	}
	for _, n := range picks {
		v, _ := i.candidates[n].Outcome.Value.Value()
		sum += v
	}
	return sum
}

// best goes through all subsets.
func (i instance) best() (value float64, found bool) {
	value = math.Inf(-1)
	for mask := range 1 << len(i.candidates) {
		var picks []int
		for n := range i.candidates {
			if mask>>n&1 == 1 {
				picks = append(picks, n)
			}
		}
		if keeps(i.candidates, picks, i.request) == "" {
			value, found = max(value, i.value(picks)), true
		}
	}
	return value, found
}

func picked(cs []shortlist.Candidate, l shortlist.List) (places []int) {
	for _, p := range l.Picks {
		places = append(places, slices.IndexFunc(cs, func(c shortlist.Candidate) bool { return c.Key == p.Key }))
	}
	return places
}

func same(a, b float64) bool { return math.Abs(a-b) <= 1e-8*max(1, math.Abs(a), math.Abs(b)) }

func TestAgainstAllSubsets(t *testing.T) {
	t.Parallel()
	for _, reach := range []bool{false, true} {
		t.Run(fmt.Sprintf("reach %t", reach), func(t *testing.T) {
			t.Parallel()
			solved, refused := 0, 0
			for seed := range uint64(subsetCases) {
				in := draw(rand.New(rand.NewPCG(seed, 7)), reach)
				want, any := in.best()
				l, err := shortlist.Choose(in.candidates, in.request, in.options())
				if !any {
					refused++
					require.ErrorIs(t, err, byline.ErrInvalid, "seed %d", seed)
					continue
				}
				require.NoError(t, err, "seed %d", seed)
				solved++
				in.check(t, seed, l, want)
			}
			if solved < subsetCases/3 || refused < subsetCases/20 {
				t.Errorf("%d solved, %d refused", solved, refused)
			}
		})
	}
}

const subsetCases = 120

// check holds a list to all that it claims, given the true optimum.
func (i instance) check(t *testing.T, seed uint64, l shortlist.List, want float64) {
	t.Helper()
	picks := picked(i.candidates, l)
	if broken := keeps(i.candidates, picks, i.request); broken != "" {
		t.Errorf("seed %d: breaks %s", seed, broken)
	}
	if got := i.value(picks); !same(got, l.Value) {
		t.Errorf("seed %d: says %g and is %g", seed, l.Value, got)
	}
	if l.Exact && !same(l.Value, want) {
		t.Errorf("seed %d: claims %g is the best, and %g is", seed, l.Value, want)
	}
	if l.Bound < want-1e-8*max(1, math.Abs(want)) {
		t.Errorf("seed %d: bound %g below the best %g", seed, l.Bound, want)
	}
	if !l.Exact {
		t.Errorf("seed %d: not exact, value %g, best %g, bound %g", seed, l.Value, want, l.Bound)
	}
	sum := int64(0)
	for _, p := range l.Picks {
		sum += p.Price.Minor()
	}
	if sum != l.Spent.Minor() || l.Spent.Minor()+l.Left.Minor() != i.request.Budget.Minor() {
		t.Errorf("seed %d: spent %s, left %s, prices %d", seed, l.Spent, l.Left, sum)
	}
	if len(l.Picks)+len(l.Out) != len(i.candidates) {
		t.Errorf("seed %d: %d in, %d out of %d", seed, len(l.Picks), len(l.Out), len(i.candidates))
	}
}

// TestBoundHoldsWithoutSearch looks at lists and bounds that nothing has proven.
func TestBoundHoldsWithoutSearch(t *testing.T) {
	t.Parallel()
	for _, reach := range []bool{false, true} {
		open := 0
		for seed := range uint64(60) {
			in := draw(rand.New(rand.NewPCG(seed, 9)), reach)
			want, any := in.best()
			if !any {
				continue
			}
			o := in.options()
			o.Nodes = 1
			l, err := shortlist.Choose(in.candidates, in.request, o)
			if err != nil {
				require.ErrorIs(t, err, byline.ErrRefused, "seed %d", seed)
				continue
			}
			if !l.Exact {
				open++
			}
			if gap := (l.Bound - l.Value) / max(math.Abs(l.Bound), math.Abs(l.Value), 1e-300); !same(l.Gap, gap) || hasFinding(l, "list.gap") != (gap > 0.05) {
				t.Errorf("seed %d: a gap of %g, and it is %g", seed, l.Gap, gap)
			}
			if l.Value > want+1e-8 || l.Bound < want-1e-8 || l.Gap < 0 || l.Exact && !same(l.Value, want) {
				t.Errorf("seed %d: value %g, best %g, bound %g, gap %g, exact %t", seed, l.Value, want, l.Bound, l.Gap, l.Exact)
			}
		}
		if open == 0 {
			t.Errorf("reach %t: the search is never cut short", reach)
		}
	}
}

func TestOrderOfCandidatesChangesNothing(t *testing.T) {
	t.Parallel()
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 11))
		in := draw(r, seed%2 == 0)
		in.request.Reserve = 2
		before, err := shortlist.Choose(in.candidates, in.request, in.options())
		if err != nil {
			continue
		}
		r.Shuffle(len(in.candidates), func(i, j int) {
			in.candidates[i], in.candidates[j] = in.candidates[j], in.candidates[i]
			if in.sets != nil {
				in.sets[i], in.sets[j] = in.sets[j], in.sets[i]
			}
		})
		after, err := shortlist.Choose(in.candidates, in.request, in.options())
		require.NoError(t, err)
		if diff := cmp.Diff(before, after, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("seed %d:\n%s", seed, diff)
		}
	}
}

func TestMoreBudgetNeverBringsLess(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		in := draw(rand.New(rand.NewPCG(seed, 13)), seed%2 == 0)
		last := math.Inf(-1)
		for budget := int64(10); budget < 300; budget += 17 {
			in.request.Budget = eur(budget)
			l, err := shortlist.Choose(in.candidates, in.request, in.options())
			if err != nil {
				continue
			}
			if l.Exact && l.Value < last-1e-9 {
				t.Errorf("seed %d: %d brings %g, less brought %g", seed, budget, l.Value, last)
			}
			last = l.Value
		}
	}
}

func TestUnaffordableCandidateChangesNothing(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		in := draw(rand.New(rand.NewPCG(seed, 15)), false)
		before, err := shortlist.Choose(in.candidates, in.request, nil)
		if err != nil {
			continue
		}
		in.candidates = append(in.candidates, candidate("a very dear one", in.request.Budget.Minor()+1, 1e6))
		after, err := shortlist.Choose(in.candidates, in.request, nil)
		require.NoError(t, err)
		after.Out = slices.DeleteFunc(after.Out, func(o shortlist.Out) bool { return o.Code == "out.over_budget" && o.CreatorID == "a very dear one" })
		if diff := cmp.Diff(before, after, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("seed %d:\n%s", seed, diff)
		}
	}
}
