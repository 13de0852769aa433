package main

import "testing"

// BenchmarkSettle settles 1,000 orders into new books.
func BenchmarkSettle(b *testing.B) {
	orders := manyOrders(1000)
	for b.Loop() {
		dir, err := program{}.demoFolder(b.TempDir())
		if err != nil {
			b.Fatal(err)
		}
		d := desk{dir}
		d.write(b, "orders-10.csv", orders)
		d.must(b, settleLine)
	}
}
