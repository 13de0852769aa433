package contracts

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/validate"
)

// agreementCheck gathers the faults of Draft.
type agreementCheck struct{ faultList }

func agreementFaults(t *Terms) []*byline.FieldError {
	c := &agreementCheck{validate.Struct(*t)}
	if t.Effective.Start.IsZero() {
		c.add("effective.start", "agreement.start", "say from when the terms hold")
	}
	c.window("effective", t.Effective)
	if _, err := loadZone(t.Zone); err != nil {
		c.add("zone", "agreement.zone", "not an IANA time zone that this machine knows")
	}
	if t.Pay.owesNothing() {
		c.add("pay", "agreement.nothing_owed", "say what the creator earns")
	}
	c.faultList = append(c.faultList, byline.Nest("pay", byline.Faults(t.Pay.faults()))...)
	if !t.Pay.Guarantee.IsZero() && t.Pay.Period == WholeTerm && t.Effective.End.IsZero() {
		c.add("pay.guarantee", "pay.period", "a guarantee is owed at the end of a period, and this one has none")
	}
	c.parties(t.Parties)
	filledIn(c, "categories", t.Categories)
	for i, d := range t.Deliverables {
		c.faultList = append(c.faultList, byline.Nest(entryPath("deliverables", i), d.Validate())...)
	}
	c.grants(t.Grants)
	c.exclusivities(t.Exclusivity)
	c.clauses(t.Clauses)
	c.signatures(t.Signatures, t.Parties)
	return c.faultList
}

func entryPath(list string, i int) string { return fmt.Sprintf("%s[%d]", list, i) }

// loadZone refuses the machine's own zone, under which one agreement would mean two
// things on two machines.
func loadZone(name string) (*time.Location, error) {
	if name == "Local" {
		return nil, errors.New("the zone of a machine")
	}
	return time.LoadLocation(name)
}

func (c *agreementCheck) parties(parties []Party) {
	met := map[Role]bool{}
	for i, p := range parties {
		path := entryPath("parties", i)
		// Two guardians or two agencies are possible.
		if met[p.Role] && (p.Role == RoleBrand || p.Role == RoleCreator) {
			c.add(path+".role", "agreement.role_twice", "an agreement is between one brand and one creator")
		}
		met[p.Role] = true
		// A region may lie under another code than its market: Puerto Rico is PR and US-PR.
		if p.Region != "" {
			c.subdivision(path+".region", p.Region)
		}
	}
}

func (c *agreementCheck) grants(grants []Grant) {
	met := map[GrantID]bool{}
	for i, g := range grants {
		path := entryPath("grants", i)
		if met[g.ID] && g.ID != "" {
			c.add(path+".id", "agreement.id_twice", "another grant has this id")
		}
		met[g.ID] = true
		filledIn(c, path+".assets", g.Assets)
		knownWords(c, path+".channels", g.Channels, Channel.Known)
		if g.Territory.nowhere() {
			c.add(path+".territory", "agreement.territory", "say where the right holds")
		}
		c.territory(path+".territory", g.Territory)
		c.term(path+".term", g.Term)
		knownWords(c, path+".edits", g.Edits, Edit.Known)
		knownWords(c, path+".likeness", g.Likeness, Likeness.Known)
		knownWords(c, path+".ai", g.AI, AIUse.Known)
		knownWords(c, path+".sublicence", g.Sublicence, Licensee.Known)
		c.money(path+".spend_cap", g.Spend)
		if g.capsSpend() && g.Spend.IsZero() {
			c.add(path+".spend_cap", "agreement.money", "JSON has no cap of nothing; leave paid channels out instead")
		}
		c.money(path+".fee", g.Fee)
	}
}

func (c *agreementCheck) territory(path string, t Territory) {
	knownWords(c, path+".regions", t.Regions, func(r Region) bool { return r.members() != "" })
	for i, s := range t.Subdivisions {
		c.subdivision(entryPath(path+".subdivisions", i), s)
	}
}

func (c *agreementCheck) term(path string, t Term) {
	limited := !t.End.IsZero() || t.Months > 0 || t.Days > 0
	switch {
	case t.From == FromDate && t.Start.IsZero():
		c.add(path+".start", "agreement.term_start", "say the date that the term starts on")
	case t.From != FromDate && t.From != "" && !t.Start.IsZero():
		c.add(path+".start", "agreement.term_start", "a date starts only a term from a date")
	}
	switch {
	case t.Perpetual && limited:
		c.add(path, "agreement.term_end", "a perpetual term has no end")
	case !t.Perpetual && !limited:
		c.add(path, "agreement.term_end", "say when the term ends")
	}
	if (byline.Window{Start: t.Start, End: t.End}).Empty() {
		c.add(path+".end", "agreement.term_order", "the term ends before it starts")
	}
}

