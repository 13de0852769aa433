package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/bylinehq/byline"
)

// Every statement of the package stands here. They keep to what SQLite and PostgreSQL
// share, but for the placeholders, the PRAGMAs, one index hint and the id of an inserted
// row.

// The inbox.
const (
	insertDelivery = `INSERT INTO attribution_inbox (source, delivery_id, topic, fingerprint, bytes, received_at, status)
		VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, delivery_id) DO NOTHING`
	insertBody        = `INSERT INTO attribution_body (seq, header, body) VALUES (?, ?, ?)`
	selectFingerprint = `SELECT fingerprint FROM attribution_inbox WHERE source = ? AND delivery_id = ?`

	storedColumns = `SELECT i.seq, i.source, i.delivery_id, i.topic, b.header, b.body, i.received_at, i.attempts, i.status `
	// Left alone, SQLite takes the index on status and sorts all that waits each time.
	selectPending = storedColumns + `FROM attribution_inbox i INDEXED BY attribution_inbox_pending
		LEFT JOIN attribution_body b ON b.seq = i.seq WHERE i.status = 'pending' ORDER BY i.attempts, i.seq LIMIT ?`
	selectDelivery = storedColumns + `FROM attribution_inbox i LEFT JOIN attribution_body b ON b.seq = i.seq WHERE i.seq = ?`

	updateReplay = `UPDATE attribution_inbox SET status = 'pending'
		WHERE seq = ? AND status IN ('failed', 'quarantined')
		AND EXISTS (SELECT 1 FROM attribution_body b WHERE b.seq = attribution_inbox.seq)`
)

// The unit of work.
const (
	savepoint  = `SAVEPOINT delivery`
	rollbackTo = `ROLLBACK TO SAVEPOINT delivery`
	release    = `RELEASE SAVEPOINT delivery`

	selectWaits = `SELECT EXISTS (SELECT 1 FROM attribution_inbox WHERE seq = ? AND status = 'pending')`
	insertEvent = `INSERT INTO attribution_event (key, seq) VALUES (?, ?) ON CONFLICT DO NOTHING`

	updateSettled = `UPDATE attribution_inbox SET status = ?, reason = ?, processed_at = ?, attempts = attempts + 1
		WHERE seq = ?`
	insertDeliveryOrder = `INSERT INTO attribution_delivery_order (order_id, seq) VALUES (?, ?) ON CONFLICT DO NOTHING`
)

