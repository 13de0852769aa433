package archtest

import (
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/internal/golden"
)

const (
	decimalModule = "github.com/shopspring/decimal"
	textModule    = "golang.org/x/text"
	oauthModule   = "golang.org/x/oauth2"
	pdfModule     = "codeberg.org/go-pdf/fpdf"
	imageModule   = "golang.org/x/image"
	cmpModule     = "github.com/google/go-cmp"
	gonumModule   = "gonum.org/v1/gonum"
	icalModule    = "github.com/arran4/golang-ical"
	vaderModule   = "github.com/jonreiter/govader"
)

// validatorModules is what internal/validate brings into a program.
func validatorModules() []string {
	return []string{
		"github.com/go-playground/validator/v10", "github.com/go-playground/locales",
		"github.com/go-playground/universal-translator", "github.com/gabriel-vasile/mimetype",
		"github.com/leodido/go-urn", "golang.org/x/crypto", "golang.org/x/sys", textModule, "golang.org/x/net",
	}
}

// linkable returns the modules that a host may find in its binary for importing a
// package of ours. A package that is not listed may link none.
func linkable(pkg string) []string {
	validated := append(validatorModules(), decimalModule)
	room, _, _ := strings.Cut(pkg, "/")
	switch {
	case pkg == "internal/golden":
		return []string{cmpModule}
	case pkg != room && strings.HasSuffix(pkg, "test") && room != "internal":
		return append(linkable(path.Dir(pkg)), cmpModule)
	case pkg == "brief/ics":
		return append(validated, icalModule)
	case pkg == "contracts/pdf", pkg == "brief/pdf":
		return append(validated, pdfModule, imageModule)
	case slices.Contains([]string{"attribution/lift", "attribution/rank", "campaign/response", "campaign/budget", "campaign/forecast"}, pkg):
		return []string{decimalModule, gonumModule}
	case pkg == "campaign/chart":
		return []string{decimalModule}
	case room == "attribution":
		return []string{decimalModule, textModule}
	case pkg == "creator/sentiment":
		return []string{decimalModule, gonumModule, vaderModule}
	case pkg == "creator/performance":
		return append(validated, gonumModule)
	case path.Dir(pkg) == "creator":
		return append(validated, oauthModule)
	case slices.Contains([]string{"brief", "campaign", "contracts", "creator"}, room), pkg == "internal/validate":
		return validated
	case pkg == "internal/httpapi":
		return []string{decimalModule, oauthModule}
	case pkg == "", room == "internal":
		return []string{decimalModule}
	default:
		return nil
	}
}

// linked is a package of ours and the modules of others in its dependencies.
type linked struct {
	pkg     string
	modules []string
}

func linkFaults(packages []linked) []string {
	var faults []string
	for _, p := range packages {
		allowed := linkable(p.pkg)
		for _, module := range p.modules {
			if !slices.Contains(allowed, module) {
				faults = append(faults, fmt.Sprintf("package %q links %s", p.pkg, module))
			}
		}
	}
	return faults
}

// list asks the go tool for every package of the module at root. Errors of the
// packages themselves are left to the compiler, which tells them better.
func list(t *testing.T, root string) []linked {
	t.Helper()
	gotool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("the go tool is not on the path")
	}
	const format = `{{.ImportPath}} {{with .Module}}{{.Path}}{{else}}std{{end}} {{join .Deps " "}}`
	cmd := exec.CommandContext(t.Context(), gotool, "list", "-e", "-deps", "-f", format, "./...")
	cmd.Dir, cmd.Stderr = root, os.Stderr
	out, err := cmd.Output()
	require.NoError(t, err)
	return readList(string(out))
}

// readList reads lines of a package, its module and its dependencies.
func readList(out string) []linked {
	moduleOf, depsOf := map[string]string{}, map[string][]string{}
	for line := range strings.Lines(out) {
		fields := strings.Fields(line)
		moduleOf[fields[0]], depsOf[fields[0]] = fields[1], fields[2:]
	}
	var packages []linked
	for imported, deps := range depsOf {
		pkg, ok := within(imported)
		if !ok {
			continue
		}
		p := linked{pkg: pkg}
		for _, dep := range deps {
			if m := moduleOf[dep]; m != "std" && m != modulePath && m != "" && !slices.Contains(p.modules, m) {
				p.modules = append(p.modules, m)
			}
		}
		packages = append(packages, p)
	}
	slices.SortFunc(packages, func(a, b linked) int { return strings.Compare(a.pkg, b.pkg) })
	return packages
}

