package webhook

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"strings"
)

// StandardKey is a key of the Standard Webhooks specification; make it with
// [ParseStandardKey] or [RawStandardKey]. The zero value verifies and signs nothing. It
// prints, logs and encodes as "[redacted]".
//
// What it holds lies behind a function, because fmt calls no method of a key in an
// unexported field of another type: it prints all that it reaches, through a pointer too.
type StandardKey struct{ open func() material }

type material struct {
	secret  string // the HMAC key
	public  ed25519.PublicKey
	private ed25519.PrivateKey
}

// How a key is written, and how long the specification wants an HMAC key to be.
// Standard Webhooks 1.0.0, "Signature scheme", read 2026-11-22.
const (
	prefixSecret  = "whsec_"
	prefixPublic  = "whpk_"
	prefixPrivate = "whsk_"
	minSecret     = 24
	maxSecret     = 64
)

func keep(m material) StandardKey { return StandardKey{func() material { return m }} }

// material is empty for the zero value.
func (k StandardKey) material() material {
	if k.open == nil {
		return material{}
	}
	return k.open()
}

// ParseStandardKey reads a key as a sender shows it: "whsec_" and the base64 of an HMAC
// key of 24 to 64 bytes, "whpk_" and that of an Ed25519 public key, "whsk_" and that of
// a private key, of 32 bytes or with the public key behind it. Text without a prefix is
// an HMAC key, as for the libraries of the specification. For an HMAC key of another
// length use [RawStandardKey].
//
// An error is a *byline.FieldError with a code of this package's table, and never shows
// the text.
func ParseStandardKey(text string) (StandardKey, error) {
	kind, encoded := prefixSecret, text
	for _, prefix := range []string{prefixSecret, prefixPublic, prefixPrivate} {
		if rest, ok := strings.CutPrefix(text, prefix); ok {
			kind, encoded = prefix, rest
		}
	}
	raw, err := base64.StdEncoding.Strict().DecodeString(encoded)
	switch {
	case err != nil || strings.ContainsAny(encoded, "\r\n"):
		return StandardKey{}, fault(codeKeyBase64)
	case !validLength(kind, len(raw)):
		return StandardKey{}, fault(codeKeyLength)
	case !Usable(string(raw)):
		return StandardKey{}, fault(codeKeyZero)
	}
	switch kind {
	case prefixPublic:
		return keep(material{public: raw}), nil
	case prefixPrivate:
		return privateKey(raw)
	default:
		return RawStandardKey(string(raw)), nil
	}
}

func validLength(kind string, n int) bool {
	switch kind {
	case prefixPublic:
		return n == ed25519.PublicKeySize
	case prefixPrivate:
		return n == ed25519.SeedSize || n == ed25519.PrivateKeySize
	default:
		return n >= minSecret && n <= maxSecret
	}
}

// privateKey makes the public half itself: signing with one that does not belong gives
// the private half away.
func privateKey(raw []byte) (StandardKey, error) {
	if !Usable(string(raw[:ed25519.SeedSize])) {
		return StandardKey{}, fault(codeKeyZero)
	}
	private := ed25519.NewKeyFromSeed(raw[:ed25519.SeedSize])
	if !bytes.HasPrefix(private, raw) {
		return StandardKey{}, fault(codeKeyPair)
	}
	public := ed25519.PublicKey(private[ed25519.SeedSize:])
	return keep(material{public: public, private: private}), nil
}

// RawStandardKey makes an HMAC key of the bytes of secret as they are. BigCommerce signs
// so with the client secret of an app. An empty secret, or one of zero bytes only, makes
// a key that verifies and signs nothing.
// https://github.com/bigcommerce/docs/blob/main/docs/integrations/webhooks/https-webhook-overview.mdx,
// read 2026-11-22.
func RawStandardKey(secret string) StandardKey {
	if !Usable(secret) {
		return StandardKey{}
	}
	return keep(material{secret: secret})
}

// sign returns one entry of the list of signatures, "" where the key cannot sign.
func (k StandardKey) sign(prefix, body []byte) string {
	m := k.material()
	switch {
	case m.private != nil:
		signature := ed25519.Sign(m.private, append(prefix, body...))
		return versionEd25519 + "," + base64.StdEncoding.EncodeToString(signature)
	case m.secret != "":
		return versionHMAC + "," + Base64.encode(sum(m.secret, prefix, body))
	default:
		return ""
	}
}

// split parts keys by their kind, and leaves out those of the zero value.
func split(keys []StandardKey) (secrets []string, public []ed25519.PublicKey) {
	for _, key := range keys {
		m := key.material()
		if m.secret != "" {
			secrets = append(secrets, m.secret)
		}
		if m.public != nil {
			public = append(public, m.public)
		}
	}
	return secrets, public
}

const redacted = "[redacted]"

// String hides the key.
func (StandardKey) String() string { return redacted }

// GoString hides the key from %#v.
func (StandardKey) GoString() string { return redacted }

// Format hides the key from every verb of fmt, %d too.
func (StandardKey) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// MarshalText hides the key from JSON and other encodings.
func (StandardKey) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// LogValue hides the key from slog.
func (StandardKey) LogValue() slog.Value { return slog.StringValue(redacted) }
