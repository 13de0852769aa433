package attribution

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/bylinehq/byline"
)

// Event is one fact read from a delivery.
type Event struct {
	// Key names the fact itself: two deliveries of one fact have the same Key, however
	// they travelled.
	Key       string
	Kind      EventKind
	Shop      string
	At        time.Time  // by the shop's clock
	Order     *Order     // what it says of an order, to be merged; nil for other kinds
	Redaction *Redaction // whom to forget; nil for other kinds
	Alias     *Alias     `json:",omitempty"` // two ids of one order; nil for other kinds
	Pointer   *Pointer   `json:",omitempty"` // what to fetch; nil for other kinds
}

// EventKind says what an event is about.
type EventKind string

// Kinds of event.
const (
	OrderChanged  EventKind = "order.changed"
	OrderRefunded EventKind = "order.refunded"
	OrderDisputed EventKind = "order.disputed"
	OrderClaimed  EventKind = "order.claimed"
	OrderDeleted  EventKind = "order.deleted"
	OrderLinked   EventKind = "order.linked"          // see Alias
	OrderPointed  EventKind = "order.pointed"         // see Pointer
	DataRequested EventKind = "person.data_requested" // a person asks what is held of them; the merchant answers
	PersonRedact  EventKind = "person.redact"
	ShopRedact    EventKind = "shop.redact"
	AppRemoved    EventKind = "app.removed" // the shop's access is gone; its ledger stays
)

// Redaction says whose personal data to erase. Money and ids stay.
type Redaction struct {
	Shop   string
	Orders []byline.OrderID // of the person
	All    bool             // everybody of the shop
}

// Alias says that an order goes by a second id, under which some deliveries speak of it:
// a payment's, where refunds name only the payment. All that is known under Also belongs
// to Order.
type Alias struct {
	Order byline.OrderID
	Also  byline.OrderID
}

// Pointer is what a delivery says that only names what changed. A [Fetcher] turns it
// into events that say how.
type Pointer struct {
	Type string // in the sender's words: "order", "refund", "deal"
	ID   string // in the sender's own ids
}

// OrderEvent makes the event of a fragment of an order. Its Key is built from what the
// fragment says, so that the same fact from two topics is one fact. A fragment that
// cannot be written as JSON, because of an amount without a currency, gives a
// [*byline.FieldError] of code "order.encoding".
func OrderEvent(kind EventKind, fragment Order, at time.Time) (Event, error) {
	content, err := json.Marshal(fragment)
	if err != nil {
		return Event{}, &byline.FieldError{Path: "order", Code: "order.encoding", Message: err.Error()}
	}
	sum := sha256.Sum256(content)
	return Event{
		Key:  string(fragment.ID) + "#" + hex.EncodeToString(sum[:16]),
		Kind: kind, Shop: fragment.Shop, At: at, Order: &fragment,
	}, nil
}

// Record is what is kept of one order: its state and the decision on it.
type Record struct {
	Order    Order
	Decision Decision
	// History is what the decision was made with beside the order, so that it can be made
	// again. Nil where nothing else was known.
	History *History
	// Kin are other orders of a customer of whom nothing else is left that would tell:
	// one of these orders, or this one, was forgotten. Sorted, each once.
	Kin []byline.OrderID
}
