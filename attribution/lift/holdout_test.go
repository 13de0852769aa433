package lift_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution/lift"
)

func day(n int) time.Time { return time.Date(2026, 9, n, 12, 0, 0, 0, time.UTC) }

func assign(t testing.TB, h lift.Holdout, unit string, at time.Time) lift.Assignment {
	t.Helper()
	a, err := h.Assign(unit, at)
	require.NoError(t, err)
	return a
}

// The draw is a promise to those who stored assignments: these fractions were computed
// with another implementation of SHA-256.
func TestDrawIsPinned(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		experiment, unit string
		fraction         float64
	}{
		{"spring-codes", "u-1", 0.7865816947809547},
		{"spring-codes", "u-2", 0.7365760745421691},
		{"spring-codes", "kühl", 0.7760732439846946},
		{"autumn", "u-1", 0.11236735542113319},
	} {
		for share, want := range map[float64]lift.Group{c.fraction + 1e-12: lift.TreatedGroup, c.fraction: lift.HeldOut} {
			a := assign(t, lift.Holdout{Experiment: c.experiment, TreatedShare: share}, c.unit, day(1))
			if a.Group != want {
				t.Errorf("%s %s at %g: %s, want %s", c.experiment, c.unit, share, a.Group, want)
			}
			survives(t, a)
		}
	}
}

// Nobody leaves the treated arm when the share grows, shares are kept, and another
// experiment draws anew.
func TestDrawIsStableAndFair(t *testing.T) {
	t.Parallel()
	const units = 20000
	treated := map[float64]int{}
	both := 0
	for i := range units {
		unit := fmt.Sprint("u-", i)
		was := lift.HeldOut
		for _, share := range []float64{.1, .5, .9} {
			a := assign(t, lift.Holdout{Experiment: "spring", TreatedShare: share}, unit, day(1))
			if was == lift.TreatedGroup && a.Group != was {
				t.Fatalf("%s left the treated arm at %g", unit, share)
			}
			if was = a.Group; was == lift.TreatedGroup {
				treated[share]++
			}
			if share == .5 && was == lift.TreatedGroup && assign(t, lift.Holdout{Experiment: "autumn", TreatedShare: .5}, unit, day(1)).Group == was {
				both++
			}
		}
	}
	for share, n := range treated {
		if off := math.Abs(float64(n)-share*units) / math.Sqrt(units*share*(1-share)); off > 4 {
			t.Errorf("%d of %d treated at %g", n, units, share)
		}
	}
	if off := math.Abs(float64(both)-units/4) / math.Sqrt(units*3./16); off > 4 {
		t.Errorf("%d of %d treated in both experiments", both, units)
	}
}

// trial assigns units and lets the first of each arm convert.
func trial(t testing.TB, h lift.Holdout, units, treated, held int) ([]lift.Assignment, []lift.Conversion) {
	t.Helper()
	var assignments []lift.Assignment
	var conversions []lift.Conversion
	left := map[lift.Group]int{lift.TreatedGroup: treated, lift.HeldOut: held}
	for i := range units {
		a := assign(t, h, fmt.Sprint("u-", i), day(1))
		assignments = append(assignments, a)
		if left[a.Group] > 0 {
			left[a.Group]--
			conversions = append(conversions, lift.Conversion{Unit: a.Unit, At: day(2)})
		}
	}
	return assignments, conversions
}

func TestAnalyseCountsAsDrawn(t *testing.T) {
	t.Parallel()
	h := lift.Holdout{Experiment: "spring", TreatedShare: .5}
	assignments, conversions := trial(t, h, 4000, 120, 70)
	want, err := h.Analyse(assignments, conversions, nil)
	require.NoError(t, err)
	if want.Treated.Conversions != 120 || want.Control.Conversions != 70 || want.Treated.Units+want.Control.Units != 4000 {
		t.Errorf("%+v %+v", want.Treated, want.Control)
	}
	if want.Conclusion != lift.Raised || want.SampleRatio == nil || want.SampleRatio.Broken {
		t.Errorf("%s %+v", want.Conclusion, want.SampleRatio)
	}
	survives(t, want)

	// The same rows twice, backwards, with repeated purchases, say the same.
	again := slices.Concat(assignments, assignments)
	slices.Reverse(again)
	more := slices.Concat(conversions, conversions)
	slices.Reverse(more)
	got, err := h.Analyse(again, more, nil)
	require.NoError(t, err)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("in another order (-want +got):\n%s", diff)
	}
}

