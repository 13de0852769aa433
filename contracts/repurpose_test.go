package contracts_test

import (
	"encoding/json"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/internal/golden"
)

func seen(n float64) byline.Measure { return byline.Known(n, "demo.count", date(3, 20)) }

func result(id contracts.AssetID, views, clicks, orders float64, sales byline.Money) contracts.AssetResult {
	return contracts.AssetResult{
		Asset: contracts.Asset{ID: id, Agreement: "ag-ada", Creator: "ada"}, Views: seen(views), Clicks: seen(clicks), Orders: seen(orders), NetSales: sales,
	}
}

func results() []contracts.AssetResult {
	lucky := result("lucky", 1, 1, 1, eur(9900))
	hidden := result("hidden", 0, 0, 0, byline.Money{})
	hidden.Views, hidden.Clicks = byline.Missing(byline.Hidden, "demo.count", date(3, 20)), byline.Measure{}
	return []contracts.AssetResult{
		result("reel-b", 10000, 300, 9, eur(45000)), result("reel-a", 20000, 600, 12, eur(60000)), result("reel-c", 5000, 200, 1, eur(-500)),
		lucky, hidden, result("dollars", 8000, 100, 4, byline.Minor(20000, byline.USD)),
	}
}

func reuse(id string, c contracts.Channel, by contracts.RankBy, sample int64) contracts.Reuse {
	return contracts.Reuse{ID: id, Use: contracts.Use{Channel: c, Market: "DE", At: date(4, 1), Until: date(5, 1)}, By: by, Sample: sample, LeadDays: 14, Currency: byline.EUR}
}

func priced(order contracts.PriceOrder) contracts.RepurposeOptions {
	return contracts.RepurposeOptions{At: date(3, 20), Prices: func(a contracts.Asset) (contracts.RightsPrices, bool) { return prices(order), a.ID != "reel-c" }}
}

func TestRepurpose(t *testing.T) {
	t.Parallel()
	rights := rightsOf(t, granting(t, website()))
	uses := []contracts.Reuse{
		reuse("site", contracts.ChannelWebsite, contracts.ByClickRate, 1000),
		reuse("mail", contracts.ChannelEmail, contracts.BySalesPerClick, 100),
	}
	lists, err := rights.Repurpose(results(), uses, priced(contracts.Additive))
	require.NoError(t, err)
	data, err := json.MarshalIndent(lists, "", "  ")
	require.NoError(t, err)
	golden.Equal(t, "repurpose.golden.json", append(data, '\n'))
	turned := results()
	slices.Reverse(turned)
	again, err := rights.Repurpose(turned, uses, priced(contracts.Additive))
	require.NoError(t, err)
	if diff := cmp.Diff(lists, again); diff != "" {
		t.Errorf("another order of results, another answer:\n%s", diff)
	}
}

