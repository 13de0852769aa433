package creator

import (
	"github.com/bylinehq/byline"
)

// Audience is a snapshot of the people who follow, watch or engage with one account.
// Snapshots of different kinds are never mixed: who follows is not who watches.
type Audience struct {
	Account    Ref            `json:"account"`
	Kind       AudienceKind   `json:"kind" validate:"required,oneof=followers viewers engaged"`
	Base       byline.Measure `json:"base"`     // how many people the shares are taken of; its time is the snapshot's
	Coverage   byline.Measure `json:"coverage"` // the share of them, 0 to 1, whom the source could place at all
	Source     string         `json:"source,omitempty" validate:"max=500"`
	Breakdowns []Breakdown    `json:"breakdowns" validate:"dive"`
}

// AudienceKind is whom a snapshot counts.
type AudienceKind string

// Kinds of audience.
const (
	Followers AudienceKind = "followers"
	Viewers   AudienceKind = "viewers"
	Engaged   AudienceKind = "engaged" // liked, commented or shared
)

// Breakdown divides an audience along one dimension.
type Breakdown struct {
	Dimension Dimension `json:"dimension" validate:"required,oneof=age gender country city language interest"`
	Buckets   []Bucket  `json:"buckets" validate:"required,min=1,dive"`
}

// Dimension is what an audience is divided by.
type Dimension string

// Dimensions. A person has one age, gender, country, city and language, so the shares of
// these make up at most the whole; a person may have many interests or none, so the
// shares of [Interest] are read one by one.
const (
	Age      Dimension = "age"     // keys as in "18-24" and "65+"
	Gender   Dimension = "gender"  // keys as the platform gives them
	Country  Dimension = "country" // ISO 3166-1 alpha-2
	City     Dimension = "city"
	Language Dimension = "language" // BCP 47
	Interest Dimension = "interest"
)

// Exclusive reports whether a person falls into one bucket at most.
func (d Dimension) Exclusive() bool { return d != Interest }

// UnknownBucket is the key of those whom the source could not place. They keep their
// share: leaving them out would make everybody else larger.
const UnknownBucket = "unknown"

// Bucket is a part of an audience. Share is from 0 to 1, or missing, as where a platform
// withholds small groups.
type Bucket struct {
	Key   string         `json:"key" validate:"required,max=200"`
	Share byline.Measure `json:"share"`
}

// Breakdown returns the first breakdown by a dimension.
func (a *Audience) Breakdown(by Dimension) (Breakdown, bool) {
	for _, b := range a.Breakdowns {
		if b.Dimension == by {
			return b, true
		}
	}
	return Breakdown{}, false
}
