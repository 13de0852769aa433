package campaign_test

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/campaign"
	"github.com/bylinehq/byline/contracts"
)

// offers are a code and a link for each creator; ada's code may bring two orders, and
// cleo's code passes to bruno after a while, with a limit of its own.
func limitedOffers() []attribution.Offer {
	change := attributiontest.LifeStart().AddDate(0, 0, 4)
	return []attribution.Offer{
		{Creator: "ada", Campaign: "autumn", Code: "ada15", Link: "ada", Uses: 2},
		{Creator: "bruno", Campaign: "autumn", Code: "bruno15", Link: "bruno"},
		{Creator: "cleo", Campaign: "autumn", Code: "cleo15", Link: "cleo", Active: byline.Window{End: change}},
		{Creator: "bruno", Campaign: "autumn", Code: "cleo15", Active: byline.Window{Start: change}, Uses: 1},
	}
}

// lookingBack are policies that decide by earlier orders.
func lookingBack() map[string]attribution.Policy {
	code := attribution.Rule{Evidence: []attribution.EvidenceKind{attribution.ByCode}}
	newcomers, bound := code, attribution.Rule{Evidence: []attribution.EvidenceKind{attribution.ByBinding}, WindowDays: 5}
	newcomers.Customers = attribution.NewCustomer
	first := bound
	first.Pick = attribution.PickFirst
	click := attribution.Rule{Evidence: []attribution.EvidenceKind{attribution.ByClick}}
	returning := click
	returning.Customers = attribution.ReturningCustomer
	return map[string]attribution.Policy{
		"limits alone":               {},
		"binding":                    {Version: "t/1", Rules: []attribution.Rule{code, bound, click}},
		"first binding before codes": {Version: "t/2", Rules: []attribution.Rule{first, code}},
		"cool-down":                  {Version: "t/3", Rules: []attribution.Rule{code, click}, CoolDownDays: 2},
		"new customers":              {Version: "t/4", Rules: []attribution.Rule{newcomers, returning}},
		"all at once":                {Version: "t/5", Rules: []attribution.Rule{newcomers, bound, click}, CoolDownDays: 1},
	}
}

// historyDesk is a desk that knows the history of its customers.
func historyDesk(t testing.TB, policies ...attribution.Policy) desk {
	t.Helper()
	var terms []contracts.Terms
	for i, c := range creators {
		terms = append(terms, deskTerms(i, c))
	}
	book, err := attribution.NewBook(limitedOffers())
	require.NoError(t, err)
	d := desk{ledger: &contracts.Ledger{}, orders: &attribution.Memory{}}
	return d.made(t, campaign.Settler[attribution.NoTx]{
		Orders: d.orders, History: d.orders, Aliases: d.orders, Ledger: d.ledger, Book: book,
		Agreements: registered(t, terms...), Policies: policies, Now: attributiontest.LifeStart,
	})
}

// customerLives returns what a shop says of the orders of a few customers.
func customerLives(rng *rand.Rand, orders int) []attribution.Order {
	var pieces []attribution.Order
	for i := range orders {
		pieces = append(pieces, customerLife(rng, byline.OrderID("shop:"+strconv.Itoa(i)))...)
	}
	return pieces
}

func customerLife(rng *rand.Rand, id byline.OrderID) []attribution.Order {
	payments := []attribution.Payment{attribution.Pending, attribution.Paid, attribution.Paid, attribution.Paid, attribution.Refunded}
	base := attribution.Order{
		ID: id, Shop: "demo.example", Currency: byline.EUR, PlacedAt: attributiontest.LifeStart().Add(time.Duration(rng.IntN(16)) * 12 * time.Hour),
		Lines: []attribution.Line{{ID: "a", Quantity: 2, Gross: byline.Minor(1000+rng.Int64N(9000), byline.EUR)}},
		Kind:  []attribution.Conversion{attribution.Purchase, attribution.Purchase, attribution.Purchase, attribution.Lead}[rng.IntN(4)],
	}
	var pieces []attribution.Order
	for i := range 1 + rng.IntN(3) {
		document := base
		document.UpdatedAt = base.PlacedAt.Add(time.Duration(i) * time.Minute)
		document.Payment = payments[rng.IntN(len(payments))]
		document.Customer = someCustomer(rng)
		document.Test = rng.IntN(24) == 0
		if rng.IntN(6) == 0 {
			document.CancelledAt = document.UpdatedAt
		}
		if rng.IntN(6) == 0 {
			document.PlacedAt = document.PlacedAt.Add(-36 * time.Hour)
		}
		for i, code := range []string{"ada15", "Bruno15", "cleo15"} {
			if rng.IntN(2+2*i) == 0 {
				document.Codes = append(document.Codes, attribution.CodeUse{Code: code, Kind: attribution.Genuine})
			}
		}
		if rng.IntN(4) == 0 {
			document.Touches = []attribution.Touch{{Link: string(creators[rng.IntN(3)]), At: base.PlacedAt.Add(-time.Hour)}}
		}
		pieces = append(pieces, document)
	}
	if rng.IntN(4) == 0 {
		pieces = append(pieces, attributiontest.FullRefund(base))
	}
	return pieces
}

