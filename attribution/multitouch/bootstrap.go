package multitouch

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/bylinehq/byline"
)

// BootstrapOptions say how journeys are drawn anew. A nil *BootstrapOptions is the zero
// BootstrapOptions.
type BootstrapOptions struct {
	// Seed chooses the draws. The same seed gives the same bits for any number of workers
	// and any order of the rows.
	Seed uint64 `json:"seed,omitempty"`
	// Replicates is how many times all journeys are drawn anew, 1000 when 0 and 100,000 at
	// most. A standard error needs no more than 200; the ends of an interval still wobble
	// then.
	Replicates int `json:"replicates,omitempty"`
	// Level is how much of the replicates an interval holds, 0.95 when 0.
	Level float64 `json:"level,omitempty"`
	// Top is for how many places ChannelConfidence.InTop asks, 3 when 0.
	Top int `json:"top,omitempty"`
	// MinConversions is with how few conversions there is no answer, 30 when 0. Below that
	// the ends of an interval stand on a handful of distinct values.
	MinConversions int64 `json:"min_conversions,omitempty"`
	// Pairs are models whose credit is to be compared, replicate by replicate, by their names.
	Pairs []ModelPair `json:"pairs,omitempty"`
	// Workers is how many goroutines draw and count, 1 when 0.
	Workers int `json:"workers,omitempty"`
}

const (
	defaultReplicates     = 1000
	maxReplicates         = 100_000
	defaultLevel          = 0.95
	defaultTop            = 3
	defaultMinConversions = 30
	// A sum of this much, drawn anew, still fits: one unit is drawn 20 times at most.
	maxResampled = int64(1) << 57
	// What is kept is 2 GiB at most: 1000 replicates of 2 models and 65,536 channels.
	maxDraws = 1 << 27
)

func (o *BootstrapOptions) orDefault() BootstrapOptions {
	var set BootstrapOptions
	if o != nil {
		set = *o
	}
	if set.Replicates == 0 {
		set.Replicates = defaultReplicates
	}
	if set.Level == 0 {
		set.Level = defaultLevel
	}
	if set.Top == 0 {
		set.Top = defaultTop
	}
	if set.MinConversions == 0 {
		set.MinConversions = defaultMinConversions
	}
	return set
}

func (o BootstrapOptions) faults() []*byline.FieldError {
	var faults []*byline.FieldError
	report := func(is bool, path, code, message string) {
		if is {
			faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
		}
	}
	level := o.Level > 0 && o.Level < 1
	report(!level, "level", "bootstrap.level", "a level is between 0 and 1")
	few := level && tailSize(o.Replicates, o.Level) < 1
	report(few || o.Replicates < 1 || o.Replicates > maxReplicates, "replicates", "bootstrap.replicates", "there are at least so many replicates that one lies outside at either end, and at most 100000")
	report(o.Top < 0, "top", "bootstrap.top", "there are no places below 0")
	report(o.MinConversions < 0, "min_conversions", "bootstrap.min_conversions", "there are no conversions below 0")
	report(o.Workers < 0, "workers", "options.workers", "there cannot be less than no worker")
	return faults
}

// pairFaults are those of pairs of models that are not asked, or that are one.
func (o BootstrapOptions) pairFaults(models []Model) []*byline.FieldError {
	var faults []*byline.FieldError
	asked := func(name string) bool {
		return slices.ContainsFunc(models, func(m Model) bool { return m != nil && m.Name() == name })
	}
	for i, pair := range o.Pairs {
		path := fmt.Sprintf("pairs[%d]", i)
		if !asked(pair.A) {
			faults = append(faults, fault(path+".a", "bootstrap.pair", "no model of this name is asked"))
		}
		if !asked(pair.B) || pair.B == pair.A {
			faults = append(faults, fault(path+".b", "bootstrap.pair", "no other model of this name is asked"))
		}
	}
	return faults
}

// Bootstrap says how far each model's credit would move had other customers of the same
// kind come by: it draws the journeys anew, again and again, and credits each drawing.
//
// One conversion or one null is one journey, and each is drawn a number of times that is
// Poisson with mean 1, apart from all others: the Poisson bootstrap, of Hanley and
// MacGibbon, Creating non-parametric bootstrap samples using Poisson frequencies, Computer
// Methods and Programs in Biomedicine 83 (2006, recalled), and Chamandy, Muralidharan, Najmi and
// Naidu, Estimating Uncertainty for Massive Data Streams (2012, research.google/pubs/pub43157,
// read 2026-11-22). So the number of conversions varies too, as it does from month to
// month. A row of c conversions is drawn Poisson(c) times, and its value v becomes
// v × drawn / c in whole minor units, rounded half away from zero: how much each of its
// conversions was worth is not known. Journeys without a touch are not drawn.
//
// A draw depends on the seed, the replicate and what the row holds, and among equal rows
// on their number. No order of rows and no number of workers changes a bit of the result.
// It does depend on how rows are grouped: one row of 2 conversions is not drawn as two.
//
// Intervals are of the percentile method: their ends are the k-th least and the k-th most
// of B replicates, with k = (B+1)(1-Level)/2 rounded down. What no journey shows is in no
// drawing either; see ChannelConfidence.Unseen. Intervals answer for chance alone, and not for
// customers who are of several journeys, for touches that nobody recorded, or for a model
// that is wrong.
//
// Faults are those of [NewTally], "bootstrap.level", "bootstrap.replicates",
// "bootstrap.top", "bootstrap.min_conversions", "bootstrap.pair" and "options.workers".
// Refusals are "bootstrap.too_few_conversions", "bootstrap.too_many_credits" for more than
// 134,217,728 replicates times models times channels and, for sums that might not fit when
// drawn anew, "bootstrap.range". A model's own refusal stands in its ModelConfidence; one that answers
// less than 19 of 20 replicates is refused there with "bootstrap.unstable".
//
// Time is that of Compare times Replicates, memory 16 bytes for each replicate, model and
// channel.
func (j *Journeys) Bootstrap(models []Model, opts *BootstrapOptions) (Confidence, error) {
	o := opts.orDefault()
	if err := byline.Faults(append(o.faults(), o.pairFaults(models)...)); err != nil {
		return Confidence{}, err
	}
	point, err := j.Compare(models, &Options{Workers: o.Workers})
	if err != nil {
		return Confidence{}, err
	}
	if why := j.refuses(o); why != nil {
		return Confidence{}, why
	}
	d := newDraws(point, models, o)
	if why := d.refuses(); why != nil {
		return Confidence{}, why
	}
	d.allocate()
	d.run(newResampler(j, o.Seed), models)
	return d.confidence(), nil
}

