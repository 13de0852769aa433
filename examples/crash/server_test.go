//go:build unix

package crash_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/campaign"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/creator"
)

const (
	shopDomain = "crash-test.myshopify.com"
	secret     = "crash-test-secret"
)

// binary builds the server once for all tests.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "byline-crash")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "webhooks")
	if out, err := exec.Command("go", "build", "-o", path, "../webhooks").CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := binary(); err == nil {
		_ = os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// server is one run of the process.
type server struct {
	cmd *exec.Cmd
	url string
	log *bytes.Buffer
}

// start runs the server on a database and waits until it is healthy.
func start(t *testing.T, db string, flags ...string) *server {
	t.Helper()
	path, err := binary()
	require.NoError(t, err)
	addr := freeAddr(t)
	s := &server{url: "http://" + addr, log: &bytes.Buffer{}}
	s.cmd = exec.Command(path, append([]string{"-addr", addr, "-db", db, "-shop", shopDomain, "-programme", programmeFile(t)}, flags...)...)
	s.cmd.Env = append(os.Environ(), "BYLINE_SHOPIFY_SECRET="+secret)
	s.cmd.Stderr = s.log
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	require.NoError(t, s.cmd.Start())
	t.Cleanup(s.kill)
	deadline := time.Now().Add(20 * time.Second)
	for {
		resp, err := http.Get(s.url + "/healthz")
		if err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return s
			}
		}
		if time.Now().After(deadline) {
			t.Fatalf("the server did not become healthy: %v\n%s", err, s.log)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// kill is kill -9 of the whole process group. It may be called again.
func (s *server) kill() {
	if s.cmd.ProcessState == nil {
		_ = syscall.Kill(-s.cmd.Process.Pid, syscall.SIGKILL)
		_ = s.cmd.Wait()
	}
}

func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	addr := l.Addr().String()
	closing(t, l)
	return addr
}

// programmeFile is one creator with one code at 10 %.
func programmeFile(t *testing.T) string {
	t.Helper()
	year := byline.Window{Start: orderTime.AddDate(-1, 0, 0), End: orderTime.AddDate(1, 0, 0)}
	programme := map[string]any{
		"campaign": campaign.Plan{
			ID: "crash", Name: "Crash test", Window: year, Markets: []byline.Market{"DE"}, Budget: byline.Minor(1_000_00, byline.EUR),
			Primary: campaign.Objective{Goal: campaign.Conversion, Metric: campaign.Orders, Target: decimal.NewFromInt(1), Deadline: year.End},
		},
		"creators": []creator.Profile{{ID: "ada", Name: "Demo Ada", Accounts: []creator.Account{{Platform: byline.Instagram, Handle: "demo.ada"}}}},
		"offers":   []attribution.Offer{{Creator: "ada", Campaign: "crash", Code: "ADA10", Active: year}},
		"agreements": []contracts.Terms{{
			ID: "ag-ada", Version: 1, Creator: "ada", Campaign: "crash", Effective: year, Pay: contracts.Pay{Percentages: []contracts.Percentage{{ID: "sales", Rate: 10 * contracts.Percent}}},
		}},
	}
	text, err := json.Marshal(programme)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "programme.json")
	require.NoError(t, os.WriteFile(path, text, 0o600))
	return path
}

// drained reports whether nothing waits in the inbox.
func drained(t *testing.T, s *server) bool {
	t.Helper()
	resp, err := client.Get(s.url + "/api/deliveries")
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	var answer struct {
		Counts map[attribution.Status]int `json:"counts"`
	}
	require.NoError(t, json.NewDecoder(resp.Body).Decode(&answer))
	return answer.Counts[attribution.StatusPending] == 0
}
