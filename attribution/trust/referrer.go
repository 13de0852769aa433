package trust

import (
	"net/url"
	"strings"
)

// Hosts is a list of places where codes are traded. The zero Hosts is empty.
//
// The module ships no names: who belongs on such a list changes by market and by month,
// and is a claim about a business. Kinds that belong there: directories of coupons,
// extensions that try codes at the checkout, cashback and deal portals, forums and groups
// where deals are posted, and search pages for them. A creator's own site does not.
type Hosts struct{ listed map[string]bool }

// NewHosts makes a list of hosts as they stand in a URL (coupons.example), each with
// all its subdomains. Case, a scheme, a path and a dot at the end do not matter.
func NewHosts(hosts ...string) Hosts {
	listed := make(map[string]bool, len(hosts))
	for _, h := range hosts {
		if name := hostOf(h); name != "" {
			listed[name] = true
		}
	}
	return Hosts{listed}
}

// Holds says whether a visitor came from one of the hosts, by the Referer of the visit's
// first page. Without a readable host it is Unknown: browsers and apps withhold it.
func (h Hosts) Holds(referrer string) Answer {
	name := hostOf(referrer)
	if name == "" {
		return Unknown
	}
	for name != "" {
		if h.listed[name] {
			return Yes
		}
		_, name, _ = strings.Cut(name, ".")
	}
	return No
}

func hostOf(referrer string) string {
	const maxURL = 8 << 10
	if len(referrer) > maxURL {
		return ""
	}
	referrer = strings.TrimSpace(referrer)
	if !strings.Contains(referrer, "//") {
		referrer = "//" + referrer
	}
	u, err := url.Parse(referrer)
	if err != nil {
		return ""
	}
	return strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
}
