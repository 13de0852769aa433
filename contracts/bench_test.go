package contracts_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

// BenchmarkReconcileOrder answers what it costs to turn one decided order into ledger
// entries: the first time, when all of it is posted anew, and again, when nothing has
// changed. A million orders a minute on one core is 60,000 ns for each.
func BenchmarkReconcileOrder(b *testing.B) {
	for name, pay := range map[string]contracts.Pay{"simple": {Percentages: tenPercent()}, "full": fullPay()} {
		register, err := contracts.NewRegister(paying(b, pay))
		require.NoError(b, err)
		order := sell("shop:1", date(11, 20),
			goods{product: "serum", sold: 3333, kept: 3333, quantity: 1, left: 1, delivered: date(11, 22)},
			goods{product: "sofa", sold: 99_900, kept: 99_900, quantity: 1, left: 1, delivered: date(11, 23)},
			goods{product: "mug", sold: 2500, kept: 1250, quantity: 2, left: 1})
		order.decision.Customer = attribution.NewCustomer
		opts := order.options(date(12, 1))
		reconcile := func(b *testing.B, ledger *contracts.Ledger, id byline.OrderID) int {
			earned, err := register.Earn(order.decision, nil, opts)
			if err != nil {
				b.Fatal(err)
			}
			entries, err := ledger.Post(contracts.ForOrder(id), earned.Lines, date(12, 1))
			if err != nil {
				b.Fatal(err)
			}
			return len(entries)
		}
		b.Run(name+"/new", func(b *testing.B) {
			b.ReportAllocs()
			ledger, i := &contracts.Ledger{}, 0
			for b.Loop() {
				if i++; reconcile(b, ledger, byline.OrderID(strconv.Itoa(i))) == 0 {
					b.Fatal("nothing was posted")
				}
			}
		})
		b.Run(name+"/again", func(b *testing.B) {
			b.ReportAllocs()
			ledger := &contracts.Ledger{}
			reconcile(b, ledger, "shop:1")
			for b.Loop() {
				if reconcile(b, ledger, "shop:1") > 0 {
					b.Fatal("it was posted twice")
				}
			}
		})
	}
}
