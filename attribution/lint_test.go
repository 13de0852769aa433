package attribution_test

import (
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
	"github.com/bylinehq/byline/internal/promise"
)

// lintOf writes findings as "severity code path".
func lintOf(p attribution.Policy) []string {
	var found []string
	for _, f := range p.Lint() {
		found = append(found, fmt.Sprintf("%s %s %s", f.Severity, f.Code, f.Path))
	}
	return found
}

func manualFirst(rules ...attribution.Rule) attribution.Policy {
	return own(append([]attribution.Rule{{Evidence: evidence(byManual)}}, rules...)...)
}

func lintCases() map[string]struct {
	policy attribution.Policy
	want   []string
} {
	type (
		rule   = attribution.Rule
		policy = attribution.Policy
	)
	codes, clicks := rule{Evidence: evidence(byCode)}, rule{Evidence: evidence(byClick)}
	with := func(p policy, change func(*policy)) policy {
		change(&p)
		return p
	}
	trusting := func(rules ...attribution.TrustRule) policy {
		return policy{Version: "own/1", Trust: rules}
	}
	return map[string]struct {
		policy policy
		want   []string
	}{
		"the default": {policy{}, nil},
		"a rule twice": {
			manualFirst(codes, clicks, clicks), []string{"warning policy.unreachable rules[3]"}},
		"a narrower window later": {
			manualFirst(codes, rule{Evidence: evidence(byClick, byUTM), WindowDays: 30}, rule{Evidence: evidence(byClick), WindowDays: 7}),
			[]string{"warning policy.unreachable rules[3]"}},
		"a wider window later": {
			manualFirst(codes, rule{Evidence: evidence(byClick), WindowDays: 7}, rule{Evidence: evidence(byClick), WindowDays: 30}), nil},
		"verified only, later": {
			manualFirst(codes, clicks, rule{Evidence: evidence(byClick), VerifiedOnly: true}), []string{"warning policy.unreachable rules[3]"}},
		"verified only, first": {
			manualFirst(codes, rule{Evidence: evidence(byClick), VerifiedOnly: true}, clicks), nil},
		"new customers first": {
			manualFirst(rule{Evidence: evidence(byCode), Customers: attribution.NewCustomer}, codes, clicks), nil},
		"new customers later": {
			manualFirst(codes, rule{Evidence: evidence(byCode), Customers: attribution.NewCustomer}, clicks), []string{"warning policy.unreachable rules[2]"}},
		"codes that need a click later": {
			manualFirst(codes, rule{Evidence: evidence(byCode), Needs: attribution.NeedsClick}, clicks),
			[]string{"warning policy.unreachable rules[2]", "warning policy.codes_need_click rules[2].needs"}},
		"codes that need a click first": {
			manualFirst(rule{Evidence: evidence(byCode), Needs: attribution.NeedsClick}, codes, clicks),
			[]string{"warning policy.codes_need_click rules[1].needs"}},
		"two rules take what a third is for": {
			manualFirst(codes, rule{Evidence: evidence(byClick)}, rule{Evidence: evidence(byUTM)}, rule{Evidence: evidence(byUTM, byClick)}),
			[]string{"warning policy.unreachable rules[4]"}},
		"one kind of two": {
			manualFirst(codes, clicks, rule{Evidence: evidence(byClick, byUTM)}), []string{"warning policy.shadowed_evidence rules[3].evidence[0]"}},
		"a rule that nobody passes may still end the search": {
			manualFirst(codes, clicks, rule{Evidence: evidence(byClick), AllChannels: true}, rule{Evidence: evidence(bySurvey)}),
			[]string{"warning policy.shadowed_evidence rules[3].evidence[0]"}},

		"the winning click, and no clicks": {
			manualFirst(rule{Evidence: evidence(byCode), Needs: attribution.NeedsWinningClick}, rule{Evidence: evidence(bySurvey)}),
			[]string{"blocker policy.winner_without_clicks rules[1].needs"}},
		"any click, and no clicks": {
			manualFirst(rule{Evidence: evidence(byCode), Needs: attribution.NeedsClick}),
			[]string{"info policy.clicks_uncredited rules[1].needs", "warning policy.codes_need_click rules[1].needs"}},
		"codes need a click": {
			manualFirst(rule{Evidence: evidence(byCode), Needs: attribution.NeedsWinningClick}, clicks),
			[]string{"warning policy.codes_need_click rules[1].needs"}},
		"codes need a click, behind clicks": {
			manualFirst(clicks, rule{Evidence: evidence(byCode), Needs: attribution.NeedsWinningClick}),
			[]string{"warning policy.confirmation_behind_clicks rules[2].needs", "warning policy.codes_need_click rules[2].needs", "info policy.codes_outranked rules[2]"}},
		"codes behind bindings and clicks": {
			manualFirst(rule{Evidence: evidence(byBinding)}, clicks, codes), []string{"info policy.codes_outranked rules[3]"}},
		"codes behind all channels": {
			manualFirst(rule{Evidence: evidence(byClick, byUTM), AllChannels: true}, codes), []string{"warning policy.all_channels_before_codes rules[1].all_channels"}},
		"all channels behind codes": {
			manualFirst(codes, rule{Evidence: evidence(byClick, byUTM), AllChannels: true}), nil},
		"no codes": {
			manualFirst(clicks), []string{"warning policy.codes_uncredited rules"}},
		"views": {
			manualFirst(codes, rule{Evidence: evidence(byClick, byView)}), []string{"warning policy.views_paid rules[2].evidence"}},
		"bindings of new customers": {
			manualFirst(codes, rule{Evidence: evidence(byBinding), Customers: attribution.NewCustomer}), []string{"warning policy.binding_of_new rules[2].customers"}},
		"clicks beside bindings": {
			manualFirst(codes, rule{Evidence: evidence(byClick, byBinding), WindowDays: 30}), nil},
		"only new and returning customers": {
			manualFirst(rule{Evidence: evidence(byCode), Customers: attribution.NewCustomer}, rule{Evidence: evidence(byClick), Customers: attribution.ReturningCustomer}),
			[]string{"warning policy.unknown_customers rules"}},

		"a cool-down beyond the binding": {
			with(manualFirst(codes, rule{Evidence: evidence(byBinding), WindowDays: 30}, clicks), func(p *policy) { p.CoolDownDays = 30 }),
			[]string{"warning policy.cool_down_ends_binding rules[2].evidence[0]"}},
		"a cool-down within the binding": {
			with(manualFirst(codes, rule{Evidence: evidence(byBinding), WindowDays: 31}, clicks), func(p *policy) { p.CoolDownDays = 30 }), nil},
		"nobody": {
			with(own(rule{Evidence: evidence(byBinding), WindowDays: 30}), func(p *policy) { p.CoolDownDays = 40 }),
			[]string{"warning policy.cool_down_ends_binding rules[0].evidence[0]", "blocker policy.credits_nobody rules", "warning policy.codes_uncredited rules", "info policy.assignment_missing rules"}},
		"every channel": {
			policy{Version: "own/1", Exclude: attribution.Exclusions{Channels: []attribution.Channel{attribution.API, attribution.Online, attribution.InStore, attribution.Draft}}},
			[]string{"blocker policy.excludes_everything exclude"}},
		"every channel but one": {
			policy{Version: "own/1", Exclude: attribution.Exclusions{Channels: []attribution.Channel{attribution.API, attribution.InStore, attribution.Draft}}}, nil},

		"no assignments": {
			own(codes, clicks), []string{"info policy.assignment_missing rules"}},
		"no assignments to release what is held": {
			with(own(codes, clicks), func(p *policy) { p.Trust = []attribution.TrustRule{{Signal: "leak", Mode: attribution.Hold}} }),
			[]string{"warning policy.assignment_missing rules"}},
		"assignments behind codes": {
			own(codes, rule{Evidence: evidence(byManual)}, clicks), []string{"warning policy.assignment_outranked rules[1]"}},
		"assignments for some": {
			own(rule{Evidence: evidence(byManual), Customers: attribution.NewCustomer}, codes), []string{"warning policy.assignment_limited rules[0].customers"}},

		"a window of codes": {
			manualFirst(rule{Evidence: evidence(byCode), WindowDays: 7}, clicks), []string{"warning policy.unused rules[1].window_days"}},
		"verified claims": {
			manualFirst(codes, rule{Evidence: evidence(bySurvey), VerifiedOnly: true}), []string{"warning policy.unused rules[2].verified_only"}},
		"all channels of claims": {
			manualFirst(codes, rule{Evidence: evidence(bySurvey), AllChannels: true}), []string{"warning policy.unused rules[2].all_channels"}},
		"several codes, and every rule has its pick": {
			with(manualFirst(rule{Evidence: evidence(byCode), Pick: attribution.LargestDiscount}), func(p *policy) { p.SeveralCodes = attribution.SmallestDiscount }),
			[]string{"warning policy.unused several_codes"}},
		"several codes of the default rules": {
			policy{Version: "own/1", SeveralCodes: attribution.SmallestDiscount, ClickWindowDays: 7}, nil},
		"a window of clicks, and every rule has its own": {
			with(manualFirst(codes, rule{Evidence: evidence(byClick), WindowDays: 7}, rule{Evidence: evidence(byBinding)}), func(p *policy) { p.ClickWindowDays = 14 }),
			[]string{"warning policy.unused click_window_days"}},

		"a window of clicks that only confirm": {
			with(manualFirst(rule{Evidence: evidence(byCode), Needs: attribution.NeedsClick}), func(p *policy) { p.ClickWindowDays = 14 }),
			[]string{"info policy.clicks_uncredited rules[1].needs", "warning policy.codes_need_click rules[1].needs"}},

		"trust as it is meant": {
			trusting(attribution.TrustRule{Signal: "leak", Mode: attribution.Hold, MinScore: 50}, attribution.TrustRule{Signal: "leak", Mode: attribution.Withhold, MinScore: 90},
				attribution.TrustRule{Signal: "self_dealing", Mode: attribution.Hold}), nil},
		"a signal of another's": {
			trusting(attribution.TrustRule{Signal: "leek", Mode: attribution.Hold}), []string{"info policy.trust_unknown_signal trust[0].signal"}},
		"any doubt withholds": {
			trusting(attribution.TrustRule{Signal: "leak", Mode: attribution.Withhold}), []string{"warning policy.trust_any_score trust[0].min_score"}},
		"a stricter rule, wherever it stands": {
			trusting(attribution.TrustRule{Signal: "leak", Mode: attribution.Hold, MinScore: 90}, attribution.TrustRule{Signal: "leak", Mode: attribution.Withhold, MinScore: 90}),
			[]string{"warning policy.trust_shadowed trust[0]"}},
		"a stricter rule that spares what was clicked": {
			trusting(attribution.TrustRule{Signal: "leak", Mode: attribution.Hold, MinScore: 90}, attribution.TrustRule{Signal: "leak", Mode: attribution.Withhold, MinScore: 90, UnlessClick: true}), nil},
		"the same rule twice": {
			trusting(attribution.TrustRule{Signal: "leak", Mode: attribution.Hold}, attribution.TrustRule{Signal: "leak", Mode: attribution.Hold}),
			[]string{"warning policy.trust_shadowed trust[1]"}},
		"observing does not exempt": {
			trusting(attribution.TrustRule{Signal: "leak", Mode: attribution.Observe, UnlessClick: true}, attribution.TrustRule{Signal: "leak", Mode: attribution.Hold, MinScore: 90}),
			[]string{"warning policy.unused trust[0].unless_click", "warning policy.trust_shadowed trust[0]"}},
	}
}

