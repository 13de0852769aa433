package lookalike

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// Known is a creator of the caller's own past with what came of it. All outcomes are by one
// definition, as the value of a reading of what creators delivered. One that is missing is
// left out, and so is one beyond 1e100. Weight is how much it says, as the number of orders
// behind it, from 0.001 to 1,000,000; 0 is 1.
type Known struct {
	Candidate
	Outcome byline.Measure
	Weight  float64
}

// Model compares candidates with known creators. It is immutable and safe for concurrent use.
type Model struct {
	options  Options
	weights  [groupCount]float64
	weight   float64 // their sum
	known    []example
	counts   [4]map[string]int // known creators by word, for themes, tone, style and tags
	scales   map[string]float64
	sum      float64 // of weight times outcome
	mass     float64 // of weights
	outcome  string  // the definition of the outcomes
	backtest Backtest
	reach    float64 // within which the level's share of known outcomes lies from its prediction
	findings []byline.Finding
}

type example struct {
	features features
	outcome  float64
	weight   float64
}

// New makes a model and tests it. The order of the known creators changes nothing.
//
// Faults are "lookalike.creator" for a creator without dossier or id, "lookalike.creator_twice",
// "lookalike.outcome_definition" for outcomes by two definitions, "lookalike.weight" and
// "lookalike.option". Refusals are "lookalike.too_few_known", "lookalike.no_variation" where
// all outcomes are alike, "lookalike.not_comparable" where hardly any two known creators have
// facts of the same groups, and "lookalike.no_signal" unless [Options.Anyway] is set.
// Time is O(n²) up to 2,000 known creators, and 2,000 × n beyond.
func New(known []Known, o *Options) (*Model, error) {
	options, faults := o.filled()
	faults = append(faults, check(known)...)
	if len(faults) > 0 {
		return nil, byline.Faults(faults)
	}
	m := &Model{options: options}
	for i, g := range groups() {
		m.weights[i] = options.Weights[g]
	}
	m.take(known)
	if err := m.enough(); err != nil {
		return nil, err
	}
	m.learn()
	m.drop()
	if err := m.test(); err != nil {
		return nil, err
	}
	return m, nil
}

func check(known []Known) []*byline.FieldError {
	var faults []*byline.FieldError
	seen := map[byline.CreatorID]bool{}
	definition, first := "", true
	for i, k := range known {
		path := fmt.Sprintf("known[%d]", i)
		if k.Dossier == nil || k.Dossier.Profile.ID == "" {
			faults = append(faults, fault(path+".dossier", "lookalike.creator", "a creator needs a dossier with an id"))
			continue
		}
		if seen[k.Dossier.Profile.ID] {
			faults = append(faults, fault(path+".dossier", "lookalike.creator_twice", "a creator stands once, with one outcome"))
		}
		seen[k.Dossier.Profile.ID] = true
		if k.Weight != 0 && !(k.Weight >= 1e-3 && k.Weight <= 1e6) {
			faults = append(faults, fault(path+".weight", "lookalike.weight", "a weight is 0 for 1, or from 0.001 to 1,000,000"))
		}
		if _, ok := k.Outcome.Value(); !ok {
			continue
		}
		if first {
			definition, first = k.Outcome.Definition(), false
		}
		if k.Outcome.Definition() != definition {
			faults = append(faults, fault(path+".outcome", "lookalike.outcome_definition", "all outcomes are by one definition"))
		}
	}
	return faults
}

func (m *Model) take(known []Known) {
	left := 0
	for _, k := range known {
		if _, ok := k.Outcome.Value(); ok {
			m.outcome = k.Outcome.Definition()
		}
	}
	for _, k := range known {
		outcome, ok := k.Outcome.Value()
		if !ok || math.Abs(outcome) > 1e100 {
			left++
			continue
		}
		m.known = append(m.known, example{m.read(k.Candidate), outcome, cmp.Or(k.Weight, 1)})
	}
	slices.SortFunc(m.known, func(a, b example) int { return cmp.Compare(a.features.id, b.features.id) })
	total := 0.0
	for _, e := range m.known {
		total += e.weight
	}
	for i := range m.known {
		e := &m.known[i]
		e.weight *= float64(len(m.known)) / total // 1 on average, as Shrink takes it
		m.sum += e.weight * e.outcome
		m.mass += e.weight
	}
	if left > 0 {
		m.findings = append(m.findings, byline.Finding{
			Code: "lookalike.outcome_missing", Severity: byline.Info,
			Message: fmt.Sprintf("%d known creators have no outcome and were left out", left),
		})
	}
}

