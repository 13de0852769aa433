package attribution_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
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

// presetBook has two creators, of whom bruno came later, a coupon extension of the lowest
// group and one without a group, and a code of ada's that has ended.
func presetBook(tb testing.TB) *attribution.Book {
	tb.Helper()
	later := byline.Window{Start: november().Start.Add(4 * day), End: november().End}
	book, err := attribution.NewBook([]attribution.Offer{
		{Creator: "ada", Campaign: "autumn", Code: "ADA15", UTM: "ada-video", Active: november()},
		{Creator: "ada", Campaign: "autumn", Link: "ada"},
		{Creator: "ada", Campaign: "autumn", Code: "OLDADA", Active: october()},
		{Creator: "bruno", Campaign: "autumn", Code: "BRUNO10", Active: later},
		{Creator: "bruno", Campaign: "autumn", Link: "bruno"},
		{Creator: "extension", Campaign: "autumn", Link: "ext", Code: "COUPON", Group: attribution.GroupNonPreferred},
		{Creator: "ungrouped", Campaign: "autumn", Link: "plug-in", Code: "PLUGIN"},
	})
	require.NoError(tb, err)
	return book
}

func presetNamed(tb testing.TB, name string) attribution.Policy {
	tb.Helper()
	p, ok := attribution.PresetNamed(name)
	if !ok {
		tb.Fatalf("no preset %q", name)
	}
	return p.Policy
}

func broughtBefore(id byline.CreatorID, ago time.Duration) attribution.PastCredit {
	return attribution.PastCredit{Order: byline.OrderID("shop:7"), Creator: id, Campaign: "autumn", At: placed.Add(-ago)}
}

func usedFor(code string, cents int64) attribution.CodeUse {
	return attribution.CodeUse{Code: code, Kind: attribution.Genuine, Discount: eur(cents)}
}

func searched(before time.Duration) attribution.Touch {
	return attribution.Touch{Kind: byUTM, UTM: attribution.UTM{Source: "search", Medium: "cpc"}, At: placed.Add(-before)}
}

func assignedTo(id byline.CreatorID) attribution.Claim {
	return attribution.Claim{ID: "claim", Kind: byManual, Creator: id, Campaign: "autumn", Author: "demo colleague", Reason: "asked for by mail", At: placed.Add(day), AsOf: placed.Add(day)}
}

// presetCase is an order that presets decide differently, or should not.
type presetCase struct {
	name    string
	order   attribution.Order
	history *attribution.History
}

