package stripe_test

import (
	"net/http"
	"testing"

	"github.com/bylinehq/byline/attribution/attributiontest"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	h := attributiontest.DecoderHarness{
		Decoder:   decoder(),
		Sign:      func(_ string, body []byte) http.Header { return signed(body) },
		Signature: "Stripe-Signature",
		Personal:  personal,
	}
	for _, s := range samples {
		h.Samples = append(h.Samples, attributiontest.DecoderSample{Name: s.file, Topic: s.topic, Body: load(t, s.file), Silent: s.silent()})
	}
	attributiontest.TestDecoder(t, h)
}
