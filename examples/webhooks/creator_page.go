package main

import (
	"context"
	"fmt"
	"net/http"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	orderstore "github.com/bylinehq/byline/attribution/sqlstore"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/creator"
)

const (
	creatorEntries = 20
	creatorOrders  = 10
)

// statement is all that the stores and the programme know of one creator.
type statement struct {
	id         byline.CreatorID
	member     member
	known      bool // by the programme
	balances   []contracts.Balance
	waiting    []waiting
	entries    []contracts.Entry
	agreements []contracts.Terms
	latest     []attribution.Record
}

// readStatement answers to byline.ErrNotFound for a creator that neither the programme
// nor the ledger nor an order knows.
func (s *server) readStatement(ctx context.Context, id byline.CreatorID) (statement, error) {
	st := statement{id: id}
	st.member, st.known = s.programme.member(id)
	var err error
	if st.balances, err = s.ledger.CreatorBalances(ctx, id); err != nil {
		return st, err
	}
	if st.waiting, err = s.readWaiting(ctx, id, st.balances); err != nil {
		return st, err
	}
	if st.entries, err = s.ledger.OfCreator(ctx, id, creatorEntries); err != nil {
		return st, err
	}
	if st.latest, err = s.orders.RecentOrders(ctx, orderstore.OrderQuery{Creator: id, Limit: creatorOrders}); err != nil {
		return st, err
	}
	for _, a := range s.programme.Agreements.Agreements() {
		if t := a.Terms(); t.Creator == id {
			st.agreements = append(st.agreements, t)
		}
	}
	if !st.known && len(st.entries) == 0 && len(st.latest) == 0 {
		return st, fmt.Errorf("creator %s: %w", id, byline.ErrNotFound)
	}
	return st, nil
}

type creatorBody struct {
	ID           byline.CreatorID
	Name         string
	Known        bool
	JSON         string
	Orders       string
	Strip        strip
	Waiting      []waitingRow
	Accounts     []accountRow
	Offers       []offerRow
	Deliverables []deliverableRow
	Agreements   []agreementRow
	Entries      []entryRow
	Latest       []orderRow
}

type accountRow struct {
	Platform  string
	Handle    string
	Followers string
}

type offerRow struct {
	Code, Link, Window string
}

type deliverableRow struct {
	What, When string
}

type agreementRow struct {
	ID      contracts.AgreementID
	Version int
	Now     bool
	Window  string
	Pay     []string
	Done    []string // which milestones were reached
}

func (s *server) creatorPage(w http.ResponseWriter, r *http.Request) error {
	st, err := s.readStatement(r.Context(), byline.CreatorID(r.PathValue("id")))
	if err != nil {
		return err
	}
	b := s.creatorBody(st)
	return s.show(w, r, "creator", view{Title: b.Name, Active: "creators", Body: b})
}

func (s *server) creatorBody(st statement) creatorBody {
	b := creatorBody{
		ID: st.id, Name: s.programme.name(st.id), Known: st.known, JSON: "/api" + creatorPath(st.id), Orders: ordersOf(st.id),
		Strip: st.strip(), Waiting: waitingRows(st.waiting), Latest: s.orderRows(st.latest),
	}
	for _, a := range st.member.Accounts {
		b.Accounts = append(b.Accounts, newAccountRow(a))
	}
	for _, o := range s.programme.offersOf(st.id) {
		b.Offers = append(b.Offers, offerRow{o.Code, o.Link, showWindow(o.Active)})
	}
	for _, d := range st.member.Deliverables {
		b.Deliverables = append(b.Deliverables, newDeliverableRow(d))
	}
	for _, t := range st.agreements {
		b.Agreements = append(b.Agreements, s.agreementRow(t))
	}
	for _, e := range st.entries {
		b.Entries = append(b.Entries, s.entryRow(e))
	}
	return b
}

func (st statement) strip() strip {
	var earned, paid, payable, held, inTransit, inKind purse
	for _, b := range st.balances {
		earned, paid, payable = earned.add(b.Earned), paid.add(b.Paid), payable.add(b.Payable)
		held, inTransit, inKind = held.add(b.Held), inTransit.add(b.InTransit), inKind.add(b.InKind)
	}
	note := "may be paid out now"
	for _, m := range payable {
		if m.Sign() < 0 {
			note = "carried forward and netted by what is earned next"
		}
	}
	waits := "nothing waits"
	if held.something() {
		waits = "earned, and not payable yet"
	}
	tiles := []tile{
		{Label: "Earned", Values: earned.orNothing(), Note: "fees and commissions, less what came back"},
		{Label: "Paid", Values: paid.orNothing(), Note: "money that has left"},
		{Label: "Payable", Values: payable.orNothing(), Note: note},
		{Label: "Held", Values: held.orNothing(), Note: waits},
	}
	if inTransit.something() {
		tiles = append(tiles, tile{Label: "In transit", Values: inTransit.orNothing(), Note: "in a payout that is under way"})
	}
	if inKind.something() {
		tiles = append(tiles, tile{Label: "In goods", Values: inKind.orNothing(), Note: "gifts at their declared value, never paid out"})
	}
	return strip{Label: "Balance", Tiles: tiles}
}

func newAccountRow(a creator.Account) accountRow {
	row := accountRow{Platform: platformWord(a.Platform), Handle: a.Handle, Followers: missingWord(a.Followers.Missing())}
	if n, known := a.Followers.Value(); known {
		row.Followers = plural(int(n), "follower", "followers") + " on " + showDay(a.Followers.At())
	}
	return row
}

func newDeliverableRow(d brief.Deliverable) deliverableRow {
	return deliverableRow{
		What: fmt.Sprintf("%d × %s on %s", d.Count, d.Format, platformWord(d.Platform)),
		When: showWindow(d.Posting),
	}
}

func (s *server) agreementRow(t contracts.Terms) agreementRow {
	row := agreementRow{ID: t.ID, Version: t.Version, Window: showWindow(t.Effective), Pay: t.Pay.Describe()}
	for _, k := range t.Clauses.KillFees {
		row.Pay = append(row.Pay, killFeeWords(k))
	}
	for i, line := range row.Pay {
		row.Pay[i] = sentence(line)
	}
	for _, e := range s.programme.Progress[t.ID].Events {
		row.Done = append(row.Done, milestoneWord(e))
	}
	if a, ok := s.programme.Agreements.InForce(t.Creator, t.Campaign, s.now()); ok {
		row.Now = a.Terms().ID == t.ID && a.Terms().Version == t.Version
	}
	return row
}
