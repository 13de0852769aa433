package safety

import (
	"time"
)

// Coverage is how much of what a creator published a scan has read.
type Coverage struct {
	Posts     int                `json:"posts"` // in the window
	Read      int                `json:"read"`
	First     time.Time          `json:"first,omitzero"` // of the posts that were read
	Last      time.Time          `json:"last,omitzero"`
	Days      int                `json:"days"`                // in UTC, from the first to the last, both counted
	Undated   int                `json:"undated,omitempty"`   // of those that were read
	Assumed   int                `json:"assumed,omitempty"`   // of those that were read: nobody determined the language
	Languages map[string]int     `json:"languages,omitempty"` // posts that were read, by language
	Skipped   map[SkipReason]int `json:"skipped,omitempty"`
}

// Coverage counts what was read and what was not.
func (s Scanned) Coverage() Coverage {
	c := Coverage{Posts: len(s.Posts)}
	for _, p := range s.Posts {
		if p.Skipped != "" {
			count(&c.Skipped, p.Skipped)
			continue
		}
		c.Read++
		count(&c.Languages, p.Language)
		if p.Assumed {
			c.Assumed++
		}
		if p.PublishedAt.IsZero() {
			c.Undated++
			continue
		}
		if c.First.IsZero() || p.PublishedAt.Before(c.First) {
			c.First = p.PublishedAt
		}
		if p.PublishedAt.After(c.Last) {
			c.Last = p.PublishedAt
		}
	}
	if !c.First.IsZero() {
		c.Days = int(dayOf(c.Last).Sub(dayOf(c.First)).Hours()/24) + 1
	}
	return c
}

func count[K comparable](in *map[K]int, key K) {
	if *in == nil {
		*in = map[K]int{}
	}
	(*in)[key]++
}

func dayOf(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// Share is the part of the posts that was read, 0 where there is none.
func (c Coverage) Share() float64 {
	if c.Posts == 0 {
		return 0
	}
	return float64(c.Read) / float64(c.Posts)
}
