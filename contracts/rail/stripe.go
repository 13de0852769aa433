package rail

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// The currencies in which Stripe does not count in hundredths. Against ISO 4217 the
// ariary (MGA) has no decimals here, and the Icelandic króna and the Ugandan shilling
// stand in hundredths that are always 00.
// https://docs.stripe.com/currencies, read 2026-11-22.
const (
	stripeNoDecimals    = " BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF "
	stripeThreeDecimals = " BHD JOD KWD OMR TND " // of which the last digit has to be 0
)

// maxStripeUnits is the twelve digits that an amount may have.
// https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts, read 2026-11-22.
const maxStripeUnits = 999_999_999_999

// stripeUnits is an amount in Stripe's unit of its currency, and false where that cannot
// be said exactly.
func stripeUnits(m byline.Money) (int64, bool) {
	word := " " + string(m.Currency()) + " "
	units, digits := m.Minor(), 2
	switch {
	case strings.Contains(stripeNoDecimals, word):
		digits = 0
	case strings.Contains(stripeThreeDecimals, word):
		digits = 3
	}
	if units > maxStripeUnits {
		return 0, false
	}
	for have := m.Currency().Digits(); have != digits; {
		if have < digits {
			units, have = 10*units, have+1
			continue
		}
		if units%10 != 0 {
			return 0, false
		}
		units, have = units/10, have-1
	}
	return units, units > 0 && units <= maxStripeUnits && (digits != 3 || units%10 == 0)
}

// StripeTransfers writes what is under way of a batch as one request each to Stripe
// Connect, POST /v1/transfers, with the reference as Idempotency-Key, as metadata and,
// so that a transfer is found again by it, in the description; transfer_group is the
// batch's MessageID. Add the key of the account and send them in any order. Stripe
// forgets an Idempotency-Key after at least a day: what had no answer by then is looked
// up by its transfer_group, not sent again.
// https://docs.stripe.com/api/transfers/create, read 2026-11-22, and
// https://docs.stripe.com/api/idempotent_requests, recalled.
//
// Faults are those of [Check], "rail.other", "rail.state" and "rail.nothing".
func StripeTransfers(b contracts.Batch) ([]Request, error) {
	items, err := underWay(b, contracts.RailStripe)
	if err != nil {
		return nil, err
	}
	var requests []Request
	for _, item := range items {
		units, _ := stripeUnits(item.Net) // Check has tried it
		form := url.Values{
			"amount":              {strconv.FormatInt(units, 10)},
			"currency":            {strings.ToLower(string(item.Net.Currency()))},
			"destination":         {item.Payee.StripeAccount},
			"description":         {item.Reference},
			"metadata[reference]": {item.Reference},
			"transfer_group":      {b.MessageID()},
		}
		requests = append(requests, Request{
			Method: "POST", Path: "/v1/transfers", Reference: item.Reference,
			Header: map[string]string{"Content-Type": "application/x-www-form-urlencoded", "Idempotency-Key": item.Reference},
			Body:   form.Encode(),
		})
	}
	return requests, nil
}
