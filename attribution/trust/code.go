package trust

import (
	"slices"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// key tells codes apart. One that passes to another creator is another code: it meets
// another audience.
type key struct {
	code    string
	creator byline.CreatorID
}

func keyOf(code string, creator byline.CreatorID) key {
	return key{attribution.NormalizeCode(code), creator}
}

// code is what is kept of one code: a few kilobytes, whatever the number of uses.
type code struct {
	key     key
	uses    int64
	amounts []byline.Money
	last    Use
	signs   []sign // in the order of Reasons
	home    []byline.Market
	placed  int64 // uses of the regions in home
	days    days
}

func newCode(k key, o *Options) *code {
	c := &code{key: k}
	for _, row := range Reasons() {
		if row.Reason.isSign() {
			c.signs = append(c.signs, newSign(k, row.Reason, o))
		}
	}
	return c
}

// add counts a use that is later than all before it. It changes nothing when it fails.
func (c *code) add(u Use, o *Options) *byline.FieldError {
	sum, i, fault := c.withAmount(u.Amount)
	if fault != nil {
		return fault
	}
	before := mark{at: u.At, uses: c.uses, amounts: c.amounts}
	c.days.turn(before, func(busy bool, start mark) { c.sign(BusyDays).observe(busy, start, o.Margin) })
	c.answer(NoClick, u.Click, No, before, o)
	c.answer(CouponReferrer, u.Coupon, Yes, before, o)
	if !u.FirstSeen.IsZero() {
		c.sign(JustSeen).observe(u.At.Sub(u.FirstSeen) < justSeen, before, o.Margin)
	}
	if u.Customer != attribution.CustomerUnknown {
		c.sign(ReturningCustomers).observe(u.Customer == attribution.ReturningCustomer, before, o.Margin)
		c.sign(NewCustomers).observe(u.Customer == attribution.NewCustomer, before, o.Margin)
	}
	c.place(u.Region, before, o)
	c.uses++
	c.last = Use{Order: u.Order, At: u.At}
	switch {
	case i < len(c.amounts):
		c.amounts[i] = sum
	case u.Amount != byline.Money{}:
		c.amounts = append(c.amounts, u.Amount)
	}
	return nil
}

func (c *code) sign(r Reason) *sign {
	for i := range c.signs {
		if c.signs[i].reason == r {
			return &c.signs[i]
		}
	}
	return nil
}

func (c *code) answer(r Reason, given, hit Answer, before mark, o *Options) {
	if given != Unknown {
		c.sign(r).observe(given == hit, before, o.Margin)
	}
}

// place learns the regions of the first uses and then asks whether others are among
// them, so that what is known and how much is elsewhere come from different uses.
func (c *code) place(region byline.Market, before mark, o *Options) {
	switch {
	case region == "":
	case c.placed < int64(o.MinUses/2):
		c.placed++
		if !slices.Contains(c.home, region) {
			c.home = append(c.home, region)
		}
	default:
		c.sign(NewRegions).observe(!slices.Contains(c.home, region), before, o.Margin)
	}
}

// withAmount returns the sum of the amount's currency and its place among the amounts,
// which is behind the last of them for a currency that is new, and for no amount.
func (c *code) withAmount(a byline.Money) (sum byline.Money, i int, fault *byline.FieldError) {
	for i, m := range c.amounts {
		if m.Currency() != a.Currency() {
			continue
		}
		sum, err := m.Add(a)
		if err != nil {
			return sum, 0, &byline.FieldError{Path: "amount", Code: "use.amount", Message: "the sum of the code's amounts is out of range"}
		}
		return sum, i, nil
	}
	return a, len(c.amounts), nil
}
