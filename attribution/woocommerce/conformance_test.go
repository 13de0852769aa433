package woocommerce_test

import (
	"net/http"
	"testing"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/attribution/woocommerce"
)

// stamped is the decoder behind a receiver, which says when a delivery arrived.
type stamped struct{ woocommerce.Webhook }

func (s stamped) Verify(h http.Header, body []byte) (attribution.Delivery, error) {
	d, err := s.Webhook.Verify(h, body)
	if err == nil {
		d.ReceivedAt = arrival()
	}
	return d, err
}

func TestConformance(t *testing.T) {
	t.Parallel()
	h := attributiontest.DecoderHarness{
		Decoder:      stamped{decoder()},
		Sign:         signed,
		Signature:    signatureHeader,
		UnknownTopic: "product.updated",
		Personal:     personal,
	}
	for _, s := range samples {
		h.Samples = append(h.Samples, attributiontest.DecoderSample{
			Name: s.file, Topic: s.topic, Body: load(t, s.file), Silent: s.file == "order_checkout_draft.json",
		})
	}
	attributiontest.TestDecoder(t, h)
}
