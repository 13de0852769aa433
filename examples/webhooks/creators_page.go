package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	orderstore "github.com/bylinehq/byline/attribution/sqlstore"
	"github.com/bylinehq/byline/contracts"
)

// overview is what the creators page and its JSON are made from.
type overview struct {
	sales    []orderstore.CreatorSales
	totals   []orderstore.OrderTotals
	balances []contracts.Balance
	latest   []attribution.Record
	counts   map[attribution.Status]int
}

const latestOrders = 5

func (s *server) readOverview(ctx context.Context) (overview, error) {
	var o overview
	var err error
	if o.sales, err = s.orders.SalesByCreator(ctx); err != nil {
		return o, err
	}
	if o.totals, err = s.orders.Totals(ctx); err != nil {
		return o, err
	}
	if o.balances, err = s.ledger.Balances(ctx); err != nil {
		return o, err
	}
	if o.latest, err = s.orders.RecentOrders(ctx, orderstore.OrderQuery{Limit: latestOrders}); err != nil {
		return o, err
	}
	o.counts, err = s.orders.DeliveryCounts(ctx)
	return o, err
}

type creatorsBody struct {
	Heading string
	Facts   []string
	Strip   strip
	Rows    []*creatorRow
	ShareIn byline.Currency // the currency of the shares, where there are several
	Flows   []flow
	Latest  []orderRow
	Steps   []step // instead of figures while nothing has arrived
}

type creatorRow struct {
	ID        byline.CreatorID
	Name      string
	Handle    string
	Codes     []string
	Orders    int // that earn
	AllOrders int
	Kept      purse
	Returned  purse
	Owed      purse
	Held      purse // of Owed
	InKind    purse // gifts, beside Owed
	Mix       mix
	Share     share
}

// mix is the kinds of evidence by which a creator's orders were won.
type mix struct {
	Code, Click, Other int
	Parts              []span
}

// share is a creator's part of all sales, drawn against the largest.
type share struct {
	Width float64
	Text  string
}

func (s *server) creatorsPage(w http.ResponseWriter, r *http.Request) error {
	o, err := s.readOverview(r.Context())
	if err != nil {
		return err
	}
	return s.show(w, r, "creators", view{Title: "Creators", Active: "creators", Body: s.creatorsBody(o)})
}

func (s *server) creatorsBody(o overview) creatorsBody {
	b := creatorsBody{
		Heading: cmp.Or(s.programme.Plan.Name, "Creators"), Facts: s.facts(o), Strip: summary(o),
		Rows: s.creatorRows(o), Latest: s.orderRows(o.latest),
	}
	if len(sold(o.totals)) > 1 {
		b.ShareIn = mainCurrency(o.totals)
	}
	for _, t := range o.totals {
		if t.CreditedSold.Sign() > 0 {
			b.Flows = append(b.Flows, newFlow(t, o))
		}
	}
	if len(o.latest) == 0 {
		b.Steps = s.steps()
	}
	return b
}

func (s *server) facts(o overview) []string {
	var facts []string
	if s.programme.Plan.ID != "" {
		facts = append(facts, showWindow(s.programme.Plan.Window))
	}
	if n := len(s.programme.Creators); n > 0 {
		facts = append(facts, plural(n, "creator", "creators"))
	}
	for _, t := range o.totals {
		if t.Currency != "" {
			facts = append(facts, string(t.Currency))
		}
	}
	if len(o.latest) > 0 {
		facts = append(facts, "last order "+showTime(o.latest[0].Order.PlacedAt)+" UTC")
	}
	return facts
}

