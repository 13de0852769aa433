package attribution_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// policyBook adds to the usual offers a coupon extension, a preferred partner, landing
// pages, UTM values, and codes with terms.
func policyBook(tb testing.TB) *attribution.Book {
	tb.Helper()
	book, err := attribution.NewBook(append(offers(),
		attribution.Offer{Creator: "extension", Campaign: "autumn", Code: "COUPON", Link: "ext", Group: attribution.GroupNonPreferred},
		attribution.Offer{Creator: "press", Campaign: "autumn", Link: "press", Group: attribution.GroupPreferred},
		attribution.Offer{Creator: "ada", Campaign: "autumn", Page: "/ada", UTM: "ada-video"},
		attribution.Offer{Creator: "bruno", Campaign: "autumn", Link: "bruno-short", WindowDays: 2},
		attribution.Offer{Creator: "bruno", Campaign: "autumn", Code: "TRAYS", Products: []string{"tray-sku"}},
		attribution.Offer{Creator: "bruno", Campaign: "autumn", Code: "ONCE", Uses: 1},
	))
	require.NoError(tb, err)
	return book
}

func evidence(kinds ...attribution.EvidenceKind) []attribution.EvidenceKind { return kinds }

const (
	byCode    = attribution.ByCode
	byClick   = attribution.ByClick
	byUTM     = attribution.ByUTM
	byPage    = attribution.ByPage
	byBinding = attribution.ByBinding
	bySurvey  = attribution.BySurvey
	byManual  = attribution.ByManual
	byView    = attribution.ByView
)

func own(rules ...attribution.Rule) attribution.Policy {
	return attribution.Policy{Version: "own/1", Rules: rules}
}

func codesThenClicks(code attribution.Rule) attribution.Policy {
	code.Evidence = evidence(byCode)
	return own(code, attribution.Rule{Evidence: evidence(byClick)})
}

type shares = map[byline.CreatorID]string

type reasons = map[string]attribution.Reason

const day = 24 * time.Hour

func clickOn(link string, before time.Duration) attribution.Touch {
	return attribution.Touch{Link: link, At: placed.Add(-before), Source: "redirect"}
}

func seen(touches ...attribution.Touch) *attribution.History {
	return &attribution.History{Touches: touches}
}

