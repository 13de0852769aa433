package attribution_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/golden"
)

func stream(cases ...attribution.Case) iter.Seq2[attribution.Case, error] {
	return func(yield func(attribution.Case, error) bool) {
		for _, c := range cases {
			if !yield(c, nil) {
				return
			}
		}
	}
}

func presetDecider(tb testing.TB, name string) *attribution.Decider {
	tb.Helper()
	d, err := attribution.NewDecider(presetBook(tb), presetNamed(tb, name))
	require.NoError(tb, err)
	return d
}

// replayed compares two presets over cases, and checks that the callback is told of what
// is counted.
func replayed(t *testing.T, a, b string, cases ...attribution.Case) attribution.Comparison {
	t.Helper()
	told := int64(0)
	got, err := attribution.Replay(stream(cases...), presetDecider(t, a), presetDecider(t, b), &attribution.ReplayOptions{Changed: func(c attribution.Change) error {
		told++
		if len(c.A.Candidates) == 0 && len(c.Case.Order.Codes) > 0 || c.A.Order != c.Case.Order.ID || c.B.Order != c.Case.Order.ID {
			return fmt.Errorf("order %s: a decision without its trace", c.Case.Order.ID)
		}
		return nil
	}})
	require.NoError(t, err)
	if told != got.Changed {
		t.Errorf("told of %d changed orders of %d", told, got.Changed)
	}
	sound(t, got)
	return got
}

// sound checks what must hold of any comparison.
func sound(t *testing.T, c attribution.Comparison) {
	t.Helper()
	type key struct {
		creator  byline.CreatorID
		currency byline.Currency
	}
	gained := map[key]int64{}
	sums := map[byline.Currency]*[2]int64{}
	for _, total := range c.Totals {
		sums[total.Currency] = &[2]int64{total.A.Uncredited.Minor(), total.B.Uncredited.Minor()}
		for _, side := range []attribution.Total{total.A, total.B} {
			if side.Base.Minor() != side.Earning.Minor()+side.Held.Minor()+side.Uncredited.Minor() || side.Uncredited.Sign() < 0 {
				t.Errorf("%s: %+v does not add up", total.Currency, side)
			}
		}
	}
	for _, r := range c.Creators {
		sums[r.Currency][0] += r.A.Earning.Minor() + r.A.Held.Minor()
		sums[r.Currency][1] += r.B.Earning.Minor() + r.B.Held.Minor()
		gained[key{r.Creator, r.Currency}] = r.Difference.Minor()
		if r.Difference.Currency() != r.Currency || r.A.Orders+r.B.Orders == 0 {
			t.Errorf("a row of nobody's: %+v", r)
		}
	}
	for _, total := range c.Totals {
		if got := *sums[total.Currency]; got != [2]int64{total.A.Base.Minor(), total.B.Base.Minor()} {
			t.Errorf("%s: creators and nobody have %v of %s and %s", total.Currency, got, total.A.Base, total.B.Base)
		}
	}
	for _, m := range c.Moves {
		gained[key{m.From, m.Currency}] += m.Amount.Minor()
		gained[key{m.To, m.Currency}] -= m.Amount.Minor()
		if m.From == m.To || m.Amount.Sign() < 0 || m.Orders == 0 || m.Orders > c.Changed {
			t.Errorf("no move: %+v", m)
		}
	}
	for k, rest := range gained {
		if rest != 0 && k.creator != "" {
			t.Errorf("the moves leave %d of %v", rest, k)
		}
	}
	for _, r := range c.Reasons {
		if r.Orders < 1 || r.Orders > c.Changed {
			t.Errorf("%+v of %d changed orders", r, c.Changed)
		}
	}
}

