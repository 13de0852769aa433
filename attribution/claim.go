package attribution

import (
	"time"

	"github.com/bylinehq/byline"
)

// Claim is what a person says about who brought an order: the customer in a survey
// after the purchase, or a colleague who assigns the order by hand. Claims are known by
// id and arrive at any time, like refunds; the latest AsOf of one id counts.
type Claim struct {
	ID       string            `json:"id"`
	Kind     EvidenceKind      `json:"kind"` // BySurvey or ByManual
	Creator  byline.CreatorID  `json:"creator"`
	Campaign byline.CampaignID `json:"campaign,omitempty"`
	Author   string            `json:"author,omitempty"` // who assigned; required of ByManual
	Reason   string            `json:"reason,omitempty"` // why; required of ByManual
	At       time.Time         `json:"at"`               // when it was said
	AsOf     time.Time         `json:"as_of"`            // of this version of it
	// Withdrawn takes the claim back. Its record stays.
	Withdrawn bool `json:"withdrawn,omitempty"`
}

func (c Claim) version() version {
	return version{id: c.ID, asOf: c.AsOf, rank: boolRank(c.Withdrawn)}
}
