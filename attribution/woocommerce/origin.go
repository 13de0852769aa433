package woocommerce

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/tracking"
)

// defaultPrefix begins the names under which WooCommerce, since 8.5, notes where an
// order came from.
// https://github.com/woocommerce/woocommerce, src/Internal/Traits/OrderAttributionMeta.php,
// read 2026-11-22.
const defaultPrefix = "_wc_order_attribution_"

// Names behind the prefix.
const (
	originType    = "source_type" // "utm", "organic", "referral", "typein", "admin", "mobile_app"
	originEntry   = "session_entry"
	originTypeUTM = "utm"
	originUTM     = "utm_"
)

// maxTouches bounds what the buyer's browser may write into an order: a person comes
// through few links.
const maxTouches = 16

// origin is the shop's own record of a visit, by the names behind the prefix.
type origin map[string]string

// touches collects what the order says of how the customer came: the shop's own record
// of the visit, other notes that carry a link or a click, and the customer's own words.
//
// WooCommerce cleans what it records, and with it cuts out each character that an
// address writes as %xx. Keys of links and ids of clicks that need none come through.
// https://developer.wordpress.org/reference/functions/sanitize_text_field/, read 2026-11-22.
func (w Webhook) touches(o *wireOrder, placed time.Time) []attribution.Touch {
	prefix := w.prefix()
	visit := origin{}
	var noted []attribution.Touch
	for _, m := range o.MetaData.Value {
		if name, ours := strings.CutPrefix(m.Key.Words(), prefix); ours {
			visit[name] = m.Value.Words()
		} else if touch, ok := tracking.Attribute(m.Key.Words(), m.Value.Words(), placed, attribution.SourceOrderMeta); ok {
			noted = append(noted, touch)
		}
	}
	words := tracking.Note(o.CustomerNote.Words(), placed, attribution.SourceOrderNote)
	return firstOfEach(slices.Concat(visit.touches(placed), noted, words))
}

// prefix puts the underscores where WooCommerce puts them, whatever the filter returns.
func (w Webhook) prefix() string {
	if strings.Trim(w.AttributionPrefix, "_") == "" {
		return defaultPrefix
	}
	return "_" + strings.Trim(w.AttributionPrefix, "_") + "_"
}

// touches reads the first page of the visit, whose address has the link in it, and the
// UTM parameters, put together as an address so that they are read with the same care.
// Where the visit is of another type WooCommerce fills those in itself, with the search
// engine or the site that the customer came from.
func (v origin) touches(placed time.Time) []attribution.Touch {
	found := tracking.Visit(v[originEntry], placed, attribution.SourceOrderMeta)
	if is := v[originType]; is != "" && is != originTypeUTM {
		return found
	}
	utm := url.Values{}
	for name, value := range v {
		if strings.HasPrefix(name, originUTM) {
			utm.Set(name, value)
		}
	}
	return append(found, tracking.Visit("?"+utm.Encode(), placed, attribution.SourceOrderMeta)...)
}

// firstOfEach drops repeats: the address of the first page and the record beside it
// often say the same.
func firstOfEach(touches []attribution.Touch) []attribution.Touch {
	var kept []attribution.Touch
	for _, t := range touches {
		if len(kept) < maxTouches && !slices.Contains(kept, t) {
			kept = append(kept, t)
		}
	}
	return kept
}