// someCustomer is one of three people, as far as a document tells.
func someCustomer(rng *rand.Rand) attribution.Customer {
	who := strconv.Itoa(rng.IntN(3))
	var c attribution.Customer
	if rng.IntN(2) == 0 {
		c.ID = "account-" + who
	}
	if rng.IntN(2) == 0 {
		c.Email = "e1." + who
	}
	if rng.IntN(3) == 0 {
		c.Phone = "p1." + who
	}
	return c
}

// inSequence is how a shop that never loses or delays anything would tell it.
func inSequence(pieces []attribution.Order) []attribution.Order {
	sorted := slices.Clone(pieces)
	slices.SortStableFunc(sorted, func(a, b attribution.Order) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortStableFunc(sorted, func(a, b attribution.Order) int { return a.PlacedAt.Compare(b.PlacedAt) })
	return sorted
}

// oracle decides all orders from their final states, without any of the settler's ways
// of finding out what has to be decided again.
func oracle(t *testing.T, book *attribution.Book, policy attribution.Policy, pieces []attribution.Order) map[byline.OrderID]attribution.Decision {
	t.Helper()
	states := map[byline.OrderID]attribution.Order{}
	for _, p := range pieces {
		known, ok := states[p.ID]
		if !ok {
			known = p
		}
		merged, err := known.Merge(p)
		require.NoError(t, err)
		states[p.ID] = merged
	}
	sorted := []attribution.Order{}
	for _, o := range states {
		sorted = append(sorted, o)
	}
	slices.SortFunc(sorted, func(a, b attribution.Order) int {
		return cmp.Or(a.PlacedAt.Compare(b.PlacedAt), cmp.Compare(a.ID, b.ID))
	})
	decided := map[byline.OrderID]attribution.Decision{}
	for i, o := range sorted {
		h := attribution.History{}
		if policy.UsesHistory() {
			h = oracleHistory(o, sorted[:i], decided)
		}
		h.Uses = oracleUses(book, o, sorted[:i], decided)
		decided[o.ID] = attribution.Decide(o, &h, book, policy)
	}
	return decided
}

func standing(d attribution.Decision) bool {
	return d.Standing == attribution.StandingEarning && (d.Sold.IsZero() || d.Earning.Sign() > 0)
}

func oracleHistory(o attribution.Order, before []attribution.Order, decided map[byline.OrderID]attribution.Decision) attribution.History {
	var h attribution.History
	var earlier []attribution.EarlierOrder
	same := func(a, b string) bool { return a != "" && a == b }
	for _, b := range before {
		earlier = append(earlier, b.Earlier())
		x, y := o.Customer, b.Customer
		if !standing(decided[b.ID]) || !same(x.ID, y.ID) && !same(x.Email, y.Email) && !same(x.Phone, y.Phone) {
			continue
		}
		for _, c := range decided[b.ID].Credits {
			h.Credits = append(h.Credits, attribution.PastCredit{Order: b.ID, Creator: c.Creator, Campaign: c.Campaign, At: b.PlacedAt, By: c.By})
		}
	}
	h.Customer = attribution.StatusOf(o, earlier)
	return h
}

// oracleUses counts the uses of each code within the offer that it belongs to now.
func oracleUses(book *attribution.Book, o attribution.Order, before []attribution.Order, decided map[byline.OrderID]attribution.Decision) map[string]int64 {
	uses := map[string]int64{}
	for _, c := range o.Codes {
		offer, ok := book.CodeOwner(c.Code, o.PlacedAt)
		if !ok {
			continue
		}
		for _, b := range before {
			used := slices.ContainsFunc(b.Codes, func(u attribution.CodeUse) bool {
				return attribution.NormalizeCode(u.Code) == attribution.NormalizeCode(c.Code)
			})
			if used && offer.Active.Contains(b.PlacedAt) && standing(decided[b.ID]) {
				uses[attribution.NormalizeCode(c.Code)]++
			}
		}
	}
	return uses
}

// decisions are those of all orders that the desk knows of.
func (d desk) decisions(t *testing.T, pieces []attribution.Order) map[byline.OrderID]attribution.Decision {
	t.Helper()
	made := map[byline.OrderID]attribution.Decision{}
	for _, p := range pieces {
		r, err := d.orders.Order(t.Context(), attribution.NoTx{}, p.ID)
		require.NoError(t, err)
		made[p.ID] = r.Decision
	}
	return made
}

func shuffled(rng *rand.Rand, pieces []attribution.Order) []attribution.Order {
	mixed := slices.Clone(pieces)
	for range rng.IntN(4) {
		mixed = append(mixed, pieces[rng.IntN(len(pieces))])
	}
	rng.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	return mixed
}

// TestOrdersOfOneCustomerConverge tells the orders of few customers in any order, and
// expects the decisions that follow from the final states, and what they owe.
func TestOrdersOfOneCustomerConverge(t *testing.T) {
	t.Parallel()
	for name, policy := range lookingBack() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rng := rand.New(rand.NewPCG(21, 22))
			carried, differs := 0, 0
			for i := range 40 {
				pieces := customerLives(rng, 3+rng.IntN(8))
				sequence := historyDesk(t, policy)
				sequence.settle(t, inSequence(pieces)...)
				want, balances := oracle(t, sequence.Book, policy, pieces), sequence.balances(t)
				for range 3 {
					d := historyDesk(t, policy)
					carried += d.settleCounting(t, shuffled(rng, pieces)...)
					sameDecisions(t, i, want, d.decisions(t, pieces))
					if diff := gocmp.Diff(balances, d.balances(t)); diff != "" {
						t.Fatalf("lives %d: balances (-in sequence +shuffled):\n%s", i, diff)
					}
				}
				sameDecisions(t, i, want, sequence.decisions(t, pieces))
				alone := oracle(t, sequence.Book, attribution.Policy{}, pieces)
				if gocmp.Diff(want, alone, comparable()...) != "" {
					differs++
				}
			}
			if carried < 20 || name != "limits alone" && differs < 15 {
				t.Errorf("%d orders were settled again, %d lives were decided otherwise than by the default: the test shows too little", carried, differs)
			}
		})
	}
}

