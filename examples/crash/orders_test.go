//go:build unix

package crash_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite" // the driver that the server uses

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/shopify"
	attributionsql "github.com/bylinehq/byline/attribution/sqlstore"
	"github.com/bylinehq/byline/contracts"
	contractssql "github.com/bylinehq/byline/contracts/sqlstore"
)

var orderTime = time.Date(2026, 11, 20, 18, 30, 0, 0, time.UTC)

// earned is what one order owes: 10 % of 90.00.
var earned = byline.Minor(900, byline.EUR)

const orderBody = `{"id":%[1]d,"name":"#%[1]d","test":false,"currency":"EUR","presentment_currency":"EUR","financial_status":"paid",
"created_at":"2026-11-20T18:30:00Z","processed_at":"2026-11-20T18:30:00Z","updated_at":"2026-11-20T18:30:00Z","cancelled_at":null,
"payment_gateway_names":["shopify_payments"],"taxes_included":false,"source_name":"web",
"discount_codes":[{"code":"ADA10","amount":"10.00","type":"percentage"}],
"discount_applications":[{"type":"discount_code","code":"ADA10","value":"10.0","value_type":"percentage","target_type":"line_item","target_selection":"all","allocation_method":"across"}],
"line_items":[{"id":%[1]d1,"product_id":1,"quantity":1,"current_quantity":1,"price":"100.00","gift_card":false,"tax_lines":[],
"price_set":{"shop_money":{"amount":"100.00","currency_code":"EUR"}},
"discount_allocations":[{"amount":"10.00","discount_application_index":0,"amount_set":{"shop_money":{"amount":"10.00","currency_code":"EUR"}}}]}],
"shipping_lines":[],"refunds":[]}`

// client gives up soon, because the server dies under it.
var client = &http.Client{Timeout: 10 * time.Second}

// post sends one signed order and reports whether it was answered with 200.
func post(ctx context.Context, base string, id int) bool {
	body := fmt.Appendf(nil, orderBody, id)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/webhooks/shopify", bytes.NewReader(body))
	if err != nil {
		return false
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Shopify-Topic", "orders/paid")
	req.Header.Set("X-Shopify-Shop-Domain", shopDomain)
	req.Header.Set("X-Shopify-Webhook-Id", "delivery-"+strconv.Itoa(id))
	req.Header.Set("X-Shopify-Hmac-Sha256", shopify.Sign(body, secret))
	resp, err := client.Do(req)
	if err != nil {
		return false
	}
	resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

// audit is what a database holds of the orders that were answered with 200.
type audit struct {
	lost   int // not in the inbox
	absent int // in the inbox, and not yet decided
	wrong  int // owed for other than once
}

// inspect opens a database that no server uses any more.
func inspect(t *testing.T, path string, acked []int) audit {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+url.PathEscape(path)+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_txlock=immediate")
	require.NoError(t, err)
	defer closing(t, db)
	db.SetMaxOpenConns(1)
	var intact string
	require.NoError(t, db.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&intact))
	require.Equal(t, "ok", intact)
	orders, err := attributionsql.Open(t.Context(), db, &attributionsql.Options{Now: time.Now})
	require.NoError(t, err)
	defer closing(t, orders)
	ledger, err := contractssql.Open(t.Context(), db, nil)
	require.NoError(t, err)
	deliveries := deliveryIDs(t, orders)
	var found audit
	for _, id := range acked {
		if !deliveries["delivery-"+strconv.Itoa(id)] {
			found.lost++
			continue
		}
		order := shopify.OrderID(int64(id))
		if _, err := orders.FindOrder(t.Context(), order); err != nil {
			require.ErrorIs(t, err, byline.ErrNotFound)
			found.absent++
			continue
		}
		entries, err := ledger.Subject(t.Context(), contracts.ForOrder(order))
		require.NoError(t, err)
		if len(entries) != 1 || entries[0].Amount != earned {
			found.wrong++
		}
	}
	return found
}

func deliveryIDs(t *testing.T, orders *attributionsql.Store) map[string]bool {
	t.Helper()
	list, err := orders.Deliveries(t.Context(), attributionsql.DeliveryQuery{Limit: 1_000_000})
	require.NoError(t, err)
	ids := map[string]bool{}
	for _, d := range list {
		if ids[d.ID] || d.Status == attribution.StatusFailed || d.Status == attribution.StatusQuarantined {
			t.Errorf("delivery %s stands twice or is %s: %s", d.ID, d.Status, d.Reason)
		}
		ids[d.ID] = true
	}
	return ids
}

func closing(t *testing.T, c io.Closer) {
	t.Helper()
	require.NoError(t, c.Close())
}
