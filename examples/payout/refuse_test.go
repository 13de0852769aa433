package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/contracts"
)

// Every step has something that it refuses. Nothing is posted then but what says so.
func TestRefusals(t *testing.T) {
	t.Parallel()
	replace := func(file, old, with string) func(*testing.T, desk) {
		return func(t *testing.T, d desk) {
			text := d.read(t, file)
			require.Contains(t, text, old)
			d.write(t, file, strings.Replace(text, old, with, 1))
		}
	}
	report := func(rows ...string) func(*testing.T, desk) {
		return func(t *testing.T, d desk) {
			text := "reference,status,amount,currency\n"
			for _, row := range rows {
				for _, item := range d.batch(t, "batch.json").Items {
					row = strings.ReplaceAll(row, "<"+string(item.Creator)+">", item.Reference)
				}
				text += row + "\n"
			}
			d.write(t, "report.csv", text)
		}
	}
	proposed := []string{settleLine, proposeLine}
	exported := []string{settleLine, proposeLine, lenaLine, maxLine, exportLine}
	csvReport := "reconcile -batch batch.json -report report.csv -at 2026-11-04"
	tests := map[string]struct {
		before []string
		change func(*testing.T, desk)
		line   string
		code   int
		says   string
		posted int
	}{
		"export, approved by nobody":  {before: proposed, line: exportLine, code: exitRefused, says: "batch.state"},
		"export, approved by one":     {before: []string{settleLine, proposeLine, lenaLine}, line: exportLine, code: exitRefused, says: "batch.state"},
		"approve by who prepared":     {before: proposed, line: "approve -batch batch.json -by KIM -at 2026-11-02", code: exitRefused, says: "batch.same_person"},
		"approve by one person twice": {before: []string{settleLine, proposeLine, lenaLine}, line: "approve -batch batch.json -by Lena -at 2026-11-03", code: exitRefused, says: "batch.same_person"},
		"approve what is on its way":  {before: exported, line: "approve -batch batch.json -by noor -at 2026-11-03", code: exitRefused, says: "batch.state"},
		"approve another account":     {before: proposed, change: replace("batch.json", "GB29NWBK60161331926819", "DE89370400440532013000"), line: lenaLine, code: exitRefused, says: "items[0] of bruno differs"},
		"export another amount":       {before: []string{settleLine, proposeLine, lenaLine, maxLine}, change: replace("batch.json", `"47.20"`, `"74.20"`), line: exportLine, code: exitRefused, says: "items[0] of bruno differs"},
		"export from another account": {before: []string{settleLine, proposeLine, lenaLine, maxLine}, change: replace("batch.json", "NL91ABNA0417164300", "DE89370400440532013000"), line: exportLine, code: exitRefused, says: "its head differs"},
		"export behind the day": {
			before: []string{settleLine, proposeLine + " -on 2026-11-03", lenaLine, maxLine},
			line:   "export -batch batch.json -o payout.xml -at 2026-11-05", code: exitRefused, says: "rail.date",
		},
		"export for another preparer":   {before: []string{settleLine, proposeLine, lenaLine, maxLine}, change: replace("batch.json", `"kim"`, `"lena"`), line: exportLine, code: exitRefused, says: "its head differs"},
		"export with forged approvals":  {before: []string{settleLine, proposeLine, lenaLine}, change: forgeApproval, line: exportLine, code: exitRefused, says: "batch.state"},
		"export a batch of other books": {before: proposed, change: replace("batch.json", `"2026-10"`, `"2026-09"`), line: exportLine, code: exitInput, says: "not found"},
		"export to a wrong ending":      {before: proposed, line: "export -batch batch.json -o payout.csv -at 2026-11-02", code: exitInput, says: "-o ends in .xml"},
		"export what is not covered": {
			before: []string{
				settleLine, proposeLine, lenaLine, maxLine,
				"propose -payees payees-10.json -rail sepa -min 25.00EUR -by kim -id again -at 2026-11-02T09:30:00Z -o again.json",
				"approve -batch again.json -by lena -at 2026-11-02", "approve -batch again.json -by max -at 2026-11-02", exportLine,
			},
			line: "export -batch again.json -o again.xml -at 2026-11-03", code: exitRefused, says: "nothing covers any of its payouts",
		},
		"propose under a name that is taken": {before: proposed, line: strings.Replace(proposeLine, "25.00EUR", "1.00EUR", 1), code: exitRefused, says: "give another -id"},
		"propose for a payer without a name": {before: []string{settleLine}, change: replace("payees-10.json", `"name": "Demo Kiln", `, ""), line: proposeLine, code: exitInput, says: "payer.name: this rail needs it (required)"},
		"propose for a payer in Greek":       {before: []string{settleLine}, change: replace("payees-10.json", "Demo Kiln", "Δοκιμή"), line: proposeLine, code: exitInput, says: "rail.alphabet"},
		"propose with an unknown field":      {before: []string{settleLine}, change: replace("payees-10.json", `"iban"`, `"ibann"`), line: proposeLine, code: exitInput, says: "unknown field"},
		"reconcile before the export":        {before: proposed, change: report("<bruno>,paid,,"), line: csvReport, code: exitInput, says: "outcome.not_under_way"},
		"a reference that nobody has":        {before: exported, change: report("BYNOBODY,paid,,", "<bruno>,paid,,", "<cleo>,paid,,"), line: csvReport, code: exitInput, says: "outcome.unknown_reference", posted: 2},
		"another amount":                     {before: exported, change: report("<bruno>,paid,47.21,EUR", "<cleo>,paid,300.00,EUR"), line: csvReport, code: exitInput, says: "bruno: the rail reports another amount than was approved (outcome.amount)", posted: 1},
		"another currency":                   {before: exported, change: report("<bruno>,paid,47.20,USD", "<cleo>,paid,300.00,EUR"), line: csvReport, code: exitInput, says: "outcome.currency", posted: 1},
		"paid and failed":                    {before: exported, change: report("<bruno>,paid,,", "<bruno>,failed,,", "<cleo>,paid,,"), line: csvReport, code: exitInput, says: "outcome.contradiction", posted: 1},
		"a report with a bad row":            {before: exported, change: report("<bruno>,perhaps,,"), line: csvReport, code: exitInput, says: "row[2].status"},
		"a report of another message":        {before: exported, change: replace("report-10.xml", "BM4MKANAQCSMHCY7JA6LS3Y2GKOU", "BMOTHER"), line: reportLine, code: exitInput, says: "rail.message"},
		"a report that lacks somebody":       {before: exported, change: report("<bruno>,paid,,"), line: csvReport, code: exitOK, says: "cleo: nothing is reported of this payout (outcome.missing)", posted: 1},
		"settle before the latest posting": {
			before: exported, change: replace("orders-10.csv", "110.00", "220.00"),
			line: settleLine, code: exitRefused, says: "before the latest posting",
		},
		"settle without the terms of before": {
			before: []string{settleLine}, change: replace("terms.json", `"id": "ag-bruno"`, `"id": "ag-other"`),
			line: settleLine, code: exitInput, says: "agreement ag-bruno version 1, which is not registered",
		},
		"export over the batch":               {before: proposed, line: "export -batch batch.json -o ./batch.json -at 2026-11-02", code: exitInput, says: "-batch and -o name one file"},
		"settle with a slip in the terms":     {change: replace("terms.json", `"10%"`, `"10"`), line: settleLine, code: exitInput, says: "terms.json"},
		"settle with faults in several":       {change: replace("offers.json", `"ada"`, `""`), line: strings.Replace(settleLine, "progress-10", "nothing", 1), code: exitInput, says: "nothing.json: no such file"},
		"settle the progress of nobody":       {change: replace("progress-10.json", "ag-cleo", "ag-clea"), line: settleLine, code: exitInput, says: "ag-clea: no agreement has this id (progress.unknown)"},
		"settle a file without its columns":   {change: replace("orders-10.csv", "placed_at", "placed"), line: settleLine, code: exitInput, says: "ordercsv.column_missing"},
		"statement of nobody":                 {before: []string{settleLine}, line: "statement -creator dario -from 2026-11-01 -to 2026-12-01", code: exitInput, says: `nothing of a creator "dario"`},
		"statement of a month that runs back": {before: []string{settleLine}, line: "statement -creator ada -from 2026-12-01 -to 2026-11-01", code: exitInput, says: "later end"},
		"statement without books":             {line: "statement -creator ada -from 2026-11-01 -to 2026-12-01", code: exitInput, says: "no books in payout.db"},
		"a command that is none":              {line: "pay", code: exitInput, says: `no command "pay"`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.must(t, tt.before...)
			var before []string
			if len(tt.before) > 0 {
				before = d.entries(t)
			}
			if tt.change != nil {
				tt.change(t, d)
			}
			got := d.run(t, tt.line)
			if got.code != tt.code || !strings.Contains(got.err, tt.says) {
				t.Errorf("status %d, want %d with %q:\n%s", got.code, tt.code, tt.says, got.err)
			}
			if len(tt.before) > 0 {
				if posted := len(d.entries(t)) - len(before); (posted > 0) != (tt.posted > 0) {
					t.Errorf("%d entries posted", posted)
				}
			}
		})
	}
}

