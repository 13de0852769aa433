package lookalike

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/bylinehq/byline"
)

// Backtest says how often the model knew which of two known creators did better, each pair
// predicted from the others alone: leaving out one by one would draw each prediction away
// from its own outcome (leave-pair-out, Airola and others 2011). Word weights and the scales
// of readings, which no outcome enters, are those of all.
//
// It is as honest as the dossiers: they should be as they were before the outcomes came
// about. A tag, a price, a theme or a score that was written down because a creator had done
// well lets the test see what it is to predict.
type Backtest struct {
	Known int `json:"known"`
	// Pairs with different outcomes, among at most 2,000 creators taken evenly by id.
	Pairs int `json:"pairs"`
	// Concordance is the share of the pairs in the right order, ties half: 0.5 is a coin. For
	// outcomes of yes and no it is the area under the ROC curve.
	Concordance float64 `json:"concordance"`
	Low         float64 `json:"low"` // at Level, by the variance over creators; with few of them too narrow
	High        float64 `json:"high"`
	Level       float64 `json:"level"`
	// Chance is the share of random shuffles of the outcomes that a model tells apart at least as
	// well, over up to 199 shuffles and 300 creators. It ends early where it cannot become small
	// (Besag and Clifford 1991), and is at least 0.005.
	Chance float64 `json:"chance"`
	// RankCorrelation is 2 × Concordance - 1 (Somers' D).
	RankCorrelation float64 `json:"rank_correlation"`
	// MedianError is the median distance of an outcome from its prediction, and
	// MedianErrorOfMean that from the mean of the others.
	MedianError       float64 `json:"median_error"`
	MedianErrorOfMean float64 `json:"median_error_of_mean"`
	// Groups says what each group tells alone, among at most 300 creators: help for choosing
	// weights. Of many groups one may look telling by chance.
	Groups []Signal `json:"groups,omitempty"`
}

// Signal is the back-test of one group alone.
type Signal struct {
	Group       Group   `json:"group"`
	Comparable  int     `json:"comparable"` // creators of whom the group is known, with two others
	Pairs       int     `json:"pairs"`
	Concordance float64 `json:"concordance"`
	Low         float64 `json:"low"`
	High        float64 `json:"high"`
}

// maxTested bounds the creators whose pairs are predicted, by all groups and by each.
const maxTested, maxTestedByGroup = 2000, 300

// test fills the back-test, or refuses.
func (m *Model) test() error {
	tested := m.sample(maxTested)
	near := make([][]neighbour, len(tested))
	alone := 0
	for i, at := range tested {
		near[i] = m.nearest(&m.known[at].features, m.options.Neighbours+1)
		if len(near[i]) < 2 {
			alone++
		}
	}
	if 2*alone > len(tested) {
		return &byline.RefusalError{
			Code: "lookalike.not_comparable", Have: float64(len(tested) - alone), Need: float64(len(tested)+1) / 2,
			Message: "most known creators cannot be compared with others: too few facts of the same groups are known",
		}
	}
	m.backtest = Backtest{Known: len(m.known), Level: m.options.Level}
	m.errors(tested, near)
	m.concord(tested, near)
	m.shuffle()
	m.signals()
	b, most := m.backtest, 1-m.options.Level
	if b.Chance <= most+1e-12 && b.Concordance > 0.5 {
		return nil
	}
	refusal := &byline.RefusalError{
		Code: "lookalike.no_signal", Have: b.Chance, Need: most,
		Message: fmt.Sprintf("of two known creators the more alike to those who delivered did better in %.0f%% of the cases, and %.0f%% of random shuffles do as well, where at most %.3g%% may",
			100*b.Concordance, 100*b.Chance, 100*most),
	}
	if !m.options.Anyway {
		return refusal
	}
	m.findings = append(m.findings, byline.Finding{Code: refusal.Code, Severity: byline.Warning, Message: refusal.Message})
	return nil
}

// shuffles of the outcomes, and after how many that do as well there is nothing more to learn.
const shuffles, enoughShuffles = 199, 20

