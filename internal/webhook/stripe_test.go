package webhook_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/internal/webhook"
)

// Computed with openssl: printf '1767225600.{"id":1}' | openssl dgst -sha256 -hmac <secret>.
const (
	sharedText = "whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u"
	stripeSum  = "a89e8338d43e19d9c4a9890f179fa2965cd83617707140c8f6147b0b9411f29e"

	previousText = "whsec_previous"
	previousSum  = "b5341b2aa9414f6b549cfc64b8e20c3530f43ea0ab587b41a0d1692f0d14068b"
)

func TestVerifyStripe(t *testing.T) {
	t.Parallel()
	good := "t=1767225600,v1=" + stripeSum
	zeros := strings.Repeat("0", 64)
	signed := func(secret string) string { return webhook.SignStripe([]byte(body), now(), secret) }
	ours := []string{sharedText}
	tests := map[string]struct {
		body    string
		header  string
		secrets []string
		want    error
	}{
		"one v1":                              {body, good, ours, nil},
		"v1 before t":                         {body, "v1=" + stripeSum + ",t=1767225600", ours, nil},
		"in upper case":                       {body, "t=1767225600,v1=" + strings.ToUpper(stripeSum), ours, nil},
		"rolled, we have the new secret":      {body, "t=1767225600,v1=" + previousSum + ",v1=" + stripeSum, ours, nil},
		"rolled, we have the old secret":      {body, "t=1767225600,v1=" + previousSum + ",v1=" + stripeSum, []string{previousText}, nil},
		"rolled here first":                   {body, good, []string{"whsec_next", sharedText}, nil},
		"not rolled here yet":                 {body, "t=1767225600,v1=" + previousSum, []string{sharedText, previousText}, nil},
		"one good among bad ones":             {body, "t=1767225600,v1=" + zeros + ",v1=zz,v1=,v1=" + stripeSum + ",v1=" + zeros, ours, nil},
		"a v0 beside it":                      {body, good + ",v0=" + zeros, ours, nil},
		"keys nobody knows":                   {body, "x=," + good + ",v2=" + zeros + ",=", ours, nil},
		"an empty secret is skipped":          {body, good, []string{"", sharedText}, nil},
		"not signed":                          {body, "", ours, webhook.ErrNotSigned},
		"not signed and empty":                {"", "", ours, webhook.ErrNotSigned},
		"an empty body":                       {"", webhook.SignStripe(nil, now(), sharedText), ours, webhook.ErrBadSignature},
		"a changed body":                      {body + " ", good, ours, webhook.ErrBadSignature},
		"another time":                        {body, "t=1767225601,v1=" + stripeSum, ours, webhook.ErrBadSignature},
		"another secret":                      {body, signed("foreign"), ours, webhook.ErrBadSignature},
		"the secret without its prefix":       {body, signed(strings.TrimPrefix(sharedText, "whsec_")), ours, webhook.ErrBadSignature},
		"no secret":                           {body, good, nil, webhook.ErrBadSignature},
		"only an empty secret":                {body, signed(""), []string{""}, webhook.ErrBadSignature},
		"only a secret of zero bytes":         {body, signed("\x00"), []string{"\x00"}, webhook.ErrBadSignature},
		"no secret, signed with the stand-in": {body, signed("no secret"), nil, webhook.ErrBadSignature},
		"signed as v0 only":                   {body, "t=1767225600,v0=" + stripeSum, ours, webhook.ErrBadSignature},
		"signed as v2 only":                   {body, "t=1767225600,v2=" + stripeSum, ours, webhook.ErrBadSignature},
		"signed as V1":                        {body, "t=1767225600,V1=" + stripeSum, ours, webhook.ErrBadSignature},
		"the body alone was signed":           {body, "t=1767225600,v1=" + webhook.Sign([]byte(body), webhook.Hex, sharedText), ours, webhook.ErrBadSignature},
		"base64":                              {body, "t=1767225600,v1=" + webhook.Sign([]byte("1767225600."+body), webhook.Base64, sharedText), ours, webhook.ErrBadSignature},
		"a bare sum":                          {body, stripeSum, ours, webhook.ErrBadSignature},
		"no t":                                {body, "v1=" + stripeSum, ours, webhook.ErrBadSignature},
		"no t, signed so":                     {body, "v1=" + webhook.Sign([]byte("."+body), webhook.Hex, sharedText), ours, webhook.ErrBadSignature},
		"an empty t":                          {body, "t=,v1=" + stripeSum, ours, webhook.ErrBadSignature},
		"an empty t before a good one":        {body, "t=," + good, ours, webhook.ErrBadSignature},
		"two t":                               {body, "t=1," + good, ours, webhook.ErrBadSignature},
		"the same t twice":                    {body, good + ",t=1767225600", ours, webhook.ErrBadSignature},
		"no v1":                               {body, "t=1767225600", ours, webhook.ErrBadSignature},
		"an empty v1":                         {body, "t=1767225600,v1=", ours, webhook.ErrBadSignature},
		"v1 without a value":                  {body, good + ",v1", ours, webhook.ErrBadSignature},
		"an equals sign too many":             {body, good + "=", ours, webhook.ErrBadSignature},
		"a key with two values":               {body, good + ",x=a=b", ours, webhook.ErrBadSignature},
		"a v1 a byte too short":               {body, "t=1767225600,v1=" + stripeSum[:62], ours, webhook.ErrBadSignature},
		"a v1 a digit too short":              {body, "t=1767225600,v1=" + stripeSum[:63], ours, webhook.ErrBadSignature},
		"a v1 a byte too long":                {body, good + "00", ours, webhook.ErrBadSignature},
		"all but the last byte":               {body, good[:len(good)-2] + "00", ours, webhook.ErrBadSignature},
		"an ending comma":                     {body, good + ",", ours, webhook.ErrBadSignature},
		"a comma":                             {body, ",", ours, webhook.ErrBadSignature},
		"commas only":                         {body, strings.Repeat(",", 1000), ours, webhook.ErrBadSignature},
		"a space after the comma":             {body, strings.Replace(good, ",", ", ", 1), ours, webhook.ErrBadSignature},
		"a space before":                      {body, " " + good, ours, webhook.ErrBadSignature},
		"a space after":                       {body, good + " ", ours, webhook.ErrBadSignature},
		"a NUL after":                         {body, good + "\x00", ours, webhook.ErrBadSignature},
		"semicolons":                          {body, strings.Replace(good, ",", ";", 1), ours, webhook.ErrBadSignature},
		"two headers joined":                  {body, good + ", " + good, ours, nil},
		"a list as long as can be":            {body, good + ",x=" + strings.Repeat("x", 1024-len(good)-3), ours, nil},
		"a list a character longer":           {body, good + ",x=" + strings.Repeat("x", 1024-len(good)-2), ours, webhook.ErrBadSignature},
		"thousands of v1":                     {body, good + strings.Repeat(",v1="+stripeSum, 5000), ours, webhook.ErrBadSignature},
		"a megabyte":                          {body, strings.Repeat("t", 1<<20), ours, webhook.ErrBadSignature},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := webhook.VerifyStripe([]byte(tt.body), tt.header, webhook.Moment{Now: now()}, tt.secrets...)
			if !errors.Is(got, tt.want) {
				t.Errorf("VerifyStripe = %v, want %v", got, tt.want)
			}
		})
	}
}

