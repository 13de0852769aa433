package rank

import (
	"math"

	"github.com/bylinehq/byline"
)

// Order is by what a ranking is sorted.
type Order string

// The orders. The mean is what a creator is expected to do; the expected rank asks how
// often each of the others is better, and so punishes the uncertain more.
const (
	ByMean         Order = "mean"
	ByExpectedRank Order = "expected_rank"
)

// Defaults of [Options].
const (
	DefaultMinCreators = 5
	DefaultTop         = 10
	DefaultLevel       = 0.95
	// DefaultMinTrials are enough that all of them succeed to be above 60 in 100 with 95%, when
	// nothing is known before (1 - 0.6^6).
	DefaultMinTrials = 5
)

// Options change how a ranking is made; nil and the zero value are the defaults.
type Options struct {
	// Prior is used as it is, and nothing is fitted. nil fits one to the data.
	Prior *Prior
	// Newcomers are creators without any data. They are ranked by the prior alone, and marked;
	// trials or an exposure of 0 say the same.
	Newcomers []byline.CreatorID
	// MinCreators with data are needed to fit a prior; 0 is DefaultMinCreators, and fewer
	// than 3 are never enough.
	MinCreators int
	// MinSize sets apart who has less: trials, exposure, or the values behind an average
	// where they are known; newcomers have 0. Their data still speak for the prior. 0 ranks
	// everyone, but where the finding "rank.luck_first" says that [Rates] has a prior by which
	// 1 of 1 stands above 60 of 100, it is [DefaultMinTrials]. Any other value is taken as it is.
	MinSize float64
	// Top is for how many first places chances are computed; 0 is DefaultTop, and all
	// creators where there are fewer.
	Top int
	// Level of the intervals, between 0 and 1; 0 is DefaultLevel.
	Level float64
	// Order of the result; "" is ByMean.
	Order Order
	// LowerIsBetter turns the order around, as for cost per order.
	LowerIsBetter bool
	// Dispersion is by how much the data of one creator vary more than independent trials or
	// events would: from 1 (and 0) up. Counts and exposures speak with 1/Dispersion of
	// their weight, and LogLikelihood becomes a quasi-likelihood. Averages carry theirs in
	// the standard error.
	Dispersion float64
}

func (o *Options) filled() (Options, []*byline.FieldError) {
	var filled Options
	if o != nil {
		filled = *o
	}
	fields := filled.faults()
	filled.MinCreators = orDefault(filled.MinCreators, DefaultMinCreators)
	filled.Top = orDefault(filled.Top, DefaultTop)
	if filled.Level == 0 {
		filled.Level = DefaultLevel
	}
	if filled.Order == "" {
		filled.Order = ByMean
	}
	filled.Dispersion = math.Max(1, filled.Dispersion)
	return filled, fields
}

func (o Options) faults() []*byline.FieldError {
	var fields []*byline.FieldError
	wrong := func(is bool, path, code, message string) {
		if is {
			fields = append(fields, fault("options."+path, code, message))
		}
	}
	wrong(o.MinCreators != 0 && o.MinCreators < 3, "min_creators", "rank.min_creators", "a prior needs at least 3 creators")
	wrong(!(o.MinSize >= 0 && o.MinSize <= maxExposure), "min_size", "rank.min_size", "the least size must be from 0 to 1e30")
	wrong(o.Top < 0, "top", "rank.top", "the number of top places must not be negative")
	wrong(o.Level != 0 && !(o.Level > 0 && o.Level < 1), "level", "rank.level", "the level must be between 0 and 1")
	wrong(o.Order != "" && o.Order != ByMean && o.Order != ByExpectedRank, "order", "rank.order", "not an order this version knows")
	wrong(o.Dispersion != 0 && !(o.Dispersion >= 1 && o.Dispersion <= 1e6), "dispersion", "rank.dispersion", "the dispersion must be from 1 to 1e6")
	return fields
}

func orDefault(value, standard int) int {
	if value == 0 {
		return standard
	}
	return value
}
