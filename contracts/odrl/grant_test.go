package odrl_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/contracts/odrl"
)

type documentCase struct {
	document string
	want     []string
}

// tv is a document with one permission for television, and more in it.
func tv(more string) string {
	return `{"@context":"http://www.w3.org/ns/odrl.jsonld","@type":"Agreement","uid":"urn:p:1","profile":"urn:byline:odrl:1",
		"assigner":"urn:creator:1","permission":[{"assignee":"urn:brand:1","target":"urn:a:1","action":"byline:tv"` + more + `}]}`
}

// start is what a grant cannot do without.
const start = `{"leftOperand":"dateTime","operator":"gteq","rightOperand":"2026-01-01"}`

func tvWhile(constraint string) string { return tv(`,"constraint":[` + constraint + `,` + start + `]`) }

// tvSince has a start of its own.
func tvSince(constraint string) string { return tv(`,"constraint":[` + constraint + `]`) }

func tvOnce(more string) string { return tv(`,"constraint":` + start + more) }

// noGrants are documents that are understood and that no grant can say.
func noGrants() map[string]documentCase {
	const place = `{"leftOperand":"spatial","operator":"isAnyOf","rightOperand":"iso3166:DEU"}`
	return map[string]documentCase{
		"an action that is no channel":   {plain(`,"constraint":` + start + `,"assignee":"urn:b:1"`), []string{"permission[0].action odrl.grant", "permission[0].action odrl.grant"}},
		"nobody who is granted":          {plain(`,"constraint":` + start + `,"assignee":[]`), []string{"permission[0].action odrl.grant", "permission[0].action odrl.grant", "permission[0].assignee odrl.grant"}},
		"a group that is granted":        {tvOnce(`},{"constraint":` + start + `,"target":"urn:a:1","action":"byline:tv","assignee":{"@type":"PartyCollection","uid":"urn:g:1"}`), []string{"permission[1].assignee odrl.grant"}},
		"a group alone that is granted":  {strings.Replace(tvOnce(""), `"urn:brand:1"`, `{"@type":"PartyCollection","uid":"urn:g:1"}`, 1), []string{"permission[0].assignee odrl.grant"}},
		"another's content":              {tvOnce(`},{"constraint":` + start + `,"assignee":"urn:brand:1","action":"byline:tv","target":{"@type":"AssetCollection","uid":"urn:byline:content:a-2"}`), []string{"permission[1].target odrl.grant"}},
		"one id by name and by place":    {tvOnce(`,"uid":"urn:byline:grant:permission-2"},{"constraint":` + start + `,"assignee":"urn:brand:1","action":"byline:tv","target":"urn:a:1"`), []string{"permission[1] odrl.grant"}},
		"one of two constraints":         {tvWhile(`{"or":[` + place + `,` + place + `]}`), []string{"permission[0].constraint[0] odrl.grant"}},
		"two places of two kinds":        {tvWhile(place + `,{"leftOperand":"spatial","operator":"isPartOf","rightOperand":"byline:region-EU"}`), []string{"permission[0].constraint[1] odrl.grant"}},
		"two places joined":              {tvWhile(`{"and":[` + place + `,` + place + `]}`), []string{"permission[0].constraint[1] odrl.grant"}},
		"outside of a region":            {tvWhile(`{"leftOperand":"spatial","operator":"neq","rightOperand":"byline:region-EU"}`), []string{"permission[0].constraint[0] odrl.grant"}},
		"after an instant":               {tvWhile(`{"leftOperand":"dateTime","operator":"gt","rightOperand":"2026-01-01T00:00:00Z"}`), []string{"permission[0].constraint[0] odrl.grant"}},
		"a date and a trigger":           {tvSince(`{"leftOperand":"dateTime","operator":"gteq","rightOperand":"2026-01-01"},{"leftOperand":"byline:sincePosting","operator":"gteq","rightOperand":{"@value":"P0D","@type":"xsd:duration"}}`), []string{"permission[0].constraint[0] odrl.grant"}},
		"two triggers":                   {tvSince(`{"leftOperand":"byline:sinceSigning","operator":"gteq","rightOperand":{"@value":"P0D","@type":"xsd:duration"}},{"leftOperand":"byline:sincePosting","operator":"lt","rightOperand":{"@value":"P9D","@type":"xsd:duration"}}`), []string{"permission[0].constraint[1] odrl.grant"}},
		"some time after a trigger":      {tvSince(`{"leftOperand":"byline:sincePosting","operator":"gteq","rightOperand":{"@value":"P9D","@type":"xsd:duration"}}`), []string{"permission[0].constraint[0] odrl.grant"}},
		"no time after a trigger":        {tvSince(`{"leftOperand":"byline:sincePosting","operator":"lt","rightOperand":{"@value":"P0D","@type":"xsd:duration"}}`), []string{"permission[0].constraint[0] odrl.grant"}},
		"counted from another date":      {tvSince(`{"leftOperand":"dateTime","operator":"gteq","rightOperand":"2026-01-01"},{"leftOperand":"byline:sinceDate","operator":"lt","rightOperand":{"@value":"2026-01-02T00:00:00Z/P9D","@type":"byline:dateAndDuration"}}`), []string{"permission[0].constraint[1] odrl.grant"}},
		"less than so many impressions":  {tvWhile(`{"leftOperand":"count","operator":"lt","rightOperand":9}`), []string{"permission[0].constraint[0] odrl.grant"}},
		"no impressions":                 {tvWhile(`{"leftOperand":"count","operator":"lteq","rightOperand":0}`), []string{"permission[0].constraint[0] odrl.grant"}},
		"a duty of another kind":         {tvOnce(`,"duty":[{"action":"inform"}]`), []string{"permission[0].duty[0] odrl.grant"}},
		"a duty twice":                   {tvOnce(`,"duty":[{"action":"attribute"},{"action":"attribute"}]`), []string{"permission[0].duty[1] odrl.grant"}},
		"a duty at times":                {tvOnce(`,"duty":[{"action":"attribute","constraint":` + place + `}]`), []string{"permission[0].duty[0] odrl.grant"}},
		"a price of at least":            {tvOnce(`,"duty":[{"action":{"rdf:value":"compensate","refinement":{"leftOperand":"payAmount","operator":"gteq","rightOperand":"5","unit":"iso4217:EUR"}}}]`), []string{"permission[0].duty[0] odrl.grant"}},
		"two prices":                     {tvOnce(`,"byline:fee":{"rightOperand":"5","unit":"iso4217:EUR"},"duty":[{"action":"compensate"}]`), []string{"permission[0].duty[0] odrl.grant"}},
		"no start":                       {tv(""), []string{"permission[0].constraint odrl.grant"}},
		"a prohibition to display it":    {tvOnce(`}],"prohibition":[{"target":"urn:a:1","action":"display"`), []string{"prohibition[0] odrl.grant"}},
		"a prohibition to distribute it": {tvOnce(`}],"prohibition":[{"target":"urn:a:1","action":"distribute"`), []string{"prohibition[0] odrl.grant"}},
		"a prohibition to reproduce it":  {tvOnce(`}],"prohibition":[{"target":"urn:a:1","action":"reproduce"`), []string{"prohibition[0] odrl.grant"}},
		"a prohibition to present it":    {tvOnce(`}],"prohibition":[{"target":"urn:a:1","action":"present"`), []string{"prohibition[0] odrl.grant"}},
		"a prohibition to extract it":    {tvOnce(`}],"prohibition":[{"target":"urn:a:1","action":"extract"`), []string{"prohibition[0] odrl.grant"}},
		"a prohibition to translate it":  {tvOnce(`}],"prohibition":[{"target":"urn:a:1","action":"translate"`), []string{"prohibition[0] odrl.grant"}},
		"a prohibition of two things":    {tvOnce(`}],"prohibition":[{"target":"urn:a:1","action":["byline:aiTraining","play"]`), []string{"prohibition[0] odrl.grant"}},
		"an offer":                       {strings.Replace(tvOnce(""), "Agreement", "Offer", 1), []string{"@type odrl.grant"}},
		"a prohibition of what is given": {tvOnce(`}],"prohibition":[{"target":"urn:a:1","action":"use"`), []string{"prohibition[0] odrl.grant"}},
	}
}

