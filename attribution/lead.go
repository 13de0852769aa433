package attribution

import (
	"cmp"
	"time"

	"github.com/bylinehq/byline"
)

// lead is a candidate while it is weighed.
type lead struct {
	kind     EvidenceKind
	evidence string // as it stood on the order
	key      string // in the form in which it is compared
	source   string
	at       time.Time
	verified bool
	recorded bool // by the caller, and not only told by the order
	listed   int  // place among the order's codes
	discount byline.Money
	offer    *Offer // nil when it belongs to nobody, or names its creator itself
	owner    owner
	group    int8   // of the offer, as groupRank counts
	days     uint16 // of the offer's own window; 0 where it has none
	claim    *Claim

	reason  Reason // why it counts or does not; "" while nothing speaks against it
	refused Reason // what the first rule for its kind has against it
	won     bool   // it is credited
	held    bool
	weight  int64 // its part among those that won
}

// owner is whom a lead points to.
type owner struct {
	creator  byline.CreatorID
	campaign byline.CampaignID
}

func compareOwners(a, b owner) int {
	return cmp.Or(cmp.Compare(a.creator, b.creator), cmp.Compare(a.campaign, b.campaign))
}

// owned tells evidence of a creator from that of nobody.
func (l *lead) owned() bool { return l.owner.creator != "" }

// window is for how long a lead counts, where its rule says within.
func (l *lead) window(within time.Duration) time.Duration {
	if l.days > 0 && l.kind.isTouch() {
		return days(int(l.days))
	}
	return within
}

// candidate is the lead as the decision shows it.
func (l *lead) candidate(within time.Duration) Candidate {
	c := Candidate{
		Kind: l.kind, Evidence: l.evidence, At: l.at, Source: l.source, Verified: l.verified, Discount: l.discount,
		Creator: l.owner.creator, Campaign: l.owner.campaign, Accepted: l.won || l.reason == ReasonClickCorroborates, Held: l.held && l.won, Reason: l.reason,
	}
	if l.offer != nil {
		c.Active, c.Group = l.offer.Active, l.offer.Group
	}
	if l.claim != nil {
		c.Author, c.Note = l.claim.Author, l.claim.Reason
	}
	if l.owned() && (l.kind.isTouch() || l.kind == ByBinding) {
		c.Counts = byline.Window{Start: l.at, End: l.at.Add(l.window(within))}
	}
	return c
}
