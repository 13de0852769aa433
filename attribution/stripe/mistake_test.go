package stripe_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Each test here is named after a way in which partner programmes have got Stripe's money
// wrong.

func decide(t testing.TB, o attribution.Order) attribution.Decision {
	t.Helper()
	book, err := attribution.NewBook([]attribution.Offer{
		{Creator: "ada", Campaign: "autumn", Code: "ADA10", Link: "ada-story"},
		{Creator: "bruno", Campaign: "autumn", Code: "BRUNO"},
		{Creator: "cleo", Campaign: "autumn", Code: "CLEO5"},
		{Creator: "dario", Campaign: "autumn", Code: "promo_1QdemoNobody"},
	})
	require.NoError(t, err)
	return attribution.Decide(o, nil, book, attribution.Policy{})
}

// earners lists who is credited, in order.
func earners(d attribution.Decision) []string {
	var names []string
	for _, c := range d.Credits {
		names = append(names, string(c.Creator))
	}
	slices.Sort(names)
	return names
}

func merge(t testing.TB, fragments ...attribution.Order) attribution.Order {
	t.Helper()
	state := fragments[0]
	for _, f := range fragments {
		var err error
		state, err = state.Merge(f)
		require.NoError(t, err)
	}
	return state
}

// kept is what is left of a sample's order after what other bodies say of it.
func kept(t testing.TB, file string, bodies ...[]byte) string {
	t.Helper()
	o := sampleOrder(t, file)
	for _, body := range bodies {
		fragment := order(t, body)
		fragment.ID = o.ID // the aliases are tried in the lives
		o = merge(t, o, fragment)
	}
	sales, err := o.Sales()
	require.NoError(t, err)
	return sales.Kept.String()
}

func TestMistakeReadingOnlyTheFirstDiscount(t *testing.T) {
	t.Parallel()
	d := decide(t, sampleOrder(t, "session_two_discounts.json"))
	if diff := cmp.Diff([]string{"bruno", "cleo"}, earners(d)); diff != "" {
		t.Errorf("credits mismatch (-want +got):\n%s", diff)
	}
}

func TestMistakeNeverSplittingAnOrder(t *testing.T) {
	t.Parallel()
	d := decide(t, sampleOrder(t, "invoice_expanded_discounts.json"))
	got := map[string]string{}
	for _, c := range d.Credits {
		got[string(c.Creator)] = c.Earning.String()
	}
	// 42.75 as 5.00 is to 2.25, what each code took off.
	if diff := cmp.Diff(map[string]string{"ada": "29.48 EUR", "cleo": "13.27 EUR"}, got); diff != "" {
		t.Errorf("credits mismatch (-want +got):\n%s", diff)
	}
}

func TestMistakeTakingAnyRefundForAFullOne(t *testing.T) {
	t.Parallel()
	// 17.85 of the 53.55 that were paid for the goods.
	if got := kept(t, "session_payment.json", load(t, "refund_created.json")); got != "30.00 EUR" {
		t.Errorf("%s is kept after a third went back, want 30.00 EUR", got)
	}
	list := events(t, load(t, "charge_refunded_2020.json"))
	o := sampleOrder(t, "invoice_paid_2020.json")
	for _, e := range list {
		e.Order.ID = o.ID
		o = merge(t, o, *e.Order)
	}
	sales, err := o.Sales()
	require.NoError(t, err)
	if got := sales.Kept.String(); len(list) != 2 || got != "13.50 USD" {
		t.Errorf("%s is kept after half went back in %d refunds, want 13.50 USD", got, len(list))
	}
}

func TestMistakeKeepingAFailedRefund(t *testing.T) {
	t.Parallel()
	const sale = "session_async_succeeded.json"
	pending, succeeded, failed := load(t, "refund_pending.json"), load(t, "refund_succeeded_later.json"), load(t, "refund_failed.json")
	for name, tt := range map[string]struct {
		bodies [][]byte
		want   string
	}{
		"pending":              {[][]byte{pending}, "50.00 EUR"},
		"succeeded":            {[][]byte{pending, succeeded}, "30.00 EUR"},
		"failed":               {[][]byte{pending, succeeded, failed}, "50.00 EUR"},
		"failed, heard before": {[][]byte{failed, succeeded, pending}, "50.00 EUR"},
	} {
		if got := kept(t, sale, tt.bodies...); got != tt.want {
			t.Errorf("%s: %s is kept, want %s", name, got, tt.want)
		}
	}
}