// summary is the strip of figures. Each currency has a line of its own.
func summary(o overview) strip {
	var kept, back, owed, held, paid purse
	all := sold(o.totals)
	orders, credited := 0, 0
	for _, t := range o.totals {
		orders, credited = orders+t.Orders, credited+t.Credited
		if t.Currency == "" || t.Orders == 0 {
			continue
		}
		kept, back = kept.add(o.kept(t.Currency)), back.add(t.CreditedReturned)
	}
	for _, b := range o.balances {
		owed, held, paid = owed.add(b.Owed), held.add(b.Held), paid.add(b.Paid)
	}
	failed, quarantined := o.counts[attribution.StatusFailed], o.counts[attribution.StatusQuarantined]
	return strip{Label: "Figures of the campaign", Tiles: []tile{
		{Label: "Attributed sales kept", Values: kept.orNothing(), Note: "of " + list(all.show()) + " sold"},
		{Label: "Orders credited", Values: []string{showCount(credited)}, Small: "of " + showCount(orders), Note: percent(int64(credited), int64(orders)) + " of all received", Href: "/orders"},
		{Label: "Taken back", Values: back.orNothing(), Note: backNote(back, all)},
		{Label: "Owed to creators", Values: owed.orNothing(), Note: heldNote(held) + list(paid.show()) + " paid so far"},
		{Label: "Deliveries to look at", Values: []string{showCount(failed + quarantined)}, Note: fmt.Sprintf("%s failed, %s quarantined", showCount(failed), showCount(quarantined)), Href: "/deliveries"},
	}}
}

func heldNote(held purse) string {
	if !held.something() {
		return ""
	}
	return list(held.nonzero().show()) + " of it held, "
}

// kept is what commissions are taken of, in one currency: what counts and is not on hold.
func (o overview) kept(c byline.Currency) byline.Money {
	var kept purse
	for _, s := range o.sales {
		kept = kept.add(s.Earning)
	}
	return kept.of(c)
}

// sold is what creators sold, in every currency that anything was ordered in.
func sold(totals []orderstore.OrderTotals) purse {
	var all purse
	for _, t := range totals {
		if t.Currency != "" && t.Orders > 0 {
			all = all.add(t.CreditedSold)
		}
	}
	return all
}

func backNote(back, sold purse) string {
	if len(sold) != 1 {
		return "by refunds and cancellations"
	}
	return percent(back.of(sold[0].Currency()).Minor(), sold[0].Minor()) + " of what creators sold"
}

func (p purse) orNothing() []string {
	if len(p) == 0 {
		return []string{"–"}
	}
	return p.show()
}

func list(texts []string) string {
	if len(texts) == 0 {
		return "nothing"
	}
	return strings.Join(texts, " and ")
}

// creatorRows joins the programme with what the stores know: a creator with orders or
// a balance stands on the page whether or not the programme still names them.
func (s *server) creatorRows(o overview) []*creatorRow {
	rows := map[byline.CreatorID]*creatorRow{}
	row := func(id byline.CreatorID) *creatorRow {
		if rows[id] == nil {
			rows[id] = s.creatorRow(id)
		}
		return rows[id]
	}
	for _, m := range s.programme.Creators {
		row(m.ID)
	}
	for _, c := range o.sales {
		r := row(c.Creator)
		r.Orders, r.AllOrders = r.Orders+c.Orders, r.AllOrders+c.AllOrders
		r.Mix = mix{Code: r.Mix.Code + c.ByCode, Click: r.Mix.Click + c.ByClick, Other: r.Mix.Other + c.Orders - c.ByCode - c.ByClick}
		r.Returned = r.Returned.add(c.Returned)
		r.Kept = r.Kept.add(c.Earning)
	}
	for _, b := range o.balances {
		r := row(b.Creator)
		r.Owed, r.Held, r.InKind = r.Owed.add(b.Owed), r.Held.add(b.Held), r.InKind.add(b.InKind)
	}
	main := mainCurrency(o.totals)
	var most, all int64
	for _, r := range rows {
		most, all = max(most, r.Kept.of(main).Minor()), all+r.Kept.of(main).Minor()
	}
	for _, r := range rows {
		kept := r.Kept.of(main).Minor()
		r.Held, r.InKind = r.Held.nonzero(), r.InKind.nonzero()
		r.Mix.Parts, r.Share = r.Mix.parts(), share{Width: width(kept, most), Text: percent(kept, all)}
	}
	return slices.SortedFunc(maps.Values(rows), func(a, b *creatorRow) int {
		return cmp.Or(cmp.Compare(b.Kept.of(main).Minor(), a.Kept.of(main).Minor()), cmp.Compare(a.ID, b.ID))
	})
}

