package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/contracts/rail"
)

func (p program) reconcile(ctx context.Context, args []string) (err error) {
	c := p.call("reconcile")
	name := c.required("batch", "`file` of the exported batch")
	report := c.required("report", "`file` of what the bank says: a pain.002 in XML, or CSV with reference and status")
	at := c.instant()
	if err := c.parse(args); err != nil {
		return err
	}
	file, errBatch := p.readBatch(*name)
	told, errReport := p.read(*report)
	if err := errors.Join(errBatch, errReport); err != nil {
		return err
	}
	s, err := c.openStore(ctx, *at, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	r := reconciliation{store: s, file: file, report: *report, told: told}
	if err := s.step(ctx, r.post); err != nil {
		return err
	}
	if err := p.writeJSON(*name, r.Batch); err != nil {
		return err
	}
	return r.tell(p)
}

// reconciliation is the step in which a bank's report becomes entries.
type reconciliation struct {
	*store
	contracts.Reconciliation

	file    shown
	report  string
	told    []byte
	before  contracts.Batch
	posted  int
	against error // what the books contradict
}

func (r *reconciliation) post(ctx context.Context, tx *sql.Tx) (int, error) {
	f, err := r.meant(ctx, tx, r.file)
	if err != nil {
		return 0, err
	}
	outcomes, err := outcomesOf(f.Batch, r.told)
	if err != nil {
		return 0, badInput{faultsOf(r.report, err)}
	}
	r.before = f.Batch
	r.Reconciliation = f.Batch.Reconcile(outcomes)
	f.Batch = r.Batch
	if len(itemsOf(f.Batch, contracts.ItemPlanned)) == 0 { // else it was never exported
		entries, err := contracts.PostOutcomes(ctx, tx, r.ledger, f.Batch, r.at)
		if _, contradicted := errors.AsType[*contracts.PayoutError](err); contradicted {
			r.against = err // all others are posted
		} else if err != nil {
			return 0, err
		}
		r.posted = len(entries)
	}
	return r.posted, r.store.file(ctx, tx, f)
}

// outcomesOf reads a report, XML by how it begins.
func outcomesOf(b contracts.Batch, told []byte) ([]contracts.Outcome, error) {
	if bytes.HasPrefix(bytes.TrimSpace(bytes.TrimPrefix(told, []byte("\ufeff"))), []byte("<")) {
		return rail.ReadStatusReport(told, b)
	}
	return rail.ReadCSV(told)
}

// tell says what became of each payout. What the bank reports against the batch makes the
// report bad, and somebody has to look at it.
func (r *reconciliation) tell(p program) error {
	say(p.out, "Batch %s is %s; %s posted.", clean(r.Batch.ID), r.Batch.State(), plural(r.posted, "entry", "entries"))
	t := table{heads: []string{"Creator", "Currency", " Amount", "Status", "Bank says", "Now"}}
	for i, item := range r.Batch.Items {
		reason, news := "", ""
		if item.Outcome != nil {
			reason = item.Outcome.Reason
		}
		if item.Status != r.before.Items[i].Status {
			news = "new"
		}
		t.add(string(item.Creator), string(item.Net.Currency()), showAmount(item.Net), contracts.MeaningOf(contracts.ItemStatuses(), item.Status), reason, news)
	}
	t.write(p.out)
	blocked := 0
	for _, f := range r.Findings {
		about := strings.TrimSpace(creatorOf(r.Batch, f.Path) + " " + f.Message)
		say(p.err, "%s: %s: %s (%s)", r.report, f.Severity, clean(about), f.Code)
		if f.Severity == byline.Blocker {
			blocked++
		}
	}
	if r.against != nil {
		return bad("%s: the books say otherwise; the rest is posted: %w", r.report, r.against)
	}
	if blocked > 0 {
		return bad("%s: %s to look at; the rest is posted", r.report, plural(blocked, "thing", "things"))
	}
	return nil
}

// creatorOf names whom a finding is about, "" where it is about nobody in the batch.
func creatorOf(b contracts.Batch, path string) string {
	var i int
	if _, err := fmt.Sscanf(path, "items[%d]", &i); err != nil || i >= len(b.Items) {
		return ""
	}
	return string(b.Items[i].Creator) + ":"
}
