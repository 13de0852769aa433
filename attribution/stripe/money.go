package stripe

import (
	"strings"

	"github.com/bylinehq/byline"
)

// The currencies in which Stripe does not count in hundredths. Three it counts otherwise
// than ISO 4217 does: the ariary (MGA) has 2 digits there and none here; the Icelandic
// króna (ISK) and the Ugandan shilling (UGX) have none there and stand here in
// hundredths that are always 00, which the page lists as special cases, although it
// names UGX among the currencies without decimals too.
// https://docs.stripe.com/currencies, read 2026-11-22.
const (
	noDecimals    = "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF"
	threeDecimals = "BHD JOD KWD OMR TND"
)

// stripeDigits is how many decimals Stripe's unit of a currency stands for.
func stripeDigits(c byline.Currency) int {
	switch {
	case strings.Contains(noDecimals, string(c)):
		return 0
	case strings.Contains(threeDecimals, string(c)):
		return 3
	}
	return 2
}

// maxUnits is above ten times what Stripe charges at most, 12 digits, and so low that
// the amounts of a whole body add up in an int64.
// https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts, read 2026-11-22.
const maxUnits = 1e13

// toMinor turns Stripe's units into minor units of ISO 4217. Where those are larger, what
// does not make a whole one is rounded half away from zero, and exact is false.
func toMinor(units int64, c byline.Currency) (minor int64, exact bool) {
	shift := c.Digits() - stripeDigits(c)
	for ; shift > 0; shift-- {
		units *= 10
	}
	divisor := int64(1)
	for ; shift < 0; shift++ {
		divisor *= 10
	}
	minor, rest := units/divisor, units%divisor
	switch {
	case 2*rest >= divisor:
		minor++
	case -2*rest >= divisor:
		minor--
	}
	return minor, rest == 0
}
