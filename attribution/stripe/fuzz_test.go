package stripe_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/attribution/stripe"
)

func FuzzParse(f *testing.F) {
	for _, s := range samples {
		f.Add(load(f, s.file))
	}
	for _, topic := range []string{"checkout.session.completed", "invoice.paid", "invoice_payment.paid", "refund.created", "charge.refunded", "charge.dispute.closed"} {
		for _, object := range stripe.EmptyObjects() {
			f.Add([]byte(`{"object":"event","type":"` + topic + `","created":1790000000,"livemode":true,"data":{"object":` + object + `}}`))
		}
	}
	for _, tt := range faulty {
		f.Add(faultyBody(f, tt.file, tt.event, tt.object))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, e := range attributiontest.Parsed(t, func() ([]attribution.Event, error) { return parse(string(body)) }) {
			checkEvent(t, e)
		}
	})
}

func checkEvent(t *testing.T, e attribution.Event) {
	t.Helper()
	if e.Key == "" || e.Shop != account || e.Kind == "" || e.At.IsZero() {
		t.Fatalf("event without its key, shop, kind or time: %+v", e)
	}
	if e.Alias != nil {
		checkID(t, e.Alias.Order)
		checkID(t, e.Alias.Also)
		return
	}
	o := *e.Order
	checkID(t, o.ID)
	if same, err := attribution.OrderEvent(e.Kind, o, e.At); err != nil || same.Key != e.Key {
		t.Fatalf("the key is not of what the event says: %q, %q, %v", e.Key, same.Key, err)
	}
	attributiontest.Mergeable(t, o)
	// It may refuse, for a session of less than nothing; it must not panic.
	sales, err := o.Sales()
	if err == nil && (sales.Kept.Sign() < 0 || sales.Sold.Minor() != sales.Kept.Minor()+sales.Returned.Minor()) {
		t.Fatalf("sales that do not add up: %+v", sales)
	}
}

func checkID(t *testing.T, id byline.OrderID) {
	t.Helper()
	name, isOurs := strings.CutPrefix(string(id), "stripe:")
	if !isOurs || name == "" || len(name) > 255 || strings.ContainsAny(name, " :#@/") || stripe.OrderID(name) != id {
		t.Fatalf("order id %q", id)
	}
}

// FuzzVerify compares with crypto/hmac by text: what is accepted is signed.
func FuzzVerify(f *testing.F) {
	body := load(f, "invoice_payment_paid.json")
	good := stripe.Sign(body, made(), secret)
	f.Add(body, good, "")
	f.Add(body, good, good)
	f.Add(body, good+",v0=x", "")
	f.Add(body, "t=1790000000", good)
	f.Add([]byte(`{"type":"x"}`), "", "v1=")
	f.Add(thin, stripe.Sign(thin, at(900), secret), "")
	f.Fuzz(func(t *testing.T, body []byte, first, second string) {
		h := http.Header{"Stripe-Signature": {first}}
		if second != "" {
			h["stripe-signature"] = []string{second}
		}
		d, err := decoder().Verify(h, body)
		if err != nil && !errors.Is(err, attribution.ErrIgnored) {
			if !errors.Is(err, byline.ErrUnauthorized) {
				t.Fatalf("refused with %v", err)
			}
			return
		}
		if !signedInside(first, body) || second != "" && second != first {
			t.Fatalf("accepted with the signature %q, %q", first, second)
		}
		if err == nil && (string(d.Body) != string(body) || d.ID == "") {
			t.Fatalf("delivery %+v", d)
		}
	})
}

// signedInside looks for the sum of any time that stands in the header.
func signedInside(header string, body []byte) bool {
	for part := range strings.SplitSeq(header, ",") {
		stamp, isTime := strings.CutPrefix(part, "t=")
		for _, key := range []attribution.Secret{secret, previous} {
			mac := hmac.New(sha256.New, []byte(key))
			mac.Write([]byte(stamp + "."))
			mac.Write(body)
			if isTime && strings.Contains(strings.ToLower(header), hex.EncodeToString(mac.Sum(nil))) {
				return true
			}
		}
	}
	return false
}
