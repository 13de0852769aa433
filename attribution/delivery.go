package attribution

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/bylinehq/byline"
)

// Delivery is one webhook as it arrived, verified and not yet read.
type Delivery struct {
	Source     string            // the name under which the receiver knows the sender
	ID         string            // the sender's own id of the delivery, the same over its retries
	Topic      string            // what the sender says it is about
	Header     map[string]string // the few headers that Parse needs
	Body       []byte            // exactly as signed
	ReceivedAt time.Time
}

// Decoder understands the webhooks of one shop. attribution/shopify has one;
// attributiontest holds the conformance suite.
type Decoder interface {
	// Verify checks the signature over the raw body and fills a Delivery from the
	// headers, reading no more of the body than what names the delivery where no header
	// does. It is quick, because the sender waits. Its
	// errors are ErrNotSigned, ErrBadSignature and ErrExpired, or ErrIgnored for a
	// good delivery of a topic that means nothing here.
	Verify(header http.Header, body []byte) (Delivery, error)
	// Parse reads a verified Delivery, now or years later. It has no other input. An
	// error answers to byline.ErrInvalid and names no personal data.
	Parse(d Delivery) ([]Event, error)
}

// Fetcher is a Decoder whose deliveries only point at what changed. A [Worker] calls
// Fetch for each event with a Pointer, before and outside the unit of work, and applies
// the events it returns in its place; none means that nothing follows.
//
// An error that is [Permanent] fails the delivery, any other is tried again.
type Fetcher interface {
	Decoder
	Fetch(ctx context.Context, e Event) ([]Event, error)
}

// ErrIgnored says that a well-signed delivery is of a topic that means nothing here.
var ErrIgnored = errors.New("topic ignored")

// Stored is a delivery in the inbox.
type Stored struct {
	Delivery
	Seq      int64 // its place in the inbox, rising
	Attempts int   // how often it was tried before
}

// Receipt says what became of a delivery on arrival. In each case it is durable.
type Receipt string

// Receipts.
const (
	Accepted    Receipt = "accepted"    // new, to be processed
	Duplicate   Receipt = "duplicate"   // the same delivery is there already
	Quarantined Receipt = "quarantined" // its id is there with another body: kept apart for a person to look at
)

// Status is where a stored delivery stands.
type Status string

// Statuses.
const (
	StatusPending     Status = "pending"     // waits for the worker
	StatusProcessed   Status = "processed"   // its effect is committed
	StatusDuplicate   Status = "duplicate"   // another delivery said the same; it had no effect
	StatusFailed      Status = "failed"      // could not be read or contradicts what is known; see its reason, replay it when mended
	StatusQuarantined Status = "quarantined" // see Quarantined
)

// Outcome is what processing a delivery came to.
type Outcome struct {
	Status Status           // StatusProcessed or StatusDuplicate; of no meaning beside an error
	Orders []byline.OrderID // the orders it spoke of, as far as it could be read
	Erase  bool             // its body names a person who asked to be forgotten
}
