package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Resolve returns the order that an id of a shop stands for, which is the id itself
// unless Link said otherwise.
func (s *Store) Resolve(ctx context.Context, tx *sql.Tx, shop string, id byline.OrderID) (byline.OrderID, error) {
	order, err := s.unitOf(tx).resolve(ctx, shop, id)
	if err != nil {
		return "", fmt.Errorf("alias %s: %w", id, err)
	}
	return order, nil
}

func (u *unit) resolve(ctx context.Context, shop string, id byline.OrderID) (byline.OrderID, error) {
	var order byline.OrderID
	err := u.get(ctx, selectAlias, []any{shop, string(id)}, &order)
	if errors.Is(err, sql.ErrNoRows) {
		return id, nil
	}
	return order, err
}

// Aliases returns the ids that stand for an order, sorted.
func (s *Store) Aliases(ctx context.Context, tx *sql.Tx, shop string, id byline.OrderID) ([]byline.OrderID, error) {
	also, err := s.unitOf(tx).aliases(ctx, shop, id)
	if err != nil {
		return nil, fmt.Errorf("aliases of %s: %w", id, err)
	}
	return also, nil
}

func (u *unit) aliases(ctx context.Context, shop string, id byline.OrderID) ([]byline.OrderID, error) {
	return list(ctx, &u.session, scanText[byline.OrderID], selectAliases, shop, string(id))
}

// Link notes that a.Also stands for a.Order, and forgets what was kept under a.Also.
func (s *Store) Link(ctx context.Context, tx *sql.Tx, shop string, a attribution.Alias) error {
	u := s.unitOf(tx)
	_, err := u.exec(ctx, upsertAlias, shop, string(a.Also), string(a.Order))
	for _, forget := range [...]string{deleteCredits, deleteMarks, deleteOrder} {
		if err == nil {
			_, err = u.exec(ctx, forget, string(a.Also))
		}
	}
	if err != nil {
		return fmt.Errorf("alias %s: %w", a.Also, err)
	}
	return nil
}
