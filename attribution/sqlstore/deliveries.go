package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// DeliveryQuery selects deliveries. The zero DeliveryQuery asks for the latest.
type DeliveryQuery struct {
	Status attribution.Status // "": any
	Limit  int                // Default: 50
	Before int64              // a Seq: continues a list after its last delivery; 0: from the latest
}

// DeliveryInfo is a delivery without what it says.
type DeliveryInfo struct {
	Seq         int64              `json:"seq"`
	Source      string             `json:"source"`
	ID          string             `json:"id"` // of a quarantined one, the sender's id, "~" and a mark of the content
	Topic       string             `json:"topic"`
	Status      attribution.Status `json:"status"`
	Reason      string             `json:"reason,omitempty"` // why the latest attempt came to nothing; at most 512 bytes
	Attempts    int                `json:"attempts"`
	ReceivedAt  time.Time          `json:"received_at"`
	ProcessedAt time.Time          `json:"processed_at,omitzero"` // zero while it waits
	Bytes       int                `json:"bytes"`                 // of the body, as received
	Erased      bool               `json:"erased,omitempty"`      // the body is gone
	Orders      []byline.OrderID   `json:"orders,omitempty"`      // the orders it spoke of, once settled
}

// Deliveries returns deliveries, latest first.
func (s *Store) Deliveries(ctx context.Context, q DeliveryQuery) ([]DeliveryInfo, error) {
	if q.Limit <= 0 {
		q.Limit = defaultLimit
	}
	if q.Before <= 0 {
		q.Before = math.MaxInt64
	}
	query, args := selectDeliveries, []any{q.Before, q.Limit}
	if q.Status != "" {
		query, args = selectDeliveriesIn, append([]any{string(q.Status)}, args...)
	}
	rows, err := collect(ctx, s.reader, scanInfo, query, args...)
	if err != nil {
		return nil, fmt.Errorf("deliveries: %w", err)
	}
	return fold(rows), nil
}

// scanInfo reads one row: a delivery with at most one of its orders.
func scanInfo(row scanner) (DeliveryInfo, error) {
	var d DeliveryInfo
	var received int64
	var processed sql.NullInt64
	var order sql.NullString
	err := row.Scan(&d.Seq, &d.Source, &d.ID, &d.Topic, &d.Status, &d.Reason, &d.Attempts,
		&received, &processed, &d.Bytes, &d.Erased, &order)
	d.ReceivedAt = instant(received)
	if processed.Valid {
		d.ProcessedAt = instant(processed.Int64)
	}
	if order.Valid {
		d.Orders = []byline.OrderID{byline.OrderID(order.String)}
	}
	return d, err
}

// fold joins the neighbouring rows of each delivery.
func fold(rows []DeliveryInfo) []DeliveryInfo {
	folded := rows[:0]
	for _, d := range rows {
		if last := len(folded) - 1; last >= 0 && folded[last].Seq == d.Seq {
			folded[last].Orders = append(folded[last].Orders, d.Orders...)
			continue
		}
		folded = append(folded, d)
	}
	return folded
}

// DeliveryCounts returns how many deliveries have each status. A status that none has
// is missing.
func (s *Store) DeliveryCounts(ctx context.Context) (map[attribution.Status]int, error) {
	type tally struct {
		status attribution.Status
		count  int
	}
	tallies, err := collect(ctx, s.reader, func(row scanner) (tally, error) {
		var t tally
		err := row.Scan(&t.status, &t.count)
		return t, err
	}, countDeliveries)
	if err != nil {
		return nil, fmt.Errorf("counts of deliveries: %w", err)
	}
	counts := make(map[attribution.Status]int, len(tallies))
	for _, t := range tallies {
		counts[t.status] = t.count
	}
	return counts, nil
}
