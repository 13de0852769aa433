package woocommerce

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/bylinehq/byline"
)

// OrderID names a WooCommerce order across all shops: OrderID("https://demo.example/",
// 727) is "woocommerce:demo.example:727". WooCommerce counts its orders in each shop from
// the same small numbers, so the shop is part of the name.
//
// shop is the shop's home URL or its name. Of the URL the host and the path count, as in
// "demo.example/uk": scheme, a leading "www.", the usual port, capitals in the host and a
// final slash are left out, so that a shop which moves to https keeps its orders.
func OrderID(shop string, id int64) byline.OrderID {
	return byline.OrderID("woocommerce:" + normalShop(shop) + ":" + strconv.FormatInt(id, 10))
}

// normalShop is a shop's name for itself, "" where the text names no host.
func normalShop(home string) string {
	home = strings.TrimSpace(home)
	if !strings.Contains(home, "://") {
		home = "//" + home
	}
	u, err := url.Parse(home)
	if err != nil {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	for strings.HasPrefix(host, "www.") {
		host = host[len("www."):]
	}
	switch isIPv6 := strings.HasPrefix(u.Host, "["); {
	case isIPv6:
		host = "[" + host + "]"
	case host == "" || strings.Contains(host, ":"):
		return ""
	}
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		host += ":" + port
	}
	return host + strings.TrimRight(u.EscapedPath(), "/")
}
