package contracts

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bylinehq/byline"
)

// Rail is a way that money goes out. A batch has one, so that no payout leaves by two.
type Rail string

// Rails. Package contracts/rail writes their files and requests.
const (
	RailSEPA   Rail = "sepa"   // credit transfers in EUR, ISO 20022 pain.001
	RailStripe Rail = "stripe" // transfers to connected accounts
	RailPayPal Rail = "paypal" // PayPal Payouts
	RailFile   Rail = "file"   // a CSV file for whoever else pays
)

func (r Rail) known() bool {
	return r == RailSEPA || r == RailStripe || r == RailPayPal || r == RailFile
}

// Payee is where a creator's money goes, and what a payer has on file about their tax.
// What a rail does not need may be empty.
type Payee struct {
	Name          string        `json:"name"`
	IBAN          string        `json:"iban,omitempty"` // without spaces
	BIC           string        `json:"bic,omitempty"`
	StripeAccount string        `json:"stripe_account,omitempty"`
	PayPalEmail   string        `json:"paypal_email,omitempty"`
	Market        byline.Market `json:"market,omitempty"` // of tax residence
	TaxID         bool          `json:"tax_id,omitempty"` // a taxpayer number is on file, as by form W-9
}

// maxName is our own bound, in characters; package rail knows that of each rail.
const maxName = 140

// Check returns what keeps a payee from being paid over a rail, all at once: "required",
// and, wherever there is something, whether or not the rail needs it, "payee.name" for a
// name that is too long or holds what cannot be printed, "payee.iban",
// "payee.bic", "payee.stripe_account", "payee.email" and "payee.market". It looks at the form alone;
// whether the account exists, and is theirs, only the bank knows. No text of the error
// holds what it checks.
func (p Payee) Check(r Rail) error {
	var faults []*byline.FieldError
	check := func(path, value string, needed bool, code, message string, good func(string) bool) {
		switch {
		case value == "" && needed:
			faults = append(faults, &byline.FieldError{Path: path, Code: "required", Message: "this rail needs it"})
		case value != "" && !good(value):
			faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
		}
	}
	check("name", p.Name, r == RailSEPA || r == RailFile, "payee.name", "a name has at most 140 characters, all of them printable", printableName)
	check("iban", p.IBAN, r == RailSEPA, "payee.iban", "not an IBAN, by its country, its length or its check digits", validIBAN)
	check("bic", p.BIC, false, "payee.bic", "not a BIC of 8 or 11 characters", validBIC)
	check("stripe_account", p.StripeAccount, r == RailStripe, "payee.stripe_account", "an account's id is acct_ and letters and digits", validStripeAccount)
	check("paypal_email", p.PayPalEmail, r == RailPayPal, "payee.email", "not a plain address of at most 127 characters", plainEmail)
	check("market", string(p.Market), false, "payee.market", "not the code of a country, in capital letters", func(s string) bool { return byline.Market(s).Known() })
	return byline.Faults(faults)
}

// checkPayer is Check for who pays: a bank transfer needs a name and an account, and any
// other way nothing.
func (p Payee) checkPayer(r Rail) error {
	if r == RailSEPA {
		return p.Check(r)
	}
	return p.Check("")
}

func printableName(s string) bool {
	unprintable := func(r rune) bool { return r == utf8.RuneError || !unicode.IsPrint(r) }
	return utf8.RuneCountInString(s) <= maxName && strings.TrimSpace(s) != "" && strings.IndexFunc(s, unprintable) < 0
}

// validBIC is the pattern of BICFIDec2014Identifier of ISO 20022.
func validBIC(s string) bool {
	if len(s) != 8 && len(s) != 11 {
		return false
	}
	return strings.Trim(s, upperAndDigits) == "" && isUpper(s[4:6])
}

func validStripeAccount(s string) bool {
	id, ok := strings.CutPrefix(s, "acct_")
	return ok && id != "" && len(s) <= 255 && strings.Trim(id, upperAndDigits+"abcdefghijklmnopqrstuvwxyz") == ""
}

// plainEmail looks at the shape and leaves the rest to who sends there. 127 characters is
// PayPal's limit of a receiver:
// https://developer.paypal.com/docs/api/payments.payouts-batch/v1/, recalled 2026-11-22.
func plainEmail(s string) bool {
	local, domain, at := strings.Cut(s, "@")
	odd := func(r rune) bool {
		return r == utf8.RuneError || unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(`<>,;"\`, r)
	}
	return at && len(s) <= 127 && strings.IndexFunc(s, odd) < 0 && !slices.Contains(strings.Split(local, "."), "") && plainDomain(domain)
}

// plainDomain takes two names or more between dots, the last of two letters or more.
func plainDomain(s string) bool {
	names := strings.Split(s, ".")
	for _, name := range names {
		odd := func(r rune) bool { return r != '-' && !unicode.In(r, unicode.L, unicode.M, unicode.Nd) }
		if name == "" || strings.Trim(name, "-") != name || strings.IndexFunc(name, odd) >= 0 {
			return false
		}
	}
	last := names[len(names)-1]
	return len(names) > 1 && utf8.RuneCountInString(last) > 1 && !isDigits(last)
}

const upperAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

func isUpper(s string) bool { return strings.Trim(s, upperAndDigits[:26]) == "" }

func isDigits(s string) bool { return strings.Trim(s, upperAndDigits[26:]) == "" }