func (s *server) creatorRow(id byline.CreatorID) *creatorRow {
	r := &creatorRow{ID: id, Name: s.programme.name(id), Codes: s.programme.codesOf(id)}
	if m, ok := s.programme.member(id); ok && len(m.Accounts) > 0 {
		r.Handle = m.Accounts[0].Handle
	}
	return r
}

// mainCurrency is the one with most orders. Rows are sorted by it, because amounts of
// different currencies have no order.
func mainCurrency(totals []orderstore.OrderTotals) byline.Currency {
	var best orderstore.OrderTotals
	for _, t := range totals {
		if t.Currency != "" && t.Orders > best.Orders {
			best = t
		}
	}
	return best.Currency
}

// parts are code first, click behind it and the rest at the end, with gaps between them.
// None is ever too thin to be seen.
func (m mix) parts() []span {
	const gap, least = 1.5, 3
	list := []span{{"code", 0, float64(m.Code)}, {"click", 0, float64(m.Click)}, {"other", 0, float64(m.Other)}}
	list = slices.DeleteFunc(list, func(p span) bool { return p.Width <= 0 })
	room, all := 100-gap*float64(len(list)-1), float64(m.Code+m.Click+m.Other)
	for i := range list {
		list[i].Width = max(least, list[i].Width*room/all)
	}
	// What the thin ones were given comes off the widest.
	widest, used := 0, 0.0
	for i, p := range list {
		used += p.Width
		if p.Width > list[widest].Width {
			widest = i
		}
	}
	if len(list) > 0 {
		list[widest].Width -= used - room
	}
	for i := 1; i < len(list); i++ {
		list[i].X = list[i-1].X + list[i-1].Width + gap
	}
	return list
}

// flow is the way from what creators sold to what is left of it, in one currency.
type flow struct {
	Currency byline.Currency
	Steps    []flowStep
}

type flowStep struct {
	Label    string
	Amount   byline.Money
	Total    bool
	X, Width float64
}

func newFlow(t orderstore.OrderTotals, o overview) flow {
	earned := byline.Minor(0, t.Currency)
	for _, b := range o.balances {
		if b.Earned.Currency() == t.Currency {
			earned = purse{earned}.add(b.Earned)[0]
		}
	}
	f := flow{Currency: t.Currency}
	whole := t.CreditedSold.Minor()
	unpaid := whole - t.CreditedReturned.Minor() - t.EarningBase.Minor()
	kept := o.kept(t.Currency).Minor()
	onHold := t.EarningBase.Minor() - kept
	money := func(minor int64) byline.Money { return byline.Minor(minor, t.Currency) }
	total := func(label string, minor int64) {
		f.Steps = append(f.Steps, flowStep{Label: label, Amount: money(minor), Total: true, Width: width(minor, whole)})
	}
	less := func(label string, minor, left int64) {
		if minor != 0 {
			f.Steps = append(f.Steps, flowStep{Label: label, Amount: money(-minor), X: width(max(left, 0), whole), Width: width(minor, whole)})
		}
	}
	total("Sold by creators", whole)
	less("Taken back", t.CreditedReturned.Minor(), whole-t.CreditedReturned.Minor())
	less("Not paid yet", unpaid, kept+onHold)
	less("On hold", onHold, kept)
	total("Kept", kept)
	less("Earned by creators", earned.Minor(), kept-earned.Minor())
	total("Left for the shop", kept-earned.Minor())
	return f
}
