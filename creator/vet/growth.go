package vet

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Defaults and minima of [Growth].
const (
	DefaultGrowthDays = 365
	// DefaultMinLeap is by how much a leap exceeds what is usual, as a share of the followers.
	DefaultMinLeap  = 0.005
	MinGrowthPoints = 30 // days of which the count is known
	MinRecentSteps  = 14 // in the last 30 days
	MaxGapDays      = 7  // between two known days
	// A change of pace lasts so many steps at least, and chance makes fewer than one in a thousand.
	minPaceSteps  = 14
	paceChance    = 0.001
	minPaceChange = 0.25
	trendSteps    = 14 // on each side
	fullWeeks     = 28 // days, before weekdays are told apart
	// Weekdays count where they take a fifth of the distances away.
	weekdaysExplain = 0.8
)

// GrowthOptions change how growth is read; nil, and what is not above 0, are the defaults.
type GrowthOptions struct {
	Days    int     `json:"days,omitempty"`     // looked back
	Cutoff  float64 `json:"cutoff,omitempty"`   // of the modified z-score, [DefaultCutoff]
	MinLeap float64 `json:"min_leap,omitempty"` // [DefaultMinLeap]
}

func (o *GrowthOptions) filled() GrowthOptions {
	filled := GrowthOptions{Days: DefaultGrowthDays, Cutoff: DefaultCutoff, MinLeap: DefaultMinLeap}
	if o == nil {
		return filled
	}
	if o.Days > 0 {
		filled.Days = min(o.Days, 36_500)
	}
	if o.Cutoff > 0 {
		filled.Cutoff = o.Cutoff
	}
	if o.MinLeap > 0 {
		filled.MinLeap = o.MinLeap
	}
	return filled
}

// Grown is how the followers of an account ran.
type Grown struct {
	Account    creator.Ref      `json:"account"`
	Rate       creator.Reading  `json:"rate"`
	Suspicious creator.Reading  `json:"suspicious"`
	Leaps      []Leap           `json:"leaps"`
	Paces      []Pace           `json:"paces"` // where the pace changed
	Findings   []byline.Finding `json:"findings"`
}

// Readings returns all readings.
func (g Grown) Readings() []creator.Reading { return []creator.Reading{g.Rate, g.Suspicious} }

// Leap is a run of days on which followers changed far more than usual.
type Leap struct {
	During byline.Window `json:"during"`
	Change float64       `json:"change"` // of followers; below 0 for a loss
	Excess float64       `json:"excess"` // Change without what was usual
	Share  float64       `json:"share"`  // Change over the followers before
	Z      float64       `json:"z"`      // the largest modified z-score of its days
	Class  LeapClass     `json:"class"`
	// Reasons are what speaks for the class, in words; Posts are the ids near it.
	Reasons []string `json:"reasons"`
	Posts   []string `json:"posts,omitempty"`
}

// LeapClass is what else happened around a leap. None is a verdict: a press article leaves
// no post and looks like a purchase.
type LeapClass string

// Classes of leaps.
const (
	OrganicSpike LeapClass = "organic_spike" // a post nearby was seen far more than usual
	Suspicious   LeapClass = "suspicious"    // no post nearby, and followers left slowly afterwards
	Unexplained  LeapClass = "unexplained"   // the facts do not tell
)

// Pace is a lasting change of how fast followers come. Rates are the median relative
// change a day.
type Pace struct {
	At     time.Time `json:"at"` // first day of the new pace
	Before float64   `json:"before"`
	After  float64   `json:"after"`
	Chance float64   `json:"chance"` // that no change looks like this
}

