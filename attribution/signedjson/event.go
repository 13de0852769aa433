package signedjson

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Types of event. See the package's documentation.
const (
	typeChanged      = "order.changed"
	typeRefunded     = "order.refunded"
	typeDisputed     = "order.disputed"
	typeClaimed      = "order.claimed"
	typeDeleted      = "order.deleted"
	typePersonRedact = "person.redact"
	typeShopRedact   = "shop.redact"
)

func types() []string {
	return []string{typeChanged, typeRefunded, typeDisputed, typeClaimed, typeDeleted, typePersonRedact, typeShopRedact}
}

// reading is what is known while one body is read.
type reading struct {
	shop     string
	delivery attribution.Delivery
	identity attribution.Identity

	at           time.Time // when it happened, by the envelope
	currency     byline.Currency
	currencyTold bool // that there is none is a fault already
	faults       faults
}

// event reads the envelope. It is known only when its type is.
func (r *reading) event() (event attribution.Event, known bool) {
	whole, found := parseNode(r.delivery.Body)
	if r.faults = found; len(found) > 0 {
		return attribution.Event{}, false
	}
	if whole.kind != kindObject {
		r.faults.add("", codeShape, "")
		return attribution.Event{}, false
	}
	// What else stands in an envelope is the sender's affair.
	envelope := &object{in: r, index: -1, fields: whole.fields}
	kind := envelope.must("type").text(maxShort)
	if !slices.Contains(types(), kind) {
		return attribution.Event{}, false
	}
	r.at = envelope.must("timestamp").time()
	envelope.must("data").object(func(data *object) { event = r.data(kind, data) })
	return event, true
}

func (r *reading) data(kind string, o *object) attribution.Event {
	r.sameShop(kind, o)
	switch kind {
	case typePersonRedact, typeShopRedact:
		return r.redaction(kind, o)
	case typeChanged:
		return r.orderEvent(attribution.OrderChanged, r.order(o))
	}
	fragment := attribution.Order{ID: OrderID(r.shop, o.must("order").id()), Shop: r.shop}
	switch kind {
	case typeRefunded:
		fragment.Currency = r.setCurrency(o)
		fragment.Refunds = []attribution.Refund{r.refund(o, r.clock(o))}
		return r.orderEvent(attribution.OrderRefunded, fragment)
	case typeDisputed:
		fragment.Currency = r.setCurrency(o)
		fragment.Disputes = []attribution.Dispute{r.dispute(o, r.clock(o))}
		return r.orderEvent(attribution.OrderDisputed, fragment)
	case typeClaimed:
		fragment.Claims = []attribution.Claim{r.claim(o, r.clock(o))}
		return r.orderEvent(orderClaimed, fragment)
	}
	fragment.DeletedAt = r.orElse(o.may("at").time(), r.clock(o))
	return r.orderEvent(attribution.OrderDeleted, fragment)
}

// orderClaimed is the kind of an event that brings a claim alone.
const orderClaimed attribution.EventKind = typeClaimed

// sameShop compares the shop of the body with the endpoint's. Who erases a whole shop
// has to name it.
func (r *reading) sameShop(kind string, o *object) {
	named := o.mustIf(kind == typeShopRedact, "shop")
	if text := named.text(maxShort); text != "" && normalShop(text) != r.shop {
		named.fault(codeOtherShop, "")
	}
}

// clock is the sender's time of what it knows, by which a later version is told from a
// stale one.
func (r *reading) clock(o *object) time.Time { return r.orElse(o.may("updated_at").time(), r.at) }

func (r *reading) orElse(at, otherwise time.Time) time.Time {
	if at.IsZero() {
		return otherwise
	}
	return at
}

func (r *reading) setCurrency(o *object) byline.Currency {
	r.currency = o.may("currency").currency()
	return r.currency
}

func (r *reading) orderEvent(kind attribution.EventKind, fragment attribution.Order) attribution.Event {
	if len(r.faults) > 0 {
		return attribution.Event{}
	}
	if _, err := fragment.Sales(); err != nil {
		r.faults = byline.Nest("data", err)
		return attribution.Event{}
	}
	event, err := attribution.OrderEvent(kind, fragment, r.at)
	r.faults = append(r.faults, byline.Nest("data", err)...)
	return event
}

func (r *reading) redaction(kind string, o *object) attribution.Event {
	redaction := attribution.Redaction{Shop: r.shop, All: kind == typeShopRedact}
	if !redaction.All {
		for _, id := range o.must("orders").list() {
			redaction.Orders = append(redaction.Orders, OrderID(r.shop, id.id()))
		}
	}
	return attribution.Event{
		Key: r.requestKey(kind), Kind: attribution.EventKind(kind), Shop: r.shop, At: r.at, Redaction: &redaction,
	}
}

// requestKey tells two requests apart by their deliveries. Their bodies can be the same:
// a shop that leaves a second time must be erased again. To do it twice harms nobody.
func (r *reading) requestKey(kind string) string {
	sum := sha256.New()
	sum.Write([]byte(r.delivery.ID + "\n"))
	sum.Write(r.delivery.Body)
	return strings.Join([]string{kind, r.shop, hex.EncodeToString(sum.Sum(nil)[:16])}, "#")
}
