package attribution_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

func onOrder(touches ...attribution.Touch) attribution.Order {
	o := paidOrder()
	o.Touches = touches
	return o
}

func landed(link string) attribution.Touch {
	return attribution.Touch{Link: link, At: placed, Source: attribution.SourceLandingPage}
}

func bound(id byline.CreatorID, before time.Duration) []attribution.PastCredit {
	return []attribution.PastCredit{{Order: "shop:1", Creator: id, Campaign: "autumn", At: placed.Add(-before)}}
}

// TestWhoTakesAnOrder holds decisions to what an attacker, or bad luck, could make of
// them.
func TestWhoTakesAnOrder(t *testing.T) {
	t.Parallel()
	click, code := attribution.Rule{Evidence: evidence(byClick)}, attribution.Rule{Evidence: evidence(byCode)}
	binding, survey := attribution.Rule{Evidence: evidence(byBinding)}, attribution.Rule{Evidence: evidence(bySurvey)}
	needsClick, needsWinner := code, code
	needsClick.Needs, needsWinner.Needs = attribution.NeedsClick, attribution.NeedsWinningClick
	verified := click
	verified.VerifiedOnly = true
	recorded := func(id, link string, before time.Duration) attribution.Touch {
		return attribution.Touch{ID: id, Link: link, At: placed.Add(-before), Verified: true, Source: attribution.SourceRedirect}
	}
	stale := clickOn("press", 40*day)
	answer := attribution.Claim{ID: "answer", Kind: bySurvey, Creator: "bruno", Campaign: "autumn", At: placed}
	hand := attribution.Claim{ID: "hand", Kind: byManual, Creator: "ada", Author: "demo colleague", Reason: "seen", At: placed}
	bot := attribution.Signal{Code: "bot", Evidence: "ada-autumn", Score: 90}
	tests := map[string]struct {
		order   attribution.Order
		history attribution.History
		policy  attribution.Policy
		want    shares
	}{
		"a link that only the order speaks of does not beat a recorded click": {
			order: onOrder(landed("bruno-autumn")), history: *seen(recorded("c", "ada-autumn", time.Hour)), want: shares{"ada": "1"}},
		"nor does it make an old click young": {
			order: onOrder(landed("bruno-autumn")), history: *seen(recorded("c", "bruno-autumn", 60*day)), want: nil},
		"nor does it count a click twice": {
			order:   onOrder(landed("bruno-autumn")),
			history: *seen(recorded("c", "bruno-autumn", day), recorded("d", "ada-autumn", 2*day)),
			policy:  own(attribution.Rule{Evidence: evidence(byClick), Pick: attribution.PickByTouch}), want: shares{"ada": "1/2", "bruno": "1/2"}},
		"where nothing was recorded, the landing page is before what the cart kept": {
			order: onOrder(attribution.Touch{Link: "ada-autumn", At: placed, Source: attribution.SourceCartAttribute}, landed("bruno-autumn")), want: shares{"bruno": "1"}},
		"a click id that reads like a link takes nothing away": {
			order: onOrder(landed("bruno-autumn"), attribution.Touch{ID: "BRUNO-AUTUMN", At: placed, Source: attribution.SourceCartAttribute}), want: shares{"bruno": "1"}},
		"a click whose clock was fast, and whose id the order carries": {
			order: onOrder(attribution.Touch{ID: "c", At: placed}), history: *seen(recorded("c", "ada-autumn", -time.Second)), want: shares{"ada": "1"}},
		"a click after the order that it does not carry": {
			order: onOrder(), history: *seen(recorded("c", "ada-autumn", -time.Second)), want: nil},
		"a recorded view does not answer for the click of its id": {
			order:   onOrder(attribution.Touch{ID: "c", Link: "ada-autumn", At: placed}),
			history: *seen(attribution.Touch{ID: "c", Kind: byView, Link: "ada-autumn", At: placed.Add(-day)}), want: shares{"ada": "1"}},

		"a preferred click that is too old opens nothing for a binding": {
			order: paidOrder("ADA15"), history: attribution.History{Touches: []attribution.Touch{stale}, Credits: bound("bruno", 100*day)},
			policy: own(code, binding, click), want: shares{"ada": "1"}},
		"nor does a preferred click that counts let a binding in before it": {
			order: paidOrder("ADA15"), history: attribution.History{Touches: []attribution.Touch{clickOn("press", day)}, Credits: bound("bruno", 100*day)},
			policy: own(code, binding, click), want: shares{"press": "1"}},
		"nor for a survey": {
			order:   func() attribution.Order { o := paidOrder("ADA15"); o.Claims = []attribution.Claim{answer}; return o }(),
			history: *seen(stale), policy: own(code, click, survey), want: shares{"ada": "1"}},
		"nor for other channels": {
			order: paidOrder(), history: *seen(stale, clickOn("ada-autumn", day), attribution.Touch{Kind: byUTM, UTM: attribution.UTM{Source: "search"}, At: placed.Add(-2 * day)}),
			policy: own(attribution.Rule{Evidence: evidence(byClick, byUTM), AllChannels: true}), want: shares{"ada": "1"}},
		"a colleague's word is above a preferred partner": {
			order:   func() attribution.Order { o := paidOrder(); o.Claims = []attribution.Claim{hand}; return o }(),
			history: *seen(clickOn("press", day)), want: shares{"ada": "1"}},
		"and above cool-down and doubt": {
			order:   func() attribution.Order { o := paidOrder(); o.Claims = []attribution.Claim{hand}; return o }(),
			history: attribution.History{Credits: bound("ada", day), Signals: []attribution.Signal{{Code: "bot", Creator: "ada", Score: 100}}},
			policy:  attribution.Policy{Version: "own/1", CoolDownDays: 7, Trust: []attribution.TrustRule{{Signal: "bot", Mode: attribution.Withhold}}}, want: shares{"ada": "1"}},
		"a later order of the customer cools nothing down": {
			order: paidOrder("ADA15"), history: attribution.History{Credits: bound("ada", -day)},
			policy: attribution.Policy{Version: "own/1", CoolDownDays: 7}, want: shares{"ada": "1"}},
		"of a binding without a creator nothing follows": {
			order: paidOrder(), history: attribution.History{Credits: bound("", day)}, policy: own(binding), want: nil},
		"an assignment that calls itself a touch": {
			order: paidOrder("ADA15"), history: *seen(attribution.Touch{Kind: byManual, Link: "bruno-autumn", At: placed}), want: shares{"ada": "1"}},
		"a code that calls itself a touch": {
			order: paidOrder("ADA15"), history: *seen(attribution.Touch{Kind: byCode, Link: "bruno-autumn", At: placed}), want: shares{"ada": "1"}},

		"a click in doubt does not speak for a code": {
			order: paidOrder("ADA15"), history: attribution.History{Touches: []attribution.Touch{clickOn("ada-autumn", day)}, Signals: []attribution.Signal{bot}},
			policy: attribution.Policy{Version: "own/1", Rules: []attribution.Rule{needsClick}, Trust: []attribution.TrustRule{{Signal: "bot", Mode: attribution.Withhold}}}, want: nil},
		"a view does not speak for a code": {
			order: paidOrder("ADA15"), history: *seen(attribution.Touch{Kind: byView, Link: "ada-autumn", At: placed.Add(-day)}), policy: own(needsClick), want: nil},
		"nor a click that no rule would take": {
			order: paidOrder("ADA15"), history: *seen(clickOn("ada-autumn", day)), policy: own(needsClick, verified), want: nil},
		"but one that a later rule takes": {
			order: paidOrder("ADA15"), history: *seen(clickOn("ada-autumn", day)), policy: own(verified, needsClick, click), want: shares{"ada": "1"}},
		"the winning click is that of the next rule": {
			order: paidOrder("ADA15"), history: *seen(clickOn("ada-autumn", 2*day), clickOn("bruno-autumn", day)),
			policy: own(attribution.Rule{Evidence: evidence(byUTM)}, needsWinner, attribution.Rule{Evidence: evidence(byClick), Pick: attribution.PickFirst}), want: shares{"ada": "1"}},
		"a preferred partner's click wins against a code's": {
			order: paidOrder("ADA15"), history: *seen(clickOn("press", 2*day), clickOn("ada-autumn", day)),
			policy: own(needsWinner, click), want: shares{"press": "1"}},
		"a visit after the order is of no channel": {
			order: paidOrder(), history: *seen(clickOn("ada-autumn", day), attribution.Touch{Kind: byUTM, UTM: attribution.UTM{Source: "search"}, At: placed.Add(time.Second)}),
			policy: own(attribution.Rule{Evidence: evidence(byClick, byUTM), AllChannels: true}), want: shares{"ada": "1"}},
		"an offer's uses are of its code and not of its link": {
			order: paidOrder(), history: attribution.History{Touches: []attribution.Touch{clickOn("once-link", day)}, Uses: map[string]int64{"ONCE-LINK": 9}}, want: shares{"bruno": "1"}},
		"the active UTM value before one that has ended": {
			order: paidOrder(), history: *seen(attribution.Touch{Kind: byUTM, UTM: attribution.UTM{ID: "old-value", Content: "ada-video"}, At: placed.Add(-day)}), want: shares{"ada": "1"}},
		"an offer's window is of its touches, not of its codes": {
			order: paidOrder("SHORT"), want: shares{"bruno": "1"}},
		"a first touch of no weight is nobody's": {
			order: paidOrder(), history: *seen(clickOn("ada-autumn", 2*day), clickOn("bruno-autumn", day)),
			policy: own(attribution.Rule{Evidence: evidence(byClick), Pick: attribution.PickByPosition, Weights: &attribution.PositionWeights{Last: 1}}), want: shares{"bruno": "1"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.NoError(t, tt.policy.Validate())
			book, err := attribution.NewBook(append(offers(),
				attribution.Offer{Creator: "press", Campaign: "autumn", Link: "press", Group: attribution.GroupPreferred},
				attribution.Offer{Creator: "bruno", Campaign: "autumn", Code: "ONCE", Link: "once-link", Uses: 1},
				attribution.Offer{Creator: "bruno", Campaign: "autumn", Code: "SHORT", Link: "short", WindowDays: 1},
				attribution.Offer{Creator: "bruno", Campaign: "autumn", UTM: "old-value", Active: october()},
				attribution.Offer{Creator: "ada", Campaign: "autumn", UTM: "ada-video"}))
			require.NoError(t, err)
			d := attribution.Decide(tt.order, &tt.history, book, tt.policy)
			conserves(t, d)
			if diff := cmp.Diff(tt.want, verdictOf(d).Shares); diff != "" {
				t.Errorf("shares (-want +got):\n%s\n%s", diff, d.Explain())
			}
			scoresAlikeBy(t, book, tt.order, &tt.history, tt.policy)
		})
	}
}

