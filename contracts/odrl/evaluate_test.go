package odrl_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/contracts/odrl"
)

// stateOf evaluates one constraint.
func stateOf(t *testing.T, constraint string, q odrl.Request) odrl.State {
	t.Helper()
	q.Actions, q.Target = []odrl.Action{"odrl:read"}, "urn:a:1"
	report := read(t, constrained(constraint)).Evaluate(q)
	state := report.Rules[0].Constraints[0].State
	if report.Rules[0].Active != (state == odrl.Satisfied) || (report.Decision == odrl.Permit) != (state == odrl.Satisfied) {
		t.Errorf("%s is %s and decides %s", constraint, state, report.Decision)
	}
	return state
}

func TestOperators(t *testing.T) {
	t.Parallel()
	const yes, no = odrl.Satisfied, odrl.NotSatisfied
	tests := map[string][3]odrl.State{ // below, at and above the bound
		"eq": {no, yes, no}, "neq": {yes, no, yes}, "lt": {yes, no, no}, "lteq": {yes, yes, no}, "gt": {no, no, yes}, "gteq": {no, yes, yes},
	}
	bound := date(2026, 5, 1)
	for operator, want := range tests {
		var instants, counts, amounts [3]odrl.State
		for i := range 3 {
			instants[i] = stateOf(t, `"leftOperand":"dateTime","operator":"`+operator+`","rightOperand":"2026-05-01T00:00:00Z"`, odrl.Request{At: bound.Add(time.Duration(i - 1))})
			counts[i] = stateOf(t, `"leftOperand":"count","operator":"`+operator+`","rightOperand":5`, odrl.Request{Count: int64(4 + i)})
			amounts[i] = stateOf(t, `"leftOperand":"byline:spend","operator":"`+operator+`","rightOperand":"5","unit":"iso4217:KWD"`, odrl.Request{Spend: byline.Minor(int64(4999+i), byline.KWD)})
		}
		for operand, got := range map[string][3]odrl.State{"dateTime": instants, "count": counts, "spend": amounts} {
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s %s (-want +got):\n%s", operand, operator, diff)
			}
		}
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	const yes, no, unknown = odrl.Satisfied, odrl.NotSatisfied, odrl.Unknown
	tests := []struct {
		places, market, part string
		any, none            odrl.State
	}{
		{`"iso3166:DEU"`, "DE", "", yes, no},
		{`"iso3166:DEU"`, "DE", "DE-BY", yes, no},
		{`"iso3166:DEU"`, "CH", "", no, yes},
		{`"iso3166:DEU"`, "", "", unknown, unknown},
		{`"iso3166:DEU"`, "ZZ", "", unknown, unknown},
		{`"iso3166:DEU"`, "DE", "CH-ZH", unknown, unknown},
		{`"byline:region-EU"`, "DE", "", yes, no},
		{`"byline:region-EU"`, "NO", "", no, yes},
		{`"byline:region-EEA"`, "NO", "", yes, no},
		{`"byline:worldwide"`, "XK", "", yes, no},
		{`"byline:subdivision-US-CA"`, "US", "US-CA", yes, no},
		{`"byline:subdivision-US-CA"`, "US", "US-NY", no, yes},
		{`"byline:subdivision-US-CA"`, "US", "", no, no}, // all of a country is more than its part, and not outside of it
		{`"byline:subdivision-US-CA"`, "CA", "", no, yes},
		{`["iso3166:AUT","byline:region-ANZ"]`, "NZ", "", yes, no},
	}
	for _, tt := range tests {
		q := odrl.Request{Market: byline.Market(tt.market), Subdivision: tt.part}
		in := stateOf(t, `"leftOperand":"spatial","operator":"isAnyOf","rightOperand":`+tt.places, q)
		out := stateOf(t, `"leftOperand":"spatial","operator":"isNoneOf","rightOperand":`+tt.places, q)
		if in != tt.any || out != tt.none {
			t.Errorf("%s in %q %q: any %s, none %s", tt.places, tt.market, tt.part, in, out)
		}
	}
}

