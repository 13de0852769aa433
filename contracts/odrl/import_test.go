package odrl_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts/odrl"
)

func headed(head string) string {
	return `{` + head + `,"uid":"urn:p:1","permission":[{"target":"urn:a:1","action":"read"}]}`
}

func under(context string) string { return headed(`"@context":` + context + `,"@type":"Set"`) }

// refused are documents that are not understood, with what is wrong with each.
func refused() map[string]documentCase {
	const standard = `"@context":"http://www.w3.org/ns/odrl.jsonld"`
	return map[string]documentCase{
		"nothing":                   {``, []string{"odrl.json"}},
		"no JSON":                   {`{`, []string{"odrl.json"}},
		"more than one":             {plain("") + `{}`, []string{"odrl.json"}},
		"a byte order mark":         {"\ufeff" + plain(""), []string{"odrl.json"}},
		"no UTF-8":                  {plain(",\"uid\":\"urn:\xff\""), []string{"odrl.json"}},
		"a megabyte and more":       {strings.Repeat(" ", 1<<20) + plain(""), []string{"odrl.size"}},
		"too many values":           {plain(`,"constraint":[` + strings.Repeat("0,", 100_000) + `0]`), []string{"odrl.size"}},
		"nested too deeply":         {plain(`,"constraint":` + strings.Repeat("[", 40) + strings.Repeat("]", 40)), []string{"odrl.size"}},
		"a list":                    {`[` + plain("") + `]`, []string{"odrl.shape"}},
		"null":                      {`null`, []string{"odrl.shape"}},
		"a constraint twice":        {plain(`,"constraint":[{"leftOperand":"count","operator":"lteq","rightOperand":1}],"constraint":[]`), []string{"permission[0].constraint odrl.duplicate"}},
		"a constraint in two names": {plain(`,"constraint":[{"leftOperand":"count","operator":"lteq","rightOperand":1}],"odrl:constraint":[]`), []string{"permission[0].odrl:constraint odrl.duplicate"}},
		"one name escaped":          {plain(`,"constraint":[],"\u0063onstraint":[]`), []string{"permission[0].constraint odrl.duplicate"}},
		"a constraint that is null": {plain(`,"constraint":null`), []string{"permission[0].constraint odrl.shape"}},
		"one id for two rules":      {plain(`,"uid":"urn:r:1"},{"uid":"urn:r:1","target":"urn:a:1","action":"read"`), []string{"permission[1].uid odrl.duplicate"}},

		"no context":             {headed(`"@type":"Set"`), []string{"@context odrl.required"}},
		"a remote context":       {under(`["http://www.w3.org/ns/odrl.jsonld","https://demo.example/c.jsonld"]`), []string{"@context[1] odrl.context"}},
		"no context of ODRL":     {under(`{"ex":"http://demo.example/"}`), []string{"@context odrl.context"}},
		"a context that says lt": {under(`["http://www.w3.org/ns/odrl.jsonld",{"odrl":"http://demo.example/","@vocab":"http://demo.example/","a":{"@id":"urn:a:"},"b":"nowhere","c":"urn:c"}]`), []string{"@context[1].odrl odrl.context", "@context[1].@vocab odrl.context", "@context[1].a odrl.context", "@context[1].b odrl.context", "@context[1].c odrl.context"}},
		"a word made a prefix":   {under(`["http://www.w3.org/ns/odrl.jsonld",{"read":"http://demo.example/","target":"http://demo.example/t#"}]`), []string{"permission[0].target odrl.property", "permission[0].action odrl.action", "permission[0].target odrl.required"}},
		"a prefix twice":         {under(`["http://www.w3.org/ns/odrl.jsonld",{"ex":"http://demo.example/1#","ex":"http://demo.example/2#"}]`), []string{"@context[1].ex odrl.duplicate"}},
		"a context inside":       {plain(`,"@context":{"read":"http://demo.example/"}`), []string{"permission[0].@context odrl.context"}},

		"no type":                     {headed(standard), []string{"@type odrl.kind"}},
		"a type of another kind":      {headed(standard + `,"@type":"Request"`), []string{"@type odrl.kind"}},
		"two types":                   {headed(standard + `,"@type":["Offer","Agreement"]`), []string{"@type odrl.kind"}},
		"a profile nobody knows":      {headed(standard + `,"@type":"Set","profile":["urn:byline:odrl:1","https://demo.example/p"]`), []string{"profile odrl.profile"}},
		"our words without a profile": {`{` + standard + `,"@type":"Set","uid":"urn:p:1","permission":[{"target":"urn:a:1","action":"byline:tv"}]}`, []string{"permission[0].action odrl.action"}},
		"a zone that is none":         {headed(standard + `,"@type":"Set","profile":"urn:byline:odrl:1","byline:zone":"../etc"`), []string{"byline:zone odrl.zone"}},
		"the host's zone":             {headed(standard + `,"@type":"Set","profile":"urn:byline:odrl:1","byline:zone":"Local"`), []string{"byline:zone odrl.zone"}},
		"permissions that win":        {headed(standard + `,"@type":"Set","conflict":"perm"`), []string{"conflict odrl.conflict"}},
		"inheritance":                 {headed(standard + `,"@type":"Set","inheritFrom":"urn:p:0"`), []string{"inheritFrom odrl.nested"}},
		"a graph":                     {headed(standard + `,"@type":"Set","@graph":[]`), []string{"@graph odrl.nested"}},
		"obligations":                 {headed(standard + `,"@type":"Set","obligation":[{"action":"inform"}]`), []string{"obligation odrl.property"}},
		"a replacement":               {headed(standard + `,"@type":"Set","dct:isReplacedBy":"urn:p:2"`), []string{"dct:isReplacedBy odrl.property"}},
		"no rule":                     {`{` + standard + `,"@type":"Set","uid":"urn:p:1"}`, []string{"permission odrl.required"}},
		"no id":                       {`{` + standard + `,"@type":"Set","permission":[{"target":"urn:a:1","action":"read"}]}`, []string{"uid odrl.required"}},
		"an id that is none":          {`{` + standard + `,"@type":"Set","uid":"policy 1","permission":[{"target":"_:b0","action":"read"}]}`, []string{"uid odrl.id", "permission[0].target odrl.id"}},
		"an action for all and one":   {headed(standard + `,"@type":"Set","action":"read"`), []string{"permission[0].action odrl.conflict"}},

		"a rule of nothing":             {`{` + standard + `,"@type":"Set","uid":"urn:p:1","permission":{}}`, []string{"permission.target odrl.required", "permission.action odrl.required"}},
		"a rule by name":                {`{` + standard + `,"@type":"Set","uid":"urn:p:1","permission":["urn:r:1"]}`, []string{"permission[0] odrl.shape"}},
		"a rule of another type":        {plain(`,"@type":"Prohibition"`), []string{"permission[0].@type odrl.shape"}},
		"a policy in a rule":            {plain(`,"permission":[]`), []string{"permission[0].permission odrl.nested"}},
		"a policy of a target":          {plain(`},{"action":"read","target":{"uid":"urn:a:2","hasPolicy":"urn:p:2"}`), []string{"permission[1].target.hasPolicy odrl.nested"}},
		"a page for each of many rules": {`{` + standard + `,"@type":"Set","uid":"urn:p:1","target":["urn:a:1"` + strings.Repeat(`,"urn:a:2"`, 999) + `],"action":"read","permission":[{}` + strings.Repeat(`,{}`, 99) + `]}`, []string{"target odrl.size", "action odrl.size", "permission[99].target odrl.required", "permission[99].action odrl.required"}},
		"a remedy":                      {`{` + standard + `,"@type":"Set","uid":"urn:p:1","prohibition":[{"target":"urn:a:1","action":"read","remedy":[{"action":"delete"}]}]}`, []string{"prohibition[0].remedy odrl.property"}},
		"a name that is a page":         {plain(`,"<` + strings.Repeat("x", 90) + `>":1`), []string{"permission[0].? odrl.property"}},
		"an action nobody knows":        {plain(`},{"target":"urn:a:1","action":["beam","byline:beam",{"@id":"http://demo.example/beam"},"odrl:tv","byline:read","write"]`), []string{"permission[1].action[0] odrl.action", "permission[1].action[1] odrl.action", "permission[1].action[2].@id odrl.action", "permission[1].action[3] odrl.action", "permission[1].action[4] odrl.action", "permission[1].action[5] odrl.action"}},
		"a refined action":              {plain(`},{"target":"urn:a:1","action":{"rdf:value":"read","refinement":[]}`), []string{"permission[1].action.refinement odrl.property"}},
		"refined under the wrong name":  {plain(`},{"target":"urn:a:1","action":{"@id":"read","refinement":[]}`), []string{"permission[1].action odrl.shape", "permission[1].action.refinement odrl.property"}},
		"an id that is an object":       {plain(`},{"target":"urn:a:1","action":{"uid":{"a":[1]},"rdf:value":"read"}`), []string{"permission[1].action.uid odrl.shape"}},
		"an id that is no IRI":          {plain(`},{"target":"urn:a:1","action":{"uid":"a b","rdf:value":"read"}`), []string{"permission[1].action.uid odrl.id"}},
		"an action of nothing":          {plain(`},{"target":"urn:a:1","action":{}`), []string{"permission[1].action odrl.required"}},
		"a target of nothing":           {plain(`},{"target":{},"action":"read"`), []string{"permission[1].target odrl.required"}},
		"a source of what is no group":  {plain(`},{"target":{"uid":"urn:a:1","source":"urn:s:1"},"action":"read"`), []string{"permission[1].target odrl.shape"}},
		"a party as a target":           {plain(`},{"target":{"uid":"urn:a:1","@type":"Party"},"action":"read"`), []string{"permission[1].target.@type odrl.shape"}},
		"a duty of two actions":         {plain(`,"duty":[{"action":["inform","attribute"]},{},7]`), []string{"permission[0].duty[0].action odrl.required", "permission[0].duty[1].action odrl.required", "permission[0].duty[2] odrl.shape"}},
		"a duty with consequences":      {plain(`,"duty":[{"action":"inform","consequence":[]}]`), []string{"permission[0].duty[0].consequence odrl.property"}},
		"a duty refined by something":   {plain(`,"duty":[{"action":{"rdf:value":"compensate","refinement":{"leftOperand":"count","operator":"eq","rightOperand":1}}}]`), []string{"permission[0].duty[0].action.refinement odrl.left_operand"}},
		"two amounts":                   {plain(`,"duty":[{"action":{"rdf:value":"compensate","refinement":[{},{}]}}]`), []string{"permission[0].duty[0].action.refinement odrl.shape"}},
		"another duty refined":          {plain(`,"duty":[{"action":{"rdf:value":"attribute","refinement":[]}}]`), []string{"permission[0].duty[0].action.refinement odrl.property"}},
		"flags that are none":           {plain(`,"byline:exclusive":"yes","byline:acknowledged":{"@value":true}`), []string{"permission[0].byline:exclusive odrl.shape", "permission[0].byline:acknowledged odrl.shape"}},
		"a fee of nothing":              {plain(`,"byline:fee":{}`), []string{"permission[0].byline:fee odrl.required"}},
		"a constraint by name":          {plain(`,"constraint":"urn:c:1"`), []string{"permission[0].constraint odrl.shape"}},
		"a constraint of nothing":       {constrained(``), []string{"permission[0].constraint[0].leftOperand odrl.required"}},
		"a left operand nobody knows":   {constrained(`"leftOperand":"ex:dayOfWeek","operator":"eq","rightOperand":"Sunday"`), []string{"permission[0].constraint[0].leftOperand odrl.left_operand"}},
		"a left operand of others":      {constrained(`"leftOperand":"resolution","operator":"lteq","rightOperand":1200`), []string{"permission[0].constraint[0].leftOperand odrl.left_operand"}},
		"a payment that is no duty":     {constrained(`"leftOperand":"payAmount","operator":"eq","rightOperand":"1","unit":"iso4217:EUR"`), []string{"permission[0].constraint[0] odrl.left_operand"}},
		"an operator nobody knows":      {constrained(`"leftOperand":"count","operator":"about","rightOperand":1`), []string{"permission[0].constraint[0].operator odrl.operator"}},
		"an operator for sets":          {constrained(`"leftOperand":"dateTime","operator":"isAnyOf","rightOperand":"2026-01-01T00:00:00Z"`), []string{"permission[0].constraint[0].operator odrl.operator"}},
		"all of several places":         {constrained(`"leftOperand":"spatial","operator":"isAllOf","rightOperand":["iso3166:DEU"]`), []string{"permission[0].constraint[0].operator odrl.operator"}},
		"a reference to elsewhere":      {constrained(`"leftOperand":"count","operator":"lteq","rightOperandReference":"https://demo.example/n"`), []string{"permission[0].constraint[0].rightOperandReference odrl.property", "permission[0].constraint[0].rightOperand odrl.required"}},
		"a status":                      {constrained(`"leftOperand":"count","operator":"lteq","rightOperand":5,"status":4`), []string{"permission[0].constraint[0].status odrl.property"}},
		"a unit of a count":             {constrained(`"leftOperand":"count","operator":"lteq","rightOperand":5,"unit":"iso4217:EUR"`), []string{"permission[0].constraint[0].unit odrl.unit"}},
		"a count that is none":          {constrained(`"leftOperand":"count","operator":"lteq","rightOperand":1e3`), []string{"permission[0].constraint[0].rightOperand odrl.right_operand"}},
		"a count below zero":            {constrained(`"leftOperand":"count","operator":"lteq","rightOperand":-1`), []string{"permission[0].constraint[0].rightOperand odrl.right_operand"}},
		"a count beyond 2^63":           {constrained(`"leftOperand":"count","operator":"lteq","rightOperand":{"@value":"9223372036854775808","@type":"xsd:integer"}`), []string{"permission[0].constraint[0].rightOperand odrl.right_operand"}},
		"a count of another type":       {constrained(`"leftOperand":"count","operator":"lteq","rightOperand":{"@value":"9","@type":"xsd:string"}`), []string{"permission[0].constraint[0].rightOperand odrl.right_operand"}},
		"a value in a language":         {constrained(`"leftOperand":"count","operator":"lteq","rightOperand":{"@value":"9","@language":"en"}`), []string{"permission[0].constraint[0].rightOperand.@language odrl.property"}},
		"a day for until and with":      {constrained(`"leftOperand":"dateTime","operator":"lteq","rightOperand":{"@value":"2026-05-01","@type":"xsd:date"}`), []string{"permission[0].constraint[0].rightOperand odrl.operator"}},
		"a day that is none":            {constrained(`"leftOperand":"dateTime","operator":"lt","rightOperand":"2026-02-30"`), []string{"permission[0].constraint[0].rightOperand odrl.right_operand"}},
		"a day of the year 1":           {constrained(`"leftOperand":"dateTime","operator":"lt","rightOperand":"0001-01-01"`), []string{"permission[0].constraint[0].rightOperand odrl.right_operand"}},
		"a time of another type":        {constrained(`"leftOperand":"dateTime","operator":"lt","rightOperand":{"@value":"2026-01-01T00:00:00Z","@type":"xsd:string"}`), []string{"permission[0].constraint[0].rightOperand odrl.right_operand"}},
		"a stamp without a zone":        {constrained(`"leftOperand":"dateTime","operator":"lt","rightOperand":{"@value":"2026-01-01T00:00:00","@type":"xsd:dateTimeStamp"}`), []string{"permission[0].constraint[0].rightOperand odrl.right_operand"}},
		"a time too fine":               {constrained(`"leftOperand":"dateTime","operator":"lt","rightOperand":"2026-01-01T00:00:00.0000000001Z"`), []string{"permission[0].constraint[0].rightOperand odrl.right_operand"}},
		"a time with a comma":           {constrained(`"leftOperand":"dateTime","operator":"lt","rightOperand":"2026-01-01T00:00:00,5Z"`), []string{"permission[0].constraint[0].rightOperand odrl.right_operand"}},
		"two times":                     {constrained(`"leftOperand":"dateTime","operator":"lt","rightOperand":["2026-01-01T00:00:00Z","2027-01-01T00:00:00Z"]`), []string{"permission[0].constraint[0].rightOperand odrl.shape", "permission[0].constraint[0].rightOperand odrl.right_operand"}},
		"places that are none":          {constrained(`"leftOperand":"spatial","operator":"isAnyOf","rightOperand":["iso3166:DE","iso3166:deu","Germany","byline:region-Mars","byline:subdivision-Bavaria","iso3166:"]`), []string{"permission[0].constraint[0].rightOperand[0] odrl.right_operand", "permission[0].constraint[0].rightOperand[1] odrl.right_operand", "permission[0].constraint[0].rightOperand[2] odrl.right_operand", "permission[0].constraint[0].rightOperand[3] odrl.right_operand", "permission[0].constraint[0].rightOperand[4] odrl.right_operand", "permission[0].constraint[0].rightOperand[5] odrl.right_operand"}},
		"equal to two places":           {constrained(`"leftOperand":"spatial","operator":"eq","rightOperand":["iso3166:DEU","iso3166:AUT"]`), []string{"permission[0].constraint[0].rightOperand odrl.right_operand"}},
		"none of no places":             {constrained(`"leftOperand":"spatial","operator":"isNoneOf","rightOperand":[]`), []string{"permission[0].constraint[0].rightOperand odrl.right_operand"}},
		"an amount of no currency":      {constrained(`"leftOperand":"byline:spend","operator":"lteq","rightOperand":"5"`), []string{"permission[0].constraint[0].rightOperand odrl.unit"}},
		"an amount of another unit":     {constrained(`"leftOperand":"byline:spend","operator":"lteq","rightOperand":"5","unit":"iso4217:XXX"`), []string{"permission[0].constraint[0].unit odrl.unit"}},
		"a third decimal":               {constrained(`"leftOperand":"byline:spend","operator":"lteq","rightOperand":"5.001","unit":"iso4217:EUR"`), []string{"permission[0].constraint[0].rightOperand odrl.right_operand"}},
		"an amount below zero":          {constrained(`"leftOperand":"byline:spend","operator":"lteq","rightOperand":{"@value":"-5","@type":"xsd:decimal"},"unit":"iso4217:EUR"`), []string{"permission[0].constraint[0].rightOperand odrl.right_operand"}},
		"spans that are none":           {plain(`,"constraint":[` + span("sincePosting", "P") + `,` + span("sincePosting", "PT5H") + `,` + span("sincePosting", "P-1D") + `,` + span("sincePosting", "P1D2M") + `,` + span("sincePosting", "P1201M") + `,` + span("sinceDate", "P1M") + `]`), []string{"permission[0].constraint[0].rightOperand odrl.right_operand", "permission[0].constraint[1].rightOperand odrl.right_operand", "permission[0].constraint[2].rightOperand odrl.right_operand", "permission[0].constraint[3].rightOperand odrl.right_operand", "permission[0].constraint[4].rightOperand odrl.right_operand", "permission[0].constraint[5].rightOperand odrl.right_operand"}},
		"a constraint that does both":   {constrained(`"and":[{"leftOperand":"count","operator":"lteq","rightOperand":5}],"leftOperand":"count"`), []string{"permission[0].constraint[0].leftOperand odrl.property"}},
		"a choice of nothing":           {constrained(`"xone":{"@list":[]}`), []string{"permission[0].constraint[0].xone odrl.required"}},
		"a sequence":                    {constrained(`"andSequence":[]`), []string{"permission[0].constraint[0].andSequence odrl.property", "permission[0].constraint[0].leftOperand odrl.required"}},
	}
}

