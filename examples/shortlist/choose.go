package main

import (
	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator/reach"
	"github.com/bylinehq/byline/creator/shortlist"
)

// draws is how often outcomes are drawn anew to see how steady the picks are.
const (
	draws = 200
	seed  = 2026
)

// candidates are the entries as the shortlist takes them, in the order of the entries.
func (r *report) candidates(outcome func(*entry) shortlist.Outcome) []shortlist.Candidate {
	list := make([]shortlist.Candidate, len(r.Entries))
	for i, e := range r.Entries {
		list[i] = shortlist.Candidate{
			Key: e.key(), Tier: e.Tier, Outcome: outcome(e), Score: e.Assessment.Score,
			Covered: byline.Known(e.Assessment.Coverage, "score.coverage;"+e.Assessment.Rubric, r.At), Checks: e.Assessment.Checks,
		}
		if e.dossier.Profile.Market != "" {
			list[i].Markets = []byline.Market{e.dossier.Profile.Market}
		}
		if e.Rate != nil {
			list[i].Price = e.Rate.Price
		}
	}
	return list
}

// byOrders chooses for expected orders.
func (r *report) byOrders(request shortlist.Request) (shortlist.List, error) {
	request.Objective = shortlist.ExpectedConversions
	return shortlist.Choose(r.candidates(ordersOf), request, nil)
}

// record chooses for expected orders as asked, sees how steady the picks are, and keeps what
// is needed to make the list again.
func (r *report) record() (shortlist.Record, error) {
	request := r.source.campaign.Request
	request.Objective = shortlist.ExpectedConversions
	record, err := shortlist.NewRecord(r.At, r.source.campaign.By, r.candidates(ordersOf), request, &shortlist.Options{Draws: draws, Seed: seed})
	for _, e := range r.Entries {
		for _, note := range e.Notes {
			if note.Notes != "" {
				record.Notes = append(record.Notes, shortlist.Note{CreatorID: e.ID, By: note.By, At: note.At, Text: note.Notes})
			}
		}
	}
	return record, err
}

func ordersOf(e *entry) shortlist.Outcome { return e.Orders }

// byReach chooses for people who are reached once.
func (r *report) byReach(request shortlist.Request) (shortlist.List, error) {
	request.Objective = shortlist.UniqueReach
	all := r.candidates(func(e *entry) shortlist.Outcome {
		const definition = "reach.people;v1"
		s := r.source.audiences[e.ID]
		if s == nil {
			return shortlist.Outcome{Value: byline.Missing(byline.NotCollected, definition, r.At)}
		}
		n := s.Count()
		return shortlist.Outcome{Value: byline.Known(n.Value, definition, r.At), Low: &n.Low, High: &n.High}
	})
	return shortlist.Choose(all, request, &shortlist.Options{Coverage: func() shortlist.Coverage { return newPeople(r) }})
}

// people counts whom the chosen reach, each once.
type people struct {
	report *report
	union  *reach.Union
}

func newPeople(r *report) *people {
	u, err := reach.NewUnion(&r.source.campaign.Segments.Sketch)
	if err != nil { // its options made the sketches, so they are sound
		return &people{r, nil}
	}
	return &people{r, u}
}

func (p *people) sketch(i int) *reach.Sketch {
	return p.report.source.audiences[p.report.Entries[i].ID]
}

// Gain is how many people candidate i would add.
func (p *people) Gain(i int) float64 {
	if p.union == nil {
		return 0
	}
	return p.union.Gain(p.sketch(i))
}

// Add takes candidate i in. A sketch that is not there, or does not fit, adds nobody.
func (p *people) Add(i int) {
	if s := p.sketch(i); s != nil && p.union != nil {
		_ = p.union.Add(s) // all sketches are of one shape
	}
}
