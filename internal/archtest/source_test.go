package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const modulePath = "github.com/bylinehq/byline"

// source is one parsed file. Its pkg is the folder below the module, "" for the root.
type source struct {
	pkg  string
	file *ast.File
	fset *token.FileSet
}

func (s source) at(pos token.Pos) string {
	p := s.fset.Position(pos)
	return path.Join(s.pkg, filepath.Base(p.Filename)) + ":" + strconv.Itoa(p.Line)
}

// imports returns the paths that the file imports, as they are written.
func (s source) imports() []string {
	var list []string
	for _, spec := range s.file.Imports {
		list = append(list, importPath(spec))
	}
	return list
}

func importPath(spec *ast.ImportSpec) string {
	p, _ := strconv.Unquote(spec.Path.Value) // the parser has accepted it
	return p
}

// parse reads every Go file below root that keep wants, but not what the go tool
// passes over nor, below the top, other modules.
func parse(t *testing.T, root string, keep func(name string) bool) []source {
	t.Helper()
	var found []source
	walk := func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if file != root && (ignored(d.Name()) || isModule(file)) {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(file, ".go") || !keep(d.Name()) {
			return nil
		}
		dir, err := filepath.Rel(root, filepath.Dir(file))
		if err != nil {
			return err
		}
		fset := token.NewFileSet()
		parsed, err := parser.ParseFile(fset, file, nil, parser.SkipObjectResolution)
		found = append(found, source{pkg: strings.TrimPrefix(filepath.ToSlash(dir), "."), file: parsed, fset: fset})
		return err
	}
	require.NoError(t, filepath.WalkDir(root, walk))
	return found
}

func ignored(name string) bool {
	return name == "testdata" || name == "vendor" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")
}

func isModule(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil
}

func production(name string) bool { return !strings.HasSuffix(name, "_test.go") }

func everything(string) bool { return true }

// plant writes files into a folder that stands for a module with a mistake in it.
func plant(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		file := filepath.Join(root, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
	}
	return root
}

func report(t *testing.T, faults []string) {
	t.Helper()
	for _, fault := range faults {
		t.Error(fault)
	}
}
