package shortlist

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bylinehq/byline"
)

// Erased stands in a record where an erased creator's id stood.
const Erased byline.CreatorID = "erased"

// Erase returns the record without a creator: the id becomes [Erased], the handle and the
// texts of notes about them go, and so does what was known of them. Prices, outcomes and
// reasons by code stay, so that the sums of the list still hold. Texts of notes about
// others and free texts of the record that name the id lose it there as well, as far as it
// stands as a word. The given record is not changed.
func Erase(record Record, id byline.CreatorID) Record {
	if id == "" || id == Erased {
		return record
	}
	e := eraser{id: id}
	record.Request = e.request(record.Request)
	record.Known = slices.DeleteFunc(slices.Clone(record.Known), func(k Known) bool { return e.creator(k.CreatorID) == Erased })
	record.Notes = e.notes(record.Notes)
	record.List = e.list(record.List)
	if e.hit {
		record.Erased++
	}
	return record
}

// eraser replaces one id, and notes whether it was there.
type eraser struct {
	id  byline.CreatorID
	hit bool
}

func (e *eraser) creator(id byline.CreatorID) byline.CreatorID {
	if id != e.id {
		return id
	}
	e.hit = true
	return Erased
}

func (e *eraser) key(k Key) Key {
	if k.CreatorID == e.id {
		k.Handle = ""
	}
	k.CreatorID = e.creator(k.CreatorID)
	return k
}

func (e *eraser) creators(ids []byline.CreatorID) []byline.CreatorID {
	return mapped(ids, e.creator)
}

func (e *eraser) request(r Request) Request {
	r.Name = e.text(r.Name)
	r.MustHave, r.Never = e.creators(r.MustHave), e.creators(r.Never)
	r.Apart = mapped(r.Apart, func(pair [2]byline.CreatorID) [2]byline.CreatorID {
		return [2]byline.CreatorID{e.creator(pair[0]), e.creator(pair[1])}
	})
	return r
}

func (e *eraser) notes(notes []Note) []Note {
	return mapped(notes, func(n Note) Note {
		if n.CreatorID == e.id {
			n.Text = string(Erased)
		}
		n.CreatorID, n.Text = e.creator(n.CreatorID), e.text(n.Text)
		return n
	})
}

func (e *eraser) list(l List) List {
	l.Name = e.text(l.Name)
	l.Picks = mapped(l.Picks, func(p Pick) Pick {
		p.Key, p.Why = e.key(p.Key), e.reasons(p.Why)
		return p
	})
	l.Reserve = mapped(l.Reserve, func(r Reserve) Reserve {
		r.Key = e.key(r.Key)
		r.For = mapped(r.For, func(s StepIn) StepIn { return StepIn{e.key(s.Key), s.Loss} })
		return r
	})
	l.Out = mapped(l.Out, func(o Out) Out {
		if o.CreatorID == e.id {
			o.Message = ""
		}
		return Out{e.key(o.Key), e.reason(o.Reason)}
	})
	l.Binding = mapped(l.Binding, func(b Binding) Binding {
		if b.Next != nil {
			b.Next = &Next{Key: e.key(b.Next.Key), Brings: b.Next.Brings, Price: b.Next.Price}
		}
		return b
	})
	return l
}

func (e *eraser) reasons(list []Reason) []Reason { return mapped(list, e.reason) }

func (e *eraser) reason(r Reason) Reason {
	r.Others = mapped(r.Others, e.key)
	return r
}

// text replaces the id in free text where it stands between what is neither letter nor
// digit.
func (e *eraser) text(text string) string {
	var out strings.Builder
	id, before := string(e.id), ' '
	for text != "" {
		if rest, ok := strings.CutPrefix(text, id); ok && !wordRune(before) && !startsWord(rest) {
			out.WriteString(string(Erased))
			text, before, e.hit = rest, ' ', true
			continue
		}
		r, size := utf8.DecodeRuneInString(text)
		out.WriteString(text[:size])
		text, before = text[size:], r
	}
	return out.String()
}

func startsWord(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return text != "" && wordRune(r)
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }

func mapped[T any](list []T, f func(T) T) []T {
	out := slices.Clone(list)
	for i := range out {
		out[i] = f(out[i])
	}
	return out
}
