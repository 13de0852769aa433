package vet

import (
	"fmt"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Read asks all parts of this package about one account of a creator. Every metric is
// there: one that the facts do not carry is missing, and its refusal says what it takes.
// The readings are sorted, each metric once. Reading changes nothing, so one dossier may
// be read from many goroutines.
//
// Options with faults, see [Options.Validate], refuse what needs them as "read.options".
func Read(d *creator.Dossier, on creator.Ref, o *Options) creator.Readings {
	if d == nil {
		d = &creator.Dossier{}
	}
	filled := o.filled(d, on)
	var all creator.Readings
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
	}
}

func engagementReadings(d *creator.Dossier, on creator.Ref, o *Options) []creator.Reading {
	e, err := Engagement(d, on, *o.Variant, o.At)
	if err != nil {
		return refuseOptions(frame{on.Platform, o.At}, err)
	}
	return append(e.Readings(), o.percentile(d, on, e.Rate))
}

func refuseOptions(f frame, err error) []creator.Reading {
	no := &byline.RefusalError{Code: "read.options", Message: fmt.Sprintf("the options have faults: %v", err)}
	var all []creator.Reading
	for _, metric := range []string{
		EngagementRate, EngagementTrimmedMean, EngagementConsistency, CommentsPerLike, SponsoredRatio, ViewRate, MedianViews, EngagementPercentile,
	} {
		all = append(all, f.refuse(metric, "", no))
	}
	return all
}

// percentile places a rate in a cohort of its definition, or else in a benchmark.
func (o *Options) percentile(d *creator.Dossier, on creator.Ref, rate creator.Reading) creator.Reading {
	for _, c := range o.Cohorts {
		if c != nil && c.definition == rate.Value.Definition() {
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
		table = PublishedBenchmarks()
	}
	rows, err := table.For(on.Platform, *o.Variant, int64(followers))
	if err != nil {
		return f.refuse(EngagementPercentile, definition, refusalIn(err))
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
