package contracts_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

func oneOf[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

// someOf is each of from with a chance of one in two.
func someOf[T any](r *rand.Rand, from ...T) []T {
	return slices.DeleteFunc(slices.Clone(from), func(T) bool { return r.IntN(2) == 0 })
}

func randomDay(r *rand.Rand) time.Time { return date(time.Month(1+r.IntN(12)), 1+r.IntN(28)) }

func randomTerm(r *rand.Rand) contracts.Term {
	term := contracts.Term{From: oneOf(r, contracts.FromDate, contracts.FromSigning, contracts.FromPosting, contracts.FromFirstPosting, contracts.FromHandover)}
	if term.From == contracts.FromDate {
		term.Start = randomDay(r)
	}
	if r.IntN(9) == 0 {
		term.Perpetual = true
	} else {
		term.Months, term.Days = r.IntN(8), 1+r.IntN(40)
	}
	return term
}

func randomGrant(r *rand.Rand, id string) contracts.Grant {
	g := contracts.Grant{
		ID: contracts.GrantID(id), Channels: append(someOf(r, contracts.ChannelWebsite, contracts.ChannelSparkAd), contracts.ChannelEmail),
		Territory: contracts.Territory{Worldwide: r.IntN(3) == 0, Regions: someOf(r, contracts.DACH), Markets: someOf[byline.Market](r, "DE", "US"), Except: someOf[byline.Market](r, "AT")},
		Term:      randomTerm(r),
		Edits:     someOf(r, contracts.EditCrop), AI: someOf(r, contracts.AIReplica), RawFootage: r.IntN(2) == 0, Credit: r.IntN(3) == 0,
		FeeFirst: r.IntN(3) == 0, Sublicence: someOf(r, contracts.ByAgency), Exclusive: r.IntN(2) == 0,
	}
	if t := &g.Territory; !t.Worldwide && len(t.Regions)+len(t.Markets) == 0 {
		t.Markets = []byline.Market{"DE"} // a grant is for somewhere
	}
	if r.IntN(3) == 0 {
		g.Assets = []contracts.AssetID{oneOf(r, reel, "reel-8")}
	}
	if r.IntN(4) == 0 {
		g.Spend = eur(int64(1 + r.IntN(3)))
	}
	return g
}

func randomUse(r *rand.Rand) contracts.Use {
	u := contracts.Use{
		Channel: oneOf(r, contracts.ChannelEmail, contracts.ChannelEmail, contracts.ChannelWebsite, contracts.ChannelSparkAd), Market: oneOf[byline.Market](r, "DE", "DE", "AT", "US"),
		At: randomDay(r), Credited: r.IntN(4) > 0, Spend: eur(int64(r.IntN(3))),
	}
	switch r.IntN(6) {
	case 0:
		u.Edit = contracts.EditCrop
	case 1:
		u.AI = contracts.AIReplica
	case 2:
		u.By = contracts.ByAgency
	}
	if r.IntN(2) == 0 {
		u.Until = u.At.AddDate(0, 0, 1+r.IntN(60))
	}
	return u
}

func randomAsset(r *rand.Rand) contracts.Asset {
	a := contracts.Asset{ID: oneOf(r, reel, "reel-8"), Agreement: oneOf[contracts.AgreementID](r, "ag-ada", "ag-ada", "ag-old"), Creator: oneOf[byline.CreatorID](r, "ada", "ada", "")}
	for _, at := range []*time.Time{&a.DeliveredAt, &a.PostedAt, &a.FirstPosting, &a.PaidAt} {
		if r.IntN(3) > 0 {
			*at = randomDay(r)
		}
	}
	if r.IntN(3) > 0 {
		a.Permissions = []contracts.PlatformPermission{{Channel: contracts.ChannelSparkAd, Status: contracts.PermissionActive, Holds: byline.Window{Start: randomDay(r), End: randomDay(r)}}}
	}
	return a
}

func randomGrants(r *rand.Rand) []contracts.Grant {
	var grants []contracts.Grant
	for i := range 1 + r.IntN(5) {
		grants = append(grants, randomGrant(r, string(rune('a'+i))))
	}
	return grants
}

// Laws of MayUse on random grants and uses.
func TestMayUseLaws(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 11))
	yes, no := 0, 0
	for range 1000 {
		grants, asset, use := randomGrants(r), randomAsset(r), randomUse(r)
		rights := rightsOf(t, granting(t, grants...))
		p := rights.MayUse(asset, use)
		if p.Allowed {
			yes++
		} else {
			no++
		}
		lawOfOrder(t, r, grants, asset, use, p)
		lawOfMore(t, r, grants, asset, use, p)
		lawOfShorter(t, r, grants, asset, use, p)
		lawOfInstants(t, rights, asset, use, p)
		first := granting(t, grants...)
		both := rightsOf(t, amended(t, first, randomDay(r), randomGrants(r)...), first)
		lawOfInstants(t, both, asset, use, both.MayUse(asset, use))
		if p.ByContract != (len(p.Reasons) == 0) || (p.Allowed && (p.From.IsZero() || p.Grant == "")) || p.Explain() == "" {
			t.Fatalf("a permission contradicts itself: %+v", p)
		}
	}
	if yes < 50 || no < 50 {
		t.Errorf("%d allowed and %d denied: the laws were hardly tried", yes, no)
	}
}

