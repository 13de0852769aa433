package safety

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// codeNoFacts is the finding of a check for which nothing is known.
const codeNoFacts = "conflict.no_facts"

// CheckConflicts answers what [Conflicts] finds as three checks, always and in this order:
// "conflict.competitor", "conflict.category" and "conflict.exclusivity".
//
// A check is failed by a Blocker and undetermined by a Warning. It is undetermined as well
// where nothing is known that could answer it, with the finding "conflict.no_facts": where
// the rivalry has a nil list of competitors, categories or promises, and where there is no
// partnership for categories, and neither one nor a dated post with a text or brands that
// the look-back reaches for competitors. Lists that are empty and not nil say that there is
// nothing to look for, and the check is passed; an empty list of partnerships says so where
// an origin of the dossier tells where it is from. A rivalry that is not valid passes
// nothing.
//
// Organic mentions are shown and change nothing. At most fifty findings are shown, the
// worst first; "conflict.more" counts the others.
func CheckConflicts(d *creator.Dossier, r Rivalry, at time.Time) []creator.Check {
	if d == nil {
		d = &creator.Dossier{}
	}
	found := Conflicts(d, r, at)
	work := partnershipFacts(d, at)
	known := []facts{r.competitorFacts(work, r.postsWithin(d.Posts, at)), r.categoryFacts(work), r.promiseFacts()}
	if r.Validate() != nil {
		wrong := facts{fix: "mend the rivalry, of which Validate says what is wrong"}
		known = []facts{wrong, wrong, wrong}
	}
	var checks []creator.Check
	for i, code := range []string{codeCompetitor, codeCategory, codeExclusivity} {
		checks = append(checks, conflictCheck(code, found, known[i], at))
	}
	return checks
}

// facts say what was looked at. Passed is the reason of a check without conflicts, "" where
// nothing is known; fix is then what would help.
type facts struct{ passed, fix string }

func partnershipFacts(d *creator.Dossier, at time.Time) string {
	if n := len(d.Partnerships); n > 0 {
		return countWords(n, "partnership", "partnerships")
	}
	for _, o := range d.Origins {
		if o.Part == creator.PartPartnerships && !o.CollectedAt.After(at) {
			return "a list of partnerships that is empty"
		}
	}
	return ""
}

func (r *Rivalry) competitorFacts(work string, posts int) facts {
	seen := countWords(posts, "post", "posts")
	switch {
	case r.Competitors == nil:
		return facts{fix: "name the competitors, or give an empty list where there are none"}
	case len(r.Competitors) == 0:
		return facts{passed: "the rivalry names no competitors"}
	case work == "" && posts == 0:
		return facts{fix: "collect the creator's partnerships and posts of the look-back, and say where an empty list is from"}
	case work == "":
		return facts{passed: "no conflict in the handles, hashtags and listed brands of " + seen}
	case posts == 0:
		return facts{passed: "no conflict in " + work}
	}
	return facts{passed: fmt.Sprintf("no conflict in %s, and in the handles, hashtags and listed brands of %s", work, seen)}
}

func (r *Rivalry) categoryFacts(work string) facts {
	switch {
	case r.Categories == nil:
		return facts{fix: "name the categories of the work, or give an empty list where none is kept free"}
	case len(r.Categories) == 0:
		return facts{passed: "the rivalry names no categories"}
	case work == "":
		return facts{fix: "collect the creator's partnerships with their categories, and say where an empty list is from"}
	}
	return facts{passed: "no conflict in " + work}
}

func (r *Rivalry) promiseFacts() facts {
	switch {
	case r.Promises == nil:
		return facts{fix: "ask both sides for the exclusivities in force, and give an empty list where there are none"}
	case len(r.Promises) == 0:
		return facts{passed: "there are no promises"}
	}
	return facts{passed: "no conflict in " + countWords(len(r.Promises), "promise", "promises")}
}

// postsWithin counts the posts that the look-back reaches and that carry something to read.
func (r *Rivalry) postsWithin(posts []creator.Post, at time.Time) int {
	planned, n := r.plannedStretch(at), 0
	for i := range posts {
		if published := posts[i].PublishedAt; !published.IsZero() && (posts[i].Text != "" || len(posts[i].Brands) > 0) {
			w := stretchFrom(published, r.lookback())
			if meet(stretch{w, w}, planned) == together {
				n++
			}
		}
	}
	return n
}

func conflictCheck(code string, found []Conflict, known facts, at time.Time) creator.Check {
	c := creator.Check{Code: code, At: at, State: creator.Passed}
	tally := map[byline.Severity]int{}
	hidden := 0
	for _, each := range found {
		if each.Code != code {
			continue
		}
		tally[each.Severity]++
		if len(c.Findings) == maxFindings {
			hidden++
			continue
		}
		c.Findings = append(c.Findings, each.Finding())
	}
	if hidden > 0 {
		c.Findings = append(c.Findings, byline.Finding{Code: "conflict.more", Severity: byline.Info, Message: fmt.Sprintf("%d more are among the conflicts", hidden)})
	}
	switch {
	case tally[byline.Blocker] > 0:
		c.State, c.Reason = creator.Failed, countWords(tally[byline.Blocker], "conflict stands", "conflicts stand")+" in the way"
	case tally[byline.Warning] > 0:
		c.State, c.Reason = creator.Undetermined, countWords(tally[byline.Warning], "conflict is", "conflicts are")+" possible, of which too little is known"
	case known.passed == "":
		c.State, c.Reason = creator.Undetermined, "nothing is known that could answer this"
		c.Findings = append(c.Findings, byline.Finding{Code: codeNoFacts, Severity: byline.Warning, Message: c.Reason, Fix: known.fix})
	default:
		c.Reason = known.passed
	}
	return c
}
