package contracts_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
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

func reviewUSD(cents int64) byline.Money { return byline.Minor(cents, byline.USD) }

// soundTerms are terms of which no issue is known: a German brand and a German creator.
func soundTerms() contracts.Terms {
	t := terms()
	t.SignedAt = date(10, 20)
	t.Zone = "Europe/Berlin"
	t.Parties = []contracts.Party{
		{Role: contracts.RoleBrand, Name: "Demo GmbH", Address: "Weg 1, Berlin", Email: "a@demo.example", Market: "DE", TaxResidence: "DE"},
		{Role: contracts.RoleCreator, Name: "Ada Demo", Address: "Weg 2, Berlin", Email: "b@demo.example", Market: "DE", TaxResidence: "DE", BornOn: time.Date(1990, 2, 3, 0, 0, 0, 0, time.UTC)},
	}
	t.Categories = []contracts.Category{"beauty/skincare/serum"}
	t.Grants = []contracts.Grant{{
		ID: "site", Channels: []contracts.Channel{contracts.ChannelWebsite}, Territory: contracts.Territory{Markets: []byline.Market{"DE"}},
		Term: contracts.Term{From: contracts.FromPosting, Months: 6}, Edits: []contracts.Edit{contracts.EditCrop},
	}}
	t.Exclusivity = []contracts.Exclusivity{{
		ID: "serum", BoundParty: contracts.RoleCreator, Categories: []contracts.Category{"beauty/skincare/serum"}, Competitors: []string{"Rival"},
		Territory: contracts.Territory{Regions: []contracts.Region{contracts.DACH}}, Before: 7, After: 30, Fee: eur(10000),
	}}
	t.Pay.Percentages[0].Base = contracts.NetSales
	t.Pay.Hold = contracts.Hold{From: contracts.HeldPlaced, Days: 30}
	t.Clauses = contracts.Clauses{
		Written: true, Law: "DE", Scope: "two reels", Audience: []byline.Market{"DE"}, Objective: "launch",
		Payment:    &contracts.PaymentTerms{Days: 30, From: contracts.FromStatement},
		Reviewing:  &contracts.ReviewTerms{Rounds: 2, Days: 5, Silence: contracts.SilenceApproves},
		KillFees:   []contracts.KillFee{{Stage: contracts.StageSigned, Rate: 25 * contracts.Percent}, {Stage: contracts.StageProduced, Rate: 50 * contracts.Percent}, {Stage: contracts.StageDelivered, Rate: contracts.Whole}},
		Morals:     &contracts.Morals{Mutual: true, Definition: "a final conviction"},
		Compliance: &contracts.Compliance{Disclosure: true, Monitoring: true, TakedownHours: 24},
		Warranties: &contracts.Warranties{GenuineFollowers: true, Audit: true, Original: true},
		AI:         &contracts.AITerms{},
		Services:   []contracts.Service{{Description: "two reels", Value: eur(50000)}},
		Statements: "by the 10th of each month",
	}
	return t
}

// frenchTerms and americanTerms are sound there, above the thresholds.
func frenchTerms() contracts.Terms {
	t := soundTerms()
	t.Pay.Fees[0].Amount = eur(100000)
	t.Parties[1].Market, t.Parties[1].TaxResidence = "FR", "FR"
	t.Clauses.Audience, t.Clauses.Law = []byline.Market{"FR"}, "FR"
	return t
}

func americanTerms(region string) contracts.Terms {
	t := soundTerms()
	for i := range t.Parties {
		t.Parties[i].Market, t.Parties[i].TaxResidence, t.Parties[i].Region = "US", "US", region
	}
	t.Clauses.Audience, t.Clauses.Law = []byline.Market{"US"}, "US"
	t.Pay = contracts.Pay{Fees: []contracts.Fee{{ID: "fee", Amount: reviewUSD(80000)}}}
	t.Exclusivity = nil
	t.Clauses.Services[0].Value = reviewUSD(80000)
	t.Clauses.Payment.From = contracts.FromDelivery
	return t
}

func reviewOther(id contracts.AgreementID, change func(*contracts.Terms)) *contracts.Agreement {
	t := soundTerms()
	t.ID, t.Campaign = id, byline.CampaignID(id)
	t.Exclusivity = nil
	change(&t)
	a, err := contracts.Draft(t)
	if err != nil {
		panic(err)
	}
	return a
}

func reviewOn(y int, m time.Month, d int) *contracts.ReviewOptions {
	return &contracts.ReviewOptions{At: time.Date(y, m, d, 12, 0, 0, 0, time.UTC)}
}

func reviewKnowing(assets ...contracts.Asset) *contracts.ReviewOptions {
	return &contracts.ReviewOptions{Assets: assets}
}

func sparkAds(t *contracts.Terms) {
	t.Grants[0].Channels = []contracts.Channel{contracts.ChannelSparkAd}
}

func reviewPosted(permissions ...contracts.PlatformPermission) contracts.Asset {
	return contracts.Asset{ID: "reel", Agreement: "ag-ada", PostedAt: date(10, 1), Permissions: permissions}
}

func sparkUntil(end time.Time, markets ...byline.Market) contracts.PlatformPermission {
	return contracts.PlatformPermission{Channel: contracts.ChannelSparkAd, Status: contracts.PermissionActive, Holds: byline.Window{Start: date(10, 1), End: end}, Markets: markets}
}

func replica(t *contracts.Terms) {
	t.Clauses.AI = &contracts.AITerms{Replica: true, Purpose: "a greeting"}
}

func withoutCommission(t *contracts.Terms) { t.Pay.Percentages = nil }

func unchanged(*contracts.Terms) {}

func changed(changes ...func(*contracts.Terms)) func(*contracts.Terms) {
	return func(t *contracts.Terms) {
		for _, change := range changes {
			change(t)
		}
	}
}

type reviewCase struct {
	base    func() contracts.Terms // soundTerms when nil
	change  func(*contracts.Terms)
	options *contracts.ReviewOptions
	want    []string // "severity code path" without "review.", in order
}

func (c reviewCase) review() []byline.Finding {
	t := soundTerms()
	if c.base != nil {
		t = c.base()
	}
	c.change(&t)
	return contracts.Review(t, c.options)
}

func reviewLines(findings []byline.Finding) []string {
	var lines []string
	for _, f := range findings {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s", f.Severity, strings.TrimPrefix(f.Code, "review."), f.Path)))
	}
	return lines
}

func TestReview(t *testing.T) {
	t.Parallel()
	for name, tt := range reviewCases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, reviewLines(tt.review())); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func reviewCases() map[string]reviewCase {
	all := map[string]reviewCase{}
	for _, group := range []map[string]reviewCase{rightsCases(), permissionCases(), machineCases(), exclusivityCases(), rivalCases(), franceCases(), freelanceCases(), clauseCases(), commissionCases(), peopleCases(), inputCases()} {
		for name, c := range group {
			if _, twice := all[name]; twice {
				panic(name)
			}
			all[name] = c
		}
	}
	return all
}

func rightsCases() map[string]reviewCase {
	return map[string]reviewCase{
		"sound": {change: unchanged},
		"C01 no channel": {change: func(t *contracts.Terms) { t.Grants[0].Channels = nil },
			want: []string{"blocker right_incomplete grants[0].channels"}},
		"C01 nowhere": {change: func(t *contracts.Terms) { t.Grants[0].Territory = contracts.Territory{} },
			want: []string{"blocker right_incomplete grants[0].territory"}},
		"C01 a part of a country is somewhere": {change: func(t *contracts.Terms) { t.Grants[0].Territory = contracts.Territory{Subdivisions: []string{"US-CA"}} }},
		"C01 no trigger": {change: func(t *contracts.Terms) { t.Grants[0].Term.From = "" },
			want: []string{"blocker right_incomplete grants[0].term"}},
		"C01 from a date that is not there": {change: func(t *contracts.Terms) { t.Grants[0].Term.From = contracts.FromDate },
			want: []string{"blocker right_incomplete grants[0].term"}},
		"C01 no end": {change: func(t *contracts.Terms) { t.Grants[0].Term.Months = 0 },
			want: []string{"blocker right_incomplete grants[0].term"}},
		"C01 ends before it starts": {change: func(t *contracts.Terms) {
			t.Grants[0].Term = contracts.Term{From: contracts.FromDate, Start: date(11, 2), End: date(11, 1)}
		}, want: []string{"blocker right_incomplete grants[0].term"}},
		"C02 perpetual": {change: func(t *contracts.Terms) {
			t.Grants[0].Term = contracts.Term{From: contracts.FromPosting, Perpetual: true}
		}, want: []string{"blocker right_perpetual grants[0].term"}},
		"C02 perpetual and priced alone": {change: func(t *contracts.Terms) {
			t.Grants[0].Term, t.Grants[0].Fee = contracts.Term{From: contracts.FromPosting, Perpetual: true}, eur(1)
		}, want: []string{"blocker right_perpetual grants[0].term"}},
		"C02 perpetual, priced and known": {change: func(t *contracts.Terms) {
			t.Grants[0].Term, t.Grants[0].Fee, t.Grants[0].Acknowledged = contracts.Term{From: contracts.FromPosting, Perpetual: true}, eur(1), true
		}},
		"C02 a year":                     {change: func(t *contracts.Terms) { t.Grants[0].Term.Months = 12 }},
		"C02 more than a year":           {change: func(t *contracts.Terms) { t.Grants[0].Term.Months = 13 }, want: []string{"info right_long grants[0].term"}},
		"C02 more than a year, but ends": {change: func(t *contracts.Terms) { t.Grants[0].Term.Months, t.Grants[0].Term.End = 13, date(12, 1) }},
		"C02 ten years":                  {change: func(t *contracts.Terms) { t.Grants[0].Term.Months = 120 }, want: []string{"blocker right_perpetual grants[0].term"}},
		"C02 not quite ten years":        {change: func(t *contracts.Terms) { t.Grants[0].Term.Months = 119 }, want: []string{"info right_long grants[0].term"}},
		"C02 ten years by other norms": {change: func(t *contracts.Terms) { t.Grants[0].Term.Months = 24 }, options: &contracts.ReviewOptions{Norms: &contracts.Norms{OpenMonths: 24}},
			want: []string{"blocker right_perpetual grants[0].term"}},
		"C02 ten years, priced and known": {change: func(t *contracts.Terms) {
			t.Grants[0].Term.Months, t.Grants[0].Fee, t.Grants[0].Acknowledged = 120, eur(1), true
		}, want: []string{"info right_long grants[0].term"}},
		"C02 from the post to a far day": {change: func(t *contracts.Terms) {
			t.Grants[0].Term = contracts.Term{From: contracts.FromPosting, End: date(10, 20).AddDate(100, 0, 0)}
		}, want: []string{"blocker right_perpetual grants[0].term"}},
		"C02 from date to date": {change: func(t *contracts.Terms) {
			t.Grants[0].Term = contracts.Term{From: contracts.FromDate, Start: date(1, 1), End: date(1, 1).AddDate(1, 0, 1)}
		}, want: []string{"info right_long grants[0].term"}},
		"C02 by other norms": {change: unchanged, options: &contracts.ReviewOptions{Norms: &contracts.Norms{RightMonths: 3}},
			want: []string{"info right_long grants[0].term"}},
		"C18 a union and print": {change: func(t *contracts.Terms) {
			t.Parties[1].Union = "SAG-AFTRA"
			t.Grants[0].Channels = append(t.Grants[0].Channels, contracts.ChannelPrint)
		}, want: []string{"warning union_scope grants[0].channels[1]"}},
		"C18 a union and the site": {change: func(t *contracts.Terms) { t.Parties[1].Union = "SAG-AFTRA" }},
		"C18 print without a union": {change: func(t *contracts.Terms) {
			t.Grants[0].Channels = []contracts.Channel{contracts.ChannelPrint}
		}},
	}
}

