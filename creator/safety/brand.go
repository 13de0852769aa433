package safety

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Name is a brand with the other names and handles it goes by. Names are compared without
// case, accents, spaces and punctuation, with "&" and "+" as "and" or as nothing, and with
// ä, ö, ü and å as one letter or two: "Müller" is "Mueller" and "muller", and
// "& Other Stories" is "andotherstories". Other names of a brand are its aliases.
type Name struct {
	Name    string   `json:"name"`
	Aliases []string `json:"aliases,omitempty"`
}

// Named makes names of texts without aliases; of none it makes a list that says that there
// are none.
func Named(names ...string) []Name {
	list := make([]Name, len(names))
	for i, n := range names {
		list[i] = Name{Name: n}
	}
	return list
}

// Brand is a brand with the categories of what it sells.
type Brand struct {
	Name
	Categories []string `json:"categories"`
}

func (n Name) keys() []string {
	var keys []string
	for _, name := range append([]string{n.Name}, n.Aliases...) {
		keys = append(keys, brandKeys(name)...)
	}
	return keys
}

// brandKeys returns the forms in which a name of a brand is compared, none for a name
// without a letter or digit. Two names are of one brand where they share a form.
func brandKeys(name string) []string {
	if nameKey(name) == "" {
		return nil
	}
	name = norm.NFC.String(strings.ToLower(name))
	if isPlain(name) {
		return []string{name}
	}
	var keys []string
	and, two := strings.ContainsAny(name, "&+"), strings.ContainsAny(name, "äöüåø")
	for _, form := range []spelledOut{{}, {and: true}, {two: true}, {and: true, two: true}} {
		if form.and && !and || form.two && !two {
			continue // another form gives the same
		}
		var b strings.Builder
		for _, r := range name {
			b.WriteString(form.letter(r))
		}
		if key := nameKey(b.String()); key != "" && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// spelledOut is how to write a name: with "and" for its sign, and with two letters for
// those that some write as two.
type spelledOut struct{ and, two bool }

func (s spelledOut) letter(r rune) string {
	if s.and && (r == '&' || r == '+') {
		return "and"
	}
	two := ""
	switch r {
	case 'ä':
		two = "ae"
	case 'ö', 'ø':
		two = "oe"
	case 'ü':
		two = "ue"
	case 'å':
		two = "aa"
	}
	if s.two && two != "" {
		return two
	}
	switch r { // letters that are not a plain one with an accent
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'ı':
		return "i"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	}
	return string(r)
}
