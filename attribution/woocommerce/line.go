package woocommerce

import (
	"slices"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// columns are the amounts of an order's lines, each read as one sum.
type columns struct{ subtotal, total, tax column }

func newColumns(c byline.Currency) *columns {
	return &columns{subtotal: column{currency: c}, total: column{currency: c}, tax: column{currency: c}}
}

func (r *reader) lines(items []wireLine, c byline.Currency) []attribution.Line {
	sums := newColumns(c)
	var lines []attribution.Line
	for i := range items {
		inner := r.item("line_items", i)
		lines = append(lines, inner.line(&items[i], sums))
	}
	return lines
}

// line reads amounts that never hold tax: prices_include_tax says how prices are typed
// in, and WooCommerce takes the tax out before it keeps them. subtotal is before coupons
// and total after; price is a float, and is not read.
// https://woocommerce.github.io/woocommerce-rest-api-docs/#order-line-items-properties,
// read 2026-11-22.
func (r *reader) line(w *wireLine, sums *columns) attribution.Line {
	line := attribution.Line{
		ID:       r.ID("id", w.ID.Given()),
		Product:  number(w.ProductID),
		SKU:      w.SKU.Words(),
		Quantity: r.count("quantity", w.Quantity),
		Gross:    r.amount("subtotal", &sums.subtotal, w.Subtotal),
		Tax:      r.amount("total_tax", &sums.tax, w.TotalTax),
		GiftCard: w.giftCard(),
	}
	net := r.amount("total", &sums.total, w.Total)
	discount, err := line.Gross.Sub(net)
	if err != nil {
		r.Add("total", codeMoney, "amount out of range")
	}
	if discount.Sign() < 0 {
		// A plugin put something on the price, or the rounding of a fraction did.
		line.Gross, discount = net, byline.Minor(0, net.Currency())
	}
	line.Discount = discount
	return line
}

// shipping sums what delivery cost, which never holds the tax beside it, and coupons for
// shipping are off it. A sum is not known where there is no list, or one without the
// amount.
// https://woocommerce.github.io/woocommerce-rest-api-docs/#order-shipping-lines-properties,
// read 2026-11-22.
func (r *reader) shipping(lines []wireLine, c byline.Currency) (net, tax byline.Money) {
	if lines == nil {
		return byline.Money{}, byline.Money{}
	}
	net = r.shippingSum("total", lines, c, func(w *wireLine) scalar { return w.Total })
	tax = r.shippingSum("total_tax", lines, c, func(w *wireLine) scalar { return w.TotalTax })
	return net, tax
}

func (r *reader) shippingSum(name string, lines []wireLine, c byline.Currency, amount func(*wireLine) scalar) byline.Money {
	total, sums := byline.Minor(0, c), column{currency: c}
	for i := range lines {
		stated := amount(&lines[i])
		if stated.Empty() {
			return byline.Money{}
		}
		inner := r.item("shipping_lines", i)
		total = inner.Sum(name, total, inner.amount(name, &sums, stated))
	}
	return floor(total)
}

// floor makes nothing of what a plugin put below nothing: it is no sale of its own.
func floor(m byline.Money) byline.Money {
	if m.Sign() < 0 {
		return byline.Minor(0, m.Currency())
	}
	return m
}

// giftCard looks for what plugins note on a line that sells a gift card. WooCommerce has
// no gift cards of its own; another plugin's are taken for goods.
//
//   - wc_gc_giftcard_amount: WooCommerce Gift Cards, class WC_GC_Gift_Card_Product
//   - pw_gift_card_amount: PW WooCommerce Gift Cards, constant PWGC_AMOUNT_META_KEY
//   - _ywgc_amount: YITH WooCommerce Gift Cards, class YITH_YWGC_Backend
//
// Read in copies of the plugins on 2026-11-22.
func (w *wireLine) giftCard() bool {
	marks := []string{"wc_gc_giftcard_amount", "pw_gift_card_amount", "_ywgc_amount"}
	return slices.ContainsFunc(w.MetaData.Value, func(m wireMeta) bool { return slices.Contains(marks, m.Key.Words()) })
}

// codes lists the coupons of an order. A shop puts none on an order that it does not
// know itself, but staff may: see [attribution.Order.Channel]. A renewal repeats the
// coupons of its subscription.
func (r *reader) codes(coupons []wireCoupon, c byline.Currency) []attribution.CodeUse {
	if coupons == nil {
		// A list that is missing is not an empty one: it would take the code's credit away.
		r.Add("coupon_lines", codeRequired, "")
	}
	var uses []attribution.CodeUse
	sum := column{currency: c}
	for i := range coupons {
		w := &coupons[i]
		if attribution.NormalizeCode(w.Code.Words()) == "" {
			continue
		}
		inner := r.item("coupon_lines", i)
		use := attribution.CodeUse{Code: w.Code.Words(), Kind: attribution.Genuine}
		if !w.Discount.Empty() {
			use.Discount = inner.amount("discount", &sum, w.Discount)
		}
		uses = append(uses, use)
	}
	return uses
}