func permissionCases() map[string]reviewCase {
	const place = " grants[0].channels[0]"
	end := date(10, 1).AddDate(0, 6, 0)
	revoked := sparkUntil(end)
	revoked.Status = contracts.PermissionRevoked
	late, tooLate := sparkUntil(end.AddDate(1, 0, 0)), sparkUntil(end.AddDate(1, 0, 0))
	late.Holds.Start, tooLate.Holds.Start = date(12, 20), end.AddDate(0, 1, 0)
	named := func(t *contracts.Terms) { t.Grants[0].Assets = []contracts.AssetID{"reel"} }
	january := func(t *contracts.Terms) {
		t.Zone, t.Grants[0].Term = "", contracts.Term{From: contracts.FromPosting, Months: 1}
	}
	// inFebruary is posted on 31 January and permitted until a day of February.
	inFebruary := func(day int) *contracts.ReviewOptions {
		asset := reviewPosted(sparkUntil(date(2, day)))
		asset.PostedAt, asset.Permissions[0].Holds.Start = date(1, 31), date(1, 1)
		return &contracts.ReviewOptions{At: date(2, 1), Assets: []contracts.Asset{asset}}
	}
	meta := sparkUntil(end)
	meta.Channel = contracts.ChannelPartnershipAd
	return map[string]reviewCase{
		"C03 no asset yet":            {change: sparkAds, want: []string{"info permission_unknown" + place}},
		"C03 an asset of other terms": {change: sparkAds, options: reviewKnowing(contracts.Asset{ID: "reel", Agreement: "ag-x", PostedAt: date(10, 1)}), want: []string{"info permission_unknown" + place}},
		"C03 starts late":             {change: sparkAds, options: reviewKnowing(reviewPosted(late)), want: []string{"blocker permission_short" + place}},
		"C03 starts after the right":  {change: sparkAds, options: reviewKnowing(reviewPosted(tooLate)), want: []string{"blocker permission_missing" + place}},
		"C03 a hole in between":       {change: sparkAds, options: reviewKnowing(reviewPosted(sparkUntil(date(11, 5)), late)), want: []string{"blocker permission_short" + place}},
		"C03 one for a time and one for a place": {change: changed(sparkAds, func(t *contracts.Terms) { t.Grants[0].Territory.Markets = []byline.Market{"DE", "AT"} }),
			options: reviewKnowing(reviewPosted(sparkUntil(end.AddDate(1, 0, 0), "DE"), sparkUntil(date(11, 5)))), want: []string{"blocker permission_short" + place}},
		"C03 short here and none there": {change: changed(sparkAds, func(t *contracts.Terms) { t.Grants[0].Territory.Markets = []byline.Market{"DE", "AT"} }),
			options: reviewKnowing(reviewPosted(sparkUntil(date(11, 5), "DE"))), want: []string{"blocker permission_short" + place, "warning permission_narrow" + place}},
		"C03 a named asset of other terms":    {change: changed(sparkAds, named), options: reviewKnowing(contracts.Asset{ID: "reel", Agreement: "ag-x", Creator: "ada", PostedAt: date(10, 1)}), want: []string{"blocker permission_missing" + place}},
		"C03 a named asset of another":        {change: changed(sparkAds, named), options: reviewKnowing(contracts.Asset{ID: "reel", Agreement: "ag-x", Creator: "bruno", PostedAt: date(10, 1)}), want: []string{"info permission_unknown" + place}},
		"C03 an asset that is not named":      {change: changed(sparkAds, named), options: reviewKnowing(contracts.Asset{ID: "story", Agreement: "ag-ada", PostedAt: date(10, 1)}), want: []string{"info permission_unknown" + place}},
		"C03 a month from the 31st":           {change: changed(sparkAds, january), options: inFebruary(28)},
		"C03 a month from the 31st, too soon": {change: changed(sparkAds, january), options: inFebruary(27), want: []string{"blocker permission_short" + place}},
		"C03 not posted yet":                  {change: sparkAds, options: reviewKnowing(contracts.Asset{ID: "reel", Agreement: "ag-ada"}), want: []string{"info permission_unknown" + place}},
		"C03 no permission":                   {change: sparkAds, options: reviewKnowing(reviewPosted()), want: []string{"blocker permission_missing" + place}},
		"C03 a revoked permission":            {change: sparkAds, options: reviewKnowing(reviewPosted(revoked)), want: []string{"blocker permission_missing" + place}},
		"C03 of another platform":             {change: sparkAds, options: reviewKnowing(reviewPosted(meta)), want: []string{"blocker permission_missing" + place}},
		"C03 a permission that is over":       {change: sparkAds, options: reviewKnowing(reviewPosted(sparkUntil(date(10, 20)))), want: []string{"blocker permission_missing" + place}},
		"C03 too short":                       {change: sparkAds, options: reviewKnowing(reviewPosted(sparkUntil(date(10, 31)))), want: []string{"blocker permission_short" + place}},
		"C03 long enough":                     {change: changed(sparkAds, func(t *contracts.Terms) { t.Zone = "" }), options: reviewKnowing(reviewPosted(sparkUntil(end)))},
		"C03 one instant too short":           {change: changed(sparkAds, func(t *contracts.Terms) { t.Zone = "" }), options: reviewKnowing(reviewPosted(sparkUntil(end.Add(-1)))), want: []string{"blocker permission_short" + place}},
		"C03 without an end":                  {change: sparkAds, options: reviewKnowing(reviewPosted(sparkUntil(time.Time{}))), want: []string{"blocker permission_missing" + place}},
		"C03 for no time":                     {change: sparkAds, options: reviewKnowing(reviewPosted(contracts.PlatformPermission{Channel: contracts.ChannelSparkAd, Status: contracts.PermissionActive, Holds: byline.Window{Start: date(11, 2), End: date(11, 1)}})), want: []string{"blocker permission_missing" + place}},
		"C03 in the market":                   {change: sparkAds, options: reviewKnowing(reviewPosted(sparkUntil(end.AddDate(1, 0, 0), "DE")))},
		"C03 in another market":               {change: sparkAds, options: reviewKnowing(reviewPosted(sparkUntil(end.AddDate(1, 0, 0), "AT"))), want: []string{"warning permission_narrow" + place}},
		"C03 one code after the other": {change: sparkAds, options: reviewKnowing(reviewPosted(sparkUntil(date(10, 31)), contracts.PlatformPermission{
			Channel: contracts.ChannelSparkAd, Status: contracts.PermissionActive, Holds: byline.Window{Start: date(10, 31), End: end.AddDate(1, 0, 0)}, Markets: []byline.Market{"DE"}}))},
		"C03 too short in a market": {change: changed(sparkAds, func(t *contracts.Terms) { t.Grants[0].Territory.Regions = []contracts.Region{contracts.DACH} }),
			options: reviewKnowing(reviewPosted(sparkUntil(end.AddDate(1, 0, 0), "CH", "DE"), sparkUntil(date(10, 31), "AT"))), want: []string{"blocker permission_short" + place}},
		"C03 over in a market": {change: changed(sparkAds, func(t *contracts.Terms) { t.Grants[0].Territory.Regions = []contracts.Region{contracts.DACH} }),
			options: reviewKnowing(reviewPosted(sparkUntil(end.AddDate(1, 0, 0), "CH", "DE"), sparkUntil(date(10, 20), "AT"))), want: []string{"warning permission_narrow" + place}},
		"C03 one for each market": {change: changed(sparkAds, func(t *contracts.Terms) { t.Grants[0].Territory.Regions = []contracts.Region{contracts.DACH} }),
			options: reviewKnowing(reviewPosted(sparkUntil(end.AddDate(1, 0, 0), "CH", "DE"), sparkUntil(end.AddDate(1, 0, 0), "AT")))},
		"C03 not all of the world": {change: changed(sparkAds, func(t *contracts.Terms) { t.Grants[0].Territory = contracts.Territory{Worldwide: true} }),
			options: reviewKnowing(reviewPosted(sparkUntil(end.AddDate(1, 0, 0), "DE"))), want: []string{"warning permission_narrow" + place}},
		"C03 the world": {change: changed(sparkAds, func(t *contracts.Terms) { t.Grants[0].Territory = contracts.Territory{Worldwide: true} }),
			options: reviewKnowing(reviewPosted(sparkUntil(end.AddDate(1, 0, 0))))},
		"C03 for a part of a country": {change: changed(sparkAds, func(t *contracts.Terms) { t.Grants[0].Territory = contracts.Territory{Subdivisions: []string{"US-CA"}} }),
			options: reviewKnowing(reviewPosted(sparkUntil(end.AddDate(1, 0, 0), "DE"))), want: []string{"warning permission_narrow" + place}},
		"C03 a right that is over": {change: changed(sparkAds, func(t *contracts.Terms) {
			t.Grants[0].Term = contracts.Term{From: contracts.FromDate, Start: date(1, 1), End: date(2, 1)}
		}), options: reviewKnowing(reviewPosted())},
		"C03 from the brand's account": {change: func(t *contracts.Terms) { t.Grants[0].Channels = []contracts.Channel{contracts.ChannelPaidSocial} }, options: reviewKnowing(reviewPosted())},
		"C03 a partnership ad": {change: func(t *contracts.Terms) { t.Grants[0].Channels = []contracts.Channel{contracts.ChannelPartnershipAd} },
			options: reviewKnowing(reviewPosted()), want: []string{"blocker permission_missing" + place}},
	}
}

