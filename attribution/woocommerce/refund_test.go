package woocommerce_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/woocommerce"
)

func refundList(t testing.TB) woocommerce.RefundList {
	t.Helper()
	return woocommerce.RefundList{Shop: home, Order: 1009, Currency: byline.EUR, AsOf: at(t, "2026-10-09T08:05:00Z"), Whole: true}
}

// What a webhook names by its total alone, the list names by lines.
func TestRefundListIsExact(t *testing.T) {
	t.Parallel()
	order := sampleOrder(t, "order_partial_refunds.json")
	list, err := woocommerce.ParseRefunds(load(t, listFile), refundList(t))
	require.NoError(t, err)
	returned := func(o attribution.Order) string {
		sales, err := o.Sales()
		require.NoError(t, err)
		return sales.Returned.Amount()
	}
	// One of two trays came back, and of the shipping all: no other goods.
	if got := returned(order); got != "25.00" {
		t.Errorf("by the totals %s came back, want 25.00", got)
	}
	for _, merged := range []attribution.Order{merge(t, order, list), merge(t, list, order), merge(t, list, order, list)} {
		if got := returned(merged); got != "20.00" {
			t.Errorf("by the lines %s came back, want 20.00", got)
		}
	}
	later := change(t, string(load(t, "order_partial_refunds.json")), `{"date_modified_gmt":"2026-10-20T08:00:00"}`)
	if got := returned(merge(t, list, order, decodeOrder(t, "order.updated", later))); got != "25.00" {
		t.Errorf("after a later document %s came back, want 25.00", got)
	}
}

func TestRefundListThatIsNotWhole(t *testing.T) {
	t.Parallel()
	order := sampleOrder(t, "order_partial_refunds.json")
	of := refundList(t)
	whole, err := woocommerce.ParseRefunds([]byte(`[]`), of)
	require.NoError(t, err)
	of.Whole = false
	part, err := woocommerce.ParseRefunds([]byte(`[]`), of)
	require.NoError(t, err)
	if n := len(merge(t, order, whole).Refunds); n != 0 {
		t.Errorf("after a whole list without refunds %d are left", n)
	}
	if n := len(merge(t, order, part).Refunds); n != 2 {
		t.Errorf("after a page without refunds %d are left, want 2", n)
	}
}

func TestRefundLines(t *testing.T) {
	t.Parallel()
	refund := func(lines string) string {
		return `[{"id":7,"date_created_gmt":"2026-10-08T08:00:00","amount":"10.00","line_items":[` + lines + `]}]`
	}
	const meta = `"meta_data":[{"key":"_refunded_item_id","value":"11"}]`
	eur := func(amount string) byline.Money { return money(amount, byline.EUR) }
	tests := map[string]struct {
		lines string
		want  []attribution.RefundLine
	}{
		"goods":                {`{"quantity":-1,"total":"-8.40","total_tax":"-1.60",` + meta + `}`, []attribution.RefundLine{{Line: "11", Quantity: 1, Subtotal: eur("8.40"), Tax: eur("1.60")}}},
		"an id that is number": {`{"quantity":-1,"total":"-10","total_tax":"0","meta_data":[{"key":"_refunded_item_id","value":11}]}`, []attribution.RefundLine{{Line: "11", Quantity: 1, Subtotal: eur("10"), Tax: eur("0")}}},
		"money without goods":  {`{"quantity":0,"total":"-10.00","total_tax":"0.00",` + meta + `}`, []attribution.RefundLine{{Line: "11", Subtotal: eur("10"), Tax: eur("0")}}},
		"nothing of its own":   {`{"quantity":-1,"total":"-10.00","total_tax":"0.00"}`, nil},
		"one of two unknown":   {`{"quantity":-1,"total":"-9.00","total_tax":"0.00",` + meta + `},{"quantity":-1,"total":"-1.00","total_tax":"0.00","meta_data":7}`, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, err := woocommerce.ParseRefunds([]byte(refund(tt.lines)), refundList(t))
			require.NoError(t, err)
			want := attribution.Refund{
				ID: "7", At: at(t, "2026-10-08T08:00:00Z"), AsOf: at(t, "2026-10-09T08:05:00Z"), State: attribution.Settled,
				Lines: tt.want, Cash: eur("10.00"),
			}
			if diff := cmp.Diff([]attribution.Refund{want}, o.Refunds); diff != "" {
				t.Errorf("refunds mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRefundListFaults(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		body string
		of   woocommerce.RefundList
		want []string
	}{
		"nothing is said of it": {`[]`, woocommerce.RefundList{}, []string{
			"shop woocommerce.shop", "order woocommerce.id", "currency woocommerce.currency", "as_of woocommerce.required",
		}},
		"no JSON":   {`[`, refundList(t), []string{"woocommerce.json"}},
		"no list":   {`{"id":7}`, refundList(t), []string{"woocommerce.shape"}},
		"too large": {`[` + strings.Repeat("{},", 250_001) + `{}]`, refundList(t), []string{"woocommerce.size"}},
		"an empty refund": {`[{}]`, refundList(t), []string{
			"refunds[0].id woocommerce.required", "refunds[0].date_created_gmt woocommerce.required", "refunds[0].amount woocommerce.required",
		}},
		"faults in its lines": {
			`[{"id":7,"date_created_gmt":"2026-10-08T08:00:00","amount":"x","line_items":[{}],
				"shipping_lines":[{"total":"-1","total_tax":"x"}],"fee_lines":[{"total":"90000000000000000","total_tax":"90000000000000000"}]}]`,
			refundList(t),
			[]string{
				"refunds[0].amount woocommerce.money", "refunds[0].shipping_lines[0].total_tax woocommerce.money", "refunds[0].fee_lines[0].total woocommerce.money",
				"refunds[0].line_items[0].quantity woocommerce.required", "refunds[0].line_items[0].total woocommerce.required", "refunds[0].line_items[0].total_tax woocommerce.required",
			},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, err := woocommerce.ParseRefunds([]byte(tt.body), tt.of)
			require.ErrorIs(t, err, byline.ErrInvalid)
			if diff := cmp.Diff(tt.want, codesOf(err)); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(attribution.Order{}, o); diff != "" {
				t.Errorf("something comes out beside the error (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRefundListKeepsUTC(t *testing.T) {
	t.Parallel()
	of := refundList(t)
	of.AsOf = of.AsOf.In(time.FixedZone("", 7200))
	local, err := woocommerce.ParseRefunds(load(t, listFile), of)
	require.NoError(t, err)
	utc, err := woocommerce.ParseRefunds(load(t, listFile), refundList(t))
	require.NoError(t, err)
	if diff := cmp.Diff(utc, local); diff != "" {
		t.Errorf("the zone of a time shows (-want +got):\n%s", diff)
	}
}

func merge(t testing.TB, pieces ...attribution.Order) attribution.Order {
	t.Helper()
	state := pieces[0]
	for _, p := range pieces[1:] {
		var err error
		state, err = state.Merge(p)
		require.NoError(t, err)
	}
	return state
}
