// Package vet turns what is known of a creator into readings: numbers with an interval, a
// count and the definition they were computed by, or the reason there is none.
//
// Every part can be asked for alone, and [Read] asks for all of them:
//
//   - [Engagement] by a named [Variant], for a rate without its numerator, denominator,
//     statistic, window and age of posts cannot be compared with any other
//   - [Growth], where a leap is set against what else happened around it
//   - [Fit] of an audience with an [Ideal] customer, dimension by dimension
//   - [FakeFollowers], an interval by a named calibration, and never a verdict
//   - [Comments], what repeats, what is generic, who comes again and how it sounds
//
// What is usual is best learnt from the caller's own creators: [CohortOf] collects their
// readings, and [Cohort.Percentile] places another among them.
//
// Nothing here is a judgement of a person. A reading that looks odd is a question to ask,
// and the findings say which.
package vet