// Growth reads the follower series of an account up to a time.
//
// The last known count of each day in UTC stands for the day. What happened over a gap is
// spread evenly on its days, which hides a leap inside it; a gap of more than [MaxGapDays]
// is left out, and "growth.gap" says so. A day leaps where its change, less what its
// weekday brings more than others, where four weeks show that it does, and less the median
// of 14 steps on each side, has a modified z-score above the cutoff and exceeds what is
// usual by MinLeap of the followers. Where changes are only noise of that size, about one
// day in 800 still leaps. Pettitt's test finds lasting changes of pace; those by less than
// a quarter are not named.
//
// A leap is an [OrganicSpike] where a post within 2 days that was not boosted had 1.5
// times the median views; [Suspicious] where the posts are known to reach around it, none
// is within 2 days, and a tenth or more of the leap was lost in the 30 days after, day by
// day, though followers did not fall before; [Unexplained] otherwise. Those who were bought
// and leave while as many others come are not told from those who stay.
//
// Where counts are rounded to 3 digits, by their definition or as all of them show, the
// rate is from end to end and leaps below 3 units are not seen: "growth.rounded". Readings
// are refused as "growth.too_few_points" below [MinGrowthPoints] days,
// "growth.too_few_recent" below [MinRecentSteps], "growth.no_followers" and
// "growth.no_gain".
//
// Further findings: "growth.definitions_mixed", "growth.point", "growth.no_variation"
// where all steps are equal, "growth.leap" (info, or a warning where it is suspicious),
// "growth.pace", and "growth.follow_unfollow" where the count of followed accounts swings
// up and down, twice or more, by 50 and 5% at least.
func Growth(d *creator.Dossier, on creator.Ref, at time.Time, o *GrowthOptions) Grown {
	if d == nil {
		d = &creator.Dossier{}
	}
	options := o.filled()
	within := byline.Window{Start: at.Add(-time.Duration(options.Days) * day), End: at.Add(1)}
	g := growth{frame: frame{on.Platform, at}, options: options, series: dailyOf(d, on, creator.FollowerCount, within)}
	steps, gaps := g.series.steps()
	g.steps, g.unit, g.findings = steps, g.series.unit(), g.series.findings
	if gaps > 0 {
		g.say(info("growth.gap", fmt.Sprintf("%d gaps of more than %d days are left out", gaps, MaxGapDays)))
	}
	if g.unit > 0 {
		g.say(info("growth.rounded", fmt.Sprintf(
			"the counts are rounded to %.0f, so leaps below %.0f are not seen and a day's change is not known", g.unit, 3*g.unit)))
	}
	grown := Grown{Account: on}
	if g.refusal() == nil {
		grown.Leaps = g.leaps(signalsOf(d, on, at))
		grown.Paces = g.paces()
	}
	g.followUnfollow(dailyOf(d, on, creator.FollowingCount, within))
	grown.Rate, grown.Suspicious = g.rate(), g.suspicious(grown.Leaps)
	grown.Findings, grown.Rate.Findings = g.findings, g.findings
	for _, f := range g.findings {
		if f.Code == "growth.leap" {
			grown.Suspicious.Findings = append(grown.Suspicious.Findings, f)
		}
	}
	return grown
}

// growth is one call of [Growth].
type growth struct {
	frame

	options  GrowthOptions
	series   daily
	steps    []step
	unit     float64 // 0: not rounded
	findings []byline.Finding
}

func (g *growth) say(f byline.Finding) { g.findings = append(g.findings, f) }

func (g *growth) refusal() *byline.RefusalError {
	if n := len(g.series.days); n < MinGrowthPoints || len(g.steps) < minPaceSteps {
		return &byline.RefusalError{
			Code: "growth.too_few_points", Have: float64(n), Need: MinGrowthPoints,
			Message: fmt.Sprintf("the followers are known of %d days; %d without large gaps are needed", n, MinGrowthPoints),
		}
	}
	return nil
}

// rate is the median change of a day over 30 days as a share of the latest count.
func (g *growth) rate() creator.Reading {
	statistic := "median"
	if g.unit > 0 {
		statistic = "end-to-end"
	}
	definition := fmt.Sprintf("%s{change/day}/followers;%s;days=30;followers=%s;v1", GrowthRate, statistic, g.series.definition)
	if no := g.refusal(); no != nil {
		return g.refuse(GrowthRate, definition, no)
	}
	recent := g.steps
	for len(recent) > 0 && !recent[0].from.After(g.at.Add(-31*day)) {
		recent = recent[1:]
	}
	if n := len(recent); n < MinRecentSteps {
		return g.refuse(GrowthRate, definition, &byline.RefusalError{
			Code: "growth.too_few_recent", Have: float64(n), Need: MinRecentSteps,
			Message: fmt.Sprintf("%d changes are known of the last 30 days, %d are needed", n, MinRecentSteps),
		})
	}
	followers := recent[len(recent)-1].after
	if followers <= 0 {
		return g.refuse(GrowthRate, definition, &byline.RefusalError{
			Code: "growth.no_followers", Message: "an account without followers has no rate of growth", Have: float64(len(recent)),
		})
	}
	value, bounds := g.pace(recent)
	r := g.reading(GrowthRate, definition, value/followers, len(recent))
	r.Window = byline.Window{Start: recent[0].from, End: recent[len(recent)-1].to.Add(day)}
	return between(r, interval{bounds.low / followers, bounds.high / followers, bounds.known})
}

// pace is the change of a day. Rounded counts stand still on most days and leap on others,
// so that only both ends tell, whatever gaps lie between them. Each is off by half a unit
// at most, or by a whole one the same way where counts are cut.
func (g *growth) pace(steps []step) (float64, interval) {
	if g.unit > 0 {
		first, last := steps[0], steps[len(steps)-1]
		days := last.to.Sub(first.from).Hours() / 24
		value := (last.after - first.before) / days
		return value, interval{value - g.unit/days, value + g.unit/days, true}
	}
	changes := perDay(steps)
	slices.Sort(changes)
	return sortedMedian(changes), orderInterval(changes, 1-Level)
}

