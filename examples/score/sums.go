package main

import (
	"slices"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// sums are what orders come to. Sold = Returned + Unpaid + Earning + Held, to the minor
// unit.
type sums struct {
	Orders    int64        `json:"orders"`
	Code      int64        `json:"by_code"`
	Click     int64        `json:"by_click"` // or by a visit that means one
	Other     int64        `json:"by_other"`
	Confirmed int64        `json:"-"`         // of those by code: a click of the creator agrees
	Agree     *int64       `json:"confirmed"` // Confirmed, null where the file tells of no clicks
	Sold      byline.Money `json:"sold"`
	Returned  byline.Money `json:"returned"`
	Unpaid    byline.Money `json:"unpaid"` // of orders that are not paid yet
	Earning   byline.Money `json:"earning"`
	Held      byline.Money `json:"held"`
}

// worth is what a whole order comes to.
func worth(d *attribution.Decision) sums {
	s := sums{Orders: 1, Sold: d.Sold, Returned: d.Returned, Earning: d.Earning}
	if d.Standing == attribution.StandingUnpaid {
		s.Unpaid = less(d.Sold, d.Returned)
	}
	for i := range d.Credits {
		if held := d.Credits[i].Held; held.Sign() > 0 {
			s.Held = more(s.Held, held)
			s.Earning = less(s.Earning, held)
		}
	}
	return s
}

// returnedOf shares what came back among the credits, as their other amounts are shared.
func returnedOf(d *attribution.Decision) []byline.Money {
	parts := make([]byline.Money, len(d.Credits))
	if d.Standing == attribution.StandingUnpaid {
		weights := make([]int64, len(d.Credits))
		for i := range d.Credits {
			weights[i] = d.Credits[i].Share.Num
		}
		if split, err := d.Returned.Split(weights...); err == nil { // shares are never all zero
			return split
		}
	}
	for i := range d.Credits {
		c := &d.Credits[i]
		parts[i] = less(less(c.Sold, c.Earning), c.Held)
	}
	return parts
}

// more and less are of amounts of one order, which are in one currency and in range.
func more(a, b byline.Money) byline.Money {
	sum, err := a.Add(b)
	if err != nil {
		return a
	}
	return sum
}

func less(a, b byline.Money) byline.Money { return more(a, b.Neg()) }

// by counts the kind of evidence that won. Of several creators' it is the first one's.
func (s *sums) by(credits ...attribution.Credit) {
	switch credits[0].By {
	case attribution.ByCode:
		s.Code = 1
		if slices.ContainsFunc(credits, func(c attribution.Credit) bool { return c.Corroborated }) {
			s.Confirmed = 1
		}
	case attribution.ByClick, attribution.ByUTM, attribution.ByPage:
		s.Click = 1
	default:
		s.Other = 1
	}
}

func (s *sums) add(o *sums) error {
	s.Orders, s.Code, s.Click, s.Other = s.Orders+o.Orders, s.Code+o.Code, s.Click+o.Click, s.Other+o.Other
	s.Confirmed += o.Confirmed
	for _, pair := range [...]struct {
		to   *byline.Money
		more byline.Money
	}{{&s.Sold, o.Sold}, {&s.Returned, o.Returned}, {&s.Unpaid, o.Unpaid}, {&s.Earning, o.Earning}, {&s.Held, o.Held}} {
		sum, err := pair.to.Add(pair.more)
		if err != nil {
			return err
		}
		*pair.to = sum
	}
	return nil
}

// settle gives every amount its currency, so that nothing is written as 0 EUR, and what
// is not known no number.
func (s sums) settle(c byline.Currency, clicks bool) sums {
	if clicks {
		s.Agree = &s.Confirmed
	}
	for _, m := range [...]*byline.Money{&s.Sold, &s.Returned, &s.Unpaid, &s.Earning, &s.Held} {
		if *m == (byline.Money{}) && c != "" {
			*m = byline.Minor(0, c)
		}
	}
	return s
}
