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
	out := c.required("o", "`file` for the batch")
	c.apart("payees", "o")
	at := c.instant()
	if err := c.parse(args); err != nil {
		return err
	}
	file, err := c.readPayees(*payees, railOf(*word))
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
		Minimum: *minimum, Payees: file.Payees, Review: map[byline.CreatorID]bool{},
	}
	for _, creator := range file.Review {
		opts.Review[creator] = true
	}
	if opts.Tax, err = s.tax(ctx, file, balances, at.In(c.zone)); err != nil {
		return err
	}
	batch, notes, err := proposeFor(balances, opts)
	if err == nil && opts.Rail == contracts.RailSEPA {
		err = sepaOptions(filed{Batch: batch, Payer: file.Payer}, *at, *at).Check()
	}
	if err != nil {
		return badInput{faultsOf(*payees, err)}
	}
	var f filed
	if err := s.step(ctx, func(ctx context.Context, tx *sql.Tx) (int, error) {
		f, err = s.proposed(ctx, tx, filed{Batch: batch, Payer: file.Payer})
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
	if was != now || known.Payer != f.Payer {
		return f, fmt.Errorf("batch %q was proposed already, and differs; give another -id", f.Batch.ID)
	}
	return known, nil
}

// proposeFor leaves out who could not be written for the rail, too: one name in another
// alphabet must not keep all others from being paid.
func proposeFor(balances []contracts.Balance, opts contracts.BatchOptions) (contracts.Batch, []string, error) {
	batch, err := contracts.Propose(balances, opts)
	if err != nil {
		return batch, nil, err
	}
	var notes []string
	for _, fault := range byline.Nest("", rail.Check(batch)) {
		var i int
		if _, err := fmt.Sscanf(fault.Path, "items[%d]", &i); err != nil || i >= len(batch.Items) {
			return batch, nil, fault
		}
		creator := batch.Items[i].Creator
		opts.Review[creator] = true
		notes = append(notes, fmt.Sprintf("%s: %s (%s)", creator, fault.Message, fault.Code))
	}
	if len(notes) > 0 {
		batch, err = contracts.Propose(balances, opts)
	}
	for _, out := range batch.LeftOut {
		if slices.Contains(out.Reasons, contracts.LeftFaultyPayee) {
			for _, fault := range byline.Nest("", opts.Payees[out.Creator].Check(opts.Rail)) {
				notes = append(notes, fmt.Sprintf("%s: %s: %s (%s)", out.Creator, fault.Path, fault.Message, fault.Code))
			}
		}
	}
	return batch, notes, err
}

// tax is what a decision on tax needs: what was paid in the calendar year, by these books
// and elsewhere, in the currency of the payer's threshold.
func (s *store) tax(ctx context.Context, f payeeFile, balances []contracts.Balance, on time.Time) (*contracts.BatchTax, error) {
	t := &contracts.BatchTax{Payer: f.Payer.Market, On: on, PaidSoFar: map[byline.CreatorID]byline.Money{}, PayWithoutID: f.PayWithoutID}
	i := slices.IndexFunc(contracts.TaxRules(), func(r contracts.TaxRule) bool { return r.Market == f.Payer.Market })
	if i < 0 {
		return t, nil
	}
	currency := contracts.TaxRules()[i].Threshold.Currency()
	newYear := time.Date(on.Year(), time.January, 1, 0, 0, 0, 0, on.Location())
	for _, b := range balances {
		paid := byline.Minor(0, currency)
		for _, known := range []func() (byline.Money, error){
			func() (byline.Money, error) { return s.paidBefore(ctx, b.Creator, currency, on.Add(time.Microsecond)) },
			func() (byline.Money, error) {
				before, err := s.paidBefore(ctx, b.Creator, currency, newYear)
				return before.Neg(), err
			},
			func() (byline.Money, error) {
				return cmp.Or(f.PaidElsewhere[b.Creator], byline.Minor(0, currency)), nil
			},
		} {
			part, err := known()
			if err == nil {
				paid, err = paid.Add(part)
			}
			if err != nil {
				return nil, fmt.Errorf("what %s was paid this year: %w", b.Creator, err)
			}
		}
		t.PaidSoFar[b.Creator] = paid
	}
	return t, nil
}

func (s *store) paidBefore(ctx context.Context, creator byline.CreatorID, currency byline.Currency, before time.Time) (byline.Money, error) {
	balances, err := s.ledger.BalancesAt(ctx, creator, before)
	for _, b := range balances {
		if b.Paid.Currency() == currency {
			return b.Paid, err
		}
	}
	return byline.Minor(0, currency), err
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
				why = append(why, leftWords(r))
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

func leftWords(r contracts.LeftReason) string {
	words := map[contracts.LeftReason]string{
		contracts.LeftNothing: "nothing is payable", contracts.LeftNegative: "below zero: carried forward",
		contracts.LeftBelowMinimum: "below the minimum: carried forward", contracts.LeftNoPayee: "nobody said where the money goes",
		contracts.LeftFaultyPayee: "the account is faulty", contracts.LeftOnReview: "on review",
		contracts.LeftCurrency: "not a currency of this rail", contracts.LeftTaxForm: "a tax form comes first",
	}
	return cmp.Or(words[r], string(r))
}

// taxWords says what the tax rules ask for. None of them says that nothing is due.
func taxWords(d *contracts.TaxDecision) string {
	if d == nil {
		return "not looked at"
	}
	words := map[contracts.TaxReason]string{
		contracts.TaxNoRule: "no rule is known for the payer's market", contracts.TaxBelowThreshold: "below the threshold of " + showMoney(d.Threshold),
		contracts.TaxNumberOnFile: "to be reported, number on file", contracts.TaxNumberMissing: "number missing",
		contracts.TaxYearUnknown: "no rule is known for the year", contracts.TaxPaidUnknown: "not known what was paid this year",
		contracts.TaxOtherCurrency: "in another currency than the threshold", contracts.TaxPayerUnknown: "the payer's market is not known",
		contracts.TaxPayeeUnknown: "the creator's tax residence is not known", contracts.TaxPayeeElsewhere: "the creator is resident elsewhere",
		contracts.TaxAmountUncertain: "amounts out of range",
	}
	outcomes := map[contracts.TaxOutcome]string{
		contracts.TaxNothingKnown: "nothing known", contracts.TaxWithhold: "withheld", contracts.TaxFormNeeded: "form needed",
		contracts.TaxCannotDetermine: "cannot be determined",
	}
	return outcomes[d.Outcome] + ": " + cmp.Or(words[d.Why], string(d.Why))
}
