package woocommerce

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/bylinehq/byline"
)

// reader turns scalars into values and collects what is wrong with them. Each object
// of a body has its own, with paths from that object on.
type reader struct{ faults faults }

// id reads an id that must be there.
func (r *reader) id(path string, s scalar) int64 {
	if s.missing() {
		r.faults.add(path, codeRequired, "")
		return 0
	}
	n, ok := parseID(s)
	if !ok {
		r.faults.add(path, codeID, "")
	}
	return n
}

// idText is id for the ids that other types of this module hold as text.
func (r *reader) idText(path string, s scalar) string {
	n := r.id(path, s)
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// parseID reads a number, or text of digits, as plugins write ids.
func parseID(s scalar) (int64, bool) {
	if s.text == "" || strings.Trim(s.text, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(s.text, 10, 64)
	return n, err == nil && n > 0
}

// number is how ids are kept that an order can do without, "" for 0 and for what is none.
func number(s scalar) string {
	n, ok := parseID(s)
	if !ok {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// count reads a quantity that must be there. Shops that sell by weight or length write
// fractions; such a position is one piece.
func (r *reader) count(path string, s scalar) int64 {
	if s.missing() {
		r.faults.add(path, codeRequired, "")
		return 0
	}
	whole, fraction, _ := strings.Cut(s.text, ".")
	n, err := strconv.ParseUint(whole, 10, 63)
	if err != nil || strings.Trim(fraction, "0123456789") != "" {
		r.faults.add(path, codeQuantity, "")
		return 0
	}
	if strings.Trim(fraction, "0") != "" {
		return 1
	}
	return int64(n)
}

// layoutUTC is how WooCommerce writes the times it calls GMT. A zone is accepted too.
// https://github.com/woocommerce/woocommerce, includes/wc-rest-functions.php,
// wc_rest_prepare_date_response, read 2026-11-22.
const layoutUTC = "2006-01-02T15:04:05"

// time reads a time that must be there. local is the same on the shop's own clock, whose
// zone nobody says: one hour of each year it would mean two instants, and this is the
// clock that tells documents old from new.
func (r *reader) time(path string, gmt, local scalar) time.Time {
	switch {
	case !gmt.missing():
	case !local.missing():
		r.faults.add(path, codeZone, "")
		return time.Time{}
	default:
		r.faults.add(path, codeRequired, "")
		return time.Time{}
	}
	at, ok := parseTime(gmt.text)
	if !ok {
		r.faults.add(path, codeTime, "")
	}
	return at
}

// parseTime returns UTC. Times that JSON cannot carry on, and the zero time, which
// means "unknown", are refused.
func parseTime(text string) (time.Time, bool) {
	at, err := time.Parse(layoutUTC, text)
	if err != nil {
		at, err = time.Parse(time.RFC3339, text)
	}
	at = at.UTC()
	if err != nil || at.Year() < 1970 || at.Year() > 9999 {
		return time.Time{}, false
	}
	return at, true
}

// currency reads a currency code that must be there. Of the currencies that WooCommerce
// lists, a few are in no standard, as "BTC" and "IRT"; nobody can say how many digits
// they have.
func (r *reader) currency(path string, s scalar) byline.Currency {
	if s.missing() {
		r.faults.add(path, codeRequired, "")
		return ""
	}
	c, err := byline.ParseCurrency(s.text)
	if err != nil {
		r.faults.add(path, codeCurrency, "")
	}
	return c
}

// amount reads an amount that must be there, with the column it belongs to.
func (r *reader) amount(path string, c *column, s scalar) byline.Money {
	if s.missing() {
		r.faults.add(path, codeRequired, "")
		return byline.Money{}
	}
	m, err := c.next(s.text)
	if err != nil {
		why := ""
		if f, ok := errors.AsType[*byline.FieldError](err); ok {
			why = f.Message
		}
		r.faults.add(path, codeMoney, why)
	}
	return m
}

// column reads amounts that belong to one sum. WooCommerce writes them with as many
// decimals as the shop shows, which may be more than the currency has ("10.1234" in EUR),
// and coupons with as many as it reckons in. Each is rounded half away from zero to the
// currency, and what was cut off or put on is carried to the next, so that the rounded
// amounts sum to the rounded sum and no shop's books drift.
// https://github.com/woocommerce/woocommerce, includes/wc-formatting-functions.php,
// wc_format_decimal, read 2026-11-22.
type column struct {
	currency byline.Currency
	carry    decimal.Decimal
}

func (c *column) next(text string) (byline.Money, error) {
	m, err := byline.ParseMoney(text, c.currency)
	if err == nil && c.carry.IsZero() {
		return m, nil
	}
	if f, ok := errors.AsType[*byline.FieldError](err); ok && f.Code != "money.precision" {
		return byline.Money{}, err
	}
	// ParseMoney found plain digits, and few enough of them.
	exact, err := decimal.NewFromString(text)
	if err != nil {
		return byline.Money{}, err
	}
	exact = exact.Add(c.carry)
	rounded := exact.Round(int32(c.currency.Digits()))
	m, err = byline.MoneyFromDecimal(rounded, c.currency)
	if err == nil {
		c.carry = exact.Sub(rounded)
	}
	return m, err
}
