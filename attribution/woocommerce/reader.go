package woocommerce

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/wire"
)

// reader is what reads one object of a body. PHP writes empty text for what it does not
// have, which is why ids and the like are read as they are [wire.Scalar.Given].
type reader struct{ wire.Reader }

func newReader() reader { return reader{wire.Reader{Prefix: prefix, Table: codes}} }

func (r *reader) item(list string, index int) reader { return reader{r.Item(list, index)} }

// number is how ids are kept that an order can do without, "" for 0 and for what is none.
func number(s scalar) string {
	n, ok := s.Whole()
	if !ok || n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// count reads a quantity that must be there.
func (r *reader) count(path string, s scalar) int64 { return r.pieces(path, s, s.Words()) }

// pieces reads the text of a quantity. Shops that sell by weight or length write fractions;
// such a position is one piece.
func (r *reader) pieces(path string, s scalar, text string) int64 {
	if s.Missing() || s.Kind == wire.Text && text == "" {
		r.Add(path, codeRequired, "")
		return 0
	}
	whole, fraction, _ := strings.Cut(text, ".")
	n, err := strconv.ParseUint(whole, 10, 63)
	if err != nil || strings.Trim(fraction, "0123456789") != "" {
		r.Add(path, codeQuantity, "")
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

// parseGMT is a [wire.Format].
func parseGMT(text string) (time.Time, error) {
	if at, err := time.Parse(layoutUTC, text); err == nil {
		return at, nil
	}
	return wire.RFC3339(text)
}

// time reads a time that must be there. local is the same on the shop's own clock, whose
// zone nobody says: one hour of each year it would mean two instants, and this is the
// clock that tells documents old from new.
func (r *reader) time(path string, gmt, local scalar) time.Time {
	if gmt.Empty() && !local.Empty() {
		r.Add(path, codeZone, "")
		return time.Time{}
	}
	return r.MustTime(path, gmt.Given(), parseGMT)
}

// currency reads a currency code that must be there. Of the currencies that WooCommerce
// lists, a few are in no standard, as "BTC" and "IRT"; nobody can say how many digits
// they have.
func (r *reader) currency(path string, s scalar) byline.Currency {
	return r.CurrencyOf(path, s.Given())
}

// amount reads an amount that must be there, with the column it belongs to.
func (r *reader) amount(path string, c *column, s scalar) byline.Money {
	if s.Empty() {
		r.Add(path, codeRequired, "")
		return byline.Money{}
	}
	m, err := c.next(s.Words())
	if err != nil {
		r.NotMoney(path, err)
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
	free := exact.IsZero()
	exact = exact.Add(c.carry)
	rounded := exact.Round(int32(c.currency.Digits()))
	if free {
		// The carry is half a unit at most, so only nothing could turn negative by it.
		rounded = decimal.Zero
	}
	m, err = byline.MoneyFromDecimal(rounded, c.currency)
	if err == nil {
		c.carry = exact.Sub(rounded)
	}
	return m, err
}
