package vet

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Comments of fewer words are alike by nature: half of the world writes "so beautiful".
// Where a script has no spaces, three letters go for a word.
const (
	duplicateWords   = 4
	lettersOfOneWord = 3
)

func longEnough(words []string) bool {
	letters := 0
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); unspaced(r) {
			letters++
		} else {
			letters += lettersOfOneWord
		}
		if letters >= duplicateWords*lettersOfOneWord {
			return true
		}
	}
	return false
}

// Two comments repeat one another when they share at least this part of their pairs of
// neighbouring words (the Jaccard index). One word changed in ten leaves 64%.
const duplicateAlike = 0.6

// With 20 bands of 3 minima, 99.2% of pairs that are just alike enough meet in a band, and
// those that meet are compared in full (Broder 1997; Leskovec and others, Mining of Massive
// Datasets, chapter 3).
const (
	duplicateBands = 20
	duplicateRows  = 3
)

// duplicates is the share of comments, of those with at least four words, that say what
// another says, nearly or quite.
func (t *commentThread) duplicates() creator.Reading {
	s := tally{metric: DuplicateComments, formula: "words>=4;pairs_jaccard>=0.6;minhash=20x3"}
	var long []int
	for i, r := range t.remarks {
		if longEnough(r.words) {
			long = append(long, i)
		}
	}
	groups := t.alike(long)
	s.judged = len(long)
	sizes := map[int]int{}
	for _, root := range groups {
		sizes[root]++
	}
	var q quotes
	var largest []int
	for root, size := range sizes {
		if size > 1 {
			s.hits += size
			largest = append(largest, root)
		}
	}
	slices.SortFunc(largest, func(a, b int) int { return cmpInts(sizes[b], sizes[a], a, b) })
	for _, root := range largest[:min(3, len(largest))] {
		q.add(t.remarks[long[root]])
	}
	if len(q) > 0 {
		s.found = []byline.Finding{fitFinding("comments.duplicates", byline.Info, "%d comments are in %d groups that say the same, the largest %d times: %s", s.hits, len(largest), sizes[largest[0]], q)}
	}
	return t.share(s)
}

func cmpInts(a, b, c, d int) int {
	if a != b {
		return a - b
	}
	return c - d
}

// alike returns for each of the remarks the first that says the same.
func (t *commentThread) alike(which []int) []int {
	root := make([]int, len(which))
	first := make(map[string]int, len(which))
	var forms []form
	for n, i := range which {
		text := strings.Join(t.remarks[i].words, " ")
		if before, seen := first[text]; seen {
			root[n] = before
			continue
		}
		root[n], first[text] = n, n
		forms = append(forms, formOf(n, t.remarks[i].words))
	}
	nearDuplicates(forms, root)
	for n := range root {
		root[n] = find(root, n)
	}
	return root
}

// form is a text that stands there for the first time: its pairs of words, and a hash of
// each band.
type form struct {
	at    int
	pairs []uint64 // sorted, each once
	bands [duplicateBands]uint64
}

func formOf(at int, words []string) form {
	f := form{at: at, pairs: make([]uint64, 0, len(words))}
	for i := 1; i < len(words); i++ {
		f.pairs = append(f.pairs, mix(hashWord(words[i-1])*3+hashWord(words[i])))
	}
	slices.Sort(f.pairs)
	f.pairs = slices.Compact(f.pairs)
	for band := range duplicateBands {
		var h uint64
		for row := range duplicateRows {
			seed := mix(uint64(band*duplicateRows+row) + 1)
			least := ^uint64(0)
			for _, p := range f.pairs {
				least = min(least, mix(p^seed))
			}
			h = mix(h ^ least)
		}
		f.bands[band] = h
	}
	return f
}

// hashWord is FNV-1a of 64 bits, the same on every machine.
func hashWord(word string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(word) {
		h = (h ^ uint64(word[i])) * 1099511628211
	}
	return h
}

// mix is the finaliser of splitmix64.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// nearDuplicates unites forms that share a band and are alike in full. Each is compared with the
// first and the latest of its band, so that the work stays linear.
func nearDuplicates(forms []form, root []int) {
	type met struct{ first, latest int32 }
	seen := make(map[uint64]met, len(forms))
	for band := range duplicateBands {
		clear(seen)
		for i := range forms {
			f := &forms[i]
			m, ok := seen[f.bands[band]]
			if !ok {
				seen[f.bands[band]] = met{int32(i), int32(i)}
				continue
			}
			join(&forms[m.first], f, root)
			join(&forms[m.latest], f, root)
			seen[f.bands[band]] = met{m.first, int32(i)}
		}
	}
}

func join(a, b *form, root []int) {
	x, y := find(root, a.at), find(root, b.at)
	// Lists of too different a length cannot be alike enough, and need not be read.
	short, long := min(len(a.pairs), len(b.pairs)), max(len(a.pairs), len(b.pairs))
	if x != y && float64(short) >= duplicateAlike*float64(long) && jaccard(a.pairs, b.pairs) >= duplicateAlike {
		root[max(x, y)] = min(x, y)
	}
}

func find(root []int, n int) int {
	for root[n] != n {
		root[n] = root[root[n]]
		n = root[n]
	}
	return n
}

// jaccard of two sorted lists that hold each value once.
func jaccard(a, b []uint64) float64 {
	both, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			both, i, j = both+1, i+1, j+1
		}
	}
	if len(a)+len(b) == both {
		return 0
	}
	return float64(both) / float64(len(a)+len(b)-both)
}
