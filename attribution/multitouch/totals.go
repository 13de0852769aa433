package multitouch

import (
	"math"
	"math/bits"

	"github.com/bylinehq/byline"
)

// Totals says what the journeys with a touch hold together. Those without one stand in
// Untouched alone.
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

// Journeys is how many journeys were touched, whether they converted or not.
func (t Totals) Journeys() int64 { return t.Conversions + t.Nulls }

// ConversionRate is the share of the touched journeys that converted, and 0 where there
// are none. An exact chain of any order finds the same from its transitions.
func (t Totals) ConversionRate() float64 {
	if t.Conversions == 0 {
		return 0
	}
	return float64(t.Conversions) / float64(t.Conversions+t.Nulls)
}

// add counts a journey of this many touches, or nothing where a sum does not fit.
func (t *Totals) add(j *Journey, touches int) *byline.FieldError {
	conversions, nulls, value := &t.Conversions, &t.Nulls, &t.Value
	if touches == 0 {
		conversions, nulls, value = &t.Untouched.Conversions, &t.Untouched.Nulls, &t.Untouched.Value
	}
	hi, weight := bits.Mul64(uint64(touches), uint64(j.Conversions+j.Nulls))
	if hi != 0 || weight > math.MaxInt64 || exceeds(t.Touches, int64(weight)) || exceeds(*conversions, j.Conversions) || exceeds(*nulls, j.Nulls) {
		return totalFault()
	}
	if j.Value.Currency() != "" {
		sum, err := value.Add(j.Value)
		if err != nil {
			return valueFault(err)
		}
		*value = sum
	}
	t.Touches += int64(weight)
	*conversions += j.Conversions
	*nulls += j.Nulls
	return nil
}

// exceeds reports whether two counts add up to more than an int64 holds.
func exceeds(a, b int64) bool { return a > math.MaxInt64-b }

func totalFault() *byline.FieldError {
	return fault("", "journey.total", "the counts add up to more than 9223372036854775807")
}

func (t *Totals) merge(o Totals) *byline.FieldError {
	if exceeds(t.Touches, o.Touches) || exceeds(t.Conversions, o.Conversions) || exceeds(t.Nulls, o.Nulls) ||
		exceeds(t.Untouched.Conversions, o.Untouched.Conversions) || exceeds(t.Untouched.Nulls, o.Untouched.Nulls) {
		return totalFault()
	}
	sum := *t
	sum.Touches += o.Touches
	sum.Conversions += o.Conversions
	sum.Nulls += o.Nulls
	sum.Untouched.Conversions += o.Untouched.Conversions
	sum.Untouched.Nulls += o.Untouched.Nulls
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

// currencyFault says why a value in this currency cannot be added, "" being none.
func (t *Totals) currencyFault(c byline.Currency) *byline.FieldError {
	have := t.currency()
	switch {
	case c == "" || c == have:
		return nil
	case have != "":
		return currencyFault(have, c)
	case !c.Known():
		return fault("value", "journey.currency", "the currency of the value is not known")
	}
	return nil
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