// comparable leaves out what tells the way to a decision: pins are of all creators who
// were ever credited.
func comparable() []gocmp.Option {
	return []gocmp.Option{cmpopts.IgnoreFields(attribution.Decision{}, "Pins"), cmpopts.EquateEmpty()}
}

func sameDecisions(t *testing.T, i int, want, got map[byline.OrderID]attribution.Decision) {
	t.Helper()
	if diff := gocmp.Diff(want, got, comparable()...); diff != "" {
		t.Fatalf("lives %d: decisions (-oracle +settler):\n%s", i, diff)
	}
}

// settleCounting returns how many later orders were settled again.
func (d desk) settleCounting(t *testing.T, pieces ...attribution.Order) int {
	t.Helper()
	carried := 0
	for _, p := range pieces {
		made, err := d.Settle(t.Context(), attribution.NoTx{}, p)
		require.NoError(t, err)
		again, err := d.Settle(t.Context(), attribution.NoTx{}, p)
		require.NoError(t, err)
		if len(again.Later)+len(again.Entries) > 0 {
			t.Fatalf("the same again changed %+v", again)
		}
		places := []attribution.Place{}
		for _, l := range made.Later {
			places = append(places, l.Record.Order.Place())
		}
		if !slices.IsSortedFunc(places, attribution.Place.Compare) || len(slices.Compact(places)) < len(made.Later) {
			t.Fatalf("later orders were settled in the order %v", places)
		}
		carried += len(made.Later)
	}
	return carried
}

