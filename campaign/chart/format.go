package chart

import (
	"math"
	"strconv"
	"strings"

	"github.com/bylinehq/byline"
)

// Format says how a chart writes its numbers: in full in tables and tips, short at the
// ticks of an axis. The zero Format writes any number with about four digits.
type Format struct {
	kind     kind
	decimals int
	currency byline.Currency
	signed   bool
	custom   func(float64) string
}

type kind uint8

const (
	automatic kind = iota
	fixed
	percent
	money
	custom
)

// NoValue is what stands in a table or a tip where a value is missing.
const NoValue = "no value"

// Number writes numbers with a fixed number of decimals, 0 to 9: Number(0) is for counts.
func Number(decimals int) Format { return Format{kind: fixed, decimals: min(max(decimals, 0), 9)} }

// Percent writes 0.125 as 12.5% with one decimal; decimals are 0 to 9.
func Percent(decimals int) Format { return Format{kind: percent, decimals: min(max(decimals, 0), 9)} }

// Money writes amounts of one currency. The values are minor units, as
// float64(m.Minor()): up to 2^53 of them are exact. The name of the axis gets the currency,
// ticks and labels beside marks leave it out.
func Money(c byline.Currency) Format { return Format{kind: money, currency: c} }

// Custom writes every number, those of the ticks too, as f says. f is called with numbers
// only, and must give the same text for the same number. Nil is the zero Format.
func Custom(f func(v float64) string) Format {
	if f == nil {
		return Format{}
	}
	return Format{kind: custom, custom: f}
}

// Signed is the same format with a "+" before what is above 0.
func (f Format) Signed() Format {
	f.signed = true
	return f
}

// Text writes a value in full, and [NoValue] for what is none.
func (f Format) Text(v float64) string {
	switch {
	case !has(v):
		return NoValue
	case f.kind == money:
		return f.finish(v, f.amount(v)+" "+string(f.currency))
	default:
		return f.short(v)
	}
}

// short writes a value beside its mark: without a currency, and without cents from a
// thousand on.
func (f Format) short(v float64) string {
	if !has(v) {
		return NoValue
	}
	switch f.kind {
	case fixed:
		return f.finish(v, decimal(v, f.decimals))
	case percent:
		return f.finish(v, decimal(v*100, f.decimals)+"%")
	case money:
		if major := v / math.Pow10(f.currency.Digits()); math.Abs(major) >= 1000 {
			return f.finish(v, decimal(major, 0))
		}
		return f.finish(v, f.amount(v))
	case custom:
		return f.finish(v, f.custom(v))
	default:
		return f.finish(v, plain(v))
	}
}

func (f Format) amount(v float64) string {
	const exact = 1 << 53
	if math.Abs(v) < exact {
		return group(byline.Minor(int64(math.Round(v)), f.currency).Amount())
	}
	return decimal(v/math.Pow10(f.currency.Digits()), 0)
}

// finish sets the sign: a real minus, and "+" where it is wanted and nothing rounds to 0.
func (f Format) finish(v float64, text string) string {
	if rest, ok := strings.CutPrefix(text, "-"); ok {
		return "−" + rest
	}
	if f.signed && v > 0 && strings.ContainsAny(text, "123456789") {
		return "+" + text
	}
	return text
}

// decimal writes a number with grouped thousands, and no sign where it rounds to 0.
func decimal(v float64, decimals int) string {
	if math.Abs(v) >= 1e15 {
		return strconv.FormatFloat(v, 'g', 4, 64)
	}
	text := strconv.FormatFloat(v, 'f', decimals, 64)
	if !strings.ContainsAny(text, "123456789") {
		text = strings.TrimPrefix(text, "-")
	}
	return group(text)
}

// plain writes four digits, and more only before the point.
func plain(v float64) string {
	a := math.Abs(v)
	switch {
	case a == 0:
		return "0"
	case a >= 1e15, a < 1e-4:
		return strconv.FormatFloat(v, 'g', 4, 64)
	}
	decimals := min(max(3-int(math.Floor(math.Log10(a))), 0), 7)
	return trimZeros(decimal(v, decimals))
}

func trimZeros(s string) string {
	if !strings.Contains(s, ".") {
		return s
	}
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

// group puts commas between thousands of plain decimal text.
func group(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, rest, point := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if point {
		rest = "." + rest
	}
	return sign + whole + rest
}

// shift is by how many powers of ten a tick's text is smaller than its value.
func (f Format) shift() int {
	switch f.kind {
	case money:
		return f.currency.Digits()
	case percent:
		return -2
	default:
		return 0
	}
}

// finest is the power of ten below which no tick may part values.
func (f Format) finest() (exponent int, ok bool) {
	switch f.kind {
	case fixed:
		return -f.decimals, true
	case percent:
		return -f.decimals - 2, true
	case money:
		return 0, true
	default:
		return 0, false
	}
}

// Axis is what the values of a chart are.
type Axis struct {
	Label  string // "Credited sales"; the unit of the format is added
	Format Format
	Zero   bool // the axis reaches 0, even where no value comes near it
}

// name is the label with its unit.
func (a Axis) name() string {
	if a.Format.kind != money {
		return a.Label
	}
	if a.Label == "" {
		return string(a.Format.currency)
	}
	return a.Label + ", " + string(a.Format.currency)
}
