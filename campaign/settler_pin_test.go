package campaign_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/campaign"
	"github.com/bylinehq/byline/contracts"
)

// adaTerms are one version of ada's terms, all of them in force from the same instant:
// each later one is dated back.
func adaTerms(version int, rate contracts.Rate) contracts.Terms {
	t := deskTerms(0, "ada")
	t.Version, t.Pay.Percentages = version, []contracts.Percentage{{ID: "sales", Rate: rate * contracts.Percent}}
	return t
}

func forNewCustomers(t *testing.T) *contracts.Register {
	t.Helper()
	terms := adaTerms(1, 10)
	terms.Pay.Percentages[0].Scope.Customer = contracts.NewCustomers
	a, err := contracts.Draft(terms)
	require.NoError(t, err)
	r, err := contracts.NewRegister(a)
	require.NoError(t, err)
	return r
}

// Pay for new customers alone has the history asked, whatever the policy asks for.
func TestPayForNewCustomersAsksTheHistory(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	memory := &attribution.Memory{}
	d.Orders, d.History, d.Agreements = memory, memory, forNewCustomers(t)
	s, err := campaign.NewSettler(*d.Settler)
	require.NoError(t, err)
	o := paidOrder()
	o.Customer = attribution.Customer{ID: "c-1"}
	for i, want := range []contracts.Reason{contracts.ReasonEarned, ""} {
		o.ID, o.PlacedAt = byline.OrderID(fmt.Sprint("shop:", i)), o.PlacedAt.Add(time.Hour)
		made, err := s.Settle(t.Context(), attribution.NoTx{}, o)
		require.NoError(t, err)
		var got contracts.Reason
		for _, e := range made.Entries {
			got = e.Reason
		}
		if got != want {
			t.Errorf("order %d: posted for %q, want %q", i+1, got, want)
		}
	}
}

func unpaidOrder() attribution.Order {
	o := paidOrder()
	o.Payment, o.UpdatedAt = attribution.Pending, o.UpdatedAt.AddDate(0, 0, -1)
	return o
}

// An order stays under the version it was first settled under, whatever it earned then.
func TestSettlerPinsTheAgreement(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		first contracts.Rate // of version 1; version 2 has 50%
		seen  attribution.Order
		want  map[string]int64
	}{
		"an order that has earned":       {7, paidOrder(), map[string]int64{"ada EUR": 700}},
		"an order seen before it earned": {7, unpaidOrder(), map[string]int64{"ada EUR": 700}},
		"an order under a flat fee only": {0, paidOrder(), map[string]int64{}},
		"a refund that came first is not an order": {
			7, attributiontest.FullRefund(paidOrder()), map[string]int64{"ada EUR": 5000},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v1, v2 := adaTerms(1, tt.first), adaTerms(2, 50)
			d := newDesk(t).under(t, v1)
			seen := tt.seen
			if !seen.HasDocument() {
				seen.Refunds[0].State = attribution.RefundFailed
			}
			d.settle(t, seen)
			d = d.under(t, v1, v2)
			d.settle(t, paidOrder(), paidOrder())
			if diff := cmp.Diff(tt.want, d.balances(t)); diff != "" {
				t.Errorf("balances (-want +got):\n%s", diff)
			}
		})
	}
}