func TestDecideByPolicy(t *testing.T) {
	t.Parallel()
	assigned := func(id byline.CreatorID) attribution.Claim {
		return attribution.Claim{ID: "claim", Kind: byManual, Creator: id, Campaign: "autumn", Author: "demo colleague", Reason: "asked for by mail", At: placed.Add(day), AsOf: placed.Add(day)}
	}
	survey := attribution.Claim{ID: "answer", Kind: bySurvey, Creator: "bruno", Campaign: "autumn", At: placed.Add(time.Minute), AsOf: placed.Add(time.Minute)}
	with := func(change func(*attribution.Order), codes ...string) attribution.Order {
		o := paidOrder(codes...)
		change(&o)
		return o
	}
	claims := func(list ...attribution.Claim) func(*attribution.Order) {
		return func(o *attribution.Order) { o.Claims = list }
	}
	tests := map[string]struct {
		order   attribution.Order
		history *attribution.History
		policy  attribution.Policy
		shares  shares
		reasons reasons
	}{
		"by the default an assignment is above a code": {
			order:  with(claims(assigned("bruno")), "ADA15"),
			shares: shares{"bruno": "1"}, reasons: reasons{"ADA15": attribution.ReasonCodeOutranked, "claim": attribution.ReasonAssigned},
		},
		"an assignment that was taken back leaves the code": {
			order: with(func(o *attribution.Order) {
				c := assigned("bruno")
				c.Withdrawn = true
				o.Claims = []attribution.Claim{c}
			}, "ADA15"),
			shares: shares{"ada": "1"}, reasons: reasons{"ADA15": attribution.ReasonCodeOwner, "claim": attribution.ReasonWithdrawn},
		},
		"an assignment without its author counts nothing": {
			order:  with(claims(attribution.Claim{ID: "claim", Kind: byManual, Creator: "bruno", Reason: "x"}), "ADA15"),
			shares: shares{"ada": "1"}, reasons: reasons{"ADA15": attribution.ReasonCodeOwner, "claim": attribution.ReasonIncomplete},
		},
		"by the default a survey is recorded and never credited": {
			order:   with(claims(survey)),
			reasons: reasons{"answer": attribution.ReasonNoRule},
		},
		"a survey counts where a rule says so": {
			order: with(claims(survey)), policy: own(attribution.Rule{Evidence: evidence(byCode)}, attribution.Rule{Evidence: evidence(bySurvey)}),
			shares: shares{"bruno": "1"}, reasons: reasons{"answer": attribution.ReasonSurveyAnswer},
		},
		"by the default a view is recorded and never credited": {
			order: paidOrder(), history: seen(attribution.Touch{Kind: byView, Link: "ada-autumn", At: placed.Add(-day)}),
			reasons: reasons{"ada-autumn": attribution.ReasonNoRule},
		},
		"a visit to a creator's page counts as a click": {
			order: paidOrder(), history: seen(attribution.Touch{Kind: byPage, Page: "/Ada/", At: placed.Add(-day)}),
			shares: shares{"ada": "1"}, reasons: reasons{"/Ada/": attribution.ReasonLastClick},
		},
		"a page that is nobody's is no evidence": {
			order: paidOrder(), history: seen(attribution.Touch{Kind: byPage, Page: "/products/mug", At: placed.Add(-day)}),
		},
		"the most specific UTM value that is known counts": {
			order:   paidOrder(),
			history: seen(attribution.Touch{Kind: byUTM, UTM: attribution.UTM{Source: "video", Campaign: "autumn", Content: "ADA-video"}, At: placed.Add(-day)}),
			shares:  shares{"ada": "1"}, reasons: reasons{"ADA-video": attribution.ReasonLastClick},
		},
		"UTM values of other channels belong to nobody": {
			order: paidOrder(), history: seen(attribution.Touch{Kind: byUTM, UTM: attribution.UTM{Source: "search", Medium: "cpc"}, At: placed.Add(-day)}),
			reasons: reasons{"search": attribution.ReasonUnknown},
		},
		"an offline code counts like another": {
			order:  withCodes(paidOrder(), attribution.CodeUse{Code: "ADA15", Kind: attribution.Offline}),
			shares: shares{"ada": "1"}, reasons: reasons{"ADA15": attribution.ReasonCodeOwner},
		},

		"a code that needs a click and has none": {
			order: paidOrder("ADA15"), policy: codesThenClicks(attribution.Rule{Needs: attribution.NeedsClick}),
			history: seen(clickOn("bruno-autumn", day)),
			shares:  shares{"bruno": "1"}, reasons: reasons{"ADA15": attribution.ReasonNeedsClick, "bruno-autumn": attribution.ReasonLastClick},
		},
		"a code that needs a click and has one, be it not the last": {
			order: paidOrder("ADA15"), policy: codesThenClicks(attribution.Rule{Needs: attribution.NeedsClick}),
			history: seen(clickOn("ada-autumn", 2*day), clickOn("bruno-autumn", day)),
			shares:  shares{"ada": "1"},
			reasons: reasons{"ADA15": attribution.ReasonCodeOwner, "ada-autumn": attribution.ReasonClickCorroborates, "bruno-autumn": attribution.ReasonClickOutranked},
		},
		"a click that is too old confirms nothing": {
			order: paidOrder("ADA15"), policy: codesThenClicks(attribution.Rule{Needs: attribution.NeedsClick}),
			history: seen(attribution.Touch{Kind: byPage, Page: "/ada", At: placed.Add(-30 * day)}),
			reasons: reasons{"ADA15": attribution.ReasonNeedsClick, "/ada": attribution.ReasonNoRule},
		},
		"a code that needs the winning click and another's won": {
			order: paidOrder("ADA15"), policy: codesThenClicks(attribution.Rule{Needs: attribution.NeedsWinningClick}),
			history: seen(clickOn("ada-autumn", 2*day), clickOn("bruno-autumn", day)),
			shares:  shares{"bruno": "1"},
			reasons: reasons{"ADA15": attribution.ReasonNeedsWinner, "ada-autumn": attribution.ReasonClickOutranked, "bruno-autumn": attribution.ReasonLastClick},
		},
		"a code that needs the winning click and has it": {
			order: paidOrder("ADA15"), policy: codesThenClicks(attribution.Rule{Needs: attribution.NeedsWinningClick}),
			history: seen(clickOn("bruno-autumn", 2*day), clickOn("ada-autumn", day)),
			shares:  shares{"ada": "1"},
			reasons: reasons{"ADA15": attribution.ReasonCodeOwner, "ada-autumn": attribution.ReasonClickCorroborates, "bruno-autumn": attribution.ReasonClickOutranked},
		},

		"an extension that clicks last takes nothing from a creator": {
			order: paidOrder(), history: seen(clickOn("ada-autumn", 10*day), clickOn("ext", time.Second)),
			shares: shares{"ada": "1"}, reasons: reasons{"ada-autumn": attribution.ReasonLastClick, "ext": attribution.ReasonLesserGroup},
		},
		"nor does its code": {
			order: paidOrder("COUPON"), history: seen(clickOn("ada-autumn", 10*day)),
			shares: shares{"ada": "1"}, reasons: reasons{"ada-autumn": attribution.ReasonLastClick, "COUPON": attribution.ReasonLesserGroup},
		},
		"alone it is credited": {
			order: paidOrder("COUPON"), history: seen(clickOn("nobody", 10*day)),
			shares: shares{"extension": "1"}, reasons: reasons{"nobody": attribution.ReasonUnknown, "COUPON": attribution.ReasonCodeOwner},
		},
		"a preferred partner's click is above a code": {
			order: paidOrder("ADA15"), history: seen(clickOn("press", 10*day)),
			shares: shares{"press": "1"}, reasons: reasons{"press": attribution.ReasonLastClick, "ADA15": attribution.ReasonLesserGroup},
		},
		"but not when it is too old": {
			order: paidOrder("ADA15"), history: seen(clickOn("press", 30*day)),
			shares: shares{"ada": "1"}, reasons: reasons{"press": attribution.ReasonClickTooOld, "ADA15": attribution.ReasonCodeOwner},
		},

		"the first click": {
			order: paidOrder(), policy: own(attribution.Rule{Evidence: evidence(byClick), Pick: attribution.PickFirst}),
			history: seen(clickOn("ada-autumn", 3*day), clickOn("bruno-autumn", day)),
			shares:  shares{"ada": "1"}, reasons: reasons{"ada-autumn": attribution.ReasonFirstClick, "bruno-autumn": attribution.ReasonClickOutranked},
		},
		"creators share evenly, however often each was clicked": {
			order: paidOrder(), policy: own(attribution.Rule{Evidence: evidence(byClick), Pick: attribution.PickEvenly}),
			history: seen(clickOn("ada-autumn", 3*day), clickOn("ada-autumn", 2*day), clickOn("bruno-autumn", day)),
			shares:  shares{"ada": "1/2", "bruno": "1/2"}, reasons: reasons{"ada-autumn": attribution.ReasonClickShares, "bruno-autumn": attribution.ReasonClickShares},
		},
		"touches share evenly": {
			order: paidOrder(), policy: own(attribution.Rule{Evidence: evidence(byClick), Pick: attribution.PickByTouch}),
			history: seen(clickOn("ada-autumn", 3*day), clickOn("ada-autumn", 2*day), clickOn("bruno-autumn", day)),
			shares:  shares{"ada": "2/3", "bruno": "1/3"}, reasons: reasons{"ada-autumn": attribution.ReasonClickShares, "bruno-autumn": attribution.ReasonClickShares},
		},
		"by position": {
			order: paidOrder(), policy: own(attribution.Rule{Evidence: evidence(byClick), Pick: attribution.PickByPosition}),
			history: seen(clickOn("ada-autumn", 4*day), clickOn("cleo-spring", 3*day), clickOn("cleo-spring", 2*day), clickOn("bruno-autumn", day)),
			shares:  shares{"ada": "2/5", "cleo": "1/5", "bruno": "2/5"},
			reasons: reasons{"ada-autumn": attribution.ReasonClickShares, "cleo-spring": attribution.ReasonClickShares, "bruno-autumn": attribution.ReasonClickShares},
		},
		"by position, of two the ends": {
			order: paidOrder(), policy: own(attribution.Rule{Evidence: evidence(byClick), Pick: attribution.PickByPosition, Weights: &attribution.PositionWeights{First: 30, Middle: 60, Last: 10}}),
			history: seen(clickOn("ada-autumn", 4*day), clickOn("bruno-autumn", day)),
			shares:  shares{"ada": "3/4", "bruno": "1/4"},
			reasons: reasons{"ada-autumn": attribution.ReasonClickShares, "bruno-autumn": attribution.ReasonClickShares},
		},

		"codes share evenly": {
			order:  withCodes(paidOrder(), attribution.CodeUse{Code: "ADA15", Kind: attribution.Genuine, Discount: eur(1400)}, attribution.CodeUse{Code: "BRUNO10", Kind: attribution.Genuine, Discount: eur(100)}),
			policy: codesThenClicks(attribution.Rule{Pick: attribution.PickEvenly}),
			shares: shares{"ada": "1/2", "bruno": "1/2"}, reasons: reasons{"ADA15": attribution.ReasonCodeOwner, "BRUNO10": attribution.ReasonCodeOwner},
		},
		"the code that is best for the brand": {
			order:  withCodes(paidOrder(), attribution.CodeUse{Code: "ADA15", Kind: attribution.Genuine, Discount: eur(1400)}, attribution.CodeUse{Code: "BRUNO10", Kind: attribution.Genuine, Discount: eur(100)}),
			policy: codesThenClicks(attribution.Rule{Pick: attribution.SmallestDiscount}),
			shares: shares{"bruno": "1"}, reasons: reasons{"ADA15": attribution.ReasonCodeOutranked, "BRUNO10": attribution.ReasonCodeOwner},
		},
		"the code that is listed first": {
			order: paidOrder("BRUNO10", "ADA15"), policy: codesThenClicks(attribution.Rule{Pick: attribution.PickFirstListed}),
			shares: shares{"bruno": "1"}, reasons: reasons{"ADA15": attribution.ReasonCodeOutranked, "BRUNO10": attribution.ReasonCodeOwner},
		},
		"the code of the newest offer": {
			order: paidOrder("ONCE", "ADA15"), policy: codesThenClicks(attribution.Rule{Pick: attribution.PickNewest}),
			shares: shares{"ada": "1"}, reasons: reasons{"ADA15": attribution.ReasonCodeOwner, "ONCE": attribution.ReasonCodeOutranked},
		},

		"a binding after codes": {
			order: paidOrder("BRUNO10"), policy: own(attribution.Rule{Evidence: evidence(byCode)}, attribution.Rule{Evidence: evidence(byBinding), Pick: attribution.PickFirst}),
			history: &attribution.History{Credits: []attribution.PastCredit{{Order: "shop:1", Creator: "ada", Campaign: "autumn", At: placed.Add(-100 * day)}}},
			shares:  shares{"bruno": "1"}, reasons: reasons{"BRUNO10": attribution.ReasonCodeOwner, "shop:1": attribution.ReasonOutranked},
		},
		"a binding before codes: the first creator keeps the customer": {
			order: paidOrder("BRUNO10"), policy: own(attribution.Rule{Evidence: evidence(byBinding), Pick: attribution.PickFirst}, attribution.Rule{Evidence: evidence(byCode)}),
			history: &attribution.History{Credits: []attribution.PastCredit{
				{Order: "shop:2", Creator: "bruno", Campaign: "autumn", At: placed.Add(-10 * day)}, {Order: "shop:1", Creator: "ada", Campaign: "autumn", At: placed.Add(-100 * day)}}},
			shares:  shares{"ada": "1"},
			reasons: reasons{"BRUNO10": attribution.ReasonCodeOutranked, "shop:1": attribution.ReasonBoundCustomer, "shop:2": attribution.ReasonOutranked},
		},
		"a binding that has ended": {
			order: paidOrder(), policy: own(attribution.Rule{Evidence: evidence(byBinding), WindowDays: 90}),
			history: &attribution.History{Credits: []attribution.PastCredit{{Order: "shop:1", Creator: "ada", Campaign: "autumn", At: placed.Add(-90 * day)}}},
			reasons: reasons{"shop:1": attribution.ReasonBindingEnded},
		},
		"a later order, and the order itself, bind nobody": {
			order: paidOrder(), policy: own(attribution.Rule{Evidence: evidence(byBinding)}),
			history: &attribution.History{Credits: []attribution.PastCredit{
				{Order: "shop:1001", Creator: "ada", Campaign: "autumn", At: placed}, {Order: "shop:1002", Creator: "ada", Campaign: "autumn", At: placed}}},
		},
		"of two orders of one instant the lesser id is the earlier": {
			order: paidOrder(), policy: own(attribution.Rule{Evidence: evidence(byBinding)}),
			history: &attribution.History{Credits: []attribution.PastCredit{{Order: "shop:1000", Creator: "ada", Campaign: "autumn", At: placed}}},
			shares:  shares{"ada": "1"}, reasons: reasons{"shop:1000": attribution.ReasonBoundCustomer},
		},

		"a rule for new customers passes over others": {
			order: paidOrder("ADA15"), policy: codesThenClicks(attribution.Rule{Customers: attribution.NewCustomer}),
			history: &attribution.History{Customer: attribution.ReturningCustomer},
			reasons: reasons{"ADA15": attribution.ReasonOtherCustomers},
		},
		"an unknown customer is not new": {
			order: paidOrder("ADA15"), policy: codesThenClicks(attribution.Rule{Customers: attribution.NewCustomer}),
			reasons: reasons{"ADA15": attribution.ReasonOtherCustomers},
		},
		"a new customer": {
			order: paidOrder("ADA15"), policy: codesThenClicks(attribution.Rule{Customers: attribution.NewCustomer}),
			history: &attribution.History{Customer: attribution.NewCustomer},
			shares:  shares{"ada": "1"}, reasons: reasons{"ADA15": attribution.ReasonCodeOwner},
		},

		"a cool-down leaves the next order to others": {
			order: paidOrder("ADA15"), policy: attribution.Policy{Version: "own/1", CoolDownDays: 7},
			history: &attribution.History{Touches: []attribution.Touch{clickOn("bruno-autumn", day)},
				Credits: []attribution.PastCredit{{Order: "shop:1", Creator: "ada", Campaign: "autumn", At: placed.Add(-7*day + 1)}}},
			shares:  shares{"bruno": "1"},
			reasons: reasons{"ADA15": attribution.ReasonCoolDown, "shop:1": attribution.ReasonNoRule, "bruno-autumn": attribution.ReasonLastClick},
		},
		"a cool-down that is over to the instant": {
			order: paidOrder("ADA15"), policy: attribution.Policy{Version: "own/1", CoolDownDays: 7},
			history: &attribution.History{Credits: []attribution.PastCredit{{Order: "shop:1", Creator: "ada", Campaign: "autumn", At: placed.Add(-7 * day)}}},
			shares:  shares{"ada": "1"}, reasons: reasons{"ADA15": attribution.ReasonCodeOwner, "shop:1": attribution.ReasonNoRule},
		},

		"an offer's own window is above the rule's": {
			order: paidOrder(), history: seen(clickOn("bruno-short", 2*day), clickOn("ada-autumn", 3*day)),
			shares: shares{"ada": "1"}, reasons: reasons{"ada-autumn": attribution.ReasonLastClick, "bruno-short": attribution.ReasonClickTooOld},
		},
		"a code for products that the order holds": {
			order:  with(func(o *attribution.Order) { o.Lines[1].SKU = "tray-sku" }, "TRAYS"),
			shares: shares{"bruno": "1"}, reasons: reasons{"TRAYS": attribution.ReasonCodeOwner},
		},
		"a code for other products": {
			order: paidOrder("TRAYS"), reasons: reasons{"TRAYS": attribution.ReasonOtherProducts},
		},
		"a code that may be used once": {
			order: paidOrder("once"), history: &attribution.History{Uses: map[string]int64{"ONCE": 0}},
			shares: shares{"bruno": "1"}, reasons: reasons{"once": attribution.ReasonCodeOwner},
		},
		"a code that was used up": {
			order: paidOrder("once"), history: &attribution.History{Uses: map[string]int64{"ONCE": 1}},
			reasons: reasons{"once": attribution.ReasonUsedUp},
		},

		"a click id is answered for by its record": {
			order:   with(func(o *attribution.Order) { o.Touches = []attribution.Touch{{ID: "c1", At: placed}} }),
			history: seen(attribution.Touch{ID: "c1", Link: "ada-autumn", At: placed.Add(-day), Verified: true}),
			policy:  own(attribution.Rule{Evidence: evidence(byClick), VerifiedOnly: true}),
			shares:  shares{"ada": "1"}, reasons: reasons{"ada-autumn": attribution.ReasonLastClick},
		},
		"a click id without a record": {
			order:   with(func(o *attribution.Order) { o.Touches = []attribution.Touch{{ID: "c1", At: placed}} }),
			reasons: reasons{"c1": attribution.ReasonClickUnknown},
		},
		"a link that only the order speaks of, where the rule wants a record": {
			order:   with(func(o *attribution.Order) { o.Touches = []attribution.Touch{{Link: "ada-autumn", At: placed}} }),
			policy:  own(attribution.Rule{Evidence: evidence(byClick), VerifiedOnly: true}),
			reasons: reasons{"ada-autumn": attribution.ReasonNotVerified},
		},
		"another channel's later visit ends the search, where the policy says so": {
			order:  paidOrder(),
			policy: own(attribution.Rule{Evidence: evidence(byClick, byUTM), AllChannels: true}, attribution.Rule{Evidence: evidence(byClick)}),
			history: seen(clickOn("ada-autumn", 3*day),
				attribution.Touch{Kind: byUTM, UTM: attribution.UTM{Source: "search"}, At: placed.Add(-day)}),
			reasons: reasons{"ada-autumn": attribution.ReasonClickOutranked, "search": attribution.ReasonOtherChannel},
		},
		"another channel's earlier visit does not": {
			order: paidOrder(), policy: own(attribution.Rule{Evidence: evidence(byClick, byUTM), AllChannels: true}),
			history: seen(clickOn("ada-autumn", day),
				attribution.Touch{Kind: byUTM, UTM: attribution.UTM{Source: "search"}, At: placed.Add(-3 * day)}),
			shares: shares{"ada": "1"}, reasons: reasons{"ada-autumn": attribution.ReasonLastClick, "search": attribution.ReasonUnknown},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.NoError(t, tt.policy.Validate())
			d := attribution.Decide(tt.order, tt.history, policyBook(t), tt.policy)
			conserves(t, d)
			got := verdictOf(d)
			if diff := cmp.Diff(verdict{Shares: tt.shares, Reasons: tt.reasons}, verdict{Shares: got.Shares, Reasons: got.Reasons}); diff != "" {
				t.Errorf("decision (-want +got):\n%s\n%s", diff, d.Explain())
			}
			scoresAlike(t, tt.order, tt.history, tt.policy)
		})
	}
}

