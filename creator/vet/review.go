package vet

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// ReviewPrefix stands before the question of a review in the metric of its reading, as in
// "review.camera presence". The question is the reviewer's own words.
const ReviewPrefix = "review."

// answer is one mark with who gave it.
type answer struct {
	review *creator.Review
	mark   *creator.Mark
	value  float64
}

// basis is what two marks must share to be comparable.
type basis struct{ rubric, definition string }

// reviewReadings makes one reading of each question: the median of each person's latest
// mark, of the rubric and scale that most persons used and the latest of equals. A few
// opinions are no sample, so there is no interval; where several people answered, Low and
// High are the lowest and the highest mark, and have no level. Where nobody gave a number
// the reading is refused as "review.no_mark"; "review.rubrics_mixed" says that marks of
// another rubric are left out. Readings of reviews are of the creator, on no platform.
func reviewReadings(d *creator.Dossier, _ creator.Ref, o *Options) []creator.Reading {
	asked := map[string][]answer{}
	for i := range d.Reviews {
		r := &d.Reviews[i]
		if r.At.After(o.At) {
			continue
		}
		for j := range r.Marks {
			m := &r.Marks[j]
			value, known := m.Value.Value()
			all := asked[m.Question]
			if known {
				all = append(all, answer{r, m, value})
			}
			asked[m.Question] = all
		}
	}
	f := frame{at: o.At}
	readings := make([]creator.Reading, 0, len(asked))
	for question, all := range asked {
		readings = append(readings, f.review(question, all))
	}
	return readings
}

func (f frame) review(question string, all []answer) creator.Reading {
	if len(all) == 0 {
		return f.refuse(ReviewPrefix+question, "review{"+question+"};v1", &byline.RefusalError{
			Code: "review.no_mark", Message: "nobody answered the question with a number", Need: 1,
		})
	}
	latest := latestAnswers(all)
	by := mostUsed(latest)
	var values []float64
	var names []string
	for _, a := range latest {
		if basisOf(a) == by {
			values, names = append(values, a.value), append(names, a.review.By)
		}
	}
	slices.Sort(values)
	slices.Sort(names)
	definition := fmt.Sprintf("review{%s};rubric=%s;scale=%s;median of the latest mark of each person;v1", question, by.rubric, by.definition)
	r := f.reading(ReviewPrefix+question, definition, sortedMedian(values), len(values))
	r.Source = strings.Join(names, ", ")
	if len(values) > 1 {
		r.Low, r.High = new(values[0]), new(values[len(values)-1])
	}
	if others := len(latest) - len(values); others > 0 {
		r.Findings = []byline.Finding{warning("review.rubrics_mixed", fmt.Sprintf("%d marks by another rubric or scale are left out", others))}
	}
	return r
}

func basisOf(a answer) basis { return basis{a.review.Rubric, a.mark.Value.Definition()} }

// latestAnswers keeps one answer of each person and basis, newest first.
func latestAnswers(all []answer) []answer {
	slices.SortFunc(all, func(a, b answer) int {
		return cmp.Or(b.review.At.Compare(a.review.At), cmp.Compare(a.review.By, b.review.By), cmp.Compare(a.review.Rubric, b.review.Rubric),
			cmp.Compare(a.mark.Value.Definition(), b.mark.Value.Definition()), cmp.Compare(a.value, b.value))
	})
	type once struct {
		by string
		basis
	}
	seen := map[once]bool{}
	return slices.DeleteFunc(all, func(a answer) bool {
		key := once{a.review.By, basisOf(a)}
		again := seen[key]
		seen[key] = true
		return again
	})
}

// mostUsed is the basis of most answers, and of equals that of the newest.
func mostUsed(newestFirst []answer) basis {
	counts := map[basis]int{}
	for _, a := range newestFirst {
		counts[basisOf(a)]++
	}
	var most basis
	times := 0
	for _, a := range newestFirst {
		if n := counts[basisOf(a)]; n > times {
			most, times = basisOf(a), n
		}
	}
	return most
}
