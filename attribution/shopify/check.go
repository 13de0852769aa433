package shopify

import (
	"fmt"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/webhook"
	"github.com/bylinehq/byline/internal/wire"
)

// shopDomain ends the names of all shops. Webhooks name a shop by it, whatever domain its
// customers see.
// https://shopify.dev/docs/apps/build/webhooks/delivery-structure, read 2026-11-22.
const shopDomain = ".myshopify.com"

// Check reports all that is wrong with w: no secret, or one that is empty or of zero bytes
// only, a shop that is not a *.myshopify.com domain, an Identity whose Key is too short. No
// shop at all is no fault; see [Webhook]. The error is a [*byline.ValidationError] with
// codes of the table of this package, and of "identity.key". It never shows a secret.
func (w Webhook) Check() error {
	var f faults
	if len(w.Secrets) == 0 {
		f.add("secrets", codeSecrets)
	}
	f.addSecrets(w.Secrets)
	if w.Shop != "" && !isShopDomain(normalShop(w.Shop)) {
		f.add("shop", codeShopDomain)
	}
	f = append(f, byline.Nest("identity", w.Identity.Validate())...)
	return byline.Faults(f)
}

func isShopDomain(domain string) bool {
	name, ok := strings.CutSuffix(domain, shopDomain)
	return ok && name != "" && !strings.ContainsAny(name, "/:@.?# \t\r\n")
}

type faults []*byline.FieldError

func (f *faults) add(path, code string) {
	*f = append(*f, wire.Fault(codes(), path, code, ""))
}

// addSecrets notes the secrets that verify nothing.
func (f *faults) addSecrets(secrets []attribution.Secret) {
	for i, secret := range secrets {
		if !webhook.Usable(string(secret)) {
			f.add(fmt.Sprintf("secrets[%d]", i), codeSecrets)
		}
	}
}
