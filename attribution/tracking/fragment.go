package tracking

import "strings"

// fragments is what no code may spell in the characters that a mint chose, also with
// digits for letters, with V for U, and across dashes. It is our own list of slurs and
// vulgar words in English, German, French and Spanish, and of signs of hate, with their
// forms without vowels. No such list is complete.
//
// The list numbers the codes: code n depends on it. It never changes; another list is
// another kind of mint.
const fragments = `ANAL ANUS APE ARSCH ARSE ASS CACA COCK CCK COON CRAP CUCK CUM CUNT CNT DEAD DEATH DICK DCK DIK
DUMM FAG FGT FART FAT FICK FCK FKK FOTZ FUCK FUK GAY GOOK HAG HATE HEIL HH HITL HTLR HJ HOMO HURE HRE JEW JUDE KACK KAK KIKE
KILL KKK KZ MERD METH MONG NAZ NEG NGR NIG NUTT PAKI PEDE PEDO PENIS PNS PIG PISS PORN PRN PUTA PUTE RAPE RETRD SEX SHIT SHT
SLUT SLT SS TARD TIT TURD TWAT TWT VAG WANK WNK WHORE WHR WTF XXX`

// letterOf folds a character to the letter that it is read as, 0 for A; ok is false for
// separators.
func letterOf(c byte) (letter uint8, ok bool) {
	if isDigit(c) {
		c = "OIZEASGTBG"[c-'0']
	}
	switch {
	case c == 'V':
		c = 'U'
	case c == 'L':
		c = 'I'
	case c < 'A' || c > 'Z':
		return 0, false
	}
	return c - 'A', true
}

// reader is the automaton of Aho and Corasick ("Efficient string matching", 1975) over
// the fragments: it knows of any text, letter by letter, which fragments end there.
type reader struct {
	next [][26]uint16
	ends []int // of each state, the length of the longest fragment that ends in it, or 0
}

func newReader() *reader {
	r := &reader{next: make([][26]uint16, 1), ends: make([]int, 1)}
	for fragment := range strings.FieldsSeq(fragments) {
		state := uint16(0)
		for i := range len(fragment) {
			letter, _ := letterOf(fragment[i])
			if r.next[state][letter] == 0 {
				r.next[state][letter] = uint16(len(r.next))
				r.next, r.ends = append(r.next, [26]uint16{}), append(r.ends, 0)
			}
			state = r.next[state][letter]
		}
		r.ends[state] = len(fragment)
	}
	r.link()
	return r
}

// link fills in, state by state from the shortest, where a letter leads that continues
// no fragment: to the longest end of the text that does.
func (r *reader) link() {
	fail := make([]uint16, len(r.next))
	queue := []uint16{0}
	for len(queue) > 0 {
		state := queue[0]
		queue = queue[1:]
		r.ends[state] = max(r.ends[state], r.ends[fail[state]])
		for letter, child := range r.next[state] {
			shorter := uint16(0)
			if state != 0 {
				shorter = r.next[fail[state]][letter]
			}
			if child == 0 {
				r.next[state][letter] = shorter
				continue
			}
			fail[child] = shorter
			queue = append(queue, child)
		}
	}
}
