package rail

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// The currencies that PayPal pays out in, and those among them that take no decimals:
// the forint and the new Taiwan dollar have two by ISO 4217.
// https://developer.paypal.com/docs/archive/mass-pay/integration-guide/currency-codes/,
// read 2026-11-22; it says as well that BRL and MYR stay within their countries.
const (
	paypalCurrencies = " AUD BRL CAD CHF CZK DKK EUR GBP HKD HUF ILS JPY MXN MYR NOK NZD PHP PLN SEK SGD THB TWD USD "
	paypalWhole      = " HUF JPY TWD "
)

// maxPayPalItems is how many items one request takes.
// https://developer.paypal.com/docs/api/payments.payouts-batch/v1/, by its OpenAPI document
// at https://apis.apis.io/apis/paypal/paypal-payouts-api/, read 2026-11-22.
const maxPayPalItems = 15_000

func paypalCarries(c byline.Currency) bool {
	return strings.Contains(paypalCurrencies, " "+string(c)+" ")
}

// paypalValue is an amount as PayPal wants to read it, and false where it has a part that
// cannot be said.
func paypalValue(m byline.Money) (string, bool) {
	text := m.Amount()
	if !strings.Contains(paypalWhole, " "+string(m.Currency())+" ") {
		return text, true
	}
	whole, fraction, _ := strings.Cut(text, ".")
	return whole, strings.Trim(fraction, "0") == ""
}

type (
	paypalBatch struct {
		Header paypalHeader `json:"sender_batch_header"`
		Items  []paypalItem `json:"items"`
	}
	paypalHeader struct {
		ID      string `json:"sender_batch_id"`
		Subject string `json:"email_subject,omitempty"`
	}
	paypalItem struct {
		Type      string       `json:"recipient_type"`
		Amount    paypalAmount `json:"amount"`
		Receiver  string       `json:"receiver"`
		Reference string       `json:"sender_item_id"`
	}
	paypalAmount struct {
		Value    string          `json:"value"`
		Currency byline.Currency `json:"currency"`
	}
)

// PayPalPayouts writes what is under way of a batch as one request for each currency to
// PayPal, POST /v1/payments/payouts. sender_item_id is each item's reference;
// sender_batch_id is made of the batch and the currency and is the Reference of the
// request. subject is the subject line of PayPal's mail to the creators, at most 255
// bytes, and may be empty. PayPal refuses a sender_batch_id that it has seen within 30
// days; what had no answer by then is looked up, not sent again.
// https://developer.paypal.com/docs/api/payments.payouts-batch/v1/, read 2026-11-22.
//
// Faults are those of [Check], "rail.other", "rail.state", "rail.nothing" and "rail.text".
func PayPalPayouts(b contracts.Batch, subject string) ([]Request, error) {
	items, err := underWay(b, contracts.RailPayPal)
	if err != nil {
		return nil, err
	}
	if len(subject) > 255 || strings.ContainsAny(subject, "\r\n\x00") {
		return nil, fault("subject", "rail.text")
	}
	byCurrency := map[byline.Currency][]contracts.BatchItem{}
	for _, item := range items {
		byCurrency[item.Net.Currency()] = append(byCurrency[item.Net.Currency()], item)
	}
	var requests []Request
	for _, currency := range slices.Sorted(maps.Keys(byCurrency)) {
		// No creator has an empty id, so this is nobody's reference.
		id := contracts.PayoutReference(b.ID, "", currency)
		request, err := paypalRequest(paypalHeader{ID: id, Subject: subject}, byCurrency[currency])
		if err != nil {
			return nil, err
		}
		requests = append(requests, request)
	}
	return requests, nil
}

func paypalRequest(header paypalHeader, items []contracts.BatchItem) (Request, error) {
	wire := paypalBatch{Header: header}
	for _, item := range items {
		value, _ := paypalValue(item.Net) // Check has tried it
		wire.Items = append(wire.Items, paypalItem{
			Type: "EMAIL", Amount: paypalAmount{Value: value, Currency: item.Net.Currency()},
			Receiver: item.Payee.PayPalEmail, Reference: item.Reference,
		})
	}
	body, err := json.Marshal(wire)
	if err != nil {
		return Request{}, fmt.Errorf("paypal: %w", err)
	}
	return Request{
		Method: "POST", Path: "/v1/payments/payouts", Reference: header.ID,
		Header: map[string]string{"Content-Type": "application/json", "PayPal-Request-Id": header.ID}, Body: string(body),
	}, nil
}
