package contracts_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/internal/golden"
)

// spark is a right to Spark ads in Germany for 90 days from 1 March, UTC.
func spark() contracts.Grant {
	g := website()
	g.ID, g.Channels = "spark", []contracts.Channel{contracts.ChannelSparkAd}
	g.Term = contracts.Term{From: contracts.FromDate, Start: date(3, 1), End: date(5, 30)}
	return g
}

func sparkCode(start, end time.Time) contracts.PlatformPermission {
	return contracts.PlatformPermission{Channel: contracts.ChannelSparkAd, Status: contracts.PermissionActive, Holds: byline.Window{Start: start, End: end}}
}

// What the platform says beside a contract that allows the use.
func TestMayUsePlatform(t *testing.T) {
	t.Parallel()
	with := func(p contracts.PlatformPermission, change func(*contracts.PlatformPermission)) contracts.PlatformPermission {
		change(&p)
		return p
	}
	status := func(s contracts.PermissionStatus) []contracts.PlatformPermission {
		return []contracts.PlatformPermission{with(sparkCode(date(3, 1), date(5, 30)), func(p *contracts.PlatformPermission) { p.Status = s })}
	}
	tests := map[string]struct {
		permissions []contracts.PlatformPermission
		until       time.Time
		stop        time.Time // Permission.Until
		message     string    // of the gap; "" for none
		fix         string
	}{
		"active":                   {[]contracts.PlatformPermission{sparkCode(date(3, 1), date(5, 30))}, date(5, 30), date(5, 30), "", ""},
		"without a start":          {[]contracts.PlatformPermission{sparkCode(time.Time{}, date(6, 1))}, date(5, 30), date(5, 30), "", ""},
		"without an end":           {[]contracts.PlatformPermission{sparkCode(date(3, 1), time.Time{})}, date(5, 30), time.Time{}, "nothing says when the Spark code runs out", "say when"},
		"without, and with an end": {[]contracts.PlatformPermission{sparkCode(date(3, 1), time.Time{}), sparkCode(date(3, 1), date(3, 31))}, date(3, 31), date(3, 31), "", ""},
		"ends before":              {[]contracts.PlatformPermission{sparkCode(date(3, 1), date(3, 31))}, date(5, 30), date(3, 31), "ends at 31 Mar 2026 00:00 UTC, before the flight does", "365 days"},
		"ends, and no need":        {[]contracts.PlatformPermission{sparkCode(date(3, 1), date(3, 31))}, date(3, 31), date(3, 31), "", ""},
		"two in a row":             {[]contracts.PlatformPermission{sparkCode(date(3, 31), date(5, 30)), sparkCode(date(3, 1), date(3, 31))}, date(5, 30), date(5, 30), "", ""},
		"a gap between two":        {[]contracts.PlatformPermission{sparkCode(date(4, 1), date(5, 30)), sparkCode(date(3, 1), date(3, 31))}, date(5, 30), date(3, 31), "before the flight does", "365 days"},
		"starts later":             {[]contracts.PlatformPermission{sparkCode(date(4, 1), date(5, 30))}, date(4, 15), time.Time{}, "starts at 1 Apr 2026", "start no earlier than 1 Apr 2026"},
		"is over":                  {[]contracts.PlatformPermission{sparkCode(date(2, 1), date(3, 10))}, date(4, 9), time.Time{}, "ended at 10 Mar 2026", "30 days"},
		"empty":                    {[]contracts.PlatformPermission{sparkCode(date(4, 1), date(3, 1))}, date(4, 9), time.Time{}, "no permission", "30 days"},
		"none":                     {nil, date(3, 17), time.Time{}, "no permission", "7 days"},
		"pending":                  {status(contracts.PermissionPending), date(4, 15), time.Time{}, "pending", "60 days"},
		"revoked":                  {status(contracts.PermissionRevoked), date(4, 15), time.Time{}, "revoked", "60 days"},
		"expired":                  {status(contracts.PermissionExpired), date(4, 15), time.Time{}, "expired", "60 days"},
		"a status nobody knows":    {status("paused"), date(4, 15), time.Time{}, "no permission", "60 days"},
		"of another channel": {[]contracts.PlatformPermission{with(sparkCode(date(3, 1), date(5, 30)), func(p *contracts.PlatformPermission) { p.Channel = contracts.ChannelPartnershipAd })},
			date(4, 15), time.Time{}, "no permission", "60 days"},
		"another market": {[]contracts.PlatformPermission{with(sparkCode(date(3, 1), date(5, 30)), func(p *contracts.PlatformPermission) { p.Markets = []byline.Market{"AT"} })},
			date(4, 15), time.Time{}, "is not for DE", "60 days"},
		"this market": {[]contracts.PlatformPermission{with(sparkCode(date(3, 1), date(5, 30)), func(p *contracts.PlatformPermission) { p.Markets = []byline.Market{"AT", "DE"} })},
			date(5, 30), date(5, 30), "", ""},
	}
	rights := rightsOf(t, granting(t, spark()))
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			asset := reelAsset()
			asset.Permissions = tt.permissions
			p := rights.MayUse(asset, contracts.Use{Channel: contracts.ChannelSparkAd, Market: "DE", At: date(3, 10), Until: tt.until})
			if !p.ByContract || p.Allowed != (tt.message == "") || len(p.Reasons) > 0 || !p.Until.Equal(tt.stop) {
				t.Fatalf("by contract %t, allowed %t until %s: %s", p.ByContract, p.Allowed, p.Until, p.Explain())
			}
			if tt.message == "" {
				return
			}
			if diff := cmp.Diff([]string{"rights.permission_gap"}, denied(p)); diff != "" {
				t.Fatal(diff)
			}
			f := p.Findings[0]
			if f.Severity != byline.Blocker || f.Rule == nil || !strings.Contains(f.Message, tt.message) || !strings.Contains(f.Fix, tt.fix) {
				t.Errorf("%q, fix %q", f.Message, f.Fix)
			}
		})
	}
}

