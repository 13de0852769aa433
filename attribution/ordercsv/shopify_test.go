package ordercsv_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/ordercsv"
)

// A few of the columns of an export, with rows in its form. The shop and its orders are
// made up.
const shopifyFile = "Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Created at," +
	"Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Notes,Note Attributes,Canceled at,Refunded Amount,Id,Tags,Source,Lineitem discount\n" +
	"#1001,shopper@demo.example,paid,2026-11-20 13:30:09 -0500,EUR,42.50,4.90,6.79,47.40,ADA15,7.50,2026-11-20 13:30:00 -0500,1,Mug,25.00,MUG-1,,\"gift: yes\n_bl: ada-autumn\",,0.00,5001,,web,0.00\n" +
	"#1001,,,,,,,,,,,,1,Bowl,25.00,BOWL-1,,,,,,,,0.00\n" +
	"#1002,shopper@demo.example,partially_refunded,,EUR,30.00,0.00,4.79,30.00,,0.00,2026-11-20 13:31:00 -0500,1,Vase,30.00,VASE-1,,,,12.00,5002,,580111,0.00\n" +
	"#1003,,paid,,EUR,15.00,0.00,2.39,15.00,ADA15,5.00,2026-11-20 13:32:00 -0500,1,Tray,20.00,,\"two\nlines\",,,0.00,5003,,shopify_draft_order,0.00\n" +
	"#1004,,refunded,,EUR,15.00,0.00,2.39,15.00,\"ADA15, BRUNO=1\",5.00,2026-11-20 13:33:00 -0500,1,Tray,20.00,,,,2026-11-21 09:00:00 -0500,15.00,5004,,web,0.00\n"

func TestShopifyExport(t *testing.T) {
	t.Parallel()
	m := ordercsv.ShopifyExport("demo.myshopify.com", true)
	got := read(t, shopifyFile, m)
	require.Empty(t, got.errs)
	require.Len(t, got.orders, 4)
	placed := at("2026-11-20T18:30:00Z")
	want := attribution.Order{
		ID: "shopify:5001", Shop: "demo.myshopify.com", Number: "#1001", PlacedAt: placed, UpdatedAt: placed, Payment: attribution.Paid,
		Currency: "EUR", TaxIncluded: true,
		Lines:   []attribution.Line{{ID: "total", Quantity: 1, Gross: money("50", "EUR"), Discount: money("7.50", "EUR"), Tax: money("6.79", "EUR")}},
		Codes:   []attribution.CodeUse{{Code: "ADA15", Kind: attribution.Genuine}},
		Touches: []attribution.Touch{{Link: "ada-autumn", At: placed, Source: attribution.SourceCartAttribute}},
	}
	if diff := cmp.Diff(want, got.orders[0]); diff != "" {
		t.Errorf("order mismatch (-want +got):\n%s", diff)
	}
	var summaries []string
	for _, o := range got.orders {
		sales, err := o.Sales()
		require.NoError(t, err)
		summary := string(o.Channel) + " keeps " + sales.Kept.String()
		for _, c := range o.Codes {
			summary += " " + c.Code + " " + string(c.Kind)
		}
		summaries = append(summaries, summary)
	}
	// 30.00 - 4.79 is sold; 12.00 of 30.00 came back.
	if diff := cmp.Diff([]string{
		" keeps 35.71 EUR ADA15 discount_code", "api keeps 15.13 EUR", "draft keeps 12.61 EUR ADA15 manual",
		" keeps 0.00 EUR ADA15 discount_code BRUNO=1 discount_code",
	}, summaries); diff != "" {
		t.Errorf("orders mismatch (-want +got):\n%s", diff)
	}
}

// An order that its webhooks know too keeps their document.
func TestShopifyExportMeetsWebhooks(t *testing.T) {
	t.Parallel()
	filed := read(t, shopifyFile, ordercsv.ShopifyExport("demo.myshopify.com", true)).orders[0]
	sent := attribution.Order{
		ID: "shopify:5001", Shop: "demo.myshopify.com", PlacedAt: filed.PlacedAt, UpdatedAt: filed.PlacedAt.Add(9e9),
		Payment: attribution.Paid, Currency: "EUR", Lines: []attribution.Line{{ID: "11", Quantity: 1, Gross: money("25", "EUR")}},
	}
	merged, err := filed.Merge(sent)
	require.NoError(t, err)
	if diff := cmp.Diff(sent.Lines, merged.Lines); diff != "" {
		t.Errorf("lines mismatch (-want +got):\n%s", diff)
	}
}

// What decides about money must be in the file, whatever somebody took out of it.
func TestShopifyExportNeedsItsColumns(t *testing.T) {
	t.Parallel()
	_, err := ordercsv.NewReader(strings.NewReader("Name,Email,Id,Subtotal\n"), ordercsv.ShopifyExport("demo.myshopify.com", false))
	want := []string{
		"channel ordercsv.column_missing", "placed_at ordercsv.column_missing", "cancelled_at ordercsv.column_missing",
		"payment ordercsv.column_missing", "currency ordercsv.column_missing", "discount ordercsv.column_missing",
		"tax ordercsv.column_missing", "refunded ordercsv.column_missing", "codes ordercsv.column_missing", "code_kind ordercsv.column_missing",
	}
	if diff := cmp.Diff(want, codesOf(err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}
