package disclosure

import (
	"strings"

	"github.com/bylinehq/byline"
)

// Members of the European Union. Source: european-union.europa.eu, list of countries, read
// on 2026-11-22.
const euMarkets = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"

// frenchOverseas are the overseas parts of France that have codes of their own and are
// territory of the EU, as outermost regions. Source: article 349 TFEU;
// eur-lex.europa.eu/legal-content/EN/TXT/?uri=LEGISSUM:outermost_regions, read on
// 2026-11-22.
const frenchOverseas = "GF GP MF MQ RE YT"

// Markets returns the members of the area as of 2026-11-22, none for one it does not know.
func (a Area) Markets() []byline.Market {
	if a != EU {
		return nil
	}
	var markets []byline.Market
	for code := range strings.FieldsSeq(euMarkets) {
		markets = append(markets, byline.Market(code))
	}
	return markets
}

// lawMarket is the market whose law holds in m.
func lawMarket(m byline.Market) byline.Market {
	if len(m) == 2 && listed(frenchOverseas, string(m)) {
		return "FR"
	}
	return m
}

// holdsIn reports whether a market is the rule's, or in its area.
func (r *Rule) holdsIn(m byline.Market) bool {
	return (r.Market != "" && r.Market == m) || r.Area.has(m)
}

// has reports whether a market is in the area.
func (a Area) has(m byline.Market) bool {
	return a == EU && len(m) == 2 && listed(euMarkets, string(m))
}
