package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// hostileInventory has one text wherever a file can have one.
func hostileInventory(t testing.TB, text string) inventory {
	t.Helper()
	// What is not UTF-8 cannot be agreed on; all other text may be.
	id := strings.ToValidUTF8(text, "\ufffd")
	in := inventory{assets: map[contracts.AssetID]contracts.Asset{}, unknown: map[contracts.AssetID]bool{contracts.AssetID(id): true}, files: files{text, text, text}}
	signed := time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)
	posted := signed.AddDate(0, 0, 9)
	var drafts []*contracts.Agreement
	for i, at := range []time.Time{signed, {}} {
		a, err := contracts.Draft(contracts.Terms{
			ID: contracts.AgreementID(id + strings.Repeat("-draft", i)), Version: 1, Creator: byline.CreatorID(id), Campaign: "c", SignedAt: at, Effective: byline.Window{Start: signed},
			Pay:     contracts.Pay{Fees: []contracts.Fee{{ID: "f", Amount: byline.Minor(1000, byline.EUR)}}},
			Parties: []contracts.Party{{Role: contracts.RoleBrand, Name: "Demo" + strings.Repeat(" Kettles", i)}},
			Grants: []contracts.Grant{{
				ID: contracts.GrantID(id), Channels: []contracts.Channel{contracts.ChannelSparkAd, contracts.ChannelWebsite},
				Territory: contracts.Territory{Markets: []byline.Market{"DE"}}, Term: contracts.Term{From: contracts.FromPosting, Months: 3}, Impressions: 5,
			}},
			Categories:  []contracts.Category{"x"},
			Exclusivity: []contracts.Exclusivity{{ID: id, BoundParty: contracts.RoleCreator, Categories: []contracts.Category{"x"}, Territory: contracts.Territory{Worldwide: true}}},
		})
		require.NoError(t, err)
		drafts = append(drafts, a)
		in.agreements = append(in.agreements, agreement{a, a.Terms()})
	}
	var err error
	in.rights, err = contracts.NewRights(drafts...)
	require.NoError(t, err)
	asset := contracts.Asset{ID: contracts.AssetID(id), Agreement: contracts.AgreementID(id), Creator: byline.CreatorID(id), PostedAt: posted}
	in.assets[asset.ID] = asset
	in.results = []contracts.AssetResult{
		{Asset: asset, Views: byline.Known(1000, text, posted), Clicks: byline.Known(10, text, posted)},
		{Asset: contracts.Asset{ID: asset.ID + "-2"}, Views: byline.Missing(byline.MissingReason(text), text, posted)},
	}
	for _, channel := range []contracts.Channel{contracts.ChannelSparkAd, contracts.ChannelWebsite, contracts.ChannelEmail} {
		in.placements = append(in.placements, contracts.Placement{
			ID: text + string(channel), Asset: asset, Use: contracts.Use{Channel: channel, Market: "DE", Region: "DE-" + text, At: posted, By: contracts.Licensee(text)},
			URL: text, Advertiser: text, Cost: byline.Minor(5, byline.EUR),
		})
	}
	in.placements = append(in.placements, contracts.Placement{ID: text + "later", Asset: asset, Use: contracts.Use{Channel: contracts.ChannelWebsite, Market: "DE", At: posted}})
	in.prices = priceTables{Otherwise: &contracts.RightsPrices{Base: byline.Minor(1000, byline.EUR), Order: contracts.Compounded, AddOns: []contracts.AddOn{{ID: text, Rate: 1000}}}}
	in.reuse = []contracts.Reuse{{ID: text, By: contracts.ByClickRate, Sample: 1, Use: contracts.Use{Channel: contracts.ChannelEmail, Market: "DE", At: posted, Until: posted.AddDate(1, 0, 0)}}}
	in.bad = badRows{{1, []*byline.FieldError{{Path: text, Code: text, Message: text}}}}
	return in
}

func hostilePage(t testing.TB, text string) []byte {
	t.Helper()
	r, err := hostileInventory(t, text).report(t.Context(), config{at: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), leads: []int{30}})
	require.NoError(t, err)
	var page bytes.Buffer
	require.NoError(t, r.writeHTML(&page))
	return page.Bytes()
}

