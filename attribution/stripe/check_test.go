package stripe_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/stripe"
)

func configured() stripe.Webhook {
	w := decoder()
	w.Secrets, w.Identity.Key = w.Secrets[:1:1], "fictional-identity-key-of-the-harbour"
	return w
}

// wrongly are Webhooks with what is wrong with each, as "path code".
func wrongly() map[string]wrong {
	type hook = stripe.Webhook
	return map[string]wrong{
		"nothing wrong":                     {func(w *hook) { _ = w }, nil},
		"no secrets":                        {func(w *hook) { w.Secrets = nil }, []string{"secrets stripe.secrets"}},
		"an empty secret beside a good one": {func(w *hook) { w.Secrets = append(w.Secrets, "") }, []string{"secrets[1] stripe.secrets"}},
		"secrets of zero bytes":             {func(w *hook) { w.Secrets = []attribution.Secret{"\x00", "hunter-2", "\x00\x00"} }, []string{"secrets[0] stripe.secrets", "secrets[2] stripe.secrets"}},
		"a guessable identity":              {func(w *hook) { w.Identity.Key = "hunter-2" }, []string{"identity.key identity.key"}},
		"no identity":                       {func(w *hook) { w.Identity = attribution.Identity{} }, nil},
		"nothing at all":                    {func(w *hook) { *w = hook{} }, []string{"secrets stripe.secrets", "now stripe.clock"}},
		"everything": {func(w *hook) {
			*w = hook{Secrets: []attribution.Secret{""}, Tolerance: -1, Identity: attribution.Identity{Key: "hunter-2"}}
		}, []string{"secrets[0] stripe.secrets", "now stripe.clock", "tolerance stripe.tolerance", "identity.key identity.key"}},
		"secrets of other forms": {func(w *hook) { w.Secrets = []attribution.Secret{"whsec_", "whsec_AAAA", "whpk_AAAA", "AAAA"} }, nil},
		"any account":            {func(w *hook) { w.Account = "" }, nil},
		"no clock":               {func(w *hook) { w.Now = nil }, []string{"now stripe.clock"}},
		"a negative tolerance":   {func(w *hook) { w.Tolerance = -1 }, []string{"tolerance stripe.tolerance"}},
	}
}

type wrong struct {
	change func(*stripe.Webhook)
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