// scoresAlike checks that Score credits whom Decide credits, also over a book without
// groups, where it looks at touches only when a rule asks for them.
func scoresAlike(t *testing.T, o attribution.Order, h *attribution.History, p attribution.Policy) {
	t.Helper()
	scoresAlikeBy(t, policyBook(t), o, h, p)
	scoresAlikeBy(t, testBook(t), o, h, p)
}

func scoresAlikeBy(t *testing.T, book *attribution.Book, o attribution.Order, h *attribution.History, p attribution.Policy) {
	t.Helper()
	decider, err := attribution.NewDecider(book, p)
	require.NoError(t, err)
	want, got := decider.Decide(o, h), decider.Score(o, h)
	want.Candidates, want.Flags = nil, nil
	for i := range want.Credits {
		want.Credits[i].Corroborated = false
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Decide and Score (-Decide +Score):\n%s", diff)
	}
}

// TestWindowsDoNotBendWithTheClocks: a window is so many times 24 hours, also over the
// night in which the clocks go back, and its end is outside to the nanosecond.
func TestWindowsDoNotBendWithTheClocks(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	book, err := attribution.NewBook([]attribution.Offer{{Creator: "ada", Campaign: "autumn", Link: "ada"}})
	require.NoError(t, err)
	clicked := time.Date(2026, 10, 24, 12, 0, 0, 0, zone) // the clocks go back that night
	for name, tt := range map[string]struct {
		placed time.Time
		counts bool
	}{
		"an hour before the same time of day":     {time.Date(2026, 10, 25, 11, 0, 0, 0, zone).Add(-1), true},
		"24 hours later, an hour less by the sun": {time.Date(2026, 10, 25, 11, 0, 0, 0, zone), false},
		"the same time of day, 25 hours later":    {time.Date(2026, 10, 25, 12, 0, 0, 0, zone), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := paidOrder()
			o.PlacedAt = tt.placed
			d := attribution.Decide(o, seen(attribution.Touch{Link: "ada", At: clicked}), book, attribution.Policy{Version: "day/1", ClickWindowDays: 1})
			if (len(d.Credits) == 1) != tt.counts {
				t.Errorf("credited %v, want %t", d.Credits, tt.counts)
			}
			if end := d.Candidates[0].Counts.End; !end.Equal(clicked.Add(24 * time.Hour)) {
				t.Errorf("it counts until %s", end)
			}
		})
	}
}