func span(operand, text string) string {
	return `{"leftOperand":"byline:` + operand + `","operator":"lt","rightOperand":{"@value":"` + text + `","@type":"xsd:duration"}}`
}

func TestImportRefuses(t *testing.T) {
	t.Parallel()
	for name, tt := range refused() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := odrl.Import([]byte(tt.document), nil)
			require.ErrorIs(t, err, byline.ErrInvalid)
			if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(odrl.Policy{}, got); diff != "" {
				t.Errorf("a refused policy has something in it:\n%s", diff)
			}
		})
	}
}

// No fault repeats what a document says, and a hopeless one gets a short account.
func TestFaultsAreDiscreet(t *testing.T) {
	t.Parallel()
	_, err := odrl.Import([]byte(plain(`},{"target":"secret person","action":["`+strings.Repeat(`secret","`, 200)+`"],"secret person <":1`)), nil)
	require.Error(t, err)
	if strings.Contains(err.Error(), "secret") {
		t.Errorf("the error repeats the document: %v", err)
	}
	if n := len(faultsOf(err)); n != 50 {
		t.Errorf("%d faults", n)
	}
}

// One policy in the shapes that JSON-LD gives it.
func TestShapes(t *testing.T) {
	t.Parallel()
	want := read(t, `{"@context":"http://www.w3.org/ns/odrl.jsonld","@type":"Agreement","uid":"http://demo.example/p","profile":"urn:byline:odrl:1",
		"permission":[{"uid":"http://demo.example/r","target":"http://demo.example/a","assigner":"http://demo.example/ada","assignee":"http://demo.example/brand","action":["play","byline:tv"],
		"constraint":[{"leftOperand":"count","operator":"lteq","rightOperand":5}],"duty":[{"action":"attribute"}]}]}`)
	tests := map[string]string{
		"full names": `{"@context":["https://www.w3.org/ns/odrl.jsonld"],"@type":["odrl:Policy","http://www.w3.org/ns/odrl/2/Agreement"],"@id":"http://demo.example/p","odrl:profile":{"@id":"urn:byline:odrl:1"},
			"http://www.w3.org/ns/odrl/2/permission":{"@type":"Permission","@id":"http://demo.example/r","odrl:target":{"@id":"http://demo.example/a"},"assigner":[{"uid":"http://demo.example/ada","@type":"Party"}],"assignee":["http://demo.example/brand"],
			"action":[{"@id":"odrl:play"},{"rdf:value":{"@id":"urn:byline:odrl:1:tv"}}],"constraint":{"@type":"Constraint","leftOperand":"odrl:count","operator":"odrl:lteq","rightOperand":{"@value":"5","@type":"http://www.w3.org/2001/XMLSchema#integer"}},"duty":{"@type":"Duty","action":["attribute"]}}}`,
		"prefixes": `{"@context":["http://www.w3.org/ns/odrl.jsonld",{"ex":"http://demo.example/","b":"urn:byline:odrl:1:","o":"http://www.w3.org/ns/odrl/2/"}],"type":"o:Agreement","uid":"ex:p","profile":["urn:byline:odrl:1"],
			"permission":[{"uid":"ex:r","target":"ex:a","assigner":"ex:ada","assignee":"ex:brand","action":["o:play","b:tv","play"],"constraint":{"@set":[{"leftOperand":"o:count","operator":"o:lteq","rightOperand":{"@value":5}}]},"duty":[{"action":"o:attribute"}]}]}`,
		"once for all rules": `{"@context":"http://www.w3.org/ns/odrl.jsonld","@type":"Agreement","uid":"http://demo.example/p","profile":"urn:byline:odrl:1","conflict":"prohibit","dct:title":"Demo","rdfs:comment":[{"@value":"x"}],
			"target":"http://demo.example/a","assigner":"http://demo.example/ada","assignee":"http://demo.example/brand","action":["play","byline:tv"],
			"permission":[{"uid":"http://demo.example/r","constraint":[{"leftOperand":"count","operator":"lteq","rightOperand":5}],"duty":[{"action":"attribute"}]}]}`,
		"another's profile": `{"@context":["http://www.w3.org/ns/odrl.jsonld",{"x":"https://example.org/creator-rights/1#"}],"@type":"Agreement","uid":"http://demo.example/p","profile":"https://example.org/creator-rights/1",
			"permission":[{"uid":"http://demo.example/r","target":"http://demo.example/a","assigner":"http://demo.example/ada","assignee":"http://demo.example/brand","action":["play","x:tv","cr:tv"],
			"constraint":[{"leftOperand":"count","operator":"lteq","rightOperand":"5"}],"duty":[{"action":"attribute"}]}]}`,
	}
	for name, document := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(want, read(t, document)); diff != "" {
				t.Errorf("policy (-want +got):\n%s", diff)
			}
		})
	}
}

