package main

import (
	"cmp"
	"errors"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/multitouch"
	"github.com/bylinehq/byline/attribution/rank"
	"github.com/bylinehq/byline/campaign/chart"
)

// report is all that is found. Its JSON is in full; the page leaves out the ends of long
// lists, and says so.
type report struct {
	Notice  string               `json:"notice"`
	File    string               `json:"file"`
	Demo    bool                 `json:"demo,omitempty"`
	Direct  string               `json:"direct"`
	Totals  multitouch.Totals    `json:"totals"`
	Refused *byline.RefusalError `json:"refused,omitempty"` // then there is nothing below

	Verdict   string     `json:"verdict,omitempty"`
	Standings []standing `json:"standings,omitempty"` // the most credit by Markov first
	// Moved is what has another owner by Markov than by last touch.
	Moved      float64                `json:"moved,omitempty"`
	MovedValue byline.Money           `json:"moved_value,omitzero"`
	Skipped    []skipped              `json:"skipped,omitempty"` // models that were not asked
	Comparison *multitouch.Comparison `json:"comparison,omitempty"`
	Confidence confidence             `json:"confidence"`
	Ranking    ranking                `json:"ranking"`

	entries []modelEntry
}

const notice = "This is analytic credit: how a model sees the past. It is never what anybody is paid; that follows from attribution decisions and agreements."

// skipped is a model that the file has nothing for.
type skipped struct {
	Model string `json:"model"`
	Label string `json:"label"`
	Why   string `json:"why"`
}

// confidence is how sure last touch and the chain are, or why there is no telling.
type confidence struct {
	*multitouch.Confidence

	Refused *byline.RefusalError `json:"refused,omitempty"`
}

// ranking is who converts the most of the journeys touched, or why there is no telling.
type ranking struct {
	*rank.Ranking

	Refused *byline.RefusalError `json:"refused,omitempty"`
}

// What the rankings and intervals are made with.
const (
	level   = 0.95
	topMost = 3
	minSize = 30 // journeys that a creator has to be touched by to be ranked
)

// report compares the models on what was read.
func (s source) report(c config) (report, error) {
	r := report{Notice: notice, File: "the demo's own journeys", Demo: c.demo, Direct: c.direct, Totals: s.journeys.Totals()}
	if !c.demo {
		r.File = filepath.Base(c.journeys)
	}
	r.entries = catalogue(c.direct, len(s.journeys.Channels()))
	workers := runtime.GOMAXPROCS(0)
	all, ranged := r.ask(s)
	compared, err := s.journeys.Compare(all, &multitouch.Options{Workers: workers})
	if r.Refused, err = refusal(err); err != nil || r.Refused != nil {
		return r, err
	}
	r.Comparison = &compared
	r.Comparison.Spread = compared.SpreadOf(ranged...)
	last, chain := multitouch.LastTouch{}, multitouch.Markov{}
	sure, err := s.journeys.Bootstrap([]multitouch.Model{last, chain}, &multitouch.BootstrapOptions{
		Seed: seed, Replicates: c.replicates, Level: level, Top: topMost, Workers: workers,
		Pairs: []multitouch.ModelPair{{A: chain.Name(), B: last.Name()}},
	})
	if r.Confidence.Refused, err = refusal(err); err != nil {
		return report{}, err
	}
	if r.Confidence.Refused == nil {
		r.Confidence.Confidence = &sure
	}
	if err := r.rank(s); err != nil {
		return report{}, err
	}
	if err := r.stand(); err != nil {
		return report{}, err
	}
	r.Verdict = r.verdict()
	return r, nil
}

// ask lists the models for which the file has what they need, and those of them between
// which a range makes sense. It notes the others.
func (r *report) ask(s source) (all []multitouch.Model, ranged []string) {
	for _, e := range r.entries {
		why := ""
		switch e.Model.(type) {
		case multitouch.LastNonDirect:
			if !s.touched(r.Direct) {
				why = "no journey has a touch named " + r.Direct + "; -direct says how direct visits are named"
			}
		case multitouch.WShaped:
			if !s.staged {
				why = "no journey says which touch made a lead or an opportunity, in the columns lead and opportunity"
			}
		}
		if why != "" {
			r.Skipped = append(r.Skipped, skipped{e.Model.Name(), e.Label, why})
			continue
		}
		all = append(all, e.Model)
		if !e.Rates {
			ranged = append(ranged, e.Model.Name())
		}
	}
	return all, ranged
}

