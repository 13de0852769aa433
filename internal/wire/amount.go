package wire

import (
	"errors"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/bylinehq/byline"
)

// maxAmountText bounds what is read as an amount.
const maxAmountText = 64

// Amount reads a plain decimal number, without an exponent and with as many decimals as
// there are: platforms reckon finer than a currency can pay. ok is false where there is
// none, or empty text.
func (r *Reader) Amount(path string, s Scalar) (d decimal.Decimal, ok bool) {
	if s.Empty() {
		return decimal.Zero, false
	}
	text := s.Words()
	digits, _ := strings.CutPrefix(text, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	if len(text) > maxAmountText || !allDigits(whole) || point && !allDigits(fraction) {
		r.Add(path, r.Prefix+codeMoney, "not a plain decimal number")
		return decimal.Zero, true
	}
	d, _ = decimal.NewFromString(text) // the syntax is checked
	return d, true
}

func allDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// MustAmount is Amount for one that must be there: a price that is missing is not 0.
func (r *Reader) MustAmount(path string, s Scalar) decimal.Decimal {
	d, ok := r.Amount(path, s)
	if !ok {
		r.wrong(path, codeRequired)
	}
	return d
}

// Rounded is what the currency can pay of an amount, half away from zero. Round a sum
// once, and not its parts.
func (r *Reader) Rounded(path string, d decimal.Decimal) byline.Money {
	m, err := byline.MoneyFromDecimal(d.Round(int32(r.Currency.Digits())), r.Currency)
	if err != nil {
		r.NotMoney(path, err)
	}
	return m
}

// NotMoney notes why something is no amount.
func (r *Reader) NotMoney(path string, err error) {
	why := ""
	if f, ok := errors.AsType[*byline.FieldError](err); ok {
		why = f.Message
	}
	r.Add(path, r.Prefix+codeMoney, why)
}

// Sum adds b to a.
func (r *Reader) Sum(path string, a, b byline.Money) byline.Money {
	total, err := a.Add(b)
	if err != nil {
		r.Add(path, r.Prefix+codeMoney, "amount out of range")
	}
	return total
}
