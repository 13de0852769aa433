package dossiercsv

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// partnership reads a row of the partnerships.
func (m *importer) partnership(t *table) {
	r := m.of(t)
	if r == nil {
		return
	}
	p := creator.Partnership{
		Brand: t.text("brand"), Categories: t.list("categories"), Commerce: creator.Commerce(strings.ToLower(t.choice("commerce"))),
		During: byline.Window{Start: t.time("from"), End: t.until("until")}, Markets: t.markets("markets"),
		PostIDs: t.list("post_ids"), Source: t.text("source"),
	}
	alone := only(nobody())
	alone.Partnerships = []creator.Partnership{p}
	if t.valid(&alone) {
		r.dossier.Partnerships = append(r.dossier.Partnerships, p)
	}
}

// rate reads a row of the rates.
func (m *importer) rate(t *table) {
	r := m.of(t)
	if r == nil {
		return
	}
	rate := creator.Rate{
		Format: t.text("format"), Pieces: t.count("pieces", 1), Price: t.money("price", "currency"), Includes: t.list("includes"),
		Valid: byline.Window{Start: t.time("from"), End: t.until("until")}, QuotedAt: t.time("quoted_at"), Source: t.text("source"),
	}
	if t.cell("platform") != "" {
		rate.Platform = t.platform()
	}
	alone := only(nobody())
	alone.Rates = []creator.Rate{rate}
	if t.valid(&alone) {
		r.dossier.Rates = append(r.dossier.Rates, rate)
	}
}

type reviewKey struct {
	by, rubric string
	at         time.Time
}

type questionKey struct {
	review   reviewKey
	question string
}

// review reads a row of the reviews.
func (m *importer) review(t *table) {
	r := m.of(t)
	if r == nil {
		return
	}
	key := reviewKey{t.text("by"), t.text("rubric"), t.time("at")}
	review := creator.Review{By: key.by, At: key.at, Rubric: key.rubric, Notes: t.prose("notes")}
	mark := creator.Mark{Question: t.text("question"), Notes: t.prose("note")}
	mark.Value, _ = t.measure("value", "mark."+key.rubric, key.at) // marks of two rubrics are not compared
	marked := mark.Question != "" || t.cell("value") != "" || mark.Notes != ""
	if marked {
		review.Marks = []creator.Mark{mark}
	}
	alone := only(nobody())
	alone.Reviews = []creator.Review{review}
	if !t.valid(&alone) {
		return
	}
	i, there := r.reviews[key]
	if there && review.Notes != "" && r.dossier.Reviews[i].Notes != "" && review.Notes != r.dossier.Reviews[i].Notes {
		t.fault("notes", "dossiercsv.contradicts", "another row of this review says otherwise")
	}
	question := questionKey{key, mark.Question}
	if r.questions[question] {
		t.fault("question", "dossiercsv.twice", "another row of this review answers it")
	}
	if t.bad {
		return
	}
	r.questions[question] = true
	if !there {
		r.reviews[key] = len(r.dossier.Reviews)
		r.dossier.Reviews = append(r.dossier.Reviews, review)
		return
	}
	held := &r.dossier.Reviews[i]
	held.Notes = cmp.Or(held.Notes, review.Notes)
	held.Marks = append(held.Marks, review.Marks...)
}

// settleBusiness sorts what has no id of its own by all that it says.
func settleBusiness(d *creator.Dossier) {
	byText(d.Partnerships)
	byText(d.Rates)
	for _, r := range d.Reviews {
		slices.SortFunc(r.Marks, func(a, b creator.Mark) int { return cmp.Compare(a.Question, b.Question) })
	}
	slices.SortFunc(d.Reviews, func(a, b creator.Review) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.By, b.By), cmp.Compare(a.Rubric, b.Rubric))
	})
}

func byText[T any](all []T) {
	type told struct {
		item T
		text string
	}
	texts := make([]told, len(all))
	for i, item := range all {
		text, _ := json.Marshal(item) // what was read from text is written as text
		texts[i] = told{item, string(text)}
	}
	slices.SortFunc(texts, func(a, b told) int { return cmp.Compare(a.text, b.text) })
	for i := range all {
		all[i] = texts[i].item
	}
}
