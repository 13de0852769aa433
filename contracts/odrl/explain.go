package odrl

import (
	"fmt"
	"strings"
)

// Explain says for a person how the decision came about, a line per rule. The texts may
// change; what they say is in the fields.
func (r Report) Explain() string {
	var text strings.Builder
	switch r.Decision {
	case Permit:
		text.WriteString("Allowed.\n")
	case NotEvaluated:
		text.WriteString("Not evaluated: an offer binds nobody.\n")
	default:
		text.WriteString("Not allowed: what no permission allows is denied.\n")
	}
	for _, rule := range r.Rules {
		fmt.Fprintf(&text, "%s %s.\n", rule.Path, rule.explain())
	}
	return text.String()
}

func (r RuleReport) explain() string {
	switch {
	case !r.Target:
		return "is about another asset"
	case !r.Party:
		return "is about somebody else"
	case !r.Action:
		return "is about other actions"
	}
	var why []string
	for _, c := range r.Constraints {
		if c.State != Satisfied {
			why = append(why, c.Path+" is "+strings.ReplaceAll(string(c.State), "_", " "))
		}
	}
	for _, d := range r.Duties {
		if d.Active && !d.Fulfilled {
			why = append(why, d.Path+" is not fulfilled")
		}
	}
	if len(why) == 0 {
		return "holds"
	}
	if r.Active {
		return "holds all the same: " + strings.Join(why, ", ")
	}
	return "does not hold: " + strings.Join(why, ", ")
}
