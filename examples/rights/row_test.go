package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// randomInventory has agreements in several versions, with terms of all kinds.
func randomInventory(t testing.TB, r *rand.Rand, placements int) inventory {
	t.Helper()
	day := func() time.Time { return time.Date(2026, 1, 1+r.IntN(500), r.IntN(24), 0, 0, 0, time.UTC) }
	maybe := func() time.Time {
		if r.IntN(4) == 0 {
			return time.Time{}
		}
		return day()
	}
	in := inventory{assets: map[contracts.AssetID]contracts.Asset{}, unknown: map[contracts.AssetID]bool{}}
	var drafts []*contracts.Agreement
	for i := range 1 + placements/10 {
		id := contracts.AgreementID(fmt.Sprintf("ag-%d", i))
		asset := contracts.Asset{ID: contracts.AssetID(fmt.Sprintf("asset-%d", i)), Agreement: id, Creator: "ada", DeliveredAt: maybe(), PostedAt: maybe(), FirstPosting: maybe(), PaidAt: maybe()}
		for range r.IntN(3) {
			w := byline.Window{Start: day()}
			w.End = w.Start.AddDate(0, 0, 1+r.IntN(90))
			asset.Permissions = append(asset.Permissions, contracts.PlatformPermission{Channel: contracts.ChannelSparkAd, Status: contracts.PermissionActive, Holds: w})
		}
		in.assets[asset.ID] = asset
		in.results = append(in.results, contracts.AssetResult{Asset: asset})
		for version := range 1 + r.IntN(3) {
			a, err := contracts.Draft(randomTerms(r, i, version+1, day, maybe))
			require.NoError(t, err)
			drafts = append(drafts, a)
			in.agreements = append(in.agreements, agreement{a, a.Terms()})
		}
	}
	var err error
	in.rights, err = contracts.NewRights(drafts...)
	require.NoError(t, err)
	for i := range placements {
		channels := []contracts.Channel{contracts.ChannelWebsite, contracts.ChannelSparkAd, contracts.ChannelEmail}
		use := contracts.Use{Channel: channels[r.IntN(3)], Market: []byline.Market{"DE", "FR"}[r.IntN(2)], At: day()}
		if r.IntN(4) > 0 {
			use.Until = use.At.AddDate(0, 0, 1+r.IntN(200))
		}
		in.placements = append(in.placements, contracts.Placement{ID: fmt.Sprintf("p-%d", i), Asset: in.results[r.IntN(len(in.results))].Asset, Use: use})
	}
	return in
}

func randomTerms(r *rand.Rand, n, version int, day, maybe func() time.Time) contracts.Terms {
	terms := contracts.Terms{
		ID: contracts.AgreementID(fmt.Sprintf("ag-%d", n)), Version: version, Creator: "ada", Campaign: "c", SignedAt: maybe(), Effective: byline.Window{Start: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}, Zone: "Europe/Berlin",
		Pay: contracts.Pay{Fees: []contracts.Fee{{ID: "f", Amount: byline.Minor(1000, byline.EUR)}}},
	}
	triggers := []contracts.Trigger{contracts.FromDate, contracts.FromSigning, contracts.FromHandover, contracts.FromPosting, contracts.FromFirstPosting}
	for g := range r.IntN(4) {
		grant := contracts.Grant{
			ID: contracts.GrantID(fmt.Sprintf("g-%d", g)), Channels: []contracts.Channel{contracts.ChannelWebsite, contracts.ChannelSparkAd}[:1+r.IntN(2)],
			Territory: contracts.Territory{Markets: []byline.Market{"DE", "FR"}[:1+r.IntN(2)]}, FeeFirst: r.IntN(4) == 0,
			Term: contracts.Term{From: triggers[r.IntN(5)], Months: r.IntN(4), Days: 1 + r.IntN(60)},
		}
		if grant.Term.From == contracts.FromDate {
			grant.Term.Start = day()
		}
		if r.IntN(3) == 0 {
			grant.Assets = []contracts.AssetID{contracts.AssetID(fmt.Sprintf("asset-%d", n)), contracts.AssetID(fmt.Sprintf("asset-%d", n/2))}
		}
		terms.Grants = append(terms.Grants, grant)
	}
	return terms
}

// What is drawn is what the library says: a placement is in breach exactly where a right
// or a permission that it needs is missing.
func TestPictureAgreesWithAudit(t *testing.T) {
	t.Parallel()
	for seed := range uint64(40) {
		in := randomInventory(t, rand.New(rand.NewPCG(seed, 1)), 60)
		at := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
		r, err := in.report(t.Context(), config{at: at, leads: []int{30}})
		require.NoError(t, err)
		drawn := 0
		for _, row := range r.Rows {
			for _, run := range row.Runs {
				drawn++
				for _, instant := range instantsOf(row, run) {
					if !run.Window.Contains(instant) || instant.Before(at) {
						continue
					}
					may := within(row.Rights, instant) && (!row.NeedsPlatform || within(row.Platform, instant))
					if broken := within(run.Breaches, instant); may == broken {
						t.Fatalf("seed %d, %s at %s: right %v, platform %v, breaches %v", seed, run.ID, instant, row.Rights, row.Platform, run.Breaches)
					}
				}
			}
		}
		over := 0
		for _, p := range in.placements {
			if (byline.Window{Start: p.Use.At, End: p.Use.Until}).Before(at) {
				over++
			}
		}
		if drawn+over != len(in.placements) {
			t.Errorf("seed %d: %d are drawn and %d over, of %d", seed, drawn, over, len(in.placements))
		}
	}
}

func within(list []byline.Window, at time.Time) bool {
	return slices.ContainsFunc(list, func(w byline.Window) bool { return w.Contains(at) })
}

// instantsOf are all bounds of a row, and the instants beside them.
func instantsOf(r row, run running) []time.Time {
	var all []time.Time
	for _, w := range slices.Concat(r.Rights, r.Platform, run.Breaches, []byline.Window{run.Window}) {
		for _, t := range []time.Time{w.Start, w.End} {
			if !t.IsZero() {
				all = append(all, t.Add(-1), t, t.Add(1))
			}
		}
	}
	return all
}

func TestAxis(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 30, 23, 59, 0, 0, time.UTC)
	day := func(month time.Month, d int) time.Time { return time.Date(2026, month, d, 0, 0, 0, 0, time.UTC) }
	for name, tt := range map[string]struct {
		window      byline.Window
		first, last time.Time
	}{
		"nothing":  {byline.Window{Start: at, End: at.Add(1)}, day(11, 1), day(13, 1)},
		"open":     {byline.Window{}, day(11, 1), day(13, 1)},
		"a year":   {byline.Window{Start: day(1, 1), End: day(25, 1)}, day(5, 1), day(20, 1)},
		"to a day": {byline.Window{Start: day(10, 31), End: day(14, 1)}, day(10, 1), day(14, 1)},
	} {
		a := newAxis([]row{{Runs: []running{{Window: tt.window}}}}, at)
		if !a.Start.Equal(tt.first) || !a.End.Equal(tt.last) {
			t.Errorf("%s: %s", name, showWindow(a.Window))
		}
		if x := a.x(at); x <= 0 || x >= 100 {
			t.Errorf("%s: now is at %g", name, x)
		}
	}
}
