package webhook

import (
	"crypto/ed25519"
	"encoding/base64"
	"strconv"
	"strings"
	"time"
)

// StandardHeader is what signs a delivery by the Standard Webhooks specification,
// version 1.0.0: the headers webhook-id, webhook-timestamp and webhook-signature.
// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md,
// read 2026-11-22.
type StandardHeader struct {
	ID        string // the same over all attempts: the key to see a duplicate by
	Timestamp string // seconds since 1970, of this attempt
	Signature string // a list, parted by spaces: "v1,<base64>" by HMAC, "v1a,<base64>" by Ed25519
}

// Verify reports whether the header was made over body by the holder of one of the
// keys. One signature of the list is enough, and one of a version nobody knows is
// passed over. A v1 is only held against HMAC keys and a v1a only against Ed25519 keys.
//
// It returns nil, [ErrNotSigned] for an empty Signature, [ErrExpired] for a good one
// made too long before or after at, or [ErrBadSignature] for everything else: an empty
// body, an ID that is empty or holds a dot, a Timestamp that is not a plain number, a
// list of more than 1024 characters. A sender without a key costs as much as one with
// a key of either kind.
func (h StandardHeader) Verify(body []byte, at Moment, keys ...StandardKey) error {
	if h.Signature == "" {
		return ErrNotSigned
	}
	seconds, ok := parseStamp(h.Timestamp)
	if !ok || !validID(h.ID) || len(h.Signature) > maxList || len(body) == 0 {
		return ErrBadSignature
	}
	sums, signatures := h.claims()
	secrets, public := split(keys)
	byHMAC := len(sums) > 0 && signedBy(secrets, sums, h.prefix(), body)
	byEd25519 := len(signatures) > 0 && signedByOwner(public, signatures, append(h.prefix(), body...))
	if !byHMAC && !byEd25519 {
		return ErrBadSignature
	}
	return at.judge(time.Unix(seconds, 0))
}

// SignStandard returns the header that [StandardHeader.Verify] accepts for body, with
// one signature for each key: list the current one and the previous one while a key is
// rotated. Sign every attempt anew, with its own time and the same id.
//
// It returns the zero header where it cannot sign: an id that is empty or holds a dot,
// a time before 1970, no key, a key that is public or the zero value.
func SignStandard(id string, at time.Time, body []byte, keys ...StandardKey) StandardHeader {
	h := StandardHeader{ID: id, Timestamp: strconv.FormatInt(at.Unix(), 10)}
	if _, ok := parseStamp(h.Timestamp); !ok || !validID(id) || len(keys) == 0 {
		return StandardHeader{}
	}
	made := make([]string, len(keys))
	for i, key := range keys {
		if made[i] = key.sign(h.prefix(), body); made[i] == "" {
			return StandardHeader{}
		}
	}
	h.Signature = strings.Join(made, " ")
	return h
}

// validID holds the dot back, which parts the id from what follows: with one in it,
// two deliveries could be one signed text.
func validID(id string) bool { return id != "" && !strings.Contains(id, ".") }

func (h StandardHeader) prefix() []byte { return []byte(h.ID + "." + h.Timestamp + ".") }

// The identifiers of the two ways to sign.
const (
	versionHMAC    = "v1"
	versionEd25519 = "v1a"
)

// claims reads the list. What cannot be a signature is passed over.
func (h StandardHeader) claims() (sums []digest, signatures [][]byte) {
	for entry := range strings.SplitSeq(h.Signature, " ") {
		version, text, _ := strings.Cut(entry, ",")
		switch version {
		case versionHMAC:
			if claimed, ok := Base64.decode(text); ok {
				sums = append(sums, claimed)
			}
		case versionEd25519:
			claimed, err := base64.StdEncoding.Strict().DecodeString(text)
			if err == nil && len(claimed) == ed25519.SignatureSize {
				signatures = append(signatures, claimed)
			}
		}
	}
	return sums, signatures
}

// signedByOwner reports whether the owner of any of the public keys made any of the
// signatures over the text. Without a key it does the work with one that is nobody's.
func signedByOwner(public []ed25519.PublicKey, signatures [][]byte, text []byte) bool {
	if len(public) == 0 {
		// The result is dropped: only its cost is wanted.
		_ = verified(ed25519.PublicKey(basePoint), signatures, text)
	}
	matched := false
	for _, key := range public {
		if verified(key, signatures, text) {
			matched = true
		}
	}
	return matched
}

func verified(key ed25519.PublicKey, signatures [][]byte, text []byte) bool {
	found := false
	for _, signature := range signatures {
		if ed25519.Verify(key, text, signature) {
			found = true
		}
	}
	return found
}

// basePoint is that of the curve, 0x58 and 31 times 0x66 (RFC 8032, section 5.1). The
// stand-in for a key has to be a point: with anything else ed25519.Verify is done at
// once.
const basePoint = "Xfffffffffffffffffffffffffffffff"