func TestReplayOneOrder(t *testing.T) {
	t.Parallel()
	type (
		move   = attribution.Move
		reason = attribution.ReasonChange
	)
	code := attribution.ReasonCodeOwner
	lead := attribution.Order{ID: "crm:1", Shop: "crm.example", Kind: attribution.Lead, PlacedAt: placed, UpdatedAt: placed,
		Codes: []attribution.CodeUse{{Code: "ADA15", Kind: attribution.Offline}}, Touches: []attribution.Touch{clickOn("bruno", day)}}
	refunded := paidOrder("ADA15")
	refunded.Payment = attribution.Refunded
	yen := attribution.Order{ID: "shop:2", Shop: "demo.example", PlacedAt: placed, UpdatedAt: placed, Payment: attribution.Paid, Currency: byline.JPY,
		Lines: []attribution.Line{{ID: "mug", Quantity: 1, Gross: byline.Minor(1001, byline.JPY)}},
		Codes: []attribution.CodeUse{{Code: "ADA15", Kind: attribution.Genuine}, {Code: "BRUNO10", Kind: attribution.Genuine}}}
	tests := map[string]struct {
		a, b    string
		order   attribution.Order
		history *attribution.History
		moves   []move
		reasons []reason
	}{
		"nothing changes": {a: "byline", b: "redtrack", order: paidOrder("ADA15")},
		"from the code to the click": {a: "byline", b: "refersion", order: paidOrder("ADA15"), history: seen(clickOn("bruno", day)),
			moves: []move{{Currency: "EUR", From: "ada", To: "bruno", Amount: eur(8500), Orders: 1}},
			reasons: []reason{{Kind: byCode, A: code, B: attribution.ReasonCodeOutranked, Orders: 1},
				{Kind: byClick, A: attribution.ReasonClickOutranked, B: attribution.ReasonLastClick, Orders: 1}}},
		"from the code to nobody": {a: "byline", b: "impact-if-involved", order: paidOrder("ADA15"),
			moves:   []move{{Currency: "EUR", From: "ada", Amount: eur(8500), Orders: 1}},
			reasons: []reason{{Kind: byCode, A: code, B: attribution.ReasonNeedsClick, Orders: 1}}},
		"from nobody to the one who brought the customer": {a: "byline", b: "dub", order: paidOrder(), history: &attribution.History{Credits: []attribution.PastCredit{broughtBefore("ada", day)}},
			moves:   []move{{Currency: "EUR", To: "ada", Amount: eur(8500), Orders: 1}},
			reasons: []reason{{Kind: byBinding, A: attribution.ReasonNoRule, B: attribution.ReasonBoundCustomer, Orders: 1}}},
		"from two to one": {a: "byline", b: "dub", order: yen,
			moves:   []move{{Currency: "JPY", From: "ada", To: "bruno", Amount: byline.Minor(501, byline.JPY), Orders: 1}},
			reasons: []reason{{Kind: byCode, A: code, B: attribution.ReasonCodeOutranked, Orders: 1}}},
		"what came back moves without money": {a: "byline", b: "refersion", order: refunded, history: seen(clickOn("bruno", day)),
			moves: []move{{Currency: "EUR", From: "ada", To: "bruno", Amount: eur(0), Orders: 1}},
			reasons: []reason{{Kind: byCode, A: code, B: attribution.ReasonCodeOutranked, Orders: 1},
				{Kind: byClick, A: attribution.ReasonClickOutranked, B: attribution.ReasonLastClick, Orders: 1}}},
		"a lead has no money": {a: "byline", b: "refersion", order: lead,
			moves: []move{{From: "ada", To: "bruno", Orders: 1}},
			reasons: []reason{{Kind: byCode, A: code, B: attribution.ReasonCodeOutranked, Orders: 1},
				{Kind: byClick, A: attribution.ReasonClickOutranked, B: attribution.ReasonLastClick, Orders: 1}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := replayed(t, tt.a, tt.b, attribution.Case{Order: tt.order, History: tt.history})
			if diff := cmp.Diff(append([]move{}, tt.moves...), got.Moves); diff != "" {
				t.Errorf("moves (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(append([]reason{}, tt.reasons...), got.Reasons); diff != "" {
				t.Errorf("reasons (-want +got):\n%s", diff)
			}
			if changed := int64(min(len(tt.reasons), 1)); got.Orders != 1 || got.Changed != changed {
				t.Errorf("%d orders, %d changed", got.Orders, got.Changed)
			}
			mirror := replayed(t, tt.b, tt.a, attribution.Case{Order: tt.order, History: tt.history})
			if len(mirror.Moves) != len(got.Moves) || len(got.Moves) == 1 && (mirror.Moves[0].From != got.Moves[0].To || mirror.Moves[0].Amount != got.Moves[0].Amount) {
				t.Errorf("back again: %+v", mirror.Moves)
			}
		})
	}
}

// TestReplayHeldAndExcluded: what is held stays the creator's, and what a policy leaves
// out is nobody's.
func TestReplayHeldAndExcluded(t *testing.T) {
	t.Parallel()
	o := paidOrder("ADA15")
	o.Lines[1].Product = "tray"
	o.Customer.Staff = true
	h := &attribution.History{Signals: []attribution.Signal{{Code: "leak", Score: 90}}}
	decider := func(p attribution.Policy) *attribution.Decider {
		p.Version = "own/1"
		return deciderOf(t, presetBook(t), p)
	}
	run := func(p attribution.Policy) attribution.Comparison {
		got, err := attribution.Replay(stream(attribution.Case{Order: o, History: h}), presetDecider(t, "byline"), decider(p), nil)
		require.NoError(t, err)
		sound(t, got)
		return got
	}
	held := run(attribution.Policy{Trust: []attribution.TrustRule{{Signal: "leak", Mode: attribution.Hold}}})
	want := attribution.CreatorChange{Creator: "ada", Currency: "EUR", A: attribution.Tally{Orders: 1, Earning: eur(8500), Held: eur(0)}, B: attribution.Tally{Orders: 1, Earning: eur(0), Held: eur(8500)}, Difference: eur(0)}
	if diff := cmp.Diff([]attribution.CreatorChange{want}, held.Creators); diff != "" || len(held.Moves) != 0 || held.Changed != 1 {
		t.Errorf("held: %+v\n%s", held.Moves, diff)
	}
	if diff := cmp.Diff([]attribution.ReasonChange{{Kind: byCode, A: attribution.ReasonCodeOwner, B: attribution.ReasonCodeOwner, BHeld: true, Orders: 1}}, held.Reasons); diff != "" {
		t.Errorf("held, reasons:\n%s", diff)
	}
	product := run(attribution.Policy{Exclude: attribution.Exclusions{Products: []string{"tray"}}})
	if diff := cmp.Diff([]attribution.Move{{Currency: "EUR", From: "ada", Amount: eur(3400), Orders: 1}}, product.Moves); diff != "" || product.Totals[0].B.Base != eur(5100) {
		t.Errorf("a product left out: %+v\n%s", product.Totals, diff)
	}
	if diff := cmp.Diff([]attribution.ReasonChange{{Kind: byCode, A: attribution.ReasonCodeOwner, B: attribution.ReasonCodeOwner, Orders: 1}}, product.Reasons); diff != "" {
		t.Errorf("a product left out, reasons:\n%s", diff)
	}
	for want, c := range map[string]attribution.Comparison{
		"1 order of 20 Nov 2026, decided by byline/1 and by own/1: one of them differs. Held until a person has looked are 0.00 EUR by byline/1 and 85.00 EUR by own/1. " +
			"In 1 order a code is judged differently. By byline/1: " + meaningOf(t, attribution.ReasonCodeOwner) +
			". By own/1: " + meaningOf(t, attribution.ReasonCodeOwner) + ", and the amount is held.": held,
		"1 order of 20 Nov 2026, decided by byline/1 and by own/1: one of them differs. By own/1 ada loses 34.00 EUR. " +
			"The orders count 85.00 EUR by byline/1 and 51.00 EUR by own/1, because the policies leave out different things. " +
			"In 1 order a code counts as before, with another share or amount.": product,
	} {
		if diff := cmp.Diff(want, c.Explain()); diff != "" {
			t.Errorf("explanation (-want +got):\n%s", diff)
		}
	}
	staff := run(attribution.Policy{Exclude: attribution.Exclusions{Staff: true}})
	if diff := cmp.Diff([]attribution.StandingChange{{A: attribution.StandingEarning, B: attribution.StandingExcluded, Orders: 1}}, staff.Standings); diff != "" || len(staff.Moves) != 1 {
		t.Errorf("staff left out: %+v\n%s", staff.Moves, diff)
	}
}

// pastCases are n orders of a few customers in several currencies, with evidence of every
// kind, in the order in which they were placed.
func pastCases(rng *rand.Rand, n int) []attribution.Case {
	var cases []attribution.Case
	for i := range n {
		o, h := crowdedOrder(rng)
		shift := time.Duration(i)*time.Hour - 10*day
		o.ID, o.PlacedAt, o.Customer.ID = byline.OrderID(fmt.Sprintf("shop:%04d", 1000+i)), placed.Add(shift), fmt.Sprint(rng.IntN(n/5+1))
		currency := []byline.Currency{byline.EUR, byline.JPY, "KWD"}[rng.IntN(3)]
		o.Currency = currency
		for k := range o.Lines {
			l := &o.Lines[k]
			l.Gross, l.Discount, l.Tax = byline.Minor(l.Gross.Minor()+rng.Int64N(1000), currency), byline.Minor(l.Discount.Minor(), currency), byline.Minor(0, currency)
		}
		for k := range o.Codes {
			o.Codes[k].Discount = byline.Minor(o.Codes[k].Discount.Minor(), currency)
		}
		if rng.IntN(10) == 0 {
			o.Payment = attribution.Pending
		}
		cases = append(cases, attribution.Case{Order: o, History: h})
	}
	return cases
}

func customerID(o attribution.Order) []string {
	if o.Customer.ID == "" {
		return nil
	}
	return []string{o.Customer.ID}
}

// TestReplayConserves: over random policies and orders, every amount is somebody's, the
// callback tells of just the orders that differ, and neither the order of the cases nor
// which policy is A matters.
func TestReplayConserves(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(13, 14))
	book := policyBook(t)
	changed := int64(0)
	for range 60 {
		a, b := deciderOf(t, book, crowdedPolicy(rng)), deciderOf(t, book, crowdedPolicy(rng))
		cases := pastCases(rng, 50)
		differ := map[byline.OrderID]bool{}
		for _, c := range cases {
			x, y := a.Decide(c.Order, c.History), b.Decide(c.Order, c.History)
			differ[c.Order.ID] = credited(x) != credited(y) || x.Earning != y.Earning || holds(x) != holds(y)
		}
		got, err := attribution.Replay(stream(cases...), a, b, &attribution.ReplayOptions{Changed: func(c attribution.Change) error {
			want := attribution.Change{Case: c.Case, A: a.Decide(c.Case.Order, c.Case.History), B: b.Decide(c.Case.Order, c.Case.History)}
			if diff := cmp.Diff(want, c); diff != "" || !differ[c.Case.Order.ID] {
				return fmt.Errorf("order %s:\n%s", c.Case.Order.ID, diff)
			}
			delete(differ, c.Case.Order.ID)
			return nil
		}})
		require.NoError(t, err)
		sound(t, got)
		for id, missed := range differ {
			if missed {
				t.Fatalf("nobody was told of %s", id)
			}
		}
		changed += got.Changed
		rng.Shuffle(len(cases), func(i, j int) { cases[i], cases[j] = cases[j], cases[i] })
		again, err := attribution.Replay(stream(cases...), a, b, nil)
		require.NoError(t, err)
		if diff := cmp.Diff(got, again); diff != "" {
			t.Fatalf("another order of cases, another comparison:\n%s", diff)
		}
		back, err := attribution.Replay(stream(cases...), b, a, nil)
		require.NoError(t, err)
		mirrors(t, got, back)
		none, err := attribution.Replay(stream(cases...), a, a, nil)
		require.NoError(t, err)
		if none.Changed != 0 || len(none.Moves)+len(none.Reasons)+len(none.Standings) != 0 {
			t.Fatalf("a policy differs from itself: %+v", none)
		}
	}
	if changed < 1000 {
		t.Errorf("only %d orders changed: the property is hardly tried", changed)
	}
}

