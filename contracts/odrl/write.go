package odrl

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

type jsonPolicy struct {
	Context      []any      `json:"@context"`
	Type         Kind       `json:"@type"`
	ID           string     `json:"uid"`
	Profile      string     `json:"profile"`
	Conflict     string     `json:"conflict"`
	Zone         string     `json:"byline:zone,omitempty"`
	Version      int        `json:"byline:version,omitempty"`
	Permissions  []jsonRule `json:"permission,omitempty"`
	Prohibitions []jsonRule `json:"prohibition,omitempty"`
}

type jsonRule struct {
	ID           string      `json:"uid,omitempty"`
	Targets      []any       `json:"target"`
	Assigners    []any       `json:"assigner,omitempty"`
	Assignees    []any       `json:"assignee,omitempty"`
	Actions      []string    `json:"action"`
	Constraints  []any       `json:"constraint,omitempty"`
	Duties       []jsonDuty  `json:"duty,omitempty"`
	Exclusive    bool        `json:"byline:exclusive,omitempty"`
	Acknowledged bool        `json:"byline:acknowledged,omitempty"`
	Fee          *jsonAmount `json:"byline:fee,omitempty"`
}

type jsonDuty struct {
	ID          string `json:"uid,omitempty"`
	Action      any    `json:"action"`
	Constraints []any  `json:"constraint,omitempty"`
}

type jsonRefined struct {
	Action     jsonID `json:"rdf:value"`
	Refinement []any  `json:"refinement"`
}

type jsonReference struct {
	Type   string `json:"@type"`
	ID     string `json:"uid,omitempty"`
	Source string `json:"source,omitempty"`
}

type jsonID struct {
	ID string `json:"@id"`
}

type jsonValue struct {
	Value string `json:"@value"`
	Type  string `json:"@type"`
}

type jsonAmount struct {
	Right jsonValue `json:"rightOperand"`
	Unit  string    `json:"unit"`
}

type jsonConstraint struct {
	ID       string `json:"uid,omitempty"`
	Left     string `json:"leftOperand"`
	Operator string `json:"operator"`
	Right    any    `json:"rightOperand"`
	Unit     string `json:"unit,omitempty"`
}

// MarshalJSON writes the policy as ODRL 2.2 under our profile, always in the same form:
// what Import read of any document of the same meaning is written alike, but for the
// order in which things stand.
func (p Policy) MarshalJSON() ([]byte, error) {
	w := writer{zone: time.UTC}
	if zone, err := location(p.Zone); err == nil {
		w.zone = zone
	}
	prefixes := map[string]string{"byline": ourSpace, "iso3166": countrySpace, "iso4217": unitSpace}
	return json.Marshal(jsonPolicy{
		Context: []any{odrlContext, prefixes}, Type: p.Kind, ID: p.ID, Profile: Profile, Conflict: "prohibit",
		Zone: p.Zone, Version: p.Version,
		Permissions: w.rules(p.Permissions), Prohibitions: w.rules(p.Prohibitions),
	})
}

// indented is the form for files and people.
func indented(p Policy) ([]byte, error) {
	compact, err := p.MarshalJSON()
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	if err := json.Indent(&text, compact, "", "  "); err != nil {
		return nil, err
	}
	text.WriteByte('\n')
	return text.Bytes(), nil
}

type writer struct{ zone *time.Location }

// bare is a word as ODRL's context writes it.
func bare[T ~string](word T) string { return strings.TrimPrefix(string(word), "odrl:") }

func (w writer) rules(rules []Rule) []jsonRule {
	var list []jsonRule
	for _, r := range rules {
		out := jsonRule{
			ID: r.ID, Targets: references(r.Targets, "Asset"), Assigners: references(r.Assigners, "Party"), Assignees: references(r.Assignees, "Party"),
			Constraints: w.constraints(r.Constraints), Exclusive: r.Exclusive, Acknowledged: r.Acknowledged,
		}
		for _, a := range r.Actions {
			out.Actions = append(out.Actions, bare(a))
		}
		for _, d := range r.Duties {
			out.Duties = append(out.Duties, w.duty(d))
		}
		if r.Fee != (byline.Money{}) {
			fee := amount(r.Fee)
			out.Fee = &fee
		}
		list = append(list, out)
	}
	return list
}

func references(refs []Reference, class string) []any {
	var list []any
	for _, r := range refs {
		if !r.Collection {
			list = append(list, r.ID)
			continue
		}
		list = append(list, jsonReference{Type: class + "Collection", ID: r.ID, Source: r.Source})
	}
	return list
}

func (w writer) duty(d Duty) jsonDuty {
	out := jsonDuty{ID: d.ID, Action: bare(d.Action), Constraints: w.constraints(d.Constraints)}
	if d.Pay != nil {
		out.Action = []any{jsonRefined{jsonID{string(d.Action)}, w.constraints([]Constraint{*d.Pay})}}
	}
	return out
}

func (w writer) constraints(constraints []Constraint) []any {
	var list []any
	for _, c := range constraints {
		if c.Logic != "" {
			joined := map[string]any{bare(c.Logic): w.constraints(c.Parts)}
			if c.ID != "" {
				joined["uid"] = c.ID
			}
			list = append(list, joined)
			continue
		}
		out := jsonConstraint{ID: c.ID, Left: bare(c.Operand), Operator: bare(c.Operator)}
		out.Right, out.Unit = w.right(c)
		list = append(list, out)
	}
	return list
}

func (w writer) right(c Constraint) (right any, unit string) {
	switch c.Operand {
	case DateTime:
		return jsonValue{w.instant(c.Instant), "xsd:dateTime"}, ""
	case Spatial:
		return places(c), ""
	case Count:
		return jsonValue{strconv.FormatInt(c.Count, 10), "xsd:integer"}, ""
	case PayAmount, Spend:
		a := amount(c.Amount)
		return a.Right, a.Unit
	case SinceDate:
		return jsonValue{w.instant(c.Instant) + "/" + formatSpan(c.Months, c.Days), "byline:dateAndDuration"}, ""
	default:
		return jsonValue{formatSpan(c.Months, c.Days), "xsd:duration"}, ""
	}
}

// instant writes the time in the policy's zone. An offset of seconds, as there were before
// there were zones, cannot be written.
func (w writer) instant(at time.Time) string {
	local := at.In(w.zone)
	if _, offset := local.Zone(); offset%60 != 0 {
		local = at.UTC()
	}
	return local.Format(time.RFC3339Nano)
}

func amount(m byline.Money) jsonAmount {
	digits := int32(m.Currency().Digits())
	return jsonAmount{jsonValue{m.Decimal().StringFixed(digits), "xsd:decimal"}, "iso4217:" + string(m.Currency())}
}

func places(c Constraint) any {
	list := []jsonID{}
	add := func(word string) { list = append(list, jsonID{word}) }
	if c.Place.Worldwide {
		add("byline:worldwide")
	}
	for _, region := range c.Place.Regions {
		add("byline:region-" + string(region))
	}
	for _, m := range c.Place.Markets {
		add("iso3166:" + alpha3(m))
	}
	for _, part := range c.Place.Subdivisions {
		add("byline:subdivision-" + part)
	}
	if len(list) == 1 {
		return list[0]
	}
	return list
}
