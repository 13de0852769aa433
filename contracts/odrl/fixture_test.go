package odrl_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/contracts/odrl"
)

// ad is a policy of somebody else's profile: a paid ad from the creator's account in two
// markets for ninety days, once it is paid for, and never for training.
const ad = `{"@context":"http://www.w3.org/ns/odrl.jsonld","@type":"Agreement","uid":"urn:c:1","profile":"https://example.org/creator-rights/1",
 "permission":[{"target":"urn:asset:reel-7","assigner":"urn:creator:9","assignee":"urn:brand:3","action":"cr:partnershipAd",
  "constraint":[{"leftOperand":"dateTime","operator":"gteq","rightOperand":{"@value":"2026-03-01T00:00:00+01:00","@type":"xsd:dateTime"}},
   {"leftOperand":"dateTime","operator":"lt","rightOperand":{"@value":"2026-05-30T00:00:00+02:00","@type":"xsd:dateTime"}},
   {"leftOperand":"spatial","operator":"isAnyOf","rightOperand":["iso3166:DEU","iso3166:AUT"]}],
  "duty":[{"action":[{"rdf:value":{"@id":"odrl:compensate"},"refinement":[{"leftOperand":"payAmount","operator":"eq","rightOperand":{"@value":"1500.00","@type":"xsd:decimal"},"unit":"iso4217:EUR"}]}]}]}],
 "prohibition":[{"target":"urn:asset:reel-7","action":"cr:aiTraining"}]}`

func others() *odrl.Options {
	return &odrl.Options{
		Profiles: map[string]string{"https://example.org/creator-rights/1": "cr"},
		Units:    map[string]byline.Currency{"http://dbpedia.org/resource/Euro": byline.EUR},
	}
}

// plain is a policy with the properties of one permission in it.
func plain(rule string) string {
	return `{"@context":"http://www.w3.org/ns/odrl.jsonld","@type":"Set","uid":"urn:p:1","profile":"urn:byline:odrl:1","permission":[{"target":"urn:a:1","action":"read"` + rule + `}]}`
}

func constrained(constraint string) string { return plain(`,"constraint":[{` + constraint + `}]`) }

func read(t testing.TB, document string) odrl.Policy {
	t.Helper()
	p, err := odrl.Import([]byte(document), others())
	require.NoError(t, err)
	return p
}

// faultsOf lists faults as "path code".
func faultsOf(err error) []string {
	var list []string
	for _, f := range byline.Nest("", err) {
		list = append(list, strings.TrimSpace(f.Path+" "+f.Code))
	}
	return list
}

func codesIn(faults []string) []string {
	var list []string
	for _, f := range faults {
		list = append(list, f[strings.LastIndex(f, " ")+1:])
	}
	return list
}

func instant(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339Nano, text)
	require.NoError(t, err)
	return at
}

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// terms are demo terms with everything that a policy can say.
func terms() contracts.Terms {
	return contracts.Terms{
		ID: "a-1", Version: 2, Creator: "ada", Campaign: "spring", Zone: "Europe/Berlin",
		Grants: []contracts.Grant{
			{
				ID: "ads", Assets: []contracts.AssetID{"reel-7", "https://demo.example/reel/8"},
				Channels:  []contracts.Channel{contracts.ChannelPartnershipAd, contracts.ChannelSparkAd},
				Territory: contracts.Territory{Markets: []byline.Market{"DE", "AT"}, Regions: []contracts.Region{contracts.ANZ}, Subdivisions: []string{"US-CA"}, Except: []byline.Market{"NZ"}},
				Term:      contracts.Term{From: contracts.FromDate, Start: date(2026, 3, 1), End: date(2026, 5, 30)},
				Exclusive: true, Edits: []contracts.Edit{contracts.EditCutdown, contracts.EditCrop},
				Spend: byline.Minor(5_000_000, byline.EUR), Impressions: 2_000_000, FeeFirst: true, Fee: byline.Minor(150_000, byline.EUR), Credit: true,
			},
			{
				ID: "site", Channels: []contracts.Channel{contracts.ChannelWebsite}, Territory: contracts.Territory{Worldwide: true},
				Term:     contracts.Term{From: contracts.FromPosting, Months: 12, Days: 10},
				Likeness: []contracts.Likeness{contracts.LikenessImage}, AI: []contracts.AIUse{contracts.AIReplica}, RawFootage: true,
				Sublicence: []contracts.Licensee{contracts.ByAgency, contracts.ByRetailers}, Fee: byline.Minor(20_000, byline.JPY),
			},
			{
				ID: "archive", Channels: []contracts.Channel{contracts.ChannelInternal}, Territory: contracts.Territory{Worldwide: true, Except: []byline.Market{"FR"}},
				Term: contracts.Term{From: contracts.FromSigning, Perpetual: true}, Acknowledged: true,
			},
		},
	}
}
