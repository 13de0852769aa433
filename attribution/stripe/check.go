package stripe

import (
	"fmt"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/webhook"
	"github.com/bylinehq/byline/internal/wire"
)

// Check reports all that is wrong with w: no secret, or one that is empty or of zero bytes
// only, no clock, a negative tolerance, an Identity whose Key is too short. A secret is any
// other text: Stripe signs with the text itself, so none can be seen to be cut short. The
// error is a [*byline.ValidationError] with codes of the table of this package, and of
// "identity.key". It never shows a secret.
func (w Webhook) Check() error {
	var f faults
	if len(w.Secrets) == 0 {
		f.add("secrets", codeSecrets)
	}
	f.addSecrets(w.Secrets)
	if w.Now == nil {
		f.add("now", codeClock)
	}
	if w.Tolerance < 0 {
		f.add("tolerance", codeTolerance)
	}
	f = append(f, byline.Nest("identity", w.Identity.Validate())...)
	return byline.Faults(f)
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