func TestLint(t *testing.T) {
	t.Parallel()
	for name, tt := range lintCases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.NoError(t, tt.policy.Validate())
			if diff := cmp.Diff(tt.want, lintOf(tt.policy)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			for _, f := range tt.policy.Lint() {
				if f.Message == "" || f.Fix == "" && f.Severity != byline.Info {
					t.Errorf("%s says too little: %+v", f.Code, f)
				}
			}
		})
	}
}

// TestLintCodesAreTried: each code that the doc comment promises has a policy that
// brings it about, and no other code exists.
func TestLintCodesAreTried(t *testing.T) {
	t.Parallel()
	var tried []string
	for _, tt := range lintCases() {
		for _, f := range tt.policy.Lint() {
			tried = append(tried, f.Code)
		}
	}
	slices.Sort(tried)
	if diff := cmp.Diff(promise.Codes(t, "lint.go", "Lint"), slices.Compact(tried)); diff != "" {
		t.Errorf("codes promised and tried (-promised +tried):\n%s", diff)
	}
}

func TestPresetsLintWithoutBlockers(t *testing.T) {
	t.Parallel()
	for _, p := range attribution.Presets() {
		for _, f := range p.Policy.Lint() {
			if f.Severity == byline.Blocker || f.Code == "policy.unused" || f.Code == "policy.unreachable" || f.Code == "policy.shadowed_evidence" {
				t.Errorf("%s: %+v", p.Name, f)
			}
		}
	}
	if found := attribution.Presets()[0].Policy.Lint(); len(found) > 0 {
		t.Errorf("the default: %+v", found)
	}
}

