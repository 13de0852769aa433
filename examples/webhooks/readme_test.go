package main

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
)

func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	return string(text)
}

// postingLines are those of the README that post the two prepared bodies.
func postingLines() (order, refund string) {
	secret := `"$` + envSecret + `"`
	return curlLines("http://"+defaultAddr, demoShop, secret, exampleOrder, "orders/paid", "try-order-1"),
		curlLines("http://"+defaultAddr, demoShop, secret, exampleRefund, "refunds/create", "try-refund-1")
}

// The README shows the lines that the program prints.
func TestReadmeShowsTheLines(t *testing.T) {
	t.Parallel()
	order, refund := postingLines()
	for _, lines := range []string{order, refund, "go run ./examples/webhooks -demo", "-programme " + exampleProgramme, envToken, "-accept-loss"} {
		if !strings.Contains(readme(t), lines) {
			t.Errorf("the README does not show\n%s", lines)
		}
	}
}

// The README's lines work in a shell, from the top of the repository.
func TestReadmeLinesWork(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"sh", "openssl", "curl"} {
		if _, err := exec.LookPath(tool); err != nil {
			skipUnlessCI(t, tool+" is not on the path: the README's lines were not run")
		}
	}
	s := launch(t, shopConfig(), example(t), quiet())
	root, err := filepath.Abs(filepath.Join("..", ".."))
	require.NoError(t, err)
	order, refund := postingLines()
	for _, lines := range []string{order, refund} {
		cmd := exec.CommandContext(t.Context(), "sh", "-c", strings.ReplaceAll(lines, "http://"+defaultAddr, s.url))
		cmd.Dir, cmd.Env = root, append(os.Environ(), envSecret+"="+string(testSecret))
		answer, err := cmd.CombinedOutput()
		require.NoError(t, err, string(answer))
		if diff := cmp.Diff(`{"status":"accepted"}`, strings.TrimSpace(string(answer))); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		wait(t, s.url)
	}
	got := getJSON[orderJSON](t, s.url+"/api/orders/shopify:7700000009001").Owed
	if diff := cmp.Diff([]due{{"example-ada", "ag-ada", 1, byline.Minor(10_88, byline.EUR), byline.Minor(0, byline.EUR)}}, got); diff != "" {
		t.Errorf("owed (-want +got):\n%s", diff)
	}
}

// The shops that the README declares can be opened as they stand, one of each platform.
func TestReadmeShops(t *testing.T) {
	t.Parallel()
	blocks := strings.Split(readme(t), "```json shop\n")[1:]
	var shops []shopFile
	for _, b := range blocks {
		text, _, _ := strings.Cut(b, "```")
		dec := json.NewDecoder(strings.NewReader(text))
		dec.DisallowUnknownFields()
		var f shopFile
		require.NoError(t, dec.Decode(&f), text)
		shops = append(shops, f)
	}
	out := shopsOutside(nil)
	out.getenv = func(string) string { return string(studioSecret) }
	opened, faults := openShops(shops, out)
	require.NoError(t, byline.Faults(faults))
	left := platforms()
	for _, s := range opened {
		delete(left, s.Platform)
	}
	if len(left) > 0 {
		t.Errorf("not shown: %v", slices.Collect(maps.Keys(left)))
	}
	for _, name := range []string{envClick, envIdentity, "/go/{link}", "/orders/{id}/assign"} {
		if !strings.Contains(readme(t), name) {
			t.Errorf("the README does not name %s", name)
		}
	}
}
