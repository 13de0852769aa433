package brief

import (
	"slices"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/internal/validate"
)

// Deliverable is one thing a creator agrees to publish.
type Deliverable struct {
	Platform byline.Platform `json:"platform" validate:"required,platform"`
	Format   Format          `json:"format" validate:"required"`
	Count    int             `json:"count" validate:"min=1,max=1000"`
	Posting  byline.Window   `json:"posting"`        // when it goes live
	Code     string          `json:"code,omitempty"` // the discount code to name
	Link     string          `json:"link,omitempty"` // key of the tracked link to set
}

// Format is the shape of a piece of content.
type Format string

// Formats.
const (
	Article    Format = "article"
	Carousel   Format = "carousel"
	Episode    Format = "episode"
	Livestream Format = "livestream"
	Pin        Format = "pin"
	Post       Format = "post"
	Reel       Format = "reel"
	Short      Format = "short"
	Story      Format = "story"
	Video      Format = "video"
)

// Formats returns what a platform can carry, as of 2026-11-22.
func Formats(on byline.Platform) []Format {
	switch on {
	case byline.Instagram, byline.Facebook:
		return []Format{Post, Carousel, Reel, Story, Livestream, Video}
	case byline.TikTok:
		return []Format{Video, Carousel, Story, Livestream}
	case byline.YouTube:
		return []Format{Video, Short, Livestream, Post}
	case byline.LinkedIn:
		return []Format{Post, Carousel, Article, Video, Livestream}
	case byline.Pinterest:
		return []Format{Pin, Video}
	case byline.Snapchat:
		return []Format{Story, Video}
	case byline.Threads, byline.X:
		return []Format{Post, Carousel, Video}
	case byline.Twitch:
		return []Format{Livestream, Video}
	case byline.Podcast:
		return []Format{Episode}
	case byline.Blog:
		return []Format{Article}
	}
	return nil
}

// Validate reports all faults: "required", "platform", "min", "max",
// "deliverable.format" for a format the platform does not carry,
// "deliverable.posting" for a posting window without both ends, and
// "deliverable.posting_order".
func (d Deliverable) Validate() error {
	return byline.Faults(append(validate.Struct(d), d.faults()...))
}

// faults are those of the rules that no tag can say.
func (d Deliverable) faults() faultList {
	var faults faultList
	if d.Platform.Known() && d.Format != "" && !slices.Contains(Formats(d.Platform), d.Format) {
		faults.add("format", "deliverable.format", "the platform does not carry this format")
	}
	if d.Posting.Start.IsZero() || d.Posting.End.IsZero() {
		faults.add("posting", "deliverable.posting", "say from when until when it may go live")
	}
	if d.Posting.Empty() {
		faults.add("posting", "deliverable.posting_order", "the posting window ends before it starts")
	}
	return faults
}
