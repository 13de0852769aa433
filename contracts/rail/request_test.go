package rail_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/contracts/rail"
)

// printed is what goes over the line, to look at.
func printed(requests []rail.Request) []byte {
	var out bytes.Buffer
	for _, r := range requests {
		fmt.Fprintf(&out, "%s %s\n", r.Method, r.Path)
		for _, name := range []string{"Content-Type", "Idempotency-Key", "PayPal-Request-Id"} {
			if value, ok := r.Header[name]; ok {
				fmt.Fprintf(&out, "%s: %s\n", name, value)
			}
		}
		fmt.Fprintf(&out, "\n%s\n\n", r.Body)
	}
	return out.Bytes()
}

func TestStripeTransfers(t *testing.T) {
	t.Parallel()
	b := underWay(t, contracts.RailStripe, demo()...)
	got, err := rail.StripeTransfers(b)
	require.NoError(t, err)
	equal(t, "stripe.golden.txt", printed(got))
	for i, r := range got {
		if r.Reference != b.Items[i].Reference || r.Header["Idempotency-Key"] != r.Reference {
			t.Errorf("request %d has the key %q", i, r.Header["Idempotency-Key"])
		}
	}
	_, err = rail.StripeTransfers(underWay(t, contracts.RailPayPal, demo()...))
	if diff := cmp.Diff([]wrong{{"rail", "rail.other"}}, faultsOf(err)); diff != "" {
		t.Errorf("another rail (-want +got):\n%s", diff)
	}
}

// Stripe counts some currencies otherwise than ISO 4217.
func TestStripeAmounts(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		currency byline.Currency
		minor    int64
		want     string
	}{
		{byline.EUR, 1050, "1050"}, {byline.JPY, 5000, "5000"}, {byline.KRW, 1, "1"}, {byline.KWD, 5120, "5120"}, {"TND", 10, "10"},
		{"MGA", 500, "5"}, {"ISK", 5, "500"}, {"UGX", 5, "500"}, {"IQD", 1230, "123"}, {"HUF", 1001, "1001"},
	} {
		requests, err := rail.StripeTransfers(underWay(t, contracts.RailStripe, due{"ada", byline.Minor(tt.minor, tt.currency), demo()[0].payee}))
		require.NoError(t, err, tt.currency)
		form, err := url.ParseQuery(requests[0].Body)
		require.NoError(t, err)
		if got := form.Get("amount"); got != tt.want {
			t.Errorf("%s: amount %s, want %s", byline.Minor(tt.minor, tt.currency), got, tt.want)
		}
	}
}

func TestPayPalPayouts(t *testing.T) {
	t.Parallel()
	p := demo()[0].payee
	b := underWay(t, contracts.RailPayPal, append(demo(), due{"dario", byline.Minor(5000, byline.JPY), p}, due{"emil", byline.Minor(150000, "HUF"), p})...)
	got, err := rail.PayPalPayouts(b, `Your "November" <payout>`)
	require.NoError(t, err)
	equal(t, "paypal.golden.txt", printed(got))
	var references []string
	for _, r := range got {
		var wire struct {
			Header struct {
				ID string `json:"sender_batch_id"`
			} `json:"sender_batch_header"`
			Items []struct {
				ID string `json:"sender_item_id"`
			} `json:"items"`
		}
		require.NoError(t, json.Unmarshal([]byte(r.Body), &wire))
		if wire.Header.ID != r.Reference {
			t.Errorf("the batch is %s, the request %s", wire.Header.ID, r.Reference)
		}
		references = append(references, wire.Header.ID)
		for _, item := range wire.Items {
			references = append(references, item.ID)
		}
	}
	slices.Sort(references)
	if got := len(slices.Compact(references)); got != 3+5 {
		t.Errorf("%d references, want 8", got)
	}
	_, err = rail.PayPalPayouts(b, "two\nlines")
	if diff := cmp.Diff([]wrong{{"subject", "rail.text"}}, faultsOf(err)); diff != "" {
		t.Errorf("a subject of two lines (-want +got):\n%s", diff)
	}
}

func TestPayPalTakesSoMany(t *testing.T) {
	t.Parallel()
	var dues []due
	for i := range 15_001 {
		d := demo()[0]
		d.creator = byline.CreatorID(fmt.Sprint("c", i))
		dues = append(dues, d)
	}
	if diff := cmp.Diff([]wrong{{"items", "rail.count"}}, faultsOf(rail.Check(propose(t, contracts.RailPayPal, dues...)))); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	if err := rail.Check(propose(t, contracts.RailPayPal, dues[1:]...)); err != nil {
		t.Errorf("one less: %v", err)
	}
}

// A request in JSON is read by people and by programs in any language.
func TestRequestJSON(t *testing.T) {
	t.Parallel()
	requests, err := rail.PayPalPayouts(underWay(t, contracts.RailPayPal, demo()...), "")
	require.NoError(t, err)
	data, err := json.Marshal(requests[0])
	require.NoError(t, err)
	var fields map[string]any
	require.NoError(t, json.Unmarshal(data, &fields))
	if fields["body"] != requests[0].Body || fields["reference"] != requests[0].Reference || fields["path"] != "/v1/payments/payouts" {
		t.Errorf("the request is %s", data)
	}
}
