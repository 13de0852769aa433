package brief

import (
	"time"

	"github.com/bylinehq/byline/brief/disclosure"
)

// Piece is one deliverable with what a creator needs to make it. What stands in the
// contract is the [Deliverable] in it.
type Piece struct {
	Deliverable
	Placement string        `json:"placement,omitempty"` // "feed", "dedicated video", "integration in the first half"
	Length    LengthBand    `json:"length,omitzero"`
	Frames    int           `json:"frames,omitempty" validate:"min=0,max=100"` // of a story or carousel, at least
	Live      time.Duration `json:"minimum_live,omitempty" validate:"min=0"`   // how long it stays up
	Tags      []string      `json:"tags,omitempty"`                            // accounts to tag, with their @
	Hashtags  []string      `json:"hashtags,omitempty"`                        // with their #
	Notes     string        `json:"notes,omitempty"`
}

// LengthBand is how long a video or audio is to be; a bound of zero is open.
type LengthBand struct {
	Min time.Duration `json:"min,omitempty" validate:"min=0"`
	Max time.Duration `json:"max,omitempty" validate:"min=0"`
}

// Medium is what a format is made of.
func (f Format) Medium() disclosure.Medium {
	switch f {
	case Article:
		return disclosure.Text
	case Story:
		return disclosure.Frame
	case Video, Reel, Short:
		return disclosure.Video
	case Livestream:
		return disclosure.Live
	case Episode:
		return disclosure.Audio
	default:
		return disclosure.Image
	}
}
