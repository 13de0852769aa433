package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/bylinehq/byline/attribution"
)

const (
	defaultAddr = "127.0.0.1:8080"
	defaultDB   = "byline.db"

	envAddr     = "BYLINE_ADDR"
	envSecret   = "BYLINE_SHOPIFY_SECRET"
	envShop     = "BYLINE_SHOP"
	envToken    = "BYLINE_TOKEN"
	envClick    = "BYLINE_CLICK_KEY"
	envIdentity = "BYLINE_IDENTITY_KEY"
)

const (
	// minToken makes guessing hopeless, so that logging in needs no counter of attempts.
	minToken = 20
	minKey   = 32 // what the library asks of a key
)

// config is what the server is told from outside.
type config struct {
	addr       string
	db         string
	shop       string
	secrets    []attribution.Secret // the current one and those that may still sign
	programme  string
	token      attribution.Secret
	clicks     []attribution.Secret // sign click ids, the current one first; none: no tracked links
	identity   attribution.Identity // makes the keys of customers; the zero Identity makes none
	acceptLoss bool
	demo       bool
	once       bool
}

const usage = `Byline's reference server takes a shop's webhooks in, says which creator brought
each order, and keeps the ledger of what they are owed.

  webhooks -demo             a made-up campaign with orders, nothing to configure
  webhooks [flags]           your own

Environment:
  BYLINE_SHOPIFY_SECRET      signing secrets of the shop's webhooks, comma separated:
                             the current one, then those that may still sign
  BYLINE_TOKEN               what the pages and the API ask for; needed on any address
                             that is not loopback, at least 20 characters
  BYLINE_CLICK_KEY           signs the click ids of tracked links, at least 32 bytes; comma
                             separated, the current one, then those of clicks that may
                             still bring orders. Without it /go/{link} is off
  BYLINE_IDENTITY_KEY        turns e-mail addresses, phone numbers and addresses into keys
                             that only tell whether two are the same, at least 32 bytes.
                             Without it no keys are made
  BYLINE_ADDR, BYLINE_SHOP   defaults of -addr and -shop
  and those that the shops of the programme name in secrets_env and token_env

Flags:
`

func readConfig(args []string, getenv func(string) string, stdout io.Writer) (config, error) {
	var c config
	flags := flag.NewFlagSet("webhooks", flag.ContinueOnError)
	flags.SetOutput(stdout)
	flags.Usage = func() {
		_, _ = fmt.Fprint(stdout, usage)
		flags.PrintDefaults()
	}
	flags.StringVar(&c.addr, "addr", cmp.Or(getenv(envAddr), defaultAddr), "`host:port` to listen on; port 0 picks a free one")
	flags.StringVar(&c.db, "db", "", "database `file` (default "+defaultDB+"; with -demo a fresh temporary one)")
	flags.StringVar(&c.shop, "shop", getenv(envShop), "the shop's `domain`, as it names itself in its webhooks; others are refused")
	flags.StringVar(&c.programme, "programme", "", "JSON `file` with the campaign, its creators, offers and agreements")
	flags.BoolVar(&c.demo, "demo", false, "run a made-up campaign and send it orders")
	flags.BoolVar(&c.once, "once", false, "with -demo: stop when everything is printed")
	flags.BoolVar(&c.acceptLoss, "accept-loss", false, "do not wait for the disk: a power cut may lose what was answered with 200")
	if err := flags.Parse(args); err != nil {
		return config{}, err
	}
	c.secrets = readSecrets(getenv(envSecret))
	c.token = attribution.Secret(getenv(envToken))
	c.clicks = readSecrets(getenv(envClick))
	c.identity.Key = attribution.Secret(getenv(envIdentity))
	return c.complete(flags.Args())
}

func readSecrets(list string) []attribution.Secret {
	var secrets []attribution.Secret
	for text := range strings.SplitSeq(list, ",") {
		if text = strings.TrimSpace(text); text != "" {
			secrets = append(secrets, attribution.Secret(text))
		}
	}
	return secrets
}

// complete fills in what depends on other settings and refuses what does not fit.
func (c config) complete(rest []string) (config, error) {
	var faults []error
	add := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if len(rest) > 0 {
		add("unexpected argument %q", rest[0])
	}
	if c.once && !c.demo {
		add("-once belongs to -demo")
	}
	if c.demo && c.programme != "" {
		add("-demo brings its own programme; leave -programme out")
	}
	if c.token != "" && len(c.token) < minToken {
		add("%s is shorter than %d characters", envToken, minToken)
	}
	for _, key := range c.clicks {
		if len(key) < minKey {
			add("a key in %s is shorter than %d bytes", envClick, minKey)
		}
	}
	if key := c.identity.Key; key != "" && len(key) < minKey {
		add("%s is shorter than %d bytes", envIdentity, minKey)
	}
	local, err := loopback(c.addr)
	switch {
	case err != nil:
		add("-addr: %w", err)
	case !local && c.token == "":
		add("%s is reachable from other machines, and the pages show money: set %s", c.addr, envToken)
	}
	if c.db == "" && !c.demo {
		c.db = defaultDB
	}
	if c.demo {
		c.shop, c.secrets = demoShop, []attribution.Secret{demoSecret}
		c.clicks, c.identity = []attribution.Secret{demoClickKey}, attribution.Identity{Key: demoIdentityKey}
	}
	return c, errors.Join(faults...)
}

// loopback reports whether an address can be reached from this machine only. A name is
// trusted only when it is localhost: what others resolve to may change.
func loopback(addr string) (bool, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false, err
	}
	return isLoopbackHost(host), nil
}

func isLoopbackHost(host string) bool {
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