// TestClaimWithoutItsCampaign: a colleague means the campaign that the creator is in, so
// that an agreement pays for it.
func TestClaimWithoutItsCampaign(t *testing.T) {
	t.Parallel()
	o := paidOrder()
	for name, tt := range map[string]struct {
		creator byline.CreatorID
		policy  attribution.Policy
		want    byline.CampaignID
		flags   int
	}{
		"the creator's only one":  {"ada", attribution.Policy{}, "autumn", 0},
		"the policy's":            {"cleo", attribution.Policy{Version: "a/1", Campaign: "autumn"}, "autumn", 0},
		"none of a stranger":      {"adaa", attribution.Policy{}, "", 1},
		"none where it is unsure": {"dora", attribution.Policy{}, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := o
			o.Claims = []attribution.Claim{{ID: "hand", Kind: byManual, Creator: tt.creator, Author: "demo colleague", Reason: "seen", At: placed}}
			book, err := attribution.NewBook(append(offers(), attribution.Offer{Creator: "dora", Campaign: "a", Code: "A"}, attribution.Offer{Creator: "dora", Campaign: "b", Code: "B"}))
			require.NoError(t, err)
			d := attribution.Decide(o, nil, book, tt.policy)
			c, ok := d.Credit(tt.creator)
			if !ok || c.Campaign != tt.want || len(d.Flags) != tt.flags {
				t.Errorf("credit %+v, flags %+v", c, d.Flags)
			}
		})
	}
}

