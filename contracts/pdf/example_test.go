package pdf_test

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/contracts/pdf"
)

// A statement is opened on a ledger and written as a file that a creator can keep.
func ExampleWrite() {
	at := func(day int) time.Time { return time.Date(2026, 11, day, 0, 0, 0, 0, time.UTC) }
	var ledger contracts.Ledger
	_, err := ledger.Post(contracts.ForOrder("shop:1001"), []contracts.Line{{
		Creator: "ada", Kind: contracts.Commission, Rule: "sales", Rate: 10 * contracts.Percent,
		Base: byline.Minor(5100, byline.EUR), Amount: byline.Minor(510, byline.EUR), Reason: contracts.ReasonEarned,
	}}, at(3))
	if err != nil {
		fmt.Println(err)
	}
	ctx := context.Background()
	statement, err := contracts.NewStatement(ctx, &ledger, contracts.StatementOptions{Creator: "ada", Name: "Ada", Period: byline.Window{Start: at(1), End: at(30)}})
	if err != nil {
		fmt.Println(err)
		return
	}
	var file bytes.Buffer
	err = pdf.Write(ctx, &file, statement)
	fmt.Printf("%s %v\n", file.Bytes()[:5], err)
	// Output:
	// %PDF- <nil>
}
