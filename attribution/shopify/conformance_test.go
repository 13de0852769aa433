package shopify_test

import (
	"testing"

	"github.com/bylinehq/byline/attribution/attributiontest"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	h := attributiontest.DecoderHarness{
		Decoder:      decoder(),
		Sign:         signed,
		Signature:    "X-Shopify-Hmac-Sha256",
		UnknownTopic: "products/update",
		Personal:     personal,
	}
	for _, s := range samples {
		h.Samples = append(h.Samples, attributiontest.DecoderSample{
			Name: s.file, Topic: s.topic, Body: load(t, s.file), Silent: s.file == "order_edit_envelope.json",
		})
	}
	attributiontest.TestDecoder(t, h)
}
