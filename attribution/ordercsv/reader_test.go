package ordercsv_test

import (
	"bytes"
	"errors"
	"go/parser"
	"go/token"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/ordercsv"
)

// Every column of an order, but for those of lines.
func TestTotals(t *testing.T) {
	t.Parallel()
	const file = "id,number,kind,channel,renewal,placed_at,updated_at,cancelled_at,cancelled,test,payment,currency,tax_included,gross,discount,tax,shipping,shipping_tax,delivered_at,refunded," +
		"codes,code_kind,link,landing_url,attributes,reference,customer_id,email,phone,country,visitor,customer_status,line_id,product,sku,quantity,gift_card,line_delivered_at,else\n" +
		"A-1,#1001,purchase,in_store,yes,2026-11-20T19:30:00+01:00,2026-11-21T08:00:00Z,2026-11-22T08:00:00Z,false,0,partially_refunded,eur,TRUE,50.00,7.50,6.79,0,0.78,2026-11-21T09:00:00+01:00,21.25," +
		"ADA15=7.50| bruno10 |,offline,ada-autumn,https://demo.example/Mugs?bl=ada-story,\"gift: 5550100\n_bl: ada-reel\",bruno-post,c-7,Shopper@demo.example,0151 5550100,de,v-1,new,a,p-1,MUG,2,no,2026-11-21T08:00:00Z,x\n" +
		"A-2,,lead,,,2026-11-20T18:30:00Z,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\n"
	m := plain()
	reader, err := ordercsv.NewReader(strings.NewReader(file), m)
	require.NoError(t, err)
	placed, updated := at("2026-11-20T18:30:00Z"), at("2026-11-21T08:00:00Z")
	want := []attribution.Order{{
		ID: "demo.example:A-1", Shop: shop, Number: "#1001", Channel: attribution.InStore, Renewal: true,
		PlacedAt: placed, UpdatedAt: updated, CancelledAt: at("2026-11-22T08:00:00Z"),
		Payment: attribution.PartiallyRefunded, Currency: "EUR", TaxIncluded: true,
		Shipping: money("0", "EUR"), ShippingTax: money("0.78", "EUR"), DeliveredAt: updated,
		Customer: attribution.Customer{
			ID: "c-7", Visitor: "v-1", Email: m.Identity.Email("Shopper@demo.example"), Phone: m.Identity.Phone("0151 5550100", "DE"),
		},
		Lines: []attribution.Line{{
			ID: "a", Product: "p-1", SKU: "MUG", Quantity: 2, Gross: money("50", "EUR"), Discount: money("7.50", "EUR"), Tax: money("6.79", "EUR"), DeliveredAt: updated,
		}},
		Codes: []attribution.CodeUse{
			{Code: "ADA15", Kind: attribution.Offline, Discount: money("7.50", "EUR")}, {Code: "bruno10", Kind: attribution.Offline},
		},
		Touches: []attribution.Touch{
			{Link: "ada-story", At: placed, Source: attribution.SourceLandingPage},
			{Kind: attribution.ByPage, Page: "/mugs", At: placed, Source: attribution.SourceLandingPage},
			{Link: "ada-autumn", At: placed, Source: attribution.SourceOrderMeta},
			{Link: "ada-reel", At: placed, Source: attribution.SourceCartAttribute},
			{Link: "bruno-post", At: placed, Source: attribution.SourceReference},
		},
		Refunds: []attribution.Refund{{ID: "refunded", At: updated, AsOf: updated, State: attribution.Settled, Cash: money("21.25", "EUR")}},
	}, {
		ID: "demo.example:A-2", Shop: shop, Kind: attribution.Lead, PlacedAt: placed, UpdatedAt: placed,
	}}
	var got []attribution.Order
	var statuses []attribution.CustomerStatus
	for o, err := range reader.Orders() {
		require.NoError(t, err)
		got = append(got, o)
		statuses = append(statuses, reader.CustomerStatus())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("orders mismatch (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]attribution.CustomerStatus{attribution.NewCustomer, attribution.CustomerUnknown}, statuses); diff != "" {
		t.Errorf("statuses mismatch (-want +got):\n%s", diff)
	}
}

// One row for each line, in every way that files repeat what is of the order.
func TestLines(t *testing.T) {
	t.Parallel()
	const header = "id,placed_at,payment,currency,codes,line_id,product,sku,quantity,unit_price,line_discount,line_tax,gift_card\n"
	want := []attribution.Line{
		{ID: "a", Product: "p-1", SKU: "MUG", Quantity: 2, Gross: money("50", "EUR"), Discount: money("7.50", "EUR"), Tax: money("6.79", "EUR")},
		{ID: "b", SKU: "CARD", Quantity: 1, Gross: money("20", "EUR"), GiftCard: true},
	}
	tests := map[string]string{
		"blank below the first":       header + "1,2026-11-20T18:30:00Z,paid,EUR,ADA15,a,p-1,MUG,2,25,7.5,6.79,\n1,,,,,b,,CARD,1,20,,,true\n",
		"the id is blank as well":     header + "1,2026-11-20T18:30:00Z,paid,EUR,ADA15,a,p-1,MUG,2,25,7.5,6.79,\n,,,,,b,,CARD,1,20,,,true\n",
		"repeated":                    header + "1,2026-11-20T18:30:00Z,paid,EUR,ADA15,a,p-1,MUG,2,25,7.5,6.79,\n1,2026-11-20T18:30:00Z,paid,EUR,ADA15,b,,CARD,1,20,,,true\n",
		"repeated, with space":        header + "1,2026-11-20T18:30:00Z,paid,EUR,ADA15,a,p-1,MUG,2,25,7.5,6.79,\n 1 , 2026-11-20T18:30:00Z ,paid ,EUR,,b,,CARD,1,20,,,true\n",
		"a row of a parcel":           header + "1,2026-11-20T18:30:00Z,paid,EUR,ADA15,a,p-1,MUG,2,25,7.5,6.79,\n1,,,,,,,,,,,,\n1,,,,,b,,CARD,1,20,,,true\n",
		"the order alone, then lines": header + "1,2026-11-20T18:30:00Z,paid,EUR,ADA15,,,,,,,,\n1,,,,,a,p-1,MUG,2,25,7.5,6.79,\n1,,,,,b,,CARD,1,20,,,true\n",
	}
	for name, file := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := read(t, file+"2,2026-11-20T18:30:00Z,paid,EUR,,,,,1,5,,,\n", grouped())
			if diff := cmp.Diff([]string(nil), got.faults()); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
			require.Len(t, got.orders, 2)
			if diff := cmp.Diff(want, got.orders[0].Lines); diff != "" {
				t.Errorf("lines mismatch (-want +got):\n%s", diff)
			}
			if len(got.orders[0].Codes) != 1 {
				t.Errorf("codes %v", got.orders[0].Codes)
			}
		})
	}
}

