package shortlist

import (
	"github.com/bylinehq/byline"
)

// List is a choice of creators with what it rests on. Texts in it name no one: who is meant
// stands in keys beside them.
type List struct {
	Name      string       `json:"name,omitempty"`
	Objective Objective    `json:"objective"`
	Picks     []Pick       `json:"picks"` // by priority, then who is missed most
	Reserve   []Reserve    `json:"reserve,omitempty"`
	Out       []Out        `json:"out,omitempty"` // everyone else, in the order of keys
	Value     float64      `json:"value"`         // expected outcome of all picks together
	Low       *float64     `json:"low,omitempty"` // of the picks' low ends together, nil where one has no interval, and of reach
	High      *float64     `json:"high,omitempty"`
	Spent     byline.Money `json:"spent"` // exactly the sum of the picks' prices
	Left      byline.Money `json:"left"`  // of the budget
	// Bound is an outcome that no list within the request exceeds. Gap is what that leaves
	// open, as a share of it; 0 says that none is better, up to 1e-10.
	Bound float64 `json:"bound"`
	Gap   float64 `json:"gap"`
	Exact bool    `json:"exact,omitempty"` // proven that no list is better
	Nodes int     `json:"nodes,omitempty"` // of the search for the proof
	// Binding are the limits that the list reaches.
	Binding []Binding `json:"binding,omitempty"`
	// AtLow is the share of picks that would also be chosen if everyone brought only the low
	// end of their interval; nil without [Options].Draws.
	AtLow    *float64         `json:"at_low,omitempty"`
	Findings []byline.Finding `json:"findings,omitempty"`
}

// Priority says how hard a pick is to replace.
type Priority string

// Priorities. What is lost when a pick drops out is compared with what the pick brings,
// after the best candidate who could step in has done so.
const (
	Core        Priority = "A" // must-have; or nobody can step in; or half of it or more is lost
	Strong      Priority = "B" // a tenth or more is lost
	Replaceable Priority = "C" // less is lost
)

// Pick is a creator on the list.
type Pick struct {
	Key
	Tier     string       `json:"tier,omitempty"`
	Price    byline.Money `json:"price"`
	Outcome  Outcome      `json:"outcome"` // of the candidate alone
	Priority Priority     `json:"priority"`
	// Marginal is what the list loses without this pick if nobody steps in, and Loss if the
	// best of those does who could; Loss is Marginal where nobody can. Of reach they
	// are looked for among the 200 who promise most.
	Marginal float64 `json:"marginal"`
	Loss     float64 `json:"loss"`
	// PricePerOutcome is the price divided by Marginal, rounded to the minor unit; nil where
	// Marginal is not positive. Of unique reach PricePerThousand stands in its place, for a
	// person costs less than a minor unit.
	PricePerOutcome  *byline.Money `json:"price_per_outcome,omitempty"`
	PricePerThousand *byline.Money `json:"price_per_thousand,omitempty"`
	// Steady is how often the pick was chosen when outcomes were drawn within their
	// intervals; nil without [Options].Draws.
	Steady *float64 `json:"steady,omitempty"`
	Why    []Reason `json:"why"`
}

// Reason is why a candidate is in or out. Others are those whom it is about.
type Reason struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Others  []Key  `json:"others,omitempty"`
}

// Reserve is a candidate who can step in when a pick drops out.
type Reserve struct {
	Key
	Tier    string       `json:"tier,omitempty"`
	Price   byline.Money `json:"price"`
	Outcome Outcome      `json:"outcome"`
	For     []StepIn     `json:"for"` // by what is lost
}

// StepIn is a pick whom a reserve can replace with the list still within the request, and
// what the list loses then. Below 0 the list would gain, which the gap has left open.
type StepIn struct {
	Key
	Loss float64 `json:"loss"`
}

// Out is a candidate who is not chosen.
type Out struct {
	Key
	Reason
}

// Binding is a limit that the list reaches, and what a little more of it would bring.
type Binding struct {
	Path  string `json:"path"`
	Limit string `json:"limit"`
	// Worth estimates what one more would bring, of what Per says: a pick, or a major unit of
	// a currency. It is the price of the limit in the relaxed problem, to four digits; that
	// of a minimum is what it costs, and negative.
	Worth float64 `json:"worth"`
	Per   string  `json:"per"` // "pick", "EUR"
	// Next is who would come in, and bring that much more, if the limit were gone and all
	// others kept: by one addition. nil where that brings nothing.
	Next *Next `json:"next,omitempty"`
}

// Next is an addition that a limit keeps out.
type Next struct {
	Key
	Brings float64      `json:"brings"`
	Price  byline.Money `json:"price"`
}
