package tracking

import (
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Mint makes discount codes: a keyed bijection between the numbers below Space and
// the codes of a pattern. Code n is unique by construction, so no store is needed but a
// counter, and the number of a code is found again. It is safe for concurrent use.
//
// Codes are guessed only by trying. Whoever knows any number of codes learns nothing of
// the others, as far as ten rounds of a Feistel network on AES go; but every one of the
// Space codes is some number's, so a try hits an issued code with a chance of issued
// out of Space. Take a pattern whose Space is millions of times what is issued, where a
// code is worth money: "{creator}-########" has 1.6e10 codes. Below a million codes not
// only the odds are bad: Feistel networks that small have known weaknesses (NIST SP
// 800-38G Rev. 1, second draft, February 2025).
type Mint struct {
	pattern  string
	cells    []cell
	reach    []int // of each cell, how many letters lie between it and the last generated place, both counted
	weights  []uint64
	reader   *reader
	sums     int        // states of the check sum: radix, or 1 without a check character
	futures  [][]uint64 // of each place and state, in how many ways a code goes on
	order    permutation
	checking bool
}

// NewMint makes a mint of a pattern:
//
//	#          one character of [Alphabet]; 1 to 14 of them
//	*          a check character over them: it shows every single mistyped character and
//	           every two that changed places; at most one, behind the last #
//	{creator}  the creator, in upper case
//	A-Z 0-9    themselves, letters in upper case; "-" and "_" too
//
// "ADA-####", "{creator}####*". A mint's numbers belong to its key, pattern and creator
// together: another key makes the same codes in another order, so one pattern has one
// key, for as long as its codes are valid, and one counter. The key has at least 32
// bytes.
//
// Faults are "tracking.key", "tracking.pattern" and "tracking.length" (64 characters),
// all at once. A mint takes a fraction of a millisecond to make, and some milliseconds
// with a check character: keep it.
func NewMint(key attribution.Secret, pattern, creator string) (*Mint, error) {
	cells, faults := parsePattern(pattern, creator)
	if len(key) < minKey {
		faults = append(faults, fault("key", codeKey))
	}
	if err := byline.Faults(faults); err != nil {
		return nil, err
	}
	m := &Mint{cells: cells, reader: newReader(), sums: 1}
	m.measure()
	m.plan()
	var err error
	m.order, err = newPermutation(key, "byline mint 1\n"+m.pattern, m.Space())
	return m, err
}

// measure fills in what the places alone decide.
func (m *Mint) measure() {
	var text strings.Builder
	far := maxCodeLen
	places := uint64(0)
	for _, c := range m.cells {
		text.WriteByte(byte(c))
		weight := uint64(0)
		switch c {
		case generated:
			places++
			weight, far = places, 0
		case check:
			m.checking, m.sums, far = true, int(radix), 0
		}
		if _, isLetter := letterOf(byte(c)); isLetter || !c.literal() {
			far++
		}
		m.reach, m.weights = append(m.reach, far), append(m.weights, weight)
	}
	m.pattern = text.String()
}

// String is the pattern with its creator.
func (m *Mint) String() string { return m.pattern }

// Space is how many codes there are.
func (m *Mint) Space() uint64 {
	if m == nil || len(m.futures) == 0 {
		return 0
	}
	return m.futures[0][0]
}

// Code returns code n, for n below Space, in the form of attribution.NormalizeCode.
// The error is a fault of code "tracking.exhausted".
func (m *Mint) Code(n uint64) (string, error) {
	if n >= m.Space() {
		return "", fault("n", codeSpent)
	}
	return m.write(m.order.forward(n)), nil
}

// Index returns the number of a code in any spelling; ok is false for text that is no
// code of this mint. That a code has a number does not say that it was issued: compare
// with the counter.
func (m *Mint) Index(code string) (n uint64, ok bool) {
	if m.Space() == 0 {
		return 0, false
	}
	rank, ok := m.read(attribution.NormalizeCode(code))
	if !ok {
		return 0, false
	}
	return m.order.backward(rank), true
}

// SingleUse returns the offer with code n, good for one order. The number comes from a
// counter of the caller's, such as the number of the click that the code is for, and is
// never used twice. Errors are those of [Mint.Code].
func (m *Mint) SingleUse(n uint64, o attribution.Offer) (attribution.Offer, error) {
	code, err := m.Code(n)
	if err != nil {
		return attribution.Offer{}, err
	}
	o.Code, o.Uses = code, 1
	return o, nil
}

// The codes of a pattern are listed in the order of the alphabet, without those that
// spell a fragment, and numbered from 0. Where a number stands is found place by place:
// for each character we know how many codes go on from it.

// spot is where a code stands behind one of its places: what has been read of
// fragments, and the check sum.
type spot struct {
	state uint16
	sum   uint64
}

func (m *Mint) slot(s spot) int {
	if !m.checking {
		return int(s.state)
	}
	return int(s.state)*m.sums + int(s.sum)
}

// step puts a character into a place; ok is false when that completes a fragment, not
// counting one that the caller's own literals spell alone. digit is the character's
// number in the alphabet.
func (m *Mint) step(at int, s spot, c byte, digit uint64) (next spot, ok bool) {
	if m.checking {
		s.sum = (s.sum + m.weights[at]*digit) % radix
	}
	letter, isLetter := letterOf(c)
	if !isLetter {
		return s, true
	}
	s.state = m.reader.next[s.state][letter]
	return s, m.reader.ends[s.state] < m.reach[at]
}

// choices returns the characters that may stand in a place.
func (m *Mint) choices(at int, s spot) string {
	switch m.cells[at] {
	case generated:
		return Alphabet
	case check:
		return Alphabet[s.sum : s.sum+1]
	default:
		return m.pattern[at : at+1]
	}
}

// plan counts from the end how codes go on.
func (m *Mint) plan() {
	states := len(m.reader.next)
	m.futures = make([][]uint64, len(m.cells)+1)
	for at := len(m.cells); at >= 0; at-- {
		m.futures[at] = make([]uint64, states*m.sums)
		for state := range states {
			for sum := range m.sums {
				s := spot{uint16(state), uint64(sum)}
				m.futures[at][m.slot(s)] = m.ways(at, s)
			}
		}
	}
}

func (m *Mint) ways(at int, s spot) uint64 {
	if at == len(m.cells) {
		return 1
	}
	total := uint64(0)
	choices := m.choices(at, s)
	for digit := range len(choices) {
		if next, ok := m.step(at, s, choices[digit], uint64(digit)); ok {
			total += m.futures[at+1][m.slot(next)]
		}
	}
	return total
}

// write returns the code that stands at a rank below Space.
func (m *Mint) write(rank uint64) string {
	code := make([]byte, len(m.cells))
	s := spot{}
	for at := range m.cells {
		choices := m.choices(at, s)
		for digit := range len(choices) {
			next, ok := m.step(at, s, choices[digit], uint64(digit))
			if !ok {
				continue
			}
			ways := m.futures[at+1][m.slot(next)]
			if rank < ways {
				code[at], s = choices[digit], next
				break
			}
			rank -= ways
		}
	}
	return string(code)
}

// read is the inverse of write.
func (m *Mint) read(code string) (rank uint64, ok bool) {
	if len(code) != len(m.cells) {
		return 0, false
	}
	s := spot{}
	for at := range m.cells {
		choices := m.choices(at, s)
		found := strings.IndexByte(choices, code[at])
		if found < 0 {
			return 0, false
		}
		for digit := range found {
			if next, ok := m.step(at, s, choices[digit], uint64(digit)); ok {
				rank += m.futures[at+1][m.slot(next)]
			}
		}
		if s, ok = m.step(at, s, code[at], uint64(found)); !ok {
			return 0, false
		}
	}
	return rank, true
}
