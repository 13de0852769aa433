package shortlist_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/score"
	"github.com/bylinehq/byline/creator/shortlist"
)

func assessed(v score.Verdict, coverage float64, checks ...creator.Check) score.Assessment {
	return score.Assessment{
		CreatorID: "ada", Platform: byline.TikTok, At: day(), Rubric: "spring/2", Verdict: v,
		Score: byline.Known(70, "byline.score/1;spring/2", day()), Coverage: coverage, Needed: 0.6, Checks: checks,
	}
}

func TestOfKeepsTheVerdict(t *testing.T) {
	t.Parallel()
	is := func(s creator.State) creator.Check { return creator.Check{Code: "a.b", State: s} }
	tests := map[string]struct {
		of      score.Assessment
		want    string // by which code ada is out
		allowed string // and with undetermined checks allowed
		checks  int
	}{
		"eligible":           {assessed(score.Eligible, 0.6), "", "", 0},
		"eligible, rounded":  {assessed(score.Eligible, 0.6-1e-12), "", "", 0},
		"passed":             {assessed(score.Eligible, 1, is(creator.Passed)), "", "", 1},
		"thin":               {assessed(score.Thin, 0.5), "out.check_undetermined", "", 1},
		"held":               {assessed(score.Held, 1, is(creator.Undetermined)), "out.check_undetermined", "", 1},
		"held and thin":      {assessed(score.Held, 0.5, is("")), "out.check_undetermined", "", 2},
		"barred":             {assessed(score.Barred, 1, is(creator.Failed)), "out.check_failed", "out.check_failed", 1},
		"barred and thin":    {assessed(score.Barred, 0.1, is(creator.Failed)), "out.check_failed", "out.check_failed", 2},
		"barred without why": {assessed(score.Barred, 1, is(creator.Undetermined)), "out.check_failed", "out.check_failed", 2},
		"held without why":   {assessed(score.Held, 1), "out.check_undetermined", "", 1},
		"thin without why":   {assessed(score.Thin, 1), "out.check_undetermined", "", 1},
		"no assessment":      {score.Assessment{CreatorID: "ada"}, "out.check_undetermined", "", 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			given := len(tt.of.Checks)
			c := shortlist.Of(tt.of, eur(10), creator.Reading{Value: byline.Known(5, conversions, day())})
			if len(c.Checks) != tt.checks || len(tt.of.Checks) != given {
				t.Errorf("checks %v", c.Checks)
			}
			for _, undetermined := range []bool{false, true} {
				want := tt.want
				if undetermined {
					want = tt.allowed
				}
				l := choose(t, []shortlist.Candidate{c}, sums(100), &shortlist.Options{AllowUndetermined: undetermined})
				if got := codeOf(l, "ada"); got != want {
					t.Errorf("allowed %t: out by %q, want %q", undetermined, got, want)
				}
			}
		})
	}
}

func TestOfTakesAllOver(t *testing.T) {
	t.Parallel()
	low, high := 4.0, 6.0
	a := assessed(score.Eligible, 0.75)
	got := shortlist.Of(a, eur(10), creator.Reading{Value: byline.Known(5, conversions, day()), Low: &low, High: &high})
	want := shortlist.Candidate{
		Key: shortlist.Key{CreatorID: "ada", Platform: byline.TikTok}, Price: eur(10),
		Outcome: shortlist.Outcome{Value: byline.Known(5, conversions, day()), Low: &low, High: &high},
		Score:   a.Score, Covered: byline.Known(0.75, "spring/2", day()),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	half := shortlist.Of(a, eur(10), creator.Reading{Value: byline.Known(5, conversions, day()), Low: &low})
	if half.Outcome.Low != nil || half.Outcome.High != nil {
		t.Error("half an interval was kept")
	}
}
