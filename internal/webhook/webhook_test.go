package webhook_test

import (
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/webhook"
)

// Signatures here were computed with openssl, not with the code under test.
const (
	body       = `{"id":1}`
	secret     = "current"
	base64Sum  = "VTmoIWhRSZ38CBEi1xMr1cDXLFQW3EmM/qtqoN0+g6A="
	hexSum     = "5539a8216851499dfc081122d7132bd5c0d72c5416dc498cfeab6aa0dd3e83a0"
	foreignSum = "hdL0xe/CtH49VMtGOph41U0vieQ72M7ij8ayo7yxPT4="
)

func TestVerifyHMAC(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name      string
		body      string
		signature string
		enc       webhook.Encoding
		secrets   []string
		want      error
	}{
		{"base64", body, base64Sum, webhook.Base64, []string{secret}, nil},
		{"hex", body, hexSum, webhook.Hex, []string{secret}, nil},
		{"hex in upper case", body, strings.ToUpper(hexSum), webhook.Hex, []string{secret}, nil},
		{"rotation, the new secret comes first", body, base64Sum, webhook.Base64, []string{"next", secret}, nil},
		{"rotation, the old secret comes last", body, base64Sum, webhook.Base64, []string{secret, "old"}, nil},
		{"an empty secret is skipped", body, base64Sum, webhook.Base64, []string{"", secret}, nil},
		{"not signed", body, "", webhook.Base64, []string{secret}, webhook.ErrNotSigned},
		{"not signed and empty", "", "", webhook.Base64, []string{secret}, webhook.ErrNotSigned},
		{"an empty body", "", webhook.Sign(nil, webhook.Base64, secret), webhook.Base64, []string{secret}, webhook.ErrBadSignature},
		{"another secret", body, foreignSum, webhook.Base64, []string{secret}, webhook.ErrBadSignature},
		{"no secret", body, base64Sum, webhook.Base64, nil, webhook.ErrBadSignature},
		{"only an empty secret, signed with it", body, webhook.Sign([]byte(body), webhook.Base64, ""), webhook.Base64, []string{""}, webhook.ErrBadSignature},
		{"only a secret of zero bytes, signed with it", body, webhook.Sign([]byte(body), webhook.Base64, "\x00\x00"), webhook.Base64, []string{"\x00\x00"}, webhook.ErrBadSignature},
		{"a secret of zero bytes, signed with the empty one", body, webhook.Sign([]byte(body), webhook.Base64, ""), webhook.Base64, []string{"\x00"}, webhook.ErrBadSignature},
		{"a secret of zero bytes is skipped", body, base64Sum, webhook.Base64, []string{"\x00", secret}, nil},
		{"no secret, signed with the stand-in", body, webhook.Sign([]byte(body), webhook.Base64, "no secret"), webhook.Base64, nil, webhook.ErrBadSignature},
		{"a changed body", body + " ", base64Sum, webhook.Base64, []string{secret}, webhook.ErrBadSignature},
		{"hex read as base64", body, hexSum, webhook.Base64, []string{secret}, webhook.ErrBadSignature},
		{"base64 read as hex", body, base64Sum, webhook.Hex, []string{secret}, webhook.ErrBadSignature},
		{"without padding", body, strings.TrimRight(base64Sum, "="), webhook.Base64, []string{secret}, webhook.ErrBadSignature},
		{"space around it", body, " " + base64Sum, webhook.Base64, []string{secret}, webhook.ErrBadSignature},
		{"a line break in it", body, base64Sum[:20] + "\n" + base64Sum[21:], webhook.Base64, []string{secret}, webhook.ErrBadSignature},
		{"44 line breaks", body, strings.Repeat("\n", 44), webhook.Base64, []string{secret}, webhook.ErrBadSignature},
		{"33 bytes in 44 characters", body, strings.Repeat("A", 44), webhook.Base64, []string{secret}, webhook.ErrBadSignature},
		{"the sum and a 33rd byte", body, base64Sum[:43] + "A", webhook.Base64, []string{secret}, webhook.ErrBadSignature},
		{"all but the first byte", body, "00" + hexSum[2:], webhook.Hex, []string{secret}, webhook.ErrBadSignature},
		{"all but the last byte", body, hexSum[:62] + "00", webhook.Hex, []string{secret}, webhook.ErrBadSignature},
		{"31 bytes in 44 characters", body, strings.Repeat("A", 42) + "==", webhook.Base64, []string{secret}, webhook.ErrBadSignature},
		{"a megabyte", body, strings.Repeat("A", 1<<20), webhook.Base64, []string{secret}, webhook.ErrBadSignature},
		{"not hex", body, strings.Repeat("g", 64), webhook.Hex, []string{secret}, webhook.ErrBadSignature},
		{"an encoding that does not exist", body, base64Sum, webhook.Encoding(9), []string{secret}, webhook.ErrBadSignature},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := webhook.VerifyHMAC([]byte(tt.body), tt.signature, tt.enc, tt.secrets...)
			if !errors.Is(got, tt.want) {
				t.Errorf("VerifyHMAC = %v, want %v", got, tt.want)
			}
		})
	}
}

