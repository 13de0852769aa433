package stripe

import (
	"strings"
	"time"

	"github.com/bylinehq/byline/attribution"
)

// What an event says it is. A thin event has no data.object; its created is text.
// https://docs.stripe.com/api/events/object and https://docs.stripe.com/event-destinations,
// read 2026-11-22.
const (
	objectEvent = "event"
	objectThin  = "v2.core.event"
)

// event is one event that is of this endpoint.
type event struct {
	topic  string
	shop   string
	test   bool
	at     time.Time // when the event was made; its object is as it was then
	object []byte
}

// readEvent reads the envelope.
func (w Webhook) readEvent(body []byte) (*event, faults) {
	var wire wireEvent
	found, ok := decode(body, &wire)
	if !ok {
		return nil, found
	}
	e := event{topic: wire.Type.words(), object: wire.Data.Object}
	switch {
	case wire.isThin():
		return nil, faults{fault("", codeThin, "")}
	case wire.Object.words() != objectEvent || e.topic == "":
		return nil, faults{fault("", codeShape, "the body is no event: an event says so in object, and has a type")}
	case parserOf(e.topic) == nil:
		return nil, nil
	}
	r := reader{faults: found}
	e.test = !r.flag("livemode", wire.Livemode)
	e.at = r.created(wire.Created)
	e.shop = w.shop(&r, wire.Account)
	if len(r.faults) > 0 {
		return nil, r.faults
	}
	if e.test && w.LiveOnly {
		return nil, nil
	}
	return &e, nil
}

func (h *wireHead) isThin() bool { return strings.HasPrefix(h.Object.words(), objectThin) }

// shop is the seller that a Connect event names, else the endpoint's own.
func (w Webhook) shop(r *reader, account scalar) string {
	named := r.pointed("account", ref{account})
	switch {
	case named == "" && w.Account == "" && account.missing():
		r.faults.add("account", codeAccount, "")
	case !w.owns(named):
		r.faults.add("account", codeOtherAccount, "")
	case named == "":
		return w.Account
	}
	return named
}

// owns reports whether an event that names an account is of this endpoint. One that
// names none is of the account that the endpoint was made in.
func (w Webhook) owns(named string) bool { return named == "" || w.Account == "" || named == w.Account }

// order is a fragment of an order that says nothing yet.
func (e *event) order(id string) attribution.Order {
	return attribution.Order{ID: OrderID(id), Shop: e.shop, Test: e.test}
}

// says makes the event of what a delivery says of an order.
func (e *event) says(kind attribution.EventKind, fragment attribution.Order) ([]attribution.Event, faults) {
	made, err := attribution.OrderEvent(kind, fragment, e.at)
	if err != nil {
		// Times are the only thing in an Order that may not encode, and theirs are checked.
		return nil, faults{fault("", codeTime, "")}
	}
	return []attribution.Event{made}, nil
}

// read decodes the object of an event, which says what it is.
func (e *event) read(name string, into interface{ named() string }) (found faults, ok bool) {
	if len(e.object) == 0 {
		return faults{fault("", codeRequired, "")}, false
	}
	found, ok = decode(e.object, into)
	if ok && into.named() != name {
		return faults{fault("object", codeShape, "the object is not what this type of event is about")}, false
	}
	return found, ok
}
