package multitouch

import (
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/bylinehq/byline"
)

// maxFaults is after how many bad rows reading stops.
const maxFaults = 100

// Journeys holds journeys in memory: 2 bytes a touch and 12 to 20 a row, with 8 more a
// touch where ages are known. Rows stay in the order in which they were added, which no
// result depends on. Make it with [NewJourneys] or [Collect]. It may be read by many
// goroutines at a time, as long as none adds.
type Journeys struct {
	directory *directory
	repeats   Repeats
	blocks    []*block
	totals    Totals
	turnover  int64 // all values without their signs; while it fits, so does each sum of some of them
	rows      int
}

// NewJourneys returns an empty set of journeys. Of the options it reads Repeats.
func NewJourneys(opts *Options) (*Journeys, error) {
	o := opts.orDefault()
	if err := byline.Faults(o.faults()); err != nil {
		return nil, err
	}
	return &Journeys{directory: newDirectory(), repeats: o.Repeats}, nil
}

// Collect reads journeys into memory. Its errors are those of [Tally.Read], and it
// returns the good rows beside them.
func Collect(rows iter.Seq2[Journey, error], opts *Options) (*Journeys, error) {
	j, err := NewJourneys(opts)
	if err != nil {
		return nil, err
	}
	return j, j.read(rows, func() {})
}

// Add adds one journey, or none of it where there is a fault: "journey.channel" for a
// touch without a name, "journey.negative" and "journey.count" for counts out of range,
// "journey.value" for a value without a conversion, "journey.ages", "journey.age",
// "journey.stage" and "journey.stage_order" for what does not fit the path,
// "journey.currency" for a second currency, "journey.total" and "journey.total_value" for
// sums out of range (of values without their signs, too), and "journey.channels" for more than 65,536 names. It keeps nothing
// of the journey's slices.
func (j *Journeys) Add(journey Journey) error {
	return byline.Faults(j.add(&journey))
}

// Rows is how many rows were added that count anything.
func (j *Journeys) Rows() int { return j.rows }

// Totals says what the journeys hold together.
func (j *Journeys) Totals() Totals { return j.totals }

// Channels returns the names of all channels, in order.
func (j *Journeys) Channels() []string { return slices.Sorted(slices.Values(j.directory.names)) }

// read adds rows and calls full whenever the last block is, and goes on past bad rows.
func (j *Journeys) read(rows iter.Seq2[Journey, error], full func()) error {
	var faults []*byline.FieldError
	index, bad := -1, 0
	for journey, err := range rows {
		index++
		found := byline.Nest("", err)
		if err == nil {
			found = j.add(&journey)
		} else if !errors.Is(err, byline.ErrInvalid) {
			return errors.Join(byline.Faults(faults), fmt.Errorf("multitouch: row %d: %w", index, err))
		}
		if len(found) > 0 {
			faults = append(faults, byline.Nest(fmt.Sprintf("rows[%d]", index), byline.Faults(found))...)
			if bad++; bad == maxFaults {
				return byline.Faults(append(faults, fault("", "journey.faults", "there are 100 bad rows; reading stopped here")))
			}
			continue
		}
		if n := len(j.blocks); n > 0 && j.blocks[n-1].full() {
			full()
		}
	}
	return byline.Faults(faults)
}

// last is the block that rows are added to.
func (j *Journeys) last() *block {
	n := len(j.blocks)
	if n == 0 {
		j.blocks = append(j.blocks, &block{})
	} else if last := j.blocks[n-1]; last.full() {
		j.blocks = append(j.blocks, last.next())
	}
	return j.blocks[len(j.blocks)-1]
}

func (j *Journeys) add(journey *Journey) []*byline.FieldError {
	if faults := journey.faults(); len(faults) > 0 {
		return faults
	}
	if why := j.totals.currencyFault(journey.Value.Currency()); why != nil {
		return []*byline.FieldError{why}
	}
	if journey.Conversions == 0 && journey.Nulls == 0 {
		return nil
	}
	b, known, turnover := j.last(), len(j.directory.names), j.turnover
	touches, why := j.number(b, journey)
	if why == nil {
		why = addTurnover(&turnover, journey.Value.Minor())
	}
	if why == nil {
		why = j.totals.add(journey, touches)
	}
	if why != nil {
		b.ids = b.ids[:b.start()]
		j.directory.truncate(known)
		return []*byline.FieldError{why}
	}
	j.turnover = turnover
	j.rows++
	if touches > 0 {
		b.close(journey)
	}
	return nil
}

