package rail_test

import (
	"fmt"

	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/contracts/rail"
)

// What a bank or a service exports as a table is read into outcomes; a fault names its
// place and never what stands there.
func ExampleReadCSV() {
	outcomes, err := rail.ReadCSV([]byte("reference,status,reason\nBY1,paid,\nBY2,failed,AC04\n"))
	fmt.Println(len(outcomes), outcomes[1].Status == contracts.PayoutFailed, outcomes[1].Reason, err)
	_, err = rail.ReadCSV([]byte("reference,status\nBY1,lost\n"))
	fmt.Println(err)
	// Output:
	// 2 true AC04 <nil>
	// row[2].status: not a status that is known
}
