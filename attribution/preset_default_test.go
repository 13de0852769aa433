package attribution_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// These are complaints about other systems, each beside what the default policy does.

// decided is what a preset makes of an order.
func decided(t *testing.T, preset string, o attribution.Order, h *attribution.History) attribution.Decision {
	t.Helper()
	d := attribution.Decide(o, h, presetBook(t), presetNamed(t, preset))
	conserves(t, d)
	return d
}

func TestComplaintEarlierCreatorIsPaidForAnothersCode(t *testing.T) {
	t.Parallel()
	o, h := paidOrder("BRUNO10"), &attribution.History{Customer: attribution.ReturningCustomer, Credits: []attribution.PastCredit{broughtBefore("ada", 100*day)}}
	if theirs, ours := credited(decided(t, "dub", o, h)), credited(decided(t, "byline", o, h)); theirs != "ada" || ours != "bruno" {
		t.Errorf("dub credits %s, the default %s; the code is bruno's", theirs, ours)
	}
}

func TestComplaintOneOrderCanNeverBeSplit(t *testing.T) {
	t.Parallel()
	for currency, want := range map[byline.Currency][2]string{"JPY": {"6667", "3333"}, "EUR": {"66.67", "33.33"}, "KWD": {"6.667", "3.333"}} {
		o := attribution.Order{ID: "shop:1", Shop: "demo.example", PlacedAt: placed, UpdatedAt: placed, Payment: attribution.Paid, Currency: currency,
			Lines: []attribution.Line{{ID: "mug", Quantity: 1, Gross: byline.Minor(10_300, currency), Discount: byline.Minor(300, currency)}},
			Codes: []attribution.CodeUse{
				{Code: "ADA15", Kind: attribution.Genuine, Discount: byline.Minor(200, currency)}, {Code: "BRUNO10", Kind: attribution.Genuine, Discount: byline.Minor(100, currency)}}}
		if theirs := decided(t, "dub", o, nil); len(theirs.Credits) != 1 {
			t.Errorf("dub credits %s", credited(theirs))
		}
		ours := decided(t, "byline", o, nil)
		if len(ours.Credits) != 2 || ours.Credits[0].Earning.Amount() != want[0] || ours.Credits[1].Earning.Amount() != want[1] {
			t.Errorf("%s: %+v, want %v", currency, ours.Credits, want)
		}
	}
}

func TestComplaintNewestCodeRowWins(t *testing.T) {
	t.Parallel()
	// Bruno's code is the newer and took off next to nothing.
	o := withCodes(paidOrder(), usedFor("ADA15", 1499), usedFor("BRUNO10", 1))
	if theirs, ours := credited(decided(t, "dub", o, nil)), credited(decided(t, "byline", o, nil)); theirs != "bruno" || ours != "ada 1499/1500 + bruno 1/1500" {
		t.Errorf("dub credits %s, the default %s", theirs, ours)
	}
	o.Codes[0], o.Codes[1] = o.Codes[1], o.Codes[0]
	if ours := credited(decided(t, "byline", o, nil)); ours != "ada 1499/1500 + bruno 1/1500" {
		t.Errorf("the order of the codes matters: %s", ours)
	}
}

func TestComplaintExpiredCodeStillEarns(t *testing.T) {
	t.Parallel()
	ending := november().End
	for name, tt := range map[string]struct {
		at   time.Time
		want string
	}{
		"the last instant": {ending.Add(-1), "ada"}, "the end itself": {ending, "-"},
	} {
		o := paidOrder("ADA15")
		o.PlacedAt = tt.at
		d := decided(t, "byline", o, nil)
		if credited(d) != tt.want {
			t.Errorf("%s: %s\n%s", name, credited(d), d.Explain())
		}
	}
	d := decided(t, "byline", paidOrder("OLDADA"), seen(clickOn("bruno", day)))
	if credited(d) != "bruno" || d.Candidates[0].Reason != attribution.ReasonExpired {
		t.Errorf("an expired code hides the click that stands: %s\n%s", credited(d), d.Explain())
	}
}

