package archtest

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/internal/golden"
)

// room says which packages of ours the packages that match a pattern may import; ""
// is the root.
type room struct {
	pattern string
	may     []string
}

// rooms is the import table. The first pattern that matches counts, and a package
// that none matches is a fault: a new room is a decision, made here.
func rooms() []room {
	return []room{
		{"", nil},
		{"creator", []string{"", "internal/validate"}},
		{"brief", []string{"", "brief/disclosure", "internal/validate"}},
		// Not internal/validate: who decodes webhooks should not link a validator.
		{"attribution", []string{"", "internal/webhook"}},
		{"contracts", []string{"", "brief", "attribution", "internal/validate"}},
		{"campaign", []string{"", "creator", "brief", "attribution", "contracts", "internal/validate"}},

		// What a brief is checked against and what it is shown as, each with the libraries of
		// its own.
		{"brief/disclosure", []string{""}},
		{"brief/page", []string{"", "brief", "brief/disclosure"}},
		{"brief/pdf", []string{"", "brief", "brief/disclosure", "brief/page"}},
		{"brief/ics", []string{"", "brief", "brief/disclosure", "brief/page"}},

		{"attribution/sqlstore", []string{"", "attribution", "internal/migrate"}},
		{"contracts/sqlstore", []string{"", "contracts", "internal/migrate"}},
		// What needs a format or a library of its own, which the core does not link.
		{"contracts/odrl", []string{"", "contracts"}},
		{"contracts/pdf", []string{"", "contracts"}},
		{"contracts/rail", []string{"", "contracts"}},

		{"creator/creatortest", []string{"", "creator"}},
		{"attribution/attributiontest", []string{"", "attribution"}},
		{"contracts/contractstest", []string{"", "contracts"}},

		// Links and click ids, which adapters read and the decision does not.
		{"attribution/tracking", []string{"", "attribution"}},
		{"attribution/trust", []string{"", "attribution"}},

		// The mathematics, which the decision and the pay never read.
		{"attribution/multitouch", []string{"", "attribution", "internal/sheet"}},
		{"attribution/lift", []string{""}},
		{"attribution/rank", []string{""}},
		{"campaign/response", []string{""}},
		{"campaign/budget", []string{"", "campaign/response"}},
		{"campaign/forecast", []string{"", "attribution/rank"}},
		{"campaign/chart", []string{""}},

		// What reads a dossier. Readings and checks go from one to the other as values, so only
		// who chooses from many knows the score and the reach.
		{"creator/dossiercsv", []string{"", "creator", "internal/sheet"}},
		{"creator/vet", []string{"", "creator"}},
		{"creator/sentiment", []string{""}},
		{"creator/safety", []string{"", "creator"}},
		{"creator/score", []string{"", "creator"}},
		{"creator/performance", []string{"", "creator", "attribution/rank"}},
		{"creator/lookalike", []string{"", "creator"}},
		{"creator/search", []string{"", "creator"}},
		{"creator/reach", []string{"", "creator"}},
		{"creator/shortlist", []string{"", "creator", "creator/reach", "creator/score"}},
		{"creator/outreach", []string{"", "creator"}},

		// The adapters, which therefore never import each other.
		{"creator/*", []string{"", "creator", "internal/httpapi"}},
		{"attribution/*", []string{"", "attribution", "attribution/tracking", "internal/httpapi", "internal/sheet", "internal/webhook", "internal/wire"}},

		{"internal/golden", nil},
		{"internal/archtest", nil},
		{"internal/promise", nil},
		{"internal/*", []string{""}},
	}
}

// mayUseSQL lists the packages that may import database/sql.
func mayUseSQL(pkg string) bool {
	return path.Base(pkg) == "sqlstore" || pkg == "internal/migrate"
}

