package attribution

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// Explain renders the comparison for a person, in a few plain English sentences. The
// wording may change; programs read the fields.
func (c Comparison) Explain() string { return c.ExplainTo(nil) }

// ExplainTo is Explain in the reader's own names and number format. Nil options are the
// defaults.
func (c Comparison) ExplainTo(opts *ExplainOptions) string {
	e := comparisonWords{Comparison: c, name: func(id byline.CreatorID) string { return quoted(string(id)) }, money: byline.Money.String}
	e.A, e.B = plainVersion(c.A), plainVersion(c.B)
	if opts != nil && opts.Name != nil {
		e.name = opts.Name
	}
	if opts != nil && opts.Money != nil {
		e.money = opts.Money
	}
	said := []string{e.summary()}
	for _, t := range c.Totals {
		said = append(said, e.creators(t.Currency)...)
		said = append(said, e.total(t)...)
	}
	said = append(said, e.reasons()...)
	if c.Credits == CreditsRecorded && c.Changed > 0 {
		said = append(said, "Which creator brought a customer earlier was taken from the records for both policies, so what their own earlier decisions would have changed is not in here.")
	}
	return strings.Join(said, " ")
}

// comparisonWords is a comparison with the words for it.
type comparisonWords struct {
	Comparison
	name  func(byline.CreatorID) string
	money func(byline.Money) string
}

func (e comparisonWords) summary() string {
	const date = "2 Jan 2006"
	text := counted(e.Orders, "order")
	first, last := e.First.UTC().Format(date), e.Last.UTC().Format(date)
	switch {
	case e.First.IsZero():
	case first == last:
		text += " of " + first
	default:
		text += fmt.Sprintf(" from %s to %s", first, last)
	}
	differ := "none of them differs"
	switch {
	case e.Changed == 1:
		differ = "one of them differs"
	case e.Changed > 1:
		differ = fmt.Sprintf("%d of them differ", e.Changed)
	}
	return fmt.Sprintf("%s, decided by %s and by %s: %s.", text, e.A, e.B, differ)
}

func counted(n int64, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// plainVersion leaves the usual form of a version alone.
func plainVersion(version string) string {
	for part := range strings.SplitSeq(version, "/") {
		if quoted(part) != part {
			return quoted(version)
		}
	}
	return version
}

// creators tells who gains most and who loses most of a currency.
func (e comparisonWords) creators(currency byline.Currency) []string {
	rows := slices.DeleteFunc(slices.Clone(e.Creators), func(r CreatorChange) bool { return r.Currency != currency || e.gain(r) == 0 })
	slices.SortStableFunc(rows, func(a, b CreatorChange) int { return cmp.Compare(e.gain(b), e.gain(a)) })
	firstLoss := slices.IndexFunc(rows, func(r CreatorChange) bool { return e.gain(r) < 0 })
	if firstLoss < 0 {
		firstLoss = len(rows)
	}
	gains, losses := rows[:firstLoss], rows[firstLoss:]
	slices.Reverse(losses)
	if parts := append(e.list(gains, "gain"), e.list(losses, "lose")...); len(parts) > 0 {
		return []string{fmt.Sprintf("By %s %s.", e.B, joinAnd(parts))}
	}
	return nil
}

// gain is what a creator gains: money, or orders where there is none.
func (e comparisonWords) gain(r CreatorChange) int64 {
	if r.Currency == "" {
		return r.B.Orders - r.A.Orders
	}
	return r.Difference.Minor()
}

// list names the first few.
func (e comparisonWords) list(rows []CreatorChange, verb string) []string {
	const most = 3
	var parts []string
	for _, r := range rows[:min(len(rows), most)] {
		gain := e.gain(r)
		amount := e.money(byline.Minor(max(gain, -gain), r.Difference.Currency()))
		if r.Currency == "" {
			amount = counted(max(gain, -gain), "conversion")
		}
		parts = append(parts, fmt.Sprintf("%s %ss %s", e.name(r.Creator), verb, amount))
	}
	switch rest := len(rows) - most; {
	case rest == 1:
		parts = append(parts, fmt.Sprintf("another %ss less", verb))
	case rest > 1:
		parts = append(parts, fmt.Sprintf("%d others %s less each", rest, verb))
	}
	return parts
}

// total tells what the creators' amounts leave open.
func (e comparisonWords) total(t TotalChange) []string {
	both := func(text string, a, b byline.Money) []string {
		if a == b {
			return nil
		}
		return []string{fmt.Sprintf(text, e.money(a), e.A, e.money(b), e.B)}
	}
	return slices.Concat(
		both("The orders count %s by %s and %s by %s, because the policies leave out different things.", t.A.Base, t.B.Base),
		both("Nobody is credited for %s by %s and for %s by %s.", t.A.Uncredited, t.B.Uncredited),
		both("Held until a person has looked are %s by %s and %s by %s.", t.A.Held, t.B.Held),
	)
}

// reasons tells of the most frequent ones.
func (e comparisonWords) reasons() []string {
	const most = 3
	var said []string
	for _, r := range e.Reasons[:min(len(e.Reasons), most)] {
		what := fmt.Sprintf("In %s %s", counted(r.Orders, "order"), oneOf(r.Kind))
		if r.A == r.B && r.AHeld == r.BHeld {
			said = append(said, what+" counts as before, with another share or amount.")
			continue
		}
		said = append(said, fmt.Sprintf("%s is judged differently. By %s: %s. By %s: %s.", what, e.A, reasonWords(r.A, r.AHeld), e.B, reasonWords(r.B, r.BHeld)))
	}
	return said
}

// oneOf names a piece of evidence with its article.
func oneOf(k EvidenceKind) string {
	switch k {
	case ByPage:
		return "a visit to a page"
	case ByBinding:
		return "an earlier order"
	case ByManual:
		return "an assignment"
	}
	return "a " + evidenceName(k)
}

func reasonWords(r Reason, held bool) string {
	if r == "" {
		return "it is not there"
	}
	words := string(r)
	if i := slices.IndexFunc(Reasons(), func(m ReasonMeaning) bool { return m.Reason == r }); i >= 0 {
		words = Reasons()[i].Meaning
	}
	if held {
		words += ", and the amount is held"
	}
	return words
}
