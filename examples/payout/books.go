package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// account is a row of the trial balance.
type account struct {
	currency byline.Currency
	name     contracts.Account
}

func (p program) books(ctx context.Context, args []string) (err error) {
	c := p.call("books")
	if err := c.parse(args); err != nil {
		return err
	}
	s, err := c.openStore(ctx, time.Time{}, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	accounts, err := s.trialBalance(ctx)
	if err != nil {
		return err
	}
	return tellAccounts(p, accounts)
}

// trialBalance books every entry on both sides: what creators have to get, and what the
// house has spent.
func (s *store) trialBalance(ctx context.Context) (map[account]byline.Money, error) {
	balances, err := s.ledger.Balances(ctx)
	if err != nil {
		return nil, err
	}
	accounts := map[account]byline.Money{}
	seen := map[byline.CreatorID]bool{}
	for _, b := range balances {
		if seen[b.Creator] {
			continue
		}
		seen[b.Creator] = true
		for e, err := range s.ledger.EntriesOf(ctx, b.Creator, byline.Window{}) {
			if err != nil {
				return nil, err
			}
			currency := e.Amount.Currency()
			creatorSide, houseSide := account{currency, e.Account}, account{currency, e.Kind.Against()}
			if err := errors.Join(book(accounts, creatorSide, e.Amount), book(accounts, houseSide, e.Amount.Neg())); err != nil {
				return nil, fmt.Errorf("account of %s: %w", b.Creator, err)
			}
		}
	}
	return accounts, nil
}

func book(accounts map[account]byline.Money, a account, amount byline.Money) error {
	sum, err := accounts[a].Add(amount)
	accounts[a] = sum
	return err
}

// tellAccounts sets what a creator has to get, and money that has left, to the credit side.
func tellAccounts(p program, accounts map[account]byline.Money) error {
	t := table{heads: []string{"Account", "Currency", " Debit", " Credit"}}
	debits, credits := map[byline.Currency]byline.Money{}, map[byline.Currency]byline.Money{}
	for _, a := range slices.SortedFunc(maps.Keys(accounts), func(a, b account) int {
		return cmp.Or(cmp.Compare(a.currency, b.currency), cmp.Compare(accountOrder(a.name), accountOrder(b.name)))
	}) {
		amount, side, cells := accounts[a], credits, []string{"", showAmount(accounts[a])}
		if amount.Sign() < 0 {
			amount, side, cells = amount.Neg(), debits, []string{showAmount(amount.Neg()), ""}
		}
		t.add(append([]string{accountName(a.name), string(a.currency)}, cells...)...)
		sum, err := side[a.currency].Add(amount)
		if err != nil {
			return err
		}
		side[a.currency] = sum
	}
	for _, currency := range slices.Sorted(maps.Keys(credits)) {
		t.add("Sum", string(currency), showAmount(debits[currency]), showAmount(credits[currency]))
	}
	t.write(p.out)
	return nil
}

func accountNames() []struct {
	account contracts.Account
	name    string
} {
	return []struct {
		account contracts.Account
		name    string
	}{
		{contracts.Payable, "Creators: payable"}, {contracts.Held, "Creators: held"}, {contracts.InTransit, "Creators: payout under way"},
		{contracts.InKind, "Creators: given in goods"}, {contracts.Cash, "House: cash"}, {contracts.TaxAuthority, "House: tax authority"},
		{contracts.WrittenOff, "House: written off"}, {contracts.Cost, "House: cost"},
	}
}

func accountOrder(a contracts.Account) int {
	for i, row := range accountNames() {
		if row.account == a {
			return i
		}
	}
	return len(accountNames())
}

func accountName(a contracts.Account) string {
	if i := accountOrder(a); i < len(accountNames()) {
		return accountNames()[i].name
	}
	return string(a)
}
