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
	agreed.SignedAt, agreed.Effective = date(2026, 1, 10), byline.Window{Start: date(2026, 1, 1)}
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

// What nobody, or not everybody, has signed goes out as an offer, which neither permits nor
// grants.
func TestExportOfUnsignedAgreement(t *testing.T) {
	t.Parallel()
	agreed := terms()
	agreed.Effective = byline.Window{Start: date(2026, 1, 1)}
	agreed.Pay = contracts.Pay{Fees: []contracts.Fee{{ID: "fee", Amount: byline.Minor(50_000, byline.EUR)}}}
	agreement, err := contracts.Draft(agreed)
	require.NoError(t, err)
	for _, step := range []struct {
		role contracts.Role
		want odrl.Kind
	}{{"", odrl.Offer}, {contracts.RoleBrand, odrl.Offer}, {contracts.RoleCreator, odrl.Agreement}} {
		if step.role != "" {
			agreement, err = agreement.Sign(contracts.Signature{Role: step.role, Name: "demo", At: date(2026, 1, 10), Document: agreement.Digest()})
			require.NoError(t, err)
		}
		document, err := odrl.Export(agreement, "demo.example")
		require.NoError(t, err)
		policy := read(t, string(document))
		if policy.Kind != step.want {
			t.Errorf("after %q it is of kind %s, want %s", step.role, policy.Kind, step.want)
		}
		got := policy.Evaluate(odrl.Ask(contracts.Use{Channel: contracts.ChannelSparkAd, Market: "DE", At: date(2026, 4, 1), Credited: true},
			contracts.Asset{ID: "reel-7", Agreement: "a-2", PaidAt: date(2026, 2, 1)}, "demo.example"))
		if (got.Decision == odrl.Permit) != (step.want == odrl.Agreement) {
			t.Errorf("after %q it says %s", step.role, got.Decision)
		}
		if grants, err := policy.Grants(); (err == nil) != (step.want == odrl.Agreement) || (err == nil) != (len(grants) > 0) {
			t.Errorf("after %q there are %d grants, %v", step.role, len(grants), err)
		}
	}
}
