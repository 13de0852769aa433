package byline

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Money is an exact amount: a whole number of minor units of one currency. It is a
// comparable value, so == is exact equality.
//
// The zero Money has no currency. It is the neutral element of [Money.Add] and
// [Sum], prints as "0" and is JSON null. Amounts reach ±math.MaxInt64 minor units;
// beyond that, arithmetic returns an error instead of a wrong number.
type Money struct {
	minor    int64
	currency Currency
}

// maxMoneyText bounds what ParseMoney reads, so that hostile input costs nothing.
const maxMoneyText = 64

// Minor makes an amount from minor units: Minor(1050, EUR) is 10.50 EUR,
// Minor(1050, JPY) is 1050 JPY and Minor(1050, KWD) is 1.050 KWD.
func Minor(units int64, c Currency) Money { return Money{minor: units, currency: c} }

// ParseMoney reads plain decimal text exactly: "10", "10.5", "-5.00", "361.9500".
// Zeros beyond the currency's digits are accepted, other digits there are not, and
// neither are exponents, signs other than "-", spaces or group separators. Errors
// are [*FieldError] of code "money.syntax", "money.precision", "money.range" or
// "money.currency".
func ParseMoney(text string, c Currency) (Money, error) {
	if !c.Known() {
		return Money{}, errMoneyCurrency()
	}
	digits, negative := strings.CutPrefix(text, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	if len(text) > maxMoneyText || !allDigits(whole) || (point && !allDigits(fraction)) {
		return Money{}, moneyFault("syntax", "not a plain decimal number")
	}
	scale := c.Digits()
	if len(fraction) > scale {
		if strings.Trim(fraction[scale:], "0") != "" {
			return Money{}, errMoneyPrecision(c)
		}
		fraction = fraction[:scale]
	}
	units := whole + fraction + strings.Repeat("0", scale-len(fraction))
	if negative {
		units = "-" + units
	}
	minor, err := strconv.ParseInt(units, 10, 64)
	if err != nil {
		return Money{}, errMoneyRange()
	}
	return inRange(minor, c)
}

// MoneyFromDecimal converts d exactly. Errors are as for [ParseMoney]; an exponent
// below -64 is always "money.precision".
func MoneyFromDecimal(d decimal.Decimal, c Currency) (Money, error) {
	if !c.Known() {
		return Money{}, errMoneyCurrency()
	}
	if d.IsZero() {
		return Minor(0, c), nil
	}
	// The exponent comes from outside and may be absurd; look before scaling by it.
	if d.Exponent() > 20 {
		return Money{}, errMoneyRange()
	}
	shifted := d.Shift(int32(c.Digits()))
	if d.Exponent() < -maxMoneyText || !shifted.IsInteger() {
		return Money{}, errMoneyPrecision(c)
	}
	units := shifted.BigInt()
	if !units.IsInt64() {
		return Money{}, errMoneyRange()
	}
	return inRange(units.Int64(), c)
}

// inRange refuses the one int64 that has no opposite, so that what is owed can always
// be taken back.
func inRange(minor int64, c Currency) (Money, error) {
	if minor == math.MinInt64 {
		return Money{}, errMoneyRange()
	}
	return Minor(minor, c), nil
}

func allDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func moneyFault(code, message string) error {
	return &FieldError{Code: "money." + code, Message: message}
}

func errMoneyRange() error { return moneyFault("range", "amount out of range") }

func errMoneyCurrency() error { return moneyFault("currency", "not an ISO 4217 currency code") }

func errMoneyPrecision(c Currency) error {
	return moneyFault("precision", fmt.Sprintf("%s has %d decimals", c, c.Digits()))
}

// Minor returns the amount in minor units.
func (m Money) Minor() int64 { return m.minor }

// Currency returns the amount's currency, "" for the zero Money.
func (m Money) Currency() Currency { return m.currency }

// Decimal returns the amount in major units, exactly.
func (m Money) Decimal() decimal.Decimal { return decimal.New(m.minor, -int32(m.currency.Digits())) }

// IsZero reports whether the amount is nothing, in whatever currency.
func (m Money) IsZero() bool { return m.minor == 0 }

// Sign is -1, 0 or +1.
func (m Money) Sign() int { return cmp.Compare(m.minor, 0) }

// Equal reports whether both amounts and both currencies are the same.
func (m Money) Equal(o Money) bool { return m == o }

// Neg returns the amount with its sign turned. math.MinInt64 has no opposite and is
// returned unchanged; only [Minor] can make it.
func (m Money) Neg() Money { return Money{minor: -m.minor, currency: m.currency} }

// Add returns m + o, or an error when the currencies differ or the sum overflows.
func (m Money) Add(o Money) (Money, error) {
	c, err := common(m, o)
	if err != nil {
		return Money{}, err
	}
	sum := m.minor + o.minor
	if (sum > m.minor) != (o.minor > 0) {
		return Money{}, errMoneyRange()
	}
	return inRange(sum, c)
}

// Sub returns m - o, or an error when the currencies differ or the result overflows.
func (m Money) Sub(o Money) (Money, error) {
	if o.minor == math.MinInt64 {
		return Money{}, errMoneyRange()
	}
	return m.Add(o.Neg())
}

// Cmp is -1, 0 or +1 as m is less than, equal to or greater than o, or an error when
// the currencies differ.
func (m Money) Cmp(o Money) (int, error) {
	if _, err := common(m, o); err != nil {
		return 0, err
	}
	return cmp.Compare(m.minor, o.minor), nil
}

// Sum adds amounts of one currency. Of nothing it is the zero Money.
func Sum(amounts ...Money) (Money, error) {
	var total Money
	for _, m := range amounts {
		var err error
		if total, err = total.Add(m); err != nil {
			return Money{}, err
		}
	}
	return total, nil
}

// Portion returns m × num / den rounded half away from zero, as invoices round. num
// must not be negative and den must be positive. Errors are [*FieldError] of code
// "money.ratio" or "money.range".
func (m Money) Portion(num, den int64) (Money, error) {
	if num < 0 || den <= 0 {
		return Money{}, moneyFault("ratio", "a portion needs num >= 0 and den > 0")
	}
	hi, lo := bits.Mul64(magnitude(m.minor), uint64(num))
	if hi >= uint64(den) {
		return Money{}, errMoneyRange()
	}
	quotient, remainder := bits.Div64(hi, lo, uint64(den))
	// Before rounding up, which would wrap the largest quotient onto 0, and after.
	if quotient <= math.MaxInt64 && remainder >= uint64(den)-remainder {
		quotient++
	}
	if quotient > math.MaxInt64 {
		return Money{}, errMoneyRange()
	}
	return m.signed(quotient), nil
}

// Split divides m by weights so that the parts sum to m exactly. Each part is the
// exact share rounded towards zero; the minor units left over go one each to the
// largest remainders, on a tie to the earlier weight (Hamilton's method). Weights
// must not be negative, must not all be zero and must sum to an int64, else the error
// is a [*FieldError] of code "money.weight". A negative m splits as its opposite does.
// Time is O(n log n).
func (m Money) Split(weights ...int64) ([]Money, error) {
	total, err := sumWeights(weights)
	if err != nil {
		return nil, err
	}
	whole := magnitude(m.minor)
	parts := make([]Money, len(weights))
	remainders := make([]uint64, len(weights))
	left := whole
	for i, w := range weights {
		hi, lo := bits.Mul64(whole, uint64(w))
		quotient, remainder := bits.Div64(hi, lo, total)
		parts[i], remainders[i] = m.signed(quotient), remainder
		left -= quotient
	}
	for _, i := range byRemainder(remainders)[:left] {
		parts[i].minor += int64(m.Sign())
	}
	return parts, nil
}

func sumWeights(weights []int64) (uint64, error) {
	var total uint64
	for _, w := range weights {
		if w < 0 {
			return 0, moneyFault("weight", "a weight is negative")
		}
		if total += uint64(w); total > math.MaxInt64 {
			return 0, moneyFault("weight", "the weights are too large")
		}
	}
	if total == 0 {
		return 0, moneyFault("weight", "no weight is positive")
	}
	return total, nil
}

func byRemainder(remainders []uint64) []int {
	order := make([]int, len(remainders))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(remainders[b], remainders[a]) })
	return order
}

