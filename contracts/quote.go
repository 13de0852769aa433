package contracts

import (
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/bylinehq/byline"
)

// Quote is an exchange rate as it was pinned. The zero Quote is none.
type Quote struct {
	From   byline.Currency `json:"from"`
	To     byline.Currency `json:"to"`
	Rate   string          `json:"rate"`   // units of To for one of From, a decimal: "1.0834"
	At     string          `json:"at"`     // the instant it held, RFC 3339 in UTC
	Source string          `json:"source"` // who said so, without spaces
}

// NewQuote checks a rate. All faults are reported at once: "currency" at from or to,
// "quote.rate" for one that is not positive or longer than 30 characters, "quote.time" for
// an instant after the year 9999, "required" for the instant or the source, "quote.source"
// for one with a space in it.
func NewQuote(from, to byline.Currency, rate decimal.Decimal, at time.Time, source string) (Quote, error) {
	q := Quote{From: from, To: to, Rate: rate.String(), At: stamp(at).Format(time.RFC3339Nano), Source: source}
	faults := q.faults()
	if at.IsZero() {
		faults = append(faults, &byline.FieldError{Path: "at", Code: "required", Message: "say when the rate held"})
	}
	if err := byline.Faults(faults); err != nil {
		return Quote{}, err
	}
	return q, nil
}

func (q Quote) faults() []*byline.FieldError {
	var faults faultList
	if !q.From.Known() {
		faults.add("from", "currency", "not an ISO 4217 currency code")
	}
	if !q.To.Known() {
		faults.add("to", "currency", "not an ISO 4217 currency code")
	}
	if rate, err := q.rate(); err != nil || !rate.IsPositive() {
		faults.add("rate", "quote.rate", "a rate is a positive decimal of at most 30 characters")
	}
	if _, err := time.Parse(time.RFC3339Nano, q.At); err != nil {
		faults.add("at", "quote.time", "an instant is written as RFC 3339 has it")
	}
	switch {
	case q.Source == "":
		faults.add("source", "required", "say who said so")
	case strings.ContainsAny(q.Source, " \t\n"):
		faults.add("source", "quote.source", "a source is one word")
	}
	return faults
}

// rate refuses exponents, by which a short text makes a huge number.
func (q Quote) rate() (decimal.Decimal, error) {
	if len(q.Rate) > 30 || strings.ContainsAny(q.Rate, "eE") {
		return decimal.Zero, &byline.FieldError{Path: "rate", Code: "quote.rate", Message: "a rate is a plain decimal"}
	}
	return decimal.NewFromString(q.Rate)
}

// Convert returns an amount in the other currency, rounded half away from zero to its
// minor unit. The zero Money stays. Errors are "quote.currency" for an amount that is not
// in From, "quote.rate", and "money.range".
func (q Quote) Convert(m byline.Money) (byline.Money, error) {
	if m == (byline.Money{}) {
		return m, nil
	}
	if m.Currency() != q.From {
		return byline.Money{}, &byline.FieldError{Code: "quote.currency", Message: "the amount is in another currency than the rate"}
	}
	rate, err := q.rate()
	if err != nil {
		return byline.Money{}, err
	}
	return byline.MoneyFromDecimal(m.Decimal().Mul(rate).Round(int32(q.To.Digits())), q.To)
}

// String is the quote in one line, "EUR USD 1.0834 2026-11-20T00:00:00Z ecb".
func (q Quote) String() string {
	if q == (Quote{}) {
		return ""
	}
	return strings.Join([]string{string(q.From), string(q.To), q.Rate, q.At, q.Source}, " ")
}

// ParseQuote reads what String returns; of nothing it is the zero Quote. The error is of
// code "quote.syntax".
func ParseQuote(text string) (Quote, error) {
	if text == "" {
		return Quote{}, nil
	}
	f := strings.Split(text, " ")
	if len(f) == 5 {
		q := Quote{From: byline.Currency(f[0]), To: byline.Currency(f[1]), Rate: f[2], At: f[3], Source: f[4]}
		if len(q.faults()) == 0 {
			return q, nil
		}
	}
	return Quote{}, &byline.FieldError{Code: "quote.syntax", Message: "not a quote as it is written"}
}