// A conversion in the moment of the draw counts, one before does not; a treated unit that
// used its code did not cross; and of two draws at one time the smaller share is the first,
// in whatever order the rows come.
func TestAnalyseOnTheBorders(t *testing.T) {
	t.Parallel()
	h, grown := lift.Holdout{Experiment: "spring", TreatedShare: .5}, lift.Holdout{Experiment: "spring", TreatedShare: .999}
	var assignments, again []lift.Assignment
	var conversions []lift.Conversion
	for i := range 200 {
		a := assign(t, h, fmt.Sprint("unit-", i), day(1))
		assignments = append(assignments, a)
		if i < 50 {
			conversions = append(conversions, lift.Conversion{Unit: a.Unit, At: day(1), Reached: a.Group == lift.TreatedGroup})
		}
		if i < 10 {
			again = append(again, assign(t, grown, a.Unit, day(1)))
		}
	}
	r, err := h.Analyse(assignments, conversions, nil)
	require.NoError(t, err)
	if r.Treated.Conversions+r.Control.Conversions != 50 || r.ConvertedBefore != 0 || r.Crossed != 0 {
		t.Errorf("%v %v, before %d, crossed %d", r.Treated, r.Control, r.ConvertedBefore, r.Crossed)
	}
	before, err := h.Analyse(slices.Concat(again, assignments), conversions, nil)
	require.NoError(t, err)
	after, err := h.Analyse(slices.Concat(assignments, again), conversions, nil)
	require.NoError(t, err)
	if diff := cmp.Diff(before, after); diff != "" || before.Treated != r.Treated || before.Moved == 0 {
		t.Errorf("treated %v and %v, moved %d:\n%s", before.Treated, r.Treated, before.Moved, diff)
	}
}

func TestAnalyseReportsStrays(t *testing.T) {
	t.Parallel()
	h := lift.Holdout{Experiment: "spring", TreatedShare: .5}
	assignments, conversions := trial(t, h, 4000, 100, 80)
	clean, err := h.Analyse(assignments, conversions, nil)
	require.NoError(t, err)

	crossed := 0
	for i, c := range conversions {
		if a := assign(t, h, c.Unit, c.At); a.Group == lift.HeldOut && crossed < 15 {
			conversions[i].Reached = true
			crossed++
		}
	}
	first := assignments[0].Unit
	conversions = append(conversions, lift.Conversion{Unit: "stranger", At: day(3)}, lift.Conversion{Unit: assignments[3999].Unit, At: day(1).Add(-1)})
	grown := lift.Holdout{Experiment: "spring", TreatedShare: .999}
	for _, a := range assignments {
		if a.Group == lift.HeldOut {
			assignments = append(assignments, assign(t, grown, a.Unit, day(5)), assign(t, grown, first, day(5)))
			break
		}
	}
	r, err := h.Analyse(assignments, conversions, nil)
	require.NoError(t, err)
	if r.Crossed != 15 || r.Moved != 1 || r.ConvertedBefore != 1 || r.Unassigned != 1 {
		t.Errorf("crossed %d moved %d before %d unassigned %d", r.Crossed, r.Moved, r.ConvertedBefore, r.Unassigned)
	}
	if r.Treated != clean.Treated || r.Control != clean.Control || r.Conclusion != lift.Undecided {
		t.Errorf("arms changed: %v %v", r.Treated, r.Control)
	}
	codes := []string{"holdout.crossed", "holdout.moved", "holdout.share_changed", "holdout.converted_before", "holdout.unassigned"}
	if diff := cmp.Diff(append(found(clean.WouldChange), codes...), found(r.WouldChange)); diff != "" {
		t.Error(diff)
	}
	message := r.WouldChange[len(clean.WouldChange)].Message
	if want := "and the conclusion raised instead of undecided"; message[len(message)-len(want):] != want {
		t.Error(message)
	}
	survives(t, r)
}

