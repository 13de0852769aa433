package reach

import (
	"fmt"

	"github.com/bylinehq/byline"
)

// Shares are audiences of which no ids are known, only which share of a population each
// has, and perhaps what pairs of them share.
type Shares struct {
	// Population is how many people all shares are taken of; 1 gives the reach as a share.
	Population float64     `json:"population"`
	Audiences  []Share     `json:"audiences"`
	Pairs      []PairShare `json:"pairs,omitempty"` // in any order, each pair once
	Formula    Method      `json:"formula,omitempty"`
}

// Share is the share of the population, 0 to 1, that a creator reaches. A missing one may
// be anything.
type Share struct {
	Creator byline.CreatorID `json:"creator"`
	Share   byline.Measure   `json:"share"`
}

// PairShare is the share of the population, 0 to 1, that two creators both reach.
type PairShare struct {
	A     byline.CreatorID `json:"a"`
	B     byline.CreatorID `json:"b"`
	Share float64          `json:"share"`
}

// agostiniK was fitted by J. M. Agostini on duplication of French magazines ("How to
// estimate unduplicated audiences", Journal of Advertising Research, 1961).
const agostiniK = 1.125

// DedupShares bounds what several audiences reach together, and estimates it by a formula
// where one is named:
//
//   - "" or [Bounds]: no number
//   - [Sainsbury]: 1 - Π(1 - r), as if the audiences were independent
//   - [Sainsbury95]: 0.95 of that; some planners mean this by the name
//   - [Agostini]: A² / (1.125 D + A), with A the sum of shares and D that of all pairs
//
// Independence is seldom true where it matters: creators of one niche share more people
// than chance would have it, so the formulas of Sainsbury then overstate the reach. The
// finding "reach.random_duplication" says so every time.
//
// The bounds must hold for any overlap: the largest share below, and above the sum of
// shares or the population. Known pairs tighten them: from below by Dawson and Sankoff
// (1967), of which Bonferroni's is one case, and by the best single pair; from above by
// Hunter (1976) and Worsley (1982), who take the best tree of pairs, where Kounias (1968)
// takes the best star. A pair that is not known counts as whatever leaves the bound true.
// An estimate outside the bounds is put onto them, as "reach.formula_outside" says.
//
// A missing share is anything from 0 to 1: there is then no number, by the refusal
// "reach.audience_unknown"; Agostini's formula refuses as "reach.pairs_missing" where a
// pair is not known.
//
// Faults are "reach.creator", "reach.creator_twice", "reach.population", "reach.share" and
// "reach.formula", for a pair "reach.pair_creator", "reach.pair_twice" and
// "reach.pair_share" where it is not within what its two shares allow, and
// "reach.pairs_contradict" where the bounds show that no audiences have all these pairs. No
// audience at all is refused as "reach.no_audience".
func DedupShares(s Shares) (*Reached, error) {
	if len(s.Audiences) == 0 {
		return nil, noAudience()
	}
	if faults := s.faults(); len(faults) > 0 {
		return nil, byline.Faults(faults)
	}
	known, pairs := s.known()
	low, high := sharesBetween(known, pairs)
	if low > high+rounding {
		return nil, fault("pairs", "reach.pairs_contradict", "no audiences of these sizes share all these pairs")
	}
	if len(known) < len(s.Audiences) {
		high = 1
	}
	low = min(low, high)
	people := high * s.Population
	r := &Reached{Low: low * s.Population, High: &people, Level: 1, Method: s.Formula, Definition: "reach.people{" + string(s.Formula) + "};v1"}
	if s.Formula == "" {
		r.Method, r.Definition = Bounds, "reach.people{bounds};v1"
	}
	s.estimate(r, known, pairs, low, high)
	return r, nil
}

// rounding is by how much shares may miss what must hold of them.
const rounding = 1e-9

func (s Shares) faults() []*byline.FieldError {
	ids := make([]byline.CreatorID, len(s.Audiences))
	shares := make(map[byline.CreatorID]byline.Measure, len(ids))
	for i, a := range s.Audiences {
		ids[i], shares[a.Creator] = a.Creator, a.Share
	}
	faults := creatorFaults("audiences", ids)
	add := func(path, code, message string) { faults = append(faults, fault(path, code, message)) }
	if !(s.Population > 0 && s.Population <= maxPeople) {
		add("population", "reach.population", "the population is a number above 0")
	}
	switch s.Formula {
	case "", Bounds, Sainsbury, Sainsbury95, Agostini:
	default:
		add("formula", "reach.formula", "no formula for shares has this name")
	}
	for i, a := range s.Audiences {
		if share, known := a.Share.Value(); known && !(share >= 0 && share <= 1) {
			add(fmt.Sprintf("audiences[%d].share", i), "reach.share", "a share is from 0 to 1")
		}
	}
	return append(faults, pairFaults(s.Pairs, shares)...)
}

