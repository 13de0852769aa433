package multitouch

import (
	"fmt"

	"github.com/bylinehq/byline"
)

// Shapley credits by the Shapley value of a game whose players are the channels:
//
//	phi_i = sum over S without i of |S|! (n-|S|-1)! / n! * (v(S+i) - v(S))
//
// (Shapley, A Value for n-Person Games, 1953). The formula is one; what differs between
// tools is v, and the credit differs with it, even in sign. So the variant has to be named.
//
// Raw is phi, Share is phi by the sum of all phi, and Conversions is Share of the
// conversions; a negative phi stays negative. The value has a game of its own, in which v
// counts minor units instead of conversions: RawValue is its phi, in minor units, and by
// journey where v is a rate.
//
// Refusals are "shapley.cancelled" where phi nearly cancel, so that less than 1e-9 of what
// they amount to is left to share out; "shapley.value", of the value alone, where its phi
// do, or where a channel's part is more than Money holds; "shapley.players" for more channels than can be played exactly, where Samples is 0, or
// than a chain of the order can tell apart; "shapley.unsolved" for a chain of order 2 to 4
// that hardly ever ends; and "shapley.totals" for a tally merged from bytes whose counts
// contradict its totals.
//
// Two rules that go by this name are not here. The rate of journeys whose channels are
// exactly S, played by all channels, is 0 for a grand coalition that nobody has seen whole,
// and what sums to 0 shares out nothing. And fractribution's "shapley", which snowplow
// ships too, compares a path with the same path less one touch, drops what is negative and
// rescales the rest: that is one difference instead of the mean over all coalitions, and
// neither efficient nor symmetric (their code was read on 2026-11-22).
type Shapley struct {
	Variant Variant `json:"variant"`
	// Size is how many distinct channels of a journey JourneyRate and JourneyRateOrdered
	// look at, at most 64; 4 when 0, as in DP6. A journey of many takes time by 2^Size or by
	// the number of distinct journeys, whichever is less.
	Size int `json:"size,omitempty"`
	// Cut says which of more channels JourneyRate keeps.
	Cut Cut `json:"cut,omitempty"`
	// Order is that of the chain of a MarkovGame, 1 to 4; 1 when 0.
	Order int `json:"order,omitempty"`
	// Samples is how many orders of the players SubsetRate and MarkovGame draw where there
	// are too many players to be exact: 100 to 1,000,000, in pairs of an order and its
	// reverse. With 0 they refuse instead. Fewer players are always exact. An order takes
	// SubsetRate time by the distinct sets of channels, MarkovGame of order 1 by the cube of
	// the channels, and one of a higher order as many chains as there are channels.
	Samples int    `json:"samples,omitempty"`
	Seed    uint64 `json:"seed,omitempty"` // of the orders; the same seed draws the same bits
}

// Variant names the game that Shapley plays.
type Variant string

// The games. A journey is inside S when it touched no channel outside S.
const (
	// SetSum has v(S) = the conversions of the journeys inside S. Its Shapley value is
	// LinearUnique, exactly and for any number of channels. It is what mta computes, and
	// the simplified formula of Zhao, Mahboobi and Bagheri (arXiv 1804.05327).
	SetSum Variant = "set_sum"
	// JourneyRate plays a game for each set T of channels that converted: among the members
	// of T, v(S) = the conversion rate of journeys whose channels are exactly S, and 0 where
	// there are none. phi is scaled to the conversions of T. A member without which a set
	// converts better is credited below zero, and Game.NegativeSets counts such sets.
	//
	// DP6's attribution_shapley computes it where no channel's name is part of another's; it
	// tells members by substring, so that "eta" is inside "beta". It ignores how often a row
	// counts, and cuts by name.
	JourneyRate Variant = "journey_rate"
	// JourneyRateOrdered is the same with channels in the order of their first touch, so
	// that A>B and B>A are two sets, and coalitions are what is left of that order. It is
	// DP6's order=True.
	JourneyRateOrdered Variant = "journey_rate_ordered"
	// SubsetRate has v(S) = conversions by journeys of the journeys inside S, and 0 where
	// there are none; all channels play. It is the textbook's, sums to the conversion rate,
	// and gives less than nothing to a channel that lowers it.
	SubsetRate Variant = "subset_rate"
	// OrderedPosition is SetSum with each credit booked at the place of a channel's first
	// touch, in Game.Positions: the ordered Shapley value of Zhao, Mahboobi and Bagheri
	// (arXiv 1804.05327). Credits by channel are those of SetSum. Others split the credit of
	// a channel among all places where the journey touched it.
	OrderedPosition Variant = "ordered_position"
	// MarkovGame has v(S) = the probability to convert in the chain of Order whose channels
	// outside S lead nowhere. More channels never convert less, so that no phi is below
	// zero, and they sum to the conversion rate without any rescaling, which the removal
	// effects of Markov do not.
	MarkovGame Variant = "markov_game"
)

