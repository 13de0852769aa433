package byline

import (
	"encoding/json"
	"math"
	"time"
)

// MissingReason says why a platform or a person did not give a number.
type MissingReason string

// Why a measure has no value. None of them means zero.
const (
	NotCollected   MissingReason = "not_collected"   // nobody has asked yet
	Hidden         MissingReason = "hidden"          // the account hides it
	NotPermitted   MissingReason = "not_permitted"   // the token lacks the scope
	BelowThreshold MissingReason = "below_threshold" // the platform withholds small numbers
	NotSupported   MissingReason = "not_supported"   // the platform has no such metric, or removed it
	NotFinite      MissingReason = "not_finite"      // a computation gave NaN or infinity
	TooFew         MissingReason = "too_few"         // too few observations to compute it from
)

// Measure is a number with its definition and time, or the reason it is missing. The
// zero Measure is missing because it was not collected: a missing number is never 0.
type Measure struct {
	value      float64
	known      bool
	missing    MissingReason
	definition string
	at         time.Time
}

// Known makes a measure with a value. definition names what was counted and how, as
// in "youtube.subscribers.rounded3"; at is when it was true. A value that is not
// finite becomes a missing one.
func Known(value float64, definition string, at time.Time) Measure {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return Missing(NotFinite, definition, at)
	}
	return Measure{value: value, known: true, definition: definition, at: at}
}

// Missing makes a measure without a value.
func Missing(why MissingReason, definition string, at time.Time) Measure {
	return Measure{missing: why, definition: definition, at: at}
}

// Value returns the number and whether there is one.
func (m Measure) Value() (float64, bool) { return m.value, m.known }

// Missing returns why there is no number, or "" when there is one.
func (m Measure) Missing() MissingReason {
	if !m.known && m.missing == "" {
		return NotCollected
	}
	return m.missing
}

// Definition names what was measured.
func (m Measure) Definition() string { return m.definition }

// At is when the number was true, or when it was found missing.
func (m Measure) At() time.Time { return m.at }

// Equal reports whether both say the same, at the same instant.
func (m Measure) Equal(o Measure) bool {
	return m.value == o.value && m.known == o.known && m.Missing() == o.Missing() &&
		m.definition == o.definition && m.at.Equal(o.at)
}

type measureJSON struct {
	Value      *float64      `json:"value,omitempty"`
	Missing    MissingReason `json:"missing,omitempty"`
	Definition string        `json:"definition,omitempty"`
	At         time.Time     `json:"at,omitzero"`
}

// MarshalJSON writes either a value or a reason, never both.
func (m Measure) MarshalJSON() ([]byte, error) {
	wire := measureJSON{Missing: m.Missing(), Definition: m.definition, At: m.at}
	if m.known {
		wire.Value = &m.value
	}
	return json.Marshal(wire)
}

// UnmarshalJSON reads what MarshalJSON writes. A value together with a reason is an
// error of code "measure.contradiction".
func (m *Measure) UnmarshalJSON(data []byte) error {
	var wire measureJSON
	if err := json.Unmarshal(data, &wire); err != nil {
		return err
	}
	switch {
	case wire.Value != nil && wire.Missing != "":
		return &FieldError{Code: "measure.contradiction", Message: "a measure has a value or a reason, not both"}
	case wire.Value != nil:
		*m = Known(*wire.Value, wire.Definition, wire.At)
	default:
		*m = Missing(wire.Missing, wire.Definition, wire.At)
	}
	return nil
}
