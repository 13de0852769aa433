package contracts

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// Negotiation is the record of how a brand and a creator came to terms, or did not: a
// log of moves that only grows. It is immutable; each move returns a new one. Nobody but
// the two sides moves: an agency or a guardian speaks for one of them.
//
// Two callers who move from the same Negotiation make two of them. Store the log under a
// key of its id and the number of moves, so that the second one fails.
type Negotiation struct {
	id    string
	moves []Move
}

// Move is one entry of a negotiation.
type Move struct {
	Kind  MoveKind  `json:"kind"`
	By    Role      `json:"by"` // RoleBrand or RoleCreator
	At    time.Time `json:"at"`
	Offer int       `json:"offer"`           // which offer is made or answered, from 1
	Terms *Terms    `json:"terms,omitempty"` // of a Proposed one, unsigned
	Note  string    `json:"note,omitempty"`  // of a Proposed one
	// Hash is over the negotiation's id, the hash before and this move. Who keeps the last
	// one elsewhere can prove that nothing before it was changed, taken out or put in.
	Hash string `json:"hash"`
}

// MoveKind is what somebody does in a negotiation.
type MoveKind string

// Kinds of move.
const (
	Proposed  MoveKind = "proposed"
	Accepted  MoveKind = "accepted"
	Declined  MoveKind = "declined"
	Withdrawn MoveKind = "withdrawn"
)

// Bounds on what is read and written: of a note in bytes, and of a log in moves. Each
// move copies the log.
const (
	maxNote  = 10_000
	maxMoves = 1000
)

// NewNegotiation returns a negotiation without moves. The id is the caller's own and
// must not be empty.
func NewNegotiation(id string) Negotiation { return Negotiation{id: strings.ToValidUTF8(id, "\uFFFD")} }

// Propose makes an offer. It takes the place of the offer that is open, whoever made
// that: a counter-offer declines it. Signatures and SignedAt in the terms are left out.
//
// The faults are those of every move: "required"; "oneof" for a role that is no side;
// "negotiation.time" for a time before that of the last move or after the year 9999; "max"
// for a move after the 1,000th. Those of an offer are "max" for a note above 10,000
// bytes, "negotiation.subject" for terms of another
// agreement, creator or campaign than the first offer's, and those of [Draft] at
// "terms". Once an offer was accepted the error is byline.ErrConflict.
func (n Negotiation) Propose(by Role, at time.Time, terms Terms, note string) (Negotiation, error) {
	terms = terms.clone()
	terms.SignedAt, terms.Signatures = time.Time{}, nil
	_, err := Draft(terms)
	offers := n.offers()
	return n.append(Move{Kind: Proposed, By: by, At: at, Offer: len(offers) + 1, Terms: &terms, Note: note}, byline.Nest("terms", err)...)
}

// Accept agrees to the open offer of the other side. An offer that was replaced,
// declined, withdrawn or accepted before answers byline.ErrConflict, one that was never
// made byline.ErrNotFound. The faults are those of every move, see Propose, and
// "negotiation.own_offer".
func (n Negotiation) Accept(by Role, offer int, at time.Time) (Negotiation, error) {
	return n.append(Move{Kind: Accepted, By: by, At: at, Offer: offer})
}

// Decline turns the open offer of the other side down. The errors are those of Accept.
func (n Negotiation) Decline(by Role, offer int, at time.Time) (Negotiation, error) {
	return n.append(Move{Kind: Declined, By: by, At: at, Offer: offer})
}

// Withdraw takes one's own open offer back. The errors are those of Accept, with
// "negotiation.other_offer" for an offer of the other side.
func (n Negotiation) Withdraw(by Role, offer int, at time.Time) (Negotiation, error) {
	return n.append(Move{Kind: Withdrawn, By: by, At: at, Offer: offer})
}

// ID is the id that the negotiation was made with.
func (n Negotiation) ID() string { return n.id }

// Moves returns a copy of the log.
func (n Negotiation) Moves() []Move {
	return cloneEach(n.moves, func(m *Move) {
		if m.Terms != nil {
			terms := m.Terms.clone()
			m.Terms = &terms
		}
	})
}

// Open returns the number and the maker of the offer that waits for an answer.
func (n Negotiation) Open() (offer int, by Role, ok bool) {
	if len(n.moves) == 0 {
		return 0, "", false
	}
	last := n.moves[len(n.moves)-1]
	return last.Offer, last.By, last.Kind == Proposed
}

// Agreed returns a copy of the terms that were accepted. [Draft] binds them.
func (n Negotiation) Agreed() (Terms, bool) {
	if len(n.moves) == 0 || n.moves[len(n.moves)-1].Kind != Accepted {
		return Terms{}, false
	}
	return n.offers()[n.moves[len(n.moves)-1].Offer-1].Terms.clone(), true
}

// offers returns the moves that made an offer, so that offer i is at i-1.
func (n Negotiation) offers() []Move {
	return slices.DeleteFunc(slices.Clone(n.moves), func(m Move) bool { return m.Kind != Proposed })
}