// What is not covered any more when a batch is exported stays here; the rest goes out.
func TestPartlyCovered(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.must(t, settleLine, proposeLine, lenaLine, maxLine)
	row := "1003,2026-10-05T11:05:00Z,2026-11-02T11:10:00Z,refunded,EUR,290.00,30.00,BRUNO10,260.00,demo-c3"
	head, _, _ := strings.Cut(d.read(t, "orders-10.csv"), "\n")
	d.write(t, "refund.csv", head+"\n"+row+"\n")
	d.must(t, "settle -orders refund.csv -offers offers.json -agreements terms.json -progress progress-10.json -at 2026-11-02T11:30:00Z")
	got := d.run(t, exportLine)
	if got.code != exitOK || !strings.Contains(got.out, "1 payout is under way") || !strings.Contains(got.out, "bruno: 47.20 EUR is not covered any more") {
		t.Errorf("status %d:\n%s%s", got.code, got.out, got.err)
	}
	file := d.read(t, "payout.xml")
	if strings.Contains(file, "Bruno") || !strings.Contains(file, "<CtrlSum>300.00</CtrlSum>") {
		t.Errorf("the file:\n%s", file)
	}
	d.must(t, exportLine)
	if diff := cmp.Diff(file, d.read(t, "payout.xml")); diff != "" {
		t.Errorf("exported again (-was +is):\n%s", diff)
	}
}