// TestComplaintOldOrdersFollowTodaysTerms: an order of the past is decided by the offers
// and windows of its own day, however they were changed since.
func TestComplaintOldOrdersFollowTodaysTerms(t *testing.T) {
	t.Parallel()
	o, h := paidOrder("ADA15"), seen(clickOn("ada-autumn", 10*day))
	before, err := attribution.NewBook(offers())
	require.NoError(t, err)
	// Ada's contract ends a day later, and her code and link pass to Dario.
	changed := offers()
	handover := placed.Add(day)
	changed[0].Active.End = handover
	changed = append(changed, attribution.Offer{Creator: "dario", Campaign: "winter", Code: "ADA15", Link: "ada-autumn", Active: byline.Window{Start: handover}, WindowDays: 1})
	after, err := attribution.NewBook(changed)
	require.NoError(t, err)
	want, got := attribution.Decide(o, h, before, attribution.Policy{}), attribution.Decide(o, h, after, attribution.Policy{})
	for i := range want.Candidates { // the trace shows the offer's window as it is known now
		want.Candidates[i].Active.End = got.Candidates[i].Active.End
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the past changed (-before +after):\n%s", diff)
	}
	o.PlacedAt = handover
	if d := attribution.Decide(o, nil, after, attribution.Policy{}); credited(d) != "dario" {
		t.Errorf("from the handover on the code is %s's", credited(d))
	}
}

func TestComplaintLinkAndCodeArePaidTwice(t *testing.T) {
	t.Parallel()
	h := &attribution.History{Credits: []attribution.PastCredit{broughtBefore("ungrouped", 10*day)}, Touches: []attribution.Touch{clickOn("ada", 2*day), clickOn("bruno", day)}}
	d := decided(t, "byline", paidOrder("ADA15"), h)
	if credited(d) != "ada" || d.Credits[0].Earning != d.Earning {
		t.Errorf("credited %s with %s of %s", credited(d), d.Credits[0].Earning, d.Earning)
	}
}

func TestComplaintAnyRefundTakesTheWholeCommission(t *testing.T) {
	t.Parallel()
	o := paidOrder("ADA15")
	o.Payment = attribution.PartiallyRefunded
	o.Refunds = []attribution.Refund{{ID: "r", State: attribution.Settled, Lines: []attribution.RefundLine{{Line: "tray", Quantity: 1}}}}
	if d := decided(t, "byline", o, nil); d.Earning.Amount() != "51.00" || d.Returned.Amount() != "34.00" {
		t.Errorf("earning %s, returned %s of %s", d.Earning, d.Returned, d.Sold)
	}
}

// TestComplaintHonestCodesNeedAClick: who hears a code and types it has no click to show.
func TestComplaintHonestCodesNeedAClick(t *testing.T) {
	t.Parallel()
	o := paidOrder("ADA15")
	for _, preset := range []string{"impact-if-involved", "impact-if-winner"} {
		if theirs := credited(decided(t, preset, o, nil)); theirs != "-" {
			t.Errorf("%s credits %s", preset, theirs)
		}
	}
	d := decided(t, "byline", o, nil)
	if credited(d) != "ada" || d.Credits[0].Corroborated {
		t.Errorf("credited %+v", d.Credits)
	}
	if d = decided(t, "byline", o, seen(clickOn("ada", day))); !d.Credits[0].Corroborated {
		t.Error("the click beside the code is not observed")
	}
}

// TestComplaintAnothersSaleWithACodeIsInvalid: a code that does not count takes nothing
// from the click beside it.
func TestComplaintAnothersSaleWithACodeIsInvalid(t *testing.T) {
	t.Parallel()
	for _, preset := range []string{"impact-if-involved", "impact-if-winner"} {
		if d := decided(t, preset, paidOrder("ADA15"), seen(clickOn("bruno", day))); credited(d) != "bruno" {
			t.Errorf("%s credits %s", preset, credited(d))
		}
	}
}

// TestComplaintLeakedCode: a leak is observed by default; who wants to hold or withhold
// says so, and may spare what a click corroborates.
func TestComplaintLeakedCode(t *testing.T) {
	t.Parallel()
	leak := []attribution.Signal{{Code: "leak", Evidence: "ADA15", Score: 90, Message: "used on a coupon page"}}
	policy := func(mode attribution.TrustMode) attribution.Policy {
		return attribution.Policy{Version: "own/1", Trust: []attribution.TrustRule{{Signal: "leak", Mode: mode, MinScore: 80, UnlessClick: true}}}
	}
	tests := map[string]struct {
		policy        attribution.Policy
		touches       []attribution.Touch
		earning, held string
	}{
		"observed":               {attribution.Policy{}, nil, "85.00 EUR", "0"},
		"held":                   {policy(attribution.Hold), nil, "0.00 EUR", "85.00 EUR"},
		"held, and corroborated": {policy(attribution.Hold), []attribution.Touch{clickOn("ada", day)}, "85.00 EUR", "0"},
		"withheld":               {policy(attribution.Withhold), nil, "-", "-"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := attribution.Decide(paidOrder("ADA15"), &attribution.History{Signals: leak, Touches: tt.touches}, presetBook(t), tt.policy)
			conserves(t, d)
			earning, held := "-", "-"
			if c, ok := d.Credit("ada"); ok {
				earning, held = c.Earning.String(), c.Held.String()
			}
			if earning != tt.earning || held != tt.held {
				t.Errorf("earning %s, held %s, want %s and %s", earning, held, tt.earning, tt.held)
			}
		})
	}
}