const worstText = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{.}}&lt;\u202e\x00\x1b[31m</style></svg>--><!--\u2028"

// No text of a file becomes a tag, an attribute, an entity or a command.
func FuzzHostileText(f *testing.F) {
	for _, text := range []string{worstText, "x", "javascript:alert(1)", "https://a.example/\"onclick=", "\u2066", "%", "]]>", "</title>", "\xb0<", strings.Repeat("long", 500)} {
		f.Add(text)
	}
	plain := hostilePage(f, "x")
	f.Fuzz(func(t *testing.T, text string) {
		if text == "" || webAddress(text) != "" {
			return
		}
		page := hostilePage(t, text)
		for _, mark := range []string{"<", ">", "\""} {
			if want, got := bytes.Count(plain, []byte(mark)), bytes.Count(page, []byte(mark)); got != want {
				t.Errorf("%d of %q, not %d", got, mark, want)
			}
		}
		for _, r := range string(page) {
			if r != '\n' && r != '\u200d' && !unicode.IsPrint(r) && r != '\u00a0' {
				t.Fatalf("%U came through", r)
			}
		}
	})
}

// Only the web is linked to.
func TestWebAddress(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"https://ads.example/1?a=b": "https://ads.example/1?a=b", "http://ads.example": "http://ads.example",
		"javascript:alert(1)": "", "data:text/html,x": "", "//ads.example": "", "ads.example": "", "https://": "", "https://ads.example@evil.example/": "", "file:///etc/passwd": "", "https://a b": "", "": "",
	} {
		if got := webAddress(text); got != want {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}

// Whatever an inventory holds, each row is audited or told of.
func FuzzPlacements(f *testing.F) {
	f.Add([]byte(smallPlacements))
	f.Add([]byte("id,asset,channel,market,start,cost,raw\na,b,website,DE,2026-01-01,1 EUR,true\n\"x"))
	f.Add([]byte(`[{"id":"a","asset":"b","use":{"channel":"website","market":"DE","at":"2026-01-01T00:00:00Z"}},{},3]`))
	f.Fuzz(func(t *testing.T, text []byte) {
		in := inventory{unknown: map[contracts.AssetID]bool{}}
		s := source{name: "x", text: text}
		in.readPlacements(&s)
		_, err := in.rights.Audit(in.placements, time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
		for _, fault := range byline.Nest("", err) {
			if fault.Code != "money.range" {
				t.Errorf("a placement was taken that cannot be audited: %v", fault)
			}
		}
		for i, bad := range in.bad {
			if bad.Row < 1 || bad.String() == "" || (i > 0 && in.bad[i-1].Row > bad.Row) {
				t.Errorf("bad row %d: %s", bad.Row, bad)
			}
		}
	})
}

func FuzzFiles(f *testing.F) {
	f.Add([]byte(smallAgreements))
	f.Add([]byte(smallAssets))
	for _, name := range []string{"agreements.json", "assets.json", "prices.json", "reuse.json"} {
		text, err := demoFiles.ReadFile("demo/" + name)
		require.NoError(f, err)
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var in inventory
		in.unknown = map[contracts.AssetID]bool{}
		for _, read := range []func(*source){in.readAgreements, in.readAssets, in.readPrices, in.readReuse} {
			s := source{name: "x", text: text}
			read(&s)
			if err := s.err(); len(s.faults) > 0 && (err == nil || err.Error() == "") {
				t.Error("faults without a word")
			}
		}
	})
}

// A long inventory is shown in part, and the page says so; the JSON has all of it.
func TestLongLists(t *testing.T) {
	t.Parallel()
	var placements strings.Builder
	placements.WriteString("id,asset,channel,market,start\n")
	const n = 700
	for i := range n {
		placements.WriteString(strings.Join([]string{"p" + showCount(i), "asset-" + showCount(i), "email", "DE", "2026-03-01"}, ",") + "\n")
	}
	dir := folder(t, small(map[string]string{"placements.csv": placements.String()}))
	got := call(t, dir, given("-json", "@/r.json")...)
	require.Equal(t, exitOK, got.code, got.err)
	for _, want := range []string{"640 rows are not drawn", "500 breaches are not shown", "700 assets are</strong>"} {
		if !strings.Contains(strings.ReplaceAll(got.out, " not in the list of assets:", ""), want) {
			t.Errorf("%q is not on the page", want)
		}
	}
	text, err := os.ReadFile(filepath.Join(dir, "r.json"))
	require.NoError(t, err)
	var r report
	require.NoError(t, json.Unmarshal(text, &r))
	if len(r.Rows) != n || len(r.Audit.Now) != n {
		t.Errorf("%d rows, %d breaches", len(r.Rows), len(r.Audit.Now))
	}
}
