package attribution

import (
	"cmp"
	"fmt"
	"slices"
)

func (d explanation) credits() []string {
	if d.Standing == StandingNoDocument {
		return nil
	}
	if len(d.Credits) == 0 {
		return d.nobody()
	}
	var said []string
	if len(d.Credits) > 2 {
		said = append(said, d.manyOwners())
	} else {
		for _, c := range d.Credits {
			said = append(said, d.owner(c))
		}
	}
	return append(said, d.rejections(1)...)
}

func (d explanation) owner(c Credit) string {
	text := d.because(c, d.winning(c))
	if c.Corroborated {
		text += ", and " + d.agreement(c)
	}
	if c.Share.Num != c.Share.Den {
		text += fmt.Sprintf(", credited with %s of the order, %s", percent(c.Share), d.money(cmp.Or(c.Held, c.Earning)))
	}
	return text + "."
}

// because says on what a credit stands.
func (d explanation) because(c Credit, winners []Candidate) string {
	first, name := winners[0], d.name(c.Creator)
	switch c.By {
	case ByManual:
		if first.Author == "" {
			return fmt.Sprintf("The order was assigned to %s", name)
		}
		return fmt.Sprintf("%s assigned the order to %s: %s", quoted(first.Author), name, quoted(first.Note))
	case BySurvey:
		return fmt.Sprintf("When asked, the customer named %s", name)
	case ByBinding:
		return fmt.Sprintf("%s brought this customer with the order %s, %s", name, quoted(first.Evidence), ago(d.PlacedAt.Sub(first.At)))
	case ByCode:
		verb, belongs := "was used", "it belongs"
		if len(winners) > 1 {
			verb, belongs = "were used", "they belong"
		}
		return fmt.Sprintf("%s %s; %s to %s%s", joinAnd(quotedAll(c.Evidence)), verb, belongs, name, until(winners))
	}
	return d.becauseOfTouches(c, winners)
}

func (d explanation) becauseOfTouches(c Credit, winners []Candidate) string {
	first, name := winners[0], d.name(c.Creator)
	what := map[EvidenceKind]string{ByUTM: "visit", ByPage: "visit", ByView: "view"}[c.By]
	what = cmp.Or(what, "click")
	switch first.Reason {
	case ReasonClickShares:
		noun := fmt.Sprintf("one %s counts", what)
		if len(winners) > 1 {
			noun = fmt.Sprintf("%d %ss count", len(winners), what)
		}
		return fmt.Sprintf("Of %s %s, on %s", name, noun, joinAnd(quotedAll(c.Evidence)))
	case ReasonFirstClick:
		what = "first " + what
	default:
		what = "last " + what
	}
	when := ", " + ago(d.PlacedAt.Sub(first.At))
	if first.At.Equal(d.PlacedAt) {
		when = " that the order tells of"
	}
	return fmt.Sprintf("%s was the %s%s; it belongs to %s%s", joinAnd(quotedAll(c.Evidence)), what, when, name, until(winners))
}

func (d explanation) manyOwners() string {
	parts := make([]string, len(d.Credits))
	for i, c := range d.Credits {
		parts[i] = fmt.Sprintf("%s %s", d.name(c.Creator), percent(c.Share))
	}
	what := "Evidence of several creators counts"
	switch {
	case d.allBy(func(k EvidenceKind) bool { return k == ByCode }):
		what = "Codes of several creators were used"
	case d.allBy(EvidenceKind.isTouch):
		what = "Clicks of several creators count"
	}
	return fmt.Sprintf("%s, who share the order: %s.", what, joinAnd(parts))
}

func (d explanation) allBy(is func(EvidenceKind) bool) bool {
	return !slices.ContainsFunc(d.Credits, func(c Credit) bool { return !is(c.By) })
}

// winning returns the candidates that a credit stands on.
func (d explanation) winning(c Credit) []Candidate {
	var winning []Candidate
	for _, e := range d.Candidates {
		if e.Accepted && e.Kind == c.By && e.Creator == c.Creator && e.Campaign == c.Campaign && e.Reason != ReasonClickCorroborates {
			winning = append(winning, e)
		}
	}
	if len(winning) == 0 { // of a decision without its trace
		return []Candidate{{At: d.PlacedAt}}
	}
	return winning
}

func (d explanation) agreement(c Credit) string {
	for _, e := range d.Candidates {
		if e.Reason == ReasonClickCorroborates && e.Creator == c.Creator && e.Campaign == c.Campaign {
			if e.At.Equal(d.PlacedAt) {
				return fmt.Sprintf("a click on %s agrees", quoted(e.Evidence))
			}
			return fmt.Sprintf("a click on %s %s agrees", quoted(e.Evidence), ago(d.PlacedAt.Sub(e.At)))
		}
	}
	return "a click agrees"
}