func TestLogic(t *testing.T) {
	t.Parallel()
	const (
		yes     = `{"leftOperand":"count","operator":"lteq","rightOperand":9}`
		no      = `{"leftOperand":"count","operator":"gt","rightOperand":9}`
		unknown = `{"leftOperand":"spatial","operator":"eq","rightOperand":"iso3166:DEU"}`
	)
	tests := map[string]odrl.State{
		`"and":[` + yes + `,` + yes + `]`:                                           odrl.Satisfied,
		`"and":[` + unknown + `,` + no + `]`:                                        odrl.NotSatisfied,
		`"and":[` + unknown + `,` + yes + `]`:                                       odrl.Unknown,
		`"or":[` + no + `,` + no + `]`:                                              odrl.NotSatisfied,
		`"or":[` + unknown + `,` + yes + `]`:                                        odrl.Satisfied,
		`"or":[` + unknown + `,` + no + `]`:                                         odrl.Unknown,
		`"xone":[` + yes + `,` + no + `]`:                                           odrl.Satisfied,
		`"xone":[` + yes + `,` + yes + `]`:                                          odrl.NotSatisfied,
		`"xone":[` + no + `,` + no + `]`:                                            odrl.NotSatisfied,
		`"xone":[` + yes + `,` + unknown + `]`:                                      odrl.Unknown,
		`"xone":[` + no + `,` + unknown + `]`:                                       odrl.Unknown,
		`"xone":[` + yes + `,` + yes + `,` + unknown + `]`:                          odrl.NotSatisfied,
		`"or":[{"and":[` + yes + `,` + no + `]},{"and":[` + yes + `,` + yes + `]}]`: odrl.Satisfied,
	}
	for constraint, want := range tests {
		if got := stateOf(t, constraint, odrl.Request{}); got != want {
			t.Errorf("%s is %s, want %s", constraint, got, want)
		}
	}
}

func TestSpans(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		constraint string
		happened   string
		at         string
		want       odrl.State
	}{
		"an instant before its end":    {span("sincePosting", "P1M1D"), "2026-01-15T10:00:00Z", "2026-02-16T09:59:59Z", odrl.Satisfied},
		"at its end":                   {span("sincePosting", "P1M1D"), "2026-01-15T10:00:00Z", "2026-02-16T10:00:00Z", odrl.NotSatisfied},
		"a day of 23 hours":            {span("sincePosting", "P1D"), "2026-03-28T12:00:00+01:00", "2026-03-29T11:59:59+02:00", odrl.Satisfied},
		"the end of a day of 23 hours": {span("sincePosting", "P1D"), "2026-03-28T12:00:00+01:00", "2026-03-29T12:00:00+02:00", odrl.NotSatisfied},
		"a month of 28 days":           {span("sincePosting", "P1M"), "2026-01-31T12:00:00+01:00", "2026-02-28T11:59:59+01:00", odrl.Satisfied},
		"the end of a month of 28":     {span("sincePosting", "P1M"), "2026-01-31T12:00:00+01:00", "2026-02-28T12:00:00+01:00", odrl.NotSatisfied},
		"an hour that is skipped":      {span("sincePosting", "P1D"), "2026-03-28T02:30:00+01:00", "2026-03-29T00:59:59Z", odrl.Satisfied},
		"the leap":                     {span("sincePosting", "P1D"), "2026-03-28T02:30:00+01:00", "2026-03-29T01:00:00Z", odrl.NotSatisfied},
		"an hour that comes twice":     {span("sincePosting", "P1D"), "2026-10-24T02:30:00+02:00", "2026-10-25T00:29:59Z", odrl.Satisfied},
		"the first of the two":         {span("sincePosting", "P1D"), "2026-10-24T02:30:00+02:00", "2026-10-25T00:30:00Z", odrl.NotSatisfied},
		"what has not happened":        {span("sincePosting", "P1D"), "", "2026-03-28T12:00:00Z", odrl.Unknown},
	}
	for name, tt := range tests {
		p := read(t, constrainedIn("Europe/Berlin", tt.constraint))
		q := odrl.Request{At: instant(t, tt.at), Actions: []odrl.Action{"odrl:read"}, Target: "urn:a:1"}
		if tt.happened != "" {
			q.Happened = map[contracts.Trigger]time.Time{contracts.FromPosting: instant(t, tt.happened)}
		}
		if got := p.Evaluate(q).Rules[0].Constraints[0].State; got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
		p.Zone = "Mars/Base"
		if got := p.Evaluate(q); got.Decision != odrl.Deny {
			t.Errorf("%s: %s in a zone that is none", name, got.Decision)
		}
	}
}

// A policy that was put together by hand may say what none that is read can.
func TestByHand(t *testing.T) {
	t.Parallel()
	since := odrl.Constraint{Operand: odrl.SincePosting, Operator: odrl.GtEq}
	back, place := since, odrl.Constraint{Operand: odrl.Spatial, Operator: odrl.IsAnyOf}
	back.Months = -1
	place.Place = contracts.Territory{Regions: []contracts.Region{contracts.DACH}, Except: []byline.Market{"CH"}}
	tests := map[string]struct {
		constraint odrl.Constraint
		market     byline.Market
		want       odrl.State
	}{
		"a span of nothing":     {since, "", odrl.Satisfied},
		"a span into the past":  {back, "", odrl.Unknown},
		"a place":               {place, "AT", odrl.Satisfied},
		"a place it is without": {place, "CH", odrl.NotSatisfied},
	}
	at := date(2026, 5, 1)
	for name, tt := range tests {
		p := odrl.Policy{Kind: odrl.Set, Permissions: []odrl.Rule{{Constraints: []odrl.Constraint{tt.constraint}}}}
		got := p.Evaluate(odrl.Request{At: at, Market: tt.market, Happened: map[contracts.Trigger]time.Time{contracts.FromPosting: at}})
		if state := got.Rules[0].Constraints[0].State; state != tt.want {
			t.Errorf("%s: %s, want %s", name, state, tt.want)
		}
	}
}