func presetCases() []presetCase {
	twoCodes := withCodes(paidOrder(), usedFor("ADA15", 1000), usedFor("BRUNO10", 500))
	byHand := paidOrder("ADA15")
	byHand.Claims = []attribution.Claim{assignedTo("bruno")}
	knownOf := func(id byline.CreatorID, touches ...attribution.Touch) *attribution.History {
		return &attribution.History{Customer: attribution.ReturningCustomer, Credits: []attribution.PastCredit{broughtBefore(id, 100*day)}, Touches: touches}
	}
	return []presetCase{
		{"nothing at all", paidOrder(), nil},
		{"ada's click", paidOrder(), seen(clickOn("ada", 2*day))},
		{"ada's code", paidOrder("ADA15"), nil},
		{"ada's code of a new customer", paidOrder("ADA15"), &attribution.History{Customer: attribution.NewCustomer}},
		{"ada's code, bruno's click", paidOrder("ADA15"), seen(clickOn("bruno", day))},
		{"ada's code and click, bruno's later click", paidOrder("ADA15"), seen(clickOn("ada", 2*day), clickOn("bruno", day))},
		{"ada's code and click, bruno's earlier click", paidOrder("ADA15"), seen(clickOn("ada", day), clickOn("bruno", 2*day))},
		{"ada's click, bruno's later click", paidOrder(), seen(clickOn("ada", 3*day), clickOn("bruno", day))},
		{"ada's larger discount, bruno's newer code", twoCodes, nil},
		{"ada's customer", paidOrder(), knownOf("ada")},
		{"ada's customer, bruno's code", paidOrder("BRUNO10"), knownOf("ada")},
		{"ada's customer, bruno's click", paidOrder(), knownOf("ada", clickOn("bruno", day))},
		{"ada's click, an extension's at the checkout", paidOrder(), seen(clickOn("ada", 10*day), clickOn("ext", time.Second))},
		{"ada's click, an extension's code", paidOrder("COUPON"), seen(clickOn("ada", 10*day))},
		{"ada's click, an ungrouped extension's at the checkout", paidOrder(), seen(clickOn("ada", 10*day), clickOn("plug-in", time.Second))},
		{"ada's code, an ungrouped extension's click", paidOrder("ADA15"), seen(clickOn("plug-in", time.Second))},
		{"ada's click of 45 days ago", paidOrder(), seen(clickOn("ada", 45*day))},
		{"ada's click of 95 days ago", paidOrder(), seen(clickOn("ada", 95*day))},
		{"ada's ended code", paidOrder("OLDADA"), nil},
		{"ada's ended code, bruno's click", paidOrder("OLDADA"), seen(clickOn("bruno", day))},
		{"ada's click, a search after it", paidOrder(), seen(clickOn("ada", 2*day), searched(day))},
		{"ada's UTM value", paidOrder(), seen(attribution.Touch{Kind: byUTM, UTM: attribution.UTM{Content: "ada-video"}, At: placed.Add(-day)})},
		{"ada's post was shown", paidOrder(), seen(attribution.Touch{Kind: byView, Link: "ada", At: placed.Add(-day)})},
		{"ada's code, assigned to bruno by hand", byHand, nil},
	}
}

