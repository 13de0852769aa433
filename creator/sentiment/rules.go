package sentiment

import "slices"

// The amounts that Hutto and Gilbert found by asking people (2014).
const (
	negation    = -0.74 // a negated word is the opposite, and weaker
	capitals    = 0.733 // what CAPITALS add where not all is in capitals
	neverSo     = 1.25  // "never so good" is praise
	beforeBut   = 0.5
	afterBut    = 1.5
	reach       = 3 // how many words before a word change it
	secondWords = 0.95
	thirdWords  = 0.9
)

// valences returns what each word says where it stands; 0 is nothing.
func (e *English) valences(words []word) []float64 {
	loud := 0
	for i := range words {
		if words[i].shouted {
			loud++
		}
	}
	mixed := loud > 0 && loud < len(words)
	valences := make([]float64, len(words))
	for i := range words {
		kindOf := words[i].text == "kind" && i+1 < len(words) && words[i+1].text == "of"
		if words[i].known && words[i].boost == 0 && !kindOf {
			valences[i] = e.valence(words, i, mixed)
		}
	}
	turnAtBut(words, valences)
	return valences
}

// valence lets the words before a word change it, from the nearest to the third. A word
// that says something itself changes no other.
func (e *English) valence(words []word, i int, mixed bool) float64 {
	v := afterNo(words, i)
	if mixed && words[i].shouted {
		v = louder(v, v)
	}
	for back := 1; back <= min(reach, i); back++ {
		before := words[i-back]
		if before.known {
			continue
		}
		v += boost(before, v, mixed) * fading(back)
		v *= negating(words, i, back)
		if back == reach {
			v = e.inPhrase(words, i, v)
		}
	}
	if isLeast(words, i) {
		v *= negation
	}
	return v
}

// afterNo is the valence of a word by itself: "no" before a word that says something
// only negates it, and reaches over "or".
func afterNo(words []word, i int) float64 {
	v := words[i].valence
	no := func(back int) bool { return i >= back && words[i-back].text == "no" }
	switch {
	case no(1), no(2), no(3) && isOneOf(words[i-1], "or", "nor"):
		return v * negation
	case no(0) && i+1 < len(words) && words[i+1].known:
		return 0
	}
	return v
}

// boost is what a word before adds to a valence, away from zero or toward it.
func boost(before word, v float64, mixed bool) float64 {
	if before.boost == 0 {
		return 0
	}
	b := before.boost
	if v < 0 {
		b = -b
	}
	if mixed && before.shouted {
		b = louder(b, v)
	}
	return b
}

// louder adds what capitals add, on the side of a valence.
func louder(amount, side float64) float64 {
	if side > 0 {
		return amount + capitals
	}
	return amount - capitals
}

func fading(back int) float64 {
	switch back {
	case 2:
		return secondWords
	case 3:
		return thirdWords
	}
	return 1
}

// negating is the factor by which the word some places before changes a valence.
func negating(words []word, i, back int) float64 {
	between := words[i-back+1 : i]
	so := func(w word) bool { return isOneOf(w, "so", "this") }
	doubt := func(w word) bool { return w.text == "doubt" }
	before := words[i-back]
	switch {
	case back == 2 && before.text == "never" && so(words[i-1]),
		back == 3 && before.text == "never" && so(words[i-2]),
		back == 3 && so(words[i-1]): // whatever stands before: so has the reference
		return neverSo
	case before.text == "without" && slices.ContainsFunc(between, doubt):
		return 1
	case before.negates:
		return negation
	}
	return 1
}

// isLeast reports whether "least" makes a word its opposite, as "at least" does not.
func isLeast(words []word, i int) bool {
	if i == 0 || words[i-1].text != "least" {
		return false
	}
	return i == 1 || !isOneOf(words[i-2], "at", "very")
}

func isOneOf(w word, a, b string) bool { return w.text == a || w.text == b }

// inPhrase gives a word the valence of the idiom that it stands in or after, and adds
// boosters of two words. It looks three words back, so it takes i >= 3.
func (e *English) inPhrase(words []word, i int, v float64) float64 {
	for _, at := range [...]struct{ start, length int }{{i - 1, 2}, {i - 2, 3}, {i - 2, 2}, {i - 3, 3}, {i - 3, 2}} {
		if p, ok := find(e.idioms, words[at.start:at.start+at.length]); ok {
			v = p
			break
		}
	}
	for length := 2; length <= min(3, len(words)-i); length++ {
		if p, ok := find(e.idioms, words[i:i+length]); ok {
			v = p
		}
	}
	for start := i - 3; start <= i-2; start++ {
		if p, ok := find(e.boosters, words[start:start+2]); ok {
			v += p
		}
	}
	return v
}

func find(phrases []phrase, words []word) (float64, bool) {
	for _, p := range phrases {
		if len(p.words) == len(words) && slices.EqualFunc(p.words, words, func(text string, w word) bool { return text == w.text }) {
			return p.valence, true
		}
	}
	return 0, false
}
