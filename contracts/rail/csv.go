package rail

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// CSV writes what is under way of a batch for RailFile as comma-separated values with a
// header, in UTF-8: reference, creator, amount (what to pay), currency, gross, withheld,
// name, iban, bic, email, market. A cell that a spreadsheet would take for a formula
// gets an apostrophe before it. Faults are those of [Check], "rail.other", "rail.state"
// and "rail.nothing".
func CSV(b contracts.Batch) ([]byte, error) {
	items, err := underWay(b, contracts.RailFile)
	if err != nil {
		return nil, err
	}
	rows := [][]string{{"reference", "creator", "amount", "currency", "gross", "withheld", "name", "iban", "bic", "email", "market"}}
	for _, i := range items {
		rows = append(rows, []string{
			i.Reference, plainCell(string(i.Creator)), i.Net.Amount(), string(i.Net.Currency()), i.Gross.Amount(), i.Withheld.Amount(),
			plainCell(i.Payee.Name), plainCell(i.Payee.IBAN), plainCell(i.Payee.BIC), plainCell(i.Payee.PayPalEmail), plainCell(string(i.Payee.Market)),
		})
	}
	var out bytes.Buffer
	writer := csv.NewWriter(&out)
	if err := writer.WriteAll(rows); err != nil {
		return nil, fmt.Errorf("csv: %w", err)
	}
	return out.Bytes(), nil
}

// plainCell keeps a spreadsheet from running what a stranger wrote, wherever space
// stands before it. https://owasp.org/www-community/attacks/CSV_Injection, recalled
// 2026-11-22.
func plainCell(s string) string {
	if strings.ContainsAny(s[:min(1, len(s))], "=+-@\t\r\n") || strings.ContainsAny(firstOf(s), "=+-@＝＋－＠") {
		return "'" + s
	}
	return s
}

func firstOf(s string) string {
	for _, r := range strings.TrimSpace(s) {
		return string(r)
	}
	return ""
}

// ReadCSV reads a report of outcomes for contracts.Batch.Reconcile out of
// comma-separated values in UTF-8 with a header. The columns reference and status are
// needed; at (RFC 3339), rail_id, reason, and amount with currency may be there; others
// are passed over. A status is under_way, paid, failed or returned. An empty cell says
// nothing.
//
// Faults are those of the table, all at once but never more than 50: "rail.size" for one
// above 32 MiB or 100,000 rows, "rail.csv", "rail.column", "rail.shape" for a row
// without a reference, "rail.status", "rail.time", "rail.money", and "rail.text" for an
// id or a reason above 255 bytes. Then there are no outcomes. A path names the row, the
// header being row 1.
func ReadCSV(data []byte) ([]contracts.Outcome, error) {
	if len(data) > maxReport {
		return nil, fault("", "rail.size")
	}
	if !utf8.Valid(data) {
		return nil, fault("", "rail.csv")
	}
	reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	header, err := reader.Read()
	if err != nil {
		return nil, fault("row[1]", "rail.csv")
	}
	columns, err := readHeader(header)
	if err != nil {
		return nil, err
	}
	outcomes := []contracts.Outcome{}
	var faults []*byline.FieldError
	for row := 2; len(faults) < maxFaults; row++ {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		path := fmt.Sprintf("row[%d]", row)
		if err != nil {
			faults = append(faults, fault(path, "rail.csv"))
			break
		}
		if row > maxRows+1 {
			return nil, fault("", "rail.size")
		}
		outcome, wrong := columns.read(cells)
		for _, f := range wrong {
			f.Path = path + "." + f.Path
		}
		faults, outcomes = append(faults, wrong...), append(outcomes, outcome)
	}
	if len(faults) > 0 {
		return nil, byline.Faults(faults[:min(len(faults), maxFaults)])
	}
	return outcomes, nil
}

const (
	maxFaults = 50
	maxCell   = 255
)

// columns are where each known column stands, -1 for none.
type columns map[string]int

func readHeader(header []string) (columns, error) {
	known := columns{"reference": -1, "status": -1, "at": -1, "rail_id": -1, "reason": -1, "amount": -1, "currency": -1}
	for i, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		at, ok := known[name]
		if ok && at >= 0 {
			return nil, fault("row[1]."+name, "rail.column")
		}
		if ok {
			known[name] = i
		}
	}
	var faults []*byline.FieldError
	for _, needed := range []string{"reference", "status"} {
		if known[needed] < 0 {
			faults = append(faults, fault("row[1]."+needed, "rail.column"))
		}
	}
	if (known["amount"] < 0) != (known["currency"] < 0) {
		faults = append(faults, fault("row[1].currency", "rail.column"))
	}
	return known, byline.Faults(faults)
}

func (c columns) cell(cells []string, name string) string {
	if i := c[name]; i >= 0 {
		return strings.TrimSpace(cells[i])
	}
	return ""
}

func (c columns) read(cells []string) (o contracts.Outcome, faults []*byline.FieldError) {
	o = contracts.Outcome{
		Reference: c.cell(cells, "reference"), Status: contracts.PayoutStatus(c.cell(cells, "status")),
		RailID: c.cell(cells, "rail_id"), Reason: c.cell(cells, "reason"),
	}
	if o.Reference == "" {
		faults = append(faults, fault("reference", "rail.shape"))
	}
	statuses := []contracts.PayoutStatus{contracts.PayoutUnderWay, contracts.PayoutPaid, contracts.PayoutFailed, contracts.PayoutReturned}
	if !slices.Contains(statuses, o.Status) {
		faults = append(faults, fault("status", "rail.status"))
	}
	for _, name := range []string{"rail_id", "reason"} {
		if len(c.cell(cells, name)) > maxCell {
			faults = append(faults, fault(name, "rail.text"))
		}
	}
	if text := c.cell(cells, "at"); text != "" {
		at, err := time.Parse(time.RFC3339Nano, text)
		if err != nil || at.UTC().Year() < 1970 || at.UTC().Year() > 9999 {
			faults = append(faults, fault("at", "rail.time"))
		}
		o.At = at.UTC()
	}
	if text := c.cell(cells, "amount"); text != "" {
		amount, err := readMoney(text, c.cell(cells, "currency"))
		if err != nil {
			faults = append(faults, fault("amount", "rail.money"))
		}
		o.Amount = amount
	}
	return o, faults
}