func TestExclusions(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change   func(*attribution.Order)
		exclude  attribution.Exclusions
		standing attribution.Standing
		sold     string
	}{
		"a product":      {func(o *attribution.Order) { o.Lines[0].Product = "p1" }, attribution.Exclusions{Products: []string{"p1"}}, attribution.StandingEarning, "34.00"},
		"a sku":          {func(o *attribution.Order) { o.Lines[0].SKU = "s1" }, attribution.Exclusions{Products: []string{"s1"}}, attribution.StandingEarning, "34.00"},
		"a collection":   {func(o *attribution.Order) { o.Lines[1].Collections = []string{"a", "sale"} }, attribution.Exclusions{Collections: []string{"sale"}}, attribution.StandingEarning, "51.00"},
		"staff":          {func(o *attribution.Order) { o.Customer.Staff = true }, attribution.Exclusions{Staff: true}, attribution.StandingExcluded, "85.00"},
		"wholesale":      {func(o *attribution.Order) { o.Customer.Wholesale = true }, attribution.Exclusions{Wholesale: true}, attribution.StandingExcluded, "85.00"},
		"a renewal":      {func(o *attribution.Order) { o.Renewal = true }, attribution.Exclusions{Renewals: true}, attribution.StandingExcluded, "85.00"},
		"a channel":      {func(o *attribution.Order) { o.Channel = attribution.Draft }, attribution.Exclusions{Channels: []attribution.Channel{attribution.Draft}}, attribution.StandingExcluded, "85.00"},
		"nothing of it":  {func(o *attribution.Order) { o.Channel = attribution.InStore }, attribution.Exclusions{Channels: []attribution.Channel{attribution.Draft}, Staff: true, Renewals: true, Products: []string{""}}, attribution.StandingEarning, "85.00"},
		"all lines gone": {func(o *attribution.Order) { o.Lines[0].Product, o.Lines[1].SKU = "p", "p" }, attribution.Exclusions{Products: []string{"p"}}, attribution.StandingEarning, "0.00"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := paidOrder("ADA15")
			tt.change(&o)
			d := attribution.Decide(o, nil, testBook(t), attribution.Policy{Version: "own/1", Exclude: tt.exclude})
			if d.Standing != tt.standing || d.Sold.Amount() != tt.sold || len(d.Credits) != 1 {
				t.Errorf("standing %s, sold %s, credits %v, want %s, %s and ada", d.Standing, d.Sold, d.Credits, tt.standing, tt.sold)
			}
			if excluded := tt.standing == attribution.StandingExcluded; excluded != d.Earning.IsZero() && tt.sold != "0.00" {
				t.Errorf("earning %s", d.Earning)
			}
		})
	}
}

