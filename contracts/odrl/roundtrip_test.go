package odrl_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/contracts/odrl"
)

// some picks a part of a list, in any order, nil where it is empty.
func some[T any](r *rand.Rand, list ...T) []T {
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return append([]T(nil), list[:r.IntN(len(list)+1)]...)
}

func one[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

func anyTime(r *rand.Rand) time.Time {
	return time.Unix(r.Int64N(250_000_000_000), r.Int64N(1_000_000_000)*int64(r.IntN(2))).In(time.FixedZone("", (r.IntN(27)-13)*3600))
}

func anyMoney(r *rand.Rand) byline.Money {
	if r.IntN(3) == 0 {
		return byline.Money{}
	}
	return byline.Minor(one[int64](r, 0, 1, 99, 150_000, 1<<53+1, 1<<62), one(r, byline.EUR, byline.JPY, byline.KWD, "HRK"))
}

func anyTerm(r *rand.Rand) contracts.Term {
	term := contracts.Term{From: one(r, contracts.FromDate, contracts.FromSigning, contracts.FromHandover, contracts.FromPosting, contracts.FromFirstPosting)}
	if term.From == contracts.FromDate {
		term.Start = anyTime(r)
	}
	if r.IntN(2) == 0 {
		term.End = anyTime(r)
	}
	if r.IntN(2) == 0 {
		term.Months, term.Days = r.IntN(1201), r.IntN(36501)
	}
	term.Perpetual = term.End.IsZero() && term.Months+term.Days == 0
	return term
}

func anyGrant(r *rand.Rand, id contracts.GrantID) contracts.Grant {
	return contracts.Grant{
		ID:     id,
		Assets: some(r, contracts.AssetID("reel-7"), "urn:asset:1", "urn:byline:asset:x", "odrl:use", "a b/ü%41\x00\xff", "https://demo.example/?a=1&b=<2>", "urn:byline:content:a-1", "_:b0", "cr:tv"),
		Channels: append(some(r, contracts.ChannelOrganic, contracts.ChannelPaidSocial, contracts.ChannelPartnershipAd, contracts.ChannelSparkAd, contracts.ChannelWebsite,
			contracts.ChannelEmail, contracts.ChannelOutOfHome, contracts.ChannelInStore, contracts.ChannelRetailMedia, contracts.ChannelTV, contracts.ChannelPrint), contracts.ChannelInternal),
		Territory: contracts.Territory{
			Worldwide: r.IntN(2) == 0, Regions: some(r, contracts.EU, contracts.EEA, contracts.DACH, contracts.UKIE, contracts.NA, contracts.ANZ, contracts.GCC),
			Markets: some(r, byline.Market("DE"), "XK", "US", "JP"), Subdivisions: some(r, "US-CA", "DE-BY", "GB-SCT"), Except: some(r, byline.Market("CH"), "DE"),
		},
		Term: anyTerm(r), Exclusive: r.IntN(2) == 0, Edits: some(r, contracts.EditCrop, contracts.EditCutdown, contracts.EditNew),
		Likeness: some(r, contracts.LikenessImage, contracts.LikenessVoice), AI: some(r, contracts.AITraining, contracts.AIReplica),
		RawFootage: r.IntN(2) == 0, Sublicence: some(r, contracts.ByAgency, contracts.ByAffiliates, contracts.ByRetailers), Credit: r.IntN(2) == 0,
		Spend: anyMoney(r), Impressions: one(r, int64(0), 1, 1<<62), FeeFirst: r.IntN(2) == 0, Fee: anyMoney(r), Acknowledged: r.IntN(2) == 0,
	}
}

// What is written and read again is what it was, and is written alike.
func TestGrantsSurvive(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 1000 {
		want := contracts.Terms{
			ID: one(r, contracts.AgreementID("a-1"), "a:1/ü", "urn:x"), Version: i, Creator: one(r, byline.CreatorID("ada"), "urn:creator:9"),
			Zone: one(r, "", "UTC", "Europe/Berlin", "Asia/Kathmandu", "Africa/Monrovia"), Grants: []contracts.Grant{anyGrant(r, "ads"), anyGrant(r, "site & co")},
		}
		policy, err := odrl.FromTerms(want, "demo.example")
		require.NoError(t, err)
		document, err := json.Marshal(policy)
		require.NoError(t, err)
		again, err := odrl.Import(document, nil)
		require.NoError(t, err, "%s", document)
		if diff := cmp.Diff(policy, again); diff != "" {
			t.Fatalf("policy of %s (-want +got):\n%s", document, diff)
		}
		grants, err := again.Grants()
		require.NoError(t, err, "%s", document)
		if diff := cmp.Diff(want.Grants, grants); diff != "" {
			t.Fatalf("grants of %s (-want +got):\n%s", document, diff)
		}
		rewritten, err := json.Marshal(again)
		require.NoError(t, err)
		if string(rewritten) != string(document) {
			t.Fatalf("written twice:\n%s\n%s", document, rewritten)
		}
	}
}

// Monrovia was 44 minutes and 30 seconds behind until 1972, which RFC 3339 cannot write.
func TestOffsetOfSeconds(t *testing.T) {
	t.Parallel()
	want := terms()
	want.Zone, want.Grants[0].Term.Start = "Africa/Monrovia", date(1971, 1, 1)
	policy, err := odrl.FromTerms(want, "demo.example")
	require.NoError(t, err)
	document, err := json.Marshal(policy)
	require.NoError(t, err)
	if diff := cmp.Diff(policy, read(t, string(document))); diff != "" {
		t.Errorf("policy of %s (-want +got):\n%s", document, diff)
	}
}

type unwritableCase struct {
	change func(*contracts.Terms)
	want   []string
}

func grantChange(change func(*contracts.Grant)) func(*contracts.Terms) {
	return func(t *contracts.Terms) { change(&t.Grants[0]) }
}

// unwritable are terms that no policy can say.
func unwritable() map[string]unwritableCase {
	return map[string]unwritableCase{
		"no ids": {func(t *contracts.Terms) { t.ID, t.Creator, t.Grants[0].ID, t.Grants[0].Assets[0] = "", "", "", "" }, []string{
			"id odrl.required", "creator odrl.required", "grants[0].id odrl.required", "grants[0].assets[0] odrl.required",
		}},
		"an id of a book":      {func(t *contracts.Terms) { t.Grants[0].ID = contracts.GrantID(make([]byte, 1000)) }, []string{"grants[0].id odrl.id"}},
		"a zone that is none":  {func(t *contracts.Terms) { t.Zone = "Mars/Base" }, []string{"zone odrl.zone"}},
		"the host's zone":      {func(t *contracts.Terms) { t.Zone = "Local" }, []string{"zone odrl.zone"}},
		"a version below zero": {func(t *contracts.Terms) { t.Version = -1 }, []string{"version odrl.word"}},
		"one id twice":         {func(t *contracts.Terms) { t.Grants[1].ID = "ads" }, []string{"grants[1].id odrl.duplicate"}},
		"no channel":           {grantChange(func(g *contracts.Grant) { g.Channels = nil }), []string{"grants[0].channels odrl.required"}},
		"words nobody knows":   {grantChange(func(g *contracts.Grant) { g.Channels[1], g.Edits[0] = "beam", "remix" }), []string{"grants[0].channels[1] odrl.word", "grants[0].edits[0] odrl.word"}},
		"the empty likeness":   {grantChange(func(g *contracts.Grant) { g.Likeness = []contracts.Likeness{""} }), []string{"grants[0].likeness[0] odrl.word"}},
		"places nobody knows": {grantChange(func(g *contracts.Grant) {
			g.Territory.Markets[0], g.Territory.Regions[0], g.Territory.Subdivisions[0], g.Territory.Except[0] = "UK", "Mars", "California", ""
		}), []string{"grants[0].territory.regions[0] odrl.word", "grants[0].territory.markets[0] odrl.word", "grants[0].territory.subdivisions[0] odrl.word", "grants[0].territory.except[0] odrl.word"}},
		"amounts that are none":  {grantChange(func(g *contracts.Grant) { g.Fee, g.Spend = byline.Minor(-1, byline.EUR), byline.Minor(1, "") }), []string{"grants[0].spend_cap odrl.word", "grants[0].fee odrl.word"}},
		"impressions below zero": {grantChange(func(g *contracts.Grant) { g.Impressions = -1 }), []string{"grants[0].impression_cap odrl.word"}},
		"a trigger nobody knows": {grantChange(func(g *contracts.Grant) { g.Term.From = "eclipse" }), []string{"grants[0].term.from odrl.word"}},
		"a term with no end":     {grantChange(func(g *contracts.Grant) { g.Term.End = time.Time{} }), []string{"grants[0].term odrl.term"}},
		"an end and none":        {grantChange(func(g *contracts.Grant) { g.Term.Perpetual = true }), []string{"grants[0].term odrl.term"}},
		"two starts":             {grantChange(func(g *contracts.Grant) { g.Term.From = contracts.FromPosting }), []string{"grants[0].term.start odrl.term"}},
		"months from nowhere":    {grantChange(func(g *contracts.Grant) { g.Term.Start, g.Term.Months = time.Time{}, 3 }), []string{"grants[0].term.start odrl.term"}},
		"a span below zero":      {grantChange(func(g *contracts.Grant) { g.Term.Days = -1 }), []string{"grants[0].term odrl.term"}},
		"an end after all years": {grantChange(func(g *contracts.Grant) { g.Term.End = date(10_000, 1, 1) }), []string{"grants[0].term.end odrl.term"}},
	}
}

func TestFromTermsRefuses(t *testing.T) {
	t.Parallel()
	for name, tt := range unwritable() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			changed := terms()
			tt.change(&changed)
			_, err := odrl.FromTerms(changed, "demo.example")
			require.ErrorIs(t, err, byline.ErrInvalid)
			if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
	_, err := odrl.FromTerms(terms(), "")
	if diff := cmp.Diff([]string{"brand odrl.required"}, faultsOf(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}
