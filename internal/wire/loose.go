package wire

import "encoding/json"

// Loose is what a document can do without: what in it is not of its type is left empty,
// and is no fault.
type Loose[T any] struct{ Value T }

// UnmarshalJSON takes anything.
func (l *Loose[T]) UnmarshalJSON(data []byte) error {
	*l = Loose[T]{} // of two values the last counts
	// The decoder has checked the syntax, and goes on behind a value of a wrong type.
	_ = json.Unmarshal(data, &l.Value)
	return nil
}
