package main

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write testdata anew")

// The prepared bodies are what the demo's builder makes, so that they cannot drift
// from the shape that the demo proves to work.
func TestPreparedBodies(t *testing.T) {
	t.Parallel()
	order, refund, err := preparedBodies()
	require.NoError(t, err)
	for name, want := range map[string][]byte{"order.json": order, "refund.json": refund} {
		file := filepath.Join("testdata", name)
		if *update {
			require.NoError(t, os.WriteFile(file, want, 0o644))
		}
		got, err := os.ReadFile(file)
		require.NoError(t, err)
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
