package contracts

import (
	"fmt"
	"strings"
)

// Describe says in plain English what is paid, one sentence for each part, in the order
// of the fields. It is for people; the terms themselves are what binds.
func (p Pay) Describe() []string {
	var all []string
	for _, f := range p.Fees {
		all = append(all, fmt.Sprintf("%s %s", f.Amount, f.when()))
	}
	for _, r := range p.Percentages {
		all = append(all, r.describe(p.Period))
	}
	for _, c := range p.PerConversions {
		all = append(all, fmt.Sprintf("%s for each %s%s", c.Amount, c.Per.word(), c.Scope.describe()))
	}
	for _, m := range p.Metered {
		all = append(all, m.describe())
	}
	for _, b := range p.Bonuses {
		all = append(all, b.describe(p.Period))
	}
	for _, g := range p.Gifts {
		all = append(all, fmt.Sprintf("%s, in goods worth %s", g.Description, g.Value))
	}
	return append(all, p.describeLimits()...)
}

func (p Pay) describeLimits() []string {
	var all []string
	add := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	if p.Cap != nil {
		after := "what comes back makes room again"
		if p.Cap.Headroom == HeadroomSpent {
			after = "what comes back makes no room"
		}
		add("at most %s of commission %s; %s", p.Cap.Amount, p.Period.each(), after)
	}
	if !p.Guarantee.IsZero() {
		add("at least %s of commission %s", p.Guarantee, p.Period.each())
	}
	if !p.Draw.IsZero() {
		add("%s paid ahead %s, and kept back from commission", p.Draw, p.Period.each())
	}
	switch p.Hold.From {
	case HeldPlaced:
		add("commission waits %s from the order", counted(p.Hold.Days, "day"))
	case HeldDelivery:
		add("commission waits %s from the delivery of each item", counted(p.Hold.Days, "day"))
	}
	for _, item := range p.Hold.Items {
		add("%s%s", counted(item.Days, "day"), item.Scope.describe())
	}
	if p.Hold.AtMost > 0 {
		add("%s from the order where no delivery is heard of", counted(p.Hold.AtMost, "day"))
	}
	if p.Currency != "" {
		add("paid in %s", p.Currency)
	}
	return all
}

func (f Fee) when() string {
	text := map[Milestone]string{
		AtStart: "at the start", AtSigning: "at signing", AtDelivery: "on delivery", AtApproval: "on approval",
		AtPosting: "on posting", AtReceipt: "on receipt of the product", AtEnd: "at the end",
	}[f.Due]
	if f.Of != "" {
		text += " of " + f.Of
	}
	if f.After > 0 {
		text = counted(f.After, "day") + " after, " + text
	}
	return text
}

func (p Percentage) describe(period Period) string {
	base := map[Base]string{
		"": "net sales", NetSales: "net sales", NetSalesWithTax: "net sales with tax",
		NetSalesWithShipping: "net sales with shipping", NetSalesWithBoth: "net sales with tax and shipping",
	}[p.Base]
	if len(p.Tiers) == 0 {
		return fmt.Sprintf("%s of %s%s", p.Rate, base, p.Scope.describe())
	}
	steps := make([]string, len(p.Tiers))
	for i, t := range p.Tiers {
		steps[i] = fmt.Sprintf("%s from %s", t.Rate, t.From)
		if i == 0 {
			steps[i] = t.Rate.String()
		}
	}
	of := "each part"
	if p.Mode == WholeAmount {
		of = "the whole"
	}
	return fmt.Sprintf("%s of %s%s, on %s, counted %s", strings.Join(steps, ", "), base, p.Scope.describe(), of, period.each())
}

func (m Metered) describe() string {
	text := fmt.Sprintf("%s for each %d %s", m.Amount, m.Per, m.Metric)
	if m.From > 0 {
		text += fmt.Sprintf(" above %d", m.From)
	}
	if m.AtMost > 0 {
		text += fmt.Sprintf(" up to %d", m.AtMost)
	}
	return text
}

func (b Bonus) describe(period Period) string {
	if b.Metric == SalesVolume {
		return fmt.Sprintf("%s more for net sales of %s %s", b.Amount, b.Sales, period.each())
	}
	return fmt.Sprintf("%s more for %d %s %s", b.Amount, b.Target, b.Metric, period.each())
}

func (p Period) each() string {
	if p == WholeTerm {
		return "over the whole term"
	}
	return "each " + string(p)
}

func (u Unit) word() string {
	if u == PerItem {
		return "item"
	}
	return "order"
}

func (s Scope) describe() string {
	var parts []string
	for _, list := range []struct {
		names []string
		word  string
	}{{s.Products, "products"}, {s.SKUs, "SKUs"}, {s.Collections, "collections"}} {
		if len(list.names) > 0 {
			parts = append(parts, "in "+list.word+" "+strings.Join(list.names, ", "))
		}
	}
	if len(s.Except) > 0 {
		parts = append(parts, "but not "+strings.Join(s.Except, ", "))
	}
	if s.Customer != Everybody {
		parts = append(parts, "from "+string(s.Customer)+" customers")
	}
	for _, c := range s.Conversions {
		word := string(c)
		if word == "" {
			word = "purchase"
		}
		parts = append(parts, "on a "+strings.ReplaceAll(word, "_", " "))
	}
	if len(parts) == 0 {
		return ""
	}
	return " " + strings.Join(parts, ", ")
}
