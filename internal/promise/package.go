package promise

import (
	"go/ast"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// PackageCodes reads the package under test, but for its tests, and returns what looks
// like a code ("ledger.currency"): the text literals that do, and what doc comments
// quote of the kind. Both are sorted and hold each once.
func PackageCodes(t testing.TB) (used, documented []string) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed := parse(t, file)
		used = append(used, literalCodes(parsed)...)
		documented = append(documented, quotedCodes(parsed)...)
	}
	slices.Sort(used)
	slices.Sort(documented)
	return slices.Compact(used), slices.Compact(documented)
}

const codeShape = `[a-z][a-z_]*\.[a-z][a-z_]*`

func literalCodes(file *ast.File) []string {
	whole := regexp.MustCompile(`^` + codeShape + `$`)
	var codes []string
	ast.Inspect(file, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return true
		}
		if text, err := strconv.Unquote(lit.Value); err == nil && whole.MatchString(text) {
			codes = append(codes, text)
		}
		return true
	})
	return codes
}

func quotedCodes(file *ast.File) []string {
	quoted := regexp.MustCompile(`"(` + codeShape + `)"`)
	var codes []string
	ast.Inspect(file, func(n ast.Node) bool {
		var doc *ast.CommentGroup
		switch n := n.(type) {
		case *ast.FuncDecl:
			doc = n.Doc
		case *ast.GenDecl:
			doc = n.Doc
		case *ast.TypeSpec:
			doc = n.Doc
		case *ast.Field:
			doc = n.Doc
		}
		for _, match := range quoted.FindAllStringSubmatch(doc.Text(), -1) {
			codes = append(codes, match[1])
		}
		return true
	})
	return codes
}
