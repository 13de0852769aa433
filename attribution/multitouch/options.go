package multitouch

import "github.com/bylinehq/byline"

// Options say how journeys are read. A nil *Options is the zero Options.
type Options struct {
	Repeats Repeats `json:"repeats,omitempty"`
	// Workers is how many goroutines count, 1 when 0; what is read as it comes waits for a
	// block of rows for each. The result is the same bits for any.
	Workers int `json:"workers,omitempty"`
}

// Repeats says what becomes of a touch that follows one of the same channel. Known tools
// differ in it without saying so: mta drops them, ChannelAttribution keeps them.
//
// A repeat changes Linear, the decays and chains of an order above 1. It changes no
// removal effect of a chain of order 1, only the transitions that are printed.
type Repeats string

// What becomes of repeats.
const (
	KeepRepeats     Repeats = ""         // each touch counts
	CollapseRepeats Repeats = "collapse" // the last of a run counts, the others are dropped
)

func (o *Options) orDefault() Options {
	if o == nil {
		return Options{}
	}
	return *o
}

func (o Options) faults() []*byline.FieldError {
	var faults []*byline.FieldError
	if o.Repeats != KeepRepeats && o.Repeats != CollapseRepeats {
		faults = append(faults, fault("repeats", "options.repeats", "repeats are kept (\"\") or collapsed (\"collapse\")"))
	}
	if o.Workers < 0 {
		faults = append(faults, fault("workers", "options.workers", "there cannot be less than no worker"))
	}
	return faults
}

func fault(path, code, message string) *byline.FieldError {
	return &byline.FieldError{Path: path, Code: code, Message: message}
}
