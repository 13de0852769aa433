package creator

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/validate"
)

// Profile is one creator with the accounts they publish on.
type Profile struct {
	ID       byline.CreatorID `json:"id" validate:"required"`
	Name     string           `json:"name" validate:"required,max=200"`
	Accounts []Account        `json:"accounts" validate:"required,min=1,dive"`
}

// Account is a creator's presence on one platform.
type Account struct {
	Platform  byline.Platform `json:"platform" validate:"required"`
	Handle    string          `json:"handle" validate:"required,max=200"` // without a leading @
	Followers byline.Measure  `json:"followers"`
}

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