func perDay(steps []step) []float64 {
	changes := make([]float64, len(steps))
	for i, s := range steps {
		changes[i] = s.perDay()
	}
	return changes
}

// weekdays are the phases of steps; one over a gap belongs to no weekday.
func weekdays(steps []step) []int {
	phases := make([]int, len(steps))
	for i, s := range steps {
		phases[i] = -1
		if s.days == 1 {
			phases[i] = int(s.to.Weekday())
		}
	}
	return phases
}

// withoutWeekdays takes the weekday's usual from each value, where four weeks are known
// and the weekdays explain something: with a handful of each, taking away what is only
// noise would make the rest look calmer than it is, and every other day a leap.
func (g *growth) withoutWeekdays(values []float64) []float64 {
	if g.steps[len(g.steps)-1].to.Sub(g.steps[0].from) < fullWeeks*day {
		return values
	}
	rest := deseasoned(values, weekdays(g.steps))
	if ninthDecile(rest) > weekdaysExplain*ninthDecile(values) {
		return values
	}
	return rest
}

// ninthDecile is of the distances from the median. It sees one weekday of seven, which
// the median of the distances does not, and no single leap.
func ninthDecile(values []float64) float64 {
	median := sortedMedian(sortedCopy(values))
	off := make([]float64, len(values))
	for i, x := range values {
		off[i] = math.Abs(x - median)
	}
	slices.Sort(off)
	return sortedQuantile(off, 0.9)
}

// suspicious is the share of all gains that came in suspicious leaps. Its bounds count none
// and all of the leaps that nothing explains as well, so they have no level.
func (g *growth) suspicious(leaps []Leap) creator.Reading {
	definition := fmt.Sprintf("%s{excess of suspicious leaps}/gains;z>%g;leap>=%g;days=%d;followers=%s;v1",
		SuspiciousGrowth, g.options.Cutoff, g.options.MinLeap, g.options.Days, g.series.definition)
	if no := g.refusal(); no != nil {
		return g.refuse(SuspiciousGrowth, definition, no)
	}
	var gains, odd, open float64
	for _, s := range g.steps {
		gains += math.Max(0, s.total())
	}
	if gains <= 0 {
		return g.refuse(SuspiciousGrowth, definition, &byline.RefusalError{
			Code: "growth.no_gain", Message: "no followers came in the window", Have: float64(len(g.steps)),
		})
	}
	for _, l := range leaps {
		excess := math.Min(math.Max(0, l.Excess), math.Max(0, l.Change))
		switch l.Class {
		case Suspicious:
			odd += excess
		case Unexplained:
			open += excess
		}
	}
	r := g.reading(SuspiciousGrowth, definition, math.Min(1, odd/gains), len(g.steps))
	r.Low, r.High = new(math.Min(1, odd/gains)), new(math.Min(1, (odd+open)/gains))
	r.Window = byline.Window{Start: g.steps[0].from, End: g.steps[len(g.steps)-1].to.Add(day)}
	return r
}

func (g *growth) paces() []Pace {
	rates := make([]float64, len(g.steps))
	for i, s := range g.steps {
		rates[i] = (math.Log1p(s.after) - math.Log1p(s.before)) / s.days
	}
	found := changes(g.withoutWeekdays(rates), minPaceSteps, paceChance)
	var paces []Pace
	for i, c := range found {
		from, to := 0, len(rates)
		if i > 0 {
			from = found[i-1].at
		}
		if i+1 < len(found) {
			to = found[i+1].at
		}
		p := Pace{At: g.steps[c.at].to, Chance: c.chance}
		p.Before = math.Expm1(sortedMedian(sortedCopy(rates[from:c.at])))
		p.After = math.Expm1(sortedMedian(sortedCopy(rates[c.at:to])))
		if math.Abs(p.After-p.Before) < minPaceChange*math.Max(math.Abs(p.Before), math.Abs(p.After)) {
			continue
		}
		paces = append(paces, p)
		g.say(info("growth.pace", fmt.Sprintf("since %s followers change by %.3f%% a day, before by %.3f%%",
			p.At.Format(time.DateOnly), 100*p.After, 100*p.Before)))
	}
	return paces
}

func (g *growth) followUnfollow(following daily) {
	if len(following.values) < MinGrowthPoints {
		return
	}
	size := math.Max(50, 0.05*sortedMedian(sortedCopy(following.values)))
	if n := turns(following.values, size); n >= 3 {
		g.say(warning("growth.follow_unfollow", fmt.Sprintf(
			"the number of followed accounts turned around %d times by %.0f or more, as where one follows to be followed and leaves again", n, size)))
	}
}
