package attribution

import (
	"slices"

	"github.com/bylinehq/byline"
)

// Policy is the declared rule by which orders are credited. Its JSON is stable.
//
// The zero Policy is the default: what a person assigned by hand counts first; then the
// owner of a genuine code, with a click beside it recorded and never demanded; without a
// code the last click, visit by UTM or visit to a creator's page inside its window.
// Every field's own zero value is its default too, so a caller sets what differs and
// names it by Version.
type Policy struct {
	// Version is written into every decision and every ledger entry. Change it with
	// any other field. Default: "byline/1".
	Version string `json:"version,omitempty"`
	// Campaign limits credit to the offers of one campaign. Default: any campaign.
	Campaign byline.CampaignID `json:"campaign,omitempty"`
	// Rules are tried in order; the first that finds evidence it accepts decides the
	// order. Evidence of a kind that no rule names is recorded and never credited.
	// Default: DefaultRules.
	Rules []Rule `json:"rules,omitempty"`
	// ClickWindowDays is how many times 24 hours a touch counts where neither its offer
	// nor its rule says otherwise; an order exactly at the end is outside. Default: 30.
	ClickWindowDays int `json:"click_window_days,omitempty"`
	// SeveralCodes is the Pick of code rules that name none. Default: SplitByDiscount.
	SeveralCodes Pick `json:"several_codes,omitempty"`
	// Exclude names what earns nothing. Gift cards never do.
	Exclude Exclusions `json:"exclude,omitzero"`
	// CoolDownDays is for how many times 24 hours after an order that a creator was
	// credited for, further orders of that customer are not credited to the same
	// creator. Default: 0, which is not at all.
	CoolDownDays int `json:"cool_down_days,omitempty"`
	// Trust says what follows from signals. One that no rule matches is observed.
	Trust []TrustRule `json:"trust,omitempty"`
}

// Rule accepts evidence of some kinds, and says whom it credits where it points to
// several creators.
type Rule struct {
	// Evidence are the kinds that compete in this rule as equals. Codes stand alone.
	Evidence []EvidenceKind `json:"evidence"`
	// Pick says who is credited of several. Default: PickLast; for codes, Policy.SeveralCodes.
	Pick Pick `json:"pick,omitempty"`
	// Weights are of PickByPosition. Default: 40, 20, 40.
	Weights *PositionWeights `json:"weights,omitempty"`
	// WindowDays is how many times 24 hours evidence counts, where its offer does not say
	// otherwise. Codes, claims and manual assignments have no window. Default: 365 for
	// bindings, else Policy.ClickWindowDays.
	WindowDays int `json:"window_days,omitempty"`
	// Needs asks a code to be confirmed by clicks. Default: nothing.
	Needs Confirmation `json:"needs,omitempty"`
	// Customers limits the rule to new, or to returning, customers. An unknown customer
	// is neither. Default: any customer.
	Customers CustomerStatus `json:"customers,omitempty"`
	// VerifiedOnly leaves out touches that the shop's document alone speaks of.
	VerifiedOnly bool `json:"verified_only,omitempty"`
	// AllChannels lets touches that belong to no creator take part: where one of them is
	// picked, nobody is credited by this rule or a later one.
	AllChannels bool `json:"all_channels,omitempty"`
}

// Pick says which of several pieces of evidence are credited. Ties go to the evidence
// that comes first in the alphabet.
type Pick string

// Picks of touches, bindings and claims.
const (
	PickLast       Pick = "last"         // the latest
	PickFirst      Pick = "first"        // the earliest
	PickEvenly     Pick = "split_evenly" // each creator the same
	PickByTouch    Pick = "split_by_touch"
	PickByPosition Pick = "split_by_position" // see PositionWeights
)

// Picks of codes; PickEvenly is one too. A code that took nothing off when another did
// is left out by each of them but PickFirstListed and PickNewest.
const (
	SplitByDiscount Pick = "split_by_discount" // in the proportion of what each took off
	LargestDiscount Pick = "largest_discount"
	// SmallestDiscount is the best for the brand: of two creators it credits the one
	// whose customer got less.
	SmallestDiscount Pick = "smallest_discount"
	// PickFirstListed credits the code that the order lists first. It is the one pick
	// for which the order of Order.Codes matters.
	PickFirstListed Pick = "first_listed"
	PickNewest      Pick = "newest_offer" // the one whose offer started last
)

// PositionWeights share an order among the first touch, the last, and all between them.
// One touch gets all; of two, the weights of first and last count alone.
type PositionWeights struct {
	First  int64 `json:"first"`
	Middle int64 `json:"middle"` // shared evenly by the touches between
	Last   int64 `json:"last"`
}

// Confirmation says what a code needs beside it.
type Confirmation string

// Confirmations. The click has to be of the code's own creator and inside its window.
const (
	NeedsNothing      Confirmation = ""
	NeedsClick        Confirmation = "any_click"
	NeedsWinningClick Confirmation = "winning_click" // one that would win by the next rule for touches
)

