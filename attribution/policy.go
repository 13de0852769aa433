package attribution

import (
	"time"

	"github.com/bylinehq/byline"
)

// Policy is the declared rule by which orders are credited. The default rule: the
// owner of a genuine code wins; without one, the last click inside its window; a
// click beside a code is recorded as corroboration and never demanded.
//
// The zero Policy is the default. Every field's own zero value is its default too, so
// a caller sets what differs and names it by Version.
type Policy struct {
	// Version is written into every decision and every ledger entry. Change it with
	// any other field. Default: "byline/1".
	Version string `json:"version,omitempty"`
	// Campaign limits credit to the offers of one campaign. Default: any campaign.
	Campaign byline.CampaignID `json:"campaign,omitempty"`
	// ClickWindowDays is how many times 24 hours a click counts; an order exactly at
	// the end is outside. Default: 30.
	ClickWindowDays int `json:"click_window_days,omitempty"`
	// SeveralCodes says who is credited when codes of several creators are used.
	// Default: SplitByDiscount.
	SeveralCodes SeveralCodes `json:"several_codes,omitempty"`
}

// SeveralCodes is a rule for an order with codes of more than one creator.
type SeveralCodes string

// Rules for several codes. Both leave out a code that took nothing off when another
// did.
const (
	// SplitByDiscount shares the order in the proportion of what each code took off.
	SplitByDiscount SeveralCodes = "split_by_discount"
	// LargestDiscount credits the code that took off most; on a tie, the one that
	// comes first in the alphabet.
	LargestDiscount SeveralCodes = "largest_discount"
)

const (
	defaultPolicyVersion   = "byline/1"
	unversionedPolicy      = "unversioned"
	defaultClickWindowDays = 30
	maxClickWindowDays     = 3650
)

// Validate reports all faults of the policy: "policy.click_window",
// "policy.several_codes", and "policy.version" when it differs from the default
// without a version of its own.
func (p Policy) Validate() error {
	var faults []*byline.FieldError
	add := func(path, code, message string) {
		faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
	}
	if p.ClickWindowDays < 0 || p.ClickWindowDays > maxClickWindowDays {
		add("click_window_days", "policy.click_window", "the click window must be 0 to 3650 days")
	}
	switch p.SeveralCodes {
	case "", SplitByDiscount, LargestDiscount:
	default:
		add("several_codes", "policy.several_codes", "not a rule for several codes")
	}
	own := p.Version != "" && p.Version != defaultPolicyVersion && p.Version != unversionedPolicy
	if p.Version = ""; !own && p.WithDefaults() != (Policy{}).WithDefaults() {
		add("version", "policy.version", "a policy that differs from the default needs a version of its own")
	}
	return byline.Faults(faults)
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
	if p.Version == "" {
		p.Version = defaultPolicyVersion
		if p.Campaign != "" || p.ClickWindowDays != defaultClickWindowDays || p.SeveralCodes != SplitByDiscount {
			p.Version = unversionedPolicy
		}
	}
	return p
}

// clickWindow keeps within what a Duration holds.
func (p Policy) clickWindow() time.Duration {
	return time.Duration(min(max(p.ClickWindowDays, 0), maxClickWindowDays)) * 24 * time.Hour
}
