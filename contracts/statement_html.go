package contracts

import (
	"bufio"
	"context"
	_ "embed" // of the template
	"fmt"
	"html/template"
	"io"
	"iter"
)

//go:embed statement.html
var statementHTML string

// WriteHTML writes the statement as one page that needs nothing else: no script, its own
// style for light and dark, phone and A4. w gets the lines as they are read; after an
// error it has part of a page.
func (s *Statement) WriteHTML(ctx context.Context, w io.Writer) error {
	page, err := template.New("statement").Funcs(s.functions(ctx)).Parse(statementHTML)
	if err != nil {
		return fmt.Errorf("statement as HTML: %w", err)
	}
	out := bufio.NewWriter(w)
	if err := page.Execute(out, s); err != nil {
		return fmt.Errorf("statement as HTML: %w", err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("statement as HTML: %w", err)
	}
	return nil
}

func (s *Statement) functions(ctx context.Context) template.FuncMap {
	var failed error
	return template.FuncMap{
		"amount": FormatAmount,
		"notes":  s.Notes,
		"lines":  func(section Section) iter.Seq[htmlLine] { return htmlLines(s.Lines(ctx, section.Currency), &failed) },
		"gifts":  func(section Section) iter.Seq[htmlLine] { return htmlLines(s.giftsOf(ctx, section), &failed) },
		// A template stops at the error of a function, and at nothing else.
		"check": func() (string, error) { return "", failed },
	}
}

// htmlLine holds texts only, which a template writes several times as fast as what it
// has to format.
type htmlLine struct{ Day, For, About, Why, Amount, Class, Where string }

// htmlLines ends with the first error and leaves it for the template to find.
func htmlLines(lines iter.Seq2[StatementLine, error], failed *error) iter.Seq[htmlLine] {
	return func(yield func(htmlLine) bool) {
		for l, err := range lines {
			if *failed = err; err != nil {
				return
			}
			if !yield(htmlLine{l.At.Format("2 Jan 2006"), l.For, l.About, l.Why, l.Shown(), l.class(), l.Where()}) {
				return
			}
		}
	}
}

func (l StatementLine) class() string {
	switch {
	case l.Moves(), l.Movement == MovementPaid:
		return "moved" // to be paid is no loss
	case l.Amount.Sign() < 0:
		return "minus"
	}
	return "plus"
}
