package attribution_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/golden"
)

// verdict is what the table tests compare: who got what, and every reason given.
type verdict struct {
	Standing attribution.Standing
	Shares   map[byline.CreatorID]string
	Earning  map[byline.CreatorID]string
	Reasons  map[string]attribution.Reason
	Flags    []string
}

func verdictOf(d attribution.Decision) verdict {
	v := verdict{Standing: d.Standing}
	for _, c := range d.Credits {
		if v.Shares == nil {
			v.Shares, v.Earning = map[byline.CreatorID]string{}, map[byline.CreatorID]string{}
		}
		v.Shares[c.Creator], v.Earning[c.Creator] = c.Share.String(), c.Earning.Amount()
	}
	for _, c := range d.Candidates {
		if v.Reasons == nil {
			v.Reasons = map[string]attribution.Reason{}
		}
		v.Reasons[c.Evidence] = c.Reason
	}
	for _, f := range d.Flags {
		v.Flags = append(v.Flags, f.Code)
	}
	return v
}

func TestDecideEvidence(t *testing.T) {
	t.Parallel()
	click := func(link string, before time.Duration) attribution.Touch {
		return attribution.Touch{Link: link, At: placed.Add(-before), Source: "redirect"}
	}
	type names = map[byline.CreatorID]string
	type reasons = map[string]attribution.Reason
	const day = 24 * time.Hour
	tests := map[string]struct {
		order   attribution.Order
		touches []attribution.Touch
		policy  attribution.Policy
		want    verdict
	}{
		"nothing points anywhere": {
			order: paidOrder(),
			want:  verdict{Standing: attribution.StandingEarning},
		},
		"code owner wins, whatever the spelling": {
			order: paidOrder(" ａda15 "),
			want: verdict{Standing: attribution.StandingEarning, Shares: names{"ada": "1"}, Earning: names{"ada": "85.00"},
				Reasons: reasons{" ａda15 ": attribution.ReasonCodeOwner}},
		},
		"a click of the same creator corroborates": {
			order: paidOrder("ADA15"), touches: []attribution.Touch{click("ada-autumn", 2*day)},
			want: verdict{Standing: attribution.StandingEarning, Shares: names{"ada": "1"}, Earning: names{"ada": "85.00"},
				Reasons: reasons{"ADA15": attribution.ReasonCodeOwner, "ada-autumn": attribution.ReasonClickCorroborates}},
		},
		"a later click of another creator does not take a code": {
			order: paidOrder("ADA15"), touches: []attribution.Touch{click("bruno-autumn", time.Minute)},
			want: verdict{Standing: attribution.StandingEarning, Shares: names{"ada": "1"}, Earning: names{"ada": "85.00"},
				Reasons: reasons{"ADA15": attribution.ReasonCodeOwner, "bruno-autumn": attribution.ReasonClickOutranked}},
		},
		"without a code the last click wins": {
			order: paidOrder(), touches: []attribution.Touch{click("bruno-autumn", 3*day), click("ada-autumn", 5*day)},
			want: verdict{Standing: attribution.StandingEarning, Shares: names{"bruno": "1"}, Earning: names{"bruno": "85.00"},
				Reasons: reasons{"bruno-autumn": attribution.ReasonLastClick, "ada-autumn": attribution.ReasonClickOutranked}},
		},
		"an unknown code leaves it to the click": {
			order: paidOrder("SAVE5"), touches: []attribution.Touch{click("ada-autumn", day)},
			want: verdict{Standing: attribution.StandingEarning, Shares: names{"ada": "1"}, Earning: names{"ada": "85.00"},
				Reasons: reasons{"SAVE5": attribution.ReasonUnknown, "ada-autumn": attribution.ReasonLastClick}},
		},
		"an expired code earns nothing": {
			order: paidOrder("OLDADA"),
			want:  verdict{Standing: attribution.StandingEarning, Reasons: reasons{"OLDADA": attribution.ReasonExpired}},
		},
		"a code that has yet to start earns nothing": {
			order: paidOrder("DARIO5"),
			want:  verdict{Standing: attribution.StandingEarning, Reasons: reasons{"DARIO5": attribution.ReasonNotStarted}},
		},
		"a code of another campaign is foreign": {
			order: paidOrder("CLEO5"), policy: attribution.Policy{Version: "autumn/1", Campaign: "autumn"},
			want: verdict{Standing: attribution.StandingEarning, Reasons: reasons{"CLEO5": attribution.ReasonForeignCampaign}},
		},
		"a code of any campaign counts unless the policy limits it": {
			order: paidOrder("CLEO5"),
			want: verdict{Standing: attribution.StandingEarning, Shares: names{"cleo": "1"}, Earning: names{"cleo": "85.00"},
				Reasons: reasons{"CLEO5": attribution.ReasonCodeOwner}},
		},
		"a code that passed on belongs to its owner of that day": {
			order: paidOrder("Candle"),
			want: verdict{Standing: attribution.StandingEarning, Shares: names{"bruno": "1"}, Earning: names{"bruno": "85.00"},
				Reasons: reasons{"Candle": attribution.ReasonCodeOwner}},
		},
		"a Cyrillic look-alike is another code": {
			order: paidOrder("\u0410DA15"),
			want:  verdict{Standing: attribution.StandingEarning, Reasons: reasons{"\u0410DA15": attribution.ReasonUnknown}},
		},
		"a discount typed by hand is not a code": {
			order: withCodes(paidOrder(), attribution.CodeUse{Code: "ADA15", Kind: attribution.Manual, Discount: eur(1500)}),
			want: verdict{Standing: attribution.StandingEarning, Reasons: reasons{"ADA15": attribution.ReasonNotGenuine},
				Flags: []string{"order.manual_discount_as_code"}},
		},
		"two creators share by what their codes took off": {
			order: withCodes(paidOrder(),
				attribution.CodeUse{Code: "ADA15", Kind: attribution.Genuine, Discount: eur(1000)},
				attribution.CodeUse{Code: "BRUNO10", Kind: attribution.Genuine, Discount: eur(500)}),
			want: verdict{Standing: attribution.StandingEarning, Shares: names{"ada": "2/3", "bruno": "1/3"},
				Earning: names{"ada": "56.67", "bruno": "28.33"},
				Reasons: reasons{"ADA15": attribution.ReasonCodeOwner, "BRUNO10": attribution.ReasonCodeOwner}},
		},
		"or the larger discount takes all, by policy": {
			order: withCodes(paidOrder(),
				attribution.CodeUse{Code: "ADA15", Kind: attribution.Genuine, Discount: eur(500)},
				attribution.CodeUse{Code: "BRUNO10", Kind: attribution.Genuine, Discount: eur(1000)}),
			policy: attribution.Policy{Version: "one/1", SeveralCodes: attribution.LargestDiscount},
			want: verdict{Standing: attribution.StandingEarning, Shares: names{"bruno": "1"}, Earning: names{"bruno": "85.00"},
				Reasons: reasons{"ADA15": attribution.ReasonCodeOutranked, "BRUNO10": attribution.ReasonCodeOwner}},
		},
		"codes that took nothing off share evenly": {
			order: withCodes(paidOrder(), attribution.CodeUse{Code: "ADA15", Kind: attribution.Genuine}, attribution.CodeUse{Code: "BRUNO10", Kind: attribution.Genuine}),
			want: verdict{Standing: attribution.StandingEarning, Shares: names{"ada": "1/2", "bruno": "1/2"}, Earning: names{"ada": "42.50", "bruno": "42.50"},
				Reasons: reasons{"ADA15": attribution.ReasonCodeOwner, "BRUNO10": attribution.ReasonCodeOwner}},
		},
		"a code without effect leaves the order to the other": {
			order: withCodes(paidOrder(), attribution.CodeUse{Code: "ADA15", Kind: attribution.Genuine, Discount: eur(0)}, attribution.CodeUse{Code: "BRUNO10", Kind: attribution.Genuine, Discount: eur(1)}),
			want: verdict{Standing: attribution.StandingEarning, Shares: names{"bruno": "1"}, Earning: names{"bruno": "85.00"},
				Reasons: reasons{"ADA15": attribution.ReasonCodeNoEffect, "BRUNO10": attribution.ReasonCodeOwner}},
		},
		"a discount that nobody stated is not nothing": {
			order: withCodes(paidOrder(), attribution.CodeUse{Code: "ADA15", Kind: attribution.Genuine}, attribution.CodeUse{Code: "BRUNO10", Kind: attribution.Genuine, Discount: eur(1)}),
			want: verdict{Standing: attribution.StandingEarning, Shares: names{"ada": "1/2", "bruno": "1/2"}, Earning: names{"ada": "42.50", "bruno": "42.50"},
				Reasons: reasons{"ADA15": attribution.ReasonCodeOwner, "BRUNO10": attribution.ReasonCodeOwner}},
		},
		"two spellings of one code are one": {
			order: withCodes(paidOrder(),
				attribution.CodeUse{Code: "ada15", Kind: attribution.Genuine, Discount: eur(1000)},
				attribution.CodeUse{Code: "ADA15", Kind: attribution.Genuine, Discount: eur(500)}),
			want: verdict{Standing: attribution.StandingEarning, Shares: names{"ada": "1"}, Earning: names{"ada": "85.00"},
				Reasons: reasons{"ADA15": attribution.ReasonCodeOwner}},
		},
		"of two clicks at one instant the first in the alphabet wins": {
			order: paidOrder(), touches: []attribution.Touch{click("bruno-autumn", day), click("ADA-autumn", day), click("ada-autumn", day)},
			want: verdict{Standing: attribution.StandingEarning, Shares: names{"ada": "1"}, Earning: names{"ada": "85.00"},
				Reasons: reasons{"ADA-autumn": attribution.ReasonLastClick, "bruno-autumn": attribution.ReasonClickOutranked}},
		},
		"a code beyond all bounds belongs to nobody": {
			order: paidOrder("ADA15" + strings.Repeat(" ", 300)),
			want:  verdict{Standing: attribution.StandingEarning, Reasons: reasons{"ADA15" + strings.Repeat(" ", 300): attribution.ReasonUnknown}},
		},
		"goods that are on no line are reported": {
			order: func() attribution.Order {
				o := paidOrder("ADA15")
				o.Refunds = []attribution.Refund{settled(attribution.RefundLine{Line: "lamp", Quantity: 1, Subtotal: eur(5000)})}
				return o
			}(),
			want: verdict{Standing: attribution.StandingEarning, Shares: names{"ada": "1"}, Earning: names{"ada": "85.00"},
				Reasons: reasons{"ADA15": attribution.ReasonCodeOwner}, Flags: []string{"order.strange_return"}},
		},
		"a click after the order": {
			order: paidOrder(), touches: []attribution.Touch{click("ada-autumn", -time.Second)},
			want: verdict{Standing: attribution.StandingEarning, Reasons: reasons{"ada-autumn": attribution.ReasonClickAfterOrder}},
		},
		"a click at the very instant of the order": {
			order: paidOrder(), touches: []attribution.Touch{click("ada-autumn", 0)},
			want: verdict{Standing: attribution.StandingEarning, Shares: names{"ada": "1"}, Earning: names{"ada": "85.00"},
				Reasons: reasons{"ada-autumn": attribution.ReasonLastClick}},
		},
		"a click exactly as old as the window is too old": {
			order: paidOrder(), touches: []attribution.Touch{click("ada-autumn", 7*day)},
			policy: attribution.Policy{Version: "week/1", ClickWindowDays: 7},
			want:   verdict{Standing: attribution.StandingEarning, Reasons: reasons{"ada-autumn": attribution.ReasonClickTooOld}},
		},
		"a click a nanosecond younger than the window counts": {
			order: paidOrder(), touches: []attribution.Touch{click("ada-autumn", 7*day-1)},
			policy: attribution.Policy{Version: "week/1", ClickWindowDays: 7},
			want: verdict{Standing: attribution.StandingEarning, Shares: names{"ada": "1"}, Earning: names{"ada": "85.00"},
				Reasons: reasons{"ada-autumn": attribution.ReasonLastClick}},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := verdictOf(attribution.Decide(tt.order, &attribution.History{Touches: tt.touches}, testBook(t), tt.policy))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("decision (-want +got):\n%s", diff)
			}
		})
	}
}

