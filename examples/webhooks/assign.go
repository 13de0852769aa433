package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// assignment is an order given to a creator by hand, as the form of its page sends it.
type assignment struct {
	id      string // of the claim, drawn when the form was shown: sent twice, it is one claim
	creator byline.CreatorID
	author  string
	reason  string
}

const (
	maxForm   = 16 << 10
	maxAuthor = 100
	maxReason = 500
)

// claimPrefix begins the ids of claims that the form makes, so that it can replace no
// other.
const claimPrefix = "assigned-"

func newClaimID() string { return claimPrefix + rand.Text() }

func isClaimID(id string) bool {
	text, ours := strings.CutPrefix(id, claimPrefix)
	const least, most = 26, 64
	return ours && len(text) >= least && len(text) <= most && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
}

// assignForm is the form that assigns the order by hand.
type assignForm struct {
	Post                 string
	Claim                string // what the claim will be known by
	People               []person
	MaxAuthor, MaxReason int
}

func (s *server) assignForm(id byline.OrderID) *assignForm {
	if len(s.programme.Creators) == 0 {
		return nil
	}
	f := &assignForm{Post: orderPath(id) + "/assign", Claim: newClaimID(), MaxAuthor: maxAuthor, MaxReason: maxReason}
	for _, m := range s.programme.Creators {
		f.People = append(f.People, person{ID: m.ID, Name: m.Name})
	}
	return f
}

func readAssignment(r *http.Request) assignment {
	value := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	return assignment{id: value("claim"), creator: byline.CreatorID(value("creator")), author: value("author"), reason: value("reason")}
}

// check reports all that is wrong with the form: "required", "max", "assign.creator" for
// one that the programme does not have, "assign.claim" for an id that the page did not
// give.
func (a assignment) check(p *programme) error {
	var faults []*byline.FieldError
	add := func(path, code, message string) {
		faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
	}
	if !isClaimID(a.id) {
		add("claim", "assign.claim", "open the order's page again and use its form")
	}
	if _, ok := p.member(a.creator); !ok {
		add("creator", "assign.creator", "choose one of the programme's creators")
	}
	for _, f := range []struct {
		name, text string
		most       int
	}{{"author", a.author, maxAuthor}, {"reason", a.reason, maxReason}} {
		switch n := utf8.RuneCountInString(f.text); {
		case n == 0 || !utf8.ValidString(f.text):
			add(f.name, "required", "say who assigns the order, and why")
		case n > f.most:
			add(f.name, "max", "shorter, please")
		}
	}
	return byline.Faults(faults)
}

func (a assignment) claim(p *programme, at time.Time) attribution.Claim {
	return attribution.Claim{
		ID: a.id, Kind: attribution.ByManual, Creator: a.creator, Campaign: p.Plan.ID, Author: a.author, Reason: a.reason, At: at, AsOf: at,
	}
}

// assign gives an order to a creator: a claim like one of a shop's, settled at the same
// desk.
func (s *server) assign(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	a := readAssignment(r)
	if err := a.check(s.programme); err != nil {
		return err
	}
	return s.changeClaims(w, r, func(o attribution.Order) ([]attribution.Claim, error) {
		if _, known := findClaim(o, a.id); known {
			return nil, nil
		}
		return []attribution.Claim{a.claim(s.programme, s.now().UTC())}, nil
	})
}

// withdraw takes an assignment back. What it said, and who, stays on record.
func (s *server) withdraw(w http.ResponseWriter, r *http.Request) error {
	return s.changeClaims(w, r, func(o attribution.Order) ([]attribution.Claim, error) {
		c, known := findClaim(o, r.PathValue("claim"))
		switch {
		case !known || c.Kind != attribution.ByManual:
			return nil, errNoPage
		case c.Withdrawn:
			return nil, nil
		}
		c.Withdrawn = true
		if now := s.now().UTC(); now.After(c.AsOf) {
			c.AsOf = now
		}
		return []attribution.Claim{c}, nil
	})
}

// changeClaims settles an order with what change says of it, in one unit of work, and
// leads back to its page.
func (s *server) changeClaims(w http.ResponseWriter, r *http.Request, change func(attribution.Order) ([]attribution.Claim, error)) error {
	id := byline.OrderID(r.PathValue("id"))
	err := s.orders.InTx(r.Context(), func(ctx context.Context, tx *sql.Tx) error {
		known, err := s.orders.Order(ctx, tx, id)
		if err != nil {
			return err
		}
		claims, err := change(known.Order)
		if err != nil || len(claims) == 0 {
			return err
		}
		_, err = s.settler.Settle(ctx, tx, attribution.Order{ID: known.Order.ID, Shop: known.Order.Shop, Claims: claims})
		return err
	})
	if err != nil {
		return err
	}
	http.Redirect(w, r, orderPath(id)+"#claims", http.StatusSeeOther)
	return nil
}

func findClaim(o attribution.Order, id string) (attribution.Claim, bool) {
	i := slices.IndexFunc(o.Claims, func(c attribution.Claim) bool { return c.ID == id })
	if i < 0 {
		return attribution.Claim{}, false
	}
	return o.Claims[i], true
}
