package performance

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/rank"
)

// The readings that [Read] makes of each creator: "performance.conversion_rate", kept orders
// that came through a click, of clicks; "performance.orders_per_post", kept orders, by click
// or code; "performance.credited_per_post", the same with refunded ones;
// "performance.contribution_per_order", in major units of the currency that the definition
// names, refunded orders included; "performance.contribution_per_post", the product of the
// last two; and "performance.refund_rate", refunded orders of all.
const (
	ConversionRate       = "performance.conversion_rate"
	OrdersPerPost        = "performance.orders_per_post"
	CreditedPerPost      = "performance.credited_per_post"
	ContributionPerOrder = "performance.contribution_per_order"
	ContributionPerPost  = "performance.contribution_per_post"
	RefundRate           = "performance.refund_rate"
)

// sample is what one creator gives to a metric: data, or why there are none.
type sample struct {
	size float64 // trials, exposure or values
	lack byline.MissingReason
	why  *byline.RefusalError
}

// question is one metric, asked of everybody.
type question struct {
	metric, formula string
	samples         []sample // in the order of the deliveries
	ask             func(*rank.Options) (rank.Ranking, error)
}

func (r *reader) conversion() question {
	q := question{metric: ConversionRate, formula: "{kept orders by click}/{clicks=" + r.clicks + "}"}
	var data []rank.Trials
	for i, d := range r.deliveries {
		s := counted(d.Clicks, r.clicks, "clicks")
		orders := float64(r.tallies[i].clicked)
		// No clicks at all contradict such orders too.
		if counted := s.why == nil || s.why.Code == "performance.no_trials"; counted && orders > s.size {
			s = lacking(byline.NotSupported, "performance.more_orders_than_clicks",
				"more orders came through clicks than clicks were counted, so no rate of them can be right", s.size, orders)
		}
		if s.why == nil {
			data = append(data, rank.Trials{CreatorID: d.CreatorID, Successes: r.tallies[i].keptClicked, Trials: int64(s.size)})
		}
		q.samples = append(q.samples, s)
	}
	q.ask = func(o *rank.Options) (rank.Ranking, error) { return rank.Rates(data, o) }
	return q
}

func (r *reader) perPost(metric, what string, orders func(tally) int64) question {
	q := question{metric: metric, formula: "{" + what + "}/{posts=" + r.posts + "}"}
	var data []rank.Events
	for i, d := range r.deliveries {
		s := counted(d.Posts, r.posts, "posts")
		if s.why == nil {
			data = append(data, rank.Events{CreatorID: d.CreatorID, Count: orders(r.tallies[i]), Exposure: s.size})
		}
		q.samples = append(q.samples, s)
	}
	q.ask = func(o *rank.Options) (rank.Ranking, error) { return rank.Counts(data, o) }
	return q
}

func (r *reader) refunds() question {
	q := question{metric: RefundRate, formula: "{refunded orders}/{orders}"}
	var data []rank.Trials
	for i, d := range r.deliveries {
		s := ofOrders(r.tallies[i])
		if s.why == nil {
			data = append(data, rank.Trials{CreatorID: d.CreatorID, Successes: r.tallies[i].refunded, Trials: r.tallies[i].orders})
		}
		q.samples = append(q.samples, s)
	}
	q.ask = func(o *rank.Options) (rank.Ranking, error) { return rank.Rates(data, o) }
	return q
}

// contribution asks for the mean per order, with the standard error from the single orders.
// Few orders may by chance be all alike, so their variance is never taken below
// Options.OrderVariance, or else the median of the creators'.
func (r *reader) contribution() question {
	q := question{metric: ContributionPerOrder}
	var positive []float64
	for _, t := range r.tallies {
		s := ofOrders(t)
		if t.unknown {
			s = lacking(byline.NotCollected, "performance.no_contribution", "the contribution of some orders is not known", 0, 0)
		}
		q.samples = append(q.samples, s)
		if v := t.variance(); s.why == nil && v > 0 {
			positive = append(positive, v)
		}
	}
	floor := cmp.Or(r.options.OrderVariance, median(positive))
	r.report.OrderVariance = floor
	q.formula = fmt.Sprintf("{contribution %s}/{orders};variance=max(own,%.6g)", r.currency, floor)
	var data []rank.Average
	for i, d := range r.deliveries {
		if s := q.samples[i]; s.why == nil {
			spread := math.Max(r.tallies[i].variance(), floor) * r.options.dispersion()
			data = append(data, rank.Average{
				CreatorID: d.CreatorID, Mean: r.tallies[i].sum / s.size, StandardError: math.Sqrt(spread / s.size), Size: int64(s.size),
			})
		}
	}
	q.ask = func(o *rank.Options) (rank.Ranking, error) {
		if len(data) > 0 && floor == 0 {
			return rank.Ranking{}, &byline.RefusalError{
				Code: "performance.no_spread", Message: "no two orders of a creator differ, so nothing says how much chance moves a mean",
			}
		}
		return rank.Averages(data, o) // which leaves the dispersion to the standard errors
	}
	return q
}

// variance of one order.
func (t tally) variance() float64 {
	if t.orders < 2 {
		return 0
	}
	return t.centred / float64(t.orders-1)
}

func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return (values[(len(values)-1)/2] + values[len(values)/2]) / 2
}

func ofOrders(t tally) sample {
	if t.orders == 0 {
		return lacking(byline.TooFew, "performance.no_trials", "no order was credited to the creator", 0, 1)
	}
	return sample{size: float64(t.orders)}
}

// counted reads the trials from a count, if it is by the definition of the most.
func counted(m byline.Measure, definition, what string) sample {
	n, known := m.Value()
	switch {
	case !known:
		return lacking(m.Missing(), "performance.not_counted", "the "+what+" are not known", 0, 0)
	case m.Definition() != definition:
		return lacking(byline.NotCollected, "performance.definition", fmt.Sprintf("the %s are counted in another way than those of most creators", what), 0, 0)
	case n == 0:
		return lacking(byline.TooFew, "performance.no_trials", "there are no "+what, 0, 1)
	}
	return sample{size: n}
}

func lacking(lack byline.MissingReason, code, message string, have, need float64) sample {
	return sample{lack: lack, why: &byline.RefusalError{Code: code, Message: message, Have: have, Need: need}}
}
