package trust

import "github.com/bylinehq/byline/attribution"

// trace is one thing that a person leaves on an order, and that another order can have
// in common.
type trace struct {
	kind  traceKind
	shop  string // of an account; the others are the same in every shop
	value string // an id or a key
}

// traceKind says what a trace is, the most personal first.
type traceKind uint8

const (
	email traceKind = iota
	account
	payment
	phone
	visitor
	address
	nothing // that is known: the order alone
)

// tracesOf lists what is known of a customer, from the most personal to the least.
func tracesOf(shop string, c attribution.Customer) []trace {
	traces := make([]trace, 0, 6)
	for _, t := range [...]trace{
		{email, "", c.Email}, {account, shop, c.ID}, {payment, "", c.Payment},
		{phone, "", c.Phone}, {visitor, "", c.Visitor}, {address, "", c.Address},
	} {
		if t.value != "" {
			traces = append(traces, t)
		}
	}
	return traces
}

// crowds reports whether many people who have nothing to do with each other may leave
// the same trace.
func (t trace) crowds() bool { return t.kind == visitor || t.kind == address }
