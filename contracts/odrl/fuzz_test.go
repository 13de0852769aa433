package odrl_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/contracts/odrl"
)

// What is read can be written and is then read as the same; what cannot is refused with
// faults and leaves nothing. Evaluating either never panics.
func FuzzImport(f *testing.F) {
	f.Add([]byte(ad))
	for _, tt := range refused() {
		if len(tt.document) < 10_000 {
			f.Add([]byte(tt.document))
		}
	}
	for _, tt := range noGrants() {
		f.Add([]byte(tt.document))
	}
	p, err := odrl.FromTerms(terms(), "demo.example")
	require.NoError(f, err)
	text, err := json.Marshal(p)
	require.NoError(f, err)
	f.Add(text)
	f.Fuzz(func(t *testing.T, data []byte) {
		policy, err := odrl.Import(data, others())
		if err != nil {
			if len(faultsOf(err)) == 0 {
				t.Errorf("refused without a fault: %v", err)
			}
			return
		}
		written, err := json.Marshal(policy)
		require.NoError(t, err)
		again, err := odrl.Import(written, nil)
		require.NoError(t, err, "%s", written)
		if diff := cmp.Diff(policy, again); diff != "" {
			t.Fatalf("%s read again (-first +second):\n%s", written, diff)
		}
		policy.Evaluate(odrl.Ask(contracts.Use{Channel: contracts.ChannelTV, Market: "DE", At: date(2026, 4, 1)}, contracts.Asset{ID: "reel-7"}, "demo.example"))
		if grants, err := policy.Grants(); err == nil {
			exportGrants(t, grants)
		}
	})
}

// exportGrants writes what was understood as grants, and reads it.
func exportGrants(t *testing.T, grants []contracts.Grant) {
	t.Helper()
	p, err := odrl.FromTerms(contracts.Terms{ID: "a-1", Creator: "ada", Grants: grants}, "demo.example")
	if err != nil {
		// An id may be too long once it is escaped, and nothing else may be wrong.
		for _, code := range codesIn(faultsOf(err)) {
			require.Equal(t, "odrl.id", code)
		}
		return
	}
	again, err := p.Grants()
	require.NoError(t, err)
	if diff := cmp.Diff(grants, again); diff != "" {
		t.Errorf("grants (-want +got):\n%s", diff)
	}
}