// A decision can be made again from the record alone.
func TestARecordHoldsWhatItWasDecidedBy(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(23, 24))
	policy := lookingBack()["all at once"]
	withHistory := 0
	for i := range 30 {
		pieces := customerLives(rng, 6)
		d := historyDesk(t, policy)
		d.settle(t, shuffled(rng, pieces)...)
		for _, p := range pieces {
			r, err := d.orders.Order(t.Context(), attribution.NoTx{}, p.ID)
			require.NoError(t, err)
			again := attribution.Decide(r.Order, r.History, d.Book, policy)
			if diff := gocmp.Diff(r.Decision, again, comparable()...); diff != "" {
				t.Fatalf("lives %d, order %s (-made +again):\n%s", i, p.ID, diff)
			}
			if r.History != nil && len(r.History.Credits) > 0 {
				withHistory++
			}
		}
	}
	if withHistory < 12 {
		t.Errorf("%d records with earlier credits: the test shows too little", withHistory)
	}
}

// counting counts how often a history is asked for other orders.
type counting struct {
	*attribution.Memory
	marked *int
}

func (c counting) Marked(ctx context.Context, tx attribution.NoTx, mark string, span attribution.Span) ([]attribution.Past, error) {
	*c.marked++
	return c.Memory.Marked(ctx, tx, mark, span)
}

// A policy that does not look back does not pay for those that do.
func TestOnlyThoseWhoAskLookBack(t *testing.T) {
	t.Parallel()
	binding := lookingBack()["binding"]
	for name, tt := range map[string]struct {
		policy attribution.Policy
		edit   func(*campaign.Settler[attribution.NoTx])
		want   bool
	}{
		"the default policy":                     {attribution.Policy{}, func(*campaign.Settler[attribution.NoTx]) {}, false},
		"a policy that binds":                    {binding, func(*campaign.Settler[attribution.NoTx]) {}, true},
		"one who wants to know of new customers": {attribution.Policy{}, func(s *campaign.Settler[attribution.NoTx]) { s.Customers = true }, true},
		"an offer with a limit": {attribution.Policy{}, func(s *campaign.Settler[attribution.NoTx]) {
			s.Book, _ = attribution.NewBook(limitedOffers())
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			s, marked := *d.Settler, 0
			s.Policies, s.History = []attribution.Policy{tt.policy}, counting{d.orders, &marked}
			tt.edit(&s)
			d = d.made(t, s)
			o := paidOrder()
			o.Customer = attribution.Customer{ID: "1", Email: "e1.x"}
			made, err := d.Settle(t.Context(), attribution.NoTx{}, o)
			require.NoError(t, err)
			if (marked > 0) != tt.want {
				t.Errorf("other orders were asked for %d times", marked)
			}
			if status := made.Record.Decision.Customer; (status == attribution.NewCustomer) != (tt.want && name != "an offer with a limit") {
				t.Errorf("the customer is %q", status)
			}
		})
	}
}

// What more orders share than a person can have is no person's.
func TestACrowdIsNobody(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a thousand orders")
	}
	d := historyDesk(t, lookingBack()["binding"])
	till := func(i int) attribution.Order {
		o := paidOrder()
		o.ID, o.Codes = byline.OrderID(fmt.Sprintf("shop:%04d", i)), nil
		o.PlacedAt = o.PlacedAt.Add(time.Duration(i) * time.Minute)
		o.Customer.Email = "e1.till"
		return o
	}
	for i := range attribution.MaxKin + 2 {
		r := attribution.Record{Order: till(i)}
		r.Decision = attribution.Decide(r.Order, nil, d.Book, d.Policies[0])
		require.NoError(t, d.orders.PutOrder(t.Context(), attribution.NoTx{}, r))
	}
	for i, want := range map[int]attribution.CustomerStatus{
		0: attribution.NewCustomer, attribution.MaxKin: attribution.ReturningCustomer, attribution.MaxKin + 1: attribution.CustomerUnknown,
	} {
		made, err := d.Resettle(t.Context(), attribution.NoTx{}, till(i).ID)
		require.NoError(t, err)
		if got := made.Record.Decision.Customer; got != want {
			t.Errorf("the customer of order %d is %q, want %q", i, got, want)
		}
	}
	first := till(0)
	first.Codes, first.UpdatedAt = []attribution.CodeUse{{Code: "bruno15", Kind: attribution.Genuine}}, first.UpdatedAt.Add(time.Hour)
	made, err := d.Settle(t.Context(), attribution.NoTx{}, first)
	require.NoError(t, err)
	if len(made.Later) == 0 || len(made.Later) > attribution.MaxKin+1 {
		t.Errorf("%d later orders were settled again", len(made.Later))
	}
}