// shuffle fills Backtest.Chance. Who resembles whom stays as it is, and the outcomes change
// hands.
func (m *Model) shuffle() {
	tested := m.sample(maxTestedByGroup)
	near := make([][]neighbour, len(tested))
	for i, at := range tested {
		near[i] = m.nearest(&m.known[at].features, m.options.Neighbours+1)
	}
	other := *m
	other.concord(tested, near)
	found, asWell := other.backtest.Concordance, 0
	other.known = slices.Clone(m.known)
	random := rand.New(rand.NewPCG(m.options.Seed, 1))
	for done := 1; done <= shuffles; done++ {
		random.Shuffle(len(other.known), func(i, j int) {
			a, b := &other.known[i], &other.known[j]
			a.outcome, b.outcome = b.outcome, a.outcome
			a.weight, b.weight = b.weight, a.weight
		})
		if other.concord(tested, near); other.backtest.Concordance >= found {
			asWell++
		}
		if asWell == enoughShuffles {
			m.backtest.Chance = float64(asWell) / float64(done)
			return
		}
	}
	m.backtest.Chance = float64(asWell+1) / (shuffles + 1)
}

// signals tests each group alone.
func (m *Model) signals() {
	for i, g := range groups() {
		if m.weights[i] == 0 {
			continue
		}
		alone := *m
		alone.weights, alone.weight = [groupCount]float64{}, m.weights[i]
		alone.weights[i] = m.weights[i]
		var tested []int
		var near [][]neighbour
		for _, at := range m.sample(maxTestedByGroup) {
			if found := alone.nearest(&m.known[at].features, m.options.Neighbours+1); len(found) > 1 {
				tested, near = append(tested, at), append(near, found)
			}
		}
		if len(tested) < m.options.MinKnown {
			continue
		}
		alone.concord(tested, near)
		if b := alone.backtest; b.Pairs > 0 {
			m.backtest.Groups = append(m.backtest.Groups, Signal{g, len(tested), b.Pairs, b.Concordance, b.Low, b.High})
		}
	}
}

// sample takes creators evenly by id.
func (m *Model) sample(limit int) []int {
	n := min(len(m.known), limit)
	tested := make([]int, n)
	for i := range tested {
		tested[i] = i * len(m.known) / n
	}
	return tested
}

// errors of predictions, each from the others.
func (m *Model) errors(tested []int, near [][]neighbour) {
	missed, missedByMean := make([]float64, len(tested)), make([]float64, len(tested))
	for i, at := range tested {
		said := m.hear(near[i])
		predicted, _ := m.predict(&said, at, -1)
		missed[i] = math.Abs(m.known[at].outcome - predicted)
		missedByMean[i] = math.Abs(m.known[at].outcome - m.mean(at, -1))
	}
	m.backtest.MedianError, m.backtest.MedianErrorOfMean = median(missed), median(missedByMean)
	slices.Sort(missed)
	rank := int(math.Ceil(float64(len(missed)+1) * m.options.Level))
	m.reach = missed[min(rank, len(missed))-1]
}

// compareRounded takes predictions for equal that differ only by how their sums were rounded.
func compareRounded(a, b float64) int {
	if math.Abs(a-b) <= 1e-9*(math.Abs(a)+math.Abs(b)) {
		return 0
	}
	return cmp.Compare(a, b)
}

func (m *Model) concord(tested []int, near [][]neighbour) {
	right, pairs := make([]float64, len(tested)), make([]float64, len(tested))
	said := make([]voices, len(tested))
	for i := range near {
		said[i] = m.hear(near[i])
	}
	for i, a := range tested {
		for j := range i {
			b := tested[j]
			order := cmp.Compare(m.known[a].outcome, m.known[b].outcome)
			if order == 0 {
				continue
			}
			of, _ := m.predict(&said[i], a, b)
			than, _ := m.predict(&said[j], b, a)
			score := 0.5 + 0.5*float64(order*compareRounded(of, than))
			right[i], right[j] = right[i]+score, right[j]+score
			pairs[i], pairs[j] = pairs[i]+1, pairs[j]+1
		}
	}
	b := &m.backtest
	total, count := 0.0, 0.0
	for i := range right {
		total, count = total+right[i], count+pairs[i]
	}
	b.Pairs = int(count / 2)
	if count == 0 {
		return
	}
	b.Concordance = total / count
	b.RankCorrelation = 2*b.Concordance - 1
	// The projection of the U-statistic: each creator's own concordance, counted as a ratio
	// where outcomes tie.
	squares, n, average := 0.0, float64(len(right)), count/float64(len(right))
	for i := range right {
		off := (right[i] - b.Concordance*pairs[i]) / average
		squares += off * off
	}
	se := 2 * math.Sqrt(squares/(n-1)/n)
	reach := math.Sqrt2 * math.Erfinv(b.Level) * se
	b.Low, b.High = math.Max(0, b.Concordance-reach), math.Min(1, b.Concordance+reach)
}
