package pdf_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/contracts/pdf"
)

func day(month time.Month, d int) time.Time { return time.Date(2026, month, d, 0, 0, 0, 0, time.UTC) }

func eur(cents int64) byline.Money { return byline.Minor(cents, byline.EUR) }

// open is the statement of November in a ledger that fill has filled.
func open(t *testing.T, name string, fill func(*contracts.Ledger)) *contracts.Statement {
	t.Helper()
	var ledger contracts.Ledger
	fill(&ledger)
	s, err := contracts.NewStatement(t.Context(), &ledger, contracts.StatementOptions{
		Creator: "ada", Name: name, Brand: "Demo Brand", Number: "2026-11", PaymentDays: 14,
		Period: byline.Window{Start: day(11, 1), End: day(12, 1)},
	})
	require.NoError(t, err)
	return s
}

// orders posts so many commissions, two refunds, a gift and a payout.
func orders(t *testing.T, n int, about string) func(*contracts.Ledger) {
	return func(ledger *contracts.Ledger) {
		t.Helper()
		post := func(subject contracts.Subject, at time.Time, line contracts.Line) {
			line.Creator = "ada"
			_, err := ledger.Post(subject, []contracts.Line{line}, at)
			require.NoError(t, err)
		}
		line := contracts.Line{Agreement: "ag-ada", Version: 1, Kind: contracts.Commission, Rate: 10 * contracts.Percent, Base: eur(5105), Sold: eur(5105), Amount: eur(511), Reason: contracts.ReasonEarned}
		for i := range n {
			post(contracts.ForOrder(byline.OrderID(fmt.Sprintf("%s:%05d", about, i))), day(11, 2).Add(time.Duration(i)*time.Second), line)
		}
		line.Base, line.Amount, line.Reason = eur(2550), eur(255), contracts.ReasonPartlyReturned
		post(contracts.ForOrder(byline.OrderID(about+":00000")), day(11, 9), line)
		post("gift:headphones", day(11, 10), contracts.Line{Kind: contracts.GiftInKind, Account: contracts.InKind, Amount: eur(12900), Reason: contracts.ReasonFeeDue})
		post("payout:2026-10", day(11, 12), contracts.Line{Kind: contracts.Payout, Amount: eur(-300), Reason: contracts.ReasonPaidOut})
	}
}

func write(t *testing.T, s *contracts.Statement) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, pdf.Write(t.Context(), &out, s))
	return out.Bytes()
}

// pages reads back the texts of each page, in the order in which they were set.
func pages(t *testing.T, document []byte) [][]string {
	t.Helper()
	var pages [][]string
	shown := regexp.MustCompile(`(?s)\(((?:[^\\)]|\\.)*)\) ?Tj`)
	for _, object := range regexp.MustCompile(`(?s)stream\n(.*?)\nendstream`).FindAllSubmatch(document, -1) {
		reader, err := zlib.NewReader(bytes.NewReader(object[1]))
		if err != nil {
			continue
		}
		content, err := io.ReadAll(reader)
		require.NoError(t, err)
		var texts []string
		for _, m := range shown.FindAllSubmatch(content, -1) {
			texts = append(texts, decoded(m[1]))
		}
		if len(texts) > 0 {
			pages = append(pages, texts)
		}
	}
	return pages
}

// decoded undoes the escapes of a PDF string and its UTF-16.
func decoded(raw []byte) string {
	raw = regexp.MustCompile(`(?s)\\.`).ReplaceAllFunc(raw, func(b []byte) []byte {
		if b[1] == 'r' {
			return []byte{'\r'}
		}
		return b[1:]
	})
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
	}
	return string(utf16.Decode(units))
}

