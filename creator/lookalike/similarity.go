package lookalike

import (
	"cmp"
	"math"
	"slices"
)

// resemblance is how two creators compare, group by group.
type resemblance struct {
	similarity [groupCount]float64 // from 0 to 1, where known
	known      [groupCount]bool
	total      float64 // weighted mean over the groups that are known
	coverage   float64 // their share of the weights
}

// compare looks at the groups that have a weight. It takes O(size of both).
func (m *Model) compare(a, b *features) resemblance {
	var r resemblance
	set := func(i int, similarity float64, known bool) {
		if r.known[i] = known; known {
			r.similarity[i] = math.Max(0, math.Min(1, similarity))
		}
	}
	for i := range a.sets {
		if m.weights[i] > 0 {
			s, ok := m.jaccard(i, a.sets[i], b.sets[i])
			set(i, s, ok)
		}
	}
	for i, part := range [...]func(*Model, *features, *features) (float64, bool){
		(*Model).place, (*Model).cosines, (*Model).audience, (*Model).size, (*Model).reading, (*Model).price,
	} {
		if i += len(a.sets); m.weights[i] > 0 {
			s, ok := part(m, a, b)
			set(i, s, ok)
		}
	}
	sum, weight := 0.0, 0.0
	for i := range r.known {
		if r.known[i] {
			sum += m.weights[i] * r.similarity[i]
			weight += m.weights[i]
		}
	}
	if weight > 0 && m.weight > 0 {
		r.total, r.coverage = sum/weight, weight/m.weight
	}
	return r
}

// jaccard weighs a word by how few known creators have it. Both need a word.
func (m *Model) jaccard(set int, a, b []string) (float64, bool) {
	if len(a) == 0 || len(b) == 0 {
		return 0, false
	}
	shared, all := 0.0, 0.0
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case j == len(b) || i < len(a) && a[i] < b[j]:
			all += m.rarity(set, a[i])
			i++
		case i == len(a) || b[j] < a[i]:
			all += m.rarity(set, b[j])
			j++
		default:
			weight := m.rarity(set, a[i])
			shared, all = shared+weight, all+weight
			i, j = i+1, j+1
		}
	}
	return shared / all, true
}

// rarity is the inverse document frequency ln(1 + n/(1+d)), 1 for a platform or a language.
func (m *Model) rarity(set int, word string) float64 {
	if set >= len(m.counts) {
		return 1
	}
	return math.Log(1 + float64(len(m.known))/float64(1+m.counts[set][word]))
}

func (m *Model) place(a, b *features) (float64, bool) {
	sum, n := 0.0, 0.0
	if s, ok := m.jaccard(len(a.sets), a.spoken, b.spoken); ok {
		sum, n = sum+s, n+1
	}
	if a.market != "" && b.market != "" {
		n++
		if a.market == b.market {
			sum++
		}
	}
	return mean(sum, n)
}

func mean(sum, n float64) (float64, bool) {
	if n == 0 {
		return 0, false
	}
	return sum / n, true
}

func (m *Model) cosines(a, b *features) (float64, bool) {
	sum, n := 0.0, 0.0
	for _, model := range a.models {
		if c, ok := cosine(a.vectors[model], b.vectors[model]); ok {
			sum, n = sum+math.Max(0, c), n+1
		}
	}
	return mean(sum, n)
}

func cosine(a, b []float32) (float64, bool) {
	if len(a) != len(b) || len(a) == 0 {
		return 0, false
	}
	dot, aa, bb := 0.0, 0.0, 0.0
	for i := range a {
		x, y := float64(a[i]), float64(b[i])
		dot, aa, bb = dot+x*y, aa+x*x, bb+y*y
	}
	c := dot / math.Sqrt(aa) / math.Sqrt(bb)
	return c, finite(c)
}

