package hubspot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/httpapi"
	"github.com/bylinehq/byline/internal/wire"
)

const (
	defaultBaseURL = "https://api.hubapi.com"
	headerTrace    = "X-HubSpot-Correlation-Id"
	// Milliseconds of the window in which calls are counted.
	// https://developers.hubspot.com/docs/api/error-handling, read 2026-11-22.
	headerWait = "X-HubSpot-RateLimit-Interval-Milliseconds"
)

// maxContacts bounds the calls that one deal can cost. Those of the lowest ids are read:
// the customer is the first of them.
const maxContacts = 5

// Fetch reads the deal or contact that an event points at, and of a deal its first five
// contacts. What it returns is the order or lead as it stands, however late or often it
// is asked, so deliveries may arrive in any order. An event without a Pointer is returned
// as it is.
//
// A record that was deleted comes back as [attribution.OrderDeleted]. One that was merged
// into another comes back as that other, with an [attribution.Alias] before it.
//
// An error of codes "hubspot.…" is permanent. Any other asks to try again: a
// [*byline.RateLimitError], a [*byline.RemoteError] (a token that is refused answers to
// byline.ErrUnauthorized, a platform that is down to byline.ErrUnavailable), the error of
// ctx.
//
// A record that HubSpot does not know, and of which the event does not say that it was
// deleted, answers to byline.ErrNotFound. Two minutes after the webhook nothing follows
// from it, because one record that is gone must not hold up the others of its delivery;
// but only when the token proves to be of the portal, and else the error answers to
// byline.ErrUnauthorized.
func (w Webhook) Fetch(ctx context.Context, e attribution.Event) ([]attribution.Event, error) {
	if e.Pointer == nil {
		return []attribution.Event{e}, nil
	}
	name, verb, _ := strings.Cut(e.Pointer.Type, ".")
	o, id := object(name), e.Pointer.ID
	if o != deal && o != contact || id == "" || strings.Trim(id, "0123456789") != "" {
		return nil, fmt.Errorf("hubspot: %w", fault(codePointer))
	}
	where := name + " " + id
	r := newReader()
	f, err := w.read(ctx, &r, o, id)
	var events []attribution.Event
	switch {
	case errors.Is(err, byline.ErrNotFound):
		events, err = w.missing(ctx, e, verb, orderID(w.PortalID, o, id), err)
	case err == nil:
		events, err = w.events(&r, e, f, id)
	}
	if err != nil {
		return nil, fmt.Errorf("hubspot: %s: %w", where, err)
	}
	if err := r.Err(where); err != nil {
		return nil, err
	}
	return events, nil
}

// missing says what follows from a record that is not there.
func (w Webhook) missing(ctx context.Context, e attribution.Event, verb string, id byline.OrderID, notFound error) ([]attribution.Event, error) {
	if verb == verbDeleted {
		event, err := attribution.OrderEvent(attribution.OrderDeleted, attribution.Order{ID: id, Shop: w.shop(), DeletedAt: e.At}, e.At)
		return []attribution.Event{event}, err
	}
	if !httpapi.Settled(w.Now, e.At) {
		return nil, notFound
	}
	return nil, w.checkPortal(ctx)
}

// checkPortal asks whose token it is. That of another portal finds nothing anywhere. The
// call is as public clients of the API make it, read 2026-11-22.
func (w Webhook) checkPortal(ctx context.Context) error {
	body, err := w.api().Get(ctx, nil, "account-info", "v3", "details")
	if err != nil {
		return err
	}
	var details wireDetails
	r := newReader()
	r.Decode(body, &details)
	if portal, ok := details.PortalID.Whole(); !ok || portal != w.PortalID {
		return fmt.Errorf("the token is of another portal: %w", byline.ErrUnauthorized)
	}
	return nil
}

// found is what HubSpot says of one record.
type found struct {
	object   object
	id       string // its own, which differs from what was asked for after a merge
	record   wireRecord
	contacts []wireRecord // of a deal
}

func (w Webhook) api() httpapi.API {
	api := httpapi.API{
		Platform: "hubspot", Doer: w.Client, Base: w.BaseURL, Header: http.Header{},
		TooLarge: fault(codeSize), WaitHeader: headerWait, TraceHeader: headerTrace,
	}
	if api.Base == "" {
		api.Base = defaultBaseURL
	}
	if w.Token != "" {
		api.Header.Set("Authorization", "Bearer "+string(w.Token))
	}
	return api
}

func (w Webhook) get(ctx context.Context, o object, id string) ([]byte, error) {
	query := url.Values{"properties": {strings.Join(w.asked(o), ",")}, "archived": {"false"}}
	if o == deal {
		query.Set("associations", "contacts")
	}
	return w.api().Get(ctx, query, "crm", "v3", "objects", string(o)+"s", id)
}

// read gathers the records. What is wrong inside them goes to r; the error is why they
// could not be read at all.
func (w Webhook) read(ctx context.Context, r *wire.Reader, o object, id string) (found, error) {
	f := found{object: o}
	body, err := w.get(ctx, o, id)
	if err != nil {
		return f, err
	}
	inner := r.In(string(o))
	inner.Decode(body, &f.record)
	f.id = inner.ID("id", f.record.ID)
	for i, id := range f.record.contactIDs(r) {
		body, err := w.get(ctx, contact, id)
		if errors.Is(err, byline.ErrNotFound) {
			continue // deleted since, which takes nothing from the deal
		}
		if err != nil {
			return f, err
		}
		var rec wireRecord
		inner := r.Item("contacts", i)
		inner.Decode(body, &rec)
		f.contacts = append(f.contacts, rec)
	}
	return f, nil
}

// contactIDs lists each contact once, by rising id. A contact stands in the list once for
// every way in which it belongs to the deal.
func (rec *wireRecord) contactIDs(r *wire.Reader) []string {
	var ids []string
	for i, result := range rec.Associations.Contacts.Results {
		inner := r.Item("deal.associations.contacts.results", i)
		if id := inner.ID("id", result.ID); id != "" {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, byNumber)
	ids = slices.Compact(ids)
	return ids[:min(len(ids), maxContacts)]
}

// byNumber orders digits without leading zeros.
func byNumber(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

// events makes what follows from the records.
func (w Webhook) events(r *wire.Reader, e attribution.Event, f found, asked string) ([]attribution.Event, error) {
	order := w.order(r, f)
	if e.Pointer.Type == string(f.object)+"."+verbRestored && e.At.After(order.UpdatedAt) {
		// To restore a record need not touch its clock, and what was deleted comes back with
		// a later document alone.
		order.UpdatedAt = e.At
	}
	event, err := attribution.OrderEvent(attribution.OrderChanged, order, order.UpdatedAt)
	if err != nil || f.id == asked || f.id == "" {
		return []attribution.Event{event}, err
	}
	also := orderID(w.PortalID, f.object, asked)
	return []attribution.Event{{
		Key: string(order.ID) + "#alias#" + string(also), Kind: attribution.OrderLinked, Shop: order.Shop, At: order.UpdatedAt,
		Alias: &attribution.Alias{Order: order.ID, Also: also},
	}, event}, nil
}