func TestNoGrants(t *testing.T) {
	t.Parallel()
	for name, tt := range noGrants() {
		if tt.want == nil {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			grants, err := read(t, tt.document).Grants()
			require.ErrorIs(t, err, byline.ErrInvalid)
			if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" || grants != nil {
				t.Errorf("%v, faults (-want +got):\n%s", grants, diff)
			}
		})
	}
}

// What means the same becomes the same grant.
func TestGrantsOfOtherWords(t *testing.T) {
	t.Parallel()
	plainGrant := func(change func(*contracts.Grant)) contracts.Grant {
		g := contracts.Grant{
			ID: "permission-1", Assets: []contracts.AssetID{"urn:a:1"}, Channels: []contracts.Channel{contracts.ChannelTV},
			Territory: contracts.Territory{Worldwide: true}, Term: contracts.Term{From: contracts.FromDate, Start: date(2026, 1, 1), Perpetual: true},
		}
		change(&g)
		return g
	}
	germany := func(g *contracts.Grant) { g.Territory = contracts.Territory{Markets: []byline.Market{"DE"}} }
	tests := map[string]struct {
		document string
		change   func(*contracts.Grant)
	}{
		"nothing more":                    {tvOnce(""), func(*contracts.Grant) {}},
		"one place":                       {tvWhile(`{"leftOperand":"spatial","operator":"eq","rightOperand":"http://cvx.iptc.org/iso3166-1a3/DEU"}`), germany},
		"part of one place":               {tvWhile(`{"leftOperand":{"@id":"odrl:spatial"},"operator":{"@id":"http://www.w3.org/ns/odrl/2/isPartOf"},"rightOperand":[{"@id":"iso3166:DEU"}]}`), germany},
		"one place, joined":               {tvWhile(`{"and":{"@list":[{"leftOperand":"spatial","operator":"isAnyOf","rightOperand":"iso3166:DEU"}]}}`), germany},
		"no place":                        {tvWhile(`{"leftOperand":"spatial","operator":"isAnyOf","rightOperand":[]}`), func(g *contracts.Grant) { g.Territory = contracts.Territory{} }},
		"all but one place":               {tvWhile(`{"leftOperand":"spatial","operator":"neq","rightOperand":"iso3166:CHE"}`), func(g *contracts.Grant) { g.Territory.Except = []byline.Market{"CH"} }},
		"a year":                          {tvSince(`{"leftOperand":"byline:sincePosting","operator":"lt","rightOperand":{"@value":"P1Y","@type":"xsd:duration"}}`), func(g *contracts.Grant) { g.Term = contracts.Term{From: contracts.FromPosting, Months: 12} }},
		"a fee that waits":                {tvOnce(`,"byline:fee":{"rightOperand":"5","unit":"iso4217:EUR"}`), func(g *contracts.Grant) { g.Fee = byline.Minor(500, byline.EUR) }},
		"a payment of any sum":            {tvOnce(`,"duty":{"action":"compensate"}`), func(g *contracts.Grant) { g.FeeFirst = true }},
		"a prohibition of something else": {tvOnce(`}],"prohibition":[{"target":"urn:a:1","action":"byline:aiTraining"`), func(*contracts.Grant) {}},
		"a prohibition of other edits":    {tvOnce(`}],"prohibition":[{"target":"urn:a:1","action":["derive","grantUse","sell","transfer"]`), func(*contracts.Grant) {}},
		"a set":                           {strings.Replace(tvOnce(""), "Agreement", "Set", 1), func(*contracts.Grant) {}},
		"a name from our side":            {tvOnce(`,"uid":"urn:byline:grant:a%2Fb"`), func(g *contracts.Grant) { g.ID = "a/b" }},
		"a broken name from our side":     {tvOnce(`,"uid":"urn:byline:grant:a%2"`), func(g *contracts.Grant) { g.ID = "urn:byline:grant:a%2" }},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := read(t, tt.document).Grants()
			require.NoError(t, err)
			if diff := cmp.Diff([]contracts.Grant{plainGrant(tt.change)}, got); diff != "" {
				t.Errorf("grants (-want +got):\n%s", diff)
			}
		})
	}
}

