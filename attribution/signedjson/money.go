package signedjson

import (
	"errors"
	"strings"

	"github.com/bylinehq/byline"
)

// maxMinor is the bound of attribution on an amount in minor units and on a quantity.
const maxMinor = int64(1) << 48

// currency reads the currency of all amounts of a document. It may be missing where
// there are none.
func (v value) currency() byline.Currency {
	if v.missing() {
		return ""
	}
	c, ok := parseCurrency(v.node)
	if !ok {
		v.of.in.currencyTold = true
		v.fault(codeCurrency, "not an ISO 4217 currency code")
	}
	return c
}

func parseCurrency(n node) (c byline.Currency, ok bool) {
	text := unquoted(n)
	c, err := byline.ParseCurrency(text)
	return c, err == nil && len(text) == len(c)
}

// money reads an amount: text in the document's currency, or an object that names it.
// The zero Money means that the field is missing, which is not 0.
func (v value) money() byline.Money {
	switch v.kind {
	case kindAbsent, kindNull:
		return byline.Money{}
	case kindText:
		return v.amount()
	case kindNumber:
		v.fault(codeMoney, `write the amount as text, "19.90": many languages round numbers`)
		return byline.Money{}
	}
	var m byline.Money
	v.object(func(o *object) {
		amount, named := o.must("amount"), o.must("currency")
		c, ok := parseCurrency(named.node)
		switch {
		case named.missing() || amount.missing():
		case !ok || v.of.in.currency != "" && c != v.of.in.currency:
			named.fault(codeCurrency, "")
		default:
			m = amount.amount()
		}
	})
	return m
}

// amount reads an amount without its currency.
func (v value) amount() byline.Money {
	if v.kind != kindText {
		v.misshapen()
		return byline.Money{}
	}
	in := v.of.in
	if in.currency == "" {
		if !in.currencyTold { // once is enough
			in.currencyTold = true
			in.faults.add("data.currency", codeRequired, "")
		}
		return byline.Money{}
	}
	text := unquoted(v.node)
	m, err := byline.ParseMoney(text, in.currency)
	if err == nil && !strings.HasPrefix(text, "-") && m.Minor() <= maxMinor {
		return m
	}
	why := ""
	if f, ok := errors.AsType[*byline.FieldError](err); ok {
		why = f.Message
	}
	v.fault(codeMoney, why)
	return byline.Money{}
}

// times is m × n, exactly.
func (v value) times(m byline.Money, n int64) byline.Money {
	product := m.Minor() * n
	if n != 0 && (product/n != m.Minor() || product > maxMinor) {
		v.fault(codeMoney, "price × quantity is out of range")
		return byline.Money{}
	}
	return byline.Minor(product, m.Currency())
}
