package multitouch

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/bylinehq/byline"
)

// WriteCSV writes the journeys as [ReadCSV] reads them with the same options and the
// journeys' currency, a row each in their order: in UTF-8, amounts and counts as plain
// decimal text, ages by ISO 8601 in seconds. Columns of values, of ages and of stages are
// there where some journey has one. Journeys without a touch, which are only counted, are
// the last rows. A path that a spreadsheet would take for a formula gets an apostrophe in
// front.
//
// Faults are those of the options, "csv.currency" where they name another currency than the
// journeys', and "csv.name" at "channels[i]", in the order of
// [Journeys.Channels], for a name that could not be read back: with a control character
// or the separator in it, or with space around it. Nothing is written then.
func (j *Journeys) WriteCSV(w io.Writer, opts *CSVOptions) error {
	o := opts.orDefault()
	faults := append(o.faults(), j.nameFaults(o.Separator)...)
	if have := j.totals.currency(); o.Currency != "" && have != "" && o.Currency != have {
		faults = append(faults, fault("currency", "csv.currency", "the journeys' values are in "+string(have)))
	}
	if err := byline.Faults(faults); err != nil {
		return err
	}
	out := csvWriter{csv: csv.NewWriter(w), options: o, writes: j.columns()}
	out.csv.Comma, _ = utf8.DecodeRuneInString(o.Delimiter)
	names, _ := o.Columns.names()
	if err := out.write(names); err != nil {
		return err
	}
	for journey, err := range j.All() {
		if err != nil {
			return err
		}
		if err := out.journey(&journey); err != nil {
			return err
		}
	}
	if err := out.untouched(j.totals.Untouched); err != nil {
		return err
	}
	out.csv.Flush()
	return csvError(out.csv.Error())
}

func (j *Journeys) nameFaults(separator string) []*byline.FieldError {
	var faults []*byline.FieldError
	for i, name := range j.Channels() {
		// A name may end in what is the beginning of the separator.
		before, _, _ := strings.Cut(name+" "+separator, separator)
		if strings.TrimSpace(name) != name || before != name+" " || !readable(name) {
			faults = append(faults, &byline.FieldError{Path: fmt.Sprintf("channels[%d]", i), Code: "csv.name", Message: "the name has the separator, a control character or space around it, and could not be read back"})
		}
	}
	return faults
}

// columns says which columns a file of the journeys needs.
func (j *Journeys) columns() [csvColumns]bool {
	writes := [csvColumns]bool{pathColumn: true, conversionsColumn: true, nullsColumn: true, valueColumn: j.totals.currency() != ""}
	for _, b := range j.blocks {
		writes[agesColumn] = writes[agesColumn] || b.ages != nil
		if b.stages != nil {
			writes[leadColumn], writes[opportunityColumn] = true, true
		}
	}
	return writes
}

type csvWriter struct {
	csv     *csv.Writer
	options CSVOptions
	writes  [csvColumns]bool
	record  []string
}

func (w *csvWriter) write(cells [csvColumns]string) error {
	w.record = w.record[:0]
	for c, cell := range cells {
		if w.writes[c] {
			w.record = append(w.record, cell)
		}
	}
	return csvError(w.csv.Write(w.record))
}

func csvError(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("journeys as CSV: %w", err)
}

func (w *csvWriter) journey(j *Journey) error {
	between := " " + w.options.Separator + " "
	cells := [csvColumns]string{
		pathColumn:        guarded(strings.Join(j.Path, between)),
		conversionsColumn: strconv.FormatInt(j.Conversions, 10),
		nullsColumn:       strconv.FormatInt(j.Nulls, 10),
		leadColumn:        placeOrNone(j.Lead),
		opportunityColumn: placeOrNone(j.Opportunity),
	}
	if j.Value != (byline.Money{}) {
		cells[valueColumn] = j.Value.Amount()
	}
	ages := make([]string, len(j.Ages))
	for i, age := range j.Ages {
		ages[i] = isoAge(age)
	}
	cells[agesColumn] = strings.Join(ages, between)
	return w.write(cells)
}

// untouched splits what one row cannot count.
func (w *csvWriter) untouched(u Untouched) error {
	for u.Conversions > 0 || u.Nulls > 0 {
		row := Journey{Conversions: min(u.Conversions, maxCount), Nulls: min(u.Nulls, maxCount), Value: u.Value}
		u = Untouched{Conversions: u.Conversions - row.Conversions, Nulls: u.Nulls - row.Nulls}
		if err := w.journey(&row); err != nil {
			return err
		}
	}
	return nil
}

func placeOrNone(at int) string {
	if at == 0 {
		return ""
	}
	return strconv.Itoa(at)
}

// isoAge is a duration by ISO 8601, in seconds.
func isoAge(age time.Duration) string {
	text := fmt.Sprintf("PT%d", int64(age/time.Second))
	if part := age % time.Second; part > 0 {
		text += strings.TrimRight(fmt.Sprintf(".%09d", int64(part)), "0")
	}
	return text + "S"
}

// guarded keeps a spreadsheet from running a cell. Besides the signs that start a
// formula, full-width ones do so where the input method writes them; see
// https://owasp.org/www-community/attacks/CSV_Injection, read 2026-11-22.
func guarded(cell string) string {
	if startsFormula(cell) {
		return "'" + cell
	}
	return cell
}

// unguarded is what stood in a cell before it was guarded.
func unguarded(cell string) string {
	if rest, quoted := strings.CutPrefix(cell, "'"); quoted && startsFormula(rest) {
		return rest
	}
	return cell
}

// startsFormula looks behind apostrophes too, so that every cell has one reading.
func startsFormula(cell string) bool {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(cell, "'"))
	return strings.ContainsRune("=+-@＝＋－＠", first)
}