func withFees(a contracts.Asset, fees ...contracts.FeePaid) contracts.Asset {
	a.Fees = fees
	return a
}

// A use of an asset gets the answer that its grant gives.
func TestAsk(t *testing.T) {
	t.Parallel()
	policy, err := odrl.FromTerms(terms(), "demo.example")
	require.NoError(t, err)
	reel := contracts.Asset{ID: "reel-7", Agreement: "a-1", PaidAt: date(2026, 2, 1)}
	posted := contracts.Asset{ID: "reel-9", Agreement: "a-1", PostedAt: date(2026, 1, 31)}
	ad := contracts.Use{Channel: contracts.ChannelSparkAd, Market: "DE", At: date(2026, 4, 1), Credited: true}
	signed := date(2026, 1, 10)
	site := contracts.Use{Channel: contracts.ChannelWebsite, Market: "JP", At: date(2026, 2, 1)}
	with := func(u contracts.Use, change func(*contracts.Use)) contracts.Use {
		change(&u)
		return u
	}
	tests := map[string]struct {
		use   contracts.Use
		asset contracts.Asset
		want  odrl.Decision
	}{
		"an ad":                                 {ad, reel, odrl.Permit},
		"an ad that names nobody":               {with(ad, func(u *contracts.Use) { u.Credited = false }), reel, odrl.Deny},
		"an ad of other content":                {ad, posted, odrl.Deny},
		"an ad that is not paid for":            {ad, contracts.Asset{ID: "reel-7", Agreement: "a-1"}, odrl.Deny},
		"an ad whose fee is paid":               {ad, withFees(reel, contracts.FeePaid{Agreement: "a-1", Grant: "ads", At: reel.PaidAt}), odrl.Permit},
		"another grant's fee":                   {ad, withFees(reel, contracts.FeePaid{Agreement: "a-1", Grant: "site", At: reel.PaidAt}), odrl.Deny},
		"another creator's asset":               {ad, contracts.Asset{ID: "reel-7", Agreement: "a-1", Creator: "bruno", PaidAt: reel.PaidAt}, odrl.Deny},
		"the creator's own asset":               {ad, contracts.Asset{ID: "reel-7", Agreement: "a-1", Creator: "ada", PaidAt: reel.PaidAt}, odrl.Permit},
		"of another agreement, paid under this": {ad, contracts.Asset{ID: "reel-7", Agreement: "a-2", Fees: []contracts.FeePaid{{Agreement: "a-1", Grant: "ads", At: reel.PaidAt}}}, odrl.Permit},
		"of another agreement, paid under that": {ad, contracts.Asset{ID: "reel-7", Agreement: "a-2", Fees: []contracts.FeePaid{{Agreement: "a-2", Grant: "ads", At: reel.PaidAt}}}, odrl.Deny},
		"another agreement's fee":               {ad, withFees(reel, contracts.FeePaid{Agreement: "a-2", Grant: "ads", At: reel.PaidAt}), odrl.Deny},
		"an ad, cut":                            {with(ad, func(u *contracts.Use) { u.Edit = contracts.EditCutdown }), reel, odrl.Permit},
		"an ad, cut anew":                       {with(ad, func(u *contracts.Use) { u.Edit = contracts.EditNew }), reel, odrl.Deny},
		"an ad by an agency":                    {with(ad, func(u *contracts.Use) { u.By = contracts.ByAgency }), reel, odrl.Deny},
		"an ad in a region":                     {with(ad, func(u *contracts.Use) { u.Market = "AU" }), reel, odrl.Permit},
		"where it is excepted":                  {with(ad, func(u *contracts.Use) { u.Market = "NZ" }), reel, odrl.Deny},
		"in a state":                            {with(ad, func(u *contracts.Use) { u.Market, u.Region = "US", "US-CA" }), reel, odrl.Permit},
		"in all states":                         {with(ad, func(u *contracts.Use) { u.Market = "US" }), reel, odrl.Deny},
		"in a state of elsewhere":               {with(ad, func(u *contracts.Use) { u.Market, u.Region = "FR", "US-CA" }), reel, odrl.Deny},
		"as many as may be":                     {with(ad, func(u *contracts.Use) { u.Impressions, u.Spend = 2_000_000, byline.Minor(5_000_000, byline.EUR) }), reel, odrl.Permit},
		"one too many":                          {with(ad, func(u *contracts.Use) { u.Impressions = 2_000_001 }), reel, odrl.Deny},
		"a cent too much":                       {with(ad, func(u *contracts.Use) { u.Spend = byline.Minor(5_000_001, byline.EUR) }), reel, odrl.Deny},
		"spend of another currency":             {with(ad, func(u *contracts.Use) { u.Spend = byline.Minor(1, byline.USD) }), reel, odrl.Deny},
		"no spend of another":                   {with(ad, func(u *contracts.Use) { u.Spend = byline.Minor(0, byline.USD) }), reel, odrl.Deny},
		"a channel nobody knows":                {with(ad, func(u *contracts.Use) { u.Channel = "beam" }), reel, odrl.Deny},
		"an edit nobody knows":                  {with(ad, func(u *contracts.Use) { u.Edit = "remix" }), reel, odrl.Deny},
		"the website":                           {site, posted, odrl.Permit},
		"the website, raw, by agency, an image, a replica": {with(site, func(u *contracts.Use) {
			u.Raw, u.By, u.Likeness, u.AI = true, contracts.ByAgency, contracts.LikenessImage, contracts.AIReplica
		}), posted, odrl.Permit},
		"the website for training":         {with(site, func(u *contracts.Use) { u.AI = contracts.AITraining }), posted, odrl.Deny},
		"the website of another agreement": {site, contracts.Asset{ID: "reel-9", Agreement: "a-2", PostedAt: posted.PostedAt}, odrl.Deny},
		"before it is posted":              {with(site, func(u *contracts.Use) { u.At = posted.PostedAt.Add(-1) }), posted, odrl.Deny},
		"when it was never posted":         {site, contracts.Asset{ID: "reel-9", Agreement: "a-1"}, odrl.Deny},
		"the archive, once signed":         {with(site, func(u *contracts.Use) { u.Channel = contracts.ChannelInternal }), posted, odrl.Permit},
		"the archive, where it is not":     {with(site, func(u *contracts.Use) { u.Channel, u.Market = contracts.ChannelInternal, "FR" }), posted, odrl.Deny},
		"the archive, before it is signed": {with(site, func(u *contracts.Use) { u.Channel, u.At = contracts.ChannelInternal, signed.Add(-1) }), posted, odrl.Deny},
		// 31 January 2026, 01:00 in Berlin, and 12 months and 10 days.
		"the website's last instant": {with(site, func(u *contracts.Use) { u.At = date(2027, 2, 10).Add(-1) }), posted, odrl.Permit},
		"the website's end":          {with(site, func(u *contracts.Use) { u.At = date(2027, 2, 10) }), posted, odrl.Deny},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := odrl.Ask(tt.use, tt.asset, "demo.example")
			if got := policy.Evaluate(q); tt.use.Channel == contracts.ChannelInternal && got.Decision != odrl.Deny {
				t.Errorf("%s though nobody said when it was signed", got.Decision)
			}
			q.Happened[contracts.FromSigning] = signed
			if got := policy.Evaluate(q); got.Decision != tt.want {
				t.Errorf("%s, want %s: %s", got.Decision, tt.want, got.Explain())
			}
			if got := policy.Evaluate(odrl.Ask(tt.use, tt.asset, "other.example")); got.Decision != odrl.Deny {
				t.Errorf("%s for somebody else", got.Decision)
			}
		})
	}
}

