package vet

import (
	"errors"
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Read asks all parts of this package about one account of a creator. Every metric is
// there: one that the facts do not carry is missing, and its refusal says what it takes.
// The readings are sorted, each metric once. Reading changes nothing, so one dossier may
// be read from many goroutines.
//
// The place of the rate among creators has a value where a [Cohort] fits. Rows of
// benchmarks give a band at most; where all that fit are of brands it is refused as
// "benchmark.brands_only".
//
// Options with faults, see [Options.Validate], refuse what needs them as "read.options".
func Read(d *creator.Dossier, on creator.Ref, o *Options) creator.Readings {
	if d == nil {
		d = &creator.Dossier{}
	}
	filled := o.filled(d, on)
	all := make(creator.Readings, 0, 32)
	for _, part := range parts() {
		all = append(all, part(d, on, &filled)...)
	}
	creator.SortReadings(all)
	return all
}

// parts make the readings; no two of them make the same. Options are filled.
func parts() []func(*creator.Dossier, creator.Ref, *Options) []creator.Reading {
	return []func(*creator.Dossier, creator.Ref, *Options) []creator.Reading{
		engagementReadings, activityReadings, growthReadings, reviewReadings,
		fitReadings, fakeReadings, commentReadings,
	}
}

func engagementReadings(d *creator.Dossier, on creator.Ref, o *Options) []creator.Reading {
	e, err := Engagement(d, on, *o.Variant, o.At)
	if err != nil {
		return frame{on.Platform, o.At}.refuseOptions(err,
			EngagementRate, EngagementTrimmedMean, EngagementConsistency, CommentsPerLike, SponsoredRatio, ViewRate, MedianViews, EngagementPercentile)
	}
	return append(e.Readings(), o.percentile(d, on, e.Rate))
}

func (f frame) refuseOptions(err error, metrics ...string) []creator.Reading {
	no := &byline.RefusalError{Code: "read.options", Message: fmt.Sprintf("the options have faults: %v", err)}
	var all []creator.Reading
	for _, metric := range metrics {
		all = append(all, f.refuse(metric, "", no))
	}
	return all
}

// percentile places a rate in a cohort of its definition, or else in a benchmark.
func (o *Options) percentile(d *creator.Dossier, on creator.Ref, rate creator.Reading) creator.Reading {
	for _, c := range o.Cohorts {
		if c != nil && c.takes(rate) {
			return c.Percentile(rate)
		}
	}
	f := frame{on.Platform, o.At}
	definition := fmt.Sprintf("%s{%s};v1", EngagementPercentile, rate.Value.Definition())
	followers, known := followersAt(d, on, o.At).Value()
	if !known || followers < 0 || followers > largestCount {
		return f.refuse(EngagementPercentile, definition, &byline.RefusalError{
			Code: "engagement.followers_unknown", Message: "the number of followers is not known, and with it the tier of the benchmark",
		})
	}
	table := o.Benchmarks
	if table == nil {
		table = ownBenchmarks()
	}
	rows, err := table.For(on.Platform, *o.Variant, int64(followers))
	if err != nil {
		return f.refuse(EngagementPercentile, definition, refusalIn(err))
	}
	rows = slices.DeleteFunc(rows, func(b Benchmark) bool { return b.Brands })
	if len(rows) == 0 {
		return f.refuse(EngagementPercentile, definition, &byline.RefusalError{
			Code: "benchmark.brands_only", Message: "the rows that fit are of brands' own accounts, and a creator is not placed among them",
		})
	}
	for _, row := range rows {
		if placed := row.Place(rate, *o.Variant); placed.Low != nil {
			return placed
		}
	}
	return rows[0].Place(rate, *o.Variant)
}

func activityReadings(d *creator.Dossier, on creator.Ref, o *Options) []creator.Reading {
	return Activity(d, on, o.At, o.ActivityDays).Readings()
}

func growthReadings(d *creator.Dossier, on creator.Ref, o *Options) []creator.Reading {
	return Growth(d, on, o.At, o.Growth).Readings()
}

// fitReadings has a reading for every dimension of the ideal, whatever is known of the
// audience.
func fitReadings(d *creator.Dossier, on creator.Ref, o *Options) []creator.Reading {
	fitted, err := FitLatest(d, on, o.Ideal, o.At)
	if err == nil {
		return fitted.Readings()
	}
	f := frame{on.Platform, o.At}
	no, refused := errors.AsType[*byline.RefusalError](err)
	if !refused {
		return f.refuseOptions(err, AudienceFit)
	}
	metrics := []string{AudienceFit}
	if o.Ideal != nil {
		for _, t := range o.Ideal.Targets {
			metrics = append(metrics, AudienceFit+"."+string(t.Dimension))
		}
	}
	var all []creator.Reading
	for _, metric := range metrics {
		r := f.refuse(metric, "", no)
		r.Value = byline.Missing(byline.NotCollected, metric+"{v1}", o.At)
		all = append(all, r)
	}
	return all
}

func fakeReadings(_ *creator.Dossier, on creator.Ref, o *Options) []creator.Reading {
	sample := o.Sample
	if sample != nil && !sample.Account.Is(on) {
		sample = nil
	}
	r, err := FakeFollowers(sample, *o.Calibration, o.Fake)
	if err != nil {
		return frame{on.Platform, o.At}.refuseOptions(err, FakeShare)
	}
	r.Platform = on.Platform
	return []creator.Reading{r}
}

func commentReadings(d *creator.Dossier, on creator.Ref, o *Options) []creator.Reading {
	c, err := Comments(d, on, o.Comments)
	if err != nil {
		return frame{on.Platform, o.At}.refuseOptions(err,
			DuplicateComments, GenericComments, SpamComments, RepeatCommenters, EarlyComments, PodComments, NegativeComments, PositiveComments)
	}
	return c.Readings
}