func TestSignStripe(t *testing.T) {
	t.Parallel()
	got := webhook.SignStripe([]byte(body), now().Add(999*time.Millisecond), sharedText)
	if want := "t=1767225600,v1=" + stripeSum; got != want {
		t.Errorf("SignStripe = %q, want %q", got, want)
	}
}

//nolint:paralleltest // AllocsPerRun counts what the whole program allocates
func TestVerifyStripeWorkTellsNothing(t *testing.T) {
	header := "t=1767225600,v1=" + previousSum + ",v1=" + stripeSum
	work := func(secrets ...string) float64 {
		return testing.AllocsPerRun(100, func() {
			_ = webhook.VerifyStripe([]byte(body), header, webhook.Moment{Now: now()}, secrets...)
		})
	}
	if known, unknown := work("foreign"), work(); unknown != known {
		t.Errorf("an unknown sender costs %v, a known one %v", unknown, known)
	}
	if first, last, none := work(sharedText, "b"), work("a", sharedText), work("a", "b"); first != last || first != none {
		t.Errorf("a match at the first secret costs %v, at the last %v, at none %v", first, last, none)
	}
}

func FuzzVerifyStripe(f *testing.F) {
	f.Add([]byte(body), "t=1767225600,v1="+stripeSum, int64(stamp), sharedText, "")
	f.Add([]byte(body), "t=1767225600,v1="+previousSum+",v0=x,v1="+stripeSum, int64(stamp+300), previousText, sharedText)
	f.Add([]byte(body), webhook.SignStripe([]byte(body), now(), ""), int64(stamp), "", "\x00")
	f.Add([]byte("{}"), "t=", int64(1533204720), "whsec_test_secret", "")
	f.Add([]byte{}, webhook.SignStripe(nil, now(), "a"), int64(stamp), "a", "b")
	f.Add([]byte("1"), "t=-1,v1=,t=1,,==", int64(0), "a", "b")
	f.Fuzz(func(t *testing.T, body []byte, header string, seconds int64, first, second string) {
		at := webhook.Moment{Now: time.Unix(seconds, 0)}
		if webhook.VerifyStripe(body, header, at, first, second) == nil && !genuineStripe(body, header, at, first, second) {
			t.Errorf("accepted %q", header)
		}
		made := webhook.SignStripe(body, at.Now, first)
		if (webhook.VerifyStripe(body, made, at, first) == nil) != genuineStripe(body, made, at, first) {
			t.Errorf("own header %q is judged wrongly", made)
		}
		if webhook.VerifyStripe(append(body, 'x'), made, at, first) == nil {
			t.Error("the signature of a shorter body was accepted")
		}
	})
}

