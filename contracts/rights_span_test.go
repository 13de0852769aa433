package contracts_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

func TestWindows(t *testing.T) {
	t.Parallel()
	revoked := sparkCode(date(4, 10), time.Time{})
	revoked.Status = contracts.PermissionRevoked
	elsewhere := sparkCode(date(3, 1), date(6, 1))
	elsewhere.Markets = []byline.Market{"AT"}
	again := website()
	again.ID, again.Term = "again", contracts.Term{From: contracts.FromDate, Start: date(8, 1), End: date(9, 1)}
	rights := rightsOf(t, granting(t, again, website(), spark()))
	web := []byline.Window{{Start: date(3, 1), End: inBerlin(t, 6, 1, 1)}, {Start: date(8, 1), End: date(9, 1)}}
	type windows struct{ Contract, Platform []byline.Window }
	tests := map[string]struct {
		permissions []contracts.PlatformPermission
		use         contracts.Use
		want        windows
	}{
		"no permission needed": {nil, webUse(), windows{web, []byline.Window{{}}}},
		"not granted":          {nil, contracts.Use{Channel: contracts.ChannelTV, Market: "DE"}, windows{nil, []byline.Window{{}}}},
		"no code":              {nil, contracts.Use{Channel: contracts.ChannelSparkAd, Market: "DE"}, windows{[]byline.Window{{Start: date(3, 1), End: date(5, 30)}}, nil}},
		"codes": {
			[]contracts.PlatformPermission{sparkCode(date(4, 1), date(5, 1)), elsewhere, revoked, sparkCode(date(3, 1), date(4, 1))}, contracts.Use{Channel: contracts.ChannelSparkAd, Market: "DE"},
			windows{[]byline.Window{{Start: date(3, 1), End: date(5, 30)}}, []byline.Window{{Start: date(3, 1), End: date(4, 10)}}},
		},
	}
	for name, tt := range tests {
		asset := reelAsset()
		asset.Permissions = tt.permissions
		var got windows
		got.Contract, got.Platform = rights.Windows(asset, tt.use)
		if diff := cmp.Diff(tt.want.Platform, got.Platform) + cmp.Diff(len(tt.want.Contract), len(got.Contract)); diff != "" || !slices.EqualFunc(tt.want.Contract, got.Contract, sameWindow) {
			t.Errorf("%s: %v (-want +got):\n%s", name, got.Contract, diff)
		}
	}
}

func sameWindow(a, b byline.Window) bool { return a.Start.Equal(b.Start) && a.End.Equal(b.End) }

// A use may run exactly in the windows that both give.
func TestWindowsAreThoseOfMayUse(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(17, 1))
	for range 1000 {
		rights := rightsOf(t, granting(t, randomGrants(r)...))
		asset, use := randomAsset(r), randomUse(r)
		use.Until = time.Time{}
		contract, platform := rights.Windows(asset, use)
		contains := func(w byline.Window) bool { return w.Contains(use.At) }
		p := rights.MayUse(asset, use)
		if p.ByContract != slices.ContainsFunc(contract, contains) || p.Allowed != (p.ByContract && slices.ContainsFunc(platform, contains)) {
			t.Fatalf("contract %v, platform %v: %s", contract, platform, p.Explain())
		}
	}
}