// TestDecideByRulesThatValidateRefuses: they are left out, and nothing falls over.
func TestDecideByRulesThatValidateRefuses(t *testing.T) {
	t.Parallel()
	o := paidOrder("ADA15")
	o.Claims = []attribution.Claim{{ID: "hand", Kind: byManual, Creator: "ada", Author: "demo colleague", Reason: "seen", At: placed}}
	for name, rule := range map[string]attribution.Rule{
		"a click that needs a winning click": {Evidence: evidence(byClick), Needs: attribution.NeedsWinningClick},
		"codes beside claims":                {Evidence: evidence(byCode, byManual), Pick: attribution.PickNewest},
		"no weights":                         {Evidence: evidence(byClick), Pick: attribution.PickByPosition, Weights: &attribution.PositionWeights{}, AllChannels: true},
		"no evidence":                        {},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := attribution.Decide(o, seen(clickOn("ada-autumn", day), clickOn("bruno-autumn", day)), testBook(t), own(rule))
			if d.Rule != 0 || len(d.Credits) != 0 {
				t.Errorf("rule %d credits %+v", d.Rule, d.Credits)
			}
		})
	}
	d := attribution.Decide(o, nil, testBook(t), own(attribution.Rule{}, attribution.Rule{Evidence: evidence(byCode)}))
	if d.Rule != 2 {
		t.Errorf("rule %d decided, want the second of the policy", d.Rule)
	}
}