func TestInstants(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ zone, value, want string }{
		"a day":                      {"Europe/Berlin", `{"@value":"2026-05-30","@type":"xsd:date"}`, "2026-05-29T22:00:00Z"},
		"a day in no zone":           {"", `"2026-05-30"`, "2026-05-30T00:00:00Z"},
		"no offset":                  {"Europe/Berlin", `{"@value":"2026-03-01T00:00:00","@type":"xsd:dateTime"}`, "2026-02-28T23:00:00Z"},
		"no offset, with a fraction": {"", `"2026-03-01T00:00:00.123456789"`, "2026-03-01T00:00:00.123456789Z"},
		"an offset":                  {"America/Lima", `{"@value":"2026-03-01T00:00:00+05:45","@type":"xsd:dateTimeStamp"}`, "2026-02-28T18:15:00Z"},
		"a day without a midnight":   {"America/Sao_Paulo", `"2018-11-04"`, "2018-11-04T03:00:00Z"},
		"a day that never was":       {"Pacific/Apia", `"2011-12-30"`, "2011-12-30T10:00:00Z"},
		"a day with two midnights":   {"America/Havana", `"2025-11-02"`, "2025-11-02T04:00:00Z"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := odrl.Import([]byte(constrained(`"leftOperand":"dateTime","operator":"lt","rightOperand":`+tt.value)), &odrl.Options{Zone: tt.zone})
			require.NoError(t, err)
			got := p.Permissions[0].Constraints[0].Instant.UTC().Format(time.RFC3339Nano)
			if got != tt.want || p.Zone != tt.zone {
				t.Errorf("%s in %q, want %s", got, p.Zone, tt.want)
			}
		})
	}
	_, err := odrl.Import([]byte(plain("")), &odrl.Options{Zone: "Mars/Base"})
	if diff := cmp.Diff([]string{"odrl.zone"}, faultsOf(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}
