package golden

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const modulePath = "github.com/bylinehq/byline"

// SharedData returns the path of a file or folder of the research data, which lies
// in shared/data beside the checkout and is not part of it. Where it is absent the
// test is skipped; with BYLINE_REQUIRE_DATA=1 it fails instead.
func SharedData(t testing.TB, elem ...string) string {
	t.Helper()
	root := ModuleRoot(t)
	path := filepath.Join(slices.Concat([]string{filepath.Dir(root), "shared", "data"}, elem)...)
	if _, err := os.Stat(path); err == nil {
		return path
	}
	missing := "the research data is not beside this checkout: shared/data/" + strings.Join(elem, "/")
	if os.Getenv("BYLINE_REQUIRE_DATA") == "1" {
		t.Fatal(missing)
	}
	t.Skip(missing)
	return ""
}

// ModuleRoot returns the folder of the library's own go.mod, seen from the package
// under test.
func ModuleRoot(t testing.TB) string {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	root, err := moduleRoot(here)
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func moduleRoot(dir string) (string, error) {
	for at := dir; ; at = filepath.Dir(at) {
		if mod, err := os.ReadFile(filepath.Join(at, "go.mod")); err == nil && declares(string(mod), modulePath) {
			return at, nil
		}
		if at == filepath.Dir(at) {
			return "", fmt.Errorf("no go.mod of %s above %s", modulePath, dir)
		}
	}
}

func declares(mod, path string) bool {
	for line := range strings.Lines(mod) {
		if fields := strings.Fields(line); len(fields) >= 2 && fields[0] == "module" {
			return strings.Trim(fields[1], `"`) == path
		}
	}
	return false
}