// The pins stand in the decision that is kept, and outlive the credit.
func TestSettlerKeepsPins(t *testing.T) {
	t.Parallel()
	d := newDesk(t).under(t, adaTerms(1, 7))
	pins := func() []attribution.Pin {
		t.Helper()
		r, err := d.orders.Order(t.Context(), attribution.NoTx{}, "shop:1")
		require.NoError(t, err)
		return r.Decision.Pins
	}
	want := []attribution.Pin{{Creator: "ada", Campaign: "autumn", Agreement: "ag-ada", Version: 1}}
	d.settle(t, paidOrder())
	if diff := cmp.Diff(want, pins()); diff != "" {
		t.Errorf("pins (-want +got):\n%s", diff)
	}
	d = d.under(t, adaTerms(1, 7), adaTerms(2, 50))
	without := paidOrder()
	without.Codes, without.UpdatedAt = nil, without.UpdatedAt.AddDate(0, 0, 1)
	d.settle(t, without)
	if diff := cmp.Diff(map[string]int64{}, d.balances(t)); diff != "" {
		t.Errorf("balances without the credit (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, pins()); diff != "" {
		t.Errorf("pins without the credit (-want +got):\n%s", diff)
	}
	again := paidOrder()
	again.UpdatedAt = without.UpdatedAt.AddDate(0, 0, 1)
	d.settle(t, again)
	if diff := cmp.Diff(map[string]int64{"ada EUR": 700}, d.balances(t)); diff != "" {
		t.Errorf("balances with the credit again (-want +got):\n%s", diff)
	}
	d = d.under(t, adaTerms(2, 50))
	_, err := d.Settle(t.Context(), attribution.NoTx{}, again)
	require.ErrorIs(t, err, byline.ErrUnavailable)
}

func TestResettle(t *testing.T) {
	t.Parallel()
	d := newDesk(t).under(t)
	_, err := d.Resettle(t.Context(), attribution.NoTx{}, "shop:1")
	require.ErrorIs(t, err, byline.ErrNotFound)
	first, err := d.Settle(t.Context(), attribution.NoTx{}, paidOrder())
	require.NoError(t, err)
	if len(first.Findings) != 1 || first.Findings[0].Code != "agreement.missing" || len(first.Entries) != 0 || len(first.Record.Decision.Pins) != 0 {
		t.Errorf("without an agreement: %+v", first)
	}
	if diff := cmp.Diff(first.Findings, first.Record.Decision.Flags); diff != "" {
		t.Errorf("flags (-want +got):\n%s", diff)
	}
	d = d.under(t, adaTerms(1, 7))
	for i, want := range []int{1, 0} {
		settlement, err := d.Resettle(t.Context(), attribution.NoTx{}, "shop:1")
		require.NoError(t, err)
		if len(settlement.Entries) != want || len(settlement.Record.Decision.Flags) != 0 {
			t.Errorf("time %d: entries %+v, flags %+v", i+1, settlement.Entries, settlement.Record.Decision.Flags)
		}
	}
	if diff := cmp.Diff(map[string]int64{"ada EUR": 700}, d.balances(t)); diff != "" {
		t.Errorf("balances (-want +got):\n%s", diff)
	}
}

// A new offer credits an order that was there already.
func TestResettleAfterAnOffer(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	without := *d.Settler
	without.Book = nil
	d.made(t, without).settle(t, paidOrder())
	settlement, err := d.Resettle(t.Context(), attribution.NoTx{}, "shop:1")
	require.NoError(t, err)
	if len(settlement.Entries) != 1 || settlement.Entries[0].Creator != "ada" {
		t.Errorf("entries %+v, want ada's", settlement.Entries)
	}
}

func TestAccrueOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for range 3 {
		_, err := d.Accrue(t.Context(), attribution.NoTx{}, attributiontest.LifeStart())
		require.NoError(t, err)
	}
	want := map[string]int64{"ada EUR": 10_000, "bruno EUR": 10_000, "cleo EUR": 10_000}
	if diff := cmp.Diff(want, d.balances(t)); diff != "" {
		t.Errorf("balances (-want +got):\n%s", diff)
	}
}

// A fee is of the agreement, whichever version names it, and stays as it was posted.
func TestAFeePostedIsNeverMoved(t *testing.T) {
	t.Parallel()
	d := newDesk(t).under(t, adaTerms(1, 7))
	accrue := func() []contracts.Entry {
		t.Helper()
		entries, err := d.Accrue(t.Context(), attribution.NoTx{}, attributiontest.LifeStart())
		require.NoError(t, err)
		return entries
	}
	first := accrue()
	if len(first) != 1 || first[0].Subject != "agreement:ag-ada" || first[0].Version != 1 {
		t.Fatalf("first %+v", first)
	}
	dearer := adaTerms(2, 7)
	dearer.Pay.Fees = []contracts.Fee{{ID: "fee", Amount: byline.Minor(99_900, byline.EUR)}}
	d = d.under(t, dearer)
	if again := accrue(); len(again) != 0 {
		t.Errorf("posted again %+v", again)
	}
	posted, err := d.ledger.Entries(t.Context(), attribution.NoTx{}, "agreement:ag-ada")
	require.NoError(t, err)
	if diff := cmp.Diff(first, posted); diff != "" {
		t.Errorf("entries (-first +now):\n%s", diff)
	}
}

