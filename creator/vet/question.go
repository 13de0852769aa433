package vet

import (
	"fmt"
	"math"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// What is asked about. The bounds lie far outside of what a sample of 994 organic
// accounts on Instagram showed (InstaFake, of 2017 to 2018): variation of likes .53 at
// the median, .29 at the lowest tenth, .91 at the highest; comments per like .024 at the
// median. The sample is old and small, so they raise a question and never a verdict.
const (
	evenLikes           = 0.10
	usualComments       = 0.024
	unusualComments     = 10  // times more or less than usual
	inflatedViews       = 1.5 // times the own median
	droppedReaction     = 0.3 // below the own median
	inflationSeverity   = 25
	namedInFinding      = 3
	fewestForVariation  = 5
	publishedQuestionBy = "CreatorDB, https://creatordb.app/free-tools/free-fake-follower-checker, read 2026-11-22"
)

// ask adds the findings that are questions.
func (s *engagement) ask() {
	s.askLikes()
	s.askComments()
	s.askViews()
}

func (s *engagement) promotion() {
	if n := s.chosen.unknownPromotion; n > 0 {
		s.findings = append(s.findings, info("engagement.promotion_unknown",
			fmt.Sprintf("of %d posts nobody says whether they were boosted; they count as if they were not", n)))
	}
}

func (s *engagement) mixed(a agreement) {
	if a.others > 0 {
		s.findings = append(s.findings, mixedFinding(a.others))
	}
}

func mixedFinding(n int) byline.Finding {
	return warning("engagement.definitions_mixed",
		fmt.Sprintf("%d posts were measured by another definition than most and are left out", n))
}

func (s *engagement) askLikes() {
	var likes []float64
	for _, p := range s.last(s.chosen.agree([]creator.Metric{creator.Likes}, s.v, s.at).posts) {
		n, _ := p.Measure(creator.Likes).Value()
		likes = append(likes, n)
	}
	if len(likes) < fewestForVariation || average(likes) <= 0 {
		return
	}
	if variation := deviation(likes) / average(likes); variation < evenLikes {
		s.findings = append(s.findings, warning("engagement.likes_even", fmt.Sprintf(
			"the likes of %d posts vary by %.2f of their mean; an old sample of organic accounts varied by .29 to .91. Ask why they are so even",
			len(likes), variation)))
	}
}

func (s *engagement) askComments() {
	if len(s.perLike) < fewestForVariation {
		return
	}
	ratio := sortedMedian(s.perLike)
	if ratio > usualComments/unusualComments && ratio < usualComments*unusualComments {
		return
	}
	s.findings = append(s.findings, warning("engagement.comments_unusual", fmt.Sprintf(
		"there are %.4f comments per like; an old sample of organic accounts had .024 at the median. Ask how that comes",
		ratio)))
}

// askViews is a published rule: views at 1.5 times the own median or more while the
// reactions per view fell by 30% or more.
func (s *engagement) askViews() {
	posts := s.last(s.chosen.agree([]creator.Metric{creator.Likes, creator.Comments, creator.Views}, s.v, s.at).posts)
	if len(posts) < fewestForVariation {
		return
	}
	views, reactions := make([]float64, len(posts)), make([]float64, len(posts))
	for i, p := range posts {
		likes, _ := p.Measure(creator.Likes).Value()
		comments, _ := p.Measure(creator.Comments).Value()
		views[i], _ = p.Measure(creator.Views).Value()
		if views[i] > 0 {
			reactions[i] = (likes + comments) / views[i]
		}
	}
	usualViews, usual := sortedMedian(sortedCopy(views)), sortedMedian(sortedCopy(reactions))
	var named []string
	n := 0
	for i, p := range posts {
		inflation, drop := views[i]/usualViews, 1-reactions[i]/usual
		if !(usualViews > 0 && usual > 0 && inflation >= inflatedViews && drop >= droppedReaction) {
			continue
		}
		if n++; n <= namedInFinding {
			named = append(named, fmt.Sprintf("%s (%.0f of 100)", p.ID, math.Min(100, inflationSeverity*inflation*drop)))
		}
	}
	if n > 0 {
		s.findings = append(s.findings, warning("engagement.views_without_reaction", fmt.Sprintf(
			"%d of %d posts have many more views than usual and far fewer reactions per view, such as %s. By a rule of %s; ask whether views were bought or the post left the usual audience",
			n, len(posts), strings.Join(named, ", "), publishedQuestionBy)))
	}
}
