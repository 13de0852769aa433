package odrl

import (
	"slices"
)

func (r *reader) rules(policy map[string]field, name string) []Rule {
	list, ok := policy[name]
	if !ok {
		return nil
	}
	var rules []Rule
	for path, one := range each(list) {
		rules = append(rules, r.rule(path, one, policy, name == "odrl:permission"))
	}
	return rules
}

// each walks what a property holds, with the path of each value.
func each(f field) func(yield func(string, node) bool) {
	return func(yield func(string, node) bool) {
		items := f.all()
		for i, one := range items {
			path := f.path
			if f.kind == isList || len(items) != 1 {
				path = at(path, i)
			}
			if !yield(path, one) {
				return
			}
		}
	}
}

func (r *reader) rule(path string, n node, policy map[string]field, permits bool) Rule {
	names, class := ruleNames, "Prohibition"
	if permits {
		names, class = permitNames, "Permission"
	}
	fields := r.fields(path, n, names)
	if n.kind != isObject {
		return Rule{}
	}
	r.is(fields, class)
	r.share(fields, policy)
	rule := Rule{
		ID:           r.id(fields, false),
		Targets:      r.references(fields["odrl:target"], "Asset"),
		Assigners:    r.references(fields["odrl:assigner"], "Party"),
		Assignees:    r.references(fields["odrl:assignee"], "Party"),
		Actions:      r.actions(fields["odrl:action"]),
		Constraints:  r.constraints(fields["odrl:constraint"]),
		Exclusive:    r.flag(fields["byline:exclusive"]),
		Acknowledged: r.flag(fields["byline:acknowledged"]),
	}
	if len(rule.Targets) == 0 {
		r.add(within(path, "target"), codeRequired, "")
	}
	if action := fields["odrl:action"]; action.path == "" || len(action.all()) == 0 {
		r.add(within(path, "action"), codeRequired, "")
	}
	if duties, ok := fields["odrl:duty"]; ok {
		for path, one := range each(duties) {
			rule.Duties = append(rule.Duties, r.duty(path, one))
		}
	}
	if fee, ok := fields["byline:fee"]; ok {
		rule.Fee = r.fee(fee)
	}
	return rule
}

// share hands down what stands once for all rules.
func (r *reader) share(fields, policy map[string]field) {
	for _, name := range []string{"odrl:target", "odrl:action", "odrl:assigner", "odrl:assignee"} {
		shared, ok := policy[name]
		if !ok {
			continue
		}
		if own, both := fields[name]; both {
			r.add(own.path, codeConflict, "stands for all rules already")
		}
		if r.handed += len(shared.all()); r.handed > maxValues {
			r.add(shared.path, codeSize, "")
			continue
		}
		fields[name] = shared
	}
}

// references reads assets or parties.
func (r *reader) references(f field, class string) []Reference {
	if f.path == "" {
		return nil
	}
	var refs []Reference
	for path, one := range each(f) {
		if one.kind != isObject {
			refs = append(refs, Reference{ID: r.iri(field{one, path})})
			continue
		}
		fields := r.fields(path, one, referenceNames)
		var ref Reference
		for _, t := range r.types(fields["@type"]) {
			switch t {
			case "odrl:" + class:
			case "odrl:" + class + "Collection":
				ref.Collection = true
			default:
				r.add(fields["@type"].path, codeShape, "")
			}
		}
		if source, ok := fields["odrl:source"]; ok {
			ref.Source = r.iri(source)
		}
		if id, ok := fields["@id"]; ok {
			ref.ID = r.iri(id)
		}
		if ref.ID == "" && ref.Source == "" {
			r.add(path, codeRequired, "")
		}
		if ref.Source != "" && !ref.Collection {
			r.add(path, codeShape, "only a collection has a source")
		}
		refs = append(refs, ref)
	}
	return refs
}

func (r *reader) actions(f field) []Action {
	if f.path == "" {
		return nil
	}
	var actions []Action
	for path, one := range each(f) {
		a, refinements := r.action(path, one)
		if refinements.path != "" {
			r.add(refinements.path, codeProperty, "only a duty to compensate is refined")
		}
		// To permit a thing twice is to permit it.
		if a.known() && !slices.Contains(actions, a) {
			actions = append(actions, a)
		}
	}
	return actions
}

// action reads "play", {"@id": "odrl:play"} and {"rdf:value": …, "refinement": …}.
func (r *reader) action(path string, n node) (a Action, refinements field) {
	name := field{n, path}
	if n.kind == isObject {
		fields := r.fields(path, n, actionNames)
		r.is(fields, "Action")
		refinements = fields["odrl:refinement"]
		value, refined := fields["rdf:value"]
		if name = fields["@id"]; refined {
			if id, named := fields["@id"]; named {
				r.iri(id) // of this use of the action
			}
			name = value
		} else if refinements.path != "" {
			r.add(path, codeShape, "what is refined is named by rdf:value")
		}
		if name.path == "" {
			r.add(path, codeRequired, "")
			return "", refinements
		}
	}
	a = Action(r.word(r.reference(name)))
	if !a.known() {
		r.add(name.path, codeAction, "")
	}
	return a, refinements
}

func (r *reader) duty(path string, n node) Duty {
	fields := r.fields(path, n, dutyNames)
	if n.kind != isObject {
		return Duty{}
	}
	r.is(fields, "Duty")
	d := Duty{ID: r.id(fields, false), Constraints: r.constraints(fields["odrl:constraint"])}
	action, ok := fields["odrl:action"]
	if !ok || len(action.all()) != 1 {
		r.add(within(path, "action"), codeRequired, "a duty has one action")
		return d
	}
	for path, one := range each(action) {
		var refinements field
		if d.Action, refinements = r.action(path, one); refinements.path != "" {
			d.Pay = r.payment(refinements, d.Action)
		}
	}
	return d
}

func (r *reader) payment(f field, a Action) *Constraint {
	all := f.all()
	switch {
	case a != Compensate:
		r.add(f.path, codeProperty, "only a duty to compensate is refined")
	case len(all) != 1:
		r.add(f.path, codeShape, "a payment has one amount")
	default:
		for path, one := range each(f) {
			c := r.constraint(path, one)
			if c.Operand != PayAmount {
				r.add(path, codeLeftOperand, "")
			}
			return &c
		}
	}
	return nil
}