func TestTrust(t *testing.T) {
	t.Parallel()
	leak := attribution.Signal{Code: "leak", Evidence: "ada15", Score: 80, Message: "used on a coupon page"}
	rule := func(mode attribution.TrustMode) attribution.TrustRule {
		return attribution.TrustRule{Signal: "leak", Mode: mode, MinScore: 80}
	}
	assigned := []attribution.Claim{{ID: "c", Kind: byManual, Creator: "ada", Campaign: "autumn", Author: "demo colleague", Reason: "seen", At: placed, AsOf: placed}}
	tests := map[string]struct {
		signal        attribution.Signal
		rules         []attribution.TrustRule
		clicked       bool
		claims        []attribution.Claim
		earning, held string
		flag          string
	}{
		"observed by default":              {signal: leak, earning: "85.00", flag: "signal.observed"},
		"observed by rule":                 {signal: leak, rules: []attribution.TrustRule{rule(attribution.Observe)}, earning: "85.00", flag: "signal.observed"},
		"held":                             {signal: leak, rules: []attribution.TrustRule{rule(attribution.Hold)}, earning: "0.00", held: "85.00", flag: "signal.held"},
		"withheld":                         {signal: leak, rules: []attribution.TrustRule{rule(attribution.Withhold)}, flag: "signal.withheld"},
		"the strictest rule counts":        {signal: leak, rules: []attribution.TrustRule{rule(attribution.Hold), rule(attribution.Observe)}, earning: "0.00", held: "85.00", flag: "signal.held"},
		"too weak":                         {signal: attribution.Signal{Code: "leak", Evidence: "ADA15", Score: 79}, rules: []attribution.TrustRule{rule(attribution.Withhold)}, earning: "85.00", flag: "signal.observed"},
		"of another code":                  {signal: attribution.Signal{Code: "leak", Evidence: "BRUNO10", Score: 99}, rules: []attribution.TrustRule{rule(attribution.Withhold)}, earning: "85.00", flag: "signal.observed"},
		"of another creator":               {signal: attribution.Signal{Code: "leak", Creator: "bruno", Score: 99}, rules: []attribution.TrustRule{rule(attribution.Withhold)}, earning: "85.00", flag: "signal.observed"},
		"of the creator, whatever by":      {signal: attribution.Signal{Code: "leak", Creator: "ada", Score: 99}, rules: []attribution.TrustRule{rule(attribution.Withhold)}, flag: "signal.withheld"},
		"another signal than the rule's":   {signal: attribution.Signal{Code: "self_dealing", Score: 99}, rules: []attribution.TrustRule{rule(attribution.Withhold)}, earning: "85.00", flag: "signal.observed"},
		"withheld unless clicked, clicked": {signal: leak, clicked: true, rules: []attribution.TrustRule{{Signal: "leak", Mode: attribution.Withhold, UnlessClick: true}}, earning: "85.00", flag: "signal.observed"},
		"withheld unless clicked":          {signal: leak, rules: []attribution.TrustRule{{Signal: "leak", Mode: attribution.Withhold, UnlessClick: true}}, flag: "signal.withheld"},
		"released by a person":             {signal: leak, rules: []attribution.TrustRule{rule(attribution.Hold)}, claims: assigned, earning: "85.00", flag: "signal.observed"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, h := paidOrder("ADA15"), &attribution.History{Signals: []attribution.Signal{tt.signal}}
			o.Claims = tt.claims
			if tt.clicked {
				h.Touches = []attribution.Touch{clickOn("ada-autumn", day)}
			}
			policy := attribution.Policy{Trust: tt.rules}
			if len(tt.rules) > 0 {
				policy.Version = "own/1"
			}
			require.NoError(t, policy.Validate())
			d := attribution.Decide(o, h, testBook(t), policy)
			conserves(t, d)
			var earning, held string
			if c, ok := d.Credit("ada"); ok {
				earning, held = c.Earning.Amount(), ""
				if !c.Held.IsZero() {
					held = c.Held.Amount()
				}
			}
			if c, ok := d.Credit("ada"); ok && c.OnHold != (tt.held != "") {
				t.Errorf("on hold: %t", c.OnHold)
			}
			if earning != tt.earning || held != tt.held || len(d.Flags) != 1 || d.Flags[0].Code != tt.flag {
				t.Errorf("earning %q, held %q, flags %+v\n%s", earning, held, d.Flags, d.Explain())
			}
		})
	}
}