func (j *Journeys) refuses(o BootstrapOptions) *byline.RefusalError {
	if have := j.totals.Conversions; have < o.MinConversions {
		return &byline.RefusalError{
			Code: "bootstrap.too_few_conversions", Message: fmt.Sprintf("%d conversions are too few to tell how far the credit would move", have),
			Have: float64(have), Need: float64(o.MinConversions),
		}
	}
	if max(j.turnover, j.totals.Touches, j.totals.Conversions, j.totals.Nulls) > maxResampled {
		return &byline.RefusalError{Code: "bootstrap.range", Message: "the journeys hold so much that it might not add up when they are drawn anew"}
	}
	return nil
}

// draws are the credits of all replicates.
type draws struct {
	options BootstrapOptions
	point   Comparison
	totals  []Totals // by replicate
	models  []modelDraws
}

// modelDraws are what one model gave, by channel and then by replicate.
type modelDraws struct {
	asked       bool // the model answered for the journeys themselves
	counts      bool // it credits a channel at most the journeys that touched it
	answered    []bool
	valued      []bool // it shared out the value
	conversions [][]float64
	values      [][]int64
}

func newDraws(point Comparison, models []Model, o BootstrapOptions) *draws {
	d := &draws{options: o, point: point, models: make([]modelDraws, len(models))}
	for m, model := range models {
		d.models[m] = modelDraws{asked: point.Results[m].Refused == nil, counts: countsJourneys(model)}
	}
	return d
}

// countsJourneys reports whether a model credits a channel at most the conversions of the
// journeys that touched it, each by itself.
func countsJourneys(m Model) bool {
	if _, ok := m.(rule); ok {
		return true
	}
	shapley, ok := m.(Shapley)
	return ok && (shapley.Variant == SetSum || shapley.Variant == OrderedPosition)
}

func (d *draws) refuses() *byline.RefusalError {
	asked := 0
	for _, m := range d.models {
		if m.asked {
			asked++
		}
	}
	have := float64(asked) * float64(len(d.point.Channels)) * float64(d.options.Replicates)
	if have <= maxDraws {
		return nil
	}
	message := fmt.Sprintf("%d replicates of %d models and %d channels are %.0f credits, of which at most %d are kept", d.options.Replicates, asked, len(d.point.Channels), have, maxDraws)
	return &byline.RefusalError{Code: "bootstrap.too_many_credits", Message: message, Have: have, Need: maxDraws}
}

func (d *draws) allocate() {
	n := d.options.Replicates
	d.totals = make([]Totals, n)
	for i := range d.models {
		m := &d.models[i]
		if !m.asked {
			continue
		}
		m.answered, m.valued = make([]bool, n), make([]bool, n)
		for range d.point.Channels {
			m.conversions = append(m.conversions, make([]float64, n))
			m.values = append(m.values, make([]int64, n))
		}
	}
}

// run draws and counts all replicates. Each has its own place, so that it does not matter
// who does which.
func (d *draws) run(s *resampler, models []Model) {
	var asked []Model
	var at []int
	for m, model := range models {
		if d.models[m].asked {
			asked, at = append(asked, model), append(at, m)
		}
	}
	if len(asked) == 0 {
		return
	}
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(max(1, d.options.Workers), d.options.Replicates) {
		wait.Go(func() {
			scratch := &block{}
			for r := int(next.Add(1)) - 1; r < d.options.Replicates; r = int(next.Add(1)) - 1 {
				t := newTally(asked, Options{}, s.journeys.directory)
				s.count(t, r, scratch)
				d.keep(r, t, at)
			}
		})
	}
	wait.Wait()
}

// keep notes the credits of a replicate. One without a conversion has none.
func (d *draws) keep(replicate int, t *Tally, at []int) {
	d.totals[replicate] = t.totals
	comparison, err := t.Compare()
	if err != nil {
		return
	}
	for i, result := range comparison.Results {
		if result.Refused != nil {
			continue
		}
		m := &d.models[at[i]]
		m.answered[replicate], m.valued[replicate] = true, sharesValue(result)
		for c, credit := range result.Credits {
			m.conversions[c][replicate] = credit.Conversions
			m.values[c][replicate] = credit.Value.Minor()
		}
	}
}