type pairKey struct{ a, b byline.CreatorID }

func (p PairShare) key() pairKey { return pairKey{min(p.A, p.B), max(p.A, p.B)} }

func pairFaults(pairs []PairShare, shares map[byline.CreatorID]byline.Measure) []*byline.FieldError {
	var faults []*byline.FieldError
	seen := make(map[pairKey]bool, len(pairs))
	for i, p := range pairs {
		path := fmt.Sprintf("pairs[%d]", i)
		a, hasA := shares[p.A]
		b, hasB := shares[p.B]
		switch {
		case !hasA || !hasB || p.A == p.B:
			faults = append(faults, fault(path, "reach.pair_creator", "a pair names two different creators of the audiences"))
			continue
		case seen[p.key()]:
			faults = append(faults, fault(path, "reach.pair_twice", "this pair stands twice"))
		}
		seen[p.key()] = true
		if low, high := pairBetween(a, b); !(p.Share >= low-rounding && p.Share <= high+rounding) {
			faults = append(faults, fault(path+".share", "reach.pair_share", fmt.Sprintf("two such audiences share from %.4g to %.4g of the population", low, high)))
		}
	}
	return faults
}

// pairBetween are the bounds of Fréchet.
func pairBetween(a, b byline.Measure) (low, high float64) {
	high = 1
	x, knownX := a.Value()
	y, knownY := b.Value()
	if knownX {
		high = min(high, x)
	}
	if knownY {
		high = min(high, y)
	}
	if knownX && knownY {
		low = max(0, x+y-1)
	}
	return low, high
}

// known returns the shares that have a value, and the pairs among them by their places.
func (s Shares) known() ([]float64, []pair) {
	var shares []float64
	place := make(map[byline.CreatorID]int, len(s.Audiences))
	for _, a := range s.Audiences {
		if share, known := a.Share.Value(); known {
			place[a.Creator] = len(shares)
			shares = append(shares, share)
		}
	}
	var pairs []pair
	for _, p := range s.Pairs {
		a, hasA := place[p.A]
		b, hasB := place[p.B]
		if hasA && hasB {
			pairs = append(pairs, pair{min(a, b), max(a, b), p.Share})
		}
	}
	return shares, pairs
}

func (s Shares) estimate(r *Reached, shares []float64, pairs []pair, low, high float64) {
	if s.Formula == "" || s.Formula == Bounds {
		return
	}
	if len(shares) < len(s.Audiences) {
		r.refuse(&byline.RefusalError{
			Code: "reach.audience_unknown", Have: float64(len(shares)), Need: float64(len(s.Audiences)),
			Message: fmt.Sprintf("%d of %d shares are known, so the reach has bounds alone", len(shares), len(s.Audiences)),
		})
		return
	}
	if all := len(shares) * (len(shares) - 1) / 2; s.Formula == Agostini && len(pairs) < all {
		r.refuse(&byline.RefusalError{
			Code: "reach.pairs_missing", Have: float64(len(pairs)), Need: float64(all),
			Message: fmt.Sprintf("%d of %d pairs are known, and the formula of Agostini takes all", len(pairs), all),
		})
		return
	}
	share := s.Formula.share(shares, pairs)
	if s.Formula != Agostini && len(shares) > 1 {
		r.warn("reach.random_duplication", "formula",
			"the formula takes the audiences as independent; inside one niche they share more, and the reach is less than it says",
			"compare ids or sketches, or give what pairs share")
	}
	if share < low-rounding || share > high+rounding {
		r.warn("reach.formula_outside", "formula",
			fmt.Sprintf("the formula gives %.4g of the population, and what is known allows from %.4g to %.4g; the nearest stands", share, low, high),
			"read the bounds: what the formula takes for granted does not hold here")
	}
	r.set(min(high, max(low, share))*s.Population, sumOf(shares)*s.Population)
}

func (m Method) share(shares []float64, pairs []pair) float64 {
	missed := 1.0
	for _, r := range shares {
		missed *= 1 - r
	}
	switch m {
	case Sainsbury95:
		return 0.95 * (1 - missed)
	case Agostini:
		a, d := sumOf(shares), 0.0
		for _, p := range pairs {
			d += p.share
		}
		if a == 0 {
			return 0
		}
		return a * a / (float64(agostiniK*d) + a)
	}
	return 1 - missed
}
