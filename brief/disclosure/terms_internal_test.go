package disclosure

import (
	"slices"
	"strings"
	"testing"
)

// The terms are compared as they are written, so that each is its own folded form.
func TestTermsAreFolded(t *testing.T) {
	t.Parallel()
	var met []string
	for text := range strings.SplitSeq(terms, ", ") {
		var folded []string
		for _, w := range read(text) {
			folded = append(folded, w.text)
		}
		if got := strings.Join(folded, " "); got != text {
			t.Errorf("%q folds to %q", text, got)
		}
		if slices.Contains(met, text) {
			t.Errorf("%q stands twice", text)
		}
		met = append(met, text)
	}
}

// What the Union's list accepts in some language is a term in content of any.
func TestTermsHoldTheListOfTheUnion(t *testing.T) {
	t.Parallel()
	e := &examiner{met: vocabulary{words: make(map[string]bool)}}
	for _, label := range labelEU().Accepted {
		words := read(label.Text)
		e.met.words[words[0].text] = true
		m := newMatcher(e, false)
		m.addTerms()
		if len(m.find(words)) != 1 {
			t.Errorf("%q is no term", label.Text)
		}
		clear(e.met.words)
	}
}
