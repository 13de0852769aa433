package attribution_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/golden"
)

// fullPolicy sets every field there is.
func fullPolicy() attribution.Policy {
	return attribution.Policy{
		Version: "full/1", Campaign: "autumn", ClickWindowDays: 14, SeveralCodes: attribution.LargestDiscount, CoolDownDays: 3,
		Rules: []attribution.Rule{
			{Evidence: evidence(byManual)},
			{Evidence: evidence(byCode), Pick: attribution.PickNewest, Needs: attribution.NeedsClick, Customers: attribution.NewCustomer},
			{Evidence: evidence(byClick, byUTM), Pick: attribution.PickLast, WindowDays: 7, VerifiedOnly: true, AllChannels: true},
			{Evidence: evidence(byPage), Pick: attribution.PickByPosition, Weights: &attribution.PositionWeights{First: 50, Middle: 10, Last: 40}},
		},
		Exclude: attribution.Exclusions{Products: []string{"p"}, Collections: []string{"sale"}, Channels: []attribution.Channel{attribution.Draft, attribution.Online},
			Staff: true, Wholesale: true, Renewals: true},
		Trust: []attribution.TrustRule{{Signal: "leak", Mode: attribution.Hold, MinScore: 80, UnlessClick: true}},
	}
}

// TestPolicyIsStableJSON: a policy is stored for years, and has to be read as it was.
func TestPolicyIsStableJSON(t *testing.T) {
	t.Parallel()
	text, err := json.MarshalIndent(fullPolicy(), "", "  ")
	require.NoError(t, err)
	golden.Equal(t, "policy_read.golden.json", append(text, '\n'))
	for name, p := range map[string]attribution.Policy{"full": fullPolicy(), "zero": {}, "defaults": attribution.Policy{}.WithDefaults()} {
		text, err := json.Marshal(p)
		require.NoError(t, err)
		back, err := attribution.ParsePolicy(text)
		require.NoError(t, err)
		if diff := cmp.Diff(p, back); diff != "" {
			t.Errorf("%s, round trip (-want +got):\n%s", name, diff)
		}
	}
	for _, p := range attribution.Presets() {
		text, err := json.Marshal(p.Policy)
		require.NoError(t, err)
		back, err := attribution.ParsePolicy(text)
		require.NoError(t, err)
		if diff := cmp.Diff(p.Policy, back); diff != "" {
			t.Errorf("%s, round trip (-want +got):\n%s", p.Name, diff)
		}
	}
}