func (m *Model) enough() error {
	if have, need := len(m.known), m.options.MinKnown; have < need {
		return &byline.RefusalError{
			Code: "lookalike.too_few_known", Have: float64(have), Need: float64(need),
			Message: fmt.Sprintf("%d creators with an outcome are too few to learn from, it takes %d", have, need),
		}
	}
	same := func(a, b example) bool { return a.outcome == b.outcome }
	if len(slices.CompactFunc(slices.Clone(m.known), same)) == 1 {
		return &byline.RefusalError{Code: "lookalike.no_variation", Message: "all known creators have the same outcome"}
	}
	return nil
}

// Backtest says how well the model told the known creators apart.
func (m *Model) Backtest() Backtest { return m.backtest }

// Findings are "lookalike.outcome_missing" where known creators were left out, and
// "lookalike.no_signal" where the model was asked for although resemblance told nothing.
func (m *Model) Findings() []byline.Finding { return slices.Clone(m.findings) }

// neighbour is a known creator beside another.
type neighbour struct {
	at     int // in Model.known
	like   resemblance
	kernel float64
}

// nearest returns up to so many known creators whom f resembles most, without itself.
func (m *Model) nearest(f *features, limit int) []neighbour {
	var all []neighbour
	for i := range m.known {
		if m.known[i].features.id == f.id {
			continue
		}
		like := m.compare(f, &m.known[i].features)
		if like.coverage < m.options.MinCoverage || like.total <= 0 {
			continue
		}
		all = append(all, neighbour{i, like, like.coverage * math.Pow(like.total, m.options.Sharpness)})
		if len(all) >= 2*limit+64 {
			all = closest(all, limit)
		}
	}
	return closest(all, limit)
}

func closest(all []neighbour, limit int) []neighbour {
	slices.SortFunc(all, func(a, b neighbour) int { return cmp.Or(cmp.Compare(b.kernel, a.kernel), cmp.Compare(a.at, b.at)) })
	return all[:min(limit, len(all))]
}

// voices are what a creator's neighbours say together, ready for leaving one of them out.
type voices struct {
	at      []int     // of up to one more than the neighbours that count
	weights []float64 // kernel times weight
	sum     float64   // of weight times outcome, of those that count
	weight  float64
}

func (m *Model) hear(near []neighbour) voices {
	v := voices{at: make([]int, len(near)), weights: make([]float64, len(near))}
	for i, n := range near {
		v.at[i], v.weights[i] = n.at, n.kernel*m.known[n.at].weight
		if i < m.options.Neighbours {
			v.sum += v.weights[i] * m.known[n.at].outcome
			v.weight += v.weights[i]
		}
	}
	return v
}

// without leaves one known creator out, and lets the next neighbour speak.
func (m *Model) without(v *voices, other int) (sum, weight float64) {
	count := min(m.options.Neighbours, len(v.at))
	for i, at := range v.at[:count] {
		if at != other {
			continue
		}
		sum, weight = v.sum-v.weights[i]*m.known[at].outcome, v.weight-v.weights[i]
		if count < len(v.at) {
			next := v.weights[count]
			sum, weight = sum+next*m.known[v.at[count]].outcome, weight+next
		}
		return sum, math.Max(weight, 0)
	}
	return v.sum, v.weight
}

// predict is the mean of the neighbours' outcomes, drawn towards that of all; known creators
// to leave out, -1 for none, count for neither. pull is the neighbours' share in it.
func (m *Model) predict(v *voices, self, other int) (outcome, pull float64) {
	common := m.mean(self, other)
	sum, weight := m.without(v, other)
	pull = weight / (weight + m.options.Shrink)
	return common + (sum-common*weight)/(weight+m.options.Shrink), pull
}

// mean of all outcomes but two.
func (m *Model) mean(self, other int) float64 {
	sum, mass := m.sum, m.mass
	for _, out := range [...]int{min(self, other), max(self, other)} { // in one order, for the sake of the last digit
		if out >= 0 {
			sum -= m.known[out].weight * m.known[out].outcome
			mass -= m.known[out].weight
		}
	}
	return sum / mass
}

func (m *Model) definition() string {
	var weights []string
	for i, g := range groups() {
		weights = append(weights, fmt.Sprintf("%s:%g", g, m.weights[i]))
	}
	return fmt.Sprintf("lookalike.expected{%s};known=%d;neighbours=%d;sharpness=%g;shrink=%g;min_coverage=%g;level=%g;weights=%s;v1",
		m.outcome, len(m.known), m.options.Neighbours, m.options.Sharpness, m.options.Shrink, m.options.MinCoverage, m.options.Level, strings.Join(weights, ","))
}
