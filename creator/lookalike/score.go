package lookalike

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

// Expected is the metric of what a candidate's look-alikes let expect: "lookalike.expected".
const Expected = "lookalike.expected"

// Alike is how a candidate resembles the known creators.
type Alike struct {
	CreatorID byline.CreatorID `json:"creator_id"`
	// Expected is in the unit of the outcomes. Its interval holds as many of the known
	// outcomes around their predictions. It is missing with the refusal "lookalike.nobody_alike"
	// where no known creator is comparable or alike at all.
	Expected creator.Reading `json:"expected"`
	// Similarity is the mean similarity of the nearest, weighted as they speak for Expected;
	// Coverage likewise, the share of the groups' weights on which they could be compared.
	Similarity    float64        `json:"similarity"`
	Coverage      float64        `json:"coverage"`
	Pull          float64        `json:"pull"` // the share of the nearest in Expected; the mean of all has the rest
	Nearest       []Neighbour    `json:"nearest,omitempty"`
	Contributions []Contribution `json:"contributions,omitempty"`
	IsKnown       bool           `json:"is_known,omitempty"` // the candidate is one of the known, and the creator's own outcome was left out
}

// Neighbour is a known creator whom a candidate resembles.
type Neighbour struct {
	CreatorID  byline.CreatorID `json:"creator_id"`
	Similarity float64          `json:"similarity"`
	Coverage   float64          `json:"coverage"`
	Outcome    float64          `json:"outcome"`
	Share      float64          `json:"share"` // among the nearest
	Shared     []string         `json:"shared,omitempty"`
}

// Contribution is what a group adds to [Alike.Similarity]; together they make it up.
type Contribution struct {
	Group Group   `json:"group"`
	Adds  float64 `json:"adds"`
	// Similarity within the group, over the nearest with whom it could be compared, who have
	// Coverage of the shares.
	Similarity float64 `json:"similarity"`
	Coverage   float64 `json:"coverage"`
}

// Score compares candidates with the known creators, each for itself. The result is sorted
// by what may be expected, the best first, then by id; who cannot be compared is last. at is
// the time of the readings. The fault is "lookalike.creator". Time is O(n log k) comparisons
// for each candidate.
func (m *Model) Score(candidates []Candidate, at time.Time) ([]Alike, error) {
	var faults []*byline.FieldError
	for i, c := range candidates {
		if c.Dossier == nil || c.Dossier.Profile.ID == "" {
			faults = append(faults, fault(fmt.Sprintf("candidates[%d].dossier", i), "lookalike.creator", "a creator needs a dossier with an id"))
		}
	}
	if len(faults) > 0 {
		return nil, byline.Faults(faults)
	}
	definition := m.definition()
	all := make([]Alike, len(candidates))
	for i, c := range candidates {
		f := m.read(c)
		all[i] = m.score(&f, definition, at)
	}
	slices.SortStableFunc(all, func(a, b Alike) int {
		x, known := a.Expected.Value.Value()
		y, other := b.Expected.Value.Value()
		if known != other {
			if known {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(y, x), cmp.Compare(a.CreatorID, b.CreatorID))
	})
	return all, nil
}

func (m *Model) score(f *features, definition string, at time.Time) Alike {
	near := m.nearest(f, m.options.Neighbours)
	a := Alike{CreatorID: f.id, Expected: creator.Reading{Metric: Expected, Source: "outcomes of known creators", Count: len(near)}}
	self, isKnown := slices.BinarySearchFunc(m.known, f.id, func(e example, id byline.CreatorID) int { return cmp.Compare(e.features.id, id) })
	if a.IsKnown = isKnown; !isKnown {
		self = -1
	}
	total := 0.0
	for _, n := range near {
		total += n.kernel * m.known[n.at].weight
	}
	if !(total > 0) {
		a.Expected.Value = byline.Missing(byline.TooFew, definition, at)
		a.Expected.Refusal = &byline.RefusalError{Code: "lookalike.nobody_alike", Message: "no known creator is comparable and alike"}
		return a
	}
	said := m.hear(near)
	expected, pull := m.predict(&said, self, -1)
	low, high := expected-m.reach, expected+m.reach
	a.Expected.Value, a.Pull = byline.Known(expected, definition, at), pull
	a.Expected.Low, a.Expected.High, a.Expected.Level = &low, &high, m.options.Level
	var parts [groupCount]Contribution
	for _, n := range near {
		known := &m.known[n.at]
		share := n.kernel * known.weight / total
		a.Similarity += share * n.like.total
		a.Coverage += share * n.like.coverage
		a.Nearest = append(a.Nearest, Neighbour{
			CreatorID: known.features.id, Similarity: n.like.total, Coverage: n.like.coverage,
			Outcome: known.outcome, Share: share, Shared: shared(f, &known.features, n.like),
		})
		m.contribute(&parts, n.like, share)
	}
	for i, g := range groups() {
		if p := parts[i]; p.Coverage > 0 {
			p.Group = g
			p.Similarity /= p.Coverage
			a.Contributions = append(a.Contributions, p)
		}
	}
	return a
}

func (m *Model) contribute(parts *[groupCount]Contribution, like resemblance, share float64) {
	for i := range parts {
		if like.known[i] {
			parts[i].Adds += share * m.weights[i] * like.similarity[i] / (like.coverage * m.weight)
			parts[i].Similarity += share * like.similarity[i]
			parts[i].Coverage += share
		}
	}
}

// maxShared bounds the words that a trait names.
const maxShared = 5

// shared names what two creators have in common: words, and groups that are quite alike.
func shared(a, b *features, like resemblance) []string {
	var traits []string
	for i, g := range groups() {
		if !like.known[i] {
			continue
		}
		if i < len(a.sets) {
			if words := inBoth(a.sets[i], b.sets[i]); len(words) > 0 {
				traits = append(traits, string(g)+": "+strings.Join(words[:min(maxShared, len(words))], ", "))
			}
		} else if like.similarity[i] >= 0.6 {
			traits = append(traits, fmt.Sprintf("%s: %.0f%% alike", g, math.Floor(100*like.similarity[i])))
		}
	}
	return traits
}

func inBoth(a, b []string) []string {
	var both []string
	for _, word := range a {
		if _, ok := slices.BinarySearch(b, word); ok {
			both = append(both, word)
		}
	}
	return both
}
