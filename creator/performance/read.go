package performance

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/rank"
	"github.com/bylinehq/byline/creator"
)

// Defaults of [Options].
const (
	DefaultMinCreators = 20
	DefaultLevel       = 0.95
	DefaultSettle      = 30 * 24 * time.Hour
)

// Options change how deliveries are read; nil and the zero value are the defaults.
type Options struct {
	// At is the time the deliveries are known at, and the readings are for; zero: each for
	// the end of its own window.
	At time.Time `json:"at,omitzero"`
	// MinCreators with data are needed to fit a prior; 0 is [DefaultMinCreators], and fewer
	// than 3 are never enough.
	MinCreators int `json:"min_creators,omitempty"`
	// Level of the intervals, between 0 and 1; 0 is [DefaultLevel].
	Level float64 `json:"level,omitempty"`
	// Priors by metric are used as they are, and nothing is fitted for these metrics.
	Priors map[string]rank.Prior `json:"priors,omitempty"`
	// PriorForNew gives creators without data the prior's mean, with the finding
	// "performance.prior_only", where they would have no reading.
	PriorForNew bool `json:"prior_for_new,omitempty"`
	// Dispersion is by how much orders vary more than independent ones would, as when one
	// post brings most of them: from 1 (and 0) up.
	Dispersion float64 `json:"dispersion,omitempty"`
	// Settle is how long after a window its orders may still be refunded; 0 is
	// [DefaultSettle], and below 0 they never are. It needs At.
	Settle time.Duration `json:"settle,omitempty"`
	// OrderVariance of the contribution, in squared major units, is the least that is believed
	// of the orders of one creator; 0 is the median of the creators' own.
	OrderVariance float64 `json:"order_variance,omitempty"`
}

func (o Options) dispersion() float64 { return math.Max(1, o.Dispersion) }

// Report holds what the deliveries say.
type Report struct {
	Readings map[byline.CreatorID]creator.Readings `json:"readings"`
	Priors   map[string]rank.Prior                 `json:"priors"` // by metric, of those that could be asked
	// OrderVariance is the least variance of a contribution that was believed, to be kept with
	// the priors; 0 where no two orders of a creator differ.
	OrderVariance float64          `json:"order_variance,omitempty"`
	Findings      []byline.Finding `json:"findings,omitempty"` // about all creators; Path is the metric
}

// Read turns deliveries into six readings for each creator. The order of the deliveries
// changes nothing.
//
// Faults are "performance.creator", "performance.creator_twice", "performance.count",
// "performance.order", "performance.order_twice", "performance.currency",
// "performance.order_variance" for one that is negative or not finite, and those of rank for
// the other options. A reading is missing with the refusal "performance.no_trials",
// "performance.not_counted", "performance.definition" for a count by another definition than
// that of the most, "performance.more_orders_than_clicks", "performance.no_contribution",
// "rank.too_thin", or, for a whole metric, with one of rank's refusals or
// "performance.no_spread".
//
// Findings of a reading are "performance.prior_only" and "performance.refunds_open"; those
// of the report are rank's, "performance.refused" for a metric without readings and
// "performance.definitions" where counts of other definitions were left out.
func Read(deliveries []Delivery, o *Options) (Report, error) {
	r := &reader{deliveries: deliveries}
	if o != nil {
		r.options = *o
	}
	currency, faults := check(deliveries)
	if v := r.options.OrderVariance; !(v >= 0 && v <= math.MaxFloat64) {
		faults = append(faults, &byline.FieldError{Path: "options" + ".order_variance", Code: "performance.order_variance", Message: "a variance is from 0"})
	}
	if len(faults) > 0 {
		return Report{}, byline.Faults(faults)
	}
	r.currency = currency
	r.level = cmp.Or(r.options.Level, DefaultLevel)
	r.report = Report{Readings: make(map[byline.CreatorID]creator.Readings, len(deliveries)), Priors: map[string]rank.Prior{}}
	for i := range deliveries {
		r.tallies = append(r.tallies, deliveries[i].tally())
	}
	r.clicks = r.common("clicks", func(d *Delivery) byline.Measure { return d.Clicks })
	r.posts = r.common("posts", func(d *Delivery) byline.Measure { return d.Posts })
	if err := r.answerAll(); err != nil {
		return Report{}, err
	}
	for _, readings := range r.report.Readings {
		creator.SortReadings(readings)
	}
	return r.report, nil
}

