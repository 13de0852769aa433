package vet

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Follower is what anybody can see of one account that follows. Whose it is does not
// matter and is not kept. A number that is missing decides nothing.
type Follower struct {
	Posts      byline.Measure `json:"posts"`
	Followers  byline.Measure `json:"followers"`
	Following  byline.Measure `json:"following"`
	NameDigits byline.Measure `json:"name_digits"` // the share of digits in its handle, 0 to 1; see [DigitShare]
	Picture    Picture        `json:"picture,omitempty"`
}

// Picture says whether an account shows a picture of its own. The zero value is not known.
type Picture string

// Whether there is a picture.
const (
	HasPicture Picture = "yes"
	NoPicture  Picture = "no"
)

// DigitShare is the share of digits among the letters and signs of a handle, so that the
// handle itself need not be kept. It is missing for an empty one.
func DigitShare(handle string, at time.Time) byline.Measure {
	digits, all := 0, 0
	for _, r := range handle {
		all++
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	const definition = "handle.digits/runes"
	if all == 0 {
		return byline.Missing(byline.NotCollected, definition, at)
	}
	return byline.Known(float64(digits)/float64(all), definition, at)
}

// FollowerSample are followers of an account that somebody looked at.
type FollowerSample struct {
	Account   creator.Ref `json:"account"`
	Followers []Follower  `json:"followers"`
	// Random says that each follower of the account was as likely to be looked at as any
	// other. The first page of a list is not random: it has the newest.
	Random     bool           `json:"random"`
	Population byline.Measure `json:"population"` // how many followers there are to draw from
	At         time.Time      `json:"at"`
	Source     string         `json:"source,omitempty"`
}

// FollowerRule says of one account whether it looks like one that nobody uses. The ID
// names the rule with its version, and a [Calibration] belongs to one rule.
type FollowerRule interface {
	ID() string
	Judge(f Follower) Judgement
}

// Judgement is what a rule says of one account: [creator.Failed] where it looks like one
// that nobody uses, with the signs that say so, and [creator.Undetermined] where what is
// missing could decide. It is evidence for a share, and proves nothing about one account.
type Judgement struct {
	State creator.State `json:"state"`
	Signs []string      `json:"signs,omitempty"`
}

// AccountRule counts signs, each of which a person can check. A threshold that is not
// above 0 leaves its sign out.
type AccountRule struct {
	MaxPosts       float64 `json:"max_posts"`       // posts at most
	FollowingTimes float64 `json:"following_times"` // follows at least so many times as many as follow it, of whom there are 1 at least
	NoPicture      bool    `json:"no_picture"`      // has no picture
	MinDigits      float64 `json:"min_digits"`      // digits are at least this share of the name
	NeedsSigns     int     `json:"needs_signs"`     // signs that it takes; below 1 is 1
	Name           string  `json:"name"`            // change it with the thresholds
}

// DefaultAccountRule is two of: at most 3 posts, follows at least 5 times as many as
// follow it, no picture, at least 30% digits in the name. What it reached on labelled
// accounts is in [MeasuredOnInstagram].
func DefaultAccountRule() AccountRule {
	return AccountRule{MaxPosts: 3, FollowingTimes: 5, NoPicture: true, MinDigits: 0.3, NeedsSigns: 2, Name: defaultRule}
}

const defaultRule = "account_signs:v1"

// ID is the name with every threshold, so that no two rules share one.
func (r AccountRule) ID() string {
	return fmt.Sprintf("%s{%d_of:posts<=%g,following>=%gx,no_picture=%t,digits>=%g}", r.Name, max(1, r.NeedsSigns), r.MaxPosts, r.FollowingTimes, r.NoPicture, r.MinDigits)
}

// Judge counts the signs. A count below 0 is as good as missing.
func (r AccountRule) Judge(f Follower) Judgement {
	var signs []string
	open := 0
	sign := func(used, known, hit bool, words func() string) {
		switch {
		case !used:
		case !known:
			open++
		case hit:
			signs = append(signs, words())
		}
	}
	posts, okPosts := countOf(f.Posts)
	sign(r.MaxPosts > 0, okPosts, posts <= r.MaxPosts, func() string {
		return "posts " + number(posts) + ", at most " + number(r.MaxPosts)
	})
	following, okFollowing := countOf(f.Following)
	followers, okFollowers := countOf(f.Followers)
	sign(r.FollowingTimes > 0, okFollowing && okFollowers, following >= r.FollowingTimes*max(1, followers), func() string {
		return "follows " + number(following) + " and is followed by " + number(followers) + ", at least " + number(r.FollowingTimes) + " times as many"
	})
	sign(r.NoPicture, f.Picture == HasPicture || f.Picture == NoPicture, f.Picture == NoPicture, func() string { return "no picture" })
	digits, okDigits := countOf(f.NameDigits)
	sign(r.MinDigits > 0, okDigits && digits <= 1, digits >= r.MinDigits, func() string {
		return "digits are " + percent(digits) + " of the name, at least " + percent(r.MinDigits)
	})

	j := Judgement{Signs: signs}
	switch needs := max(1, r.NeedsSigns); {
	case len(signs) >= needs:
		j.State = creator.Failed
	case len(signs)+open < needs:
		j.State = creator.Passed
	default:
		j.State = creator.Undetermined
	}
	return j
}

// String says what was decided and why.
func (j Judgement) String() string {
	if len(j.Signs) == 0 {
		return string(j.State)
	}
	return string(j.State) + ": " + strings.Join(j.Signs, "; ")
}

func countOf(m byline.Measure) (float64, bool) {
	n, known := m.Value()
	return n, known && n >= 0
}

func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