func withCodes(o attribution.Order, codes ...attribution.CodeUse) attribution.Order {
	o.Codes = codes
	return o
}

func TestDecideStanding(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change   func(*attribution.Order)
		standing attribution.Standing
		earning  string
	}{
		"paid":                   {func(*attribution.Order) {}, attribution.StandingEarning, "85.00"},
		"partially refunded":     {func(o *attribution.Order) { o.Payment = attribution.PartiallyRefunded }, attribution.StandingEarning, "85.00"},
		"pending":                {func(o *attribution.Order) { o.Payment = attribution.Pending }, attribution.StandingUnpaid, "0.00"},
		"authorised only":        {func(o *attribution.Order) { o.Payment = attribution.Authorized }, attribution.StandingUnpaid, "0.00"},
		"partially paid":         {func(o *attribution.Order) { o.Payment = attribution.PartiallyPaid }, attribution.StandingUnpaid, "0.00"},
		"a state nobody knows":   {func(o *attribution.Order) { o.Payment = "on_the_moon" }, attribution.StandingUnpaid, "0.00"},
		"voided":                 {func(o *attribution.Order) { o.Payment = attribution.Voided }, attribution.StandingVoided, "0.00"},
		"refunded":               {func(o *attribution.Order) { o.Payment = attribution.Refunded }, attribution.StandingRefunded, "0.00"},
		"cancelled, still paid":  {func(o *attribution.Order) { o.CancelledAt = placed }, attribution.StandingCancelled, "0.00"},
		"test beats all":         {func(o *attribution.Order) { o.Test = true; o.CancelledAt = placed }, attribution.StandingTest, "0.00"},
		"only refunds known yet": {func(o *attribution.Order) { o.UpdatedAt = time.Time{} }, attribution.StandingNoDocument, "0.00"},
		"only a refund of no known currency": {func(o *attribution.Order) {
			*o = attribution.Order{ID: o.ID, Codes: o.Codes, PlacedAt: placed, Refunds: []attribution.Refund{{ID: "r", Cash: eur(100)}}}
		}, attribution.StandingNoDocument, "0"},
		"amounts contradict": {func(o *attribution.Order) { o.Lines[0].Gross = byline.Minor(6000, byline.USD) },
			attribution.StandingInvalid, "0.00"},
		"unpaid and contradicting": {func(o *attribution.Order) { o.Payment, o.Lines[0].Quantity = attribution.Pending, -1 },
			attribution.StandingInvalid, "0.00"},
		"a currency nobody knows": {func(o *attribution.Order) {
			*o = attribution.Order{ID: o.ID, UpdatedAt: placed, Payment: attribution.Paid, Currency: "XXX"}
		},
			attribution.StandingInvalid, "0"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := paidOrder("ADA15")
			tt.change(&o)
			d := attribution.Decide(o, nil, testBook(t), attribution.Policy{})
			if d.Standing != tt.standing || d.Earning.Amount() != tt.earning {
				t.Errorf("got %s earning %s, want %s earning %s", d.Standing, d.Earning, tt.standing, tt.earning)
			}
			if invalid := d.Standing == attribution.StandingInvalid; invalid != (len(d.Flags) > 0) {
				t.Errorf("standing %s with flags %+v", d.Standing, d.Flags)
			}
			if credit, ok := d.Credit("ada"); len(o.Codes) > 0 && (!ok || credit.Earning != d.Earning) {
				t.Errorf("credit %+v, want ada with all of %s", credit, d.Earning)
			}
		})
	}
}