// crowdedPolicy has rules that often stand in each other's way.
func crowdedPolicy(rng *rand.Rand) attribution.Policy {
	kinds := []attribution.EvidenceKind{byClick, byUTM, byPage, byBinding, bySurvey, byManual, byView}
	p := attribution.Policy{Version: "crowded/1", ClickWindowDays: rng.IntN(3) * 10, CoolDownDays: []int{0, 0, 5, 15, 40}[rng.IntN(5)]}
	for range 1 + rng.IntN(5) {
		r := attribution.Rule{
			Customers:  []attribution.CustomerStatus{"", "", attribution.NewCustomer, attribution.ReturningCustomer}[rng.IntN(4)],
			WindowDays: []int{0, 3, 20, 400}[rng.IntN(4)],
		}
		if rng.IntN(3) == 0 {
			r.Evidence = evidence(byCode)
			r.Needs = []attribution.Confirmation{"", attribution.NeedsClick, attribution.NeedsWinningClick}[rng.IntN(3)]
		} else {
			rng.Shuffle(len(kinds), func(i, j int) { kinds[i], kinds[j] = kinds[j], kinds[i] })
			r.Evidence = evidence(slices.Clone(kinds[:1+rng.IntN(3)])...)
			r.VerifiedOnly, r.AllChannels = rng.IntN(4) == 0, rng.IntN(4) == 0
			if r.WindowDays == 0 && len(r.Evidence) > 1 {
				r.WindowDays = 10 // bindings and clicks together need one
			}
		}
		p.Rules = append(p.Rules, r)
	}
	return p
}

