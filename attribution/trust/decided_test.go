package trust_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/trust"
)

func TestUsesOf(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 20, 18, 30, 0, 0, time.UTC)
	book, err := attribution.NewBook([]attribution.Offer{
		{Creator: "ada", Campaign: "autumn", Code: "ADA15", Link: "ada"}, {Creator: "ada", Campaign: "autumn", Code: "ADA20"},
		{Creator: "bruno", Campaign: "autumn", Code: "BRUNO10"}, {Creator: "cleo", Campaign: "autumn", Link: "cleo"}})
	require.NoError(t, err)
	order := func(codes ...string) attribution.Order {
		o := attribution.Order{ID: "demo:1", Shop: "demo.example", PlacedAt: at, UpdatedAt: at, Payment: attribution.Paid, Currency: byline.EUR,
			Lines: []attribution.Line{{ID: "mug", Quantity: 1, Gross: byline.Minor(6000, byline.EUR)}}}
		for _, c := range codes {
			o.Codes = append(o.Codes, attribution.CodeUse{Code: c, Kind: attribution.Genuine, Discount: byline.Minor(100, byline.EUR)})
		}
		return o
	}
	click := func(link string) []attribution.Touch { return []attribution.Touch{{Link: link, At: at}} }
	ada := trust.Use{Order: "demo:1", Code: "ADA15", Creator: "ada", At: at, Click: trust.No, Amount: byline.Minor(6000, byline.EUR)}
	clicked, second, half, bruno := ada, ada, ada, ada
	clicked.Click, clicked.Customer = trust.Yes, attribution.NewCustomer
	second.Code, second.Amount = "ADA20", byline.Money{}
	half.Amount = byline.Minor(3000, byline.EUR)
	bruno.Code, bruno.Creator, bruno.Amount = "BRUNO10", "bruno", byline.Minor(3000, byline.EUR)
	for name, tt := range map[string]struct {
		order   attribution.Order
		history attribution.History
		want    []trust.Use
	}{
		"a code":                   {order("ADA15"), attribution.History{}, []trust.Use{ada}},
		"a code with a click":      {order("ADA15"), attribution.History{Touches: click("ada"), Customer: attribution.NewCustomer}, []trust.Use{clicked}},
		"two codes of one creator": {order("ADA20", "ADA15"), attribution.History{}, []trust.Use{ada, second}},
		"codes of two creators":    {order("ADA15", "BRUNO10"), attribution.History{}, []trust.Use{half, bruno}},
		"a click alone":            {order(), attribution.History{Touches: click("cleo")}, nil},
		"nobody's code":            {order("SAVE5"), attribution.History{}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, trust.UsesOf(attribution.Decide(tt.order, &tt.history, book, attribution.Policy{}))); diff != "" {
				t.Errorf("uses (-want +got):\n%s", diff)
			}
		})
	}
}