type reader struct {
	deliveries    []Delivery
	tallies       []tally
	options       Options
	level         float64
	currency      byline.Currency
	clicks, posts string // the definitions that count
	report        Report
}

// common is the definition of most counts; of equally many the latest, then the last by name.
func (r *reader) common(what string, of func(*Delivery) byline.Measure) string {
	type use struct {
		count  int
		latest time.Time
	}
	uses := map[string]use{}
	for i := range r.deliveries {
		if m := of(&r.deliveries[i]); m.Missing() == "" {
			u := uses[m.Definition()]
			u.count++
			if m.At().After(u.latest) {
				u.latest = m.At()
			}
			uses[m.Definition()] = u
		}
	}
	best, total := "", 0
	for definition, u := range uses {
		b := uses[best]
		if cmp.Or(cmp.Compare(u.count, b.count), u.latest.Compare(b.latest), cmp.Compare(definition, best)) > 0 {
			best = definition
		}
		total += u.count
	}
	if left := total - uses[best].count; left > 0 {
		r.report.Findings = append(r.report.Findings, byline.Finding{
			Code: "performance.definitions", Severity: byline.Warning, Path: what,
			Message: fmt.Sprintf("%s of %d creators are counted in another way and were left out", what, left),
			Fix:     "count them for everybody in the same way",
		})
	}
	return best
}

func (r *reader) answerAll() error {
	all := make(map[string]*beliefs)
	for _, q := range []question{
		r.conversion(),
		r.perPost(OrdersPerPost, "kept orders", func(t tally) int64 { return t.kept }),
		r.perPost(CreditedPerPost, "orders", func(t tally) int64 { return t.orders }),
		r.contribution(),
		r.refunds(),
	} {
		b, err := r.answer(q)
		if err != nil {
			return err
		}
		all[q.metric] = b
		for i := range r.deliveries {
			reading, _ := b.reading(i)
			r.add(i, reading)
		}
	}
	for i := range r.deliveries {
		r.add(i, product(i, all[CreditedPerPost], all[ContributionPerOrder]))
	}
	return nil
}

func (r *reader) add(i int, reading creator.Reading) {
	id := r.deliveries[i].CreatorID
	r.report.Readings[id] = append(r.report.Readings[id], reading)
}

// everybodyApart is a size that nobody has: what is believed of each is needed, and not the
// chances of places, which take most of the time of a ranking.
const everybodyApart = 1e30

// answer asks one metric of everybody.
func (r *reader) answer(q question) (*beliefs, error) {
	options := &rank.Options{
		MinCreators: cmp.Or(r.options.MinCreators, DefaultMinCreators), Level: r.level, Dispersion: r.options.Dispersion,
		MinSize: everybodyApart,
	}
	prior, given := r.options.Priors[q.metric]
	if given {
		options.Prior = &prior
	}
	ranking, err := q.ask(options)
	refusal, refused := errors.AsType[*byline.RefusalError](err)
	if err != nil && !refused {
		return nil, err
	}
	if !refused {
		prior, given = ranking.Prior, true
		for _, f := range ranking.Findings {
			f.Path = q.metric
			r.report.Findings = append(r.report.Findings, f)
		}
	} else {
		r.report.Findings = append(r.report.Findings, byline.Finding{
			Code: "performance.refused", Severity: byline.Info, Path: q.metric, Message: "nobody has this reading: " + refusal.Message,
		})
	}
	b := &beliefs{question: q, reader: r, refusal: refusal, definition: r.definition(q, prior, given)}
	if given {
		r.report.Priors[q.metric] = prior
		b.prior = &prior
	}
	b.take(ranking)
	return b, nil
}

func (r *reader) definition(q question, prior rank.Prior, known bool) string {
	text := q.metric + q.formula + fmt.Sprintf(";level=%g;dispersion=%g", r.level, r.options.dispersion())
	if known {
		text += fmt.Sprintf(";prior=%s(%.6g,%.6g)", prior.Belief.Shape, prior.Belief.A, prior.Belief.B)
	}
	return text + ";v1"
}
