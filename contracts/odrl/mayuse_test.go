package odrl_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/contracts/odrl"
)

// A policy that was written and read again answers as its agreement does. The two
// differences are said here and nowhere skipped:
//
//   - A policy does not know whether its agreement is signed, so the caller has to: what it
//     permits before the signing, MayUse does not.
//   - A duty is fulfilled by what was done before the use. To the policy a payment counts
//     from the next instant on, to MayUse from its own.
func TestPolicyIsTheAgreement(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	met := map[string]int{}
	for range 600 {
		a := anyAgreement(t, r)
		document, err := odrl.Export(a, "demo.example")
		require.NoError(t, err)
		policy, err := odrl.Import(document, nil)
		require.NoError(t, err)
		for range 20 {
			asset, use := anyAsset(r), anyUse(r)
			use.At = one(r, use.At, use.At, use.At, use.At, asset.PaidAt)
			request := odrl.Ask(use, asset, "demo.example")
			signed := a.Terms().SignedAt
			request.Happened[contracts.FromSigning] = signed
			report := policy.Evaluate(request)

			permitted, unsigned := report.Decision == odrl.Permit, use.At.Before(signed)
			want := a.MayUse(paidLater(asset), use)
			if want.ByContract != (permitted && !unsigned) {
				t.Fatalf("asset %+v, use %+v\n%s\nby the policy: %s\nof %s", asset, use, want.Explain(), report.Explain(), document)
			}
			met[fmt.Sprintf("permitted %t, unsigned %t", permitted, unsigned)]++
			if want.ByContract != a.MayUse(asset, use).ByContract {
				met["paid at that instant"]++
			}
		}
	}
	for _, often := range []string{"permitted true, unsigned false", "permitted false, unsigned false", "permitted true, unsigned true", "paid at that instant"} {
		if met[often] < 20 {
			t.Errorf("%s: met %d times, so hardly tried", often, met[often])
		}
	}
}

// paidLater is an asset whose fees were paid an instant later.
func paidLater(a contracts.Asset) contracts.Asset {
	later := func(at time.Time) time.Time {
		if at.IsZero() {
			return at
		}
		return at.Add(1)
	}
	a.PaidAt = later(a.PaidAt)
	fees := a.Fees
	a.Fees = nil
	for _, f := range fees {
		f.At = later(f.At)
		a.Fees = append(a.Fees, f)
	}
	return a
}

// anyDay is one of few instants, so that terms, payments and uses meet at their bounds. The
// clocks of New York and Berlin change among them.
func anyDay(r *rand.Rand) time.Time {
	return date(2026, 2, 28).AddDate(0, 0, 7*r.IntN(6)).Add(time.Duration(r.IntN(3) - 1))
}

// anyAgreement is one with grants of few channels and places, so that uses come close.
func anyAgreement(t *testing.T, r *rand.Rand) *contracts.Agreement {
	t.Helper()
	terms := contracts.Terms{
		ID: "a-1", Version: 1, Creator: "ada", Campaign: "spring", Zone: one(r, "", "Europe/Berlin", "America/New_York"),
		Effective: byline.Window{Start: date(2026, 1, 1)}, SignedAt: one(r, date(2026, 1, 1), anyDay(r)),
		Pay: contracts.Pay{Fees: []contracts.Fee{{ID: "fee", Amount: byline.Minor(50_000, byline.EUR)}}},
	}
	for _, id := range []contracts.GrantID{"ads", "site & co", "urn:grant:3"}[:1+r.IntN(3)] {
		terms.Grants = append(terms.Grants, nearGrant(r, id))
	}
	a, err := contracts.Draft(terms)
	require.NoError(t, err)
	return a
}

func nearGrant(r *rand.Rand, id contracts.GrantID) contracts.Grant {
	g := anyGrant(r, id)
	g.Assets = one(r, nil, nil, []contracts.AssetID{"reel-7"})
	g.Channels = []contracts.Channel{contracts.ChannelTV, contracts.ChannelWebsite}
	if g.Territory.Markets = append(g.Territory.Markets, "AT"); r.IntN(3) > 0 {
		g.Territory.Except = nil
	}
	g.Spend, g.Impressions = one(r, byline.Money{}, byline.Minor(5, byline.EUR)), one[int64](r, 0, 5)
	g.Term.Start, g.Term.End, g.Term.Months, g.Term.Days = time.Time{}, time.Time{}, 0, 0
	if g.Term.From == contracts.FromDate {
		g.Term.Start = anyDay(r)
	}
	if r.IntN(3) == 0 {
		g.Term.End = anyDay(r)
	}
	if !g.Term.Start.IsZero() && !g.Term.End.After(g.Term.Start) {
		g.Term.End = time.Time{}
	}
	if r.IntN(2) == 0 {
		g.Term.Months, g.Term.Days = r.IntN(3), 7*r.IntN(3)
	}
	g.Term.Perpetual = g.Term.End.IsZero() && g.Term.Months+g.Term.Days == 0
	return g
}

func anyAsset(r *rand.Rand) contracts.Asset {
	a := contracts.Asset{ID: one[contracts.AssetID](r, "reel-7", "reel-7", "reel 8"), Agreement: one[contracts.AgreementID](r, "a-1", "a-1", "a-1", "a-2", ""), Creator: one[byline.CreatorID](r, "ada", "ada", "", "bruno")}
	for _, at := range []*time.Time{&a.DeliveredAt, &a.PostedAt, &a.FirstPosting, &a.PaidAt} {
		if r.IntN(4) > 0 {
			*at = anyDay(r)
		}
	}
	for range r.IntN(6) / 3 * r.IntN(4) {
		a.Fees = append(a.Fees, contracts.FeePaid{
			Agreement: one[contracts.AgreementID](r, "a-1", "a-1", "a-2"), Grant: one[contracts.GrantID](r, "ads", "site & co", "urn:grant:3", ""), At: anyDay(r),
		})
	}
	return a
}

// rarely is a value one time in five, else its zero.
func rarely[T any](r *rand.Rand, list ...T) T {
	if r.IntN(5) > 0 {
		var none T
		return none
	}
	return one(r, list...)
}

func anyUse(r *rand.Rand) contracts.Use {
	use := contracts.Use{
		Channel: one(r, contracts.ChannelTV, contracts.ChannelWebsite), Market: one[byline.Market](r, "DE", "AT", "AT", "CH", "US", "XK", "AU", "ZZ"), At: anyDay(r),
		Edit: rarely(r, contracts.EditCrop, contracts.EditNew), Likeness: rarely(r, contracts.LikenessVoice), AI: rarely(r, contracts.AITraining, contracts.AIReplica),
		Raw: rarely(r, true), By: rarely(r, contracts.ByAgency), Credited: r.IntN(5) > 0,
		Impressions: r.Int64N(7), Spend: byline.Minor(r.Int64N(7), byline.EUR),
	}
	if rarely(r, true) {
		use.Channel = one(r, contracts.ChannelEmail, "", "beam")
	}
	if rarely(r, true) {
		use.Spend = one(r, byline.Money{}, byline.Minor(1, byline.USD), byline.Minor(0, byline.USD))
	}
	if use.Market == "US" || rarely(r, true) {
		use.Region = one(r, "", "US-CA", "US-NY", "DE-BY")
	}
	return use
}
