package trust

import (
	"fmt"
	"math"
)

// counted is what a sign counts, as it follows "12 of 40 uses were".
func (r Reason) counted() string {
	switch r {
	case NoClick:
		return "without a click"
	case CouponReferrer:
		return "from a coupon site"
	case JustSeen:
		return "by visitors seen for the first time"
	case ReturningCustomers:
		return "by returning customers"
	case NewCustomers:
		return "by new customers"
	case NewRegions:
		return "from new countries"
	}
	return "busier than any of the first two weeks"
}

func (r Reason) unit() string {
	if r == BusyDays {
		return "days"
	}
	return "uses"
}

// sentence names whole numbers before percentages, so that a small sample shows.
func (e Evidence) sentence(need int64, stated bool) string {
	unit, counted := e.Reason.unit(), e.Reason.counted()
	if e.State == Learning {
		return fmt.Sprintf("too few %s to know how many are %s: %d of the %d that it takes", unit, counted, e.Baseline.Of, need)
	}
	normal := fmt.Sprintf("%d of the first %d allow %s at most", e.Baseline.Hits, e.Baseline.Of, percent(e.Ceiling))
	if stated {
		normal = fmt.Sprintf("%s at most is stated as normal", percent(e.Ceiling))
	}
	switch e.State {
	case NoRoom:
		return fmt.Sprintf("%d of the first %d %s were %s: too many to show a rise", e.Baseline.Hits, e.Baseline.Of, unit, counted)
	case Risen:
		return fmt.Sprintf("since %s, %d of %d %s (%s) were %s; %s",
			e.Since.Format("2 Jan 2006 15:04 MST"), e.Now.Hits, e.Now.Of, unit, percent(e.Now.share()), counted, normal)
	}
	return fmt.Sprintf("%d of %d %s (%s) were %s; %s", e.Now.Hits, e.Now.Of, unit, percent(e.Now.share()), counted, normal)
}

func percent(share float64) string { return fmt.Sprintf("%d%%", int(math.Round(share*100))) }
