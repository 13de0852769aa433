package pdf

import (
	"context"
	"fmt"
	"io"
	"iter"
	"strconv"

	"codeberg.org/go-pdf/fpdf"

	"github.com/bylinehq/byline/contracts"
)

// Sizes in millimetres, of an A4 page.
const (
	margin      = 16
	right       = 210 - margin
	bottom      = 276 // where rows end
	footer      = 283
	dateWidth   = 27
	amountWidth = 42
	textWidth   = right - margin - dateWidth - amountWidth
	lineHeight  = 4.6
	smallHeight = 4
	rowGap      = 1.8
)

// Write writes the statement as PDF, A4. The same statement gives the same bytes: the
// document's date is the period's end. Lines are set as they are read, but a PDF ends
// with its index: the pages, about 17 kB each, are held until the last line, and w gets
// nothing before or after an error.
func Write(ctx context.Context, w io.Writer, s *contracts.Statement) error {
	p, err := newPaper(s)
	if err != nil {
		return fmt.Errorf("statement as PDF: %w", err)
	}
	p.head(s)
	for i, section := range s.Sections {
		if err := p.section(ctx, s, section, i == 0); err != nil {
			return fmt.Errorf("statement as PDF: %w", err)
		}
	}
	if err := p.doc.Output(w); err != nil {
		return fmt.Errorf("statement as PDF: %w", err)
	}
	return nil
}

// newPaper starts a document and its first page.
func newPaper(s *contracts.Statement) (*paper, error) {
	doc := fpdf.New("P", "mm", "A4", "")
	glyphs, err := addFonts(doc)
	if err != nil {
		return nil, err
	}
	p := &paper{doc: doc, glyphs: glyphs}
	// Without these the clock and the order of a map would be in the document.
	doc.SetCatalogSort(true)
	doc.SetCreationDate(s.Period.End)
	doc.SetModificationDate(s.Period.End)
	doc.SetTitle(p.clean(s.Title()+" · "+s.Name), true)
	doc.SetAuthor(p.clean(s.Brand), true)
	doc.SetLang("en")
	doc.SetMargins(margin, margin, margin)
	doc.SetCellMargin(0)
	doc.SetAutoPageBreak(false, 0)
	doc.AliasNbPages(pagesAlias)
	doc.SetHeaderFunc(p.again)
	running := p.clean(s.Title() + " · " + s.Name + " · " + s.Dates())
	doc.SetFooterFunc(func() {
		p.ink(small, muted)
		p.put(margin, footer, p.cut(running, 140))
		page := strconv.Itoa(doc.PageNo()) + " of "
		// The number of pages is not known yet; its width is taken to be that of this one's.
		p.put(right-doc.GetStringWidth(page+strconv.Itoa(doc.PageNo())), footer, page+pagesAlias)
	})
	doc.AddPage()
	return p, doc.Error()
}

func (p *paper) head(s *contracts.Statement) {
	p.ink(title, black)
	for _, line := range p.wrapped(s.Title(), 110) {
		p.line(margin, line, 8)
	}
	parties := "for " + s.Name
	if s.Brand != "" {
		parties += " from " + s.Brand
	}
	p.ink(body, muted)
	for _, line := range p.wrapped(parties, 178) {
		p.line(margin, line, 5)
	}
	p.line(margin, p.clean(s.Dates()+" ("+s.Zone()+")"), 5)
	if len(s.Sections) == 0 {
		p.y += 10
		p.line(margin, "Nothing stood open and nothing happened in this period.", 5)
	}
}

func (p *paper) section(ctx context.Context, s *contracts.Statement, section contracts.Section, first bool) error {
	p.y += 6
	if !first {
		p.y += 6
	}
	p.room(80)
	p.summary(s, section)
	p.waiting(s.Waiting(section))
	if section.MoneyLines > 0 {
		if err := p.table("What happened", s.Lines(ctx, section.Currency)); err != nil {
			return err
		}
	}
	if section.GiftLines > 0 {
		return p.table("Given in goods, not paid out", s.GiftLines(ctx, section.Currency))
	}
	return nil
}