// genuineStripe looks from the other side: it makes what each secret would have sent
// at any second that is tolerated, and seeks that in the header.
func genuineStripe(body []byte, header string, at webhook.Moment, secrets ...string) bool {
	_, rest, _ := strings.Cut(","+header, ",t=")
	text, _, _ := strings.Cut(rest, ",")
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil || seconds < 1 || text != strconv.FormatInt(seconds, 10) || len(body) == 0 || !near(at.Now, seconds*1000) {
		return false
	}
	for _, s := range secrets {
		want := ",v1=" + hex.EncodeToString(bareHMAC(s, text+"."+string(body)))
		if strings.Trim(s, "\x00") != "" && strings.Contains(","+strings.ToLower(header)+",", want+",") {
			return true
		}
	}
	return false
}

// near reports whether a time is at most five minutes from now, in the arithmetic of
// whole milliseconds; what overflows it is not near.
func near(now time.Time, milliseconds int64) bool {
	const most = 1 << 52
	apart := now.UnixMilli() - milliseconds
	return now.Unix() > -most/1000 && now.Unix() < most/1000 && milliseconds < most && apart <= 300_000 && apart >= -300_000
}

func bareHMAC(key, text string) []byte {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// The same text is printed by both: Stripe takes it as it stands, the specification
// takes what its base64 decodes to.
func TestSecretsOfTwoSchemes(t *testing.T) {
	t.Parallel()
	key, err := webhook.ParseStandardKey(sharedText)
	require.NoError(t, err)
	at := webhook.Moment{Now: now()}
	const content = "msg_1.1767225600." + body
	byText := webhook.StandardHeader{
		ID: "msg_1", Timestamp: "1767225600", Signature: "v1," + webhook.Sign([]byte(content), webhook.Base64, sharedText),
	}
	byKey := webhook.SignStandard("msg_1", now(), []byte(body), key)
	require.NotEqual(t, byText.Signature, byKey.Signature)
	require.NoError(t, byKey.Verify([]byte(body), at, key))
	require.ErrorIs(t, byText.Verify([]byte(body), at, key), webhook.ErrBadSignature)

	decoded := webhook.SignStripe([]byte(body), now(), standardSecret)
	require.ErrorIs(t, webhook.VerifyStripe([]byte(body), decoded, at, sharedText), webhook.ErrBadSignature)
	require.NoError(t, webhook.VerifyStripe([]byte(body), webhook.SignStripe([]byte(body), now(), sharedText), at, sharedText))
}
