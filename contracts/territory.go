package contracts

import (
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// Members of the regions by ISO 3166-1, as of 2026-11-22. A territory with a code of its
// own (RE, GP, AX) is a market of its own and no member, whatever state it belongs to.
// Sources: european-union.europa.eu/principles-countries-history/eu-countries,
// efta.int/eea, gcc-sg.org.
const (
	euMembers   = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
	eeaMembers  = euMembers + " IS LI NO"
	dachMembers = "DE AT CH"
	ukieMembers = "GB IE"
	naMembers   = "US CA"
	anzMembers  = "AU NZ"
	gccMembers  = "AE BH KW OM QA SA"
)

func (r Region) members() string {
	switch r {
	case EU:
		return euMembers
	case EEA:
		return eeaMembers
	case DACH:
		return dachMembers
	case UKIE:
		return ukieMembers
	case NA:
		return naMembers
	case ANZ:
		return anzMembers
	case GCC:
		return gccMembers
	}
	return ""
}

// Markets returns the region's members as of 2026-11-22, and nothing for a region that
// is none of the constants. A member is named by its own code: the EU's overseas
// territories with codes of their own are not in it.
func (r Region) Markets() []byline.Market {
	var markets []byline.Market
	for code := range strings.FieldsSeq(r.members()) {
		markets = append(markets, byline.Market(code))
	}
	return markets
}

// Contains reports whether the territory has a market, or a part of it by its ISO 3166-2
// code. An empty subdivision is the whole market, which a territory of single
// subdivisions does not have. An exception beats everything. What is no market, and a
// subdivision of another one, is nowhere.
func (t Territory) Contains(market byline.Market, subdivision string) bool {
	if !market.Known() || slices.Contains(t.Except, market) {
		return false
	}
	if subdivision != "" && !strings.HasPrefix(subdivision, string(market)+"-") {
		return false
	}
	if t.Worldwide || slices.Contains(t.Markets, market) {
		return true
	}
	for _, region := range t.Regions {
		// Codes are two letters between spaces, so a known one matches nothing but itself.
		if strings.Contains(region.members(), string(market)) {
			return true
		}
	}
	return subdivision != "" && slices.Contains(t.Subdivisions, subdivision)
}

// nowhere reports whether the territory names no place at all.
func (t Territory) nowhere() bool {
	return !t.Worldwide && len(t.Regions)+len(t.Markets)+len(t.Subdivisions) == 0
}
