package main

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/contracts/rail"
)

// railOf is the library's name of a rail. "csv" is short for a file that others pay by.
func railOf(word string) contracts.Rail {
	if word == "csv" {
		return contracts.RailFile
	}
	return contracts.Rail(word)
}

func (p program) propose(ctx context.Context, args []string) (err error) {
	c := p.call("propose")
	payees := c.required("payees", "JSON `file` that says who pays, and where each creator's money goes")
	word := c.oneOf("rail", "the `way` that money goes out", "sepa", "stripe", "paypal", "csv")
	minimum := c.amounts("min", "the least that is paid out, one `amount` for each currency: 25.00EUR,30.00USD")
	by := c.required("by", "`who` prepares the batch")
	id := c.optional("id", "the batch's own `name` (default: the day and the rail)")
	on := c.day("on", "`day` on which a bank shall pay, a part of what is approved (default: that of the export)", false)
	out := c.required("o", "`file` for the batch")
	c.apart("payees", "o")
	at := c.instant()
	if err := c.parse(args); err != nil {
		return err
	}
	file, err := c.readPayees(*payees)
	if err != nil {
		return err
	}
	s, err := c.openStore(ctx, *at, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	balances, err := s.ledger.Balances(ctx)
	if err != nil {
		return err
	}
	opts := contracts.BatchOptions{
		ID: cmp.Or(*id, at.In(c.zone).Format(time.DateOnly)+"-"+*word), By: *by, At: *at, Rail: railOf(*word),
		Payer: &file.Payer, ExecuteOn: *on, Minimum: *minimum, Payees: file.Payees, Review: map[byline.CreatorID]bool{},
	}
	for _, creator := range file.Review {
		opts.Review[creator] = true
	}
	if opts.Tax, err = s.tax(ctx, file, balances, at.In(c.zone)); err != nil {
		return err
	}
	batch, notes, err := proposeFor(balances, opts)
	if err == nil && opts.Rail == contracts.RailSEPA {
		// By now, not behind the approvals: a payer who cannot be written holds up everybody.
		err = rail.SEPAOptions{Debtor: file.Payer, CreatedAt: *at, ExecuteOn: cmp.Or(*on, *at), Text: batch.ID}.Check()
	}
	if err != nil {
		return badInput{faultsOf(*payees, err)}
	}
	var f filed
	if err := s.step(ctx, func(ctx context.Context, tx *sql.Tx) (int, error) {
		f, err = s.proposed(ctx, tx, filed{Batch: batch})
		return 0, err
	}); err != nil {
		return err
	}
	if err := p.writeJSON(*out, f.Batch); err != nil {
		return err
	}
	return tellBatch(p, f.Batch, notes)
}

// proposed files a batch. The same one again changes nothing; another one of that name is
// refused, whoever has seen the first.
func (s *store) proposed(ctx context.Context, tx *sql.Tx, f filed) (filed, error) {
	known, err := s.find(ctx, tx, f.Batch.ID)
	if errors.Is(err, byline.ErrNotFound) {
		return f, s.file(ctx, tx, f)
	} else if err != nil {
		return f, err
	}
	was, err := known.Batch.Digest()
	if err != nil {
		return f, err
	}
	now, err := f.Batch.Digest()
	if err != nil {
		return f, err
	}
	if was != now {
		return f, fmt.Errorf("batch %q was proposed already, and differs; give another -id", f.Batch.ID)
	}
	return known, nil
}

// proposeFor makes the batch, and says what is wrong with whoever is left out for it: one
// name in another alphabet must not keep all others from being paid.
func proposeFor(balances []contracts.Balance, opts contracts.BatchOptions) (contracts.Batch, []string, error) {
	var notes []string
	writable := rail.Writable(opts.Rail)
	opts.Writable = func(item contracts.BatchItem) error {
		err := writable(item)
		for _, fault := range byline.Nest("", err) {
			notes = append(notes, fmt.Sprintf("%s: %s (%s)", item.Creator, fault.Message, fault.Code))
		}
		return err
	}
	batch, err := contracts.Propose(balances, opts)
	if err != nil {
		return batch, nil, err
	}
	for _, out := range batch.LeftOut {
		if slices.Contains(out.Reasons, contracts.LeftFaultyPayee) {
			for _, fault := range byline.Nest("", opts.Payees[out.Creator].Check(opts.Rail)) {
				notes = append(notes, fmt.Sprintf("%s: %s: %s (%s)", out.Creator, fault.Path, fault.Message, fault.Code))
			}
		}
	}
	return batch, notes, rail.Check(batch)
}

// tax is what a decision on tax needs: what was paid in the calendar year, by these books
// and elsewhere, in the currency of the payer's threshold.
func (s *store) tax(ctx context.Context, f payeeFile, balances []contracts.Balance, on time.Time) (*contracts.BatchTax, error) {
	t := &contracts.BatchTax{
		Payer: f.Payer.Market, On: on, PaidSoFar: map[byline.CreatorID]byline.Money{},
		PayWithoutID: f.PayWithoutID, PayUndetermined: f.PayUndetermined,
	}
	i := slices.IndexFunc(contracts.TaxRules(), func(r contracts.TaxRule) bool { return r.Market == f.Payer.Market })
	if i < 0 {
		return t, nil
	}
	currency := contracts.TaxRules()[i].Threshold.Currency()
	for _, b := range balances {
		paid, err := contracts.PaidInYear(ctx, s.ledger, b.Creator, currency, on, on.Location())
		if elsewhere, known := f.PaidElsewhere[b.Creator]; err == nil && known {
			paid, err = paid.Add(elsewhere)
		}
		if err != nil {
			return nil, fmt.Errorf("what %s was paid this year: %w", b.Creator, err)
		}
		t.PaidSoFar[b.Creator] = paid
	}
	return t, nil
}

func tellBatch(p program, b contracts.Batch, notes []string) error {
	say(p.out, "Batch %s over %s, prepared by %s.", clean(b.ID), b.Rail, clean(b.PreparedBy))
	if len(b.Items) > 0 {
		t := table{heads: []string{"Creator", "Currency", " Gross", " Tax withheld", " To pay", "To", "Tax"}}
		for _, i := range b.Items {
			t.add(string(i.Creator), string(i.Net.Currency()), showAmount(i.Gross), showAmount(i.Withheld), showAmount(i.Net), payTo(i.Payee, b.Rail), taxWords(i.Tax))
		}
		t.write(p.out)
	}
	if len(b.LeftOut) > 0 {
		say(p.out, "Left out:")
		t := table{heads: []string{"Creator", "Currency", " Payable", "Why"}}
		for _, l := range b.LeftOut {
			var why []string
			for _, r := range l.Reasons {
				why = append(why, contracts.MeaningOf(contracts.LeftReasons(), r))
			}
			t.add(string(l.Creator), string(l.Payable.Currency()), showAmount(l.Payable), strings.Join(why, "; "))
		}
		t.write(p.out)
	}
	for _, note := range notes {
		say(p.out, "  %s", clean(note))
	}
	totals, err := b.Totals()
	if err != nil {
		return err
	}
	for _, total := range totals {
		say(p.out, "To pay: %s.", showMoney(total))
	}
	if len(b.Items) == 0 {
		say(p.out, "There is nothing to pay.")
		return nil
	}
	say(p.out, "It waits for the approval of two people other than %s.", clean(b.PreparedBy))
	return nil
}

// taxWords says what the tax rules ask for. None of them says that nothing is due.
func taxWords(d *contracts.TaxDecision) string {
	if d == nil {
		return "not looked at"
	}
	words := contracts.MeaningOf(contracts.TaxOutcomes(), d.Outcome) + ": " + contracts.MeaningOf(contracts.TaxReasons(), d.Why)
	if d.Why == contracts.TaxBelowThreshold {
		words += " of " + showMoney(d.Threshold)
	}
	return words
}
