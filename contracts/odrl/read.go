package odrl

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// Options of [Import]. The nil Options read our own profile alone.
type Options struct {
	// Profiles are the profiles of others that mean the same as ours, each with the prefix
	// that its documents use: {"https://example.org/creator-rights/1": "cr"}.
	Profiles map[string]string
	// Units are further names of currencies: {"http://dbpedia.org/resource/Euro": EUR}.
	Units map[string]byline.Currency
	// Zone is of days and of times without an offset, where the document names none; UTC
	// when empty.
	Zone string
}

// Properties by the class that may have them.
const (
	policyNames    = "@context @id @type odrl:profile odrl:conflict odrl:permission odrl:prohibition " + sharedNames + " byline:zone byline:version"
	sharedNames    = "odrl:target odrl:action odrl:assigner odrl:assignee"
	ruleNames      = "@id @type odrl:constraint " + sharedNames
	permitNames    = ruleNames + " odrl:duty byline:exclusive byline:acknowledged byline:fee"
	dutyNames      = "@id @type odrl:action odrl:constraint"
	actionNames    = "@id @type rdf:value odrl:refinement"
	referenceNames = "@id @type odrl:source"
	// What tells people something and changes no right.
	remarkNames = "dct:title dct:description dct:creator dct:publisher dct:issued dct:modified dct:source rdfs:label rdfs:comment"
	nestedNames = "odrl:inheritFrom odrl:hasPolicy odrl:assigneeOf odrl:assignerOf odrl:permission odrl:prohibition @graph @included @reverse"
)

// Import reads a policy in ODRL 2.2's JSON-LD. What it does not understand is an error
// that names every place of it (see the codes), so that no restriction is lost on the way;
// only titles and other remarks for people are passed over. It fetches nothing. A document
// may have a million bytes.
//
// Dates become the start of their day in the zone, and only lt and gteq take them: whether
// "until 1 May" holds on that day is a question that no reader should answer alone.
func Import(data []byte, opts *Options) (Policy, error) {
	root, found := readTree(data)
	if found.err() != nil {
		return Policy{}, found.err()
	}
	r := reader{names: newNames(), ids: map[string]bool{}}
	if opts != nil {
		r.opts = *opts
	}
	p := r.policy(root)
	if err := r.err(); err != nil {
		return Policy{}, err
	}
	return p, nil
}

type reader struct {
	faults
	names
	opts Options
	zone *time.Location
	ids  map[string]bool
	// handed counts what stood once and was handed down to rules: a short document could
	// make a very long policy.
	handed int
}

// field is a property with its path in the words of the document.
type field struct {
	node
	path string
}

func (r *reader) policy(root node) Policy {
	if root.kind != isObject {
		r.add("", codeShape, "")
		return Policy{}
	}
	context, ok := root.member("@context")
	if !ok {
		r.add("@context", codeRequired, "")
		return Policy{}
	}
	r.declare(&r.faults, context)
	r.profile(root)
	fields := r.fields("", root, policyNames)
	p := Policy{ID: r.id(fields, true), Kind: r.kind(fields["@type"]), Zone: r.opts.Zone}
	if zone, ok := fields["byline:zone"]; ok {
		p.Zone = r.text(zone)
	}
	r.location(fields["byline:zone"].path, p.Zone)
	p.Version = int(r.whole(fields["byline:version"], 1<<31-1))
	if conflict, ok := fields["odrl:conflict"]; ok && r.word(r.reference(conflict)) != "odrl:prohibit" {
		r.add(conflict.path, codeConflict, "")
	}
	p.Permissions = r.rules(fields, "odrl:permission")
	p.Prohibitions = r.rules(fields, "odrl:prohibition")
	if len(p.Permissions)+len(p.Prohibitions) == 0 {
		r.add("permission", codeRequired, "a policy has a rule")
	}
	return p
}

// profile must come before all other names are looked at.
func (r *reader) profile(root node) {
	for _, m := range root.members {
		if r.property(m.name) != "odrl:profile" {
			continue
		}
		for _, one := range m.value.all() {
			iri := r.full(r.reference(field{one, m.name}))
			prefix, known := r.opts.Profiles[iri]
			if known || iri == Profile {
				r.speak(iri, prefix)
			} else {
				r.add(m.name, codeProfile, "")
			}
		}
	}
}

