package brief

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// State is where a piece stands.
type State string

// States. The last two are final.
const (
	StateDraft     State = "draft"
	StateSubmitted State = "submitted"
	StateChanges   State = "changes_requested"
	StateApproved  State = "approved"
	StateScheduled State = "scheduled"
	StateLive      State = "live"
	StateVerified  State = "verified"
	StateBreached  State = "breached"
)

// Final reports whether no step leads out of the state.
func (s State) Final() bool { return s == StateVerified || s == StateBreached }

// Progress is the way of one piece from the draft to the verified post: a log of steps in
// the order in which they happened. It is immutable; [Progress.Apply] returns another one.
// Nothing can be
// applied to the zero Progress; [NewProgress] begins one.
//
// Two callers who apply to the same Progress make two of them. Store the steps under a
// unique key of piece and step id and [Replay] them: the same steps come to the same
// Progress in any order.
type Progress struct {
	course Course
	steps  []Step // by time, those of one instant by id
	standing
}

// standing is what the steps come to.
type standing struct {
	state     State
	used      int // rounds
	posting   byline.Window
	submitted time.Time
	answerBy  time.Time
	asked     time.Time // for another draft
	scheduled time.Time
	post      string
	published time.Time
	looked    time.Time
	takedown  time.Time // asked for and not answered by a look
}

// NewProgress begins the way of a piece.
func NewProgress(c Course) Progress {
	c = c.uniform()
	return Progress{course: c, standing: standing{state: StateDraft, posting: c.Posting}}
}

// Apply adds a step. One whose id is in the log already changes nothing, so that a
// delivery may be repeated; the error for another step of that id is a [*StepError]. A
// step that happened before others takes its place among them, where all of them stay
// open. p is unchanged.
//
// A step that is malformed has faults: "required", "oneof", "step.time", "step.text",
// "step.posting", "step.answer_by", and "step.count" for the 1,001st. One that is not open
// is a [*StepError] of code "progress.id" for an id that another step has,
// "progress.late" where a step that happened later would not be open any more,
// "progress.final" after the last word, "progress.closed" where the state has no such step,
// "progress.party" for somebody whose step it is not, "progress.rounds" when all rounds are
// used, "progress.settled" for changes of taste after the approval or after the day by
// which silence approves, "progress.window" for an approval after the posting window,
// "progress.no_rule" for silence that says nothing, "progress.early" for silence before
// the day or a verification before the minimum time, "progress.schedule" for a time
// outside of the posting window or in the past, "progress.violation" for a verification
// in spite of one and "progress.evidence" for one without.
func (p Progress) Apply(s Step) (Progress, error) {
	if err := byline.Faults(s.faults()); err != nil {
		return p, err
	}
	s = s.uniform()
	if i := slices.IndexFunc(p.steps, func(o Step) bool { return o.ID == s.ID }); i >= 0 {
		if p.steps[i] == s {
			return p, nil
		}
		return p, p.refuse(s, "progress.id", "another step has this id")
	}
	if len(p.steps) >= maxSteps {
		return p, errStepCount()
	}
	at, _ := slices.BinarySearchFunc(p.steps, s, compareSteps)
	if at == len(p.steps) {
		return p.then(s)
	}
	return p.insert(at, s)
}

func errStepCount() error {
	return byline.Faults([]*byline.FieldError{{Path: "steps", Code: "step.count", Message: "must have at most 1000 entries"}})
}

// insert puts a step before others and plays all again.
func (p Progress) insert(at int, s Step) (Progress, error) {
	again, i, refused := play(p.course, slices.Insert(slices.Clone(p.steps), at, s))
	switch {
	case refused == nil:
		return again, nil
	case i > at:
		return p, again.refuse(s, "progress.late", "a step that happened later would not be open any more")
	}
	return p, refused
}

// then adds a step that is the last one.
func (p Progress) then(s Step) (Progress, error) {
	next, refused := p.follow(s)
	if refused != nil {
		return p, refused
	}
	return Progress{course: p.course, steps: append(slices.Clone(p.steps), s), standing: next}, nil
}

// play goes through steps in order. Where one is not open, it returns which, and where the
// piece stood then.
func play(c Course, steps []Step) (Progress, int, *StepError) {
	p := NewProgress(c)
	for i, s := range steps {
		next, refused := p.follow(s)
		if refused != nil {
			return p, i, refused
		}
		p.standing = next
	}
	p.steps = steps
	return p, len(steps), nil
}

func compareSteps(a, b Step) int { return cmp.Or(a.At.Compare(b.At), compareText(a.ID, b.ID)) }

func compareText(a, b string) int { return strings.Compare(a, b) }

