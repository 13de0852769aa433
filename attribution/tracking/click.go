package tracking

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Click is what a click id says: which link was clicked and when, and nothing of who
// did.
type Click struct {
	Link string    // the value of attribution.LinkParameter, at most 112 bytes
	At   time.Time // between 1970 and 9999, kept to the millisecond in UTC
	// Nonce tells two clicks of one millisecond apart. Fill it from crypto/rand: it must
	// not be made of anything that is known of the visitor.
	Nonce [12]byte
}

// Clicks signs click ids and reads them. The first key signs, every key verifies: to
// rotate, put the new one in front and drop the old one when its last click has left
// the window. Each key has at least 32 bytes. Clicks without keys sign and verify
// nothing. It is safe for concurrent use.
//
// A click id is at most 200 characters of A-Z, a-z, 0-9, "-" and "_", begins with "blc1_", and
// has one spelling. It is signed and not encrypted: whoever holds it can read the link
// and the time. It says that a click happened, not that it happened once or to the
// person who shows it.
type Clicks struct {
	Keys []attribution.Secret
}

// A click id is the prefix and the base64url text (RFC 4648, 5; no padding) of: 6 bytes
// of milliseconds since 1970, 12 of nonce, the link, 16 of HMAC-SHA-256 over the prefix
// and all of that. RFC 2104, 5 allows a code to be cut to half its length, here 128 bits.
const (
	clickPrefix = "blc1_"
	stampSize   = 6
	nonceSize   = 12
	macSize     = 16
	headSize    = stampSize + nonceSize
	maxSigned   = 112
	minKey      = 32
	minClickLen = len(clickPrefix) + ((headSize+1+macSize)*8+5)/6
)

// latestClick is the end of the year 9999, the last that JSON and RFC 3339 can carry.
const latestClick = 253402300799999

func clickEncoding() *base64.Encoding { return base64.RawURLEncoding.Strict() }

// looksSigned knows the form of a click id, whoever made it.
func looksSigned(text string) bool {
	return len(text) >= minClickLen && len(text) <= maxClickID && strings.HasPrefix(text, clickPrefix) && wordly(text)
}

// Sign makes the click id of a click: the same text for the same click and key. Faults
// are of the codes "tracking.key", "required", "tracking.value", "tracking.length",
// "tracking.personal" and "tracking.time", all at once.
func (c Clicks) Sign(click Click) (string, error) {
	faults := append(c.faults(), click.faults()...)
	if err := byline.Faults(faults); err != nil {
		return "", err
	}
	text := make([]byte, 0, len(clickPrefix)+headSize+len(click.Link)+macSize)
	text = append(text, clickPrefix...)
	stamp := binary.BigEndian.AppendUint64(nil, uint64(click.At.UnixMilli()))
	text = append(text, stamp[8-stampSize:]...)
	text = append(text, click.Nonce[:]...)
	text = append(text, click.Link...)
	text = append(text, clickMAC(c.Keys[0], text)...)
	return clickPrefix + clickEncoding().EncodeToString(text[len(clickPrefix):]), nil
}

// Read verifies a click id, in constant time for each key, and returns what it says.
// The error is [ErrNotSigned] or [ErrBadSignature], or the faults of the keys.
func (c Clicks) Read(id string) (Click, error) {
	if err := byline.Faults(c.faults()); err != nil {
		return Click{}, err
	}
	if !looksSigned(id) {
		return Click{}, ErrNotSigned
	}
	text := make([]byte, len(clickPrefix), maxClickID)
	copy(text, clickPrefix)
	// The decoder is strict: bits that no byte needs must be zero, so that nobody can
	// write one click in two ways. Line breaks, which it would pass over, are not wordly.
	text, err := clickEncoding().AppendDecode(text, []byte(id[len(clickPrefix):]))
	if err != nil {
		return Click{}, ErrNotSigned
	}
	text, mac := text[:len(text)-macSize], text[len(text)-macSize:]
	genuine := false
	for _, key := range c.Keys {
		genuine = hmac.Equal(mac, clickMAC(key, text)) || genuine
	}
	if !genuine {
		return Click{}, ErrBadSignature
	}
	return parseClick(text[len(clickPrefix):])
}

// parseClick reads what a key of ours signed. It still checks, for a key may sign other
// things elsewhere.
func parseClick(body []byte) (Click, error) {
	var stamp [8]byte
	copy(stamp[8-stampSize:], body)
	click := Click{
		Link: string(body[headSize:]),
		At:   time.UnixMilli(int64(binary.BigEndian.Uint64(stamp[:]))).UTC(),
	}
	copy(click.Nonce[:], body[stampSize:])
	if len(click.faults()) > 0 {
		return Click{}, ErrNotSigned
	}
	return click, nil
}

// Touches returns the recorded clicks that the genuine ids among ids stand for, each
// once, in their order: verified, and of the source "redirect". The others are dropped.
func (c Clicks) Touches(ids []string) []attribution.Touch {
	var touches []attribution.Touch
	seen := make(map[string]bool, len(ids))
	for _, id := range ids {
		if seen[id] {
			continue
		}
		seen[id] = true
		if click, err := c.Read(id); err == nil {
			touches = append(touches, click.touch(id))
		}
	}
	return touches
}

func (c Click) touch(id string) attribution.Touch {
	return attribution.Touch{ID: id, Link: c.Link, At: c.At, Source: attribution.SourceRedirect, Verified: true}
}

func clickMAC(key attribution.Secret, text []byte) []byte {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write(text)
	return mac.Sum(nil)[:macSize]
}

func (c Clicks) faults() []*byline.FieldError {
	if len(c.Keys) == 0 {
		return []*byline.FieldError{fault("keys", codeRequired)}
	}
	var faults []*byline.FieldError
	for i, key := range c.Keys {
		if len(key) < minKey {
			faults = append(faults, fault(fmt.Sprintf("keys[%d]", i), codeKey))
		}
	}
	return faults
}

func (c Click) faults() []*byline.FieldError {
	faults := valueFaults("link", c.Link, maxSigned)
	if c.Link == "" {
		faults = append(faults, fault("link", codeRequired))
	}
	// Compared as seconds first: UnixMilli of a far year overflows.
	if s := c.At.Unix(); s < 0 || s > latestClick/1000 {
		faults = append(faults, fault("at", codeTime))
	}
	return faults
}
