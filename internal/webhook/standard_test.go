package webhook_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/internal/webhook"
)

// The sum was computed with openssl dgst -sha256 -hmac over msg_1.1767225600.{"id":1}.
// The pair of keys is the first of RFC 8032, section 7.1; its signature over the same
// text was computed with openssl pkeyutl -sign -rawin.
const (
	standardSecret = "0123456789abcdefghijklmn" // sharedText, decoded
	standardSum    = "WIv/V9vBapjFpklqEWpktFkU/MEDECBVRN8b5wJ6lD8="
	rawSecret      = "client secret"
	rawSum         = "GPD61P2XImGW+bXTPw1d1Mr3J/mkEhx4sTGUEE47wOg="
	publicText     = "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
	seedText       = "whsk_nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A="
	privateText    = "whsk_nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2DXWpgBgrEKt9VL/tPJZAc6DuFy89qmIyWvAhpo9wdRGg=="
	ed25519Sum     = "EFGMLGC7LTGH9RIke0P08J4nnlvOZfWrWp1SthdJ4qwyFd0xNTVtomp1eNlYs6dBc7B+3CdlKGVXB6mOdI2CCA=="
)

func standardKey(t testing.TB, text string) webhook.StandardKey {
	t.Helper()
	key, err := webhook.ParseStandardKey(text)
	require.NoError(t, err)
	return key
}

