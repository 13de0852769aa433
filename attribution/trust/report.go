package trust

import (
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Verdict is what may be said of a code.
type Verdict string

// Verdicts. None says that a code has not leaked.
const (
	TooFewUses Verdict = "too_few_uses" // to know what is normal for the code
	CannotTell Verdict = "cannot_tell"  // what is normal for it leaves no room for a rise
	NothingYet Verdict = "nothing_yet"  // no rise has shown so far
	Leaking    Verdict = "leak"
)

// Report tells how the watch over one code stands. Its JSON is stable.
type Report struct {
	Code    string           `json:"code"` // as attribution.NormalizeCode writes it
	Creator byline.CreatorID `json:"creator,omitempty"`
	Uses    int64            `json:"uses"`
	Verdict Verdict          `json:"verdict"`
	Leak    *Leak            `json:"leak,omitempty"` // of a code that is Leaking
	Signs   []Evidence       `json:"signs"`          // all of them, in the order of Reasons
}

// Leak is a rise of a code's opening signs. It does not close by itself: see
// [Monitor.Forget].
type Leak struct {
	// Since is when the rise of the first opening sign began, which is an estimate: the
	// use from which the evidence for it only grew.
	Since   time.Time      `json:"since"`
	Orders  int64          `json:"orders"`            // that used the code since
	Amounts []byline.Money `json:"amounts,omitempty"` // of those whose amount is known, one sum per currency
	// Score is the part of uses since then, in percent, that what is normal does not
	// explain: (share - ceiling) / (1 - ceiling), of the opening sign where it is
	// highest, at least 1. The ceiling is generous, so the true part is rather higher.
	Score int `json:"score"`
	// Chance bounds how likely a code without a rise is ever reported; see Options.
	Chance   float64    `json:"chance"`
	Evidence []Evidence `json:"evidence"` // the signs that rose, opening ones first
}

// Evidence is one sign of one code.
type Evidence struct {
	Reason   Reason    `json:"reason"`
	State    State     `json:"state"`
	Opens    bool      `json:"opens"`          // or only supports
	Baseline Tally     `json:"baseline"`       // of the first uses; zero where the caller stated the ceiling
	Ceiling  float64   `json:"ceiling"`        // the highest share that passes for unchanged; 0 while learning
	Since    time.Time `json:"since,omitzero"` // when the rise began
	Now      Tally     `json:"now"`            // since then; before a rise, since the baseline
	// Strength is how many times likelier the uses are under a rise than under the
	// ceiling, at its highest so far. 1 and less is nothing.
	Strength float64 `json:"strength"`
	// Chance bounds how likely this sign of an unchanged code ever gets as far.
	Chance  float64 `json:"chance"`
	Message string  `json:"message"` // for a person
}

// Signal is the doubt that the leak casts on an order placed at an instant, and false
// for an order from before the leak.
func (r Report) Signal(at time.Time) (attribution.Signal, bool) {
	if r.Leak == nil || at.Before(r.Leak.Since) {
		return attribution.Signal{}, false
	}
	messages := make([]string, len(r.Leak.Evidence))
	for i, e := range r.Leak.Evidence {
		messages[i] = e.Message
	}
	return attribution.Signal{
		Code: SignalLeak, Creator: r.Creator, Evidence: r.Code, Score: r.Leak.Score, Message: strings.Join(messages, "; "),
	}, true
}

func (c *code) verdict(o *Options) Verdict {
	verdict := TooFewUses
	for i := range c.signs {
		s := &c.signs[i]
		switch {
		case !slices.Contains(o.Opens, s.reason):
		case s.state == Risen:
			return Leaking
		case s.state == Watching:
			verdict = NothingYet
		case s.state == NoRoom && verdict == TooFewUses:
			verdict = CannotTell
		}
	}
	return verdict
}

func (c *code) report(o *Options) Report {
	r := Report{Code: c.key.code, Creator: c.key.creator, Uses: c.uses, Verdict: c.verdict(o)}
	for i := range c.signs {
		r.Signs = append(r.Signs, c.signs[i].evidence(o))
	}
	if r.Verdict == Leaking {
		r.Leak = c.leak(o, r.Signs)
	}
	return r
}

func (c *code) leak(o *Options, signs []Evidence) *Leak {
	l := &Leak{Score: 1, Chance: o.Chance}
	var first *sign
	for i, e := range signs {
		if e.State != Risen || !e.Opens {
			continue
		}
		s := &c.signs[i]
		if first == nil || s.start.uses < first.start.uses {
			first = s
		}
		unexplained := (e.Now.share() - e.Ceiling) / (1 - e.Ceiling)
		l.Score = max(l.Score, int(float64(unexplained*100)+0.5))
		l.Evidence = append(l.Evidence, e)
	}
	for _, e := range signs {
		if e.State == Risen && !e.Opens {
			l.Evidence = append(l.Evidence, e)
		}
	}
	l.Since = first.start.at.UTC()
	l.Orders = c.uses - first.start.uses
	l.Amounts = first.start.since(c.amounts)
	return l
}

func (s *sign) evidence(o *Options) Evidence {
	e := Evidence{
		Reason: s.reason, State: s.state, Opens: slices.Contains(o.Opens, s.reason), Baseline: s.base, Ceiling: s.ceiling,
		Now: s.now(), Strength: s.strongest, Chance: s.reached(),
	}
	if s.state == Risen {
		e.Since = s.start.at.UTC()
	}
	e.Message = e.sentence(s.need, s.stated)
	return e
}
