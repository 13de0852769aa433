package stripe

import (
	"cmp"
	"encoding/json"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// wireDiscount is a discount in any of the shapes that Stripe has given it.
//
// A session lists {coupon, promotion_code} since 2025; an invoice lists ids ("di_…") and,
// until version 2025-03-31.basil, has the object beside them where there is just one. The
// object's coupon moved into source with version 2025-09-30.clover.
// https://docs.stripe.com/changelog/acacia/2025-01-27/checkout-sessions-discounts-field,
// https://docs.stripe.com/api/discounts/object, read 2026-11-22.
type wireDiscount struct {
	ID        scalar
	Coupon    ref
	Promotion wirePromotion
}

// UnmarshalJSON takes anything.
func (d *wireDiscount) UnmarshalJSON(data []byte) error {
	*d = wireDiscount{}
	if data[0] != '{' {
		return d.ID.UnmarshalJSON(data)
	}
	var object struct {
		ID        scalar        `json:"id"`
		Coupon    ref           `json:"coupon"`
		Promotion wirePromotion `json:"promotion_code"`
		Source    struct {
			Coupon ref `json:"coupon"`
		} `json:"source"`
	}
	if json.Unmarshal(data, &object) != nil {
		return nil
	}
	*d = wireDiscount{ID: object.ID, Coupon: object.Coupon, Promotion: object.Promotion}
	if d.Coupon.missing() {
		d.Coupon = object.Source.Coupon
	}
	return nil
}

// wirePromotion is a promotion code: its id, or the object, which knows its text.
type wirePromotion struct {
	ref

	Code scalar
}

// UnmarshalJSON takes anything.
func (p *wirePromotion) UnmarshalJSON(data []byte) error {
	var object struct {
		Code scalar `json:"code"`
	}
	if data[0] == '{' && json.Unmarshal(data, &object) == nil {
		p.Code = object.Code
	}
	return p.ref.UnmarshalJSON(data)
}

// isNamed tells a discount from an id that only Stripe can resolve.
func (d wireDiscount) isNamed() bool { return !d.Promotion.missing() || !d.Coupon.missing() }

// code is the best name there is for a discount: the text of its promotion code, else
// what the caller knows it by, else an id. All of them are codes that the shop knows; a
// title that somebody typed is nowhere in a discount.
func (w Webhook) code(d wireDiscount) string {
	promotion, coupon, id := d.Promotion.id.Text(), d.Coupon.id.Text(), d.ID.Text()
	return cmp.Or(w.text(promotion), d.Promotion.Code.Text(), w.text(coupon), w.text(id), promotion, coupon, id)
}

func (w Webhook) text(id string) string {
	if id == "" || w.Codes == nil {
		return ""
	}
	return w.Codes(id)
}

// sessionCodes lists all discounts of a session, which says what they took off together:
// of one alone that is what it took.
func (w Webhook) sessionCodes(doc *wireSession, together byline.Money) []attribution.CodeUse {
	var uses []attribution.CodeUse
	for _, d := range doc.Discounts {
		if text := w.code(d); text != "" {
			uses = append(uses, attribution.CodeUse{Code: text, Kind: attribution.Genuine})
		}
	}
	if len(doc.Discounts) == 1 && len(uses) == 1 && !doc.TotalDetails.AmountDiscount.Missing() {
		uses[0].Discount = together
	}
	return uses
}

// invoiceCodes lists all discounts of an invoice, those of single lines too, with what
// each took off where it is stated.
func (w Webhook) invoiceCodes(r *reader, doc *wireInvoice) []attribution.CodeUse {
	var uses []attribution.CodeUse
	for _, t := range doc.taken() {
		if text := w.code(t.Discount); text != "" {
			uses = append(uses, attribution.CodeUse{Code: text, Kind: attribution.Genuine, Discount: r.tookOff(t.Amount)})
		}
	}
	return uses
}

// tookOff is the zero Money where it is not stated. A discount that adds is none.
func (r *reader) tookOff(s scalar) byline.Money {
	units := r.units("total_discount_amounts", s)
	if s.Missing() || units < 0 {
		return byline.Money{}
	}
	return r.money(units)
}

// taken joins the places that tell of an invoice's discounts: one entry for each id, with
// the fullest object and the amount, in the order in which they are met.
func (w *wireInvoice) taken() []wireTaken {
	var all []wireTaken
	index := map[string]int{}
	note := func(t wireTaken) {
		id := t.Discount.ID.Text()
		i, known := index[id]
		if !known || id == "" {
			index[id] = len(all)
			all = append(all, t)
			return
		}
		if !all[i].Discount.isNamed() {
			all[i].Discount = t.Discount
		}
		if all[i].Amount.Missing() {
			all[i].Amount = t.Amount
		}
	}
	if w.Discount != nil {
		note(wireTaken{Discount: *w.Discount})
	}
	for _, d := range w.Discounts {
		note(wireTaken{Discount: d})
	}
	for _, t := range w.DiscountAmounts {
		note(t)
	}
	return all
}
