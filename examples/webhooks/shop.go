package main

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/bigcommerce"
	"github.com/bylinehq/byline/attribution/hubspot"
	"github.com/bylinehq/byline/attribution/shopify"
	"github.com/bylinehq/byline/attribution/signedjson"
	"github.com/bylinehq/byline/attribution/stripe"
	"github.com/bylinehq/byline/attribution/woocommerce"
)

// shopFile declares one sender of webhooks. Secrets come from the environment alone: the
// file names the variables.
type shopFile struct {
	Name       string            `json:"name"`     // ends the address of its webhooks
	Platform   string            `json:"platform"` // see platforms
	Shop       string            `json:"shop"`     // as the platform calls it
	SecretsEnv []string          `json:"secrets_env"`
	TokenEnv   string            `json:"token_env,omitempty"` // of the platform's API
	URI        string            `json:"uri,omitempty"`       // the address of the webhooks as the platform knows it
	Currency   byline.Currency   `json:"currency,omitempty"`  // of deals that name none
	Market     byline.Market     `json:"market,omitempty"`    // of telephone numbers that name none
	Codes      map[string]string `json:"codes,omitempty"`     // text by the platform's id of a discount
	Tags       shopTags          `json:"tags,omitzero"`
}

// shopTags are the words by which a shop marks what its documents do not say otherwise.
type shopTags struct {
	Staff     string `json:"staff,omitempty"`
	Wholesale string `json:"wholesale,omitempty"`
	Renewal   string `json:"renewal,omitempty"`
}

// shop is a sender of webhooks that the server knows.
type shop struct {
	Name     string
	Platform string
	Shop     string
	Decoder  attribution.Decoder
}

// outside is what shops need of the world around the program.
type outside struct {
	getenv   func(string) string
	now      func() time.Time
	client   *http.Client // for platforms whose webhooks only say what to fetch
	identity attribution.Identity
}

const fetchTimeout = 10 * time.Second

func newOutside(c config, getenv func(string) string) outside {
	return outside{getenv: getenv, now: time.Now, client: newClient(), identity: c.identity}
}