// crowdedOrder carries evidence of every kind.
func crowdedOrder(rng *rand.Rand) (attribution.Order, *attribution.History) {
	o, touches := randomEvidence(rng)
	h := randomHistory(rng, touches)
	for i := range h.Touches {
		h.Touches[i].Verified = rng.IntN(2) == 0
	}
	for i := range rng.IntN(3) {
		o.Claims = append(o.Claims, attribution.Claim{ID: []string{"a", "b"}[i], Kind: []attribution.EvidenceKind{bySurvey, byManual}[rng.IntN(2)],
			Creator: []byline.CreatorID{"ada", "bruno"}[rng.IntN(2)], Campaign: "autumn", Author: "demo colleague", Reason: "x", At: placed, AsOf: placed})
	}
	for i := range h.Credits {
		h.Credits[i].At = placed.Add(-time.Duration(rng.IntN(60)) * day)
	}
	return o, h
}

// TestWhatLintCallsUnreachableNeverWins: over random policies and orders, a rule that is
// called unreachable never decides, and evidence that is called shadowed or cooled down
// is never what a rule credits.
func TestWhatLintCallsUnreachableNeverWins(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(11, 12))
	book := policyBook(t)
	tried, decided := map[string]int{}, 0
	for range 600 {
		policy := crowdedPolicy(rng)
		require.NoError(t, policy.Validate())
		decider, err := attribution.NewDecider(book, policy)
		require.NoError(t, err)
		dead := deadEvidence(policy, tried)
		for range 60 {
			o, h := crowdedOrder(rng)
			d := decider.Decide(o, h)
			if d.Rule == 0 {
				continue
			}
			decided++
			for _, c := range d.Candidates {
				if c.Accepted && c.Reason != attribution.ReasonClickCorroborates && dead[deadEnd{d.Rule - 1, c.Kind}] {
					t.Fatalf("rules[%d] credits %s, which lint says it can't:\n%+v\n%v", d.Rule-1, c.Kind, policy, lintOf(policy))
				}
			}
		}
	}
	for _, code := range []string{"policy.unreachable", "policy.shadowed_evidence", "policy.cool_down_ends_binding", "policy.winner_without_clicks", "policy.credits_nobody"} {
		if tried[code] < 3 {
			t.Errorf("%s was met %d times: the property is hardly tried", code, tried[code])
		}
	}
	if decided < 10_000 {
		t.Errorf("only %d orders were credited", decided)
	}
}

