package stripe_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/stripe"
)

func TestVerify(t *testing.T) {
	t.Parallel()
	body := load(t, "session_payment.json")
	d, err := decoder().Verify(signed(body), body)
	require.NoError(t, err)
	want := attribution.Delivery{
		ID: "evt_1Qdemo0001", Topic: "checkout.session.completed",
		Header: map[string]string{"api_version": "2026-07-29.dahlia"}, Body: body,
	}
	if diff := cmp.Diff(want, d); diff != "" {
		t.Errorf("Delivery mismatch (-want +got):\n%s", diff)
	}
	connect := load(t, "session_connect.json")
	d, err = decoder().Verify(signed(connect), connect)
	require.NoError(t, err)
	if diff := cmp.Diff(map[string]string{"api_version": "2026-07-29.dahlia", "account": account}, d.Header); diff != "" {
		t.Errorf("Header mismatch (-want +got):\n%s", diff)
	}
}

func TestVerifyRefuses(t *testing.T) {
	t.Parallel()
	body := load(t, "session_payment.json")
	good := stripe.Sign(body, made(), secret)
	tests := map[string]struct {
		header http.Header
		hook   func(w *stripe.Webhook)
		want   error
	}{
		"nothing":             {http.Header{}, nil, attribution.ErrNotSigned},
		"an empty header":     {http.Header{"Stripe-Signature": {""}}, nil, attribution.ErrNotSigned},
		"good":                {http.Header{"Stripe-Signature": {good}}, nil, nil},
		"in lower case":       {http.Header{"stripe-signature": {good}}, nil, nil},
		"twice the same":      {http.Header{"Stripe-Signature": {good, good}}, nil, nil},
		"twice, not the same": {http.Header{"Stripe-Signature": {good}, "stripe-signature": {stripe.Sign(body, made(), previous)}}, nil, attribution.ErrBadSignature},
		"the previous secret": {http.Header{"Stripe-Signature": {stripe.Sign(body, made(), previous)}}, nil, nil},
		"a foreign secret":    {http.Header{"Stripe-Signature": {stripe.Sign(body, made(), "whsec_foreign")}}, nil, attribution.ErrBadSignature},
		"no Secrets":          {http.Header{"Stripe-Signature": {good}}, func(w *stripe.Webhook) { w.Secrets = nil }, attribution.ErrBadSignature},
		"no Now":              {http.Header{"Stripe-Signature": {good}}, func(w *stripe.Webhook) { w.Now = nil }, attribution.ErrExpired},
		"six minutes old":     {http.Header{"Stripe-Signature": {stripe.Sign(body, at(-360), secret)}}, nil, attribution.ErrExpired},
		"six minutes ahead":   {http.Header{"Stripe-Signature": {stripe.Sign(body, at(366), secret)}}, nil, attribution.ErrExpired},
		"six minutes old, ten allowed": {
			http.Header{"Stripe-Signature": {stripe.Sign(body, at(-360), secret)}},
			func(w *stripe.Webhook) { w.Tolerance = 10 * time.Minute }, nil,
		},
		"no tolerance": {http.Header{"Stripe-Signature": {good}}, func(w *stripe.Webhook) { w.Tolerance = -1 }, attribution.ErrExpired},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			hook := decoder()
			if tt.hook != nil {
				tt.hook(&hook)
			}
			_, err := hook.Verify(tt.header, body)
			require.ErrorIs(t, err, tt.want)
			if tt.want != nil {
				require.ErrorIs(t, err, byline.ErrUnauthorized)
			}
		})
	}
}

