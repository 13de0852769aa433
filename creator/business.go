package creator

import (
	"time"

	"github.com/bylinehq/byline"
)

// Partnership is work that a creator did, does or promised to do for a brand.
type Partnership struct {
	Brand      string          `json:"brand" validate:"required,max=200"`
	Categories []string        `json:"categories,omitempty" validate:"dive,required,max=200"` // of what was promoted, as a path "beauty/skincare" or a taxonomy's id
	Commerce   Commerce        `json:"commerce,omitempty" validate:"omitempty,oneof=organic sponsored"`
	During     byline.Window   `json:"during,omitzero"` // open ends are not known
	Markets    []byline.Market `json:"markets,omitempty" validate:"dive,market"`
	PostIDs    []string        `json:"post_ids,omitempty"`
	Source     string          `json:"source,omitempty" validate:"max=500"` // who says so
}

// Rate is a price that was quoted or agreed.
type Rate struct {
	Platform byline.Platform `json:"platform,omitempty"`
	Format   string          `json:"format,omitempty" validate:"max=50"` // of the piece: "reel"; empty: any
	Pieces   int             `json:"pieces" validate:"min=1,max=10000"`  // that the price buys
	Price    byline.Money    `json:"price"`                              // for all of them, without tax
	Includes []string        `json:"includes,omitempty" validate:"dive,required,max=200"`
	Valid    byline.Window   `json:"valid,omitzero"`
	QuotedAt time.Time       `json:"quoted_at,omitzero"`
	Source   string          `json:"source,omitempty" validate:"max=500"`
}

// Review is what a person found who looked at a creator's work.
type Review struct {
	By     string    `json:"by" validate:"required,max=200"`
	At     time.Time `json:"at" validate:"required"`
	Rubric string    `json:"rubric" validate:"required,max=200"` // by which questions, with their version
	Marks  []Mark    `json:"marks,omitempty" validate:"dive"`
	Notes  string    `json:"notes,omitempty"`
}

// Mark is the answer to one question of a review, on the scale that the rubric states.
type Mark struct {
	Question string         `json:"question" validate:"required,max=200"`
	Value    byline.Measure `json:"value"`
	Notes    string         `json:"notes,omitempty"`
}