func machineCases() map[string]reviewCase {
	return map[string]reviewCase{
		"C04 no edits":               {change: func(t *contracts.Terms) { t.Grants[0].Edits = nil }, want: []string{"info edits_unmentioned grants[0].edits"}},
		"C04 no clause":              {change: func(t *contracts.Terms) { t.Clauses.AI = nil }, want: []string{"warning ai_unmentioned clauses.ai"}},
		"C04 no clause and no right": {change: func(t *contracts.Terms) { t.Clauses.AI, t.Grants = nil, nil }},
		"C04 a right against the clause": {change: func(t *contracts.Terms) { t.Grants[0].AI = []contracts.AIUse{contracts.AITraining} },
			want: []string{"warning ai_contradiction grants[0].ai"}},
		"C04 a right with the clause": {change: func(t *contracts.Terms) {
			t.Clauses.AI.Training, t.Grants[0].AI = true, []contracts.AIUse{contracts.AITraining}
		}},
		"C04 a replica for nothing": {change: func(t *contracts.Terms) {
			t.Clauses.AI = &contracts.AITerms{Replica: true, DisclosureBy: contracts.RoleBrand}
		}, want: []string{"warning replica_purpose clauses.ai"}},
		"C04 a replica by a right alone": {change: func(t *contracts.Terms) {
			t.Clauses.AI.DisclosureBy, t.Grants[0].AI = contracts.RoleBrand, []contracts.AIUse{contracts.AIReplica}
		}, want: []string{"warning ai_contradiction grants[0].ai", "warning replica_purpose clauses.ai"}},
		"C04 nobody labels":                {change: replica, want: []string{"blocker ai_label clauses.ai"}},
		"C04 the day before the AI Act":    {change: replica, options: reviewOn(2026, 8, 1)},
		"C04 the day of the AI Act":        {change: replica, options: reviewOn(2026, 8, 2), want: []string{"blocker ai_label clauses.ai"}},
		"C04 the day before the performer": {base: func() contracts.Terms { return americanTerms("US-TX") }, change: replica, options: reviewOn(2026, 6, 8)},
		"C04 the day of the performer": {base: func() contracts.Terms { return americanTerms("US-TX") }, change: replica, options: reviewOn(2026, 6, 9),
			want: []string{"warning ai_performer clauses.ai"}},
		"C04 the day before the virtual person": {change: changed(replica, func(t *contracts.Terms) { t.Clauses.Audience = []byline.Market{"KR"} }), options: reviewOn(2026, 5, 31)},
		"C04 the day of the virtual person": {change: changed(replica, func(t *contracts.Terms) { t.Clauses.Audience = []byline.Market{"KR"} }), options: reviewOn(2026, 6, 1),
			want: []string{"warning ai_performer clauses.ai"}},
	}
}

func exclusivityCases() map[string]reviewCase {
	return map[string]reviewCase{
		"C05 of nothing": {change: func(t *contracts.Terms) { t.Exclusivity[0].Categories, t.Exclusivity[0].Competitors = nil, nil },
			want: []string{"blocker exclusivity_undefined exclusivity[0].categories"}},
		"C05 of names alone": {change: func(t *contracts.Terms) { t.Exclusivity[0].Categories = nil }},
		"C05 no days":        {change: func(t *contracts.Terms) { t.Exclusivity[0].Before, t.Exclusivity[0].After = 0, 0 }, want: []string{"blocker exclusivity_unbounded exclusivity[0].window"}},
		"C05 half a window":  {change: func(t *contracts.Terms) { t.Exclusivity[0].Window.Start = date(11, 1) }, want: []string{"blocker exclusivity_unbounded exclusivity[0].window"}},
		"C05 a window": {change: func(t *contracts.Terms) {
			t.Exclusivity[0].Before, t.Exclusivity[0].After, t.Exclusivity[0].Window = 0, 0, byline.Window{Start: date(11, 1), End: date(11, 2)}
		}},
		"C05 nowhere": {change: func(t *contracts.Terms) { t.Exclusivity[0].Territory = contracts.Territory{} }, want: []string{"blocker exclusivity_nowhere exclusivity[0].territory"}},
		"C05 unpaid":  {change: func(t *contracts.Terms) { t.Exclusivity[0].Fee = byline.Money{} }, want: []string{"warning exclusivity_unpaid exclusivity[0].fee"}},
		"C05 the brand's is unpaid": {change: func(t *contracts.Terms) {
			t.Exclusivity[0].Fee, t.Exclusivity[0].BoundParty = byline.Money{}, contracts.RoleBrand
		}},
	}
}

// rivalCases are those of C06: a serum for another brand of ada's, in November.
func rivalCases() map[string]reviewCase {
	unnamed := func(t *contracts.Terms) { t.Exclusivity[0].Competitors = nil }
	free := func(t *contracts.Terms) { t.Exclusivity = nil }
	draft := func(t *contracts.Terms) { t.SignedAt = time.Time{} }
	carved := func(kind contracts.CarveOutKind, brand string) func(*contracts.Terms) {
		return func(t *contracts.Terms) {
			t.Exclusivity[0].CarveOuts = []contracts.CarveOut{{Kind: kind, Brand: brand}}
		}
	}
	rival := func(change func(*contracts.Terms)) *contracts.Agreement {
		return reviewOther("ag-x", changed(func(t *contracts.Terms) { t.Parties[0].Name = "Rival" }, change))
	}
	other := func(change func(*contracts.Terms)) *contracts.ReviewOptions {
		return &contracts.ReviewOptions{Others: []*contracts.Agreement{nil, rival(change)}}
	}
	also := func(more *contracts.Agreement, change func(*contracts.Terms)) *contracts.ReviewOptions {
		o := other(change)
		o.Others = append(o.Others, more)
		return o
	}
	// promised is what the other agreement forbids.
	promised := func(change func(*contracts.Exclusivity)) *contracts.ReviewOptions {
		return other(func(t *contracts.Terms) {
			t.Exclusivity = soundTerms().Exclusivity
			t.Exclusivity[0].ID, t.Exclusivity[0].Competitors = "theirs", nil
			change(&t.Exclusivity[0])
		})
	}
	promotes := func(categories ...contracts.Category) *contracts.ReviewOptions {
		return other(func(t *contracts.Terms) { t.Categories = categories })
	}
	audience := func(markets ...byline.Market) *contracts.ReviewOptions {
		return other(func(t *contracts.Terms) { t.Clauses.Audience = markets })
	}
	until := func(end time.Time) *contracts.ReviewOptions {
		return other(func(t *contracts.Terms) { t.Effective = byline.Window{Start: date(10, 1), End: end} })
	}
	posting := func(w byline.Window) func(*contracts.Terms) {
		return changed(free, func(t *contracts.Terms) {
			t.Deliverables = []brief.Deliverable{{Platform: byline.TikTok, Format: brief.Video, Count: 1, Posting: w}}
		})
	}
	in := func(zone string) func(*contracts.Terms) {
		return changed(unnamed, func(t *contracts.Terms) { t.Zone = zone })
	}
	tree, err := contracts.NewTaxonomy(map[contracts.Category]contracts.Category{"beauty/skincare/serum": "", "ampoules": "beauty/skincare/serum"})
	if err != nil {
		panic(err)
	}
	tabled := promotes("ampoules")
	tabled.Taxonomy = tree
	clash, unclear := []string{"blocker exclusivity_conflict exclusivity[0]"}, []string{"warning exclusivity_unclear exclusivity[0]"}
	theirs := []string{"blocker exclusivity_conflict parties"}
	same := func(*contracts.Exclusivity) {}
	return map[string]reviewCase{
		"C06 the same category":     {change: unnamed, options: other(unchanged), want: clash},
		"C06 within it":             {change: unnamed, options: promotes("beauty/skincare/serum/night"), want: clash},
		"C06 within it by a table":  {change: unnamed, options: tabled, want: clash},
		"C06 not without the table": {change: unnamed, options: promotes("ampoules")},
		"C06 a wider category":      {change: unnamed, options: promotes("beauty"), want: unclear},
		"C06 no category":           {change: unnamed, options: promotes(), want: unclear},
		"C06 a longer word":         {change: unnamed, options: promotes("beauty/skincare/serums")},
		"C06 a name":                {change: unchanged, options: promotes("cars"), want: clash},
		"C06 everyone":              {change: changed(unnamed, func(t *contracts.Terms) { t.Exclusivity[0].Categories = nil }), options: promotes("cars"), want: []string{"blocker exclusivity_undefined exclusivity[0].categories", clash[0]}},
		"C06 another place":         {change: unnamed, options: audience("AU", "NZ")},
		"C06 everywhere":            {change: unnamed, options: audience(), want: clash},
		"C06 everywhere but there": {change: changed(unnamed, func(t *contracts.Terms) {
			t.Exclusivity[0].Territory = contracts.Territory{Worldwide: true, Except: []byline.Market{"DE"}}
		}), options: audience("DE")},
		"C06 a part of the place": {change: changed(unnamed, func(t *contracts.Terms) {
			t.Exclusivity[0].Territory = contracts.Territory{Subdivisions: []string{"DE-BY"}}
		}), options: other(unchanged), want: clash},
		"C06 ends as the days start": {change: in(""), options: until(date(10, 25))},
		"C06 ends after the days":    {change: in(""), options: until(date(10, 25).Add(1)), want: clash},
		"C06 days of the zone":       {change: in("Asia/Tokyo"), options: until(date(10, 25)), want: clash},
		"C06 no zone is UTC":         {change: in("Mars/Olympus"), options: until(date(10, 25))},
		"C06 existing to an amendment": {change: changed(carved(contracts.CarveExisting, ""), func(t *contracts.Terms) { t.Version = 2 }),
			options: also(reviewOther("ag-ada", func(t *contracts.Terms) { t.SignedAt = date(10, 1) }), func(t *contracts.Terms) { t.SignedAt = date(10, 10) }), want: clash},
		"C06 existing to the first version": {change: changed(carved(contracts.CarveExisting, ""), func(t *contracts.Terms) { t.Version = 2 }),
			options: also(reviewOther("ag-ada", func(t *contracts.Terms) { t.SignedAt = date(10, 11) }), func(t *contracts.Terms) { t.SignedAt = date(10, 10) })},
		"C06 existing, and amended": {change: carved(contracts.CarveExisting, ""),
			options: also(rival(func(t *contracts.Terms) { t.SignedAt = date(10, 1) }), func(t *contracts.Terms) { t.Version, t.SignedAt = 2, date(10, 25) })},
		"C06 existing":              {change: carved(contracts.CarveExisting, ""), options: other(func(t *contracts.Terms) { t.SignedAt = date(10, 19) })},
		"C06 not existing":          {change: carved(contracts.CarveExisting, ""), options: other(unchanged), want: clash},
		"C06 existing to a draft":   {change: changed(draft, carved(contracts.CarveExisting, "")), options: other(unchanged)},
		"C06 carved out":            {change: carved(contracts.CarveBrand, " rival "), options: other(unchanged)},
		"C06 another carved out":    {change: carved(contracts.CarveBrand, "Else"), options: other(unchanged), want: clash},
		"C06 no brand to carve out": {change: carved(contracts.CarveBrand, "Else"), options: other(func(t *contracts.Terms) { t.Parties = t.Parties[1:] }), want: unclear},
		"C06 the same brand":        {change: unnamed, options: other(func(t *contracts.Terms) { t.Parties[0].Name = "demo  GMBH" })},
		"C06 another creator":       {change: unnamed, options: other(func(t *contracts.Terms) { t.Creator = "bruno" })},
		"C06 the brand's promise": {change: func(t *contracts.Terms) {
			t.Exclusivity[0].BoundParty, t.Exclusivity[0].Competitors = contracts.RoleBrand, nil
		}, options: other(func(t *contracts.Terms) { t.Creator, t.Parties[0].Name = "bruno", "Demo GmbH" }), want: clash},

		"C06 theirs":          {change: free, options: promised(same), want: theirs},
		"C06 theirs names us": {change: free, options: promised(func(e *contracts.Exclusivity) { e.Categories, e.Competitors = nil, []string{"demo  gmbh"} }), want: theirs},
		"C06 theirs carves us out": {change: free, options: promised(func(e *contracts.Exclusivity) {
			e.CarveOuts = []contracts.CarveOut{{Kind: contracts.CarveBrand, Brand: "Demo GmbH"}}
		})},
		"C06 theirs, and not known": {change: changed(free, func(t *contracts.Terms) { t.Categories = nil }), options: promised(same), want: []string{"warning exclusivity_unclear parties"}},
		"C06 both":                  {change: unnamed, options: promised(same), want: append(slices.Clone(clash), theirs...)},
		"C06 theirs, a window":      {change: posting(byline.Window{Start: date(11, 10), End: date(11, 12)}), options: promised(func(e *contracts.Exclusivity) { e.Window = byline.Window{Start: date(11, 12), End: date(12, 1)} })},
		"C06 a posting open":        {change: posting(byline.Window{}), options: promised(func(e *contracts.Exclusivity) { e.Window = byline.Window{Start: date(12, 1), End: date(12, 9)} })},
		"C06 a posting by a day":    {change: posting(byline.Window{End: date(11, 5)}), options: promised(func(e *contracts.Exclusivity) { e.Window = byline.Window{Start: date(10, 1), End: date(11, 1)} })},
		"C06 a posting half open":   {change: posting(byline.Window{Start: date(11, 30)}), options: promised(func(e *contracts.Exclusivity) { e.Window = byline.Window{Start: date(11, 29), End: date(11, 30)} })},
		"C06 a posting that's none": {change: posting(byline.Window{Start: date(11, 20), End: date(11, 19)}), options: promised(func(e *contracts.Exclusivity) { e.Window = byline.Window{Start: date(11, 1), End: date(11, 2)} }), want: theirs},

		"C06 drafts":           {change: changed(unnamed, draft), options: other(draft), want: []string{"warning exclusivity_conflict exclusivity[0]"}},
		"C06 drafts, unclear":  {change: changed(unnamed, draft), options: other(changed(draft, func(t *contracts.Terms) { t.Categories = nil })), want: []string{"info exclusivity_unclear exclusivity[0]"}},
		"C06 the same terms":   {change: unnamed, options: &contracts.ReviewOptions{Others: []*contracts.Agreement{reviewOther("ag-ada", func(t *contracts.Terms) { t.Parties[0].Name = "Rival" })}}},
		"C06 the last version": {change: unnamed, options: &contracts.ReviewOptions{Others: []*contracts.Agreement{rival(func(t *contracts.Terms) { t.Version, t.Categories = 2, []contracts.Category{"cars"} }), rival(unchanged)}}},
		"C06 given twice":      {change: unnamed, options: &contracts.ReviewOptions{Others: []*contracts.Agreement{rival(unchanged), rival(unchanged)}}, want: clash},
	}
}