// append adds a move that the log allows. found are faults that the caller saw.
func (n Negotiation) append(m Move, found ...*byline.FieldError) (Negotiation, error) {
	if err := byline.Faults(append(n.moveFaults(m), found...)); err != nil {
		return Negotiation{}, err
	}
	if err := n.answers(m); err != nil {
		return Negotiation{}, err
	}
	m.At, m.Note = m.At.UTC(), strings.ToValidUTF8(m.Note, "\uFFFD") // as JSON will have it
	var err error
	if m.Hash, err = n.hash(m); err != nil {
		return Negotiation{}, byline.Faults([]*byline.FieldError{{Path: "at", Code: "negotiation.time", Message: "no JSON can hold this time"}})
	}
	return Negotiation{id: n.id, moves: append(slices.Clone(n.moves), m)}, nil
}

// moveFaults are those that lie in the move itself.
func (n Negotiation) moveFaults(m Move) []*byline.FieldError {
	c := &agreementCheck{}
	if n.id == "" {
		c.add("id", "required", "name the negotiation")
	}
	if m.By != RoleBrand && m.By != RoleCreator {
		c.add("by", "oneof", "must be one of brand, creator")
	}
	switch {
	case m.At.IsZero():
		c.add("at", "required", "say when")
	case len(n.moves) > 0 && m.At.Before(n.moves[len(n.moves)-1].At):
		c.add("at", "negotiation.time", "the last move was later")
	}
	if len(m.Note) > maxNote {
		c.add("note", "max", "must have at most 10000 bytes")
	}
	if len(n.moves) >= maxMoves {
		c.add("moves", "max", "must have at most 1000 entries")
	}
	if offers := n.offers(); m.Terms != nil && len(offers) > 0 {
		first := offers[0].Terms
		if m.Terms.ID != first.ID || m.Terms.Creator != first.Creator || m.Terms.Campaign != first.Campaign {
			c.add("terms", "negotiation.subject", "the first offer was for another agreement, creator or campaign")
		}
	}
	return c.faultList
}

// answers checks a move against where the negotiation stands.
func (n Negotiation) answers(m Move) error {
	if m.Kind == Proposed {
		if _, done := n.Agreed(); done {
			return fmt.Errorf("an offer was accepted already: %w", byline.ErrConflict)
		}
		return nil
	}
	if m.Offer < 1 || m.Offer > len(n.offers()) {
		return fmt.Errorf("no offer %d was made: %w", m.Offer, byline.ErrNotFound)
	}
	open, by, ok := n.Open()
	switch {
	case !ok || open != m.Offer:
		return fmt.Errorf("offer %d is not open: it was %s: %w", m.Offer, n.fate(m.Offer), byline.ErrConflict)
	case m.Kind == Withdrawn && by != m.By:
		return byline.Faults([]*byline.FieldError{{Path: "offer", Code: "negotiation.other_offer", Message: "only who made an offer can withdraw it"}})
	case m.Kind != Withdrawn && by == m.By:
		return byline.Faults([]*byline.FieldError{{Path: "offer", Code: "negotiation.own_offer", Message: "only the other side can answer an offer"}})
	}
	return nil
}

// fate says what became of an offer that is not open.
func (n Negotiation) fate(offer int) string {
	for _, m := range n.moves {
		if m.Offer == offer && m.Kind != Proposed {
			return string(m.Kind)
		}
	}
	return fmt.Sprintf("replaced by offer %d", offer+1)
}

// hash chains a move to what was before it. Terms are hashed as Agreement.Digest does,
// so that the same terms written in another way keep their hash.
func (n Negotiation) hash(m Move) (string, error) {
	link := map[string]any{"negotiation": n.id, "kind": m.Kind, "by": m.By, "at": m.At.UTC(), "offer": m.Offer, "note": m.Note}
	if len(n.moves) > 0 {
		link["previous"] = n.moves[len(n.moves)-1].Hash
	}
	if m.Terms != nil {
		digest, err := m.Terms.digest()
		if err != nil {
			return "", err
		}
		link["terms"] = digest
	}
	return digestOf(link)
}

type negotiationJSON struct {
	ID    string `json:"id"`
	Moves []Move `json:"moves"`
}

// MarshalJSON writes the id and the log, for [ReadNegotiation].
func (n Negotiation) MarshalJSON() ([]byte, error) {
	return json.Marshal(negotiationJSON{n.id, n.moves})
}