// What the books contradict is told, and keeps no other payout from being settled.
func TestBooksContradictReport(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.must(t, settleLine, proposeLine, lenaLine, maxLine, exportLine)
	items := d.batch(t, "batch.json").Items
	d.fail(t, items[0])
	d.write(t, "report.csv", "reference,status\n"+items[0].Reference+",paid\n"+items[1].Reference+",paid\n")
	got := d.run(t, "reconcile -batch batch.json -report report.csv -at 2026-11-04")
	if got.code != exitInput || !strings.Contains(got.err, "payout.step") {
		t.Errorf("status %d: %s", got.code, got.err)
	}
	if entries := strings.Join(d.entries(t), "\n"); !strings.Contains(entries, "payout:"+items[1].Reference+" 2 cleo payout in_transit -") {
		t.Errorf("the entries:\n%s", entries)
	}
}

// fail books a payout as failed, as another program beside this one may.
func (d desk) fail(t *testing.T, item contracts.BatchItem) {
	t.Helper()
	at := time.Date(2026, 11, 3, 0, 0, 0, 0, time.UTC)
	s, err := program{dir: d.dir, getenv: func(string) string { return "" }}.call("test").openStore(t.Context(), at, false)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.close()) }()
	p := contracts.Payment{Reference: item.Reference, Creator: item.Creator, Amount: item.Gross, Status: contracts.PayoutFailed}
	require.NoError(t, s.step(t.Context(), func(ctx context.Context, tx *sql.Tx) (int, error) {
		entries, err := contracts.PostPayout(ctx, tx, s.ledger, p, at)
		return len(entries), err
	}))
}

