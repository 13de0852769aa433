package attribution

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// Book is an immutable index of offers by code and by link. It is safe for concurrent
// use. The zero Book is empty.
type Book struct {
	offers []Offer
	codes  shelf
	links  shelf
	pages  shelf
	utms   shelf
	// tenures hold what a look-up needs of each offer, close together: a book is far
	// larger than any cache.
	tenures []tenure
	owners  []owner
	// grouped tells that some offers are not of the standard group.
	grouped bool
}

// tenure is the part of an offer that every look-up reads.
type tenure struct {
	start, end int64 // nanoseconds of Unix time; the least and the greatest are open
	owner      uint32
	days       uint16
	group      int8
	terms      bool // it has further terms: products, uses
}

// shelf maps a normalised key to the first of its offers; next chains the others of
// the same key in the order of their windows. Positions are offset by one, so that 0
// ends a chain.
type shelf struct {
	first map[string]uint32
	next  map[uint32]uint32
}

// NewBook indexes offers. All faults are reported at once, as paths into the slice:
// "required", "offer.no_evidence", "offer.length", "offer.window_order", "offer.group", "offer.page",
// "offer.window_days", "offer.uses", and "offer.overlap" when one code or link stands in two offers at the same instant, be it
// of one creator. Time and memory are linear.
func NewBook(offers []Offer) (*Book, error) {
	b := &Book{offers: slices.Clone(offers)}
	var faults []*byline.FieldError
	for i, o := range offers {
		for _, f := range o.faults() {
			faults = append(faults, byline.Nest(fmt.Sprintf("[%d]", i), f)...)
		}
	}
	faults = append(faults, b.codes.fill(b.offers, "code", func(o *Offer) string { return NormalizeCode(o.Code) })...)
	faults = append(faults, b.links.fill(b.offers, "link", func(o *Offer) string { return NormalizeCode(o.Link) })...)
	faults = append(faults, b.pages.fill(b.offers, "page", func(o *Offer) string { return pageKey(o.Page) })...)
	faults = append(faults, b.utms.fill(b.offers, "utm", func(o *Offer) string { return NormalizeCode(o.UTM) })...)
	if err := byline.Faults(faults); err != nil {
		return nil, err
	}
	b.condense()
	return b, nil
}

func (b *Book) condense() {
	b.tenures = make([]tenure, len(b.offers))
	known := map[owner]uint32{}
	for i := range b.offers {
		o := &b.offers[i]
		who := owner{o.Creator, o.Campaign}
		at, ok := known[who]
		if !ok {
			at = uint32(len(b.owners))
			known[who] = at
			b.owners = append(b.owners, who)
		}
		b.tenures[i] = tenure{
			start: nanos(o.Active.Start, math.MinInt64), end: nanos(o.Active.End, math.MaxInt64), owner: at,
			days: uint16(o.WindowDays), group: int8(groupRank(o.Group)), terms: o.Uses > 0 || len(o.Products) > 0,
		}
		b.grouped = b.grouped || o.Group != GroupStandard
	}
}

// nanos is Unix time in nanoseconds, as near as an int64 comes to it. A zero time is open.
func nanos(t time.Time, open int64) int64 {
	if t.IsZero() {
		return open
	}
	return instant(t)
}

func instant(t time.Time) int64 {
	const years = math.MaxInt64 / int64(time.Second)
	switch unix := t.Unix(); {
	case unix <= -years:
		return math.MinInt64 + 1
	case unix >= years:
		return math.MaxInt64 - 1
	}
	return t.UnixNano()
}

