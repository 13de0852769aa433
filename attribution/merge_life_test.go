package attribution_test

import (
	"encoding/json"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
)

// enrich adds to the pieces of an order's life what else can be known of it.
func enrich(rng *rand.Rand, pieces []attribution.Order) []attribution.Order {
	at := func() time.Time { return placed.Add(time.Duration(rng.IntN(3)) * time.Second) }
	id := func(kind string) string { return kind + strconv.Itoa(rng.IntN(2)) }
	blank := attribution.Order{ID: pieces[0].ID, Shop: pieces[0].Shop}
	for i := range pieces {
		p := &pieces[i]
		if p.HasDocument() {
			p.Customer = attribution.Customer{ID: id("customer"), Email: id("key"), Staff: rng.IntN(2) == 0}
			if rng.IntN(2) == 0 {
				p.RefundsAsOf = p.UpdatedAt
			}
		}
		for range rng.IntN(3) {
			p.Touches = append(p.Touches, attribution.Touch{ID: id("click"), Link: []string{"", "ada"}[rng.IntN(2)], At: at(), Verified: rng.IntN(2) == 0})
		}
	}
	for range rng.IntN(4) {
		extra := blank
		switch rng.IntN(4) {
		case 0:
			extra.Disputes = []attribution.Dispute{{ID: id("dispute"), At: placed, AsOf: at(), Amount: byline.Minor(rng.Int64N(5000), pieces[0].Currency),
				State: []attribution.DisputeState{attribution.DisputeInquiry, attribution.DisputeOpen, attribution.DisputeWon, attribution.DisputeLost}[rng.IntN(4)]}}
		case 1:
			extra.Claims = []attribution.Claim{{ID: id("claim"), Kind: byManual, Creator: byline.CreatorID(id("creator")), At: placed, AsOf: at(), Withdrawn: rng.IntN(2) == 0}}
		case 2:
			extra.Forgotten = true
		case 3:
			extra.DeletedAt = at()
		}
		pieces = append(pieces, extra)
	}
	return pieces
}

// TestMergeConvergesWithAllThatCanBeKnown is TestMergeConverges for disputes, claims,
// touches, complete lists of refunds, deletion and being forgotten.
func TestMergeConvergesWithAllThatCanBeKnown(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(9, 10))
	for range 600 {
		pieces := enrich(rng, attributiontest.Life(rng, "shop:1", "ADA15"))
		want := fold(t, pieces)
		again, err := want.Merge(want)
		require.NoError(t, err)
		if diff := cmp.Diff(want, again); diff != "" {
			t.Fatalf("a state merged with itself (-state +merged):\n%s", diff)
		}
		for range 4 {
			shuffled := append(append([]attribution.Order{}, pieces...), pieces[rng.IntN(len(pieces))])
			rng.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
			cut := 1 + rng.IntN(len(shuffled)-1)
			got, err := fold(t, shuffled[cut:]).Merge(stored(t, fold(t, shuffled[:cut])))
			require.NoError(t, err)
			if diff := cmp.Diff(stored(t, want), stored(t, got)); diff != "" {
				t.Fatalf("another order of arrival, another state (-want +got):\n%s", diff)
			}
		}
	}
}

func mustMerge(t *testing.T, pieces ...attribution.Order) attribution.Order {
	t.Helper()
	return fold(t, pieces)
}

func kept(t *testing.T, o attribution.Order) string {
	t.Helper()
	sales, err := o.Sales()
	require.NoError(t, err)
	return sales.Kept.Amount()
}

// TestRefundThatVanishes: shops let people delete a refund, and only the list without it
// tells.
func TestRefundThatVanishes(t *testing.T) {
	t.Parallel()
	listing := func(after time.Duration, refunds ...string) attribution.Order {
		o := paidOrder("ADA15")
		o.UpdatedAt = placed.Add(after)
		o.RefundsAsOf = o.UpdatedAt
		for _, id := range refunds {
			o.Refunds = append(o.Refunds, attribution.Refund{ID: id, At: placed, AsOf: o.UpdatedAt, State: attribution.Settled, Cash: eur(1000)})
		}
		return o
	}
	before, with, without := listing(0), listing(time.Minute, "r1"), listing(2*time.Minute)
	for name, tt := range map[string]struct {
		pieces []attribution.Order
		want   string
	}{
		"made":                  {[]attribution.Order{before, with}, "76.60"},
		"made and deleted":      {[]attribution.Order{before, with, without}, "85.00"},
		"told in another order": {[]attribution.Order{without, before, with}, "85.00"},
		"a second after the first is gone": {[]attribution.Order{with, listing(3*time.Minute, "r2"), without},
			"76.60"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := kept(t, mustMerge(t, tt.pieces...)); got != tt.want {
				t.Errorf("kept %s, want %s", got, tt.want)
			}
		})
	}
}

