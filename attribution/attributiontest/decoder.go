// Package attributiontest holds the conformance suites of package attribution. Only
// tests may import it.
package attributiontest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// DecoderHarness is a decoder with what is needed to try it.
type DecoderHarness struct {
	Decoder attribution.Decoder
	// Samples are deliveries that the decoder must accept and read.
	Samples []DecoderSample
	// Sign returns all headers of a genuine delivery of body.
	Sign func(topic string, body []byte) http.Header
	// Signature names the header that Sign puts the proof in.
	Signature string
	// UnknownTopic is a topic that means nothing to the decoder. "" where a sender puts
	// the topic into the body, which Verify does not read.
	UnknownTopic string
	// Personal lists texts about people that stand in the samples. None may come out.
	Personal []string
}

// DecoderSample is one delivery.
type DecoderSample struct {
	Name  string
	Topic string
	Body  []byte
	// Silent says that nothing follows from this delivery. Any other must yield events.
	Silent bool
}

// TestDecoder holds a decoder to the contract of [attribution.Decoder]. It tries every
// sample: accepted as it is and refused with any byte changed or without its signature;
// read twice with the same result; cut short anywhere without a panic.
func TestDecoder(t *testing.T, h DecoderHarness) {
	t.Helper()
	if len(h.Samples) == 0 {
		t.Fatal("a decoder without samples proves nothing")
	}
	for _, s := range h.Samples {
		t.Run(s.Name, func(t *testing.T) {
			for _, c := range decoderChecks() {
				t.Run(c.name, func(t *testing.T) {
					if wrong := c.try(h, s); wrong != "" {
						t.Error(wrong)
					}
				})
			}
		})
	}
}

// decoderCheck is one sentence of the contract. It says what is wrong, "" for
// nothing, instead of failing a test, so that this package can test that a decoder
// which breaks it is found out.
type decoderCheck struct {
	name string
	try  func(h DecoderHarness, s DecoderSample) string
}

func decoderChecks() []decoderCheck {
	return []decoderCheck{
		{"a genuine delivery is accepted and kept as it is", acceptsGenuine},
		{"a changed byte is refused", refusesChanges},
		{"no signature is refused", refusesUnsigned},
		{"an empty body is refused", refusesEmpty},
		{"an unknown topic is ignored", ignoresUnknown},
		{"it reads the same twice", readsTwice},
		{"what is cut short is invalid", survivesCuts},
		{"nothing personal comes out", keepsNobody},
	}
}

func acceptsGenuine(h DecoderHarness, s DecoderSample) string {
	body := bytes.Clone(s.Body)
	d, err := h.Decoder.Verify(h.Sign(s.Topic, s.Body), body)
	switch {
	case err != nil:
		return fmt.Sprintf("Verify of a genuine delivery: %v", err)
	case !bytes.Equal(d.Body, s.Body) || !bytes.Equal(body, s.Body):
		return "the delivery does not hold the body exactly as signed"
	case d.ID == "":
		return "the delivery has no id, so its repeats cannot be told"
	}
	again, err := h.Decoder.Verify(h.Sign(s.Topic, s.Body), s.Body)
	if err != nil || again.ID != d.ID {
		return fmt.Sprintf("the same delivery again has the id %q, not %q (%v)", again.ID, d.ID, err)
	}
	return ""
}

// bytesToTry are where a body is changed or cut: sixteenths, the first and the last byte.
func bytesToTry(body []byte) []int {
	places := []int{0}
	for i := 1; i < 16; i++ {
		places = append(places, len(body)*i/16)
	}
	return append(places, len(body)-1)
}

func refusesChanges(h DecoderHarness, s DecoderSample) string {
	header := h.Sign(s.Topic, s.Body)
	for _, at := range bytesToTry(s.Body) {
		changed := bytes.Clone(s.Body)
		changed[at] ^= 1
		if _, err := h.Decoder.Verify(header, changed); !errors.Is(err, attribution.ErrBadSignature) {
			return fmt.Sprintf("byte %d of %d changed: Verify = %v, want %v", at, len(s.Body), err, attribution.ErrBadSignature)
		}
	}
	return ""
}

