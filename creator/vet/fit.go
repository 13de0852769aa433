package vet

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// MinFitBase is how many people an audience's shares must be taken of to be compared.
const MinFitBase = 100

// minFitWeight is the part of the weights that must be observed for a total.
const minFitWeight = 0.5

// Fitted is how far an audience is what a campaign wants.
//
// The value of a fit is the least that the shares prove: who is unknown counts as somebody
// else. Low is the same, and High has the unknown where they would serve best, so that the
// truth lies between the two as far as the shares themselves are true; Level is 1 for
// that. What a source estimated, or asked of a sample, it does not cover.
type Fitted struct {
	Account    creator.Ref          `json:"account"`
	Kind       creator.AudienceKind `json:"kind"`
	Total      creator.Reading      `json:"total"` // weighted over the dimensions that could be read
	Coverage   float64              `json:"coverage"`
	Dimensions []DimensionFit       `json:"dimensions"`
	Floors     []creator.Check      `json:"floors,omitempty"` // in the order of the ideal
}

// Readings returns the total and the dimensions, sorted.
func (f Fitted) Readings() creator.Readings {
	all := creator.Readings{f.Total}
	for _, d := range f.Dimensions {
		all = append(all, d.Reading)
	}
	creator.SortReadings(all)
	return all
}

// Fit compares an audience with an ideal; a nil audience has no breakdowns. The error has
// the faults of the ideal; what the audience lacks is in the readings, each of which is
// there, and in the floors.
//
// The fit of a dimension is 1 minus the Jensen–Shannon distance; that of ages is 1 minus
// the years that people would have to be moved, of the 52 of the scale, for 18 to 24 is
// nearer to 25 to 34 than to 65; that of interests is the mean of what is there of each
// share that is wanted. A dimension is refused as "fit.no_breakdown", "fit.share" where a
// share is below 0 or above 1, "fit.key_twice", "fit.age" for a key that is no range of
// ages, "fit.age_overlap", "fit.sum_over" where the shares make up more than 102%,
// "fit.small_base" below [MinFitBase] people, "fit.other_kind" where the ideal asks for
// another kind of audience, and "fit.nothing_known"; the total as
// "fit.too_little" where the dimensions that could be read have less than half of the
// weight.
//
// Findings are "fit.sum_under" where shares are missing, "fit.withheld" where the source
// withholds some, "fit.key" where a key is no country, "fit.placed_only" where shares were
// taken of those whom it could place, and on the total alone "fit.base_unknown",
// "fit.sampling" and "fit.dimension_missing". The
// checks are of code "fit.floor". A total over some of the dimensions is the mean over
// those, while Low and High have the others at 0 and at 1.
func Fit(a *creator.Audience, ideal *Ideal) (Fitted, error) {
	if err := ideal.Validate(); err != nil {
		return Fitted{}, err
	}
	if a == nil {
		a = &creator.Audience{}
	}
	return ideal.fit(a), nil
}

func (i *Ideal) fit(a *creator.Audience) Fitted {
	at := a.Base.At()
	f := Fitted{Account: a.Account, Kind: a.Kind}
	suffix := fmt.Sprintf(";kind=%s;ideal=%s;v1}", a.Kind, i.fingerprint())
	base, common := fitBase(a)
	if i.Audience != "" && a.Kind != "" && a.Kind != i.Audience {
		base.refusal = fitRefusal("fit.other_kind", "the audience is of another kind than the ideal asks for")
	}
	for n := range i.Targets {
		t := &i.Targets[n]
		f.Dimensions = append(f.Dimensions, t.fit(a, base, suffix))
	}
	f.total(i, suffix, at)
	f.Total.Platform, f.Total.Source, f.Total.Count = a.Account.Platform, a.Source, max(0, base.people)
	f.Total.Findings = append(common, f.Total.Findings...)
	for _, floor := range i.Floors {
		f.Floors = append(f.Floors, floor.check(a, base, at))
	}
	return f
}

// audienceBase is of how many people the shares are taken, -1 where that is not known.
type audienceBase struct {
	people  int
	refusal *byline.RefusalError
}