func TestWrite(t *testing.T) {
	t.Parallel()
	got := pages(t, write(t, open(t, "Ada", orders(t, 1, "shop"))))
	want := [][]string{{
		"Statement 2026-11", "for Ada from Demo Brand", "1 Nov 2026 to 30 Nov 2026 (UTC)",
		"Carried forward", "−0.45\u00a0EUR", "Carried forward: −0.45\u00a0EUR will be taken from", "what you earn next.",
		"Opening balance", "0.00\u00a0EUR", "Earned", "5.11\u00a0EUR", "Came back", "−2.56\u00a0EUR", "Paid out", "−3.00\u00a0EUR",
		"Closing balance", "−0.45\u00a0EUR", "Payable", "−0.45\u00a0EUR",
		"What happened", "Date", "What and why", "Amount",
		"2 Nov 2026", "+5.11\u00a0EUR", "payable", "Commission · Order shop:00000",
		"The order is paid and nothing of it came back. 10% of 51.05\u00a0EUR = 5.105, rounded", "half up to 5.11\u00a0EUR.",
		"9 Nov 2026", "−2.56\u00a0EUR", "payable", "Commission taken back · Order shop:00000",
		"Part of the order came back; the commission is on what is left. 10% of −25.55\u00a0EUR", "= −2.555, rounded half away from zero to −2.56\u00a0EUR.",
		"12 Nov 2026", "−3.00\u00a0EUR", "paid out", "Paid · Payout 2026-10", "Money has been paid to you.",
		"Given in goods, not paid out", "Date", "What and why", "Amount",
		"10 Nov 2026", "+129.00\u00a0EUR", "in goods", "Gift · Gift headphones", "Goods at their declared value, which are not paid out.",
		"Statement 2026-11 · Ada · 1 Nov 2026 to 30 Nov 2026", "1 of 1",
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
}

// Every page of a table has its head and its number, and no line is lost.
func TestWritePages(t *testing.T) {
	t.Parallel()
	got := pages(t, write(t, open(t, "Ada", orders(t, 200, "shop"))))
	rows := 0
	for i, texts := range got {
		page := strings.Join(texts, "|")
		if !strings.Contains(page, "|Date|What and why|Amount|") && !strings.HasPrefix(page, "Date|What and why|Amount|") {
			t.Errorf("page %d has no head", i+1)
		}
		if want := fmt.Sprintf("%d of %d", i+1, len(got)); texts[len(texts)-1] != want {
			t.Errorf("page %d ends with %q, want %q", i+1, texts[len(texts)-1], want)
		}
		rows += strings.Count(page, "|Commission · Order shop:")
	}
	if rows != 200 || len(got) < 10 {
		t.Errorf("%d rows on %d pages", rows, len(got))
	}
}

func TestWriteNothing(t *testing.T) {
	t.Parallel()
	got := pages(t, write(t, open(t, "Ada", func(*contracts.Ledger) {})))
	if len(got) != 1 || !strings.Contains(strings.Join(got[0], "|"), "Nothing stood open") {
		t.Errorf("pages: %q", got)
	}
}

// The same statement gives the same bytes, in whatever order and company.
func TestWriteTwice(t *testing.T) {
	t.Parallel()
	s := open(t, "Ädä Жанна Ωmega", orders(t, 50, "shop"))
	first := write(t, s)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			var again bytes.Buffer
			if err := pdf.Write(context.Background(), &again, s); err != nil || !bytes.Equal(first, again.Bytes()) {
				t.Errorf("another document, %v", err)
			}
		})
	}
	wg.Wait()
	if !bytes.Contains(first, []byte("/CreationDate (D:20261201000000")) {
		t.Error("the document's date is not the end of its period")
	}
}

// Characters that the typeface has are printed, others are seen to be missing.
func TestWriteCharacters(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ name, want string }{
		"latin":            {"Łucja Ağaoğlu Žižka", "for Łucja Ağaoğlu Žižka from Demo Brand"},
		"greek":            {"Ελένη", "for Ελένη from Demo Brand"},
		"cyrillic":         {"Жанна Ґудзь", "for Жанна Ґудзь from Demo Brand"},
		"a letter of 0x00": {"à la carte", "for à la carte from Demo Brand"},
		"brackets":         {`(a\b)`, `for (a\b) from Demo Brand`},
		"chinese":          {"小明", "for \ufffd\ufffd from Demo Brand"},
		"emoji":            {"Ada 😀", "for Ada \ufffd from Demo Brand"},
		"no text at all":   {"\xff\x00\x1b", "for \ufffd\ufffd\ufffd from Demo Brand"},
		"lines":            {"a\r\nb\tc", "for a b c from Demo Brand"},
		"the alias":        {"{\ue000n} {nb}", "for {\ufffdn} {nb} from Demo Brand"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := pages(t, write(t, open(t, tt.name, orders(t, 1, "shop"))))
			if got[0][1] != tt.want {
				t.Errorf("the name is printed %q, want %q", got[0][1], tt.want)
			}
		})
	}
}