// ReadNegotiation reads what MarshalJSON writes and plays the log again from its start.
// A log that was changed is refused with all faults of its first wrong move, at
// "moves[i]": those of the moves, "negotiation.order" for a move that was not open to its
// maker, "negotiation.signed" for an offer with a signature or its day, which no hash
// covers, and "negotiation.hash". Text that is no such JSON, has fields that this version
// does not know and would not check, or a name twice or in capitals, which another reader
// may read otherwise, is a fault of code "negotiation.syntax".
//
// The terms of offers are not checked again, so that an old log stays readable: Draft
// does it. A log that was cut at its end is whole; compare the last hash with one kept
// elsewhere.
func ReadNegotiation(data []byte) (Negotiation, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	var wire negotiationJSON
	if err := decoder.Decode(&wire); err != nil || wire.ID == "" {
		return Negotiation{}, errNegotiationSyntax()
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) || !plainNames(json.NewDecoder(bytes.NewReader(data))) {
		return Negotiation{}, errNegotiationSyntax()
	}
	n := NewNegotiation(wire.ID)
	for i, m := range wire.Moves {
		next, err := n.replay(m)
		if err != nil {
			return Negotiation{}, byline.Faults(byline.Nest(entryPath("moves", i), err))
		}
		n = next
	}
	return n, nil
}

// plainNames reports whether each object of a JSON value has each name once, and as we
// write it. encoding/json takes the last of two names, and a name in any case.
func plainNames(d *json.Decoder) bool {
	start, err := d.Token()
	if _, nested := start.(json.Delim); !nested {
		return err == nil
	}
	met := map[json.Token]bool{}
	for d.More() {
		if start == json.Delim('{') {
			name, err := d.Token()
			text, _ := name.(string)
			if err != nil || met[name] || strings.Trim(text, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
				return false
			}
			met[name] = true
		}
		if !plainNames(d) {
			return false
		}
	}
	_, err = d.Token()
	return err == nil
}

func errNegotiationSyntax() error {
	return byline.Faults([]*byline.FieldError{{Code: "negotiation.syntax", Message: "not a negotiation as this version writes it"}})
}

// replay appends a move that comes from outside.
func (n Negotiation) replay(m Move) (Negotiation, error) {
	c := &agreementCheck{}
	if !slices.Contains([]MoveKind{Proposed, Accepted, Declined, Withdrawn}, m.Kind) {
		c.add("kind", "oneof", "must be one of proposed, accepted, declined, withdrawn")
	}
	made := m.Kind == Proposed
	if made != (m.Terms != nil) || !made && m.Note != "" || made && m.Offer != len(n.offers())+1 {
		c.add("", "negotiation.order", "this move cannot follow the ones before")
	}
	if m.Terms != nil && (!m.Terms.SignedAt.IsZero() || len(m.Terms.Signatures) > 0) {
		c.add("terms", "negotiation.signed", "an offer is not signed")
	}
	if err := byline.Faults(c.faultList); err != nil {
		return Negotiation{}, err
	}
	next, err := n.append(m)
	switch {
	case errors.Is(err, byline.ErrConflict), errors.Is(err, byline.ErrNotFound):
		return Negotiation{}, &byline.FieldError{Path: "offer", Code: "negotiation.order", Message: err.Error()}
	case err != nil:
		return Negotiation{}, err
	case next.moves[len(n.moves)].Hash != m.Hash:
		return Negotiation{}, &byline.FieldError{Path: "hash", Code: "negotiation.hash", Message: "the log was changed here or before"}
	}
	return next, nil
}

// Explain is the protocol of the negotiation, one move to a line, with what each
// counter-offer changes below it. Times are in UTC, dates of the terms in their zone.
func (n Negotiation) Explain() string {
	var page strings.Builder
	fmt.Fprintf(&page, "Negotiation %s\n", plain(n.id))
	var last *Terms
	for i, m := range n.moves {
		fmt.Fprintf(&page, "%s: the %s %s\n", timeWords(m.At), m.By, n.said(i))
		if m.Kind != Proposed {
			continue
		}
		if last != nil {
			zone, err := loadZone(m.Terms.Zone)
			if err != nil {
				zone = time.UTC
			}
			for _, change := range diffTerms(last, m.Terms, zone) {
				fmt.Fprintf(&page, "  %s\n", change.Sentence)
			}
		}
		last = m.Terms
	}
	page.WriteString(n.outcome())
	return page.String()
}

func (n Negotiation) said(i int) string {
	m := n.moves[i]
	if m.Kind != Proposed {
		return fmt.Sprintf("%s offer %d.", map[MoveKind]string{Accepted: "accepts", Declined: "declines", Withdrawn: "withdraws"}[m.Kind], m.Offer)
	}
	text := fmt.Sprintf("makes offer %d", m.Offer)
	if i > 0 && n.moves[i-1].Kind == Proposed {
		text += fmt.Sprintf(", which replaces offer %d", m.Offer-1)
	}
	if m.Note != "" {
		return text + fmt.Sprintf(": %q", m.Note)
	}
	return text + "."
}

func (n Negotiation) outcome() string {
	offer, by, open := n.Open()
	_, agreed := n.Agreed()
	switch {
	case agreed:
		return fmt.Sprintf("Agreed: offer %d.\n", offer)
	case open:
		return fmt.Sprintf("Open: offer %d of the %s.\n", offer, by)
	}
	return "Nothing is agreed and no offer is open.\n"
}
