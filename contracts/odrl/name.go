package odrl

import (
	"maps"
	"slices"
	"strings"
)

// Profile is the IRI of the profile that this package writes and reads: the words for
// creator rights that ODRL itself does not have. It is a name and no address.
const Profile = "urn:byline:odrl:1"

// The contexts and name spaces of ODRL 2.2 (https://www.w3.org/TR/odrl-vocab/) and of
// IPTC's RightsML 2.0 (https://iptc.org/std/RightsML/2.0/), from which the IRIs of
// countries and currencies are. Read 2026-11-22.
const (
	odrlContext  = "http://www.w3.org/ns/odrl.jsonld"
	odrlSpace    = "http://www.w3.org/ns/odrl/2/"
	countrySpace = "http://cvx.iptc.org/iso3166-1a3/"
	unitSpace    = "http://cvx.iptc.org/iso4217a/"
	ourSpace     = Profile + ":"
)

// standardSpaces are the prefixes that ODRL's context declares, those of RightsML and our
// own.
func standardSpaces() map[string]string {
	return map[string]string{
		"odrl":    odrlSpace,
		"rdf":     "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
		"rdfs":    "http://www.w3.org/2000/01/rdf-schema#",
		"owl":     "http://www.w3.org/2002/07/owl#",
		"skos":    "http://www.w3.org/2004/02/skos/core#",
		"dct":     "http://purl.org/dc/terms/",
		"xsd":     "http://www.w3.org/2001/XMLSchema#",
		"vcard":   "http://www.w3.org/2006/vcard/ns#",
		"foaf":    "http://xmlns.com/foaf/0.1/",
		"schema":  "http://schema.org/",
		"cc":      "http://creativecommons.org/ns#",
		"iso3166": countrySpace,
		"iso4217": unitSpace,
		"byline":  ourSpace,
	}
}

// names turns the names of a document into one form: "odrl:read", "byline:tv".
type names struct {
	prefixes map[string]string // as the document declares them
	short    map[string]string // name space to prefix, of those that are understood
	spaces   []string          // of short; of those that begin alike the longer first
}

func newNames() names {
	n := names{prefixes: standardSpaces(), short: map[string]string{}}
	for prefix, space := range n.prefixes {
		n.short[space] = prefix
	}
	delete(n.short, ourSpace) // until the document names the profile
	n.sort()
	return n
}

// speak makes our words understood, and those of profiles that mean the same.
func (n *names) speak(profile, prefix string) {
	n.short[ourSpace] = "byline"
	defer n.sort()
	if profile == Profile {
		return
	}
	if _, declared := n.prefixes[prefix]; !declared {
		n.prefixes[prefix] = ourSpace
	}
	for _, end := range []string{"#", "/", ":"} {
		n.short[profile+end] = "byline"
	}
}

func (n *names) sort() {
	n.spaces = slices.Sorted(maps.Keys(n.short))
	slices.Reverse(n.spaces)
}

// full expands a prefix. A name without any is ODRL's, unless the document declares it as
// a prefix: then it means, by JSON-LD, the name space itself.
func (n names) full(name string) string {
	prefix, local, colon := strings.Cut(name, ":")
	if space, ok := n.prefixes[name]; ok {
		return space
	}
	if !colon {
		return odrlSpace + name
	}
	if space, ok := n.prefixes[prefix]; ok && !strings.HasPrefix(local, "//") {
		return space + local
	}
	return name
}

// word is a name in the form that this package compares.
func (n names) word(name string) string {
	if strings.HasPrefix(name, "@") {
		return name
	}
	full := n.full(name)
	for _, space := range n.spaces {
		if local, ok := strings.CutPrefix(full, space); ok {
			return n.short[space] + ":" + local
		}
	}
	return full
}

// property is a word that names a property. ODRL's context makes two names of JSON-LD's.
func (n names) property(name string) string {
	switch word := n.word(name); word {
	case "odrl:uid":
		return "@id"
	case "odrl:type", "rdf:type":
		return "@type"
	default:
		return word
	}
}

// declare reads the context of a document.
func (n names) declare(f *faults, context node) {
	own := false
	for i, part := range context.all() {
		path := "@context"
		if context.kind == isList {
			path = at(path, i)
		}
		switch {
		case part.kind == isText && strings.TrimPrefix(strings.TrimPrefix(part.text, "http:"), "https:") == strings.TrimPrefix(odrlContext, "http:"):
			own = true
		case part.kind == isObject:
			n.prefix(f, path, part)
		default:
			f.add(path, codeContext, "")
		}
	}
	if !own {
		f.add("@context", codeContext, "the context of ODRL is missing")
	}
}

// prefix reads prefixes. What would give a known name another meaning is refused: two
// readers of one document would then read two policies.
func (n names) prefix(f *faults, path string, context node) {
	standard := standardSpaces()
	for _, m := range context.members {
		space := m.value.text
		known, taken := standard[m.name]
		switch {
		case m.value.kind != isText, !absolute(space), !strings.ContainsAny(space[len(space)-1:], ":/?#"),
			m.name == "", strings.ContainsAny(m.name, ":@/#"),
			taken && known != space:
			f.add(within(path, m.name), codeContext, "")
		default:
			n.prefixes[m.name] = space
		}
	}
}

// absolute reports whether text can be an absolute IRI.
func absolute(text string) bool {
	scheme, rest, ok := strings.Cut(text, ":")
	if !ok || rest == "" || len(text) > maxIRI || strings.ContainsFunc(text, func(c rune) bool { return c <= ' ' || c == 0x7f || strings.ContainsRune("<>\"{}|\\^`", c) }) {
		return false
	}
	for i, c := range scheme {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || !strings.ContainsRune("0123456789+.-", c)) {
			return false
		}
	}
	return scheme != ""
}

const maxIRI = 2000
