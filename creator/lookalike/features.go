package lookalike

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Candidate is a creator to compare. Dossier and readings are only read.
type Candidate struct {
	Dossier  *creator.Dossier
	Readings creator.Readings
}

// features is what a creator is compared by, sorted, so that sums have one order.
type features struct {
	id       byline.CreatorID
	sets     [5][]string // themes, tone, style, tags, platforms
	spoken   []string
	market   byline.Market
	vectors  map[string][]float32
	models   []string // of the vectors
	audience []distribution
	size     []trait
	readings []trait
	price    []trait
}

// has says of which groups something is known that can be compared, in the order of groups.
func (m *Model) has(f *features) [groupCount]bool {
	scaled := slices.ContainsFunc(f.readings, func(r trait) bool { return m.scales[r.key] > 0 })
	return [groupCount]bool{
		len(f.sets[0]) > 0, len(f.sets[1]) > 0, len(f.sets[2]) > 0, len(f.sets[3]) > 0, len(f.sets[4]) > 0,
		len(f.spoken) > 0 || f.market != "", len(f.vectors) > 0, len(f.audience) > 0, len(f.size) > 0, scaled, len(f.price) > 0,
	}
}

// trait is a number by what makes it comparable.
type trait struct {
	key   string
	value float64
}

// distribution is an audience along one dimension; the shares add up to 1.
type distribution struct {
	key    string
	shares []trait
}

const separator = "\x00"

func (m *Model) read(c Candidate) features {
	p := &c.Dossier.Profile
	themes := slices.Clone(p.Themes)
	for i := range c.Dossier.Posts {
		themes = append(themes, c.Dossier.Posts[i].Themes...)
	}
	var platforms []string
	for _, a := range p.Accounts {
		platforms = append(platforms, string(a.Platform))
	}
	return features{
		id: p.ID, sets: [5][]string{wordSet(themes), wordSet(p.Tone), wordSet(p.Style), wordSet(p.Tags), wordSet(platforms)},
		spoken: wordSet(p.Languages), market: p.Market, vectors: p.Embeddings, models: slices.Sorted(mapKeys(p.Embeddings)),
		audience: audiences(c.Dossier.Audiences), size: sizes(p.Accounts), readings: m.numbers(c.Readings), price: prices(c.Dossier.Rates),
	}
}

func wordSet(words []string) []string {
	var set []string
	for _, w := range words {
		if w = strings.ToLower(strings.TrimSpace(w)); w != "" {
			set = append(set, w)
		}
	}
	slices.Sort(set)
	return slices.Compact(set)
}

// sizes keeps the largest account by platform and definition.
func sizes(accounts []creator.Account) []trait {
	var all []trait
	for _, a := range accounts {
		if n, known := a.Followers.Value(); known && n >= 0 {
			all = append(all, trait{string(a.Platform) + separator + a.Followers.Definition(), math.Log10(1 + n)})
		}
	}
	return lastOfEach(all)
}

// lastOfEach sorts traits and keeps the largest value of each key.
func lastOfEach(all []trait) []trait {
	slices.SortFunc(all, func(a, b trait) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(b.value, a.value)) })
	return slices.CompactFunc(all, func(a, b trait) bool { return a.key == b.key })
}

// numbers leaves out what is by the definition of the outcomes: it would tell the answer.
func (m *Model) numbers(readings creator.Readings) []trait {
	var all []trait
	for _, r := range readings {
		ofOutcomes := strings.HasPrefix(r.Metric, "performance.") || strings.HasPrefix(r.Metric, "lookalike.")
		asked := slices.Contains(m.options.Metrics, r.Metric) || m.options.Metrics == nil && !ofOutcomes
		asked = asked && r.Value.Definition() != m.outcome
		if v, known := r.Value.Value(); known && asked {
			all = append(all, trait{r.Metric + separator + string(r.Platform) + separator + r.Value.Definition(), v})
		}
	}
	return lastOfEach(all)
}

// prices keeps the latest price per piece of each kind; of equally late ones the highest.
func prices(rates []creator.Rate) []trait {
	latest := map[string]time.Time{}
	var all []trait
	keyOf := func(r creator.Rate) string {
		return string(r.Platform) + separator + strings.ToLower(r.Format) + separator + string(r.Price.Currency())
	}
	sound := func(r creator.Rate) bool { return r.Pieces > 0 && r.Price.Sign() > 0 }
	for _, r := range rates {
		if key := keyOf(r); sound(r) && !r.QuotedAt.Before(latest[key]) {
			latest[key] = r.QuotedAt
		}
	}
	for _, r := range rates {
		if key := keyOf(r); sound(r) && r.QuotedAt.Equal(latest[key]) {
			all = append(all, trait{key, math.Log10(float64(r.Price.Minor()) / float64(r.Pieces))})
		}
	}
	return lastOfEach(all)
}

// audiences keeps the latest snapshot of each kind along each dimension in which a person
// falls into one bucket.
func audiences(all []creator.Audience) []distribution {
	at := map[string]time.Time{}
	var found []distribution
	for i := range all {
		for _, b := range all[i].Breakdowns {
			key := string(all[i].Kind) + separator + string(b.Dimension)
			shares, ok := sharesOf(b)
			if !ok {
				continue
			}
			before := slices.IndexFunc(found, func(d distribution) bool { return d.key == key })
			switch when := all[i].Base.At(); {
			case before < 0:
				found, at[key] = append(found, distribution{key, shares}), when
			case when.After(at[key]):
				found[before].shares, at[key] = shares, when
			}
		}
	}
	slices.SortFunc(found, func(a, b distribution) int { return cmp.Compare(a.key, b.key) })
	return found
}

// maxTotal is how far shares may exceed the whole by rounding; beyond it they are no
// distribution.
const maxTotal = 1.02

// sharesOf makes a distribution of a breakdown. Who is not placed stays a bucket of its own.
func sharesOf(b creator.Breakdown) ([]trait, bool) {
	if !b.Dimension.Exclusive() {
		return nil, false
	}
	byKey := map[string]float64{}
	total := 0.0
	for _, bucket := range b.Buckets {
		share, known := bucket.Share.Value()
		if share < 0 || share > 1 {
			return nil, false
		}
		if known {
			byKey[strings.ToLower(strings.TrimSpace(bucket.Key))] += share
			total += share
		}
	}
	if total <= 0 || total > maxTotal {
		return nil, false
	}
	if total < 1 {
		byKey[creator.UnknownBucket] += 1 - total
	}
	whole := math.Max(total, 1)
	var shares []trait
	for _, key := range slices.Sorted(mapKeys(byKey)) {
		shares = append(shares, trait{key, byKey[key] / whole})
	}
	return shares, true
}
