package hubspot_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/bylinehq/byline/attribution/hubspot"
)

func TestCodesOfFaults(t *testing.T) {
	t.Parallel()
	format := regexp.MustCompile(`^hubspot\.[a-z]+(_[a-z]+)*$`)
	met := map[string]bool{
		"hubspot.pointer": true, // see TestFetchOfPointersThatPointElsewhere
	}
	meet := func(want []string) {
		for _, w := range want {
			met[w[strings.LastIndex(w, " ")+1:]] = true
		}
	}
	for _, tt := range faultyChanges {
		meet(tt.want)
	}
	for _, tt := range faultyRecords {
		meet(tt.want)
	}
	seen := map[string]bool{}
	for _, code := range hubspot.Codes() {
		if !format.MatchString(code) || hubspot.Meaning(code) == "" {
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
