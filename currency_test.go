package byline_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/currency"

	"github.com/bylinehq/byline"
)

func knownCurrencies() []string {
	return words(3, func(code string) bool { return byline.Currency(code).Known() })
}

func TestCurrencyLists(t *testing.T) {
	t.Parallel()
	active := codeList(t, "currency.go", "currencyCodes", 3)
	withdrawn := codeList(t, "currency.go", "withdrawnCurrencyCodes", 3)
	// ISO 4217 list one of 2026-01-01 has 178 codes, 23 of which are no money that
	// circulates: 9 funds (BOV CHE CHW CLF COU MXV USN UYI UYW) and 14 codes with X (XAD
	// XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX).
	if len(active) != 178-23 || len(withdrawn) != 10 {
		t.Errorf("%d active and %d withdrawn codes, want %d and 10", len(active), len(withdrawn), 178-23)
	}
	both := slices.Sorted(slices.Values(slices.Concat(active, withdrawn)))
	if diff := cmp.Diff(both, knownCurrencies()); diff != "" {
		t.Errorf("what is listed and what is known mismatch (-listed +known):\n%s", diff)
	}
	for _, constant := range []string{"zeroDigitCodes", "threeDigitCodes"} {
		if unknown := without(codeList(t, "currency.go", constant, 3), both); len(unknown) > 0 {
			t.Errorf("%s has %s, which are no currencies", constant, unknown)
		}
	}
}

// The second opinion is CLDR's data of 2017, in golang.org/x/text. Every difference has
// a reason.
func TestCurrenciesAgainstCLDR(t *testing.T) {
	t.Parallel()
	var tender []string
	for it := currency.Query(currency.Date(time.Date(2017, 9, 1, 0, 0, 0, 0, time.UTC))); it.Next(); {
		tender = append(tender, it.Unit().String())
	}
	if missing := without(tender, knownCurrencies()); len(missing) > 0 {
		t.Errorf("legal tender in 2017 and unknown: %s", missing)
	}
	want := []string{
		"BYR", // withdrawn on 2017-01-01
		"MRU", // since 2018
		"SLE", // since 2022
		"STN", // since 2018
		"SVC", // on ISO's list, though El Salvador uses the dollar since 2001
		"VED", // since 2021
		"VES", // since 2018
		"XCG", // since 2025
		"ZWG", // since 2024
		"ZWL", // tender again from 2019, withdrawn in 2024
	}
	if diff := cmp.Diff(want, without(knownCurrencies(), tender)); diff != "" {
		t.Errorf("known and no legal tender in 2017 mismatch (-want +got):\n%s", diff)
	}
}

func TestDigitsAgainstCLDR(t *testing.T) {
	t.Parallel()
	// CLDR counts the coins that people use, ISO 4217 those that the law knows. Prices
	// and payments have ISO's digits.
	coinless := strings.Fields("AFN ALL AMD COP GYD IDR IRR KPW LAK LBP MGA MMK MNT MRO MUR PKR RSD SLL SOS STD SYP TZS UZS YER")
	want := map[string]string{"IQD": "ISO 3, CLDR 0"}
	for _, code := range coinless {
		want[code] = "ISO 2, CLDR 0"
	}
	got := map[string]string{}
	for _, code := range knownCurrencies() {
		digits := byline.Currency(code).Digits()
		unit, err := currency.ParseISO(code)
		if err != nil {
			if digits != 2 { // MRU, SLE, VED, VES, XCG and ZWG are younger than the data
				t.Errorf("%s has %d digits", code, digits)
			}
			continue
		}
		if scale, _ := currency.Standard.Rounding(unit); scale != digits {
			got[code] = fmt.Sprintf("ISO %d, CLDR %d", digits, scale)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("differences mismatch (-want +got):\n%s", diff)
	}
}

func TestDigits(t *testing.T) {
	t.Parallel()
	byDigits := map[int][]string{}
	for _, code := range knownCurrencies() {
		digits := byline.Currency(code).Digits()
		byDigits[digits] = append(byDigits[digits], code)
	}
	want := map[int][]string{
		0: strings.Fields("BIF BYR CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"),
		3: strings.Fields("BHD IQD JOD KWD LYD OMR TND"),
	}
	if twos := len(knownCurrencies()) - len(want[0]) - len(want[3]); len(byDigits[2]) != twos {
		t.Errorf("%d currencies have 2 digits, want %d", len(byDigits[2]), twos)
	}
	delete(byDigits, 2)
	if diff := cmp.Diff(want, byDigits); diff != "" {
		t.Errorf("digits mismatch (-want +got):\n%s", diff)
	}
	if got := byline.Currency("").Digits(); got != 0 {
		t.Errorf("no currency has %d digits", got)
	}
}

// Known compares within one long text, so that what stands across two codes must
// not pass for a code.
func TestCurrencyKnownRefuses(t *testing.T) {
	t.Parallel()
	for _, code := range []string{
		"", " ", "A", "EU", "EURO", "eur", "Eur", "EU ", " EU", "R G", "UR ", " GB", "EUR GBP", "EUR\x00", "€€€", "ÉUR",
		"XXX", "XTS", "XAU", "XDR", "CLF", "USN", "BTC", "DEM", "FRF",
	} {
		if byline.Currency(code).Known() {
			t.Errorf("%q is known", code)
		}
	}
}

func TestParseCurrency(t *testing.T) {
	t.Parallel()
	tests := map[string]byline.Currency{
		"EUR": byline.EUR, "eur": byline.EUR, "Eur": byline.EUR, " usd\t": byline.USD, "\njpy ": byline.JPY, "kwd": byline.KWD,
		"aud": byline.AUD, "brl": byline.BRL, "cad": byline.CAD, "chf": byline.CHF, "gbp": byline.GBP, "krw": byline.KRW,
		"bgn": "BGN", "hrk": "HRK", "zwl": "ZWL", "ved": "VED",
	}
	for code, want := range tests {
		got, err := byline.ParseCurrency(code)
		require.NoError(t, err)
		if got != want || !got.Known() {
			t.Errorf("ParseCurrency(%q) = %q, want %q", code, got, want)
		}
	}
	for _, code := range []string{"", "   ", "EU", "EURO", "E UR", "XXX", "XAU", "BTC", "€", "EUR USD", "978"} {
		got, err := byline.ParseCurrency(code)
		if got != "" || codeOf(err) != "money.currency" || !errors.Is(err, byline.ErrInvalid) {
			t.Errorf("ParseCurrency(%q) = %q, %v", code, got, err)
		}
	}
}
