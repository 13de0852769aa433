package httpapi

import (
	"net/netip"
	"net/url"
	"strings"
)

// IsBase reports whether paths can be put behind an address, and a token sent there: in
// the clear to this machine alone.
func IsBase(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User != nil || strings.ContainsAny(address, " ?#") {
		return false
	}
	return u.Scheme == "https" || u.Scheme == "http" && isLoopback(u.Hostname())
}

func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}
