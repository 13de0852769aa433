package contracts

import (
	"slices"

	"github.com/bylinehq/byline"
)

// clone copies terms with everything they point to, so that no caller can change what
// was agreed. A test changes every slice and pointer to see that none was left out.
func (t Terms) clone() Terms {
	t.Pay = t.Pay.clone()
	t.Parties = cloneEach(t.Parties, func(p *Party) { p.Permits = slices.Clone(p.Permits) })
	t.Categories = slices.Clone(t.Categories)
	t.Deliverables = slices.Clone(t.Deliverables)
	t.Grants = cloneEach(t.Grants, (*Grant).detach)
	t.Exclusivity = cloneEach(t.Exclusivity, (*Exclusivity).detach)
	t.Clauses.detach()
	t.Signatures = slices.Clone(t.Signatures)
	return t
}

// dropZeroes makes one nothing of two: JSON leaves both out.
func (t *Terms) dropZeroes() {
	amounts := []*byline.Money{&t.Pay.Guarantee, &t.Pay.Draw}
	for i := range t.Grants {
		amounts = append(amounts, &t.Grants[i].Fee)
	}
	for i := range t.Exclusivity {
		amounts = append(amounts, &t.Exclusivity[i].Fee)
	}
	for _, m := range amounts {
		if m.IsZero() {
			*m = byline.Money{}
		}
	}
}

// cloneEach copies a list and lets detach part each copy from its original.
func cloneEach[T any](list []T, detach func(*T)) []T {
	list = slices.Clone(list)
	for i := range list {
		detach(&list[i])
	}
	return list
}

func clonePointer[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}

func (p Pay) clone() Pay {
	p.Fees = slices.Clone(p.Fees)
	p.Percentages = cloneEach(p.Percentages, func(p *Percentage) {
		p.Tiers = slices.Clone(p.Tiers)
		p.Scope.detach()
	})
	p.PerConversions = cloneEach(p.PerConversions, func(p *PerConversion) { p.Scope.detach() })
	p.Metered = slices.Clone(p.Metered)
	p.Bonuses = slices.Clone(p.Bonuses)
	p.Gifts = slices.Clone(p.Gifts)
	p.Cap = clonePointer(p.Cap)
	p.Hold.Items = cloneEach(p.Hold.Items, func(i *ItemHold) { i.Scope.detach() })
	return p
}

func (s *Scope) detach() {
	s.Products = slices.Clone(s.Products)
	s.SKUs = slices.Clone(s.SKUs)
	s.Collections = slices.Clone(s.Collections)
	s.Except = slices.Clone(s.Except)
	s.Conversions = slices.Clone(s.Conversions)
}

func (g *Grant) detach() {
	g.Assets = slices.Clone(g.Assets)
	g.Channels = slices.Clone(g.Channels)
	g.Territory.detach()
	g.Edits = slices.Clone(g.Edits)
	g.Likeness = slices.Clone(g.Likeness)
	g.AI = slices.Clone(g.AI)
	g.Sublicence = slices.Clone(g.Sublicence)
}

func (t *Territory) detach() {
	t.Regions = slices.Clone(t.Regions)
	t.Markets = slices.Clone(t.Markets)
	t.Subdivisions = slices.Clone(t.Subdivisions)
	t.Except = slices.Clone(t.Except)
}

func (e *Exclusivity) detach() {
	e.Categories = slices.Clone(e.Categories)
	e.Competitors = slices.Clone(e.Competitors)
	e.Territory.detach()
	e.CarveOuts = slices.Clone(e.CarveOuts)
}

func (c *Clauses) detach() {
	c.Audience = slices.Clone(c.Audience)
	c.Payment = clonePointer(c.Payment)
	c.Reviewing = clonePointer(c.Reviewing)
	c.KillFees = slices.Clone(c.KillFees)
	c.Morals = clonePointer(c.Morals)
	c.Compliance = clonePointer(c.Compliance)
	c.Warranties = clonePointer(c.Warranties)
	c.AI = clonePointer(c.AI)
	c.Regulated = slices.Clone(c.Regulated)
	c.Services = slices.Clone(c.Services)
}
