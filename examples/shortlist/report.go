package main

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/lookalike"
	"github.com/bylinehq/byline/creator/performance"
	"github.com/bylinehq/byline/creator/reach"
	"github.com/bylinehq/byline/creator/score"
	"github.com/bylinehq/byline/creator/shortlist"
)

// report is all that was found.
type report struct {
	Campaign string    `json:"campaign"`
	Demo     bool      `json:"demo,omitempty"`
	At       time.Time `json:"at"`
	Answer   []string  `json:"answer"` // whom to book, what it may bring, and how sure that is

	Entries  []*entry          `json:"entries"` // by id
	Ranking  score.Ranking     `json:"ranking"`
	Orders   shortlist.List    `json:"-"`                // chosen for expected orders; it stands in the record
	Record   *shortlist.Record `json:"record,omitempty"` // the list for orders with who asked and on what
	Refused  []string          `json:"refused,omitempty"`
	Reach    *shortlist.List   `json:"reach,omitempty"` // chosen for people, to see where that differs
	What     []whatIf          `json:"what_if,omitempty"`
	Audience audienceReport    `json:"audience"`
	Alike    alikeReport       `json:"alike"`
	Letters  []letter          `json:"letters,omitempty"`
	Past     []byline.Finding  `json:"past,omitempty"` // about what all delivered

	source *source
	byID   map[byline.CreatorID]*entry
}

// report goes from the files to the list.
func (s *source) report() (*report, error) {
	past, err := s.past()
	if err != nil {
		return nil, err
	}
	r := &report{Campaign: s.campaign.Name, Demo: s.demo, At: s.campaign.At, Past: past.Findings, source: s, byID: map[byline.CreatorID]*entry{}}
	if err := r.read(past.Readings); err != nil {
		return nil, err
	}
	for _, step := range []func() error{r.rank, r.choose, r.ask, r.overlap, r.resemble, r.write} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	r.Answer = r.answer()
	return r, nil
}

// past is what the creators delivered, and nothing where no file says so.
func (s *source) past() (performance.Report, error) {
	if len(s.deliveries) == 0 {
		return performance.Report{}, nil
	}
	past, err := performance.Read(s.deliveries, &performance.Options{At: s.campaign.At})
	if err != nil {
		return performance.Report{}, fmt.Errorf("deliveries.csv: %w", err)
	}
	return past, nil
}

// read reads every creator.
func (r *report) read(past map[byline.CreatorID]creator.Readings) error {
	reader, err := r.source.reader(past)
	if err != nil {
		return err
	}
	for i := range r.source.dossiers {
		e, err := reader.entry(&r.source.dossiers[i])
		if err != nil {
			return err
		}
		r.Entries = append(r.Entries, e)
		r.byID[e.ID] = e
	}
	return nil
}

// rank gives places to those who may have one.
func (r *report) rank() error {
	assessments := make([]score.Assessment, len(r.Entries))
	for i, e := range r.Entries {
		assessments[i] = e.Assessment
	}
	ranking, err := score.Rank(assessments, &score.RankOptions{Draws: draws, MarginDraws: draws, Top: r.source.campaign.Request.Max, Seed: seed})
	if err != nil {
		return err
	}
	r.Ranking = ranking
	for i := range ranking.Places {
		r.byID[ranking.Places[i].CreatorID].Place = &ranking.Places[i]
	}
	return nil
}

// choose makes the list, and the one for reach beside it. What cannot be met is part of the
// report.
func (r *report) choose() error {
	record, err := r.record()
	if r.Refused = whys(err); len(r.Refused) > 0 {
		return nil
	}
	if err != nil {
		return err
	}
	r.Orders, r.Record = record.List, &record
	if len(r.source.audiences) == 0 {
		return nil
	}
	byReach, err := r.byReach(r.source.campaign.Request)
	if err != nil && len(whys(err)) == 0 {
		return err
	}
	if err == nil {
		r.Reach = &byReach
	}
	return nil
}

// whys are the reasons of an error that is about the request and the candidates, and not
// about the program.
func whys(err error) []string {
	if refused, is := errors.AsType[*byline.RefusalError](err); is {
		return []string{refused.Message}
	}
	if faults, is := errors.AsType[*byline.ValidationError](err); is {
		list := make([]string, len(faults.Fields))
		for i, f := range faults.Fields {
			list[i] = f.Message
		}
		return list
	}
	if fault, is := errors.AsType[*byline.FieldError](err); is {
		return []string{fault.Message}
	}
	return nil
}

// whatIf is the list under another budget.
type whatIf struct {
	Budget byline.Money    `json:"budget"`
	List   *shortlist.List `json:"list,omitempty"` // nil where there is none
	Why    []string        `json:"why,omitempty"`
	In     []shortlist.Key `json:"in,omitempty"`  // who comes
	Out    []shortlist.Key `json:"out,omitempty"` // who goes
}

// ask makes the list again for less and for more money.
func (r *report) ask() error {
	if len(r.Orders.Picks) == 0 {
		return nil
	}
	for _, percent := range []int64{50, 75, 90, 110, 125, 150} {
		request := r.source.campaign.Request
		budget, err := request.Budget.Portion(percent, 100)
		if err != nil {
			return err
		}
		request.Budget = budget
		w := whatIf{Budget: budget}
		list, err := r.byOrders(request)
		switch w.Why = whys(err); {
		case len(w.Why) > 0:
		case err != nil:
			return err
		default:
			w.List, w.In, w.Out = &list, missingIn(list.Picks, r.Orders.Picks), missingIn(r.Orders.Picks, list.Picks)
		}
		r.What = append(r.What, w)
	}
	return nil
}