func fitBase(a *creator.Audience) (audienceBase, []byline.Finding) {
	n, known := a.Base.Value()
	switch {
	case !known:
		return audienceBase{people: -1}, []byline.Finding{fitFinding("fit.base_unknown", byline.Warning,
			"it is not known of how many people the shares are taken, so nothing can be said about their sampling error")}
	case n < MinFitBase:
		return audienceBase{people: int(max(0, n)), refusal: &byline.RefusalError{
			Code: "fit.small_base", Message: "the shares are taken of too few people", Have: max(0, n), Need: MinFitBase,
		}}, nil
	case n < 1000:
		_, high := scoreInterval(0.5, n, 0.95)
		return audienceBase{people: int(n)}, []byline.Finding{fitFinding("fit.sampling", byline.Info,
			"if these %.0f people are a sample, a share of 50%% is uncertain by %.1f points either way (95%%), which the bounds do not contain", n, 100*(high-0.5))}
	}
	return audienceBase{people: int(min(n, 1<<52))}, nil
}

func fitFinding(code string, s byline.Severity, format string, args ...any) byline.Finding {
	return byline.Finding{Code: code, Severity: s, Message: fmt.Sprintf(format, args...)}
}

// total weighs the dimensions.
func (f *Fitted) total(i *Ideal, suffix string, at time.Time) {
	var weights, observed, value, low, high float64
	var parts, missing []string
	for n, d := range f.Dimensions {
		w := i.Targets[n].Weight
		weights += w
		parts = append(parts, fmt.Sprintf("%s=%g", d.Dimension, w))
		v, known := d.Reading.Value.Value()
		if !known {
			high += w
			missing = append(missing, string(d.Dimension))
			continue
		}
		observed, value, low, high = observed+w, value+w*v, low+w**d.Reading.Low, high+w**d.Reading.High
	}
	definition := AudienceFit + "{weighted;" + strings.Join(parts, ",") + suffix
	f.Coverage = observed / weights
	f.Total = creator.Reading{Metric: AudienceFit}
	if f.Coverage < minFitWeight {
		f.Total.Value = byline.Missing(byline.TooFew, definition, at)
		f.Total.Refusal = &byline.RefusalError{
			Code: "fit.too_little", Message: "too little of the weight is on dimensions that are known", Have: f.Coverage, Need: minFitWeight,
		}
		return
	}
	lowest, highest := unit(low/weights), unit(high/weights)
	f.Total.Value = byline.Known(unit(value/observed), definition, at)
	f.Total.Low, f.Total.High, f.Total.Level = &lowest, &highest, 1
	if len(missing) > 0 {
		f.Total.Findings = []byline.Finding{fitFinding("fit.dimension_missing", byline.Warning,
			"%s could not be read; the value is over the other %.0f%% of the weight, and the bounds have what is missing at 0 and at 1", strings.Join(missing, ", "), 100*f.Coverage)}
	}
}

// FitLatest compares the latest snapshot of an account's audience with an ideal: of the
// kind that the ideal asks for, or else of followers before viewers and those before
// engaged; of two of one time, the one whose source comes last in the alphabet. A snapshot
// after the time is left out, unless the time is zero. The error holds
// the faults of the ideal, or it is a refusal: "fit.no_ideal", and "fit.no_audience" beside
// which every floor is undetermined.
func FitLatest(d *creator.Dossier, on creator.Ref, ideal *Ideal, at time.Time) (Fitted, error) {
	if ideal == nil {
		return Fitted{}, &byline.RefusalError{Code: "fit.no_ideal", Message: "nobody said whom the campaign wants to reach"}
	}
	if err := ideal.Validate(); err != nil {
		return Fitted{}, err
	}
	if d == nil {
		d = &creator.Dossier{}
	}
	a := latestAudience(d, on, ideal.Audience, at)
	if a == nil {
		return ideal.fit(&creator.Audience{Account: on}), &byline.RefusalError{Code: "fit.no_audience", Message: "no snapshot of such an audience of this account is known"}
	}
	return ideal.fit(a), nil
}

func latestAudience(d *creator.Dossier, on creator.Ref, kind creator.AudienceKind, at time.Time) *creator.Audience {
	order := []creator.AudienceKind{creator.Followers, creator.Viewers, creator.Engaged}
	var found *creator.Audience
	for n := range d.Audiences {
		a := &d.Audiences[n]
		late := !at.IsZero() && a.Base.At().After(at)
		if !a.Account.Is(on) || late || (kind != "" && a.Kind != kind) || !slices.Contains(order, a.Kind) {
			continue
		}
		if found == nil || cmp.Or(slices.Index(order, found.Kind)-slices.Index(order, a.Kind), a.Base.At().Compare(found.Base.At()), strings.Compare(a.Source, found.Source)) > 0 {
			found = a
		}
	}
	return found
}
