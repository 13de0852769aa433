package bigcommerce

import (
	"fmt"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/httpapi"
	"github.com/bylinehq/byline/internal/webhook"
	"github.com/bylinehq/byline/internal/wire"
)

// Check reports all that is wrong with w, for Verify and for Fetch: neither a secret nor a
// custom header, a secret that is empty or of zero bytes only, a custom header without name
// or value, no clock where there are secrets, a negative tolerance, no store hash or one
// that is more than the hash, no client, no token, a BaseURL that is not an https address
// (http will do on this machine), an Identity whose Key is too short. The error is a
// [*byline.ValidationError] with codes of the table of this package, and of "identity.key".
// It never shows a secret.
func (w Webhook) Check() error {
	var f faults
	w.checkProof(&f)
	switch {
	case w.StoreHash == "":
		f.add("store_hash", codeRequired)
	case strings.ContainsAny(w.StoreHash, "/:.?# \t\r\n"):
		f.add("store_hash", codeStoreHash)
	}
	if w.Client == nil {
		f.add("client", codeRequired)
	}
	if w.Token == "" {
		f.add("token", codeRequired)
	}
	if w.BaseURL != "" && !httpapi.IsBase(w.BaseURL) {
		f.add("base_url", codeBaseURL)
	}
	f = append(f, byline.Nest("identity", w.Identity.Validate())...)
	return byline.Faults(f)
}

// checkProof looks at what webhooks are proven by.
func (w Webhook) checkProof(f *faults) {
	if len(w.Secrets) == 0 && len(w.Headers) == 0 {
		f.add("secrets", codeSecrets)
	}
	f.addSecrets(w.Secrets)
	for name, value := range w.Headers {
		if name == "" || value == "" {
			// Told once and without the name: who mixes up the two has the secret there.
			f.add("headers", codeHeaders)
			break
		}
	}
	if w.Now == nil && len(w.Secrets) > 0 {
		f.add("now", codeClock)
	}
	if w.Tolerance < 0 {
		f.add("tolerance", codeTolerance)
	}
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
