package byline

import (
	"sort"
	"strings"
)

// Currency is an ISO 4217 alphabetic code in upper case. The zero value means "no
// currency" and belongs only to the zero [Money].
type Currency string

// The currencies that code and tests name most. Any other ISO 4217 code works the
// same way through [ParseCurrency].
const (
	AUD Currency = "AUD"
	BRL Currency = "BRL"
	CAD Currency = "CAD"
	CHF Currency = "CHF"
	EUR Currency = "EUR"
	GBP Currency = "GBP"
	JPY Currency = "JPY"
	KRW Currency = "KRW"
	KWD Currency = "KWD"
	USD Currency = "USD"
)

// Active ISO 4217 codes of circulating money as of 2026-01-01 (BGN left with
// Bulgaria's euro on that day), then codes withdrawn since 2016 that old orders
// carry. Funds codes and precious metals are left out: no shop charges in them.
const (
	currencyCodes = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD " +
		"CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD " +
		"HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD " +
		"MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG " +
		"QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS " +
		"UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG"
	withdrawnCurrencyCodes = "ANG BGN BYR CUC HRK MRO SLL STD VEF ZWL"
	zeroDigitCodes         = "BIF BYR CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
	threeDigitCodes        = "BHD IQD JOD KWD LYD OMR TND"
)

// ParseCurrency reads a three-letter code in any case, with surrounding space. Codes
// withdrawn since 2016 are read too, because old orders carry them. The error is a
// [*FieldError] of code "money.currency".
func ParseCurrency(code string) (Currency, error) {
	c := Currency(strings.ToUpper(strings.TrimSpace(code)))
	if !c.Known() {
		return "", &FieldError{Code: "money.currency", Message: "not an ISO 4217 currency code"}
	}
	return c, nil
}

// Known reports whether c is an ISO 4217 code this version knows.
func (c Currency) Known() bool {
	return inCodeList(currencyCodes, string(c)) || inCodeList(withdrawnCurrencyCodes, string(c))
}

// Digits is the number of decimals of the currency's minor unit by ISO 4217: 0 for
// JPY, 3 for KWD, 2 for most, 0 for no currency. A payment platform may count in
// other units; its adapter converts.
func (c Currency) Digits() int {
	switch {
	case c == "", inCodeList(zeroDigitCodes, string(c)):
		return 0
	case inCodeList(threeDigitCodes, string(c)):
		return 3
	default:
		return 2
	}
}

// inCodeList looks for one code in a sorted list of codes of the same length, parted by
// single spaces. The list is a constant because a package-level map would be mutable
// state; halving it is quicker than reading it through.
func inCodeList(list, code string) bool {
	if strings.IndexByte(list, ' ') != len(code) {
		return false
	}
	width := len(code) + 1
	_, found := sort.Find((len(list)+1)/width, func(i int) int {
		return strings.Compare(code, list[i*width:i*width+len(code)])
	})
	return found
}