func TestVerifyStandard(t *testing.T) {
	t.Parallel()
	const v1, v1a = "v1," + standardSum, "v1a," + ed25519Sum
	shared, public, raw := standardKey(t, sharedText), standardKey(t, publicText), webhook.RawStandardKey(rawSecret)
	zeros := "v1," + base64.StdEncoding.EncodeToString(make([]byte, 32))
	zeros64 := "v1a," + base64.StdEncoding.EncodeToString(make([]byte, 64))
	sum := func(content, key string) string { return "v1," + webhook.Sign([]byte(content), webhook.Base64, key) }
	const content = "msg_1.1767225600." + body
	type keys = []webhook.StandardKey
	tests := map[string]struct {
		body, id, signature string
		keys                keys
		want                error
	}{
		"v1":                               {body, "msg_1", v1, keys{shared}, nil},
		"v1 with a raw key":                {body, "msg_1", "v1," + rawSum, keys{raw}, nil},
		"v1a":                              {body, "msg_1", v1a, keys{public}, nil},
		"v1a with the private key":         {body, "msg_1", v1a, keys{standardKey(t, seedText)}, nil},
		"both, we have the shared key":     {body, "msg_1", v1 + " " + v1a, keys{shared}, nil},
		"both, we have the public key":     {body, "msg_1", v1 + " " + v1a, keys{public}, nil},
		"both, and both keys":              {body, "msg_1", v1a + " " + v1, keys{shared, public}, nil},
		"rotated there":                    {body, "msg_1", "v1," + rawSum + " " + v1, keys{shared}, nil},
		"rotated here":                     {body, "msg_1", v1, keys{raw, shared}, nil},
		"one good among bad ones":          {body, "msg_1", zeros + " v2,x v1, v1 , v1a,x " + zeros64 + " " + v1 + " " + zeros, keys{shared}, nil},
		"one good v1a among bad ones":      {body, "msg_1", zeros64 + " " + zeros + " " + v1a + " " + zeros64, keys{public}, nil},
		"spaces around it":                 {body, "msg_1", "  " + v1 + "  ", keys{shared}, nil},
		"a zero key is skipped":            {body, "msg_1", v1, keys{{}, webhook.RawStandardKey(""), shared}, nil},
		"not signed":                       {body, "msg_1", "", keys{shared}, webhook.ErrNotSigned},
		"nothing at all":                   {"", "", "", nil, webhook.ErrNotSigned},
		"an empty body":                    {"", "msg_1", sum("msg_1.1767225600.", standardSecret), keys{shared}, webhook.ErrBadSignature},
		"a changed body":                   {body + " ", "msg_1", v1 + " " + v1a, keys{shared, public}, webhook.ErrBadSignature},
		"another id":                       {body, "msg_2", v1 + " " + v1a, keys{shared, public}, webhook.ErrBadSignature},
		"no id":                            {body, "", sum(".1767225600."+body, standardSecret), keys{shared}, webhook.ErrBadSignature},
		"a dot in the id":                  {body, "msg.1", sum("msg.1.1767225600."+body, standardSecret), keys{shared}, webhook.ErrBadSignature},
		"the id takes from the body":       {"1}", "a.1767225600.{", sum("a.1767225600.{.1767225600.1}", standardSecret), keys{shared}, webhook.ErrBadSignature},
		"another key":                      {body, "msg_1", v1, keys{raw}, webhook.ErrBadSignature},
		"no key":                           {body, "msg_1", v1 + " " + v1a, nil, webhook.ErrBadSignature},
		"only the zero key":                {body, "msg_1", sum(content, "") + " " + zeros64, keys{{}}, webhook.ErrBadSignature},
		"only a key of zero bytes":         {body, "msg_1", sum(content, ""), keys{webhook.RawStandardKey("\x00")}, webhook.ErrBadSignature},
		"no key, signed with the stand-in": {body, "msg_1", sum(content, "no secret") + " v1a," + standInSum(content), nil, webhook.ErrBadSignature},
		"a v1 with the public key as text": {body, "msg_1", sum(content, string(publicBytes(t))), keys{public}, webhook.ErrBadSignature},
		"a v1 as v1a":                      {body, "msg_1", "v1a," + standardSum, keys{shared, public}, webhook.ErrBadSignature},
		"a v1a as v1":                      {body, "msg_1", "v1," + ed25519Sum, keys{shared, public}, webhook.ErrBadSignature},
		"a version nobody knows":           {body, "msg_1", "v2," + standardSum + " V1," + standardSum, keys{shared}, webhook.ErrBadSignature},
		"no version":                       {body, "msg_1", standardSum, keys{shared}, webhook.ErrBadSignature},
		"a comma":                          {body, "msg_1", ",", keys{shared}, webhook.ErrBadSignature},
		"commas only":                      {body, "msg_1", strings.Repeat(",", 1000), keys{shared, public}, webhook.ErrBadSignature},
		"spaces only":                      {body, "msg_1", strings.Repeat(" ", 1000), keys{shared, public}, webhook.ErrBadSignature},
		"commas for spaces":                {body, "msg_1", v1 + "," + v1, keys{shared}, webhook.ErrBadSignature},
		"a NUL after":                      {body, "msg_1", v1 + "\x00", keys{shared}, webhook.ErrBadSignature},
		"a line break after":               {body, "msg_1", v1 + "\n", keys{shared}, webhook.ErrBadSignature},
		"a line break in a v1a":            {body, "msg_1", v1a[:40] + "\n" + v1a[41:], keys{public}, webhook.ErrBadSignature},
		"a v1 whose spare bits are set":    {body, "msg_1", strings.Replace(v1, "lD8=", "lD9=", 1), keys{shared}, webhook.ErrBadSignature},
		"a v1a without padding":            {body, "msg_1", strings.TrimRight(v1a, "="), keys{public}, webhook.ErrBadSignature},
		"a v1a a byte too long":            {body, "msg_1", strings.Replace(v1a, "==", "A=", 1), keys{public}, webhook.ErrBadSignature},
		"a v1a whose spare bits are set":   {body, "msg_1", strings.Replace(v1a, "CCA==", "CCB==", 1), keys{public}, webhook.ErrBadSignature},
		"a v1a with the order added to s":  {body, "msg_1", "v1a," + malleable(t), keys{public}, webhook.ErrBadSignature},
		"hexadecimal":                      {body, "msg_1", "v1," + webhook.Sign([]byte(content), webhook.Hex, standardSecret), keys{shared}, webhook.ErrBadSignature},
		"base64 for addresses":             {body, "msg_1", strings.ReplaceAll(v1, "/", "_"), keys{shared}, webhook.ErrBadSignature},
		"a list as long as can be":         {body, "msg_1", v1 + strings.Repeat(" ", 1024-len(v1)), keys{shared}, nil},
		"a list a character longer":        {body, "msg_1", v1 + strings.Repeat(" ", 1025-len(v1)), keys{shared}, webhook.ErrBadSignature},
		"thousands of v1":                  {body, "msg_1", strings.Repeat(v1+" ", 5000), keys{shared}, webhook.ErrBadSignature},
		"a megabyte":                       {body, "msg_1", strings.Repeat("v", 1<<20), keys{shared}, webhook.ErrBadSignature},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := webhook.StandardHeader{ID: tt.id, Timestamp: "1767225600", Signature: tt.signature}
			if got := h.Verify([]byte(tt.body), webhook.Moment{Now: now()}, tt.keys...); !errors.Is(got, tt.want) {
				t.Errorf("Verify = %v, want %v", got, tt.want)
			}
		})
	}
}

