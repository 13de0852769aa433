package dossiercsv

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// account reads a row of the accounts.
func (m *importer) account(t *table) {
	at := t.at()
	a := creator.Account{Platform: t.platform(), Handle: strings.TrimPrefix(t.text("handle"), "@")}
	a.Followers, _ = t.measure("followers", "followers", at)
	a.Following, _ = t.measure("following", "following", at)
	a.Posts, _ = t.measure("posts", "posts", at)
	said := creator.Profile{
		ID: byline.CreatorID(t.text("creator")), Name: t.text("name"), City: t.text("city"),
		Languages: t.list("languages"), Themes: t.list("themes"), Tone: t.list("tone"), Style: t.list("style"), Tags: t.list("tags"),
		Contact: creator.Contactable(strings.ToLower(t.choice("contact"))), Accounts: []creator.Account{a},
	}
	if code := t.said("market"); code != "" {
		market, err := byline.ParseMarket(code)
		t.must("market", err)
		said.Market = market
	}
	alone := creator.Dossier{Profile: said}
	alone.Profile.Name = cmp.Or(said.Name, "nobody yet") // another row of the creator may have it
	if !t.valid(&alone) {
		return
	}
	r := m.creators[said.ID]
	if r == nil {
		r = newRecord(said.ID, t.line)
	}
	if _, twice := r.accounts[a.Ref().Key()]; twice {
		t.fault("handle", "dossiercsv.twice", "another row has this account")
	}
	for _, column := range differing(&r.dossier.Profile, &said) {
		t.fault(column, "dossiercsv.contradicts", "another row of this creator says otherwise")
	}
	if t.bad {
		return
	}
	m.creators[said.ID] = r
	r.accounts[a.Ref().Key()] = len(r.dossier.Profile.Accounts)
	r.dossier.Profile.Accounts = append(r.dossier.Profile.Accounts, a)
	fill(&r.dossier.Profile, &said)
}

// differing returns the columns in which two rows of a creator say different things.
func differing(a, b *creator.Profile) []string {
	var columns []string
	one := func(column, x, y string) {
		if x != "" && y != "" && x != y {
			columns = append(columns, column)
		}
	}
	many := func(column string, x, y []string) {
		if len(x) > 0 && len(y) > 0 && !slices.Equal(x, y) {
			columns = append(columns, column)
		}
	}
	one("name", a.Name, b.Name)
	one("market", string(a.Market), string(b.Market))
	one("city", a.City, b.City)
	many("languages", a.Languages, b.Languages)
	many("themes", a.Themes, b.Themes)
	many("tone", a.Tone, b.Tone)
	many("style", a.Style, b.Style)
	one("contact", string(a.Contact), string(b.Contact))
	many("tags", a.Tags, b.Tags)
	return columns
}

// fill adds to a what only b says.
func fill(a, b *creator.Profile) {
	a.Name, a.Market, a.City, a.Contact = cmp.Or(a.Name, b.Name), cmp.Or(a.Market, b.Market), cmp.Or(a.City, b.City), cmp.Or(a.Contact, b.Contact)
	for _, pair := range []struct{ to, from *[]string }{
		{&a.Languages, &b.Languages}, {&a.Themes, &b.Themes}, {&a.Tone, &b.Tone}, {&a.Style, &b.Style}, {&a.Tags, &b.Tags},
	} {
		if len(*pair.to) == 0 {
			*pair.to = *pair.from
		}
	}
}

// settleProfiles sorts the accounts, and leaves out who has no name.
func (m *importer) settleProfiles() {
	for _, id := range slices.Sorted(maps.Keys(m.creators)) {
		r := m.creators[id]
		if r.dossier.Profile.Name == "" {
			m.faults = append(m.faults, Fault{File: Accounts, Line: r.line, Column: "name", Code: "dossiercsv.required", Message: "no row of this creator has the name"})
			delete(m.creators, id)
			continue
		}
		accounts := r.dossier.Profile.Accounts
		slices.SortFunc(accounts, func(a, b creator.Account) int { return compareRefs(a.Ref(), b.Ref()) })
		for i, a := range accounts {
			r.accounts[a.Ref().Key()] = i
			r.platforms[a.Platform] = append(r.platforms[a.Platform], a.Ref())
		}
	}
}
