package attribution

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/bylinehq/byline"
)

// Place is where an order stands among all orders: by the time of its placing, to the
// microsecond, and by id within one. A decision depends on orders of an earlier place
// and on no others, so what changes in one order is carried forward once and ends.
type Place struct {
	At time.Time
	ID byline.OrderID
}

// Place returns where the order stands. An order without a document has no time and
// stands before all others.
func (o Order) Place() Place { return Place{o.PlacedAt.UTC().Truncate(time.Microsecond), o.ID} }

// Compare is negative when p comes before q.
func (p Place) Compare(q Place) int { return cmp.Or(p.At.Compare(q.At), cmp.Compare(p.ID, q.ID)) }

// Past is what an order tells a later one.
type Past struct {
	Place     Place
	Returning bool // its customer is a returning one from the next order on; see EarlierOrder.Counts
	// Stands says that the order earns and that not all of it came back. Only then do its
	// Credits bind a customer, and only then has it used its codes: whoever cancels and
	// orders again is as if they had ordered once.
	Stands  bool
	Credits []PastCredit // of one that stands, ordered by creator, then campaign
}

// Trace is a record as other orders see it. A store keeps it beside the record, and
// finds orders by its Marks.
type Trace struct {
	Past
	// Marks are what orders have in common that bear on each other: the customer's
	// account, e-mail key and phone key, each code, and Record.Kin. Sorted, each once.
	Marks []string
}

// Trace returns what other orders can see of the record.
func (r Record) Trace() Trace {
	t := Trace{Past: Past{Place: r.Order.Place(), Returning: r.Order.Earlier().Counts, Stands: r.stands()}}
	if t.Stands {
		for _, c := range r.Decision.Credits {
			t.Credits = append(t.Credits, PastCredit{Order: r.Order.ID, Creator: c.Creator, Campaign: c.Campaign, At: t.Place.At, By: c.By})
		}
	}
	t.Marks = append(r.Order.CustomerMarks(), r.Order.codeMarks()...)
	for _, id := range r.Kin {
		t.Marks = append(t.Marks, KinMark(id))
	}
	slices.Sort(t.Marks)
	t.Marks = slices.Compact(t.Marks)
	return t
}

// stands is Past.Stands.
func (r Record) stands() bool {
	d := &r.Decision
	return d.Standing == StandingEarning && (d.Sold.IsZero() || !d.Earning.IsZero())
}

// Equal reports whether other orders see the same.
func (t Trace) Equal(u Trace) bool { return t.Past.Equal(u.Past) && slices.Equal(t.Marks, u.Marks) }

// Equal reports whether a later order is told the same.
func (p Past) Equal(q Past) bool {
	return p.Place.Compare(q.Place) == 0 && p.Returning == q.Returning && p.Stands == q.Stands && slices.Equal(p.Credits, q.Credits)
}

// Span selects orders among those of one mark. The zero Span is all of them, the
// earliest first.
type Span struct {
	After, Before Place // both outside; the zero Place is open
	Standing      bool  // only those with Past.Stands
	Latest        bool  // the latest first
	Skip          int64 // leaves out so many
	Most          int   // ends after so many; 0: no end
}

// maxMark bounds what a mark is made of, in bytes. Nobody's account has a longer id.
const maxMark = 255

// CustomerMarks returns what tells that two orders are of one customer: the account of
// the shop, the e-mail key and the phone key, as [StatusOf] does. None of a person who
// was forgotten.
func (o Order) CustomerMarks() []string {
	if o.Forgotten {
		return nil
	}
	return o.Customer.marks(o.Shop)
}

func (c Customer) marks(shop string) []string {
	var marks []string
	if c.ID != "" && len(c.ID)+len(shop) <= maxMark {
		// The length keeps apart where the shop's name ends and the account's id begins.
		marks = append(marks, "account:"+strconv.Itoa(len(shop))+":"+shop+c.ID)
	}
	for _, key := range [...]string{c.Email, c.Phone} {
		if key != "" && len(key) <= maxMark {
			marks = append(marks, "person:"+key)
		}
	}
	return marks
}

// codeMarks passes over orders that are too large to be decided.
func (o Order) codeMarks() []string {
	if o.oversize() != nil {
		return nil
	}
	var marks []string
	for i := range o.Codes {
		if key, used := o.Codes[i].used(); used {
			marks = append(marks, codeMark(key))
		}
	}
	return marks
}

// used returns the key of a code that a customer used, and false for what is none.
func (c *CodeUse) used() (string, bool) {
	key := evidenceKey(c.Code)
	return key, (c.Kind == Genuine || c.Kind == Offline) && key != "" && len(key) <= maxCode
}

func codeMark(key string) string { return "code:" + key }

// KinMark is the mark of the orders that have an order among their Record.Kin.
func KinMark(id byline.OrderID) string { return "kin:" + string(id) }

// Limit is an offer of a limited number of uses that an order's code belongs to.
type Limit struct {
	Key    string // of History.Uses
	Mark   string // of the orders that used the code
	Uses   int64  // Offer.Uses
	Active byline.Window
}

// Limits returns the limits of the offers that the order's codes belong to, ordered by
// Key.
func (b *Book) Limits(o Order) []Limit {
	var limits []Limit
	for i := range o.Codes {
		key, used := o.Codes[i].used()
		if offer, active := b.CodeOwner(key, o.PlacedAt); used && active && offer.Uses > 0 {
			limits = append(limits, Limit{Key: key, Mark: codeMark(key), Uses: offer.Uses, Active: offer.Active})
		}
	}
	slices.SortFunc(limits, func(a, b Limit) int { return cmp.Compare(a.Key, b.Key) })
	return slices.CompactFunc(limits, func(a, b Limit) bool { return a.Key == b.Key })
}

// Limited reports whether any offer has a limited number of uses. Time is linear.
func (b *Book) Limited() bool {
	return b != nil && slices.ContainsFunc(b.offers, func(o Offer) bool { return o.Uses > 0 })
}

// Span returns the orders that can use up the limit.
func (l Limit) Span() Span {
	s := Span{Standing: true, Before: Place{At: l.Active.End}}
	if !l.Active.Start.IsZero() {
		// The empty id comes before every order of that instant.
		s.After = Place{At: l.Active.Start}
	}
	return s
}
