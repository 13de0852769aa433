package attributiontest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// toyDecoder is a decoder of bodies like "order:7 by Mira;". A non-nil field breaks it in one
// way.
type toyDecoder struct {
	verify func(d attribution.Delivery, err error) (attribution.Delivery, error)
	parse  func(d attribution.Delivery, events []attribution.Event, err error) ([]attribution.Event, error)
}

func toyProof(body []byte) string {
	sum := sha256.Sum256(append([]byte("secret"), body...))
	return hex.EncodeToString(sum[:])
}

func (y toyDecoder) Verify(h http.Header, body []byte) (attribution.Delivery, error) {
	d, err := toyVerify(h, body)
	if y.verify != nil {
		return y.verify(d, err)
	}
	return d, err
}

func toyVerify(h http.Header, body []byte) (attribution.Delivery, error) {
	d := attribution.Delivery{ID: toyProof(body), Topic: h.Get("Topic"), Body: body}
	switch {
	case h.Get("Proof") == "":
		return d, attribution.ErrNotSigned
	case h.Get("Proof") != toyProof(body) || len(body) == 0:
		return d, attribution.ErrBadSignature
	case d.Topic != "order":
		return d, attribution.ErrIgnored
	}
	return d, nil
}

func (y toyDecoder) Parse(d attribution.Delivery) ([]attribution.Event, error) {
	events, err := toyParse(d)
	if y.parse != nil {
		return y.parse(d, events, err)
	}
	return events, err
}

func toyParse(d attribution.Delivery) ([]attribution.Event, error) {
	if !bytes.HasSuffix(d.Body, []byte(";")) {
		return nil, &byline.FieldError{Code: "toy", Message: "it breaks off"}
	}
	if bytes.HasPrefix(d.Body, []byte("nothing")) {
		return nil, nil
	}
	return []attribution.Event{{Key: d.ID, Kind: attribution.AppRemoved, Shop: "toy"}}, nil
}

func toyHarness(y toyDecoder) DecoderHarness {
	return DecoderHarness{
		Decoder: y,
		Samples: []DecoderSample{
			{Name: "an order", Topic: "order", Body: []byte("order:7 by Mira of Harbour Lane;")},
			{Name: "nothing", Topic: "order", Body: []byte("nothing by Mira of Harbour Lane;"), Silent: true},
		},
		Sign: func(topic string, body []byte) http.Header {
			return http.Header{"Proof": {toyProof(body)}, "Topic": {topic}}
		},
		Signature:    "Proof",
		UnknownTopic: "weather",
		Personal:     []string{"Mira"},
	}
}

func TestTheSuiteAcceptsAGoodDecoder(t *testing.T) {
	t.Parallel()
	TestDecoder(t, toyHarness(toyDecoder{}))
	h := toyHarness(toyDecoder{})
	h.UnknownTopic = "" // as of a sender who puts the topic into the body
	TestDecoder(t, h)
}

// brokenChecks returns the names of the checks that a decoder fails.
func brokenChecks(h DecoderHarness) []string {
	var names []string
	for _, c := range decoderChecks() {
		for _, s := range h.Samples {
			if c.try(h, s) != "" {
				names = append(names, c.name)
				break
			}
		}
	}
	return names
}

