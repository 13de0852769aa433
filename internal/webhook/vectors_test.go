package webhook_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/internal/golden"
	"github.com/bylinehq/byline/internal/webhook"
)

// vector is one signature from a vendor's own test suite, in the research data.
type vector struct {
	ID           string            `json:"id"`
	Platform     string            `json:"platform"`
	Scheme       string            `json:"scheme"`
	Expect       string            `json:"expect"`
	Secret       string            `json:"secret"`
	ClientSecret string            `json:"client_secret"`
	Method       string            `json:"method"`
	URL          string            `json:"url"`
	Body         string            `json:"body"`
	Headers      map[string]string `json:"headers"`
	Signed       string            `json:"signed"`
	SignatureHex string            `json:"signature_hex"`
	Now          int64             `json:"now"`
	Tolerance    int64             `json:"tolerance_s"`
}

func (v vector) header(name string) string {
	header := http.Header{}
	for key, value := range v.Headers {
		header.Set(key, value)
	}
	return header.Get(name)
}

func (v vector) moment() webhook.Moment {
	return webhook.Moment{Now: time.Unix(v.Now, 0), Tolerance: time.Duration(v.Tolerance) * time.Second}
}

func (v vector) shopify(*testing.T) error {
	if v.Scheme == "oauth-query-hmac-sha256-hex" {
		return webhook.VerifyHMAC([]byte(v.Signed), v.SignatureHex, webhook.Hex, v.Secret)
	}
	return webhook.VerifyHMAC([]byte(v.Body), v.header("X-Shopify-Hmac-Sha256"), webhook.Base64, v.Secret)
}

func (v vector) stripe(*testing.T) error {
	return webhook.VerifyStripe([]byte(v.Body), v.header("Stripe-Signature"), v.moment(), v.Secret)
}

func (v vector) standard(t *testing.T) error {
	key, err := webhook.ParseStandardKey(v.Secret)
	require.NoError(t, err)
	h := webhook.StandardHeader{
		ID: v.header("webhook-id"), Timestamp: v.header("webhook-timestamp"), Signature: v.header("webhook-signature"),
	}
	got := h.Verify([]byte(v.Body), v.moment(), key)
	if v.ClientSecret != "" {
		require.Equal(t, got, h.Verify([]byte(v.Body), v.moment(), webhook.RawStandardKey(v.ClientSecret)))
	}
	return got
}

// hubspot judges version 3, and says of the older versions what their own rules say
// once it has seen that version 3 refuses them.
func (v vector) hubspot(t *testing.T) error {
	r := webhook.HubSpotRequest{
		Method: v.Method, URI: v.URL,
		Timestamp: v.header("X-HubSpot-Request-Timestamp"), Signature: v.header("X-HubSpot-Signature-v3"),
	}
	if strings.HasPrefix(v.Scheme, "v3") {
		return r.Verify([]byte(v.Body), v.moment(), v.Secret)
	}
	at := webhook.Moment{Now: now()}
	require.ErrorIs(t, r.Verify([]byte(v.Body), at, v.Secret), webhook.ErrNotSigned)
	r.Signature = v.header("X-HubSpot-Signature")
	r.Timestamp = strconv.FormatInt(at.Now.UnixMilli(), 10)
	require.ErrorIs(t, r.Verify([]byte(v.Body), at, v.Secret), webhook.ErrBadSignature)
	return nil
}

func TestVectors(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(golden.SharedData(t, "payloads", "vectors.json"))
	require.NoError(t, err)
	var file struct {
		Vectors []vector `json:"vectors"`
	}
	require.NoError(t, json.Unmarshal(data, &file))

	judges := map[string]func(vector, *testing.T) error{
		"shopify": vector.shopify, "stripe": vector.stripe, "hubspot": vector.hubspot,
		"standard-webhooks": vector.standard, "bigcommerce": vector.standard,
	}
	judged := map[string]int{}
	for _, v := range file.Vectors {
		judge, ours := judges[v.Platform]
		if !ours {
			continue
		}
		judged[v.Platform]++
		t.Run(v.ID, func(t *testing.T) {
			t.Parallel()
			got := judge(v, t)
			if accepted := got == nil; accepted != (v.Expect == "valid") {
				t.Errorf("got %v, the vendor expects %s", got, v.Expect)
			}
			if errors.Is(got, webhook.ErrExpired) {
				t.Errorf("got %v, and no vector is about the time", got)
			}
		})
	}
	for platform, least := range map[string]int{"shopify": 5, "stripe": 3, "hubspot": 4, "standard-webhooks": 3, "bigcommerce": 1} {
		if judged[platform] < least {
			t.Errorf("judged %d vectors of %s, want %d", judged[platform], platform, least)
		}
	}
}
