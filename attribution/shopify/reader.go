package shopify

import (
	"strconv"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/wire"
)

// reader is what reads one object of a body.
type reader struct{ wire.Reader }

func newReader() reader { return reader{wire.Reader{Prefix: prefix, Table: codes}} }

func (r *reader) item(list string, index int) reader { return reader{r.Item(list, index)} }

// parseID reads a number, or text of digits, as the redaction topics send it.
func parseID(s scalar) (int64, bool) {
	n, ok := s.Whole()
	return n, ok && n > 0
}

// flag is Flag, which takes 1 and 0 as text besides.
func (r *reader) flag(path string, s scalar) bool {
	if value, err := strconv.ParseBool(strings.ToLower(s.Text())); err == nil {
		return value
	}
	return r.Flag(path, s)
}

// amount reads an amount that may be missing: of its set the shop's money, else the
// plain field, which older versions send alone and which is the shop's money too. ok
// is false where neither is there.
func (r *reader) amount(path string, set wireSet, plain scalar) (m byline.Money, ok bool) {
	shop := set.ShopMoney
	if shop.Amount.Missing() {
		return r.plain(path, plain)
	}
	if !shop.CurrencyCode.Missing() && !r.isOwn(shop.CurrencyCode) {
		r.Add(path+"_set.shop_money.currency_code", codeCurrency, "")
		return byline.Money{}, true
	}
	return r.plain(path+"_set.shop_money.amount", shop.Amount)
}

// plain reads an amount of its own.
func (r *reader) plain(path string, s scalar) (m byline.Money, ok bool) {
	if s.Missing() {
		return byline.Money{}, false
	}
	digits := s.Words()
	if r.Currency == "" {
		// A refund without money in it names no currency, and writes 0.0 all the same.
		if digits == "" || strings.Trim(digits, "-0.") != "" {
			r.Add(path, codeCurrency, "an amount without a currency")
		}
		return byline.Money{}, true
	}
	m, err := byline.ParseMoney(digits, r.Currency)
	if err != nil {
		r.NotMoney(path, err)
		return byline.Money{}, true
	}
	return m, true
}

// mustAmount reads an amount that must be there: a price that is missing is not 0.
func (r *reader) mustAmount(path string, set wireSet, plain scalar) byline.Money {
	m, ok := r.amount(path, set, plain)
	if !ok {
		r.Add(path, codeRequired, "")
	}
	return m
}

func (r *reader) isOwn(code scalar) bool {
	c, err := byline.ParseCurrency(code.Words())
	return err == nil && c == r.Currency
}