func TestPolicyThatHoldsIsNotTheDefault(t *testing.T) {
	t.Parallel()
	for _, p := range []attribution.Policy{
		{Trust: []attribution.TrustRule{{Signal: "leak", Mode: attribution.Hold}}}, {Exclude: attribution.Exclusions{Staff: true}}, {CoolDownDays: 1},
		{Rules: []attribution.Rule{{Evidence: evidence(byCode)}}}, {Version: "byline/1", CoolDownDays: 1},
	} {
		if got := attribution.Decide(paidOrder(), nil, nil, p).Policy; got != "unversioned" {
			t.Errorf("%+v is stamped %q", p, got)
		}
		require.Error(t, p.Validate())
	}
	blank := attribution.Policy{Version: " ", CoolDownDays: 1}
	require.Error(t, blank.Validate())
	if got := attribution.Decide(paidOrder(), nil, nil, (attribution.Policy{}).WithDefaults()).Policy; got != "byline/1" {
		t.Errorf("the default written out is stamped %q", got)
	}
}

// TestHolds: one code in doubt holds its creator's whole credit, a withheld one is gone
// whatever else holds, and a lead without money is on hold too.
func TestHolds(t *testing.T) {
	t.Parallel()
	signal := func(code string) attribution.Signal {
		return attribution.Signal{Code: code, Evidence: "ADA15", Score: 50}
	}
	policy := attribution.Policy{Version: "own/1", Trust: []attribution.TrustRule{{Signal: "odd", Mode: attribution.Hold}, {Signal: "bad", Mode: attribution.Withhold}}}
	two := withCodes(paidOrder(), attribution.CodeUse{Code: "ADA15", Kind: attribution.Genuine, Discount: eur(500)}, attribution.CodeUse{Code: "ADA16", Kind: attribution.Genuine, Discount: eur(500)})
	lead := attribution.Order{ID: "crm:1", Shop: "crm.example", Kind: attribution.Lead, PlacedAt: placed, UpdatedAt: placed, Codes: two.Codes[:1]}
	book, err := attribution.NewBook(append(offers(), attribution.Offer{Creator: "ada", Campaign: "autumn", Code: "ADA16"}))
	require.NoError(t, err)
	for name, tt := range map[string]struct {
		order   attribution.Order
		signals []attribution.Signal
		credits int
		onHold  bool
		held    string
		said    string
	}{
		"one of two codes":        {two, []attribution.Signal{signal("odd")}, 1, true, "85.00", "85.00 EUR for ada is on hold: a signal casts doubt on it."},
		"held, and withheld":      {paidOrder("ADA15"), []attribution.Signal{signal("odd"), signal("bad")}, 0, false, "", ""},
		"withheld, and held":      {paidOrder("ADA15"), []attribution.Signal{signal("bad"), signal("odd")}, 0, false, "", ""},
		"a lead without money":    {lead, []attribution.Signal{signal("odd")}, 1, true, "0", "The credit of ada is on hold: a signal casts doubt on it."},
		"a signal of another one": {paidOrder("ADA15"), []attribution.Signal{{Code: "odd", Evidence: "BRUNO10"}}, 1, false, "0", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := attribution.Decide(tt.order, &attribution.History{Signals: tt.signals}, book, policy)
			conserves(t, d)
			if len(d.Credits) != tt.credits {
				t.Fatalf("credits %+v", d.Credits)
			}
			if tt.credits > 0 && (d.Credits[0].OnHold != tt.onHold || d.Credits[0].Held.Amount() != tt.held) {
				t.Errorf("credit %+v", d.Credits[0])
			}
			if tt.said != "" && !contains(d.Explain(), tt.said) {
				t.Errorf("said %s", d.Explain())
			}
		})
	}
}