// The order of grants is irrelevant, alone and among others, and asking changes nothing.
func lawOfOrder(t *testing.T, r *rand.Rand, grants []contracts.Grant, asset contracts.Asset, use contracts.Use, p contracts.Permission) {
	t.Helper()
	shuffled := slices.Clone(grants)
	r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	a := granting(t, shuffled...)
	for _, got := range []contracts.Permission{a.MayUse(asset, use), rightsOf(t, a).MayUse(asset, use), a.MayUse(asset, use)} {
		if diff := cmp.Diff(p, got); diff != "" {
			t.Fatalf("another order of grants, another answer (-want +got):\n%s", diff)
		}
	}
}

// Granting more never turns a yes into a no, and only lengthens it.
func lawOfMore(t *testing.T, r *rand.Rand, grants []contracts.Grant, asset contracts.Asset, use contracts.Use, p contracts.Permission) {
	t.Helper()
	more := rightsOf(t, granting(t, append(slices.Clone(grants), randomGrant(r, "more"))...)).MayUse(asset, use)
	shorter := !more.Until.IsZero() && (p.Until.IsZero() || more.Until.Before(p.Until))
	if (p.Allowed && (!more.Allowed || shorter)) || (p.ByContract && !more.ByContract) {
		t.Fatalf("granted more and lost a right:\n%s\n%s", p.Explain(), more.Explain())
	}
}

// Shortening a term never adds a permission.
func lawOfShorter(t *testing.T, r *rand.Rand, grants []contracts.Grant, asset contracts.Asset, use contracts.Use, p contracts.Permission) {
	t.Helper()
	shorter := slices.Clone(grants)
	term := &shorter[r.IntN(len(shorter))].Term
	switch {
	case term.Months > 1:
		term.Months--
	case term.Days > 1:
		term.Days--
	case term.Perpetual:
		term.Perpetual, term.Days = false, 1+r.IntN(300)
	}
	got := rightsOf(t, granting(t, shorter...)).MayUse(asset, use)
	if got.Allowed && !p.Allowed {
		t.Fatalf("a shorter term allows more:\n%s\n%s", p.Explain(), got.Explain())
	}
}

// A flight is allowed when every instant in it is; From and Until are where that ends.
func lawOfInstants(t *testing.T, rights *contracts.Rights, asset contracts.Asset, use contracts.Use, p contracts.Permission) {
	t.Helper()
	if p.From.IsZero() {
		return
	}
	if long := use.Until.IsZero() || p.Until.IsZero() || !use.Until.After(p.Until); p.Allowed != long {
		t.Fatalf("a flight is not what its instants are: %s", p.Explain())
	}
	at := func(instant time.Time) bool {
		use.At, use.Until = instant, time.Time{}
		return rights.MayUse(asset, use).Allowed
	}
	if !at(p.From) || at(p.From.Add(-1)) {
		t.Fatalf("From is no bound: %s", p.Explain())
	}
	if !p.Until.IsZero() && (at(p.Until) || !at(p.Until.Add(-1))) {
		t.Fatalf("Until is no bound: %s", p.Explain())
	}
}

func TestMayUseChangesNothing(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		grants, asset, use := randomGrants(r), randomAsset(r), randomUse(r)
		asset.Permissions = append(asset.Permissions, contracts.PlatformPermission{Channel: contracts.ChannelSparkAd, Status: contracts.PermissionActive, Holds: byline.Window{End: date(2, 1)}})
		a := granting(t, grants...)
		before, err := json.Marshal(a)
		require.NoError(t, err)
		permissions := slices.Clone(asset.Permissions)
		rights := rightsOf(t, a)
		rights.MayUse(asset, use)
		rights.Expiring([]contracts.Asset{asset}, use.At, 300)
		_, err = rights.Audit([]contracts.Placement{{ID: "p", Asset: asset, Use: use}}, use.At)
		require.NoError(t, err)
		after, err := json.Marshal(a)
		require.NoError(t, err)
		if diff := cmp.Diff(string(before), string(after)) + cmp.Diff(permissions, asset.Permissions); diff != "" {
			t.Fatalf("asking changed something:\n%s", diff)
		}
	}
}