// holds is how much of an order waits, by creator.
func holds(d attribution.Decision) string {
	text := ""
	for _, c := range d.Credits {
		text += c.Held.String() + " "
	}
	return text
}

func mirrors(t *testing.T, got, back attribution.Comparison) {
	t.Helper()
	for i := range back.Totals {
		back.Totals[i].A, back.Totals[i].B = back.Totals[i].B, back.Totals[i].A
	}
	for i := range back.Creators {
		r := &back.Creators[i]
		r.A, r.B, r.Difference = r.B, r.A, r.Difference.Neg()
	}
	if diff := cmp.Diff(got.Totals, back.Totals); diff != "" || got.Changed != back.Changed {
		t.Fatalf("the other way round (-got +back):\n%s", diff)
	}
	if diff := cmp.Diff(got.Creators, back.Creators); diff != "" {
		t.Fatalf("the other way round (-got +back):\n%s", diff)
	}
}

// TestReplayCarriesCredits: under each policy a customer is bound by what that policy
// itself credited, and by what was recorded of the time before the first case.
func TestReplayCarriesCredits(t *testing.T) {
	t.Parallel()
	at := func(id, customer string, days int, codes ...string) attribution.Case {
		o := paidOrder(codes...)
		o.ID, o.PlacedAt, o.Customer.ID = byline.OrderID(id), placed.Add(time.Duration(days)*day), customer
		return attribution.Case{Order: o}
	}
	// Ada had brought the customer before. The records also repeat what was decided at the
	// time, which a replay has to forget.
	records := &attribution.History{Credits: []attribution.PastCredit{
		{Order: "shop:0", Creator: "ada", Campaign: "autumn", At: placed.Add(-30 * day)},
		{Order: "shop:1", Creator: "cleo", Campaign: "autumn", At: placed},
	}}
	bound, cancelled := at("shop:2", "c1", 1), at("shop:3", "c1", 2)
	bound.History, cancelled.History = records, records
	cancelled.Order.Touches = []attribution.Touch{{Link: "plug-in", At: placed}}
	cancelled.Order.CancelledAt = placed.Add(3 * day)
	cases := []attribution.Case{at("shop:1", "c1", 0, "BRUNO10"), bound, cancelled, at("shop:4", "c1", 3), at("shop:5", "c2", 4), at("shop:6", "", 5)}
	last := deciderOf(t, presetBook(t), own(attribution.Rule{Evidence: evidence(byCode)}, attribution.Rule{Evidence: evidence(byClick)}, attribution.Rule{Evidence: evidence(byBinding)}))
	first := deciderOf(t, presetBook(t), own(attribution.Rule{Evidence: evidence(byBinding), Pick: attribution.PickFirst}, attribution.Rule{Evidence: evidence(byCode)}))
	told := map[byline.OrderID][2]string{}
	bindings := map[byline.OrderID]int{}
	got, err := attribution.Replay(stream(cases...), last, first, &attribution.ReplayOptions{
		Customer: func(o attribution.Order) []string {
			if o.Customer.ID == "" {
				return nil
			}
			return []string{"account " + o.Customer.ID, "mail " + o.Customer.ID, "account " + o.Customer.ID}
		},
		Changed: func(c attribution.Change) error {
			told[c.Case.Order.ID] = [2]string{credited(c.A), credited(c.B)}
			bindings[c.Case.Order.ID] = len(c.A.Candidates) - len(c.Case.Order.Touches)
			return nil
		},
	})
	require.NoError(t, err)
	sound(t, got)
	// The cancelled order binds nobody: shop:4 is bruno's by both, shop:1 and shop:2 being
	// his by the one, and shop:1 by the other.
	if diff := cmp.Diff(map[byline.OrderID][2]string{"shop:2": {"bruno", "ada"}, "shop:3": {"ungrouped", "ada"}}, told); diff != "" {
		t.Errorf("who is credited by A and by B (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[byline.OrderID]int{"shop:2": 2, "shop:3": 2}, bindings); diff != "" {
		t.Errorf("bindings that A saw (-want +got):\n%s", diff)
	}
	if got.Orders != 6 || got.Credits != attribution.CreditsCarried || got.Totals[0].A.Orders != 4 || got.Totals[0].B.Orders != 4 {
		t.Errorf("%+v", got)
	}
	asRecorded, err := attribution.Replay(stream(cases...), last, first, nil)
	require.NoError(t, err)
	if asRecorded.Credits != attribution.CreditsRecorded || asRecorded.Totals[0].B.Orders != 3 {
		t.Errorf("as recorded: %+v", asRecorded)
	}
}

// TestReplayCarriesAsByHand: deciding the orders one after the other, each with what was
// credited before, comes to the same.
func TestReplayCarriesAsByHand(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(19, 20))
	book := policyBook(t)
	bound := 0
	for range 60 {
		policies := [2]attribution.Policy{crowdedPolicy(rng), crowdedPolicy(rng)}
		for i := range policies {
			policies[i].Rules = append([]attribution.Rule{{Evidence: evidence(byBinding), WindowDays: 5}}, policies[i].Rules...)
		}
		cases := pastCases(rng, 60)
		a, b := deciderOf(t, book, policies[0]), deciderOf(t, book, policies[1])
		got, err := attribution.Replay(stream(cases...), a, b, &attribution.ReplayOptions{Customer: customerID})
		require.NoError(t, err)
		sound(t, got)
		for i, d := range []*attribution.Decider{a, b} {
			want, bindings := byHand(d, cases)
			bound += bindings
			have := map[string]string{}
			for _, r := range got.Creators {
				if side := []attribution.Tally{r.A, r.B}[i]; side.Orders > 0 {
					have[fmt.Sprint(r.Creator, r.Currency)] = fmt.Sprint(side.Orders, side.Earning.Minor(), side.Held.Minor())
				}
			}
			if diff := cmp.Diff(want, have); diff != "" {
				t.Fatalf("policy %d (-by hand +replayed):\n%s", i, diff)
			}
		}
	}
	if bound < 300 {
		t.Errorf("only %d orders followed from earlier ones", bound)
	}
}

