package stripe_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/attributiontest"
	"github.com/bylinehq/byline/attribution/stripe"
)

// The account, its people and its secrets are made up.
const (
	account  = "acct_1QdemoHarbour"
	secret   = attribution.Secret("whsec_fictional_secret_of_the_harbour")
	previous = attribution.Secret("whsec_fictional_secret_of_last_year")
)

// personal is what stands in the payloads about people and must never be kept.
var personal = []string{
	"Dario", "dario.demo", "demo.example", "Cleo Demo", "Demo Street", "2nd floor", "20099", "Seaport", "5550143", "203.0.113.7", "FingerprintDemo1", "fictional",
}

// codes is what the shop knows of its promotion codes and coupons.
func codes(id string) string {
	return map[string]string{"promo_1QdemoAda10": "ADA10", "promo_1QdemoBruno": "bruno", "coupon_cleo5": "CLEO5"}[id]
}

// made is when most of the payloads were made, and sent.
func made() time.Time { return time.Unix(1790000000, 0).UTC() }

func at(seconds int64) time.Time { return made().Add(time.Duration(seconds) * time.Second) }

// sample is one payload of testdata. All are our own, in the shape of version
// 2026-07-29.dahlia unless their name says otherwise.
type sample struct{ file, topic string }

func (s sample) silent() bool { return slices.Contains(silent, s.file) }

// silent are samples from which nothing follows.
var silent = []string{
	"session_subscription_bare.json", "session_subscription_without_invoice.json", "session_setup.json",
	"invoice_payment_outside.json", "refund_of_balance.json", "charge_refunded.json",
}

var samples = []sample{
	{"session_payment.json", "checkout.session.completed"},
	{"session_tax_included.json", "checkout.session.completed"},
	{"session_tax_of_both_kinds.json", "checkout.session.completed"},
	{"session_two_discounts.json", "checkout.session.completed"},
	{"session_unmapped_code.json", "checkout.session.completed"},
	{"session_expanded_code.json", "checkout.session.completed"},
	{"session_jpy.json", "checkout.session.completed"},
	{"session_kwd.json", "checkout.session.completed"},
	{"session_isk.json", "checkout.session.completed"},
	{"session_mga.json", "checkout.session.completed"},
	{"session_free.json", "checkout.session.completed"},
	{"session_unpaid.json", "checkout.session.completed"},
	{"session_async_succeeded.json", "checkout.session.async_payment_succeeded"},
	{"session_async_failed.json", "checkout.session.async_payment_failed"},
	{"session_subscription.json", "checkout.session.completed"},
	{"session_subscription_code.json", "checkout.session.completed"},
	{"session_subscription_trial.json", "checkout.session.completed"},
	{"session_subscription_bare.json", "checkout.session.completed"},
	{"session_subscription_without_invoice.json", "checkout.session.completed"},
	{"session_with_invoice.json", "checkout.session.completed"},
	{"session_before_invoice.json", "checkout.session.completed"},
	{"session_setup.json", "checkout.session.completed"},
	{"session_2020.json", "checkout.session.completed"},
	{"session_test_mode.json", "checkout.session.completed"},
	{"session_connect.json", "checkout.session.completed"},
	{"session_guest.json", "checkout.session.completed"},
	{"invoice_paid.json", "invoice.paid"},
	{"invoice_renewal.json", "invoice.paid"},
	{"invoice_expanded_discounts.json", "invoice.paid"},
	{"invoice_proration.json", "invoice.payment_succeeded"},
	{"invoice_credit.json", "invoice.paid"},
	{"invoice_tax_included.json", "invoice.paid"},
	{"invoice_tax_of_both_kinds.json", "invoice.paid"},
	{"invoice_cut_list.json", "invoice.paid"},
	{"invoice_open.json", "invoice.payment_failed"},
	{"invoice_uncollectible.json", "invoice.marked_uncollectible"},
	{"invoice_voided.json", "invoice.voided"},
	{"invoice_credit_note.json", "invoice.paid"},
	{"invoice_shipping.json", "invoice.paid"},
	{"invoice_isk.json", "invoice.paid"},
	{"invoice_trial.json", "invoice.paid"},
	{"invoice_metered.json", "invoice.paid"},
	{"invoice_paid_2020.json", "invoice.paid"},
	{"invoice_metadata_2023.json", "invoice.paid"},
	{"invoice_taxed_as_a_whole.json", "invoice.payment_succeeded"},
	{"invoice_payment_paid.json", "invoice_payment.paid"},
	{"invoice_payment_by_charge.json", "invoice_payment.paid"},
	{"invoice_payment_outside.json", "invoice_payment.paid"},
	{"refund_created.json", "refund.created"},
	{"refund_pending.json", "refund.created"},
	{"refund_requires_action.json", "refund.updated"},
	{"refund_succeeded_later.json", "charge.refund.updated"},
	{"refund_failed.json", "refund.failed"},
	{"refund_canceled.json", "refund.updated"},
	{"refund_of_charge.json", "refund.created"},
	{"refund_of_balance.json", "refund.created"},
	{"refund_isk.json", "refund.created"},
	{"charge_refunded_2020.json", "charge.refunded"},
	{"charge_refunded.json", "charge.refunded"},
	{"dispute_inquiry.json", "charge.dispute.created"},
	{"dispute_created.json", "charge.dispute.created"},
	{"dispute_funds_withdrawn.json", "charge.dispute.funds_withdrawn"},
	{"dispute_updated.json", "charge.dispute.updated"},
	{"dispute_won.json", "charge.dispute.closed"},
	{"dispute_funds_reinstated.json", "charge.dispute.funds_reinstated"},
	{"dispute_lost.json", "charge.dispute.closed"},
	{"dispute_prevented.json", "charge.dispute.closed"},
	{"dispute_blocked.json", "charge.dispute.closed"},
}

