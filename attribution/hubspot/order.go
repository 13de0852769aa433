package hubspot

import (
	"slices"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/wire"
)

func (w Webhook) order(r *wire.Reader, f found) attribution.Order {
	if f.object == deal {
		return w.purchase(r, f)
	}
	return w.lead(r, f)
}

// purchase is the order of a deal. It counts as placed when the deal was made, which never
// changes, and not when it is expected to close: evidence and agreements are of the time
// when the customer came.
func (w Webhook) purchase(r *wire.Reader, f found) attribution.Order {
	o := attribution.Order{ID: orderID(w.PortalID, deal, f.id), Shop: w.shop(), Number: f.id}
	inner := r.In(string(deal))
	o.PlacedAt, o.UpdatedAt = f.record.created(&inner), f.record.modified(&inner, propModified)
	o.Payment = w.payment(&f.record)
	o.Currency = w.currency(&inner, &f.record)
	if inner.Currency = o.Currency; o.Currency != "" {
		o.Lines = amount(&inner, &f.record)
	}
	o.Touches = w.touches(&inner, &f.record, o.PlacedAt)
	if o.Payment == attribution.Voided {
		// The day on which it was to close is no time.
		o.CancelledAt = o.UpdatedAt
	}
	records := []*wireRecord{&f.record}
	for i := range f.contacts {
		inner := r.Item("contacts", i)
		rec := &f.contacts[i]
		o.Touches = append(o.Touches, w.touches(&inner, rec, rec.created(&inner))...)
		records = append(records, rec)
	}
	if len(f.contacts) > 0 {
		o.Customer = w.customer(&f.contacts[0])
	}
	o.Codes = w.codes(records...)
	return o
}

// lead is the order of a contact. Nobody pays for one, so it has neither lines nor a
// payment.
func (w Webhook) lead(r *wire.Reader, f found) attribution.Order {
	o := attribution.Order{
		ID: orderID(w.PortalID, contact, f.id), Shop: w.shop(), Number: f.id, Kind: attribution.Lead,
		Customer: w.customer(&f.record), Codes: w.codes(&f.record),
	}
	inner := r.In(string(contact))
	o.PlacedAt, o.UpdatedAt = f.record.created(&inner), f.record.modified(&inner, propChanged)
	o.Touches = w.touches(&inner, &f.record, o.PlacedAt)
	return o
}

// Stages that every portal begins with. Those of pipelines made later are numbers.
// https://developers.hubspot.com/docs/api-reference/latest/crm/objects/deals/guide, read
// 2026-11-22.
const (
	stageWon  = "closedwon"
	stageLost = "closedlost"
)

// payment tells what a deal's stage means for its money. A deal that is opened again waits
// again.
func (w Webhook) payment(rec *wireRecord) attribution.Payment {
	switch {
	case ended(rec, w.Won, stageWon, propWon):
		return attribution.Paid
	case ended(rec, w.Lost, stageLost, propLost):
		return attribution.Voided
	}
	return attribution.Pending
}

func ended(rec *wireRecord, stages []string, usual, property string) bool {
	stage := rec.text(propStage)
	if len(stages) > 0 {
		return slices.Contains(stages, stage)
	}
	return stage == usual || strings.EqualFold(rec.text(property), "true")
}

// currency is the deal's own, else that of the portal.
func (w Webhook) currency(r *wire.Reader, rec *wireRecord) byline.Currency {
	own := rec.Properties[propCurrency]
	if own.Empty() && w.Currency != "" {
		return w.Currency
	}
	return r.CurrencyOf("properties."+propCurrency, own.Given())
}

// amount is the one line that a deal has, and none while nobody has said an amount. It may
// be the sum of line items with discounts, and finer than the currency.
func amount(r *wire.Reader, rec *wireRecord) []attribution.Line {
	const path = "properties." + propAmount
	sum, ok := r.Amount(path, rec.Properties[propAmount])
	if !ok {
		return nil
	}
	return []attribution.Line{{ID: propAmount, Quantity: 1, Gross: r.Rounded(path, sum)}}
}

func (w Webhook) customer(rec *wireRecord) attribution.Customer {
	return attribution.Customer{
		ID:    rec.ID.Words(),
		Email: w.Identity.Email(rec.text(propEmail)),
		Phone: w.Identity.Phone(rec.text(propPhone), w.Market),
	}
}