func TestMistakeHearingOfNoDispute(t *testing.T) {
	t.Parallel()
	const sale = "session_payment.json"
	created, updated, won := load(t, "dispute_created.json"), load(t, "dispute_updated.json"), load(t, "dispute_won.json")
	lost := changeAt(t, won, `{"status":"lost"}`, "data", "object")
	inquiry := changeAt(t, created, `{"status":"warning_needs_response"}`, "data", "object")
	for name, tt := range map[string]struct {
		bodies [][]byte
		want   string
	}{
		"an inquiry":       {[][]byte{inquiry}, "45.00 EUR"},
		"opened":           {[][]byte{inquiry, created, updated}, "0.00 EUR"},
		"won":              {[][]byte{won, updated, created}, "45.00 EUR"},
		"lost":             {[][]byte{created, lost}, "0.00 EUR"},
		"part is disputed": {[][]byte{changeAt(t, created, `{"amount":1785}`, "data", "object")}, "30.00 EUR"},
	} {
		if got := kept(t, sale, tt.bodies...); got != tt.want {
			t.Errorf("%s: %s is kept, want %s", name, got, tt.want)
		}
	}
}

func TestMistakeThreeDecimalsTenTimesTooLarge(t *testing.T) {
	t.Parallel()
	if got := kept(t, "session_kwd.json"); got != "12.340 KWD" {
		t.Errorf("%s, want 12.340 KWD", got)
	}
}

func TestMistakeConvertingCurrencies(t *testing.T) {
	t.Parallel()
	for _, s := range samples {
		for _, e := range events(t, load(t, s.file)) {
			if e.Order == nil || !e.Order.HasDocument() {
				continue
			}
			for _, l := range e.Order.Lines {
				if l.Gross.Currency() != e.Order.Currency {
					t.Errorf("%s: a line in %s on an order in %s", s.file, l.Gross.Currency(), e.Order.Currency)
				}
			}
		}
	}
	_, err := decode(t, change(t, "session_payment.json", `{"currency":"xyz"}`))
	if diff := cmp.Diff([]string{"data.object.currency stripe.currency"}, codesOf(err)); diff != "" {
		t.Errorf("an unknown currency: faults mismatch (-want +got):\n%s", diff)
	}
}

// A cached answer that is gone after seven days protects nobody from a replay.
func TestMistakeForgettingDuplicatesAfterAWeek(t *testing.T) {
	t.Parallel()
	body := load(t, "invoice_paid.json")
	later := changeAt(t, body, fmt.Sprintf(`{"id":"evt_resent","created":%d}`, at(90*86400).Unix()))
	first, second := events(t, body), events(t, later)
	if first[0].Key != second[0].Key {
		t.Error("the same invoice, sent again after three months, is another fact")
	}
}

func TestMistakeNoKeyWithoutAnInvoice(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]byline.OrderID{
		"session_payment.json": "stripe:pi_3Qdemo001", "session_free.json": "stripe:cs_live_a1demo011", "invoice_paid.json": "stripe:in_1Qdemo015",
	} {
		if got := sampleOrder(t, file).ID; got != want {
			t.Errorf("%s is the order %s, want %s", file, got, want)
		}
	}
}

// What an invoice is worth does not hang on how it was paid: here 12.00 came from the
// customer's balance.
func TestMistakePayingByTheAmountThatWasPaid(t *testing.T) {
	t.Parallel()
	o := order(t, change(t, "invoice_paid.json", `{"amount_due":835,"amount_paid":835,"starting_balance":-1200}`))
	sales, err := o.Sales()
	require.NoError(t, err)
	if got := sales.Kept.String(); got != "17.10 EUR" {
		t.Errorf("%s is kept, want 17.10 EUR", got)
	}
}

// An invoice's events do not say its codes, and others fetch them from the API. The
// session that made the invoice says them.
func TestMistakeLosingTheCodesOfInvoices(t *testing.T) {
	t.Parallel()
	session, invoice := sampleOrder(t, "session_subscription_code.json"), sampleOrder(t, "invoice_paid.json")
	if diff := cmp.Diff([]string(nil), earners(decide(t, invoice))); diff != "" {
		t.Fatalf("the invoice alone says whose code it was (-want +got):\n%s", diff)
	}
	for _, pieces := range [][]attribution.Order{{session, invoice}, {invoice, session}, {invoice, session, invoice}} {
		merged := merge(t, pieces...)
		d := decide(t, merged)
		if diff := cmp.Diff([]string{"ada"}, earners(d)); diff != "" || d.Earning.String() != "17.10 EUR" || len(merged.Touches) != 2 {
			t.Errorf("%s of earnings, %d touches, credits mismatch (-want +got):\n%s", d.Earning, len(merged.Touches), diff)
		}
	}
}