func TestLinkedModules(t *testing.T) {
	t.Parallel()
	packages := list(t, golden.ModuleRoot(t))
	if !slices.ContainsFunc(packages, func(p linked) bool { return p.pkg == "" && slices.Contains(p.modules, decimalModule) }) {
		t.Fatal("the list does not even show that the root links decimal")
	}
	report(t, linkFaults(packages))
}

func TestLinkedModulesCanFail(t *testing.T) {
	t.Parallel()
	const pgx, testify = "github.com/jackc/pgx/v5", "github.com/stretchr/testify"
	planted := strings.Join([]string{
		"fmt std",
		"pgx " + pgx + " fmt",
		"decimal " + decimalModule + " fmt",
		"validator github.com/go-playground/validator/v10 fmt",
		"require " + testify + " fmt",
		"cmp " + cmpModule,
		modulePath + " " + modulePath + " fmt decimal",
		modulePath + "/contracts " + modulePath + " decimal validator " + modulePath,
		modulePath + "/contracts/sqlstore " + modulePath + " decimal pgx",
		modulePath + "/contracts/contractstest " + modulePath + " cmp require",
		modulePath + "/attribution/shopify " + modulePath + " decimal validator",
		modulePath + "/internal/webhook " + modulePath + " cmp",
		modulePath + "/surprise " + modulePath + " decimal",
	}, "\n")
	want := []string{
		`package "attribution/shopify" links github.com/go-playground/validator/v10`,
		`package "contracts/contractstest" links ` + testify,
		`package "contracts/sqlstore" links ` + pgx,
		`package "internal/webhook" links ` + cmpModule,
		`package "surprise" links ` + decimalModule,
	}
	if diff := cmp.Diff(want, linkFaults(readList(planted))); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}

// requireFaults finds modules in a go.mod that no package of ours may link and no
// test of ours needs. A listed requirement raises versions in every host, used or
// not; a database driver would be the worst of them.
func requireFaults(mod string) []string {
	expected := append(validatorModules(), decimalModule, oauthModule)
	// Of brief/ics alone.
	expected = append(expected, icalModule)
	// Of contracts/pdf and brief/pdf alone.
	expected = append(expected, pdfModule, imageModule)
	// Of the statistics alone: distributions, optimisation and linear algebra.
	expected = append(expected, gonumModule)
	// Of creator/sentiment alone: its lexicon.
	expected = append(expected, vaderModule)
	// The tests' own, the last for the sake of testify.
	expected = append(expected, cmpModule, "github.com/stretchr/testify", "go.yaml.in/yaml/v3")
	var faults []string
	for line := range strings.Lines(mod) {
		fields := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require "))
		if len(fields) >= 2 && strings.HasPrefix(fields[1], "v") && !slices.Contains(expected, fields[0]) {
			faults = append(faults, "go.mod requires "+fields[0])
		}
	}
	return faults
}

func TestRootRequiresNoDriver(t *testing.T) {
	t.Parallel()
	mod, err := os.ReadFile(filepath.Join(golden.ModuleRoot(t), "go.mod"))
	require.NoError(t, err)
	report(t, requireFaults(string(mod)))
}

func TestRootRequiresNoDriverCanFail(t *testing.T) {
	t.Parallel()
	const mod = `module github.com/bylinehq/byline

go 1.26.0

require modernc.org/sqlite v1.40.0

require (
	github.com/jackc/pgx/v5 v5.9.0 // indirect
	github.com/shopspring/decimal v1.6.0
)
`
	want := []string{"go.mod requires modernc.org/sqlite", "go.mod requires github.com/jackc/pgx/v5"}
	if diff := cmp.Diff(want, requireFaults(mod)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}
