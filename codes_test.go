package byline_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// literals returns what stands in the text literals of a file's constant, or, where
// typed is not "", of all its constants of that type.
func literals(t *testing.T, file, constant, typed string) string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	require.NoError(t, err)
	var found strings.Builder
	ast.Inspect(parsed, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		of, _ := spec.Type.(*ast.Ident)
		if spec.Names[0].Name != constant && (of == nil || of.Name != typed) {
			return false
		}
		for _, value := range spec.Values {
			ast.Inspect(value, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok {
					text, err := strconv.Unquote(lit.Value)
					require.NoError(t, err)
					found.WriteString(text)
				}
				return true
			})
		}
		if typed != "" {
			found.WriteString(" ")
		}
		return false
	})
	if found.Len() == 0 {
		t.Fatalf("no such constant in %s", file)
	}
	return strings.TrimSpace(found.String())
}

// codeList returns the codes of a constant, which stand in order, once each, parted
// by single spaces.
func codeList(t *testing.T, file, constant string, length int) []string {
	t.Helper()
	text := literals(t, file, constant, "")
	codes := strings.Split(text, " ")
	for i, code := range codes {
		if len(code) != length || strings.Trim(code, upperCase) != "" {
			t.Errorf("%s: %q is not %d upper-case letters", constant, code, length)
		}
		if i > 0 && code <= codes[i-1] {
			t.Errorf("%s: %s does not stand after %s", constant, code, codes[i-1])
		}
	}
	return codes
}

const upperCase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// words returns all words of upper-case letters of a length that keep wants.
func words(length int, keep func(string) bool) []string {
	all := []string{""}
	for range length {
		var longer []string
		for _, word := range all {
			for _, letter := range upperCase {
				longer = append(longer, word+string(letter))
			}
		}
		all = longer
	}
	return slices.DeleteFunc(all, func(word string) bool { return !keep(word) })
}

// without returns the words of a that are not in b.
func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(word string) bool { return slices.Contains(b, word) })
}
