package disclosure

import "github.com/bylinehq/byline"

// gate answers what becomes of a category, or of what else is in the rule's scope,
// whatever the label says.
func (e *examiner) gate(rule *Rule) verdict {
	const banned = "this must not be promoted here, whatever the label says"
	if rule.Gate.Effect == Ban {
		fix := "Leave this market out, or the product."
		if rule.Gate.Conditions != "" {
			fix = "Leave it out, or make sure that the exception holds: " + rule.Gate.Conditions + "."
		}
		return blocked("gate.banned", gatePath(rule), banned, fix)
	}
	known, path := e.check(rule, "gate")
	switch {
	case known == Yes:
		return verdict{}
	case known == Unknown:
		return verdict{missing: []string{path}}
	case rule.Gate.Effect == Credentials:
		return blocked("gate.credentials", path, "the creator does not show the qualification or registration that this asks for", fixGate(rule))
	}
	return blocked("gate.conditions", path, "the conditions for promoting this are not met", fixGate(rule))
}

// gatePath is the fact of the post that the gate is about.
func gatePath(rule *Rule) string {
	switch {
	case len(rule.Scope.Categories) > 0:
		return "categories"
	case len(rule.Scope.Marks) > 0:
		return "marks"
	case rule.Scope.Minors > 0:
		return "minors"
	}
	return ""
}

func fixGate(rule *Rule) string {
	if rule.Gate.Conditions == "" {
		return ""
	}
	return "See to it: " + rule.Gate.Conditions + "."
}

func blocked(code, path, message, fix string) verdict {
	return verdict{findings: []byline.Finding{{Code: code, Severity: byline.Blocker, Path: path, Message: message, Fix: fix}}}
}