func franceCases() map[string]reviewCase {
	unwritten := func(t *contracts.Terms) { t.Clauses.Written = false }
	cheap := func(cents int64) func(*contracts.Terms) {
		return func(t *contracts.Terms) {
			t.Pay = contracts.Pay{Fees: []contracts.Fee{{ID: "fee", Amount: eur(cents)}}}
			t.Exclusivity, t.Clauses.Written = nil, false
		}
	}
	earlier := func(cents int64, change func(*contracts.Terms)) *contracts.ReviewOptions {
		return &contracts.ReviewOptions{Others: []*contracts.Agreement{reviewOther("ag-x", changed(withoutCommission, func(t *contracts.Terms) {
			t.Pay.Fees[0].Amount, t.SignedAt = eur(cents), date(1, 1)
		}, change))}}
	}
	// versions are two of one earlier agreement, the later one first.
	versions := func(first, second int64) *contracts.ReviewOptions {
		o := earlier(second, func(t *contracts.Terms) { t.Version = 2 })
		o.Others = append(o.Others, earlier(first, unchanged).Others...)
		return o
	}
	twice := func(o *contracts.ReviewOptions) *contracts.ReviewOptions {
		o.Others = append(o.Others, o.Others...)
		return o
	}
	and := func(o, p *contracts.ReviewOptions) *contracts.ReviewOptions {
		o.Others = append(o.Others, p.Others...)
		return o
	}
	given := func(b contracts.Benefit) *contracts.ReviewOptions {
		return &contracts.ReviewOptions{Given: []contracts.Benefit{b}}
	}
	hit, unknown := []string{"blocker france_unwritten clauses.written"}, []string{"warning france_unknown pay"}
	written := func(t *contracts.Terms) { t.Clauses.Written = true }
	unnamed := func(t *contracts.Terms) { t.Parties = t.Parties[1:] }
	lastYear := func(end time.Time) func(*contracts.Terms) {
		return func(t *contracts.Terms) {
			t.SignedAt = date(1, 1).Add(-2 * time.Hour)
			t.Effective = byline.Window{Start: t.SignedAt, End: end}
		}
	}
	unsigned := func(t *contracts.Terms) { t.SignedAt = time.Time{}; t.Version = 2 }
	overseas := func(m byline.Market) func(*contracts.Terms) {
		return func(t *contracts.Terms) { t.Parties[1].Market, t.Parties[1].TaxResidence = m, m }
	}
	abroad := func(t *contracts.Terms) { t.Parties[1].Market = "US"; t.Parties[1].Region = "US-TX" }
	return map[string]reviewCase{
		"C07 sound":                   {base: frenchTerms, change: unchanged},
		"C07 unwritten":               {base: frenchTerms, change: unwritten, want: hit},
		"C07 the day before":          {base: frenchTerms, change: unwritten, options: reviewOn(2025, 12, 31)},
		"C07 the first day":           {base: frenchTerms, change: unwritten, options: reviewOn(2026, 1, 1), want: hit},
		"C07 the first day in Berlin": {base: frenchTerms, change: unwritten, options: &contracts.ReviewOptions{At: time.Date(2025, 12, 31, 23, 0, 0, 0, time.UTC)}, want: hit},
		"C07 (a) no addresses": {base: frenchTerms, change: func(t *contracts.Terms) {
			t.Parties[0].Email, t.Parties[0].TaxResidence, t.Parties[1].Address = "", "", " "
		}, want: []string{"blocker france_parties parties[0].email", "blocker france_parties parties[0].tax_residence", "blocker france_parties parties[1].address"}},
		"C07 (a) no brand": {base: frenchTerms, change: func(t *contracts.Terms) { t.Parties = t.Parties[1:] },
			want: []string{"blocker france_parties parties", "warning markets_unknown parties"}},
		"C07 no brand, and given by one": {base: frenchTerms, change: changed(cheap(40_000), written, unnamed), options: given(contracts.Benefit{Advertiser: "Demo GmbH", At: date(3, 1), Value: eur(60_000)}),
			want: []string{"warning markets_unknown parties", unknown[0]}},
		"C07 no brand, and too little given": {base: frenchTerms, change: changed(cheap(40_000), written, unnamed), options: given(contracts.Benefit{Advertiser: "Demo GmbH", At: date(3, 1), Value: eur(59_999)}),
			want: []string{"warning markets_unknown parties"}},
		"C07 no brand, and one agreed": {base: frenchTerms, change: changed(cheap(40_000), written, unnamed), options: earlier(60_000, unchanged),
			want: []string{"warning markets_unknown parties", unknown[0]}},
		"C07 one agreed with no brand": {base: frenchTerms, change: cheap(40_000), options: earlier(60_000, unnamed), want: unknown},
		"C07 (b) no missions":          {base: frenchTerms, change: func(t *contracts.Terms) { t.Clauses.Scope = "" }, want: []string{"blocker france_scope clauses.scope"}},
		"C07 (c) no value": {base: frenchTerms, change: func(t *contracts.Terms) { t.Pay.Gifts = []contracts.Gift{{ID: "box", Description: "a box"}} },
			want: []string{"blocker france_pay pay.gifts[0]"}},
		"C07 (d) no rights":      {base: frenchTerms, change: func(t *contracts.Terms) { t.Grants, t.Clauses.Warranties.Original = nil, false }, want: []string{"blocker france_rights grants"}},
		"C07 (e) another law":    {base: frenchTerms, change: func(t *contracts.Terms) { t.Clauses.Law = "DE" }, want: []string{"blocker france_law clauses.law"}},
		"C07 (e) another public": {base: frenchTerms, change: func(t *contracts.Terms) { t.Clauses.Law, t.Clauses.Audience = "DE", []byline.Market{"DE"} }},
		"C07 (e) no public":      {base: frenchTerms, change: func(t *contracts.Terms) { t.Clauses.Law, t.Clauses.Audience = "DE", nil }, want: []string{"blocker france_law clauses.law"}},
		"C07 below":              {base: frenchTerms, change: cheap(99_999)},
		"C07 not twice the same": {base: frenchTerms, change: cheap(99_999), options: &contracts.ReviewOptions{Others: []*contracts.Agreement{reviewOther("ag-ada", unchanged)}}},
		"C07 at the threshold":   {base: frenchTerms, change: cheap(100_000), want: hit},
		"C07 with a gift": {base: frenchTerms, change: changed(cheap(50_000), func(t *contracts.Terms) {
			t.Pay.Gifts = []contracts.Gift{{ID: "g", Description: "a bag", Value: eur(50_000)}}
		}), want: hit},
		"C07 with a guarantee": {base: frenchTerms, change: changed(cheap(50_000), func(t *contracts.Terms) { t.Pay.Guarantee = eur(50_000) }), want: hit},
		"C07 with monthly guarantees": {base: frenchTerms, change: changed(cheap(50_000), func(t *contracts.Terms) {
			t.Pay.Guarantee, t.Pay.Period, t.Effective.End = eur(20_000), contracts.Monthly, time.Date(2027, 6, 1, 0, 0, 0, 0, time.UTC)
		})},
		"C07 with two guarantees in Berlin": {base: frenchTerms, change: changed(cheap(50_000), func(t *contracts.Terms) {
			t.Pay.Guarantee, t.Pay.Period = eur(20_000), contracts.Monthly
			t.Effective = byline.Window{Start: date(10, 1).Add(-2 * time.Hour), End: date(12, 1).Add(-time.Hour)}
		})},
		"C07 with three guarantees": {base: frenchTerms, change: changed(cheap(50_000), func(t *contracts.Terms) {
			t.Pay.Guarantee, t.Pay.Period, t.Effective.Start = eur(20_000), contracts.Monthly, date(10, 1)
		}), want: hit},
		"C07 commission alone":          {base: frenchTerms, change: changed(unwritten, func(t *contracts.Terms) { t.Pay.Fees = nil }), want: unknown},
		"C07 commission alone, written": {base: frenchTerms, change: func(t *contracts.Terms) { t.Pay.Fees = nil }},
		"C07 another currency":          {base: frenchTerms, change: changed(cheap(1), func(t *contracts.Terms) { t.Pay.Fees[0].Amount = reviewUSD(900_000) }), want: unknown},
		"C07 no decimals":               {base: frenchTerms, change: changed(cheap(1), func(t *contracts.Terms) { t.Pay.Fees[0].Amount = byline.Minor(100_000, byline.JPY) }), want: unknown},
		"C07 two currencies, one enough": {base: frenchTerms, change: changed(cheap(100_000), func(t *contracts.Terms) {
			t.Pay.Fees = append(t.Pay.Fees, contracts.Fee{ID: "x", Amount: reviewUSD(1)})
		}), want: hit},
		"C07 beyond all numbers": {base: frenchTerms, change: changed(cheap(1<<63-2), func(t *contracts.Terms) {
			t.Pay.Fees = append(t.Pay.Fees, contracts.Fee{ID: "x", Amount: eur(1<<63 - 2)})
		}), want: hit},
		"C07 a negative fee":            {base: frenchTerms, change: cheap(-200_000), want: unknown},
		"C07 with an earlier one":       {base: frenchTerms, change: cheap(50_000), options: earlier(50_000, unchanged), want: hit},
		"C07 of last year":              {base: frenchTerms, change: cheap(50_000), options: earlier(50_000, lastYear(date(1, 1).Add(-time.Hour)))},
		"C07 over the new year":         {base: frenchTerms, change: cheap(50_000), options: earlier(50_000, lastYear(date(1, 1).Add(1))), want: unknown},
		"C07 over it, and too little":   {base: frenchTerms, change: cheap(50_000), options: earlier(49_999, lastYear(date(1, 1).Add(1)))},
		"C07 with one not signed":       {base: frenchTerms, change: cheap(50_000), options: earlier(50_000, unsigned), want: unknown},
		"C07 not signed and too little": {base: frenchTerms, change: cheap(50_000), options: earlier(49_999, unsigned)},
		"C07 not signed, for results":   {base: frenchTerms, change: cheap(50_000), options: earlier(1, changed(unsigned, func(t *contracts.Terms) { t.Pay.Percentages = soundTerms().Pay.Percentages })), want: unknown},
		"C07 a signed one amended":      {base: frenchTerms, change: cheap(50_000), options: and(earlier(90_000, unsigned), earlier(50_000, unchanged)), want: hit},
		"C07 in two forms of letters": {base: frenchTerms, change: changed(cheap(50_000), func(t *contracts.Terms) { t.Parties[0].Name = "Caf\u00e9 SAS" }),
			options: given(contracts.Benefit{Advertiser: "Cafe\u0301 SAS", At: date(3, 1), Value: eur(50_000)}), want: hit},
		"C07 of another creator":        {base: frenchTerms, change: cheap(50_000), options: earlier(50_000, func(t *contracts.Terms) { t.Creator = "bruno" })},
		"C07 of two versions the later": {base: frenchTerms, change: cheap(50_000), options: versions(50_000, 49_999)},
		"C07 in whatever order":         {base: frenchTerms, change: cheap(50_000), options: versions(49_999, 50_000), want: hit},
		"C07 an agreement passed twice": {base: frenchTerms, change: cheap(50_000), options: twice(earlier(49_999, unchanged))},
		"C07 of another brand":          {base: frenchTerms, change: cheap(50_000), options: earlier(50_000, func(t *contracts.Terms) { t.Parties[0].Name = "Else" })},
		"C07 for another objective":     {base: frenchTerms, change: cheap(50_000), options: earlier(50_000, func(t *contracts.Terms) { t.Clauses.Objective = "sale" })},
		"C07 for an objective unknown":  {base: frenchTerms, change: cheap(50_000), options: earlier(50_000, func(t *contracts.Terms) { t.Clauses.Objective = "" }), want: hit},
		"C07 given before":              {base: frenchTerms, change: cheap(50_000), options: given(contracts.Benefit{At: date(3, 1), Value: eur(50_000), InKind: true}), want: hit},
		"C07 given at a value unknown":  {base: frenchTerms, change: cheap(50_000), options: given(contracts.Benefit{At: date(3, 1), InKind: true}), want: unknown},
		"C07 given by another":          {base: frenchTerms, change: cheap(50_000), options: given(contracts.Benefit{Advertiser: "Else", At: date(3, 1), Value: eur(50_000)})},
		"C07 abroad":                    {base: frenchTerms, change: abroad, want: []string{"blocker france_representative parties[1].permits", "blocker france_insurance parties[1].permits"}},
		"C07 abroad before the law":     {base: frenchTerms, change: abroad, options: reviewOn(2023, 6, 10)},
		"C07 abroad from the law on":    {base: frenchTerms, change: abroad, options: reviewOn(2023, 6, 11), want: []string{"blocker france_representative parties[1].permits", "blocker france_insurance parties[1].permits"}},
		"C07 abroad and in order": {base: frenchTerms, change: changed(abroad, func(t *contracts.Terms) {
			t.Parties[1].Permits = []contracts.Permit{{Market: "FR", Kind: contracts.PermitRepresentative, Number: "1"}, {Market: "IE", Kind: contracts.PermitInsurance, Number: "2", Until: date(10, 21)}}
		})},
		"C07 abroad and uninsured again": {base: frenchTerms, change: changed(abroad, func(t *contracts.Terms) {
			t.Parties[1].Permits = []contracts.Permit{{Market: "FR", Kind: contracts.PermitRepresentative, Number: "1"}, {Market: "IE", Kind: contracts.PermitInsurance, Number: "2", Until: date(10, 20)}}
		}), want: []string{"blocker france_insurance parties[1].permits"}},
		"C07 from La Réunion":           {base: frenchTerms, change: overseas("RE")},
		"C07 from Guadeloupe":           {base: frenchTerms, change: overseas("GP")},
		"C07 from Martinique":           {base: frenchTerms, change: overseas("MQ")},
		"C07 from French Guiana":        {base: frenchTerms, change: overseas("GF")},
		"C07 from Mayotte":              {base: frenchTerms, change: overseas("YT")},
		"C07 from Saint-Martin":         {base: frenchTerms, change: overseas("MF")},
		"C07 from French Polynesia":     {base: frenchTerms, change: overseas("PF"), want: []string{"blocker france_representative parties[1].permits", "blocker france_insurance parties[1].permits"}},
		"C07 a market that is half one": {base: frenchTerms, change: overseas("Q"), want: []string{"blocker france_representative parties[1].permits", "blocker france_insurance parties[1].permits"}},
		"C07 in La Réunion, unwritten":  {base: frenchTerms, change: changed(unwritten, overseas("RE"), func(t *contracts.Terms) { t.Clauses.Audience = nil }), want: hit},
		"C07 to La Réunion, unwritten":  {base: frenchTerms, change: changed(unwritten, func(t *contracts.Terms) { t.Clauses.Audience, t.Clauses.Law = []byline.Market{"RE"}, "DE" }), want: append(slices.Clone(hit), "blocker france_law clauses.law")},
		"C07 from Norway":               {base: frenchTerms, change: func(t *contracts.Terms) { t.Parties[1].Market = "NO" }},
		"C07 from Switzerland":          {base: frenchTerms, change: func(t *contracts.Terms) { t.Parties[1].Market = "CH" }},
	}
}

