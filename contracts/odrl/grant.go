package odrl

import (
	"slices"
	"strconv"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// Grants returns the permissions of a policy as grants. A permission without an id is
// "permission-1" by its place. A prohibition needs no grant to say it where it is of what no
// permission gives, since what nobody grants is not granted. One that takes something back
// from a permission is a fault, and so is one of an action of ODRL's that our channels may
// be: to show content on a website is to display, to distribute and to reproduce it.
//
// The faults are of code "odrl.grant": a rule that no grant can say, at its place, and an
// offer, which grants nothing yet, at "@type". Who accepts one sets its Kind to Agreement.
func (p Policy) Grants() ([]contracts.Grant, error) {
	g := granter{policy: p}
	if p.Kind == Offer {
		g.refuse("@type", "an offer binds nobody")
	}
	var grants []contracts.Grant
	seen := map[contracts.GrantID]bool{}
	for i, r := range p.Permissions {
		path := at("permission", i)
		grant := g.grant(path, r)
		if grant.ID == "" {
			grant.ID = contracts.GrantID("permission-" + strconv.Itoa(i+1))
		}
		if seen[grant.ID] {
			g.refuse(path, "another permission has its id")
		}
		seen[grant.ID] = true
		g.parties(path, r)
		grants = append(grants, grant)
	}
	g.prohibitions()
	if err := g.err(); err != nil {
		return nil, err
	}
	return grants, nil
}

type granter struct {
	faults
	policy Policy
}

func (g *granter) refuse(path, why string) { g.add(path, codeGrant, why) }

// parties makes sure that one grants and one is granted: an agreement has no more.
func (g *granter) parties(path string, r Rule) {
	first := g.policy.Permissions[0]
	if len(r.Assigners) > 1 || !slices.Equal(r.Assigners, first.Assigners) {
		g.refuse(within(path, "assigner"), "an agreement has one creator")
	}
	if len(r.Assignees) != 1 || !slices.Equal(r.Assignees, first.Assignees) || r.Assignees[0].Collection {
		g.refuse(within(path, "assignee"), "an agreement has one brand")
	}
}

func (g *granter) prohibitions() {
	permitted := map[Action]bool{} // or includes what is
	for _, r := range g.policy.Permissions {
		for _, a := range r.Actions {
			for _, wider := range a.within() {
				permitted[wider] = true
			}
		}
	}
	for i, r := range g.policy.Prohibitions {
		if slices.ContainsFunc(r.Actions, func(a Action) bool { return permitted[a] || !a.apart() }) {
			g.refuse(at("prohibition", i), "it takes back what is permitted, or may")
		}
	}
}

func (g *granter) grant(path string, r Rule) contracts.Grant {
	grant := contracts.Grant{Exclusive: r.Exclusive, Acknowledged: r.Acknowledged, Fee: r.Fee}
	if r.ID != "" {
		grant.ID = contracts.GrantID(idOf(ofGrant, r.ID))
	}
	grant.Assets = g.assets(within(path, "target"), r.Targets)
	for _, a := range r.Actions {
		if !addAction(&grant, a) {
			g.refuse(within(path, "action"), "no channel and nothing that goes with one")
		}
	}
	if len(grant.Channels) == 0 {
		g.refuse(within(path, "action"), "names no channel")
	}
	grant.Territory.Worldwide = true
	g.constraints(within(path, "constraint"), &grant, r.Constraints)
	if grant.Term.From == contracts.FromDate && grant.Term.Start.IsZero() {
		g.refuse(within(path, "constraint"), "no date and nothing that happens starts it")
	}
	grant.Term.Perpetual = grant.Term.End.IsZero() && grant.Term.Months+grant.Term.Days == 0
	for i, d := range r.Duties {
		g.duty(at(within(path, "duty"), i), &grant, d)
	}
	return grant
}

// assets are none where the target is all content of the policy's own agreement.
func (g *granter) assets(path string, targets []Reference) []contracts.AssetID {
	var assets []contracts.AssetID
	for _, t := range targets {
		content, isContent := strings.CutPrefix(t.ID, ourIDs+ofContent+":")
		all := t.Collection && isContent && t.Source == "" && strings.HasPrefix(g.policy.ID, ourIDs+ofAgreement+":"+content+":")
		if all && len(targets) == 1 {
			return nil
		}
		if t.Collection || isContent {
			g.refuse(path, "a collection other than all content of this agreement")
		}
		assets = append(assets, contracts.AssetID(idOf(ofAsset, t.ID)))
	}
	return assets
}

func addAction(g *contracts.Grant, a Action) bool {
	if v, ok := valueOf(channelWords, a); ok {
		g.Channels = append(g.Channels, contracts.Channel(v))
		return true
	}
	if v, ok := valueOf(editWords, a); ok {
		g.Edits = append(g.Edits, contracts.Edit(v))
		return true
	}
	if v, ok := valueOf(likenessWords, a); ok {
		g.Likeness = append(g.Likeness, contracts.Likeness(v))
		return true
	}
	if v, ok := valueOf(aiWords, a); ok {
		g.AI = append(g.AI, contracts.AIUse(v))
		return true
	}
	if v, ok := valueOf(licenseeWords, a); ok {
		g.Sublicence = append(g.Sublicence, contracts.Licensee(v))
		return true
	}
	g.RawFootage = g.RawFootage || a == RawFootage
	return a == RawFootage
}

// constraints takes each kind of them once: two would have to be joined, and what they
// mean together is for their author to say.
func (g *granter) constraints(path string, grant *contracts.Grant, list []Constraint) {
	list = flat(list)
	seen := map[[2]string]bool{}
	grant.Term.From = contracts.FromDate
	for i, c := range list {
		if trigger, ok := c.Operand.trigger(); ok && trigger != contracts.FromDate {
			if grant.Term.From != contracts.FromDate && grant.Term.From != trigger {
				g.refuse(at(path, i), "a second trigger")
			}
			grant.Term.From = trigger
		}
	}
	for i, c := range list {
		key := [2]string{string(c.Operand), string(meaningOf(c.Operator))}
		if seen[key] || c.Logic != "" || !setConstraint(grant, c) {
			g.refuse(at(path, i), "a constraint that no grant has, or has twice")
		}
		seen[key] = true
	}
	for i, c := range list {
		if c.Operand == SinceDate && (!c.Instant.Equal(grant.Term.Start) || grant.Term.From != contracts.FromDate) {
			g.refuse(at(path, i), "counts from another date than the term starts at")
		}
	}
}

// flat is what And joins, without it.
func flat(list []Constraint) []Constraint {
	var all []Constraint
	for _, c := range list {
		if c.Logic == And {
			all = append(all, flat(c.Parts)...)
			continue
		}
		all = append(all, c)
	}
	return all
}

// meaningOf makes one operator of those that mean the same of places.
func meaningOf(o Operator) Operator {
	switch o {
	case Eq, IsPartOf:
		return IsAnyOf
	case Neq:
		return IsNoneOf
	default:
		return o
	}
}

func setConstraint(g *contracts.Grant, c Constraint) bool {
	_, counts := c.Operand.trigger()
	operator := meaningOf(c.Operator)
	switch {
	case c.Operand == DateTime && operator == GtEq:
		g.Term.Start = c.Instant
		return g.Term.From == contracts.FromDate
	case c.Operand == DateTime && operator == Lt:
		g.Term.End = c.Instant
	case counts && operator == GtEq:
		return c.Operand != SinceDate && c.Months+c.Days == 0
	case counts && operator == Lt:
		g.Term.Months, g.Term.Days = c.Months, c.Days
		return c.Months+c.Days > 0
	case c.Operand == Spatial && operator == IsAnyOf:
		except := g.Territory.Except
		g.Territory = c.Place
		g.Territory.Except = except
	case c.Operand == Spatial && operator == IsNoneOf:
		g.Territory.Except = c.Place.Markets
		return !c.Place.Worldwide && len(c.Place.Regions)+len(c.Place.Subdivisions) == 0
	case c.Operand == Count && operator == LtEq:
		g.Impressions = c.Count
		return c.Count > 0
	case c.Operand == Spend && operator == LtEq:
		g.Spend = c.Amount
	default:
		return false
	}
	return true
}

func (g *granter) duty(path string, grant *contracts.Grant, d Duty) {
	switch {
	case len(d.Constraints) > 0:
		g.refuse(path, "a duty that holds only at times")
	case d.Action == Attribute && !grant.Credit:
		grant.Credit = true
	case d.Action == Compensate && !grant.FeeFirst && grant.Fee == (byline.Money{}):
		grant.FeeFirst = true
		if d.Pay == nil {
			return
		}
		if d.Pay.Operator != Eq || d.Pay.Logic != "" {
			g.refuse(path, "a price is one amount")
		}
		grant.Fee = d.Pay.Amount
	default:
		g.refuse(path, "a duty that no grant has, or has twice")
	}
}
