// Package golden holds what tests share: files of expected output, and the way to
// the research data that lies beside a checkout. Only tests may import it.
package golden

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A flag must be registered before the test binary parses its arguments, and one
// owner for all packages keeps two of them from registering the same name.
var update = flag.Bool("update", false, "rewrite the golden files with what the tests got") //nolint:gochecknoglobals // see above

// Equal compares got with the file testdata/name of the package under test, byte by
// byte. With the -update flag it writes the file instead; read the diff of the
// commit before believing it.
func Equal(t testing.TB, name string, got []byte) {
	t.Helper()
	compare(t, filepath.Join("testdata", filepath.FromSlash(name)), got, *update)
}

func compare(t testing.TB, path string, got []byte, rewrite bool) {
	t.Helper()
	if rewrite {
		write(t, path, got)
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("no golden file: %v (write it with -update)", err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("%s mismatch (-want +got):\n%s", path, cmp.Diff(string(want), string(got)))
	}
}

func write(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