func (m Money) signed(units uint64) Money {
	if m.minor < 0 {
		return Money{minor: -int64(units), currency: m.currency}
	}
	return Money{minor: int64(units), currency: m.currency}
}

// magnitude is right for MinInt64 too: two's complement negation wraps onto 1<<63.
func magnitude(v int64) uint64 {
	if v < 0 {
		return -uint64(v)
	}
	return uint64(v)
}

func common(a, b Money) (Currency, error) {
	switch {
	case a.currency == b.currency, b == Money{}:
		return a.currency, nil
	case a == Money{}:
		return b.currency, nil
	}
	return "", &CurrencyMismatchError{A: a.currency, B: b.currency}
}

// CurrencyMismatchError says that two amounts of different currencies met. It
// answers to ErrInvalid.
type CurrencyMismatchError struct{ A, B Currency }

// Error names both currencies.
func (e *CurrencyMismatchError) Error() string {
	return fmt.Sprintf("currencies differ: %q and %q", e.A, e.B)
}

// Is answers to ErrInvalid.
func (e *CurrencyMismatchError) Is(target error) bool { return target == ErrInvalid }

// Amount is the amount without its currency, with exactly the currency's digits:
// "10.50", "-1050", "1.050".
func (m Money) Amount() string {
	scale := m.currency.Digits()
	text := strconv.FormatUint(magnitude(m.minor), 10)
	if pad := scale + 1 - len(text); pad > 0 {
		text = strings.Repeat("0", pad) + text
	}
	if scale > 0 {
		text = text[:len(text)-scale] + "." + text[len(text)-scale:]
	}
	if m.minor < 0 {
		text = "-" + text
	}
	return text
}