func files() (names []string) {
	for _, s := range samples {
		names = append(names, s.file)
	}
	return names
}

func decoder() stripe.Webhook {
	return stripe.Webhook{
		Secrets: []attribution.Secret{secret, previous}, Account: account, Codes: codes,
		Now: func() time.Time { return made().Add(3 * time.Second) },
	}
}

// signed returns the headers that Stripe sends with body.
func signed(body []byte) http.Header {
	h := http.Header{}
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
	h.Set("Stripe-Signature", stripe.Sign(body, made(), secret))
	return h
}

func decode(t testing.TB, body []byte) ([]attribution.Event, error) {
	t.Helper()
	return decoder().Decode(signed(body), body)
}

func parse(body string) ([]attribution.Event, error) {
	return decoder().Parse(attribution.Delivery{Body: []byte(body)})
}

// events decodes what must be good.
func events(t testing.TB, body []byte) []attribution.Event {
	t.Helper()
	made, err := decode(t, body)
	require.NoError(t, err)
	return made
}

// order decodes what must be, first of all, an event about an order.
func order(t testing.TB, body []byte) attribution.Order {
	t.Helper()
	made := events(t, body)
	require.NotEmpty(t, made)
	require.NotNil(t, made[0].Order)
	return *made[0].Order
}

func sampleOrder(t testing.TB, file string) attribution.Order {
	t.Helper()
	return order(t, load(t, file))
}

// change returns a sample's body with fields of its object put in. A field whose value
// is the text "drop" is taken out.
func change(t testing.TB, file, patch string) []byte {
	t.Helper()
	return changeAt(t, load(t, file), patch, "data", "object")
}

// changeAt changes the object at a path; at no path, the event itself.
func changeAt(t testing.TB, body []byte, patch string, path ...string) []byte {
	t.Helper()
	var fields map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(body, &fields))
	if len(path) > 0 {
		fields[path[0]] = changeAt(t, fields[path[0]], patch, path[1:]...)
	} else {
		var changes map[string]json.RawMessage
		require.NoError(t, json.Unmarshal([]byte(patch), &changes))
		maps.Copy(fields, changes)
		maps.DeleteFunc(fields, func(_ string, value json.RawMessage) bool { return string(value) == `"drop"` })
	}
	changed, err := json.Marshal(fields)
	require.NoError(t, err)
	return changed
}

// What the tests of all adapters share.
var (
	load    = attributiontest.Load
	codesOf = attributiontest.Faults
	money   = attributiontest.Money
)