// TestConversionsOtherThanPurchases: a lead has no money, and is decided all the same.
func TestConversionsOtherThanPurchases(t *testing.T) {
	t.Parallel()
	for _, kind := range []attribution.Conversion{attribution.Lead, attribution.SignUp, attribution.DemoRequest, attribution.Trial,
		attribution.Signature, attribution.Reservation, attribution.AppDownload} {
		o := attribution.Order{ID: "crm:1", Shop: "crm.example", Kind: kind, PlacedAt: placed, UpdatedAt: placed,
			Codes: []attribution.CodeUse{{Code: "ADA15", Kind: attribution.Offline}}}
		d := attribution.Decide(o, nil, testBook(t), attribution.Policy{})
		if c, ok := d.Credit("ada"); !ok || d.Standing != attribution.StandingEarning || c.Share.String() != "1" || d.Kind != kind || !d.Earning.IsZero() {
			t.Errorf("%s: standing %s, credits %+v", kind, d.Standing, d.Credits)
		}
		for state, want := range map[attribution.Payment]attribution.Standing{
			attribution.Pending: attribution.StandingUnpaid, attribution.Voided: attribution.StandingVoided, attribution.Paid: attribution.StandingEarning} {
			o.Payment = state
			if got := attribution.Decide(o, nil, testBook(t), attribution.Policy{}).Standing; got != want {
				t.Errorf("%s %s: standing %s, want %s", state, kind, got, want)
			}
		}
	}
	donation := paidOrder("ADA15")
	donation.Kind = attribution.Donation
	if d := attribution.Decide(donation, nil, testBook(t), attribution.Policy{}); d.Earning.Amount() != "85.00" {
		t.Errorf("a donation earns %s", d.Earning)
	}
}

