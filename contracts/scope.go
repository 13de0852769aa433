package contracts

import (
	"slices"

	"github.com/bylinehq/byline/attribution"
)

// goods reports whether the scope tells goods apart.
func (s *Scope) goods() bool {
	return len(s.Products) > 0 || len(s.SKUs) > 0 || len(s.Collections) > 0 || len(s.Except) > 0
}

func (p *Pay) tellsCustomersApart() bool {
	return slices.ContainsFunc(p.Percentages, func(r Percentage) bool { return r.Scope.Customer != Everybody }) ||
		slices.ContainsFunc(p.PerConversions, func(r PerConversion) bool { return r.Scope.Customer != Everybody })
}

// hasSale reports whether an order of this kind, by this customer, is in the scope.
func (s *Scope) hasSale(d *attribution.Decision) bool {
	switch s.Customer {
	case NewCustomers:
		if d.Customer != attribution.NewCustomer {
			return false
		}
	case ReturningCustomers:
		if d.Customer != attribution.ReturningCustomer {
			return false
		}
	}
	return len(s.Conversions) == 0 || slices.Contains(s.Conversions, d.Kind)
}

// hasLine reports whether a line's goods are in the scope.
func (s *Scope) hasLine(l *attribution.LineSales) bool {
	if slices.Contains(s.Except, l.Product) || slices.Contains(s.Except, l.SKU) || intersects(s.Except, l.Collections) {
		return false
	}
	if len(s.Products) == 0 && len(s.SKUs) == 0 && len(s.Collections) == 0 {
		return true
	}
	return slices.Contains(s.Products, l.Product) || slices.Contains(s.SKUs, l.SKU) || intersects(s.Collections, l.Collections)
}

func intersects(a, b []string) bool {
	return slices.ContainsFunc(a, func(v string) bool { return slices.Contains(b, v) })
}