// credited is who got how much of an order: "ada", "ada 2/3 + bruno 1/3" or "-".
func credited(d attribution.Decision) string {
	var parts []string
	for _, c := range d.Credits {
		part := string(c.Creator)
		if share := c.Share.String(); share != "1" {
			part += " " + share
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return "-"
	}
	return strings.Join(parts, " + ")
}

func TestPresetMatrix(t *testing.T) {
	t.Parallel()
	rows := [][]string{{"case"}}
	for _, p := range attribution.Presets() {
		rows[0] = append(rows[0], p.Name)
	}
	for _, c := range presetCases() {
		row := []string{c.name}
		for _, p := range attribution.Presets() {
			d := attribution.Decide(c.order, c.history, presetBook(t), p.Policy)
			conserves(t, d)
			row = append(row, credited(d))
		}
		rows = append(rows, row)
	}
	golden.Equal(t, "preset_matrix.golden.txt", []byte(aligned(rows)))
}

func aligned(rows [][]string) string {
	var out strings.Builder
	for _, row := range rows {
		var line strings.Builder
		for column, cell := range row {
			width := 0
			for _, other := range rows {
				width = max(width, len(other[column]))
			}
			fmt.Fprintf(&line, "%-*s  ", width, cell)
		}
		out.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return out.String()
}

func TestPresetsAreSoundAndTellTheirSource(t *testing.T) {
	t.Parallel()
	dated := regexp.MustCompile(`, read 20\d\d-\d\d-\d\d$`)
	seen := map[string]bool{}
	for _, p := range attribution.Presets() {
		require.NoError(t, p.Policy.Validate(), p.Name)
		if seen[p.Name] || !regexp.MustCompile(`^[a-z0-9-]+$`).MatchString(p.Name) {
			t.Errorf("%q is no name, or stands twice", p.Name)
		}
		seen[p.Name] = true
		if p.Name != "byline" && (p.Policy.Version != "preset/"+p.Name+"/1" || len(p.Limits) == 0 || !strings.Contains(p.Source, "https://")) {
			t.Errorf("%s: version %q, %d limits, source %q", p.Name, p.Policy.Version, len(p.Limits), p.Source)
		}
		if p.Mimics == "" || p.Confidence == "" || !dated.MatchString(p.Source) {
			t.Errorf("%s says too little of itself: %+v", p.Name, p)
		}
		named, ok := attribution.PresetNamed(p.Name)
		if diff := cmp.Diff(p, named); diff != "" || !ok {
			t.Errorf("%s by its name (-want +got):\n%s", p.Name, diff)
		}
	}
	if len(seen) != 12 {
		t.Errorf("%d presets", len(seen))
	}
	if _, ok := attribution.PresetNamed("coin-toss"); ok {
		t.Error("a preset that nobody made")
	}
}

// TestPresetsBelongToTheirCaller: what one caller does to a preset, another does not see.
func TestPresetsBelongToTheirCaller(t *testing.T) {
	t.Parallel()
	for i := range attribution.Presets() {
		want, spoilt := attribution.Presets()[i], attribution.Presets()[i]
		for k := range spoilt.Policy.Rules {
			spoilt.Policy.Rules[k].Evidence[0] = byView
		}
		for k := range spoilt.Limits {
			spoilt.Limits[k] = ""
		}
		if diff := cmp.Diff(want, attribution.Presets()[i]); diff != "" {
			t.Errorf("preset (-want +got):\n%s", diff)
		}
	}
	all := attribution.Presets()
	for i := range all {
		for k := range all[i].Limits {
			all[i].Limits[k] = all[i].Name
		}
	}
	for _, p := range all {
		if slices.ContainsFunc(p.Limits, func(limit string) bool { return limit != p.Name }) {
			t.Errorf("%s shares its limits with another preset", p.Name)
		}
	}
}

func TestTheDefaultIsTheFirstPreset(t *testing.T) {
	t.Parallel()
	p := attribution.Presets()[0].Policy
	if diff := cmp.Diff(attribution.Policy{}.WithDefaults(), p.WithDefaults()); diff != "" {
		t.Errorf("the preset and the zero Policy (-zero +preset):\n%s", diff)
	}
}

// TestPresetsByTheirDocumentation takes one documented sentence at a time.
func TestPresetsByTheirDocumentation(t *testing.T) {
	t.Parallel()
	twoCodes := withCodes(paidOrder(), usedFor("ADA15", 1000), usedFor("BRUNO10", 500))
	with := func(touches ...attribution.Touch) *attribution.History { return seen(touches...) }
	known := func(credits ...attribution.PastCredit) *attribution.History {
		return &attribution.History{Credits: credits}
	}
	tests := map[string]struct {
		preset  string
		order   attribution.Order
		history *attribution.History
		want    string
		reasons reasons
	}{
		"impact always: the code gets credit without any click": {
			"impact-always", paidOrder("ADA15"), with(clickOn("bruno", day)), "ada", reasons{"ADA15": attribution.ReasonCodeOwner, "bruno": attribution.ReasonClickOutranked}},
		"impact if involved: any click of the partner's will do": {
			"impact-if-involved", paidOrder("ADA15"), with(clickOn("ada", 20*day), clickOn("bruno", day)), "ada",
			reasons{"ADA15": attribution.ReasonCodeOwner, "ada": attribution.ReasonClickCorroborates, "bruno": attribution.ReasonClickOutranked}},
		"impact if involved: no click, no credit": {
			"impact-if-involved", paidOrder("ADA15"), nil, "-", reasons{"ADA15": attribution.ReasonNeedsClick}},
		"impact if involved: a click outside the referral window is none": {
			"impact-if-involved", paidOrder("ADA15"), with(clickOn("ada", 30*day)), "-", reasons{"ADA15": attribution.ReasonNeedsClick, "ada": attribution.ReasonClickTooOld}},
		"impact if winner: the partner's click has to be the last": {
			"impact-if-winner", paidOrder("ADA15"), with(clickOn("ada", 2*day), clickOn("bruno", day)), "bruno",
			reasons{"ADA15": attribution.ReasonNeedsWinner, "ada": attribution.ReasonClickOutranked, "bruno": attribution.ReasonLastClick}},
		"impact if winner: and then the code gets it": {
			"impact-if-winner", paidOrder("ADA15"), with(clickOn("ada", day), clickOn("bruno", 2*day)), "ada",
			reasons{"ADA15": attribution.ReasonCodeOwner, "ada": attribution.ReasonClickCorroborates, "bruno": attribution.ReasonClickOutranked}},
		"impact: credit groups take precedence over promo codes": {
			"impact-always", paidOrder("COUPON"), with(clickOn("ada", 20*day)), "ada", reasons{"COUPON": attribution.ReasonLesserGroup, "ada": attribution.ReasonLastClick}},
		"impact: exact codes are not case-sensitive": {
			"impact-always", paidOrder("ada15"), nil, "ada", reasons{"ada15": attribution.ReasonCodeOwner}},

		"refersion: the link is prioritised, the coupon unqualified": {
			"refersion", paidOrder("ADA15"), with(clickOn("bruno", day)), "bruno", reasons{"ADA15": attribution.ReasonCodeOutranked, "bruno": attribution.ReasonLastClick}},
		"refersion: last click among links": {
			"refersion", paidOrder(), with(clickOn("ada", 2*day), clickOn("bruno", day)), "bruno", reasons{"ada": attribution.ReasonClickOutranked, "bruno": attribution.ReasonLastClick}},
		"refersion: a code that is no affiliate's leaves the link": {
			"refersion", paidOrder("SUMMER"), with(clickOn("ada", day)), "ada", reasons{"SUMMER": attribution.ReasonUnknown, "ada": attribution.ReasonLastClick}},
		"refersion: one affiliate's code beside another code": {
			"refersion", withCodes(paidOrder(), usedFor("SUMMER", 1000), usedFor("BRUNO10", 500)), nil, "bruno", reasons{"SUMMER": attribution.ReasonUnknown, "BRUNO10": attribution.ReasonCodeOwner}},
		"refersion: never two affiliates": {
			"refersion", twoCodes, nil, "ada", reasons{"ADA15": attribution.ReasonCodeOwner, "BRUNO10": attribution.ReasonCodeOutranked}},
		"refersion: bought on the day after the cookie days": {
			"refersion", paidOrder(), with(clickOn("ada", 31*day)), "-", reasons{"ada": attribution.ReasonClickTooOld}},

		"everflow: the partner that drove the click, whatever the code": {
			"everflow", paidOrder("ADA15"), with(clickOn("bruno", day)), "bruno", reasons{"ADA15": attribution.ReasonCodeOutranked, "bruno": attribution.ReasonLastClick}},
		"everflow: the code where there is no click": {
			"everflow", paidOrder("ADA15"), nil, "ada", reasons{"ADA15": attribution.ReasonCodeOwner}},
		"everflow: the cookie lasts 90 days, to the end": {
			"everflow", paidOrder(), with(clickOn("ada", 90*day-1)), "ada", reasons{"ada": attribution.ReasonLastClick}},
		"everflow: and not a moment longer": {
			"everflow", paidOrder(), with(clickOn("ada", 90*day)), "-", reasons{"ada": attribution.ReasonClickTooOld}},

		"redtrack: coupons override any click": {
			"redtrack", paidOrder("ADA15"), with(clickOn("bruno", time.Minute)), "ada", reasons{"ADA15": attribution.ReasonCodeOwner, "bruno": attribution.ReasonClickOutranked}},
		"redtrack: without a coupon the click": {
			"redtrack", paidOrder(), with(clickOn("bruno", time.Minute)), "bruno", reasons{"bruno": attribution.ReasonLastClick}},

		"dub: a known customer before a code": {
			"dub", paidOrder("BRUNO10"), known(broughtBefore("ada", 100*day)), "ada", reasons{"BRUNO10": attribution.ReasonCodeOutranked, "shop:7": attribution.ReasonBoundCustomer}},
		"dub: a code before a click": {
			"dub", paidOrder("ADA15"), with(clickOn("bruno", day)), "ada", reasons{"ADA15": attribution.ReasonCodeOwner, "bruno": attribution.ReasonClickOutranked}},
		"dub: of several codes the newest": {
			"dub", twoCodes, nil, "bruno", reasons{"ADA15": attribution.ReasonCodeOutranked, "BRUNO10": attribution.ReasonCodeOwner}},
		"dub: the cookie is overwritten by the last click": {
			"dub", paidOrder(), with(clickOn("ada", 80*day), clickOn("bruno", 70*day)), "bruno", reasons{"ada": attribution.ReasonClickOutranked, "bruno": attribution.ReasonLastClick}},
		"dub: the first partner keeps the customer": {
			"dub", paidOrder(), known(broughtBefore("ada", 100*day), attribution.PastCredit{Order: "shop:8", Creator: "bruno", Campaign: "autumn", At: placed.Add(-10 * day)}), "ada",
			reasons{"shop:7": attribution.ReasonBoundCustomer, "shop:8": attribution.ReasonOutranked}},

		"collabs: a purchase by code": {
			"shopify-collabs", paidOrder("ADA15"), nil, "ada", reasons{"ADA15": attribution.ReasonCodeOwner}},
		"collabs: a purchase by link": {
			"shopify-collabs", paidOrder(), with(clickOn("ada", 29*day)), "ada", reasons{"ada": attribution.ReasonLastClick}},

		"ga4: a direct visit takes nothing from the click before it": {
			"ga4-last-non-direct", paidOrder(), with(clickOn("ada", 80*day)), "ada", reasons{"ada": attribution.ReasonLastClick}},
		"ga4: the last channel wins, a creator's or not": {
			"ga4-last-non-direct", paidOrder(), with(clickOn("ada", 2*day), searched(day)), "-", reasons{"ada": attribution.ReasonClickOutranked, "search": attribution.ReasonOtherChannel}},
		"ga4: a creator after the search": {
			"ga4-last-non-direct", paidOrder(), with(clickOn("ada", day), searched(2*day)), "ada", reasons{"ada": attribution.ReasonLastClick, "search": attribution.ReasonUnknown}},
		"ga4: only direct visits leave nobody": {
			"ga4-last-non-direct", paidOrder(), nil, "-", nil},
		"ga4: the look-back ends after 90 days": {
			"ga4-last-non-direct", paidOrder(), with(clickOn("ada", 90*day)), "-", reasons{"ada": attribution.ReasonClickTooOld}},
		"ga4: a code is no channel": {
			"ga4-last-non-direct", paidOrder("ADA15"), nil, "-", reasons{"ADA15": attribution.ReasonNoRule}},

		"first click": {
			"first-click", paidOrder(), with(clickOn("ada", 3*day), clickOn("bruno", day)), "ada", reasons{"ada": attribution.ReasonFirstClick, "bruno": attribution.ReasonClickOutranked}},
		"last click": {
			"last-click", paidOrder(), with(clickOn("ada", 3*day), clickOn("bruno", day)), "bruno", reasons{"ada": attribution.ReasonClickOutranked, "bruno": attribution.ReasonLastClick}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := attribution.Decide(tt.order, tt.history, presetBook(t), presetNamed(t, tt.preset))
			conserves(t, d)
			if got := credited(d); got != tt.want {
				t.Errorf("credited %s, want %s\n%s", got, tt.want, d.Explain())
			}
			if diff := cmp.Diff(tt.reasons, verdictOf(d).Reasons); diff != "" {
				t.Errorf("reasons (-want +got):\n%s", diff)
			}
		})
	}
}

// TestNoPresetCreditsTwice: whatever the evidence, no preset gives away more than one
// order, where other systems book a conversion by link beside one by code.
func TestNoPresetCreditsTwice(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(7, 8))
	book := policyBook(t)
	for range 300 {
		o, touches := randomEvidence(rng)
		h := randomHistory(rng, touches)
		for _, p := range attribution.Presets() {
			d := attribution.Decide(o, h, book, p.Policy)
			conserves(t, d)
			if p.Name != "byline" && len(d.Credits) > 1 {
				t.Fatalf("%s shares an order: %s", p.Name, credited(d))
			}
		}
	}
}
