package ordercsv_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/ordercsv"
)

// column is a file of one more column, with a cell of it.
func column(name, cell string) string {
	return strings.TrimSpace(head) + "," + name + "\n" + strings.TrimSpace(good) + "," + cell + "\n"
}

// cell is the plain file with another cell in one of its columns.
func cell(name, text string) string {
	names, cells := strings.Split(strings.TrimSpace(head), ","), strings.Split(strings.TrimSpace(good), ",")
	for i := range names {
		if names[i] == name {
			cells[i] = text
		}
	}
	return head + strings.Join(cells, ",") + "\n"
}

type faultyRow struct {
	file string
	m    ordercsv.Mapping
	want []string // "line[-end] path code"
}

// faultyRows are files with what is wrong with their rows.
func faultyRows() map[string]faultyRow {
	comma := with(func(m *ordercsv.Mapping) { m.DecimalComma, m.Thousands = true, "." })
	commaAlone := with(func(m *ordercsv.Mapping) { m.DecimalComma = true })
	day := with(func(m *ordercsv.Mapping) { m.TimeLayout = "2006-01-02" })
	lines := grouped()
	const lineHead = "id,placed_at,payment,currency,line_id,quantity,unit_price,line_discount\n"
	const line = "1,2026-11-20T18:30:00Z,paid,EUR,"
	return map[string]faultyRow{
		"too few cells":                 {head + "1,2026-11-20T18:30:00Z,paid,EUR\n" + strings.Replace(good, "1", "2", 1), plain(), []string{"2 ordercsv.cells"}},
		"too many cells":                {head + strings.TrimSpace(good) + ",\n", plain(), []string{"2 ordercsv.cells"}},
		"a comma without quotes":        {head + "1,2026-11-20T18:30:00Z,paid,EUR,1,000.00\n", plain(), []string{"2 ordercsv.cells"}},
		"a bare quote":                  {head + "1,2026-11-20T18:30:00Z,paid,EUR,5\"0\n" + strings.Replace(good, "1", "2", 1), plain(), []string{"2 ordercsv.quotes"}},
		"a quote that swallows rows":    {head + "\"1,2026-11-20T18:30:00Z,paid,EUR,50\n2,2026-11-20T18:30:00Z,paid,EUR,\"50\"\n" + strings.Replace(good, "1", "3", 1), plain(), []string{"2-3 ordercsv.quotes"}},
		"a quote that is not closed":    {head + good + "\"2,2026-11-20T18:30:00Z,paid,EUR,50\n", plain(), []string{"3 ordercsv.quotes"}},
		"no id":                         {cell("id", ""), plain(), []string{"2 id ordercsv.required"}},
		"an id of space":                {cell("id", " \u00a0 "), plain(), []string{"2 id ordercsv.required"}},
		"an id with a NUL":              {cell("id", "1\x00"), plain(), []string{"2 id ordercsv.id"}},
		"an id that is no UTF-8":        {cell("id", "1\xff"), plain(), []string{"2 id ordercsv.id"}},
		"an id that is too long":        {cell("id", strings.Repeat("1", 256)), plain(), []string{"2 id ordercsv.id"}},
		"an id twice":                   {head + good + good, plain(), []string{"3 id ordercsv.id_twice"}},
		"no time":                       {cell("placed_at", ""), plain(), []string{"2 placed_at ordercsv.required"}},
		"a time without an offset":      {cell("placed_at", "2026-11-20T18:30:00"), plain(), []string{"2 placed_at ordercsv.time"}},
		"a day that is none":            {cell("placed_at", "2026-02-30"), day, []string{"2 placed_at ordercsv.time"}},
		"days the other way round":      {cell("placed_at", "20-11-2026"), day, []string{"2 placed_at ordercsv.time"}},
		"the year zero":                 {cell("placed_at", "0001-01-01"), day, []string{"2 placed_at ordercsv.time"}},
		"a year JSON cannot carry":      {cell("placed_at", "9999-12-31T23:59:59-14:00"), plain(), []string{"2 placed_at ordercsv.time"}},
		"no payment":                    {cell("payment", ""), plain(), []string{"2 payment ordercsv.required"}},
		"a payment nobody knows":        {cell("payment", "done"), plain(), []string{"2 payment ordercsv.word"}},
		"a lead with a bad payment":     {strings.Replace(column("kind", "lead"), "paid", "done", 1), plain(), []string{"2 payment ordercsv.word"}},
		"no currency":                   {cell("currency", ""), plain(), []string{"2 currency ordercsv.required"}},
		"a currency that is none":       {cell("currency", "EURO"), plain(), []string{"2 currency ordercsv.currency"}},
		"no amount":                     {cell("gross", ""), plain(), []string{"2 gross ordercsv.required"}},
		"no net":                        {strings.Replace(cell("gross", ""), "gross", "net", 1), plain(), []string{"2 net ordercsv.required"}},
		"a lead with half a total":      {"id,kind,placed_at,currency,gross,tax\n1,lead,2026-11-20T18:30:00Z,EUR,,1\n", plain(), []string{"2 gross ordercsv.required"}},
		"a symbol before it":            {cell("gross", "€50.00"), plain(), []string{"2 gross ordercsv.money"}},
		"a code behind it":              {cell("gross", "50.00 EUR"), plain(), []string{"2 gross ordercsv.money"}},
		"a minus":                       {cell("gross", "-50.00"), plain(), []string{"2 gross ordercsv.money"}},
		"a plus":                        {cell("gross", "+50.00"), plain(), []string{"2 gross ordercsv.money"}},
		"parentheses":                   {cell("gross", "(50.00)"), plain(), []string{"2 gross ordercsv.money"}},
		"an exponent":                   {cell("gross", "5e1"), plain(), []string{"2 gross ordercsv.money"}},
		"a third decimal":               {cell("gross", "50.001"), plain(), []string{"2 gross ordercsv.money"}},
		"a decimal of yen":              {strings.Replace(cell("gross", "50.5"), "EUR", "JPY", 1), plain(), []string{"2 gross ordercsv.money"}},
		"out of range":                  {cell("gross", "99999999999999999999"), plain(), []string{"2 gross ordercsv.money"}},
		"beyond an order":               {cell("gross", "2814749767106.57"), plain(), []string{"2 lines[0].gross money.range"}},
		"net and discount out of range": {strings.Replace(column("discount", "90000000000000000"), "gross", "net", 1)[:len("id,placed_at,payment,currency,net,discount\n1,2026-11-20T18:30:00Z,paid,EUR,")] + "90000000000000000,90000000000000000\n", plain(), []string{"2 net ordercsv.money"}},
		"full-width digits":             {cell("gross", "５０"), plain(), []string{"2 gross ordercsv.money"}},
		"a comma nobody declared":       {cell("gross", `"50,00"`), plain(), []string{"2 gross ordercsv.money"}},
		"groups nobody declared":        {cell("gross", `"1,234.50"`), plain(), []string{"2 gross ordercsv.money"}},
		"a point beside the comma":      {cell("gross", "1.234"), commaAlone, []string{"2 gross ordercsv.money"}},
		"a point instead of the comma":  {cell("gross", "50.00"), comma, []string{"2 gross ordercsv.money"}},
		"a group of two":                {cell("gross", `"1.23,50"`), comma, []string{"2 gross ordercsv.money"}},
		"groups of all sizes":           {cell("gross", `"1.234.56.789,00"`), comma, []string{"2 gross ordercsv.money"}},
		"a group in front":              {cell("gross", `"1234.567,00"`), comma, []string{"2 gross ordercsv.money"}},
		"an empty group":                {cell("gross", `".234,00"`), comma, []string{"2 gross ordercsv.money"}},
		"groups behind the comma":       {cell("gross", `"1,234.50"`), comma, []string{"2 gross ordercsv.money"}},
		"two commas":                    {cell("gross", `"1,5,0"`), comma, []string{"2 gross ordercsv.money"}},
		"a kind that is none":           {column("kind", "sale"), plain(), []string{"2 kind ordercsv.word"}},
		"words that are none":           {"id,placed_at,payment,currency,gross,channel,codes,code_kind,customer_status\n" + strings.TrimSpace(good) + ",web,ADA,coupon,old\n", plain(), []string{"2 channel ordercsv.word", "2 customer_status ordercsv.word", "2 code_kind ordercsv.word"}},
		"flags that are none":           {"id,placed_at,payment,currency,gross,renewal,test,tax_included,cancelled,gift_card\n" + strings.TrimSpace(good) + ",x,2,maybe,on,-\n", plain(), []string{"2 renewal ordercsv.flag", "2 test ordercsv.flag", "2 tax_included ordercsv.flag", "2 cancelled ordercsv.flag", "2 gift_card ordercsv.flag"}},
		"a quantity that is none":       {column("quantity", "1.5"), plain(), []string{"2 quantity ordercsv.count"}},
		"a quantity below zero":         {column("quantity", "-1"), plain(), []string{"2 quantity ordercsv.count"}},
		"a quantity out of range":       {column("quantity", "281474976710657"), plain(), []string{"2 quantity ordercsv.count"}},
		"people as ids":                 {"id,placed_at,payment,currency,gross,customer_id,visitor\n" + strings.TrimSpace(good) + ",a@demo.example,b@demo.example\n", plain(), []string{"2 customer_id ordercsv.personal", "2 visitor ordercsv.personal"}},
		"a NUL in a number":             {column("number", "\x00"), plain(), []string{"2 number ordercsv.text"}},
		"two lines in a number":         {column("number", "\"a\nb\""), plain(), []string{"2 number ordercsv.text"}},
		"a control character":           {column("sku", "a\u0085b"), plain(), []string{"2 sku ordercsv.text"}},
		"text that is too long":         {column("sku", strings.Repeat("x", 256)), plain(), []string{"2 sku ordercsv.text"}},
		"a code that is too long":       {column("codes", strings.Repeat("x", 256)), plain(), []string{"2 codes ordercsv.text"}},
		"an amount without a code":      {column("codes", "=5.00"), plain(), []string{"2 codes ordercsv.text"}},
		"a code's amount":               {column("codes", "ADA=5.00|BRUNO=-1"), plain(), []string{"2 codes ordercsv.money"}},
		"refunded, who knows what":      {strings.Replace(head+good, "paid", "partially_refunded", 1), plain(), []string{"2 refunded ordercsv.refund_unknown"}},
		"refunded nothing":              {strings.Replace(column("refunded", "0.00"), "paid", "partially_refunded", 1), plain(), []string{"2 refunded ordercsv.refund_unknown"}},
		"all at once":                   {head + ",yesterday,done,EURO,ten\n", plain(), []string{"2 id ordercsv.required", "2 payment ordercsv.word", "2 placed_at ordercsv.time", "2 currency ordercsv.currency"}},

		"no quantity":                    {lineHead + line + "a,,5,\n", lines, []string{"2 quantity ordercsv.required"}},
		"a line without its price":       {lineHead + line + "a,1,,\n", lines, []string{"2 unit_price ordercsv.required"}},
		"no line at all":                 {lineHead + line + ",,,\n", lines, []string{"2 unit_price ordercsv.required"}},
		"a price out of range":           {lineHead + line + "a,281474976710656,90000000000000.00,\n", lines, []string{"2 unit_price ordercsv.money"}},
		"a bad line among good ones":     {lineHead + line + "a,1,5,\n1,,,,b,1,x,\n1,,,,c,1,5,y\n2,2026-11-20T18:30:00Z,paid,EUR,,1,5,\n", lines, []string{"2-4 rows[1].unit_price ordercsv.money", "2-4 rows[2].line_discount ordercsv.money"}},
		"rows that contradict":           {lineHead + line + "a,1,5,\n1,2026-11-20T18:31:00Z,pending,EUR,b,1,5,\n", lines, []string{"2-3 rows[1].placed_at ordercsv.contradicts", "2-3 rows[1].payment ordercsv.contradicts"}},
		"the same line twice":            {strings.Replace(lineHead, "unit_price", "unit_price,refunded", 1) + line + "a,1,5,1,\n1,,,,a,1,5,,\n", lines, []string{"2-3 lines[1].id order.line_twice"}},
		"more lines than an order has":   {lineHead + line + "a,1,5,\n" + strings.Repeat(",,,,,1,5,\n", 4096), lines, []string{"2-4098 lines order.size"}},
		"the first row has no id":        {lineHead + strings.Replace(line, "1", "", 1) + "a,1,5,\n,,,,b,1,5,\n", lines, []string{"2-3 rows[0].id ordercsv.required"}},
		"a broken row in an order":       {lineHead + line + "a,1,5,\n1,,,,b\n1,,,,c,1,5,\n2,2026-11-20T18:30:00Z,paid,EUR,,1,5,\n", lines, []string{"2-4 rows[1] ordercsv.cells"}},
		"a broken row between orders":    {lineHead + line + "a,1,5,\n1,,,,b\n2,2026-11-20T18:30:00Z,paid,EUR,,1,5,\n2,,,,,1,6,\n3,2026-11-20T18:30:00Z,paid,EUR,,1,5,\n", lines, []string{"2-3 rows[1] ordercsv.cells", "4-5 rows[0] ordercsv.beside_broken"}},
		"a broken row at the start":      {lineHead + "1,\"\"x\n,,,,b,1,5,\n2,2026-11-20T18:30:00Z,paid,EUR,,1,5,\n", lines, []string{"2-3 rows[0] ordercsv.quotes"}},
		"a broken row before the orders": {lineHead + "1,\"\"x\n2,2026-11-20T18:30:00Z,paid,EUR,,1,5,\n3,2026-11-20T18:30:00Z,paid,EUR,,1,5,\n", lines, []string{"2 ordercsv.quotes", "3 ordercsv.beside_broken"}},
	}
}

