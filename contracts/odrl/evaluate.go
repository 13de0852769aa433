package odrl

import (
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// Request is what somebody wants to do, and what is known of the world. What is left out
// is not known.
type Request struct {
	At time.Time
	// Actions is all that is done at once: a channel, and an edit, and what else goes
	// beyond showing content as it is. One permission must allow all of them.
	Actions  []Action
	Target   string   // the IRI of the asset
	PartOf   []string // collections that the target is in, or their sources
	Party    string   // the IRI of who acts
	MemberOf []string // collections that the party is in, or their sources
	Creator  string   // the IRI of whose the target is: a permission of another assigner's is none; "": anybody's
	// Agreement is the id that the target was made under. Under the policy of another
	// agreement of ours its first posting starts nothing; "": the policy's own.
	Agreement contracts.AgreementID
	Market    byline.Market
	// Subdivision is by ISO 3166-2, where it is in a part of the market only.
	Subdivision string
	Count       int64        // impressions in all, with this use
	Spend       byline.Money // on paid media in all, with this use; the zero Money is nothing
	Happened    map[contracts.Trigger]time.Time
	Done        []Performance
}

// Performance is something that was done, as far as duties ask for it.
type Performance struct {
	Action Action
	At     time.Time
	For    string                // the id of the duty or of its rule; "" for any
	Under  contracts.AgreementID // of the policy that it counts for, if that is one of ours; "" for any
	Amount byline.Money          // that was paid
	Full   bool                  // all that was owed was paid, however much it was
}

// Ask puts the use of an asset as a request. brand is the id that was given to [Export].
//
// It asks for the instant At alone: of a flight, ask for its last instant too. The asset
// does not know when the agreement was signed; where a term counts from that, put it into
// Happened. What the platforms allow, and for which of its brands somebody acts, no policy
// says: use.Brand is not asked.
//
// The answer is that of [contracts.Agreement.MayUse] by contract, with two differences. A
// policy permits before the agreement is signed too, where nothing counts from the signing.
// And what waits for its fee is permitted after the instant of the payment, where MayUse
// counts that instant in.
func Ask(use contracts.Use, asset contracts.Asset, brand string) Request {
	q := Request{
		At: use.At, Target: iriOf(ofAsset, string(asset.ID)), PartOf: []string{ourIRI(ofContent, string(asset.Agreement))},
		Party: iriOf(ofBrand, brand), Agreement: asset.Agreement, Market: use.Market, Subdivision: use.Region, Count: use.Impressions, Spend: use.Spend,
		Actions: []Action{ChannelAction(use.Channel)}, Happened: map[contracts.Trigger]time.Time{},
	}
	if asset.Creator != "" {
		q.Creator = iriOf(ofCreator, string(asset.Creator))
	}
	beyond := []Action{EditAction(use.Edit), LikenessAction(use.Likeness), AIAction(use.AI), LicenseeAction(use.By)}
	for i, value := range []string{string(use.Edit), string(use.Likeness), string(use.AI), string(use.By)} {
		if value != "" {
			q.Actions = append(q.Actions, beyond[i])
		}
	}
	if use.Raw {
		q.Actions = append(q.Actions, RawFootage)
	}
	if use.Credited {
		q.Done = append(q.Done, Performance{Action: Attribute, At: use.At})
	}
	q.Done = append(q.Done, payments(asset)...)
	for trigger, at := range map[contracts.Trigger]time.Time{
		contracts.FromHandover: asset.DeliveredAt, contracts.FromPosting: asset.PostedAt, contracts.FromFirstPosting: asset.FirstPosting,
	} {
		if !at.IsZero() {
			q.Happened[trigger] = at
		}
	}
	if asset.Agreement == "" {
		delete(q.Happened, contracts.FromFirstPosting) // of which agreement, nobody knows
	}
	return q
}

// payments are the fees, each of its own grant, or else the one payment for all.
func payments(asset contracts.Asset) []Performance {
	if len(asset.Fees) == 0 {
		return []Performance{{Action: Compensate, At: asset.PaidAt, Full: true}}
	}
	var paid []Performance
	for _, f := range asset.Fees {
		if f.Agreement != "" {
			paid = append(paid, Performance{Action: Compensate, At: f.At, For: iriOf(ofGrant, string(f.Grant)), Under: f.Agreement, Full: true})
		}
	}
	return paid
}

// Decision is the answer.
type Decision string

// Decisions.
const (
	Permit       Decision = "permit"
	Deny         Decision = "deny"
	NotEvaluated Decision = "not_evaluated" // an offer says nothing of what is allowed
)

// State is whether a constraint holds. What is unknown does not permit, and does not lift a
// prohibition.
type State string

// States.
const (
	Satisfied    State = "satisfied"
	NotSatisfied State = "not_satisfied"
	Unknown      State = "unknown"
)

// Report says how a decision came about, rule by rule, in the order of the policy.
type Report struct {
	Decision Decision     `json:"decision"`
	Rules    []RuleReport `json:"rules,omitempty"`
}

// RuleReport is what one rule says to a request.
type RuleReport struct {
	Path        string             `json:"path"` // "permission[0]"
	Rule        string             `json:"rule,omitempty"`
	Target      bool               `json:"target"` // it is about the target, and whose it is
	Party       bool               `json:"party"`
	Action      bool               `json:"action"`
	Constraints []ConstraintReport `json:"constraints,omitempty"`
	Duties      []DutyReport       `json:"duties,omitempty"`
	Active      bool               `json:"active"` // it permits, or prohibits
}

// ConstraintReport is whether one constraint holds.
type ConstraintReport struct {
	Path       string `json:"path"` // "permission[0].constraint[1]"
	Constraint string `json:"constraint,omitempty"`
	State      State  `json:"state"`
}

// DutyReport is whether a duty is due, and done.
type DutyReport struct {
	Path      string `json:"path"`
	Duty      string `json:"duty,omitempty"`
	Active    bool   `json:"active"`
	Fulfilled bool   `json:"fulfilled"`
}

// Evaluate decides by the draft of ODRL's formal semantics
// (https://w3c.github.io/odrl/formal-semantics/, read 2026-11-22) in a closed world: what
// no permission allows is denied. A permission is active when it is about the target, the
// party and all actions, all its constraints hold, and all its duties are fulfilled or not
// active. A duty is fulfilled by what was done before the instant of the request; to name
// the creator, by doing so at that instant. An active prohibition wins.
func (p Policy) Evaluate(q Request) Report {
	if p.Kind != Set && p.Kind != Agreement {
		return Report{Decision: NotEvaluated}
	}
	e := evaluation{Request: q, policy: p.ID, zone: time.UTC, zoned: true}
	for _, a := range q.Actions {
		e.wanted = append(e.wanted, a.within())
	}
	if zone, err := location(p.Zone); err != nil {
		e.zoned = false
	} else {
		e.zone = zone
	}
	report := Report{Decision: Deny}
	for i, r := range p.Permissions {
		rule := e.permission(at("permission", i), r)
		if rule.Active {
			report.Decision = Permit
		}
		report.Rules = append(report.Rules, rule)
	}
	for i, r := range p.Prohibitions {
		rule := e.prohibition(at("prohibition", i), r)
		if rule.Active {
			report.Decision = Deny
		}
		report.Rules = append(report.Rules, rule)
	}
	return report
}

type evaluation struct {
	Request
	policy string // its id
	zone   *time.Location
	zoned  bool // the zone is one
	// wanted is of each action of the request what it is included in.
	wanted [][]Action
}

// names reports whether a rule names an action, or one that includes it.
func (r Rule) names(wanted []Action) bool {
	return slices.ContainsFunc(r.Actions, func(a Action) bool { return slices.Contains(wanted, a) })
}

func (e evaluation) permission(path string, r Rule) RuleReport {
	report := e.rule(path, r)
	report.Target = report.Target && e.granted(r)
	report.Action = len(e.wanted) > 0 && !slices.ContainsFunc(e.wanted, func(w []Action) bool { return !r.names(w) })
	report.Active = report.Target && report.Party && report.Action
	for _, c := range report.Constraints {
		report.Active = report.Active && c.State == Satisfied
	}
	for i, d := range r.Duties {
		duty := DutyReport{Path: at(within(path, "duty"), i), Duty: d.ID, Active: e.all(d.Constraints) != NotSatisfied, Fulfilled: e.fulfilled(d, r)}
		report.Duties = append(report.Duties, duty)
		report.Active = report.Active && (!duty.Active || duty.Fulfilled)
	}
	return report
}

// granted reports whether who granted a right is whose the target is.
func (e evaluation) granted(r Rule) bool {
	return e.Creator == "" || len(r.Assigners) == 0 || slices.ContainsFunc(r.Assigners, func(a Reference) bool { return a.covers(e.Creator, nil) })
}

// under reports whether the policy may be that of an agreement: it is, or is none of ours.
func (e evaluation) under(agreement contracts.AgreementID) bool {
	ours := ourIDs + ofAgreement + ":"
	return agreement == "" || !strings.HasPrefix(e.policy, ours) || strings.HasPrefix(e.policy, ourIRI(ofAgreement, string(agreement))+":")
}

func (e evaluation) prohibition(path string, r Rule) RuleReport {
	report := e.rule(path, r)
	report.Action = slices.ContainsFunc(e.wanted, r.names)
	report.Active = report.Target && report.Party && report.Action
	for _, c := range report.Constraints {
		report.Active = report.Active && c.State != NotSatisfied
	}
	return report
}

func (e evaluation) rule(path string, r Rule) RuleReport {
	report := RuleReport{
		Path: path, Rule: r.ID,
		Target: slices.ContainsFunc(r.Targets, func(t Reference) bool { return t.covers(e.Target, e.PartOf) }),
		Party:  len(r.Assignees) == 0 || slices.ContainsFunc(r.Assignees, func(a Reference) bool { return a.covers(e.Party, e.MemberOf) }),
	}
	for i, c := range r.Constraints {
		report.Constraints = append(report.Constraints, ConstraintReport{Path: at(within(path, "constraint"), i), Constraint: c.ID, State: e.state(c)})
	}
	return report
}

func (r Reference) covers(id string, in []string) bool {
	if !r.Collection {
		return r.ID != "" && r.ID == id
	}
	return r.ID != "" && (r.ID == id || slices.Contains(in, r.ID)) || r.Source != "" && slices.Contains(in, r.Source)
}

// fulfilled reports whether a duty was done. Payments for it are taken together.
func (e evaluation) fulfilled(d Duty, r Rule) bool {
	var paid byline.Money
	for _, done := range e.Done {
		before := done.At.Before(e.At) || done.Action == Attribute && done.At.Equal(e.At)
		if done.At.IsZero() || !before || !e.under(done.Under) || !d.Action.Includes(done.Action) || done.For != "" && done.For != d.ID && done.For != r.ID {
			continue
		}
		if d.Pay == nil || done.Full {
			return true
		}
		if done.Amount.Currency() != d.Pay.Amount.Currency() {
			continue // money of another currency pays nothing here
		}
		if sum, err := paid.Add(done.Amount); err == nil {
			paid = sum
		}
	}
	return d.Pay != nil && paid != (byline.Money{}) && ordered(d.Pay.Operator, paid.Minor(), d.Pay.Amount.Minor()) == Satisfied
}
