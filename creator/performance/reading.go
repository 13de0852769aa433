package performance

import (
	"cmp"
	"math"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/rank"
	"github.com/bylinehq/byline/creator"
)

// beliefs is what a ranking believes of each creator.
type beliefs struct {
	question
	reader     *reader
	definition string
	prior      *rank.Prior          // nil where there is none
	refusal    *byline.RefusalError // of the whole metric
	apart      map[byline.CreatorID]rank.Apart
	need       float64 // trials, below which a rate would be luck
}

func (b *beliefs) take(ranking rank.Ranking) {
	b.apart = make(map[byline.CreatorID]rank.Apart, len(ranking.Apart))
	for _, a := range ranking.Apart {
		b.apart[a.CreatorID] = a
	}
	for _, f := range ranking.Findings {
		if f.Code == "rank.luck_first" {
			b.need = rank.DefaultMinTrials
		}
	}
}

// reading of the creator of one delivery, and the belief behind it, nil where there is none.
func (b *beliefs) reading(i int) (creator.Reading, *rank.Belief) {
	d, s := &b.reader.deliveries[i], b.samples[i]
	at := b.reader.options.At
	if at.IsZero() {
		at = d.Window.End
	}
	out := creator.Reading{Metric: b.metric, Window: d.Window, Source: "the caller's orders", Count: int(s.size)}
	refuse := func(why byline.MissingReason, refusal *byline.RefusalError) (creator.Reading, *rank.Belief) {
		out.Value, out.Refusal = byline.Missing(why, b.definition, at), refusal
		return out, nil
	}
	apart := b.apart[d.CreatorID]
	belief := apart.Belief
	switch {
	case s.why != nil && b.reader.options.PriorForNew && b.prior != nil:
		out.Findings = append(out.Findings, byline.Finding{
			Code: "performance.prior_only", Severity: byline.Warning, Path: b.metric,
			Message: "this is the mean of the other creators, for there are no data of this one: " + s.why.Message,
		})
		belief = b.prior.Belief
	case s.why != nil:
		return refuse(s.lack, s.why)
	case b.refusal != nil:
		return refuse(byline.TooFew, b.refusal)
	case apart.Have < b.need:
		return refuse(byline.TooFew, &byline.RefusalError{Code: apart.Code, Message: apart.Message, Have: apart.Have, Need: b.need})
	}
	belief = b.widened(belief)
	out.Value = byline.Known(belief.Mean(), b.definition, at)
	tail := (1 - b.reader.level) / 2
	low, errLow := belief.Quantile(tail)
	high, errHigh := belief.Quantile(1 - tail)
	if errLow == nil && errHigh == nil {
		b.reader.bound(&out, low, high)
	}
	if f, open := b.refundsOpen(d); open {
		out.Findings = append(out.Findings, f)
	}
	return out, &belief
}

func (r *reader) bound(out *creator.Reading, low, high float64) {
	if width := high - low; width >= 0 && !math.IsInf(width, 0) {
		out.Low, out.High, out.Level = &low, &high, r.level
	}
}

// widened turns a point into a distribution of the same mean. Where creators do not seem to
// differ, what they have in common is still known only up to its standard error.
func (b *beliefs) widened(belief rank.Belief) rank.Belief {
	if belief.Shape != rank.Point || b.prior.Fit == nil || !(b.prior.Fit.MeanSE > 0) {
		return belief
	}
	mean, se := belief.A, b.prior.Fit.MeanSE
	wide := rank.Belief{Shape: rank.Normal, A: mean, B: se}
	switch b.prior.Family {
	case rank.BetaBinomial:
		strength := mean*(1-mean)/(se*se) - 1
		wide = rank.Belief{Shape: rank.Beta, A: mean * strength, B: (1 - mean) * strength}
	case rank.GammaPoisson:
		wide = rank.Belief{Shape: rank.Gamma, A: mean * mean / (se * se), B: mean / (se * se)}
	}
	if wide.Check() != nil {
		return belief
	}
	return wide
}

func (b *beliefs) refundsOpen(d *Delivery) (byline.Finding, bool) {
	settle := cmp.Or(b.reader.options.Settle, DefaultSettle)
	at := b.reader.options.At
	settled := settle < 0 || !d.Window.End.IsZero() && !d.Window.End.Add(settle).After(at)
	if at.IsZero() || len(d.Orders) == 0 || settled {
		return byline.Finding{}, false
	}
	return byline.Finding{
		Code: "performance.refunds_open", Severity: byline.Info, Path: b.metric,
		Message: "orders of this period may still be refunded", Fix: "read it again when the time for refunds is over",
	}, true
}
