package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// What is held is shown with its day, is released by what the server does every hour, and
// the page then says so.
func TestHeldAndReleased(t *testing.T) {
	t.Parallel()
	file := exampleProgrammeFile(t)
	file.Shops = []shopFile{backend()}
	file.Agreements[0].Pay.Hold = contracts.Hold{From: contracts.HeldPlaced, Days: 3650}
	p, err := newProgramme(file, shopsOutside(nil))
	require.NoError(t, err)
	s := launch(t, config{}, p, quiet())
	order := backendOrder(t, s.url, "waits", `, "codes": ["ADA15"]`)
	twelve := byline.Minor(12_00, byline.EUR)
	if diff := cmp.Diff([]due{{"example-ada", "ag-ada", 1, twelve, twelve}}, order.Owed); diff != "" {
		t.Errorf("owed (-want +got):\n%s", diff)
	}
	until := order.Order.PlacedAt.AddDate(0, 0, 3650).Truncate(time.Microsecond) // as a ledger keeps it
	read := func() statementJSON { return getJSON[statementJSON](t, s.url+"/api/creators/example-ada") }
	if diff := cmp.Diff([]waiting{{until, twelve}}, read().Held); diff != "" {
		t.Errorf("held (-want +got):\n%s", diff)
	}
	says(t, s.url+"/creators/example-ada", "What is held", "earned, and not payable yet", until.Format("2 Jan 2006"), "Held until "+showTime(until))
	says(t, s.url+orderPath(order.Order.ID), "(held until "+showTime(until)+")", "Held until "+showTime(until))
	says(t, s.url+"/", "€12.00 held", "€12.00 of it held")

	require.NoError(t, s.ledger.InTx(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := s.settler.Accrue(ctx, tx, until)
		return err
	}))
	after := read()
	if len(after.Held) > 0 || !after.Balances[0].Held.IsZero() || after.Balances[0].Payable != byline.Minor(412_00, byline.EUR) {
		t.Errorf("released: held %+v, balances %+v", after.Held, after.Balances)
	}
	says(t, s.url+"/creators/example-ada", "The time it had to wait for is over", "nothing waits", "−€12.00", "+€12.00")
}

// A file that tells of the progress of an agreement that it does not have is refused.
func TestProgressOfStrangers(t *testing.T) {
	t.Parallel()
	file := exampleProgrammeFile(t)
	file.Progress = map[contracts.AgreementID]contracts.Progress{"ag-nobody": {}}
	_, err := newProgramme(file, shopsOutside(nil))
	if diff := cmp.Diff([]string{"progress[ag-nobody] programme.agreement"}, paths(err)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The demo's creators show every way to be paid.
func TestDemoShowsEveryPay(t *testing.T) {
	t.Parallel()
	s, _ := launchDemo(t)
	says(t, s.url+"/creators/demo-bruno", "Commission waits 14 days from the order", "What is held", "Held until ")
	says(t, s.url+"/creators/demo-ines", "At least 60.00 EUR of commission each month", "Guarantee top up of ag-ines, from ", "Tier adjustment of ag-ines, from ", "No day yet")
	says(t, s.url+"/creators/demo-farid", "150.00 EUR 7 days after, on posting", "50% of the fees, if the brand calls it off once production has begun", "Posted on ")
	says(t, s.url+"/creators/demo-edda", "In goods", "€79.00", "gifts at their declared value, never paid out", "Gift of ag-edda")
}

func says(t *testing.T, address string, wants ...string) {
	t.Helper()
	_, page := get(t, address)
	for _, want := range wants {
		if !strings.Contains(strings.ReplaceAll(page, "&#43;", "+"), want) {
			t.Errorf("%s does not say %q", address, want)
		}
	}
}

func TestWaitingRows(t *testing.T) {
	t.Parallel()
	on := func(day, hour int, c byline.Currency) contracts.Entry {
		return contracts.Entry{Line: contracts.Line{Account: contracts.Held, Until: time.Date(2026, 12, day, hour, 0, 0, 0, time.UTC), Amount: byline.Minor(100, c)}}
	}
	held := hall{}
	for day := 1; day <= 9; day++ {
		held.add(on(day, 8, byline.EUR))
		held.add(on(day, 20, byline.JPY))
	}
	gone, open := on(1, 8, byline.EUR), on(1, 8, byline.EUR)
	gone.Amount, open.Until = gone.Amount.Neg(), time.Time{}
	held.add(gone)
	held.add(open)
	held.add(contracts.Entry{Line: contracts.Line{Amount: byline.Minor(5, byline.EUR)}})
	euro, yen := byline.Minor(100, byline.EUR), byline.Minor(100, byline.JPY)
	want := []waitingRow{
		{"1 Dec 2026", purse{yen}}, {"2 Dec 2026", purse{euro, yen}}, {"3 Dec 2026", purse{euro, yen}}, {"4 Dec 2026", purse{euro, yen}},
		{"5 Dec 2026", purse{euro, yen}}, {"6 Dec 2026", purse{euro, yen}},
		{"Later", purse{byline.Minor(300, byline.EUR), byline.Minor(300, byline.JPY)}}, {"No day yet", purse{euro}},
	}
	if diff := cmp.Diff(want, waitingRows(held.list())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	part := []waiting{{time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), euro}}
	for owed, want := range map[byline.Money]string{euro: "held until 1 Dec 2026, 00:00", byline.Minor(101, byline.EUR): "€1.00 of it held until 1 Dec 2026, 00:00"} {
		if got := heldPart(part, purse{owed}); got != want {
			t.Errorf("of %s: %q, want %q", owed, got, want)
		}
	}
}

func TestStands(t *testing.T) {
	t.Parallel()
	for want, line := range map[string]contracts.Line{
		"Payable": {}, "Held": {Account: contracts.Held}, "In transit": {Account: contracts.InTransit}, "In goods": {Account: contracts.InKind},
		"Held until 1 Dec 2026, 00:00": {Account: contracts.Held, Until: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)},
		"Some other account":           {Account: "some_other_account"},
	} {
		if got := stands(contracts.Entry{Line: line}); got != want {
			t.Errorf("%+v stands as %q, want %q", line, got, want)
		}
	}
}

// The agreement that the README shows binds.
func TestReadmeAgreement(t *testing.T) {
	t.Parallel()
	_, text, _ := strings.Cut(readme(t), "```json\n\"agreements\": ")
	text, _, _ = strings.Cut(text, "```")
	dec := json.NewDecoder(strings.NewReader(text))
	dec.DisallowUnknownFields()
	file := exampleProgrammeFile(t)
	file.Agreements = nil
	require.NoError(t, dec.Decode(&file.Agreements))
	_, err := newProgramme(file, shopsOutside(nil))
	if diff := cmp.Diff([]string(nil), paths(err)); diff != "" || len(file.Agreements) != 1 {
		t.Errorf("%d agreements with the faults (-want +got):\n%s", len(file.Agreements), diff)
	}
}

func paths(err error) []string {
	var all []string
	for _, f := range byline.Nest("", err) {
		all = append(all, f.Path+" "+f.Code)
	}
	return all
}
