package multitouch

import (
	"cmp"
	"hash/maphash"
	"slices"
	"strings"
)

// id stands for a channel's name within one directory.
type id = uint16

// maxChannels is how many channels an id can tell apart.
const maxChannels = 1 << 16

// directory numbers the names of channels in the order in which they come. Two
// directories may number the same names differently; what is computed never depends on
// the numbers, because it is computed after renumbering by name.
type directory struct {
	names []string
	seed  maphash.Seed // spreads the names over slots; no number depends on it
	slots []slot       // open addressing, a power of two, at most half full

	recent [recentNames]recent // the name that was last asked for, by a few of its letters
}

// recent spares a name that comes often the hashing of all its letters.
type recent struct {
	name string // "" is none
	id   id
}

const recentNames = 1 << 8

type slot struct {
	hash uint64
	id   int32 // plus one; 0 is free
}

func newDirectory() *directory {
	return &directory{seed: maphash.MakeSeed(), slots: make([]slot, 64)}
}

// number returns the id of a name, a new one where it is new, and false where there are
// too many.
func (d *directory) number(name string) (id, bool) {
	if name == "" {
		return d.find(name)
	}
	last := len(name) - 1
	r := &d.recent[(17*uint(name[len(name)/2])+uint(name[last])+7*uint(last))%recentNames]
	if r.name == name {
		return r.id, true
	}
	n, ok := d.find(name)
	if ok {
		r.name, r.id = d.names[n], n
	}
	return n, ok
}

func (d *directory) find(name string) (id, bool) {
	hash := maphash.String(d.seed, name)
	mask := uint64(len(d.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		s := &d.slots[i]
		if s.id == 0 {
			return d.add(name, hash)
		}
		if s.hash == hash && d.names[s.id-1] == name {
			return id(s.id - 1), true
		}
	}
}

func (d *directory) add(name string, hash uint64) (id, bool) {
	if len(d.names) == maxChannels {
		return 0, false
	}
	// A copy, because the name may be a part of a large row.
	d.names = append(d.names, strings.Clone(name))
	if 2*len(d.names) > len(d.slots) {
		old := d.slots
		d.slots = make([]slot, 2*len(old))
		for _, s := range old {
			if s.id != 0 {
				d.place(s)
			}
		}
	}
	d.place(slot{hash: hash, id: int32(len(d.names))})
	return id(len(d.names) - 1), true
}

// truncate forgets the names but for the first n.
func (d *directory) truncate(n int) {
	if n == len(d.names) {
		return
	}
	d.names = d.names[:n]
	clear(d.slots)
	clear(d.recent[:])
	for i, name := range d.names {
		d.place(slot{hash: maphash.String(d.seed, name), id: int32(i + 1)})
	}
}

func (d *directory) place(s slot) {
	mask := uint64(len(d.slots) - 1)
	i := s.hash & mask
	for d.slots[i].id != 0 {
		i = (i + 1) & mask
	}
	d.slots[i] = s
}

// byName returns the directory that numbers the same names in their order, and where
// each old number goes.
func (d *directory) byName() (sorted *directory, renumber []id) {
	old := make([]id, len(d.names))
	for i := range old {
		old[i] = id(i)
	}
	slices.SortFunc(old, func(a, b id) int { return cmp.Compare(d.names[a], d.names[b]) })
	sorted, renumber = newDirectory(), make([]id, len(d.names))
	for _, from := range old {
		renumber[from], _ = sorted.number(d.names[from])
	}
	return sorted, renumber
}

// adopt numbers the names of another directory here, and returns where each of its
// numbers goes.
func (d *directory) adopt(names []string) (renumber []id, ok bool) {
	renumber = make([]id, len(names))
	for i, name := range names {
		if renumber[i], ok = d.number(name); !ok {
			return nil, false
		}
	}
	return renumber, true
}