// Exclusions name what earns nothing.
type Exclusions struct {
	// Products, by Line.Product or Line.SKU, and Collections take lines out of what the
	// order is worth; the rest of it still earns.
	Products    []string `json:"products,omitempty"`
	Collections []string `json:"collections,omitempty"`
	// These take out whole orders.
	Channels  []Channel `json:"channels,omitempty"`
	Staff     bool      `json:"staff,omitempty"`
	Wholesale bool      `json:"wholesale,omitempty"`
	Renewals  bool      `json:"renewals,omitempty"`
}

// TrustRule says what follows from a signal.
type TrustRule struct {
	Signal   string    `json:"signal"` // Signal.Code
	Mode     TrustMode `json:"mode"`
	MinScore int       `json:"min_score,omitempty"` // the Signal.Score from which it applies, 0 to 100
	// UnlessClick spares a code that a click of its creator corroborates.
	UnlessClick bool `json:"unless_click,omitempty"`
}

// TrustMode is how far a signal goes.
type TrustMode string

// Trust modes. What a person assigned by hand is above all of them: that is how one
// releases an order.
const (
	Observe  TrustMode = "observe"  // it is told, and changes nothing
	Hold     TrustMode = "hold"     // the creator is credited, and the amount waits; see Credit.Held
	Withhold TrustMode = "withhold" // the evidence is rejected, and other evidence may win
)

const (
	defaultPolicyVersion   = "byline/1"
	unversionedPolicy      = "unversioned"
	defaultClickWindowDays = 30
	defaultBindingDays     = 365
	maxWindowDays          = 3650
)

// DefaultRules are the rules of the default policy.
func DefaultRules() []Rule {
	return []Rule{
		{Evidence: []EvidenceKind{ByManual}},
		{Evidence: []EvidenceKind{ByCode}},
		{Evidence: []EvidenceKind{ByClick, ByUTM, ByPage}},
	}
}

// WithDefaults returns the policy with every unset field at its default, as decisions
// apply it. A policy that differs from the default and has no version of its own is
// stamped "unversioned"; Validate refuses it.
func (p Policy) WithDefaults() Policy {
	if p.ClickWindowDays == 0 {
		p.ClickWindowDays = defaultClickWindowDays
	}
	if p.SeveralCodes == "" {
		p.SeveralCodes = SplitByDiscount
	}
	if len(p.Rules) == 0 {
		p.Rules = DefaultRules()
	}
	p.Rules = slices.Clone(p.Rules)
	for i := range p.Rules {
		p.Rules[i] = p.Rules[i].withDefaults(p)
	}
	if p.Version == "" || p.Version == defaultPolicyVersion {
		p.Version = unversionedPolicy
		if p.isDefault() {
			p.Version = defaultPolicyVersion
		}
	}
	return p
}

func (r Rule) withDefaults(p Policy) Rule {
	if r.Pick == "" {
		r.Pick = PickLast
		if r.names(ByCode) {
			r.Pick = p.SeveralCodes
		}
	}
	if r.Pick == PickByPosition && r.Weights == nil {
		r.Weights = &PositionWeights{First: 40, Middle: 20, Last: 40}
	}
	if r.WindowDays == 0 && r.hasWindow() {
		r.WindowDays = p.ClickWindowDays
		if r.names(ByBinding) {
			r.WindowDays = defaultBindingDays
		}
	}
	return r
}

func (r Rule) names(kind EvidenceKind) bool { return slices.Contains(r.Evidence, kind) }

// hasWindow is false of rules over evidence that is as good as the order itself.
func (r Rule) hasWindow() bool {
	return slices.ContainsFunc(r.Evidence, func(k EvidenceKind) bool { return k.isTouch() || k == ByBinding })
}

func (k EvidenceKind) isTouch() bool {
	return k == ByClick || k == ByUTM || k == ByPage || k == ByView
}

// isDefault reports whether p, whatever its version, decides as the zero Policy does.
func (p Policy) isDefault() bool {
	ours, theirs := p.withoutVersion(), Policy{}.withoutVersion()
	return slices.EqualFunc(ours.Rules, theirs.Rules, Rule.equal) &&
		ours.Campaign == theirs.Campaign && ours.ClickWindowDays == theirs.ClickWindowDays &&
		ours.SeveralCodes == theirs.SeveralCodes && ours.CoolDownDays == theirs.CoolDownDays &&
		len(ours.Trust) == 0 && !ours.Exclude.any()
}

// withoutVersion is p with its defaults, so that policies can be compared.
func (p Policy) withoutVersion() Policy {
	p.Version = "-"
	return p.WithDefaults()
}

func (r Rule) equal(other Rule) bool {
	same := slices.Equal(r.Evidence, other.Evidence) &&
		(r.Weights == other.Weights || r.Weights != nil && other.Weights != nil && *r.Weights == *other.Weights)
	return same && r.Pick == other.Pick && r.WindowDays == other.WindowDays && r.Needs == other.Needs &&
		r.Customers == other.Customers && r.VerifiedOnly == other.VerifiedOnly && r.AllChannels == other.AllChannels
}

func (e Exclusions) any() bool {
	return len(e.Products)+len(e.Collections)+len(e.Channels) > 0 || e.Staff || e.Wholesale || e.Renewals
}
