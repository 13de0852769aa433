package contracts_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// Each record can be asked for, says what it is, and where it was read.
func TestLaws(t *testing.T) {
	t.Parallel()
	keys := map[string]bool{}
	for _, key := range regulatedKeys() {
		keys[key] = false
	}
	checks := map[string]bool{}
	for _, row := range contracts.ReviewCodes() {
		checks[row.Check] = true
	}
	ids := map[string]bool{}
	for _, rule := range contracts.Laws() {
		if ids[rule.ID] {
			t.Errorf("%s is there twice", rule.ID)
		}
		ids[rule.ID] = true
		if !checks[rule.Check] || !strings.HasPrefix(rule.ID, rule.Check) {
			t.Errorf("%s belongs to no check", rule.ID)
		}
		if rule.Says == "" || rule.Instrument == "" || rule.Source == "" || rule.ReadAt.IsZero() || rule.Confidence == "" {
			t.Errorf("%s is not described", rule.ID)
		}
		if (rule.Confidence == byline.Recalled) != (rule.Source == "not confirmed") {
			t.Errorf("%s: source %q at confidence %s", rule.ID, rule.Source, rule.Confidence)
		}
		if start := rule.Effective.Start; !start.Equal(start.Truncate(24 * time.Hour)) {
			t.Errorf("%s starts within a day", rule.ID)
		}
		if rule.Market != "" && !rule.Market.Known() {
			t.Errorf("%s is of no market", rule.ID)
		}
		if rule.Category != "" {
			if _, known := keys[rule.Category]; !known {
				t.Errorf("%s has a category without a constant", rule.ID)
			}
			keys[rule.Category] = true
		}
	}
	for key, used := range keys {
		if !used {
			t.Errorf("no rule is for the category %s", key)
		}
	}
	if text := strings.ToLower(fmt.Sprint(contracts.Laws(), contracts.ReviewCodes())); strings.Contains(text, "compliant") {
		t.Error("nothing is ever compliant")
	}
}

func regulatedKeys() []string {
	return []string{contracts.RegulatedAesthetic, contracts.RegulatedAlcohol, contracts.RegulatedCFD, contracts.RegulatedCrypto, contracts.RegulatedFinance,
		contracts.RegulatedGambling, contracts.RegulatedFatSugar, contracts.RegulatedMedicine, contracts.RegulatedNicotine, contracts.RegulatedTips,
		contracts.RegulatedSubstitutes, contracts.RegulatedTraining, contracts.RegulatedTreatment, contracts.RegulatedWildlife,
		contracts.RegulatedChildren, contracts.RegulatedRetouch}
}

func TestLawChanges(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		from, to time.Time
		want     []string
	}{
		"the summer of 2026":     {date(6, 1), date(9, 1), []string{"2026-06-01 C04.KR", "2026-06-01 C19.BR.children", "2026-06-09 C04.US-NY", "2026-08-02 C04.EU"}},
		"the end is not in it":   {date(6, 2), date(6, 9), nil},
		"the start is":           {date(6, 9), date(6, 10), []string{"2026-06-09 C04.US-NY"}},
		"the other way round":    {date(9, 1), date(6, 1), nil},
		"the first days of 2026": {date(1, 1), date(1, 6), []string{"2026-01-01 C07.FR", "2026-01-05 C19.GB.hfss_food"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, change := range contracts.LawChanges(tt.from, tt.to) {
				if !change.Starts {
					t.Errorf("%s ends", change.Rule.ID)
				}
				got = append(got, change.At.Format(time.DateOnly)+" "+change.Rule.ID)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("changes (-want +got):\n%s", diff)
			}
		})
	}
}
