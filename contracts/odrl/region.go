package odrl

import (
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// members are the markets of a region as of 2026-11-22, none where it is not known. They
// are those that contracts names with its regions.
func members(r contracts.Region) []byline.Market {
	codes := ""
	switch r {
	case contracts.EU:
		codes = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
	case contracts.EEA:
		return append(members(contracts.EU), "IS", "LI", "NO")
	case contracts.DACH:
		codes = "DE AT CH"
	case contracts.UKIE:
		codes = "GB IE"
	case contracts.NA:
		codes = "US CA"
	case contracts.ANZ:
		codes = "AU NZ"
	case contracts.GCC:
		codes = "AE BH KW OM QA SA"
	}
	var markets []byline.Market
	for code := range strings.FieldsSeq(codes) {
		markets = append(markets, byline.Market(code))
	}
	return markets
}
