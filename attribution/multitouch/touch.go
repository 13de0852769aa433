package multitouch

import (
	"fmt"
	"slices"

	"github.com/bylinehq/byline"
)

// FirstTouch credits the first touch alone.
type FirstTouch struct{}

// Name is "first_touch".
func (FirstTouch) Name() string { return "first_touch" }

func (FirstTouch) faults() []*byline.FieldError { return nil }

func (FirstTouch) splitter(*directory) splitter {
	return splitByLength(func(parts []uint64) { parts[0] = whole })
}

// LastTouch credits the last touch alone.
type LastTouch struct{}

// Name is "last_touch".
func (LastTouch) Name() string { return "last_touch" }

func (LastTouch) faults() []*byline.FieldError { return nil }

func (LastTouch) splitter(*directory) splitter {
	return splitByLength(func(parts []uint64) { parts[len(parts)-1] = whole })
}

// LastNonDirect credits the last touch that is not direct, and the last touch where all
// are direct.
type LastNonDirect struct {
	Direct string `json:"direct"` // the name of the channel that stands for no channel
}

// Name is "last_non_direct(direct)", with the name of the direct channel.
func (m LastNonDirect) Name() string { return fmt.Sprintf("last_non_direct(%s)", m.Direct) }

// faults is "last_non_direct.direct" for a model that does not say which channel it is.
func (m LastNonDirect) faults() []*byline.FieldError {
	if m.Direct == "" {
		return []*byline.FieldError{fault("direct", "last_non_direct.direct", "name the channel that is direct")}
	}
	return nil
}

func (m LastNonDirect) splitter(d *directory) splitter {
	var parts []uint64
	direct, looked := -1, 0
	return splitter{parts: func(r *row) ([]uint64, *byline.RefusalError) {
		// A name that is counted keeps its number, so each is looked at once.
		for ; direct < 0 && looked < len(d.names); looked++ {
			if d.names[looked] == m.Direct {
				direct = looked
			}
		}
		at := len(r.ids) - 1
		for at >= 0 && int(r.ids[at]) == direct {
			at--
		}
		if at < 0 {
			at = len(r.ids) - 1
		}
		parts = slices.Grow(parts[:0], len(r.ids))[:len(r.ids)]
		clear(parts)
		parts[at] = whole
		return parts, nil
	}}
}
