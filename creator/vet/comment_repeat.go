package vet

import (
	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// nearlyAll is the part of the posts under which an author stands out, and regularGroup how
// many such authors are worth a finding.
const (
	nearlyAll    = 0.8
	regularGroup = 3
)

// repeat is the share of comments, of those with an author, by authors who comment under
// more than half of the posts that have comments. Good communities have such people too.
func (t *commentThread) repeat() creator.Reading {
	s := tally{metric: RepeatCommenters, formula: "authors_under>1/2_of_posts"}
	posts, under, wrote := map[string]bool{}, map[string]map[string]bool{}, map[string]int{}
	for _, r := range t.remarks {
		posts[r.PostID] = true
		if r.Author == "" {
			continue
		}
		if under[r.Author] == nil {
			under[r.Author] = map[string]bool{}
		}
		under[r.Author][r.PostID] = true
		wrote[r.Author]++
		s.judged++
	}
	regulars, theirs := 0, 0
	for author, at := range under {
		if 2*len(at) > len(posts) {
			s.hits += wrote[author]
		}
		if float64(len(at)) >= nearlyAll*float64(len(posts)) {
			regulars++
			theirs += wrote[author]
		}
	}
	s.why = t.authorRefusal(s.judged)
	if s.why == nil && len(posts) < t.MinPosts {
		s.why = &byline.RefusalError{Code: "comments.too_few_posts", Message: "too few posts have comments to say who comes again", Have: float64(len(posts)), Need: float64(t.MinPosts)}
	}
	if s.why == nil && regulars >= regularGroup {
		s.found = []byline.Finding{fitFinding("comments.regulars", byline.Info,
			"%d authors are under at least %.0f%% of the %d posts and wrote %d of %d comments: a faithful circle, or one by agreement", regulars, 100*nearlyAll, len(posts), theirs, s.judged)}
	}
	return t.share(s)
}

func (t *commentThread) authorRefusal(authored int) *byline.RefusalError {
	if 2*authored >= len(t.remarks) {
		return nil
	}
	return &byline.RefusalError{Code: "comments.no_authors", Message: "most comments have no author key", Have: float64(authored), Need: float64((len(t.remarks) + 1) / 2)}
}