func TestNewSettlerRefuses(t *testing.T) {
	t.Parallel()
	good := *newDesk(t).Settler
	limited, err := attribution.NewBook(limitedOffers())
	require.NoError(t, err)
	type settler = campaign.Settler[attribution.NoTx]
	tests := map[string]struct {
		edit func(*settler)
		want []at
	}{
		"nothing wrong":    {func(*settler) {}, nil},
		"no orders":        {func(s *settler) { s.Orders = nil }, []at{{"orders", "required"}}},
		"no ledger":        {func(s *settler) { s.Ledger = nil }, []at{{"ledger", "required"}}},
		"no clock":         {func(s *settler) { s.Now = nil }, []at{{"now", "required"}}},
		"no book":          {func(s *settler) { s.Book = nil }, nil},
		"no agreements":    {func(s *settler) { s.Agreements = nil }, nil},
		"several policies": {func(s *settler) { s.Policies = []attribution.Policy{{}, {Version: "a"}, {Version: "b"}} }, nil},
		"a policy twice": {
			func(s *settler) {
				s.Policies = []attribution.Policy{{Version: "a"}, {}, {Version: "a", ClickWindowDays: 7}}
			},
			[]at{{"policies[2].version", "settler.policy_twice"}},
		},
		"the default policy twice": {
			func(s *settler) { s.Policies = []attribution.Policy{{}, {Version: "byline/1"}} },
			[]at{{"policies[1].version", "settler.policy_twice"}},
		},
		"policies with faults": {
			func(s *settler) {
				s.Policies = []attribution.Policy{{Version: "a"}, {Version: "b", ClickWindowDays: -1}, {Campaign: "spring"}}
			},
			[]at{{"policies[1].click_window_days", "policy.click_window"}, {"policies[2].version", "policy.version"}},
		},
		"a policy that looks back at nothing": {
			func(s *settler) { s.Policies = []attribution.Policy{{}, lookingBack()["cool-down"]} },
			[]at{{"policies[1]", "settler.no_history"}},
		},
		"a limit that nobody counts":          {func(s *settler) { s.Book = limited }, []at{{"book", "settler.no_history"}}},
		"customers that nobody knows":         {func(s *settler) { s.Customers = true }, []at{{"customers", "settler.no_history"}}},
		"pay for customers that nobody knows": {func(s *settler) { s.Agreements = forNewCustomers(t) }, []at{{"agreements", "settler.no_history"}}},
		"a history": {
			func(s *settler) {
				s.Policies, s.Book, s.History = []attribution.Policy{lookingBack()["cool-down"]}, limited, &attribution.Memory{}
			}, nil,
		},
		"everything at once": {
			func(s *settler) {
				*s = settler{Policies: []attribution.Policy{{SeveralCodes: "x", Version: "a"}, {Version: "a"}}}
			},
			[]at{
				{"orders", "required"}, {"ledger", "required"}, {"now", "required"},
				{"policies[0].several_codes", "policy.several_codes"}, {"policies[1].version", "settler.policy_twice"},
			},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := good
			tt.edit(&s)
			made, err := campaign.NewSettler(s)
			if diff := cmp.Diff(tt.want, faultsOf(t, err)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
			if (made == nil) != (len(tt.want) > 0) {
				t.Errorf("settler %v beside error %v", made, err)
			}
		})
	}
}

func TestSettlerDefaults(t *testing.T) {
	t.Parallel()
	orders, ledger := &attribution.Memory{}, &contracts.Ledger{}
	s, err := campaign.NewSettler(campaign.Settler[attribution.NoTx]{Orders: orders, Ledger: ledger, Now: attributiontest.LifeStart})
	require.NoError(t, err)
	settlement, err := s.Settle(t.Context(), attribution.NoTx{}, paidOrder())
	require.NoError(t, err)
	if d := settlement.Record.Decision; len(d.Credits) != 0 || d.Policy != "byline/1" {
		t.Errorf("decision %+v, want one that credits nobody by the default policy", d)
	}
	fees, err := s.Accrue(t.Context(), attribution.NoTx{}, attributiontest.LifeStart())
	require.NoError(t, err)
	if len(fees) != 0 {
		t.Errorf("fees %+v", fees)
	}
}

// What the caller does to its list later changes no decision.
func TestSettlerOwnsItsPolicies(t *testing.T) {
	t.Parallel()
	policies := []attribution.Policy{{Version: "a"}}
	d := newDesk(t, policies...)
	policies[0].Version = "b"
	settlement, err := d.Settle(t.Context(), attribution.NoTx{}, paidOrder())
	require.NoError(t, err)
	if got := settlement.Record.Decision.Policy; got != "a" {
		t.Errorf("decided under %q", got)
	}
}

// A settler that NewSettler did not make does nothing and says so.
func TestSettlerNotMade(t *testing.T) {
	t.Parallel()
	good := newDesk(t)
	for name, s := range map[string]*campaign.Settler[attribution.NoTx]{
		"nil":     nil,
		"literal": {Orders: good.orders, Ledger: good.ledger, Now: attributiontest.LifeStart},
	} {
		order := paidOrder()
		_, settle := s.Settle(t.Context(), attribution.NoTx{}, order)
		_, resettle := s.Resettle(t.Context(), attribution.NoTx{}, order.ID)
		_, fees := s.Accrue(t.Context(), attribution.NoTx{}, attributiontest.LifeStart())
		for call, err := range map[string]error{
			"Settle": settle, "Resettle": resettle, "Accrue": fees,
			"Apply":        s.Apply(t.Context(), attribution.NoTx{}, attribution.Event{Order: &order}),
			"Apply a mere": s.Apply(t.Context(), attribution.NoTx{}, attribution.Event{}),
		} {
			if faults := byline.Nest("", err); len(faults) != 1 || faults[0].Code != "settler.not_made" {
				t.Errorf("%s of the %s settler: %v", call, name, err)
			}
		}
	}
}
