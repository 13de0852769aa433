package odrl

import (
	"strconv"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// Export writes the usage rights of an agreement as an ODRL agreement, with our profile's
// words for what ODRL has none for. brand is the id of who may use the content: terms name
// the brand's legal person, which is nobody's business in a policy. An agreement that is not
// signed, by [contracts.Agreement.SignedAt], is exported as an offer, which permits nothing.
// See [FromTerms] for what cannot be written.
func Export(a *contracts.Agreement, brand string) ([]byte, error) {
	p, err := FromTerms(a.Terms(), brand)
	if err != nil {
		return nil, err
	}
	if a.SignedAt().IsZero() {
		p.Kind = Offer
	}
	return indented(p)
}

// FromTerms makes a policy of the grants of terms: a permission of each, and a prohibition
// of those uses by machines that none of them allows. [Policy.Grants] is the way back, and
// nothing is lost on it but that an empty list becomes nil and a value that stands in a
// list twice stands there once. Pay, promises and clauses are no rights and are left out.
// It is of the kind Agreement: that the terms are signed is the caller's word.
//
// The faults are "odrl.required", "odrl.duplicate", "odrl.id", "odrl.zone", "odrl.word"
// (a value for which the profile has no word, or an amount that is no cap and no price)
// and "odrl.term". Their paths are those of the terms.
func FromTerms(t contracts.Terms, brand string) (Policy, error) {
	e := exporter{terms: t, brand: brand}
	e.need("id", string(t.ID))
	e.need("creator", string(t.Creator))
	e.need("brand", brand)
	if _, err := location(t.Zone); err != nil {
		e.add("zone", codeZone, "")
	}
	p := Policy{
		ID: ourIRI(ofAgreement, string(t.ID)) + ":" + strconv.Itoa(t.Version), Kind: Agreement,
		Zone: t.Zone, Version: t.Version,
	}
	if t.Version < 0 {
		e.add("version", codeWord, "")
	}
	seen := map[contracts.GrantID]bool{}
	for i, g := range t.Grants {
		path := at("grants", i)
		e.need(within(path, "id"), string(g.ID))
		if seen[g.ID] {
			e.add(within(path, "id"), codeDuplicate, "")
		}
		seen[g.ID] = true
		p.Permissions = append(p.Permissions, e.permission(path, g))
	}
	p.Prohibitions = e.prohibitions()
	return p, e.err()
}

type exporter struct {
	faults
	terms contracts.Terms
	brand string
}

func (e *exporter) need(path, id string) {
	switch {
	case id == "":
		e.add(path, codeRequired, "")
	case !absolute(ourIRI(ofAgreement, id) + ":2147483647"):
		e.add(path, codeID, "too long for an IRI")
	}
}

// rule has what all rules of the agreement have.
func (e *exporter) rule() Rule {
	return Rule{
		Targets:   []Reference{{ID: ourIRI(ofContent, string(e.terms.ID)), Collection: true}},
		Assigners: []Reference{{ID: iriOf(ofCreator, string(e.terms.Creator))}},
		Assignees: []Reference{{ID: iriOf(ofBrand, e.brand)}},
	}
}

// prohibitions say aloud what a closed world denies anyway: readers who do not know that
// it is closed look for exactly this.
func (e *exporter) prohibitions() []Rule {
	denied := e.rule()
	for _, use := range []contracts.AIUse{contracts.AITraining, contracts.AIReplica} {
		granted := false
		for _, g := range e.terms.Grants {
			for _, u := range g.AI {
				granted = granted || u == use
			}
		}
		if !granted {
			denied.Actions = append(denied.Actions, AIAction(use))
		}
	}
	if len(denied.Actions) == 0 {
		return nil
	}
	return []Rule{denied}
}

func (e *exporter) permission(path string, g contracts.Grant) Rule {
	r := e.rule()
	r.ID = iriOf(ofGrant, string(g.ID))
	r.Exclusive, r.Acknowledged = g.Exclusive, g.Acknowledged
	if len(g.Assets) > 0 {
		r.Targets = nil
	}
	for i, id := range g.Assets {
		e.need(at(within(path, "assets"), i), string(id))
		r.Targets = append(r.Targets, Reference{ID: iriOf(ofAsset, string(id))})
	}
	if len(g.Channels) == 0 {
		e.add(within(path, "channels"), codeRequired, "")
	}
	r.Actions = e.actions(path, g)
	r.Constraints = append(e.term(within(path, "term"), g.Term), e.territory(within(path, "territory"), g.Territory)...)
	r.Constraints = append(r.Constraints, e.caps(path, g)...)
	e.price(within(path, "fee"), g.Fee)
	if g.FeeFirst {
		r.Duties = append(r.Duties, payFirst(g.Fee))
	} else {
		r.Fee = g.Fee
	}
	if g.Credit {
		r.Duties = append(r.Duties, Duty{Action: Attribute})
	}
	return r
}

func payFirst(fee byline.Money) Duty {
	d := Duty{Action: Compensate}
	if fee != (byline.Money{}) {
		d.Pay = &Constraint{Operand: PayAmount, Operator: Eq, Amount: fee}
	}
	return d
}

func (e *exporter) actions(path string, g contracts.Grant) []Action {
	actions := words(e, within(path, "channels"), g.Channels, ChannelAction)
	actions = append(actions, words(e, within(path, "edits"), g.Edits, EditAction)...)
	actions = append(actions, words(e, within(path, "likeness"), g.Likeness, LikenessAction)...)
	actions = append(actions, words(e, within(path, "ai"), g.AI, AIAction)...)
	if g.RawFootage {
		actions = append(actions, RawFootage)
	}
	return append(actions, words(e, within(path, "sublicence"), g.Sublicence, LicenseeAction)...)
}

func words[T ~string](e *exporter, path string, values []T, word func(T) Action) []Action {
	var actions []Action
	for i, value := range values {
		a := word(value)
		if a == "" {
			e.add(at(path, i), codeWord, "")
		}
		actions = append(actions, a)
	}
	return actions
}

func (e *exporter) caps(path string, g contracts.Grant) []Constraint {
	var caps []Constraint
	e.price(within(path, "spend_cap"), g.Spend)
	if g.Spend != (byline.Money{}) {
		caps = append(caps, Constraint{Operand: Spend, Operator: LtEq, Amount: g.Spend})
	}
	if g.Impressions < 0 {
		e.add(within(path, "impression_cap"), codeWord, "")
	}
	if g.Impressions > 0 {
		caps = append(caps, Constraint{Operand: Count, Operator: LtEq, Count: g.Impressions})
	}
	return caps
}

func (e *exporter) price(path string, m byline.Money) {
	if m != (byline.Money{}) && (!m.Currency().Known() || m.Sign() < 0) {
		e.add(path, codeWord, "an amount below zero or of no ISO 4217 currency")
	}
}

// term writes a start by date as DateTime, any other as having happened, and an end by
// months and days as a span, because to write its date would be to lose what was agreed.
func (e *exporter) term(path string, t contracts.Term) []Constraint {
	operand, ok := since(t.From)
	if !ok {
		e.add(within(path, "from"), codeWord, "")
		return nil
	}
	spans := t.Months != 0 || t.Days != 0
	byDate := t.From == contracts.FromDate
	switch {
	case t.Months < 0, t.Days < 0, t.Months > maxMonths, t.Days > maxDays:
		e.add(path, codeTerm, "a span below zero, or longer than any term")
	case t.Perpetual == (spans || !t.End.IsZero()):
		e.add(path, codeTerm, "has either an end or none")
	case !byDate && !t.Start.IsZero():
		e.add(within(path, "start"), codeTerm, "starts with its trigger, and not at a date as well")
	case byDate && t.Start.IsZero():
		e.add(within(path, "start"), codeTerm, "a term from a date needs the date")
	}
	var list []Constraint
	switch {
	case !byDate:
		list = append(list, Constraint{Operand: operand, Operator: GtEq})
	case !t.Start.IsZero():
		list = append(list, Constraint{Operand: DateTime, Operator: GtEq, Instant: e.instant(within(path, "start"), t.Start)})
	}
	if spans {
		list = append(list, Constraint{Operand: operand, Operator: Lt, Instant: t.Start, Months: t.Months, Days: t.Days})
	}
	if !t.End.IsZero() {
		list = append(list, Constraint{Operand: DateTime, Operator: Lt, Instant: e.instant(within(path, "end"), t.End)})
	}
	return list
}

func (e *exporter) instant(path string, t time.Time) time.Time {
	if !writable(t) {
		e.add(path, codeTerm, "not a time between 1970 and 9998")
	}
	return t
}

// territory writes nothing for the whole world: a right that names no place holds
// everywhere.
func (e *exporter) territory(path string, t contracts.Territory) []Constraint {
	known(e, within(path, "regions"), t.Regions, func(r contracts.Region) bool { return len(r.Markets()) > 0 })
	known(e, within(path, "markets"), t.Markets, isMarket)
	known(e, within(path, "subdivisions"), t.Subdivisions, isSubdivision)
	known(e, within(path, "except"), t.Except, isMarket)
	var list []Constraint
	if !t.Worldwide || len(t.Regions)+len(t.Markets)+len(t.Subdivisions) > 0 {
		within := t
		within.Except = nil
		list = append(list, Constraint{Operand: Spatial, Operator: IsAnyOf, Place: within})
	}
	if len(t.Except) > 0 {
		list = append(list, Constraint{Operand: Spatial, Operator: IsNoneOf, Place: contracts.Territory{Markets: t.Except}})
	}
	return list
}

func isMarket(m byline.Market) bool { return alpha3(m) != "" }

func known[T any](e *exporter, path string, values []T, is func(T) bool) {
	for i, value := range values {
		if !is(value) {
			e.add(at(path, i), codeWord, "")
		}
	}
}
