package contracts_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/internal/golden"
)

// richTerms say something in every list.
func richTerms() contracts.Terms {
	t := terms()
	t.Zone = "Europe/Berlin"
	t.Effective = byline.Window{Start: berlin(11, 1), End: berlin(12, 1)}
	t.Pay = contracts.Pay{
		Currency: byline.EUR,
		Fees:     []contracts.Fee{{ID: "signing", Amount: eur(50000), Due: contracts.AtSigning}, {ID: "posting", Amount: eur(50000), Due: contracts.AtPosting, After: 7}},
		Percentages: []contracts.Percentage{
			{ID: "serum", Rate: 15 * contracts.Percent, Scope: contracts.Scope{SKUs: []string{"serum-30", "serum-50"}}},
			{ID: "sales", Mode: contracts.Marginal, Tiers: []contracts.Tier{{From: eur(0), Rate: 10 * contracts.Percent}, {From: eur(100000), Rate: 12 * contracts.Percent}}},
		},
		Period: contracts.Monthly,
		Cap:    &contracts.Cap{Amount: eur(500000), Headroom: contracts.HeadroomReturns},
		Hold:   contracts.Hold{From: contracts.HeldPlaced, Days: 30},
	}
	t.Parties = []contracts.Party{
		{Role: contracts.RoleBrand, Name: "Demo Shop", Market: "DE"},
		{Role: contracts.RoleCreator, Name: "ada", Market: "US", Region: "US-NY", Permits: []contracts.Permit{{Market: "AE", Kind: contracts.PermitAdvertiser, Number: "demo-1"}}},
	}
	t.Deliverables = []brief.Deliverable{
		{Platform: byline.Instagram, Format: brief.Reel, Count: 2, Posting: byline.Window{Start: berlin(11, 5), End: berlin(11, 20)}},
		{Platform: byline.TikTok, Format: brief.Video, Count: 1, Posting: byline.Window{Start: berlin(11, 5), End: berlin(11, 20)}},
	}
	t.Grants = []contracts.Grant{
		{ID: "repost", Channels: []contracts.Channel{contracts.ChannelOrganic}, Territory: contracts.Territory{Worldwide: true}, Term: contracts.Term{From: contracts.FromPosting, Months: 12}},
		{ID: "ads", Assets: []contracts.AssetID{"reel-1"}, Channels: []contracts.Channel{contracts.ChannelPartnershipAd, contracts.ChannelPaidSocial},
			Territory: contracts.Territory{Regions: []contracts.Region{contracts.DACH}, Markets: []byline.Market{"FR"}, Subdivisions: []string{"US-CA"}, Except: []byline.Market{"CH"}},
			Term:      contracts.Term{From: contracts.FromPosting, Days: 90}, Edits: []contracts.Edit{contracts.EditCrop}, Likeness: []contracts.Likeness{contracts.LikenessVoice},
			AI: []contracts.AIUse{contracts.AIReplica}, Sublicence: []contracts.Licensee{contracts.ByAgency}, Spend: eur(1000000), Impressions: 2_000_000, Fee: eur(20000)},
	}
	t.Exclusivity = []contracts.Exclusivity{{ID: "beauty", BoundParty: contracts.RoleCreator, Categories: []contracts.Category{"beauty/skincare"}, Competitors: []string{"Demo Rival"},
		Territory: contracts.Territory{Regions: []contracts.Region{contracts.EU}}, Before: 7, After: 14, CarveOuts: []contracts.CarveOut{{Kind: contracts.CarveOrganic}}, Fee: eur(15000)}}
	t.Clauses = contracts.Clauses{
		Written: true, Law: "DE", Audience: []byline.Market{"DE", "AT"}, Payment: &contracts.PaymentTerms{Days: 30, From: contracts.FromInvoice},
		Reviewing: &contracts.ReviewTerms{Rounds: 2, Days: 5, Silence: contracts.SilenceApproves},
		KillFees:  []contracts.KillFee{{Stage: contracts.StageProduced, Rate: 50 * contracts.Percent}, {Stage: contracts.StageDelivered, Rate: contracts.Whole}},
		Morals:    &contracts.Morals{Mutual: true}, Compliance: &contracts.Compliance{Disclosure: true, TakedownHours: 24},
		Warranties: &contracts.Warranties{Original: true}, AI: &contracts.AITerms{Replica: true, Purpose: "one dubbed version"},
		Regulated: []string{"alcohol"}, Services: []contracts.Service{{Description: "two reels", Value: eur(80000)}},
	}
	return t
}

