package odrl_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/contracts/odrl"
)

// An agreement goes out as a file and comes back as its grants.
func TestExportOfAgreement(t *testing.T) {
	t.Parallel()
	agreed := terms()
	agreed.Effective = byline.Window{Start: date(2026, 1, 1)}
	agreed.Pay = contracts.Pay{Fees: []contracts.Fee{{ID: "fee", Amount: byline.Minor(50_000, byline.EUR)}}}
	agreement, err := contracts.Draft(agreed)
	require.NoError(t, err)
	document, err := odrl.Export(agreement, "demo.example")
	require.NoError(t, err)
	policy, err := odrl.Import(document, nil)
	require.NoError(t, err)
	grants, err := policy.Grants()
	require.NoError(t, err)
	if diff := cmp.Diff(agreed.Grants, grants); diff != "" {
		t.Errorf("grants (-want +got):\n%s", diff)
	}
	again, err := odrl.Export(agreement, "demo.example")
	require.NoError(t, err)
	if string(document) != string(again) || document[len(document)-1] != '\n' {
		t.Errorf("written twice:\n%s\n%s", document, again)
	}
	_, err = odrl.Export(agreement, "")
	require.ErrorIs(t, err, byline.ErrInvalid)
}
