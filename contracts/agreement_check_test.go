package contracts_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/contracts"
)

const noDocument = "sha256:0000000000000000000000000000000000000000000000000000000000000000"

func TestDraftChecksEveryPart(t *testing.T) {
	t.Parallel()
	type T = contracts.Terms
	tests := map[string]struct {
		change func(*T)
		want   []fault
	}{
		"good":                 {func(*T) {}, nil},
		"nothing but a hold":   {func(a *T) { a.Pay = contracts.Pay{Currency: "EUR", Hold: a.Pay.Hold, Period: contracts.Monthly} }, []fault{{"pay", "agreement.nothing_owed"}}},
		"nothing but a gift":   {func(a *T) { a.Pay = contracts.Pay{Gifts: []contracts.Gift{{ID: "serum", Value: eur(1)}}} }, nil},
		"nothing but a floor":  {func(a *T) { a.Pay = contracts.Pay{Currency: "EUR", Guarantee: eur(1)} }, nil},
		"no zone is UTC":       {func(a *T) { a.Zone = "" }, nil},
		"an unknown zone":      {func(a *T) { a.Zone = "Mars/Olympus" }, []fault{{"zone", "agreement.zone"}}},
		"the machine's zone":   {func(a *T) { a.Zone = "Local" }, []fault{{"zone", "agreement.zone"}}},
		"a zone out of bounds": {func(a *T) { a.Zone = "../../etc/passwd" }, []fault{{"zone", "agreement.zone"}}},

		"two creators":       {func(a *T) { a.Parties = append(a.Parties, a.Parties[1]) }, []fault{{"parties[2].role", "agreement.role_twice"}}},
		"two brands":         {func(a *T) { a.Parties[1].Role = contracts.RoleBrand }, []fault{{"parties[1].role", "agreement.role_twice"}}},
		"two guardians":      {func(a *T) { a.Parties = append(a.Parties, guardian(), guardian()) }, nil},
		"a party nobody is":  {func(a *T) { a.Parties[0] = contracts.Party{} }, []fault{{"parties[0].role", "required"}, {"parties[0].name", "required"}}},
		"a bad address":      {func(a *T) { a.Parties[0].Email = "ada" }, []fault{{"parties[0].email", "email"}}},
		"a market":           {func(a *T) { a.Parties[0].Market = "UK" }, []fault{{"parties[0].market", "market"}}},
		"a region":           {func(a *T) { a.Parties[1].Region = "NY" }, []fault{{"parties[1].region", "agreement.subdivision"}}},
		"a region of no one": {func(a *T) { a.Parties[1].Region = "XX-NY" }, []fault{{"parties[1].region", "agreement.subdivision"}}},
		"a small region":     {func(a *T) { a.Parties[1].Region = "us-ny" }, []fault{{"parties[1].region", "agreement.subdivision"}}},
		"a long region":      {func(a *T) { a.Parties[1].Region = "US-NYCX" }, []fault{{"parties[1].region", "agreement.subdivision"}}},
		"an empty region":    {func(a *T) { a.Parties[1].Region = "US-" }, []fault{{"parties[1].region", "agreement.subdivision"}}},
		"three letters":      {func(a *T) { a.Parties[1].Region = "GB-ENG" }, nil},
		"under two codes":    {func(a *T) { a.Parties[1].Market, a.Parties[1].Region = "PR", "US-PR" }, nil},
		"a permit":           {func(a *T) { a.Parties[1].Permits[0].Number = "" }, []fault{{"parties[1].permits[0].number", "required"}}},

		"a deliverable": {func(a *T) { a.Deliverables[1].Format, a.Deliverables[1].Count = brief.Pin, 0 },
			[]fault{{"deliverables[1].count", "min"}, {"deliverables[1].format", "deliverable.format"}}},

		"one grant twice":  {func(a *T) { a.Grants[1].ID = "repost" }, []fault{{"grants[1].id", "agreement.id_twice"}}},
		"words of a grant": {strangeWords, []fault{{"grants[1].assets[0]", "required"}, {"grants[1].channels[1]", "oneof"}, {"grants[1].territory.regions[0]", "oneof"}, {"grants[1].territory.subdivisions[0]", "agreement.subdivision"}, {"grants[1].edits[0]", "oneof"}, {"grants[1].likeness[0]", "oneof"}, {"grants[1].ai[0]", "oneof"}, {"grants[1].sublicence[0]", "oneof"}}},
		"as ever": {func(a *T) {
			a.Grants[1].Likeness, a.Grants[1].Sublicence = []contracts.Likeness{contracts.LikenessAsPosted}, []contracts.Licensee{contracts.TheBrand}
			a.Grants[1].AI, a.Grants[1].Edits = []contracts.AIUse{""}, []contracts.Edit{""}
		}, []fault{{"grants[1].edits[0]", "oneof"}, {"grants[1].likeness[0]", "oneof"}, {"grants[1].ai[0]", "oneof"}, {"grants[1].sublicence[0]", "oneof"}}},
		"no channel":          {func(a *T) { a.Grants[0].Channels = nil }, []fault{{"grants[0].channels", "required"}}},
		"nowhere":             {func(a *T) { a.Grants[0].Territory = contracts.Territory{Except: []byline.Market{"DE"}} }, []fault{{"grants[0].territory", "agreement.territory"}}},
		"a part of a country": {func(a *T) { a.Grants[0].Territory = contracts.Territory{Subdivisions: []string{"US-CA"}} }, nil},
		"no such market":      {func(a *T) { a.Grants[1].Territory.Except[0] = "UK" }, []fault{{"grants[1].territory.except[0]", "market"}}},
		"a cap of nothing":    {func(a *T) { a.Grants[1].Spend = eur(0) }, []fault{{"grants[1].spend_cap", "agreement.money"}}},
		"a cap of no cents":   {func(a *T) { a.Grants[1].Spend = byline.Minor(1, byline.EUR) }, nil},
		"negative caps": {func(a *T) {
			a.Grants[1].Spend, a.Grants[1].Impressions, a.Grants[1].Fee = eur(-1), -1, byline.Minor(1, "")
		},
			[]fault{{"grants[1].impression_cap", "min"}, {"grants[1].spend_cap", "agreement.money"}, {"grants[1].fee", "agreement.money"}}},

		"no term":        {func(a *T) { a.Grants[0].Term = contracts.Term{} }, []fault{{"grants[0].term.from", "required"}, {"grants[0].term", "agreement.term_end"}}},
		"endless":        {func(a *T) { a.Grants[0].Term.Months = 0 }, []fault{{"grants[0].term", "agreement.term_end"}}},
		"perpetual":      {func(a *T) { a.Grants[0].Term.Months, a.Grants[0].Term.Perpetual = 0, true }, nil},
		"both":           {func(a *T) { a.Grants[0].Term.Perpetual = true }, []fault{{"grants[0].term", "agreement.term_end"}}},
		"no date":        {func(a *T) { a.Grants[0].Term.From = contracts.FromDate }, []fault{{"grants[0].term.start", "agreement.term_start"}}},
		"a stray date":   {func(a *T) { a.Grants[0].Term.Start = date(11, 1) }, []fault{{"grants[0].term.start", "agreement.term_start"}}},
		"dated":          {func(a *T) { a.Grants[0].Term = dated(date(11, 1), date(11, 2)) }, nil},
		"dated back":     {func(a *T) { a.Grants[0].Term = dated(date(11, 2), date(11, 2)) }, []fault{{"grants[0].term.end", "agreement.term_order"}}},
		"negative days":  {func(a *T) { a.Grants[0].Term.Days = -1 }, []fault{{"grants[0].term.days", "min"}}},
		"posted or over": {func(a *T) { a.Grants[0].Term.End = date(12, 31) }, nil},

		"one exclusivity twice":  {func(a *T) { a.Exclusivity = append(a.Exclusivity, a.Exclusivity[0]) }, []fault{{"exclusivity[1].id", "agreement.id_twice"}}},
		"exclusive of nothing":   {func(a *T) { a.Exclusivity[0].Categories, a.Exclusivity[0].Competitors = nil, nil }, []fault{{"exclusivity[0]", "agreement.unnamed"}}},
		"promotes no name":       {func(a *T) { a.Categories = []contracts.Category{"beauty", " "} }, []fault{{"categories[1]", "required"}}},
		"exclusive of no name":   {func(a *T) { a.Exclusivity[0].Competitors[0] = " " }, []fault{{"exclusivity[0].competitors[0]", "required"}}},
		"exclusive backwards":    {func(a *T) { a.Exclusivity[0].Window = byline.Window{Start: date(12, 1), End: date(11, 1)} }, []fault{{"exclusivity[0].window", "agreement.window_order"}}},
		"a carve-out of no one":  {func(a *T) { a.Exclusivity[0].CarveOuts[0].Kind = contracts.CarveBrand }, []fault{{"exclusivity[0].carve_outs[0].brand", "required"}}},
		"a promise by an agency": {func(a *T) { a.Exclusivity[0].BoundParty = contracts.RoleAgency }, []fault{{"exclusivity[0].bound", "oneof"}}},
		"a negative price":       {func(a *T) { a.Exclusivity[0].Fee = eur(-1) }, []fault{{"exclusivity[0].fee", "agreement.money"}}},
		"a promise nowhere":      {func(a *T) { a.Exclusivity[0].Territory = contracts.Territory{} }, []fault{{"exclusivity[0].territory", "agreement.territory"}}},
		"a promise but there":    {func(a *T) { a.Exclusivity[0].Territory = contracts.Territory{Except: []byline.Market{"DE"}} }, []fault{{"exclusivity[0].territory", "agreement.territory"}}},
		"regions of a promise":   {func(a *T) { a.Exclusivity[0].Territory.Regions[0] = "MARS" }, []fault{{"exclusivity[0].territory.regions[0]", "oneof"}}},

		"one stage twice":     {func(a *T) { a.Clauses.KillFees[1].Stage = contracts.StageProduced }, []fault{{"clauses.kill_fees[1].stage", "agreement.stage_twice"}}},
		"more than all":       {func(a *T) { a.Clauses.KillFees[1].Rate++ }, []fault{{"clauses.kill_fees[1].rate", "agreement.rate"}}},
		"less than nothing":   {func(a *T) { a.Clauses.KillFees[1].Rate = -1 }, []fault{{"clauses.kill_fees[1].rate", "agreement.rate"}}},
		"a service":           {func(a *T) { a.Clauses.Services[0].Value = eur(-1) }, []fault{{"clauses.services[0].value", "agreement.money"}}},
		"a service of no say": {func(a *T) { a.Clauses.Services[0].Value = byline.Money{} }, nil},
		"days of payment":     {func(a *T) { a.Clauses.Payment.Days = 366 }, []fault{{"clauses.payment.days", "max"}}},

		"a signature":      {func(a *T) { a.Signatures = signatures(contracts.RoleBrand) }, nil},
		"signed twice":     {func(a *T) { a.Signatures = signatures(contracts.RoleBrand, contracts.RoleBrand) }, []fault{{"signatures[1].role", "agreement.role_twice"}}},
		"signed by no one": {func(a *T) { a.Signatures = signatures(contracts.RoleGuardian) }, []fault{{"signatures[0].role", "agreement.no_party"}}},
		"nobody is named":  {func(a *T) { a.Parties, a.Signatures = nil, signatures(contracts.RoleGuardian) }, nil},
		"another digest": {func(a *T) {
			a.Signatures = signatures(contracts.RoleBrand)
			a.Signatures[0].Document = strings.ToUpper(noDocument)
		}, []fault{{"signatures[0].document", "agreement.digest"}}},
		"an empty one":      {func(a *T) { a.Signatures = []contracts.Signature{{}} }, []fault{{"signatures[0].role", "required"}, {"signatures[0].name", "required"}, {"signatures[0].at", "required"}, {"signatures[0].document", "required"}}},
		"after all years":   {func(a *T) { a.Effective.End = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) }, []fault{{"", "agreement.unwritable"}}},
		"not UTF-8":         {func(a *T) { a.Clauses.Scope = "a\xff" }, []fault{{"", "agreement.unwritable"}}},
		"a list not UTF-8":  {func(a *T) { a.Pay.Percentages[0].Scope.SKUs[0] = "\xc3" }, []fault{{"", "agreement.unwritable"}}},
		"a name not UTF-8":  {func(a *T) { a.Signatures = signatures(contracts.RoleBrand); a.Signatures[0].Name = "\xed\xa0\x80" }, []fault{{"", "agreement.unwritable"}}},
		"signed after that": {func(a *T) { a.SignedAt = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) }, []fault{{"", "agreement.unwritable"}}},
		"all at once": {func(a *T) {
			a.Zone, a.Grants[0].ID, a.Exclusivity[0].After, a.Clauses.KillFees[0].Rate = "x", "", -1, -1
		},
			[]fault{{"grants[0].id", "required"}, {"exclusivity[0].after_days", "min"}, {"zone", "agreement.zone"}, {"clauses.kill_fees[0].rate", "agreement.rate"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			agreed := richTerms()
			tt.change(&agreed)
			a, err := contracts.Draft(agreed)
			if diff := cmp.Diff(tt.want, faultsOf(err)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
			if (a == nil) != (len(tt.want) > 0) {
				t.Errorf("agreement %v beside error %v", a, err)
			}
		})
	}
}