// TestClickCorroboratesWithinItsCampaign: a click for a creator's other campaign says
// nothing of this one.
func TestClickCorroboratesWithinItsCampaign(t *testing.T) {
	t.Parallel()
	book, err := attribution.NewBook([]attribution.Offer{
		{Creator: "ada", Campaign: "autumn", Code: "ADA15"}, {Creator: "ada", Campaign: "spring", Link: "ada-spring"}})
	require.NoError(t, err)
	d := attribution.Decide(paidOrder("ADA15"), &attribution.History{Touches: []attribution.Touch{{Link: "ada-spring", At: placed}}}, book, attribution.Policy{})
	if len(d.Credits) != 1 || d.Credits[0].Corroborated || d.Candidates[1].Reason != attribution.ReasonClickOutranked {
		t.Errorf("credits %+v, click %+v", d.Credits, d.Candidates[1])
	}
}

func TestDecisionIsStableJSON(t *testing.T) {
	t.Parallel()
	o := withCodes(paidOrder(),
		attribution.CodeUse{Code: "ADA15", Kind: attribution.Genuine, Discount: eur(1000)},
		attribution.CodeUse{Code: "bruno10", Kind: attribution.Genuine, Discount: eur(500)},
		attribution.CodeUse{Code: "OLDADA", Kind: attribution.Genuine},
		attribution.CodeUse{Code: "CLEO5", Kind: attribution.Manual, Discount: eur(100)})
	o.Touches = []attribution.Touch{{Link: "ada-autumn", At: placed, Source: "landing_page"}}
	o.Refunds = []attribution.Refund{{ID: "r1", At: placed.Add(time.Hour), AsOf: placed.Add(time.Hour), State: attribution.Settled,
		Lines: []attribution.RefundLine{{Line: "tray", Quantity: 1, Subtotal: eur(3400)}}, Cash: eur(4046)}}
	d := attribution.Decide(o, nil, testBook(t), attribution.Policy{})
	got, err := json.MarshalIndent(d, "", "  ")
	require.NoError(t, err)
	golden.Equal(t, "decision.golden.json", append(got, '\n'))

	var back attribution.Decision
	require.NoError(t, json.Unmarshal(got, &back))
	if diff := cmp.Diff(d, back); diff != "" {
		t.Errorf("round trip (-want +got):\n%s", diff)
	}
}

