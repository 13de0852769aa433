package stripe

import (
	"fmt"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
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

// addSecrets notes the secrets that verify nothing: HMAC pads its key with zero bytes, so
// one made of them is as good as none.
func (f *faults) addSecrets(secrets []attribution.Secret) {
	for i, secret := range secrets {
		if strings.Trim(string(secret), "\x00") == "" {
			f.add(fmt.Sprintf("secrets[%d]", i), codeSecrets)
		}
	}
}