func strangeWords(a *contracts.Terms) {
	g := &a.Grants[1]
	g.Assets[0], g.Channels[1], g.Edits[0], g.Likeness[0], g.AI[0], g.Sublicence[0] = " ", "billboard", "", "smell", "", "everybody"
	g.Territory.Regions[0], g.Territory.Subdivisions[0] = "eu", "California"
}

func guardian() contracts.Party { return contracts.Party{Role: contracts.RoleGuardian, Name: "cleo"} }

func dated(start, end time.Time) contracts.Term {
	return contracts.Term{From: contracts.FromDate, Start: start, End: end}
}

func signatures(roles ...contracts.Role) []contracts.Signature {
	var list []contracts.Signature
	for _, r := range roles {
		list = append(list, contracts.Signature{Role: r, Name: "ada", At: date(11, 1), Document: noDocument})
	}
	return list
}

func TestAgreementZone(t *testing.T) {
	t.Parallel()
	for zone, want := range map[string]string{"": "UTC", "UTC": "UTC", "Europe/Berlin": "Europe/Berlin"} {
		a := draft(t, func(a *contracts.Terms) { a.Zone = zone })
		if got := a.Location().String(); got != want {
			t.Errorf("zone %q is %s, want %s", zone, got, want)
		}
	}
	if got := (&contracts.Agreement{}).Location(); got != time.UTC {
		t.Errorf("the zero agreement is in %s", got)
	}
}