// TestDecideIgnoresOrderOfInput shuffles everything that has an order.
func TestDecideIgnoresOrderOfInput(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		o, touches := randomEvidence(rng)
		want := attribution.Decide(o, &attribution.History{Touches: touches}, testBook(t), attribution.Policy{})
		all := offers()
		rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		rng.Shuffle(len(o.Codes), func(i, j int) { o.Codes[i], o.Codes[j] = o.Codes[j], o.Codes[i] })
		rng.Shuffle(len(touches), func(i, j int) { touches[i], touches[j] = touches[j], touches[i] })
		book, err := attribution.NewBook(all)
		require.NoError(t, err)
		got := attribution.Decide(o, &attribution.History{Touches: append(touches, touches...)}, book, attribution.Policy{})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("shuffled and doubled input changed the decision (-want +got):\n%s", diff)
		}
		conserves(t, got)
	}
}

// conserves checks that shares sum to one and amounts to the decision's own.
func conserves(t *testing.T, d attribution.Decision) {
	t.Helper()
	if len(d.Credits) == 0 {
		return
	}
	var num int64
	var sold, earning byline.Money
	for _, c := range d.Credits {
		num += c.Share.Num
		if more, _ := c.Earning.Cmp(c.Sold); more > 0 {
			t.Fatalf("%s earns on %s and sold %s", c.Creator, c.Earning, c.Sold)
		}
		sold, _ = sold.Add(c.Sold)
		earning, _ = earning.Add(c.Earning)
		if !c.Held.IsZero() {
			earning, _ = earning.Add(c.Held)
		}
	}
	if num != d.Credits[0].Share.Den || sold != d.Sold || earning != d.Earning {
		t.Fatalf("shares %d of %d, sold %s of %s, earning %s of %s", num, d.Credits[0].Share.Den, sold, d.Sold, earning, d.Earning)
	}
}