// newClient follows no redirects: they could take a token along to anywhere.
func newClient() *http.Client {
	return &http.Client{
		Timeout:       fetchTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// platform is what the server knows of one.
type platform struct {
	word  string // as people write it
	shop  string // what its shops are known by
	takes []string
	needs []string // of takes
	open  func(f shopFile, k keys, out outside) attribution.Decoder
}

// keys are what the environment holds for a shop.
type keys struct {
	secrets []attribution.Secret
	token   attribution.Secret
}

func platforms() map[string]platform {
	return map[string]platform{
		"shopify": {word: "Shopify", shop: "the *.myshopify.com domain", takes: []string{"tags"}, open: openShopify},
		"woocommerce": {word: "WooCommerce", shop: "the home URL", takes: []string{"market"}, open: func(f shopFile, k keys, out outside) attribution.Decoder {
			return woocommerce.Webhook{Secrets: k.secrets, Shop: f.Shop, Market: f.Market, Identity: out.identity}
		}},
		"stripe": {word: "Stripe", shop: "the account, acct_…", takes: []string{"codes"}, open: func(f shopFile, k keys, out outside) attribution.Decoder {
			return stripe.Webhook{
				Secrets: k.secrets, Account: f.Shop, Now: out.now, Identity: out.identity,
				Codes: func(id string) string { return f.Codes[id] },
			}
		}},
		"bigcommerce": {
			word: "BigCommerce", shop: "the store hash", takes: []string{"token_env"}, needs: []string{"token_env"},
			open: func(f shopFile, k keys, out outside) attribution.Decoder {
				return bigcommerce.Webhook{Secrets: k.secrets, StoreHash: f.Shop, Now: out.now, Client: out.client, Token: k.token, Identity: out.identity}
			},
		},
		"hubspot": {
			word: "HubSpot", shop: "the portal's number", takes: []string{"token_env", "uri", "currency", "market"}, needs: []string{"token_env", "uri"},
			open: func(f shopFile, k keys, out outside) attribution.Decoder {
				return hubspot.Webhook{
					Secrets: k.secrets, URI: f.URI, PortalID: f.portal(), Now: out.now, Client: out.client, Token: k.token,
					Currency: f.Currency, Market: f.Market, Identity: out.identity,
				}
			},
		},
		"signedjson": {word: "Signed JSON", shop: "the shop's name", open: func(f shopFile, k keys, out outside) attribution.Decoder {
			return signedjson.Webhook{Secrets: k.secrets, Shop: f.Shop, Now: out.now, Identity: out.identity}
		}},
	}
}

func openShopify(f shopFile, k keys, out outside) attribution.Decoder {
	return shopify.Webhook{Secrets: k.secrets, Shop: f.Shop, Identity: out.identity, Tags: shopify.Tags(f.Tags)}
}

// portal is 0 for what is no portal's number.
func (f shopFile) portal() int64 {
	n, err := strconv.ParseInt(f.Shop, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// set lists the fields that only some platforms take, with whether the file has them.
func (f shopFile) set() map[string]bool {
	return map[string]bool{
		"token_env": f.TokenEnv != "", "uri": f.URI != "", "currency": f.Currency != "", "market": f.Market != "",
		"codes": len(f.Codes) > 0, "tags": f.Tags != shopTags{},
	}
}

const (
	small   = "abcdefghijklmnopqrstuvwxyz"
	digits  = "0123456789"
	maxName = 100
)

func isShopName(name string) bool {
	return name != "" && len(name) <= maxName && name[0] != '-' && strings.Trim(name, small+digits+"-") == ""
}

// isVariable takes capitals alone, because secrets have small letters.
func isVariable(name string) bool {
	return name != "" && len(name) <= maxName && strings.Trim(name, strings.ToUpper(small)+digits+"_") == ""
}

// openShops makes the decoders of all shops, and reports all that is wrong with them:
// "required", "programme.shop_name", "programme.shop_twice", "programme.platform",
// "programme.shop_field" for a field of another platform, "programme.secret" for a
// variable that the environment does not have, "programme.portal", "programme.uri",
// "programme.currency", "programme.market", and those that the Check of a decoder has.
func openShops(files []shopFile, out outside) ([]shop, []*byline.FieldError) {
	var shops []shop
	var faults []*byline.FieldError
	for i, f := range files {
		c := shopChecker{file: f, out: out, at: fmt.Sprintf("shops[%d]", i)}
		if slices.ContainsFunc(files[:i], func(other shopFile) bool { return other.Name == f.Name }) {
			c.add("name", "programme.shop_twice", "another shop has this name")
		} else if slices.ContainsFunc(files[:i], func(other shopFile) bool { return other.Platform == f.Platform && other.Shop == f.Shop }) {
			c.add("shop", "programme.shop_twice", "this shop stands twice; give the one entry all its secrets")
		}
		shops = append(shops, c.open())
		faults = append(faults, c.faults...)
	}
	return shops, faults
}

// shopNames lists what shops call themselves, as far as it is known.
func shopNames(shops []shop) []string {
	var names []string
	for _, s := range shops {
		if s.Shop != "" {
			names = append(names, strings.TrimPrefix(s.Shop, "https://"))
		}
	}
	return names
}

// shopChecker collects what is wrong with one shop.
type shopChecker struct {
	file   shopFile
	out    outside
	at     string
	faults []*byline.FieldError
}

func (c *shopChecker) add(path, code, message string) {
	c.faults = append(c.faults, &byline.FieldError{Path: c.at + "." + path, Code: code, Message: message})
}

func (c *shopChecker) open() shop {
	f := c.file
	if !isShopName(f.Name) {
		c.add("name", "programme.shop_name", "a name is small letters, digits and hyphens: it ends an address")
	}
	var k keys
	if len(f.SecretsEnv) == 0 {
		c.add("secrets_env", "required", "name the environment variables that hold the signing secrets")
	}
	for i, name := range f.SecretsEnv {
		k.secrets = append(k.secrets, c.secret(fmt.Sprintf("secrets_env[%d]", i), name))
	}
	if f.TokenEnv != "" {
		k.token = c.secret("token_env", f.TokenEnv)
	}
	p, known := platforms()[f.Platform]
	if !known {
		c.add("platform", "programme.platform", "must be shopify, woocommerce, stripe, bigcommerce, hubspot or signedjson")
		return shop{}
	}
	c.fields(p)
	s := shop{Name: f.Name, Platform: f.Platform, Shop: f.Shop, Decoder: p.open(f, k, c.out)}
	if checked, ok := s.Decoder.(interface{ Check() error }); ok {
		c.check(checked.Check())
	}
	return s
}

// check adds what a decoder finds wrong with itself, in the names of the file, and leaves
// out what is known already.
func (c *shopChecker) check(err error) {
	names := strings.NewReplacer(
		c.at+".secrets", c.at+".secrets_env", c.at+".token", c.at+".token_env",
		c.at+".store_hash", c.at+".shop", c.at+".portal_id", c.at+".shop",
	)
	for _, f := range byline.Nest(c.at, err) {
		f.Path = names.Replace(f.Path)
		if !slices.ContainsFunc(c.faults, func(known *byline.FieldError) bool { return known.Path == f.Path }) {
			c.faults = append(c.faults, f)
		}
	}
}

// secret reads a variable. What is no name of one may be the secret itself, written into
// the wrong place, and is not repeated.
func (c *shopChecker) secret(path, name string) attribution.Secret {
	if !isVariable(name) {
		c.add(path, "programme.secret", "write the name of an environment variable in capitals, never the secret itself")
		return ""
	}
	value := c.out.getenv(name)
	if value == "" {
		c.add(path, "programme.secret", "the environment has no "+name)
	}
	return attribution.Secret(value)
}

// fields finds what a platform needs and does not have, and what it has and does not
// take.
func (c *shopChecker) fields(p platform) {
	f, set := c.file, c.file.set()
	if f.Shop == "" {
		c.add("shop", "required", p.word+" knows a shop by "+p.shop)
	}
	for _, field := range []string{"token_env", "uri", "currency", "market", "codes", "tags"} {
		switch {
		case slices.Contains(p.needs, field) && !set[field]:
			c.add(field, "required", p.word+" needs it")
		case set[field] && !slices.Contains(p.takes, field):
			c.add(field, "programme.shop_field", p.word+" has no use for it")
		}
	}
	if f.Platform == "hubspot" && f.Shop != "" && f.portal() == 0 {
		c.add("shop", "programme.portal", "HubSpot knows a portal by its number")
	}
	if f.URI != "" && !strings.HasPrefix(f.URI, "https://") {
		c.add("uri", "programme.uri", "the whole address as it is registered, from https:// on")
	}
	if f.Currency != "" && !f.Currency.Known() {
		c.add("currency", "programme.currency", "not a currency of ISO 4217")
	}
	if f.Market != "" && !f.Market.Known() {
		c.add("market", "programme.market", "not a country of ISO 3166")
	}
}
