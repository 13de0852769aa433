package lift

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/bylinehq/byline"
)

// MarketOptions tune [RankMarkets]. Nil and the zero value are the documented defaults.
type MarketOptions struct {
	// Sizes are how many units may be treated together, default 1 and 2, or as many as are
	// included and one more; the larger only where it leaves two others to compare with.
	Sizes []int `json:"sizes,omitzero"`
	// Include are units that must be treated, Exclude those that must not. An excluded unit
	// may still be compared with.
	Include []string `json:"include,omitzero"`
	Exclude []string `json:"exclude,omitzero"`
	// MaxSets is how many sets of each size are fitted, default [DefaultMaxSets]. Where there
	// are more, every unit starts one set and takes in those that move most like it.
	MaxSets int `json:"max_sets,omitzero"`
	// Keep is how many of the sets, the best fitted ones, are tried for power, default 10.
	Keep int `json:"keep,omitzero"`
	// Power tunes the trials.
	Power *GeoPowerOptions `json:"power,omitzero"`
}

// DefaultMaxSets is how many sets of each size [RankMarkets] fits.
const DefaultMaxSets = 500

const defaultKeep = 10

// MarketRanking orders sets of units by what a campaign in them could show.
type MarketRanking struct {
	Markets     []GeoPowerResult `json:"markets"`            // the best first
	Fitted      int              `json:"fitted"`             // sets whose fit was looked at
	LeftOut     int              `json:"left_out,omitempty"` // sets that GeoPower refused, as those that never sell
	Exhaustive  bool             `json:"exhaustive"`
	WouldChange []byline.Finding `json:"would_change"`
}

// RankMarkets looks for the units in which a campaign would show best. It fits sets of
// units against the others over the whole history, tries the best fitted ones with
// [GeoPower], and orders them: those that are not wrong too often where nothing happened
// first, then by the smallest detectable effect, the misfit, and the names.
//
// Faults are those of [GeoPower], "panel.treated" for units that are not in the table, and
// "geo.sizes" for a size that leaves fewer than two units to compare with or that the
// included ones exceed, "geo.max_sets" and "geo.keep" for limits below one or above a million. A set that
// GeoPower refuses for its own outcomes is left out; "geo.few_periods" holds for all.
func RankMarkets(history PanelData, opts *MarketOptions) (MarketRanking, error) {
	o, power, err := opts.checked(history)
	if err != nil {
		return MarketRanking{}, err
	}
	search := newMarketSearch(history, o)
	r := MarketRanking{Markets: []GeoPowerResult{}, Exhaustive: true}
	var candidates []marketSet
	for _, size := range o.Sizes {
		sets, all := search.sets(size)
		r.Exhaustive = r.Exhaustive && all
		for _, set := range sets {
			candidates = append(candidates, search.fitted(set, power.Method))
		}
	}
	r.Fitted = len(candidates)
	slices.SortStableFunc(candidates, func(a, b marketSet) int {
		return cmp.Or(cmp.Compare(a.misfit, b.misfit), slices.Compare(a.units, b.units))
	})
	for _, c := range candidates {
		if len(r.Markets) == o.Keep {
			break
		}
		if err := r.add(geoPower(history, search.panel.names(c.units), power)); err != nil {
			return MarketRanking{}, err
		}
	}
	slices.SortStableFunc(r.Markets, byMarket)
	r.WouldChange = r.findings()
	return r, nil
}

// add takes a set in, or counts it as left out where the refusal is about its outcomes.
func (r *MarketRanking) add(result GeoPowerResult, err error) error {
	var refused *byline.RefusalError
	switch {
	case err == nil:
		r.Markets = append(r.Markets, result)
	case errors.As(err, &refused) && refused.Code != "geo.few_periods":
		r.LeftOut++
	default:
		return err
	}
	return nil
}

func (opts *MarketOptions) checked(history PanelData) (MarketOptions, GeoPowerOptions, error) {
	var o MarketOptions
	if opts != nil {
		o = *opts
	}
	power, faults := o.Power.checked()
	for _, f := range faults {
		f.Path = "power." + f.Path
	}
	o.MaxSets, o.Keep = orDefault(o.MaxSets, DefaultMaxSets), orDefault(o.Keep, defaultKeep)
	if len(o.Sizes) == 0 {
		least := max(1, len(o.Include))
		if o.Sizes = []int{least}; least+1 <= min(len(history.Units)-2, len(history.Units)-len(o.Exclude)) {
			o.Sizes = append(o.Sizes, least+1)
		}
	}
	faults = slices.Concat(faults, historyTableFaults(history),
		memberFaults(o.Include, history.Units, "include"), memberFaults(o.Exclude, history.Units, "exclude"))
	for i, size := range o.Sizes {
		free := len(history.Units) - len(o.Exclude)
		if size < max(1, len(o.Include)) || size > len(history.Units)-2 || size > free {
			faults = append(faults, fault(fmt.Sprintf("sizes[%d]", i), "geo.sizes",
				"the size must hold the included units and leave two others to compare with"))
		}
	}
	for i, name := range o.Include {
		if slices.Contains(o.Exclude, name) {
			faults = append(faults, fault(fmt.Sprintf("include[%d]", i), "panel.treated", "it is excluded as well"))
		}
	}
	if o.MaxSets < 1 || o.MaxSets > mostDraws {
		faults = append(faults, fault("max_sets", "geo.max_sets", "from one to a million"))
	}
	if o.Keep < 1 || o.Keep > mostDraws {
		faults = append(faults, fault("keep", "geo.keep", "from one to a million"))
	}
	return o, power, byline.Faults(faults)
}