// byHand keeps every decision and looks through all of them. It returns each creator's
// tally by currency, and how many orders a binding decided.
func byHand(d *attribution.Decider, cases []attribution.Case) (tallies map[string]string, bindings int) {
	type tally struct{ orders, earning, held int64 }
	sums := map[string]*tally{}
	var earlier []attribution.Decision
	for n, c := range cases {
		h := *c.History
		h.Credits = slices.DeleteFunc(slices.Clone(h.Credits), func(p attribution.PastCredit) bool { return !p.At.Before(cases[0].Order.PlacedAt) })
		for k, e := range earlier {
			stands := e.Standing == attribution.StandingEarning && (e.Sold.IsZero() || !e.Earning.IsZero())
			if !stands || cases[k].Order.Customer.ID != c.Order.Customer.ID {
				continue
			}
			for _, credit := range e.Credits {
				h.Credits = append(h.Credits, attribution.PastCredit{Order: e.Order, Creator: credit.Creator, Campaign: credit.Campaign, At: cases[k].Order.PlacedAt, By: credit.By})
			}
		}
		made := d.Decide(cases[n].Order, &h)
		earlier = append(earlier, made)
		if made.Rule == 1 {
			bindings++
		}
		counted := map[byline.CreatorID]bool{}
		for _, credit := range made.Credits {
			key := fmt.Sprint(credit.Creator, made.Earning.Currency())
			if sums[key] == nil {
				sums[key] = &tally{}
			}
			if !counted[credit.Creator] {
				sums[key].orders++
			}
			counted[credit.Creator] = true
			sums[key].earning += credit.Earning.Minor()
			sums[key].held += credit.Held.Minor()
		}
	}
	tallies = map[string]string{}
	for key, s := range sums {
		tallies[key] = fmt.Sprint(s.orders, s.earning, s.held)
	}
	return tallies, bindings
}

