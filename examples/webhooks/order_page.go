package main

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

// account is one order with all that was posted for it.
type account struct {
	record  attribution.Record
	entries []contracts.Entry
}

func (s *server) readAccount(ctx context.Context, id byline.OrderID) (account, error) {
	record, err := s.orders.FindOrder(ctx, id)
	if err != nil {
		return account{}, err
	}
	entries, err := s.ledger.Subject(ctx, contracts.ForOrder(id))
	return account{record, entries}, err
}

// due is what one creator is owed for an order under one version of an agreement.
type due struct {
	Creator   byline.CreatorID      `json:"creator"`
	Agreement contracts.AgreementID `json:"agreement"`
	Version   int                   `json:"version"`
	Amount    byline.Money          `json:"amount"`
	Held      byline.Money          `json:"held"` // of Amount, what waits
}

// owed sums the entries of the order. A creator whose amount fell back to nothing is
// listed with nothing, because that is worth knowing.
func (a account) owed() []due {
	var dues []due
	for _, e := range a.entries {
		at := -1
		for i, d := range dues {
			if d.Creator == e.Creator && d.Agreement == e.Agreement && d.Version == e.Version && d.Amount.Currency() == e.Amount.Currency() {
				at = i
			}
		}
		if at < 0 {
			zero := byline.Minor(0, e.Amount.Currency())
			dues = append(dues, due{e.Creator, e.Agreement, e.Version, zero, zero})
			at = len(dues) - 1
		}
		dues[at].Amount = purse{dues[at].Amount}.add(e.Amount)[0]
		if e.Account == contracts.Held {
			dues[at].Held = purse{dues[at].Held}.add(e.Amount)[0]
		}
	}
	return dues
}

// running is what is owed for the order after each entry, each in its own currency.
func (a account) running() []byline.Money {
	var total purse
	sums := make([]byline.Money, len(a.entries))
	for i, e := range a.entries {
		total = total.add(e.Amount)
		sums[i] = total.of(e.Amount.Currency())
	}
	return sums
}

// waiting is what of the order is held, for one creator or, without one, for all.
func (a account) waiting(creator byline.CreatorID) []waiting {
	held := hall{}
	for _, e := range a.entries {
		if creator == "" || e.Creator == creator {
			held.add(e)
		}
	}
	return held.list()
}

func (a account) total() purse {
	var total purse
	for _, e := range a.entries {
		total = total.add(e.Amount)
	}
	return total
}

type orderBody struct {
	Number    string
	Facts     []string
	JSON      string
	Resettle  string // where to post, "" when settling again cannot change anything
	Standing  pill
	Explained string
	Owed      []dueRow
	Strip     strip
	Credits   []creditRow
	Held      bool // some of the credits wait
	Policy    string
	Decided   []fact // how it came to the decision
	Trace     []traceRow
	Claims    []claimRow
	Assign    *assignForm // nil where there is nobody to choose
	Flags     []flagRow
	Entries   []entryRow
	Refunds   []refundRow
	Disputes  []disputeRow
}

type dueRow struct {
	due
	Name string
	Held string // how much of it waits, and until when; "" for nothing
}

type creditRow struct {
	attribution.Credit
	Name     string
	Kind     evidenceKind
	Chips    bool   // the evidence is worth showing: ids of claims are not
	Touched  bool   // it was won by a click or a visit
	Part     string // of the order, in percent
	Fraction string // the same exactly, unless it is the whole
	Owed     purse
}

type flagRow struct {
	byline.Finding
	Severity pill
}

// entryRow shows a ledger entry with the names of what it speaks of.
type entryRow struct {
	contracts.Entry
	Name    string
	About   string
	Order   byline.OrderID // "" when it is about no order
	Terms   string         // base × rate
	Meaning string
	Stands  string // payable, or held until when
	Running byline.Money
}

type disputeRow struct {
	ID     string
	At     time.Time
	State  pill
	Amount string
}

type refundRow struct {
	ID    string
	At    time.Time
	State pill
	Units int
	Goods byline.Money
	Cash  byline.Money
}

func (s *server) orderPage(w http.ResponseWriter, r *http.Request) error {
	a, err := s.readAccount(r.Context(), byline.OrderID(r.PathValue("id")))
	if err != nil {
		return err
	}
	b := s.orderBody(a)
	return s.show(w, r, "order", view{Title: "Order " + b.Number, Active: "orders", Body: b})
}

func (s *server) orderBody(a account) orderBody {
	o, d := a.record.Order, a.record.Decision
	b := orderBody{
		Number: cmp.Or(o.Number, string(o.ID)), JSON: "/api" + orderPath(o.ID), Facts: a.facts(), Standing: decisionPill(d),
		Explained: s.programme.explain(d), Policy: d.Policy, Strip: a.strip(), Credits: s.creditRows(a), Entries: s.entryRows(a),
		Decided: s.decided(a), Claims: s.claimRows(o), Assign: s.assignForm(o.ID), Held: len(heldOf(d)) > 0,
	}
	if a.unowed() {
		b.Resettle = orderPath(o.ID) + "/resettle"
	}
	for _, owed := range a.owed() {
		if !owed.Amount.IsZero() {
			b.Owed = append(b.Owed, dueRow{owed, s.programme.name(owed.Creator), heldPart(a.waiting(owed.Creator), purse{owed.Amount})})
		}
	}
	for _, c := range d.Candidates {
		b.Trace = append(b.Trace, s.traceRow(c, o.PlacedAt))
	}
	for _, f := range d.Flags {
		b.Flags = append(b.Flags, flagRow{readable(f), severityPill(f.Severity)})
	}
	for _, r := range o.Refunds {
		b.Refunds = append(b.Refunds, newRefundRow(r, o.Currency))
	}
	for _, d := range o.Disputes {
		b.Disputes = append(b.Disputes, newDisputeRow(d))
	}
	return b
}

