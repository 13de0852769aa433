package odrl

import (
	"slices"
	"strings"
	"testing"

	"github.com/bylinehq/byline"
)

// Every market has one code of three letters, and gets it back.
func TestCountryCodes(t *testing.T) {
	t.Parallel()
	var seen []string
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			m := byline.Market(string(a) + string(b))
			code := alpha3(m)
			if (code != "") != m.Known() {
				t.Errorf("%s: %q", m, code)
			}
			if code == "" {
				continue
			}
			if back, ok := marketOf(code); !ok || back != m {
				t.Errorf("%s is %s and back %s", m, code, back)
			}
			if len(code) != 3 || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
				t.Errorf("%s: %q", m, code)
			}
			seen = append(seen, code)
		}
	}
	if slices.Sort(seen); len(slices.Compact(seen)) != 250 {
		t.Errorf("%d codes", len(seen))
	}
}
