package disclosure

// notice answers the duty to say something besides: that a person is virtual.
func (e *examiner) notice(rule *Rule) verdict {
	duty := rule.Notice
	place, known := placeIn(duty.Place, e.post.Medium)
	if !known {
		return verdict{missing: []string{"medium"}}
	}
	s := &search{e: e, matcher: newMatcher(e, false), place: place, notice: true, unsure: allRecalled(duty.Accepted), asks: duty.Accepted}
	s.matcher.add(duty.Accepted, accepted)
	return s.best(s.look())
}
