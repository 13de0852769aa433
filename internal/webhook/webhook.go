// Package webhook proves that a delivery was signed by someone who holds a secret.
//
// It works on the raw bytes as they arrived: a body that was decoded and encoded
// again is another body. It reads no clock, no headers and no configuration.
package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"

	"github.com/bylinehq/byline"
)

// Why a delivery is not believed. Each answers to byline.ErrUnauthorized.
var (
	// ErrNotSigned says that the delivery carries no signature at all.
	ErrNotSigned error = refusal("webhook is not signed")
	// ErrBadSignature says that no secret made this signature for this body.
	ErrBadSignature error = refusal("webhook signature does not match")
	// ErrExpired says that the signature may be good and is too old, or dated in
	// the future.
	ErrExpired error = refusal("webhook signature has expired")
)

type refusal string

func (r refusal) Error() string { return string(r) }

func (refusal) Is(target error) bool { return target == byline.ErrUnauthorized }

// Encoding is how a shop writes a signature as text.
type Encoding uint8

// The encodings in use. Base64 is the standard alphabet with padding; Hex is read in
// either case and written in lower case.
const (
	Base64 Encoding = iota
	Hex
)

// decode reads exactly one SHA-256 sum. The length is looked at first, so that a long
// header costs nothing.
func (e Encoding) decode(text string) (claimed [sha256.Size]byte, ok bool) {
	var n int
	var err error
	switch {
	case e == Base64 && len(text) == base64.StdEncoding.EncodedLen(sha256.Size):
		// Text of this length without its padding holds 33 bytes, and Decode panics
		// without the room for them.
		var room [sha256.Size + 1]byte
		n, err = base64.StdEncoding.Strict().Decode(room[:], []byte(text))
		copy(claimed[:], room[:])
	case e == Hex && len(text) == hex.EncodedLen(sha256.Size):
		n, err = hex.Decode(claimed[:], []byte(text))
	}
	return claimed, err == nil && n == sha256.Size
}

// VerifyHMAC reports whether signature is the HMAC-SHA256 of body under any of the
// secrets; list the current one and the previous one while a secret is rotated.
//
// It returns nil, [ErrNotSigned] for an empty signature, or [ErrBadSignature] for
// everything else: an empty body, text that is not exactly one encoded sum, empty
// secrets only, no secret. An unknown sender, for whom there is no secret, costs as
// much as a known one, and no answer tells by its time which secret matched.
func VerifyHMAC(body []byte, signature string, enc Encoding, secrets ...string) error {
	if signature == "" {
		return ErrNotSigned
	}
	claimed, ok := enc.decode(signature)
	if !ok || len(body) == 0 {
		return ErrBadSignature
	}
	matched, usable := false, false
	for _, secret := range secrets {
		if secret == "" {
			continue
		}
		usable = true
		want := sum(body, secret)
		if hmac.Equal(want[:], claimed[:]) {
			matched = true
		}
	}
	if !usable {
		// The result is dropped: only its cost is wanted.
		_ = sum(body, "no secret")
	}
	if !matched {
		return ErrBadSignature
	}
	return nil
}

// Sign returns what [VerifyHMAC] accepts for body under secret, which must not be
// empty. It returns "" for an encoding this package does not know.
func Sign(body []byte, enc Encoding, secret string) string {
	mac := sum(body, secret)
	switch enc {
	case Base64:
		return base64.StdEncoding.EncodeToString(mac[:])
	case Hex:
		return hex.EncodeToString(mac[:])
	default:
		return ""
	}
}

func sum(body []byte, secret string) (mac [sha256.Size]byte) {
	h := hmac.New(sha256.New, []byte(secret))
	h.Write(body)
	h.Sum(mac[:0])
	return mac
}
