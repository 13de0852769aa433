package webhook_test

import (
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/internal/webhook"
)

// Computed with openssl dgst -sha256 -hmac current -binary over
// POSThttps://shop.demo.example/hooks/hubspot{"id":1}1767225600000.
const (
	hubspotURI = "https://shop.demo.example/hooks/hubspot"
	hubspotSum = "UJnfMHZE4WZbtr5VZ3+WtX5Y6uzVV8ErvmzjhwxjCTQ="
)

func hubspotRequest() webhook.HubSpotRequest {
	return webhook.HubSpotRequest{Method: "POST", URI: hubspotURI, Timestamp: "1767225600000", Signature: hubspotSum}
}

func TestVerifyHubSpot(t *testing.T) {
	t.Parallel()
	type request = webhook.HubSpotRequest
	resign := func(r *request, secret string) { r.Signature = webhook.SignHubSpot(*r, []byte(body), secret) }
	ours := []string{secret}
	tests := map[string]struct {
		body    string
		change  func(*request)
		secrets []string
		want    error
	}{
		"good":                                {body, nil, ours, nil},
		"rotated here":                        {body, nil, []string{"next", secret}, nil},
		"not rotated there":                   {body, nil, []string{secret, "old"}, nil},
		"an empty secret is skipped":          {body, nil, []string{"", secret}, nil},
		"another method, signed":              {body, func(r *request) { r.Method = "GET"; resign(r, secret) }, ours, nil},
		"not signed":                          {body, func(r *request) { r.Signature = "" }, ours, webhook.ErrNotSigned},
		"nothing at all":                      {"", func(r *request) { *r = request{} }, nil, webhook.ErrNotSigned},
		"an empty body":                       {"", func(r *request) { r.Signature = webhook.SignHubSpot(*r, nil, secret) }, ours, webhook.ErrBadSignature},
		"a changed body":                      {body + " ", nil, ours, webhook.ErrBadSignature},
		"another time":                        {body, func(r *request) { r.Timestamp = "1767225600001" }, ours, webhook.ErrBadSignature},
		"seconds":                             {body, func(r *request) { r.Timestamp = "1767225600"; resign(r, secret) }, ours, webhook.ErrExpired},
		"another method":                      {body, func(r *request) { r.Method = "PUT" }, ours, webhook.ErrBadSignature},
		"another address":                     {body, func(r *request) { r.URI += "/" }, ours, webhook.ErrBadSignature},
		"the address without its scheme":      {body, func(r *request) { r.URI = strings.TrimPrefix(r.URI, "https://") }, ours, webhook.ErrBadSignature},
		"no address":                          {body, func(r *request) { r.URI = ""; resign(r, secret) }, ours, webhook.ErrBadSignature},
		"no method":                           {body, func(r *request) { r.Method = ""; resign(r, secret) }, ours, webhook.ErrBadSignature},
		"the method in lower case":            {body, func(r *request) { r.Method = "post"; resign(r, secret) }, ours, webhook.ErrBadSignature},
		"a method that ends in a slash":       {body, func(r *request) { r.Method = "POST/"; resign(r, secret) }, ours, webhook.ErrBadSignature},
		"the method takes from the address":   {body, func(r *request) { r.Method, r.URI = r.Method+r.URI[:8], r.URI[8:] }, ours, webhook.ErrBadSignature},
		"another secret":                      {body, func(r *request) { resign(r, "foreign") }, ours, webhook.ErrBadSignature},
		"no secret":                           {body, nil, nil, webhook.ErrBadSignature},
		"only an empty secret":                {body, func(r *request) { resign(r, "") }, []string{""}, webhook.ErrBadSignature},
		"only a secret of zero bytes":         {body, func(r *request) { resign(r, "\x00") }, []string{"\x00"}, webhook.ErrBadSignature},
		"no secret, signed with the stand-in": {body, func(r *request) { resign(r, "no secret") }, nil, webhook.ErrBadSignature},
		"the body alone was signed":           {body, func(r *request) { r.Signature = base64Sum }, ours, webhook.ErrBadSignature},
		"hexadecimal":                         {body, func(r *request) { r.Signature = strings.Repeat("0a", 32) }, ours, webhook.ErrBadSignature},
		"without padding":                     {body, func(r *request) { r.Signature = strings.TrimRight(r.Signature, "=") }, ours, webhook.ErrBadSignature},
		"spare bits are set":                  {body, func(r *request) { r.Signature = strings.Replace(r.Signature, "CTQ=", "CTR=", 1) }, ours, webhook.ErrBadSignature},
		"a space for a plus":                  {body, func(r *request) { r.Signature = strings.Replace(r.Signature, "+", " ", 1) }, ours, webhook.ErrBadSignature},
		"a space after":                       {body, func(r *request) { r.Signature += " " }, ours, webhook.ErrBadSignature},
		"a NUL after":                         {body, func(r *request) { r.Signature += "\x00" }, ours, webhook.ErrBadSignature},
		"two signatures":                      {body, func(r *request) { r.Signature += ", " + r.Signature }, ours, webhook.ErrBadSignature},
		"commas only":                         {body, func(r *request) { r.Signature = strings.Repeat(",", 44) }, ours, webhook.ErrBadSignature},
		"a megabyte":                          {body, func(r *request) { r.Signature = strings.Repeat("A", 1<<20) }, ours, webhook.ErrBadSignature},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := hubspotRequest()
			if tt.change != nil {
				tt.change(&r)
			}
			if got := r.Verify([]byte(tt.body), webhook.Moment{Now: now()}, tt.secrets...); !errors.Is(got, tt.want) {
				t.Errorf("Verify = %v, want %v", got, tt.want)
			}
		})
	}
}

