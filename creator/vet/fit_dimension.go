package vet

import (
	"slices"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// By how much shares may make up more or less than the whole before it is more than the
// rounding of a dozen buckets to whole percent.
const fitRounding = 0.02

// DimensionFit is the fit of one dimension with what it was computed from.
type DimensionFit struct {
	Dimension creator.Dimension `json:"dimension"`
	Weight    float64           `json:"weight"`
	Reading   creator.Reading   `json:"reading"`             // of metric "audience.fit." and the dimension
	Unknown   float64           `json:"unknown"`             // the share of people of whom the key is not known; of interests, the share of those wanted that the source does not give
	Distances *Distances        `json:"distances,omitempty"` // of an exclusive dimension; of ages where the ranges of both are the same
	Years     *Years            `json:"years,omitempty"`     // of ages
	Keys      []KeyFit          `json:"keys,omitempty"`      // in the order of the target
}

// KeyFit sets one bucket against its target. Share is missing where the source does not
// give the bucket. Index is 100 times the share over that of the population, 100 being
// as many as anywhere, where the caller gave the latter.
type KeyFit struct {
	Key    string         `json:"key"`
	Share  byline.Measure `json:"share"`
	Target float64        `json:"target"`
	Index  *float64       `json:"index,omitempty"`
}

// masses are the shares of one dimension as they are compared: those that are known by
// key, and the rest. excess is what the source's shares were divided by, 1 or a little
// more, for rounding may have made them more than the whole.
type masses struct {
	shares   map[string]float64
	unknown  float64
	excess   float64
	refusal  *byline.RefusalError
	findings []byline.Finding
}

func fitRefusal(code, message string) *byline.RefusalError {
	return &byline.RefusalError{Code: code, Message: message}
}

func readMasses(a *creator.Audience, by creator.Dimension, base audienceBase) masses {
	b, found := a.Breakdown(by)
	m := masses{shares: make(map[string]float64, len(b.Buckets)), unknown: 1, excess: 1, refusal: base.refusal}
	if m.refusal == nil && !found {
		m.refusal = fitRefusal("fit.no_breakdown", "the audience is not broken down by "+string(by))
	}
	if m.refusal != nil {
		return m
	}
	placed, total, withheld := m.add(b)
	m.findings = unreadable(b)
	switch {
	case m.refusal != nil:
	case len(m.shares) == 0:
		m.refusal = fitRefusal("fit.nothing_known", "no share of this dimension is known")
	case by == creator.Age:
		m.refusal = agesRefusal(m.shares)
	}
	if m.refusal != nil {
		return m
	}
	if withheld > 0 {
		m.findings = append(m.findings, fitFinding("fit.withheld", byline.Info, "the source withholds %d of the buckets; their people are among the unknown", withheld))
	}
	if by.Exclusive() {
		m.close(a, placed, total)
	} else {
		m.open(a, total-placed)
	}
	return m
}

// open sets who may have each of the interests beside those of whom it is known: a person
// may have many, so that their shares say nothing of the rest.
func (m *masses) open(a *creator.Audience, unknown float64) {
	m.unknown = max(0, unknown)
	coverage, known := a.Coverage.Value()
	if !known || !(coverage >= 0 && coverage <= 1) {
		return
	}
	most := 0.0
	for _, share := range m.shares {
		most = max(most, share)
	}
	if most > coverage+fitRounding {
		m.placedOnly(coverage)
	}
	m.unknown = max(m.unknown, 1-coverage)
}

// placedOnly takes the shares for those of the people whom the source could place.
func (m *masses) placedOnly(coverage float64) {
	for key := range m.shares {
		m.shares[key] *= coverage
	}
	m.findings = append(m.findings, fitFinding("fit.placed_only", byline.Info,
		"the source could place %.0f%% of the people and gives shares of those; the others count as unknown", 100*coverage))
}

// unreadable finds keys that are no country: their people may live in any.
func unreadable(b creator.Breakdown) []byline.Finding {
	n := 0
	for _, bucket := range b.Buckets {
		key := strings.ToLower(strings.TrimSpace(bucket.Key))
		if b.Dimension == creator.Country && key != creator.UnknownBucket && !isRest(key) && fitKey(b.Dimension, key) == creator.UnknownBucket {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return []byline.Finding{fitFinding("fit.key", byline.Warning, "%d of the buckets have a key that is no country of ISO 3166-1; their people are among the unknown", n)}
}

// add reads the buckets. placed is the sum of the shares of keys, total that with the
// bucket of the unknown.
func (m *masses) add(b creator.Breakdown) (placed, total float64, withheld int) {
	seen := make(map[string]bool, len(b.Buckets))
	// In an order of their own: a sum in another order differs in its last bits.
	buckets := slices.Clone(b.Buckets)
	slices.SortFunc(buckets, func(x, y creator.Bucket) int { return strings.Compare(x.Key, y.Key) })
	for _, bucket := range buckets {
		key := fitKey(b.Dimension, bucket.Key)
		raw := key
		if b.Dimension == creator.Language || key == creator.UnknownBucket { // "en-GB" and "en-US" are two buckets of one language
			raw = strings.ToLower(strings.TrimSpace(bucket.Key))
		}
		if seen[raw] {
			m.refusal = fitRefusal("fit.key_twice", "a bucket stands twice")
		}
		seen[raw] = true
		share, known := bucket.Share.Value()
		switch {
		case !known:
			withheld++
			continue
		case !(share >= 0 && share <= 1):
			m.refusal = fitRefusal("fit.share", "a share is below 0 or above 1")
		}
		total += share
		if key != creator.UnknownBucket {
			placed += share
			m.shares[key] += share
		}
	}
	return placed, total, withheld
}

// close sets the unknown mass so that all make up the whole.
func (m *masses) close(a *creator.Audience, placed, total float64) {
	if total > 1+fitRounding {
		m.refusal = &byline.RefusalError{Code: "fit.sum_over", Message: "the shares of an exclusive dimension make up more than the whole", Have: total, Need: 1}
		return
	}
	m.excess = max(1, total)
	for key := range m.shares {
		m.shares[key] /= m.excess
	}
	placed /= m.excess
	if total < 1-fitRounding {
		m.findings = append(m.findings, fitFinding("fit.sum_under", byline.Warning,
			"the shares make up %.1f%%; the other %.1f%% of the people count as unknown and are not spread over the rest", 100*total, 100*(1-total)))
	}
	if coverage, known := a.Coverage.Value(); known && coverage >= 0 && placed > coverage+fitRounding {
		m.placedOnly(coverage)
		placed *= coverage
	}
	m.unknown = unit(1 - placed)
	if m.unknown < 1e-12 {
		m.unknown = 0
	}
}

func agesRefusal(shares map[string]float64) *byline.RefusalError {
	spans := make([]span, 0, len(shares))
	for key := range shares {
		s, ok := parseSpan(key)
		if !ok {
			return fitRefusal("fit.age", "a bucket is no range of ages")
		}
		spans = append(spans, s)
	}
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
	for n := 1; n < len(spans); n++ {
		if spans[n-1].to >= spans[n].from {
			return fitRefusal("fit.age_overlap", "ranges of ages overlap, so that somebody may be in two")
		}
	}
	return nil
}

// ages are the shares by age, from the youngest.
func (m *masses) ages() []ageMass {
	all := make([]ageMass, 0, len(m.shares))
	for key, share := range m.shares {
		s, _ := parseSpan(key)
		all = append(all, ageMass{s, share})
	}
	slices.SortFunc(all, func(a, b ageMass) int { return a.span.from - b.span.from })
	return all
}

func (t *Target) fit(a *creator.Audience, base audienceBase, suffix string) DimensionFit {
	at := a.Base.At()
	f := DimensionFit{Dimension: t.Dimension, Weight: t.Weight}
	f.Reading = creator.Reading{
		Metric: AudienceFit + "." + string(t.Dimension), Platform: a.Account.Platform,
		Source: a.Source, Count: max(0, base.people),
	}
	m := readMasses(a, t.Dimension, base)
	definition := f.Reading.Metric + "{" + t.formula() + suffix
	f.Reading.Findings = m.findings
	if m.refusal != nil {
		f.Reading.Value, f.Reading.Refusal = byline.Missing(byline.TooFew, definition, at), m.refusal
		return f
	}
	f.keys(t, m, a)
	low, high, refusal := f.measure(t, m)
	if refusal != nil {
		f.Reading.Value, f.Reading.Refusal = byline.Missing(byline.TooFew, definition, at), refusal
		return f
	}
	f.Reading.Value = byline.Known(low, definition, at)
	f.Reading.Low, f.Reading.High, f.Reading.Level = &low, &high, 1
	return f
}

func (t *Target) formula() string {
	switch t.Dimension {
	case creator.Age:
		return "1-emd_years/52;scale=13..65;unknown=worst"
	case creator.Interest:
		return "mean(min(1,share/target))"
	}
	return "1-js_distance;base=2;unknown=own_mass"
}

// keys sets what is known of each key against its target.
func (f *DimensionFit) keys(t *Target, m masses, a *creator.Audience) {
	for _, s := range t.Shares {
		k := KeyFit{Key: s.Key, Target: s.Share, Share: byline.Missing(byline.NotCollected, "audience.share", a.Base.At())}
		if have, known := m.shares[fitKey(t.Dimension, s.Key)]; known {
			k.Share = byline.Known(have, "audience.share", a.Base.At())
			if s.Population != nil {
				index := 100 * have / *s.Population
				k.Index = &index
			}
		}
		f.Keys = append(f.Keys, k)
	}
}

// measure computes the distances and the least and greatest fit.
func (f *DimensionFit) measure(t *Target, m masses) (low, high float64, refusal *byline.RefusalError) {
	switch t.Dimension {
	case creator.Interest:
		return f.interests(m)
	case creator.Age:
		low, high = f.ages(t, m)
		return low, high, nil
	}
	pairs := t.pairs(m)
	d := distances(pairs, m.unknown)
	best := distances(bestPlaced(pairs, m.unknown), 0)
	f.Distances, f.Unknown = &d, m.unknown
	low = 1 - d.Distance
	return low, max(low, 1-best.Distance), nil
}

// pairs are the shares of the audience beside those of the target, in an order that does
// not depend on the audience's.
func (t *Target) pairs(m masses) []pair {
	wanted, targets := t.whole(), t.keys()
	pairs := make([]pair, 0, len(m.shares)+len(t.Shares))
	for _, s := range t.Shares {
		pairs = append(pairs, pair{m.shares[fitKey(t.Dimension, s.Key)], s.Share / wanted})
	}
	var others []float64
	for key, share := range m.shares {
		if !targets[key] {
			others = append(others, share)
		}
	}
	slices.Sort(others) // a sum in the order of a map would differ in its last bits
	for _, share := range others {
		pairs = append(pairs, pair{have: share})
	}
	return pairs
}

// keys are those of the target, as they are compared.
func (t *Target) keys() map[string]bool {
	keys := make(map[string]bool, len(t.Shares))
	for _, s := range t.Shares {
		keys[fitKey(t.Dimension, s.Key)] = true
	}
	return keys
}

// whole is the sum of the target's shares, which rounding may have moved.
func (t *Target) whole() (sum float64) {
	for _, s := range t.Shares {
		sum += s.Share
	}
	return sum
}

func (f *DimensionFit) ages(t *Target, m masses) (low, high float64) {
	want := make([]ageMass, 0, len(t.Shares))
	same, whole, targets := true, t.whole(), t.keys()
	for key := range m.shares {
		same = same && targets[key]
	}
	for _, w := range t.Shares {
		s, _ := parseSpan(w.Key)
		want = append(want, ageMass{s, w.Share / whole})
	}
	years := moveYears(m.ages(), want, m.unknown)
	f.Years, f.Unknown = &years, m.unknown
	if same {
		d := distances(t.pairs(m), m.unknown)
		f.Distances = &d
	}
	return unit(1 - years.High/ageScale), unit(1 - years.Low/ageScale)
}

// interests takes the mean over the interests that are wanted. One that the source does
// not give counts as nothing and as all of it, and who is unknown as somebody who has none
// and who has each.
func (f *DimensionFit) interests(m masses) (low, high float64, refusal *byline.RefusalError) {
	known := 0
	for _, k := range f.Keys {
		share, ok := k.Share.Value()
		if !ok {
			high++
			continue
		}
		known, low, high = known+1, low+min(1, share/k.Target), high+min(1, (share+m.unknown)/k.Target)
	}
	n := float64(len(f.Keys))
	if known == 0 {
		return 0, 0, fitRefusal("fit.nothing_known", "none of the interests that are wanted is known")
	}
	f.Unknown = 1 - float64(known)/n
	return low / n, high / n, nil
}