func TestFaultyRows(t *testing.T) {
	t.Parallel()
	for name, tt := range faultyRows() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := read(t, tt.file, tt.m)
			if diff := cmp.Diff(tt.want, got.faults()); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
			for _, err := range got.errs {
				require.ErrorIs(t, err, byline.ErrInvalid)
				if !strings.HasPrefix(err.Error(), "line") {
					t.Errorf("the error does not say where: %v", err)
				}
			}
		})
	}
}

// What stands beside bad rows is read.
func TestGoodRowsAreKept(t *testing.T) {
	t.Parallel()
	tests := map[string][]string{
		"too few cells": {"2"}, "a bare quote": {"2"}, "a quote that swallows rows": {"3"}, "a quote that is not closed": {"1"},
		"an id twice": {"1"}, "a bad line among good ones": {"2"}, "a broken row in an order": {"2"}, "a broken row between orders": {"3"},
		"a broken row at the start": {"2"}, "a broken row before the orders": {"3"},
	}
	rows := faultyRows()
	for name, want := range tests {
		if diff := cmp.Diff(want, read(t, rows[name].file, rows[name].m).ids()); diff != "" {
			t.Errorf("%s: orders mismatch (-want +got):\n%s", name, diff)
		}
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	form := func(thousands string, comma bool) ordercsv.Mapping {
		return with(func(m *ordercsv.Mapping) { m.Thousands, m.DecimalComma = thousands, comma })
	}
	tests := []struct {
		text     string
		m        ordercsv.Mapping
		currency byline.Currency
		want     string
	}{
		{"50", plain(), "EUR", "50"},
		{"50.5", plain(), "EUR", "50.50"},
		{"361.9500", plain(), "EUR", "361.95"},
		{"0", plain(), "EUR", "0"},
		{"1980", plain(), "JPY", "1980"},
		{"1980.00", plain(), "JPY", "1980"},
		{"12.375", plain(), "KWD", "12.375"},
		{"50,5", form("", true), "EUR", "50.50"},
		{"50", form("", true), "EUR", "50"},
		{"1.234,50", form(".", true), "EUR", "1234.50"},
		{"1.234", form(".", true), "EUR", "1234"},
		{"1.234", form(".", true), "KWD", "1234"},
		{"1.234.567", form(".", true), "JPY", "1234567"},
		{"123,50", form(".", true), "EUR", "123.50"},
		{"1,234.50", form(",", false), "USD", "1234.50"},
		{"1,23,456.50", form(",", false), "INR", "123456.50"},
		{"12,34,567", form(",", false), "INR", "1234567"},
		{"1'234.50", form("'", false), "CHF", "1234.50"},
		{"1\u00a0234,50", form("\u00a0", true), "EUR", "1234.50"},
		{"1\u202f234,50", form("\u202f", true), "EUR", "1234.50"},
		{"1234,50", form("\u202f", true), "EUR", "1234.50"},
	}
	for _, tt := range tests {
		got := read(t, strings.Replace(cell("gross", `"`+tt.text+`"`), "EUR", string(tt.currency), 1), tt.m)
		if len(got.orders) != 1 {
			t.Errorf("%q: %v", tt.text, got.errs)
			continue
		}
		if diff := cmp.Diff(money(tt.want, tt.currency), got.orders[0].Lines[0].Gross); diff != "" {
			t.Errorf("%q mismatch (-want +got):\n%s", tt.text, diff)
		}
	}
}

// Mappings and headers that no row can be read by, with all that is wrong at once.
func TestNewReaderRefuses(t *testing.T) {
	t.Parallel()
	const lineHead = "id,placed_at,payment,currency,"
	for name, tt := range faultyHeaders(lineHead) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := ordercsv.NewReader(strings.NewReader(tt.file), tt.m)
			if r != nil {
				t.Error("a reader came back")
			}
			require.ErrorIs(t, err, byline.ErrInvalid)
			if diff := cmp.Diff(tt.want, codesOf(err)); diff != "" {
				t.Errorf("faults mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func faultyHeaders(lineHead string) map[string]faultyRow {
	mapped := func(columns map[ordercsv.Column][]string) ordercsv.Mapping {
		return with(func(m *ordercsv.Mapping) { m.Columns = columns })
	}
	fixed := func(values map[ordercsv.Column]string) ordercsv.Mapping {
		return with(func(m *ordercsv.Mapping) { m.Fixed = values })
	}
	layout := func(text string) ordercsv.Mapping { return with(func(m *ordercsv.Mapping) { m.TimeLayout = text }) }
	badLayout := []string{"time_layout ordercsv.time_layout"}
	return map[string]faultyRow{
		"nothing":                    {"", plain(), []string{"ordercsv.header"}},
		"a byte order mark":          {"\ufeff", plain(), []string{"ordercsv.header"}},
		"blank rows":                 {"\n\n,,\n" + good, plain(), []string{"ordercsv.header"}},
		"a quote":                    {"id,\"\"x\n", plain(), []string{"ordercsv.header"}},
		"UTF-16, little-endian":      {"\xff\xfei\x00d\x00", plain(), []string{"ordercsv.utf16"}},
		"UTF-16, big-endian":         {"\xfe\xff\x00i\x00d", plain(), []string{"ordercsv.utf16"}},
		"other columns":              {"a,b,c\n", plain(), []string{"id ordercsv.column_missing", "placed_at ordercsv.column_missing", "payment ordercsv.column_missing", "currency ordercsv.column_missing", "gross ordercsv.column_missing"}},
		"another delimiter":          {strings.ReplaceAll(head, ",", ";"), plain(), []string{"id ordercsv.column_missing", "placed_at ordercsv.column_missing", "payment ordercsv.column_missing", "currency ordercsv.column_missing", "gross ordercsv.column_missing"}},
		"leads alone":                {"id\n", fixed(map[ordercsv.Column]string{ordercsv.Kind: "lead"}), []string{"placed_at ordercsv.column_missing"}},
		"a fixed id":                 {strings.Replace(head, "id", "nr", 1), fixed(map[ordercsv.Column]string{ordercsv.ID: "1"}), []string{"id ordercsv.column_missing"}},
		"a column twice":             {"id,placed_at,payment,currency,gross,Gross\n", plain(), []string{"gross ordercsv.column_twice"}},
		"a named column is missing":  {head, mapped(map[ordercsv.Column][]string{ordercsv.ID: {"nr"}, ordercsv.PlacedAt: {"placed_at"}, ordercsv.Payment: {"payment"}, ordercsv.Currency: {"currency"}, ordercsv.Net: {"Subtotal", "Sum"}, ordercsv.CancelledAt: {"Cancelled at"}, ordercsv.Email: {"Email", ""}}), []string{"id ordercsv.column_missing", "cancelled_at ordercsv.column_missing", "net ordercsv.column_missing"}},
		"unit prices alone":          {lineHead + "unit_price\n", plain(), []string{"quantity ordercsv.column_missing"}},
		"lines and totals":           {lineHead + "quantity,unit_price,line_gross,gross,net,discount,tax\n", plain(), []string{"line_gross ordercsv.mapped_together", "gross ordercsv.mapped_together", "net ordercsv.mapped_together", "discount ordercsv.mapped_together", "tax ordercsv.mapped_together"}},
		"gross and net":              {lineHead + "gross,net\n", plain(), []string{"net ordercsv.mapped_together"}},
		"totals with line discounts": {lineHead + "net,line_discount,line_tax\n", plain(), []string{"line_discount ordercsv.mapped_together", "line_tax ordercsv.mapped_together"}},
		"totals of several rows":     {lineHead + "gross,sku,gift_card\n", grouped(), []string{"sku ordercsv.mapped_together", "gift_card ordercsv.mapped_together"}},
		"no shop":                    {head, with(func(m *ordercsv.Mapping) { m.Shop = " " }), []string{"shop ordercsv.shop"}},
		"a long delimiter":           {head, with(func(m *ordercsv.Mapping) { m.Delimiter = ";;" }), []string{"delimiter ordercsv.delimiter"}},
		"a quote as delimiter":       {head, with(func(m *ordercsv.Mapping) { m.Delimiter = `"` }), []string{"delimiter ordercsv.delimiter"}},
		"a line end as delimiter":    {head, with(func(m *ordercsv.Mapping) { m.Delimiter = "\n" }), []string{"delimiter ordercsv.delimiter"}},
		"a NUL as delimiter":         {head, with(func(m *ordercsv.Mapping) { m.Delimiter = "\x00" }), []string{"delimiter ordercsv.delimiter"}},
		"no UTF-8 as delimiter":      {head, with(func(m *ordercsv.Mapping) { m.Delimiter = "\xff" }), []string{"delimiter ordercsv.delimiter"}},
		"points for both":            {head, with(func(m *ordercsv.Mapping) { m.Thousands = "." }), []string{"thousands ordercsv.numbers"}},
		"commas for both":            {head, with(func(m *ordercsv.Mapping) { m.Thousands, m.DecimalComma = ",", true }), []string{"thousands ordercsv.numbers"}},
		"a digit between groups":     {head, with(func(m *ordercsv.Mapping) { m.Thousands = "0" }), []string{"thousands ordercsv.numbers"}},
		"one separator for two":      {head, with(func(m *ordercsv.Mapping) { m.CodeSeparator = "=" }), []string{"code_separator ordercsv.codes"}},
		"columns nobody knows": {head, with(func(m *ordercsv.Mapping) {
			m.Columns = map[ordercsv.Column][]string{-1: {"x"}, 999: {"x"}}
			m.Fixed = map[ordercsv.Column]string{999: "x"}
			m.Words = map[ordercsv.Column]map[string]string{999: nil}
		}), []string{"columns[-1] ordercsv.column", "columns[999] ordercsv.column", "fixed[999] ordercsv.column", "words[999] ordercsv.column"}},
		"no year":              {head, layout("02.01. 15:04"), badLayout},
		"half a day":           {head, layout("2006-01-02 03:04"), badLayout},
		"the name of a zone":   {head, layout("2006-01-02 15:04 MST"), badLayout},
		"no layout at all":     {head, layout("yyyy-mm-dd"), badLayout},
		"fixed values":         {"id\n", fixed(map[ordercsv.Column]string{ordercsv.PlacedAt: "today", ordercsv.Currency: "EURO", ordercsv.Payment: "done", ordercsv.Gross: "1", ordercsv.TaxIncluded: "x"}), []string{"payment ordercsv.word", "tax_included ordercsv.flag", "placed_at ordercsv.time", "currency ordercsv.currency"}},
		"a mapping and a mark": {"\xff\xfe", with(func(m *ordercsv.Mapping) { m.Shop = "" }), []string{"shop ordercsv.shop", "ordercsv.utf16"}},
	}
}

// Layouts that tell a time.
func TestLayouts(t *testing.T) {
	t.Parallel()
	for layout, text := range map[string]string{
		"2006-01-02T15:04:05.999Z07:00": "2026-11-20T19:30:00.000+01:00", "2006-01-02 15:04:05 -0700": "2026-11-20 10:30:00 -0800",
		"01/02/06 3:04 PM": "11/20/26 6:30 PM", "20060102150405": "20261120183000", "Mon, 02 Jan 2006 15:04:05 -0700": "Fri, 20 Nov 2026 18:30:00 +0000",
	} {
		got := read(t, cell("placed_at", `"`+text+`"`), with(func(m *ordercsv.Mapping) { m.TimeLayout = layout }))
		if len(got.orders) != 1 || !got.orders[0].PlacedAt.Equal(at("2026-11-20T18:30:00Z")) {
			t.Errorf("%s: %v, %v", layout, got.orders, got.errs)
		}
	}
}

// An order whose rows stand apart is two: nobody can tell in flat memory.
func TestRowsThatStandApart(t *testing.T) {
	t.Parallel()
	got := read(t, head+good+strings.Replace(good, "1", "2", 1)+good, grouped())
	if diff := cmp.Diff([]string{"1", "2", "1"}, got.ids()); diff != "" {
		t.Errorf("orders mismatch (-want +got):\n%s", diff)
	}
}

func TestCodesOfFaults(t *testing.T) {
	t.Parallel()
	format := regexp.MustCompile(`^ordercsv\.[a-z]+[0-9]*(_[a-z]+)*$`)
	met := map[string]bool{"ordercsv.row_size": true} // see TestLongRows
	note := func(tt faultyRow) {
		for _, w := range tt.want {
			if code := w[strings.LastIndex(w, " ")+1:]; strings.HasPrefix(code, "ordercsv.") {
				met[code] = true
			}
		}
	}
	for _, tt := range faultyRows() {
		note(tt)
	}
	for _, tt := range faultyHeaders("") {
		note(tt)
	}
	seen := map[string]bool{}
	for _, code := range ordercsv.TableOfCodes() {
		if !format.MatchString(code) {
			t.Errorf("%q is not of the form of a code", code)
		}
		if seen[code] {
			t.Errorf("%q stands twice in the table", code)
		}
		if !met[code] {
			t.Errorf("no test meets %q", code)
		}
		seen[code] = true
		delete(met, code)
	}
	for code := range met {
		t.Errorf("%q is not in the table", code)
	}
}

// Rows are about people. Errors are logged and kept.
func TestErrorsQuoteNothing(t *testing.T) {
	t.Parallel()
	const word = "shopper@demo.example"
	names := []string{"word"}
	for _, c := range ordercsv.AllColumns() {
		names = append(names, c.String())
	}
	// With every column at once a header is refused, so each is tried alone.
	for _, name := range names {
		for _, text := range []string{word, `"` + word, word + `"` + word, word + "," + word, "\x00" + word, "=" + word} {
			file := column(name, text)
			if strings.Contains(head, name+",") || strings.Contains(head, ","+name+"\n") {
				file = cell(name, text)
			}
			r, err := ordercsv.NewReader(strings.NewReader(file), plain())
			if err == nil {
				for _, err = range drain(r).errs {
					if strings.Contains(err.Error(), "@") {
						t.Errorf("%s: the error quotes the cell: %v", name, err)
					}
				}
			}
		}
	}
	_, err := ordercsv.NewReader(strings.NewReader(word+","+word+"\n"), plain())
	if strings.Contains(err.Error(), "@") {
		t.Errorf("the error quotes the header: %v", err)
	}
}

// A mapping can be kept in a file.
func TestMappingAsJSON(t *testing.T) {
	t.Parallel()
	want := ordercsv.ShopifyExport("demo.myshopify.com", true)
	text, err := json.Marshal(want)
	require.NoError(t, err)
	var got ordercsv.Mapping
	require.NoError(t, json.Unmarshal(text, &got))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("mapping mismatch (-want +got):\n%s\n%s", diff, text)
	}
	err = json.Unmarshal([]byte(`{"columns":{"totally":["x"]}}`), &got)
	if diff := cmp.Diff([]string{"ordercsv.column"}, codesOf(err)); diff != "" {
		t.Errorf("faults mismatch (-want +got):\n%s", diff)
	}
}

func TestColumnsHaveNames(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, c := range ordercsv.AllColumns() {
		if c.String() == "" || seen[c.String()] {
			t.Errorf("column %d is called %q", int(c), c)
		}
		seen[c.String()] = true
	}
	if name := ordercsv.Column(len(seen)).String(); name != "" {
		t.Errorf("no column is called %q", name)
	}
}