// The platform's permission is no right: without the contract nothing runs.
func TestMayUsePlatformAlone(t *testing.T) {
	t.Parallel()
	asset := reelAsset()
	asset.Permissions = []contracts.PlatformPermission{sparkCode(time.Time{}, date(6, 1))}
	p := rightsOf(t, granting(t, website())).MayUse(asset, contracts.Use{Channel: contracts.ChannelSparkAd, Market: "DE", At: date(4, 1)})
	if p.Allowed || p.ByContract || !p.From.IsZero() || !cmp.Equal(denied(p), []string{"rights.channel"}) {
		t.Errorf("%+v", p)
	}
}

func TestSparkDurations(t *testing.T) {
	t.Parallel()
	contracts.SparkDurations()[0] = 0
	if diff := cmp.Diff([]int{7, 30, 60, 365}, contracts.SparkDurations()); diff != "" {
		t.Error(diff)
	}
}

func TestPermissionExplain(t *testing.T) {
	t.Parallel()
	exclusive := website()
	exclusive.Exclusive, exclusive.Credit, exclusive.Spend = true, true, eur(100000)
	exclusive.Channels = append(exclusive.Channels, contracts.ChannelPaidSocial)
	forever := website()
	forever.ID, forever.Channels, forever.Term = "archive", []contracts.Channel{contracts.ChannelInternal}, contracts.Term{From: contracts.FromSigning, Perpetual: true}
	rights := rightsOf(t, granting(t, exclusive, spark(), forever))
	coded := reelAsset()
	coded.Permissions = []contracts.PlatformPermission{sparkCode(date(3, 1), date(3, 31))}
	use := func(c contracts.Channel, m byline.Market, at, until time.Time) contracts.Use {
		return contracts.Use{Channel: c, Market: m, At: at, Until: until, Credited: true}
	}
	var text strings.Builder
	for _, tt := range []struct {
		asset contracts.Asset
		use   contracts.Use
	}{
		{reelAsset(), use(contracts.ChannelWebsite, "DE", date(4, 1), time.Time{})},
		{reelAsset(), use(contracts.ChannelPaidSocial, "DE", date(4, 1), date(5, 1))},
		{reelAsset(), use(contracts.ChannelInternal, "DE", date(4, 1), date(5, 1))},
		{reelAsset(), use(contracts.ChannelInternal, "DE", date(4, 1), date(4, 1))},
		{reelAsset(), use(contracts.ChannelWebsite, "DE", date(5, 1), date(8, 1))},
		{reelAsset(), use(contracts.ChannelWebsite, "FR", date(4, 1), time.Time{})},
		{reelAsset(), use("", "", date(12, 1), time.Time{})},
		{coded, use(contracts.ChannelSparkAd, "DE", date(3, 10), date(4, 10))},
		{reelAsset(), use(contracts.ChannelSparkAd, "AT", date(3, 10), date(3, 12))},
		{contracts.Asset{ID: "clip", Agreement: "ag-none"}, use(contracts.ChannelTV, "DE", date(4, 1), time.Time{})},
	} {
		fmt.Fprintln(&text, rights.MayUse(tt.asset, tt.use).Explain())
	}
	golden.Equal(t, "permission.golden.txt", []byte(text.String()))
	p := rights.MayUse(coded, use(contracts.ChannelSparkAd, "AT", date(3, 10), date(4, 10)))
	data, err := json.MarshalIndent(p, "", "  ")
	require.NoError(t, err)
	golden.Equal(t, "permission.golden.json", append(data, '\n'))
}

