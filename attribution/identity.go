package attribution

import "github.com/bylinehq/byline"

// Identity turns personal data into keys that only tell whether two are the same. The
// zero Identity makes none.
type Identity struct {
	// Key is a secret of the caller's own, of at least 32 bytes, kept for as long as
	// keys are compared. Another Key makes other keys of the same people.
	Key Secret
}

// Email returns the key of an address, or "".
func (i Identity) Email(address string) string { return "" }

// Phone returns the key of a number, or "". market is where a number without its
// country belongs to.
func (i Identity) Phone(number string, market byline.Market) string { return "" }

// Address returns the key of a postal address, or "".
func (i Identity) Address(a PostalAddress) string { return "" }

// Payment returns the key of a payment fingerprint, or "".
func (i Identity) Payment(fingerprint string) string { return "" }

// PostalAddress is what of an address tells two of them apart.
type PostalAddress struct {
	Street   string // with the house number, both lines
	PostCode string
	City     string
	Market   byline.Market
}
