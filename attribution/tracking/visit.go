package tracking

import (
	"strings"
	"time"

	"github.com/bylinehq/byline/attribution"
)

// maxURL is how long an address may be, in bytes: what servers take, and more than any
// browser shows.
const maxURL = 8192

// Visit reads the address that a customer landed on, whole or from its path on, as shops
// report it. It returns up to three touches at the given time: the click (parameters
// "bl" and [ClickParameter], its Kind left empty, which means ByClick), one ByUTM and
// one ByPage, whose Page is in the form of [attribution.NormalizePage] and never "/".
//
// Names are read in any case and decoded; of repeated ones the first value that may be
// kept counts. "+" and "%20" are spaces, ";" is a character like any other (WHATWG URL,
// 5.1), a broken escape stands for itself, values are decoded once, and the fragment is
// not read. A value that is over 255 bytes, holds control characters, or looks like an
// e-mail address or a telephone number is dropped alone; so is such a path. Text without
// a scheme that does not begin with "/" names no page. Nothing is an error: what cannot
// be read is not there. An address over 8192 bytes is not read at all.
func Visit(rawURL string, at time.Time, source string) []attribution.Touch {
	if len(rawURL) > maxURL {
		return nil
	}
	address, _, _ := strings.Cut(strings.TrimSpace(rawURL), "#")
	address, query, _ := strings.Cut(address, "?")
	found := readQuery(query)
	touches := found.clicks(at, source)
	if found.utm != (attribution.UTM{}) {
		touches = append(touches, attribution.Touch{Kind: attribution.ByUTM, UTM: found.utm, At: at, Source: source})
	}
	if page := landingPage(address); page != "" {
		touches = append(touches, attribution.Touch{Kind: attribution.ByPage, Page: page, At: at, Source: source})
	}
	return touches
}

func (p parameters) clicks(at time.Time, source string) []attribution.Touch {
	if p.link == "" && p.click == "" {
		return nil
	}
	return []attribution.Touch{{ID: p.click, Link: p.link, At: at, Source: source}}
}

// landingPage finds the path of an address without its query.
func landingPage(address string) string {
	path := pathOf(address)
	if path == "" {
		return ""
	}
	for segment := range strings.SplitSeq(path, "/") {
		if looksPersonal(segment) {
			return ""
		}
	}
	page := attribution.NormalizePage(path)
	if page == "/" || strings.ContainsFunc(page, unseen) {
		return ""
	}
	return page
}

// pathOf cuts the scheme and the authority off, "" when there is no path. What begins
// with two slashes is an authority (RFC 3986, 4.2).
func pathOf(address string) string {
	rest, isAuthority := strings.CutPrefix(address, "//")
	if scheme, after, found := strings.Cut(address, "://"); found && !strings.Contains(scheme, "/") {
		if !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
			return ""
		}
		rest, isAuthority = after, true
	}
	if isAuthority {
		slash := strings.IndexByte(rest, '/')
		if slash < 0 {
			return ""
		}
		return rest[slash:]
	}
	if !strings.HasPrefix(address, "/") {
		return ""
	}
	return address
}