func TestReplayWantsTheOrderOfPlacing(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(15, 16))
	cases := pastCases(rng, 4)
	a, b := presetDecider(t, "byline"), presetDecider(t, "dub")
	for name, tt := range map[string]struct {
		cases []attribution.Case
		seen  int64
	}{
		"an earlier order later": {[]attribution.Case{cases[0], cases[2], cases[1], cases[3]}, 2},
		"an order twice":         {[]attribution.Case{cases[0], cases[1], cases[1]}, 2},
	} {
		got, err := attribution.Replay(stream(tt.cases...), a, b, &attribution.ReplayOptions{Customer: customerID})
		fault, ok := errors.AsType[*byline.FieldError](err)
		if !ok || fault.Code != "replay.order" || got.Orders != tt.seen {
			t.Errorf("%s: %d orders, %v", name, got.Orders, err)
		}
		if _, err = attribution.Replay(stream(tt.cases...), a, b, nil); err != nil {
			t.Errorf("%s, credits as recorded: %v", name, err)
		}
	}
	cases[1].Order.PlacedAt = cases[0].Order.PlacedAt
	_, err := attribution.Replay(stream(cases...), a, b, &attribution.ReplayOptions{Customer: customerID})
	require.NoError(t, err, "of one instant the lesser id is the earlier")
}