// unowed reports whether an offer or an agreement that was added since could make the
// order owe something.
func (a account) unowed() bool {
	d := a.record.Decision
	return len(d.Credits) == 0 || slices.ContainsFunc(d.Flags, func(f byline.Finding) bool { return f.Code == "agreement.missing" })
}

// resettle settles what is known of an order again.
func (s *server) resettle(w http.ResponseWriter, r *http.Request) error {
	id := byline.OrderID(r.PathValue("id"))
	err := s.ledger.InTx(r.Context(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := s.settler.Resettle(ctx, tx, id)
		return err
	})
	if err != nil {
		return err
	}
	http.Redirect(w, r, orderPath(id), http.StatusSeeOther)
	return nil
}

func (a account) facts() []string {
	o := a.record.Order
	facts := []string{string(o.ID)}
	if !o.PlacedAt.IsZero() {
		facts = append(facts, "placed "+showTime(o.PlacedAt)+" UTC")
	}
	if o.Shop != "" {
		facts = append(facts, o.Shop)
	}
	if o.Kind != attribution.Purchase {
		facts = append(facts, words(string(o.Kind)))
	}
	if o.Forgotten {
		facts = append(facts, "the customer asked to be forgotten")
	}
	return facts
}

func (s *server) creditRows(a account) []creditRow {
	var rows []creditRow
	for _, c := range a.record.Decision.Credits {
		row := creditRow{Credit: c, Name: s.programme.name(c.Creator), Kind: kindOf(c.By), Chips: !isClaim(c.By), Touched: isTouch(c.By), Part: percent(c.Share.Num, c.Share.Den)}
		if c.Share.Num != c.Share.Den {
			row.Fraction = c.Share.String()
		}
		for _, e := range a.entries {
			if e.Creator == c.Creator && e.Campaign == c.Campaign {
				row.Owed = row.Owed.add(e.Amount)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func (s *server) entryRows(a account) []entryRow {
	sums := a.running()
	rows := make([]entryRow, len(a.entries))
	for i, e := range a.entries {
		rows[i] = s.entryRow(e)
		rows[i].Running = sums[i]
	}
	return rows
}

func (a account) strip() strip {
	d := a.record.Decision
	counts := "what commissions are taken of"
	if held := heldOf(d); len(held) > 0 {
		counts = list(held.show()) + " more is on hold"
	} else if len(d.Credits) == 0 {
		counts = "credited to nobody"
	}
	back := percent(d.Returned.Minor(), d.Sold.Minor()) + " of what was sold"
	if d.Disputed.Sign() > 0 {
		back = showMoney(d.Disputed) + " of it by a dispute"
	}
	return strip{Label: "Amounts of the order", Tiles: []tile{
		{Label: "Sold", Values: []string{showMoney(d.Sold)}, Note: "net of discounts and tax"},
		{Label: "Taken back", Values: []string{showMoney(d.Returned)}, Note: back},
		{Label: "Counts now", Values: []string{showMoney(countsNow(d))}, Note: counts},
		{Label: "Owed for this order", Values: a.total().orNothing(), Note: cmp.Or(heldPart(a.waiting(""), a.total()), plural(len(a.entries), "ledger entry", "ledger entries"))},
	}}
}

const (
	orderPrefix     = "order:"
	agreementPrefix = "agreement:"
	payoutPrefix    = "payout:"
	periodsPrefix   = "periods:"
)

func (s *server) entryRow(e contracts.Entry) entryRow {
	row := entryRow{Entry: e, Name: s.programme.name(e.Creator), Meaning: entryMeaning(e.Reason), About: string(e.Subject), Terms: "–", Stands: stands(e)}
	what := sentence(words(string(e.Kind))) + " of "
	if id, ok := strings.CutPrefix(string(e.Subject), orderPrefix); ok {
		row.Order, row.About = byline.OrderID(id), id
	} else if id, ok := strings.CutPrefix(string(e.Subject), agreementPrefix); ok {
		row.About = what + id
	} else if id, ok := strings.CutPrefix(string(e.Subject), periodsPrefix); ok {
		row.About = what + id + ", from " + showDay(e.EarnedAt)
	} else if id, ok := strings.CutPrefix(string(e.Subject), payoutPrefix); ok {
		row.About = "Payout " + id
	}
	if e.Rate != 0 && e.Base != (byline.Money{}) {
		row.Terms = fmt.Sprintf("%s × %s", showMoney(e.Base), e.Rate)
	}
	return row
}

// readable writes a finding as sentences. A signal's message begins with its code.
func readable(f byline.Finding) byline.Finding {
	if strings.HasPrefix(f.Code, "signal.") {
		f.Message = strings.Replace(f.Message, f.Path, words(f.Path), 1)
	}
	f.Message, f.Fix = sentence(f.Message), sentence(f.Fix)
	return f
}

func newDisputeRow(d attribution.Dispute) disputeRow {
	row := disputeRow{ID: d.ID, At: d.At, State: disputePill(d.State), Amount: "all of it"}
	if d.Amount != (byline.Money{}) {
		row.Amount = showMoney(d.Amount)
	}
	return row
}

func newRefundRow(r attribution.Refund, c byline.Currency) refundRow {
	row := refundRow{ID: r.ID, At: r.At, State: refundPill(r.State), Goods: byline.Minor(0, c), Cash: r.Cash}
	for _, l := range r.Lines {
		row.Units += int(l.Quantity)
		if sum, err := row.Goods.Add(l.Subtotal); err == nil {
			row.Goods = sum
		}
	}
	return row
}
