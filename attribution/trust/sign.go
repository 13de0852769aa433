package trust

// State is how far the watch over one sign has come.
type State string

// States of a sign.
const (
	Learning State = "learning" // too few uses for a baseline
	Watching State = "watching" // no rise so far, which is not proof that there is none
	NoRoom   State = "no_room"  // the baseline is so high that no rise could show
	Risen    State = "risen"    // above the ceiling by more than chance; it stays so
)

// sign watches one share of one code.
type sign struct {
	reason    Reason
	chance    float64 // what it may spend: half for the baseline, half for the rise
	need      int64   // of a baseline
	stated    bool    // the baseline is the caller's
	state     State
	base      Tally
	ceiling   float64
	judged    Tally
	rise      rise
	strongest float64
	start     mark // of the rise
}

func newSign(k key, r Reason, o *Options) sign {
	s := sign{reason: r, chance: o.chanceOf(r), need: int64(o.MinUses), state: Learning}
	switch r {
	case NewRegions:
		s.need = int64(o.MinUses / 2) // the first half says which regions are known
	case BusyDays:
		s.need = learningDays
	}
	if ceiling, ok := o.ceilingOf(k, r); ok {
		s.stated = true
		s.watch(ceiling)
	}
	return s
}

func (s *sign) watch(ceiling float64) {
	s.ceiling, s.state = ceiling, Watching
	if ceiling > highestCeiling {
		s.state = NoRoom
		return
	}
	s.rise = newRise(ceiling)
}

// observe takes one more use, or day. before is where the code stood in front of it.
func (s *sign) observe(hit bool, before mark, margin float64) {
	switch s.state {
	case NoRoom:
		return
	case Learning:
		s.base.count(hit)
		if s.base.Of == s.need {
			s.watch(upperBound(s.base.Hits, s.base.Of, s.chance/2) + margin)
		}
		return
	}
	before.judged = s.judged
	s.rise.judge(hit, &before)
	s.judged.count(hit)
	s.strongest = max(s.strongest, s.rise.strength())
	if s.state == Watching && s.strongest >= 2/s.chance {
		s.state = Risen
		s.start.set(s.rise.likeliest())
	}
}

// now is what was counted since the rise began, or since the baseline.
func (s *sign) now() Tally {
	if s.state == Risen {
		return s.judged.less(s.start.judged)
	}
	return s.judged
}

// reached bounds how likely an unchanged code gets as far.
func (s *sign) reached() float64 {
	if s.strongest <= 1 {
		return 1
	}
	bound := 1 / s.strongest
	if !s.stated {
		bound += s.chance / 2
	}
	return min(bound, 1)
}