func freelanceCases() map[string]reviewCase {
	in := func(region string) func() contracts.Terms {
		return func() contracts.Terms { return americanTerms(region) }
	}
	unwritten := func(cents int64) func(*contracts.Terms) {
		return func(t *contracts.Terms) { t.Pay.Fees[0].Amount, t.Clauses.Written = reviewUSD(cents), false }
	}
	hit, unknown := []string{"blocker freelance_unwritten clauses.written"}, []string{"warning freelance_unknown pay"}
	earlier := func(days int) *contracts.ReviewOptions {
		return &contracts.ReviewOptions{Others: []*contracts.Agreement{reviewOther("ag-x", func(t *contracts.Terms) {
			t.Pay, t.SignedAt = contracts.Pay{Fees: []contracts.Fee{{ID: "fee", Amount: reviewUSD(40_000)}}}, date(10, 20).AddDate(0, 0, -days)
		})}}
	}
	given := func(at time.Time) *contracts.ReviewOptions {
		return &contracts.ReviewOptions{Given: []contracts.Benefit{{At: at, Value: reviewUSD(40_000)}}}
	}
	unsigned := func() *contracts.ReviewOptions {
		return &contracts.ReviewOptions{Others: []*contracts.Agreement{reviewOther("ag-x", func(t *contracts.Terms) {
			t.Pay, t.SignedAt, t.Effective.Start = contracts.Pay{Fees: []contracts.Fee{{ID: "fee", Amount: reviewUSD(40_000)}}}, time.Time{}, date(10, 1)
		})}}
	}
	return map[string]reviewCase{
		"C08 sound":                 {base: in("US-NY"), change: unchanged},
		"C08 NY unwritten":          {base: in("US-NY"), change: unwritten(80_000), want: hit},
		"C08 NY below":              {base: in("US-NY"), change: unwritten(79_999)},
		"C08 NY the day before":     {base: in("US-NY"), change: unwritten(80_000), options: reviewOn(2024, 8, 27)},
		"C08 NY the first day":      {base: in("US-NY"), change: unwritten(80_000), options: reviewOn(2024, 8, 28), want: hit},
		"C08 NY the brand's region": {base: in("US-NY"), change: changed(unwritten(80_000), func(t *contracts.Terms) { t.Parties[1].Region = "US-TX" }), want: hit},
		"C08 TX":                    {base: in("US-TX"), change: unwritten(80_000)},
		"C08 CA":                    {base: in("US-CA"), change: unwritten(25_000), want: hit},
		"C08 CA below":              {base: in("US-CA"), change: unwritten(24_999)},
		"C08 CA the day before":     {base: in("US-CA"), change: unwritten(25_000), options: reviewOn(2024, 12, 31)},
		"C08 CA the first day":      {base: in("US-CA"), change: unwritten(25_000), options: reviewOn(2025, 1, 1), want: hit},
		"C08 IL":                    {base: in("US-IL"), change: unwritten(50_000), want: hit},
		"C08 IL below":              {base: in("US-IL"), change: unwritten(49_999)},
		"C08 IL the day before":     {base: in("US-IL"), change: unwritten(50_000), options: reviewOn(2024, 6, 30)},
		"C08 IL the first day":      {base: in("US-IL"), change: unwritten(50_000), options: reviewOn(2024, 7, 1), want: hit},
		"C08 120 days back":         {base: in("US-NY"), change: unwritten(40_000), options: earlier(120), want: hit},
		"C08 121 days back":         {base: in("US-NY"), change: unwritten(40_000), options: earlier(121)},
		"C08 a gift":                {base: in("US-NY"), change: changed(unwritten(40_000), func(t *contracts.Terms) { t.Pay.Gifts = []contracts.Gift{{ID: "g", Value: reviewUSD(40_000)}} }), want: unknown},
		"C08 commission": {base: in("US-NY"), change: changed(unwritten(40_000), func(t *contracts.Terms) {
			t.Pay.PerConversions, t.Pay.Hold = []contracts.PerConversion{{ID: "c", Amount: reviewUSD(1)}}, soundTerms().Pay.Hold
		}), want: unknown},
		"C08 a guarantee of later":    {base: in("US-NY"), change: changed(unwritten(40_000), func(t *contracts.Terms) { t.Pay.Guarantee = reviewUSD(40_000) }), want: hit},
		"C08 an earlier payment":      {base: in("US-NY"), change: unwritten(40_000), options: &contracts.ReviewOptions{Given: []contracts.Benefit{{At: date(9, 1), Value: reviewUSD(40_000)}}}, want: hit},
		"C08 an earlier amount":       {base: in("US-NY"), change: unwritten(40_000), options: &contracts.ReviewOptions{Given: []contracts.Benefit{{At: date(9, 1)}}}, want: unknown},
		"C08 no address":              {base: in("US-NY"), change: func(t *contracts.Terms) { t.Parties[1].Address = "" }, want: []string{"blocker freelance_parties parties[1].address"}},
		"C08 no services":             {base: in("US-NY"), change: func(t *contracts.Terms) { t.Clauses.Services = nil }, want: []string{"blocker freelance_services clauses.services"}},
		"C08 services without value":  {base: in("US-NY"), change: func(t *contracts.Terms) { t.Clauses.Services[0].Value = byline.Money{} }, want: []string{"blocker freelance_services clauses.services"}},
		"C08 no day of payment":       {base: in("US-NY"), change: func(t *contracts.Terms) { t.Clauses.Payment = nil }, want: []string{"blocker freelance_date clauses.payment", "warning payment_missing clauses.payment"}},
		"C08 NY lets one agree on 45": {base: in("US-NY"), change: func(t *contracts.Terms) { t.Clauses.Payment.Days = 45 }, want: []string{"warning payment_long clauses.payment"}},
		"C08 IL does not":             {base: in("US-IL"), change: func(t *contracts.Terms) { t.Clauses.Payment.Days = 45 }, want: []string{"blocker freelance_late clauses.payment", "warning payment_long clauses.payment"}},
		"C08 IL 30 days":              {base: in("US-IL"), change: func(t *contracts.Terms) { t.Clauses.Payment.Days = 30 }},
		"C08 IL from a statement":     {base: in("US-IL"), change: func(t *contracts.Terms) { t.Clauses.Payment.From = contracts.FromStatement }, want: []string{"warning freelance_from clauses.payment"}},
		"C08 NY from a statement":     {base: in("US-NY"), change: func(t *contracts.Terms) { t.Clauses.Payment.From = contracts.FromStatement }},
		"C08 on the day itself":       {base: in("US-NY"), change: unwritten(40_000), options: given(date(10, 20)), want: hit},
		"C08 at the end of the day":   {base: in("US-NY"), change: unwritten(40_000), options: given(date(10, 21).Add(-2*time.Hour - 1)), want: hit},
		"C08 on the day after":        {base: in("US-NY"), change: unwritten(40_000), options: given(date(10, 21).Add(-2 * time.Hour))},
		"C08 one not signed":          {base: in("US-NY"), change: unwritten(40_000), options: unsigned(), want: unknown},
		"C08 an invoice":              {base: in("US-NY"), change: func(t *contracts.Terms) { t.Clauses.Payment.From = contracts.FromInvoice }, want: []string{"info freelance_list clauses.payment"}},
		"C08 an invoice by a day": {base: in("US-NY"), change: func(t *contracts.Terms) {
			t.Clauses.Payment.From, t.Clauses.Payment.Mechanism = contracts.FromInvoice, "the list comes by the 5th"
		}},
		"C08 no pay": {base: in("US-NY"), change: func(t *contracts.Terms) {
			t.Pay, t.Grants[0].Fee = contracts.Pay{}, reviewUSD(80_000)
		}, want: []string{"blocker freelance_pay pay"}},
	}
}

