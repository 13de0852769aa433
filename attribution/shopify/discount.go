package shopify

import (
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// applicationCode is the type of the discount_applications that a customer's code
// made; the others are "automatic", "manual" and "script". Orders have had the field
// since June 2018.
// https://shopify.dev/changelog/the-order-resource-now-includes-a-discount-applications-property
// and the sample orders of Shopify/shopify-api-ruby, test/rest/2026_07, read 2026-11-22.
const applicationCode = "discount_code"

// shares is what each discount application took off, on lines and shipping together,
// by its index. It is nil where no code waits for its share.
type shares []byline.Money

func newShares(w *wireOrder, c byline.Currency) shares {
	codes := len(w.DiscountCodes)
	for _, a := range w.DiscountApplications {
		if a.isCode() {
			codes++
		}
	}
	if codes == 0 || w.DiscountApplications == nil {
		return nil
	}
	taken := make(shares, len(w.DiscountApplications))
	for i := range taken {
		taken[i] = byline.Minor(0, c)
	}
	return taken
}

func (a wireApplication) isCode() bool {
	return strings.EqualFold(a.Type.Words(), applicationCode) && attribution.NormalizeCode(a.Code.Words()) != ""
}

// lineDiscount sums what was taken off the line. Versions before allocations existed
// say it in total_discount.
func (r *reader) lineDiscount(w *wireLine, taken shares) byline.Money {
	if w.DiscountAllocations == nil {
		total, _ := r.plain("total_discount", w.TotalDiscount)
		return total
	}
	return r.allocations(w.DiscountAllocations, taken)
}

// allocations sums the amounts and adds each to the share of its application. A share
// that cannot be told is a fault and not 0: between two creators' codes it decides.
func (r *reader) allocations(list []wireAllocation, taken shares) byline.Money {
	var total byline.Money
	for i := range list {
		a := &list[i]
		inner := r.item("discount_allocations", i)
		m := inner.mustAmount("amount", a.AmountSet, a.Amount)
		total = inner.Sum("amount", total, m)
		if index, ok := a.Application.Whole(); ok && index < int64(len(taken)) {
			taken[index] = inner.Sum("amount", taken[index], m)
		} else if taken != nil {
			inner.Add("discount_application_index", codeDiscount, "")
		}
	}
	return total
}

// codes lists each code that a customer used, with its share, and then what else is
// listed as a code: a discount that staff typed by hand stands in discount_codes under
// its title, which may read like a creator's code.
func (r *reader) codes(w *wireOrder, taken shares) []attribution.CodeUse {
	var uses []attribution.CodeUse
	genuine := map[string]bool{}
	for i, a := range w.DiscountApplications {
		if a.isCode() {
			uses = append(uses, attribution.CodeUse{Code: a.Code.Words(), Kind: attribution.Genuine, Discount: taken[i]})
			genuine[attribution.NormalizeCode(a.Code.Words())] = true
		}
	}
	for i := range w.DiscountCodes {
		listed := &w.DiscountCodes[i]
		key := attribution.NormalizeCode(listed.Code.Words())
		if key == "" || genuine[key] {
			continue
		}
		inner := r.item("discount_codes", i)
		uses = append(uses, attribution.CodeUse{
			Code: listed.Code.Words(), Kind: unproven(w), Discount: inner.listedDiscount(w, listed, key, taken),
		})
	}
	return uses
}

// unproven judges a listed code that no discount application confirms. Where there are
// applications, that makes it manual. Where the field is missing altogether (a version
// before it existed, or a subscription that leaves it out) only the online checkout
// is proof enough, because nobody but the customer types there; on drafts, at the till
// and in orders made by apps the same text may be a title that staff wrote.
func unproven(w *wireOrder) attribution.CodeKind {
	if w.DiscountApplications == nil && w.SourceName.Words() == sourceWeb {
		return attribution.Genuine
	}
	return attribution.Manual
}

// listedDiscount is the share of the application of that title, else the amount that
// stands beside the code.
func (r *reader) listedDiscount(w *wireOrder, listed *wireDiscountCode, key string, taken shares) byline.Money {
	for i, a := range w.DiscountApplications {
		if attribution.NormalizeCode(a.Title.Words()) == key {
			return taken[i]
		}
	}
	m, _ := r.plain("amount", listed.Amount)
	return m
}
