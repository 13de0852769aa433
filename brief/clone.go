package brief

import (
	"maps"
	"slices"
)

// clone copies a brief with everything it points to. A test changes every slice and map to
// see that none was left out.
func (b Brief) clone() Brief {
	b.Brands = slices.Clone(b.Brands)
	b.Markets = slices.Clone(b.Markets)
	b.Product.Categories = slices.Clone(b.Product.Categories)
	b.Product.Ties = slices.Clone(b.Product.Ties)
	b.Elements = cloneEach(b.Elements, func(e *Element) {
		e.Pieces, e.Forms = slices.Clone(e.Pieces), slices.Clone(e.Forms)
	})
	b.Disclosures = slices.Clone(b.Disclosures)
	b.Guardrails = slices.Clone(b.Guardrails)
	b.Claims = cloneEach(b.Claims, func(c *Claim) { c.Proof = slices.Clone(c.Proof) })
	b.Forbidden = cloneEach(b.Forbidden, func(p *Phrase) { p.Forms = slices.Clone(p.Forms) })
	b.Angles = slices.Clone(b.Angles)
	b.References = slices.Clone(b.References)
	b.Pieces = cloneEach(b.Pieces, func(p *Piece) {
		p.Tags, p.Hashtags = slices.Clone(p.Tags), slices.Clone(p.Hashtags)
	})
	b.Approval.Who = slices.Clone(b.Approval.Who)
	b.Usage = slices.Clone(b.Usage)
	b.Tracking.Codes = slices.Clone(b.Tracking.Codes)
	b.Tracking.Links = cloneEach(b.Tracking.Links, func(l *Link) { l.UTM = maps.Clone(l.UTM) })
	return b
}

// cloneEach copies a list and lets detach part each copy from its original.
func cloneEach[T any](list []T, detach func(*T)) []T {
	list = slices.Clone(list)
	for i := range list {
		detach(&list[i])
	}
	return list
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