func refusesUnsigned(h DecoderHarness, s DecoderSample) string {
	header := h.Sign(s.Topic, s.Body)
	if header.Get(h.Signature) == "" {
		return fmt.Sprintf("the harness is wrong: Sign sets no %s", h.Signature)
	}
	header.Del(h.Signature)
	for _, unsigned := range []http.Header{header, {}, nil} {
		if _, err := h.Decoder.Verify(unsigned, s.Body); !errors.Is(err, attribution.ErrNotSigned) {
			return fmt.Sprintf("Verify = %v, want %v", err, attribution.ErrNotSigned)
		}
	}
	return ""
}

func refusesEmpty(h DecoderHarness, s DecoderSample) string {
	for _, empty := range [][]byte{nil, {}} {
		if _, err := h.Decoder.Verify(h.Sign(s.Topic, empty), empty); !errors.Is(err, byline.ErrUnauthorized) {
			return fmt.Sprintf("Verify = %v, want a refusal", err)
		}
	}
	return ""
}

func ignoresUnknown(h DecoderHarness, s DecoderSample) string {
	if h.UnknownTopic == "" {
		return ""
	}
	header := h.Sign(h.UnknownTopic, s.Body)
	if _, err := h.Decoder.Verify(header, s.Body); !errors.Is(err, attribution.ErrIgnored) {
		return fmt.Sprintf("Verify = %v, want %v", err, attribution.ErrIgnored)
	}
	if _, err := h.Decoder.Verify(header, append(bytes.Clone(s.Body), ' ')); !errors.Is(err, attribution.ErrBadSignature) {
		return fmt.Sprintf("with a bad signature, Verify = %v, want %v", err, attribution.ErrBadSignature)
	}
	return ""
}

func readsTwice(h DecoderHarness, s DecoderSample) string {
	d, err := h.Decoder.Verify(h.Sign(s.Topic, s.Body), bytes.Clone(s.Body))
	if err != nil {
		return err.Error()
	}
	first, err := h.Decoder.Parse(d)
	if err != nil {
		return fmt.Sprintf("Parse: %v", err)
	}
	if !bytes.Equal(d.Body, s.Body) {
		return "Parse writes into the body"
	}
	second, err := h.Decoder.Parse(d)
	if diff := cmp.Diff(first, second); err != nil || diff != "" {
		return fmt.Sprintf("read twice, %v (-first +second):\n%s", err, diff)
	}
	if s.Silent != (len(first) == 0) {
		return fmt.Sprintf("%d events, silent is %t", len(first), s.Silent)
	}
	for _, e := range first {
		if e.Key == "" || e.Kind == "" || e.Shop == "" {
			return fmt.Sprintf("an event without its key, kind or shop: %q, %q, %q", e.Key, e.Kind, e.Shop)
		}
	}
	return ""
}

func survivesCuts(h DecoderHarness, s DecoderSample) string {
	for _, at := range bytesToTry(s.Body) {
		if at == 0 {
			continue
		}
		err := parseSigned(h, s.Topic, s.Body[:at])
		if err != nil && !errors.Is(err, byline.ErrInvalid) {
			return fmt.Sprintf("cut to %d of %d bytes: %v", at, len(s.Body), err)
		}
	}
	return ""
}

// parseSigned reads a body that nobody but the sender could have broken.
func parseSigned(h DecoderHarness, topic string, body []byte) error {
	d, err := h.Decoder.Verify(h.Sign(topic, body), body)
	if err != nil {
		return fmt.Errorf("Verify of a genuine delivery: %w", err)
	}
	_, err = h.Decoder.Parse(d)
	return err
}

func keepsNobody(h DecoderHarness, s DecoderSample) string {
	d, err := h.Decoder.Verify(h.Sign(s.Topic, s.Body), s.Body)
	if err != nil {
		return err.Error()
	}
	events, err := h.Decoder.Parse(d)
	if err != nil {
		return err.Error()
	}
	kept, err := json.Marshal(events)
	if err != nil {
		return fmt.Sprintf("the events do not encode: %v", err)
	}
	texts := []string{string(kept)}
	for _, at := range bytesToTry(s.Body) {
		if err := parseSigned(h, s.Topic, s.Body[:max(at, 1)]); err != nil {
			texts = append(texts, err.Error())
		}
	}
	for _, text := range texts {
		for _, word := range h.Personal {
			if strings.Contains(text, word) {
				return fmt.Sprintf("%q comes out", word)
			}
		}
	}
	return ""
}
