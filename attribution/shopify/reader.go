package shopify

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// reader turns scalars into values and collects what is wrong with them. Each object
// of a body has its own, with paths from that object on; amounts are read in currency.
type reader struct {
	currency byline.Currency
	faults   faults
}

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

// parseID reads a number, or text of digits, as the redaction topics send it.
func parseID(s scalar) (int64, bool) {
	n, ok := parseWhole(s)
	return n, ok && n > 0
}

func parseWhole(s scalar) (int64, bool) {
	digits := s.words()
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	return n, err == nil
}

// count reads a quantity that must be there.
func (r *reader) count(path string, s scalar) int64 {
	if s.missing() {
		r.faults.add(path, codeRequired, "")
		return 0
	}
	n, ok := parseWhole(s)
	if !ok {
		r.faults.add(path, codeQuantity, "")
	}
	return n
}

// flag reads a flag that decides about money; a missing one is false, and what is
// neither true nor false is not guessed at.
func (r *reader) flag(path string, s scalar) bool {
	switch {
	case s.missing():
		return false
	case s.kind == kindBoolean, s.kind == kindText:
		if value, err := strconv.ParseBool(strings.ToLower(s.text)); err == nil {
			return value
		}
	}
	r.faults.add(path, codeFlag, "")
	return false
}

// time reads a time that may be missing.
func (r *reader) time(path string, s scalar) time.Time {
	if s.missing() {
		return time.Time{}
	}
	at, ok := parseTime(s.words())
	if !ok {
		r.faults.add(path, codeTime, "")
	}
	return at
}

// parseTime reads RFC 3339 and returns UTC. Times that JSON cannot carry on, and the
// zero time, which means "unknown", are refused.
func parseTime(s string) (time.Time, bool) {
	at, err := time.Parse(time.RFC3339, s)
	at = at.UTC()
	if err != nil || at.Year() < 1970 || at.Year() > 9999 {
		return time.Time{}, false
	}
	return at, true
}

// code reads a currency code that must be there.
func (r *reader) code(path string, s scalar) byline.Currency {
	if s.missing() {
		r.faults.add(path, codeRequired, "")
		return ""
	}
	c, err := byline.ParseCurrency(s.words())
	if err != nil {
		r.faults.add(path, codeCurrency, "not an ISO 4217 currency code")
	}
	return c
}

// amount reads an amount that may be missing: of its set the shop's money, else the
// plain field, which older versions send alone and which is the shop's money too. ok
// is false where neither is there.
func (r *reader) amount(path string, set wireSet, plain scalar) (m byline.Money, ok bool) {
	shop := set.ShopMoney
	if shop.Amount.missing() {
		return r.plain(path, plain)
	}
	if !shop.CurrencyCode.missing() && !r.isOwn(shop.CurrencyCode) {
		r.faults.add(path+"_set.shop_money.currency_code", codeCurrency, "")
		return byline.Money{}, true
	}
	m, found := r.parse(shop.Amount)
	if found != nil {
		r.faults.add(path+"_set.shop_money.amount", found.Code, found.Message)
	}
	return m, true
}

func (r *reader) plain(path string, s scalar) (m byline.Money, ok bool) {
	if s.missing() {
		return byline.Money{}, false
	}
	m, found := r.parse(s)
	if found != nil {
		r.faults.add(path, found.Code, found.Message)
	}
	return m, true
}

// mustAmount reads an amount that must be there: a price that is missing is not 0.
func (r *reader) mustAmount(path string, set wireSet, plain scalar) byline.Money {
	m, ok := r.amount(path, set, plain)
	if !ok {
		r.faults.add(path, codeRequired, "")
	}
	return m
}

func (r *reader) isOwn(code scalar) bool {
	c, err := byline.ParseCurrency(code.words())
	return err == nil && c == r.currency
}

func (r *reader) parse(s scalar) (byline.Money, *byline.FieldError) {
	digits := s.words()
	if r.currency == "" {
		// A refund without money in it names no currency, and writes 0.0 all the same.
		if digits != "" && strings.Trim(digits, "-0.") == "" {
			return byline.Money{}, nil
		}
		return byline.Money{}, fault("", codeCurrency, "an amount without a currency")
	}
	m, err := byline.ParseMoney(digits, r.currency)
	if err == nil {
		return m, nil
	}
	why := ""
	if f, ok := errors.AsType[*byline.FieldError](err); ok {
		why = f.Message
	}
	return byline.Money{}, fault("", codeMoney, why)
}

// sum adds b to a.
func (r *reader) sum(path string, a, b byline.Money) byline.Money {
	total, err := a.Add(b)
	if err != nil {
		r.faults.add(path, codeMoney, "amount out of range")
	}
	return total
}
