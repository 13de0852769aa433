package multitouch

import (
	"math"
	"math/bits"

	"github.com/bylinehq/byline"
)

// Totals says what journeys hold together. Journeys counts conversions and nulls; those
// without a touch stand in Untouched alone.
type Totals struct {
	Touches     int64        `json:"touches"` // a row's touches times what it counts
	Conversions int64        `json:"conversions"`
	Nulls       int64        `json:"nulls"`
	Value       byline.Money `json:"value"`
	Untouched   Untouched    `json:"untouched,omitzero"`
}

// Untouched counts the journeys that nobody touched. No model can credit them.
type Untouched struct {
	Conversions int64        `json:"conversions,omitempty"`
	Nulls       int64        `json:"nulls,omitempty"`
	Value       byline.Money `json:"value"`
}

// ConversionRate is the share of the touched journeys that converted, and 0 where there
// are none. An exact chain of any order finds the same from its transitions.
func (t Totals) ConversionRate() float64 {
	if t.Conversions == 0 {
		return 0
	}
	return float64(t.Conversions) / float64(t.Conversions+t.Nulls)
}

// add counts a journey of this many touches, and reports the first sum that does not
// fit; then nothing was counted.
func (t *Totals) add(j *Journey, touches int) *byline.FieldError {
	sum := *t
	conversions, nulls, value := &sum.Conversions, &sum.Nulls, &sum.Value
	if touches == 0 {
		conversions, nulls, value = &sum.Untouched.Conversions, &sum.Untouched.Nulls, &sum.Untouched.Value
	}
	ok := addCount(conversions, j.Conversions) && addCount(nulls, j.Nulls) && addTouches(&sum.Touches, touches, j.Conversions+j.Nulls)
	if !ok {
		return &byline.FieldError{Code: "journey.total", Message: "the counts add up to more than 9223372036854775807"}
	}
	total, err := value.Add(j.Value)
	if err != nil {
		return valueFault(err)
	}
	*value = total
	*t = sum
	return nil
}

func (t *Totals) merge(o Totals) *byline.FieldError {
	sum := *t
	ok := addCount(&sum.Touches, o.Touches) && addCount(&sum.Conversions, o.Conversions) && addCount(&sum.Nulls, o.Nulls) &&
		addCount(&sum.Untouched.Conversions, o.Untouched.Conversions) && addCount(&sum.Untouched.Nulls, o.Untouched.Nulls)
	if !ok {
		return &byline.FieldError{Code: "journey.total", Message: "the counts add up to more than 9223372036854775807"}
	}
	var err error
	if sum.Value, err = sum.Value.Add(o.Value); err != nil {
		return valueFault(err)
	}
	if sum.Untouched.Value, err = sum.Untouched.Value.Add(o.Untouched.Value); err != nil {
		return valueFault(err)
	}
	*t = sum
	return nil
}

// currency is the currency of all values, "" while none has any.
func (t *Totals) currency() byline.Currency {
	if c := t.Value.Currency(); c != "" {
		return c
	}
	return t.Untouched.Value.Currency()
}

func valueFault(err error) *byline.FieldError {
	return &byline.FieldError{Path: "value", Code: "journey.total_value", Message: "the value does not add up with the others: " + err.Error()}
}

func currencyFault(a, b byline.Currency) *byline.FieldError {
	return &byline.FieldError{Path: "value", Code: "journey.currency", Message: "the value is in " + string(b) + " and an earlier one in " + string(a) + "; convert them first"}
}

// addTurnover adds a value without its sign. It says what Totals would say of a sum that
// does not fit, whatever the order in which values come.
func addTurnover(sum *int64, value int64) *byline.FieldError {
	amount := magnitude(value)
	if amount > uint64(math.MaxInt64-*sum) {
		return &byline.FieldError{Path: "value", Code: "journey.total_value", Message: "the values, refunds among them, add up to more than 9223372036854775807 minor units"}
	}
	*sum += int64(amount)
	return nil
}

// magnitude is right for the least int64 too.
func magnitude(v int64) uint64 {
	if v < 0 {
		return -uint64(v)
	}
	return uint64(v)
}

func addCount(sum *int64, n int64) bool {
	*sum += n
	return *sum >= 0
}

func addTouches(sum *int64, touches int, weight int64) bool {
	hi, lo := bits.Mul64(uint64(touches), uint64(weight))
	if hi != 0 || lo > 1<<62 {
		return false
	}
	return addCount(sum, int64(lo))
}