func randomEvidence(rng *rand.Rand) (attribution.Order, []attribution.Touch) {
	codes := []string{"ADA15", "ada15", "BRUNO10", "CANDLE", "CLEO5", "DARIO5", "OLDADA", "NOBODY"}
	links := []string{"ada-autumn", "bruno-autumn", "cleo-spring", "nobody"}
	o := paidOrder()
	for range rng.IntN(4) {
		kind := attribution.Genuine
		if rng.IntN(5) == 0 {
			kind = attribution.Manual
		}
		o.Codes = append(o.Codes, attribution.CodeUse{Code: codes[rng.IntN(len(codes))], Kind: kind, Discount: eur(rng.Int64N(4) * 333)})
	}
	var touches []attribution.Touch
	for range rng.IntN(5) {
		touches = append(touches, attribution.Touch{Link: links[rng.IntN(len(links))], At: placed.Add(-time.Duration(rng.IntN(40*24)-12) * time.Hour)})
	}
	return o, touches
}

func TestReasonsAreListedOnce(t *testing.T) {
	t.Parallel()
	seen := map[attribution.Reason]bool{}
	for _, r := range attribution.Reasons() {
		if seen[r.Reason] || r.Meaning == "" {
			t.Errorf("reason %q stands twice or means nothing", r.Reason)
		}
		seen[r.Reason] = true
	}
	rng := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		o, touches := randomEvidence(rng)
		policy := []attribution.Policy{{}, {Version: "a/1", Campaign: "autumn"}, {Version: "b/1", SeveralCodes: attribution.LargestDiscount}}[rng.IntN(3)]
		for _, c := range attribution.Decide(o, &attribution.History{Touches: touches}, testBook(t), policy).Candidates {
			row := slices.IndexFunc(attribution.Reasons(), func(r attribution.ReasonMeaning) bool { return r.Reason == c.Reason })
			if row < 0 || attribution.Reasons()[row].Accepts != c.Accepted {
				t.Fatalf("candidate %+v has a reason that the table does not give it", c)
			}
		}
	}
}

