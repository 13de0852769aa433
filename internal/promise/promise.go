// Package promise reads from source what a package promises, so that a test can hold it
// to its word. Only tests import it.
package promise

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"testing"
)

// Codes returns the codes that the doc comment of a function or method quotes, sorted.
// file is relative to the package under test.
func Codes(t testing.TB, file, function string) []string {
	t.Helper()
	quoted := regexp.MustCompile(`"([^"]*)"`)
	var codes []string
	for _, decl := range parse(t, file).Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Name.Name == function {
			for _, match := range quoted.FindAllStringSubmatch(f.Doc.Text(), -1) {
				codes = append(codes, match[1])
			}
		}
	}
	slices.Sort(codes)
	return codes
}

// Constants returns the text of all constants of a type in a file, in their order.
func Constants(t testing.TB, file, typed string) []string {
	t.Helper()
	var values []string
	ast.Inspect(parse(t, file), func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if of, ok := spec.Type.(*ast.Ident); !ok || of.Name != typed {
			return false
		}
		for _, value := range spec.Values {
			values = append(values, unquote(t, value))
		}
		return false
	})
	if len(values) == 0 {
		t.Fatalf("%s has no constant of type %s", file, typed)
	}
	return values
}

func parse(t testing.TB, file string) *ast.File {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func unquote(t testing.TB, value ast.Expr) string {
	t.Helper()
	lit, ok := value.(*ast.BasicLit)
	if !ok {
		t.Fatalf("a constant is no literal")
	}
	text, err := strconv.Unquote(lit.Value)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
