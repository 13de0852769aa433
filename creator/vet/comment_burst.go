package vet

import (
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// A burst is as many comments within a minute, at least half of those of their post.
const (
	burstSize   = 10
	burstWithin = time.Minute
)

// early is the share of comments, of those whose time and whose post's time are known,
// that came right after the post. A comment before its post is one whose times cannot be
// right, and is not counted.
func (t *commentThread) early() creator.Reading {
	s := tally{metric: EarlyComments, formula: "within=" + EarlyWithin.String()}
	times := map[string][]time.Time{}
	for _, r := range t.remarks {
		published := t.published[r.PostID]
		if r.At.IsZero() || published.IsZero() || r.At.Before(published) {
			continue
		}
		s.judged++
		if r.At.Before(published.Add(EarlyWithin)) {
			s.hits++
		}
		times[r.PostID] = append(times[r.PostID], r.At)
	}
	if 2*s.judged < len(t.remarks) {
		s.why = &byline.RefusalError{
			Code: "comments.no_times", Message: "of most comments the time, or that of the post, is not known", Have: float64(s.judged), Need: float64((len(t.remarks) + 1) / 2),
		}
	} else {
		s.found = bursts(times)
	}
	return t.share(s)
}

// bursts names the posts with a burst, up to three of them, from the largest.
func bursts(times map[string][]time.Time) []byline.Finding {
	type burst struct {
		post     string
		size, of int
	}
	var found []burst
	for post, at := range times {
		if size := densest(at); size >= burstSize && 2*size >= len(at) {
			found = append(found, burst{post, size, len(at)})
		}
	}
	slices.SortFunc(found, func(a, b burst) int {
		if a.size != b.size {
			return b.size - a.size
		}
		return slices.Compare([]string{a.post}, []string{b.post})
	})
	var findings []byline.Finding
	for _, b := range found[:min(3, len(found))] {
		findings = append(findings, fitFinding("comments.burst", byline.Info, "%d of the %d comments under post %s came within one minute", b.size, b.of, b.post))
	}
	return findings
}

// densest is the most instants that lie within a minute.
func densest(at []time.Time) int {
	slices.SortFunc(at, time.Time.Compare)
	most, first := 0, 0
	for i := range at {
		for at[i].Sub(at[first]) >= burstWithin {
			first++
		}
		most = max(most, i-first+1)
	}
	return most
}
