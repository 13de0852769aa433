package main

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/trust"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/campaign"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/creator"
)

// Everything in the demo is made up and says so in its name.
const (
	demoBrand    = "Acorn & Ash (demo)"
	demoShop     = "acorn-and-ash-demo.myshopify.com"
	demoSecret   = attribution.Secret("demo-secret-not-for-production")
	demoCampaign = byline.CampaignID("demo-autumn-table")

	demoClickKey    = attribution.Secret("demo-click-key-not-for-production")
	demoIdentityKey = attribution.Secret("demo-identity-key-not-for-production")
)

// The demo's second and third shop.
const (
	demoWoo          = "demo-woo"
	demoWooShop      = "https://acorn-and-ash-demo.example"
	demoWooSecret    = attribution.Secret("demo-woo-secret-not-for-production")
	demoStudio       = "demo-studio"
	demoStudioShop   = "studio.acorn-and-ash-demo.example"
	demoStudioSecret = attribution.Secret("whsec_ZGVtby1zdHVkaW8tc2VjcmV0LW5vdC1mb3ItcHJvZHVjdGlvbg==")
)

// demoEnvironment holds the secrets that the demo's shops name.
func demoEnvironment(name string) string {
	return map[string]string{"DEMO_WOO_SECRET": string(demoWooSecret), "DEMO_STUDIO_SECRET": string(demoStudioSecret)}[name]
}

func demoShops() []shopFile {
	return []shopFile{
		{Name: demoWoo, Platform: "woocommerce", Shop: demoWooShop, SecretsEnv: []string{"DEMO_WOO_SECRET"}},
		{Name: demoStudio, Platform: "signedjson", Shop: demoStudioShop, SecretsEnv: []string{"DEMO_STUDIO_SECRET"}},
	}
}

const day = 24 * time.Hour

// Days of the story, counted from its first.
const (
	codePassesOn    = 30 // HEARTH10 goes from Demo Dag to Demo Edda
	agreementAmends = 30 // Demo Chloé's second version
	codeExpires     = 40 // HUGO10
	storyDays       = 60 // the story ends today
	campaignDays    = 90
)

// demoPerson is a creator with one code, one link and one agreement.
type demoPerson struct {
	id       byline.CreatorID
	name     string
	platform byline.Platform
	handle   string
	format   brief.Format
	audience byline.Measure
	code     string
	percent  int64 // what the code takes off
	link     string
	rate     contracts.Rate
	fee      int64 // minor units of EUR
	weight   int   // how often customers come through them
}

func demoPeople(base time.Time) []demoPerson {
	followers := func(on byline.Platform, n float64) byline.Measure {
		return byline.Known(n, string(on)+".followers", base)
	}
	none := func(on byline.Platform, why byline.MissingReason) byline.Measure {
		return byline.Missing(why, string(on)+".followers", base)
	}
	return []demoPerson{
		{"demo-ada", "Demo Ada", byline.Instagram, "demo.ada.cooks", brief.Reel, followers(byline.Instagram, 48_200), "ADA15", 15, "ada", 12 * contracts.Percent, 400_00, 22},
		{"demo-bruno", "Demo Bruno", byline.TikTok, "demo.bruno", brief.Video, followers(byline.TikTok, 131_000), "BRUNO10", 10, "bruno", 10 * contracts.Percent, 300_00, 17},
		{"demo-chloe", "Demo Chloé", byline.YouTube, "demo-chloe-at-home", brief.Video, followers(byline.YouTube, 86_400), "CHLOE15", 15, "chloe", 12 * contracts.Percent, 0, 20},
		{"demo-dag", "Demo Dag", byline.Blog, "demo-hearth", brief.Article, none(byline.Blog, byline.NotSupported), "HEARTH10", 10, "dag", 8 * contracts.Percent, 150_00, 12},
		{"demo-edda", "Demo Edda", byline.Pinterest, "demo.edda.tables", brief.Pin, followers(byline.Pinterest, 22_900), "HEARTH10", 10, "edda", 9 * contracts.Percent, 120_00, 12},
		{"demo-farid", "Demo Farid", byline.Podcast, "demo-kitchen-talk", brief.Episode, none(byline.Podcast, byline.NotSupported), "FARID10", 10, "farid", 15 * contracts.Percent, 250_00, 9},
		{"demo-greta", "Demo Greta", byline.Twitch, "demo_greta_live", brief.Livestream, followers(byline.Twitch, 9_850), "GRETA20", 20, "greta", 10 * contracts.Percent, 100_00, 8},
		{"demo-hugo", "Demo Hugo", byline.Instagram, "demo.hugo.makes", brief.Story, none(byline.Instagram, byline.Hidden), "HUGO10", 10, "hugo", 8*contracts.Percent + 50*contracts.BasisPoint, 90_00, 10},
		{"demo-ines", "Demo Inês", byline.Threads, "demo.ines", brief.Post, none(byline.Threads, byline.NotPermitted), "INES12", 12, "ines", 5 * contracts.Percent, 220_00, 7},
		{"demo-jonas", "Demo Jonas", byline.LinkedIn, "demo-jonas-design", brief.Carousel, followers(byline.LinkedIn, 5_320), "JONAS5", 5, "jonas", 7 * contracts.Percent, 0, 4},
	}
}

