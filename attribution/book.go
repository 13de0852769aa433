package attribution

import (
	"cmp"
	"fmt"
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
	// grouped tells that some offers are not of the standard group.
	grouped bool
}

// shelf maps a normalised key to the first of its offers; next chains the others of
// the same key in the order of their windows. Positions are offset by one, so that 0
// ends a chain.
type shelf struct {
	first map[string]uint32
	next  map[uint32]uint32
}

// NewBook indexes offers. All faults are reported at once, as paths into the slice:
// "required", "offer.no_evidence", "offer.length", "offer.window_order", "offer.group",
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
	b.grouped = slices.ContainsFunc(b.offers, func(o Offer) bool { return o.Group != GroupStandard })
	if err := byline.Faults(faults); err != nil {
		return nil, err
	}
	return b, nil
}

func (s *shelf) fill(offers []Offer, field string, key func(*Offer) string) []*byline.FieldError {
	s.first = make(map[string]uint32, len(offers))
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
	s.next = make(map[uint32]uint32)
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
	o, reason := b.codes.find(b.offers, NormalizeCode(code), at)
	if reason != "" {
		return Offer{}, false
	}
	return *o, true
}

// LinkOwner returns the offer that a link belongs to at an instant.
func (b *Book) LinkOwner(link string, at time.Time) (Offer, bool) {
	o, reason := b.links.find(b.offers, NormalizeCode(link), at)
	if reason != "" {
		return Offer{}, false
	}
	return *o, true
}

// find walks the few offers of one key. When none is active it returns the nearest
// one with the reason: the last that ended, else the first still to start.
func (s *shelf) find(offers []Offer, key string, at time.Time) (*Offer, Reason) {
	position := s.first[key]
	if position == 0 {
		return nil, ReasonUnknown
	}
	var ended *Offer
	for ; position != 0; position = s.next[position] {
		o := &offers[position-1]
		switch {
		case o.Active.Contains(at):
			return o, ""
		case o.Active.Before(at):
			ended = o
		case ended == nil:
			return o, ReasonNotStarted
		}
	}
	return ended, ReasonExpired
}

// pageKey is the form in which landing pages are compared. The home page is nobody's.
func pageKey(page string) string {
	if key := NormalizePage(page); key != "/" {
		return key
	}
	return ""
}