// deadEnd is a kind of evidence in a rule.
type deadEnd struct {
	rule int
	kind attribution.EvidenceKind
}

// deadEvidence reads from the findings what can never be credited.
func deadEvidence(p attribution.Policy, tried map[string]int) map[deadEnd]bool {
	dead := map[deadEnd]bool{}
	for _, f := range p.Lint() {
		tried[f.Code]++
		var rule, kind int
		switch f.Code {
		case "policy.unreachable", "policy.winner_without_clicks":
			fmt.Sscanf(strings.TrimSuffix(f.Path, ".needs"), "rules[%d]", &rule) //nolint:errcheck // a path of another shape leaves rules[0], and the test fails
			for _, k := range p.Rules[rule].Evidence {
				dead[deadEnd{rule, k}] = true
			}
		case "policy.shadowed_evidence", "policy.cool_down_ends_binding":
			fmt.Sscanf(f.Path, "rules[%d].evidence[%d]", &rule, &kind) //nolint:errcheck // see above
			dead[deadEnd{rule, p.Rules[rule].Evidence[kind]}] = true
		case "policy.credits_nobody":
			for i, r := range p.Rules {
				for _, k := range r.Evidence {
					dead[deadEnd{i, k}] = true
				}
			}
		}
	}
	return dead
}

func TestLintNamesTheRulesInTheWay(t *testing.T) {
	t.Parallel()
	found := own(attribution.Rule{Evidence: evidence(byManual)}, attribution.Rule{Evidence: evidence(byCode)}, attribution.Rule{Evidence: evidence(byUTM)},
		attribution.Rule{Evidence: evidence(byClick)}, attribution.Rule{Evidence: evidence(byClick, byUTM)}).Lint()
	want := []byline.Finding{{Code: "policy.unreachable", Severity: byline.Warning, Path: "rules[4]",
		Message: "this rule never credits anyone: all that it accepts is taken before it, by rules[2] and rules[3]", Fix: "take it out, or put it earlier"}}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

// TestLintOfAnythingDoesNotPanic: a policy that Validate refuses is looked at all the
// same.
func TestLintOfAnythingDoesNotPanic(t *testing.T) {
	t.Parallel()
	for _, p := range []attribution.Policy{
		own(attribution.Rule{}), own(attribution.Rule{Evidence: evidence("")}, attribution.Rule{Evidence: evidence(byCode, byCode, byClick), Needs: "x", WindowDays: -1 << 60}),
		{Rules: make([]attribution.Rule, 300), Trust: make([]attribution.TrustRule, 300), CoolDownDays: -1},
		{Trust: []attribution.TrustRule{{Mode: "x"}, {Mode: "x"}}},
	} {
		p.Lint()
	}
}
