package ordercsv_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/ordercsv"
)

const benchRows = 100_000

// totalsFile has an order in each row, linesFile three rows for each order.
func totalsFile() []byte {
	var file bytes.Buffer
	file.WriteString("id,number,placed_at,payment,currency,gross,discount,tax,codes,landing_url,customer_id,email,sku,refunded\n")
	for i := range benchRows {
		fmt.Fprintf(&file, "%d,#%d,2026-11-%02dT%02d:30:%02dZ,paid,EUR,%d.%02d,7.50,6.79,CREATOR%d,https://demo.example/mugs?bl=creator-%d,c-%d,shopper%d@demo.example,SKU-%d,\n",
			i, i, 1+i%30, i%24, i%60, 20+i%300, i%100, i%900, i%900, i%50_000, i%50_000, i%2000)
	}
	return file.Bytes()
}

func linesFile() []byte {
	var file bytes.Buffer
	file.WriteString("id,placed_at,payment,currency,codes,line_id,sku,quantity,unit_price,line_discount,line_tax\n")
	for i := range benchRows / 3 {
		fmt.Fprintf(&file, "%d,2026-11-%02dT%02d:30:%02dZ,paid,EUR,CREATOR%d,a,SKU-%d,2,25.00,7.50,6.79\n", i, 1+i%30, i%24, i%60, i%900, i%2000)
		fmt.Fprintf(&file, "%d,,,,,b,SKU-%d,1,%d.00,0.00,1.00\n%d,,,,,c,SKU-%d,1,5.00,,\n", i, i%1999, 20+i%300, i, i%1997)
	}
	return file.Bytes()
}

func benchmark(b *testing.B, file []byte, run func() (rows int64)) {
	b.Helper()
	b.ReportAllocs()
	b.SetBytes(int64(len(file)))
	var rows int64
	for b.Loop() {
		rows += run()
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}

func benchReader(b *testing.B, file []byte, m ordercsv.Mapping) {
	b.Helper()
	benchmark(b, file, func() int64 {
		r, err := ordercsv.NewReader(bytes.NewReader(file), m)
		if err != nil {
			b.Fatal(err)
		}
		for _, err := range r.Orders() {
			if err != nil {
				b.Fatal(err)
			}
		}
		return r.Rows()
	})
}

func BenchmarkTotals(b *testing.B) {
	m := plain()
	m.Identity = attribution.Identity{} // hashing is measured with it
	benchReader(b, totalsFile(), m)
}

func BenchmarkLines(b *testing.B) { benchReader(b, linesFile(), grouped()) }

// BenchmarkFloorCSV is what encoding/csv needs to cut the rows into cells.
func BenchmarkFloorCSV(b *testing.B) {
	file := totalsFile()
	benchmark(b, file, func() (rows int64) {
		r := csv.NewReader(bytes.NewReader(file))
		r.ReuseRecord = true
		for ; ; rows++ {
			if _, err := r.Read(); errors.Is(err, io.EOF) {
				return rows - 1
			} else if err != nil {
				b.Fatal(err)
			}
		}
	})
}
