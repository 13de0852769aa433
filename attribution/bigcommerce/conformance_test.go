package bigcommerce_test

import (
	"testing"

	"github.com/bylinehq/byline/attribution/attributiontest"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	h := attributiontest.DecoderHarness{Decoder: decoder(), Sign: signed, Signature: "Webhook-Signature", Personal: personal}
	for _, n := range notices {
		h.Samples = append(h.Samples, attributiontest.DecoderSample{Name: n.file, Body: load(t, n.file), Silent: n.silent})
	}
	attributiontest.TestDecoder(t, h)
}
