package disclosure

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// timed reports whether the duty is about the post's medium. Where the medium is not
// known, the label duty says so.
func (e *examiner) timed(duty *TimeDuty) bool {
	if len(duty.Media) == 0 {
		return runs(e.post.Medium)
	}
	return slices.Contains(duty.Media, e.post.Medium)
}

// time answers how long the label that was found is seen or heard. The platform's own
// label is shown as long as the platform sees fit.
func (e *examiner) time(rule *Rule, label verdict) verdict {
	if label.shown {
		return verdict{}
	}
	if len(label.seen) == 0 && label.status() == CannotDetermine {
		return verdict{missing: slices.Clone(label.missing)}
	}
	spans, whole, missing := e.spans(label.seen)
	switch {
	case whole:
		return verdict{}
	case e.post.Length <= 0:
		return verdict{missing: append(missing, "length")}
	}
	band, ok := rule.Time.band(e.post.Length)
	if !ok {
		return verdict{}
	}
	need, got := e.needs(band, spans)
	switch {
	case got >= need:
		return verdict{}
	case missing != nil:
		return verdict{missing: missing}
	}
	v := blocked("time.short", "texts", fmt.Sprintf("the label is there for %s and has to be for %s", short(got), short(need)),
		fmt.Sprintf("Keep the label for at least %s.", short(need)))
	if band.Confidence == byline.Recalled || allRecalled(rule.Label.Accepted) {
		v.findings[0].Severity = byline.Warning
	}
	return v
}

// spans are when labels are there, whole where one is all along. When a word is heard may
// not be known.
func (e *examiner) spans(passages []int) (spans []Span, whole bool, missing []string) {
	for _, i := range passages {
		p := e.post.Texts[i]
		switch {
		case p.Where == Caption, p.Where == Title: // it is seen beside the content, all along
			return nil, true, nil
		case p.Where != Overlay && p.Where != Spoken:
		case p.Span != (Span{}):
			spans = append(spans, p.Span)
		case p.Where == Overlay:
			return nil, true, nil
		default:
			missing = append(missing, fmt.Sprintf("texts[%d].span", i))
		}
	}
	return spans, false, missing
}

func (d TimeDuty) band(length time.Duration) (TimeBand, bool) {
	for _, band := range d.Bands {
		if band.UpTo == 0 || length <= band.UpTo {
			return band, true
		}
	}
	return TimeBand{}, false
}

// needs returns how long the label has to be there and how long it is. For the promoted
// part, only what lies in it counts.
func (e *examiner) needs(band TimeBand, spans []Span) (need, got time.Duration) {
	all := Span{To: e.post.Length}
	need = max(band.AtLeast, share(e.post.Length, band.Part))
	got = covered(spans, all)
	if !band.Promoted {
		return need, got
	}
	promoted := all
	if e.post.Promoted != (Span{}) {
		promoted = e.post.Promoted
	}
	inside := covered(spans, promoted)
	if length := promoted.To - promoted.From; inside < length {
		return max(need, length), inside
	}
	return need, got
}

// share is a part of a length, to the millisecond: a third of a minute is 20 seconds. It is 0 for
// a part that is no part, NaN too.
func share(length time.Duration, part float64) time.Duration {
	if !(part > 0 && part <= 1) {
		return 0
	}
	return time.Duration(math.Round(length.Seconds()*part*1000)) * time.Millisecond
}

func compareSpans(a, b Span) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) }

// covered is how much of a part of the content the spans cover together.
func covered(spans []Span, of Span) time.Duration {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, compareSpans)
	var sum time.Duration
	until := of.From
	for _, s := range spans {
		from, to := max(s.From, until), min(s.To, of.To)
		if to > from {
			sum += to - from
			until = to
		}
	}
	return sum
}

func short(d time.Duration) string { return d.Round(100 * time.Millisecond).String() }
