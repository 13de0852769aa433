package contracts

import (
	"strings"

	"github.com/bylinehq/byline"
)

// regionMembers stands in for Region.Markets until that is here.
func regionMembers(r Region) []byline.Market {
	const eu = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
	codes := map[Region]string{
		EU: eu, EEA: eu + " IS LI NO", DACH: "DE AT CH", UKIE: "GB IE", NA: "US CA", ANZ: "AU NZ", GCC: "AE BH KW OM QA SA",
	}[r]
	var members []byline.Market
	for code := range strings.FieldsSeq(codes) {
		members = append(members, byline.Market(code))
	}
	return members
}
