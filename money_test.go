package byline_test

import (
	"errors"
	"math"
	"math/big"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

// codeOf returns the code of the first fault in err, "" when there is none.
func codeOf(err error) string {
	if fault, ok := errors.AsType[*byline.FieldError](err); ok {
		return fault.Code
	}
	return ""
}

// refused checks an error's code and that no amount comes with it.
func refused(t *testing.T, code string, m byline.Money, err error) {
	t.Helper()
	if got := codeOf(err); got != code || !errors.Is(err, byline.ErrInvalid) {
		t.Errorf("error is %v of code %q, want code %q", err, got, code)
	}
	if m != (byline.Money{}) {
		t.Errorf("%v came with the error %v", m, err)
	}
}

func TestParseMoney(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		currency   byline.Currency
		minor      int64
		amount     string
	}{
		{"no point", "10", byline.EUR, 1000, "10.00"},
		{"fewer digits than the currency has", "10.5", byline.EUR, 1050, "10.50"},
		{"as many", "10.05", byline.EUR, 1005, "10.05"},
		{"zeros beyond", "361.9500", byline.EUR, 36195, "361.95"},
		{"negative", "-5.00", byline.EUR, -500, "-5.00"},
		{"negative, under one", "-0.05", byline.EUR, -5, "-0.05"},
		{"nothing", "0", byline.EUR, 0, "0.00"},
		{"nothing has no sign", "-0.00", byline.EUR, 0, "0.00"},
		{"leading zeros", "007.10", byline.EUR, 710, "7.10"},
		{"the largest", "92233720368547758.07", byline.EUR, math.MaxInt64, "92233720368547758.07"},
		{"the smallest", "-92233720368547758.07", byline.EUR, -math.MaxInt64, "-92233720368547758.07"},
		{"as long as text may be", strings.Repeat("0", 60) + "1.00", byline.EUR, 100, "1.00"},

		{"yen", "1050", byline.JPY, 1050, "1050"},
		{"yen with zeros beyond", "1050.00", byline.JPY, 1050, "1050"},
		{"negative yen", "-1", byline.JPY, -1, "-1"},
		{"no yen", "0.0", byline.JPY, 0, "0"},
		{"the most yen", "9223372036854775807", byline.JPY, math.MaxInt64, "9223372036854775807"},

		{"dinars", "1.05", byline.KWD, 1050, "1.050"},
		{"dinars to the fils", "1.055", byline.KWD, 1055, "1.055"},
		{"dinars with zeros beyond", "1.0550", byline.KWD, 1055, "1.055"},
		{"one fils less than nothing", "-0.001", byline.KWD, -1, "-0.001"},
		{"no dinars", "0", byline.KWD, 0, "0.000"},
		{"the most dinars", "9223372036854775.807", byline.KWD, math.MaxInt64, "9223372036854775.807"},

		{"a withdrawn currency", "19.56", "BGN", 1956, "19.56"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := byline.ParseMoney(tt.text, tt.currency)
			require.NoError(t, err)
			if diff := cmp.Diff(byline.Minor(tt.minor, tt.currency), got); diff != "" {
				t.Errorf("ParseMoney(%q) mismatch (-want +got):\n%s", tt.text, diff)
			}
			if got.Minor() != tt.minor || got.Currency() != tt.currency {
				t.Errorf("got %d of %q, want %d of %q", got.Minor(), got.Currency(), tt.minor, tt.currency)
			}
			if got.Amount() != tt.amount || got.String() != tt.amount+" "+string(tt.currency) {
				t.Errorf("prints as %q and %q, want %q", got.Amount(), got, tt.amount)
			}
		})
	}
}

