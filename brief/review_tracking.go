package brief

import (
	"fmt"
	"slices"
	"time"

	"github.com/bylinehq/byline/brief/disclosure"
)

// checkExpiry asks that codes and links live as long as the last post needs them: B05.
func checkExpiry(r *review) {
	t := r.b.Tracking
	if t.Window == 0 && (len(t.Codes) > 0 || len(t.Links) > 0) {
		r.find("brief.window_missing", "tracking.attribution_window", "how long after a post sales count is not stated")
	}
	last := r.b.lastPost()
	if last.IsZero() {
		return
	}
	needed := last.Add(t.Window)
	for i, c := range t.Codes {
		if dies(c.Expires, needed) {
			r.find("brief.code_expires", entry("tracking.codes", i)+".expires", r.expiry("code "+c.Code, c.Expires, needed))
		}
	}
	for i, l := range t.Links {
		if dies(l.Expires, needed) {
			r.find("brief.link_expires", entry("tracking.links", i)+".expires", r.expiry("link "+l.Key, l.Expires, needed))
		}
	}
}

func dies(expires, needed time.Time) bool { return !expires.IsZero() && expires.Before(needed) }

func (r *review) expiry(what string, expires, needed time.Time) string {
	return fmt.Sprintf("the %s ends on %s, and the last post needs it until %s", what, r.when(expires), r.when(needed))
}

// when writes an instant on the brand's clock.
func (r *review) when(t time.Time) string {
	return whenIn(t, r.brand.zone())
}

// whenIn writes an instant on the clock of a zone, as all messages do.
func whenIn(t time.Time, zone *time.Location) string {
	return t.In(zone).Format("Mon 2 Jan 2006 15:04 MST")
}

// checkTracking asks that the brief knows the codes and links that its deliverables name:
// B05.
func checkTracking(r *review) {
	t := r.b.Tracking
	for i, p := range r.b.Pieces {
		known := func(c Code) bool { return codeKey(c.Code) == codeKey(p.Code) }
		if p.Code != "" && !slices.ContainsFunc(t.Codes, known) {
			r.find("brief.code_unlisted", entry("deliverables", i)+".code", fmt.Sprintf("the code %s is not in the list, so nobody knows when it ends", p.Code))
		}
		if p.Link != "" && !slices.ContainsFunc(t.Links, func(l Link) bool { return l.Key == p.Link }) {
			r.find("brief.link_unlisted", entry("deliverables", i)+".link", fmt.Sprintf("the link %s is not in the list, so nobody knows where it leads", p.Link))
		}
	}
}

// checkGoal asks that what is briefed can reach what it is for.
func checkGoal(r *review) {
	switch r.b.Objective.Goal {
	case "":
		r.find("brief.objective_missing", "objective.goal", "what the posts are for is not stated")
	case Conversion:
		for i, p := range r.b.Pieces {
			if p.Code == "" && p.Link == "" {
				r.find("brief.conversion_untracked", entry("deliverables", i), "the posts are to sell, and this one has neither a link nor a code")
			}
		}
	case Awareness:
		if r.commissionOnly() {
			r.find("brief.awareness_commission", "product.ties", "the posts are to be seen, and the creator is paid by what a link or a code sells alone")
		}
	case Consideration, Loyalty:
	}
}

// commissionOnly reports whether a share of sales is all that the creator gets.
func (r *review) commissionOnly() bool {
	other := func(tie disclosure.Tie) bool { return tie != disclosure.Affiliate }
	return len(r.b.Product.Ties) > 0 && !slices.ContainsFunc(r.b.Product.Ties, other)
}