func clauseCases() map[string]reviewCase {
	noCompliance := func(markets ...byline.Market) func(*contracts.Terms) {
		return func(t *contracts.Terms) { t.Clauses.Compliance, t.Clauses.Audience = nil, markets }
	}
	duties := []string{"blocker disclosure_duty clauses.compliance", "blocker monitoring_duty clauses.compliance", "blocker takedown_duty clauses.compliance"}
	advice := []string{"warning disclosure_advised clauses.compliance", "warning monitoring_advised clauses.compliance", "warning takedown_advised clauses.compliance"}
	return map[string]reviewCase{
		"C09 none":           {change: func(t *contracts.Terms) { t.Clauses.Payment = nil }, want: []string{"warning payment_missing clauses.payment"}},
		"C09 31 days":        {change: func(t *contracts.Terms) { t.Clauses.Payment.Days = 31 }, want: []string{"warning payment_long clauses.payment"}},
		"C09 60 days":        {change: func(t *contracts.Terms) { t.Clauses.Payment.Days = 60 }, want: []string{"warning payment_long clauses.payment"}},
		"C09 61 days":        {change: func(t *contracts.Terms) { t.Clauses.Payment.Days = 61 }, want: []string{"warning payment_very_long clauses.payment"}},
		"C09 by other norms": {change: unchanged, options: &contracts.ReviewOptions{Norms: &contracts.Norms{PaymentDays: 14}}, want: []string{"warning payment_long clauses.payment"}},
		"C10 none":           {change: func(t *contracts.Terms) { t.Clauses.KillFees = nil }, want: []string{"warning kill_fee_missing clauses.kill_fees"}},
		"C10 of nothing": {change: func(t *contracts.Terms) {
			for i := range t.Clauses.KillFees {
				t.Clauses.KillFees[i].Rate = 0
			}
		}, want: []string{"warning kill_fee_missing clauses.kill_fees"}},
		"C10 of nothing at first": {change: func(t *contracts.Terms) { t.Clauses.KillFees[0].Rate = 0 }},
		"C10 a stage":             {change: func(t *contracts.Terms) { t.Clauses.KillFees = t.Clauses.KillFees[:2] }, want: []string{"warning kill_fee_stages clauses.kill_fees"}},
		"C10 no fees":             {change: func(t *contracts.Terms) { t.Clauses.KillFees, t.Pay.Fees = nil, nil }},
		"C11 none":                {change: func(t *contracts.Terms) { t.Clauses.Reviewing = nil }, want: []string{"warning rounds_open clauses.reviewing"}},
		"C11 no rounds":           {change: func(t *contracts.Terms) { t.Clauses.Reviewing.Rounds = 0 }},
		"C11 4 rounds":            {change: func(t *contracts.Terms) { t.Clauses.Reviewing.Rounds = 4 }, want: []string{"warning rounds_many clauses.reviewing"}},
		"C11 silence":             {change: func(t *contracts.Terms) { t.Clauses.Reviewing.Silence = "" }, want: []string{"warning silence_open clauses.reviewing"}},
		"C12 none":                {change: func(t *contracts.Terms) { t.Clauses.Morals = nil }},
		"C12 all of it":           {change: func(t *contracts.Terms) { t.Clauses.Morals = &contracts.Morals{ClawsBackDelivered: true} }, want: []string{"warning morals_one_sided clauses.morals", "warning morals_undefined clauses.morals", "warning morals_clawback clauses.morals"}},
		"C13 DE":                  {change: noCompliance("DE"), want: advice},
		"C13 US":                  {change: noCompliance("US"), want: duties},
		"C13 US before":           {change: noCompliance("US"), options: reviewOn(2023, 7, 25), want: advice},
		"C13 US the first day":    {change: noCompliance("US"), options: reviewOn(2023, 7, 26), want: duties},
		"C13 GB before":           {change: noCompliance("GB"), options: reviewOn(2025, 9, 2), want: advice},
		"C13 GB, the first day":   {change: noCompliance("GB"), options: reviewOn(2025, 9, 3), want: duties},
		"C13 NL and FI":           {change: noCompliance("NL", "FI"), options: &contracts.ReviewOptions{Registers: map[byline.Market]bool{"NL": false}}, want: duties},
		"C13 a right to check":    {change: func(t *contracts.Terms) { t.Clauses.Compliance.Monitoring = false }, want: advice[1:2]},
		"C14 none":                {change: func(t *contracts.Terms) { t.Clauses.Warranties = nil }, want: []string{"info followers_unwarranted clauses.warranties", "info audit_missing clauses.warranties"}},
		"C14 no audit":            {change: func(t *contracts.Terms) { t.Clauses.Warranties.Audit = false }, want: []string{"info audit_missing clauses.warranties"}},
		"C19 a ban":               {base: frenchTerms, change: func(t *contracts.Terms) { t.Clauses.Regulated = []string{" Nicotine "} }, want: []string{"blocker category_banned clauses.regulated[0]", "blocker category_banned clauses.regulated[0]"}},
		"C19 China": {change: func(t *contracts.Terms) {
			t.Clauses.Audience, t.Clauses.Regulated = []byline.Market{"CN"}, []string{"nicotine", "medicine", "gambling", "alcohol", "children"}
		}, want: []string{"blocker category_banned clauses.regulated[0]", "blocker category_banned clauses.regulated[0]", "blocker category_banned clauses.regulated[1]", "blocker category_banned clauses.regulated[1]",
			"blocker category_banned clauses.regulated[2]", "warning category_conditions clauses.regulated[2]", "warning category_conditions clauses.regulated[3]", "warning category_conditions clauses.regulated[4]"}},
		"C19 conditions": {base: frenchTerms, change: func(t *contracts.Terms) { t.Clauses.Regulated = []string{"sugar-free", "alcohol"} }, want: []string{"warning category_conditions clauses.regulated[1]", "info category_unknown clauses.regulated[0]"}},
		"C19 no rule":    {change: func(t *contracts.Terms) { t.Clauses.Regulated = []string{"wild_animals"} }},
		"C19 a ban recalled": {change: func(t *contracts.Terms) {
			t.Clauses.Regulated, t.Clauses.Audience = []string{"alcohol"}, []byline.Market{"IN", "AE"}
			t.Parties[1].Market = "DE"
		}, want: []string{"warning permit_unknown parties", "warning category_banned clauses.regulated[0]"}},
		"C19 food the day before": {change: func(t *contracts.Terms) {
			t.Clauses.Regulated, t.Clauses.Audience = []string{"hfss_food"}, []byline.Market{"GB"}
		}, options: reviewOn(2026, 1, 4)},
		"C19 food the first day": {change: func(t *contracts.Terms) {
			t.Clauses.Regulated, t.Clauses.Audience = []string{"hfss_food"}, []byline.Market{"GB"}
		}, options: reviewOn(2026, 1, 5), want: []string{"blocker category_banned clauses.regulated[0]"}},
	}
}