func publicBytes(t testing.TB) ed25519.PublicKey {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(publicText, "whpk_"))
	require.NoError(t, err)
	return raw
}

// standInSum is a signature that Ed25519 accepts for the base point, whose private
// scalar is 1: R is the base point and s is 1 + H(R, A, content).
func standInSum(content string) string {
	return base64.StdEncoding.EncodeToString(signWithScalarOne(content))
}

// malleable is ed25519Sum with the order of the group added to its second half, which
// solves the same equation.
func malleable(t testing.TB) string {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(ed25519Sum)
	require.NoError(t, err)
	return base64.StdEncoding.EncodeToString(append(raw[:32:32], addOrder(raw[32:])...))
}

func TestSignStandard(t *testing.T) {
	t.Parallel()
	at := now().Add(999 * time.Millisecond)
	for name, text := range map[string]string{"seed": seedText, "seed and public key": privateText} {
		got := webhook.SignStandard("msg_1", at, []byte(body), standardKey(t, sharedText), standardKey(t, text), webhook.RawStandardKey(rawSecret))
		want := webhook.StandardHeader{
			ID: "msg_1", Timestamp: "1767225600", Signature: "v1," + standardSum + " v1a," + ed25519Sum + " v1," + rawSum,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestSignStandardRefuses(t *testing.T) {
	t.Parallel()
	shared := standardKey(t, sharedText)
	type keys = []webhook.StandardKey
	tests := map[string]struct {
		id   string
		at   time.Time
		keys keys
	}{
		"no id":                   {"", now(), keys{shared}},
		"a dot in the id":         {"msg.1", now(), keys{shared}},
		"the zero time":           {"msg_1", time.Time{}, keys{shared}},
		"before 1970":             {"msg_1", time.Unix(-1, 0), keys{shared}},
		"no key":                  {"msg_1", now(), nil},
		"the zero key":            {"msg_1", now(), keys{{}}},
		"an empty key":            {"msg_1", now(), keys{webhook.RawStandardKey("")}},
		"a key of zero bytes":     {"msg_1", now(), keys{webhook.RawStandardKey("\x00\x00")}},
		"a public key":            {"msg_1", now(), keys{standardKey(t, publicText)}},
		"a public key beside one": {"msg_1", now(), keys{shared, standardKey(t, publicText)}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := webhook.SignStandard(tt.id, tt.at, []byte(body), tt.keys...)
			if diff := cmp.Diff(webhook.StandardHeader{}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A known sender costs one allocation more than an unknown one, for the list of its
// keys. What must not be spared takes more: an HMAC seven, a verification that fails two
// with its key.
//
//nolint:paralleltest // AllocsPerRun counts what the whole program allocates
func TestVerifyStandardWorkTellsNothing(t *testing.T) {
	zeros := "v1a," + base64.StdEncoding.EncodeToString(make([]byte, 64))
	shared, raw, public := standardKey(t, sharedText), webhook.RawStandardKey(rawSecret), standardKey(t, publicText)
	for name, signature := range map[string]string{"v1": "v1," + standardSum, "v1a": zeros, "both": "v1," + standardSum + " " + zeros} {
		h := webhook.StandardHeader{ID: "msg_1", Timestamp: "1767225600", Signature: signature}
		work := func(keys ...webhook.StandardKey) float64 {
			return testing.AllocsPerRun(100, func() { _ = h.Verify([]byte(body), webhook.Moment{Now: now()}, keys...) })
		}
		unknown, match, other, owner := work(), work(shared), work(raw), work(public)
		if match != other || math.Abs(match-unknown) > 1 || math.Abs(owner-unknown) > 1 {
			t.Errorf("%s: an unknown sender costs %v, one who matches %v, one who does not %v, one with a public key %v", name, unknown, match, other, owner)
		}
		if first, last := work(shared, raw), work(raw, shared); first != last {
			t.Errorf("%s: a match at the first key costs %v, at the last %v", name, first, last)
		}
	}
}

func FuzzVerifyStandard(f *testing.F) {
	f.Add([]byte(body), "msg_1", "1767225600", "v1,"+standardSum+" v1a,"+ed25519Sum, int64(stamp), standardSecret)
	f.Add([]byte(body), "msg_1", "1767225600", "v1a,"+ed25519Sum, int64(stamp-300), rawSecret)
	f.Add([]byte(body), "msg.1", "01767225600", "v1,"+rawSum+"  v2, v1", int64(stamp), rawSecret)
	f.Add([]byte{}, "", "", "", int64(0), "\x00")
	public, private := standardKey(f, publicText), standardKey(f, seedText)
	f.Fuzz(func(t *testing.T, body []byte, id, timestamp, signature string, seconds int64, secret string) {
		h := webhook.StandardHeader{ID: id, Timestamp: timestamp, Signature: signature}
		at := webhook.Moment{Now: time.Unix(seconds, 0)}
		key := webhook.RawStandardKey(secret)
		if h.Verify(body, at, key, public) == nil && !genuineStandard(t, body, h, at, secret) {
			t.Errorf("accepted %+v", h)
		}
		for _, signer := range []webhook.StandardKey{key, private} {
			made := webhook.SignStandard(id, at.Now, body, signer)
			if (made.Verify(body, at, key, public) == nil) != genuineStandard(t, body, made, at, secret) {
				t.Errorf("own header %+v is judged wrongly", made)
			}
			if made.Verify(append(body, 'x'), at, key, public) == nil {
				t.Error("the signature of a shorter body was accepted")
			}
		}
	})
}

// genuineStandard looks from the other side: it makes what the holder of the secret and
// the owner of the public key would have sent, and seeks that in the header.
func genuineStandard(t *testing.T, body []byte, h webhook.StandardHeader, at webhook.Moment, secret string) bool {
	seconds, err := strconv.ParseInt(h.Timestamp, 10, 64)
	if err != nil || seconds < 1 || h.Timestamp != strconv.FormatInt(seconds, 10) || len(body) == 0 || !near(at.Now, seconds*1000) {
		return false
	}
	if h.ID == "" || strings.Contains(h.ID, ".") {
		return false
	}
	content := fmt.Sprintf("%s.%d.%s", h.ID, seconds, body)
	seed, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(seedText, "whsk_"))
	require.NoError(t, err)
	byOwner := base64.StdEncoding.EncodeToString(ed25519.Sign(ed25519.NewKeyFromSeed(seed), []byte(content)))
	bySecret := base64.StdEncoding.EncodeToString(bareHMAC(secret, content))
	list := " " + h.Signature + " "
	return strings.Contains(list, " v1a,"+byOwner+" ") ||
		strings.Trim(secret, "\x00") != "" && strings.Contains(list, " v1,"+bySecret+" ")
}

// An endpoint rotates its key: for a while each delivery is signed with both.
func ExampleSignStandard() {
	current := webhook.RawStandardKey("the new secret of an endpoint")
	previous := webhook.RawStandardKey("the old secret of an endpoint")
	sent := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	payload := []byte(`{"type":"conversion.credited"}`)

	header := webhook.SignStandard("msg_1", sent, payload, current, previous)
	fmt.Println(header.Signature)
	fmt.Println(header.Verify(payload, webhook.Moment{Now: sent.Add(time.Minute)}, previous))
	fmt.Println(header.Verify(payload, webhook.Moment{Now: sent.Add(time.Hour)}, previous))
	fmt.Println(current)
	// Output:
	// v1,xsiG8tIn8IelIAWGGklE/ukf9bcc4VIoYlx+KDFqrTY= v1,ijAL6Y4GQwdIyO7eJQ+eCCU4K1l+Pd2FCQ+TBQCRJKc=
	// <nil>
	// webhook signature has expired
	// [redacted]
}
