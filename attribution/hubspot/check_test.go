package hubspot_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/hubspot"
)

func configured() hubspot.Webhook {
	w := decoder()
	w.Client, w.Token, w.Identity.Key = http.DefaultClient, token, "fictional-identity-key-of-north-pier"
	return w
}

// adding stands for a client, or the transport of one, that knows a token.
type adding struct{}

func (adding) Do(*http.Request) (*http.Response, error) { return nil, http.ErrNotSupported }

func (adding) RoundTrip(*http.Request) (*http.Response, error) { return nil, http.ErrNotSupported }

// wrongly are Webhooks with what is wrong with each, as "path code".
func wrongly() map[string]wrong {
	type hook = hubspot.Webhook
	return map[string]wrong{
		"nothing wrong":                                  {func(w *hook) { _ = w }, nil},
		"no secrets":                                     {func(w *hook) { w.Secrets = nil }, []string{"secrets hubspot.secrets"}},
		"an empty secret beside a good one":              {func(w *hook) { w.Secrets = append(w.Secrets, "") }, []string{"secrets[1] hubspot.secrets"}},
		"secrets of zero bytes":                          {func(w *hook) { w.Secrets = []attribution.Secret{"\x00", "hunter-2", "\x00\x00"} }, []string{"secrets[0] hubspot.secrets", "secrets[2] hubspot.secrets"}},
		"a guessable identity":                           {func(w *hook) { w.Identity.Key = "hunter-2" }, []string{"identity.key identity.key"}},
		"no identity":                                    {func(w *hook) { w.Identity = attribution.Identity{} }, nil},
		"an API with no TLS":                             {func(w *hook) { w.BaseURL = "http://api.demo.example" }, []string{"base_url hubspot.base_url"}},
		"an API with no scheme":                          {func(w *hook) { w.BaseURL = "api.demo.example" }, []string{"base_url hubspot.base_url"}},
		"an API with no host":                            {func(w *hook) { w.BaseURL = "https:///v2" }, []string{"base_url hubspot.base_url"}},
		"an API with a path alone":                       {func(w *hook) { w.BaseURL = "/v2" }, []string{"base_url hubspot.base_url"}},
		"an API with another scheme":                     {func(w *hook) { w.BaseURL = "ftp://127.0.0.1" }, []string{"base_url hubspot.base_url"}},
		"an API with a user":                             {func(w *hook) { w.BaseURL = "https://hunter:2@api.demo.example" }, []string{"base_url hubspot.base_url"}},
		"an API with a query":                            {func(w *hook) { w.BaseURL = "https://api.demo.example?hunter=2" }, []string{"base_url hubspot.base_url"}},
		"an API with a fragment":                         {func(w *hook) { w.BaseURL = "https://api.demo.example#" }, []string{"base_url hubspot.base_url"}},
		"an API with a host that begins as this machine": {func(w *hook) { w.BaseURL = "http://127.0.0.1.demo.example" }, []string{"base_url hubspot.base_url"}},
		"an API with no address":                         {func(w *hook) { w.BaseURL = "https://%zz" }, []string{"base_url hubspot.base_url"}},
		"an API with a space in it":                      {func(w *hook) { w.BaseURL = "https://api.demo.example/v2 " }, []string{"base_url hubspot.base_url"}},
		"an API at another address":                      {func(w *hook) { w.BaseURL = "https://api.demo.example:8443/proxy" }, nil},
		"an API by its name":                             {func(w *hook) { w.BaseURL = "http://localhost:8080" }, nil},
		"an API by IPv4":                                 {func(w *hook) { w.BaseURL = "http://127.0.0.1:8080/" }, nil},
		"an API by IPv6":                                 {func(w *hook) { w.BaseURL = "http://[::1]:8080" }, nil},
		"an API where it is":                             {func(w *hook) { w.BaseURL = "" }, nil},
		"no clock":                                       {func(w *hook) { w.Now = nil }, []string{"now hubspot.clock"}},
		"a negative tolerance":                           {func(w *hook) { w.Tolerance = -1 }, []string{"tolerance hubspot.tolerance"}},
		"no client":                                      {func(w *hook) { w.Client = nil }, []string{"client hubspot.required"}},
		"no token":                                       {func(w *hook) { w.Token = "" }, []string{"token hubspot.required"}},
		"nothing at all":                                 {func(w *hook) { *w = hook{} }, []string{"secrets hubspot.secrets", "uri hubspot.required", "now hubspot.clock", "portal_id hubspot.id", "client hubspot.required", "token hubspot.required"}},
		"everything": {func(w *hook) {
			*w = hook{
				Secrets: []attribution.Secret{""}, URI: "http://hunter.demo.example", Method: "post", PortalID: -1,
				Tolerance: -1, BaseURL: "http://hunter.demo.example", Identity: attribution.Identity{Key: "hunter-2"},
			}
		}, []string{
			"secrets[0] hubspot.secrets", "uri hubspot.uri", "method hubspot.method", "now hubspot.clock", "tolerance hubspot.tolerance",
			"portal_id hubspot.id", "client hubspot.required", "token hubspot.required", "base_url hubspot.base_url", "identity.key identity.key",
		}},
		"no address":                              {func(w *hook) { w.URI = "" }, []string{"uri hubspot.required"}},
		"an address with no TLS":                  {func(w *hook) { w.URI = "http://hooks.demo.example" }, []string{"uri hubspot.uri"}},
		"an address with no TLS on this machine":  {func(w *hook) { w.URI = "http://127.0.0.1/hooks" }, []string{"uri hubspot.uri"}},
		"an address with no scheme":               {func(w *hook) { w.URI = "hooks.demo.example/hubspot" }, []string{"uri hubspot.uri"}},
		"an address with no host":                 {func(w *hook) { w.URI = "https:///hooks" }, []string{"uri hubspot.uri"}},
		"an address with a path alone":            {func(w *hook) { w.URI = "/hooks" }, []string{"uri hubspot.uri"}},
		"an address with a user":                  {func(w *hook) { w.URI = "https://hunter:2@hooks.demo.example" }, []string{"uri hubspot.uri"}},
		"an address with a space behind it":       {func(w *hook) { w.URI = "https://hooks.demo.example/hubspot " }, []string{"uri hubspot.uri"}},
		"another method":                          {func(w *hook) { w.Method = "PUT" }, nil},
		"a method in small letters":               {func(w *hook) { w.Method = "post" }, []string{"method hubspot.method"}},
		"no portal":                               {func(w *hook) { w.PortalID = 0 }, []string{"portal_id hubspot.id"}},
		"a portal below zero":                     {func(w *hook) { w.PortalID = -1 }, []string{"portal_id hubspot.id"}},
		"a client that may add its own token":     {func(w *hook) { w.Token, w.Client = "", &http.Client{Transport: adding{}} }, nil},
		"a client of another kind and no token":   {func(w *hook) { w.Token, w.Client = "", adding{} }, nil},
		"a transport that adds no token":          {func(w *hook) { w.Token, w.Client = "", &http.Client{Transport: &http.Transport{}} }, []string{"token hubspot.required"}},
		"no client behind its type, and no token": {func(w *hook) { w.Token, w.Client = "", (*http.Client)(nil) }, []string{"token hubspot.required"}},
	}
}

type wrong struct {
	change func(*hubspot.Webhook)
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
