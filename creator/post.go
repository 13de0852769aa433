package creator

import (
	"time"

	"github.com/bylinehq/byline"
)

// Post is one published piece with what was measured on it.
type Post struct {
	ID          string    `json:"id" validate:"required,max=200"` // unique on its platform
	Account     Ref       `json:"account"`
	PublishedAt time.Time `json:"published_at" validate:"required"`
	Format      string    `json:"format,omitempty" validate:"max=50"`                                // as the platform calls it: "reel", "short", "story"
	Text        string    `json:"text,omitempty"`                                                    // caption, title and transcript, as far as they are known
	Language    string    `json:"language,omitempty" validate:"omitempty,max=35,bcp47_language_tag"` // BCP 47
	Link        string    `json:"link,omitempty" validate:"max=2000"`
	Themes      []string  `json:"themes,omitempty" validate:"dive,required,max=100"`
	Brands      []string  `json:"brands,omitempty" validate:"dive,required,max=200"` // that the post shows or names
	// Commerce and Promotion are not known when they are empty.
	Commerce  Commerce                  `json:"commerce,omitempty" validate:"omitempty,oneof=organic sponsored"`
	Promotion Promotion                 `json:"promotion,omitempty" validate:"omitempty,oneof=none boosted"`
	Measures  map[Metric]byline.Measure `json:"measures,omitempty"`
}

// Commerce says whether somebody gave the creator a benefit for a post.
type Commerce string

// Whether a post is advertising.
const (
	Organic   Commerce = "organic"
	Sponsored Commerce = "sponsored"
)

// Promotion says whether somebody paid a platform to show a post to more people. Numbers
// of a boosted post say what money bought.
type Promotion string

// Whether a post was shown for money.
const (
	NotBoosted Promotion = "none"
	Boosted    Promotion = "boosted"
)

// Metric is what is counted on a post or an account. A platform's own reading of it is
// the definition of the measure, and numbers of two definitions are never compared.
type Metric string

// Metrics.
const (
	Views          Metric = "views"
	Impressions    Metric = "impressions"
	Reach          Metric = "reach" // unique people
	Likes          Metric = "likes"
	Comments       Metric = "comments"
	Shares         Metric = "shares"
	Saves          Metric = "saves"
	Clicks         Metric = "clicks"
	WatchSeconds   Metric = "watch_seconds"
	FollowerCount  Metric = "followers"
	FollowingCount Metric = "following"
	PostCount      Metric = "posts"
)

// Measure returns what is known of a metric; a metric that nobody gave was not collected.
func (p *Post) Measure(of Metric) byline.Measure { return p.Measures[of] }

// Series is how a number of an account ran over time.
type Series struct {
	Account Ref              `json:"account"`
	Metric  Metric           `json:"metric" validate:"required"`
	Points  []byline.Measure `json:"points"` // each with its time, in any order
}

// Comment is one comment under a post. Author is an opaque key that is the same for the
// same person, such as a keyed hash; a name is not needed and should not be stored.
type Comment struct {
	ID        string          `json:"id" validate:"required,max=200"`
	PostID    string          `json:"post_id" validate:"required,max=200"`
	Platform  byline.Platform `json:"platform" validate:"required"`
	Author    string          `json:"author,omitempty" validate:"max=200"`
	ByCreator bool            `json:"by_creator,omitempty"` // the creator's own answer
	Text      string          `json:"text"`
	Language  string          `json:"language,omitempty" validate:"omitempty,max=35,bcp47_language_tag"` // BCP 47, empty where nobody determined it
	At        time.Time       `json:"at,omitzero"`
	Likes     byline.Measure  `json:"likes"`
}