// What a caller changes after Draft, or in what Terms returned, is not agreed.
func TestAgreementKeepsItsOwnCopy(t *testing.T) {
	t.Parallel()
	given := richTerms()
	a := draftOf(t, given)
	given.Grants[0].Channels[0], given.Pay.Cap.Amount = contracts.ChannelTV, eur(1)
	got := a.Terms()
	got.Pay.Percentages[0].Scope.SKUs[0], got.Clauses.Payment.Days = "changed", 1
	if diff := cmp.Diff(richTerms(), a.Terms(), cmp.Comparer(byline.Money.Equal)); diff != "" {
		t.Errorf("terms (-want +got):\n%s", diff)
	}
	if a.Digest() != draftOf(t, richTerms()).Digest() {
		t.Error("the digest has changed")
	}
}

func TestRichTermsRoundTrip(t *testing.T) {
	t.Parallel()
	a := draftOf(t, richTerms())
	data, err := json.Marshal(a)
	require.NoError(t, err)
	var back contracts.Terms
	require.NoError(t, json.Unmarshal(data, &back))
	again := draftOf(t, back)
	if again.Digest() != a.Digest() {
		t.Errorf("read back the digest is %s, was %s", again.Digest(), a.Digest())
	}
	if diff := cmp.Diff(richTerms(), back, cmp.Comparer(byline.Money.Equal)); diff != "" {
		t.Errorf("round trip (-want +got):\n%s", diff)
	}
}

func BenchmarkDraft(b *testing.B) {
	agreed := richTerms()
	for b.Loop() {
		if _, err := contracts.Draft(agreed); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDiff(b *testing.B) {
	before, after := draftOf(b, richTerms()), draftOf(b, renegotiated())
	for b.Loop() {
		contracts.Diff(before, after)
	}
}

// What JSON leaves out is one nothing, so that what is stored is what was agreed.
func TestDraftKeepsNoZeroOfACurrency(t *testing.T) {
	t.Parallel()
	zeroes := richTerms()
	zeroes.Pay.Guarantee, zeroes.Pay.Draw = eur(0), eur(0)
	zeroes.Grants[0].Fee, zeroes.Exclusivity[0].Fee = eur(0), eur(0)
	a := draftOf(t, zeroes)
	data, err := json.Marshal(a)
	require.NoError(t, err)
	var back contracts.Terms
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(back, a.Terms(), cmp.Comparer(byline.Money.Equal)); diff != "" {
		t.Errorf("stored and agreed (-stored +agreed):\n%s", diff)
	}
	if zeroes.Grants[0].Fee != eur(0) {
		t.Error("the caller's terms were changed")
	}
}
