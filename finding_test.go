package byline_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

func TestFindingJSON(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		in   byline.Finding
		text string
	}{
		{
			"without a rule", byline.Finding{Code: "brief.no_code", Severity: byline.Info, Message: "no code to name"},
			`{"code":"brief.no_code","severity":"info","message":"no code to name"}`,
		},
		{
			"with a rule of a market",
			byline.Finding{
				Code: "brief.label", Severity: byline.Blocker, Path: "deliverables[0]", Message: "no label", Fix: "write Anzeige",
				Rule: &byline.Rule{
					ID: "de-uwg-5a", Market: "DE", Instrument: "UWG § 5a", Effective: byline.Window{Start: day(2)},
					Source: "https://law.example/uwg", ReadAt: day(3), Confidence: byline.Primary,
				},
			},
			`{"code":"brief.label","severity":"blocker","path":"deliverables[0]","message":"no label","fix":"write Anzeige",` +
				`"rule":{"id":"de-uwg-5a","market":"DE","instrument":"UWG § 5a","effective":{"start":"2026-11-02T00:00:00Z"},` +
				`"source":"https://law.example/uwg","read_at":"2026-11-03T00:00:00Z","confidence":"primary"}}`,
		},
		{
			"with a rule of a platform that nobody has read",
			byline.Finding{Code: "brief.music", Severity: byline.Warning, Rule: &byline.Rule{ID: "tiktok-music", Confidence: byline.Recalled}},
			`{"code":"brief.music","severity":"warning","message":"","rule":{"id":"tiktok-music","instrument":"","effective":{},"source":"","confidence":"recalled"}}`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			data, err := json.Marshal(tt.in)
			require.NoError(t, err)
			if diff := cmp.Diff(tt.text, string(data)); diff != "" {
				t.Errorf("JSON mismatch (-want +got):\n%s", diff)
			}
			var back byline.Finding
			require.NoError(t, json.Unmarshal(data, &back))
			if diff := cmp.Diff(tt.in, back); diff != "" {
				t.Errorf("round trip mismatch (-want +got):\n%s", diff)
			}
		})
	}
}