func importFaults(sources []source) []string {
	var faults []string
	for _, s := range sources {
		allowed, listed := lookUp(s.pkg)
		if !listed {
			faults = append(faults, fmt.Sprintf("%s: the import table does not list package %q", s.at(s.file.Package), s.pkg))
			continue
		}
		for _, imported := range s.imports() {
			if ours, ok := within(imported); ok && !slices.Contains(allowed, ours) {
				faults = append(faults, fmt.Sprintf("%s: %q must not import %q", s.at(s.file.Package), s.pkg, ours))
			}
			if imported == "database/sql" && !mayUseSQL(s.pkg) {
				faults = append(faults, fmt.Sprintf("%s: %q must not import database/sql", s.at(s.file.Package), s.pkg))
			}
		}
	}
	return faults
}

func lookUp(pkg string) (allowed []string, listed bool) {
	for _, r := range rooms() {
		if match, _ := path.Match(r.pattern, pkg); match {
			return r.may, true
		}
	}
	return nil, false
}

// within returns the folder of an import path of this module.
func within(imported string) (pkg string, ok bool) {
	if imported == modulePath {
		return "", true
	}
	return strings.CutPrefix(imported, modulePath+"/")
}

func TestImports(t *testing.T) {
	t.Parallel()
	sources := parse(t, golden.ModuleRoot(t), production)
	if len(sources) == 0 {
		t.Fatal("no source found")
	}
	report(t, importFaults(sources))
}

func TestImportsCanFail(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, file, imported string
		want                 []string
	}{
		{"an adapter that keeps to the table", "attribution/shopify/a.go", "/attribution", nil},
		{"a store that keeps to the table", "attribution/sqlstore/a.go", "database/sql", nil},
		{"the standard library", "creator/a.go", "net/http", nil},
		{"the root knows nobody", "a.go", "/internal/validate", []string{`a.go:1: "" must not import "internal/validate"`}},
		{"a lower room looks up", "creator/a.go", "/campaign", []string{`creator/a.go:1: "creator" must not import "campaign"`}},
		{
			"adapters know each other", "attribution/shopify/a.go", "/attribution/stripe",
			[]string{`attribution/shopify/a.go:1: "attribution/shopify" must not import "attribution/stripe"`},
		},
		{
			"a domain imports its adapter", "attribution/a.go", "/attribution/shopify",
			[]string{`attribution/a.go:1: "attribution" must not import "attribution/shopify"`},
		},
		{
			"a conformance suite in production code", "attribution/shopify/a.go", "/attribution/attributiontest",
			[]string{`attribution/shopify/a.go:1: "attribution/shopify" must not import "attribution/attributiontest"`},
		},
		{"golden files in production code", "brief/a.go", "/internal/golden", []string{`brief/a.go:1: "brief" must not import "internal/golden"`}},
		{"an example as a library", "contracts/a.go", "/examples/webhooks", []string{`contracts/a.go:1: "contracts" must not import "examples/webhooks"`}},
		{"a database in the core", "contracts/a.go", "database/sql", []string{`contracts/a.go:1: "contracts" must not import database/sql`}},
		{"a package that nobody listed", "helpers/a.go", "fmt", []string{`helpers/a.go:1: the import table does not list package "helpers"`}},
		{"a room inside an adapter", "creator/youtube/x/a.go", "fmt", []string{`creator/youtube/x/a.go:1: the import table does not list package "creator/youtube/x"`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			imported := tt.imported
			if strings.HasPrefix(imported, "/") {
				imported = modulePath + imported
			}
			root := plant(t, map[string]string{tt.file: "package x; import _ \"" + imported + "\""})
			if diff := cmp.Diff(tt.want, importFaults(parse(t, root, production))); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParsePassesOver(t *testing.T) {
	t.Parallel()
	root := plant(t, map[string]string{
		"go.mod":                "module " + modulePath,
		"a.go":                  "package byline",
		"a_test.go":             "package byline",
		"creator/b.go":          "package creator",
		"creator/testdata/c.go": "not Go",
		".hidden/d.go":          "not Go",
		"examples/go.mod":       "module " + modulePath + "/examples",
		"examples/e.go":         "package examples",
	})
	var got []string
	for _, s := range parse(t, root, production) {
		got = append(got, s.at(s.file.Package))
	}
	if diff := cmp.Diff([]string{"a.go:1", "creator/b.go:1"}, got); diff != "" {
		t.Errorf("files mismatch (-want +got):\n%s", diff)
	}
}
