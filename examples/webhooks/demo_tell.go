package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"github.com/bylinehq/byline/attribution/shopify"
)

// tell prints the episodes worth telling and what everybody is owed.
func (s *server) tell(ctx context.Context, story *story, p *printer) error {
	var tales []tale
	for _, e := range story.told() {
		tales = append(tales, tale{e.sale.orderID(), e.sale.name(), e.title})
	}
	for _, t := range append(tales, story.epilogue...) {
		a, err := s.readAccount(ctx, t.id)
		if err != nil {
			return err
		}
		p.printf("\n%s  %s\n%s\n%s\n", t.name, t.title, wrap(s.programme.explain(a.record.Decision)), wrap(s.owedInWords(a)))
	}
	return s.tellCreators(ctx, p)
}

// owedInWords says what is owed for an order and how it came to that.
func (s *server) owedInWords(a account) string {
	var said []string
	for _, d := range a.owed() {
		amount := showMoney(d.Amount)
		if d.Amount.IsZero() {
			amount = "nothing any more"
		}
		text := fmt.Sprintf("%s to %s under %s version %d", amount, s.programme.name(d.Creator), d.Agreement, d.Version)
		var moves []string
		for _, e := range a.entries {
			if e.Creator == d.Creator {
				moves = append(moves, showSigned(e.Amount))
			}
		}
		if len(moves) > 1 {
			text += " (" + strings.Join(moves, ", ") + ")"
		}
		said = append(said, text)
	}
	if len(said) == 0 {
		return "Owed: nothing."
	}
	return "Owed: " + strings.Join(said, "; ") + "."
}

func (s *server) tellCreators(ctx context.Context, p *printer) error {
	o, err := s.readOverview(ctx)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', tabwriter.AlignRight)
	rows := &printer{out: table}
	rows.printf("\tCreator\tCode\tOrders\tSales\tOwed\t\n")
	for _, r := range s.creatorRows(o) {
		rows.printf("\t%s\t%s\t%d\t%s\t%s\t\n", r.Name, strings.Join(r.Codes, ", "), r.Orders, list(r.Kept.show()), list(r.Owed.show()))
	}
	if err := cmp.Or(rows.err, table.Flush()); err != nil {
		return err
	}
	p.printf("\n%s", &text)
	return nil
}

func (s *server) tellNext(files prepared, p *printer) {
	secret := "'" + string(demoSecret) + "'"
	order := orderPath(shopify.OrderID(preparedOrderID))
	p.printf("\nThe page: %s\n", s.url)
	p.printf("\nTry next: post an order, look at it, take a part of it back.\n\n")
	p.printf("%s\n\n", indent(curlLines(s.url, demoShop, secret, files.order, "orders/paid", "try-order-1"), "  "))
	p.printf("  curl -sS %s/api%s\n\n", s.url, order)
	p.printf("%s\n\n", indent(curlLines(s.url, demoShop, secret, files.refund, "refunds/create", "try-refund-1"), "  "))
	p.printf("  %s%s\n", s.url, order)
	if !s.config.once {
		p.printf("\nServing until you press Ctrl-C.\n")
	}
}

// wrap breaks text into indented lines that fit a terminal.
func wrap(text string) string {
	const by, width = "       ", 96
	var lines []string
	line := by
	for word := range strings.FieldsSeq(text) {
		if line != by && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			lines = append(lines, line)
			line = by
		}
		if line != by {
			line += " "
		}
		line += word
	}
	return strings.Join(append(lines, line), "\n")
}