// One Connect endpoint is sent the events of all sellers.
func TestAccounts(t *testing.T) {
	t.Parallel()
	named := func(name string) []byte {
		return changeAt(t, load(t, "session_payment.json"), fmt.Sprintf(`{"account":%s}`, name))
	}
	tests := map[string]struct {
		endpoint string
		body     []byte
		verify   error
		shop     string
		codes    []string
	}{
		"an endpoint of one, an event that names it":      {account, named(`"` + account + `"`), nil, account, nil},
		"an endpoint of one, an event that names none":    {account, named("null"), nil, account, nil},
		"an endpoint of one, an event of another":         {account, named(`"acct_other"`), attribution.ErrBadSignature, "", []string{"account stripe.other_account"}},
		"an endpoint of all, an event that names one":     {"", named(`"acct_other"`), nil, "acct_other", nil},
		"an endpoint of all, an event that names none":    {"", named("null"), nil, "", []string{"account stripe.account"}},
		"an endpoint of all, an account that is none":     {"", named(`"acct other"`), nil, "", []string{"account stripe.id"}},
		"an endpoint of one, an account that is a number": {account, named(`7`), nil, "", []string{"account stripe.id"}},
		"a shop of any name":                              {"demo.example", named("null"), nil, "demo.example", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			hook := decoder()
			hook.Account = tt.endpoint
			_, err := hook.Verify(signed(tt.body), tt.body)
			require.ErrorIs(t, err, tt.verify)
			events, err := hook.Parse(attribution.Delivery{Body: tt.body})
			if diff := cmp.Diff(tt.codes, codesOf(err)); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
			if err == nil && (events[0].Shop != tt.shop || events[0].Order.Shop != tt.shop) {
				t.Errorf("the shop is %q and %q, want %q", events[0].Shop, events[0].Order.Shop, tt.shop)
			}
		})
	}
}

func TestTestMode(t *testing.T) {
	t.Parallel()
	body := load(t, "session_test_mode.json")
	if o := order(t, body); !o.Test {
		t.Error("what is not live is no test")
	}
	for _, s := range samples {
		if s.silent() {
			continue
		}
		for _, e := range events(t, changeAt(t, load(t, s.file), `{"livemode":false}`)) {
			if e.Order != nil && !e.Order.Test {
				t.Errorf("%s: what is not live is no test", s.file)
			}
		}
	}
	hook := decoder()
	hook.LiveOnly = true
	_, err := hook.Verify(signed(body), body)
	require.ErrorIs(t, err, attribution.ErrIgnored)
	made, err := hook.Parse(attribution.Delivery{Body: body})
	require.NoError(t, err)
	require.Empty(t, made)
	live := load(t, "session_payment.json")
	made, err = hook.Decode(signed(live), live)
	require.NoError(t, err)
	require.Len(t, made, 1)
}

// What the model leaves out, and what nobody knows, is ignored by its signed topic.
func TestTopicsThatMeanNothing(t *testing.T) {
	t.Parallel()
	for _, topic := range []string{
		"payment_intent.succeeded", "charge.succeeded", "checkout.session.expired", "customer.created", "customer.deleted",
		"customer.subscription.created", "customer.discount.created", "invoice.created", "invoice.finalized", "invoice.updated",
		"invoice.upcoming", "credit_note.created", "payout.paid", "of.tomorrow", "Invoice.Paid",
	} {
		body := changeAt(t, load(t, "invoice_paid.json"), `{"type":"`+topic+`"}`)
		_, err := decoder().Verify(signed(body), body)
		require.ErrorIs(t, err, attribution.ErrIgnored, topic)
		made, err := decode(t, body)
		require.NoError(t, err)
		require.Empty(t, made)
		made, err = decoder().Parse(attribution.Delivery{Body: body})
		require.NoError(t, err)
		require.Empty(t, made)
		_, err = decoder().Verify(signed(body), append(body, ' '))
		require.ErrorIs(t, err, attribution.ErrBadSignature, topic)
	}
}

