package creator_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/internal/promise"
)

// The same account is in another tier by another scheme.
func ExampleScheme_Of() {
	for _, s := range creator.Schemes() {
		t, _ := s.Of(60_000)
		fmt.Println(s.Name, t.Name)
	}
	// Output:
	// hypeauditor mid
	// later micro
	// mediakix mid
	// sociavault mid
}

func TestSchemeOf(t *testing.T) {
	t.Parallel()
	tests := []struct {
		scheme    string
		followers int64
		want      string
	}{
		{"hypeauditor", 999, ""}, {"hypeauditor", 1_000, "nano"}, {"hypeauditor", 4_999, "nano"}, {"hypeauditor", 5_000, "micro"},
		{"hypeauditor", 10_000, "micro"}, {"hypeauditor", 999_999, "macro"}, {"hypeauditor", 1_000_000, "mega"},
		{"later", -1, ""}, {"later", 0, "nano"}, {"later", 9_999, "nano"}, {"later", 10_000, "micro"}, {"later", 1 << 62, "mega"},
		{"mediakix", 9_999, "nano"}, {"mediakix", 10_000, "micro"}, {"mediakix", 500_000, "macro"},
		{"sociavault", 9_999, "nano"}, {"sociavault", 10_000, "micro"}, {"sociavault", 500_000, "mega"},
	}
	for _, tt := range tests {
		s, ok := creator.SchemeNamed(tt.scheme)
		if !ok {
			t.Fatalf("no scheme %s", tt.scheme)
		}
		got, ok := s.Of(tt.followers)
		if got.Name != tt.want || ok != (tt.want != "") {
			t.Errorf("%s of %d is %q, %t; want %q", tt.scheme, tt.followers, got.Name, ok, tt.want)
		}
	}
	if _, ok := creator.SchemeNamed("standard"); ok {
		t.Error("there is a scheme named standard")
	}
}

func TestSchemesAreWhole(t *testing.T) {
	t.Parallel()
	for _, s := range creator.Schemes() {
		require.NoError(t, s.Validate(), s.Name)
		if s.Source == "" || s.ReadAt.IsZero() || s.Confidence == "" {
			t.Errorf("%s is not sourced and dated", s.Name)
		}
	}
}

func TestSchemeRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		in   creator.Scheme
		want []at
	}{
		"nothing": {creator.Scheme{}, []at{{"name", "scheme.name"}, {"tiers", "scheme.no_tiers"}}},
		"a gap": {
			creator.Scheme{Name: "x", Tiers: []creator.Tier{{"a", 0, 10}, {"b", 11, 0}}},
			[]at{{"tiers[1].from", "scheme.gap"}},
		},
		"an overlap": {
			creator.Scheme{Name: "x", Tiers: []creator.Tier{{"a", 0, 10}, {"b", 9, 0}}},
			[]at{{"tiers[1].from", "scheme.overlap"}},
		},
		"nothing after the open end": {
			creator.Scheme{Name: "x", Tiers: []creator.Tier{{"a", 0, 0}, {"b", 9, 0}}},
			[]at{{"tiers[1].from", "scheme.overlap"}},
		},
		"bounds and names": {
			creator.Scheme{Name: "x", Tiers: []creator.Tier{{"a", -1, 5}, {"a", 5, 5}, {"", 5, 0}}},
			[]at{{"tiers[0]", "scheme.bounds"}, {"tiers[1].name", "scheme.tier_name"}, {"tiers[1]", "scheme.bounds"}, {"tiers[2].name", "scheme.tier_name"}},
		},
	}
	var produced []string
	for name, tt := range tests {
		got := faultsOf(t, tt.in.Validate())
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: faults (-want +got):\n%s", name, diff)
		}
		for _, f := range got {
			produced = append(produced, f.Code)
		}
	}
	slices.Sort(produced)
	if diff := cmp.Diff(promise.Codes(t, "tier.go", "Validate"), slices.Compact(produced)); diff != "" {
		t.Errorf("codes (-promised +produced):\n%s", diff)
	}
}
