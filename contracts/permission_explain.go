package contracts

import (
	"fmt"
	"strings"

	"github.com/bylinehq/byline"
)

// Explain renders the permission for a person, in plain English: what [Permission.Why]
// says and what would mend it. Times are shown on the clock they came with. The wording
// may change; programs read the fields.
func (p Permission) Explain() string {
	if len(p.Remedies) == 0 {
		return p.Why()
	}
	return p.Why() + " To mend it: " + strings.Join(p.Remedies, "; ") + "."
}

// Why is [Permission.Explain] without the Remedies, for where they stand by themselves.
func (p Permission) Why() string {
	said := []string{p.verdict()}
	if p.ByContract {
		said = append(said, p.ground())
	} else {
		said = append(said, p.nearest()...)
	}
	for _, f := range p.Findings {
		said = append(said, sentence(f.Message))
	}
	if !p.Allowed && !p.Until.IsZero() {
		said = append(said, "It may run until "+timeWords(p.Until)+".")
	}
	return strings.Join(said, " ")
}

func (p Permission) verdict() string {
	what := fmt.Sprintf("%s for %s in %s %s", p.Asset, channelWords(p.Use.Channel), p.Use.place(), p.Use.span())
	switch {
	case p.Allowed:
		return "Yes: " + what + "."
	case p.ByContract:
		return "No: " + what + ". The contract allows it, the platform does not."
	}
	return "No: " + what + ". The contract does not allow it."
}

// span says when a use is.
func (u Use) span() string {
	if u.Until.IsZero() {
		return "at " + timeWords(u.At)
	}
	return "from " + timeWords(u.At) + " until " + timeWords(u.Until)
}

func (p Permission) ground() string {
	text := fmt.Sprintf("It stands on grant %s of agreement %s, version %d", p.Grant, p.Agreement, p.Version)
	if p.Allowed && p.Until.IsZero() {
		text += ", without end"
	} else if p.Allowed {
		text += ", and may go on until " + timeWords(p.Until)
	}
	if p.Exclusive {
		text += ". The right is exclusive"
	}
	if p.Credit {
		text += ". The creator must be named"
	}
	return text + "."
}

// nearest tells of the grant that comes closest, and counts the others.
func (p Permission) nearest() []string {
	var first []string
	others := map[Denial]bool{}
	for _, d := range p.Reasons {
		if d.of() == p.Reasons[0].of() {
			first = append(first, d.Message)
		} else {
			others[d.of()] = true
		}
	}
	if len(first) == 0 {
		return nil
	}
	d := p.Reasons[0]
	if d.Grant == "" {
		return []string{sentence(d.Message)}
	}
	said := []string{fmt.Sprintf("Nearest is grant %s of agreement %s, version %d: %s.", d.Grant, d.Agreement, d.Version, strings.Join(first, "; "))}
	switch len(others) {
	case 0:
	case 1:
		said = append(said, "One other grant fits less.")
	default:
		said = append(said, fmt.Sprintf("%d other grants fit less.", len(others)))
	}
	return said
}

// denialCodes are the codes of a permission's reasons and blockers, each once, the nearest
// grant's first.
func denialCodes(p Permission) []string {
	var codes []string
	for _, d := range p.Reasons {
		if d.of() == p.Reasons[0].of() {
			codes = append(codes, d.Code)
		}
	}
	for _, f := range p.Findings {
		if f.Severity == byline.Blocker {
			codes = append(codes, f.Code)
		}
	}
	return codes
}