// TestReplayEndsWithAnError: what was seen before it is returned beside it.
func TestReplayEndsWithAnError(t *testing.T) {
	t.Parallel()
	one := attribution.Case{Order: paidOrder("ADA15"), History: seen(clickOn("bruno", day))}
	broken := errors.New("the shop is closed")
	failing := func(yield func(attribution.Case, error) bool) {
		_ = yield(one, nil) && yield(attribution.Case{}, broken) && yield(one, nil)
	}
	a, b := presetDecider(t, "byline"), presetDecider(t, "refersion")
	got, err := attribution.Replay(failing, a, b, nil)
	require.ErrorIs(t, err, broken)
	if sound(t, got); got.Orders != 1 || got.Changed != 1 || got.A != "byline/1" || got.B != "preset/refersion/1" {
		t.Errorf("before the error: %+v", got)
	}
	got, err = attribution.Replay(stream(one, one), a, b, &attribution.ReplayOptions{Changed: func(attribution.Change) error { return broken }})
	require.ErrorIs(t, err, broken)
	if got.Orders != 1 || got.Changed != 1 {
		t.Errorf("before the callback's error: %+v", got)
	}
	huge := paidOrder("ADA15")
	huge.Lines = nil
	for range 1 << 12 {
		huge.Lines = append(huge.Lines, attribution.Line{Quantity: 1, Gross: eur(1 << 48)})
	}
	got, err = attribution.Replay(stream(slices.Repeat([]attribution.Case{{Order: huge}}, 20)...), a, b, nil)
	fault, ok := errors.AsType[*byline.FieldError](err)
	if sound(t, got); !ok || fault.Code != "money.range" || got.Orders != 7 {
		t.Errorf("beyond an int64, after %d orders: %v", got.Orders, err)
	}
	got, err = attribution.Replay(stream(), a, b, nil)
	require.NoError(t, err)
	if sound(t, got); got.Orders != 0 || got.Totals == nil || got.Moves == nil {
		t.Errorf("of nothing: %+v", got)
	}
}