// Orders.
const (
	selectOrder = `SELECT id, state, decision, history, kin FROM attribution_order WHERE id = ?`
	upsertOrder = `INSERT INTO attribution_order
		(id, shop, number, placed_at, updated_at, test, currency, standing, credits, sold, returned, earning,
		state, decision, history, kin)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET shop = excluded.shop, number = excluded.number, placed_at = excluded.placed_at,
		updated_at = excluded.updated_at, test = excluded.test, currency = excluded.currency, standing = excluded.standing,
		credits = excluded.credits, sold = excluded.sold, returned = excluded.returned, earning = excluded.earning,
		state = excluded.state, decision = excluded.decision, history = excluded.history, kin = excluded.kin`
	deleteOrder   = `DELETE FROM attribution_order WHERE id = ?`
	selectShopIDs = `SELECT id FROM attribution_order WHERE shop = ? ORDER BY id`
	deleteCredits = `DELETE FROM attribution_credit WHERE order_id = ?`
	insertCredit  = `INSERT INTO attribution_credit
		(order_id, position, creator, campaign, kind, placed_at, standing, currency, sold, earning)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

	selectRecentOrders = `SELECT id, state, decision, history, kin FROM attribution_order
		WHERE (placed_at, id) < (?, ?) ORDER BY placed_at DESC, id DESC LIMIT ?`
	selectRecentOrdersOf = `SELECT o.id, o.state, o.decision, o.history, o.kin FROM (
			SELECT DISTINCT placed_at, order_id FROM attribution_credit
			WHERE creator = ? AND (placed_at, order_id) < (?, ?)
			ORDER BY placed_at DESC, order_id DESC LIMIT ?
		) c JOIN attribution_order o ON o.id = c.order_id ORDER BY c.placed_at DESC, c.order_id DESC`

	selectSalesByCreator = `SELECT creator, campaign, currency, count(*),
			sum(CASE WHEN standing = 'earning' THEN 1 ELSE 0 END),
			sum(CASE WHEN standing = 'earning' AND kind = 'code' THEN 1 ELSE 0 END),
			sum(CASE WHEN standing = 'earning' AND kind = 'click' THEN 1 ELSE 0 END),
			sum(CASE WHEN standing = 'earning' THEN sold ELSE 0 END),
			sum(CASE WHEN standing = 'earning' THEN earning ELSE 0 END),
			sum(CASE WHEN standing IN ('earning', 'cancelled', 'refunded', 'voided') THEN sold - earning ELSE 0 END)
		FROM attribution_credit GROUP BY creator, campaign, currency ORDER BY creator, campaign, currency`
	selectTotals = `SELECT currency, count(*),
			sum(CASE WHEN credits > 0 THEN 1 ELSE 0 END),
			sum(CASE WHEN credits > 0 AND standing = 'earning' THEN 1 ELSE 0 END),
			sum(sold), sum(returned),
			sum(CASE WHEN credits > 0 THEN sold ELSE 0 END),
			sum(CASE WHEN credits > 0 THEN returned ELSE 0 END),
			sum(CASE WHEN credits > 0 THEN earning ELSE 0 END)
		FROM attribution_order WHERE test = 0 GROUP BY currency ORDER BY currency`
)

// What bears on an order beside itself.
const (
	selectMarks = `SELECT mark, placed_at, returning_customer, stands FROM attribution_mark WHERE order_id = ? ORDER BY mark`
	deleteMarks = `DELETE FROM attribution_mark WHERE order_id = ?`
	insertMark  = `INSERT INTO attribution_mark (mark, placed_at, order_id, returning_customer, stands) VALUES (?, ?, ?, ?, ?)`

	// The limit is on orders, and an order has several credits.
	marked = `SELECT m.order_id, m.placed_at, m.returning_customer, m.stands, c.creator, c.campaign, c.kind FROM (
			SELECT placed_at, order_id, returning_customer, stands FROM attribution_mark
			WHERE mark = ? AND (placed_at, order_id) > (?, ?) AND (placed_at, order_id) < (?, ?) `
	standing       = `AND stands = 1 `
	earliestMarked = `ORDER BY placed_at, order_id LIMIT ? OFFSET ?
		) m LEFT JOIN attribution_credit c ON c.order_id = m.order_id AND m.stands = 1
		ORDER BY m.placed_at, m.order_id, c.position`
	latestMarked = `ORDER BY placed_at DESC, order_id DESC LIMIT ? OFFSET ?
		) m LEFT JOIN attribution_credit c ON c.order_id = m.order_id AND m.stands = 1
		ORDER BY m.placed_at DESC, m.order_id DESC, c.position`
	selectMarked               = marked + earliestMarked
	selectMarkedLatest         = marked + latestMarked
	selectMarkedStanding       = marked + standing + earliestMarked
	selectMarkedStandingLatest = marked + standing + latestMarked

	selectAlias   = `SELECT order_id FROM attribution_alias WHERE shop = ? AND also = ?`
	selectAliases = `SELECT also FROM attribution_alias WHERE shop = ? AND order_id = ? ORDER BY also`
	upsertAlias   = `INSERT INTO attribution_alias (shop, also, order_id) VALUES (?, ?, ?)
		ON CONFLICT (shop, also) DO UPDATE SET order_id = excluded.order_id`

	insertTouch    = `INSERT INTO attribution_touch (digest, at, touch) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`
	insertTouchKey = `INSERT INTO attribution_touch_key (key, at, digest) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`
	selectTouches  = `SELECT t.touch FROM (
			SELECT at, digest FROM attribution_touch_key WHERE key = ? AND at <= ? ORDER BY at DESC, digest LIMIT ?
		) k JOIN attribution_touch t ON t.digest = k.digest`
	selectOldTouches = `SELECT digest FROM attribution_touch WHERE at < ? LIMIT ?`
	selectTouchesOf  = `SELECT digest FROM attribution_touch_key WHERE key = ?`
	deleteTouch      = `DELETE FROM attribution_touch WHERE digest = ?`
	deleteTouchKeys  = `DELETE FROM attribution_touch_key WHERE digest = ?`

	selectCursor = `SELECT at FROM attribution_cursor WHERE name = ?`
	upsertCursor = `INSERT INTO attribution_cursor (name, at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET at = excluded.at`
)

// Deliveries, for people.
const (
	selectDeliveries = `SELECT i.seq, i.source, i.delivery_id, i.topic, i.status, i.reason, i.attempts,
			i.received_at, i.processed_at, i.bytes,
			NOT EXISTS (SELECT 1 FROM attribution_body b WHERE b.seq = i.seq), o.order_id
		FROM (SELECT * FROM attribution_inbox WHERE seq < ? ORDER BY seq DESC LIMIT ?) i
		LEFT JOIN attribution_delivery_order o ON o.seq = i.seq ORDER BY i.seq DESC, o.order_id`
	selectDeliveriesIn = `SELECT i.seq, i.source, i.delivery_id, i.topic, i.status, i.reason, i.attempts,
			i.received_at, i.processed_at, i.bytes,
			NOT EXISTS (SELECT 1 FROM attribution_body b WHERE b.seq = i.seq), o.order_id
		FROM (SELECT * FROM attribution_inbox WHERE status = ? AND seq < ? ORDER BY seq DESC LIMIT ?) i
		LEFT JOIN attribution_delivery_order o ON o.seq = i.seq ORDER BY i.seq DESC, o.order_id`
	countDeliveries = `SELECT status, count(*) FROM attribution_inbox GROUP BY status`
)

// Forgetting.
const (
	secureDelete  = `PRAGMA secure_delete = ON`
	checkpoint    = `PRAGMA wal_checkpoint(TRUNCATE)`
	queryPatience = `PRAGMA busy_timeout`

	insertRedactedOrder  = `INSERT INTO attribution_redacted (kind, id, seq) VALUES ('order', ?, ?) ON CONFLICT DO NOTHING`
	upsertRedactedSource = `INSERT INTO attribution_redacted (kind, id, seq) VALUES ('source', ?, ?)
		ON CONFLICT (kind, id) DO UPDATE SET seq = excluded.seq WHERE excluded.seq > attribution_redacted.seq`

	deleteBodiesOfOrder = `DELETE FROM attribution_body WHERE seq IN (
			SELECT d.seq FROM attribution_delivery_order d JOIN attribution_inbox i ON i.seq = d.seq
			WHERE d.order_id = ? AND i.status <> 'pending')`
	deleteBodiesOfSource = `DELETE FROM attribution_body WHERE seq IN (
			SELECT seq FROM attribution_inbox WHERE source = ? AND seq < ? AND status <> 'pending')`
	selectErasable = `SELECT i.seq FROM attribution_inbox i JOIN attribution_body b ON b.seq = i.seq
		WHERE i.seq > ? AND i.received_at < ? AND i.status <> 'pending' ORDER BY i.seq LIMIT ?`
	deleteBodyAtRest = `DELETE FROM attribution_body WHERE seq = ? AND NOT EXISTS (
			SELECT 1 FROM attribution_inbox i WHERE i.seq = attribution_body.seq AND i.status = 'pending')`
	deleteBody = `DELETE FROM attribution_body WHERE seq = ?`

	selectMustErase = `SELECT EXISTS (SELECT 1 FROM attribution_redacted WHERE kind = 'source' AND id = ? AND seq >= ?)
		OR EXISTS (SELECT 1 FROM attribution_delivery_order d JOIN attribution_redacted r ON r.kind = 'order' AND r.id = d.order_id
			WHERE d.seq = ?)`
)

// micros and instant carry times to and from columns, the zero time included.
func micros(t time.Time) int64 { return t.UnixMicro() }

func instant(us int64) time.Time { return time.UnixMicro(us).UTC() }

// scanner is a *sql.Row or *sql.Rows.
type scanner interface{ Scan(dest ...any) error }

// collect reads all rows of a query.
func collect[T any](ctx context.Context, db *sql.DB, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	return readAll(rows, err, scan)
}

func readAll[T any](rows *sql.Rows, err error, scan func(scanner) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := []T{}
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

func scanText[T ~string](row scanner) (T, error) {
	var text T
	err := row.Scan(&text)
	return text, err
}

func orNotFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return byline.ErrNotFound
	}
	return err
}
