package vet

import (
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Options change what [Read] reads; nil and the zero value are the defaults.
type Options struct {
	// At is the time the readings are for: nothing later counts. The zero time is the latest
	// at which the account, a point of its series or a post of it was measured.
	At time.Time
	// Variant of the engagement rate; nil is [DefaultVariant].
	Variant *Variant
	// Cohorts to place the rate in. The first of the rate's definition counts; where there is
	// none, the rate is placed in the first row of Benchmarks that fits.
	Cohorts []*Cohort
	// Benchmarks are a table; nil is [PublishedBenchmarks], an empty one is none.
	Benchmarks Benchmarks
	// ActivityDays are looked back for [Activity]; 0 is [DefaultActivityDays].
	ActivityDays int
	// Growth changes how growth is read.
	Growth *GrowthOptions
}

// Validate reports all faults: those of the variant under "variant", and "read.cohort" for
// a nil cohort.
func (o *Options) Validate() error {
	if o == nil {
		return nil
	}
	var faults []*byline.FieldError
	if o.Variant != nil {
		faults = byline.Nest("variant", o.Variant.Validate())
	}
	for _, c := range o.Cohorts {
		if c == nil {
			faults = append(faults, &byline.FieldError{Path: "cohorts", Code: "read.cohort", Message: "a cohort is nil"})
		}
	}
	return byline.Faults(faults)
}

// filled never changes the caller's options. A variant with faults stays as it is.
func (o *Options) filled(d *creator.Dossier, on creator.Ref) Options {
	var filled Options
	if o != nil {
		filled = *o
	}
	if filled.At.IsZero() {
		filled.At = lastMeasured(d, on)
	}
	if filled.Variant == nil {
		filled.Variant = new(DefaultVariant())
	}
	return filled
}

// lastMeasured is the latest time at which something of an account was measured.
func lastMeasured(d *creator.Dossier, on creator.Ref) time.Time {
	var latest time.Time
	later := func(t time.Time) {
		if t.After(latest) {
			latest = t
		}
	}
	for _, a := range d.Profile.Accounts {
		if a.Ref().Is(on) {
			later(a.Followers.At())
		}
	}
	for i := range d.Series {
		if d.Series[i].Account.Is(on) {
			for _, p := range d.Series[i].Points {
				later(p.At())
			}
		}
	}
	for i := range d.Posts {
		if d.Posts[i].Account.Is(on) {
			later(measuredAt(&d.Posts[i]))
		}
	}
	return latest
}
