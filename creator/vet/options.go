package vet

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Options change what [Read] reads; nil and the zero value are the defaults.
type Options struct {
	// At is the time the readings are for: nothing later counts. The zero time is the latest
	// at which the account, its audience, a point of its series or a post of it was measured.
	At time.Time
	// Variant of the engagement rate; nil is [DefaultVariant].
	Variant *Variant
	// Cohorts to place the rate in, see [CohortOf]. The first of the rate's definition and
	// platform counts; where there is none, the rate is placed in the first row of Benchmarks
	// that fits, which gives a band and no value.
	Cohorts []*Cohort
	// Benchmarks are a table; nil is [PublishedBenchmarks], an empty one is none.
	Benchmarks Benchmarks
	// ActivityDays are looked back for [Activity]; 0 is [DefaultActivityDays].
	ActivityDays int
	// Growth changes how growth is read.
	Growth *GrowthOptions
	// Ideal is whom the campaign wants to reach; nil leaves the fit of the audience missing.
	Ideal *Ideal
	// Sample of the account's followers, which no dossier holds; nil, or one of another
	// account, leaves the share of fakes missing. Calibration says how often its rule is
	// right, nil is [MeasuredOnInstagram], and Fake changes how it is read.
	Sample      *FollowerSample
	Calibration *Calibration
	Fake        *FakeOptions
	// Comments change how comments are read. Without a Sentiment there, how they sound is
	// missing; their time is At where they have none.
	Comments *CommentOptions
}

// Validate reports all faults: those of the variant under "variant", of the ideal under
// "ideal", of the calibration under "calibration", of the others under "fake" and
// "comments", and "read.cohort" for a nil cohort.
func (o *Options) Validate() error {
	if o == nil {
		return nil
	}
	var faults []*byline.FieldError
	if o.Variant != nil {
		faults = byline.Nest("variant", o.Variant.Validate())
	}
	for i, c := range o.Cohorts {
		if c == nil {
			faults = append(faults, &byline.FieldError{Path: fmt.Sprintf("cohorts[%d]", i), Code: "read.cohort", Message: "a cohort is nil"})
		}
	}
	faults = append(faults, byline.Nest("ideal", o.idealFaults())...)
	faults = append(faults, byline.Nest("", o.sampleFaults())...)
	faults = append(faults, byline.Nest("comments", o.Comments.faults())...)
	return byline.Faults(faults)
}

func (o *Options) idealFaults() error {
	if o.Ideal == nil {
		return nil
	}
	return o.Ideal.Validate()
}

// sampleFaults are of what reads a sample of followers.
func (o *Options) sampleFaults() error {
	var faults []*byline.FieldError
	if o.Calibration != nil {
		faults = byline.Nest("calibration", o.Calibration.Validate())
	}
	faults = append(faults, byline.Nest("fake", byline.Faults(o.Fake.filled().faults()))...)
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
	if filled.Calibration == nil {
		filled.Calibration = new(MeasuredOnInstagram())
	}
	comments := filled.Comments.filled()
	if comments.At.IsZero() {
		comments.At = filled.At
	}
	filled.Comments = &comments
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
	for i := range d.Audiences {
		if d.Audiences[i].Account.Is(on) {
			later(d.Audiences[i].Base.At())
		}
	}
	return latest
}
