package safety

import (
	"fmt"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// Rivalry is what a brand calls a conflict: whose work beside its own, how long before and
// during its own, and where.
type Rivalry struct {
	Brand Name `json:"brand"`
	// Categories are those of what the work promotes, as a path "beauty/skincare" or a
	// taxonomy's id; nil: nobody said, empty: none is kept free. Categories of two
	// vocabularies relate only where Taxonomy says so.
	Categories []string `json:"categories"`
	// Competitors are rivals whatever they promote; nil: nobody said, empty: there are none.
	Competitors []Name `json:"competitors"`
	// Known are other brands with what they sell, for partnerships and posts that name a
	// brand without the category. They are brands of their own, also where their name begins
	// with that of a competitor.
	Known []Brand `json:"known,omitempty"`
	// Taxonomy says in which category a category lies, for ids whose path does not say it.
	Taxonomy map[string]string `json:"taxonomy,omitempty"`
	Markets  []byline.Market   `json:"markets,omitempty"` // empty: everywhere
	// Lookback is for how many days, of 24 hours, work keeps a rival close; 0 to 3650. Ninety
	// are common; no rule says so.
	Lookback int `json:"lookback_days,omitempty"`
	// Planned is the term of the planned work, [Start, End). Without a start it begins at
	// the time that is asked about; an open end is not known.
	Planned byline.Window `json:"planned,omitzero"`
	// Promises are the exclusivities in force beside this work; nil: nobody asked for them,
	// empty: there are none.
	Promises []Promise `json:"promises"`
}

// Promise is an exclusivity as plain values, from a contract of either side. A creator's
// keeps other brands out, a brand's keeps other creators out. Without names and
// categories it keeps everyone out.
type Promise struct {
	By          Bound           `json:"by"`
	Party       string          `json:"party"`                 // to whom: the other brand by name, the other creator by id
	Competitors []string        `json:"competitors,omitempty"` // whom it names: brands, or in a brand's promise creators by id
	Categories  []string        `json:"categories,omitempty"`
	Markets     []byline.Market `json:"markets,omitempty"` // empty: everywhere
	During      byline.Window   `json:"during,omitzero"`   // open ends are not known
	Source      string          `json:"source,omitempty"`  // the agreement
}

// Bound is whose promise it is.
type Bound string

// Who may be bound.
const (
	ByCreator Bound = "creator"
	ByBrand   Bound = "brand" // the one that asks
)

const maxLookback = 3650

// Validate reports all faults: "rivalry.brand" and "rivalry.competitor" for a name
// without a letter or digit, "rivalry.known" for such a name or no category of a brand that
// is known, "rivalry.self" for a brand that is its own competitor, "rivalry.category" for
// an empty one, "rivalry.lookback", "rivalry.market",
// "rivalry.planned" for a term that ends before it starts, and "rivalry.promise" for one
// of neither side or without time.
func (r Rivalry) Validate() error {
	var faults []*byline.FieldError
	add := func(path, code, message string) {
		faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
	}
	if len(brandKeys(r.Brand.Name)) == 0 {
		add("brand", "rivalry.brand", "a brand has a name")
	}
	own := keySet(r.Brand.keys())
	for i, c := range r.Competitors {
		path := fmt.Sprintf("competitors[%d]", i)
		if len(brandKeys(c.Name)) == 0 {
			add(path, "rivalry.competitor", "a competitor has a name")
		}
		if slices.ContainsFunc(c.keys(), func(k string) bool { return own[k] }) {
			add(path, "rivalry.self", "a brand does not compete with itself")
		}
	}
	for i, b := range r.Known {
		if len(brandKeys(b.Name.Name)) == 0 || len(categoryKeys(b.Categories)) == 0 {
			add(fmt.Sprintf("known[%d]", i), "rivalry.known", "a known brand has a name and a category")
		}
	}
	for i, c := range r.Categories {
		if categoryKey(c) == "" {
			add(fmt.Sprintf("categories[%d]", i), "rivalry.category", "a category has a name")
		}
	}
	if r.Lookback < 0 || r.Lookback > maxLookback {
		add("lookback_days", "rivalry.lookback", "from 0 to 3650 days")
	}
	if r.Planned.Empty() {
		add("planned", "rivalry.planned", "the work ends after it starts")
	}
	checkMarkets("markets", r.Markets, add)
	for i, p := range r.Promises {
		path := fmt.Sprintf("promises[%d]", i)
		if p.By != ByCreator && p.By != ByBrand {
			add(path+".by", "rivalry.promise", "a promise is the creator's or the brand's")
		}
		if p.During.Empty() {
			add(path+".during", "rivalry.promise", "a promise ends after it starts")
		}
		checkMarkets(path+".markets", p.Markets, add)
	}
	return byline.Faults(faults)
}

func checkMarkets(path string, markets []byline.Market, add func(path, code, message string)) {
	for i, m := range markets {
		if !m.Known() {
			add(fmt.Sprintf("%s[%d]", path, i), "rivalry.market", "not an ISO 3166-1 country code")
		}
	}
}

// lookback is a length of time within the bounds.
func (r *Rivalry) lookback() time.Duration {
	return time.Duration(min(max(r.Lookback, 0), maxLookback)) * 24 * time.Hour
}

// sharedMarkets reports whether two lists of markets overlap; an empty one is everywhere.
func sharedMarkets(a, b []byline.Market) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(m byline.Market) bool { return slices.Contains(b, m) })
}