// TestDispute: what is open or lost is taken, what is won comes back to the cent.
func TestDispute(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		disputes       []attribution.Dispute
		refunds        []attribution.Refund
		kept, disputed string
	}{
		"an inquiry moves nothing":     {[]attribution.Dispute{{ID: "d", State: attribution.DisputeInquiry, Amount: eur(10115)}}, nil, "85.00", "0"},
		"open, of everything":          {[]attribution.Dispute{{ID: "d", State: attribution.DisputeOpen, Amount: eur(10115)}}, nil, "0.00", "85.00"},
		"open, amount not stated":      {[]attribution.Dispute{{ID: "d", State: attribution.DisputeOpen}}, nil, "0.00", "85.00"},
		"open, in the card's currency": {[]attribution.Dispute{{ID: "d", State: attribution.DisputeOpen, Amount: byline.Minor(900, byline.USD)}}, nil, "0.00", "85.00"},
		"won, in the card's currency":  {[]attribution.Dispute{{ID: "d", State: attribution.DisputeWon, Amount: byline.Minor(900, byline.USD)}}, nil, "85.00", "0"},
		"lost, in part":                {[]attribution.Dispute{{ID: "d", State: attribution.DisputeLost, Amount: eur(1000)}}, nil, "76.60", "8.40"},
		"won":                          {[]attribution.Dispute{{ID: "d", State: attribution.DisputeWon, Amount: eur(10115)}}, nil, "85.00", "0"},
		"beside a refund, never more than was sold": {[]attribution.Dispute{{ID: "d", State: attribution.DisputeOpen, Amount: eur(10115)}},
			[]attribution.Refund{{ID: "r", State: attribution.Settled, Cash: eur(5000)}}, "0.00", "42.98"},
		"two": {[]attribution.Dispute{{ID: "d", State: attribution.DisputeOpen, Amount: eur(1000)}, {ID: "e", State: attribution.DisputeWon, Amount: eur(9000)}}, nil, "76.60", "8.40"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := paidOrder("ADA15")
			o.Lines[0].Tax, o.Lines[1].Tax = eur(969), eur(646)
			o.Disputes, o.Refunds = tt.disputes, tt.refunds
			sales, err := o.Sales()
			require.NoError(t, err)
			if sales.Kept.Amount() != tt.kept || sales.Disputed.Amount() != tt.disputed {
				t.Errorf("kept %s, disputed %s, want %s and %s", sales.Kept, sales.Disputed, tt.kept, tt.disputed)
			}
			sum, err := sales.Kept.Add(sales.Returned)
			require.NoError(t, err)
			if sum != sales.Sold {
				t.Errorf("kept %s and returned %s of %s", sales.Kept, sales.Returned, sales.Sold)
			}
		})
	}
}

func TestOrderThatIsDeletedAndRestored(t *testing.T) {
	t.Parallel()
	first, restored := paidOrder("ADA15"), paidOrder("ADA15")
	restored.UpdatedAt = placed.Add(2 * time.Minute)
	deleted := attribution.Order{ID: first.ID, Shop: first.Shop, DeletedAt: placed.Add(time.Minute)}
	for name, tt := range map[string]struct {
		pieces []attribution.Order
		want   attribution.Standing
	}{
		"deleted":                         {[]attribution.Order{first, deleted}, attribution.StandingDeleted},
		"told before the order":           {[]attribution.Order{deleted, first}, attribution.StandingDeleted},
		"restored":                        {[]attribution.Order{first, deleted, restored}, attribution.StandingEarning},
		"restored, told in another order": {[]attribution.Order{restored, deleted, first}, attribution.StandingEarning},
		"deleted, and nothing else known": {[]attribution.Order{deleted}, attribution.StandingNoDocument},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := attribution.Decide(mustMerge(t, tt.pieces...), nil, testBook(t), attribution.Policy{}).Standing; got != tt.want {
				t.Errorf("standing %s, want %s", got, tt.want)
			}
		})
	}
}

// TestForgottenPersonDoesNotComeBack: whatever arrives later, the money stays and the
// person does not.
func TestForgottenPersonDoesNotComeBack(t *testing.T) {
	t.Parallel()
	document := paidOrder()
	document.Customer = attribution.Customer{ID: "secret-id", Email: "secret-key", Visitor: "secret-visitor", Wholesale: true}
	document.Touches = []attribution.Touch{{ID: "secret-click", Link: "ada-autumn", At: placed}}
	late := document
	late.UpdatedAt = placed.Add(time.Hour)
	document.Codes = []attribution.CodeUse{{Code: "secret name", Kind: attribution.Manual}}
	late.Codes = document.Codes
	forget := attribution.Order{ID: document.ID, Shop: document.Shop, Forgotten: true}
	for name, pieces := range map[string][]attribution.Order{
		"after the order":  {document, forget},
		"before the order": {forget, document},
		"a late update":    {document, forget, late},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := mustMerge(t, pieces...)
			text, err := json.Marshal(o)
			require.NoError(t, err)
			if strings.Contains(string(text), "secret") {
				t.Errorf("the person is still there: %s", text)
			}
			d := attribution.Decide(o, nil, testBook(t), attribution.Policy{})
			if c, ok := d.Credit("ada"); !ok || c.Earning.Amount() != "85.00" || !o.Customer.Wholesale {
				t.Errorf("credits %+v", d.Credits)
			}
		})
	}
}

// TestExchange: goods that came back for others leave what the customer kept.
func TestExchange(t *testing.T) {
	t.Parallel()
	o := paidOrder("ADA15")
	o.Lines[1].Removed = 1
	o.Lines = append(o.Lines, attribution.Line{ID: "lamp", Quantity: 1, Gross: eur(4500), Discount: eur(675), Tax: eur(727)})
	o.Refunds = []attribution.Refund{settled(attribution.RefundLine{Line: "tray", Quantity: 1, Subtotal: eur(3400), Tax: eur(646)})}
	if got := kept(t, o); got != "89.25" {
		t.Errorf("kept %s, want the mugs and the lamp, 89.25", got)
	}
}
