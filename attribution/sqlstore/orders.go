package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Order returns what is kept of an order, or an error that answers to
// byline.ErrNotFound.
func (s *Store) Order(ctx context.Context, tx *sql.Tx, id byline.OrderID) (attribution.Record, error) {
	var state, decision string
	if err := s.unitOf(tx).get(ctx, selectOrder, []any{string(id)}, &state, &decision); err != nil {
		return attribution.Record{}, fmt.Errorf("order %s: %w", id, orNotFound(err))
	}
	return decode(id, state, decision)
}

// FindOrder is Order outside of a unit of work.
func (s *Store) FindOrder(ctx context.Context, id byline.OrderID) (attribution.Record, error) {
	var state, decision string
	if err := s.reader.QueryRowContext(ctx, selectOrder, string(id)).Scan(&state, &decision); err != nil {
		return attribution.Record{}, fmt.Errorf("order %s: %w", id, orNotFound(err))
	}
	return decode(id, state, decision)
}

// PutOrder keeps r in place of what was kept of the order. A record that could not be
// read back answers to byline.ErrInvalid.
func (s *Store) PutOrder(ctx context.Context, tx *sql.Tx, r attribution.Record) error {
	state, decision, err := encode(r)
	if err != nil {
		return err
	}
	o, d, u := r.Order, r.Decision, s.unitOf(tx)
	_, err = u.exec(ctx, upsertOrder, string(o.ID), o.Shop, o.Number, micros(o.PlacedAt), micros(o.UpdatedAt), o.Test,
		string(o.Currency), string(d.Standing), len(d.Credits), d.Sold.Minor(), d.Returned.Minor(), d.Earning.Minor(), state, decision)
	if err != nil {
		return fmt.Errorf("order %s: %w", o.ID, err)
	}
	if err := u.putCredits(ctx, r); err != nil {
		return fmt.Errorf("credits of order %s: %w", o.ID, err)
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

// encode refuses what decode could not read: a record that nobody can read would fail
// every list that it is on.
func encode(r attribution.Record) (state, decision string, err error) {
	if r.Order.ID == "" {
		return "", "", &byline.FieldError{Path: "order.id", Code: "required", Message: "an order needs an id"}
	}
	o, err := json.Marshal(r.Order)
	if err == nil {
		var d []byte
		d, err = json.Marshal(r.Decision)
		state, decision = string(o), string(d)
	}
	if err == nil {
		_, err = decode(r.Order.ID, state, decision)
	}
	if err != nil {
		return "", "", &byline.FieldError{Path: "order", Code: "order.encoding", Message: clip(err.Error())}
	}
	return state, decision, nil
}

func decode(id byline.OrderID, state, decision string) (attribution.Record, error) {
	var r attribution.Record
	err := json.Unmarshal([]byte(state), &r.Order)
	if err == nil {
		err = json.Unmarshal([]byte(decision), &r.Decision)
	}
	if err != nil {
		return attribution.Record{}, fmt.Errorf("record of order %s: %w", id, err)
	}
	return r, nil
}