// A revocation ends what was permitted for its channel and markets, however the platform
// orders its answer.
func TestMayUseRevokedAndActive(t *testing.T) {
	t.Parallel()
	permission := func(status contracts.PermissionStatus, start, end time.Time, markets ...byline.Market) contracts.PlatformPermission {
		return contracts.PlatformPermission{Channel: contracts.ChannelPartnershipAd, Status: status, Holds: byline.Window{Start: start, End: end}, Markets: markets}
	}
	active := permission(contracts.PermissionActive, date(1, 1), time.Time{})
	tests := map[string]struct {
		revoked contracts.PlatformPermission
		at      time.Time
		want    bool
		until   time.Time
	}{
		"an instant before":    {permission(contracts.PermissionRevoked, date(3, 15), time.Time{}), date(3, 15).Add(-1), true, date(3, 15)},
		"from then on":         {permission(contracts.PermissionRevoked, date(3, 15), time.Time{}), date(3, 15), false, time.Time{}},
		"long after":           {permission(contracts.PermissionRevoked, date(3, 15), time.Time{}), date(5, 1), false, time.Time{}},
		"nobody knows since":   {permission(contracts.PermissionRevoked, time.Time{}, time.Time{}), date(3, 10), false, time.Time{}},
		"in another market":    {permission(contracts.PermissionRevoked, date(3, 15), time.Time{}, "AT"), date(4, 1), true, inBerlin(t, 6, 1, 1)},
		"in this market":       {permission(contracts.PermissionRevoked, date(3, 15), time.Time{}, "DE"), date(4, 1), false, time.Time{}},
		"and permitted again":  {permission(contracts.PermissionRevoked, date(3, 15), date(4, 1)), date(4, 1), true, inBerlin(t, 6, 1, 1)},
		"of nothing that runs": {permission(contracts.PermissionExpired, date(3, 15), time.Time{}), date(4, 1), true, inBerlin(t, 6, 1, 1)},
	}
	g := website()
	g.Channels = []contracts.Channel{contracts.ChannelPartnershipAd}
	rights := rightsOf(t, granting(t, g))
	for name, tt := range tests {
		for _, list := range [][]contracts.PlatformPermission{{active, tt.revoked}, {tt.revoked, active}} {
			asset := reelAsset()
			asset.Permissions = list
			p := rights.MayUse(asset, contracts.Use{Channel: contracts.ChannelPartnershipAd, Market: "DE", At: tt.at})
			if p.Allowed != tt.want || !p.Until.Equal(tt.until) {
				t.Errorf("%s: allowed %t until %s: %s", name, p.Allowed, p.Until, p.Explain())
			}
			if !p.Allowed && !strings.Contains(p.Why(), "revoked") {
				t.Errorf("%s: %s", name, p.Why())
			}
		}
	}
}

// Why is Explain without what would mend it.
func TestPermissionWhy(t *testing.T) {
	t.Parallel()
	rights := rightsOf(t, granting(t, website()))
	yes := rights.MayUse(reelAsset(), webUse())
	use := webUse()
	use.Market = "FR"
	no := rights.MayUse(reelAsset(), use)
	want := no.Why() + " To mend it: add FR to the territory of grant web of agreement ag-ada."
	if yes.Why() != yes.Explain() || no.Explain() != want || strings.Contains(no.Why(), "mend") {
		t.Errorf("%s\n%s", no.Why(), no.Explain())
	}
}

// An exclusive right is a promise. That a second agreement breaks it must not read as if
// nobody had.
func TestMayUseExclusiveTwice(t *testing.T) {
	t.Parallel()
	mine, theirs := website(), website()
	mine.Exclusive, theirs.Assets = true, []contracts.AssetID{reel}
	alpha := granting(t, mine)
	terms := alpha.Terms()
	terms.ID, terms.Grants = "ag-beta", []contracts.Grant{theirs}
	beta, err := contracts.Draft(terms)
	require.NoError(t, err)
	p := rightsOf(t, alpha, beta).MayUse(reelAsset(), webUse())
	if !p.Exclusive || !strings.Contains(p.Why(), "The right is exclusive.") || strings.Contains(p.Why(), "obody else") {
		t.Error(p.Why())
	}
}
