package attribution

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Limits of an address, RFC 5321 section 4.5.3.1, read 2026-11-22.
const (
	maxMailLocal  = 64
	maxMailDomain = 253 // of 255 bytes on the wire, two are lengths
)

// Gmail ignores dots, and a company's own domain at Google does not:
// https://support.google.com/mail/answer/7436150, read 2026-11-22. That googlemail.com is
// the same mailbox is common knowledge and was not confirmed at the source.
const (
	atGmail         = "@gmail.com"
	atGooglemail    = "@googlemail.com"
	mailLocalMarks  = "!#$%&'*+-/=?^_`{|}~." // beside letters and digits, RFC 5322 section 3.2.3
	ideographicStop = "。"                    // a dot of domains, RFC 3490 section 3.1
)

// normalEmail returns the form in which addresses are compared, or "".
func normalEmail(address string) string {
	if len(address) > maxPersonal {
		return ""
	}
	text := foldText(address)
	at := strings.LastIndexByte(text, '@')
	if at < 0 {
		return ""
	}
	domain, ok := mailDomain(text[at+1:])
	if !ok {
		return ""
	}
	local, domain := mailLocal(text[:at]), "@"+domain
	if domain == atGooglemail {
		domain = atGmail
	}
	if domain == atGmail {
		local = strings.ReplaceAll(local, ".", "")
	}
	if local == "" || len(local) > maxMailLocal {
		return ""
	}
	return local + domain
}

// mailLocal returns what stands before the "@" without its tag, or "". A quoted name
// that needs no quotes means the same without them, RFC 5321 section 4.1.2.
func mailLocal(local string) string {
	inner, quoted := unquoteMail(local)
	if isMailAtom(inner) {
		if tag := strings.IndexByte(inner, '+'); tag > 0 {
			inner = inner[:tag]
		}
		return inner
	}
	if !quoted || inner == "" {
		return ""
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(inner) + `"`
}

func unquoteMail(local string) (inner string, quoted bool) {
	if len(local) < 2 || local[0] != '"' || local[len(local)-1] != '"' {
		return local, false
	}
	var b strings.Builder
	escaped := false
	for _, r := range local[1 : len(local)-1] {
		if r == '\\' && !escaped {
			escaped = true
			continue
		}
		escaped = false
		b.WriteRune(r)
	}
	return b.String(), true
}

func isMailAtom(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.In(r, unicode.Letter, unicode.Digit, unicode.Mark) && !strings.ContainsRune(mailLocalMarks, r)
	})
}

// mailDomain returns a domain of at least two labels in its ASCII form.
func mailDomain(domain string) (string, bool) {
	domain = strings.TrimSuffix(strings.ReplaceAll(domain, ideographicStop, "."), ".")
	labels := strings.Split(domain, ".")
	if len(labels) < 2 {
		return "", false
	}
	for i, l := range labels {
		ascii, ok := asciiLabel(l)
		if !ok {
			return "", false
		}
		labels[i] = ascii
	}
	domain = strings.Join(labels, ".")
	isAddress := strings.Trim(labels[len(labels)-1], "0123456789") == ""
	return domain, len(domain) <= maxMailDomain && !isAddress
}

// foldText brings text to Unicode NFKC in lower case, without surrounding space and
// without marks that nobody sees. It is idempotent: see NormalizeCode for the rounds.
func foldText(s string) string {
	for range 4 {
		next := norm.NFKC.String(strings.ToLower(norm.NFKC.String(strings.Map(visible, trimCode(s)))))
		if next == s {
			break
		}
		s = next
	}
	return s
}

// visible also writes the one letter that has two lower cases, sigma, in one way.
func visible(r rune) rune {
	switch {
	case r == 'ς':
		return 'σ'
	case unicode.Is(unicode.Cf, r):
		return -1
	}
	return r
}

// asciiLabel returns a label of a domain as the DNS has it: letters, digits and hyphens,
// RFC 1123 section 2.1; one in another script as RFC 5890 section 2.3.2.1 says. It checks
// no registry's rules.
func asciiLabel(label string) (string, bool) {
	runes := []rune(label)
	odd := func(r rune) bool {
		return r != '-' && !unicode.In(r, unicode.Letter, unicode.Digit, unicode.Mark)
	}
	if len(runes) == 0 || runes[0] == '-' || runes[len(runes)-1] == '-' || slices.ContainsFunc(runes, odd) {
		return "", false
	}
	if slices.ContainsFunc(runes, func(r rune) bool { return r >= firstNonASCII }) {
		label = "xn--" + punycode(runes)
	}
	return label, len(label) <= 63
}
