package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Order returns what is kept of an order, or an error that answers to
// byline.ErrNotFound.
func (s *Store) Order(ctx context.Context, tx *sql.Tx, id byline.OrderID) (attribution.Record, error) {
	var w written
	if err := s.unitOf(tx).get(ctx, selectOrder, []any{string(id)}, w.columns()...); err != nil {
		return attribution.Record{}, fmt.Errorf("order %s: %w", id, orNotFound(err))
	}
	return w.read()
}

// FindOrder is Order outside of a unit of work.
func (s *Store) FindOrder(ctx context.Context, id byline.OrderID) (attribution.Record, error) {
	var w written
	if err := s.reader.QueryRowContext(ctx, selectOrder, string(id)).Scan(w.columns()...); err != nil {
		return attribution.Record{}, fmt.Errorf("order %s: %w", id, orNotFound(err))
	}
	return w.read()
}

// PutOrder keeps r in place of what was kept of the order. A record that could not be
// read back answers to byline.ErrInvalid.
func (s *Store) PutOrder(ctx context.Context, tx *sql.Tx, r attribution.Record) error {
	w, err := write(r)
	if err != nil {
		return err
	}
	o, d, u := r.Order, r.Decision, s.unitOf(tx)
	_, err = u.exec(ctx, upsertOrder, string(o.ID), o.Shop, o.Number, micros(o.PlacedAt), micros(o.UpdatedAt), o.Test,
		string(o.Currency), string(d.Standing), len(d.Credits), d.Sold.Minor(), d.Returned.Minor(), d.Earning.Minor(),
		w.state, w.decision, w.history, w.kin)
	if err != nil {
		return fmt.Errorf("order %s: %w", o.ID, err)
	}
	if err := u.putCredits(ctx, r); err != nil {
		return fmt.Errorf("credits of order %s: %w", o.ID, err)
	}
	if err := u.putMarks(ctx, o.ID, r.Trace()); err != nil {
		return fmt.Errorf("marks of order %s: %w", o.ID, err)
	}
	return nil
}

func (u *unit) putCredits(ctx context.Context, r attribution.Record) error {
	o, d := r.Order, r.Decision
	if _, err := u.exec(ctx, deleteCredits, string(o.ID)); err != nil {
		return err
	}
	for i, c := range d.Credits {
		_, err := u.exec(ctx, insertCredit, string(o.ID), i, string(c.Creator), string(c.Campaign), string(c.By),
			micros(o.PlacedAt), string(d.Standing), string(o.Currency), c.Sold.Minor(), c.Earning.Minor())
		if err != nil {
			return err
		}
	}
	return nil
}

// written is a record as it stands in the database.
type written struct {
	id                            byline.OrderID
	state, decision, history, kin string // JSON; "" is nothing
}

// columns are where a row of the columns id to kin is read into.
func (w *written) columns() []any {
	return []any{&w.id, &w.state, &w.decision, &w.history, &w.kin}
}

// write refuses what read could not read: a record that nobody can read would fail every
// list that it is on.
func write(r attribution.Record) (written, error) {
	if r.Order.ID == "" {
		return written{}, &byline.FieldError{Path: "order.id", Code: "required", Message: "an order needs an id"}
	}
	w := written{id: r.Order.ID}
	err := errors.Join(encode(&w.state, r.Order), encode(&w.decision, r.Decision))
	if r.History != nil {
		err = errors.Join(err, encode(&w.history, r.History))
	}
	if len(r.Kin) > 0 {
		err = errors.Join(err, encode(&w.kin, r.Kin))
	}
	if err == nil {
		_, err = w.read()
	}
	if err != nil {
		return written{}, &byline.FieldError{Path: "order", Code: "order.encoding", Message: clip(err.Error())}
	}
	return w, nil
}

func (w *written) read() (attribution.Record, error) {
	var r attribution.Record
	err := errors.Join(decode(w.state, &r.Order), decode(w.decision, &r.Decision), decode(w.history, &r.History), decode(w.kin, &r.Kin))
	if err != nil {
		return attribution.Record{}, fmt.Errorf("record of order %s: %w", w.id, err)
	}
	return r, nil
}

func encode(to *string, v any) error {
	text, err := json.Marshal(v)
	*to = string(text)
	return err
}

func decode(text string, v any) error {
	if text == "" {
		return nil
	}
	return json.Unmarshal([]byte(text), v)
}
