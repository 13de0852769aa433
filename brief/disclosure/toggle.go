package disclosure

import "github.com/bylinehq/byline"

// toggle answers the duty to switch the platform's own label on.
func (e *examiner) toggle(rule *Rule) verdict {
	switch e.post.Toggle {
	case Yes:
		return verdict{}
	case No:
		return verdict{findings: []byline.Finding{{
			Code: "toggle.off", Severity: byline.Blocker, Path: "toggle",
			Message: "the platform's own label is off", Fix: "Switch on “" + rule.Toggle.Name + "”.",
		}}}
	case Unknown:
	}
	return verdict{missing: []string{"toggle"}}
}
