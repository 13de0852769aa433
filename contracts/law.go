package contracts

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// LawRule is one dated record that [Review] asks for: what, where, from which day on,
// and how well its source is known.
//
// The bounds of Effective are midnight UTC of a calendar day and are compared with the
// day on which the rules are asked for. A zero start: in force for longer than anybody
// asks, or the day is not known. A rule of the caller's is applied by its Check as the
// built-in ones of that check are. Where a check stands on one rule, it is the one of the
// nearest place (a region, then a market, then an area), and of equals the caller's. A
// rule of C03 is about the channel that its id names, "C03.spark_ad" or
// "C03.spark_ad.DE".
type LawRule struct {
	byline.Rule
	Check     string       `json:"check"`                // the check of Review that applies it, "C07"
	Area      Region       `json:"area,omitempty"`       // instead of Market, where it holds in several
	Regions   []string     `json:"regions,omitempty"`    // ISO 3166-2, where it is the law of a part of Market
	Threshold byline.Money `json:"threshold,omitzero"`   // from which value on, without VAT; the zero Money: from the first
	Days      int          `json:"days,omitempty"`       // over how many days back value adds up; 0: in the calendar year
	PayWithin int          `json:"pay_within,omitempty"` // days after completion that no agreement may exceed; 0: as agreed
	Under     int          `json:"under,omitempty"`      // the age below which it protects
	Permit    PermitKind   `json:"permit,omitempty"`     // what somebody must hold
	Category  string       `json:"category,omitempty"`   // of Clauses.Regulated
	Effect    Effect       `json:"effect,omitempty"`     // on the category
	Says      string       `json:"says"`                 // what it asks for, in a sentence
}

// Effect is what a rule does to a sensitive category.
type Effect string

// Effects.
const (
	Banned      Effect = "ban"
	Conditional Effect = "conditions"
)

// Keys of sensitive categories in Clauses.Regulated that Review has rules for.
const (
	RegulatedAesthetic   = "aesthetic_acts"         // aesthetic acts that put health at risk, and cosmetic surgery
	RegulatedAlcohol     = "alcohol"                //
	RegulatedCFD         = "cfd"                    // contracts for difference, binary options and the like
	RegulatedCrypto      = "crypto"                 // services around digital assets
	RegulatedFinance     = "finance"                // investments and credit in general
	RegulatedGambling    = "gambling"               // betting too
	RegulatedFatSugar    = "hfss_food"              // food high in fat, salt or sugar
	RegulatedChildren    = "children"               // as the audience, or in the content
	RegulatedMedicine    = "medicine"               // on prescription
	RegulatedNicotine    = "nicotine"               // tobacco and vapes too
	RegulatedRetouch     = "retouched"              // bodies and faces that were edited or filtered
	RegulatedTips        = "sports_tips"            // subscriptions to sports predictions
	RegulatedSubstitutes = "therapeutic_substitute" // instead of a treatment, or leaving one off
	RegulatedTraining    = "training"               // vocational, paid out of public funds
	RegulatedTreatment   = "medical_treatment"      //
	RegulatedWildlife    = "wild_animals"           //
)

// reviewDay is midnight UTC of the day that t's own location shows.
func reviewDay(t time.Time) time.Time {
	return lawDay(t.Date())
}

// LawChange is the day on which a rule comes into force or ends.
type LawChange struct {
	At     time.Time `json:"at"`
	Starts bool      `json:"starts"` // false: it ends
	Rule   LawRule   `json:"rule"`
}

// LawChanges returns which of [Laws] start or end in [from, to), by day and then by id.
// Rules whose first day is not known start nowhere.
func LawChanges(from, to time.Time) []LawChange {
	asked := byline.Window{Start: from, End: to}
	var changes []LawChange
	for _, rule := range Laws() {
		if start := rule.Effective.Start; !start.IsZero() && asked.Contains(start) {
			changes = append(changes, LawChange{At: start, Starts: true, Rule: rule})
		}
		if end := rule.Effective.End; !end.IsZero() && asked.Contains(end) {
			changes = append(changes, LawChange{At: end, Rule: rule})
		}
	}
	slices.SortFunc(changes, func(a, b LawChange) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Rule.ID, b.Rule.ID))
	})
	return changes
}

// withRules is own and then the built-in records, but for those whose id is in own.
func withRules(own []LawRule) []LawRule {
	rules := slices.DeleteFunc(Laws(), func(built LawRule) bool {
		return slices.ContainsFunc(own, func(o LawRule) bool { return o.ID == built.ID })
	})
	return append(slices.Clone(own), rules...)
}

// nearest is the rule that a check stands on where it takes one of several.
func nearest(rules []LawRule) *LawRule {
	best := 0
	for i := range rules {
		if rules[i].nearness() > rules[best].nearness() {
			best = i
		}
	}
	return &rules[best]
}

func (r LawRule) nearness() int {
	switch {
	case len(r.Regions) > 0:
		return 3
	case r.Market != "":
		return 2
	case r.Area != "":
		return 1
	}
	return 0
}

// holdsIn reports whether a market is the rule's, or in its area.
func (r LawRule) holdsIn(m byline.Market) bool {
	return (r.Market != "" && r.Market == m) || slices.Contains(r.Area.Markets(), m)
}

// frenchOverseas are the overseas parts of France that have codes of their own and are
// territory of the EU, as outermost regions. Source: article 349 TFEU;
// eur-lex.europa.eu/legal-content/EN/TXT/?uri=LEGISSUM:outermost_regions, read on
// 2026-11-22.
const frenchOverseas = "GF GP MF MQ RE YT"

// lawMarket is the market whose law holds in m.
func lawMarket(m byline.Market) byline.Market {
	if slices.Contains(strings.Fields(frenchOverseas), string(m)) {
		return france
	}
	return m
}