func commissionCases() map[string]reviewCase {
	tiers := func(t *contracts.Terms) {
		t.Pay.Percentages[0].Tiers = []contracts.Tier{{Rate: contracts.Percent}, {From: eur(100), Rate: 2 * contracts.Percent}}
		t.Pay.Percentages[0].Mode, t.Pay.Currency = contracts.Marginal, byline.EUR
	}
	return map[string]reviewCase{
		"C15 tiers":           {change: tiers},
		"C15 no mode":         {change: changed(tiers, func(t *contracts.Terms) { t.Pay.Percentages[0].Mode = "" }), want: []string{"blocker commission_tiers pay.percentages[0].tier_mode"}},
		"C15 no currency":     {change: changed(tiers, func(t *contracts.Terms) { t.Pay.Currency = "" }), want: []string{"blocker commission_currency pay.currency"}},
		"C15 cap and nothing": {change: func(t *contracts.Terms) { t.Pay.Cap = &contracts.Cap{Amount: eur(100)} }, want: []string{"blocker commission_currency pay.currency", "blocker commission_cap pay.cap"}},
		"C15 no base":         {change: func(t *contracts.Terms) { t.Pay.Percentages[0].Base = "" }, want: []string{"info commission_base pay.percentages[0].base"}},
		"C15 no statements":   {change: func(t *contracts.Terms) { t.Clauses.Statements = " " }, want: []string{"warning commission_statements clauses.statements"}},
		"C15 no hold":         {change: func(t *contracts.Terms) { t.Pay.Hold = contracts.Hold{} }, want: []string{"info commission_returns pay.hold"}},
		"C15 no commission":   {change: changed(withoutCommission, func(t *contracts.Terms) { t.Pay.Hold, t.Clauses.Statements = contracts.Hold{}, "" })},
	}
}

func peopleCases() map[string]reviewCase {
	audience := func(m byline.Market) func(*contracts.Terms) {
		return func(t *contracts.Terms) { t.Clauses.Audience = []byline.Market{m} }
	}
	lives := func(m byline.Market) func(*contracts.Terms) {
		return func(t *contracts.Terms) { t.Parties[1].Market = m }
	}
	registered := func(kind contracts.PermitKind, m byline.Market) func(*contracts.Terms) {
		return func(t *contracts.Terms) {
			t.Parties[1].Permits = []contracts.Permit{{Market: m, Kind: kind, Number: "1"}}
		}
	}
	registers := func(m byline.Market, due bool) *contracts.ReviewOptions {
		return &contracts.ReviewOptions{Registers: map[byline.Market]bool{m: due}}
	}
	born := func(y int, m time.Month, d int) func(*contracts.Terms) {
		return func(t *contracts.Terms) { t.Parties[1].BornOn = time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	}
	// guarded comes last: what a guardian signs is not changed any more.
	guarded := func(t *contracts.Terms) {
		t.Parties = append(t.Parties, contracts.Party{Role: contracts.RoleGuardian, Name: "Bruno Demo"})
		a, err := contracts.Draft(*t)
		if err != nil {
			panic(err)
		}
		t.Signatures = []contracts.Signature{{Role: contracts.RoleGuardian, Name: "Bruno Demo", At: date(10, 20), Document: a.Digest()}}
	}
	missing, unknown := []string{"blocker permit_missing parties"}, []string{"warning permit_unknown parties"}
	minor := []string{"warning minor_guardian parties", "warning minor_signature signatures"}
	return map[string]reviewCase{
		"C16 AE lives there":      {change: lives("AE"), want: missing},
		"C16 AE the day before":   {change: lives("AE"), options: reviewOn(2026, 1, 31)},
		"C16 AE the first day":    {change: lives("AE"), options: reviewOn(2026, 2, 1), want: missing},
		"C16 AE from abroad":      {change: audience("AE"), want: unknown},
		"C16 AE the brand alone":  {change: func(t *contracts.Terms) { t.Parties[0].Market = "AE" }},
		"C16 AE permitted":        {change: changed(lives("AE"), registered(contracts.PermitAdvertiser, "AE"))},
		"C16 AE another permit":   {change: changed(lives("AE"), registered(contracts.PermitRegister, "AE")), want: missing},
		"C16 IT not known":        {change: lives("IT"), want: unknown},
		"C16 IT the day before":   {change: lives("IT"), options: reviewOn(2025, 7, 22)},
		"C16 IT due":              {change: lives("IT"), options: registers("IT", true), want: missing},
		"C16 IT not due":          {change: lives("IT"), options: registers("IT", false)},
		"C16 IT registered":       {change: changed(lives("IT"), registered(contracts.PermitRegister, "IT")), options: registers("IT", true)},
		"C16 IT registered in ES": {change: changed(lives("IT"), registered(contracts.PermitRegister, "ES")), want: unknown},
		"C16 ES":                  {change: lives("ES"), want: unknown},
		"C16 NL the day before":   {change: lives("NL"), options: reviewOn(2025, 6, 15)},
		"C16 NL":                  {change: lives("NL"), options: reviewOn(2025, 6, 16), want: unknown},

		"C17 18 today":              {change: born(2008, 10, 20)},
		"C17 18 tomorrow":           {change: born(2008, 10, 21), want: append(slices.Clone(minor), "warning minor_earnings parties[1].permits")},
		"C17 a leap day":            {change: born(2008, 2, 29), options: reviewOn(2026, 2, 28), want: append(slices.Clone(minor), "warning minor_earnings parties[1].permits")},
		"C17 the day after":         {change: born(2008, 2, 29), options: reviewOn(2026, 3, 1)},
		"C17 guarded":               {change: changed(born(2009, 1, 1), guarded), want: []string{"warning minor_earnings parties[1].permits"}},
		"C17 guarded and set aside": {change: changed(born(2009, 1, 1), registered(contracts.PermitEarningsAside, "DE"), guarded)},
		"C17 the brand alone has signed": {change: changed(born(2009, 1, 1), registered(contracts.PermitEarningsAside, "DE"), guarded, func(t *contracts.Terms) { t.Signatures[0].Role = contracts.RoleBrand }),
			want: []string{"warning minor_signature signatures"}},
		"C17 a guardian of another text": {change: changed(born(2009, 1, 1), registered(contracts.PermitEarningsAside, "DE"), guarded, func(t *contracts.Terms) { t.Clauses.Scope = "ten reels" }),
			want: []string{"warning minor_signature signatures"}},
		"C17 a child in France": {base: frenchTerms, change: changed(born(2011, 1, 1), guarded), want: []string{"warning minor_authorisation parties[1].permits", "warning minor_earnings parties[1].permits"}},
		"C17 not known":         {change: func(t *contracts.Terms) { t.Parties[1].BornOn = time.Time{} }},
	}
}

func inputCases() map[string]reviewCase {
	off := contracts.LawRule{Rule: byline.Rule{ID: "C09", Effective: byline.Window{Start: date(1, 1), End: date(1, 1)}}, Check: "C09"}
	guess := contracts.LawRule{Rule: byline.Rule{ID: "C07.FR", Market: "FR", Confidence: byline.Recalled}, Check: "C07"}
	british := contracts.LawRule{Rule: byline.Rule{ID: "C13.GB", Market: "GB", Confidence: byline.Primary}, Check: "C13"}
	rumoured := contracts.LawRule{Rule: byline.Rule{ID: "C13.US", Market: "US", Confidence: byline.Recalled}, Check: "C13"}
	return map[string]reviewCase{
		"the better rule": {change: func(t *contracts.Terms) {
			t.Clauses.Compliance.Disclosure, t.Clauses.Audience = false, []byline.Market{"GB", "US"}
		},
			options: &contracts.ReviewOptions{Rules: []contracts.LawRule{rumoured, british}}, want: []string{"blocker disclosure_duty clauses.compliance"}},
		"no day":           {change: func(t *contracts.Terms) { t.SignedAt, t.Effective.Start = time.Time{}, time.Time{} }, want: []string{"warning undated effective.start"}},
		"no markets":       {change: func(t *contracts.Terms) { t.Clauses.Audience, t.Parties[0].Market, t.Parties[1].Market = nil, "", "" }, want: []string{"warning markets_unknown parties[0].market", "warning markets_unknown parties[1].market"}},
		"no market of one": {change: func(t *contracts.Terms) { t.Parties[1].Market = "" }, want: []string{"warning markets_unknown parties[1].market"}},
		"no market of an agency": {change: func(t *contracts.Terms) {
			t.Parties = append(t.Parties, contracts.Party{Role: contracts.RoleAgency, Name: "Agency Demo"})
		}},
		"no parties":             {change: func(t *contracts.Terms) { t.Parties = nil }, want: []string{"warning markets_unknown parties", "warning markets_unknown parties"}},
		"no region":              {base: func() contracts.Terms { return americanTerms("US-TX") }, change: func(t *contracts.Terms) { t.Parties[1].Region = "" }, want: []string{"warning region_unknown parties[1].region"}},
		"a zone that is not one": {change: func(t *contracts.Terms) { t.Zone = "Mars/Olympus" }},
		"a rule switched off":    {base: func() contracts.Terms { return americanTerms("US-TX") }, change: func(t *contracts.Terms) { t.Clauses.Payment = nil }, options: &contracts.ReviewOptions{Rules: []contracts.LawRule{off}}},
		"a rule replaced":        {base: frenchTerms, change: func(t *contracts.Terms) { t.Clauses.Written = false }, options: &contracts.ReviewOptions{Rules: []contracts.LawRule{guess}}, want: []string{"warning france_unwritten clauses.written"}},
	}
}

// A finding stands on the rule that is nearest to it, and carries that rule as it is.
func TestReviewRule(t *testing.T) {
	t.Parallel()
	texas := func() contracts.Terms { return americanTerms("US-TX") }
	california := func() contracts.Terms { return americanTerms("US-CA") }
	purposeless := func(t *contracts.Terms) {
		t.Clauses.AI = &contracts.AITerms{Replica: true, DisclosureBy: contracts.RoleBrand}
	}
	late := func(t *contracts.Terms) { t.Clauses.Payment.Days = 31 }
	cases := reviewCases()
	tests := map[string]struct {
		found reviewCase
		want  string
	}{
		"a duty":                      {cases["C13 US the first day"], "C13.US"},
		"advice":                      {cases["C13 DE"], "C13"},
		"a confirmed duty":            {cases["the better rule"], "C13.GB"},
		"a child":                     {reviewCase{base: frenchTerms, change: func(t *contracts.Terms) { t.Parties[1].BornOn = date(1, 1).AddDate(-15, 0, 0) }}, "C17"},
		"late in the EU":              {reviewCase{change: late}, "C09.EU"},
		"late for an audience in it":  {reviewCase{base: texas, change: changed(late, func(t *contracts.Terms) { t.Clauses.Audience = []byline.Market{"DE"} })}, "C09"},
		"a replica in California":     {reviewCase{base: california, change: purposeless}, "C04.US-CA"},
		"a replica in Texas":          {reviewCase{base: texas, change: purposeless}, "C04"},
		"an input, which has no rule": {cases["no markets"], ""},
	}
	laws := contracts.Laws()
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got string
			if first := tt.found.review()[0]; first.Rule != nil {
				got = first.Rule.ID
				i := slices.IndexFunc(laws, func(l contracts.LawRule) bool { return l.ID == got })
				if diff := cmp.Diff(laws[i].Rule, *first.Rule); diff != "" && tt.found.options == nil {
					t.Errorf("rule (-law +finding):\n%s", diff)
				}
			}
			if got != tt.want {
				t.Errorf("rule %q, want %q", got, tt.want)
			}
		})
	}
}

