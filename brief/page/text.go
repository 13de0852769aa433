package page

import (
	"net/url"
	"strings"
	"unicode"
)

// lines cleans a text that may have several lines: what cannot be seen and changes how the
// rest is read (control characters, overrides of direction) goes, runs of blanks become one
// space and blank lines go.
func lines(text string) string {
	var kept []string
	for line := range strings.FieldsFuncSeq(strings.ToValidUTF8(text, "\uFFFD"), breaks) {
		if line = strings.Join(strings.FieldsFunc(strings.Map(visible, line), blank), " "); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// single cleans a text of one line.
func single(text string) string { return strings.ReplaceAll(lines(text), "\n", " ") }

func breaks(r rune) bool {
	return (r >= '\n' && r <= '\r') || r == '\u0085' || r == '\u2028' || r == '\u2029'
}

// blank leaves the no-break spaces, which a language may ask for.
func blank(r rune) bool {
	return unicode.IsSpace(r) && r != '\u00A0' && r != '\u202F'
}

// visible drops a rune by which a text could show what it does not say. The joiners of
// emoji and of some scripts stay.
func visible(r rune) rune {
	switch {
	case r == '\t':
		return ' '
	case unicode.IsControl(r), r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069', r == '\uFEFF':
		return -1
	case r >= 0xE0000 && r <= 0xE007F && !flagTag(r): // tags, which show nothing
		return -1
	}
	return r
}

// flagTag reports the tags that the emoji flags of regions are made of.
func flagTag(r rune) bool { return r >= 0xE0030 && r <= 0xE007F }

// webAddress is a text as an address to follow, "" where it is none of the web. It has no
// sign in it that ends an address in Markdown or HTML.
func webAddress(text string) string {
	u, err := url.Parse(text)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return ""
	}
	return sealed(u.String())
}

// mailAddress and phoneNumber are addresses to follow, "" where the text has more in it
// than belongs there.
func mailAddress(text string) string {
	name, host, found := strings.Cut(text, "@")
	if !found || name == "" || host == "" || strings.ContainsFunc(text, notOf("@.-_+")) {
		return ""
	}
	return "mailto:" + text
}

func phoneNumber(text string) string {
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" ()-./\u00A0", r) {
			return -1
		}
		return r
	}, text)
	number := strings.TrimPrefix(digits, "+")
	if number == "" || strings.ContainsFunc(number, func(r rune) bool { return r < '0' || r > '9' }) {
		return ""
	}
	return "tel:" + digits
}

// followable is an address as a printer may use it, "" for one that leads elsewhere than to
// the web, a mailbox or a telephone: a document may come from anybody.
func followable(address string) string {
	scheme, rest, _ := strings.Cut(address, ":")
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto", "tel":
		if rest != "" {
			return sealed(address)
		}
	}
	return ""
}

// notOf matches what is neither an ASCII letter, a digit nor one of the signs.
func notOf(signs string) func(rune) bool {
	return func(r rune) bool {
		letter := (r|0x20 >= 'a' && r|0x20 <= 'z') || (r >= '0' && r <= '9')
		return !letter && !strings.ContainsRune(signs, r)
	}
}

// sealed percent-encodes all that could end an address or mean something in it.
func sealed(address string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(address) {
		if c := address[i]; c <= ' ' || c >= 0x7F || strings.IndexByte("<>\"`\\^{|}();", c) >= 0 {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
