package main

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/ordercsv"
	"github.com/bylinehq/byline/campaign"
	"github.com/bylinehq/byline/contracts"
)

// maxTold keeps a file that is wrong from its first row on from filling a screen.
const maxTold = 20

// settlement is the reading of one file of orders into the books.
type settlement struct {
	program

	settler  *campaign.Settler[*sql.Tx]
	file     string
	rows     *ordercsv.Reader
	orders   int
	bad      int
	posted   int
	findings map[string]finding // by code
}

// finding is of one code, over all orders.
type finding struct {
	first  byline.Finding
	order  byline.OrderID // the first that has it
	orders int
}

func (p program) settle(ctx context.Context, args []string) (err error) {
	c := p.call("settle")
	orders := c.required("orders", "CSV `file` of orders, with the columns of package ordercsv or those of -map")
	offers := c.required("offers", "JSON `file` that says whose code, link or page is whose")
	terms := c.required("agreements", "JSON `file` of terms, the versions of one agreement in their order")
	progress := c.optional("progress", "JSON `file` of what has happened, by agreement: milestones, counts, what was called off")
	rateFile := c.optional("rates", "CSV `file` of exchange rates: day,from,to,rate,source")
	shop := c.optional("shop", "the shop's `name`, which stands before the ids of orders (default \"shop\", or as -map says)")
	mapping := c.optional("map", "JSON `file` that says how the CSV is written, an ordercsv.Mapping")
	at := c.instant()
	if err := c.parse(args); err != nil {
		return err
	}
	m, errMap := c.mapping(*mapping, *shop)
	from, errSources := c.readSources(sourceNames{*offers, *terms, *progress, *rateFile})
	in, errOpen := c.open(*orders)
	if errOpen == nil {
		defer in.Close() //nolint:errcheck // it was only read
	}
	if err := errors.Join(errMap, errSources, errOpen); err != nil {
		return err
	}
	rows, err := ordercsv.NewReader(in, m)
	if err != nil {
		return badInput{faultsOf(*orders, err)}
	}
	s, err := c.openStore(ctx, *at, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	run := &settlement{program: p, file: *orders, rows: rows, findings: map[string]finding{}}
	if run.settler, err = s.settler(&from); err != nil {
		return err
	}
	if err := s.step(ctx, run.all(*at)); err != nil {
		return err
	}
	return run.report(ctx, s)
}

func (c *call) mapping(file, shop string) (ordercsv.Mapping, error) {
	m := ordercsv.Mapping{}
	if file != "" {
		if err := c.readJSON(file, &m); err != nil {
			return m, err
		}
	}
	m.Shop, m.Location = cmp.Or(shop, m.Shop, "shop"), c.zone
	return m, nil
}

func (s *store) settler(from *sources) (*campaign.Settler[*sql.Tx], error) {
	return campaign.NewSettler(campaign.Settler[*sql.Tx]{
		Orders: s.orders, History: s.orders, Ledger: s.ledger, Book: from.book, Agreements: from.agreements,
		Customers: from.asksForCustomers(), Progress: from.progressOf, Quote: from.rates.at, Now: s.now,
	})
}

// all settles every order of the file, and then what is owed beside orders.
func (r *settlement) all(at time.Time) func(context.Context, *sql.Tx) (int, error) {
	return func(ctx context.Context, tx *sql.Tx) (int, error) {
		for order, err := range r.rows.Orders() {
			if _, row := errors.AsType[*ordercsv.RowError](err); row {
				r.refuse(err)
				continue
			} else if err != nil {
				return 0, fmt.Errorf("%s: %w", r.file, err)
			}
			if err := r.one(ctx, tx, order); err != nil {
				return 0, fmt.Errorf("order %s: %w", order.ID, err)
			}
		}
		accrued, err := r.settler.Accrue(ctx, tx, at)
		if err != nil {
			return 0, err
		}
		r.posted += len(accrued)
		return r.posted, nil
	}
}

// refuse tells of a row that was left out.
func (r *settlement) refuse(err error) {
	if r.bad++; r.bad <= maxTold {
		say(r.err, "%s: %s", r.file, clean(err.Error()))
	}
}

// one settles an order under a savepoint, so that one that is refused leaves nothing.
func (r *settlement) one(ctx context.Context, tx *sql.Tx, order attribution.Order) error {
	if _, err := tx.ExecContext(ctx, `SAVEPOINT one_order`); err != nil {
		return err
	}
	made, err := r.settler.Settle(ctx, tx, order)
	if errors.Is(err, byline.ErrInvalid) || errors.Is(err, byline.ErrUnavailable) {
		r.refuse(fmt.Errorf("line %d: %w", r.rows.Line(), err))
		if _, err := tx.ExecContext(ctx, `ROLLBACK TO one_order`); err != nil {
			return err
		}
	} else if err != nil {
		return err
	} else {
		r.orders++
		r.count(made)
	}
	_, err = tx.ExecContext(ctx, `RELEASE one_order`)
	return err
}

func (r *settlement) count(made campaign.Settlement) {
	r.posted += len(made.Entries)
	for _, f := range made.Findings {
		known, again := r.findings[f.Code]
		if !again {
			known = finding{first: f, order: made.Record.Order.ID}
		}
		known.orders++
		r.findings[f.Code] = known
	}
	for _, later := range made.Later {
		r.count(later)
	}
}

// report says what stands in the books now. Rows that were left out make the input bad.
func (r *settlement) report(ctx context.Context, s *store) error {
	say(r.out, "%s: %s settled, %s posted as of %s.", r.file, plural(r.orders, "order", "orders"), plural(r.posted, "entry", "entries"), s.at.Format(time.RFC3339))
	for _, code := range slices.Sorted(maps.Keys(r.findings)) {
		f := r.findings[code]
		say(r.out, "%s: %s, first %s: %s (%s)", f.first.Severity, plural(f.orders, "order", "orders"), clean(string(f.order)), clean(f.first.Message), code)
	}
	balances, err := s.ledger.Balances(ctx)
	if err != nil {
		return err
	}
	say(r.out, "")
	tellBalances(r.program, balances)
	if r.bad > 0 {
		return bad("%s: %s left out; all others are settled", r.file, plural(r.bad, "row was", "rows were"))
	}
	return nil
}

func tellBalances(p program, balances []contracts.Balance) {
	if len(balances) == 0 {
		say(p.out, "Nobody is owed anything yet.")
		return
	}
	t := table{heads: []string{"Creator", "Currency", " Earned", " Held", " Payable", " Under way", " Paid", " In kind"}}
	for _, b := range balances {
		t.add(string(b.Creator), string(b.Owed.Currency()), showAmount(b.Earned), showAmount(b.Held), showAmount(b.Payable),
			showAmount(b.InTransit), showAmount(b.Paid), showAmount(b.InKind))
	}
	t.write(p.out)
}
