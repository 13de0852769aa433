package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

const noBreak = "\u00a0"

// showMoney writes an amount as the statements do.
func showMoney(m byline.Money) string {
	return strings.ReplaceAll(contracts.FormatAmount(m), noBreak, " ")
}

// showAmount is without the currency, which stands in a column of its own.
func showAmount(m byline.Money) string {
	return strings.TrimSuffix(showMoney(m), " "+string(m.Currency()))
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// clean keeps what a stranger wrote from steering a terminal.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) || r == '\n' {
			return r
		}
		return utf8.RuneError
	}, text)
}

// table is text in columns. A column whose head begins with a space is set to the right.
type table struct {
	heads []string
	rows  [][]string
}

func (t *table) add(cells ...string) {
	for i := range cells {
		cells[i] = clean(cells[i])
	}
	t.rows = append(t.rows, cells)
}

func (t *table) write(w io.Writer) {
	widths := make([]int, len(t.heads))
	for _, row := range append([][]string{t.heads}, t.rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(strings.TrimSpace(cell)))
		}
	}
	for _, row := range append([][]string{t.heads}, t.rows...) {
		var line strings.Builder
		for i, cell := range row {
			cell = strings.TrimSpace(cell)
			gap := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if strings.HasPrefix(t.heads[i], " ") {
				line.WriteString("  " + gap + cell)
			} else {
				line.WriteString("  " + cell + gap)
			}
		}
		say(w, "%s", strings.TrimRight(line.String(), " "))
	}
}

// say writes a line. Whoever closed the pipe does not want it.
func say(w io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\n", args...) }

// faulty is a file with all that is wrong with it.
type faulty struct {
	file   string
	faults []*byline.FieldError
}

func faultsOf(file string, err error) error {
	return &faulty{file: file, faults: byline.Nest("", err)}
}

// Error has a line for each fault.
func (f *faulty) Error() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s has %s:", f.file, plural(len(f.faults), "fault", "faults"))
	for _, fault := range f.faults {
		fmt.Fprintf(&text, "\n  %s (%s)", fault.Error(), fault.Code)
	}
	return text.String()
}

// Is answers to byline.ErrInvalid.
func (f *faulty) Is(target error) bool { return target == byline.ErrInvalid }

// describe adds the stable code to a fault of the library.
func describe(err error) string {
	text := err.Error()
	if _, told := errors.AsType[*faulty](err); told {
		return text
	}
	if fault, ok := errors.AsType[*byline.FieldError](err); ok && fault.Code != "" && !strings.Contains(text, fault.Code) {
		text += " (" + fault.Code + ")"
	}
	return text
}
