package byline

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Sentinels for behaviour. Match them with errors.Is; the typed errors of this
// module answer to the one that tells a caller what to do next.
var (
	// ErrInvalid says the input is wrong and will stay wrong: mend it, do not retry.
	ErrInvalid = errors.New("invalid")
	// ErrNotFound says the thing asked for does not exist.
	ErrNotFound = errors.New("not found")
	// ErrConflict says the state has moved, or the claim contradicts what is known.
	ErrConflict = errors.New("conflict")
	// ErrUnauthorized says the caller could not prove who it is.
	ErrUnauthorized = errors.New("unauthorized")
	// ErrRateLimited says to try again later; see [RateLimitError].
	ErrRateLimited = errors.New("rate limited")
	// ErrUnavailable says the other side failed and the same call may succeed later.
	ErrUnavailable = errors.New("unavailable")
	// ErrRefused says the input is well formed but cannot carry an honest answer: too
	// little of it, or none that fits. More data may mend it; see [RefusalError].
	ErrRefused = errors.New("refused")
)

// FieldError is one fault in a value, at one place.
//
// Path is written in JSON names ("deliverables[2].due_at"), "" for the value as a
// whole. Code is stable and part of the public contract ("required",
// "campaign.window_order"); Message is for people and may change.
type FieldError struct {
	Path    string `json:"path"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Error puts the path before the message.
func (e *FieldError) Error() string {
	if e.Path == "" {
		return e.Message
	}
	return e.Path + ": " + e.Message
}

// Is answers to ErrInvalid.
func (e *FieldError) Is(target error) bool { return target == ErrInvalid }

// ValidationError holds every fault found in one value. It unwraps to each of
// them, so errors.Is(err, ErrInvalid) and errors.AsType[*FieldError] both work.
type ValidationError struct {
	Fields []*FieldError `json:"fields"`
}

// Error lists all faults in the order they were found.
func (e *ValidationError) Error() string {
	texts := make([]string, len(e.Fields))
	for i, f := range e.Fields {
		texts[i] = f.Error()
	}
	return strings.Join(texts, "; ")
}

// Unwrap returns the single faults.
func (e *ValidationError) Unwrap() []error {
	errs := make([]error, len(e.Fields))
	for i, f := range e.Fields {
		errs[i] = f
	}
	return errs
}

// Faults turns a list of faults into an error: nil when the list is empty, else a
// [*ValidationError] that holds them in the given order.
func Faults(fields []*FieldError) error {
	if len(fields) == 0 {
		return nil
	}
	return &ValidationError{Fields: fields}
}

// Nest returns the faults inside err moved under path, so that a parent can report
// its children's faults beside its own. Faults of joined errors are all found. An err
// that carries no faults becomes one of code "invalid"; a nil err becomes none.
func Nest(path string, err error) []*FieldError {
	if err == nil {
		return nil
	}
	fields := faultsIn(err)
	if len(fields) == 0 {
		fields = []*FieldError{{Code: "invalid", Message: err.Error()}}
	}
	nested := make([]*FieldError, len(fields))
	for i, f := range fields {
		nested[i] = &FieldError{Path: joinPath(path, f.Path), Code: f.Code, Message: f.Message}
	}
	return nested
}

// faultsIn walks the whole tree of err, where errors.AsType would stop at its first
// fault and lose the others.
func faultsIn(err error) []*FieldError {
	switch e := err.(type) { //nolint:errorlint // this is the unwrapping
	case *FieldError:
		return []*FieldError{e}
	case interface{ Unwrap() error }:
		return faultsIn(e.Unwrap())
	case interface{ Unwrap() []error }:
		var fields []*FieldError
		for _, inner := range e.Unwrap() {
			fields = append(fields, faultsIn(inner)...)
		}
		return fields
	}
	return nil
}

func joinPath(parent, child string) string {
	switch {
	case parent == "":
		return child
	case child == "", strings.HasPrefix(child, "["):
		return parent + child
	default:
		return parent + "." + child
	}
}

// RefusalError says why a question is not answered: too few observations, a fit too
// poor, nothing to compare with. It is not a fault of the input, and no number stands in
// for the answer. Have and Need are in the unit that the message names, both 0 where the
// reason is no amount. It answers to ErrRefused.
type RefusalError struct {
	Code    string  `json:"code"` // stable, and part of the public contract
	Message string  `json:"message"`
	Have    float64 `json:"have,omitempty"`
	Need    float64 `json:"need,omitempty"`
}

// Error is the message.
func (e *RefusalError) Error() string { return e.Message }

// Is answers to ErrRefused.
func (e *RefusalError) Is(target error) bool { return target == ErrRefused }

// RemoteError is a failure of a platform's. It answers to ErrUnavailable for status
// 500 and above and for no answer, ErrUnauthorized for 401 and 403, ErrNotFound for 404.
// It never carries a URL, a token or a body.
type RemoteError struct {
	Platform  Platform
	Status    int    // HTTP status, 0 when no answer arrived
	Code      string // the platform's own error code, "" when it gave none
	RequestID string // the platform's trace id for its support, "" when it gave none
}

// Error names the platform, the status and the platform's own code.
func (e *RemoteError) Error() string {
	text := fmt.Sprintf("%s answered with status %d", e.Platform, e.Status)
	if e.Status == 0 {
		text = fmt.Sprintf("%s did not answer", e.Platform)
	}
	if e.Code != "" {
		text += ", code " + e.Code
	}
	if e.RequestID != "" {
		text += ", request " + e.RequestID
	}
	return text
}

// Is maps the status to the sentinel a caller acts on.
func (e *RemoteError) Is(target error) bool {
	switch target {
	case ErrUnavailable:
		return e.Status == 0 || e.Status >= 500
	case ErrUnauthorized:
		return e.Status == 401 || e.Status == 403
	case ErrNotFound:
		return e.Status == 404
	}
	return false
}

// RateLimitError says when the platform will take calls again.
type RateLimitError struct {
	Platform   Platform
	RetryAfter time.Duration // 0 when the platform did not say
}

// Error names the platform and the wait.
func (e *RateLimitError) Error() string {
	if e.RetryAfter <= 0 {
		return fmt.Sprintf("%s: rate limited", e.Platform)
	}
	return fmt.Sprintf("%s: rate limited, retry after %s", e.Platform, e.RetryAfter)
}

// Is answers to ErrRateLimited.
func (e *RateLimitError) Is(target error) bool { return target == ErrRateLimited }