// String is the amount followed by its currency: "10.50 EUR".
func (m Money) String() string {
	if m.currency == "" {
		return m.Amount()
	}
	return m.Amount() + " " + string(m.currency)
}

type moneyJSON struct {
	Amount   json.RawMessage `json:"amount"`
	Currency Currency        `json:"currency"`
}

// MarshalJSON writes {"amount":"10.50","currency":"EUR"}, the amount as text so that
// no reader turns it into a float, and null for the zero Money. What UnmarshalJSON
// would refuse, it refuses to write, with the same error.
func (m Money) MarshalJSON() ([]byte, error) {
	switch {
	case m == Money{}:
		return []byte("null"), nil
	case !m.currency.Known():
		return nil, errMoneyCurrency()
	case m.minor == math.MinInt64:
		return nil, errMoneyRange()
	}
	return json.Marshal(moneyJSON{Amount: json.RawMessage(strconv.Quote(m.Amount())), Currency: m.currency})
}

// UnmarshalJSON reads what MarshalJSON writes; the amount may also be a JSON number
// in plain notation, which is read digit by digit.
func (m *Money) UnmarshalJSON(data []byte) error {
	if bytes.Equal(data, []byte("null")) {
		*m = Money{}
		return nil
	}
	var wire moneyJSON
	if err := json.Unmarshal(data, &wire); err != nil {
		return err
	}
	text := string(wire.Amount)
	if strings.HasPrefix(text, `"`) {
		if err := json.Unmarshal(wire.Amount, &text); err != nil {
			return err
		}
	}
	parsed, err := ParseMoney(text, wire.Currency)
	if err != nil {
		return err
	}
	*m = parsed
	return nil
}
