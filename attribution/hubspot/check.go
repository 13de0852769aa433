package hubspot

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/httpapi"
	"github.com/bylinehq/byline/internal/webhook"
	"github.com/bylinehq/byline/internal/wire"
)

// Check reports all that is wrong with w, for Verify and for Fetch: no secret, or one that
// is empty or of zero bytes only, a URI that is not an https address or has a user in it, a
// method that is not in capitals, no portal, no clock, a negative tolerance, no client, no
// token where the client is an *http.Client that surely adds none, a BaseURL that is not an
// https address (http will do on this machine), an Identity whose Key is too short. The
// error is a [*byline.ValidationError] with codes of the table of this package, and of
// "identity.key". It never shows a secret.
func (w Webhook) Check() error {
	var f faults
	w.checkProof(&f)
	if w.PortalID <= 0 {
		f.add("portal_id", codeID)
	}
	if w.Client == nil {
		f.add("client", codeRequired)
	}
	if w.Token == "" && addsNoToken(w.Client) {
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
	if len(w.Secrets) == 0 {
		f.add("secrets", codeSecrets)
	}
	f.addSecrets(w.Secrets)
	switch {
	case w.URI == "":
		f.add("uri", codeRequired)
	case !isEndpoint(w.URI):
		f.add("uri", codeURI)
	}
	if strings.Trim(w.Method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		f.add("method", codeMethod)
	}
	if w.Now == nil {
		f.add("now", codeClock)
	}
	if w.Tolerance < 0 {
		f.add("tolerance", codeTolerance)
	}
}

func isEndpoint(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https" && u.Hostname() != "" && u.User == nil && !strings.Contains(address, " ")
}

// addsNoToken is false where a client may add a token of its own, as that of an OAuth
// library does in its Transport.
func addsNoToken(d Doer) bool {
	client, isPlain := d.(*http.Client)
	if client == nil {
		return d == nil || isPlain
	}
	switch client.Transport.(type) {
	case nil, *http.Transport:
		return true
	}
	return false
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
