package vet

import (
	"fmt"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Sentiment judges how a text sounds, from -1, as bad as can be, to 1. The error says that
// it cannot, as for a language it does not know; the language is a BCP 47 tag, empty where
// it is not determined. The version names the judge with all that changes its answers. It
// is called from one goroutine at a time by one call of [Comments].
type Sentiment interface {
	Valence(text, language string) (float64, error)
	Version() string
}

// From here on a comment is clearly negative or positive. Between them a judge by words is
// little better than chance.
const clearValence = 0.5

// Mood is how comments sound. There is no mean of it: one half delighted and one half
// enraged is not indifference.
type Mood struct {
	Judge        string `json:"judge"`        // the version of who judged
	Negative     int    `json:"negative"`     // at most -0.5
	Between      int    `json:"between"`      // neither
	Positive     int    `json:"positive"`     // at least 0.5
	Undetermined int    `json:"undetermined"` // could not be judged, which is not neutral

	negative, positive quotes
}

// judged is how many comments could be judged.
func (m *Mood) judged() int { return m.Negative + m.Between + m.Positive }

func (t *commentThread) mood() *Mood {
	if t.Sentiment == nil {
		return nil
	}
	m := &Mood{Judge: t.Sentiment.Version()}
	for _, r := range t.remarks {
		if commentLanguage(r.Language) == "" || r.folded == "" {
			m.Undetermined++
			continue
		}
		switch v, err := t.Sentiment.Valence(cutComment(r.Text, maxCommentBytes), r.Language); {
		case err != nil || !(v >= -1 && v <= 1):
			m.Undetermined++
		case v <= -clearValence:
			m.Negative++
			m.negative.add(r)
		case v >= clearValence:
			m.Positive++
			m.positive.add(r)
		default:
			m.Between++
		}
	}
	return m
}

func (t *commentThread) negative(m *Mood) creator.Reading {
	s := t.moodTally(NegativeComments, "<=-0.5", m)
	if m != nil && m.Negative > 0 {
		s.hits = m.Negative
		s.found = append(s.found, fitFinding("comments.negative", byline.Info, "%d of %d comments sound clearly negative: %s", m.Negative, m.judged(), m.negative))
	}
	return t.share(s)
}

func (t *commentThread) positive(m *Mood) creator.Reading {
	s := t.moodTally(PositiveComments, ">=0.5", m)
	if m != nil && m.Positive > 0 {
		s.hits = m.Positive
		s.found = append(s.found, fitFinding("comments.positive", byline.Info, "%d of %d comments sound clearly positive: %s", m.Positive, m.judged(), m.positive))
	}
	return t.share(s)
}

func (t *commentThread) moodTally(metric, from string, m *Mood) tally {
	s := tally{metric: metric, formula: "valence" + from + ";judge=none"}
	if m == nil {
		s.why = fitRefusal("comments.no_judge", "nobody was asked how the comments sound")
		return s
	}
	s.formula = fmt.Sprintf("valence%s;judge=%s", from, m.Judge)
	s.judged = m.judged()
	s.judgedOf(len(t.remarks))
	return s
}
