package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// mark is a row of the index by which orders find each other.
type mark struct {
	mark              string
	placedAt          int64
	returning, stands bool
}

func scanMark(row scanner) (mark, error) {
	var m mark
	err := row.Scan(&m.mark, &m.placedAt, &m.returning, &m.stands)
	return m, err
}

// putMarks writes only what changed, which of most events is nothing.
func (u *unit) putMarks(ctx context.Context, id byline.OrderID, t attribution.Trace) error {
	known, err := list(ctx, &u.session, scanMark, selectMarks, string(id))
	if err != nil {
		return err
	}
	wanted := make([]mark, len(t.Marks))
	for i, m := range t.Marks {
		wanted[i] = mark{m, micros(t.Place.At), t.Returning, t.Stands}
	}
	if slices.Equal(known, wanted) {
		return nil
	}
	if len(known) > 0 {
		if _, err := u.exec(ctx, deleteMarks, string(id)); err != nil {
			return err
		}
	}
	for _, m := range wanted {
		if _, err := u.exec(ctx, insertMark, m.mark, m.placedAt, string(id), m.returning, m.stands); err != nil {
			return err
		}
	}
	return nil
}

// Marked returns the orders that bear a mark, by their places.
func (s *Store) Marked(ctx context.Context, tx *sql.Tx, mark string, span attribution.Span) ([]attribution.Past, error) {
	query := selectMarked
	switch {
	case span.Latest && span.Standing:
		query = selectMarkedStandingLatest
	case span.Latest:
		query = selectMarkedLatest
	case span.Standing:
		query = selectMarkedStanding
	}
	rows, err := list(ctx, &s.unitOf(tx).session, scanPast, query, spanArgs(mark, span)...)
	if err != nil {
		return nil, fmt.Errorf("orders of one mark: %w", err)
	}
	return foldPasts(rows), nil
}

// spanArgs turns an open end into a place that no order has.
func spanArgs(mark string, span attribution.Span) []any {
	after, before, most := int64(math.MinInt64), int64(math.MaxInt64), int64(math.MaxInt64)
	if span.After != (attribution.Place{}) {
		after = micros(span.After.At)
	}
	if span.Before != (attribution.Place{}) {
		before = micros(span.Before.At)
	}
	if span.Most > 0 {
		most = int64(span.Most)
	}
	return []any{mark, after, string(span.After.ID), before, string(span.Before.ID), most, max(span.Skip, 0)}
}

// scanPast reads one row: an order with at most one of its credits.
func scanPast(row scanner) (attribution.Past, error) {
	var p attribution.Past
	var at int64
	var creator, campaign, by sql.NullString
	err := row.Scan(&p.Place.ID, &at, &p.Returning, &p.Stands, &creator, &campaign, &by)
	p.Place.At = instant(at)
	if creator.Valid {
		p.Credits = []attribution.PastCredit{{
			Order: p.Place.ID, Creator: byline.CreatorID(creator.String), Campaign: byline.CampaignID(campaign.String), At: p.Place.At,
			By: attribution.EvidenceKind(by.String),
		}}
	}
	return p, err
}

// foldPasts joins the neighbouring rows of each order.
func foldPasts(rows []attribution.Past) []attribution.Past {
	folded := rows[:0]
	for _, p := range rows {
		if last := len(folded) - 1; last >= 0 && folded[last].Place.ID == p.Place.ID {
			folded[last].Credits = append(folded[last].Credits, p.Credits...)
			continue
		}
		folded = append(folded, p)
	}
	return folded
}