// fill makes room for the offers that have such a key, which may be none.
func (s *shelf) fill(offers []Offer, field string, key func(*Offer) string) []*byline.FieldError {
	keyed := 0
	for i := range offers {
		if key(&offers[i]) != "" {
			keyed++
		}
	}
	if keyed == 0 {
		return nil
	}
	s.first = make(map[string]uint32, keyed)
	shared := map[string][]uint32{}
	for i := range offers {
		k := key(&offers[i])
		if k == "" {
			continue
		}
		position := uint32(i + 1)
		if earlier, taken := s.first[k]; taken {
			if len(shared[k]) == 0 {
				shared[k] = []uint32{earlier}
			}
			shared[k] = append(shared[k], position)
			continue
		}
		s.first[k] = position
	}
	return s.chain(offers, field, shared)
}

// chain orders the offers of each shared key by their windows and reports overlaps.
func (s *shelf) chain(offers []Offer, field string, shared map[string][]uint32) []*byline.FieldError {
	var faults []*byline.FieldError
	if len(shared) > 0 {
		s.next = make(map[uint32]uint32)
	}
	for k, positions := range shared {
		slices.SortFunc(positions, func(a, b uint32) int {
			x, y := offers[a-1].Active, offers[b-1].Active
			return cmp.Or(x.Start.Compare(y.Start), compareEnd(x.End, y.End), cmp.Compare(a, b))
		})
		s.first[k] = positions[0]
		last := positions[0] // of those before p, the one that ends last
		for i, p := range positions[1:] {
			s.next[positions[i]] = p
			before := last
			if compareEnd(offers[p-1].Active.End, offers[last-1].Active.End) > 0 {
				last = p
			}
			if offers[before-1].Active.Overlaps(offers[p-1].Active) {
				faults = append(faults, &byline.FieldError{
					Path:    fmt.Sprintf("[%d].%s", p-1, field),
					Code:    "offer.overlap",
					Message: fmt.Sprintf("the %s is already taken by offer %d at the same time", field, before-1),
				})
			}
		}
	}
	slices.SortFunc(faults, func(a, b *byline.FieldError) int { return cmp.Compare(a.Path, b.Path) })
	return faults
}

// compareEnd orders window ends, an open end last.
func compareEnd(a, b time.Time) int {
	switch {
	case a.IsZero() && b.IsZero():
		return 0
	case a.IsZero():
		return 1
	case b.IsZero():
		return -1
	}
	return a.Compare(b)
}

// Len is the number of offers. A nil Book has none.
func (b *Book) Len() int {
	if b == nil {
		return 0
	}
	return len(b.offers)
}

// CodeOwner returns the offer that a code belongs to at an instant, whatever its
// spelling.
func (b *Book) CodeOwner(code string, at time.Time) (Offer, bool) {
	return b.ownerOf(&b.codes, NormalizeCode(code), at)
}

// LinkOwner returns the offer that a link belongs to at an instant.
func (b *Book) LinkOwner(link string, at time.Time) (Offer, bool) {
	return b.ownerOf(&b.links, NormalizeCode(link), at)
}

func (b *Book) ownerOf(among *shelf, key string, at time.Time) (Offer, bool) {
	i, reason := b.find(among, key, at)
	if reason != "" {
		return Offer{}, false
	}
	return b.offers[i], true
}

// find walks the few offers of one key. When none is active it returns the nearest
// one with the reason: the last that ended, else the first still to start. The place is
// of no meaning beside ReasonUnknown.
func (b *Book) find(among *shelf, key string, at time.Time) (int, Reason) {
	position := among.first[key]
	if position == 0 {
		return 0, ReasonUnknown
	}
	now, ended := instant(at), uint32(0)
	for ; position != 0; position = among.next[position] {
		t := &b.tenures[position-1]
		switch {
		case now >= t.end:
			ended = position
		case now >= t.start:
			return int(position - 1), ""
		case ended == 0:
			return int(position - 1), ReasonNotStarted
		}
	}
	return int(ended - 1), ReasonExpired
}

// pageKey is the form in which landing pages are compared. The home page is nobody's.
func pageKey(page string) string {
	if key := NormalizePage(page); key != "/" {
		return key
	}
	return ""
}