// missingIn are the picks of one list that the other has not.
func missingIn(of, other []shortlist.Pick) []shortlist.Key {
	var list []shortlist.Key
	for _, p := range of {
		if !slices.ContainsFunc(other, func(o shortlist.Pick) bool { return o.Key == p.Key }) {
			list = append(list, p.Key)
		}
	}
	return list
}

// audienceReport is who reaches whom twice.
type audienceReport struct {
	Reached *reach.Reached     `json:"reached,omitempty"`  // by the picks together
	ByReach *reach.Reached     `json:"by_reach,omitempty"` // by the list that was chosen for it
	Matrix  *reach.Matrix      `json:"matrix,omitempty"`   // of picks and reserve
	People  *reach.Curve       `json:"people,omitempty"`   // of all who may be booked, most people first
	Money   *reach.Curve       `json:"money,omitempty"`    // the same, most people for the money first
	Unseen  []byline.CreatorID `json:"unseen,omitempty"`   // may be booked, and nobody has seen the audience
	Left    int                `json:"left,omitempty"`     // how many of a lower score are in no curve
}

// overlap compares audiences.
func (r *report) overlap() error {
	if len(r.source.audiences) == 0 || len(r.Orders.Picks) == 0 {
		return nil
	}
	a := &r.Audience
	var err error
	if a.Reached, err = reach.Dedup(r.audiencesOf(keysOf(r.Orders.Picks))); err != nil {
		return err
	}
	if r.Reach != nil && len(r.Reach.Picks) > 0 {
		if a.ByReach, err = reach.Dedup(r.audiencesOf(keysOf(r.Reach.Picks))); err != nil {
			return err
		}
	}
	near := keysOf(r.Orders.Picks)
	for _, reserve := range r.Orders.Reserve {
		near = append(near, reserve.Key)
	}
	seen := slices.DeleteFunc(r.audiencesOf(near), func(a reach.Audience) bool { return a.Sketch == nil })
	if len(seen) > 1 {
		if a.Matrix, err = reach.NewMatrix(seen); err != nil {
			return err
		}
	}
	return r.grow()
}

func keysOf(picks []shortlist.Pick) []shortlist.Key {
	list := make([]shortlist.Key, len(picks))
	for i, p := range picks {
		list[i] = p.Key
	}
	return list
}

func (r *report) audiencesOf(keys []shortlist.Key) []reach.Audience {
	list := make([]reach.Audience, len(keys))
	for i, k := range keys {
		list[i] = reach.Audience{Creator: k.CreatorID, Sketch: r.source.audiences[k.CreatorID], Size: r.byID[k.CreatorID].Followers}
	}
	return list
}

// bookable are all who may be booked and have a price: the list first, then by score.
func (r *report) bookable() []*entry {
	var list, others []*entry
	for _, p := range r.Orders.Picks {
		list = append(list, r.byID[p.CreatorID])
	}
	for _, p := range r.Ranking.Places {
		if e := r.byID[p.CreatorID]; e.Rate != nil && !r.picked(e) {
			others = append(others, e)
		}
	}
	return append(list, others...)
}

// grow adds those who may be booked one by one.
func (r *report) grow() error {
	const most = 60 // for the time grows with the square of it
	var candidates []reach.Candidate
	for _, e := range r.bookable() {
		if len(candidates) == most {
			r.Audience.Left++
			continue
		}
		candidates = append(candidates, reach.Candidate{Creator: e.ID, Sketch: r.source.audiences[e.ID], Cost: e.Rate.Price})
	}
	people, err := reach.Incremental(candidates, reach.MostPeople)
	if err != nil {
		return err
	}
	money, err := reach.Incremental(candidates, reach.PeoplePerMoney)
	if err != nil {
		return err
	}
	r.Audience.People, r.Audience.Money, r.Audience.Unseen = people, money, people.Unplaced
	return nil
}

// alikeReport is who resembles those who sold, among those who never worked for the shop.
type alikeReport struct {
	Test    *lookalike.Backtest  `json:"test,omitempty"`
	Refused *byline.RefusalError `json:"refused,omitempty"`
	Found   []lookalike.Alike    `json:"found,omitempty"`
}

// resemble asks the caller's own past.
func (r *report) resemble() error {
	var known []lookalike.Known
	var fresh []lookalike.Candidate
	for _, e := range r.Entries {
		orders, _ := e.reading(performance.OrdersPerPost)
		c := lookalike.Candidate{Dossier: e.dossier, Readings: e.Readings}
		if _, sold := orders.Value.Value(); sold {
			known = append(known, lookalike.Known{Candidate: c, Outcome: orders.Value, Weight: float64(orders.Count)})
		} else {
			fresh = append(fresh, c)
		}
	}
	model, err := lookalike.New(known, nil)
	if refused, is := errors.AsType[*byline.RefusalError](err); is {
		r.Alike.Refused = refused
		return nil
	}
	if err != nil {
		return err
	}
	test := model.Backtest()
	r.Alike.Test = &test
	r.Alike.Found, err = model.Score(fresh, r.At)
	return err
}
