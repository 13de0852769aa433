package contracts_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

func leadsTold(list []contracts.Expiry) []int {
	var leads []int
	for _, e := range list {
		leads = append(leads, e.LeadDays)
	}
	return leads
}

func TestExpiringLeads(t *testing.T) {
	t.Parallel()
	rights := rightsOf(t, granting(t, website()))
	end := inBerlin(t, 6, 1, 1)
	day := func(n int) time.Time { return end.AddDate(0, 0, -n) } // on Berlin's clock
	tests := map[string]struct {
		at    time.Time
		leads []int
		want  []int
	}{
		"long before":             {date(4, 1), []int{30, 14, 1}, nil},
		"an instant before":       {day(30).Add(-1), []int{30, 14, 1}, nil},
		"on the day":              {day(30), []int{30, 14, 1}, []int{30}},
		"between":                 {day(20), []int{1, 14, 30}, []int{30}},
		"the shorter one":         {day(14), []int{30, 14, 1}, []int{14}},
		"the last":                {end.Add(-1), []int{30, 14, 1}, []int{1}},
		"at the end":              {end, []int{30, 14, 1}, nil},
		"twice the same":          {day(14), []int{14, 14}, []int{14}},
		"none that says anything": {end.Add(-1), []int{0, -1}, nil},
		"none":                    {end.Add(-1), nil, nil},
		"before the term":         {date(2, 1), []int{300}, nil},
	}
	for name, tt := range tests {
		if diff := cmp.Diff(tt.want, leadsTold(rights.Expiring([]contracts.Asset{reelAsset()}, tt.at, tt.leads...))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// A lead is days on the agreement's clock, whatever the clocks do.
func TestExpiringOverAChangeOfTheClocks(t *testing.T) {
	t.Parallel()
	g := website()
	g.Term = contracts.Term{From: contracts.FromDate, Start: date(3, 1), End: inBerlin(t, 3, 30, 0)}
	rights := rightsOf(t, granting(t, g))
	due := inBerlin(t, 3, 29, 0) // a day of 23 hours
	if got := rights.Expiring([]contracts.Asset{reelAsset()}, due.Add(-1), 1); len(got) > 0 {
		t.Errorf("too early: %+v", got)
	}
	if got := rights.Expiring([]contracts.Asset{reelAsset()}, due, 1); len(got) != 1 || !got[0].DueAt.Equal(due) {
		t.Errorf("%+v", got)
	}
}

func TestExpiring(t *testing.T) {
	t.Parallel()
	forever, unpaid := website(), website()
	forever.ID, forever.Term = "archive", contracts.Term{From: contracts.FromSigning, Perpetual: true}
	unpaid.ID, unpaid.FeeFirst = "unpaid", true
	rights := rightsOf(t, granting(t, website(), spark(), forever, unpaid))
	coded := reelAsset()
	coded.Permissions = []contracts.PlatformPermission{
		sparkCode(date(3, 1), date(4, 20)), sparkCode(date(4, 20), date(5, 20)),
		{Channel: contracts.ChannelPartnershipAd, Status: contracts.PermissionActive, Holds: byline.Window{End: date(5, 12)}, Markets: []byline.Market{"DE", "AT"}},
		{Channel: contracts.ChannelPartnershipAd, Status: contracts.PermissionRevoked, Holds: byline.Window{Start: date(5, 1)}, Markets: []byline.Market{"FR"}},
	}
	other := contracts.Asset{ID: "a/b", Agreement: "ag-ada", Creator: "ada"}
	assets := []contracts.Asset{coded, other, {ID: "stranger", Agreement: "ag-ada", Creator: "bruno"}, coded}
	var ids []string
	for _, e := range rights.Expiring(assets, date(5, 10), 30) {
		ids = append(ids, e.ID)
	}
	want := []string{
		"platform_permission/partnership_ad/reel-7/AT+DE/2026-05-12T00:00:00Z/30",
		"platform_permission/spark_ad/reel-7/2026-05-20T00:00:00Z/30",
		"grant/ag-ada/spark/a%2Fb/2026-05-30T00:00:00Z/30",
		"grant/ag-ada/spark/reel-7/2026-05-30T00:00:00Z/30",
		"grant/ag-ada/web/a%2Fb/2026-05-31T23:00:00Z/30",
		"grant/ag-ada/web/reel-7/2026-05-31T23:00:00Z/30",
	}
	if diff := cmp.Diff(want, ids); diff != "" {
		t.Errorf("ids (-want +got):\n%s", diff)
	}
	slices.Reverse(assets)
	var again []string
	for _, e := range rights.Expiring(assets, date(5, 11), 30) {
		again = append(again, e.ID)
	}
	if diff := cmp.Diff(want, again); diff != "" {
		t.Errorf("a day later and in another order, other ids:\n%s", diff)
	}
}

// An amendment that keeps the end keeps the id; one that moves it makes a new one.
func TestExpiringAfterAnAmendment(t *testing.T) {
	t.Parallel()
	first := granting(t, website())
	longer := website()
	longer.Term.Days = 1
	id := func(agreements ...*contracts.Agreement) string {
		got := rightsOf(t, agreements...).Expiring([]contracts.Asset{reelAsset()}, date(5, 20), 30)
		if len(got) != 1 {
			t.Fatalf("%d expiries", len(got))
		}
		return got[0].ID
	}
	before, kept, moved := id(first), id(first, amended(t, first, date(4, 1), website())), id(first, amended(t, first, date(4, 1), longer))
	if before != kept || before == moved || strings.Contains(before, "%") {
		t.Errorf("%s, %s, %s", before, kept, moved)
	}
}

// Codes for several markets that end at once are one thing to tell, which names them all;
// a code more or less makes it another.
func TestExpiringNamesMarkets(t *testing.T) {
	t.Parallel()
	code := func(end time.Time, markets ...byline.Market) contracts.PlatformPermission {
		p := sparkCode(date(1, 1), end)
		p.Markets = markets
		return p
	}
	tests := map[string]struct {
		permissions []contracts.PlatformPermission
		want        []string
	}{
		"two codes, one end":  {[]contracts.PlatformPermission{code(date(4, 1), "FR"), code(date(4, 1), "DE")}, []string{"DE+FR/2026-04-01"}},
		"two codes, two ends": {[]contracts.PlatformPermission{code(date(4, 1), "FR"), code(date(4, 2), "DE")}, []string{"FR/2026-04-01", "DE/2026-04-02"}},
		"everywhere":          {[]contracts.PlatformPermission{code(date(4, 1)), code(date(3, 29), "DE")}, []string{"2026-04-01"}},
		"one market longer":   {[]contracts.PlatformPermission{code(date(4, 1)), code(date(4, 2), "DE")}, []string{"2026-04-01", "DE/2026-04-02"}},
	}
	for name, tt := range tests {
		asset := reelAsset()
		asset.Permissions = tt.permissions
		var got []string
		for _, e := range rightsOf(t).Expiring([]contracts.Asset{asset}, date(3, 28), 7) {
			id := strings.TrimPrefix(e.ID, "platform_permission/spark_ad/reel-7/")
			got = append(got, strings.TrimSuffix(id, "T00:00:00Z/7"))
			if named := len(e.Markets) > 0; named != strings.Contains(id, "/2026") {
				t.Errorf("%s: %s names %v", name, e.ID, e.Markets)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
