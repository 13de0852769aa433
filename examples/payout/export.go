package main

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/contracts/rail"
)

func (p program) export(ctx context.Context, args []string) (err error) {
	c := p.call("export")
	name := c.required("batch", "`file` of the approved batch")
	out := c.required("o", "`file` for the bank: .xml for SEPA, .json for Stripe and PayPal, .csv for others")
	c.apart("batch", "o")
	at := c.instant()
	if err := c.parse(args); err != nil {
		return err
	}
	file, err := p.readBatch(*name)
	if err != nil {
		return err
	}
	if want := ending(file.batch.Rail); !strings.EqualFold(filepath.Ext(*out), want) {
		return bad("-o ends in %s for the rail %s", want, file.batch.Rail)
	}
	s, err := c.openStore(ctx, *at, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	e := export{store: s, today: at.In(c.zone), file: file}
	if err := s.step(ctx, e.post); err != nil {
		return err
	}
	if err := errors.Join(p.writeBytes(*out, e.filed.File), p.writeJSON(*name, e.filed.Batch)); err != nil {
		return err
	}
	e.tell(p, *out)
	return nil
}

// export is the step in which a batch becomes payouts under way and a file for a bank.
type export struct {
	*store

	today time.Time // where the step is taken
	file  shown
	filed filed
	again bool
}

// post books what goes out and keeps the file, in one transaction: nothing leaves that is
// not booked, and whoever exports again gets the same bytes.
func (e *export) post(ctx context.Context, tx *sql.Tx) (int, error) {
	f, err := e.meant(ctx, tx, e.file)
	if err != nil {
		return 0, err
	}
	if e.filed, e.again = f, f.File != nil; e.again {
		return 0, nil
	}
	if f.Batch, err = contracts.PostBatch(ctx, tx, e.ledger, f.Batch, e.at); err != nil {
		return 0, err
	}
	if len(itemsOf(f.Batch, contracts.ItemUnderWay)) == 0 {
		return 0, fmt.Errorf("batch %q: nothing covers any of its payouts any more; propose a new one", f.Batch.ID)
	}
	if f.File, err = railFile(f.Batch, e.today); err != nil {
		return 0, err
	}
	e.filed = f
	return len(f.Batch.Items), e.store.file(ctx, tx, f)
}

func itemsOf(b contracts.Batch, status contracts.ItemStatus) (items []contracts.BatchItem) {
	for _, i := range b.Items {
		if i.Status == status {
			items = append(items, i)
		}
	}
	return items
}

func (e *export) tell(p program, out string) {
	b := e.filed.Batch
	switch {
	case e.again && b.State() != contracts.BatchUnderWay:
		say(p.out, "Batch %s was exported before, and the bank has answered: do not send it again. Nothing was posted; %s is the same file.", clean(b.ID), out)
	case e.again:
		say(p.out, "Batch %s was exported before. Nothing was posted; %s is the same file.", clean(b.ID), out)
	default:
		say(p.out, "Batch %s: %s under way; %s goes to the bank.", clean(b.ID), plural(len(itemsOf(b, contracts.ItemUnderWay)), "payout is", "payouts are"), out)
	}
	for _, i := range itemsOf(b, contracts.ItemRefused) {
		say(p.out, "  %s: %s is not covered any more and stays here", clean(string(i.Creator)), showMoney(i.Gross))
	}
}

func ending(r contracts.Rail) string {
	switch r {
	case contracts.RailSEPA:
		return ".xml"
	case contracts.RailFile:
		return ".csv"
	}
	return ".json"
}

// railFile is what goes out: a file for a bank, or the requests to a payment service.
func railFile(b contracts.Batch, today time.Time) ([]byte, error) {
	switch b.Rail {
	case contracts.RailSEPA:
		// The payer was approved with the batch; so was the day, where somebody gave one.
		return rail.SEPA(b, rail.SEPAOptions{CreatedAt: today, ExecuteOn: cmp.Or(b.ExecuteOn, today), Text: b.ID})
	case contracts.RailStripe:
		requests, err := rail.StripeTransfers(b)
		return writeRequests(requests, err)
	case contracts.RailPayPal:
		requests, err := rail.PayPalPayouts(b, b.ID)
		return writeRequests(requests, err)
	}
	return rail.CSV(b)
}

func writeRequests(requests []rail.Request, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	out := json.NewEncoder(&text)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false) // a body is full of ampersands
	err = out.Encode(requests)
	return text.Bytes(), err
}