func contains(text, part string) bool {
	for i := range text {
		if len(text)-i >= len(part) && text[i:i+len(part)] == part {
			return true
		}
	}
	return false
}

// TestGoodsFirstAndTheirMoneyLater: an edited order gives the goods back before the money,
// and both are one return.
func TestGoodsFirstAndTheirMoneyLater(t *testing.T) {
	t.Parallel()
	mug := attribution.RefundLine{Line: "mug", Quantity: 1, Subtotal: eur(2550), Tax: eur(485)}
	goods := func(cash byline.Money) attribution.Refund {
		return attribution.Refund{ID: "goods", State: attribution.Settled, Lines: []attribution.RefundLine{mug}, Cash: cash}
	}
	cash := func(cents int64) attribution.Refund {
		return attribution.Refund{ID: "cash", State: attribution.Settled, Cash: eur(cents)}
	}
	for name, tt := range map[string]struct {
		removed int64
		refunds []attribution.Refund
		want    string
	}{
		"goods without money":                             {1, []attribution.Refund{goods(eur(0))}, "59.50"},
		"and their money":                                 {1, []attribution.Refund{goods(eur(0)), cash(3035)}, "59.50"},
		"and more than their money":                       {1, []attribution.Refund{goods(eur(0)), cash(4225)}, "49.50"},
		"and a part of it":                                {1, []attribution.Refund{goods(eur(0)), cash(1000)}, "59.50"},
		"gone by the document alone, and their money":     {1, []attribution.Refund{cash(3035)}, "59.50"},
		"goods with their money, and a kindness besides":  {1, []attribution.Refund{goods(eur(3035)), cash(1190)}, "49.50"},
		"goods with more than their money":                {1, []attribution.Refund{goods(eur(4225))}, "49.50"},
		"goods with less than their money":                {1, []attribution.Refund{goods(eur(1000))}, "59.50"},
		"goods whose money is not stated, and a kindness": {1, []attribution.Refund{goods(byline.Money{}), cash(1190)}, "49.50"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := paidOrder("ADA15")
			o.Lines[0].Tax, o.Lines[1].Tax = eur(969), eur(646)
			o.Lines[0].Removed, o.Refunds = tt.removed, tt.refunds
			if got := kept(t, o); got != tt.want {
				t.Errorf("kept %s, want %s", got, tt.want)
			}
		})
	}
}

// TestDisputeAfterAnEdit: no dispute pays for goods that left without money.
func TestDisputeAfterAnEdit(t *testing.T) {
	t.Parallel()
	o := paidOrder("ADA15")
	o.Lines[0].Tax, o.Lines[1].Tax = eur(969), eur(646)
	o.Lines[0].Removed = 1
	if got := kept(t, o); got != "59.50" {
		t.Errorf("kept %s before the dispute", got)
	}
	o.Disputes = []attribution.Dispute{{ID: "d", State: attribution.DisputeOpen, Amount: eur(7080)}}
	if got := kept(t, o); got != "0.00" {
		t.Errorf("kept %s while all that was paid is disputed", got)
	}
}

