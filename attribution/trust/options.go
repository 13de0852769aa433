package trust

import (
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Options set how leaks are looked for. Nil, and every zero field, is the default.
type Options struct {
	// Chance bounds how likely a code whose shares never rise is reported as leaking,
	// ever. For a programme, divide what it accepts by its number of codes: n codes
	// together have a false report with a chance of at most n times this. Default: 0.01.
	// Simulated codes are reported much more seldom than that, see the package's tests.
	Chance float64 `json:"chance,omitempty"`
	// MinUses is how many uses a baseline is learnt from; with fewer there is no verdict.
	// Default: 50; from 20 to 1000.
	MinUses int `json:"min_uses,omitempty"`
	// Margin is added to what the baseline allows, for drift that is no leak: 0.05 is
	// five uses in a hundred. Default: 0.05; up to 0.5.
	Margin float64 `json:"margin,omitempty"`
	// Opens are the signs that can open a leak; the others support one that is open.
	// Default: NoClick and CouponReferrer, because audiences change in number, country
	// and habit without any leak.
	Opens []Reason `json:"opens,omitempty"`
	// Baselines state what is normal for a code instead of learning it.
	Baselines []Baseline `json:"baselines,omitempty"`
}

// Baseline is the highest share of one sign that is normal for a code. What the caller
// states is taken as certain, so Ceiling wants to be generous; Margin is not added.
type Baseline struct {
	Code    string           `json:"code"`
	Creator byline.CreatorID `json:"creator,omitempty"`
	Sign    Reason           `json:"sign"` // NoClick or CouponReferrer
	Ceiling float64          `json:"ceiling"`
}

const (
	defaultChance  = 0.01
	defaultMinUses = 50
	defaultMargin  = 0.05
	leastUses      = 20
	mostUses       = 1000
	// highestCeiling is where a baseline leaves no room to show a rise.
	highestCeiling = 0.95
	// supportChance is spent by each sign that only supports.
	supportChance = 0.01
)

// withDefaults fills unset fields.
func (o *Options) withDefaults() Options {
	var full Options
	if o != nil {
		full = *o
	}
	if full.Chance == 0 {
		full.Chance = defaultChance
	}
	if full.MinUses == 0 {
		full.MinUses = defaultMinUses
	}
	if full.Margin == 0 {
		full.Margin = defaultMargin
	}
	if len(full.Opens) == 0 {
		full.Opens = []Reason{NoClick, CouponReferrer}
	}
	full.Opens = slices.Clone(full.Opens)
	full.Baselines = slices.Clone(full.Baselines)
	return full
}

// faults are those of NewMonitor. Comparisons are written so that not-a-number fails.
func (o Options) faults() []*byline.FieldError {
	var faults []*byline.FieldError
	check := func(ok bool, path, code, message string) {
		if !ok {
			faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
		}
	}
	check(o.Chance > 0 && o.Chance <= 0.5, "chance", "options.chance", "must be above 0 and at most 0.5")
	check(o.MinUses >= leastUses && o.MinUses <= mostUses, "min_uses", "options.min_uses", "must be 20 to 1000")
	check(o.Margin > 0 && o.Margin <= 0.5, "margin", "options.margin", "must be above 0 and at most 0.5")
	for i, r := range o.Opens {
		path := fmt.Sprintf("opens[%d]", i)
		check(r.isSign(), path, "options.opens", "not a sign of a leak")
		check(!slices.Contains(o.Opens[:i], r), path, "options.opens", "the sign stands twice")
	}
	for i, b := range o.Baselines {
		path := fmt.Sprintf("baselines[%d]", i)
		check(attribution.NormalizeCode(b.Code) != "", path+".code", "options.baseline", "a baseline is of a code")
		check(b.Sign == NoClick || b.Sign == CouponReferrer, path+".sign", "options.baseline", "can be stated for no_click and coupon_referrer only")
		check(b.Ceiling > 0 && b.Ceiling <= highestCeiling, path+".ceiling", "options.baseline", "must be above 0 and at most 0.95")
		same := func(a Baseline) bool { return keyOf(a.Code, a.Creator) == keyOf(b.Code, b.Creator) && a.Sign == b.Sign }
		check(!slices.ContainsFunc(o.Baselines[:i], same), path, "options.baseline", "stated twice")
	}
	return faults
}

// chanceOf is what a sign may spend.
func (o *Options) chanceOf(r Reason) float64 {
	if slices.Contains(o.Opens, r) {
		return o.Chance / float64(len(o.Opens))
	}
	return supportChance
}

// ceilingOf returns a stated baseline.
func (o *Options) ceilingOf(k key, r Reason) (float64, bool) {
	for _, b := range o.Baselines {
		if b.Sign == r && keyOf(b.Code, b.Creator) == k {
			return b.Ceiling, true
		}
	}
	return 0, false
}