func TestRepurposeRanks(t *testing.T) {
	t.Parallel()
	type ranked struct {
		Rank  int
		Asset contracts.AssetID
	}
	tests := map[string]struct {
		by      contracts.RankBy
		sample  int64
		want    []ranked
		refused map[contracts.AssetID]string
	}{
		"clicks a view": {
			contracts.ByClickRate, 1000, []ranked{{1, "reel-c"}, {2, "reel-a"}, {2, "reel-b"}, {4, "dollars"}},
			map[contracts.AssetID]string{"hidden": "repurpose.missing", "lucky": "repurpose.sample"},
		},
		"orders a click": {
			contracts.ByOrderRate, 100, []ranked{{1, "dollars"}, {2, "reel-b"}, {3, "reel-a"}, {4, "reel-c"}},
			map[contracts.AssetID]string{"hidden": "repurpose.missing", "lucky": "repurpose.sample"},
		},
		"a sample just so": {
			contracts.ByOrderRate, 600, []ranked{{1, "reel-a"}},
			map[contracts.AssetID]string{"hidden": "repurpose.missing", "lucky": "repurpose.sample", "reel-b": "repurpose.sample", "reel-c": "repurpose.sample", "dollars": "repurpose.sample"},
		},
	}
	for name, tt := range tests {
		lists, err := rightsOf(t).Repurpose(results(), []contracts.Reuse{reuse("u", contracts.ChannelEmail, tt.by, tt.sample)}, contracts.RepurposeOptions{})
		require.NoError(t, err)
		var got []ranked
		for _, c := range lists[0].Ranked {
			got = append(got, ranked{c.Rank, c.Asset})
		}
		refused := map[contracts.AssetID]string{}
		for _, r := range lists[0].Refused {
			refused[r.Asset] = r.Code
		}
		if diff := cmp.Diff(tt.want, got) + cmp.Diff(tt.refused, refused); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// Money is compared in one currency; what is missing is refused and not taken for zero.
func TestRepurposeRefusals(t *testing.T) {
	t.Parallel()
	negative, noSales, nothing := result("negative", -5, 10, 1, eur(1)), result("unsold", 1000, 10, 1, byline.Money{}), result("zero", 1000, 0, 0, eur(0))
	inf := result("infinite", math.Inf(1), 10, 1, eur(1))
	tests := map[string]struct {
		by   contracts.RankBy
		of   contracts.AssetResult
		code string
	}{
		"negative views":       {contracts.ByClickRate, negative, "repurpose.impossible"},
		"negative clicks":      {contracts.ByClickRate, result("n", 100, -1, 1, eur(1)), "repurpose.impossible"},
		"infinite views":       {contracts.ByClickRate, inf, "repurpose.missing"},
		"sales not known":      {contracts.BySalesPerView, noSales, "repurpose.missing"},
		"nothing sold":         {contracts.BySalesPerView, nothing, ""},
		"more back than sold":  {contracts.BySalesPerView, result("n", 100, 1, 1, eur(-5)), ""},
		"no click in a click":  {contracts.BySalesPerClick, nothing, "repurpose.sample"},
		"sales in dollars":     {contracts.BySalesPerView, result("z", 100, 1, 1, byline.Minor(1, byline.USD)), "repurpose.currency"},
		"dollars for no sales": {contracts.ByClickRate, result("z", 100, 1, 1, byline.Minor(1, byline.USD)), ""},
	}
	for name, tt := range tests {
		lists, err := rightsOf(t).Repurpose([]contracts.AssetResult{tt.of, result("a", 1000, 100, 10, eur(100))}, []contracts.Reuse{reuse("u", contracts.ChannelEmail, tt.by, 1)}, contracts.RepurposeOptions{})
		require.NoError(t, err)
		var got string
		for _, r := range lists[0].Refused {
			got += r.Code
		}
		if got != tt.code {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestRepurposeDefinitions(t *testing.T) {
	t.Parallel()
	list := results()[:2]
	list[0].Views = byline.Known(10000, "other.count", date(3, 20))
	lists, err := rightsOf(t).Repurpose(list, []contracts.Reuse{reuse("u", contracts.ChannelEmail, contracts.ByClickRate, 1), reuse("v", contracts.ChannelEmail, contracts.ByOrderRate, 1)}, contracts.RepurposeOptions{})
	require.NoError(t, err)
	if len(lists[0].Findings) != 1 || lists[0].Findings[0].Code != "repurpose.definitions" || len(lists[1].Findings) != 0 {
		t.Errorf("%+v and %+v", lists[0].Findings, lists[1].Findings)
	}
}

// The drafted right is one that allows the use, and one no longer than it.
func TestRepurposeDrafts(t *testing.T) {
	t.Parallel()
	uses := map[string]func(*contracts.Use){
		"plain":    func(*contracts.Use) {},
		"in parts": func(u *contracts.Use) { u.Region = "DE-BY" },
		"edited":   func(u *contracts.Use) { u.Edit, u.Likeness = contracts.EditCutdown, contracts.LikenessImage },
		"raw":      func(u *contracts.Use) { u.Raw, u.By, u.AI = true, contracts.ByRetailers, contracts.AIReplica },
		"spark":    func(u *contracts.Use) { u.Channel = contracts.ChannelSparkAd },
	}
	for name, change := range uses {
		plan := reuse(name, contracts.ChannelRetailMedia, contracts.ByClickRate, 1)
		change(&plan.Use)
		lists, err := rightsOf(t, granting(t, website())).Repurpose(results()[:1], []contracts.Reuse{plan}, priced(contracts.Compounded))
		require.NoError(t, err)
		c := lists[0].Ranked[0]
		if c.Permission.Allowed || c.Draft == nil || c.Draft.Price != eur(130000) {
			t.Fatalf("%s: %+v", name, c)
		}
		p := granting(t, website(), c.Draft.Grant).MayUse(results()[0].Asset, plan.Use)
		if !p.ByContract {
			t.Errorf("%s: the drafted right does not do: %s", name, p.Explain())
		}
		wider := plan.Use
		if wider.Region = "DE-BE"; plan.Use.Region == "" {
			wider.Region, wider.Market = "", "AT"
		}
		if p := granting(t, c.Draft.Grant).MayUse(results()[0].Asset, wider); p.ByContract {
			t.Errorf("%s: the drafted right is too wide: %s", name, p.Explain())
		}
	}
}

func TestRepurposeAskBy(t *testing.T) {
	t.Parallel()
	asset := results()[0]
	rights := rightsOf(t, granting(t, spark()))
	plan := reuse("u", contracts.ChannelSparkAd, contracts.ByClickRate, 1)
	by := date(3, 18)
	for name, tt := range map[string]struct {
		at   time.Time
		late bool
	}{"in time": {by, false}, "late": {by.Add(1), true}} {
		lists, err := rights.Repurpose([]contracts.AssetResult{asset}, []contracts.Reuse{plan}, contracts.RepurposeOptions{At: tt.at})
		require.NoError(t, err)
		c := lists[0].Ranked[0]
		if !c.AskBy.Equal(by) || c.Late != tt.late || c.Draft != nil || c.Unpriced != "" || !c.Permission.ByContract {
			t.Errorf("%s: only the code is missing: %+v", name, c)
		}
	}
	asset.Asset.Permissions = []contracts.PlatformPermission{sparkCode(date(3, 1), date(5, 1))}
	lists, err := rights.Repurpose([]contracts.AssetResult{asset}, []contracts.Reuse{plan}, contracts.RepurposeOptions{At: date(3, 31)})
	require.NoError(t, err)
	if c := lists[0].Ranked[0]; !c.Permission.Allowed || !c.AskBy.IsZero() || c.Late {
		t.Errorf("nothing is missing: %+v", c)
	}
}

func TestRepurposeFaults(t *testing.T) {
	t.Parallel()
	list := results()[:1]
	list = append(list, list[0], contracts.AssetResult{})
	good := reuse("u", contracts.ChannelEmail, contracts.ByClickRate, 1)
	ends := good
	ends.ID, ends.Use.Until = "v", ends.Use.At
	ends.By, ends.Currency = contracts.BySalesPerView, ""
	_, err := rightsOf(t).Repurpose(list, []contracts.Reuse{good, good, {}, ends}, contracts.RepurposeOptions{})
	want := []fault{
		{"results[1].asset.id", "repurpose.twice"}, {"results[2].asset.id", "required"}, {"uses[1].id", "repurpose.twice"}, {"uses[2].id", "required"},
		{"uses[2].use.channel", "required"}, {"uses[2].use.market", "required"}, {"uses[2].use.at", "required"}, {"uses[2].use.until", "required"},
		{"uses[2].sample", "required"}, {"uses[2].rank_by", "repurpose.rank"}, {"uses[3].use.until", "required"}, {"uses[3].currency", "required"},
	}
	if diff := cmp.Diff(want, faultsOf(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

// Drafts for several uses of several assets fit into one agreement.
func TestRepurposeDraftsFitIntoOneAgreement(t *testing.T) {
	t.Parallel()
	de, fr := reuse("tv", contracts.ChannelTV, contracts.ByClickRate, 1), reuse("tv/fr", contracts.ChannelTV, contracts.ByClickRate, 1)
	fr.Use.Market = "FR"
	two := []contracts.AssetResult{result("a", 100, 1, 1, eur(1)), result("fr/a", 100, 1, 1, eur(1))}
	lists, err := rightsOf(t, granting(t, website())).Repurpose(two, []contracts.Reuse{de, fr}, priced(contracts.Additive))
	require.NoError(t, err)
	var grants []contracts.Grant
	for _, list := range lists {
		for _, c := range list.Ranked {
			grants = append(grants, c.Draft.Grant)
		}
	}
	granting(t, grants...) // refuses two of one id
	if len(grants) != 4 {
		t.Errorf("%d drafts", len(grants))
	}
}

// Nothing sold, spent or paid is a number that is known, and stays one when it is stored.
func TestZeroAmountsStored(t *testing.T) {
	t.Parallel()
	for name, amount := range map[string]byline.Money{"nothing": eur(0), "not known": {}, "some": eur(5)} {
		want := contracts.Placement{ID: "p", Use: contracts.Use{Spend: amount}, Cost: amount}
		data, err := json.Marshal(want)
		require.NoError(t, err)
		var got contracts.Placement
		require.NoError(t, json.Unmarshal(data, &got))
		data, err = json.Marshal(contracts.AssetResult{NetSales: amount})
		require.NoError(t, err)
		var brought contracts.AssetResult
		require.NoError(t, json.Unmarshal(data, &brought))
		if got.Cost != amount || got.Use.Spend != amount || brought.NetSales != amount {
			t.Errorf("%s: cost %v, spend %v, sales %v", name, got.Cost, got.Use.Spend, brought.NetSales)
		}
	}
}
