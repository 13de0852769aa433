package forecast

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// Post is what one past post did. What is not known stays missing: the zero Measure for
// reach, clicks and conversions, the zero Money for revenue. A post that is known to have
// earned nothing has Minor(0, currency).
type Post struct {
	CreatorID byline.CreatorID `json:"creator_id"`
	Platform  byline.Platform  `json:"platform"`
	Format    string           `json:"format,omitempty"` // the caller's own word: "reel"
	At        time.Time        `json:"at"`
	// Reach is in people or in views. Each of the three keeps to one definition within a
	// platform and format; what is counted by two is refused, and never pooled.
	Reach       byline.Measure `json:"reach"`
	Clicks      byline.Measure `json:"clicks"`
	Conversions byline.Measure `json:"conversions"`
	Revenue     byline.Money   `json:"revenue"`
}

// Line is what a plan asks of one creator.
type Line struct {
	CreatorID byline.CreatorID `json:"creator_id"`
	Platform  byline.Platform  `json:"platform"`
	Format    string           `json:"format,omitempty"`
	Posts     int              `json:"posts"` // 1 to 1,000
	Fee       byline.Money     `json:"fee"`   // for all posts of the line; the zero Money where not agreed
}

// maxNumber bounds reach and counts: beyond it a number is a slip.
const maxNumber = 1e12

// maxPosts bounds the posts of one line.
const maxPosts = 1000

// cohort is what posts have to have in common to be compared.
type cohort struct {
	platform byline.Platform
	format   string
}

func (c cohort) String() string {
	if c.format == "" {
		return string(c.platform)
	}
	return string(c.platform) + " " + c.format
}

func (p Post) cohort() cohort { return cohort{p.Platform, p.Format} }

func (l Line) cohort() cohort { return cohort{l.Platform, l.Format} }

func checkHistory(history []Post) []*byline.FieldError {
	var fields []*byline.FieldError
	var currency byline.Currency
	for i, p := range history {
		path := fmt.Sprintf("history[%d].", i)
		fields = append(fields, p.check(path)...)
		switch own := p.Revenue.Currency(); {
		case own == "":
		case currency == "":
			currency = own
		case own != currency:
			fields = append(fields, fault(path+"revenue", "forecast.currency", "the revenue is in two currencies; convert it first"))
		}
	}
	return fields
}

func (p Post) check(path string) []*byline.FieldError {
	fields := checkWho(path, p.CreatorID, p.Platform)
	if p.At.IsZero() {
		fields = append(fields, fault(path+"at", "forecast.time", "the time of the post is missing"))
	}
	if v, known := p.Reach.Value(); known && !(v >= 0 && v <= maxNumber) {
		fields = append(fields, fault(path+"reach", "forecast.reach", "the reach must be from 0 to 1e12"))
	}
	fields = append(fields, checkCount(path+"clicks", p.Clicks)...)
	fields = append(fields, checkCount(path+"conversions", p.Conversions)...)
	if p.Revenue.Sign() < 0 {
		fields = append(fields, fault(path+"revenue", "forecast.revenue", "the revenue must not be negative"))
	}
	return fields
}

func checkCount(path string, m byline.Measure) []*byline.FieldError {
	if v, known := m.Value(); known && !(v >= 0 && v <= maxNumber && v == math.Trunc(v)) {
		return []*byline.FieldError{fault(path, "forecast.count", "a count must be whole and from 0 to 1e12")}
	}
	return nil
}

func checkWho(path string, id byline.CreatorID, platform byline.Platform) []*byline.FieldError {
	var fields []*byline.FieldError
	if id == "" {
		fields = append(fields, fault(path+"creator_id", "forecast.creator", "the creator is missing"))
	}
	if platform == "" {
		fields = append(fields, fault(path+"platform", "forecast.platform", "the platform is missing"))
	}
	return fields
}

// maxWork bounds the posts of a plan times the draws, which is some minutes of work.
const maxWork = 1_000_000_000

func checkPlan(plan []Line, draws int) []*byline.FieldError {
	var fields []*byline.FieldError
	posts := 0
	type key struct {
		id byline.CreatorID
		of cohort
	}
	seen := map[key]bool{}
	var fees byline.Money
	for i, l := range plan {
		path := fmt.Sprintf("plan[%d].", i)
		fields = append(fields, checkWho(path, l.CreatorID, l.Platform)...)
		if l.Posts < 1 || l.Posts > maxPosts {
			fields = append(fields, fault(path+"posts", "forecast.posts", "a line has 1 to 1,000 posts"))
		} else if posts += l.Posts; posts > maxWork/max(1, draws) {
			fields = append(fields, fault(path+"posts", "forecast.plan_size", "the posts up to this line times the draws are more than a billion; take fewer draws, or forecast the plan in parts"))
		}
		if l.Fee.Sign() < 0 {
			fields = append(fields, fault(path+"fee", "forecast.fee", "a fee must not be negative"))
		}
		sum, err := fees.Add(l.Fee)
		if err != nil {
			fields = append(fields, fault(path+"fee", "forecast.fee", "the fees are in two currencies, or too large to add"))
		} else {
			fees = sum
		}
		k := key{l.CreatorID, l.cohort()}
		if seen[k] {
			fields = append(fields, fault(path+"creator_id", "forecast.line_twice", "the plan has a line of this creator, platform and format; put their posts and fees together"))
		}
		seen[k] = true
	}
	return fields
}

// inOrder returns the history in an order that depends on nothing but its content.
func inOrder(history []Post) []Post {
	sorted := slices.Clone(history)
	slices.SortStableFunc(sorted, comparePosts)
	return sorted
}

func comparePosts(a, b Post) int {
	return cmp.Or(
		cmp.Compare(a.Platform, b.Platform), cmp.Compare(a.Format, b.Format), cmp.Compare(a.CreatorID, b.CreatorID),
		a.At.Compare(b.At), compareMeasures(a.Reach, b.Reach), compareMeasures(a.Clicks, b.Clicks),
		compareMeasures(a.Conversions, b.Conversions), cmp.Compare(a.Revenue.Minor(), b.Revenue.Minor()),
		cmp.Compare(a.Revenue.Currency(), b.Revenue.Currency()),
	)
}

func compareMeasures(a, b byline.Measure) int {
	x, knownX := a.Value()
	y, knownY := b.Value()
	if knownX != knownY {
		if knownX {
			return 1
		}
		return -1
	}
	return cmp.Or(cmp.Compare(x, y), cmp.Compare(a.Definition(), b.Definition()))
}

func fault(path, code, message string) *byline.FieldError {
	return &byline.FieldError{Path: path, Code: code, Message: message}
}

// refused says why there is no answer; have and need are in the unit of the message.
func refused(code, message string, have, need float64) *byline.RefusalError {
	return &byline.RefusalError{Code: code, Message: message, Have: have, Need: need}
}
