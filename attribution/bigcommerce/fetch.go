package bigcommerce

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/httpapi"
	"github.com/bylinehq/byline/internal/wire"
)

const (
	defaultBaseURL = "https://api.bigcommerce.com"
	headerToken    = "X-Auth-Token" // bigcommerce/docs, reference/orders.v2.oas2.yml, read 2026-11-22
	headerTrace    = "X-Request-Id"
	// Milliseconds until the quota is refreshed.
	// https://developer.bigcommerce.com/api-docs/getting-started/best-practices and
	// bigcommerce/bigcommerce-api-php, read 2026-11-22.
	headerWait = "X-Rate-Limit-Time-Reset-Ms"
)

// A list comes in pages. We ask for as many as BigCommerce gives at once; a page of fewer
// than what it gives unasked is surely the last.
// https://github.com/bigcommerce/docs, reference/orders.v2.oas2.yml, read 2026-11-22.
const (
	pageLimit   = 250
	pageUnasked = 50
	maxPages    = 20
)

// Fetch reads the order that an event points at: its document, coupons, products and all
// its refunds. What it returns is the order as it stands, however late or often it is
// asked, so deliveries may arrive in any order. An event without a Pointer is returned as
// it is.
//
// The four are read one after the other, the document first. A change between them makes
// the document older than what stands beside it, never younger; the webhook of that
// change brings the whole again.
//
// An error of codes "bigcommerce.…" is permanent. Any other asks to try again: a
// [*byline.RateLimitError], a [*byline.RemoteError] (a token that is refused answers to
// byline.ErrUnauthorized, a store that is down to byline.ErrUnavailable), the error of ctx.
// An order that BigCommerce does not know yet answers to byline.ErrNotFound; two minutes
// after the webhook that is "bigcommerce.gone". It is never taken for a deleted order:
// orders of BigCommerce are archived and not thrown away, and one of these keeps what it
// has earned.
func (w Webhook) Fetch(ctx context.Context, e attribution.Event) ([]attribution.Event, error) {
	if e.Pointer == nil {
		return []attribution.Event{e}, nil
	}
	id := e.Pointer.ID
	if e.Pointer.Type != typeOrder || id == "" || strings.Trim(id, "0123456789") != "" {
		return nil, fmt.Errorf("bigcommerce: %w", fault(codePointer))
	}
	r := newReader()
	d, err := w.read(ctx, &r, id)
	if remote, ok := errors.AsType[*byline.RemoteError](err); ok && remote.Status == http.StatusNotFound && httpapi.Settled(w.Now, e.At) {
		err = fault(codeGone)
	}
	if err != nil {
		return nil, fmt.Errorf("bigcommerce: order %s: %w", id, err)
	}
	order := d.order(&r, w, id)
	if err := r.Err("order " + id); err != nil {
		return nil, err
	}
	event, err := attribution.OrderEvent(attribution.OrderChanged, order, order.UpdatedAt)
	if err != nil {
		return nil, fmt.Errorf("bigcommerce: order %s: %w", id, err)
	}
	return []attribution.Event{event}, nil
}

// documents are what BigCommerce says of one order.
type documents struct {
	head     wireOrder
	coupons  []wireCoupon
	products []wireProduct
	refunds  []wireRefund
}

func (w Webhook) api() httpapi.API {
	base := w.BaseURL
	if base == "" {
		base = defaultBaseURL
	}
	return httpapi.API{
		Platform: "bigcommerce", Doer: w.Client, Base: base, Header: http.Header{headerToken: {string(w.Token)}},
		TooLarge: fault(codeSize), WaitHeader: headerWait, TraceHeader: headerTrace,
	}
}

// read gathers the documents. What is wrong inside them goes to r; the error is why they
// could not be read at all.
func (w Webhook) read(ctx context.Context, r *wire.Reader, id string) (documents, error) {
	var d documents
	get := func(query url.Values, path ...string) ([]byte, error) {
		return w.api().Get(ctx, query, append([]string{"stores", w.StoreHash}, path...)...)
	}
	body, err := get(nil, "v2", "orders", id)
	if err != nil {
		return d, err
	}
	head := r.In("order")
	head.Decode(body, &d.head)
	if d.coupons, err = pages[wireCoupon](r, "coupons", func(query url.Values) ([]byte, error) {
		return get(query, "v2", "orders", id, "coupons")
	}); err != nil {
		return d, err
	}
	if d.products, err = pages[wireProduct](r, "products", func(query url.Values) ([]byte, error) {
		return get(query, "v2", "orders", id, "products")
	}); err != nil {
		return d, err
	}
	d.refunds, err = refundPages(r, func(query url.Values) ([]byte, error) {
		return get(query, "v3", "orders", id, "payment_actions", "refunds")
	})
	return d, err
}

// getPage asks for one page of a list.
type getPage func(query url.Values) ([]byte, error)

// pages reads a list of version 2. An empty one has no body at all.
func pages[T any](r *wire.Reader, name string, get getPage) ([]T, error) {
	var all []T
	for page := 1; ; page++ {
		body, err := get(url.Values{"page": {strconv.Itoa(page)}, "limit": {strconv.Itoa(pageLimit)}})
		if err != nil {
			return nil, err
		}
		var got []T
		if len(body) > 0 {
			inner := r.In(name)
			inner.Decode(body, &got)
		}
		all = append(all, got...)
		if len(got) < pageUnasked {
			return all, nil
		}
		if page == maxPages {
			return nil, fault(codeSize)
		}
	}
}

// refundPages reads the list of version 3, which says itself how many pages it has, and
// nothing when it is one.
func refundPages(r *wire.Reader, get getPage) ([]wireRefund, error) {
	var all []wireRefund
	for page := 1; ; page++ {
		var query url.Values
		if page > 1 {
			query = url.Values{"page": {strconv.Itoa(page)}}
		}
		body, err := get(query)
		if err != nil || len(body) == 0 {
			return all, err
		}
		var got wireRefunds
		inner := r.In("refunds")
		if inner.Decode(body, &got); got.Data == nil {
			inner.Add("data", codeRequired, "")
		}
		all = append(all, got.Data...)
		total, _ := got.Meta.Pagination.TotalPages.Whole()
		switch {
		case int64(page) >= total:
			return all, nil
		case page == maxPages:
			return nil, fault(codeSize)
		}
	}
}
