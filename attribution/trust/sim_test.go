package trust_test

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/trust"
)

// start is when the simulated codes begin.
var start = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// world is what a simulated audience does. Shares are chances of a use.
type world struct {
	noClick, coupon, returning, abroad, justSeen float64
	perDay                                       float64
	elsewhere                                    []byline.Market
}

// honest is a code whose audience mostly clicks.
func honest() world {
	return world{noClick: 0.2, coupon: 0.02, returning: 0.3, abroad: 0.05, justSeen: 0.3, perDay: 8, elsewhere: []byline.Market{"AT", "CH"}}
}

// leaked is what the same code looks like once everybody has it.
func leaked() world {
	return world{noClick: 0.85, coupon: 0.4, returning: 0.75, abroad: 0.5, justSeen: 0.8, perDay: 32, elsewhere: []byline.Market{"FR", "GB", "PL", "US"}}
}

// simulate makes n uses of a code whose world changes at the use number change. Times
// between uses are exponential, as of a Poisson process.
func simulate(seed uint64, n, change int, before, after world) []trust.Use {
	r, browsing := rand.New(rand.NewPCG(seed, 1)), rand.New(rand.NewPCG(seed, 2))
	at := start
	uses := make([]trust.Use, n)
	for i := range uses {
		w := before
		if i >= change {
			w = after
		}
		at = at.Add(time.Duration(r.ExpFloat64() / w.perDay * float64(24*time.Hour)))
		u := trust.Use{
			Order: byline.OrderID(fmt.Sprintf("demo:%06d", i)), Code: "ADA15", Creator: "ada", At: at,
			Click: trust.Yes, Coupon: trust.No, Customer: attribution.NewCustomer, Region: "DE", Amount: byline.Minor(4000, byline.EUR),
		}
		if r.Float64() < w.noClick {
			u.Click = trust.No
		}
		if r.Float64() < w.coupon {
			u.Coupon = trust.Yes
		}
		if r.Float64() < w.returning {
			u.Customer = attribution.ReturningCustomer
		}
		if r.Float64() < w.abroad {
			u.Region = w.elsewhere[r.IntN(len(w.elsewhere))]
		}
		u.FirstSeen = at.Add(-48 * time.Hour)
		if browsing.Float64() < w.justSeen {
			u.FirstSeen = at.Add(-time.Minute)
		}
		uses[i] = u
	}
	return uses
}
