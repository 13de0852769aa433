package odrl

import (
	"slices"
	"strings"
	"testing"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
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

// Every region has known members, each once.
func TestMembers(t *testing.T) {
	t.Parallel()
	sizes := map[contracts.Region]int{
		contracts.EU: 27, contracts.EEA: 30, contracts.DACH: 3, contracts.UKIE: 2, contracts.NA: 2, contracts.ANZ: 2, contracts.GCC: 6, "Mars": 0,
	}
	for region, size := range sizes {
		got := members(region)
		slices.Sort(got)
		if len(slices.Compact(got)) != size || slices.ContainsFunc(got, func(m byline.Market) bool { return !m.Known() }) {
			t.Errorf("%s: %v", region, got)
		}
	}
}
