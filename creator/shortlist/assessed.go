package shortlist

import (
	"fmt"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/score"
)

// Of makes a candidate of an assessment, with its score, coverage and checks, at a price
// and with what is expected of them, for the caller to complete with tier, markets and
// handle. The outcome keeps its interval where it has both ends.
//
// The verdict stays in force whatever the request says of floors: a check of code
// "score.thin" is undetermined where too little was known for a rank, and of code
// "score.verdict" where the verdict is no other than eligible for no check that is there:
// failed if barred, else undetermined. So nobody is chosen whom [score.Rank] would not
// rank, unless [Options].AllowUndetermined says so, and then they are marked.
func Of(a score.Assessment, price byline.Money, outcome creator.Reading) Candidate {
	c := Candidate{
		Key: Key{CreatorID: a.CreatorID, Platform: a.Platform}, Price: price,
		Outcome: Outcome{Value: outcome.Value, Low: outcome.Low, High: outcome.High},
		Score:   a.Score,
		Covered: byline.Known(a.Coverage, a.Rubric, a.At),
		Checks:  append([]creator.Check(nil), a.Checks...),
	}
	if c.Outcome.Low == nil || c.Outcome.High == nil {
		c.Outcome.Low, c.Outcome.High = nil, nil
	}
	add := func(code string, state creator.State, reason string) {
		c.Checks = append(c.Checks, creator.Check{Code: code, State: state, Reason: reason, At: a.At})
	}
	// A sum of shares may fall short of the whole by rounding.
	if a.Coverage < a.Needed-1e-9 {
		add("score.thin", creator.Undetermined, fmt.Sprintf("%.0f %% of the weight is known, and a rank takes %.0f %%", 100*a.Coverage, 100*a.Needed))
	}
	code, _ := c.bars(false)
	switch {
	case a.Verdict == score.Barred && code != "out.check_failed":
		add("score.verdict", creator.Failed, "the verdict is barred")
	case a.Verdict != score.Eligible && code == "":
		add("score.verdict", creator.Undetermined, "the verdict is not eligible")
	}
	return c
}