func TestParsePolicyFaults(t *testing.T) {
	t.Parallel()
	fault := func(path, code string) *byline.FieldError { return &byline.FieldError{Path: path, Code: code} }
	list := func(faults ...*byline.FieldError) []*byline.FieldError { return faults }
	tests := map[string]struct {
		text string
		want []*byline.FieldError
	}{
		"nothing":                     {``, list(fault("", "policy.json"))},
		"two documents":               {`{} {}`, list(fault("", "policy.json"))},
		"text after it":               {`{}x`, list(fault("", "policy.json"))},
		"broken off":                  {`{"version":`, list(fault("", "policy.json"))},
		"a comma too many":            {`{"version":"x/1",}`, list(fault("", "policy.json"))},
		"not UTF-8":                   {"{\"version\":\"x\xff\"}", list(fault("", "policy.json"))},
		"too long":                    {`{"version":"` + strings.Repeat("x", 1<<20) + `"}`, list(fault("", "policy.size"))},
		"a list":                      {`[]`, list(fault("", "policy.type"))},
		"null":                        {`null`, list(fault("", "policy.type"))},
		"text":                        {`"byline/1"`, list(fault("", "policy.type"))},
		"a slip":                      {`{"click_windw_days":7}`, list(fault("click_windw_days", "policy.unknown_field"))},
		"upper case":                  {`{"Version":"x/1"}`, list(fault("Version", "policy.unknown_field"))},
		"the name in Go":              {`{"ClickWindowDays":7}`, list(fault("ClickWindowDays", "policy.unknown_field"))},
		"a name that speaks":          {`{"ada@shop.example":{"rules":[[1,{"a":2}]]}}`, list(fault("", "policy.unknown_field"))},
		"no name":                     {`{"":1}`, list(fault("", "policy.unknown_field"))},
		"a slip in a rule":            {`{"version":"x/1","rules":[{"evidence":["code"],"neds":"any_click"}]}`, list(fault("rules[0].neds", "policy.unknown_field"))},
		"a slip in weights":           {`{"version":"x/1","rules":[{"evidence":["click"],"pick":"split_by_position","weights":{"first":1,"mid":2}}]}`, list(fault("rules[0].weights.mid", "policy.unknown_field"))},
		"twice":                       {`{"version":"x/1","version":"y/1"}`, list(fault("version", "policy.field_twice"))},
		"twice, once by an escape":    {`{"cool_down_days":1,"cool\u005fdown_days":2,"version":"x/1"}`, list(fault("cool_down_days", "policy.field_twice"))},
		"a fraction":                  {`{"version":"x/1","click_window_days":7.5}`, list(fault("click_window_days", "policy.type"))},
		"an exponent":                 {`{"version":"x/1","click_window_days":1e1}`, list(fault("click_window_days", "policy.type"))},
		"a number too large":          {`{"version":"x/1","click_window_days":99999999999999999999}`, list(fault("click_window_days", "policy.type"))},
		"a number as text":            {`{"version":"x/1","click_window_days":"7"}`, list(fault("click_window_days", "policy.type"))},
		"a word for a flag":           {`{"version":"x/1","exclude":{"staff":"yes","renewals":1}}`, list(fault("exclude.staff", "policy.type"), fault("exclude.renewals", "policy.type"))},
		"null for a field":            {`{"version":"x/1","click_window_days":null,"rules":null}`, list(fault("click_window_days", "policy.type"), fault("rules", "policy.type"))},
		"one kind of evidence":        {`{"version":"x/1","rules":[{"evidence":"code"}]}`, list(fault("rules[0].evidence", "policy.type"))},
		"a rule that is none":         {`{"version":"x/1","rules":["code"]}`, list(fault("rules[0]", "policy.type"), fault("rules[0].evidence", "policy.evidence"))},
		"an unreadable version":       {`{"version":5,"click_window_days":7}`, list(fault("version", "policy.type"))},
		"all at once, Validate's too": {`{"rules":[{"evidence":["code","telepathy"]}],"cool_down_days":-1,"campain":"x"}`, list(fault("campain", "policy.unknown_field"), fault("cool_down_days", "policy.cool_down"), fault("rules[0].evidence[0]", "policy.evidence"), fault("rules[0].evidence[1]", "policy.evidence"), fault("version", "policy.version"))},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := attribution.ParsePolicy([]byte(tt.text))
			require.ErrorIs(t, err, byline.ErrInvalid)
			if diff := cmp.Diff(tt.want, byline.Nest("", err), cmpopts.IgnoreFields(byline.FieldError{}, "Message")); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(attribution.Policy{}, p); diff != "" {
				t.Errorf("a policy beside an error:\n%s", diff)
			}
			if strings.Contains(err.Error(), "ada@") {
				t.Errorf("the error repeats what it read: %v", err)
			}
		})
	}
}

// TestParsePolicyIsBounded: a hopeless document has a short account, and takes no time in
// its square.
func TestParsePolicyIsBounded(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		text string
		code string
		want int
	}{
		"what are no rules":      {`"trust":[` + strings.Repeat(`5,`, 400_000) + `5]`, "policy.type", 50},
		"too many rules":         {`"trust":[` + strings.Repeat(`{"signal":"a","mode":"hold"},`, 30_000) + `{}]`, "policy.size", 1},
		"evidence over and over": {`"rules":[{"evidence":[` + strings.Repeat(`"code",`, 140_000) + `"code"]}]`, "policy.size", 1},
		"unknown and deep":       {`"x":` + strings.Repeat(`[`, 9_000) + strings.Repeat(`]`, 9_000), "policy.unknown_field", 1},
		"deeper than any":        {`"x":` + strings.Repeat(`[`, 400_000) + strings.Repeat(`]`, 400_000), "policy.json", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := attribution.ParsePolicy([]byte(`{"version":"x/1",` + tt.text + `}`))
			require.Error(t, err)
			found := 0
			for _, f := range byline.Nest("", err) {
				if f.Code == tt.code {
					found++
				}
			}
			if found != tt.want {
				t.Errorf("%d faults %s, want %d", found, tt.code, tt.want)
			}
		})
	}
	many := `{"version":"x/1","exclude":{"products":[` + strings.Repeat(`"p",`, 50_000) + `"p"]}}`
	p, err := attribution.ParsePolicy([]byte(many))
	require.NoError(t, err)
	if len(p.Exclude.Products) != 50_001 {
		t.Errorf("%d products", len(p.Exclude.Products))
	}
}
