package sqlstore

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// defaultLimit is the length of a list whose query names none.
const defaultLimit = 50

// OrderQuery selects orders. The zero OrderQuery asks for the newest.
type OrderQuery struct {
	Creator byline.CreatorID // "": whoever is credited, or nobody
	Limit   int              // Default: 50
	Before  OrderCursor      // continues a list after its last order; zero: from the newest
}

// OrderCursor is a place in the list of orders.
type OrderCursor struct {
	PlacedAt time.Time
	ID       byline.OrderID
}

// After is the cursor that continues a list behind r.
func After(r attribution.Record) OrderCursor {
	return OrderCursor{PlacedAt: r.Order.PlacedAt, ID: r.Order.ID}
}

// RecentOrders returns orders, newest first; those placed at the same microsecond by
// falling id. Orders whose document has not arrived come last.
func (s *Store) RecentOrders(ctx context.Context, q OrderQuery) ([]attribution.Record, error) {
	if q.Limit <= 0 {
		q.Limit = defaultLimit
	}
	before := int64(math.MaxInt64)
	if q.Before != (OrderCursor{}) {
		before = micros(q.Before.PlacedAt)
	}
	query, args := selectRecentOrders, []any{before, string(q.Before.ID), q.Limit}
	if q.Creator != "" {
		query, args = selectRecentOrdersOf, append([]any{string(q.Creator)}, args...)
	}
	orders, err := collect(ctx, s.reader, scanRecord, query, args...)
	if err != nil {
		return nil, fmt.Errorf("recent orders: %w", err)
	}
	return orders, nil
}

func scanRecord(row scanner) (attribution.Record, error) {
	var w written
	if err := row.Scan(w.columns()...); err != nil {
		return attribution.Record{}, err
	}
	return w.read()
}

// CreatorSales is what one creator has brought in one campaign and currency. All but
// AllOrders and Returned speak of orders that earn now.
type CreatorSales struct {
	Creator   byline.CreatorID  `json:"creator"`
	Campaign  byline.CampaignID `json:"campaign,omitempty"`
	Orders    int               `json:"orders"`     // of standing attribution.StandingEarning
	AllOrders int               `json:"all_orders"` // of any standing
	ByCode    int               `json:"by_code"`    // of Orders; an order shared by several counts for each
	ByClick   int               `json:"by_click"`   // of Orders
	Sold      byline.Money      `json:"sold"`       // the creator's share of what Orders sold
	Earning   byline.Money      `json:"earning"`    // the same, less what came back: what commissions are taken of
	Returned  byline.Money      `json:"returned"`   // what came back, of orders that earn and of those that came back whole or were cancelled
}

// SalesByCreator returns one row for each creator, campaign and currency, ordered by
// them.
func (s *Store) SalesByCreator(ctx context.Context) ([]CreatorSales, error) {
	sales, err := collect(ctx, s.reader, scanCreatorSales, selectSalesByCreator)
	if err != nil {
		return nil, fmt.Errorf("sales by creator: %w", err)
	}
	return sales, nil
}

func scanCreatorSales(row scanner) (CreatorSales, error) {
	var c CreatorSales
	var currency byline.Currency
	var sold, earning, returned int64
	err := row.Scan(&c.Creator, &c.Campaign, &currency, &c.AllOrders, &c.Orders, &c.ByCode, &c.ByClick, &sold, &earning, &returned)
	c.Sold, c.Earning, c.Returned = byline.Minor(sold, currency), byline.Minor(earning, currency), byline.Minor(returned, currency)
	return c, err
}

// OrderTotals sums the orders of one currency, test orders left out. Orders whose
// document has not arrived may stand under no currency.
type OrderTotals struct {
	Currency         byline.Currency `json:"currency"`
	Orders           int             `json:"orders"`            // of any standing
	Credited         int             `json:"credited"`          // of Orders: somebody is credited
	Earning          int             `json:"earning"`           // of Credited: they earn now
	Sold             byline.Money    `json:"sold"`              // of Orders, as ordered
	Returned         byline.Money    `json:"returned"`          // of Orders
	CreditedSold     byline.Money    `json:"credited_sold"`     // of Credited, as ordered
	CreditedReturned byline.Money    `json:"credited_returned"` // of Credited
	EarningBase      byline.Money    `json:"earning_base"`      // of Earning, less what came back: what commissions are taken of
}

// Totals returns one row for each currency, ordered by it.
func (s *Store) Totals(ctx context.Context) ([]OrderTotals, error) {
	totals, err := collect(ctx, s.reader, scanTotals, selectTotals)
	if err != nil {
		return nil, fmt.Errorf("totals of orders: %w", err)
	}
	return totals, nil
}

func scanTotals(row scanner) (OrderTotals, error) {
	var t OrderTotals
	var sold, returned, creditedSold, creditedReturned, base int64
	err := row.Scan(&t.Currency, &t.Orders, &t.Credited, &t.Earning, &sold, &returned, &creditedSold, &creditedReturned, &base)
	t.Sold, t.Returned = byline.Minor(sold, t.Currency), byline.Minor(returned, t.Currency)
	t.CreditedSold, t.CreditedReturned = byline.Minor(creditedSold, t.Currency), byline.Minor(creditedReturned, t.Currency)
	t.EarningBase = byline.Minor(base, t.Currency)
	return t, err
}
