package vet

import (
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// followersAt is the number of followers as it was last known at a time: the account's
// own, unless a point of its series is later.
func followersAt(d *creator.Dossier, on creator.Ref, at time.Time) byline.Measure {
	own := byline.Measure{}
	for i := range d.Profile.Accounts {
		if a := &d.Profile.Accounts[i]; a.Ref().Is(on) {
			own = a.Followers
			break
		}
	}
	_, known := own.Value()
	if known && own.At().After(at) {
		own, known = byline.Missing(byline.NotCollected, own.Definition(), at), false
	}
	last, found := lastPoint(d, on, at)
	if found && (!known || last.At().After(own.At())) {
		return last
	}
	return own
}

// lastPoint is the latest point of the follower series, and of one instant the smallest.
func lastPoint(d *creator.Dossier, on creator.Ref, at time.Time) (last byline.Measure, found bool) {
	least := 0.0
	for i := range d.Series {
		s := &d.Series[i]
		if s.Metric != creator.FollowerCount || !s.Account.Is(on) {
			continue
		}
		for j := range s.Points {
			p := &s.Points[j]
			value, known := p.Value()
			if !known || p.At().After(at) {
				continue
			}
			if !found || p.At().After(last.At()) || p.At().Equal(last.At()) && value < least {
				last, least, found = *p, value, true
			}
		}
	}
	return last, found
}
