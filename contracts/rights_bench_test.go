package contracts_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/contracts"
)

// tenThousand is 1,000 agreements of 10 grants each, over 20,000 assets.
func tenThousand(b *testing.B) *contracts.Rights {
	b.Helper()
	var all []*contracts.Agreement
	for i := range 1000 {
		terms := granting(b).Terms()
		terms.ID = contracts.AgreementID(fmt.Sprintf("ag-%d", i))
		for j := range 10 {
			g := website()
			g.ID = contracts.GrantID(fmt.Sprintf("g-%d", j))
			if j > 0 {
				g.Assets = []contracts.AssetID{contracts.AssetID(fmt.Sprintf("asset-%d-%d", i, j)), contracts.AssetID(fmt.Sprintf("asset-%d-%d", i, j+10))}
			}
			terms.Grants = append(terms.Grants, g)
		}
		a, err := contracts.Draft(terms)
		require.NoError(b, err)
		all = append(all, a)
	}
	r, err := contracts.NewRights(all...)
	require.NoError(b, err)
	return r
}

func BenchmarkRightsMayUse(b *testing.B) {
	rights := tenThousand(b)
	asset, denied := contracts.Asset{ID: "asset-500-5", Agreement: "ag-500", Creator: "ada"}, webUse()
	denied.Market = "FR"
	for name, use := range map[string]contracts.Use{"allowed": webUse(), "denied": denied} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if rights.MayUse(asset, use).Allowed != (name == "allowed") {
					b.Fatal("wrong")
				}
			}
		})
	}
}

// One agreement with 10,000 grants, each for an asset of its own.
func BenchmarkRightsMayUseOneAgreement(b *testing.B) {
	var grants []contracts.Grant
	for i := range 10000 {
		g := website()
		g.ID = contracts.GrantID(fmt.Sprintf("g-%d", i))
		g.Assets = []contracts.AssetID{contracts.AssetID(fmt.Sprintf("asset-%d", i))}
		grants = append(grants, g)
	}
	rights, err := contracts.NewRights(granting(b, grants...))
	require.NoError(b, err)
	asset := contracts.Asset{ID: "asset-5000", Agreement: "ag-ada", Creator: "ada"}
	b.ReportAllocs()
	for b.Loop() {
		if !rights.MayUse(asset, webUse()).Allowed {
			b.Fatal("wrong")
		}
	}
}

func BenchmarkNewRights(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		var all []*contracts.Agreement
		for i := range 1000 {
			terms := granting(b, website(), spark()).Terms()
			terms.ID = contracts.AgreementID(fmt.Sprintf("ag-%d", i))
			a, err := contracts.Draft(terms)
			require.NoError(b, err)
			all = append(all, a)
		}
		b.StartTimer()
		_, err := contracts.NewRights(all...)
		require.NoError(b, err)
	}
}