// TestKnownTwice: what did not come through Merge must not count twice.
func TestKnownTwice(t *testing.T) {
	t.Parallel()
	o := paidOrder("ADA15")
	o.Refunds = []attribution.Refund{{ID: "r", State: attribution.Settled, Cash: eur(100)}, {ID: "r", State: attribution.Settled, Cash: eur(100)}}
	o.Disputes = []attribution.Dispute{{State: attribution.DisputeWon}, {State: attribution.DisputeWon}}
	_, err := o.Sales()
	var paths []string
	for _, f := range byline.Nest("", err) {
		paths = append(paths, f.Path+" "+f.Code)
	}
	if diff := cmp.Diff([]string{"refunds[1].id order.known_twice", "disputes[1].id order.known_twice"}, paths); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

// TestManyDisputesStayExact: sixteen lines of the largest amounts and as many disputes as
// an order holds.
func TestManyDisputesStayExact(t *testing.T) {
	t.Parallel()
	o := paidOrder("ADA15")
	o.Lines = nil
	for i := range 16 {
		o.Lines = append(o.Lines, attribution.Line{ID: fmt.Sprint(i), Quantity: 1, Gross: eur(1 << 48)})
	}
	for i := range 4096 {
		o.Disputes = append(o.Disputes, attribution.Dispute{ID: fmt.Sprint(i), State: attribution.DisputeOpen})
	}
	if got := kept(t, o); got != "0.00" {
		t.Errorf("kept %s", got)
	}
}

// TestTouchesDoNotGrowWithoutEnd: an order that is updated for ever with new links keeps
// the latest, in any order of arrival, and can still be decided.
func TestTouchesDoNotGrowWithoutEnd(t *testing.T) {
	t.Parallel()
	var pieces []attribution.Order
	for i := range 300 {
		o := paidOrder("ADA15")
		for k := range 8 {
			o.Touches = append(o.Touches, attribution.Touch{Link: fmt.Sprintf("link-%d-%d", i, k), At: placed.Add(time.Duration(i) * time.Minute)})
		}
		pieces = append(pieces, o)
	}
	forwards := fold(t, pieces)
	for i, k := 0, len(pieces)-1; i < k; i, k = i+1, k-1 {
		pieces[i], pieces[k] = pieces[k], pieces[i]
	}
	if diff := cmp.Diff(forwards, fold(t, pieces)); diff != "" {
		t.Errorf("forwards and backwards differ:\n%s", diff)
	}
	if n := len(forwards.Touches); n != 1024 || forwards.Touches[n-1].Link != "link-299-7" {
		t.Errorf("%d touches, the last %v", n, forwards.Touches[n-1])
	}
}

// TestManySignalsAndClicks: a visitor makes clicks and a monitor signals; neither may cost
// time in their product's square.
func TestManySignalsAndClicks(t *testing.T) {
	t.Parallel()
	h := &attribution.History{}
	for i := range 4000 {
		h.Touches = append(h.Touches, clickOn("ada-autumn", time.Duration(i+1)*time.Second))
	}
	for i := range 2000 {
		h.Signals = append(h.Signals, attribution.Signal{Code: "leak", Evidence: fmt.Sprintf("ｃode-%d", i), Score: 50})
	}
	policy := attribution.Policy{Version: "own/1", Rules: []attribution.Rule{{Evidence: evidence(byCode), Needs: attribution.NeedsWinningClick}, {Evidence: evidence(byClick)}},
		Trust: []attribution.TrustRule{{Signal: "leak", Mode: attribution.Withhold, UnlessClick: true}}}
	if d := attribution.Decide(paidOrder("ADA15"), h, testBook(t), policy); len(d.Credits) != 1 {
		t.Errorf("credits %+v", d.Credits)
	}
}

// TestForgottenLeavesNoWords: what people said of a person goes with the person, and the
// credit stays.
func TestForgottenLeavesNoWords(t *testing.T) {
	t.Parallel()
	o := paidOrder()
	o.Claims = []attribution.Claim{{ID: "hand", Kind: byManual, Creator: "ada", Campaign: "autumn", Author: "demo colleague", Reason: "secret words", At: placed, AsOf: placed}}
	o.Touches = []attribution.Touch{{ID: "secret-id", Kind: byPage, Page: "/ada", At: placed}, {ID: "secret-2", Kind: byUTM, UTM: attribution.UTM{Content: "x"}, At: placed}, {ID: "kept", At: placed}}
	forgotten := mustMerge(t, o, attribution.Order{ID: o.ID, Shop: o.Shop, Forgotten: true})
	d := attribution.Decide(forgotten, nil, testBook(t), attribution.Policy{})
	if text := fmt.Sprintf("%+v %+v %s", forgotten, d, d.Explain()); contains(text, "secret") || !contains(text, "kept") {
		t.Errorf("still there: %s", text)
	}
	if c, ok := d.Credit("ada"); !ok || c.By != byManual {
		t.Errorf("credits %+v", d.Credits)
	}
}
