package bigcommerce_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/bigcommerce"
)

func configured() bigcommerce.Webhook {
	w := decoder()
	w.Client, w.Token, w.Identity.Key = http.DefaultClient, token, "fictional-identity-key-of-north-pier"
	return w
}

// wrongly are Webhooks with what is wrong with each, as "path code".
func wrongly() map[string]wrong {
	type hook = bigcommerce.Webhook
	return map[string]wrong{
		"nothing wrong":                                  {func(w *hook) { _ = w }, nil},
		"no secrets":                                     {func(w *hook) { w.Secrets = nil }, []string{"secrets bigcommerce.secrets"}},
		"an empty secret beside a good one":              {func(w *hook) { w.Secrets = append(w.Secrets, "") }, []string{"secrets[1] bigcommerce.secrets"}},
		"secrets of zero bytes":                          {func(w *hook) { w.Secrets = []attribution.Secret{"\x00", "hunter-2", "\x00\x00"} }, []string{"secrets[0] bigcommerce.secrets", "secrets[2] bigcommerce.secrets"}},
		"a guessable identity":                           {func(w *hook) { w.Identity.Key = "hunter-2" }, []string{"identity.key identity.key"}},
		"no identity":                                    {func(w *hook) { w.Identity = attribution.Identity{} }, nil},
		"an API with no TLS":                             {func(w *hook) { w.BaseURL = "http://api.demo.example" }, []string{"base_url bigcommerce.base_url"}},
		"an API with no scheme":                          {func(w *hook) { w.BaseURL = "api.demo.example" }, []string{"base_url bigcommerce.base_url"}},
		"an API with no host":                            {func(w *hook) { w.BaseURL = "https:///v2" }, []string{"base_url bigcommerce.base_url"}},
		"an API with a path alone":                       {func(w *hook) { w.BaseURL = "/v2" }, []string{"base_url bigcommerce.base_url"}},
		"an API with another scheme":                     {func(w *hook) { w.BaseURL = "ftp://127.0.0.1" }, []string{"base_url bigcommerce.base_url"}},
		"an API with a user":                             {func(w *hook) { w.BaseURL = "https://hunter:2@api.demo.example" }, []string{"base_url bigcommerce.base_url"}},
		"an API with a query":                            {func(w *hook) { w.BaseURL = "https://api.demo.example?hunter=2" }, []string{"base_url bigcommerce.base_url"}},
		"an API with a fragment":                         {func(w *hook) { w.BaseURL = "https://api.demo.example#" }, []string{"base_url bigcommerce.base_url"}},
		"an API with a host that begins as this machine": {func(w *hook) { w.BaseURL = "http://127.0.0.1.demo.example" }, []string{"base_url bigcommerce.base_url"}},
		"an API with no address":                         {func(w *hook) { w.BaseURL = "https://%zz" }, []string{"base_url bigcommerce.base_url"}},
		"an API with a space in it":                      {func(w *hook) { w.BaseURL = "https://api.demo.example/v2 " }, []string{"base_url bigcommerce.base_url"}},
		"an API at another address":                      {func(w *hook) { w.BaseURL = "https://api.demo.example:8443/proxy" }, nil},
		"an API by its name":                             {func(w *hook) { w.BaseURL = "http://localhost:8080" }, nil},
		"an API by IPv4":                                 {func(w *hook) { w.BaseURL = "http://127.0.0.1:8080/" }, nil},
		"an API by IPv6":                                 {func(w *hook) { w.BaseURL = "http://[::1]:8080" }, nil},
		"an API where it is":                             {func(w *hook) { w.BaseURL = "" }, nil},
		"no clock":                                       {func(w *hook) { w.Now = nil }, []string{"now bigcommerce.clock"}},
		"a negative tolerance":                           {func(w *hook) { w.Tolerance = -1 }, []string{"tolerance bigcommerce.tolerance"}},
		"no client":                                      {func(w *hook) { w.Client = nil }, []string{"client bigcommerce.required"}},
		"no token":                                       {func(w *hook) { w.Token = "" }, []string{"token bigcommerce.required"}},
		"nothing at all":                                 {func(w *hook) { *w = hook{} }, []string{"secrets bigcommerce.secrets", "store_hash bigcommerce.required", "client bigcommerce.required", "token bigcommerce.required"}},
		"everything": {func(w *hook) {
			*w = hook{
				Secrets: []attribution.Secret{""}, Headers: map[string]attribution.Secret{"X-Hunter": "", "": "hunter-2"}, StoreHash: "stores/hunter",
				Tolerance: -1, BaseURL: "http://hunter.demo.example", Identity: attribution.Identity{Key: "hunter-2"},
			}
		}, []string{
			"secrets[0] bigcommerce.secrets", "headers bigcommerce.headers", "now bigcommerce.clock", "tolerance bigcommerce.tolerance",
			"store_hash bigcommerce.store_hash", "client bigcommerce.required", "token bigcommerce.required", "base_url bigcommerce.base_url",
			"identity.key identity.key",
		}},
		"headers in place of secrets and a clock": {func(w *hook) {
			w.Secrets, w.Now, w.Headers = nil, nil, map[string]attribution.Secret{"X-Demo": "hunter-2"}
		}, nil},
		"a header without a value": {func(w *hook) { w.Headers = map[string]attribution.Secret{"X-Demo": "hunter-2", "X-Hunter": ""} }, []string{"headers bigcommerce.headers"}},
		"a header without a name":  {func(w *hook) { w.Headers = map[string]attribution.Secret{"": "hunter-2"} }, []string{"headers bigcommerce.headers"}},
		"no store":                 {func(w *hook) { w.StoreHash = "" }, []string{"store_hash bigcommerce.required"}},
		"a producer for a store":   {func(w *hook) { w.StoreHash = "stores/abcde" }, []string{"store_hash bigcommerce.store_hash"}},
		"a domain for a store":     {func(w *hook) { w.StoreHash = "store-abcde.mybigcommerce.com" }, []string{"store_hash bigcommerce.store_hash"}},
		"a space for a store":      {func(w *hook) { w.StoreHash = "abcde " }, []string{"store_hash bigcommerce.store_hash"}},
		"a colon for a store":      {func(w *hook) { w.StoreHash = "abc:de" }, []string{"store_hash bigcommerce.store_hash"}},
	}
}

type wrong struct {
	change func(*bigcommerce.Webhook)
	want   []string
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for name, tt := range wrongly() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			hook := configured()
			tt.change(&hook)
			err := hook.Check()
			if diff := cmp.Diff(tt.want, codesOf(err)); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
			if err != nil && strings.Contains(err.Error(), "hunter") {
				t.Errorf("the error shows a secret: %v", err)
			}
		})
	}
}
