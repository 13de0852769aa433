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
func (w Webhook) readEvent(r *reader, body []byte) *event {
	var doc wireEvent
	if !r.Decode(body, &doc) {
		return nil
	}
	e := event{topic: doc.Type.Text(), object: doc.Data.Object}
	switch {
	case doc.isThin():
		r.Forget()
		r.Add("", codeThin, "")
		return nil
	case doc.Object.Text() != objectEvent || e.topic == "":
		r.Forget()
		r.Add("", codeShape, "the body is no event: an event says so in object, and has a type")
		return nil
	case parserOf(e.topic) == nil:
		r.Forget()
		return nil
	}
	e.test = !r.flag("livemode", doc.Livemode)
	e.at = r.created(doc.Created)
	e.shop = w.shop(r, doc.Account)
	if r.Failed() || e.test && w.LiveOnly {
		return nil
	}
	return &e
}

func (h *wireHead) isThin() bool { return strings.HasPrefix(h.Object.Text(), objectThin) }

// shop is the seller that a Connect event names, else the endpoint's own.
func (w Webhook) shop(r *reader, account scalar) string {
	named := r.pointed("account", ref{account})
	switch {
	case named == "" && w.Account == "" && account.Missing():
		r.Add("account", codeAccount, "")
	case !w.owns(named):
		r.Add("account", codeOtherAccount, "")
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
func (e *event) says(r *reader, kind attribution.EventKind, fragment attribution.Order) []attribution.Event {
	if r.Failed() {
		return nil
	}
	made, err := attribution.OrderEvent(kind, fragment, e.at)
	if err != nil {
		// Times are the only thing in an Order that may not encode, and theirs are checked.
		r.Add("", codeTime, "")
		return nil
	}
	return []attribution.Event{made}
}

// read decodes the object of an event, which says what it is.
func (e *event) read(r *reader, name string, into interface{ named() string }) (ok bool) {
	if len(e.object) == 0 {
		r.Add("", codeRequired, "")
		return false
	}
	if !r.Decode(e.object, into) {
		return false
	}
	if into.named() != name {
		r.Forget()
		r.Add("object", codeShape, "the object is not what this type of event is about")
		return false
	}
	return true
}