// alwaysOn is from when Demo Ada's terms hold, whenever the demo runs: the prepared
// order that people post by hand has a fixed date.
func alwaysOn() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }

// demoProgramme writes the programme down. base is the first day of the story.
func demoProgramme(base time.Time) programmeFile {
	window := byline.Window{Start: base, End: base.Add(campaignDays * day)}
	file := programmeFile{Campaign: campaign.Plan{
		ID: demoCampaign, Name: "Autumn table", Window: window,
		Markets: []byline.Market{"DE", "FR", "PT", "SE"}, Budget: byline.Minor(12_000_00, byline.EUR),
		Primary:   campaign.Objective{Goal: campaign.Conversion, Metric: campaign.NetSales, Target: decimal.NewFromInt(15_000), Deadline: window.End},
		Secondary: []campaign.Objective{{Goal: campaign.Conversion, Metric: campaign.Orders, Target: decimal.NewFromInt(180), Deadline: window.End}},
	}}
	file.Shops = demoShops()
	file.Links = map[string]string{}
	file.Policies = []json.RawMessage{written(attribution.Policy{
		Version: "demo/1", Trust: []attribution.TrustRule{{Signal: trust.SignalSelfDealing, Mode: attribution.Hold, MinScore: 80}},
	})}
	file.Progress = map[contracts.AgreementID]contracts.Progress{
		"ag-farid": {Events: []contracts.Event{{Milestone: contracts.AtPosting, At: base.Add(12 * day)}}},
		"ag-edda":  {Events: []contracts.Event{{Milestone: contracts.AtReceipt, Of: "tablecloth", At: base.Add(3 * day)}}},
	}
	for _, p := range demoPeople(base) {
		file.Links[p.link] = demoWooShop + "/autumn"
		file.Creators = append(file.Creators, p.member(base))
		file.Offers = append(file.Offers, p.offers(base)...)
		file.Agreements = append(file.Agreements, p.terms(base)...)
	}
	return file
}

func (p demoPerson) member(base time.Time) member {
	posting := byline.Window{Start: base.Add(2 * day), End: base.Add(21 * day)}
	d := brief.Deliverable{Platform: p.platform, Format: p.format, Count: 2, Posting: posting, Code: p.code, Link: p.link}
	if p.id == "demo-edda" {
		// The code is not hers before the hand-over.
		d.Posting = byline.Window{Start: base.Add(codePassesOn * day), End: base.Add((codePassesOn + 14) * day)}
	}
	profile := creator.Profile{ID: p.id, Name: p.name, Accounts: []creator.Account{{Platform: p.platform, Handle: p.handle, Followers: p.audience}}}
	return member{Profile: profile, Emails: []string{p.email()}, Deliverables: []brief.Deliverable{d}}
}