func TestParseMoneyRefuses(t *testing.T) {
	t.Parallel()
	const syntax, precision, outside, currency = "money.syntax", "money.precision", "money.range", "money.currency"
	tests := []struct {
		name, text string
		currency   byline.Currency
		code       string
	}{
		{"no text", "", byline.EUR, syntax},
		{"only a sign", "-", byline.EUR, syntax},
		{"only a point", ".", byline.EUR, syntax},
		{"nothing after the point", "1.", byline.EUR, syntax},
		{"nothing before the point", ".5", byline.EUR, syntax},
		{"a sign, nothing before the point", "-.5", byline.EUR, syntax},
		{"plus", "+5", byline.EUR, syntax},
		{"two signs", "--5", byline.EUR, syntax},
		{"a sign at the end", "5-", byline.EUR, syntax},
		{"a sign after the point", "1.-5", byline.EUR, syntax},
		{"a typographic minus, which decimal reads", "\u22125", byline.EUR, syntax},
		{"an exponent", "1e2", byline.EUR, syntax},
		{"an exponent in upper case", "1E2", byline.EUR, syntax},
		{"an exponent after a fraction", "1.5e1", byline.EUR, syntax},
		{"commas between groups", "1,000.00", byline.EUR, syntax},
		{"a comma for the point", "1000,00", byline.EUR, syntax},
		{"two points", "1.000.00", byline.EUR, syntax},
		{"an underscore, which Go reads", "1_000", byline.EUR, syntax},
		{"a space between groups", "1 000", byline.EUR, syntax},
		{"a space before", " 5", byline.EUR, syntax},
		{"a space after", "5 ", byline.EUR, syntax},
		{"a space after the sign", "- 5", byline.EUR, syntax},
		{"a line break", "5\n", byline.EUR, syntax},
		{"a zero byte", "5\x00", byline.EUR, syntax},
		{"hexadecimal", "0x10", byline.EUR, syntax},
		{"Arabic digits", "٣", byline.EUR, syntax},
		{"full-width digits", "５", byline.EUR, syntax},
		{"not a number", "NaN", byline.EUR, syntax},
		{"infinity", "Inf", byline.EUR, syntax},
		{"null", "null", byline.EUR, syntax},
		{"quotes", `"5"`, byline.EUR, syntax},
		{"a currency sign", "€5", byline.EUR, syntax},
		{"one byte longer than text may be", strings.Repeat("0", 61) + "1.00", byline.EUR, syntax},
		{"very long", strings.Repeat("9", 1<<20), byline.EUR, syntax},

		{"a third digit in euros", "1.005", byline.EUR, precision},
		{"a far digit in euros", "1.000000001", byline.EUR, precision},
		{"a digit in yen", "1.5", byline.JPY, precision},
		{"a fourth digit in dinars", "1.0005", byline.KWD, precision},

		{"one cent too many", "92233720368547758.08", byline.EUR, outside},
		{"the smallest int64, which has no opposite", "-92233720368547758.08", byline.EUR, outside},
		{"one yen too many", "9223372036854775808", byline.JPY, outside},
		{"one fils too many", "-9223372036854775.808", byline.KWD, outside},
		{"far too much", strings.Repeat("9", 64), byline.JPY, outside},

		{"no currency", "5", "", currency},
		{"lower case", "5", "eur", currency},
		{"a fund", "5", "CLF", currency},
		{"gold", "5", "XAU", currency},
		{"two codes", "5", "EUR USD", currency},
		{"a wrong currency goes before wrong syntax", "x", "???", currency},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := byline.ParseMoney(tt.text, tt.currency)
			refused(t, tt.code, got, err)
		})
	}
}

// testCurrencies have 2, 0 and 3 digits, then two are unknown.
func testCurrencies() []byline.Currency {
	return []byline.Currency{byline.EUR, byline.JPY, byline.KWD, "XAU", ""}
}

func FuzzParseMoney(f *testing.F) {
	for i, text := range []string{
		"10.50", "-0", "361.9500", "9223372036854775807", "-9223372036854775808", "92233720368547758.08", "1.005", "1e2",
		".5", "1.", "+1", "\u22121", "1_0", "٣", strings.Repeat("0", 63) + "1", strings.Repeat("0", 64) + "1",
	} {
		f.Add(text, uint8(i))
	}
	plain := regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)
	f.Fuzz(func(t *testing.T, text string, pick uint8) {
		c := testCurrencies()[int(pick)%len(testCurrencies())]
		got, err := byline.ParseMoney(text, c)

		// What must become of the text, by a regular expression and decimal.
		want, exact := decimal.Decimal{}, error(nil)
		code := ""
		switch {
		case !c.Known():
			code = "money.currency"
		case len(text) > 64 || !plain.MatchString(text):
			code = "money.syntax"
		default:
			want, exact = decimal.NewFromString(text)
			require.NoError(t, exact)
			if !want.Shift(int32(c.Digits())).IsInteger() {
				code = "money.precision"
			} else if units := want.Shift(int32(c.Digits())).BigInt(); !units.IsInt64() || units.Int64() == math.MinInt64 {
				code = "money.range"
			}
		}
		if code != "" {
			refused(t, code, got, err)
			return
		}
		require.NoError(t, err)
		if !got.Decimal().Equal(want) {
			t.Errorf("ParseMoney(%q, %s) = %s, which is not exactly %s", text, c, got, want)
		}
		if again, err := byline.ParseMoney(got.Amount(), c); err != nil || again != got {
			t.Errorf("%s, printed and parsed, is %s, %v", got, again, err)
		}
		if converted, err := byline.MoneyFromDecimal(want, c); err != nil || converted != got {
			t.Errorf("MoneyFromDecimal(%s) = %s, %v; ParseMoney gave %s", want, converted, err, got)
		}
		if _, fraction, _ := strings.Cut(got.Amount(), "."); len(fraction) != c.Digits() {
			t.Errorf("%q has not the %d decimals of %s", got.Amount(), c.Digits(), c)
		}
	})
}