func (r *reader) kind(f field) Kind {
	kinds := r.types(f)
	kinds = slices.DeleteFunc(kinds, func(k string) bool { return k == "odrl:Policy" && len(kinds) > 1 })
	if len(kinds) == 1 {
		switch kinds[0] {
		case "odrl:Set", "odrl:Policy": // a policy that says no more is a set
			return Set
		case "odrl:Offer":
			return Offer
		case "odrl:Agreement":
			return Agreement
		}
	}
	r.add("@type", codeKind, "")
	return ""
}

func (r *reader) location(path, zone string) {
	r.zone = time.UTC
	loaded, err := location(zone)
	if err != nil {
		r.add(path, codeZone, "")
		return
	}
	r.zone = loaded
}

// fields sorts the members of an object by what they mean. What is not in allowed is a
// fault.
func (r *reader) fields(path string, n node, allowed string) map[string]field {
	fields := map[string]field{}
	if n.kind != isObject {
		r.add(path, codeShape, "")
		return fields
	}
	for _, m := range n.members {
		word, here := r.property(m.name), within(path, m.name)
		_, twice := fields[word]
		switch {
		case !listed(allowed, word):
			r.refuse(here, word)
		case twice:
			r.add(here, codeDuplicate, "")
		case m.value.kind == isNull:
			r.add(here, codeShape, "")
		default:
			fields[word] = field{m.value, here}
		}
	}
	return fields
}

func (r *reader) refuse(path, word string) {
	switch {
	case listed(remarkNames, word):
	case word == "@context":
		r.add(path, codeContext, "")
	case listed(nestedNames, word):
		r.add(path, codeNested, "")
	default:
		r.add(path, codeProperty, "")
	}
}

func (r *reader) text(f field) string {
	if f.kind != isText {
		r.add(f.path, codeShape, "")
	}
	return f.text
}

// reference reads an IRI or a word that stands bare or as an object with an id alone.
func (r *reader) reference(f field) string {
	if f.kind == isObject && len(f.members) == 1 && r.property(f.members[0].name) == "@id" {
		return r.text(field{f.members[0].value, within(f.path, f.members[0].name)})
	}
	return r.text(f)
}

func (r *reader) types(f field) []string {
	if f.path == "" {
		return nil
	}
	var types []string
	for _, one := range f.all() {
		types = append(types, r.word(r.text(field{one, f.path})))
	}
	return types
}

// is checks the type of an object, where it says one.
func (r *reader) is(fields map[string]field, class string) {
	for _, t := range r.types(fields["@type"]) {
		if t != "odrl:"+class {
			r.add(fields["@type"].path, codeShape, "")
		}
	}
}

// id reads the id of a policy, a rule, a duty or a constraint. Two things of one id would
// be one by JSON-LD.
func (r *reader) id(fields map[string]field, must bool) string {
	f, ok := fields["@id"]
	if !ok {
		if must {
			r.add("uid", codeRequired, "")
		}
		return ""
	}
	iri := r.iri(f)
	if iri != "" && r.ids[iri] {
		r.add(f.path, codeDuplicate, "")
	}
	r.ids[iri] = true
	return iri
}

func (r *reader) iri(f field) string {
	text := r.text(f)
	if f.kind != isText {
		return ""
	}
	if _, declared := r.prefixes[text]; declared || strings.Contains(text, ":") {
		text = r.full(text)
	}
	if !absolute(text) {
		r.add(f.path, codeID, "")
	}
	return text
}

// whole reads a whole number of at least zero; a missing one is 0.
func (r *reader) whole(f field, limit int64) int64 {
	if f.path == "" {
		return 0
	}
	text, kind := r.literal(f)
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n > limit || strings.Trim(text, "0123456789") != "" || kind != "" && kind != "xsd:integer" && kind != "xsd:nonNegativeInteger" {
		r.add(f.path, codeRightOperand, "")
		return 0
	}
	return n
}

// literal reads a value that stands bare or with its type. A bare one has none.
func (r *reader) literal(f field) (text, kind string) {
	if f.kind != isObject {
		if f.kind != isText && f.kind != isNumber {
			r.add(f.path, codeShape, "")
		}
		return f.text, ""
	}
	fields := r.fields(f.path, f.node, "@value @type")
	value, ok := fields["@value"]
	if !ok || value.kind != isText && value.kind != isNumber {
		r.add(f.path, codeShape, "")
	}
	if t, ok := fields["@type"]; ok {
		kind = r.word(r.text(t))
	}
	return value.text, kind
}

func (r *reader) flag(f field) bool {
	if f.path != "" && f.kind != isFlag {
		r.add(f.path, codeShape, "")
	}
	return f.text == "true"
}
