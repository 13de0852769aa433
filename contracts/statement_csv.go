package contracts

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/bylinehq/byline"
)

func statementColumns() []string {
	return []string{
		"currency", "date", "subject", "revision", "movement", "kind", "reason", "campaign", "agreement", "version", "rule",
		"base", "rate", "units", "amount", "held", "payable", "in_transit", "gifts", "held_until", "about", "for", "why",
	}
}

// WriteCSV writes one record for each line, by currency, gifts after money, as RFC 4180
// has it, in UTF-8: amounts as decimal text with a point, dates by RFC 3339, a header
// first. A cell of text that a spreadsheet would take for a formula gets a leading
// apostrophe. w gets the lines as they are read; after an error it has some of them.
func (s *Statement) WriteCSV(ctx context.Context, w io.Writer) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(statementColumns()); err != nil {
		return fmt.Errorf("statement as CSV: %w", err)
	}
	record := make([]string, 0, len(statementColumns()))
	for line, err := range s.all(ctx) {
		if err != nil {
			return fmt.Errorf("statement as CSV: %w", err)
		}
		record = line.record(record[:0])
		if err := out.Write(record); err != nil {
			return fmt.Errorf("statement as CSV: %w", err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("statement as CSV: %w", err)
	}
	return nil
}

// all yields the lines of every section, gifts after money.
func (s *Statement) all(ctx context.Context) iter.Seq2[StatementLine, error] {
	return func(yield func(StatementLine, error) bool) {
		for _, section := range s.Sections {
			for _, lines := range []iter.Seq2[StatementLine, error]{s.Lines(ctx, section.Currency), s.giftsOf(ctx, section)} {
				for line, err := range lines {
					if !yield(line, err) || err != nil {
						return
					}
				}
			}
		}
	}
}

// giftsOf spares a section without gifts a pass over the ledger.
func (s *Statement) giftsOf(ctx context.Context, section Section) iter.Seq2[StatementLine, error] {
	if section.GiftLines == 0 {
		return func(func(StatementLine, error) bool) {}
	}
	return s.GiftLines(ctx, section.Currency)
}

func (l StatementLine) record(record []string) []string {
	return append(record,
		string(l.Amount.Currency()), l.At.Format(time.RFC3339), guarded(string(l.Subject)), strconv.Itoa(l.Revision),
		string(l.Movement), guarded(string(l.Kind)), guarded(string(l.Reason)), guarded(string(l.Campaign)), guarded(string(l.Agreement)),
		number(l.Version), guarded(l.Rule), amountOrNone(l.Base), rateOrNone(l.Rate), number(l.Units),
		l.Amount.Amount(), l.Held.Amount(), l.Payable.Amount(), l.InTransit.Amount(), l.Gifts.Amount(), dateOrNone(l.HeldUntil),
		guarded(l.About), guarded(l.For), guarded(breakable(l.Why)),
	)
}

func number[T int | int64](n T) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(int64(n), 10)
}

func amountOrNone(m byline.Money) string {
	if m == (byline.Money{}) {
		return ""
	}
	return m.Amount()
}

func rateOrNone(r Rate) string {
	if r == 0 {
		return ""
	}
	return r.String()
}

func dateOrNone(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// guarded keeps a spreadsheet from running a cell. Besides the signs that start a
// formula, full-width ones do so where the input method writes them; see
// https://owasp.org/www-community/attacks/CSV_Injection, read 2026-11-22.
func guarded(cell string) string {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(cell, " "))
	if strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) && !spreadsheetNumber(cell) {
		return "'" + cell
	}
	return cell
}

func spreadsheetNumber(cell string) bool {
	whole, fraction, point := strings.Cut(strings.TrimPrefix(cell, "-"), ".")
	return allDecimal(whole) && (!point || allDecimal(fraction))
}

func allDecimal(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }
