package brief

import (
	"slices"
	"time"

	"github.com/bylinehq/byline/brief/disclosure"
)

// openIn are the states in which a step is open.
func (k StepKind) openIn() []State {
	switch k {
	case StepSubmit:
		return []State{StateDraft, StateChanges}
	case StepChanges:
		return []State{StateSubmitted, StateApproved, StateScheduled}
	case StepApprove, StepSilence:
		return []State{StateSubmitted}
	case StepSchedule:
		return []State{StateApproved, StateScheduled}
	case StepReplan:
		return []State{StateDraft, StateSubmitted, StateChanges, StateApproved, StateScheduled}
	case StepPublish:
		return []State{StateApproved, StateScheduled}
	case StepLook, StepTakedown, StepVerify:
		return []State{StateLive}
	case StepBreach:
		return []State{StateDraft, StateSubmitted, StateChanges, StateApproved, StateScheduled, StateLive}
	}
	return nil
}

func (p Progress) refuse(s Step, code, message string) *StepError {
	return &StepError{Code: code, Step: s.ID, Kind: s.Kind, State: p.state, Message: message}
}

// follow returns where a step leads to. A posting outside of its window is no refusal: it
// happened, and [CheckPost] says what is wrong with it. So is one without an approval a
// breach, and no publication.
func (p Progress) follow(s Step) (standing, *StepError) {
	if p.state.Final() {
		return standing{}, p.refuse(s, "progress.final", "the last word was spoken")
	}
	if !slices.Contains(s.Kind.openIn(), p.state) {
		return standing{}, p.refuse(s, "progress.closed", "there is no such step from here")
	}
	if !mayStep(s) {
		return standing{}, p.refuse(s, "progress.party", "this is not theirs to do")
	}
	if refused := p.rule(s); refused != nil {
		return standing{}, refused
	}
	return p.after(s), nil
}

// mayStep reports whether somebody may do what they did. Nobody approves, judges or
// overlooks their own work.
func mayStep(s Step) bool {
	creator := s.By == disclosure.Creator
	switch s.Kind {
	case StepSubmit:
		return creator || s.By == disclosure.Agency
	case StepApprove:
		return s.By == disclosure.Brand || s.By == disclosure.Agency
	case StepVerify, StepBreach, StepLook, StepTakedown:
		return !creator
	case StepChanges, StepSilence, StepSchedule, StepReplan, StepPublish:
	}
	return true
}

// rule returns why a step is refused, nil where it is not.
func (p Progress) rule(s Step) *StepError {
	switch s.Kind {
	case StepChanges:
		return p.ruleChanges(s)
	case StepApprove:
		return p.ruleApproval(s)
	case StepSilence:
		return p.ruleSilence(s)
	case StepSchedule:
		if s.Publish.Before(s.At) || !p.posting.Contains(s.Publish) {
			return p.refuse(s, "progress.schedule", "the time lies in the past or outside of the posting window")
		}
	case StepReplan:
		if s.Posting.Before(s.At) {
			return p.refuse(s, "progress.schedule", "the new posting window is over already")
		}
	case StepVerify:
		return p.ruleVerify(s)
	case StepSubmit, StepPublish, StepLook, StepTakedown, StepBreach:
	}
	return nil
}

// counts reports whether asked changes are a round.
func (s Step) counts() bool {
	return s.Kind == StepChanges && s.Why == OfTaste && (s.By == disclosure.Brand || s.By == disclosure.Agency)
}

func (p Progress) ruleChanges(s Step) *StepError {
	switch {
	case !s.counts():
		return nil
	case p.state != StateSubmitted:
		return p.refuse(s, "progress.settled", "it was approved; only facts and law change it now")
	case p.course.Silence == SilenceAccepts && over(p.answerBy, s.At) && !p.answerBy.IsZero():
		return p.refuse(s, "progress.settled", "silence has approved it by then")
	case p.used >= p.course.Rounds:
		return p.refuse(s, "progress.rounds", "all rounds of changes are used")
	}
	return nil
}

func (p Progress) ruleApproval(s Step) *StepError {
	if p.posting.Before(s.At) {
		return p.refuse(s, "progress.window", "the posting window is over; agree on a new one first")
	}
	return nil
}

// ruleSilence: silence speaks from the agreed instant on.
func (p Progress) ruleSilence(s Step) *StepError {
	switch {
	case p.course.Silence == NoSilenceRule || p.answerBy.IsZero():
		return p.refuse(s, "progress.no_rule", "nothing was agreed about silence")
	case s.At.Before(p.answerBy):
		return p.refuse(s, "progress.early", "there is still time to answer")
	case p.course.Silence == SilenceAccepts:
		return p.ruleApproval(s)
	}
	return nil
}

func (p Progress) ruleVerify(s Step) *StepError {
	switch {
	case s.At.Before(p.published.Add(p.course.Live)):
		return p.refuse(s, "progress.early", "it has not been up for the agreed time")
	case s.Status == disclosure.Violation:
		return p.refuse(s, "progress.violation", "what breaks a rule is not what was agreed")
	case p.course.Evidence && s.Evidence == "":
		return p.refuse(s, "progress.evidence", "evidence was to be kept")
	}
	return nil
}

// after is where an open step leads to.
func (p Progress) after(s Step) standing {
	next := p.standing
	switch s.Kind {
	case StepSubmit:
		next.state, next.submitted, next.answerBy = StateSubmitted, s.At, s.AnswerBy
	case StepChanges:
		next.state, next.asked, next.scheduled = StateChanges, s.At, time.Time{}
		if s.counts() {
			next.used++
		}
	case StepApprove:
		next.state = StateApproved
	case StepSilence:
		next.state, next.asked = StateChanges, s.At
		if p.course.Silence == SilenceAccepts {
			next.state = StateApproved
		}
	case StepSchedule:
		next.state, next.scheduled = StateScheduled, s.Publish
	case StepReplan:
		next.posting = s.Posting
		if p.state == StateScheduled && !s.Posting.Contains(p.scheduled) {
			next.state, next.scheduled = StateApproved, time.Time{}
		}
	case StepPublish:
		next.state, next.published, next.post = StateLive, s.At, s.Post
	case StepLook:
		next.looked, next.takedown = s.At, stillWrong(p.takedown, s)
	case StepTakedown:
		next.takedown = earlier(p.takedown, s.At)
	case StepVerify:
		next.state = StateVerified
	case StepBreach:
		next.state = StateBreached
	}
	return next
}

// stillWrong is when a takedown was asked for that a look did not find done.
func stillWrong(asked time.Time, look Step) time.Time {
	if look.Status == disclosure.Violation {
		return asked
	}
	return time.Time{}
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() {
		return b
	}
	return a
}