// What is signed and cannot be read is kept, under a name of its own, for somebody to
// look at.
func TestVerifyKeepsWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	good := load(t, "session_payment.json")
	seen := map[string]bool{}
	for name, body := range map[string]string{
		"no JSON":            "id=evt_1",
		"cut short":          string(good[:len(good)/2]),
		"a list":             "[" + string(good) + "]",
		"no type":            string(changeAt(t, good, `{"type":null,"id":"drop"}`)),
		"a thin event":       string(thin),
		"an id that is none": string(changeAt(t, good, `{"id":"`+strings.Repeat("x", 300)+`"}`)),
	} {
		d, err := decoder().Verify(signed([]byte(body)), []byte(body))
		require.NoError(t, err, name)
		again, err := decoder().Verify(signed([]byte(body)), []byte(body))
		require.NoError(t, err, name)
		if d.ID == "" || len(d.ID) > 100 || d.ID != again.ID || seen[d.ID] {
			t.Errorf("%s: the id is %q, then %q", name, d.ID, again.ID)
		}
		seen[d.ID] = true
	}
}

// thin is the form of an event of version 2. Its snapshot has to be fetched.
var thin = []byte(`{"id":"evt_65QdemoThin","object":"v2.core.event","type":"v1.charge.refunded","livemode":true,
	"created":"2026-09-21T14:13:20.123Z","related_object":{"id":"ch_3Qdemo001","type":"charge","url":"/v1/charges/ch_3Qdemo001"}}`)

func TestThinEvent(t *testing.T) {
	t.Parallel()
	_, err := decode(t, thin)
	require.ErrorIs(t, err, byline.ErrInvalid)
	if diff := cmp.Diff([]string{"stripe.thin_event"}, codesOf(err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}

// The id is in the signed body, so nobody can make a second delivery of it. Two events of
// one change have the same key all the same.
func TestSameFactTwice(t *testing.T) {
	t.Parallel()
	for _, pair := range []struct{ file, patch string }{
		{"invoice_paid.json", `{"id":"evt_other","type":"invoice.payment_succeeded","created":1790000004}`},
		{"dispute_created.json", `{"id":"evt_other","type":"charge.dispute.funds_withdrawn"}`},
		{"refund_succeeded_later.json", `{"id":"evt_other","type":"refund.updated"}`},
		{"invoice_payment_paid.json", `{"id":"evt_other","created":1790000009}`},
	} {
		body := load(t, pair.file)
		other := changeAt(t, body, pair.patch)
		first, err := decoder().Verify(signed(body), body)
		require.NoError(t, err)
		second, err := decoder().Verify(signed(other), other)
		require.NoError(t, err)
		if first.ID == second.ID {
			t.Fatalf("%s: both deliveries are %s", pair.file, first.ID)
		}
		if a, b := events(t, body), events(t, other); a[0].Key != b[0].Key {
			t.Errorf("%s: one fact has the keys %s and %s", pair.file, a[0].Key, b[0].Key)
		}
	}
}

func TestSecretsAreNotPrinted(t *testing.T) {
	t.Parallel()
	hook := decoder()
	hook.Identity.Key = "whsec_fictional_key_of_identities"
	hook.Now, hook.Codes = nil, nil
	encoded, err := json.Marshal(struct{ Secrets, Identity any }{hook.Secrets, hook.Identity})
	require.NoError(t, err)
	for _, text := range []string{fmt.Sprint(hook), fmt.Sprintf("%+v", hook), fmt.Sprintf("%#v", hook), string(encoded)} {
		if strings.Contains(text, "fictional") {
			t.Errorf("a secret comes out: %s", text)
		}
	}
}

// The JSON of the body does not have to be as Stripe writes it, and every byte counts.
func TestVerifyKeepsTheBody(t *testing.T) {
	t.Parallel()
	body := load(t, "session_payment.json")
	kept := bytes.Clone(body)
	d, err := decoder().Verify(signed(body), body)
	require.NoError(t, err)
	if &d.Body[0] != &body[0] || !bytes.Equal(kept, body) {
		t.Error("the delivery does not hold the slice it was given, as it was")
	}
}