// Each line has a delivery of its own, and shipping is the order's.
func TestDeliveryOfLines(t *testing.T) {
	t.Parallel()
	got := read(t, "id,placed_at,payment,currency,shipping,line_id,quantity,unit_price,line_delivered_at\n"+
		"1,2026-11-20T18:30:00Z,paid,EUR,4.90,a,2,25,2026-11-22T10:00:00+01:00\n1,,,,,b,1,20,\n", grouped())
	require.Empty(t, got.faults())
	require.Len(t, got.orders, 1)
	o := got.orders[0]
	if want := at("2026-11-22T09:00:00Z"); o.Lines[0].DeliveredAt != want || !o.Lines[1].DeliveredAt.IsZero() || !o.DeliveredAt.IsZero() {
		t.Errorf("delivered %s and %s", o.Lines[0].DeliveredAt, o.Lines[1].DeliveredAt)
	}
	if o.Shipping != money("4.90", "EUR") || o.ShippingTax != (byline.Money{}) {
		t.Errorf("shipping %s and %s", o.Shipping, o.ShippingTax)
	}
}

// Net is what is left of gross, and worth the same.
func TestNet(t *testing.T) {
	t.Parallel()
	for _, file := range []string{
		"id,placed_at,payment,currency,net,discount,tax\n1,2026-11-20T18:30:00Z,paid,KWD,42.500,7.500,6.791\n",
		"id,placed_at,payment,currency,gross,discount,tax\n1,2026-11-20T18:30:00Z,paid,KWD,50,7.5,6.791\n",
	} {
		got := read(t, file, plain())
		require.Empty(t, got.errs)
		want := []attribution.Line{{ID: "total", Quantity: 1, Gross: money("50", "KWD"), Discount: money("7.5", "KWD"), Tax: money("6.791", "KWD")}}
		if diff := cmp.Diff(want, got.orders[0].Lines); diff != "" {
			t.Errorf("lines mismatch (-want +got):\n%s", diff)
		}
	}
}

