package contracts_test

import (
	"context"
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

// A batch is proposed out of balances, approved by two people, posted, sent, and settled
// by what the bank reports.
func ExamplePropose() {
	var ledger contracts.Ledger
	ctx, tx, at := context.Background(), attribution.NoTx{}, time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	var balances []contracts.Balance
	for creator, cents := range map[byline.CreatorID]int64{"ada": 51000, "bruno": 900} {
		line := contracts.Line{Creator: creator, Kind: contracts.Commission, Amount: byline.Minor(cents, byline.EUR), Reason: contracts.ReasonEarned}
		if _, err := ledger.Post(contracts.ForOrder(byline.OrderID(creator)), []contracts.Line{line}, at); err != nil {
			fmt.Println(err)
		}
		own, err := ledger.Balances(creator)
		if err != nil {
			fmt.Println(err)
		}
		balances = append(balances, own...)
	}
	batch, err := contracts.Propose(balances, contracts.BatchOptions{
		ID: "2026-11", By: "eva", At: at, Rail: contracts.RailSEPA,
		Minimum: []byline.Money{byline.Minor(2500, byline.EUR)},
		Payees: map[byline.CreatorID]contracts.Payee{
			"ada":   {Name: "Ada Demo", IBAN: "DE89370400440532013000"},
			"bruno": {Name: "Bruno Demo", IBAN: "GB29NWBK60161331926819"},
		},
	})
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println("left out:", batch.LeftOut[0].Creator, batch.LeftOut[0].Reasons)
	for _, by := range []string{"finn", "gina"} {
		if batch, err = batch.Approve(by, at); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Println(batch.State())
	if batch, err = contracts.PostBatch(ctx, tx, &ledger, batch, at); err != nil {
		fmt.Println(err)
	}
	fmt.Println(batch.State(), batch.Items[0].Net) // and rail.SEPA writes the file
	report := []contracts.Outcome{{Reference: batch.Items[0].Reference, Status: contracts.PayoutPaid}}
	settled := batch.Reconcile(report)
	if _, err = contracts.PostOutcomes(ctx, tx, &ledger, settled.Batch, at); err != nil {
		fmt.Println(err)
	}
	after, err := ledger.Balances("ada")
	fmt.Println(settled.Batch.State(), "paid:", after[0].Paid, err)
	// Output:
	// left out: bruno [below_minimum]
	// approved
	// under_way 510.00 EUR
	// settled paid: 510.00 EUR <nil>
}

// Money that comes back can be paid out again, under another reference.
func ExamplePostPayout() {
	var ledger contracts.Ledger
	ctx, tx, at := context.Background(), attribution.NoTx{}, time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	line := contracts.Line{Creator: "ada", Kind: contracts.Commission, Amount: byline.Minor(5000, byline.EUR), Reason: contracts.ReasonEarned}
	if _, err := ledger.Post(contracts.ForOrder("shop:1001"), []contracts.Line{line}, at); err != nil {
		fmt.Println(err)
	}
	payout := contracts.Payment{Reference: "p-1", Creator: "ada", Amount: byline.Minor(5000, byline.EUR)}
	for _, status := range []contracts.PayoutStatus{contracts.PayoutUnderWay, contracts.PayoutPaid, contracts.PayoutReturned, contracts.PayoutUnderWay} {
		payout.Status = status
		_, err := contracts.PostPayout(ctx, tx, &ledger, payout, at)
		balances, _ := ledger.Balances("ada")
		fmt.Println(status, "payable:", balances[0].Payable, err)
	}
	// Output:
	// under_way payable: 0.00 EUR <nil>
	// paid payable: 0.00 EUR <nil>
	// returned payable: 50.00 EUR <nil>
	// under_way payable: 50.00 EUR p-1: payout.step
}

// Tax is a matter of dated rules with a source. What they do not say is not made up.
func ExampleDecideTax() {
	question := contracts.TaxQuestion{
		Payer: "US", Payee: "US", On: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC),
		Amount: byline.Minor(80000, byline.USD), PaidSoFar: byline.Minor(150000, byline.USD),
	}
	d := contracts.DecideTax(question, nil)
	fmt.Println(d.Outcome, d.Why, d.Total, "of", d.Threshold, d.Rules[0].Confidence)
	question.PayWithoutID = true
	fmt.Println(contracts.DecideTax(question, nil).Withhold)
	question.On = question.On.AddDate(1, 0, 0)
	d = contracts.DecideTax(question, nil)
	fmt.Println(d.Outcome, d.Why)
	// Output:
	// form_needed number_missing 2300.00 USD of 2000.00 USD secondary
	// 192.00 USD
	// cannot_determine year_unknown
}