func (p demoPerson) email() string { return p.link + "@creators.example.com" }

// offers gives the code and the link as one offer, or as two where the code's window is
// shorter than the link's.
func (p demoPerson) offers(base time.Time) []attribution.Offer {
	whole := byline.Window{Start: base, End: base.Add(campaignDays * day)}
	offer := func(code, link string, active byline.Window) attribution.Offer {
		return attribution.Offer{Creator: p.id, Campaign: demoCampaign, Code: code, Link: link, Active: active}
	}
	switch p.id {
	case "demo-ada":
		return []attribution.Offer{offer(p.code, p.link, byline.Window{Start: alwaysOn()})}
	case "demo-dag":
		return []attribution.Offer{offer(p.code, "", byline.Window{Start: base, End: base.Add(codePassesOn * day)}), offer("", p.link, whole)}
	case "demo-edda":
		return []attribution.Offer{offer(p.code, "", byline.Window{Start: base.Add(codePassesOn * day), End: whole.End}), offer("", p.link, whole)}
	case "demo-hugo":
		return []attribution.Offer{offer(p.code, "", byline.Window{Start: base, End: base.Add(codeExpires * day)}), offer("", p.link, whole)}
	}
	return []attribution.Offer{offer(p.code, p.link, whole)}
}

func (p demoPerson) terms(base time.Time) []contracts.Terms {
	t := contracts.Terms{
		ID: contracts.AgreementID("ag-" + strings.TrimPrefix(string(p.id), "demo-")), Version: 1, Creator: p.id, Campaign: demoCampaign,
		Effective: byline.Window{Start: base}, SignedAt: base.Add(-5 * day), Pay: contracts.Pay{Percentages: []contracts.Percentage{{ID: "sales", Rate: p.rate}}},
	}
	if p.fee > 0 {
		t.Pay.Fees = []contracts.Fee{{ID: "fee", Amount: byline.Minor(p.fee, byline.EUR)}}
	}
	switch p.id {
	case "demo-ada":
		t.Effective.Start, t.SignedAt = alwaysOn(), alwaysOn()
	case "demo-bruno":
		t.Pay.Hold = contracts.Hold{From: contracts.HeldPlaced, Days: 14}
	case "demo-ines":
		t.Pay.Currency, t.Pay.Period, t.Pay.Guarantee = byline.EUR, contracts.Monthly, byline.Minor(60_00, byline.EUR)
		t.Pay.Percentages = []contracts.Percentage{{ID: "sales", Mode: contracts.Marginal, Tiers: []contracts.Tier{
			{From: byline.Minor(0, byline.EUR), Rate: p.rate}, {From: byline.Minor(300_00, byline.EUR), Rate: 8 * contracts.Percent},
		}}}
	case "demo-edda":
		t.Pay.Gifts = []contracts.Gift{{ID: "tablecloth", Description: "a demo linen tablecloth", Value: byline.Minor(79_00, byline.EUR), Due: contracts.AtReceipt}}
	case "demo-farid":
		t.Pay.Fees = []contracts.Fee{
			{ID: "signing", Amount: byline.Minor(100_00, byline.EUR), Due: contracts.AtSigning},
			{ID: "episode", Amount: byline.Minor(p.fee-100_00, byline.EUR), Due: contracts.AtPosting, After: 7},
		}
		t.Clauses.KillFees = []contracts.KillFee{{Stage: contracts.StageProduced, Rate: 50 * contracts.Percent}, {Stage: contracts.StageDelivered, Rate: contracts.Whole}}
	case "demo-chloe":
		amended := t
		amended.Version, amended.Pay.Percentages = 2, []contracts.Percentage{{ID: "sales", Rate: 16 * contracts.Percent}}
		amended.Effective.Start = base.Add(agreementAmends * day)
		amended.SignedAt = amended.Effective.Start.Add(-2 * day)
		return []contracts.Terms{t, amended}
	}
	return []contracts.Terms{t}
}
