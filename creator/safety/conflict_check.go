package safety

import (
	"fmt"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// codeNoFacts is the finding of a check for which nothing is known.
const codeNoFacts = "conflict.no_facts"

// CheckConflicts answers what [Conflicts] finds as checks: "conflict.competitor" where
// the rivalry names competitors, "conflict.category" where it names categories, and
// "conflict.exclusivity" always, in this order.
//
// A check is failed by a Blocker and undetermined by a Warning. It is undetermined as well
// where nothing is known that could answer it, with the finding "conflict.no_facts": no
// partnership and no dated post that the look-back reaches for competitors, no partnership
// for categories, a nil list of promises. Organic mentions are shown and change nothing.
// At most fifty findings are shown, the worst first; "conflict.more" counts the others.
func CheckConflicts(d *creator.Dossier, r Rivalry, at time.Time) []creator.Check {
	if d == nil {
		d = &creator.Dossier{}
	}
	found := Conflicts(d, r, at)
	var checks []creator.Check
	if len(r.Competitors) > 0 {
		posts := r.postsWithin(d.Posts, at)
		facts := factsOf(len(d.Partnerships), "partnership", posts, "post")
		checks = append(checks, conflictCheck(codeCompetitor, found, facts, at))
	}
	if len(r.Categories) > 0 {
		checks = append(checks, conflictCheck(codeCategory, found, factsOf(len(d.Partnerships), "partnership", 0, ""), at))
	}
	facts := ""
	if r.Promises != nil {
		facts = countWords(len(r.Promises), "promise", "promises")
	}
	return append(checks, conflictCheck(codeExclusivity, found, facts, at))
}

// postsWithin counts the posts that the look-back reaches.
func (r *Rivalry) postsWithin(posts []creator.Post, at time.Time) int {
	planned, n := r.plannedStretch(at), 0
	for i := range posts {
		if published := posts[i].PublishedAt; !published.IsZero() {
			w := stretchFrom(published, r.lookback())
			if meet(stretch{w, w}, planned) == together {
				n++
			}
		}
	}
	return n
}

// factsOf says how much was looked at, "" for nothing.
func factsOf(first int, firstName string, second int, secondName string) string {
	var parts []string
	if first > 0 {
		parts = append(parts, countWords(first, firstName, firstName+"s"))
	}
	if second > 0 {
		parts = append(parts, countWords(second, secondName, secondName+"s"))
	}
	return strings.Join(parts, " and ")
}

func conflictCheck(code string, found []Conflict, facts string, at time.Time) creator.Check {
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
	case facts == "":
		c.State, c.Reason = creator.Undetermined, "nothing is known that could answer this"
		c.Findings = append(c.Findings, byline.Finding{Code: codeNoFacts, Severity: byline.Warning, Message: c.Reason, Fix: noFactsFix(code)})
	default:
		c.Reason = "no conflict in " + facts
	}
	return c
}

func noFactsFix(code string) string {
	switch code {
	case codeCompetitor:
		return "collect the creator's partnerships and posts of the look-back"
	case codeCategory:
		return "collect the creator's partnerships with their categories"
	}
	return "ask both sides for the exclusivities in force, and give an empty list where there are none"
}
