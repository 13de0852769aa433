package contracts

import (
	"cmp"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// LawRule is one dated record that [Review] asks for: what, where, from which day on,
// and how well its source is known.
//
// The bounds of Effective are midnight UTC of a calendar day and are compared with the
// day on which the rules are asked for. A zero start: in force for longer than anybody
// asks, or the day is not known. A rule of the caller's is applied by its Check as the
// built-in ones of that check are.
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
	RegulatedMedicine    = "medicine"               // on prescription
	RegulatedNicotine    = "nicotine"               // tobacco and vapes too
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

// withRules is the built-in records, those of an id that is in own replaced by own.
func withRules(own []LawRule) []LawRule {
	rules := slices.DeleteFunc(Laws(), func(built LawRule) bool {
		return slices.ContainsFunc(own, func(o LawRule) bool { return o.ID == built.ID })
	})
	return append(rules, own...)
}
