package budget

import (
	"math"
	"math/rand/v2"

	"github.com/bylinehq/byline"
)

// Thompson says how a standing budget learns: each arm gets money as often as it may be
// the best one (Thompson 1933; in batches, probability matching). An arm of which little
// is known is tried because it may be good, not by a rule of thumb.
//
// Outcomes that come late slow the learning and do not bias it, as long as only trials
// whose outcome can be known are counted (see [Beta.Observe], [Gamma.Observe]). Until
// they come in the shares stay as they were, which is why dividing a period's budget is
// safer than choosing one arm again and again.
type Thompson struct {
	// Seed decides all draws: the same seed, arms and options give the same result.
	// Take another one each period.
	Seed uint64 `json:"seed"`
	// Draws is how often the arms are compared, from 1 to a million; 0 is
	// [DefaultDraws].
	Draws int `json:"draws,omitempty"`
	// Floor is the share of the budget that every arm gets whatever is known of it,
	// from 0 to one over the number of arms. Above 0 no arm can starve, which keeps the
	// door open for one that gets better.
	Floor float64 `json:"floor,omitempty"`
	// Step is what each amount must be a whole multiple of; the zero Money is one minor
	// unit.
	Step byline.Money `json:"step"`
}

// DefaultDraws compares arms to within about a hundredth of the budget.
const DefaultDraws = 4000

// maxDraws bounds the time that a division takes.
const maxDraws = 1_000_000

// ArmShare is what one arm gets.
type ArmShare struct {
	ID     string       `json:"id"`
	Best   float64      `json:"best"` // the share of draws in which the arm was the best
	Amount byline.Money `json:"amount"`
}

// Choose returns the index of the arm to use next: the best one of a single draw, or with
// a probability of [Thompson].Floor each any one. Faults are "budget.arms",
// "budget.arm_id", "budget.posterior", "budget.draws" and "budget.exploration".
func Choose(arms []Arm, options Thompson) (int, error) {
	if faults := append(checkArms(arms), options.check(len(arms))...); faults != nil {
		return 0, byline.Faults(faults)
	}
	source := rand.NewPCG(options.Seed, 0)
	if at := rand.New(source).Float64(); at < options.Floor*float64(len(arms)) {
		return min(int(at/options.Floor), len(arms)-1), nil
	}
	return best(arms, source), nil
}

// Divide divides the next period's budget between arms, in whole steps: each gets its
// floor, rounded down to a step, and of the rest the share of draws in which it was the best. The amounts sum to
// the total but for what is less than a step, which is returned as left. A floor above 0
// is at least one step. Faults are those of [Choose], "budget.total", "budget.step" and
// "budget.currency"; the floors must fit in the total, else "budget.floors_exceed_total".
// Time is O(draws · arms).
func Divide(arms []Arm, total byline.Money, options Thompson) (shares []ArmShare, left byline.Money, err error) {
	faults := append(checkArms(arms), options.check(len(arms))...)
	c := checker{currency: total.Currency()}
	if !c.currency.Known() || total.Sign() < 0 || total.Minor() > maxTotal {
		c.add("total", "budget.total", "must be an amount of at least 0 and at most 1e15 minor units")
	}
	step := c.amount("step", options.Step, 1)
	if step < 1 {
		c.add("step", "budget.step", "must be above 0")
	}
	if faults = append(faults, c.faults...); faults != nil {
		return nil, byline.Money{}, byline.Faults(faults)
	}
	steps := total.Minor() / step
	floor := options.floor(steps)
	rest := steps - floor*int64(len(arms))
	if rest < 0 {
		return nil, byline.Money{}, byline.Faults([]*byline.FieldError{fault("floor", "budget.floors_exceed_total", "the total has fewer steps than the arms need")})
	}
	wins := options.wins(arms)
	parts, err := byline.Minor(rest, c.currency).Split(wins...)
	if err != nil {
		return nil, byline.Money{}, err
	}
	var draws int64
	for _, w := range wins {
		draws += w
	}
	for i, a := range arms {
		amount := byline.Minor((floor+parts[i].Minor())*step, c.currency)
		shares = append(shares, ArmShare{ID: a.ID, Best: float64(wins[i]) / float64(draws), Amount: amount})
	}
	return shares, byline.Minor(total.Minor()-steps*step, c.currency), nil
}

func (o Thompson) check(arms int) (faults []*byline.FieldError) {
	if o.Draws < 0 || o.Draws > maxDraws {
		faults = append(faults, fault("draws", "budget.draws", "must be from 0 to a million"))
	}
	if !(o.Floor >= 0 && o.Floor*float64(arms) <= 1) {
		faults = append(faults, fault("floor", "budget.exploration", "must be from 0 to one over the number of arms"))
	}
	return faults
}

// floor is the steps that every arm gets.
func (o Thompson) floor(steps int64) int64 {
	if o.Floor == 0 || steps == 0 {
		return 0
	}
	return max(1, int64(math.Floor(o.Floor*float64(steps)+1e-9))) // 29% of 100 are 29
}

// wins counts in how many draws each arm was the best.
func (o Thompson) wins(arms []Arm) []int64 {
	draws := o.Draws
	if draws == 0 {
		draws = DefaultDraws
	}
	wins, source := make([]int64, len(arms)), rand.NewPCG(o.Seed, 0)
	for range draws {
		wins[best(arms, source)]++
	}
	return wins
}

// best draws once from every arm and returns the index of the highest. Among equals,
// as rates close to 1 often are once rounded, it draws lots.
func best(arms []Arm, source rand.Source) int {
	at, most, equals := 0, math.Inf(-1), uint64(1)
	for i, a := range arms {
		switch v := a.draw(source); {
		case v > most:
			at, most, equals = i, v, 1
		case v == most:
			if equals++; rand.New(source).Uint64N(equals) == 0 {
				at = i
			}
		}
	}
	return at
}