func berlin(month time.Month, day int) time.Time {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err)
	}
	return time.Date(2026, month, day, 0, 0, 0, 0, zone)
}

// draftOf binds terms as they are.
func draftOf(t testing.TB, agreed contracts.Terms) *contracts.Agreement {
	t.Helper()
	return draft(t, func(into *contracts.Terms) { *into = agreed })
}

func renegotiated() contracts.Terms {
	t := richTerms()
	t.Version = 2
	t.Effective.End = berlin(12, 24).Add(18 * time.Hour)
	t.Pay.Fees[0].Amount = eur(60000)
	t.Pay.Fees[1].Due = contracts.AtApproval
	t.Pay.Percentages[0].Rate = 12*contracts.Percent + 50*contracts.BasisPoint
	t.Pay.Percentages[0].Scope.SKUs = []string{"serum-30", "cream 1"}
	t.Pay.Percentages[1].Tiers[1].Rate = 15 * contracts.Percent
	t.Pay.Percentages = append(t.Pay.Percentages, contracts.Percentage{ID: "new-customers", Rate: 2 * contracts.Percent, Scope: contracts.Scope{Customer: contracts.NewCustomers}})
	slices.Reverse(t.Pay.Percentages)
	t.Pay.Cap = nil
	t.Pay.Guarantee = eur(25000)
	t.Pay.Hold.Days = 14
	t.Parties[1].Address = "1 Demo Street"
	t.Deliverables[0].Count = 3
	t.Deliverables[1].Posting.End = berlin(11, 18)
	t.Grants[0] = contracts.Grant{ID: "website", Channels: []contracts.Channel{contracts.ChannelWebsite}, Territory: contracts.Territory{Worldwide: true}, Term: contracts.Term{From: contracts.FromSigning, Months: 6}, Fee: eur(9900)}
	t.Grants[1].Term.Days = 30
	t.Grants[1].Exclusive = true
	t.Grants[1].Channels = append(t.Grants[1].Channels, contracts.ChannelTV)
	t.Grants[1].Territory.Regions = nil
	t.Grants[1].Spend = byline.Money{}
	t.Grants[1].Fee = byline.Minor(25000, byline.USD)
	t.Exclusivity[0].After = 30
	t.Exclusivity[0].Window = byline.Window{Start: berlin(11, 1)}
	t.Exclusivity[0].CarveOuts = append(t.Exclusivity[0].CarveOuts, contracts.CarveOut{Kind: contracts.CarveBrand, Brand: "Demo Friend"})
	t.Exclusivity[0].Fee = eur(30000)
	t.Clauses.Law = "FR"
	t.Clauses.Payment.Days = 60
	t.Clauses.Reviewing.Days = 3
	t.Clauses.Morals = nil
	t.Clauses.Warranties.Audit = true
	t.Clauses.KillFees[0].Rate = 25 * contracts.Percent
	t.Clauses.Statements = "by the 5th of each month"
	return t
}

func TestDiffReads(t *testing.T) {
	t.Parallel()
	var page strings.Builder
	for _, c := range contracts.Diff(draftOf(t, richTerms()), draftOf(t, renegotiated())) {
		fmt.Fprintf(&page, "%s\n    %s: %q -> %q\n", c.Sentence, c.Path, c.Before, c.After)
	}
	golden.Equal(t, "diff.golden.txt", []byte(page.String()))
}

