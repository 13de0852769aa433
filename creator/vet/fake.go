package vet

import (
	"cmp"
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// MinFollowers is how many followers a sample must have of which the rule could decide:
// with 100, the interval of what is named is up to 10 points wide on either side.
const MinFollowers = 100

// FakeOptions change how followers are read; nil and the zero value are the defaults.
type FakeOptions struct {
	Rule  FollowerRule // nil is [DefaultAccountRule]
	Level float64      // of the interval of what is named, above 0 and below 1; 0 is 0.95
	// MinFollowers raises the least sample; below [MinFollowers] it changes nothing.
	MinFollowers int
	// Baseline is the share that the caller takes for usual among such accounts, 0 to 1. nil
	// compares with nothing: no share is usual everywhere.
	Baseline *float64
}

// FakeFollowers estimates the share of an account's followers that nobody uses: the share
// that a rule names, corrected for how often the rule is wrong. Low and High take the
// interval of what was named through every sensitivity and specificity of the calibration.
// They count accounts of which the rule cannot decide as real and as fake.
//
// The error has the faults of the calibration, and "fake.level" and "fake.baseline" of the
// options. The reading is refused as "fake.no_sample"; "fake.other_rule" where the
// calibration measured another rule; "fake.no_better_than_chance" where sensitivity and
// specificity may make up no more than 1; "fake.too_few".
//
// Findings are "fake.caveat" of the calibration, "fake.not_random", "fake.population" where there
// are fewer followers than were looked at, "fake.undetermined",
// "fake.below_false_alarms" where no more is named than the rule names among real accounts,
// "fake.other_accounts" where no rates of the calibration explain what is named,
// and "fake.above_baseline" where even Low is above the baseline, or "fake.not_above_baseline".
// None of them says what an account did: bought followers come to those who never paid too.
func FakeFollowers(s *FollowerSample, c Calibration, o *FakeOptions) (creator.Reading, error) {
	filled := o.filled()
	if err := byline.Faults(append(byline.Nest("calibration", c.Validate()), filled.faults()...)); err != nil {
		return creator.Reading{}, err
	}
	return filled.read(s, c), nil
}

func (o *FakeOptions) filled() FakeOptions {
	var f FakeOptions
	if o != nil {
		f = *o
	}
	if f.Rule == nil {
		f.Rule = DefaultAccountRule()
	}
	f.Level = cmp.Or(f.Level, 0.95)
	f.MinFollowers = max(MinFollowers, f.MinFollowers)
	return f
}

func (o FakeOptions) faults() []*byline.FieldError {
	var faults []*byline.FieldError
	if !(o.Level > 0 && o.Level < 1) {
		faults = append(faults, &byline.FieldError{Path: "level", Code: "fake.level", Message: "a level is above 0 and below 1"})
	}
	if b := o.Baseline; b != nil && !(*b >= 0 && *b <= 1) {
		faults = append(faults, &byline.FieldError{Path: "baseline", Code: "fake.baseline", Message: "a baseline is a share from 0 to 1"})
	}
	return faults
}

// named counts what a rule says of a sample.
type named struct{ fake, real, open int }

func (o FakeOptions) count(s *FollowerSample) (n named) {
	for i := range s.Followers {
		switch o.Rule.Judge(s.Followers[i]).State {
		case creator.Failed:
			n.fake++
		case creator.Passed:
			n.real++
		default:
			n.open++
		}
	}
	return n
}

func (o FakeOptions) read(s *FollowerSample, c Calibration) creator.Reading {
	if s == nil {
		return fakeRefused(creator.Ref{}, time.Time{}, FakeShare+"{v1}", fitRefusal("fake.no_sample", "no sample of the followers was looked at"))
	}
	definition := fmt.Sprintf("%s{rogan_gladen;rule=%s;calibration=%s;v1}", FakeShare, o.Rule.ID(), c.Name)
	n := o.count(s)
	refusal := o.refusal(n, c)
	if refusal != nil {
		r := fakeRefused(s.Account, s.At, definition, refusal)
		r.Count, r.Source, r.Findings = n.fake+n.real, fakeSource(s, c), fakeCaveats(s, c, n)
		return r
	}
	q := float64(n.fake) / float64(n.fake+n.real)
	lowest, highest := o.interval(s, n, c)
	least, most := c.bounds(lowest, highest)
	value := min(most, max(least, corrected(q, c.Sensitivity.Value, c.Specificity.Value)))
	r := creator.Reading{
		Metric: FakeShare, Platform: s.Account.Platform, Value: byline.Known(value, definition, s.At),
		Low: &least, High: &most, Level: o.Level, Count: n.fake + n.real, Source: fakeSource(s, c),
		Findings: fakeCaveats(s, c, n),
	}
	if q <= 1-c.Specificity.Value {
		r.Findings = append(r.Findings, fitFinding("fake.below_false_alarms", byline.Info,
			"the rule names %s, and it names %s even of real accounts: this cannot be told from none", percent(q), percent(1-c.Specificity.Value)))
	}
	if c.explainsNot(lowest, highest) {
		r.Findings = append(r.Findings, fitFinding("fake.other_accounts", byline.Warning,
			"the rule names %s, which no rates of the calibration explain: these accounts are unlike those it was measured on, and the bounds are widened", percent(q)))
	}
	r.Findings = append(r.Findings, o.beside(value, least)...)
	return r
}

// interval bounds the share that the rule names among accounts like the followers.
func (o FakeOptions) interval(s *FollowerSample, n named, c Calibration) (low, high float64) {
	bound := func(named int) (low, high float64) {
		seen := float64(n.fake + n.real + n.open)
		share := float64(named) / seen
		if left := c.noise(share, s.notSeen()); left > 0 {
			return scoreInterval(share, seen/left, o.Level)
		}
		return share, share // everybody was looked at, and the rule is never wrong
	}
	low, _ = bound(n.fake)
	_, high = bound(n.fake + n.open)
	return low, high
}

// noise is what is left of the variance of the share that is named, where only a part of
// all followers was not seen. Seeing them all leaves that the rule is wrong by chance,
// now more often and now less often than its rates say.
func (c Calibration) noise(named, notSeen float64) float64 {
	// Of the variance q(1-q), so much is that of who is fake: (Se+Sp-1)² p(1-p).
	drawn := max(0, named+c.Specificity.Low-1) * max(0, c.Sensitivity.Low-named)
	if drawn == 0 {
		return 1
	}
	return 1 - (1-notSeen)*min(1, drawn/(named*(1-named)))
}

// notSeen is the part of the variance that drawing without putting back leaves: 1 where it
// is not known how many followers there are, 0 where all were looked at.
func (s *FollowerSample) notSeen() float64 {
	seen := float64(len(s.Followers))
	all, known := s.Population.Value()
	if !known || all < seen || all <= 1 || (!s.Random && all > seen) {
		return 1
	}
	return (all - seen) / (all - 1)
}

func (o FakeOptions) refusal(n named, c Calibration) *byline.RefusalError {
	switch decided := n.fake + n.real; {
	case c.Rule != o.Rule.ID():
		return fitRefusal("fake.other_rule", "the calibration measured another rule than the one in use")
	case !c.tells():
		return &byline.RefusalError{
			Code: "fake.no_better_than_chance", Message: "by its calibration the rule may be no better than chance: sensitivity and specificity do not make up more than 1",
			Have: c.Sensitivity.Low + c.Specificity.Low, Need: 1,
		}
	case decided < o.MinFollowers:
		return &byline.RefusalError{
			Code: "fake.too_few", Message: "too few followers of which the rule could decide", Have: float64(decided), Need: float64(o.MinFollowers),
		}
	}
	return nil
}

func fakeSource(s *FollowerSample, c Calibration) string {
	source := "calibration " + c.Name
	if !c.At.IsZero() {
		source += " of " + c.At.Format(time.DateOnly)
	}
	source += ", " + c.Source
	if s.Source != "" {
		source = s.Source + "; " + source
	}
	return source
}

func fakeCaveats(s *FollowerSample, c Calibration, n named) []byline.Finding {
	var all []byline.Finding
	if c.Caveat != "" {
		all = append(all, fitFinding("fake.caveat", byline.Warning, "calibration %s: %s", c.Name, c.Caveat))
	}
	size, sized := s.Population.Value()
	if !s.Random && !(sized && size == float64(len(s.Followers))) {
		all = append(all, fitFinding("fake.not_random", byline.Warning,
			"the sample was not drawn at random, so that its interval says nothing about the followers who were not looked at"))
	}
	if sized && size < float64(len(s.Followers)) {
		all = append(all, fitFinding("fake.population", byline.Warning,
			"the sample has more accounts than there are followers; the number of followers is not used"))
	}
	if n.open > 0 {
		all = append(all, fitFinding("fake.undetermined", byline.Info,
			"of %d accounts too little is known to decide; they are left out of the value, and the bounds count them as real and as fake", n.open))
	}
	return all
}

// beside compares with what the caller takes for usual.
func (o FakeOptions) beside(value, least float64) []byline.Finding {
	switch b := o.Baseline; {
	case b == nil || value <= *b:
		return nil
	case least > *b:
		return []byline.Finding{fitFinding("fake.above_baseline", byline.Warning,
			"at least %s by this estimate, above the %s that were set as usual: ask where the followers came from", percent(least), percent(*b))}
	default:
		return []byline.Finding{fitFinding("fake.not_above_baseline", byline.Info,
			"above the %s that were set as usual, but it may as well be %s: a larger sample would tell", percent(*b), percent(least))}
	}
}

func fakeRefused(on creator.Ref, at time.Time, definition string, why *byline.RefusalError) creator.Reading {
	missing := byline.TooFew
	if why.Code == "fake.no_sample" {
		missing = byline.NotCollected
	}
	return creator.Reading{Metric: FakeShare, Platform: on.Platform, Value: byline.Missing(missing, definition, at), Refusal: why}
}
