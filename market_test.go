package byline_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"

	"github.com/bylinehq/byline"
)

func knownMarkets() []string {
	return words(2, func(code string) bool { return byline.Market(code).Known() })
}

func TestMarketList(t *testing.T) {
	t.Parallel()
	listed := codeList(t, "market.go", "marketCodes", 2)
	// ISO 3166-1 has 249 assigned codes, and XK stands beside them.
	if len(listed) != 249+1 {
		t.Errorf("%d codes, want 250", len(listed))
	}
	if diff := cmp.Diff(listed, knownMarkets()); diff != "" {
		t.Errorf("what is listed and what is known mismatch (-listed +known):\n%s", diff)
	}
}

// The second opinion is the region data of golang.org/x/text, which keeps codes that
// ISO 3166-1 has withdrawn or reserved.
func TestMarketsAgainstCLDR(t *testing.T) {
	t.Parallel()
	countries := words(2, func(code string) bool {
		region, err := language.ParseRegion(code)
		return err == nil && region.IsCountry() && region.String() == code
	})
	if unknown := without(knownMarkets(), countries); len(unknown) > 0 {
		t.Errorf("CLDR does not know %s", unknown)
	}
	reserved := strings.Fields("AC CP CQ DG EA IC TA UK")
	withdrawn := strings.Fields("AN BU CS CT DD DY FQ FX HV JT MI NH NQ NT PC PU PZ RH SU TP VD WK YD YU ZR")
	unions := strings.Fields("EZ UN") // the euro area and the United Nations
	if diff := cmp.Diff(slices.Sorted(slices.Values(slices.Concat(reserved, withdrawn, unions))), without(countries, knownMarkets())); diff != "" {
		t.Errorf("countries that are no markets mismatch (-want +got):\n%s", diff)
	}
}

func TestParseMarket(t *testing.T) {
	t.Parallel()
	tests := map[string]byline.Market{
		"DE": "DE", "de": "DE", " fr\n": "FR", "gb": "GB", "UK": "GB", "uk": "GB", " Uk ": "GB", "xk": "XK", "us": "US", "aX": "AX", "ZW": "ZW",
	}
	for code, want := range tests {
		got, err := byline.ParseMarket(code)
		require.NoError(t, err)
		if got != want || !got.Known() {
			t.Errorf("ParseMarket(%q) = %q, want %q", code, got, want)
		}
	}
	for _, code := range []string{"", " ", "D", "DEU", "EU", "UN", "XX", "ZZ", "AN", "SU", "D E", "E ", "D\x00", "276", "ÄX", "UKR"} {
		got, err := byline.ParseMarket(code)
		if got != "" || codeOf(err) != "market.unknown" || !errors.Is(err, byline.ErrInvalid) {
			t.Errorf("ParseMarket(%q) = %q, %v", code, got, err)
		}
	}
	for _, code := range []byline.Market{"UK", "de", "", "DE ", " D", "E A"} {
		if code.Known() {
			t.Errorf("%q is known without being parsed", code)
		}
	}
}
