package main

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/contracts/pdf"
)

// writer is one form of a statement.
type writer func(context.Context, *contracts.Statement, io.Writer) error

// statementForms are the forms by a file's ending.
func statementForms() map[string]writer {
	return map[string]writer{
		".html": func(ctx context.Context, s *contracts.Statement, w io.Writer) error { return s.WriteHTML(ctx, w) },
		".csv":  func(ctx context.Context, s *contracts.Statement, w io.Writer) error { return s.WriteCSV(ctx, w) },
		".json": func(ctx context.Context, s *contracts.Statement, w io.Writer) error { return s.WriteJSON(ctx, w) },
		".txt":  func(ctx context.Context, s *contracts.Statement, w io.Writer) error { return s.WriteText(ctx, w) },
		".pdf":  func(ctx context.Context, s *contracts.Statement, w io.Writer) error { return pdf.Write(ctx, w, s) },
	}
}

func (p program) statement(ctx context.Context, args []string) (err error) {
	c := p.call("statement")
	creator := c.required("creator", "`id` of the creator")
	from := c.day("from", "first `day` (required)", true)
	to := c.day("to", "`day` behind the last one (required)", true)
	out := c.optional("o", "`file` to write: .html, .csv, .json, .pdf or .txt (default: text to the screen)")
	name := c.optional("name", "the creator's `name` (default: their id)")
	brand := c.optional("brand", "who owes the money")
	number := c.optional("number", "the statement's own `number`")
	days := c.flags.Int("days", 0, "within how many `days` behind the period is paid")
	form := statementForms()[".txt"]
	c.check(func() error {
		known := true
		if *out != "" {
			form, known = statementForms()[strings.ToLower(filepath.Ext(*out))]
		}
		if !known {
			return errors.New("-o ends in .html, .csv, .json, .pdf or .txt")
		}
		return nil
	})
	if err := c.parse(args); err != nil {
		return err
	}
	s, err := c.openStore(ctx, *to, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if known, err := s.ledger.CreatorBalances(ctx, byline.CreatorID(*creator)); err != nil {
		return err
	} else if len(known) == 0 {
		return bad("the books have nothing of a creator %q", *creator)
	}
	statement, err := contracts.NewStatement(ctx, s.ledger, contracts.StatementOptions{
		Creator: byline.CreatorID(*creator), Name: *name, Brand: *brand, Number: *number,
		Period: byline.Window{Start: *from, End: *to}, Zone: c.zone, PaymentDays: *days,
	})
	if errors.Is(err, byline.ErrInvalid) {
		return bad("%w", err)
	} else if err != nil {
		return err
	}
	if *out == "" {
		return form(ctx, statement, p.out)
	}
	return p.write(*out, func(w io.Writer) error { return form(ctx, statement, w) })
}
