package lift

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBrief(t *testing.T) {
	t.Parallel()
	for want, v := range map[string]float64{
		"0": 0, "0.00123": 0.00123456, "12.3": 12.345, "-7.5": -7.5, "1235": 1234.6, "100": 99.96, "1e-12": 1e-12, "-2.5e+20": -2.5e20,
	} {
		if got := brief(v); got != want {
			t.Errorf("brief(%g) = %q, want %q", v, got, want)
		}
	}
	if got := percentSigned(13.04); got != "+1304%" {
		t.Errorf("fourteen times as much is %q", got)
	}
	if got := counted(1, "period") + ", " + counted(int64(2), "unit"); got != "1 period, 2 units" {
		t.Errorf("got %q", got)
	}
}

// A level that is just missed is not said to be reached.
func TestLevelsAreRoundedDown(t *testing.T) {
	t.Parallel()
	for want, p := range map[string]float64{"94.99%": 0.0500001, "95%": 0.05, "90%": 0.1, "97.14%": 0.02856, "99.99%": 1e-9} {
		if got := upTo(p); got != want {
			t.Errorf("upTo(%g) = %q, want %q", p, got, want)
		}
	}
	if f := levelFinding("means.level", 0.0500001, 0.95); !strings.Contains(f.Message, "94.99% or less, not at the 95%") {
		t.Error(f.Message)
	}
}

// Where the interval that is shown holds 0 and the test decides, or the other way round,
// the words say so.
func TestExplainNamesADisagreement(t *testing.T) {
	t.Parallel()
	disagreed := 0
	for x := range int64(31) {
		for y := range int64(46) {
			p, err := CompareProportions(Arm{30, x}, Arm{45, y}, &Options{MinConversions: -1})
			require.NoError(t, err)
			undecided := p.Conclusion == Undecided
			odd := p.MiettinenNurminen.Contains(0) != undecided || p.Lift != nil && p.Lift.Interval.Contains(0) != undecided
			if odd {
				disagreed++
			}
			if strings.Contains(p.Explain(), "disagree") != odd || (p.WouldChange[0].Code == "proportions.disagree") != odd {
				t.Errorf("%v %v: %s", p.Treated, p.Control, p.Explain())
			}
		}
	}
	if disagreed == 0 {
		t.Error("no comparison lies on the border")
	}
}

func TestExplainSaysAFallAsAFall(t *testing.T) {
	t.Parallel()
	for want, control := range map[string]Arm{
		"50 conversions short of what would have come anyway (-79.2 to -21.1)": {1000, 150},
		"1 conversion beyond what would have come anyway":                      {1000, 99},
		"21 more conversions in the treated arm would leave it undecided":      {1000, 150},
	} {
		p, err := CompareProportions(Arm{1000, 100}, control, nil)
		require.NoError(t, err)
		if got := p.Explain(); !strings.Contains(got, want) {
			t.Errorf("%q is not in %q", want, got)
		}
	}
}

// An arm without room for more conversions may still be decided by fewer.
func TestTippingThePlaceWithoutRoom(t *testing.T) {
	t.Parallel()
	p, err := CompareProportions(Arm{20, 20}, Arm{20, 19}, nil)
	require.NoError(t, err)
	by, ok := p.tipping()
	if !ok || by >= 0 {
		t.Errorf("%d %v", by, ok)
	}
	moved, err := CompareProportions(Arm{20, 20 + by}, Arm{20, 19}, nil)
	require.NoError(t, err)
	if moved.Conclusion != Lowered {
		t.Errorf("%d conversions: %s", by, moved.Conclusion)
	}
}