type marketSet struct {
	units  []int
	misfit float64
}

type marketSearch struct {
	panel   *Panel
	include []int
	free    []int // units that may be treated and need not
	maxSets int
}

func newMarketSearch(history PanelData, o MarketOptions) marketSearch {
	s := marketSearch{panel: newPanel(history), maxSets: o.MaxSets}
	for i, unit := range history.Units {
		switch {
		case slices.Contains(o.Include, unit):
			s.include = append(s.include, i)
		case !slices.Contains(o.Exclude, unit):
			s.free = append(s.free, i)
		}
	}
	return s
}

// sets returns sets of one size, and whether they are all there are.
func (s marketSearch) sets(size int) ([][]int, bool) {
	more := size - len(s.include)
	if ways(len(s.free), more, s.maxSets) > s.maxSets {
		return s.grown(more), false
	}
	var sets [][]int
	for _, chosen := range allSets(len(s.free), more) {
		set := slices.Clone(s.include)
		for _, k := range chosen {
			set = append(set, s.free[k])
		}
		slices.Sort(set)
		sets = append(sets, set)
	}
	return sets, true
}

// grown starts a set with every unit in turn, up to maxSets, and adds the unit that
// correlates most with the mean of the set.
func (s marketSearch) grown(more int) [][]int {
	var sets [][]int
	for _, seed := range s.free[:min(s.maxSets, len(s.free))] {
		set := append(slices.Clone(s.include), seed)
		for range more - 1 {
			set = append(set, s.likest(set))
		}
		slices.Sort(set)
		if !slices.ContainsFunc(sets, func(other []int) bool { return slices.Equal(other, set) }) {
			sets = append(sets, set)
		}
	}
	return sets
}

func (s marketSearch) likest(set []int) int {
	mean := meanOf(s.panel.data.Outcomes, set)
	best, most := -1, math.Inf(-1)
	for _, unit := range s.free {
		if slices.Contains(set, unit) {
			continue
		}
		if like := correlation(mean, s.panel.data.Outcomes[unit]); like > most {
			best, most = unit, like
		}
	}
	return best
}

// correlation of two series, 0 where one does not move.
func correlation(a, b []float64) float64 {
	a, b = slices.Clone(a), slices.Clone(b)
	takeOutMean(a)
	takeOutMean(b)
	size := math.Sqrt(inner(a, a)) * math.Sqrt(inner(b, b))
	if size == 0 {
		return 0
	}
	return inner(a, b) / size
}

// fitted measures how well the other units follow a set over the whole history. One that
// cannot be measured comes last.
func (s marketSearch) fitted(set []int, method PanelMethod) marketSet {
	var others []int
	for i := range s.panel.data.Units {
		if !slices.Contains(set, i) {
			others = append(others, i)
		}
	}
	c := s.panel.compare(set, others, PanelOptions{})
	c.start = len(c.treated)
	misfit, ok := c.fit(method, nil).misfit(c)
	if !ok {
		misfit = math.MaxFloat64
	}
	return marketSet{units: set, misfit: misfit}
}

func byMarket(a, b GeoPowerResult) int {
	return cmp.Or(
		cmp.Compare(truth(a.tooManyFalse()), truth(b.tooManyFalse())),
		cmp.Compare(a.mdeOr(math.MaxFloat64), b.mdeOr(math.MaxFloat64)),
		cmp.Compare(a.Misfit, b.Misfit),
		slices.Compare(a.Treated, b.Treated))
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (r GeoPowerResult) mdeOr(none float64) float64 {
	if r.MDE == nil {
		return none
	}
	return *r.MDE
}

// findings: "geo.search" says that not every set was looked at, "geo.kept" that only the
// best fitted ones were tried, "geo.left_out" that some cannot be, "geo.tie" that the first two cannot be told apart, and
// "geo.no_market" that nothing tried would show.
func (r MarketRanking) findings() []byline.Finding {
	var found []byline.Finding
	if !r.Exhaustive {
		found = append(found, finding("geo.search", byline.Info, "fitted",
			"there are more sets than were looked at; another may do better"))
	}
	if r.LeftOut > 0 {
		found = append(found, finding("geo.left_out", byline.Info, "left_out", fmt.Sprintf(
			"%s left out: there the outcome never moves, or is not above 0", counted(r.LeftOut, "set"))))
	}
	if len(r.Markets)+r.LeftOut < r.Fitted {
		found = append(found, finding("geo.kept", byline.Info, "markets", fmt.Sprintf(
			"only the %d best fitted of %d sets were tried", len(r.Markets), r.Fitted)))
	}
	if len(r.Markets) == 0 || r.Markets[0].MDE == nil {
		return append(found, finding("geo.no_market", byline.Warning, "markets", "no set that was tried would show an effect reliably"))
	}
	if len(r.Markets) > 1 && r.Markets[1].mdeOr(-1) == *r.Markets[0].MDE {
		found = append(found, finding("geo.tie", byline.Info, "markets",
			"the first two find the same effect; they are ordered by fit, and other grounds may decide"))
	}
	return found
}

// Explain says the result in plain English. The wording may change.
func (r MarketRanking) Explain() string {
	if len(r.Markets) == 0 {
		return "No set of units was tried."
	}
	return fmt.Sprintf("Of %d sets that were looked at, the best one: %s", r.Fitted, r.Markets[0].Explain())
}