func TestFormats(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		file string
		m    ordercsv.Mapping
	}{
		"plain":                {head + good, plain()},
		"no line end":          {head + strings.TrimSpace(good), plain()},
		"a byte order mark":    {"\ufeff" + head + good, plain()},
		"CRLF":                 {strings.ReplaceAll(head+good, "\n", "\r\n"), plain()},
		"blank rows":           {"\n" + head + "\n,,,,\n" + good + "\r\n,,,,\n", plain()},
		"quotes":               {`"id","placed_at","payment","currency","gross"` + "\n" + `"1","2026-11-20T18:30:00Z","paid","EUR","50.00"` + "\n", plain()},
		"space":                {" ID , Placed_At,payment,currency,gross\n 1 ,2026-11-20T18:30:00Z , paid,\u00a0EUR,50.00 \n", plain()},
		"tabs":                 {strings.ReplaceAll(head+good, ",", "\t"), with(func(m *ordercsv.Mapping) { m.Delimiter = "\t" })},
		"semicolons":           {strings.ReplaceAll(head+good, ",", ";"), with(func(m *ordercsv.Mapping) { m.Delimiter = ";" })},
		"a delimiter of bytes": {strings.ReplaceAll(head+good, ",", "§"), with(func(m *ordercsv.Mapping) { m.Delimiter = "§" })},
		"a column in the way":  {"note,id,placed_at,payment,currency,gross,note\n\"he said \"\"no\"\",\n twice\",1,2026-11-20T18:30:00Z,paid,EUR,50.00,\n", plain()},
		"other names and words": {"Nr,Datum,Status,Summe\n1,20.11.2026 19:30,Bezahlt,50\n", with(func(m *ordercsv.Mapping) {
			m.Columns = map[ordercsv.Column][]string{ordercsv.ID: {"Order", "nr"}, ordercsv.PlacedAt: {"DATUM"}, ordercsv.Payment: {"status"}, ordercsv.Gross: {"summe"}, ordercsv.Email: {"mail", ""}}
			m.Fixed = map[ordercsv.Column]string{ordercsv.Currency: "EUR"}
			m.Words = map[ordercsv.Column]map[string]string{ordercsv.Payment: {"bezahlt": "paid"}}
			m.TimeLayout, m.Location = "02.01.2006 15:04", time.FixedZone("", 3600)
		})},
		"a word for everything": {"id,placed_at,payment,currency,gross\n1,2026-11-20T18:30:00Z,done,EUR,50\n", with(func(m *ordercsv.Mapping) {
			m.Words = map[ordercsv.Column]map[string]string{ordercsv.Payment: {"*": "paid"}}
		})},
	}
	placed := at("2026-11-20T18:30:00Z")
	want := []attribution.Order{{
		ID: "demo.example:1", Shop: shop, PlacedAt: placed, UpdatedAt: placed, Payment: attribution.Paid, Currency: "EUR",
		Lines: []attribution.Line{{ID: "total", Quantity: 1, Gross: money("50", "EUR")}},
	}}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := read(t, tt.file, tt.m)
			require.Empty(t, got.errs)
			if diff := cmp.Diff(want, got.orders); diff != "" {
				t.Errorf("orders mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

// The file of the package comment.
func TestTheExampleOfTheDocumentation(t *testing.T) {
	t.Parallel()
	parsed, err := parser.ParseFile(token.NewFileSet(), "doc.go", nil, parser.ParseComments)
	require.NoError(t, err)
	var file strings.Builder
	for line := range strings.Lines(parsed.Doc.Text()) {
		if code, ok := strings.CutPrefix(line, "\t"); ok {
			file.WriteString(code)
		}
	}
	got := read(t, file.String(), plain())
	require.Empty(t, got.errs)
	var kept []string
	for _, o := range got.orders {
		sales, err := o.Sales()
		require.NoError(t, err)
		kept = append(kept, sales.Kept.String())
	}
	if diff := cmp.Diff([]string{"42.50 EUR", "18.00 EUR"}, kept); diff != "" {
		t.Errorf("kept mismatch (-want +got):\n%s", diff)
	}
}

func TestProgress(t *testing.T) {
	t.Parallel()
	file := "\ufeff" + head + good + "\n2,bad,paid,EUR,1\n3,2026-11-20T18:30:00Z,paid,\"EUR\n\",1\n"
	r, err := ordercsv.NewReader(strings.NewReader(file), plain())
	require.NoError(t, err)
	if !r.Has(ordercsv.Gross) || r.Has(ordercsv.Codes) || r.Has(-1) {
		t.Error("the columns are others")
	}
	if r.Line() != 0 || r.Rows() != 0 || r.Bytes() != int64(len("\ufeff"+head)) {
		t.Errorf("at the start: line %d, %d rows, %d bytes", r.Line(), r.Rows(), r.Bytes())
	}
	var lines []int
	for _, err := range r.Orders() {
		if (err != nil) != (r.Line() == 4) {
			t.Errorf("line %d: %v", r.Line(), err)
		}
		lines = append(lines, r.Line())
	}
	if diff := cmp.Diff([]int{2, 4, 5}, lines); diff != "" {
		t.Errorf("lines mismatch (-want +got):\n%s", diff)
	}
	if r.Rows() != 3 || r.Bytes() != int64(len(file)) {
		t.Errorf("at the end: %d rows, %d of %d bytes", r.Rows(), r.Bytes(), len(file))
	}
}

// A loop that is left is gone on with by the next, also between the rows of two orders.
func TestLoopsGoOn(t *testing.T) {
	t.Parallel()
	for name, m := range map[string]ordercsv.Mapping{"one row": plain(), "grouped": grouped()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := ordercsv.NewReader(strings.NewReader(head+good+strings.Replace(good, "1", "2", 1)+strings.Replace(good, "1", "3", 1)), m)
			require.NoError(t, err)
			var got []byline.OrderID
			for range 5 {
				for o, err := range r.Orders() {
					require.NoError(t, err)
					got = append(got, o.ID)
					break
				}
			}
			if diff := cmp.Diff([]byline.OrderID{"demo.example:1", "demo.example:2", "demo.example:3"}, got); diff != "" {
				t.Errorf("orders mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

// How a file arrives does not matter.
func TestSlowReaders(t *testing.T) {
	t.Parallel()
	file := "\ufeff" + head + strings.Repeat(good+"2,2026-11-20T18:30:00Z,paid,EUR,\"1\n\"\nbad\n", 200)
	want := read(t, file, plain())
	for name, slow := range map[string]func(io.Reader) io.Reader{"one byte": iotest.OneByteReader, "half": iotest.HalfReader, "data with the error": iotest.DataErrReader} {
		r, err := ordercsv.NewReader(slow(strings.NewReader(file)), plain())
		require.NoError(t, err)
		got := drain(r)
		if diff := cmp.Diff(want.orders, got.orders); diff != "" {
			t.Errorf("%s: orders mismatch (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(want.faults(), got.faults()); diff != "" {
			t.Errorf("%s: faults mismatch (-want +got):\n%s", name, diff)
		}
	}
}

var errDisk = errors.New("the disk is gone")

// What was read stays good; where the reader underneath fails, the reading ends, and an
// order whose rows might go on is not made.
func TestReadersThatFail(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		file string
		m    ordercsv.Mapping
		ids  []string
		line int
	}{
		"between rows":      {head + good, plain(), []string{"1"}, 2},
		"in a row":          {head + good + "2,2026-11-20", plain(), []string{"1"}, 2},
		"in a quote":        {head + good + "2,\"2026-11-20\n", plain(), []string{"1"}, 2},
		"behind a bad row":  {head + good + "2,\"20\"26-1", plain(), []string{"1"}, 2},
		"between two lines": {head + good + strings.Replace(good, "1", "2", 1), grouped(), []string{"1"}, 3},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := ordercsv.NewReader(io.MultiReader(strings.NewReader(tt.file), iotest.ErrReader(errDisk)), tt.m)
			require.NoError(t, err)
			got := drain(r)
			if diff := cmp.Diff(tt.ids, got.ids()); diff != "" {
				t.Errorf("orders mismatch (-want +got):\n%s", diff)
			}
			require.Len(t, got.errs, 1)
			require.ErrorIs(t, got.errs[0], errDisk)
			if errors.Is(got.errs[0], byline.ErrInvalid) || r.Line() != tt.line {
				t.Errorf("line %d: %v", r.Line(), got.errs[0])
			}
			if again := drain(r); len(again.orders)+len(again.errs) > 0 {
				t.Errorf("it went on with %v", again)
			}
		})
	}
	for _, start := range []string{"", "\xef", "id,pla"} {
		_, err := ordercsv.NewReader(io.MultiReader(strings.NewReader(start), iotest.ErrReader(errDisk)), plain())
		require.ErrorIs(t, err, errDisk)
	}
}

// A quote that nobody closes would read the rest of the file.
func TestLongRows(t *testing.T) {
	t.Parallel()
	small := with(func(m *ordercsv.Mapping) { m.MaxRow = 10_000 })
	pad := func(n int) string { return strings.Repeat("x", n) }
	fits := "note," + head + pad(9_900) + "," + good
	if got := read(t, fits, small); len(got.orders) != 1 || len(got.errs) != 0 {
		t.Errorf("%d orders, %v", len(got.orders), got.faults())
	}
	endless := &repeating{text: "no end\n"}
	for name, tt := range map[string]struct {
		start string
		m     ordercsv.Mapping
		want  []string
	}{
		"a long field":        {"note," + head + "," + good + pad(20_000) + "," + good, small, []string{"3 ordercsv.row_size"}},
		"a quote":             {head + good + "\n2,\"", small, []string{"4 ordercsv.row_size"}},
		"a bare quote":        {"note," + head + "," + good + pad(20_000) + "\"," + good, small, []string{"3 ordercsv.row_size"}},
		"in an order":         {head + good + "1,\"", with(func(m *ordercsv.Mapping) { m.Grouped, m.MaxRow = true, 10_000 }), []string{"2-3 ordercsv.row_size"}},
		"beyond the default":  {head + good + "2,\"", plain(), []string{"3 ordercsv.row_size"}},
		"text without an end": {head + good + pad(30_000), small, []string{"3 ordercsv.row_size"}},
	} {
		r, err := ordercsv.NewReader(io.MultiReader(strings.NewReader(tt.start), endless), tt.m)
		require.NoError(t, err)
		got := drain(r)
		if diff := cmp.Diff(tt.want, got.faults()); diff != "" {
			t.Errorf("%s: faults mismatch (-want +got):\n%s", name, diff)
		}
	}
	_, err := ordercsv.NewReader(io.MultiReader(strings.NewReader(`id,"`), endless), small)
	if diff := cmp.Diff([]string{"ordercsv.header"}, codesOf(err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}

// repeating never ends.
type repeating struct{ text string }

func (r *repeating) Read(p []byte) (int, error) {
	return copy(p, bytes.Repeat([]byte(r.text), len(p)/len(r.text)+1)), nil
}

// An order that held on to a piece of its row would hold the address in it too.
func TestOrdersDoNotHoldTheirRow(t *testing.T) {
	t.Parallel()
	const file = "id,number,placed_at,payment,currency,gross,codes,link,landing_url,attributes,reference,customer_id,email,visitor,product,sku,line_id\n" +
		"A-1,#1001,2026-11-20T18:30:00Z,paid,EUR,50.00,ADA15|BRUNO,ada,/mugs?bl=x&utm_source=y&utm_id=z&blc=w,bl: v,u,c-7,shopper@demo.example,v-1,p-1,MUG,a\n"
	r, err := ordercsv.NewReader(strings.NewReader(file), plain())
	require.NoError(t, err)
	texts := 0
	for o, err := range r.Orders() {
		require.NoError(t, err)
		held := []string{
			string(o.ID), o.Number, o.Shop, string(o.Currency), string(o.Payment), o.Customer.ID, o.Customer.Visitor,
			o.Lines[0].ID, o.Lines[0].Product, o.Lines[0].SKU, string(o.Lines[0].Gross.Currency()),
		}
		for _, c := range o.Codes {
			held = append(held, c.Code)
		}
		for _, v := range o.Touches {
			held = append(held, v.ID, v.Link, v.Page, v.UTM.Source, v.UTM.ID, v.Source)
		}
		for _, text := range held {
			if r.Holds(text) {
				t.Errorf("the order holds its row by %q", text)
			}
			if text != "" {
				texts++
			}
		}
	}
	if texts < 25 {
		t.Errorf("%d texts were looked at", texts)
	}
}

// A file of a million different codes is not remembered.
func TestWordsAreBounded(t *testing.T) {
	t.Parallel()
	var file strings.Builder
	file.WriteString("id,placed_at,payment,currency,gross,codes\n")
	for i := range 10_000 {
		file.WriteString(strings.Repeat("0", i%7) + "x" + strings.Repeat("1", i/7%9) + string(rune('a'+i%26)) + ",2026-11-20T18:30:00Z,paid,EUR,1,CODE" + string(rune(0x4e00+i)) + "\n")
	}
	r, err := ordercsv.NewReader(strings.NewReader(file.String()), plain())
	require.NoError(t, err)
	got := drain(r)
	if len(got.orders) != 10_000 || r.Remembered() > 4096 {
		t.Errorf("%d orders, %d words", len(got.orders), r.Remembered())
	}
}

// What a stranger's browser sent costs nobody the order, and nothing personal of it is
// kept.
func TestBadEvidenceIsLeftOut(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 9000)
	got := read(t, "id,placed_at,payment,currency,gross,link,landing_url,attributes,reference,email,phone,country\n"+
		strings.TrimSpace(good)+",shopper@demo.example,/"+long+"?bl=%00,\"_bl\n_bl:"+long+"\nbl: 0151 5550100\","+long+","+long+",\x00,Germany\n", plain())
	require.Empty(t, got.errs)
	if o := got.orders[0]; len(o.Touches) > 0 || o.Customer.Known() {
		t.Errorf("the order has %v and %v", o.Touches, o.Customer)
	}
}
