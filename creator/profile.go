package creator

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/validate"
)

// Profile is one creator with the accounts they publish on, and what they say about
// themselves. Nothing in it is inferred: an empty field is not known.
type Profile struct {
	ID        byline.CreatorID `json:"id" validate:"required"`
	Name      string           `json:"name" validate:"required,max=200"`
	Accounts  []Account        `json:"accounts" validate:"required,min=1,dive"`
	Market    byline.Market    `json:"market,omitempty" validate:"omitempty,market"`                           // where the creator works
	City      string           `json:"city,omitempty" validate:"max=200"`                                      // as the creator writes it
	Languages []string         `json:"languages,omitempty" validate:"dive,required,max=35,bcp47_language_tag"` // of the content, BCP 47
	Themes    []string         `json:"themes,omitempty" validate:"dive,required,max=100"`                      // what the content is about: "sourdough"
	Tone      []string         `json:"tone,omitempty" validate:"dive,required,max=100"`                        // how it speaks: "dry humour"
	Style     []string         `json:"style,omitempty" validate:"dive,required,max=100"`                       // how it is produced: "handheld"
	// Embeddings are vectors of the content that the caller's model made, by the name and
	// version of that model. Vectors of different models are never compared.
	Embeddings map[string][]float32 `json:"embeddings,omitempty"`
	// Contact says whether the caller has a way to write to the creator.
	Contact Contactable `json:"contact,omitempty" validate:"omitempty,oneof=yes no"`
	Tags    []string    `json:"tags,omitempty" validate:"dive,required,max=100"` // the caller's own
}

// Contactable says whether a creator can be written to. The zero value is not known.
type Contactable string

// Whether a creator can be written to.
const (
	CanContact    Contactable = "yes"
	CannotContact Contactable = "no"
)

// Account is a creator's presence on one platform.
type Account struct {
	Platform  byline.Platform `json:"platform" validate:"required"`
	Handle    string          `json:"handle" validate:"required,max=200"` // without a leading @
	Followers byline.Measure  `json:"followers"`
	Following byline.Measure  `json:"following"` // accounts that this one follows
	Posts     byline.Measure  `json:"posts"`     // published so far, by the platform's count
}

// Ref names an account. Platforms compare handles without case.
type Ref struct {
	Platform byline.Platform `json:"platform" validate:"required"`
	Handle   string          `json:"handle" validate:"required,max=200"`
}

// Is reports whether both name the same account.
func (r Ref) Is(o Ref) bool { return r.Platform == o.Platform && strings.EqualFold(r.Handle, o.Handle) }

// Key is the same for all refs that name the same account, for use in maps. It is not
// how the handle is written.
func (r Ref) Key() Ref { return Ref{Platform: r.Platform, Handle: fold(r.Handle)} }

// fold brings texts that strings.EqualFold finds equal to one form: each letter to the
// least of those that it is folded with.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		least := r
		for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
			least = min(least, next)
		}
		return least
	}, s)
}

// Ref names the account.
func (a Account) Ref() Ref { return Ref{Platform: a.Platform, Handle: a.Handle} }

// Validate reports all faults: "required", "min", "max", "oneof", "market",
// "bcp47_language_tag", "profile.handle" for a handle with an @ or space in it,
// "profile.account_twice", "profile.followers", "profile.following" and "profile.posts"
// for negative counts, and "profile.embedding" for a vector without a model, without
// numbers, or with one that is not finite.
func (p Profile) Validate() error {
	return byline.Faults(append(validate.Struct(p), p.ruleFaults()...))
}

// ruleFaults are what the tags cannot tell.
func (p *Profile) ruleFaults() []*byline.FieldError {
	var faults []*byline.FieldError
	seen := map[Ref]bool{}
	for i, a := range p.Accounts {
		add := func(field, code, message string) {
			faults = append(faults, &byline.FieldError{Path: fmt.Sprintf("accounts[%d]%s", i, field), Code: code, Message: message})
		}
		if strings.ContainsFunc(a.Handle, func(r rune) bool { return r == '@' || unicode.IsSpace(r) }) {
			add(".handle", "profile.handle", "a handle is written without @ and spaces")
		}
		if negative(a.Followers) {
			add(".followers", "profile.followers", "a follower count is not negative")
		}
		if negative(a.Following) {
			add(".following", "profile.following", "a count of accounts is not negative")
		}
		if negative(a.Posts) {
			add(".posts", "profile.posts", "a count of posts is not negative")
		}
		at := a.Ref().Key()
		if a.Platform != "" && a.Handle != "" && seen[at] {
			add("", "profile.account_twice", "this account stands twice")
		}
		seen[at] = true
	}
	return append(faults, embeddingFaults(p.Embeddings)...)
}

func embeddingFaults(vectors map[string][]float32) []*byline.FieldError {
	var faults []*byline.FieldError
	for _, model := range slices.Sorted(maps.Keys(vectors)) {
		why := ""
		switch vector := vectors[model]; {
		case model == "" || len(model) > 200:
			why = "a vector stands under the name of its model, of at most 200 bytes"
		case len(vector) == 0:
			why = "the vector is empty"
		case slices.ContainsFunc(vector, func(v float32) bool { return math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) }):
			why = "the vector holds what is no finite number"
		default:
			continue
		}
		faults = append(faults, &byline.FieldError{Path: keyed("embeddings", model), Code: "profile.embedding", Message: why})
	}
	return faults
}

// keyed is the path of a map's entry. A key that the input chose is cut.
func keyed(path, key string) string {
	if len(key) > 50 {
		key = strings.ToValidUTF8(key[:50], "") + "…"
	}
	return path + "[" + key + "]"
}

func negative(m byline.Measure) bool {
	n, known := m.Value()
	return known && n < 0
}

// held returns the accounts by their key, and the platforms they are on.
func (p *Profile) held() (accounts map[Ref]bool, platforms map[byline.Platform]bool) {
	accounts, platforms = map[Ref]bool{}, map[byline.Platform]bool{}
	for _, a := range p.Accounts {
		accounts[a.Ref().Key()] = true
		platforms[a.Platform] = true
	}
	return accounts, platforms
}

// Account returns the creator's first account on a platform.
func (p Profile) Account(on byline.Platform) (Account, bool) {
	for _, a := range p.Accounts {
		if a.Platform == on {
			return a, true
		}
	}
	return Account{}, false
}