func constrainedIn(zone, constraint string) string {
	return plain(`,"constraint":[` + constraint + `]}],"byline:zone":"` + zone + `","prohibition":[{"target":"urn:a:1","action":"sell"`)
}

func TestKinds(t *testing.T) {
	t.Parallel()
	q := odrl.Request{Actions: []odrl.Action{"odrl:read"}, Target: "urn:a:1"}
	p := read(t, plain(""))
	for kind, want := range map[odrl.Kind]odrl.Decision{
		odrl.Set: odrl.Permit, odrl.Agreement: odrl.Permit, odrl.Offer: odrl.NotEvaluated, "": odrl.NotEvaluated, "Ticket": odrl.NotEvaluated,
	} {
		p.Kind = kind
		if got := p.Evaluate(q); got.Decision != want || (want == odrl.NotEvaluated && got.Rules != nil) {
			t.Errorf("%q: %+v", kind, got)
		}
	}
}

// What is unknown does not lift a prohibition, and a prohibition wins.
func TestProhibitions(t *testing.T) {
	t.Parallel()
	p := read(t, plain(`}],"prohibition":[{"target":"urn:a:1","action":"use","constraint":{"leftOperand":"spatial","operator":"eq","rightOperand":"iso3166:DEU"}`))
	for market, want := range map[byline.Market]odrl.Decision{"DE": odrl.Deny, "": odrl.Deny, "CH": odrl.Permit} {
		got := p.Evaluate(odrl.Request{Actions: []odrl.Action{"odrl:read"}, Target: "urn:a:1", Market: market})
		if got.Decision != want {
			t.Errorf("%q: %s", market, got.Explain())
		}
	}
}

func TestIncludes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		wide, narrow odrl.Action
		want         bool
	}{
		{odrl.Use, "odrl:read", true},
		{odrl.Use, odrl.Use, true},
		{odrl.Use, "byline:tv", true},
		{odrl.Use, "byline:crop", true},
		{odrl.Use, "byline:aiTraining", true},
		{odrl.Use, "odrl:sell", false},
		{odrl.Transfer, "odrl:give", true},
		{"odrl:reproduce", "odrl:extract", true},
		{odrl.Use, "odrl:extract", true},
		{odrl.Derive, "byline:newEdit", true},
		{odrl.Derive, "byline:syntheticReplica", true},
		{odrl.Derive, "byline:tv", false},
		{odrl.GrantUse, "byline:agencyUse", true},
		{"byline:crop", odrl.Derive, false},
		{"odrl:print", "byline:print", false},
		{odrl.Use, "byline:beam", false},
		{"byline:beam", "byline:beam", false},
		{odrl.Use, "", false},
	}
	for _, tt := range tests {
		if got := tt.wide.Includes(tt.narrow); got != tt.want {
			t.Errorf("%q includes %q: %t", tt.wide, tt.narrow, got)
		}
	}
}

// Groups are meant by their id or by their source, and a plain id is nobody's group.
func TestCollections(t *testing.T) {
	t.Parallel()
	p := read(t, plain(`},{"action":"play","target":{"@type":"AssetCollection","uid":"urn:c:1","source":"urn:s:1"},"assignee":{"@type":"PartyCollection","source":"urn:g:1"}`))
	tests := map[string]struct {
		q    odrl.Request
		want odrl.Decision
	}{
		"a member of both":      {odrl.Request{Target: "urn:a:2", PartOf: []string{"urn:c:1"}, Party: "urn:b:1", MemberOf: []string{"urn:g:1"}}, odrl.Permit},
		"by the source":         {odrl.Request{Target: "urn:a:2", PartOf: []string{"urn:s:1"}, Party: "urn:b:1", MemberOf: []string{"urn:g:1"}}, odrl.Permit},
		"the collection itself": {odrl.Request{Target: "urn:c:1", Party: "urn:b:1", MemberOf: []string{"urn:g:1"}}, odrl.Permit},
		"a member of neither":   {odrl.Request{Target: "urn:a:2", Party: "urn:g:1"}, odrl.Deny},
		"nothing":               {odrl.Request{}, odrl.Deny},
		"part of what is one":   {odrl.Request{Target: "urn:a:2", PartOf: []string{"urn:a:1"}}, odrl.Deny},
	}
	for name, tt := range tests {
		tt.q.Actions = []odrl.Action{"odrl:play"}
		if name == "part of what is one" {
			tt.q.Actions = []odrl.Action{"odrl:read"}
		}
		if got := p.Evaluate(tt.q); got.Decision != tt.want {
			t.Errorf("%s: %s", name, got.Explain())
		}
	}
}