func (m *Model) audience(a, b *features) (float64, bool) {
	sum, n := 0.0, 0.0
	for _, p := range a.audience {
		at, ok := slices.BinarySearchFunc(b.audience, p.key, func(d distribution, key string) int { return cmp.Compare(d.key, key) })
		if ok {
			sum, n = sum+1-distance(p.shares, b.audience[at].shares), n+1
		}
	}
	return mean(sum, n)
}

// distance is that of Jensen and Shannon to base 2, from 0 to 1.
func distance(p, q []trait) float64 {
	divergence := 0.0
	part := func(x, y float64) {
		if middle := (x + y) / 2; middle > 0 {
			divergence += (entropy(x, middle) + entropy(y, middle)) / 2
		}
	}
	for i, j := 0, 0; i < len(p) || j < len(q); {
		switch {
		case j == len(q) || i < len(p) && p[i].key < q[j].key:
			part(p[i].value, 0)
			i++
		case i == len(p) || q[j].key < p[i].key:
			part(0, q[j].value)
			j++
		default:
			part(p[i].value, q[j].value)
			i, j = i+1, j+1
		}
	}
	return math.Sqrt(math.Max(0, math.Min(1, divergence)))
}

func entropy(x, middle float64) float64 {
	if x == 0 {
		return 0
	}
	return x * math.Log2(x/middle)
}

// Decades by which counts and prices differ where their similarity is exp(-1/2).
const sizeScale, priceScale = 0.5, 0.30103

func (m *Model) size(a, b *features) (float64, bool) {
	return alike(a.size, b.size, func(string) (float64, bool) { return sizeScale, true })
}

func (m *Model) price(a, b *features) (float64, bool) {
	return alike(a.price, b.price, func(string) (float64, bool) { return priceScale, true })
}

func (m *Model) reading(a, b *features) (float64, bool) {
	return alike(a.readings, b.readings, func(key string) (float64, bool) {
		scale, ok := m.scales[key]
		return scale, ok
	})
}

// alike is the mean of exp(-(difference/scale)²/2) over what both have.
func alike(a, b []trait, scale func(key string) (float64, bool)) (float64, bool) {
	sum, n := 0.0, 0.0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].key < b[j].key:
			i++
		case b[j].key < a[i].key:
			j++
		default:
			if s, ok := scale(a[i].key); ok {
				z := a[i].value/s - b[j].value/s
				sum, n = sum+math.Exp(-z*z/2), n+1
			}
			i, j = i+1, j+1
		}
	}
	return mean(sum, n)
}

// drop takes the weight from groups of which fewer than two known creators have facts: they
// can compare nobody, and nobody is to be thought less comparable for lacking them.
func (m *Model) drop() {
	var have [groupCount]int
	for i := range m.known {
		f := &m.known[i].features
		for g, has := range m.has(f) {
			if has {
				have[g]++
			}
		}
	}
	m.weight = 0
	for i := range have {
		if have[i] < 2 {
			m.weights[i] = 0
		}
		m.weight += m.weights[i]
	}
}

// minScale is how many known creators an anchor needs.
const minScale = 5

// learn takes word counts and the scales of readings from the known creators.
func (m *Model) learn() {
	values := map[string][]float64{}
	for i := range m.counts {
		m.counts[i] = map[string]int{}
	}
	for i := range m.known {
		f := &m.known[i].features
		for s := range m.counts {
			for _, word := range f.sets[s] {
				m.counts[s][word]++
			}
		}
		for _, r := range f.readings {
			values[r.key] = append(values[r.key], r.value)
		}
	}
	m.scales = map[string]float64{}
	for key, all := range values {
		if scale := robustScale(all); len(all) >= minScale && scale > 0 && finite(scale) {
			m.scales[key] = scale
		}
	}
}

// robustScale is 1.4826 times the median distance from the median, which is the standard
// deviation where values are normal.
func robustScale(all []float64) float64 {
	centre := median(all)
	away := make([]float64, len(all))
	for i, x := range all {
		away[i] = math.Abs(x - centre)
	}
	return 1.4826 * median(away)
}

func median(all []float64) float64 {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[(len(sorted)-1)/2]/2 + sorted[len(sorted)/2]/2
}
