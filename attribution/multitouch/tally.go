package multitouch

import (
	"fmt"
	"iter"
	"slices"
	"sync"

	"github.com/bylinehq/byline"
)

// Tally holds what models need to know of the journeys that were counted, in whole
// numbers. Tallies of the same models may be merged in any order: however the journeys
// were split, the results are the same bits. Make it with [NewTally]; it is not safe for
// concurrent use.
type Tally struct {
	options   Options
	models    []Model // in the caller's order
	directory *directory
	totals    Totals
	turnover  int64 // see Journeys
	rules     *ruleCounter
	learned   []counter // of the learners among models, in their order
}

// NewTally returns an empty tally for models. Faults are those of each model's
// parameters, "tally.no_model", "tally.model" for a nil one, "tally.model_twice" for two of one name, and
// "options.repeats" and "options.workers".
func NewTally(models []Model, opts *Options) (*Tally, error) {
	o := opts.orDefault()
	faults := append(o.faults(), modelFaults(models)...)
	if err := byline.Faults(faults); err != nil {
		return nil, err
	}
	return newTally(slices.Clone(models), o, newDirectory()), nil
}

func modelFaults(models []Model) []*byline.FieldError {
	if len(models) == 0 {
		return []*byline.FieldError{fault("models", "tally.no_model", "name at least one model")}
	}
	var faults []*byline.FieldError
	seen := map[string]bool{}
	for i, m := range models {
		path := fmt.Sprintf("models[%d]", i)
		if m == nil {
			faults = append(faults, fault(path, "tally.model", "there is no model here"))
			continue
		}
		faults = append(faults, byline.Nest(path, byline.Faults(m.faults()))...)
		if seen[m.Name()] {
			faults = append(faults, fault(path, "tally.model_twice", "another model has this name and these parameters"))
		}
		seen[m.Name()] = true
	}
	return faults
}

func newTally(models []Model, o Options, d *directory) *Tally {
	t := &Tally{options: o, models: models, directory: d}
	var rules []rule
	for _, m := range models {
		switch m := m.(type) {
		case rule:
			rules = append(rules, m)
		case learner:
			t.learned = append(t.learned, m.counter())
		}
	}
	t.rules = newRuleCounter(rules, d)
	return t
}

// Read counts journeys as they come, in the memory of one block of them for each worker:
// 32,768 rows or 262,144 touches, or a longer row. It goes on past bad rows, counts the good ones, and returns the faults of the first 100 bad ones under
// "rows[i]", with the codes of [Journeys.Add]; after them it stops with
// "journey.faults". Any other error of the iterator ends the reading.
func (t *Tally) Read(rows iter.Seq2[Journey, error]) error {
	// What was counted before binds what comes: its currency, and the room in its sums.
	j := &Journeys{directory: t.directory, repeats: t.options.Repeats, totals: t.totals, turnover: t.turnover}
	count := func() {
		t.count(j.blocks)
		j.blocks[0].reset()
		j.blocks = slices.Delete(j.blocks, 1, len(j.blocks))
	}
	err := j.read(rows, func() {
		if len(j.blocks) >= t.options.Workers {
			count()
		}
	})
	if len(j.blocks) > 0 {
		count()
	}
	t.totals, t.turnover = j.totals, j.turnover
	return err
}

// Count counts journeys that are in memory. Their own Repeats hold, not the tally's. It
// fails only where sums do not fit or currencies differ, and then counts nothing.
func (t *Tally) Count(j *Journeys) error {
	renumber, err := t.adopt(j.directory, j.totals, j.turnover)
	if err != nil {
		return err
	}
	if isIdentity(renumber) {
		t.count(j.blocks)
		return nil
	}
	part := newTally(t.models, t.options, j.directory)
	part.count(j.blocks)
	t.mergeCounts(part, renumber)
	return nil
}

// count counts blocks whose ids are of the tally's directory.
func (t *Tally) count(blocks []*block) {
	workers := min(max(1, t.options.Workers), len(blocks))
	if workers <= 1 {
		for _, b := range blocks {
			t.countBlock(b)
		}
		return
	}
	parts := make([]*Tally, workers)
	var wait sync.WaitGroup
	for w := range workers {
		parts[w] = t
		if w > 0 {
			parts[w] = newTally(t.models, t.options, t.directory)
		}
		wait.Go(func() {
			for i := w; i < len(blocks); i += workers {
				parts[w].countBlock(blocks[i])
			}
		})
	}
	wait.Wait()
	identity := identityIDs(len(t.directory.names))
	for _, part := range parts[1:] {
		t.mergeCounts(part, identity)
	}
}

