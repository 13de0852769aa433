package attribution

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"github.com/bylinehq/byline"
)

// Identity turns personal data into keys that only tell whether two are the same. The
// zero Identity makes none, and so does one whose Key is too short.
//
// A key is a keyed hash (HMAC-SHA256, cut to 128 bits) of the kind and of the data in
// one normal form, as text of 25 letters: "e1." and then base64url. Who has the keys and
// not the Key cannot try out addresses or numbers against them. Who has the Key can, so
// it belongs where passwords do. Keys remain personal data to the law: they are
// pseudonyms, not anonymous.
//
// A normal form brings together what is the same in practice and says so below. It does
// not see through look-alike letters: "аda@shop.example" with a Cyrillic "а" is another
// address than "ada@shop.example", as it is to a mail server. Equal keys say "probably
// the same", different keys say nothing. The digit in the prefix is the version of the
// normal form; keys of two versions do not compare.
type Identity struct {
	// Key is a secret of the caller's own, of at least 32 bytes, kept for as long as
	// keys are compared. Another Key makes other keys of the same people, so brands that
	// must not be compared have a Key each.
	Key Secret
}

// Prefixes of keys. They are hashed too, so that one text under two kinds makes two
// keys that have nothing in common.
const (
	emailKey   = "e1."
	phoneKey   = "p1."
	addressKey = "a1."
	paymentKey = "m1."
)

const (
	minIdentityKey = 32   // bytes; as long as the hash, RFC 2104 section 3
	maxPersonal    = 1024 // bytes of one piece of personal data; more is none
)

// Validate tells of a Key that is there and too short, which would quietly make no keys:
// a [*byline.FieldError] of code "identity.key".
func (i Identity) Validate() error {
	if i.Key != "" && len(i.Key) < minIdentityKey {
		return &byline.FieldError{Path: "key", Code: "identity.key", Message: "the key has less than 32 bytes; no keys would be made"}
	}
	return nil
}

// Email returns the key of an e-mail address, or "" of what is none.
//
// Upper case, full-width letters and surrounding space do not matter. A tag after "+"
// is cut, at every provider: few mailboxes differ in nothing else. Dots before the "@"
// are dropped at gmail.com and googlemail.com alone, which are one domain. A domain
// counts in its ASCII form ("xn--…"), a quoted name without needless quotes. Other
// aliases of one mailbox remain different, as do an address and the one it forwards to.
func (i Identity) Email(address string) string {
	return i.key(emailKey, func() string { return normalEmail(address) })
}

// Phone returns the key of a telephone number, or "" of what is none. market is where a
// number without its country belongs to; of a market that is not in the table of
// dialling plans only numbers that begin with "+" or "00" have a key.
//
// Punctuation does not matter and an extension is cut. A number written with its calling
// code but neither "+" nor "00" is read as a national one. Placeholders such as
// 0000000000 and 123456789 have no key, because many people share them.
func (i Identity) Phone(number string, market byline.Market) string {
	return i.key(phoneKey, func() string { return normalPhone(number, market) })
}

// Address returns the key of a postal address, or "" unless there are a market, a post
// code and a street with a number. In the few markets without post codes the city stands
// in for one; elsewhere it is not looked at, because people spell it in many ways.
//
// Case, punctuation, accents, the order of street and number and common abbreviations do
// not matter; a flat does, where it is given. One key may be a house of many flats, a
// parcel shop or an office: alone it proves nothing.
func (i Identity) Address(a PostalAddress) string {
	return i.key(addressKey, func() string { return normalAddress(a) })
}

// Payment returns the key of a payment fingerprint as the caller's processor gives it,
// or "". Fingerprints are opaque: only surrounding space is cut. Of a wallet it may be of
// the device and not of the card (https://docs.stripe.com/api/cards/object, fingerprint,
// read 2026-11-22), so one card can have several keys.
func (i Identity) Payment(fingerprint string) string {
	if len(fingerprint) > maxPersonal {
		return ""
	}
	return i.key(paymentKey, func() string { return strings.TrimSpace(fingerprint) })
}

// PostalAddress is what of an address tells two of them apart.
type PostalAddress struct {
	Street   string // with the house number, both lines
	PostCode string
	City     string
	Market   byline.Market
}

// key asks for the normal form only where there is a Key: without one, as many callers
// are, it costs nothing.
func (i Identity) key(prefix string, normalised func() string) string {
	if len(i.Key) < minIdentityKey {
		return ""
	}
	normal := normalised()
	if normal == "" {
		return ""
	}
	mac := hmac.New(sha256.New, []byte(i.Key))
	mac.Write([]byte("byline identity " + prefix + "\x00" + normal))
	return prefix + base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:16])
}
