package brief

import (
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/disclosure"
)

// Evidence is what was kept of a live post at an instant: enough to prove later what
// stood there. It holds no picture, only its hash. The order is: fill it in, [Evidence.Seal]
// it, store it, and [Evidence.Verify] it when it is needed.
type Evidence struct {
	Post       string            `json:"post"`            // Content.ID
	Taken      time.Time         `json:"taken"`           // when
	URL        string            `json:"url"`             // where
	Screenshot string            `json:"screenshot"`      // "sha256:" and 64 hexadecimal digits, see HashOf
	Asset      string            `json:"asset,omitempty"` // of the video or picture itself, in the same form
	Label      string            `json:"label"`           // as it was read; "" says that there was none
	Status     disclosure.Status `json:"status"`          // of the disclosure.Assessment
	By         string            `json:"by"`              // a role, or a system's name
	// Digest is over all the others. Who keeps it elsewhere, or has it signed, can prove that
	// nothing was changed: alone it shows only that the record fits itself.
	Digest string `json:"digest,omitempty"`
}

// HashOf is the form in which a file is named in an Evidence.
func HashOf(file []byte) string {
	sum := sha256.Sum256(file)
	return hashPrefix + hex.EncodeToString(sum[:])
}

const hashPrefix = "sha256:"

// Seal checks the record and returns it with its digest, and with Taken in UTC. The faults
// are "required", "oneof" for a status that is none, "evidence.hash" for a hash in another
// form, "evidence.text" for text that is not UTF-8, which JSON would change, and
// "evidence.time" for a time that JSON cannot hold.
func (e Evidence) Seal() (Evidence, error) {
	if err := byline.Faults(e.faults()); err != nil {
		return Evidence{}, err
	}
	e.Taken = e.Taken.UTC().Round(0)
	e.Digest = e.digest()
	return e, nil
}

// Verify reports whether the record is what was sealed: the faults are those of Seal and
// "evidence.digest". The same instant in another zone is the same.
func (e Evidence) Verify() error {
	faults := e.faults()
	if len(faults) == 0 && subtle.ConstantTimeCompare([]byte(e.digest()), []byte(e.Digest)) != 1 {
		faults = append(faults, &byline.FieldError{Path: "digest", Code: "evidence.digest", Message: "the record was changed after it was sealed"})
	}
	return byline.Faults(faults)
}

// Shows reports whether a file is the screenshot or the asset of the record.
func (e Evidence) Shows(file []byte) bool {
	hash := HashOf(file)
	return hash == e.Screenshot || hash == e.Asset
}

func (e Evidence) faults() []*byline.FieldError {
	var faults []*byline.FieldError
	add := func(path, code, message string) {
		faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
	}
	for _, f := range []struct{ path, text string }{{"post", e.Post}, {"url", e.URL}, {"screenshot", e.Screenshot}, {"by", e.By}} {
		if f.text == "" {
			add(f.path, "required", "must not be empty")
		}
	}
	for _, f := range []struct{ path, hash string }{{"screenshot", e.Screenshot}, {"asset", e.Asset}} {
		if f.hash != "" && !isHash(f.hash) {
			add(f.path, "evidence.hash", "must be sha256: and 64 digits, in small letters")
		}
	}
	for _, f := range []struct{ path, text string }{{"post", e.Post}, {"url", e.URL}, {"label", e.Label}, {"by", e.By}} {
		if !utf8.ValidString(f.text) {
			add(f.path, "evidence.text", "must be UTF-8")
		}
	}
	if !slices.Contains([]disclosure.Status{disclosure.Violation, disclosure.Risk, disclosure.CannotDetermine, disclosure.NoKnownIssue}, e.Status) {
		add("status", "oneof", "must be one of violation, risk, cannot_determine, no_known_issue")
	}
	switch year := e.Taken.UTC().Year(); {
	case e.Taken.IsZero():
		add("taken", "required", "say when")
	case year < 0 || year > 9999:
		add("taken", "evidence.time", "no JSON can hold this time")
	}
	return faults
}

func isHash(text string) bool {
	digits, ok := strings.CutPrefix(text, hashPrefix)
	return ok && len(digits) == hex.EncodedLen(sha256.Size) && strings.Trim(digits, "0123456789abcdef") == ""
}

// digest hashes the record as a list in JSON: each text ends where its quote does, so that
// no two records have one form. It is the same in every release.
func (e Evidence) digest() string {
	var form bytes.Buffer
	encoder := json.NewEncoder(&form)
	encoder.SetEscapeHTML(false)
	fields := []string{
		"byline evidence 1", e.Post, e.Taken.UTC().Format(time.RFC3339Nano), e.URL, e.Screenshot, e.Asset, e.Label, string(e.Status), e.By,
	}
	if err := encoder.Encode(fields); err != nil {
		return "" // a list of texts is always JSON
	}
	return HashOf(form.Bytes())
}
