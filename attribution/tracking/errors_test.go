package tracking_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/bylinehq/byline/attribution/tracking"
)

func TestCodesOfFaults(t *testing.T) {
	t.Parallel()
	met := map[string]bool{"tracking.exhausted": true} // see TestCodesRunOut
	meet := func(want []string) {
		for _, w := range want {
			met[w[strings.LastIndex(w, " ")+1:]] = true
		}
	}
	for _, tt := range faultyLinks {
		meet(tt.want)
	}
	for _, tt := range faultyNamings {
		meet(tt.want)
	}
	for _, tt := range faultyClicks {
		meet(tt.want)
	}
	for _, tt := range faultyMints {
		meet(tt.want)
	}
	format := regexp.MustCompile(`^(required|tracking\.[a-z]+(_[a-z]+)*)$`)
	for _, code := range tracking.Codes() {
		if !format.MatchString(code) {
			t.Errorf("%q is not of the form of a code", code)
		}
		if !met[code] {
			t.Errorf("%q stands twice in the table, or no test meets it", code)
		}
		delete(met, code)
	}
	for code := range met {
		t.Errorf("%q is not in the table", code)
	}
}
