package odrl

import (
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

const (
	constraintNames = "@id @type odrl:leftOperand odrl:operator odrl:rightOperand odrl:unit " + logicNames
	logicNames      = "odrl:and odrl:or odrl:xone"
	orderNames      = "odrl:eq odrl:neq odrl:lt odrl:lteq odrl:gt odrl:gteq"
	placeNames      = "odrl:eq odrl:neq odrl:isAnyOf odrl:isNoneOf odrl:isPartOf"
)

// constraints reads those of a rule or a duty. PayAmount is no fact of a use: it refines
// a duty, and stands nowhere else.
func (r *reader) constraints(f field) []Constraint {
	if f.path == "" {
		return nil
	}
	var list []Constraint
	for path, one := range each(f) {
		c := r.constraint(path, one)
		if c.Operand == PayAmount {
			r.add(path, codeLeftOperand, "")
		}
		list = append(list, c)
	}
	return list
}

func (r *reader) constraint(path string, n node) Constraint {
	fields := r.fields(path, n, constraintNames)
	if n.kind != isObject {
		return Constraint{}
	}
	c := Constraint{ID: r.id(fields, false)}
	for name := range strings.SplitSeq(logicNames, " ") {
		if parts, ok := fields[name]; ok {
			r.is(fields, "LogicalConstraint")
			r.logic(&c, fields, Logic(name), parts)
			return c
		}
	}
	r.is(fields, "Constraint")
	for _, name := range []string{"leftOperand", "operator", "rightOperand"} {
		if _, ok := fields["odrl:"+name]; !ok {
			r.add(within(path, name), codeRequired, "")
			return c
		}
	}
	c.Operand = Operand(r.word(r.reference(fields["odrl:leftOperand"])))
	c.Operator = Operator(r.word(r.reference(fields["odrl:operator"])))
	r.compare(&c, fields)
	return c
}

func (r *reader) logic(c *Constraint, fields map[string]field, logic Logic, parts field) {
	for name, other := range fields {
		if name != string(logic) && !strings.HasPrefix(name, "@") {
			r.add(other.path, codeProperty, "a constraint joins others or compares, and not both")
		}
	}
	c.Logic, c.Parts = logic, r.constraints(parts)
	if len(c.Parts) == 0 {
		r.add(parts.path, codeRequired, "")
	}
}

func (r *reader) compare(c *Constraint, fields map[string]field) {
	right, unit := fields["odrl:rightOperand"], fields["odrl:unit"]
	operators := orderNames
	_, counts := c.Operand.trigger()
	switch {
	case c.Operand == DateTime:
		r.instant(c, right)
	case c.Operand == Spatial:
		operators = placeNames
		r.places(c, right)
	case c.Operand == Count:
		c.Count = r.whole(right, 1<<63-1)
	case c.Operand == PayAmount, c.Operand == Spend:
		c.Amount = r.amount(right, unit)
		unit = field{}
	case counts:
		operators = "odrl:lt odrl:gteq"
		r.span(c, right)
	default:
		r.add(fields["odrl:leftOperand"].path, codeLeftOperand, "")
		return
	}
	if !listed(operators, string(c.Operator)) {
		r.add(fields["odrl:operator"].path, codeOperator, "")
	}
	if unit.path != "" {
		r.add(unit.path, codeUnit, "")
	}
}

// instant reads an xsd:dateTime or an xsd:date.
func (r *reader) instant(c *Constraint, f field) {
	text, kind := r.literal(f)
	ok := false
	switch {
	case (kind == "" || kind == "xsd:date") && isDate(text):
		var day time.Time
		if day, ok = parseInstant(text, "2006-01-02", time.UTC); ok {
			c.Instant = onClock(day, r.zone)
		}
		if c.Operator != Lt && c.Operator != GtEq {
			r.add(f.path, codeOperator, "a day is a bound of lt and gteq alone; give an instant")
		}
	case kind == "", kind == "xsd:dateTime", kind == "xsd:dateTimeStamp":
		c.Instant, ok = parseInstant(text, time.RFC3339, nil)
		if !ok && kind != "xsd:dateTimeStamp" {
			c.Instant, ok = parseInstant(text, "2006-01-02T15:04:05", r.zone)
		}
	}
	if !ok {
		r.add(f.path, codeRightOperand, "")
	}
}

func (r *reader) places(c *Constraint, f field) {
	for path, one := range each(f) {
		text := r.reference(field{one, path})
		if strings.Contains(text, ":") {
			text = r.word(text)
		}
		if !addPlace(&c.Place, text) {
			r.add(path, codeRightOperand, "")
		}
	}
	n := len(f.all())
	one := c.Operator == Eq || c.Operator == Neq || c.Operator == IsPartOf
	if one && n != 1 || c.Operator == IsNoneOf && n == 0 {
		r.add(f.path, codeRightOperand, "")
	}
}

// addPlace reads "iso3166:DEU" and the places of our profile.
func addPlace(t *contracts.Territory, word string) bool {
	if code, ok := strings.CutPrefix(word, "iso3166:"); ok {
		m, known := marketOf(code)
		t.Markets = append(t.Markets, m)
		return known
	}
	if region, ok := strings.CutPrefix(word, "byline:region-"); ok {
		t.Regions = append(t.Regions, contracts.Region(region))
		return len(contracts.Region(region).Markets()) > 0
	}
	if part, ok := strings.CutPrefix(word, "byline:subdivision-"); ok {
		t.Subdivisions = append(t.Subdivisions, part)
		return isSubdivision(part)
	}
	t.Worldwide = true
	return word == "byline:worldwide"
}

// isSubdivision reports whether a code has the form of ISO 3166-2.
func isSubdivision(code string) bool {
	country, part, ok := strings.Cut(code, "-")
	return ok && byline.Market(country).Known() && len(part) >= 1 && len(part) <= 3 &&
		strings.Trim(part, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
}

func (r *reader) amount(f, unit field) byline.Money {
	text, kind := r.literal(f)
	if unit.path == "" {
		r.add(f.path, codeUnit, "an amount needs its currency as a unit")
		return byline.Money{}
	}
	name := r.reference(unit)
	currency, ok := r.opts.Units[r.full(name)]
	if !ok {
		code, isCode := strings.CutPrefix(r.word(name), "iso4217:")
		currency, ok = byline.Currency(code), isCode
	}
	if !ok || !currency.Known() {
		r.add(unit.path, codeUnit, "")
		return byline.Money{}
	}
	m, err := byline.ParseMoney(text, currency)
	if err != nil || m.Sign() < 0 || kind != "" && kind != "xsd:decimal" && kind != "xsd:integer" {
		r.add(f.path, codeRightOperand, "")
	}
	return m
}

// fee reads the amount of a grant that is no condition: a right operand and a unit.
func (r *reader) fee(f field) byline.Money {
	fields := r.fields(f.path, f.node, "odrl:rightOperand odrl:unit")
	amount, ok := fields["odrl:rightOperand"]
	if !ok {
		r.add(f.path, codeRequired, "")
		return byline.Money{}
	}
	return r.amount(amount, fields["odrl:unit"])
}

func (r *reader) span(c *Constraint, f field) {
	text, kind := r.literal(f)
	want := "xsd:duration"
	ok := true
	if c.Operand == SinceDate {
		var start string
		start, text, _ = strings.Cut(text, "/")
		want = "byline:dateAndDuration"
		c.Instant, ok = parseInstant(start, time.RFC3339, nil)
	}
	var isSpan bool
	if c.Months, c.Days, isSpan = parseSpan(text); !isSpan || !ok || kind != want {
		r.add(f.path, codeRightOperand, "")
	}
}
