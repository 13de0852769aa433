package disclosure

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// label answers the duty to say that a post is advertising.
func (e *examiner) label(rule *Rule) verdict {
	duty := rule.Label
	place, known := placeIn(duty.Place, e.post.Medium)
	if !known {
		return verdict{missing: []string{"medium"}}
	}
	s := &search{e: e, place: place, unsure: allRecalled(duty.Accepted), asks: duty.Accepted}
	v := s.words(duty, false)
	if v.status() == Risk {
		s.harden(&v, duty)
	}
	if v.status() != NoKnownIssue {
		if depends := e.depends(duty); depends != nil {
			v = verdict{missing: depends}
		}
	}
	return e.weighToggle(duty, v, s)
}

// words is what the words of a post come to under the lists of a duty; sure leaves out the
// risky and the rejected wordings that are only recalled.
func (s *search) words(duty *LabelDuty, sure bool) verdict {
	s.matcher = newMatcher(s.e, sure)
	s.matcher.add(duty.Accepted, accepted)
	s.matcher.add(duty.Risky, risky)
	s.matcher.add(duty.Rejected, rejected)
	for _, extra := range duty.ByTie {
		if s.e.fits(extra) == Yes {
			s.matcher.add(extra.Accepted, byTie)
		}
	}
	v := s.best(s.look())
	if v.status() != Violation {
		return v
	}
	return s.unlisted(duty, v)
}

// unlisted weighs words of no list besides, where the lists are open. In content of a language that is not known, what one language rejects proves nothing.
func (s *search) unlisted(duty *LabelDuty, listed verdict) verdict {
	opens := duty.opens(s.e.language)
	if opens == No {
		return listed
	}
	if opens == Unknown {
		s.matcher = newMatcher(s.e, s.matcher.sure)
		s.matcher.add(duty.Accepted, accepted)
		s.matcher.add(ofAnyLanguage(duty.Rejected), rejected)
	}
	s.matcher.addTerms()
	switch other := s.best(s.look()); {
	case other.status() != Risk:
		return listed
	case opens == Unknown:
		return verdict{missing: []string{"language"}}
	default:
		return other
	}
}

func ofAnyLanguage(labels []Label) []Label {
	return slices.DeleteFunc(slices.Clone(labels), func(l Label) bool { return l.Language != "" })
}

// harden makes a violation of a risk that is one without the wordings that are only
// recalled: what nobody confirmed may warn, and never stands in for a label.
func (s *search) harden(v *verdict, duty *LabelDuty) {
	if !slices.ContainsFunc(duty.Risky, doubted) && !slices.ContainsFunc(duty.Rejected, doubted) {
		return
	}
	if sure := s.words(duty, true); sure.status() == Violation {
		v.findings, v.seen = append(sure.findings, v.findings...), sure.seen
	}
}

func doubted(l Label) bool { return l.Confidence == byline.Recalled }

// depends names what is missing to know whether words for weaker ties, that are there, do.
func (e *examiner) depends(duty *LabelDuty) []string {
	var missing []string
	for _, extra := range duty.ByTie {
		if e.fits(extra) == Unknown {
			missing = append(missing, e.foundAny(extra.Accepted)...)
		}
	}
	return missing
}

// fits reports whether the weaker ties are all that there is.
func (e *examiner) fits(extra TieLabels) Known {
	if len(e.post.Ties) == 0 {
		return Unknown
	}
	for _, tie := range e.post.Ties {
		if !slices.Contains(extra.Ties, tie) {
			return No
		}
	}
	switch {
	case !extra.Uncontrolled || e.post.Control == No:
		return Yes
	case e.post.Control == Yes:
		return No
	}
	return Unknown
}

// foundAny names what is missing to know whether words that are there do, none where
// they are not there.
func (e *examiner) foundAny(labels []Label) []string {
	m := newMatcher(e, false)
	m.add(labels, accepted)
	for _, words := range e.texts {
		if len(m.find(words)) == 0 {
			continue
		}
		if len(e.post.Ties) == 0 {
			return []string{"ties"}
		}
		return []string{"control"}
	}
	return nil
}

// weighToggle puts the platform's own label in the place of words, for what it is worth. A
// switch of which nothing is known is off, unless it alone would do.
func (e *examiner) weighToggle(duty *LabelDuty, v verdict, s *search) verdict {
	worth := duty.ToggleSuffices
	if len(duty.TogglePlatforms) > 0 && !slices.Contains(duty.TogglePlatforms, e.post.Platform) {
		worth = NotStated
	}
	status := v.status()
	switch {
	case status == NoKnownIssue, worth == Both, e.post.Toggle == No, e.post.Toggle == Unknown && worth != Enough:
		return v
	case e.post.Toggle == Unknown && (status == Violation || status == CannotDetermine):
		return verdict{missing: append(v.missing, "toggle")}
	case e.post.Toggle == Yes && worth == Enough:
		return verdict{shown: true}
	case e.post.Toggle == Yes && status == Violation:
		return verdict{shown: true, findings: []byline.Finding{{
			Code: "label.toggle_alone", Severity: byline.Warning, Path: "toggle", Message: worth.sentence(), Fix: s.fix(),
		}}}
	}
	return v
}

func (s Sufficiency) sentence() string {
	const alone = "the platform's own label stands in place of words, and "
	switch s {
	case NotEnough:
		return alone + "that is not taken as enough"
	case Conditional:
		return alone + "that is enough under conditions only"
	case Both, Enough, NotStated:
	}
	return alone + "whether that is enough is not stated"
}

func allRecalled(labels []Label) bool {
	return len(labels) > 0 && !slices.ContainsFunc(labels, func(l Label) bool { return !doubted(l) })
}

// advise says how a missing or a poor label is mended.
func (e *examiner) advise(labels []Label, place Place) string {
	ordered := e.preferred(labels)
	if len(ordered) == 0 {
		return ""
	}
	return fmt.Sprintf("Put “%s” %s.", e.spell(ordered[0]), place.sentence(e.post.Medium))
}

// preferred puts the wordings that fit the content's language before those of others, and
// the recalled of each last. It keeps their order else.
func (e *examiner) preferred(labels []Label) []Label {
	class := func(l Label) int {
		class := 0
		if own := baseLanguage(l.Language); own != "" && own != e.language {
			class = 2
		}
		if doubted(l) {
			class++
		}
		return class
	}
	ordered := slices.Clone(labels)
	slices.SortStableFunc(ordered, func(a, b Label) int { return class(a) - class(b) })
	return ordered
}

// spell writes a label out as it is to be set.
func (e *examiner) spell(label Label) string {
	text := e.named(label)
	if label.Companion {
		text += " #" + strings.Join(strings.Fields(e.brand()), "")
	}
	return text
}

// named is the text of a label with the name of the brand.
func (e *examiner) named(label Label) string {
	name := e.brand()
	if strings.HasPrefix(label.Text, "#") {
		name = strings.Join(strings.Fields(name), "")
	}
	return strings.ReplaceAll(label.Text, "{brand}", name)
}

func (e *examiner) brand() string {
	if len(e.post.Brands) == 0 {
		return "[brand]"
	}
	return strings.TrimLeft(e.post.Brands[0], "@#")
}
