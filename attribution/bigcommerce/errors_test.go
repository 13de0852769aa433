package bigcommerce_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/bylinehq/byline/attribution/bigcommerce"
)

func TestCodesOfFaults(t *testing.T) {
	t.Parallel()
	format := regexp.MustCompile(`^bigcommerce\.[a-z]+(_[a-z]+)*$`)
	met := map[string]bool{
		"bigcommerce.pointer": true, // see TestFetchOfPointersThatPointElsewhere
		"bigcommerce.gone":    true, // see TestFetchOfAnOrderThatIsNotThere
	}
	meet := func(want []string) {
		for _, w := range want {
			met[w[strings.LastIndex(w, " ")+1:]] = true
		}
	}
	for _, tt := range faultyNotices {
		meet(tt.want)
	}
	for _, tt := range faultyOrders {
		meet(tt.want)
	}
	seen := map[string]bool{}
	for _, code := range bigcommerce.Codes() {
		if !format.MatchString(code) || bigcommerce.Meaning(code) == "" {
			t.Errorf("%q is not of the form of a code, or has no meaning", code)
		}
		if seen[code] {
			t.Errorf("%q stands twice in the table", code)
		}
		if !met[code] {
			t.Errorf("no test meets %q", code)
		}
		seen[code] = true
		delete(met, code)
	}
	for code := range met {
		t.Errorf("%q is not in the table", code)
	}
}
