package disclosure_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/disclosure"
)

// worldPost is a paid post of acme that is put together word by word.
type worldPost struct{ post disclosure.Post }

func postIn(m byline.Market, language string) worldPost {
	return worldPost{disclosure.Post{
		At: time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC), Platform: byline.Instagram, Medium: disclosure.Image, Frames: 1,
		Markets: []byline.Market{m}, Language: language, Brands: []string{"acme"}, Toggle: disclosure.No,
		Ties: []disclosure.Tie{disclosure.Paid}, NoCategory: true, NoMark: true, Minors: map[int]disclosure.Known{18: disclosure.No},
		Texts: []disclosure.Passage{{Where: disclosure.Caption, Text: "✨"}},
	}}
}

func (w worldPost) on(y int, m time.Month, d int) worldPost {
	w.post.At = time.Date(y, m, d, 12, 0, 0, 0, time.UTC)
	return w
}

func (w worldPost) at(p byline.Platform) worldPost { w.post.Platform = p; return w }

func (w worldPost) as(m disclosure.Medium) worldPost { w.post.Medium = m; return w }

func (w worldPost) because(ties ...disclosure.Tie) worldPost { w.post.Ties = ties; return w }

func (w worldPost) toggled(k disclosure.Known) worldPost { w.post.Toggle = k; return w }

func (w worldPost) controlled(k disclosure.Known) worldPost { w.post.Control = k; return w }

func (w worldPost) with(where disclosure.Where, text string) worldPost {
	w.post.Texts = append(slices.Clone(w.post.Texts), disclosure.Passage{Where: where, Text: text})
	return w
}

// seen is an overlay in a video from one second to another.
func (w worldPost) seen(text string, from, to float64) worldPost {
	second := func(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }
	w.post.Texts = append(slices.Clone(w.post.Texts), disclosure.Passage{Where: disclosure.Overlay, Text: text, Span: disclosure.Span{From: second(from), To: second(to)}})
	return w
}

func (w worldPost) video(length time.Duration) worldPost {
	w.post.Medium, w.post.Length = disclosure.Video, length
	return w
}

func (w worldPost) promotes(from, to time.Duration) worldPost {
	w.post.Promoted = disclosure.Span{From: from, To: to}
	return w
}

func (w worldPost) about(categories ...disclosure.Category) worldPost {
	w.post.Categories, w.post.NoCategory = categories, false
	return w
}

func (w worldPost) showing(marks ...disclosure.Mark) worldPost {
	w.post.Marks = map[disclosure.Mark]disclosure.Known{}
	for _, m := range marks {
		w.post.Marks[m] = disclosure.Yes
	}
	return w
}

func (w worldPost) checked(id string, k disclosure.Known) worldPost {
	w.post.Checks = map[string]disclosure.Known{id: k}
	return w
}

func (w worldPost) young(age int) worldPost {
	w.post.Minors = map[int]disclosure.Known{age: disclosure.Yes}
	return w
}

// What a vector expects of an answer; absent: the rule does not reach the post.
const (
	isViolation = disclosure.Violation
	isRisk      = disclosure.Risk
	isUnknown   = disclosure.CannotDetermine
	isFine      = disclosure.NoKnownIssue
	isAbsent    = disclosure.Status("")
)

type worldVector struct {
	post worldPost
	want map[string]disclosure.Status
}

func expect(id string, status disclosure.Status) map[string]disclosure.Status {
	return map[string]disclosure.Status{id: status}
}

func runVectors(t *testing.T, tests map[string]worldVector) {
	t.Helper()
	rules := disclosure.Rules()
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := maps.Clone(tt.want)
			for id := range got {
				got[id] = isAbsent
			}
			assessment := disclosure.Evaluate(tt.post.post, rules)
			for _, answer := range assessment.Answers {
				if _, asked := got[answer.ID()]; asked {
					got[answer.ID()] = answer.Status
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("answers (-want +got):\n%s\n%s", diff, findings(assessment, tt.want))
			}
		})
	}
}

func findings(a disclosure.Assessment, of map[string]disclosure.Status) string {
	var lines []string
	for _, answer := range a.Answers {
		if _, asked := of[answer.ID()]; !asked {
			continue
		}
		for _, f := range answer.Findings {
			lines = append(lines, answer.ID()+" "+f.Code+": "+f.Message)
		}
		if answer.Missing != nil {
			lines = append(lines, answer.ID()+" misses "+strings.Join(answer.Missing, ", "))
		}
	}
	return strings.Join(lines, "\n")
}

// seenCut says how much of the last text somebody saw before it was cut off.
func seenCut(w worldPost, shown int) worldPost {
	w.post.Texts = slices.Clone(w.post.Texts)
	w.post.Texts[len(w.post.Texts)-1].Shown = shown
	return w
}
