package hubspot_test

import (
	"testing"

	"github.com/bylinehq/byline/attribution/attributiontest"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	h := attributiontest.DecoderHarness{Decoder: decoder(), Sign: signed, Signature: "X-HubSpot-Signature-v3", Personal: personal}
	for _, c := range changes {
		h.Samples = append(h.Samples, attributiontest.DecoderSample{Name: c.file, Body: load(t, c.file), Silent: c.silent})
	}
	attributiontest.TestDecoder(t, h)
}
