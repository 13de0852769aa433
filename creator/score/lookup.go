package score

import (
	"cmp"
	"slices"
	"sort"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// ordered puts readings in the order that lookup needs, in a copy where it has to.
func ordered(r creator.Readings) creator.Readings {
	for i := 1; i < len(r); i++ {
		if compareKeys(&r[i], r[i-1].Metric, r[i-1].Platform) < 0 {
			r = slices.Clone(r)
			creator.SortReadings(r)
			return r
		}
	}
	return r
}

// compareKeys takes a pointer, for a reading is too large to copy at every step of a search.
func compareKeys(r *creator.Reading, metric string, on byline.Platform) int {
	if c := cmp.Compare(r.Metric, metric); c != 0 {
		return c
	}
	return cmp.Compare(r.Platform, on)
}

// lookup returns the reading that [creator.Readings.Get] would, or why there is none to
// use. A reading that stands there twice is none, or the order of the readings would
// choose. What is returned beside a reason is only to be shown, and may be nil.
func lookup(all creator.Readings, metric string, on byline.Platform, definition string) (*creator.Reading, string) {
	r, twice := search(all, metric, on)
	if r == nil && on != "" {
		r, twice = search(all, metric, "")
	}
	switch {
	case r == nil && elsewhere(all, metric):
		return nil, "it is known of another platform alone"
	case r == nil:
		return nil, missingWords(byline.NotCollected)
	case twice:
		return nil, "there are two readings of it"
	}
	if _, known := r.Value.Value(); !known {
		return r, why(r)
	}
	if definition != "" && r.Value.Definition() != definition {
		return r, "it was computed by another formula than the rubric asks for"
	}
	return r, ""
}

// elsewhere reports whether there is a reading on any platform.
func elsewhere(all creator.Readings, metric string) bool {
	at := sort.Search(len(all), func(i int) bool { return all[i].Metric >= metric })
	return at < len(all) && all[at].Metric == metric
}

func search(all creator.Readings, metric string, on byline.Platform) (r *creator.Reading, twice bool) {
	at := sort.Search(len(all), func(i int) bool { return compareKeys(&all[i], metric, on) >= 0 })
	if at == len(all) || compareKeys(&all[at], metric, on) != 0 {
		return nil, false
	}
	return &all[at], at+1 < len(all) && compareKeys(&all[at+1], metric, on) == 0
}

func why(r *creator.Reading) string {
	if r.Refusal != nil && r.Refusal.Message != "" {
		return r.Refusal.Message
	}
	return missingWords(r.Value.Missing())
}

// missingWords says why a measure has no value.
func missingWords(m byline.MissingReason) string {
	switch m {
	case byline.Hidden:
		return "the account hides it"
	case byline.NotPermitted:
		return "access to it was not granted"
	case byline.BelowThreshold:
		return "the platform withholds small numbers"
	case byline.NotSupported:
		return "the platform does not offer it"
	case byline.NotFinite:
		return "it could not be computed"
	case byline.TooFew:
		return "there is too little to compute it from"
	default:
		return "nobody has collected it"
	}
}