// A rule of the caller's is applied by its check, and is what a finding stands on where it
// is as near as the built-in one.
func TestReviewOwnRules(t *testing.T) {
	t.Parallel()
	own := func(id string, m byline.Market) contracts.LawRule {
		return contracts.LawRule{Rule: byline.Rule{ID: id, Market: m, Confidence: byline.Primary}, Check: id[:3], Says: "ours"}
	}
	area := own("C09.house", "")
	area.Area = contracts.EEA
	aside := own("C17.DE.earnings", "DE")
	aside.Under, aside.Permit = 18, contracts.PermitEarningsAside
	register := own("C16.EEA", "")
	register.Area, register.Permit = contracts.EEA, contracts.PermitRegister
	beer := own("C19.DE.beer", "DE")
	beer.Category, beer.Effect = " Beer ", contracts.Banned
	late := func(t *contracts.Terms) { t.Clauses.Payment.Days = 31 }
	born := func(t *contracts.Terms) { t.Parties[1].BornOn = date(2, 3).AddDate(-14, 0, 0) }
	austrian := func(t *contracts.Terms) { late(t); t.Clauses.Audience = append(t.Clauses.Audience, "AT") }
	tests := map[string]struct {
		change func(*contracts.Terms)
		rules  []contracts.LawRule
		code   string
		want   []string // ids of the rules of the code, in order
	}{
		"of a market":                {late, []contracts.LawRule{own("C09.DE", "DE")}, "review.payment_long", []string{"C09.DE"}},
		"of the audience alone":      {austrian, []contracts.LawRule{own("C09.AT", "AT")}, "review.payment_long", []string{"C09.EU"}},
		"none of the parties":        {austrian, []contracts.LawRule{own("C09.EU", "AT"), own("C09", "AT")}, "review.payment_long", nil},
		"of an area as near":         {late, []contracts.LawRule{area}, "review.payment_long", []string{"C09.house"}},
		"of no place":                {late, []contracts.LawRule{own("C09.house", "")}, "review.payment_long", []string{"C09.EU"}},
		"of no place, as near":       {func(t *contracts.Terms) { t.Clauses.KillFees = nil }, []contracts.LawRule{own("C10.house", "")}, "review.kill_fee_missing", []string{"C10.house"}},
		"of a child":                 {born, []contracts.LawRule{aside}, "review.minor_earnings", []string{"C17.DE.earnings"}},
		"of a channel in a market":   {sparkAds, []contracts.LawRule{own("C03.spark_ad.DE", "DE")}, "review.permission_unknown", []string{"C03.spark_ad.DE"}},
		"of another channel":         {sparkAds, []contracts.LawRule{own("C03.spark_ads", "DE")}, "review.permission_unknown", []string{"C03.spark_ad"}},
		"of a register in an area":   {unchanged, []contracts.LawRule{register}, "review.permit_unknown", []string{"C16.EEA"}},
		"of a category":              {func(t *contracts.Terms) { t.Clauses.Regulated = []string{"BEER"} }, []contracts.LawRule{beer}, "review.category_banned", []string{"C19.DE.beer"}},
		"of a replica, beside those": {replica, []contracts.LawRule{own("C04.DE", "DE")}, "review.ai_label", []string{"C04.DE", "C04.EU"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, f := range (reviewCase{change: tt.change, options: &contracts.ReviewOptions{Rules: tt.rules}}).review() {
				if f.Code == tt.code {
					got = append(got, f.Rule.ID)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("rules (-want +got):\n%s", diff)
			}
		})
	}
}

// Every code is found by some case, and nothing else is.
func TestReviewCodes(t *testing.T) {
	t.Parallel()
	found := map[string]byline.Severity{}
	for _, c := range reviewCases() {
		for _, f := range c.review() {
			found[f.Code] = f.Severity
		}
	}
	for _, row := range contracts.ReviewCodes() {
		if _, ok := found[row.Code]; !ok {
			t.Errorf("no case finds %s", row.Code)
		}
		if row.Meaning == "" || row.Fix == "" || row.Level == "" {
			t.Errorf("%s is not described", row.Code)
		}
		delete(found, row.Code)
	}
	if len(found) > 0 {
		t.Errorf("codes that are not listed: %v", found)
	}
}

// faultyTerms are terms with as many faults as there is room for.
func faultyTerms() (contracts.Terms, *contracts.ReviewOptions) {
	t := frenchTerms()
	t.Version = 0
	t.Parties = []contracts.Party{
		{Role: contracts.RoleCreator, Name: "Ada Demo", Market: "AE", BornOn: time.Date(2010, 5, 5, 0, 0, 0, 0, time.UTC), Union: "SAG-AFTRA"},
		{Role: contracts.RoleBrand, Name: "Demo Inc", Market: "US", Region: "US-IL"},
		{Role: contracts.RoleAgency, Name: "Agency Demo", Market: "US"},
	}
	t.Grants = []contracts.Grant{
		{ID: "ads", Channels: []contracts.Channel{contracts.ChannelSparkAd, contracts.ChannelTV}, Territory: contracts.Territory{Worldwide: true},
			Term: contracts.Term{From: contracts.FromPosting, Perpetual: true}, AI: []contracts.AIUse{contracts.AIReplica, contracts.AITraining}},
		{ID: "vague"},
	}
	t.Exclusivity = []contracts.Exclusivity{{ID: "all", BoundParty: contracts.RoleCreator}}
	t.Pay = contracts.Pay{Fees: []contracts.Fee{{ID: "fee", Amount: reviewUSD(60_000)}}, Percentages: []contracts.Percentage{{ID: "p", Tiers: []contracts.Tier{{}, {From: reviewUSD(1)}}}}, Cap: &contracts.Cap{},
		Gifts: []contracts.Gift{{ID: "phone"}}}
	t.Clauses = contracts.Clauses{
		Audience: []byline.Market{"FR", "GB", "IT"}, Payment: &contracts.PaymentTerms{Days: 90, From: contracts.FromInvoice}, Morals: &contracts.Morals{ClawsBackDelivered: true},
		Regulated: []string{"nicotine", "crypto", "unobtainium"},
	}
	return t, &contracts.ReviewOptions{
		Assets: []contracts.Asset{{ID: "reel", Agreement: t.ID, PostedAt: date(10, 1)}},
		Given:  []contracts.Benefit{{At: date(2, 1), Value: eur(100_000), InKind: true}},
	}
}

func TestReviewGolden(t *testing.T) {
	t.Parallel()
	bad, o := faultyTerms()
	text, err := json.MarshalIndent(contracts.Review(bad, o), "", "  ")
	require.NoError(t, err)
	golden.Equal(t, "review.golden.json", append(text, '\n'))
	if strings.Contains(strings.ToLower(string(text)), "compliant") {
		t.Error("a review never says compliant")
	}
}

// A rule that is not confirmed never blocks, whatever it is about and whatever the
// terms are; the same rule does block where it was confirmed.
func TestReviewRecalled(t *testing.T) {
	t.Parallel()
	var recalled []contracts.LawRule
	for _, rule := range contracts.Laws() {
		rule.Confidence = byline.Recalled
		recalled = append(recalled, rule)
	}
	for name, c := range reviewCases() {
		o := contracts.ReviewOptions{}
		if c.options != nil {
			o = *c.options
		}
		for _, f := range c.review() {
			if f.Severity == byline.Blocker && f.Rule.Confidence == byline.Recalled {
				t.Errorf("%s: %s blocks on a recalled rule", name, f.Code)
			}
		}
		o.Rules = recalled
		c.options = &o
		for _, f := range c.review() {
			if f.Severity == byline.Blocker {
				t.Errorf("%s: %s blocks though every rule is recalled", name, f.Code)
			}
		}
	}
}

// The order of clauses, parties and rights changes nothing but the indexes in paths.
func TestReviewOrder(t *testing.T) {
	t.Parallel()
	index := regexp.MustCompile(`\[\d+\]`)
	set := func(findings []byline.Finding) []string {
		var lines []string
		for _, f := range findings {
			lines = append(lines, fmt.Sprint(f.Code, f.Severity, index.ReplaceAllString(f.Path, ""), f.Message, f.Rule))
		}
		slices.Sort(lines)
		return lines
	}
	for seed := range uint64(50) {
		rng := rand.New(rand.NewPCG(seed, 1))
		bad, o := faultyTerms()
		want := set(contracts.Review(bad, o))
		rng.Shuffle(len(bad.Parties), func(i, j int) { bad.Parties[i], bad.Parties[j] = bad.Parties[j], bad.Parties[i] })
		rng.Shuffle(len(bad.Grants), func(i, j int) { bad.Grants[i], bad.Grants[j] = bad.Grants[j], bad.Grants[i] })
		rng.Shuffle(len(bad.Clauses.Regulated), func(i, j int) {
			r := bad.Clauses.Regulated
			r[i], r[j] = r[j], r[i]
		})
		rng.Shuffle(len(bad.Clauses.Audience), func(i, j int) {
			a := bad.Clauses.Audience
			a[i], a[j] = a[j], a[i]
		})
		if diff := cmp.Diff(want, set(contracts.Review(bad, o))); diff != "" {
			t.Fatalf("seed %d (-before +after):\n%s", seed, diff)
		}
	}
}

// A review changes nothing that it is given.
func TestReviewPure(t *testing.T) {
	t.Parallel()
	bad, o := faultyTerms()
	again, _ := faultyTerms()
	first := contracts.Review(bad, o)
	if diff := cmp.Diff(again, bad, cmp.AllowUnexported(byline.Money{})); diff != "" {
		t.Errorf("terms changed (-before +after):\n%s", diff)
	}
	if diff := cmp.Diff(first, contracts.Review(bad, o)); diff != "" {
		t.Errorf("a second review differs:\n%s", diff)
	}
	contracts.Review(contracts.Terms{}, nil)
}

func BenchmarkReview(b *testing.B) {
	bad, o := faultyTerms()
	for b.Loop() {
		contracts.Review(bad, o)
	}
}

// A draft is reviewed before it binds anybody.
func ExampleReview() {
	draft := contracts.Terms{
		ID: "ag-ada", Version: 1, Creator: "ada", Campaign: "spring", SignedAt: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
		Parties: []contracts.Party{
			{Role: contracts.RoleBrand, Name: "Demo SAS", Address: "1 rue Demo, Paris", Email: "a@demo.example", Market: "FR", TaxResidence: "FR"},
			{Role: contracts.RoleCreator, Name: "Ada Demo", Address: "2 rue Demo, Paris", Email: "b@demo.example", Market: "FR", TaxResidence: "FR"},
		},
		Pay: contracts.Pay{Fees: []contracts.Fee{{ID: "fee", Amount: byline.Minor(120_000, byline.EUR)}}},
		Grants: []contracts.Grant{{ID: "site", Channels: []contracts.Channel{contracts.ChannelWebsite},
			Territory: contracts.Territory{Markets: []byline.Market{"FR"}}, Term: contracts.Term{From: contracts.FromPosting, Perpetual: true}}},
		Clauses: contracts.Clauses{Written: true, Scope: "two reels", Audience: []byline.Market{"FR"}},
	}
	for _, f := range contracts.Review(draft, nil) {
		if f.Severity == byline.Blocker {
			fmt.Printf("%s %s: %s\n", f.Rule.ID, f.Path, f.Message)
		}
	}
	// Output:
	// C02 grants[0].term: the right "site" has no end, and it is not both priced and acknowledged
	// C07.FR clauses.law: (e) the content is aimed at a public in France, and French law is not agreed
}
