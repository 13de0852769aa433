package disclosure

import (
	"slices"
	"strconv"
	"strings"
)

// reach says whether a rule is about a post: it is not, it is, or that is not known and
// what is missing to know it.
type reach struct {
	no      bool
	missing []string
}

func (r *reach) restrict(o reach) {
	r.no = r.no || o.no
	r.missing = append(r.missing, o.missing...)
}

func (e *examiner) reach(s Scope) reach {
	var r reach
	for _, o := range []reach{
		e.reachesTies(s), e.reachesMarks(s.Marks), e.reachesMinors(s.Minors), e.reachesCategories(s.Categories),
		oneOf(s.Platforms, e.post.Platform, "platform"), oneOf(s.Media, e.post.Medium, "medium"),
		anyOf(s.Regions, e.post.Regions, "regions"), e.reachesLanguages(s.Languages),
		atLeast(s.StaffMin, e.post.Staff, "staff"), atLeast(s.FollowersMin, e.post.Followers, "followers"),
	} {
		r.restrict(o)
	}
	return r
}

func oneOf[T ~string](allowed []T, is T, path string) reach {
	switch {
	case len(allowed) == 0:
		return reach{}
	case is == "":
		return reach{missing: []string{path}}
	}
	return reach{no: !slices.Contains(allowed, is)}
}

func anyOf[T ~string](allowed, are []T, path string) reach {
	switch {
	case len(allowed) == 0:
		return reach{}
	case len(are) == 0:
		return reach{missing: []string{path}}
	}
	return reach{no: !slices.ContainsFunc(are, func(v T) bool { return slices.Contains(allowed, v) })}
}

func atLeast(least int, is *int, path string) reach {
	switch {
	case least <= 0:
		return reach{}
	case is == nil:
		return reach{missing: []string{path}}
	}
	return reach{no: *is < least}
}

func (e *examiner) reachesLanguages(languages []string) reach {
	bases := make([]string, len(languages))
	for i, l := range languages {
		bases[i] = baseLanguage(l)
	}
	return oneOf(bases, e.language, "language")
}

// reachesTies: a tie that counts only with a say of the brand needs one.
func (e *examiner) reachesTies(s Scope) reach {
	if len(s.Ties) == 0 && len(s.Control) == 0 {
		return reach{}
	}
	if len(e.post.Ties) == 0 {
		return reach{missing: []string{"ties"}}
	}
	open := false
	for _, tie := range e.post.Ties {
		if len(s.Ties) > 0 && !slices.Contains(s.Ties, tie) {
			continue
		}
		if !slices.Contains(s.Control, tie) || e.post.Control == Yes {
			return reach{}
		}
		open = open || e.post.Control == Unknown
	}
	if open {
		return reach{missing: []string{"control"}}
	}
	return reach{no: true}
}

func (e *examiner) reachesMarks(marks []Mark) reach {
	if len(marks) == 0 {
		return reach{}
	}
	var missing []string
	for _, m := range marks {
		switch known := e.mark(m); known {
		case Yes:
			return reach{}
		case Unknown:
			missing = append(missing, "marks."+string(m))
		case No:
		}
	}
	return reach{no: missing == nil, missing: missing}
}

func (e *examiner) mark(m Mark) Known {
	if known := e.post.Marks[m]; known != Unknown {
		return known
	}
	if e.post.NoMark {
		return No
	}
	return Unknown
}

// reachesMinors: an audience under 13 is one under 18, and none under 18 is none under 13.
func (e *examiner) reachesMinors(age int) reach {
	if age <= 0 {
		return reach{}
	}
	none := false
	for told, known := range e.post.Minors {
		if known == Yes && told <= age {
			return reach{}
		}
		none = none || (known == No && told >= age)
	}
	if none {
		return reach{no: true}
	}
	return reach{missing: []string{"minors." + strconv.Itoa(age)}}
}

func (e *examiner) reachesCategories(categories []Category) reach {
	if len(categories) > 0 && e.post.NoCategory && len(e.post.Categories) == 0 {
		return reach{no: true}
	}
	return anyOf(categories, e.post.Categories, "categories")
}

// check returns what somebody checked for an answer, and the path of it.
func (e *examiner) check(rule *Rule, duty string) (known Known, path string) {
	id := strings.Join([]string{rule.ID, duty}, ".")
	return e.post.Checks[id], "checks[" + id + "]"
}
