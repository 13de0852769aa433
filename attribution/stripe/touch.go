package stripe

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/tracking"
)

// maxTouches bounds what the buyer's browser can write into an order. A person comes
// through few links.
const maxTouches = 16

// metadata are an object's key-value pairs, up to 50 of them.
// https://docs.stripe.com/metadata, read 2026-11-22.
type metadata map[string]scalar

// UnmarshalJSON takes anything: old libraries write an empty object as a list.
func (m *metadata) UnmarshalJSON(data []byte) error {
	var pairs map[string]scalar
	if json.Unmarshal(data, &pairs) == nil {
		*m = pairs
	}
	return nil
}

// touches reads the entries in the order of their keys.
func (m metadata) touches(at time.Time) []attribution.Touch {
	var found []attribution.Touch
	for _, key := range slices.Sorted(maps.Keys(m)) {
		if t, ok := tracking.Attribute(key, m[key].Text(), at, attribution.SourceOrderMeta); ok {
			found = append(found, t)
		}
	}
	return found
}

// touches finds what a session carries: a reference that the shop's page or the URL of a
// payment link gave it, and its metadata.
// https://docs.stripe.com/payment-links/url-parameters, read 2026-11-22.
func (w *wireSession) touches(at time.Time) []attribution.Touch {
	found := tracking.Reference(w.ClientReferenceID.Text(), at, attribution.SourceReference)
	return few(found, w.Metadata.touches(at))
}

// touches finds what an invoice carries in its own metadata and in its subscription's,
// which every later invoice repeats.
func (w *wireInvoice) touches(at time.Time) []attribution.Touch {
	subscription := w.Parent.Value.SubscriptionDetails.Value.Metadata
	if subscription == nil {
		subscription = w.SubscriptionDetails.Value.Metadata
	}
	return few(w.Metadata.touches(at), subscription.touches(at))
}

func few(lists ...[]attribution.Touch) []attribution.Touch {
	all := slices.Concat(lists...)
	return slices.Clip(all[:min(len(all), maxTouches)])
}