func (t *Tally) countBlock(b *block) {
	channels := len(t.directory.names)
	if len(t.rules.rules) > 0 {
		t.rules.count(b, channels)
	}
	for _, c := range t.learned {
		c.count(b, channels)
	}
}

// errDifferent says that two tallies do not count the same.
var errDifferent = fmt.Errorf("multitouch: merge tallies of different models, or that treat repeats differently: %w", byline.ErrConflict)

// Merge adds what another tally of the same models has counted, which stays as it is. It
// fails with ErrConflict where the models or Options.Repeats differ, and as [Tally.Count] does.
func (t *Tally) Merge(o *Tally) error {
	if t.options.Repeats != o.options.Repeats || !slices.EqualFunc(t.models, o.models, func(a, b Model) bool { return a.Name() == b.Name() }) {
		return errDifferent
	}
	renumber, err := t.adopt(o.directory, o.totals, o.turnover)
	if err != nil {
		return err
	}
	t.mergeCounts(o, renumber)
	return nil
}

// adopt takes over names and totals, or neither, and returns where each number goes.
func (t *Tally) adopt(d *directory, totals Totals, turnover int64) (renumber []id, err error) {
	known := len(t.directory.names)
	fault := tooManyChannels()
	renumber, ok := t.directory.adopt(d.names)
	if ok {
		fault = addTurnover(&turnover, t.turnover)
	}
	if fault == nil {
		fault = t.totals.mergeChecked(totals)
	}
	if fault != nil {
		t.directory.truncate(known)
		return nil, byline.Faults([]*byline.FieldError{fault})
	}
	t.turnover = turnover
	return renumber, nil
}

func (t *Tally) mergeCounts(o *Tally, renumber []id) {
	if len(t.rules.rules) > 0 {
		t.rules.merge(o.rules, renumber, len(t.directory.names))
	}
	for i, c := range t.learned {
		c.merge(o.learned[i], renumber)
	}
}

// Totals says what was counted.
func (t *Tally) Totals() Totals { return t.totals }

// Compare computes the credit by each model. The tally may go on counting.
func (t *Tally) Compare() (Comparison, error) {
	c := t.byName()
	s := &standing{channels: c.directory.names, totals: c.totals, turnover: c.turnover}
	comparison := Comparison{Totals: s.totals, Channels: slices.Clone(s.channels)}
	if s.totals.Conversions == 0 {
		return comparison, &byline.RefusalError{Code: "tally.no_conversions", Message: "no journey with a touch has converted, so there is nothing to credit", Need: 1}
	}
	ruled := c.rules.results(s)
	learned := c.learned
	for _, m := range c.models {
		if _, ok := m.(rule); ok {
			comparison.Results = append(comparison.Results, ruled[0])
			ruled = ruled[1:]
			continue
		}
		comparison.Results = append(comparison.Results, learned[0].result(s))
		learned = learned[1:]
	}
	comparison.Spread = spread(s.channels, comparison.Results)
	return comparison, nil
}

// byName returns the tally with ids in order of name, so that neither the order in which
// names came nor the way tallies were merged changes a bit of what is computed from it.
func (t *Tally) byName() *Tally {
	sorted, renumber := t.directory.byName()
	c := newTally(t.models, t.options, sorted)
	c.totals, c.turnover = t.totals, t.turnover
	c.mergeCounts(t, renumber)
	return c
}

func (t *Totals) mergeChecked(o Totals) *byline.FieldError {
	if why := t.currencyFault(o.currency()); why != nil {
		return why
	}
	return t.merge(o)
}

func tooManyChannels() *byline.FieldError {
	return fault("", "journey.channels", "there are more than 65536 channels")
}

func identityIDs(n int) []id {
	ids := make([]id, n)
	for i := range ids {
		ids[i] = id(i)
	}
	return ids
}

func isIdentity(ids []id) bool {
	for i, n := range ids {
		if int(n) != i {
			return false
		}
	}
	return true
}
