package golden

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// recorder stands in for a test that may fail or skip.
type recorder struct {
	testing.TB
	failed, skipped string
}

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) { r.failed += fmt.Sprintf(format, args...) }

func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	runtime.Goexit()
}

func (r *recorder) Fatal(args ...any) {
	r.failed += fmt.Sprint(args...)
	runtime.Goexit()
}

func (r *recorder) Skip(args ...any) {
	r.skipped += fmt.Sprint(args...)
	runtime.Goexit()
}

// watch runs f as a test of its own would run and returns what became of it.
func watch(f func(t testing.TB)) *recorder {
	r := &recorder{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		f(r)
	}()
	<-done
	return r
}

func TestCompare(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "poem.txt"), []byte("one\ntwo\n"), 0o644))
	tests := []struct {
		name, file, got string
		wantInFailure   []string
	}{
		{"the same", "poem.txt", "one\ntwo\n", nil},
		{"another line", "poem.txt", "one\nthree\n", []string{"poem.txt", "-want +got", "two", "three"}},
		{"one byte less", "poem.txt", "one\ntwo", []string{"poem.txt"}},
		{"no such file", "absent.txt", "x", []string{"absent.txt", "-update"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := watch(func(t testing.TB) { compare(t, filepath.Join(dir, tt.file), []byte(tt.got), false) })
			if (r.failed != "") != (tt.wantInFailure != nil) {
				t.Errorf("failed with %q", r.failed)
			}
			for _, want := range tt.wantInFailure {
				if !strings.Contains(r.failed, want) {
					t.Errorf("%q is not in %q", want, r.failed)
				}
			}
		})
	}
}

func TestCompareRewrites(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "testdata", "new", "case.json")
	for _, got := range []string{"{}", "[]"} {
		compare(t, path, []byte(got), true)
		compare(t, path, []byte(got), false)
	}
}

func TestEqualReadsTestdata(t *testing.T) {
	t.Parallel()
	Equal(t, "poem.txt", []byte("one\ntwo\n"))
}

// checkout makes a module and, beside it, data; it returns the folder of a package
// inside a nested module.
func checkout(t *testing.T) string {
	t.Helper()
	top := t.TempDir()
	inner := filepath.Join(top, "clone", "examples", "demo")
	require.NoError(t, os.MkdirAll(inner, 0o755))
	require.NoError(t, os.MkdirAll(filepath.Join(top, "shared", "data", "payloads"), 0o755))
	files := map[string]string{
		"clone/go.mod":                     "// a comment\nmodule github.com/bylinehq/byline\n\ngo 1.26.0\n",
		"clone/examples/go.mod":            "module github.com/bylinehq/byline/examples\n",
		"shared/data/payloads/vector.json": "{}",
	}
	for name, text := range files {
		require.NoError(t, os.WriteFile(filepath.Join(top, name), []byte(text), 0o644))
	}
	return inner
}

func TestSharedData(t *testing.T) {
	tests := []struct {
		name            string
		elem            []string
		require         string
		found           bool
		skipped, failed string
	}{
		{name: "a file", elem: []string{"payloads", "vector.json"}, found: true},
		{name: "a folder", elem: []string{"payloads"}, found: true},
		{name: "a file that must be there and is", elem: []string{"payloads", "vector.json"}, require: "1", found: true},
		{name: "absent", elem: []string{"payloads", "no.json"}, skipped: "shared/data/payloads/no.json"},
		{name: "absent and required", elem: []string{"no"}, require: "1", failed: "shared/data/no"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Chdir(checkout(t))
			t.Setenv("BYLINE_REQUIRE_DATA", tt.require)
			var got string
			r := watch(func(t testing.TB) { got = SharedData(t, tt.elem...) })
			if (got != "") != tt.found || !strings.HasSuffix(got, filepath.Join(tt.elem...)) && tt.found {
				t.Errorf("SharedData = %q", got)
			}
			if (r.skipped == "") != (tt.skipped == "") || !strings.Contains(r.skipped, tt.skipped) {
				t.Errorf("skipped with %q, want %q in it", r.skipped, tt.skipped)
			}
			if (r.failed == "") != (tt.failed == "") || !strings.Contains(r.failed, tt.failed) {
				t.Errorf("failed with %q, want %q in it", r.failed, tt.failed)
			}
		})
	}
}

func TestModuleRootOutsideAModule(t *testing.T) {
	t.Chdir(string(filepath.Separator))
	r := watch(func(t testing.TB) { ModuleRoot(t) })
	if !strings.Contains(r.failed, modulePath) {
		t.Errorf("failed with %q, want the module named", r.failed)
	}
}

func TestDeclares(t *testing.T) {
	t.Parallel()
	tests := map[string]bool{
		"module github.com/bylinehq/byline\n":                                  true,
		"// why\nmodule \"github.com/bylinehq/byline\" // us\n":                true,
		"module github.com/bylinehq/byline/examples\n":                         false,
		"module example.com/host\nrequire github.com/bylinehq/byline v0.1.0\n": false,
		"": false,
	}
	for mod, want := range tests {
		if got := declares(mod, modulePath); got != want {
			t.Errorf("declares(%q) = %t", mod, got)
		}
	}
}

func TestModuleRootIsThisModule(t *testing.T) {
	t.Parallel()
	require.FileExists(t, filepath.Join(ModuleRoot(t), "money.go"))
}