func (c *agreementCheck) exclusivities(list []Exclusivity) {
	met := map[string]bool{}
	for i, e := range list {
		path := entryPath("exclusivity", i)
		if met[e.ID] && e.ID != "" {
			c.add(path+".id", "agreement.id_twice", "another exclusivity has this id")
		}
		met[e.ID] = true
		if len(e.Categories)+len(e.Competitors) == 0 {
			c.add(path, "agreement.unnamed", "name the categories or the competitors")
		}
		filledIn(c, path+".categories", e.Categories)
		filledIn(c, path+".competitors", e.Competitors)
		if e.Territory.nowhere() {
			c.add(path+".territory", "agreement.territory", "say where the promise binds")
		}
		c.territory(path+".territory", e.Territory)
		c.window(path+".window", e.Window)
		for j, carved := range e.CarveOuts {
			if carved.Kind == CarveBrand && strings.TrimSpace(carved.Brand) == "" {
				c.add(entryPath(path+".carve_outs", j)+".brand", "required", "name the brand")
			}
		}
		c.money(path+".fee", e.Fee)
	}
}

func (c *agreementCheck) clauses(clauses Clauses) {
	met := map[Stage]bool{}
	for i, k := range clauses.KillFees {
		path := "clauses." + entryPath("kill_fees", i)
		if met[k.Stage] && k.Stage != "" {
			c.add(path+".stage", "agreement.stage_twice", "this stage has a kill fee already")
		}
		met[k.Stage] = true
		if k.Rate < 0 || k.Rate > Whole {
			c.add(path+".rate", "agreement.rate", "must be between 0% and 100%")
		}
	}
	for i, s := range clauses.Services {
		c.money("clauses."+entryPath("services", i)+".value", s.Value)
	}
}

func (c *agreementCheck) signatures(signatures []Signature, parties []Party) {
	met := map[Role]bool{}
	for i, s := range signatures {
		path := entryPath("signatures", i)
		if met[s.Role] && s.Role != "" {
			c.add(path+".role", "agreement.role_twice", "this role has signed already")
		}
		met[s.Role] = true
		c.signatory(path+".role", s.Role, parties)
		if s.Document != "" && !isDigest(s.Document) {
			c.add(path+".document", "agreement.digest", `not "sha256:" and 64 hexadecimal digits`)
		}
	}
}

func (c *agreementCheck) signatory(path string, role Role, parties []Party) {
	is := func(p Party) bool { return p.Role == role }
	if role != "" && len(parties) > 0 && !slices.ContainsFunc(parties, is) {
		c.add(path, "agreement.no_party", "no party has this role")
	}
}

func (c *agreementCheck) window(path string, w byline.Window) {
	if w.Empty() {
		c.add(path, "agreement.window_order", "it ends before it starts")
	}
}

func (c *agreementCheck) money(path string, m byline.Money) {
	if m.Sign() < 0 || m != (byline.Money{}) && !m.Currency().Known() {
		c.add(path, "agreement.money", "must not be negative, and in an ISO 4217 currency")
	}
}

// subdivision checks the shape of ISO 3166-2:2020, clause 5: a country code, a hyphen
// and one to three letters or digits. Which of them are assigned changes each year.
func (c *agreementCheck) subdivision(path, code string) {
	market, part, _ := strings.Cut(code, "-")
	if !byline.Market(market).Known() || part == "" || len(part) > 3 || strings.Trim(part, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
		c.add(path, "agreement.subdivision", `not written as ISO 3166-2, "US-NY"`)
	}
}

// knownWords reports entries that are not among the words.
func knownWords[T ~string](c *agreementCheck, path string, list []T, known func(T) bool) {
	for i, entry := range list {
		if entry == "" || !known(entry) {
			c.add(entryPath(path, i), "oneof", "not a word that this version knows")
		}
	}
}

// filledIn reports entries that are blank.
func filledIn[T ~string](c *agreementCheck, path string, list []T) {
	for i, entry := range list {
		if strings.TrimSpace(string(entry)) == "" {
			c.add(entryPath(path, i), "required", "a value is required")
		}
	}
}
