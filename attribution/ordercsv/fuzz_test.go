package ordercsv_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/ordercsv"
)

// FuzzReader reads any bytes by several mappings. Each row is told of, each order is
// worth something and can be stored, and how the bytes arrive does not matter.
func FuzzReader(f *testing.F) {
	for _, tt := range faultyRows() {
		if len(tt.file) < 4000 {
			f.Add([]byte(tt.file), uint8(0))
			f.Add([]byte(tt.file), uint8(1))
			f.Add([]byte(strings.ReplaceAll(tt.file, ",", ";")), uint8(2))
		}
	}
	f.Add([]byte(shopifyFile), uint8(3))
	f.Add([]byte("\ufeff"+head+good), uint8(0))
	mappings := []ordercsv.Mapping{
		plain(), grouped(),
		with(func(m *ordercsv.Mapping) { m.Delimiter, m.DecimalComma, m.Thousands = ";", true, "." }),
		ordercsv.ShopifyExport("demo.myshopify.com", true),
	}
	f.Fuzz(func(t *testing.T, file []byte, which uint8) {
		m := mappings[int(which)%len(mappings)]
		r, err := ordercsv.NewReader(bytes.NewReader(file), m)
		if err != nil {
			if !errors.Is(err, byline.ErrInvalid) || strings.Contains(err.Error(), "@") {
				t.Fatalf("the error %v", err)
			}
			return
		}
		got := drain(r)
		rows := rowsOf(file, m)
		if told := int64(len(got.orders) + len(got.errs)); r.Rows() != rows || !m.Grouped && told != rows || told > rows {
			t.Fatalf("%d orders and %d errors of %d rows, %d of them read", len(got.orders), len(got.errs), rows, r.Rows())
		}
		for _, err := range got.errs {
			if wrong, ok := errors.AsType[*ordercsv.RowError](err); !ok || len(wrong.Faults) == 0 || wrong.Line < 2 || wrong.End < wrong.Line || strings.Contains(err.Error(), "@") {
				t.Fatalf("the error %v", err)
			}
		}
		for _, o := range got.orders {
			checkOrder(t, o, m)
		}
		slow, err := ordercsv.NewReader(iotest.OneByteReader(bytes.NewReader(file)), m)
		if err != nil {
			t.Fatal(err)
		}
		again := drain(slow)
		if diff := cmp.Diff(got.orders, again.orders) + cmp.Diff(got.faults(), again.faults()); diff != "" {
			t.Fatalf("read byte by byte (-first +second):\n%s", diff)
		}
	})
}

// rowsOf counts the rows below the header that are not blank.
func rowsOf(file []byte, m ordercsv.Mapping) (rows int64) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte("\ufeff"))))
	r.FieldsPerRecord = -1
	if m.Delimiter != "" {
		r.Comma = []rune(m.Delimiter)[0]
	}
	for rows = -1; ; {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil || strings.Join(cells, "") != "" {
			rows++
		}
	}
}

func checkOrder(t *testing.T, o attribution.Order, m ordercsv.Mapping) {
	t.Helper()
	prefix := m.IDPrefix
	if prefix == "" {
		prefix = m.Shop + ":"
	}
	if id, ours := strings.CutPrefix(string(o.ID), prefix); !ours || id == "" || o.Shop != m.Shop || !o.HasDocument() {
		t.Fatalf("order %q of %q", o.ID, o.Shop)
	}
	if strings.Contains(o.Customer.ID+o.Customer.Visitor, "@") {
		t.Fatalf("customer %+v", o.Customer)
	}
	if _, err := o.Sales(); err != nil {
		t.Fatalf("the order is not worth anything: %v", err)
	}
	encoded, err := json.Marshal(o)
	if err != nil {
		t.Fatalf("the order does not encode: %v", err)
	}
	var decoded attribution.Order
	if err := json.Unmarshal(encoded, &decoded); err != nil {
		t.Fatalf("the order does not come back: %v", err)
	}
	if _, err := o.Merge(o); err != nil {
		t.Fatal(err)
	}
}
