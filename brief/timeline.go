package brief

import "time"

// Timeline holds the days on which things are due. A zero time is not agreed. Times are
// instants; the day they fall on is that of the [Calendar] of whoever has to act.
type Timeline struct {
	ProductArrives time.Time `json:"product_arrives,omitzero"` // when the creator has it in hand
	DraftsDue      time.Time `json:"drafts_due,omitzero"`      // the first drafts
	LegalReview    int       `json:"legal_review_days,omitempty" validate:"min=0,max=60"`
	ApprovalBy     time.Time `json:"approval_by,omitzero"`   // the brand's last word
	EmbargoEnds    time.Time `json:"embargo_ends,omitzero"`  // nothing is published before
	CampaignEnds   time.Time `json:"campaign_ends,omitzero"` //
}

// Calendar says which days somebody works. The zero Calendar works from Monday to Friday
// in UTC without a holiday.
type Calendar struct {
	Zone     *time.Location `json:"-"`
	Weekend  []time.Weekday `json:"weekend,omitempty"`  // nil: Saturday and Sunday
	Holidays []Date         `json:"holidays,omitempty"` // in any order
}

// Date is a day of the calendar, without a time and a zone.
type Date struct {
	Year  int        `json:"year"`
	Month time.Month `json:"month"`
	Day   int        `json:"day"`
}