// TestComplaintExtensionHijacksTheLastClick: a group of its own keeps it out, and a code
// keeps its owner whatever the groups.
func TestComplaintExtensionHijacksTheLastClick(t *testing.T) {
	t.Parallel()
	atCheckout := func(link string) *attribution.History {
		return seen(clickOn("ada", 10*day), clickOn(link, time.Second))
	}
	for want, tt := range map[string]struct {
		order attribution.Order
		link  string
	}{
		"ada":       {paidOrder(), "ext"},
		"ungrouped": {paidOrder(), "plug-in"},
	} {
		if d := decided(t, "byline", tt.order, atCheckout(tt.link)); credited(d) != want {
			t.Errorf("after a click on %s %s is credited", tt.link, credited(d))
		}
	}
	for theirs, preset := range map[string]string{"ungrouped": "refersion", "ada": "byline"} {
		if d := decided(t, preset, paidOrder("ADA15"), atCheckout("plug-in")); credited(d) != theirs {
			t.Errorf("%s credits %s", preset, credited(d))
		}
	}
}

// TestComplaintDuplicatesAndDisorder: what arrives twice, or last things first, is the
// same order.
func TestComplaintDuplicatesAndDisorder(t *testing.T) {
	t.Parallel()
	document := paidOrder("ADA15")
	document.Payment = attribution.PartiallyRefunded
	document.Codes = append(document.Codes, document.Codes...)
	document.Codes[1].Discount = byline.Money{}
	refund := attribution.Order{ID: document.ID, Shop: document.Shop, Refunds: []attribution.Refund{{ID: "r", At: placed, AsOf: placed, State: attribution.Settled,
		Lines: []attribution.RefundLine{{Line: "tray", Quantity: 1, Subtotal: eur(3400)}}}}}
	claim := attribution.Order{ID: document.ID, Shop: document.Shop, Claims: []attribution.Claim{assignedTo("bruno")}}
	pieces := []attribution.Order{document, refund, claim, document, refund}
	rng := rand.New(rand.NewPCG(9, 10))
	var want string
	for range 30 {
		rng.Shuffle(len(pieces), func(i, j int) { pieces[i], pieces[j] = pieces[j], pieces[i] })
		o := attribution.Order{ID: document.ID, Shop: document.Shop}
		for _, piece := range pieces {
			var err error
			o, err = o.Merge(piece)
			require.NoError(t, err)
		}
		touches := []attribution.Touch{clickOn("ada", day), clickOn("ada", day), clickOn("bruno", 2*day)}
		rng.Shuffle(len(touches), func(i, j int) { touches[i], touches[j] = touches[j], touches[i] })
		text, err := json.Marshal(decided(t, "byline", o, seen(touches...)))
		require.NoError(t, err)
		if want == "" {
			want = string(text)
		}
		if diff := cmp.Diff(want, string(text)); diff != "" {
			t.Fatalf("another order of arrival, another decision:\n%s", diff)
		}
	}
}

// TestComplaintCancelledOrderKeepsTheCodeUsed: what counts as a use is the caller's
// record, and a cancelled order is none.
func TestComplaintCancelledOrderKeepsTheCodeUsed(t *testing.T) {
	t.Parallel()
	cancelled := paidOrder("ONCE")
	cancelled.CancelledAt = placed
	first := attribution.Decide(cancelled, nil, policyBook(t), attribution.Policy{})
	if first.Standing != attribution.StandingCancelled || !first.Earning.IsZero() {
		t.Errorf("standing %s, earning %s", first.Standing, first.Earning)
	}
	again := attribution.Decide(paidOrder("ONCE"), &attribution.History{Uses: map[string]int64{"ONCE": 0}}, policyBook(t), attribution.Policy{})
	if credited(again) != "bruno" {
		t.Errorf("the second try is credited to %s", credited(again))
	}
}
