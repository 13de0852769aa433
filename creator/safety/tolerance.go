package safety

import (
	"fmt"
	"maps"
	"slices"

	"github.com/bylinehq/byline"
)

// Tolerance is what a brand accepts beside its name: for each topic the highest risk, and
// Default for the others. No risk at all accepts none. The floor cannot be accepted.
//
//	{"default": "bsr004", "topics": {"pg0WhF": "bsr003"}, "min_posts": 30}
type Tolerance struct {
	Default Risk           `json:"default,omitempty"`
	Topics  map[Topic]Risk `json:"topics,omitempty"`
	// MinPosts is how many posts must have been read to say that nothing was found; 0: 20.
	MinPosts int `json:"min_posts,omitempty"`
	// MinShare is how many of the posts in the window, 0 to 1; 0: 0.8. Both defaults are
	// conventions of this package, not of a standard.
	MinShare float64 `json:"min_share,omitempty"`
}

// Defaults of a tolerance.
const (
	defaultMinPosts = 20
	defaultMinShare = 0.8
)

// Validate reports all faults: "tolerance.topic" and "tolerance.risk" for what is
// unknown, "tolerance.floor" for the floor, "tolerance.coverage" for a negative count or
// a share outside 0 to 1.
func (t Tolerance) Validate() error {
	var faults []*byline.FieldError
	add := func(path, code, message string) {
		faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
	}
	check := func(path string, r Risk) {
		switch {
		case r == Floor:
			add(path, "tolerance.floor", "content of the floor is fit for no brand")
		case r != "" && !r.Valid():
			add(path, "tolerance.risk", "a risk is one of bsr002 to bsr004")
		}
	}
	check("default", t.Default)
	for _, topic := range slices.Sorted(maps.Keys(t.Topics)) {
		path := fmt.Sprintf("topics[%s]", topic)
		if !topic.Valid() {
			add(path, "tolerance.topic", `a topic is an id of the taxonomy or begins with "x-"`)
		}
		check(path, t.Topics[topic])
	}
	if t.MinPosts < 0 {
		add("min_posts", "tolerance.coverage", "a count is not negative")
	}
	if !(t.MinShare >= 0 && t.MinShare <= 1) {
		add("min_share", "tolerance.coverage", "a share is from 0 to 1")
	}
	return byline.Faults(faults)
}

// Accepts reports whether a risk of a topic is within the tolerance. What is no risk, and
// the floor, never is.
func (t Tolerance) Accepts(topic Topic, r Risk) bool {
	limit, listed := t.Topics[topic]
	if !listed {
		limit = t.Default
	}
	return r.Valid() && r != Floor && r.rank() <= limit.rank()
}

// enough returns what coverage it takes, with defaults for what is not given or wrong.
func (t Tolerance) enough() (posts int, share float64) {
	posts, share = defaultMinPosts, defaultMinShare
	if t.MinPosts > 0 {
		posts = t.MinPosts
	}
	if t.MinShare > 0 && t.MinShare <= 1 {
		share = t.MinShare
	}
	return posts, share
}
