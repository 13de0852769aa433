package hubspot

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/wire"
)

// maxChanges is how many changes HubSpot sends at once.
// https://developers.hubspot.com/docs/api-reference/legacy/webhooks/guide, read 2026-11-22.
const maxChanges = 100

// object is a kind of record that means something here.
type object string

const (
	deal    object = "deal"
	contact object = "contact"
)

// Subscriptions are named "deal.creation". The generic ones are named "object.creation"
// and say in objectTypeId which kind of object it is.
// https://developers.hubspot.com/docs/apps/legacy-apps/public-apps/create-generic-webhook-subscriptions,
// read 2026-11-22.
const (
	generic       = "object"
	typeIDDeal    = "0-3"
	typeIDContact = "0-1"

	verbCreated   = "creation"
	verbChanged   = "propertyChange"
	verbRestored  = "restore"
	verbMerged    = "merge"
	verbDeleted   = "deletion"
	verbForgotten = "privacyDeletion" // of contacts alone, and never generic
)

func (w Webhook) parse(r *wire.Reader, d attribution.Delivery) []attribution.Event {
	var list []json.RawMessage
	if !r.Decode(d.Body, &list) {
		return nil
	}
	switch {
	case list == nil:
		r.Add("", codeShape, "the body is no list of changes")
		return nil
	case len(list) > maxChanges:
		r.Add("", codeBatch, "")
		return nil
	}
	var events []attribution.Event
	for i, element := range list {
		inner := r.Item("", i)
		events = append(events, w.change(&inner, element, d.ReceivedAt)...)
	}
	return w.needed(events)
}

// needed leaves out what would fetch one record again as it stands now, and what is of a
// person to be forgotten. A deletion and a restoring stay, because the event alone says so.
func (w Webhook) needed(events []attribution.Event) []attribution.Event {
	forgotten, fetched := map[byline.OrderID]bool{}, map[byline.OrderID]bool{}
	for _, e := range events {
		if e.Redaction != nil {
			forgotten[e.Redaction.Orders[0]] = true
		}
	}
	return slices.DeleteFunc(events, func(e attribution.Event) bool {
		if e.Pointer == nil {
			return false
		}
		name, verb, _ := strings.Cut(e.Pointer.Type, ".")
		id := orderID(w.PortalID, object(name), e.Pointer.ID)
		if forgotten[id] || verb == verbDeleted || verb == verbRestored {
			return forgotten[id]
		}
		again := fetched[id]
		fetched[id] = true
		return again
	})
}

func (w Webhook) change(r *wire.Reader, element json.RawMessage, received time.Time) []attribution.Event {
	var c wireChange
	if !r.Decode(element, &c) {
		return nil
	}
	o, verb := c.about(r)
	if o == "" {
		return nil
	}
	if portal, ok := c.PortalID.Whole(); !ok || portal != w.PortalID {
		r.Add("portalId", codeOtherPortal, "")
	}
	e := attribution.Event{Shop: w.shop(), At: occurred(r, c.OccurredAt, received)}
	if verb == verbMerged {
		return w.merged(r, c, e, o)
	}
	id := r.ID("objectId", c.ObjectID)
	if verb == verbForgotten {
		lead := orderID(w.PortalID, o, id)
		e.Kind, e.Key = attribution.PersonRedact, c.key(lead, verb)
		e.Redaction = &attribution.Redaction{Shop: e.Shop, Orders: []byline.OrderID{lead}}
		return []attribution.Event{e}
	}
	return []attribution.Event{w.pointer(c, e, o, verb, id)}
}

// about tells which kind of object a change is of and what happened to it; the object is
// "" for what means nothing here.
func (c wireChange) about(r *wire.Reader) (o object, verb string) {
	if c.SubscriptionType.Kind != wire.Text {
		r.Add("subscriptionType", codeShape, "the change has no type")
		return "", ""
	}
	name, verb, _ := strings.Cut(c.SubscriptionType.Words(), ".")
	switch verb {
	case verbCreated, verbChanged, verbRestored, verbMerged, verbDeleted:
	case verbForgotten:
		if object(name) != contact {
			return "", ""
		}
	default:
		return "", ""
	}
	if name != generic {
		if o = object(name); o != deal && o != contact {
			return "", ""
		}
		return o, verb
	}
	switch c.ObjectTypeID.Words() {
	case typeIDDeal:
		return deal, verb
	case typeIDContact:
		return contact, verb
	case "":
		r.Add("objectTypeId", codeRequired, "")
	}
	return "", ""
}

// pointer makes the event of one record. Its Pointer has HubSpot's own words for what
// happened, in the form that is not generic: "deal.propertyChange".
func (w Webhook) pointer(c wireChange, e attribution.Event, o object, verb, id string) attribution.Event {
	e.Kind, e.Key = attribution.OrderPointed, c.key(orderID(w.PortalID, o, id), verb)
	e.Pointer = &attribution.Pointer{Type: string(o) + "." + verb, ID: id}
	return e
}

// merged points at the record that is left, which may be a new one, and at those that
// went into it: of them HubSpot says that they are gone, or answers with the one that is
// left.
// https://developers.hubspot.com/changelog/new-subscription-types-for-webhooks,
// read 2026-11-22.
func (w Webhook) merged(r *wire.Reader, c wireChange, e attribution.Event, o object) []attribution.Event {
	ids := []string{c.left(r)}
	if !c.NewObjectID.Missing() && !c.PrimaryObjectID.Missing() {
		ids = append(ids, r.ID("primaryObjectId", c.PrimaryObjectID))
	}
	var merged []scalar
	if len(c.MergedObjectIDs) > 0 {
		inner := r.In("mergedObjectIds")
		inner.Decode(c.MergedObjectIDs, &merged)
	}
	for i, s := range merged {
		inner := r.Item("mergedObjectIds", i)
		ids = append(ids, inner.ID("", s))
	}
	events := []attribution.Event{w.pointer(c, e, o, verbMerged, ids[0])}
	for i, id := range ids {
		if !slices.Contains(ids[:i], id) && i > 0 {
			events = append(events, w.pointer(c, e, o, verbDeleted, id))
		}
	}
	return events
}

// left is the record that is left of a merge.
func (c wireChange) left(r *wire.Reader) string {
	if c.NewObjectID.Missing() {
		return r.ID("primaryObjectId", c.PrimaryObjectID)
	}
	return r.ID("newObjectId", c.NewObjectID)
}

// key names the change. HubSpot calls eventId not unique, so it does not stand alone; the
// number of the attempt is left out, because a retry is no other change.
func (c wireChange) key(order byline.OrderID, verb string) string {
	sum := sha256.New()
	for _, part := range []string{
		verb, c.SubscriptionID.Words(), c.EventID.Words(), c.OccurredAt.Words(), c.PropertyName.Words(), c.ObjectID.Words(),
	} {
		_, _ = fmt.Fprintf(sum, "%d %s ", len(part), part) // a hash takes everything
	}
	return string(order) + "#" + hex.EncodeToString(sum.Sum(nil)[:16])
}

// occurred is when the change happened, in milliseconds since 1970.
func occurred(r *wire.Reader, s scalar, received time.Time) time.Time {
	if s.Missing() {
		return received
	}
	milliseconds, ok := s.Whole()
	at := time.UnixMilli(milliseconds).UTC()
	if !ok || at.Year() > 9999 {
		r.Add("occurredAt", codeTime, "not a count of milliseconds since 1970")
		return received
	}
	return at
}