func TestTheSuiteFindsFaults(t *testing.T) {
	t.Parallel()
	calls := 0
	anyError := func(err error) func(attribution.Delivery, error) (attribution.Delivery, error) {
		return func(d attribution.Delivery, was error) (attribution.Delivery, error) {
			if was != nil {
				return d, err
			}
			return d, nil
		}
	}
	tests := []struct {
		name string
		toy  toyDecoder
		want string // a check that must fail
	}{
		{"accepts everything", toyDecoder{verify: func(d attribution.Delivery, _ error) (attribution.Delivery, error) { return d, nil }}, "a changed byte is refused"},
		{"accepts what is unsigned", toyDecoder{verify: anyError(nil)}, "no signature is refused"},
		{"one error for all", toyDecoder{verify: anyError(attribution.ErrBadSignature)}, "no signature is refused"},
		{"no topic is unknown", toyDecoder{verify: anyError(attribution.ErrNotSigned)}, "an unknown topic is ignored"},
		{"refuses everything", toyDecoder{verify: func(d attribution.Delivery, _ error) (attribution.Delivery, error) {
			return d, attribution.ErrBadSignature
		}}, "a genuine delivery is accepted and kept as it is"},
		{"takes an empty body", toyDecoder{verify: func(d attribution.Delivery, err error) (attribution.Delivery, error) {
			if len(d.Body) == 0 {
				return d, nil
			}
			return d, err
		}}, "an empty body is refused"},
		{"trims the body", toyDecoder{verify: func(d attribution.Delivery, err error) (attribution.Delivery, error) {
			d.Body = bytes.TrimSuffix(d.Body, []byte(";"))
			return d, err
		}}, "a genuine delivery is accepted and kept as it is"},
		{"no id", toyDecoder{verify: func(d attribution.Delivery, err error) (attribution.Delivery, error) {
			d.ID = ""
			return d, err
		}}, "a genuine delivery is accepted and kept as it is"},
		{"an id per attempt", toyDecoder{verify: func(d attribution.Delivery, err error) (attribution.Delivery, error) {
			calls++
			d.ID = fmt.Sprint(calls)
			return d, err
		}}, "a genuine delivery is accepted and kept as it is"},
		{"writes into the body", toyDecoder{parse: func(d attribution.Delivery, events []attribution.Event, err error) ([]attribution.Event, error) {
			d.Body[0] = 'X'
			return events, err
		}}, "it reads the same twice"},
		{"another result each time", toyDecoder{parse: func(_ attribution.Delivery, events []attribution.Event, err error) ([]attribution.Event, error) {
			calls++
			for i := range events {
				events[i].At = time.Unix(int64(calls), 0)
			}
			return events, err
		}}, "it reads the same twice"},
		{"no events", toyDecoder{parse: func(_ attribution.Delivery, _ []attribution.Event, err error) ([]attribution.Event, error) {
			return nil, err
		}}, "it reads the same twice"},
		{"events without keys", toyDecoder{parse: func(_ attribution.Delivery, events []attribution.Event, err error) ([]attribution.Event, error) {
			for i := range events {
				events[i].Key = ""
			}
			return events, err
		}}, "it reads the same twice"},
		{"an error that invites a retry", toyDecoder{parse: func(_ attribution.Delivery, events []attribution.Event, err error) ([]attribution.Event, error) {
			if err != nil {
				err = errors.New("unexpected end of input")
			}
			return events, err
		}}, "what is cut short is invalid"},
		{"quotes the body in an error", toyDecoder{parse: func(d attribution.Delivery, events []attribution.Event, err error) ([]attribution.Event, error) {
			if err != nil {
				err = &byline.FieldError{Code: "toy", Message: "cannot read " + string(d.Body)}
			}
			return events, err
		}}, "nothing personal comes out"},
		{"keeps a name", toyDecoder{parse: func(d attribution.Delivery, events []attribution.Event, err error) ([]attribution.Event, error) {
			for i := range events {
				events[i].Order = &attribution.Order{Number: string(d.Body)}
			}
			return events, err
		}}, "nothing personal comes out"},
	}
	for _, tt := range tests {
		if got := strings.Join(brokenChecks(toyHarness(tt.toy)), "; "); !strings.Contains(got, tt.want) {
			t.Errorf("%s: the checks that failed are %q, want %q among them", tt.name, got, tt.want)
		}
	}
}

func TestAWrongHarnessIsFound(t *testing.T) {
	t.Parallel()
	h := toyHarness(toyDecoder{})
	h.Signature = "Signature"
	if diff := cmp.Diff([]string{"no signature is refused"}, brokenChecks(h)); diff != "" {
		t.Errorf("failed checks mismatch (-want +got):\n%s", diff)
	}
}
