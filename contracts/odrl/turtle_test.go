package odrl_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// graph is what a Turtle file says: subject, predicate, objects. An object is an IRI, or a
// literal as JSON-LD writes it.
type graph map[string]map[string][]any

const rdfType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

// readTurtle reads as much of Turtle as the policies of the test suite use: prefixes, lists
// by ";" and ",", "a", and literals with a type. Anything else fails the test.
func readTurtle(t testing.TB, text string) graph {
	t.Helper()
	token := regexp.MustCompile(`\s*(<[^<>\s]*>|"[^"\\]*"(?:\^\^[A-Za-z]+:[A-Za-z]+)?|@prefix|[A-Za-z]*:[A-Za-z0-9_]*|a\b|[;,.])\s*`)
	var tokens []string
	end := 0
	for _, m := range token.FindAllStringSubmatchIndex(text, -1) {
		require.Equal(t, end, m[0], "not understood: %.40q", text[end:])
		tokens = append(tokens, text[m[2]:m[3]])
		end = m[1]
	}
	require.Equal(t, len(text), end, "not understood: %.40q", text[end:])
	return parseTurtle(t, tokens)
}

func parseTurtle(t testing.TB, tokens []string) graph {
	t.Helper()
	prefixes := map[string]string{}
	iri := func(token string) string {
		if token == "a" {
			return rdfType
		}
		if inner, ok := strings.CutPrefix(token, "<"); ok {
			return strings.TrimSuffix(inner, ">")
		}
		prefix, local, _ := strings.Cut(token, ":")
		require.Contains(t, prefixes, prefix)
		return prefixes[prefix] + local
	}
	object := func(token string) any {
		inner, ok := strings.CutPrefix(token, `"`)
		if !ok {
			return iri(token)
		}
		value, kind, typed := strings.Cut(inner, `"^^`)
		if !typed {
			return map[string]any{"@value": strings.TrimSuffix(inner, `"`)}
		}
		return map[string]any{"@value": value, "@type": iri(kind)}
	}
	g := graph{}
	for i := 0; i < len(tokens); {
		if tokens[i] == "@prefix" {
			prefixes[strings.TrimSuffix(tokens[i+1], ":")] = iri(tokens[i+2])
			i += 4
			continue
		}
		subject := iri(tokens[i])
		if g[subject] == nil {
			g[subject] = map[string][]any{}
		}
		for separator := ";"; separator == ";"; {
			predicate := iri(tokens[i+1])
			for i++; ; i += 2 {
				g[subject][predicate] = append(g[subject][predicate], object(tokens[i+1]))
				if separator = tokens[i+2]; separator != "," {
					break
				}
			}
			i += 2
		}
		i++
	}
	return g
}

// embedded are the properties of ODRL whose objects JSON-LD writes where they are used.
var embedded = regexp.MustCompile(`/odrl/2/(permission|prohibition|constraint|duty|and|or|xone|target|assignee)$`)

// document writes one subject as JSON-LD.
func (g graph) document(subject string) map[string]any {
	out := map[string]any{"@id": subject}
	for predicate, objects := range g[subject] {
		var values []any
		for _, o := range objects {
			if name, isIRI := o.(string); isIRI && embedded.MatchString(predicate) && g[name] != nil {
				o = g.document(name)
			}
			values = append(values, o)
		}
		switch {
		case predicate == rdfType:
			out["@type"] = values
		case strings.HasSuffix(predicate, "/odrl/2/uid"):
		case strings.HasSuffix(predicate, "Operand"), strings.HasSuffix(predicate, "/operator"), strings.HasSuffix(predicate, "/source"):
			out[predicate] = values[0]
		default:
			out[predicate] = values
		}
	}
	return out
}
