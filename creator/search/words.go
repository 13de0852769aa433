package search

import "slices"

// posting is the rows that have a word: a sorted list, or a bitmap where that is smaller.
type posting struct {
	rows []uint32
	bits bitmap
}

func newPosting(rows []uint32, total int) posting {
	if len(rows) <= total/32 {
		return posting{rows: slices.Clip(rows)}
	}
	b := newBitmap(total)
	for _, row := range rows {
		b.set(row)
	}
	return posting{bits: b}
}

func (p posting) addTo(b bitmap) {
	if p.bits != nil {
		b.or(p.bits)
		return
	}
	for _, row := range p.rows {
		b.set(row)
	}
}

// vocabulary says which rows have which words, and of which rows that is known.
type vocabulary struct {
	lists map[string]posting
	known bitmap
}

// wordLists collects a vocabulary row by row.
type wordLists struct {
	lists map[string][]uint32
	known []uint32
}

// add notes a word of a row. The rows come in rising order.
func (w *wordLists) add(word string, row uint32) {
	if word == "" {
		return
	}
	if w.lists == nil {
		w.lists = map[string][]uint32{}
	}
	w.lists[word] = appendRow(w.lists[word], row)
}

func (w *wordLists) know(row uint32) { w.known = appendRow(w.known, row) }

func appendRow(rows []uint32, row uint32) []uint32 {
	if n := len(rows); n > 0 && rows[n-1] == row {
		return rows
	}
	return append(rows, row)
}

// build turns rows in the order of adding into rows in the order of ids.
func (w *wordLists) build(rank []uint32) vocabulary {
	v := vocabulary{lists: make(map[string]posting, len(w.lists)), known: newBitmap(len(rank))}
	for word, rows := range w.lists {
		v.lists[word] = newPosting(renumber(rows, rank), len(rank))
	}
	for _, row := range w.known {
		v.known.set(rank[row])
	}
	return v
}

func renumber(rows, rank []uint32) []uint32 {
	for i, row := range rows {
		rows[i] = rank[row]
	}
	slices.Sort(rows)
	return rows
}
