package odrl_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/contracts/odrl"
	"github.com/bylinehq/byline/internal/golden"
)

func paid(t *testing.T, at string, minor int64, c byline.Currency) []odrl.Performance {
	t.Helper()
	return []odrl.Performance{{Action: odrl.Compensate, At: instant(t, at), Amount: byline.Minor(minor, c)}}
}

// The truth table of the ad.
func TestTruthTable(t *testing.T) {
	t.Parallel()
	const start, end = "2026-03-01T00:00:00+01:00", "2026-05-30T00:00:00+02:00"
	inTime := paid(t, "2026-02-20T12:00:00Z", 150_000, byline.EUR)
	tests := map[string]struct {
		at     string
		market byline.Market
		action odrl.Action
		done   []odrl.Performance
		want   odrl.Decision
	}{
		"before the start":            {"2026-02-28T23:59:59.999999999+01:00", "DE", "byline:partnershipAd", inTime, odrl.Deny},
		"at the start":                {start, "DE", "byline:partnershipAd", inTime, odrl.Permit},
		"in the other market":         {start, "AT", "byline:partnershipAd", inTime, odrl.Permit},
		"the last instant":            {"2026-05-29T23:59:59.999999999+02:00", "DE", "byline:partnershipAd", inTime, odrl.Permit},
		"at the end":                  {end, "DE", "byline:partnershipAd", inTime, odrl.Deny},
		"in a market that is none":    {start, "CH", "byline:partnershipAd", inTime, odrl.Deny},
		"nowhere known":               {start, "", "byline:partnershipAd", inTime, odrl.Deny},
		"unpaid":                      {start, "DE", "byline:partnershipAd", nil, odrl.Deny},
		"paid at that instant":        {start, "DE", "byline:partnershipAd", paid(t, start, 150_000, byline.EUR), odrl.Deny},
		"paid afterwards":             {start, "DE", "byline:partnershipAd", paid(t, end, 150_000, byline.EUR), odrl.Deny},
		"paid in part":                {start, "DE", "byline:partnershipAd", paid(t, "2026-02-20T12:00:00Z", 149_999, byline.EUR), odrl.Deny},
		"paid in two parts":           {start, "DE", "byline:partnershipAd", append(paid(t, "2026-02-20T12:00:00Z", 100_000, byline.EUR), paid(t, "2026-02-21T12:00:00Z", 50_000, byline.EUR)...), odrl.Permit},
		"paid in another currency":    {start, "DE", "byline:partnershipAd", paid(t, "2026-02-20T12:00:00Z", 150_000, byline.USD), odrl.Deny},
		"paid in two currencies":      {start, "DE", "byline:partnershipAd", append(paid(t, "2026-02-20T12:00:00Z", 5, byline.USD), inTime...), odrl.Permit},
		"paid at a time nobody knows": {start, "DE", "byline:partnershipAd", []odrl.Performance{{Action: odrl.Compensate, Full: true}}, odrl.Deny},
		"paid for another right":      {start, "DE", "byline:partnershipAd", []odrl.Performance{{Action: odrl.Compensate, At: instant(t, "2026-02-20T12:00:00Z"), For: "urn:d:2", Full: true}}, odrl.Deny},
		"training":                    {start, "DE", "byline:aiTraining", inTime, odrl.Deny},
		"another channel":             {start, "DE", "byline:tv", inTime, odrl.Deny},
		"an action that is unknown":   {start, "DE", "byline:beam", inTime, odrl.Deny},
		"no action":                   {start, "DE", "", inTime, odrl.Deny},
	}
	policy := read(t, ad)
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := policy.Evaluate(odrl.Request{
				At: instant(t, tt.at), Actions: []odrl.Action{tt.action}, Target: "urn:asset:reel-7", Party: "urn:brand:3", Market: tt.market, Done: tt.done,
			})
			if got.Decision != tt.want {
				t.Errorf("%s, want %s: %s", got.Decision, tt.want, got.Explain())
			}
		})
	}
}

func TestWorkedExample(t *testing.T) {
	t.Parallel()
	policy := read(t, ad)
	text, err := json.MarshalIndent(policy, "", "  ")
	require.NoError(t, err)
	golden.Equal(t, "ad.golden.json", append(text, '\n'))

	report := policy.Evaluate(odrl.Request{
		At: instant(t, "2026-05-30T00:00:00+02:00"), Actions: []odrl.Action{"byline:partnershipAd"}, Target: "urn:asset:reel-7", Party: "urn:brand:3", Market: "DE",
	})
	text, err = json.MarshalIndent(report, "", "  ")
	require.NoError(t, err)
	golden.Equal(t, "ad.report.golden.json", append(text, '\n'))

	grants, err := policy.Grants()
	require.NoError(t, err)
	want := []contracts.Grant{{
		ID: "permission-1", Assets: []contracts.AssetID{"urn:asset:reel-7"}, Channels: []contracts.Channel{contracts.ChannelPartnershipAd},
		Territory: contracts.Territory{Markets: []byline.Market{"DE", "AT"}},
		Term:      contracts.Term{From: contracts.FromDate, Start: instant(t, "2026-02-28T23:00:00Z"), End: instant(t, "2026-05-29T22:00:00Z")},
		FeeFirst:  true, Fee: byline.Minor(150_000, byline.EUR),
	}}
	if diff := cmp.Diff(want, grants, cmp.Comparer(byline.Money.Equal)); diff != "" {
		t.Errorf("grants (-want +got):\n%s", diff)
	}
}

func TestExport(t *testing.T) {
	t.Parallel()
	policy, err := odrl.FromTerms(terms(), "demo.example")
	require.NoError(t, err)
	text, err := json.MarshalIndent(policy, "", "  ")
	require.NoError(t, err)
	golden.Equal(t, "terms.golden.json", append(text, '\n'))
}
