package bigcommerce

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/wire"
)

// Scopes that mean something here. All of them have the order's id in data.id: a refund
// too, whose own id Fetch does not need, because it reads all refunds of the order.
// https://github.com/bigcommerce/docs, docs/integrations/webhooks/events, read 2026-11-22.
const (
	scopeCreated  = "store/order/created"
	scopeUpdated  = "store/order/updated"
	scopeStatus   = "store/order/statusUpdated"
	scopeArchived = "store/order/archived"
	scopeRefund   = "store/order/refund/created"
)

// typeOrder is what data.type says for each of these scopes.
const typeOrder = "order"

// producerPrefix stands before the store hash in "producer".
const producerPrefix = "stores/"

func known(scope string) bool {
	switch scope {
	case scopeCreated, scopeUpdated, scopeStatus, scopeArchived, scopeRefund:
		return true
	}
	return false
}

func (w Webhook) parse(r *wire.Reader, d attribution.Delivery) []attribution.Event {
	var n wireNotice
	if !r.Decode(d.Body, &n) {
		return nil
	}
	if n.Scope.Kind != wire.Text || n.Scope.Empty() {
		r.Add("scope", codeShape, "the body is no webhook of BigCommerce: it has no scope")
		return nil
	}
	if !known(n.Scope.Words()) {
		return nil
	}
	if n.Producer.Words() != producerPrefix+w.StoreHash {
		r.Add("producer", codeOtherStore, "")
	}
	id, at := orderIn(r, n.Data), said(r, n.CreatedAt, d.ReceivedAt)
	order := OrderID(w.StoreHash, id)
	sum := sha256.Sum256(d.Body)
	return []attribution.Event{{
		Key: string(order) + "#" + hex.EncodeToString(sum[:16]), Kind: attribution.OrderPointed, Shop: w.StoreHash, At: at,
		Pointer: &attribution.Pointer{Type: typeOrder, ID: id},
	}}
}

func orderIn(r *wire.Reader, raw json.RawMessage) (id string) {
	inner := r.In("data")
	var data wireNoticeData
	if len(raw) == 0 {
		inner.Add("", codeRequired, "")
	} else if inner.Decode(raw, &data) {
		id = inner.ID("id", data.ID)
	}
	return id
}

// said is when the event happened, in seconds since 1970. Some samples of BigCommerce's
// have no created_at.
func said(r *wire.Reader, s scalar, received time.Time) time.Time {
	if s.Missing() {
		return received
	}
	seconds, ok := s.Whole()
	at := time.Unix(seconds, 0).UTC()
	if !ok || at.Year() > 9999 {
		r.Add("created_at", codeTime, "not a count of seconds since 1970")
		return received
	}
	return at
}
