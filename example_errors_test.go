package byline_test

import (
	"errors"
	"fmt"

	"github.com/bylinehq/byline"
)

// A parent reports its children's faults beside its own, each at its path, and the
// caller takes them apart by type.
func ExampleNest() {
	_, errPrice := byline.ParseMoney("19,90", byline.EUR)
	_, errMarket := byline.ParseMarket("Atlantis")
	faults := []*byline.FieldError{{Path: "name", Code: "required", Message: "a value is required"}}
	faults = append(faults, byline.Nest("items[0].price", errPrice)...)
	faults = append(faults, byline.Nest("items[0].market", errMarket)...)
	err := fmt.Errorf("offer: %w", byline.Faults(faults))

	fmt.Println(errors.Is(err, byline.ErrInvalid))
	if all, ok := errors.AsType[*byline.ValidationError](err); ok {
		for _, f := range all.Fields {
			fmt.Printf("%s (%s)\n", f, f.Code)
		}
	}
	// Output:
	// true
	// name: a value is required (required)
	// items[0].price: not a plain decimal number (money.syntax)
	// items[0].market: not an ISO 3166-1 country code (market.unknown)
}
