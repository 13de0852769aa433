package lookalike

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// Group is a part of what is known of a creator, compared as a whole.
type Group string

// The groups, each with its similarity.
const (
	Themes     Group = "themes"     // Jaccard of the themes of profile and posts; a theme that few known creators have weighs more
	Tone       Group = "tone"       // likewise
	Style      Group = "style"      // likewise
	Tags       Group = "tags"       // likewise
	Platforms  Group = "platforms"  // Jaccard
	Place      Group = "place"      // Jaccard of languages, and the same market or not; their mean
	Embeddings Group = "embeddings" // cosine by the same model, at least 0; mean over the models
	Audience   Group = "audience"   // 1 less the Jensen-Shannon distance, by kind and dimension; their mean
	Size       Group = "size"       // followers on the same platform by the same definition: 0.61 where they differ by a factor of 3.2
	Readings   Group = "readings"   // of one metric, platform and definition: 0.61 where they differ by one robust standard deviation
	Price      Group = "price"      // per piece of the same kind and currency: 0.61 where they differ by a factor of 2
)

const groupCount = 11

func groups() [groupCount]Group {
	return [groupCount]Group{Themes, Tone, Style, Tags, Platforms, Place, Embeddings, Audience, Size, Readings, Price}
}

// DefaultWeights returns the weight of each group. They are a choice, not a finding.
func DefaultWeights() map[Group]float64 {
	return map[Group]float64{
		Themes: 3, Embeddings: 3, Audience: 3, Readings: 2,
		Tone: 1, Style: 1, Tags: 1, Platforms: 1, Place: 1, Size: 1, Price: 1,
	}
}

// Defaults of [Options].
const (
	DefaultMinKnown    = 20
	DefaultNeighbours  = 10
	DefaultSharpness   = 4
	DefaultShrink      = 0.5
	DefaultMinCoverage = 0.3
	DefaultLevel       = 0.95
)

// Options change how a model is made; nil and the zero value are the defaults.
type Options struct {
	// Weights of the groups; a group that is not in the map has none. nil is [DefaultWeights].
	// A group of which fewer than two known creators have facts counts for nothing, and does
	// not lower anybody's coverage. A reading needs five known creators, and values that differ.
	Weights map[Group]float64 `json:"weights,omitempty"`
	// Metrics are the readings to compare. nil takes all but those of what creators
	// delivered, "performance.…", and of what they are expected to, "lookalike.…", which come
	// from outcomes and are no traits. Naming one of them lets the back-test see what it is to
	// predict. A reading by the definition of the outcomes is never compared.
	Metrics []string `json:"metrics,omitempty"`
	// MinKnown creators with an outcome are needed; 0 is [DefaultMinKnown], and fewer than 10
	// are never enough.
	MinKnown int `json:"min_known,omitempty"`
	// Neighbours are how many known creators speak for a candidate; 0 is [DefaultNeighbours].
	Neighbours int `json:"neighbours,omitempty"`
	// Sharpness is the power that a similarity is raised to before it weighs an outcome; 0
	// is [DefaultSharpness].
	Sharpness float64 `json:"sharpness,omitempty"`
	// Shrink is how many perfect look-alikes the mean of all outcomes weighs as much as; 0 is
	// [DefaultShrink].
	Shrink float64 `json:"shrink,omitempty"`
	// MinCoverage is the share of the weights on which two creators must be comparable; 0 is
	// [DefaultMinCoverage].
	MinCoverage float64 `json:"min_coverage,omitempty"`
	// Level of the intervals; 0 is [DefaultLevel]. A model is refused where more than 1 - Level
	// of random shuffles are told apart as well; see [Backtest.Chance]. At most 0.995, for
	// the shuffles can show no less.
	Level float64 `json:"level,omitempty"`
	// Seed of the shuffles; the same seed gives the same model.
	Seed uint64 `json:"seed,omitempty"`
	// Anyway hands out a model in which resemblance told nothing; see [Model.Backtest].
	Anyway bool `json:"anyway,omitempty"`
}

func (o *Options) filled() (Options, []*byline.FieldError) {
	var f Options
	if o != nil {
		f = *o
	}
	if f.Weights == nil {
		f.Weights = DefaultWeights()
	}
	f.MinKnown = cmp.Or(f.MinKnown, DefaultMinKnown)
	f.Neighbours = cmp.Or(f.Neighbours, DefaultNeighbours)
	f.Sharpness = cmp.Or(f.Sharpness, DefaultSharpness)
	f.Shrink = cmp.Or(f.Shrink, DefaultShrink)
	f.MinCoverage = cmp.Or(f.MinCoverage, DefaultMinCoverage)
	f.Level = cmp.Or(f.Level, DefaultLevel)
	return f, f.faults()
}

func (o Options) faults() []*byline.FieldError {
	var found []*byline.FieldError
	wrong := func(is bool, path, message string) {
		if is {
			found = append(found, fault("options."+path, "lookalike.option", message))
		}
	}
	total := 0.0
	for _, g := range slices.Sorted(mapKeys(o.Weights)) {
		weight := o.Weights[g]
		known := slices.Contains(groupList(), g)
		wrong(!known, fmt.Sprintf("weights[%q]", g), "no such group")
		wrong(!(weight >= 0 && weight <= 1e6), fmt.Sprintf("weights[%q]", g), "a weight is from 0 to 1,000,000")
		if known && weight >= 0 {
			total += weight
		}
	}
	wrong(!(total > 0), "weights", "some group needs a weight")
	wrong(o.MinKnown < 10, "min_known", "at least 10 known creators are needed")
	wrong(o.Neighbours < 1, "neighbours", "at least one neighbour speaks")
	wrong(!(o.Sharpness > 0 && o.Sharpness <= 100), "sharpness", "the sharpness is above 0, up to 100")
	wrong(!(o.Shrink > 0 && o.Shrink <= 1e6), "shrink", "the shrinkage is above 0, up to 1,000,000")
	wrong(!(o.MinCoverage > 0 && o.MinCoverage <= 1), "min_coverage", "the coverage is above 0, up to 1")
	wrong(!(o.Level > 0 && o.Level <= 1-1.0/(shuffles+1)), "level", "the level is above 0, up to 0.995")
	return found
}

func groupList() []Group {
	all := groups()
	return all[:]
}

func mapKeys[K comparable, V any](m map[K]V) func(yield func(K) bool) {
	return func(yield func(K) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func fault(path, code, message string) *byline.FieldError {
	return &byline.FieldError{Path: path, Code: code, Message: message}
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
