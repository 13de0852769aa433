package main

import (
	"errors"
	"flag"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution"
)

func env(values map[string]string) func(string) string {
	return func(name string) string { return values[name] }
}

func TestReadConfig(t *testing.T) {
	t.Parallel()
	token, key := strings.Repeat("t", minToken), strings.Repeat("k", minKey)
	tests := []struct {
		name  string
		args  []string
		env   map[string]string
		want  config
		fault string // part of the error, "" for none
	}{
		{name: "nothing said", want: config{addr: defaultAddr, db: defaultDB}},
		{
			name: "all from the environment",
			env:  map[string]string{envAddr: "localhost:9", envShop: "a.myshopify.com", envSecret: " new, old ,", envToken: token},
			want: config{addr: "localhost:9", db: defaultDB, shop: "a.myshopify.com", secrets: []attribution.Secret{"new", "old"}, token: attribution.Secret(token)},
		},
		{name: "a flag beats the environment", args: []string{"-addr", "[::1]:7"}, env: map[string]string{envAddr: "localhost:9"}, want: config{addr: "[::1]:7", db: defaultDB}},
		{
			name: "demo", args: []string{"-demo", "-once"}, env: map[string]string{envSecret: "real", envShop: "real.myshopify.com"},
			want: config{
				addr: defaultAddr, demo: true, once: true, shop: demoShop, secrets: []attribution.Secret{demoSecret},
				clicks: []attribution.Secret{demoClickKey}, identity: attribution.Identity{Key: demoIdentityKey},
			},
		},
		{name: "reachable with a token", args: []string{"-addr", ":80"}, env: map[string]string{envToken: token}, want: config{addr: ":80", db: defaultDB, token: attribution.Secret(token)}},
		{name: "every address and no token", args: []string{"-addr", ":80"}, fault: envToken},
		{name: "another machine's address and no token", args: []string{"-addr", "192.0.2.7:80"}, fault: envToken},
		{name: "a name that is not this machine", args: []string{"-addr", "localhost.example.com:80"}, fault: envToken},
		{name: "a token that can be guessed", env: map[string]string{envToken: "hunter2"}, fault: "shorter"},
		{
			name: "keys", env: map[string]string{envClick: key + "n, " + key + "o", envIdentity: key},
			want: config{
				addr: defaultAddr, db: defaultDB, clicks: []attribution.Secret{attribution.Secret(key + "n"), attribution.Secret(key + "o")},
				identity: attribution.Identity{Key: attribution.Secret(key)},
			},
		},
		{name: "a click key that can be guessed", env: map[string]string{envClick: key + ",short"}, fault: envClick},
		{name: "an identity key that can be guessed", env: map[string]string{envIdentity: key[1:]}, fault: envIdentity},
		{name: "no port", args: []string{"-addr", "127.0.0.1"}, fault: "-addr"},
		{name: "once without demo", args: []string{"-once"}, fault: "-once"},
		{name: "demo with a programme", args: []string{"-demo", "-programme", "x.json"}, fault: "-programme"},
		{name: "a word too many", args: []string{"serve"}, fault: `"serve"`},
		{name: "an unknown flag", args: []string{"-tls"}, fault: "-tls"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := readConfig(tt.args, env(tt.env), io.Discard)
			if tt.fault != "" {
				if err == nil || !strings.Contains(err.Error(), tt.fault) {
					t.Fatalf("error %v, want one about %s", err, tt.fault)
				}
				return
			}
			require.NoError(t, err)
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(config{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestHelpIsNoError(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	if _, err := readConfig([]string{"-h"}, env(nil), &out); !errors.Is(err, flag.ErrHelp) {
		t.Fatalf("got %v", err)
	}
	for _, word := range []string{"-demo", "-accept-loss", "-programme", envSecret, envToken, envClick, envIdentity} {
		if !strings.Contains(out.String(), word) {
			t.Errorf("the help does not name %s", word)
		}
	}
	require.NoError(t, run(t.Context(), []string{"-h"}, env(nil), io.Discard))
}