// autumn is a small past: two codes, a click beside one, a customer who comes back, a lead
// and an order that is held by nobody.
func autumn() []attribution.Case {
	at := func(id string, days int, o attribution.Order, h *attribution.History) attribution.Case {
		o.ID, o.PlacedAt = byline.OrderID(id), placed.Add(time.Duration(days)*day)
		return attribution.Case{Order: o, History: h}
	}
	lead := attribution.Order{Shop: "crm.example", Kind: attribution.Lead, UpdatedAt: placed, Codes: []attribution.CodeUse{{Code: "BRUNO10", Kind: attribution.Offline}}}
	yen := attribution.Order{Shop: "demo.example", UpdatedAt: placed, Payment: attribution.Paid, Currency: byline.JPY,
		Lines: []attribution.Line{{ID: "mug", Quantity: 1, Gross: byline.Minor(3000, byline.JPY)}}, Codes: []attribution.CodeUse{{Code: "BRUNO10", Kind: attribution.Genuine}}}
	known := &attribution.History{Credits: []attribution.PastCredit{broughtBefore("ada", 60*day)}}
	return []attribution.Case{
		at("shop:1", -9, paidOrder("ADA15"), nil),
		at("shop:2", -8, paidOrder("BRUNO10"), known),
		at("shop:3", -7, paidOrder("ADA15", "BRUNO10"), nil),
		at("shop:4", -6, paidOrder(), known),
		at("shop:5", -5, paidOrder(), nil),
		at("shop:6", -4, yen, known),
		at("crm:7", -3, lead, known),
	}
}

func TestComparisonIsStableJSON(t *testing.T) {
	t.Parallel()
	got := replayed(t, "byline", "dub", autumn()...)
	text, err := json.MarshalIndent(got, "", "  ")
	require.NoError(t, err)
	golden.Equal(t, "replay_comparison.golden.json", append(text, '\n'))
	var back attribution.Comparison
	require.NoError(t, json.Unmarshal(text, &back))
	if diff := cmp.Diff(got, back); diff != "" {
		t.Errorf("round trip (-want +got):\n%s", diff)
	}
}

// meaningOf is what a reason means, in the words of the table.
func meaningOf(t *testing.T, r attribution.Reason) string {
	t.Helper()
	i := slices.IndexFunc(attribution.Reasons(), func(m attribution.ReasonMeaning) bool { return m.Reason == r })
	require.GreaterOrEqual(t, i, 0)
	return attribution.Reasons()[i].Meaning
}

