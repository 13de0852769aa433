package ordercsv

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// source is where the cells of a column come from.
type source struct {
	index int    // in a row, -1 where the file has no such column
	fixed string // what stands there instead
	words map[string]string
}

func (s source) has() bool { return s.index >= 0 || s.fixed != "" }

// sources resolves a header by a mapping.
func sources(header []string, m Mapping) (resolved [columnCount]source, found []*byline.FieldError) {
	at, twice := map[string]int{}, map[string]bool{}
	for i, name := range header {
		name = plain(name)
		if _, known := at[name]; known {
			twice[name] = true
		} else {
			at[name] = i
		}
	}
	for i := range resolved {
		c := Column(i)
		names, needed := m.names(c)
		s := source{index: -1}
		for _, name := range names {
			if index, ok := at[plain(name)]; ok && s.index < 0 {
				s.index = index
				if twice[plain(name)] {
					found = append(found, fault(c.String(), codeTwice, ""))
				}
			}
		}
		if s.index < 0 {
			s.fixed = m.Fixed[c]
		}
		if needed && !s.has() {
			found = append(found, missing(c, names))
		}
		if len(m.Words[c]) > 0 {
			s.words = make(map[string]string, len(m.Words[c]))
			for word, means := range m.Words[c] {
				s.words[plain(word)] = means
			}
		}
		resolved[c] = s
	}
	return resolved, lacking(resolved, m.Grouped, found)
}

// plain is how names and words are compared.
func plain(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// names returns the names that a column goes by, and whether it must be there.
func (m Mapping) names(c Column) (names []string, needed bool) {
	if m.Columns == nil {
		return []string{c.String()}, false
	}
	names = m.Columns[c]
	if n := len(names); n > 0 && names[n-1] == "" {
		return names[:n-1], false
	}
	return names, len(names) > 0
}

func missing(c Column, names []string) *byline.FieldError {
	return fault(c.String(), codeMissing, fmt.Sprintf("the file has no column %q", strings.Join(names, `" or "`)))
}

// lacking finds what no order can do without, and what would be said twice. It tells
// nothing that is told already.
func lacking(s [columnCount]source, grouped bool, told []*byline.FieldError) []*byline.FieldError {
	isTold := func(columns ...Column) bool {
		return slices.ContainsFunc(told, func(f *byline.FieldError) bool {
			return slices.ContainsFunc(columns, func(c Column) bool { return c.String() == f.Path })
		})
	}
	need := func(there bool, c Column, message string) {
		if !there && !isTold(c) {
			told = append(told, fault(c.String(), codeMissing, message))
		}
	}
	exclude := func(c Column, others ...Column) {
		for _, other := range others {
			if s[c].has() && s[other].has() && !isTold(other) {
				told = append(told, fault(other.String(), codeMapped, fmt.Sprintf("says again what %s says", c)))
			}
		}
	}
	need(s[ID].index >= 0, ID, "")
	need(s[PlacedAt].has(), PlacedAt, "")
	if s[Kind].index < 0 && (s[Kind].fixed == "" || s[Kind].fixed == wordPurchase) {
		need(s[Payment].has(), Payment, "")
		need(s[Currency].has(), Currency, "")
		amount := s[Gross].has() || s[Net].has() || linewise(s) || isTold(Gross, Net, UnitPrice, LineGross)
		need(amount, Gross, "the file has none of gross, net, unit_price and line_gross")
	}
	need(s[Quantity].has() || !s[UnitPrice].has(), Quantity, "")
	exclude(UnitPrice, LineGross, Gross, Net, Discount, Tax)
	exclude(LineGross, Gross, Net, Discount, Tax)
	exclude(Gross, Net, LineDiscount, LineTax)
	exclude(Net, LineDiscount, LineTax)
	if grouped && !linewise(s) {
		exclude(Gross, LineID, Product, SKU, Quantity, GiftCard)
		exclude(Net, LineID, Product, SKU, Quantity, GiftCard)
	}
	return told
}

// linewise reports whether rows tell of lines, and not of totals.
func linewise(s [columnCount]source) bool { return s[UnitPrice].has() || s[LineGross].has() }

// Words that the vocabulary of attribution leaves empty.
const (
	wordPurchase = "purchase"
	wordOnline   = "online"
)

func conversions() []string {
	return []string{
		wordPurchase, string(attribution.Lead), string(attribution.SignUp), string(attribution.DemoRequest), string(attribution.Trial),
		string(attribution.Signature), string(attribution.Donation), string(attribution.Reservation), string(attribution.AppDownload),
	}
}

func channels() []string {
	return []string{wordOnline, string(attribution.InStore), string(attribution.Draft), string(attribution.API)}
}

func payments() []string {
	return []string{
		string(attribution.Pending), string(attribution.Authorized), string(attribution.PartiallyPaid), string(attribution.Paid),
		string(attribution.PartiallyRefunded), string(attribution.Refunded), string(attribution.Voided),
	}
}

func codeKinds() []string {
	return []string{string(attribution.Genuine), string(attribution.Offline), string(attribution.Manual)}
}

func statuses() []string {
	return []string{string(attribution.NewCustomer), string(attribution.ReturningCustomer)}
}