// Cut says which channels are kept of a journey that has more distinct ones than Size.
type Cut string

// Ways to cut.
const (
	// CutFirst drops those whose first touch came first, whatever their names.
	CutFirst Cut = ""
	// CutByName keeps the last in order of name, as DP6 does. Rename a channel and the
	// credit changes: use it to compare with DP6 alone.
	CutByName Cut = "by_name"
)

// Limits on the channels that play, above which SubsetRate and MarkovGame need Samples.
const (
	MaxExactPlayers      = 20 // of SubsetRate, and of MarkovGame of order 1: 2^20 coalitions in 24 MB
	MaxExactChainPlayers = 12 // of MarkovGame of order 2 to 4: 2^12 chains, about a second
)

const (
	defaultSize = 4
	maxSize     = 64
	maxOrder    = 4
	minSamples  = 100
	maxSamples  = 1_000_000
)

func (m Shapley) orDefault() Shapley {
	if m.Size == 0 && m.isJourneyRate() {
		m.Size = defaultSize
	}
	if m.Order == 0 && m.Variant == MarkovGame {
		m.Order = 1
	}
	return m
}

func (m Shapley) isJourneyRate() bool {
	return m.Variant == JourneyRate || m.Variant == JourneyRateOrdered
}

func (m Shapley) isSampled() bool { return m.Variant == SubsetRate || m.Variant == MarkovGame }

// Name is "shapley(set_sum)", with the parameters that the variant has:
// "shapley(journey_rate,4)", "shapley(markov_game,1,samples=1000,seed=7)".
func (m Shapley) Name() string {
	m = m.orDefault()
	name := "shapley(" + string(m.Variant)
	if m.isJourneyRate() {
		name += fmt.Sprintf(",%d", m.Size)
	}
	if m.Cut != CutFirst {
		name += "," + string(m.Cut)
	}
	if m.Variant == MarkovGame {
		name += fmt.Sprintf(",%d", m.Order)
	}
	if m.Samples > 0 {
		name += fmt.Sprintf(",samples=%d,seed=%d", m.Samples, m.Seed)
	}
	return name + ")"
}

// faults is "shapley.variant", "shapley.size", "shapley.cut", "shapley.order",
// "shapley.samples", and "shapley.unused" for a parameter that the variant does not have.
func (m Shapley) faults() []*byline.FieldError {
	switch m.Variant {
	case SetSum, JourneyRate, JourneyRateOrdered, SubsetRate, OrderedPosition, MarkovGame:
	default:
		return []*byline.FieldError{{Path: "variant", Code: "shapley.variant", Message: "name the game: set_sum, journey_rate, journey_rate_ordered, subset_rate, ordered_position or markov_game"}}
	}
	var faults []*byline.FieldError
	for _, parameter := range []struct {
		path                string
		given, has, inRange bool
		code, message       string
	}{
		{"size", m.Size != 0, m.isJourneyRate(), m.Size >= 0 && m.Size <= maxSize, "shapley.size", "a journey is cut to 1 to 64 channels"},
		{"cut", m.Cut != CutFirst, m.Variant == JourneyRate, m.Cut == CutFirst || m.Cut == CutByName, "shapley.cut", "channels are cut by their first touch (\"\") or by their name (\"by_name\")"},
		{"order", m.Order != 0, m.Variant == MarkovGame, m.Order >= 0 && m.Order <= maxOrder, "shapley.order", "the order of a chain is 1 to 4"},
		{"samples", m.Samples != 0, m.isSampled(), m.Samples == 0 || m.Samples >= minSamples && m.Samples <= maxSamples, "shapley.samples", "draw 100 to 1000000 orders"},
		{"seed", m.Seed != 0, m.isSampled(), true, "", ""},
	} {
		switch {
		case parameter.given && !parameter.has:
			faults = append(faults, &byline.FieldError{Path: parameter.path, Code: "shapley.unused", Message: "the variant " + string(m.Variant) + " has no such parameter"})
		case !parameter.inRange:
			faults = append(faults, &byline.FieldError{Path: parameter.path, Code: parameter.code, Message: parameter.message})
		}
	}
	return faults
}

func (m Shapley) counter() counter {
	m = m.orDefault()
	switch m.Variant {
	case JourneyRate, JourneyRateOrdered:
		return newJourneyRate(m)
	case SubsetRate:
		return newSubsetRate(m)
	case OrderedPosition:
		return newOrderedPosition(m)
	case MarkovGame:
		return newMarkovGame(m)
	default:
		return newSetSum(m)
	}
}