// randomPolicy is valid and may be strange.
func randomPolicy(rng *rand.Rand) attribution.Policy {
	kinds := []attribution.EvidenceKind{byClick, byUTM, byPage, byBinding, bySurvey, byManual, byView}
	picks := []attribution.Pick{"", attribution.PickFirst, attribution.PickLast, attribution.PickEvenly, attribution.PickByTouch, attribution.PickByPosition}
	codePicks := []attribution.Pick{"", attribution.PickEvenly, attribution.LargestDiscount, attribution.SmallestDiscount, attribution.PickNewest}
	p := attribution.Policy{Version: "random/1", CoolDownDays: rng.IntN(3), ClickWindowDays: rng.IntN(40)}
	for range rng.IntN(4) {
		r := attribution.Rule{Customers: []attribution.CustomerStatus{"", "", "", attribution.NewCustomer}[rng.IntN(4)]}
		if rng.IntN(3) == 0 {
			r.Evidence, r.Pick = evidence(byCode), codePicks[rng.IntN(len(codePicks))]
			r.Needs = []attribution.Confirmation{"", "", attribution.NeedsClick, attribution.NeedsWinningClick}[rng.IntN(4)]
		} else {
			rng.Shuffle(len(kinds), func(i, j int) { kinds[i], kinds[j] = kinds[j], kinds[i] })
			r.Evidence, r.Pick = evidence(kinds[:1+rng.IntN(3)]...), picks[rng.IntN(len(picks))]
			r.WindowDays = 1 + rng.IntN(40)
			r.AllChannels = r.Pick == attribution.PickLast && rng.IntN(3) == 0
		}
		p.Rules = append(p.Rules, r)
	}
	for range rng.IntN(3) {
		p.Trust = append(p.Trust, attribution.TrustRule{Signal: "leak", Mode: []attribution.TrustMode{attribution.Observe, attribution.Hold, attribution.Withhold}[rng.IntN(3)], UnlessClick: rng.IntN(2) == 0})
	}
	return p
}

