package disclosure

// permit answers the duty to hold a permit, or to be registered.
func (e *examiner) permit(rule *Rule) verdict {
	known, path := e.check(rule, "permit")
	switch known {
	case Yes:
		return verdict{}
	case Unknown:
		return verdict{missing: []string{path}}
	case No:
	}
	fix := "Get it before publishing: " + rule.Permit.Name + "."
	if rule.Permit.Visible {
		fix = "Get it before publishing, and show its number on the account: " + rule.Permit.Name + "."
	}
	return blocked("permit.missing", path, "the creator's permit or registration is not there, or not shown", fix)
}
