package contracts

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/bylinehq/byline"
)

// Rate is a share in parts per million: 12*Percent + 50*BasisPoint is 12.5 %.
type Rate int64

// Units of Rate.
const (
	BasisPoint Rate = 100
	Percent    Rate = 100 * BasisPoint
	// Whole is 100 %.
	Whole Rate = 100 * Percent
)

// Of returns the rate's part of an amount, rounded half away from zero to the minor
// unit. The rate must not be negative.
func (r Rate) Of(m byline.Money) (byline.Money, error) { return m.Portion(int64(r), int64(Whole)) }

// String is the rate in percent with the decimals it needs: "12.5%".
func (r Rate) String() string { return decimal.New(int64(r), -4).String() + "%" }

// MarshalText writes what String returns.
func (r Rate) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads percent with up to four decimals and the sign: "12.5%". Anything
// else is a [*byline.FieldError] of code "rate.syntax".
func (r *Rate) UnmarshalText(text []byte) error {
	digits, percent := strings.CutSuffix(string(text), "%")
	d, err := decimal.NewFromString(digits)
	fault := &byline.FieldError{Code: "rate.syntax", Message: "a rate is written in percent with at most four decimals, 12.5%"}
	if err != nil || !percent || len(digits) > 16 || strings.ContainsAny(digits, "eE+") {
		return fault
	}
	parts := d.Shift(4)
	if !parts.IsInteger() || !parts.BigInt().IsInt64() {
		return fault
	}
	*r = Rate(parts.IntPart())
	return nil
}
