package disclosure

import "testing"

// What a matcher would find is never taken for absent: each wording of the records is met
// in its own text, alone, joined and inside a longer word.
func TestVocabularyHidesNothing(t *testing.T) {
	t.Parallel()
	for _, r := range Rules() {
		var all []Label
		if r.Label != nil {
			all = concat(r.Label.Accepted, r.Label.Risky, r.Label.Rejected)
		}
		if r.Notice != nil {
			all = append(all, r.Notice.Accepted...)
		}
		for _, label := range all {
			spelt := spell(label.Text)
			if spelt.branded {
				continue
			}
			for _, text := range []string{label.Text, "x " + label.Text + " x", "#" + spelt.joined, spelt.joined, "私" + spelt.joined + "の", "우" + spelt.joined + "리"} {
				words := read(text)
				e := &examiner{texts: [][]word{words}}
				m := &matcher{first: make(map[string][]wording), e: e}
				for _, w := range wordings(label, spelt.words, accepted, e) {
					m.index(w)
				}
				if len(m.find(words)) > 0 && vocabularyOf(e.texts).lacks(spelt) {
					t.Errorf("%q is not seen in %q", label.Text, text)
				}
			}
		}
	}
}
