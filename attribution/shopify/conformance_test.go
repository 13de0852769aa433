package shopify_test

import (
	"testing"

	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/attribution/shopify"
)

// With keys and without, nothing personal comes out.
func TestConformance(t *testing.T) {
	t.Parallel()
	for _, w := range []shopify.Webhook{decoder(), identifying()} {
		h := attributiontest.DecoderHarness{
			Decoder:      w,
			Sign:         signed,
			Signature:    "X-Shopify-Hmac-Sha256",
			UnknownTopic: "products/update",
			Personal:     personal,
		}
		for _, s := range samples {
			h.Samples = append(h.Samples, attributiontest.DecoderSample{
				Name: s.file, Topic: s.topic, Body: load(t, s.file),
				Silent: s.file == "order_edit_envelope.json" || s.file == "dispute_of_no_order.json",
			})
		}
		attributiontest.TestDecoder(t, h)
	}
}
