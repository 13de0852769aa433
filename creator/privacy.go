package creator

import "time"

// Origin says where a part of a dossier is from, what it is kept for and until when.
type Origin struct {
	Part        Part      `json:"part" validate:"required,oneof=profile audiences posts series comments partnerships rates reviews"`
	Source      string    `json:"source" validate:"required,max=500"`
	Purpose     string    `json:"purpose" validate:"required,max=500"`
	CollectedAt time.Time `json:"collected_at" validate:"required"`
	RetainUntil time.Time `json:"retain_until,omitzero"` // from this instant on it is to be erased; zero: not said
}

// Part is a part of a dossier, by its JSON name.
type Part string

// Parts of a dossier.
const (
	PartProfile      Part = "profile"
	PartAudiences    Part = "audiences"
	PartPosts        Part = "posts"
	PartSeries       Part = "series"
	PartComments     Part = "comments"
	PartPartnerships Part = "partnerships"
	PartRates        Part = "rates"
	PartReviews      Part = "reviews"
)