// Several who export at once send one file and post once.
func TestExportAtOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.must(t, settleLine, proposeLine, lenaLine, maxLine)
	before := len(d.entries(t))
	results := make([]ran, 4)
	var group sync.WaitGroup
	for i := range results {
		group.Go(func() {
			results[i] = d.run(t, strings.Replace(exportLine, "payout.xml", fmt.Sprintf("payout-%d.xml", i), 1))
		})
	}
	group.Wait()
	for i, r := range results {
		if r.code != exitOK {
			t.Fatalf("%d: status %d: %s", i, r.code, r.err)
		}
		if diff := cmp.Diff(d.read(t, "payout-0.xml"), d.read(t, fmt.Sprintf("payout-%d.xml", i))); diff != "" {
			t.Errorf("%d (-0 +%d):\n%s", i, i, diff)
		}
	}
	if posted := len(d.entries(t)) - before; posted != 4 { // two accounts of two payouts
		t.Errorf("%d entries posted", posted)
	}
}

// forgeApproval adds the word of a second person to the file, with the right digest.
func forgeApproval(t *testing.T, d desk) {
	b := d.batch(t, "batch.json")
	forged := b.Approvals[0]
	forged.By = "max"
	b.Approvals = append(slices.Clone(b.Approvals), forged)
	require.Equal(t, contracts.BatchApproved, b.State(), "the forgery is a good one")
	text, err := json.Marshal(b)
	require.NoError(t, err)
	d.write(t, "batch.json", string(text))
}

// All flags are checked before anything is done.
func TestFlags(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	got := d.run(t, "propose -rail giro -min 25EURO -at yesterday -zone Local now")
	for _, says := range []string{
		`unexpected argument "now"`, "-zone:", "-payees is missing", "-rail is one of sepa, stripe, paypal, csv",
		"-min is an amount", "-by is missing", "-o is missing", "-at is a time",
	} {
		if !strings.Contains(got.err, says) {
			t.Errorf("it does not say %q:\n%s", says, got.err)
		}
	}
	if got.code != exitInput {
		t.Errorf("status %d", got.code)
	}
	for _, line := range []string{"settle -nothing", "statement -o a.doc", ""} {
		if got := d.run(t, line); got.code != exitInput {
			t.Errorf("%q: status %d", line, got.code)
		}
	}
	for _, line := range []string{"help", "settle -help", "export -h"} {
		if got := d.run(t, line); got.code != exitOK || got.out == "" {
			t.Errorf("%q: status %d, %s", line, got.code, got.err)
		}
	}
}

// A file that is wrong from its first row on does not fill a screen, and its good rows
// are settled.
func TestBadRows(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	rows := strings.Repeat("x,2026-10-02T08:15:00Z,,paid,EUR,1.234,,,,\n", 50)
	head, rest, _ := strings.Cut(d.read(t, "orders-10.csv"), "\n")
	d.write(t, "orders-10.csv", head+"\n"+rows+rest)
	got := d.run(t, settleLine)
	if got.code != exitInput || strings.Count(got.err, "orders-10.csv: line") != maxTold {
		t.Errorf("status %d:\n%s", got.code, got.err)
	}
	if !strings.Contains(got.err, "50 rows were left out") || !strings.Contains(got.out, "6 orders settled") {
		t.Errorf("%s\n%s", got.out, got.err)
	}
	good := newDesk(t)
	good.must(t, settleLine)
	if diff := cmp.Diff(good.entries(t), d.entries(t)); diff != "" {
		t.Errorf("entries (-without bad rows +with):\n%s", diff)
	}
	hostile := newDesk(t)
	hostile.write(t, "orders-10.csv", head+"\n"+"\x1b[2J,2026-10-02T08:15:00Z,,paid,EUR,10.00,,,,\n")
	if got := hostile.run(t, settleLine); strings.Contains(got.err+got.out, "\x1b") {
		t.Errorf("a cell steers the terminal: %q", got.err)
	}
}
