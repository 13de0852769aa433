package outreach

import (
	"fmt"
	"strings"

	"github.com/bylinehq/byline"
)

// Shelf holds templates by name and locale. It never changes.
type Shelf struct {
	templates map[place]*Template
}

type place struct{ name, locale string }

// NewShelf compiles texts, or reports the faults of all of them, by the codes of
// [Compile] and "template.twice" for a name that stands twice in one locale.
func NewShelf(texts []Text) (*Shelf, error) {
	s := &Shelf{templates: make(map[place]*Template, len(texts))}
	var faults []*byline.FieldError
	for i, text := range texts {
		path := fmt.Sprintf("[%d]", i)
		t, err := Compile(text)
		faults = append(faults, byline.Nest(path, err)...)
		at := place{text.Name, strings.ToLower(text.Locale)}
		if s.templates[at] != nil {
			faults = append(faults, fault(path, "template.twice", "this name stands twice in this locale"))
		}
		s.templates[at] = t
	}
	if err := byline.Faults(faults); err != nil {
		return nil, err
	}
	return s, nil
}

// Find returns the template of a name in a locale, or in the nearest that is wider: pt for
// pt-BR. Where there is none it returns the one in the locale byDefault, and where that is
// "" or has none either it refuses with "outreach.no_locale": a person is not written to in a
// language that nobody chose.
func (s *Shelf) Find(name, locale, byDefault string) (*Template, error) {
	for _, wanted := range []string{locale, byDefault} {
		if !isTag(wanted) {
			continue
		}
		for _, tag := range fallbacks(wanted) {
			if t := s.templates[place{name, tag}]; t != nil {
				return t, nil
			}
		}
	}
	return nil, &byline.RefusalError{Code: "outreach.no_locale", Message: "there is no such template in this language or a wider one"}
}
