package brief

import "time"

// Timeline holds the days on which things are due. A zero time is not agreed. Times are
// instants; the day they fall on is that of the [Calendar] of whoever has to act.
type Timeline struct {
	ProductArrives time.Time `json:"product_arrives,omitzero"`                            // when the creator has it in hand
	DraftsDue      time.Time `json:"drafts_due,omitzero"`                                 // the first drafts
	LegalReview    int       `json:"legal_review_days,omitempty" validate:"min=0,max=60"` // business days of the brand, once
	ApprovalBy     time.Time `json:"approval_by,omitzero"`                                // the brand's last word
	EmbargoEnds    time.Time `json:"embargo_ends,omitzero"`                               // nothing is published before
	CampaignEnds   time.Time `json:"campaign_ends,omitzero"`                              // nothing is published after
}

// EarliestPost is when a first post is safe: the drafts' due time, and then as many
// business days of the brand as its rounds of review take, and its legal review once. It is
// the same time of day on the brand's clock; where that falls on a day on which the creator
// does not work, it is the beginning of the creator's next working day.
//
// A draft without a round of changes is still read once. The embargo is not looked at. It
// is false where the drafts have no due time, or nobody ever works.
func EarliestPost(b Brief, brand, creator Calendar) (time.Time, bool) {
	if b.Timeline.DraftsDue.IsZero() {
		return time.Time{}, false
	}
	approved, ok := brand.After(b.Timeline.DraftsDue, b.reviewDays())
	if !ok {
		return time.Time{}, false
	}
	return creator.NextOpen(approved)
}

// reviewDays are the business days of the brand from the first draft to its last word.
func (b Brief) reviewDays() int {
	return b.Approval.Days*max(1, b.Approval.Rounds) + b.Timeline.LegalReview
}

// firstPost and lastPost are the bounds of all posting windows, zero where none has one.
func (b Brief) firstPost() time.Time {
	var first time.Time
	for _, p := range b.Pieces {
		if start := p.Posting.Start; !start.IsZero() && (first.IsZero() || start.Before(first)) {
			first = start
		}
	}
	return first
}

func (b Brief) lastPost() time.Time {
	var last time.Time
	for _, p := range b.Pieces {
		if p.Posting.End.After(last) {
			last = p.Posting.End
		}
	}
	return last
}