// A term from the first posting waits for one under the policy's own agreement.
func TestAskFirstPosting(t *testing.T) {
	t.Parallel()
	agreed := terms()
	agreed.Grants = []contracts.Grant{{
		ID: "tv", Assets: []contracts.AssetID{"reel-7"}, Channels: []contracts.Channel{contracts.ChannelTV}, Territory: contracts.Territory{Worldwide: true},
		Term: contracts.Term{From: contracts.FromFirstPosting, Months: 3},
	}}
	ours, err := odrl.FromTerms(agreed, "demo.example")
	require.NoError(t, err)
	theirs := ours
	theirs.ID = "urn:p:1"
	use := contracts.Use{Channel: contracts.ChannelTV, Market: "DE", At: date(2026, 4, 1)}
	for agreement, want := range map[contracts.AgreementID][2]odrl.Decision{
		"a-1": {odrl.Permit, odrl.Permit},
		"a":   {odrl.Deny, odrl.Permit}, // of a policy of others nobody can tell
		"a-2": {odrl.Deny, odrl.Permit},
		"":    {odrl.Deny, odrl.Deny},
	} {
		q := odrl.Ask(use, contracts.Asset{ID: "reel-7", Agreement: agreement, FirstPosting: date(2026, 3, 1)}, "demo.example")
		if got := [2]odrl.Decision{ours.Evaluate(q).Decision, theirs.Evaluate(q).Decision}; got != want {
			t.Errorf("of agreement %q: %v, want %v", agreement, got, want)
		}
	}
}