// flipped are the rich terms with all that is agreed or not turned round.
func flipped() contracts.Terms {
	t := richTerms()
	t.Zone = "Europe/Paris"
	t.Pay.Period = contracts.Quarterly
	t.Pay.Cap.Amount, t.Pay.Draw = eur(400000), eur(100)
	t.Pay.Fees[1].After = 0
	t.Parties = append(t.Parties[1:], contracts.Party{Role: contracts.RoleGuardian, Name: "cleo", BornOn: date(1, 1).Add(time.Hour)})
	t.Deliverables = t.Deliverables[:1]
	g := &t.Grants[1]
	g.Term = contracts.Term{From: contracts.FromDate, Start: berlin(11, 1).Add(time.Second), Perpetual: true}
	g.RawFootage, g.Credit, g.FeeFirst, g.Acknowledged, g.Territory.Worldwide = true, true, true, true, true
	g.AI = append(g.AI, contracts.AITraining)
	t.Exclusivity[0].Territory.Worldwide, t.Exclusivity[0].BoundParty, t.Exclusivity[0].Before = true, contracts.RoleBrand, 1
	t.Clauses.Audience = append(t.Clauses.Audience, "CH")
	t.Clauses.Payment.From = contracts.FromDelivery
	t.Clauses.Reviewing, t.Clauses.Compliance, t.Clauses.AI = nil, nil, nil
	t.Clauses.KillFees = t.Clauses.KillFees[1:]
	t.Clauses.Services[0].Value = eur(70000)
	return t
}

func TestDiffReadsFlags(t *testing.T) {
	t.Parallel()
	var page strings.Builder
	for _, c := range contracts.Diff(draftOf(t, richTerms()), draftOf(t, flipped())) {
		fmt.Fprintln(&page, c.Sentence)
	}
	golden.Equal(t, "diff_flags.golden.txt", []byte(page.String()))
}

