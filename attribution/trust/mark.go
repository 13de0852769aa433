package trust

import (
	"time"

	"github.com/bylinehq/byline"
)

// mark is where a code stood in front of one use: what is counted later, less a mark, is
// what happened since.
type mark struct {
	at      time.Time // of that use
	uses    int64
	judged  Tally          // of one sign
	amounts []byline.Money // one per currency, in the order in which they appeared
}

// set copies into the space the mark already has.
func (m *mark) set(o *mark) {
	amounts := append(m.amounts[:0], o.amounts...)
	*m = *o
	m.amounts = amounts
}

// since returns what came on top of the mark, without currencies in which nothing did.
// Both amounts were sums before, so they cannot overflow.
func (m *mark) since(amounts []byline.Money) []byline.Money {
	var rest []byline.Money
	for i, a := range amounts {
		minor := a.Minor()
		if i < len(m.amounts) {
			minor -= m.amounts[i].Minor()
		}
		if minor != 0 {
			rest = append(rest, byline.Minor(minor, a.Currency()))
		}
	}
	return rest
}

// Tally is a share in whole numbers.
type Tally struct {
	Hits int64 `json:"hits"`
	Of   int64 `json:"of"`
}

func (t *Tally) count(hit bool) {
	t.Of++
	if hit {
		t.Hits++
	}
}

func (t Tally) less(o Tally) Tally { return Tally{t.Hits - o.Hits, t.Of - o.Of} }

// share is 0 of nothing.
func (t Tally) share() float64 {
	if t.Of == 0 {
		return 0
	}
	return float64(t.Hits) / float64(t.Of)
}