// What is still held is listed before the lines, over pages where it takes them.
func TestWriteWaiting(t *testing.T) {
	t.Parallel()
	s := open(t, "Ada", func(ledger *contracts.Ledger) {
		for i := range 200 {
			line := contracts.Line{Creator: "ada", Kind: contracts.Commission, Account: contracts.Held, Amount: eur(100), Reason: contracts.ReasonEarned}
			if i > 0 {
				line.Until = day(11, 29+i)
			}
			_, err := ledger.Post(contracts.ForOrder(byline.OrderID(fmt.Sprint(i))), []contracts.Line{line}, day(10, 9))
			require.NoError(t, err)
		}
	})
	got := pages(t, write(t, s))
	text := strings.ReplaceAll(strings.Join(slices.Concat(got...), "|"), "\u00a0", " ")
	for _, want := range []string{
		"Held|200.00 EUR|Still waiting at the end of the period|Due since 30 Nov 2026|1.00 EUR|the wait is over; it is not released yet|Until 1 Dec 2026|1.00 EUR|",
		"|Until 16 Jun 2027|1.00 EUR|No day is set|1.00 EUR|until it is delivered, reviewed or converted, or the orders behind it are released|",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %s", want, text)
		}
	}
	if len(got) < 4 || strings.Count(text, "Until ") != 198 {
		t.Errorf("%d rows on %d pages", strings.Count(text, "Until "), len(got))
	}
}

// A word without an end is broken, and a text longer than a page goes on.
func TestWriteLongTexts(t *testing.T) {
	t.Parallel()
	for _, long := range []string{strings.Repeat("W", 20_000), strings.Repeat("word ", 4000), strings.Repeat("\u00a0", 3000)} {
		s := open(t, long, orders(t, 2, long))
		got := pages(t, write(t, s))
		count := 0
		for _, texts := range got {
			count += strings.Count(strings.Join(texts, ""), "W")
		}
		if strings.HasPrefix(long, "W") && count < 4*20_000 {
			t.Errorf("%d letters are left of at least %d", count, 4*20_000)
		}
		if len(got) < 2 && !strings.HasPrefix(long, "\u00a0") {
			t.Errorf("%d pages", len(got))
		}
	}
}

var errBroken = errors.New("the line is down")

type broken struct{ contracts.Ledger }

func (*broken) EntriesOf(context.Context, byline.CreatorID, byline.Window) iter.Seq2[contracts.Entry, error] {
	return func(yield func(contracts.Entry, error) bool) { yield(contracts.Entry{}, errBroken) }
}

// once yields entries the first time and fails the second.
type once struct {
	contracts.Ledger
	read bool
}

func (o *once) EntriesOf(ctx context.Context, creator byline.CreatorID, posted byline.Window) iter.Seq2[contracts.Entry, error] {
	if o.read && !posted.Start.IsZero() {
		return (&broken{}).EntriesOf(ctx, creator, posted)
	}
	o.read = o.read || !posted.Start.IsZero()
	return o.Ledger.EntriesOf(ctx, creator, posted)
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errBroken }

func TestWriteErrors(t *testing.T) {
	t.Parallel()
	var ledger once
	orders(t, 1, "shop")(&ledger.Ledger)
	s, err := contracts.NewStatement(t.Context(), &ledger, contracts.StatementOptions{Creator: "ada", Period: byline.Window{Start: day(11, 1), End: day(12, 1)}})
	require.NoError(t, err)
	var out bytes.Buffer
	require.ErrorIs(t, pdf.Write(t.Context(), &out, s), errBroken)
	if out.Len() > 0 {
		t.Errorf("%d bytes of a document that failed", out.Len())
	}
	require.ErrorIs(t, pdf.Write(t.Context(), full{}, open(t, "Ada", orders(t, 1, "shop"))), errBroken)
}

func FuzzWrite(f *testing.F) {
	f.Add("Ada", "shop:1")
	f.Add("\U0010ffff\ufeff\u202e", "(\\)\r\x00{nb}")
	f.Fuzz(func(t *testing.T, name, about string) {
		if len(name)+len(about) > 2000 {
			t.Skip()
		}
		if got := pages(t, write(t, open(t, name, orders(t, 1, about)))); len(got) == 0 {
			t.Error("no page")
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	var ledger contracts.Ledger
	for i := range 10_000 {
		_, err := ledger.Post(contracts.ForOrder(byline.OrderID(fmt.Sprint("shop:", i))), []contracts.Line{{Creator: "ada", Kind: contracts.Commission,
			Rate: 10 * contracts.Percent, Base: eur(5105), Sold: eur(5105), Amount: eur(511), Reason: contracts.ReasonEarned}}, day(11, 2))
		require.NoError(b, err)
	}
	s, err := contracts.NewStatement(b.Context(), &ledger, contracts.StatementOptions{Creator: "ada", Period: byline.Window{Start: day(11, 1), End: day(12, 1)}})
	require.NoError(b, err)
	for b.Loop() {
		require.NoError(b, pdf.Write(b.Context(), io.Discard, s))
	}
}
