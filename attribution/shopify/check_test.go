package shopify_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/shopify"
)

func configured() shopify.Webhook { return identifying() }

// wrongly are Webhooks with what is wrong with each, as "path code".
func wrongly() map[string]wrong {
	type hook = shopify.Webhook
	return map[string]wrong{
		"nothing wrong":                     {func(w *hook) { _ = w }, nil},
		"no secrets":                        {func(w *hook) { w.Secrets = nil }, []string{"secrets shopify.secrets"}},
		"an empty secret beside a good one": {func(w *hook) { w.Secrets = append(w.Secrets, "") }, []string{"secrets[1] shopify.secrets"}},
		"secrets of zero bytes":             {func(w *hook) { w.Secrets = []attribution.Secret{"\x00", "hunter-2", "\x00\x00"} }, []string{"secrets[0] shopify.secrets", "secrets[2] shopify.secrets"}},
		"a guessable identity":              {func(w *hook) { w.Identity.Key = "hunter-2" }, []string{"identity.key identity.key"}},
		"no identity":                       {func(w *hook) { w.Identity = attribution.Identity{} }, nil},
		"nothing at all":                    {func(w *hook) { *w = hook{} }, []string{"secrets shopify.secrets"}},
		"everything": {func(w *hook) {
			*w = hook{Secrets: []attribution.Secret{""}, Shop: "demo.example", Identity: attribution.Identity{Key: "hunter-2"}}
		}, []string{"secrets[0] shopify.secrets", "shop shopify.shop_domain", "identity.key identity.key"}},
		"any shop":                      {func(w *hook) { w.Shop = "" }, nil},
		"a shop in capitals":            {func(w *hook) { w.Shop = " North-Pier.myshopify.com " }, nil},
		"a space for a shop":            {func(w *hook) { w.Shop = " " }, []string{"shop shopify.shop_domain"}},
		"the domain that customers see": {func(w *hook) { w.Shop = "demo.example" }, []string{"shop shopify.shop_domain"}},
		"an address":                    {func(w *hook) { w.Shop = "https://north-pier.myshopify.com" }, []string{"shop shopify.shop_domain"}},
		"a path":                        {func(w *hook) { w.Shop = "north-pier.myshopify.com/admin" }, []string{"shop shopify.shop_domain"}},
		"a port":                        {func(w *hook) { w.Shop = "north-pier.myshopify.com:443" }, []string{"shop shopify.shop_domain"}},
		"no name":                       {func(w *hook) { w.Shop = ".myshopify.com" }, []string{"shop shopify.shop_domain"}},
		"a longer domain":               {func(w *hook) { w.Shop = "north-pier.myshopify.com.demo.example" }, []string{"shop shopify.shop_domain"}},
		"a user":                        {func(w *hook) { w.Shop = "hunter@north-pier.myshopify.com" }, []string{"shop shopify.shop_domain"}},
	}
}

type wrong struct {
	change func(*shopify.Webhook)
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

// Only "" believes the header: a name that was lost on its way into the configuration
// does not open the endpoint to every shop of the app.
func TestABlankShopBelievesNoHeader(t *testing.T) {
	t.Parallel()
	hook := configured()
	hook.Shop = " "
	body := []byte(plainOrder)
	_, err := hook.Verify(signed("orders/create", body), body)
	require.ErrorIs(t, err, attribution.ErrBadSignature)
}