// summary sets the headline and notes on the left, how it adds up on the right.
func (p *paper) summary(s *contracts.Statement, section contracts.Section) {
	p.rule(strong)
	p.y += 7
	top := p.y
	headline := section.Headline()
	p.ink(bold, muted)
	p.line(margin, headline.Label, 8)
	p.ink(title, black)
	p.line(margin, contracts.FormatAmount(headline.Amount), 6)
	p.ink(body, black)
	for _, note := range s.Notes(section) {
		for _, line := range p.wrapped(note, 76) {
			p.line(margin, line, lineHeight)
		}
		p.y++
	}
	left := p.y
	p.y = top
	for _, row := range section.Summary() {
		p.ink(body, muted)
		if row.Balance {
			p.ink(bold, black)
		}
		p.sum(row, 0)
	}
	for _, row := range section.Standing() {
		p.ink(body, muted)
		p.sum(row, 4)
	}
	p.y = max(left, p.y) + 2
}

func (p *paper) sum(row contracts.SummaryRow, indent float64) {
	p.put(105+indent, p.y, row.Label)
	p.right(p.y, contracts.FormatAmount(row.Amount))
	p.y += 5.2
}

// waiting lists what is still held, over pages if need be.
func (p *paper) waiting(rows []contracts.WaitingRow) {
	if len(rows) == 0 {
		return
	}
	p.room(20)
	p.rule(strong)
	p.y += 6
	p.ink(bold, black)
	p.line(margin, contracts.WaitingTitle, 6)
	for _, row := range rows {
		p.room(lineHeight + smallHeight)
		p.ink(body, black)
		p.put(margin, p.y, row.Label)
		p.right(p.y, contracts.FormatAmount(row.Amount))
		p.y += lineHeight
		if row.Detail != "" {
			p.ink(small, muted)
			p.line(margin, row.Detail, smallHeight)
		}
		p.y++
	}
	p.y += 2
}

func (p *paper) table(name string, lines iter.Seq2[contracts.StatementLine, error]) error {
	p.room(30)
	p.rule(strong)
	p.y += 6
	p.ink(bold, black)
	p.line(margin, name, 6)
	p.columns()
	p.inTable = true
	defer func() { p.inTable = false }()
	for line, err := range lines {
		if err != nil {
			return err
		}
		p.row(line)
	}
	p.y += 3
	return p.doc.Error()
}

// columns is the head of a table, which each page of it repeats.
func (p *paper) columns() {
	p.ink(small, muted)
	p.put(margin, p.y, "Date")
	p.put(margin+dateWidth, p.y, "What and why")
	p.right(p.y, "Amount")
	p.y += 2.5
	p.rule(strong)
	p.y += 5
}

// row keeps its first lines together and, where its text is longer than a page, goes on
// on the next.
func (p *paper) row(l contracts.StatementLine) {
	p.ink(bold, black)
	names := p.wrapped(l.For+" · "+l.About, textWidth-3)
	p.ink(small, muted)
	why := p.wrapped(l.Why, textWidth-3)
	p.room(min(60, float64(len(names))*lineHeight+float64(len(why))*smallHeight))
	p.ink(body, black)
	p.put(margin, p.y, l.At.Format("2 Jan 2006"))
	p.ink(body, colour(l))
	p.right(p.y, l.Shown())
	p.ink(small, muted)
	p.right(p.y+lineHeight, l.Where())
	p.lines(names, bold, black, lineHeight)
	p.lines(why, small, muted, smallHeight)
	if len(why) == 0 {
		p.y += smallHeight
	}
	p.y += rowGap - smallHeight + 1.2
	p.rule(faint)
	p.y += smallHeight + 1.4
}

func colour(l contracts.StatementLine) shade {
	switch {
	case l.Moves(), l.Movement == contracts.MovementPaid:
		return muted
	case l.Amount.Sign() < 0:
		return red
	}
	return green
}