// refusal parts a refusal, which the report tells of, from all other errors.
func refusal(err error) (*byline.RefusalError, error) {
	if refused, is := errors.AsType[*byline.RefusalError](err); is {
		return refused, nil
	}
	return nil, err
}

// rank asks which creators' journeys convert the most. Direct visits are of nobody.
func (r *report) rank(s source) error {
	var data []rank.Trials
	for _, t := range s.reach {
		if t.Channel != r.Direct {
			data = append(data, rank.Trials{CreatorID: byline.CreatorID(t.Channel), Successes: t.Conversions, Trials: t.Journeys})
		}
	}
	ranked, err := rank.Rates(data, &rank.Options{Top: topMost, MinSize: minSize, Level: level})
	if r.Ranking.Refused, err = refusal(err); err != nil {
		return err
	}
	if r.Ranking.Refused == nil {
		r.Ranking.Ranking = &ranked
	}
	return nil
}

// standing is what the models make of one channel.
type standing struct {
	Channel string                     `json:"channel"`
	Last    multitouch.AnalyticCredit  `json:"last_touch"`
	Chain   *multitouch.AnalyticCredit `json:"markov,omitempty"` // nil where the chain was refused
	// More is how much more the chain credits than last touch.
	More      float64      `json:"more,omitempty"`
	MoreValue byline.Money `json:"more_value,omitzero"`
	// Apart says that the interval of More does not hold 0.
	Apart  bool              `json:"apart"`
	Spread multitouch.Spread `json:"spread"`
}

// stand puts the two models beside each other.
func (r *report) stand() error {
	last, _ := r.Comparison.Result(multitouch.LastTouch{}.Name())
	solved, _ := r.Comparison.Result(multitouch.Markov{}.Name())
	for i, credit := range last.Credits {
		s := standing{Channel: credit.Channel, Last: credit, Spread: r.Comparison.Spread[i]}
		if markov, ok := solved.Credit(credit.Channel); ok {
			difference, known := r.moreOf(credit.Channel)
			s.Chain, s.More, s.Apart = &markov, markov.Conversions-credit.Conversions, known && difference.Clear()
			r.Moved += max(0, s.More)
			if err := r.move(&s); err != nil {
				return err
			}
		}
		r.Standings = append(r.Standings, s)
	}
	slices.SortStableFunc(r.Standings, func(a, b standing) int { return cmp.Compare(b.main(), a.main()) })
	return nil
}

// move notes how much more value the chain credits, where it credits value at all.
func (r *report) move(s *standing) (err error) {
	if s.Chain.Value.Currency() == "" {
		return nil
	}
	if s.MoreValue, err = s.Chain.Value.Sub(s.Last.Value); err == nil && s.MoreValue.Sign() > 0 {
		r.MovedValue, err = r.MovedValue.Add(s.MoreValue)
	}
	return err
}

// main is the credit that standings are ordered by.
func (s standing) main() float64 {
	if s.Chain == nil {
		return s.Last.Conversions
	}
	return s.Chain.Conversions
}

// moreOf is how sure it is what the chain credits a channel more than last touch, if that is
// known.
func (r *report) moreOf(channel string) (multitouch.ChannelDifference, bool) {
	if r.Confidence.Confidence == nil {
		return multitouch.ChannelDifference{}, false
	}
	more, _ := r.Confidence.Difference(multitouch.Markov{}, multitouch.LastTouch{})
	return more.Channel(channel)
}

// creators are the standings of those who are not direct.
func (r report) creators() []standing {
	return slices.DeleteFunc(slices.Clone(r.Standings), func(s standing) bool { return s.Channel == r.Direct })
}

// refusedResults are the models that could not answer.
func (r report) refusedResults() []multitouch.Result {
	if r.Comparison == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(r.Comparison.Results), func(m multitouch.Result) bool { return m.Refused == nil })
}

// seen is those of the most telling models that have an answer, as many as one picture
// tells apart.
func (r report) seen() []column {
	var seen []column
	all := r.columns()
	for _, label := range drawnModels() {
		if i := slices.IndexFunc(all, func(c column) bool { return c.Label == label }); i >= 0 && len(seen) < chart.MaxSeries {
			seen = append(seen, all[i])
		}
	}
	return seen
}