func TestComparisonExplains(t *testing.T) {
	t.Parallel()
	owner, outranked := meaningOf(t, attribution.ReasonCodeOwner), meaningOf(t, attribution.ReasonCodeOutranked)
	const caveat = " Which creator brought a customer earlier was taken from the records for both policies, so what their own earlier decisions would have changed is not in here."
	many := make([]attribution.Case, 0, 10)
	var offers []attribution.Offer
	for i := range 5 {
		id := byline.CreatorID(fmt.Sprintf("creator%d", i))
		offers = append(offers, attribution.Offer{Creator: id, Campaign: "autumn", Code: string(id)}, attribution.Offer{Creator: id + "x", Campaign: "autumn", Link: string(id)})
		for range i + 1 {
			many = append(many, attribution.Case{Order: paidOrder(string(id)), History: seen(clickOn(string(id), day))})
		}
	}
	crowd, err := attribution.NewBook(offers)
	require.NoError(t, err)
	explain := func(book *attribution.Book, a, b string, cases ...attribution.Case) attribution.Comparison {
		got, err := attribution.Replay(stream(cases...), deciderOf(t, book, presetNamed(t, a)), deciderOf(t, book, presetNamed(t, b)), nil)
		require.NoError(t, err)
		sound(t, got)
		return got
	}
	for name, tt := range map[string]struct {
		comparison attribution.Comparison
		want       string
	}{
		"nothing": {explain(presetBook(t), "byline", "dub"), "0 orders, decided by byline/1 and by preset/dub/1: none of them differs."},
		"no difference": {explain(presetBook(t), "byline", "redtrack", attribution.Case{Order: paidOrder("ADA15")}),
			"1 order of 20 Nov 2026, decided by byline/1 and by preset/redtrack/1: none of them differs."},
		"a small past": {explain(presetBook(t), "byline", "dub", autumn()...),
			"7 orders from 11 Nov 2026 to 17 Nov 2026, decided by byline/1 and by preset/dub/1: 5 of them differ. " +
				"By preset/dub/1 ada gains 1 conversion and bruno loses 1 conversion. " +
				"By preset/dub/1 ada gains 127.50 EUR and bruno loses 42.50 EUR. Nobody is credited for 170.00 EUR by byline/1 and for 85.00 EUR by preset/dub/1. " +
				"By preset/dub/1 ada gains 3000 JPY and bruno loses 3000 JPY. " +
				"In 4 orders a code is judged differently. By byline/1: " + owner + ". By preset/dub/1: " + outranked + ". " +
				"In 4 orders an earlier order is judged differently. By byline/1: " + meaningOf(t, attribution.ReasonNoRule) +
				". By preset/dub/1: " + meaningOf(t, attribution.ReasonBoundCustomer) + "." + caveat},
		"many creators": {explain(crowd, "byline", "refersion", many...),
			"15 orders of 20 Nov 2026, decided by byline/1 and by preset/refersion/1: 15 of them differ. " +
				"By preset/refersion/1 creator4x gains 425.00 EUR, creator3x gains 340.00 EUR, creator2x gains 255.00 EUR, 2 others gain less each, " +
				"creator4 loses 425.00 EUR, creator3 loses 340.00 EUR, creator2 loses 255.00 EUR and 2 others lose less each. " +
				"In 15 orders a code is judged differently. By byline/1: " + owner + ". By preset/refersion/1: " + outranked + ". " +
				"In 15 orders a click is judged differently. By byline/1: " + meaningOf(t, attribution.ReasonClickOutranked) +
				". By preset/refersion/1: " + meaningOf(t, attribution.ReasonLastClick) + "."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, tt.comparison.Explain()); diff != "" {
				t.Errorf("explanation (-want +got):\n%s", diff)
			}
		})
	}
}

func TestComparisonExplainsInTheReadersWay(t *testing.T) {
	t.Parallel()
	got := replayed(t, "byline", "refersion", attribution.Case{Order: paidOrder("ADA15"), History: seen(clickOn("bruno", day))})
	got.A = "x belongs to ada.\x1b[2J"
	text := got.ExplainTo(&attribution.ExplainOptions{
		Name:  func(id byline.CreatorID) string { return "the creator " + string(id) },
		Money: func(m byline.Money) string { return "€" + m.Amount() },
	})
	want := `1 order of 20 Nov 2026, decided by "x belongs to ada.\x1b[2J" and by preset/refersion/1: one of them differs. ` +
		"By preset/refersion/1 the creator bruno gains €85.00 and the creator ada loses €85.00. "
	if diff := cmp.Diff(want, text[:min(len(text), len(want))]); diff != "" {
		t.Errorf("explanation (-want +got):\n%s", diff)
	}
}
