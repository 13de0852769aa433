package shortlist

import (
	"fmt"
	"io"
	"strings"
)

// words writes what an objective counts.
func (o Objective) words() string {
	if o == UniqueReach {
		return "people"
	}
	return strings.ReplaceAll(string(o), "_", " ")
}

// explainedOut is how many of those who are out [List.Explain] names.
const explainedOut = 20

// Explain says in words what was chosen, why, and how far from the best it may be. It names
// the first 20 who are out, and counts the others by their codes.
func (l List) Explain() string {
	var text strings.Builder
	_ = l.WriteText(&text) // a strings.Builder does not fail
	return text.String()
}

// WriteText writes what [List.Explain] says. The error is the writer's.
func (l List) WriteText(to io.Writer) error {
	var text strings.Builder
	l.explainWhole(&text)
	for _, p := range l.Picks {
		p.explain(&text)
	}
	for _, r := range l.Reserve {
		r.explain(&text)
	}
	for _, b := range l.Binding {
		b.explain(&text)
	}
	l.explainOut(&text)
	for _, f := range l.Findings {
		fmt.Fprintf(&text, "%s: %s\n", f.Severity, f.Message)
	}
	_, err := io.WriteString(to, text.String())
	return err
}

func (l List) explainWhole(text *strings.Builder) {
	fmt.Fprintf(text, "%d picks bring %s %s", len(l.Picks), rounded(l.Value, 6), l.Objective.words())
	if l.Low != nil && l.High != nil {
		fmt.Fprintf(text, " (%s to %s)", rounded(*l.Low, 6), rounded(*l.High, 6))
	}
	fmt.Fprintf(text, " for %s, %s is left.\n", l.Spent, l.Left)
	if l.Exact {
		text.WriteString("No list within the limits brings more.\n")
	} else {
		fmt.Fprintf(text, "No list within the limits brings more than %s, a gap of %.2g%%.\n", ceiling(l.Bound), 100*l.Gap)
	}
	if l.AtLow != nil {
		fmt.Fprintf(text, "If everyone brought only the low end, %.0f%% of the picks would be the same.\n", 100**l.AtLow)
	}
}

func (p Pick) explain(text *strings.Builder) {
	fmt.Fprintf(text, "%s  %s: %s", p.Priority, p.Key, p.Price)
	if p.PricePerOutcome != nil {
		fmt.Fprintf(text, ", %s for each", p.PricePerOutcome)
	}
	if p.PricePerThousand != nil {
		fmt.Fprintf(text, ", %s per 1,000", p.PricePerThousand)
	}
	if p.Steady != nil {
		fmt.Fprintf(text, ", chosen in %.0f%% of draws", 100**p.Steady)
	}
	text.WriteString("\n")
	for _, why := range p.Why {
		fmt.Fprintf(text, "   %s\n", why)
	}
}

// String is the message with those whom it is about.
func (r Reason) String() string {
	if len(r.Others) == 0 {
		return r.Message
	}
	names := make([]string, len(r.Others))
	for i, k := range r.Others {
		names[i] = k.String()
	}
	return fmt.Sprintf("%s (%s)", r.Message, strings.Join(names, ", "))
}

func (r Reserve) explain(text *strings.Builder) {
	fmt.Fprintf(text, "Reserve %s, %s, for", r.Key, r.Price)
	for i, s := range r.For {
		if i == 3 {
			fmt.Fprintf(text, " and %d more", len(r.For)-i)
			break
		}
		if i > 0 {
			text.WriteString(",")
		}
		fmt.Fprintf(text, " %s (loses %s)", s.Key, number(s.Loss))
	}
	text.WriteString("\n")
}

func (b Binding) explain(text *strings.Builder) {
	fmt.Fprintf(text, "Limit reached: %s", b.Limit)
	if b.Worth != 0 {
		fmt.Fprintf(text, ", one %s more is worth about %s", b.Per, rounded(b.Worth, 3))
	}
	if b.Next != nil {
		fmt.Fprintf(text, "; without it %s would come in for %s and bring %s", b.Next.Key, b.Next.Price, number(b.Next.Brings))
	}
	text.WriteString("\n")
}

func (l List) explainOut(text *strings.Builder) {
	counts, order := map[string]int{}, []string(nil)
	for i, o := range l.Out {
		if i < explainedOut {
			fmt.Fprintf(text, "Out: %s: %s\n", o.Key, o.Reason)
			continue
		}
		if counts[o.Code] == 0 {
			order = append(order, o.Code)
		}
		counts[o.Code]++
	}
	for _, code := range order {
		fmt.Fprintf(text, "Out: %d more: %s\n", counts[code], strings.ReplaceAll(strings.TrimPrefix(code, "out."), "_", " "))
	}
}