func TestDiff(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change func(*contracts.Terms)
		want   []contracts.Change
	}{
		"nothing":                       {func(*contracts.Terms) {}, nil},
		"version":                       {func(a *contracts.Terms) { a.Version = 2 }, nil},
		"signing":                       {func(a *contracts.Terms) { a.SignedAt = date(11, 1) }, nil},
		"another writing of an instant": {func(a *contracts.Terms) { a.Effective.Start = a.Effective.Start.UTC() }, nil},
		"an empty list":                 {func(a *contracts.Terms) { a.Grants[0].Edits = []contracts.Edit{} }, nil},
		"rate": {func(a *contracts.Terms) { a.Pay.Percentages[0].Rate = 20 * contracts.Percent }, []contracts.Change{
			{Path: "pay.percentages[serum].rate", Before: "15%", After: "20%", Sentence: "The commission 'serum' rises from 15% to 20%."}}},
		"law": {func(a *contracts.Terms) { a.Clauses.Law = "FR" }, []contracts.Change{
			{Path: "clauses.law", Before: "DE", After: "FR", Sentence: "The governing law changes from DE to FR."}}},
		"a field without words of its own": {func(a *contracts.Terms) { a.Clauses.Reviewing.Silence = contracts.SilenceRejects }, []contracts.Change{
			{Path: "clauses.reviewing.silence", Before: "approves", After: "rejects", Sentence: "clauses.reviewing.silence changed from approves to rejects."}}},
		"a flag": {func(a *contracts.Terms) { a.Clauses.Written = false }, []contracts.Change{
			{Path: "clauses.written", Before: "true", Sentence: "clauses.written is no longer agreed."}}},
		"the order of commissions decides": {func(a *contracts.Terms) { slices.Reverse(a.Pay.Percentages) }, []contracts.Change{
			{Path: "pay.percentages", Before: "serum, sales", After: "sales, serum", Sentence: "The commissions are tried in another order: sales, serum instead of serum, sales."}}},
		"a clause that says nothing yet": {func(a *contracts.Terms) { a.Clauses.Warranties = nil }, []contracts.Change{
			{Path: "clauses.warranties", Before: `{"audit":false,"genuine_followers":false,"original":true}`, Sentence: "The clause on warranties is removed: original."}}},
		"a category more": {func(a *contracts.Terms) { a.Categories = []contracts.Category{"beauty"} }, []contracts.Change{
			{Path: "categories", After: "beauty", Sentence: "The categories of what is promoted now include beauty."}}},
		"two of the same kind": {func(a *contracts.Terms) { a.Deliverables = append(a.Deliverables, a.Deliverables[0]) }, []contracts.Change{
			{Path: "deliverables", After: `{"count":2,"format":"reel","platform":"instagram","posting":{"end":"2026-11-19T23:00:00Z","start":"2026-11-04T23:00:00Z"}}`,
				Sentence: "The deliverables now include count 2, format reel, platform instagram, posting (end 20 Nov 2026, start 5 Nov 2026)."}}},
		"a name that tells a lie": {func(a *contracts.Terms) { a.Parties[0].Name = "x to y.\nThe fee falls" }, []contracts.Change{
			{Path: "parties[brand].name", Before: "Demo Shop", After: "x to y.\nThe fee falls", Sentence: `The name of the party 'brand' changes from "Demo Shop" to "x to y.\nThe fee falls".`}}},
		"an id that ends its quotes": {func(a *contracts.Terms) { a.Pay.Fees[0].ID = "a' is unchanged. The fee 'b" }, []contracts.Change{
			{Path: "pay.fees[signing]", Before: `{"amount":{"amount":"500.00","currency":"EUR"},"due":"signing","id":"signing"}`,
				Sentence: "The fee 'signing' is removed: amount 500.00 EUR, due signing."},
			{Path: `pay.fees["a' is unchanged. The fee 'b"]`, After: `{"amount":{"amount":"500.00","currency":"EUR"},"due":"signing","id":"a' is unchanged. The fee 'b"}`,
				Sentence: `The fee "a' is unchanged. The fee 'b" is added: amount 500.00 EUR, due signing.`}}},
		"a name that looks like a time": {func(a *contracts.Terms) { a.Parties[0].Name = "2026-11-01T00:00:00+01:00" }, []contracts.Change{
			{Path: "parties[brand].name", Before: "Demo Shop", After: "2026-11-01T00:00:00+01:00", Sentence: `The name of the party 'brand' changes from "Demo Shop" to 2026-11-01T00:00:00+01:00.`}}},
	}
	before := draftOf(t, richTerms())
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			changed := richTerms()
			tt.change(&changed)
			if diff := cmp.Diff(tt.want, contracts.Diff(before, draftOf(t, changed))); diff != "" {
				t.Errorf("changes (-want +got):\n%s", diff)
			}
		})
	}
}

// An agreement differs from itself by nothing, and from none by everything it says.
func TestDiffEnds(t *testing.T) {
	t.Parallel()
	a := draftOf(t, richTerms())
	if got := contracts.Diff(a, a); len(got) != 0 {
		t.Errorf("a against a: %v", got)
	}
	if got := contracts.Diff(nil, nil); len(got) != 0 {
		t.Errorf("nothing against nothing: %v", got)
	}
	for _, c := range contracts.Diff(nil, a) {
		if c.Before != "" || c.After == "" {
			t.Errorf("from nothing: %+v", c)
		}
	}
	if come, leave := len(contracts.Diff(nil, a)), len(contracts.Diff(a, nil)); come != leave || come < 15 {
		t.Errorf("%d changes from nothing, %d to nothing", come, leave)
	}
}

