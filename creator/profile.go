package creator

import (
	"fmt"
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
	Market    byline.Market    `json:"market,omitempty"`                                  // where the creator works
	City      string           `json:"city,omitempty" validate:"max=200"`                 // as the creator writes it
	Languages []string         `json:"languages,omitempty" validate:"dive,max=35"`        // of the content, BCP 47
	Themes    []string         `json:"themes,omitempty" validate:"dive,required,max=100"` // what the content is about: "sourdough"
	Tone      []string         `json:"tone,omitempty" validate:"dive,required,max=100"`   // how it speaks: "dry humour"
	Style     []string         `json:"style,omitempty" validate:"dive,required,max=100"`  // how it is produced: "handheld"
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

// Ref names the account.
func (a Account) Ref() Ref { return Ref{Platform: a.Platform, Handle: a.Handle} }

// Validate reports all faults: "required", "min", "max", "profile.handle" for a handle
// with an @ or space in it, "profile.account_twice", and "profile.followers" for a
// negative count.
func (p Profile) Validate() error {
	faults := validate.Struct(p)
	type place struct {
		platform byline.Platform
		handle   string
	}
	seen := map[place]bool{}
	for i, a := range p.Accounts {
		add := func(field, code, message string) {
			faults = append(faults, &byline.FieldError{Path: fmt.Sprintf("accounts[%d]%s", i, field), Code: code, Message: message})
		}
		if strings.ContainsFunc(a.Handle, func(r rune) bool { return r == '@' || unicode.IsSpace(r) }) {
			add(".handle", "profile.handle", "a handle is written without @ and spaces")
		}
		if n, known := a.Followers.Value(); known && n < 0 {
			add(".followers", "profile.followers", "a follower count is not negative")
		}
		// Platforms compare handles without case.
		at := place{a.Platform, strings.ToLower(a.Handle)}
		if a.Platform != "" && a.Handle != "" && seen[at] {
			add("", "profile.account_twice", "this account stands twice")
		}
		seen[at] = true
	}
	return byline.Faults(faults)
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
