package budget

import (
	"encoding/json"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/campaign/response"
)

// Line is one place where money can go: a creator, a market, a tier, a channel.
type Line struct {
	ID    string         `json:"id"`
	Curve response.Curve `json:"curve"` // outcome by spend in major units of the currency
	// Floor and Ceiling bound the amount. The zero Money is no limit; an amount of 0 is
	// one.
	Floor   byline.Money `json:"floor"`
	Ceiling byline.Money `json:"ceiling"`
	// Step is what the amount must be a whole multiple of, such as the price of a post.
	// The zero Money is one minor unit. A floor is rounded up to it, a ceiling down.
	Step byline.Money `json:"step"`
	// Groups names the groups of [Options] to which the line belongs.
	Groups []string `json:"groups,omitempty"`
	// Seen is the largest spend that the curve was fitted to, the zero Money where it is
	// not known. An amount above it gets a finding.
	Seen byline.Money `json:"seen"`
}

// UnmarshalJSON reads a line, with its curve by [response.ParseCurve].
func (l *Line) UnmarshalJSON(data []byte) error {
	type plain Line
	wire := struct {
		Curve json.RawMessage `json:"curve"`
		*plain
	}{plain: (*plain)(l)}
	if err := json.Unmarshal(data, &wire); err != nil {
		return err
	}
	curve, err := response.ParseCurve(wire.Curve)
	if err != nil {
		return byline.Faults(byline.Nest("curve", err))
	}
	l.Curve = curve
	return nil
}

// Group bounds what several lines get together. Any two groups must share no line, or one
// must hold all lines of the other: limits that cross are refused, because filling up is
// not exact under them.
type Group struct {
	Name    string       `json:"name"`
	Floor   byline.Money `json:"floor"`   // the zero Money is none
	Ceiling byline.Money `json:"ceiling"` // the zero Money is none
}

// Options says what holds for all lines together. Nil is no groups and no start.
type Options struct {
	Groups []Group `json:"groups,omitempty"`
	// Current is what each line gets today, by id; a line that is not named gets nothing.
	// The result is never worth less, as long as today's amounts are within the limits.
	Current map[string]byline.Money `json:"current,omitempty"`
	// Gap is how far from the best the result may stay where curves are S-shaped,
	// relative to its objective; 0 is [DefaultGap].
	Gap float64 `json:"gap,omitempty"`
	// Nodes bounds the search for S-shaped curves; 0 is [DefaultNodes]. What it leaves
	// open is in the result's gap. Where lines are nearly alike a node takes some
	// milliseconds for 50 lines and tens for 500: take fewer nodes for thousands.
	Nodes int `json:"nodes,omitempty"`
}

// Defaults of [Options].
const (
	DefaultGap   = 1e-7
	DefaultNodes = 1000
)
