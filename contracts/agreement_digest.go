package contracts

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"
)

const digestPrefix = "sha256:"

// Digest names what is signed: "sha256:" and, in hexadecimal, the SHA-256 of the terms
// without SignedAt and Signatures. They are hashed as JSON with the keys of each object
// sorted, no space, times in UTC, and without empty lists; HTML is not escaped. It is
// the same for the same terms in every release. It is "" for the zero Agreement.
func (a *Agreement) Digest() string { return a.digest }

func (t Terms) digest() (string, error) {
	tree, err := t.tree()
	if err != nil {
		return "", err
	}
	return digestOf(tree)
}

// digestOf hashes a value that encoding/json writes with sorted keys.
func digestOf(tree any) (string, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(tree); err != nil {
		return "", err
	}
	sum := sha256.Sum256(bytes.TrimSuffix(text.Bytes(), []byte("\n")))
	return digestPrefix + hex.EncodeToString(sum[:]), nil
}

func isDigest(text string) bool {
	digits, ok := strings.CutPrefix(text, digestPrefix)
	return ok && len(digits) == hex.EncodedLen(sha256.Size) && strings.Trim(digits, "0123456789abcdef") == ""
}

// tree is what the terms say, without their signatures, as JSON: two terms that mean
// the same have the same tree, but for the order of lists.
func (t Terms) tree() (map[string]any, error) {
	t = t.clone()
	if !uniform(reflect.ValueOf(&t).Elem()) {
		return nil, errors.New("a text is not UTF-8")
	}
	data, err := json.Marshal(t)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var tree map[string]any
	if err := decoder.Decode(&tree); err != nil {
		return nil, err
	}
	delete(tree, "signed_at")
	delete(tree, "signatures")
	return tree, nil
}

// uniform writes the same instant and the same nothing in one way: times in UTC, empty
// lists as nil. It is false for text that is not UTF-8: JSON would write other text in its
// place.
func uniform(v reflect.Value) bool {
	ok := true
	switch v.Kind() {
	case reflect.String:
		return utf8.ValidString(v.String())
	case reflect.Struct:
		if at, isTime := reflect.TypeAssert[time.Time](v); isTime {
			v.Set(reflect.ValueOf(at.UTC()))
			return true
		}
		for _, field := range v.Fields() {
			ok = (!field.CanSet() || uniform(field)) && ok
		}
	case reflect.Pointer:
		return v.IsNil() || uniform(v.Elem())
	case reflect.Slice:
		if v.Len() == 0 {
			v.SetZero()
		}
		for i := range v.Len() {
			ok = uniform(v.Index(i)) && ok
		}
	}
	return ok
}