func TestMoneyFromDecimal(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		in       decimal.Decimal
		currency byline.Currency
		want     int64
	}{
		{"euros", decimal.RequireFromString("10.50"), byline.EUR, 1050},
		{"zeros beyond", decimal.RequireFromString("361.9500"), byline.EUR, 36195},
		{"zeros far beyond", decimal.RequireFromString("-1." + strings.Repeat("0", 64)), byline.EUR, -100},
		{"a positive exponent", decimal.New(12, 3), byline.KWD, 12_000_000},
		{"yen", decimal.NewFromInt(-7), byline.JPY, -7},
		{"the zero Decimal", decimal.Decimal{}, byline.EUR, 0},
		{"zero of a huge exponent", decimal.New(0, 1<<30), byline.EUR, 0},
		{"zero of a tiny exponent", decimal.New(0, math.MinInt32), byline.EUR, 0},
		{"the largest", decimal.New(math.MaxInt64, -2), byline.EUR, math.MaxInt64},
		{"the smallest", decimal.New(-math.MaxInt64, -3), byline.KWD, -math.MaxInt64},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := byline.MoneyFromDecimal(tt.in, tt.currency)
			require.NoError(t, err)
			if diff := cmp.Diff(byline.Minor(tt.want, tt.currency), got); diff != "" {
				t.Errorf("amount mismatch (-want +got):\n%s", diff)
			}
			if !tt.in.IsZero() && !got.Decimal().Equal(tt.in) {
				t.Errorf("back as a decimal it is %s, want %s", got.Decimal(), tt.in)
			}
		})
	}
}

// within stops a test that would otherwise fill the memory with zeros.
func within(t *testing.T, limit time.Duration, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	select {
	case <-done:
	case <-time.After(limit):
		t.Fatalf("not done after %s", limit)
	}
}

func TestMoneyFromDecimalRefuses(t *testing.T) {
	t.Parallel()
	long := new(big.Int).Exp(big.NewInt(10), big.NewInt(100_000), nil)
	tests := []struct {
		name     string
		in       decimal.Decimal
		currency byline.Currency
		code     string
	}{
		{"a tenth of a cent", decimal.New(1, -3), byline.EUR, "money.precision"},
		{"half a yen", decimal.New(5, -1), byline.JPY, "money.precision"},
		{"one cent too many", decimal.RequireFromString("92233720368547758.08"), byline.EUR, "money.range"},
		{"the smallest int64", decimal.New(math.MinInt64, -2), byline.EUR, "money.range"},
		{"a power of ten just beyond", decimal.New(1, 19), byline.JPY, "money.range"},
		{"unknown currency", decimal.NewFromInt(1), "eur", "money.currency"},
		{"zero of an unknown currency", decimal.Decimal{}, "", "money.currency"},

		{"an exponent of 2^30", decimal.New(1, 1<<30), byline.EUR, "money.range"},
		{"the largest exponent", decimal.New(-1, math.MaxInt32), byline.KWD, "money.range"},
		{"an exponent of -2^30", decimal.New(1, -(1 << 30)), byline.EUR, "money.precision"},
		{"the smallest exponent", decimal.New(-1, math.MinInt32), byline.EUR, "money.precision"},
		{"a hundred thousand digits", decimal.NewFromBigInt(long, 0), byline.EUR, "money.range"},
		{"a hundred thousand zeros after the point", decimal.NewFromBigInt(long, -100_000), byline.EUR, "money.precision"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			within(t, 5*time.Second, func() {
				got, err := byline.MoneyFromDecimal(tt.in, tt.currency)
				refused(t, tt.code, got, err)
			})
		})
	}
}

func TestMoneyText(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name         string
		in           byline.Money
		amount, text string
	}{
		{"the zero Money", byline.Money{}, "0", "0"},
		{"no euros", byline.Minor(0, byline.EUR), "0.00", "0.00 EUR"},
		{"one cent", byline.Minor(1, byline.EUR), "0.01", "0.01 EUR"},
		{"one cent less", byline.Minor(-1, byline.EUR), "-0.01", "-0.01 EUR"},
		{"99 cents", byline.Minor(99, byline.EUR), "0.99", "0.99 EUR"},
		{"a hundred yen", byline.Minor(100, byline.JPY), "100", "100 JPY"},
		{"one fils", byline.Minor(1, byline.KWD), "0.001", "0.001 KWD"},
		{"smaller than any opposite", byline.Minor(math.MinInt64, byline.EUR), "-92233720368547758.08", "-92233720368547758.08 EUR"},
		{"a count without a currency", byline.Minor(250, ""), "250", "250"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := tt.in.Amount(); got != tt.amount {
				t.Errorf("Amount() = %q, want %q", got, tt.amount)
			}
			if got := tt.in.String(); got != tt.text {
				t.Errorf("String() = %q, want %q", got, tt.text)
			}
			if want := decimal.RequireFromString(tt.amount); !tt.in.Decimal().Equal(want) {
				t.Errorf("Decimal() = %s, want %s", tt.in.Decimal(), want)
			}
		})
	}
}
