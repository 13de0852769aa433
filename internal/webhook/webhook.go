// Package webhook proves that a delivery was signed by someone who holds a secret:
// [VerifyHMAC] where the body alone is signed, and [VerifyStripe], [StandardHeader] and
// [HubSpotRequest] where the time of signing is part of what is signed.
//
// It works on the raw bytes as they arrived: a body that was decoded and encoded
// again is another body. It reads no clock, no headers and no configuration.
package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"github.com/bylinehq/byline"
)

// Why a delivery is not believed. Each answers to byline.ErrUnauthorized.
var (
	// ErrNotSigned says that the delivery carries no signature at all.
	ErrNotSigned error = refusal("webhook is not signed")
	// ErrBadSignature says that no secret made this signature for this body.
	ErrBadSignature error = refusal("webhook signature does not match")
	// ErrExpired says that the signature is good, and was made too long ago or in
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

// digest is one SHA-256 sum.
type digest [sha256.Size]byte

// decode reads exactly one SHA-256 sum. The length is looked at first, so that a long
// header costs nothing.
func (e Encoding) decode(text string) (claimed digest, ok bool) {
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
// everything else: an empty body, text that is not exactly one encoded sum, no secret
// or only secrets that are empty or made of zero bytes. An unknown sender, for whom
// there is no secret, costs as much as a known one, and no answer tells by its time
// which secret matched.
func VerifyHMAC(body []byte, signature string, enc Encoding, secrets ...string) error {
	if signature == "" {
		return ErrNotSigned
	}
	claimed, ok := enc.decode(signature)
	if !ok || len(body) == 0 || !signedBy(secrets, []digest{claimed}, body) {
		return ErrBadSignature
	}
	return nil
}

// maxList is the most characters that a header with a list of signatures may have. A
// sender lists one for each active key, and an Ed25519 signature, the longest, takes
// 93; the limit bounds what a stranger can make us compute.
const maxList = 1 << 10

// signedBy reports whether any usable secret made any of the claimed sums over the
// parts, read as one text. It tries every secret with every claim, and one that is
// nobody's where none is usable.
func signedBy(secrets []string, claims []digest, parts ...[]byte) bool {
	matched, tried := false, false
	for _, secret := range secrets {
		if !Usable(secret) {
			continue
		}
		tried = true
		if among(claims, sum(secret, parts...)) {
			matched = true
		}
	}
	if !tried {
		// The result is dropped: only its cost is wanted.
		_ = among(claims, sum("no secret", parts...))
	}
	return matched
}

func among(claims []digest, want digest) bool {
	found := false
	for i := range claims {
		if hmac.Equal(want[:], claims[i][:]) {
			found = true
		}
	}
	return found
}

// Usable reports whether a secret is one: HMAC pads its key with zero bytes, so a
// secret made of them signs as the empty one does, and everybody holds that.
func Usable(secret string) bool { return strings.Trim(secret, "\x00") != "" }

// Sign returns what [VerifyHMAC] accepts for body under secret, which must not be
// empty. It returns "" for an encoding this package does not know.
func Sign(body []byte, enc Encoding, secret string) string {
	return enc.encode(sum(secret, body))
}

func (e Encoding) encode(made digest) string {
	switch e {
	case Base64:
		return base64.StdEncoding.EncodeToString(made[:])
	case Hex:
		return hex.EncodeToString(made[:])
	default:
		return ""
	}
}

func sum(secret string, parts ...[]byte) (made digest) {
	h := hmac.New(sha256.New, []byte(secret))
	for _, part := range parts {
		h.Write(part)
	}
	h.Sum(made[:0])
	return made
}