// Units that disappear from one arm break the experiment without anybody naming a share.
func TestAnalyseSeesLostUnits(t *testing.T) {
	t.Parallel()
	h := lift.Holdout{Experiment: "spring", TreatedShare: .9}
	assignments, conversions := trial(t, h, 10000, 300, 20)
	lost := 0
	assignments = slices.DeleteFunc(assignments, func(a lift.Assignment) bool {
		lost++
		return a.Group == lift.TreatedGroup && lost%2 == 0
	})
	r, err := h.Analyse(assignments, conversions, nil)
	require.NoError(t, err)
	if r.Conclusion != lift.Broken {
		t.Errorf("%s %+v", r.Conclusion, r.SampleRatio)
	}
}

func TestHoldoutDesign(t *testing.T) {
	t.Parallel()
	d, err := lift.Holdout{Experiment: "spring", TreatedShare: .5}.Design(lift.ProportionDesign{ControlRate: .02, TreatedRate: .025, UnitsPerDay: 2000})
	require.NoError(t, err)
	if d.Treated != 13809 || d.Control != 13809 || d.Days != 14 {
		t.Errorf("%+v", d)
	}
	closely(t, "forgone", d.Forgone, 13809*.005)
	half, err := lift.ProportionDesign{ControlRate: .02, TreatedRate: .0225}.Size()
	require.NoError(t, err)
	want := fmt.Sprintf("Were the effect half as large, %d units would do: %d with the campaign and %d held out", half.Units(), half.Treated, half.Control)
	if got := d.WouldChange[0].Message; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	survives(t, d)
}

func TestHoldoutRefusesAndFaults(t *testing.T) {
	t.Parallel()
	h := lift.Holdout{Experiment: "spring", TreatedShare: .5}
	_, err := h.Analyse(nil, nil, nil)
	refused(t, err, "lift.too_few_units")
	_, err = lift.Holdout{Experiment: "a\x00b", TreatedShare: 1}.Assign("", day(1))
	faulty(t, err, "experiment holdout.experiment", "treated_share holdout.treated_share", "unit assignment.unit")
	good := assign(t, h, "u-1", day(1))
	other, turned, share := good, good, good
	other.Experiment = "autumn"
	share.TreatedShare = math.NaN()
	if turned.Group = lift.HeldOut; good.Group == lift.HeldOut {
		turned.Group = lift.TreatedGroup
	}
	_, err = h.Analyse([]lift.Assignment{{}, other, share, turned, good}, nil, nil)
	faulty(t, err, "assignments[0].unit assignment.unit", "assignments[1].experiment assignment.experiment",
		"assignments[2].treated_share assignment.treated_share", "assignments[3].group assignment.group")
	_, err = h.Design(lift.ProportionDesign{})
	faulty(t, err, "control_rate power.rate", "treated_rate power.rate")
	_, err = lift.Holdout{}.Design(lift.ProportionDesign{})
	faulty(t, err, "experiment holdout.experiment", "treated_share holdout.treated_share")
}

// A design does not promise what the analysis refuses.
func TestDesignOfTooFewUnits(t *testing.T) {
	t.Parallel()
	h := lift.Holdout{Experiment: "spring", TreatedShare: .5}
	for rate, want := range map[float64]bool{.9: true, .4: false, .05: false} {
		d, err := h.Design(lift.ProportionDesign{ControlRate: .1, TreatedRate: rate})
		require.NoError(t, err)
		if got := d.WouldChange[0].Code == "holdout.small"; got != want {
			t.Errorf("%d and %d units: %v", d.Treated, d.Control, found(d.WouldChange))
		}
	}
}