func randomHistory(rng *rand.Rand, touches []attribution.Touch) *attribution.History {
	h := &attribution.History{Touches: touches, Customer: []attribution.CustomerStatus{"", attribution.NewCustomer, attribution.ReturningCustomer}[rng.IntN(3)]}
	for i := range h.Touches {
		switch rng.IntN(6) {
		case 0:
			h.Touches[i] = attribution.Touch{Kind: byUTM, UTM: attribution.UTM{Content: []string{"ada-video", "search"}[rng.IntN(2)]}, At: h.Touches[i].At}
		case 1:
			h.Touches[i] = attribution.Touch{Kind: byPage, Page: "/ada", At: h.Touches[i].At}
		case 2:
			h.Touches[i].Kind = byView
		case 3:
			h.Touches[i].Link = []string{"ext", "press", "bruno-short"}[rng.IntN(3)]
		}
	}
	for i := range rng.IntN(3) {
		h.Credits = append(h.Credits, attribution.PastCredit{Order: byline.OrderID([]string{"shop:7", "shop:8", "shop:9"}[i]), Creator: []byline.CreatorID{"ada", "bruno"}[rng.IntN(2)],
			Campaign: "autumn", At: placed.Add(-time.Duration(rng.IntN(500)) * day)})
	}
	for range rng.IntN(3) {
		h.Signals = append(h.Signals, attribution.Signal{Code: "leak", Evidence: []string{"", "ADA15"}[rng.IntN(2)], Score: rng.IntN(101)})
	}
	return h
}

// TestAnyPolicyConservesAndIgnoresOrder: whatever the policy, shares sum to one, amounts
// to the order, Score agrees, and no order of input matters.
func TestAnyPolicyConservesAndIgnoresOrder(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 6))
	book := policyBook(t)
	credited := 0
	for range 3000 {
		policy := randomPolicy(rng)
		require.NoError(t, policy.Validate())
		o, touches := randomEvidence(rng)
		h := randomHistory(rng, touches)
		for i := range rng.IntN(3) {
			o.Claims = append(o.Claims, attribution.Claim{ID: []string{"a", "b"}[i], Kind: []attribution.EvidenceKind{bySurvey, byManual}[rng.IntN(2)], Creator: "ada", Campaign: "autumn",
				Author: "demo colleague", Reason: "x", At: placed, AsOf: placed, Withdrawn: rng.IntN(3) == 0})
		}
		want := attribution.Decide(o, h, book, policy)
		conserves(t, want)
		scoresAlike(t, o, h, policy)
		rng.Shuffle(len(o.Codes), func(i, j int) { o.Codes[i], o.Codes[j] = o.Codes[j], o.Codes[i] })
		rng.Shuffle(len(o.Claims), func(i, j int) { o.Claims[i], o.Claims[j] = o.Claims[j], o.Claims[i] })
		rng.Shuffle(len(h.Touches), func(i, j int) { h.Touches[i], h.Touches[j] = h.Touches[j], h.Touches[i] })
		rng.Shuffle(len(h.Credits), func(i, j int) { h.Credits[i], h.Credits[j] = h.Credits[j], h.Credits[i] })
		rng.Shuffle(len(h.Signals), func(i, j int) { h.Signals[i], h.Signals[j] = h.Signals[j], h.Signals[i] })
		got := attribution.Decide(o, h, book, policy)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("shuffled input changed the decision by %+v (-want +got):\n%s", policy, diff)
		}
		if len(got.Credits) > 0 {
			credited++
		}
		if text := got.Explain(); text == "" {
			t.Fatal("nothing is said")
		}
	}
	if credited < 300 {
		t.Errorf("only %d of 3000 were credited: the property is hardly tried", credited)
	}
}
