package woocommerce_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/woocommerce"
)

func configured() woocommerce.Webhook { return decoder() }

// wrongly are Webhooks with what is wrong with each, as "path code".
func wrongly() map[string]wrong {
	type hook = woocommerce.Webhook
	return map[string]wrong{
		"nothing wrong":                     {func(w *hook) { _ = w }, nil},
		"no secrets":                        {func(w *hook) { w.Secrets = nil }, []string{"secrets woocommerce.secrets"}},
		"an empty secret beside a good one": {func(w *hook) { w.Secrets = append(w.Secrets, "") }, []string{"secrets[1] woocommerce.secrets"}},
		"secrets of zero bytes":             {func(w *hook) { w.Secrets = []attribution.Secret{"\x00", "hunter-2", "\x00\x00"} }, []string{"secrets[0] woocommerce.secrets", "secrets[2] woocommerce.secrets"}},
		"a guessable identity":              {func(w *hook) { w.Identity.Key = "hunter-2" }, []string{"identity.key identity.key"}},
		"no identity":                       {func(w *hook) { w.Identity = attribution.Identity{} }, nil},
		"nothing at all":                    {func(w *hook) { *w = hook{} }, []string{"secrets woocommerce.secrets", "shop woocommerce.shop_url"}},
		"everything": {func(w *hook) {
			*w = hook{Secrets: []attribution.Secret{""}, Shop: "https://", Identity: attribution.Identity{Key: "hunter-2"}}
		}, []string{"secrets[0] woocommerce.secrets", "shop woocommerce.shop_url", "identity.key identity.key"}},
		"the name of a shop": {func(w *hook) { w.Shop = "demo.example/uk" }, nil},
		"no shop":            {func(w *hook) { w.Shop = "" }, []string{"shop woocommerce.shop_url"}},
		"a space for a shop": {func(w *hook) { w.Shop = " " }, []string{"shop woocommerce.shop_url"}},
		"a space in a shop":  {func(w *hook) { w.Shop = "my hunter" }, []string{"shop woocommerce.shop_url"}},
		"a path alone":       {func(w *hook) { w.Shop = "/shop" }, []string{"shop woocommerce.shop_url"}},
	}
}

type wrong struct {
	change func(*woocommerce.Webhook)
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