// Nothing stands between the body and the time after it, so one signature is good for
// every way to part them. Each but the one that was meant must be refused.
func TestHubSpotBodyAndTime(t *testing.T) {
	t.Parallel()
	at := webhook.Moment{Now: now()}
	for _, sent := range []string{"1", "10", "100", "[1,2]", "0", "00", "9000", `{"id":1}0`} {
		r := hubspotRequest()
		r.Signature = webhook.SignHubSpot(r, []byte(sent), secret)
		require.NoError(t, r.Verify([]byte(sent), at, secret))
		whole := sent + r.Timestamp
		for i := range len(whole) + 1 {
			r.Timestamp = whole[i:]
			if err := r.Verify([]byte(whole[:i]), at, secret); (err == nil) != (i == len(sent)) {
				t.Errorf("%q signed, %q at %q: %v", sent, whole[:i], whole[i:], err)
			}
		}
	}
}

func TestHubSpotCountsMilliseconds(t *testing.T) {
	t.Parallel()
	r := hubspotRequest()
	r.Timestamp = "1767225600999"
	r.Signature = webhook.SignHubSpot(r, []byte(body), secret)
	latest := time.UnixMilli(1767225600999).Add(5 * time.Minute)
	require.NoError(t, r.Verify([]byte(body), webhook.Moment{Now: latest}, secret))
	require.ErrorIs(t, r.Verify([]byte(body), webhook.Moment{Now: latest.Add(time.Millisecond)}, secret), webhook.ErrExpired)
}

func TestSignHubSpot(t *testing.T) {
	t.Parallel()
	r := hubspotRequest()
	r.Signature = "anything"
	if got := webhook.SignHubSpot(r, []byte(body), secret); got != hubspotSum {
		t.Errorf("SignHubSpot = %q, want %q", got, hubspotSum)
	}
}

//nolint:paralleltest // AllocsPerRun counts what the whole program allocates
func TestVerifyHubSpotWorkTellsNothing(t *testing.T) {
	work := func(secrets ...string) float64 {
		return testing.AllocsPerRun(100, func() { _ = hubspotRequest().Verify([]byte(body), webhook.Moment{Now: now()}, secrets...) })
	}
	if known, unknown := work("foreign"), work(); unknown != known {
		t.Errorf("an unknown sender costs %v, a known one %v", unknown, known)
	}
}

func FuzzVerifyHubSpot(f *testing.F) {
	f.Add([]byte(body), "POST", hubspotURI, "1767225600000", hubspotSum, int64(stamp)*1000, secret, "")
	f.Add([]byte(body), "POST", hubspotURI, "1767225600000", hubspotSum, int64(stamp)*1000+300_000, "next", secret)
	f.Add([]byte("10"), "GET", "/", "01767225600000", hubspotSum, int64(stamp)*1000, "", "\x00")
	f.Add([]byte{}, "", "", "-1", "", int64(0), "a", "b")
	f.Fuzz(func(t *testing.T, body []byte, method, uri, timestamp, signature string, milliseconds int64, first, second string) {
		r := webhook.HubSpotRequest{Method: method, URI: uri, Timestamp: timestamp, Signature: signature}
		at := webhook.Moment{Now: time.UnixMilli(milliseconds)}
		if (r.Verify(body, at, first, second) == nil) != genuineHubSpot(body, r, at, first, second) {
			t.Errorf("%+v is judged wrongly", r)
		}
		r.Timestamp = strconv.FormatInt(milliseconds, 10)
		r.Signature = webhook.SignHubSpot(r, body, first)
		if (r.Verify(body, at, first) == nil) != genuineHubSpot(body, r, at, first) {
			t.Errorf("own request %+v is judged wrongly", r)
		}
		if r.Verify(append(body, 'x'), at, first) == nil {
			t.Error("the signature of a shorter body was accepted")
		}
	})
}

// genuineHubSpot says the same as Verify by comparing texts instead of sums.
func genuineHubSpot(body []byte, r webhook.HubSpotRequest, at webhook.Moment, secrets ...string) bool {
	milliseconds, err := strconv.ParseInt(r.Timestamp, 10, 64)
	if err != nil || milliseconds < 1 || r.Timestamp != strconv.FormatInt(milliseconds, 10) || !near(at.Now, milliseconds) {
		return false
	}
	if r.Method == "" || strings.Trim(r.Method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" || r.URI == "" || len(body) == 0 {
		return false
	}
	for _, s := range secrets {
		want := base64.StdEncoding.EncodeToString(bareHMAC(s, r.Method+r.URI+string(body)+r.Timestamp))
		if strings.Trim(s, "\x00") != "" && r.Signature == want {
			return true
		}
	}
	return false
}