// Replay plays steps in the order in which they happened, whatever the order in which
// they come, each id once, and leaves out those that are not open. It returns them as
// errors, as Apply does. Of several steps of one id the one that happened first counts,
// and the others are refused.
func Replay(c Course, steps []Step) (Progress, []error) {
	p := NewProgress(c)
	var refused []error
	sorted := make([]Step, 0, len(steps))
	for _, s := range steps {
		if err := byline.Faults(s.faults()); err != nil {
			refused = append(refused, err)
			continue
		}
		sorted = append(sorted, s.uniform())
	}
	slices.SortFunc(sorted, func(a, b Step) int { return cmp.Or(compareSteps(a, b), compareText(a.form(), b.form())) })
	met := map[string]Step{}
	for _, s := range sorted {
		if first, ok := met[s.ID]; ok {
			if first != s {
				refused = append(refused, p.refuse(s, "progress.id", "another step has this id"))
			}
			continue
		}
		met[s.ID] = s
		next, err := p.follow(s)
		switch {
		case err != nil:
			refused = append(refused, err)
		case len(p.steps) >= maxSteps:
			refused = append(refused, errStepCount())
		default:
			p.steps, p.standing = append(p.steps, s), next
		}
	}
	return p, refused
}

// form orders steps of one instant and one id.
func (s Step) form() string {
	data, err := json.Marshal(s)
	if err != nil {
		return ""
	}
	return string(data)
}

// Course is what was agreed when it began.
func (p Progress) Course() Course { return p.course }

// State is where the piece stands; of the zero Progress it is "".
func (p Progress) State() State { return p.state }

// Steps returns a copy of the log.
func (p Progress) Steps() []Step { return slices.Clone(p.steps) }

// RoundsLeft is how often the brand may still ask for changes of taste.
func (p Progress) RoundsLeft() int { return max(0, p.course.Rounds-p.used) }

// Posting is the posting window that holds now.
func (p Progress) Posting() byline.Window { return p.posting }

// AnswerBy is until when the brand may answer the draft that waits for it; zero where none
// waits, or no day was set.
func (p Progress) AnswerBy() time.Time {
	if p.state != StateSubmitted {
		return time.Time{}
	}
	return p.answerBy
}

// Published is when the piece went live, zero before, and the id of the post.
func (p Progress) Published() (at time.Time, post string) { return p.published, p.post }

// Equal reports whether both are of one course and hold the same steps.
func (p Progress) Equal(o Progress) bool {
	return p.course == o.course && p.state == o.state && slices.Equal(p.steps, o.steps)
}

type progressJSON struct {
	Course Course `json:"course"`
	State  State  `json:"state"` // for who reads it; the steps decide
	Steps  []Step `json:"steps"`
}

// MarshalJSON writes the course, the state and the log.
func (p Progress) MarshalJSON() ([]byte, error) {
	return json.Marshal(progressJSON{p.course, p.state, p.steps})
}

// UnmarshalJSON reads what MarshalJSON writes and plays the log again from its start. The
// fault of a log that is not in order, or does not lead to the state that is written beside
// it, is "progress.log"; those of its steps are at "steps[i]".
func (p *Progress) UnmarshalJSON(data []byte) error {
	var wire progressJSON
	if err := json.Unmarshal(data, &wire); err != nil {
		return err
	}
	if wire.State == "" && len(wire.Steps) == 0 {
		*p = Progress{course: wire.Course.uniform()}
		return nil
	}
	if err := byline.Faults(logFaults(wire.Steps)); err != nil {
		return err
	}
	again, i, refused := play(wire.Course, wire.Steps)
	if refused != nil {
		return byline.Faults([]*byline.FieldError{{Path: fmt.Sprintf("steps[%d]", i), Code: refused.Code, Message: refused.Message}})
	}
	if again.state != wire.State {
		return byline.Faults([]*byline.FieldError{{Path: "state", Code: "progress.log", Message: "the steps lead to another state"}})
	}
	*p = again
	return nil
}

// logFaults checks that steps are a log, and writes each in one way.
func logFaults(steps []Step) []*byline.FieldError {
	var faults []*byline.FieldError
	if len(steps) > maxSteps {
		return byline.Nest("", errStepCount())
	}
	met := map[string]bool{}
	for i := range steps {
		path := fmt.Sprintf("steps[%d]", i)
		faults = append(faults, byline.Nest(path, byline.Faults(steps[i].faults()))...)
		steps[i] = steps[i].uniform()
		if met[steps[i].ID] || i > 0 && compareSteps(steps[i-1], steps[i]) >= 0 {
			faults = append(faults, &byline.FieldError{Path: path, Code: "progress.log", Message: "is not in its place, or there twice"})
		}
		met[steps[i].ID] = true
	}
	return faults
}
