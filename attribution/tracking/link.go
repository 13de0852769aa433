package tracking

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Link is a tracked link: an address and what is to be known of whoever follows it.
type Link struct {
	Target string // where it leads, http or https
	Key    string // the value of attribution.LinkParameter, as in Offer.Link
	Click  string // a click id, as Clicks signs them; "" in a link that is posted
	UTM    attribution.UTM
}

// URL returns the address with its parameters. The target's own query and fragment stay
// as they are, byte by byte; parameters of our eight names are taken out of it, whether
// the link sets them or not, and the link's are put behind it in the order bl, blc,
// utm_source, utm_medium, utm_campaign, utm_content, utm_term, utm_id. [Visit] gives back
// what went in.
//
// Faults are told all at once: "required", "tracking.url", "tracking.scheme",
// "tracking.user_info", "tracking.host", "tracking.personal", "tracking.value" and
// "tracking.length", which is 255 bytes for a value, 200 for a click id, 8192 for the
// address.
func (l Link) URL() (string, error) {
	faults := append(targetFaults("target", l.Target), l.valueFaults()...)
	if err := byline.Faults(faults); err != nil {
		return "", err
	}
	address := l.withParameters()
	if len(address) > maxURL {
		return "", byline.Faults([]*byline.FieldError{fault("target", codeLength)})
	}
	return address, nil
}

func (l Link) withParameters() string {
	rest, fragment, hasFragment := strings.Cut(l.Target, "#")
	base, query, hasQuery := strings.Cut(rest, "?")
	var pairs []string
	if query != "" {
		var ours parameters
		for pair := range strings.SplitSeq(query, "&") {
			name, _, _ := strings.Cut(pair, "=")
			if ours.slot(parameterName(name)) == nil {
				pairs = append(pairs, pair)
			}
		}
	}
	for _, p := range l.parameters() {
		if p.value != "" {
			pairs = append(pairs, p.name+"="+url.QueryEscape(p.value))
		}
	}
	if hasQuery || len(pairs) > 0 {
		base += "?" + strings.Join(pairs, "&")
	}
	if hasFragment {
		base += "#" + fragment
	}
	return base
}

type parameter struct{ name, path, value string }

func (l Link) parameters() []parameter {
	return []parameter{
		{attribution.LinkParameter, "key", l.Key},
		{ClickParameter, "click", l.Click},
		{"utm_source", "utm.source", l.UTM.Source},
		{"utm_medium", "utm.medium", l.UTM.Medium},
		{"utm_campaign", "utm.campaign", l.UTM.Campaign},
		{"utm_content", "utm.content", l.UTM.Content},
		{"utm_term", "utm.term", l.UTM.Term},
		{"utm_id", "utm.id", l.UTM.ID},
	}
}

func (l Link) valueFaults() []*byline.FieldError {
	var faults []*byline.FieldError
	for _, p := range l.parameters() {
		most := maxValue
		if p.name == ClickParameter {
			most = maxClickID
			if l.Click != "" && len(l.Click) <= most && !wordly(l.Click) {
				faults = append(faults, fault(p.path, codeValue))
				continue
			}
		}
		faults = append(faults, valueFaults(p.path, p.value, most)...)
	}
	return faults
}

// valueFaults checks that a value comes back from a link as it went in; "" is none.
func valueFaults(path, value string, most int) []*byline.FieldError {
	if value == "" {
		return nil
	}
	kept, ok := clean(value)
	switch {
	case len(value) > most:
		return []*byline.FieldError{fault(path, codeLength)}
	case looksPersonal(value):
		return []*byline.FieldError{fault(path, codePersonal)}
	case !ok || kept != value:
		return []*byline.FieldError{fault(path, codeValue)}
	}
	return nil
}

// targetFaults checks an address that a link or a landing page is made of.
func targetFaults(path, target string) []*byline.FieldError {
	if target == "" {
		return []*byline.FieldError{fault(path, codeRequired)}
	}
	if len(target) > maxURL {
		return []*byline.FieldError{fault(path, codeLength)}
	}
	parsed, err := url.Parse(target)
	if err != nil || !utf8.ValidString(target) || strings.ContainsFunc(target, notInURL) {
		return []*byline.FieldError{fault(path, codeURL)}
	}
	var faults []*byline.FieldError
	if parsed.Scheme != "http" && parsed.Scheme != "https" {
		faults = append(faults, fault(path, codeScheme))
	}
	if parsed.User != nil {
		faults = append(faults, fault(path, codeUserInfo))
	}
	if parsed.Hostname() == "" {
		faults = append(faults, fault(path, codeHost))
	}
	if holdsEmail(parsed) {
		faults = append(faults, fault(path, codePersonal))
	}
	return faults
}

// notInURL tells what browsers strip, or read otherwise than servers: they take a
// backslash for a slash (WHATWG URL, 4.4).
func notInURL(r rune) bool { return r == '\\' || unicode.IsSpace(r) || unseen(r) }

// holdsEmail looks at segments and values one by one: "/@ada" is a page.
func holdsEmail(address *url.URL) bool {
	for part := range strings.FieldsFuncSeq(address.EscapedPath()+"?"+address.RawQuery, func(r rune) bool { return strings.ContainsRune("/?&=", r) }) {
		for range maxRounds {
			if looksLikeEmail(part) {
				return true
			}
			part = decode(part, false)
		}
	}
	return false
}

// QRText returns the text to put into a QR code. When all of the address can be written
// in the code's alphanumeric mode (0-9, A-Z, "$%*+-./:" and space; ISO/IEC 18004:2015,
// 7.3.4), which takes 11 bits for two characters instead of 16, its scheme and host come
// back in upper case: they mean the same in any case (RFC 3986, 6.2.2.1). Path and query
// do not, so they are never changed, and one small letter in them, or a "?", leaves the
// whole address as [Link.URL] writes it.
//
// The shortest code is that of a short link, which [Redirect] takes in any case:
// Link{Target: "https://go.demo.example/ADA-AUTUMN"}. Faults are those of URL.
func (l Link) QRText() (string, error) {
	address, err := l.URL()
	if err != nil {
		return "", err
	}
	authority := strings.Index(address, "://") + len("://")
	end := len(address)
	if i := strings.IndexAny(address[authority:], "/?#"); i >= 0 {
		end = authority + i
	}
	short := upperASCII(address[:end]) + address[end:]
	if strings.Trim(short, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:") != "" {
		return address, nil
	}
	return short, nil
}

// upperASCII leaves other letters alone, whose capitals may be of another host.
func upperASCII(text string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, text)
}
