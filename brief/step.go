package brief

import (
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/disclosure"
)

// Step is one event in the life of a piece.
type Step struct {
	ID   string           `json:"id"` // of the event: the same id is the same event
	Kind StepKind         `json:"kind"`
	At   time.Time        `json:"at"` // when it happened, not when it was heard of
	By   disclosure.Party `json:"by"` // an agency acts for the brand here

	// AnswerBy is until when the brand may answer a submitted draft: its days of review
	// after At, by its [Calendar]. Zero: silence says nothing.
	AnswerBy time.Time         `json:"answer_by,omitzero"`
	Why      ChangeReason      `json:"why,omitempty"`      // of asked changes
	Publish  time.Time         `json:"publish,omitzero"`   // of a schedule: when it will go live
	Posting  byline.Window     `json:"posting,omitzero"`   // of a new plan
	Post     string            `json:"post,omitempty"`     // of a publication: Content.ID
	Status   disclosure.Status `json:"status,omitempty"`   // of a look at it: Check.Status
	Evidence string            `json:"evidence,omitempty"` // of a look at it: Evidence.Digest
	Note     string            `json:"note,omitempty"`
}

// StepKind is what happened.
type StepKind string

// Kinds of steps.
const (
	StepSubmit   StepKind = "submit"          // a draft is handed in
	StepChanges  StepKind = "request_changes" // somebody asks for another
	StepApprove  StepKind = "approve"
	StepSilence  StepKind = "silence" // nobody answered in time: approved, or back to the creator without a round
	StepSchedule StepKind = "schedule"
	StepReplan   StepKind = "replan" // another posting window is agreed
	StepPublish  StepKind = "publish"
	StepLook     StepKind = "look"     // somebody checked the live post
	StepTakedown StepKind = "takedown" // the creator is asked to mend it or take it down
	StepVerify   StepKind = "verify"   // it was what was agreed, to the end
	StepBreach   StepKind = "breach"   // it was not, and that is the last word
)

// ChangeReason is why changes are asked for.
type ChangeReason string

// Reasons. Only changes of taste that the brand's side asks for are a round.
const (
	OfTaste ChangeReason = "taste"
	OfFact  ChangeReason = "fact"
	OfLaw   ChangeReason = "law"
)

// StepError is a step that is not open where a piece stands. It answers to
// byline.ErrConflict.
type StepError struct {
	Code    string   `json:"code"`
	Step    string   `json:"step"` // its id
	Kind    StepKind `json:"kind"`
	State   State    `json:"state"` // of the piece then
	Message string   `json:"message"`
}

// Error names the step, where the piece stood, and why.
func (e *StepError) Error() string {
	return fmt.Sprintf("step %q, %s while %s: %s", e.Step, e.Kind, e.State, e.Message)
}

// Is answers to byline.ErrConflict.
func (e *StepError) Is(target error) bool { return target == byline.ErrConflict }

// maxStep is the longest text of a step in bytes, maxSteps how many a log holds.
const (
	maxStep  = 10_000
	maxSteps = 1000
)

// faults are those that lie in the step itself.
func (s Step) faults() []*byline.FieldError {
	var faults []*byline.FieldError
	add := func(path, code, message string) {
		faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
	}
	if s.ID == "" {
		add("id", "required", "name the event")
	}
	if !slices.Contains(stepKinds(), s.Kind) {
		add("kind", "oneof", "is no kind of step")
	}
	if !slices.Contains([]disclosure.Party{disclosure.Creator, disclosure.Brand, disclosure.Agency, disclosure.PlatformSelf}, s.By) {
		add("by", "oneof", "must be one of creator, brand, agency, platform")
	}
	if s.At.IsZero() {
		add("at", "required", "say when")
	}
	for path, at := range map[string]time.Time{"at": s.At, "answer_by": s.AnswerBy, "publish": s.Publish, "posting.start": s.Posting.Start, "posting.end": s.Posting.End} {
		if year := at.UTC().Year(); year < 0 || year > 9999 {
			add(path, "step.time", "no JSON can hold this time")
		}
	}
	for path, text := range map[string]string{"id": s.ID, "post": s.Post, "evidence": s.Evidence, "note": s.Note} {
		if len(text) > maxStep || !utf8.ValidString(text) {
			add(path, "step.text", "must be UTF-8 of at most 10000 bytes")
		}
	}
	faults = append(faults, s.needed()...)
	slices.SortStableFunc(faults, func(a, b *byline.FieldError) int { return compareText(a.Path, b.Path) })
	return faults
}

// needed are the faults of what its kind asks for.
func (s Step) needed() []*byline.FieldError {
	missing := func(path string) []*byline.FieldError {
		return []*byline.FieldError{{Path: path, Code: "required", Message: "a step of this kind needs it"}}
	}
	switch s.Kind {
	case StepSubmit:
		if !s.AnswerBy.IsZero() && !s.AnswerBy.After(s.At) {
			return []*byline.FieldError{{Path: "answer_by", Code: "step.answer_by", Message: "must be after the draft was handed in"}}
		}
	case StepChanges:
		if !slices.Contains([]ChangeReason{OfTaste, OfFact, OfLaw}, s.Why) {
			return []*byline.FieldError{{Path: "why", Code: "oneof", Message: "must be one of taste, fact, law"}}
		}
	case StepSchedule:
		if s.Publish.IsZero() {
			return missing("publish")
		}
	case StepReplan:
		if s.Posting.Start.IsZero() || s.Posting.End.IsZero() || s.Posting.Empty() {
			return []*byline.FieldError{{Path: "posting", Code: "step.posting", Message: "must have a start, and an end after it"}}
		}
	case StepPublish:
		if s.Post == "" {
			return missing("post")
		}
	case StepLook, StepVerify:
		if !slices.Contains([]disclosure.Status{disclosure.Violation, disclosure.Risk, disclosure.CannotDetermine, disclosure.NoKnownIssue}, s.Status) {
			return []*byline.FieldError{{Path: "status", Code: "oneof", Message: "must be one of violation, risk, cannot_determine, no_known_issue"}}
		}
	case StepApprove, StepSilence, StepTakedown, StepBreach:
	}
	return nil
}

func stepKinds() []StepKind {
	return []StepKind{
		StepSubmit, StepChanges, StepApprove, StepSilence, StepSchedule, StepReplan, StepPublish, StepLook, StepTakedown, StepVerify, StepBreach,
	}
}

// uniform writes the same step in one way.
func (s Step) uniform() Step {
	for _, t := range []*time.Time{&s.At, &s.AnswerBy, &s.Publish, &s.Posting.Start, &s.Posting.End} {
		*t = t.UTC().Round(0)
	}
	return s
}
