package disclosure

import (
	"strings"
	"unicode/utf8"
)

// matcher finds the wordings of one duty.
type matcher struct {
	first  map[string][]wording // by the first word
	any    []wording            // whose first word may be any
	inside []wording            // of a script without spaces: looked for inside words too
	e      *examiner
	sure   bool // without risky and rejected wordings that are only recalled
}

func newMatcher(e *examiner, sure bool) *matcher {
	return &matcher{first: make(map[string][]wording), e: e, sure: sure}
}

// add looks for labels from now on, but for those that cannot be in any of the texts.
func (m *matcher) add(labels []Label, k kind) {
	for i := range labels {
		if m.sure && (k == risky || k == rejected) && doubted(labels[i]) {
			continue
		}
		spelt := m.e.spelt.of(labels[i].Text)
		if len(spelt.words) == 0 || m.e.met.lacks(spelt) {
			continue
		}
		for _, w := range wordings(labels[i], spelt.words, k, m.e) {
			m.index(w)
		}
	}
}

func (m *matcher) index(w wording) {
	first := w.parts[0]
	if first.any {
		m.any = append(m.any, w)
		return
	}
	m.first[first.text] = append(m.first[first.text], w)
	if r, _ := utf8.DecodeRuneInString(first.text); len(w.parts) == 1 && !w.tag && scriptOf(r) > letter {
		m.inside = append(m.inside, w)
	}
}

// match is a wording found in a text, from one word up to another.
type match struct {
	wording  wording
	from, to int
	within   bool // inside a word of a script without spaces
	inline   bool // in the middle of a sentence
}

// find returns the wordings in a text by their place, none inside a longer one.
func (m *matcher) find(words []word) []match {
	var found []match
	covered := 0
	openers := m.openers(words)
	for i := range words {
		best, ok := m.at(words, i)
		if !ok || best.to <= covered {
			continue
		}
		covered = best.to
		apart := openers[i] || (words[i].apartBefore && words[best.to-1].apartAfter)
		best.inline = words[i].sign == 0 && (!apart || words[i].glued)
		found = append(found, best)
	}
	return found
}

// at returns the longest wording that begins at a word, of equals the one of the highest
// kind and of the content's language.
func (m *matcher) at(words []word, i int) (match, bool) {
	var best match
	ok := false
	try := func(w wording, within bool) {
		candidate := match{wording: w, from: i, to: i + len(w.parts), within: within}
		if !ok || candidate.beats(best) {
			best, ok = candidate, true
		}
	}
	for _, w := range m.first[words[i].text] {
		if w.matchesAt(words, i) {
			try(w, false)
		}
	}
	for _, w := range m.any {
		if w.matchesAt(words, i) {
			try(w, false)
		}
	}
	if words[i].unspaced && words[i].sign == 0 && !words[i].link {
		for _, w := range m.inside {
			if strings.Contains(words[i].text, w.parts[0].text) {
				try(w, words[i].text != w.parts[0].text)
			}
		}
	}
	return best, ok
}

func (a match) beats(b match) bool {
	switch {
	case a.to != b.to:
		return a.to > b.to
	case (a.wording.kind == unlisted) != (b.wording.kind == unlisted):
		return b.wording.kind == unlisted
	case a.within != b.within:
		return b.within
	case a.wording.foreign != b.wording.foreign:
		return b.wording.foreign
	case a.wording.guesses() != b.wording.guesses():
		return b.wording.guesses()
	}
	return a.wording.kind > b.wording.kind
}

// openers tells which words open a line, or follow nothing but names on it.
func (m *matcher) openers(words []word) []bool {
	opens := make([]bool, len(words))
	for i := range words {
		opens[i] = opens[i] || words[i].opens
		if !opens[i] || i+1 >= len(words) {
			continue
		}
		if n := m.name(words, i); n > 0 && i+n < len(words) {
			opens[i+n] = true
		}
	}
	return opens
}

// name returns how many words from i on are a name: a handle, or the brand's.
func (m *matcher) name(words []word, i int) int {
	if n := m.e.brands.at(words, i); n > 0 {
		return n
	}
	if words[i].sign == '@' {
		return 1
	}
	return 0
}

// lead returns how many words at the beginning of a text are names or labels: the first
// that is none of them is the first of the content.
func (m *matcher) lead(words []word, found []match) int {
	i := 0
	for i < len(words) {
		for len(found) > 0 && found[0].from < i {
			found = found[1:]
		}
		next := i + m.name(words, i)
		if len(found) > 0 && found[0].from == i && found[0].wording.kind != rejected && !found[0].within {
			next = found[0].to
		}
		if next == i {
			break
		}
		i = next
	}
	return i
}

// tagged reports whether a brand's name is among the first three hashtags.
func (m *matcher) tagged(words []word) bool {
	tags := 0
	for i, w := range words {
		if w.sign != '#' {
			continue
		}
		if m.e.brands.at(words, i) > 0 {
			return true
		}
		if tags++; tags == 3 {
			break
		}
	}
	return false
}

// followed reports whether a brand's name stands in the two words after a label.
func (m *matcher) followed(words []word, f match) bool {
	for i := f.to; i < len(words) && i < f.to+2; i++ {
		if m.e.brands.at(words, i) > 0 {
			return true
		}
	}
	return false
}