// number appends the ids of a path to a block, and returns how many. Where repeats are
// collapsed, it fits the journey's ages and stages to what is left.
func (j *Journeys) number(b *block, journey *Journey) (touches int, why *byline.FieldError) {
	start := len(b.ids)
	for _, name := range journey.Path {
		n, ok := j.directory.number(name)
		if !ok {
			return 0, fault("path", "journey.channels", "there are more than 65536 channels")
		}
		b.ids = append(b.ids, n)
	}
	if j.repeats == CollapseRepeats {
		b.ids = b.ids[:start+collapse(b.ids[start:], journey)]
	}
	return len(b.ids) - start, nil
}

// collapse keeps the last touch of each run of ids and returns how many are left.
func collapse(ids []id, journey *Journey) int {
	ages := slices.Clone(journey.Ages)
	lead, opportunity := journey.Lead, journey.Opportunity
	kept := 0
	for i, n := range ids {
		if i == 0 || n != ids[kept-1] {
			kept++
		}
		ids[kept-1] = n
		if ages != nil {
			ages[kept-1] = ages[i]
		}
		if i+1 == lead {
			journey.Lead = kept
		}
		if i+1 == opportunity {
			journey.Opportunity = kept
		}
	}
	if ages != nil {
		journey.Ages = ages[:kept]
	}
	return kept
}

// All yields the journeys in the order in which they were added, but for those without a
// touch, which are only counted. The slices of a journey are its own.
func (j *Journeys) All() iter.Seq2[Journey, error] {
	return func(yield func(Journey, error) bool) {
		for _, b := range j.blocks {
			for journey := range b.journeys(j.directory.names, j.totals.Value.Currency()) {
				if !yield(journey, nil) {
					return
				}
			}
		}
	}
}

// Relabel returns the same journeys under other names, such as the channel of each
// creator, and with repeats treated alike. A model's credit by channel is not the sum of
// its credit by creator: LinearUnique, Markov and Shapley see other journeys then.
func (j *Journeys) Relabel(name func(string) string) (*Journeys, error) {
	to, err := NewJourneys(&Options{Repeats: j.repeats})
	if err != nil {
		return nil, err
	}
	renamed := make(map[string]string, len(j.directory.names))
	for _, old := range j.directory.names {
		renamed[old] = name(old)
	}
	err = to.read(func(yield func(Journey, error) bool) {
		for journey, err := range j.All() {
			for i, old := range journey.Path {
				journey.Path[i] = renamed[old]
			}
			if !yield(journey, err) {
				return
			}
		}
	}, func() {})
	if err != nil {
		return to, err
	}
	// What All does not yield: journeys without a touch, and a currency that no conversion has.
	to.totals.Value, to.totals.Untouched = j.totals.Value, j.totals.Untouched
	to.turnover, to.rows = j.turnover, j.rows
	return to, nil
}

// journeys yields the rows of a block under their names.
func (b *block) journeys(names []string, c byline.Currency) iter.Seq[Journey] {
	return func(yield func(Journey) bool) {
		start, converted := 0, 0
		for i, end := range b.ends {
			journey := Journey{Conversions: int64(b.conversions[i]), Nulls: int64(b.nulls[i])}
			for _, n := range b.ids[start:end] {
				journey.Path = append(journey.Path, names[n])
			}
			if b.conversions[i] > 0 {
				if c != "" {
					journey.Value = byline.Minor(b.values[converted], c)
				}
				converted++
			}
			if b.ages != nil {
				journey.Ages = slices.Clone(knownAges(b.ages[start:end]))
			}
			if b.stages != nil {
				journey.Lead, journey.Opportunity = int(b.stages[i].lead), int(b.stages[i].opportunity)
			}
			if !yield(journey) {
				return
			}
			start = int(end)
		}
	}
}
