package archtest

import (
	"fmt"
	"go/ast"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/golden"
)

// core reports whether a package must give the same result on any machine at any
// time: the root and the domains, with all that lies in them.
func core(pkg string) bool {
	room, _, _ := strings.Cut(pkg, "/")
	return slices.Contains([]string{"", "campaign", "creator", "attribution", "brief", "contracts"}, room)
}

// clockFaults finds where the core reads a clock or rolls dice by itself. A mention
// is enough: time.Now as the default of a field is a clock too.
func clockFaults(sources []source) []string {
	var faults []string
	for _, s := range sources {
		if !core(s.pkg) {
			continue
		}
		local, dots := importNames(s.file)
		for _, imported := range dots {
			faults = append(faults, fmt.Sprintf("%s: %s must not be imported with a dot", s.at(s.file.Package), imported))
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && impure(local[x.Name], n.Sel.Name) {
					faults = append(faults, fmt.Sprintf("%s: %s.%s", s.at(n.Pos()), local[x.Name], n.Sel.Name))
				}
			case *ast.Field:
				if tag, ok := clockTag(n.Tag); ok {
					faults = append(faults, fmt.Sprintf("%s: the bare tag %q compares with the clock", s.at(n.Pos()), tag))
				}
			}
			return true
		})
	}
	return faults
}

// importNames maps the names by which a file calls the packages that matter here to
// their paths, and returns those that it imports with a dot.
func importNames(file *ast.File) (local map[string]string, dots []string) {
	local = map[string]string{}
	for _, spec := range file.Imports {
		imported := importPath(spec)
		name := path.Base(strings.TrimSuffix(imported, "/v2"))
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if !slices.Contains([]string{"time", "math/rand", "math/rand/v2", "crypto/rand"}, imported) {
			continue
		}
		if name == "." {
			dots = append(dots, imported)
		}
		local[name] = imported
	}
	return local, dots
}

func impure(imported, name string) bool {
	switch imported {
	case "time":
		return slices.Contains([]string{"Now", "Since", "Until", "Sleep", "Local"}, name)
	case "math/rand", "math/rand/v2":
		// What takes a source from the caller is welcome; the rest draws from a global one.
		seeded := []string{"New", "NewSource", "NewPCG", "NewChaCha8", "NewZipf", "Rand", "Source", "Source64", "PCG", "ChaCha8", "Zipf"}
		return !slices.Contains(seeded, name)
	default:
		return imported == "crypto/rand"
	}
}

// clockTag finds gt, gte, lt or lte without a parameter, which the validator reads
// as later or earlier than now.
func clockTag(tag *ast.BasicLit) (string, bool) {
	if tag == nil {
		return "", false
	}
	text, _ := strconv.Unquote(tag.Value) // the parser has accepted it
	for rule := range strings.SplitSeq(reflect.StructTag(text).Get("validate"), ",") {
		if slices.Contains([]string{"gt", "gte", "lt", "lte"}, rule) {
			return rule, true
		}
	}
	return "", false
}

func TestNoClockNoDice(t *testing.T) {
	t.Parallel()
	report(t, clockFaults(parse(t, golden.ModuleRoot(t), production)))
}

func TestNoClockNoDiceCanFail(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, file, code string
		want             []string
	}{
		{"a call", "creator/a.go", `import "time"; var t = time.Now()`, []string{"creator/a.go:1: time.Now"}},
		{"a default", "contracts/a.go", `import "time"; var now = time.Now`, []string{"contracts/a.go:1: time.Now"}},
		{"under another name", "brief/a.go", `import clock "time"; func f() { clock.Sleep(1) }`, []string{"brief/a.go:1: time.Sleep"}},
		{"in an adapter", "attribution/shopify/a.go", `import "time"; var d = time.Since(time.Time{})`, []string{"attribution/shopify/a.go:1: time.Since"}},
		{"in the root", "a.go", `import "time"; var d = time.Until(time.Time{})`, []string{"a.go:1: time.Until"}},
		{"the machine's time zone", "a.go", `import "time"; var l = time.Local`, []string{"a.go:1: time.Local"}},
		{"with a dot", "a.go", `import . "time"; var t = Now()`, []string{"a.go:1: time must not be imported with a dot"}},
		{"global dice", "campaign/a.go", `import "math/rand/v2"; var n = rand.IntN(6)`, []string{"campaign/a.go:1: math/rand/v2.IntN"}},
		{"older global dice", "campaign/a.go", `import "math/rand"; var n = rand.Float64()`, []string{"campaign/a.go:1: math/rand.Float64"}},
		{"the system's dice", "campaign/a.go", `import "crypto/rand"; var s = rand.Text()`, []string{"campaign/a.go:1: crypto/rand.Text"}},
		{"a tag", "brief/a.go", "import \"time\"; type b struct { Due time.Time `json:\"due\" validate:\"required,gt\"` }", []string{`brief/a.go:1: the bare tag "gt" compares with the clock`}},

		{"a tag with a limit", "brief/a.go", "type b struct { Posts int `validate:\"gt=0\"` }", nil},
		{"a clock that comes in", "creator/a.go", `import "time"; type o struct { Now func() time.Time }`, nil},
		{"dice that come in", "creator/a.go", `import "math/rand/v2"; func f(s rand.Source) float64 { return rand.New(s).Float64() }`, nil},
		{"waiting on a timer", "attribution/a.go", `import "time"; var t = time.NewTimer(time.Second)`, nil},
		{"another package's Now", "creator/a.go", `import "example.com/lab/time"; var n = time.Now()`, nil},
		{"outside the core", "internal/httpapi/a.go", `import "time"; var t = time.Now()`, nil},
		{"in a test", "creator/a_test.go", `import "time"; var t = time.Now()`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			root := plant(t, map[string]string{tt.file: "package x; " + tt.code})
			if diff := cmp.Diff(tt.want, clockFaults(parse(t, root, production))); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
		})
	}
}