// A base64 text whose unused last bits are set decodes to the same bytes: two texts
// for one sum would let a replay pass as another delivery.
func TestVerifyHMACRefusesLooseBase64(t *testing.T) {
	t.Parallel()
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	last := strings.IndexByte(alphabet, base64Sum[42])
	loose := base64Sum[:42] + string(alphabet[last|1]) + "="
	require.NotEqual(t, base64Sum, loose)
	err := webhook.VerifyHMAC([]byte(body), loose, webhook.Base64, secret)
	require.ErrorIs(t, err, webhook.ErrBadSignature)
}

// The work is counted in allocations, because a clock is no measure in a test: each
// HMAC allocates the same, whatever it is for.
//
//nolint:paralleltest // AllocsPerRun counts what the whole program allocates
func TestVerifyHMACWorkTellsNothing(t *testing.T) {
	work := func(secrets ...string) float64 {
		return testing.AllocsPerRun(100, func() {
			_ = webhook.VerifyHMAC([]byte(body), base64Sum, webhook.Base64, secrets...)
		})
	}
	if known, unknown := work("foreign"), work(); unknown != known {
		t.Errorf("an unknown sender costs %v, a known one %v", unknown, known)
	}
	if first, last, none := work(secret, "b"), work("a", secret), work("a", "b"); first != last || first != none {
		t.Errorf("a match at the first secret costs %v, at the last %v, at none %v", first, last, none)
	}
}

func TestRefusalsAreUnauthorised(t *testing.T) {
	t.Parallel()
	refusals := []error{webhook.ErrNotSigned, webhook.ErrBadSignature, webhook.ErrExpired}
	for i, err := range refusals {
		require.ErrorIs(t, err, byline.ErrUnauthorized)
		require.NotErrorIs(t, err, byline.ErrInvalid)
		require.NotErrorIs(t, err, refusals[(i+1)%len(refusals)])
	}
}

func TestSignUnknownEncoding(t *testing.T) {
	t.Parallel()
	if got := webhook.Sign([]byte(body), webhook.Encoding(9), secret); got != "" {
		t.Errorf("Sign = %q, want nothing", got)
	}
}

// Test cases 1 to 4, 6 and 7 of RFC 4231, section 4; case 5 is about truncation.
func TestRFC4231(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, key, data, want string
	}{
		{
			"case 1", strings.Repeat("\x0b", 20), "Hi There",
			"b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
		},
		{
			"case 2, a short key", "Jefe", "what do ya want for nothing?",
			"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
		},
		{
			"case 3", strings.Repeat("\xaa", 20), strings.Repeat("\xdd", 50),
			"773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
		},
		{
			"case 4", "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19",
			strings.Repeat("\xcd", 50),
			"82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
		},
		{
			"case 6, a key longer than a block", strings.Repeat("\xaa", 131),
			"Test Using Larger Than Block-Size Key - Hash Key First",
			"60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
		},
		{
			"case 7, key and data longer than a block", strings.Repeat("\xaa", 131),
			"This is a test using a larger than block-size key and a larger than block-size data. " +
				"The key needs to be hashed before being used by the HMAC algorithm.",
			"9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := webhook.Sign([]byte(tt.data), webhook.Hex, tt.key); got != tt.want {
				t.Errorf("Sign = %s, want %s", got, tt.want)
			}
			require.NoError(t, webhook.VerifyHMAC([]byte(tt.data), tt.want, webhook.Hex, tt.key))
		})
	}
}

func FuzzVerifyHMAC(f *testing.F) {
	f.Add([]byte(body), base64Sum, uint8(webhook.Base64), secret, "old")
	f.Add([]byte(body), hexSum, uint8(webhook.Hex), "old", secret)
	f.Add([]byte(body), foreignSum, uint8(webhook.Base64), secret, "")
	f.Add([]byte{}, "", uint8(webhook.Hex), "", "")
	// HMAC pads a key with zero bytes, so this secret signs as the empty one does.
	f.Add([]byte(body), webhook.Sign([]byte(body), webhook.Base64, ""), uint8(webhook.Base64), "", "\x00")
	f.Add([]byte("x"), strings.Repeat("\n", 44), uint8(webhook.Base64), "a", "b")
	f.Fuzz(func(t *testing.T, body []byte, signature string, encoding uint8, first, second string) {
		enc := webhook.Encoding(encoding)
		accepted := webhook.VerifyHMAC(body, signature, enc, first, second) == nil
		if accepted != genuine(body, signature, enc, first, second) {
			t.Errorf("accepted = %t for %q, encoding %d", accepted, signature, enc)
		}
		made := webhook.Sign(body, enc, first)
		if webhook.VerifyHMAC(body, made, enc, first) == nil != genuine(body, made, enc, first) {
			t.Errorf("own signature %q is judged wrongly, encoding %d", made, enc)
		}
		if webhook.VerifyHMAC(append(body, 'x'), made, enc, first) == nil {
			t.Error("the signature of a shorter body was accepted")
		}
	})
}

// genuine says the same as VerifyHMAC by comparing texts instead of sums.
func genuine(body []byte, signature string, enc webhook.Encoding, secrets ...string) bool {
	if _, err := hex.DecodeString(signature); err == nil && enc == webhook.Hex {
		signature = strings.ToLower(signature)
	}
	for _, s := range secrets {
		if strings.Trim(s, "\x00") != "" && len(body) > 0 && signature != "" && signature == webhook.Sign(body, enc, s) {
			return true
		}
	}
	return false
}