func TestShareText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]attribution.Share{"1": {1, 1}, "0": {}, "1/3": {1, 3}, "2/3": {2, 3}} {
		var got attribution.Share
		require.NoError(t, got.UnmarshalText([]byte(text)))
		if got != want || got.String() != text {
			t.Errorf("%q read as %+v, written %q", text, got, got)
		}
	}
	for _, text := range []string{"", "1/3abc", "+1/3", "1/3 ", "1/0", "4/3", "-1/3", "1/2/3", "9999999999999999999999/3"} {
		var got attribution.Share
		require.ErrorIs(t, got.UnmarshalText([]byte(text)), byline.ErrInvalid, text)
	}
}

// TestDecideOnHostileEvidence: what a body of two megabytes can hold is decided without
// taking time in its square.
func TestDecideOnHostileEvidence(t *testing.T) {
	t.Parallel()
	o := paidOrder()
	for i := range 4096 {
		o.Codes = append(o.Codes, attribution.CodeUse{Code: fmt.Sprintf("ａda%d%s", i, strings.Repeat("é", i%200)), Kind: attribution.Genuine, Discount: eur(1)})
	}
	touches := make([]attribution.Touch, 20_000)
	for i := range touches {
		touches[i] = attribution.Touch{Link: fmt.Sprintf("ｌink%d", i), At: placed}
	}
	d := attribution.Decide(o, &attribution.History{Touches: touches}, testBook(t), attribution.Policy{})
	if len(d.Candidates) != 4096+20_000 || len(d.Credits) != 0 {
		t.Errorf("%d candidates, %d credits", len(d.Candidates), len(d.Credits))
	}
}

func TestPolicyWithoutAVersionSaysSo(t *testing.T) {
	t.Parallel()
	for want, p := range map[string]attribution.Policy{
		"byline/1": {ClickWindowDays: 30}, "unversioned": {SeveralCodes: attribution.LargestDiscount}, "own/1": {Version: "own/1", Campaign: "autumn"},
	} {
		if got := attribution.Decide(paidOrder(), nil, nil, p).Policy; got != want {
			t.Errorf("%+v is stamped %q, want %q", p, got, want)
		}
	}
	hostile := attribution.Policy{Version: "x/1", ClickWindowDays: 1 << 40}
	d := attribution.Decide(paidOrder(), &attribution.History{Touches: []attribution.Touch{{Link: "ada-autumn", At: placed.AddDate(0, 0, -5)}}}, testBook(t), hostile)
	if len(d.Credits) != 1 {
		t.Errorf("a window that overflows credits %v", d.Credits)
	}
}

func TestPolicyValidate(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		policy attribution.Policy
		codes  []string
	}{
		"zero":                    {attribution.Policy{}, nil},
		"named":                   {attribution.Policy{Version: "x/1", ClickWindowDays: 7}, nil},
		"changed without a name":  {attribution.Policy{ClickWindowDays: 7}, []string{"policy.version"}},
		"changed under our name":  {attribution.Policy{Version: "byline/1", Campaign: "x"}, []string{"policy.version"}},
		"all wrong":               {attribution.Policy{ClickWindowDays: -1, SeveralCodes: "dice"}, []string{"policy.click_window", "policy.several_codes", "policy.version"}},
		"a window over ten years": {attribution.Policy{Version: "x/1", ClickWindowDays: 3651}, []string{"policy.click_window"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, f := range byline.Nest("", tt.policy.Validate()) {
				got = append(got, f.Code)
			}
			if diff := cmp.Diff(tt.codes, got); diff != "" {
				t.Errorf("codes (-want +got):\n%s", diff)
			}
		})
	}
}