// The order of a list that decides nothing is no change, and the way back has as many
// changes as the way there, with the sides swapped.
func TestDiffShuffled(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	before, after := draftOf(t, richTerms()), draftOf(t, renegotiated())
	sides := func(changes []contracts.Change, swap bool) []string {
		var list []string
		for _, c := range changes {
			if swap {
				c.Before, c.After = c.After, c.Before
			}
			list = append(list, c.Path+"|"+c.Before+"|"+c.After)
		}
		slices.Sort(list)
		return list
	}
	if diff := cmp.Diff(sides(contracts.Diff(before, after), false), sides(contracts.Diff(after, before), true)); diff != "" {
		t.Errorf("there and back (-there +back):\n%s", diff)
	}
	for range 50 {
		mixed := richTerms()
		shuffle(random, mixed.Pay.Fees)
		shuffle(random, mixed.Parties)
		shuffle(random, mixed.Deliverables)
		shuffle(random, mixed.Grants)
		for i := range mixed.Grants {
			shuffle(random, mixed.Grants[i].Channels)
		}
		shuffle(random, mixed.Clauses.KillFees)
		shuffle(random, mixed.Clauses.Audience)
		shuffle(random, mixed.Pay.Percentages[0].Scope.SKUs)
		if got := contracts.Diff(before, draftOf(t, mixed)); len(got) != 0 {
			t.Fatalf("another order: %v", got)
		}
	}
}

func shuffle[T any](random *rand.Rand, list []T) {
	random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
}

func ExampleDiff() {
	agreed := contracts.Terms{ID: "ag-ada", Version: 1, Creator: "ada", Campaign: "autumn",
		Effective: byline.Window{Start: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)},
		Pay:       contracts.Pay{Percentages: []contracts.Percentage{{ID: "sales", Rate: 12 * contracts.Percent}}}}
	first, err := contracts.Draft(agreed)
	if err != nil {
		fmt.Println(err)
		return
	}
	next := first.Terms()
	next.Version = 2
	next.Pay.Percentages[0].Rate = 15 * contracts.Percent
	second, err := first.Amend(next)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, change := range contracts.Diff(first, second) {
		fmt.Println(change.Sentence)
	}
	// Output: The commission 'sales' rises from 12% to 15%.
}

// Whatever terms a stranger brings: those that Draft binds are written, read back and
// compared without a difference, and compared with others without a panic.
func FuzzDraft(f *testing.F) {
	for _, seed := range []contracts.Terms{terms(), richTerms(), renegotiated()} {
		data, err := json.Marshal(seed)
		require.NoError(f, err)
		f.Add(data)
	}
	rich := draftOf(f, richTerms())
	f.Fuzz(func(t *testing.T, data []byte) {
		var given contracts.Terms
		if json.Unmarshal(data, &given) != nil {
			return
		}
		a, err := contracts.Draft(given)
		if err != nil {
			require.ErrorIs(t, err, byline.ErrInvalid)
			return
		}
		written, err := json.Marshal(a)
		require.NoError(t, err)
		var back contracts.Terms
		require.NoError(t, json.Unmarshal(written, &back))
		b := draftOf(t, back)
		if changes := contracts.Diff(a, b); len(changes) > 0 || a.Digest() != b.Digest() {
			t.Errorf("%s\nread back it differs: %v", written, changes)
		}
		there, home := contracts.Diff(a, rich), contracts.Diff(rich, a)
		if len(there) != len(home) {
			t.Errorf("%d changes there and %d back", len(there), len(home))
		}
	})
}

// Ids in an order cannot pass for a part of the sentence either.
func TestDiffOrderOfStrangeIDs(t *testing.T) {
	t.Parallel()
	before := richTerms()
	before.Pay.Percentages[0].ID = "b instead of a"
	after := before
	after.Pay.Percentages = slices.Clone(before.Pay.Percentages)
	slices.Reverse(after.Pay.Percentages)
	want := []contracts.Change{{Path: "pay.percentages", Before: "b instead of a, sales", After: "sales, b instead of a",
		Sentence: `The commissions are tried in another order: sales, "b instead of a" instead of "b instead of a", sales.`}}
	if diff := cmp.Diff(want, contracts.Diff(draftOf(t, before), draftOf(t, after))); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
}
