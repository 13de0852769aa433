package vet

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Statistic makes one number of the rates of many posts.
type Statistic string

// Statistics. The trimmed mean leaves out a tenth of the posts at each end, rounded down.
const (
	Median      Statistic = "median"
	TrimmedMean Statistic = "trimmed_mean"
	Mean        Statistic = "mean"
)

// Defaults of [Variant].
const (
	DefaultMinAgeHours = 72
	DefaultMinPosts    = 5
)

// Variant is one of the many ways to compute an engagement rate. Rates of two variants
// are never compared: the same posts differ by a factor of ten.
//
// The fields of the second group say where a published variant was read; they change no
// result.
type Variant struct {
	Counts    []creator.Metric `json:"counts"`              // that make up the numerator: likes, comments, shares, saves, clicks
	Per       creator.Metric   `json:"per"`                 // followers, reach, views, impressions; posts for interactions per post
	Statistic Statistic        `json:"statistic,omitempty"` // "" is Median
	Last      int              `json:"last,omitempty"`      // so many of the newest eligible posts; 0: all
	Days      int              `json:"days,omitempty"`      // published in so many days; 0: ever
	// MinAgeHours is how old a post must have been when it was measured, and at the time of
	// the reading. 0 is DefaultMinAgeHours, -1 takes posts of any age.
	MinAgeHours int      `json:"min_age_hours,omitempty"`
	MinPosts    int      `json:"min_posts,omitempty"`    // fewer are refused; 0 is DefaultMinPosts
	Formats     []string `json:"formats,omitempty"`      // in any case; none: all
	OrganicOnly bool     `json:"organic_only,omitempty"` // leaves out what is known to be sponsored

	Name       string            `json:"name,omitempty"`
	Platforms  []byline.Platform `json:"platforms,omitempty"` // that the publisher uses it for; none: all
	Source     string            `json:"source,omitempty"`
	ReadAt     time.Time         `json:"read_at,omitzero"`
	Confidence byline.Confidence `json:"confidence,omitempty"`
	Note       string            `json:"note,omitempty"` // what the publisher leaves open, and how it is read here
}

// Validate reports all faults: "variant.counts" for no numerator or a metric that is no
// interaction, "variant.count_twice", "variant.per", "variant.statistic", "variant.last",
// "variant.days", "variant.min_age", "variant.min_posts" and "variant.format".
func (v Variant) Validate() error {
	var faults []*byline.FieldError
	add := func(wrong bool, path, code, message string) {
		if wrong {
			faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
		}
	}
	add(len(v.Counts) == 0, "counts", "variant.counts", "a rate counts at least one metric")
	for i, m := range v.Counts {
		path := fmt.Sprintf("counts[%d]", i)
		add(!slices.Contains(interactions(), m), path, "variant.counts", "only interactions are counted: likes, comments, shares, saves, clicks")
		add(slices.Contains(v.Counts[:i], m), path, "variant.count_twice", "this metric is counted twice")
	}
	add(!slices.Contains(denominators(), v.Per), "per", "variant.per", "a rate is per followers, reach, views, impressions or posts")
	add(!slices.Contains([]Statistic{"", Median, TrimmedMean, Mean}, v.Statistic), "statistic", "variant.statistic", "not a statistic this version knows")
	add(v.Last < 0, "last", "variant.last", "a number of posts is not negative")
	add(v.Days < 0 || v.Days > 36_500, "days", "variant.days", "a window is from 0 to 36500 days")
	add(v.MinAgeHours < -1 || v.MinAgeHours > 100_000, "min_age_hours", "variant.min_age", "an age is from 0 to 100000 hours, or -1 for none")
	add(v.MinPosts < 0, "min_posts", "variant.min_posts", "a number of posts is not negative")
	for i, format := range v.Formats {
		add(format == "", fmt.Sprintf("formats[%d]", i), "variant.format", "a format has a name")
	}
	return byline.Faults(faults)
}

func interactions() []creator.Metric {
	return []creator.Metric{creator.Likes, creator.Comments, creator.Shares, creator.Saves, creator.Clicks}
}

func denominators() []creator.Metric {
	return []creator.Metric{creator.FollowerCount, creator.Reach, creator.Views, creator.Impressions, creator.PostCount}
}

// Definition names the formula with all that changes its result, as in
// "engagement.rate{likes+comments}/followers;median;last=12;days=90;age>=72h;n>=5;v1".
// Two variants of one definition compute the same.
func (v Variant) Definition() string {
	v = v.filled()
	return v.defined(EngagementRate, string(v.Statistic))
}

// defined names what a statistic makes of the variant's rates.
func (v Variant) defined(metric, statistic string) string {
	counts := make([]string, 0, len(v.Counts))
	for _, m := range interactions() {
		if slices.Contains(v.Counts, m) {
			counts = append(counts, string(m))
		}
	}
	return metric + "{" + strings.Join(counts, "+") + "}/" + string(v.Per) + ";" + statistic + v.scope()
}

// scope names which posts count.
func (v Variant) scope() string {
	b := make([]byte, 0, 64)
	add := func(name string, n int) {
		b = strconv.AppendInt(append(b, name...), int64(n), 10)
	}
	if v.Last > 0 {
		add(";last=", v.Last)
	}
	if v.Days > 0 {
		add(";days=", v.Days)
	}
	add(";age>=", max(0, v.MinAgeHours))
	add("h;n>=", v.MinPosts)
	if len(v.Formats) > 0 {
		formats := strings.Split(strings.ToLower(strings.Join(v.Formats, "\x00")), "\x00")
		slices.Sort(formats)
		b = append(append(b, ";formats="...), strings.Join(slices.Compact(formats), "+")...)
	}
	if v.OrganicOnly {
		b = append(b, ";organic"...)
	}
	return string(append(b, ";v1"...))
}

func (v Variant) filled() Variant {
	if v.Statistic == "" {
		v.Statistic = Median
	}
	if v.MinAgeHours == 0 {
		v.MinAgeHours = DefaultMinAgeHours
	}
	if v.MinPosts == 0 {
		v.MinPosts = DefaultMinPosts
	}
	return v
}

// DefaultVariant is likes and comments over followers, the median of the newest 12 posts
// of 90 days that are at least 72 hours old. Sponsored posts count: a brand asks what a
// creator's posts do, and of many posts nobody knows; how the two differ is a reading of
// its own.
func DefaultVariant() Variant {
	return Variant{Name: "byline", Counts: likesAndComments(), Per: creator.FollowerCount, Last: 12, Days: 90}.filled()
}

func likesAndComments() []creator.Metric {
	return []creator.Metric{creator.Likes, creator.Comments}
}

// Variants returns the default and those that vendors publish, so that the number that a
// brand sees elsewhere can be computed again. Two months are 61 days. Vendors state no
// least age and no least number of posts: theirs take posts of any age here, and still
// refuse fewer than [DefaultMinPosts].
func Variants() []Variant {
	read := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	published := func(v Variant) Variant {
		v.MinAgeHours, v.ReadAt, v.Confidence = -1, read, byline.Primary
		return v.filled()
	}
	const unstated = "the statistic is not stated; read as the mean"
	list := []Variant{
		{
			Name: "hypeauditor", Platforms: []byline.Platform{byline.Instagram}, Counts: likesAndComments(), Per: creator.FollowerCount,
			Statistic: Mean, Last: 12, Source: "https://help.hypeauditor.com/en/articles/2771955",
		},
		{
			Name: "hypeauditor_tiktok", Platforms: []byline.Platform{byline.TikTok}, Counts: append(likesAndComments(), creator.Shares), Per: creator.Views,
			Statistic: Mean, Last: 30, Source: "https://help.hypeauditor.com/en/articles/4089895", Note: unstated,
		},
		{
			Name: "modash", Counts: []creator.Metric{creator.Likes}, Per: creator.FollowerCount, Statistic: Mean, Last: 500, Days: 61,
			Source: "https://help.modash.io/en/articles/6959997", Note: unstated + "; about two months, up to ten where posts are few",
		},
		{
			Name: "trnd", Counts: []creator.Metric{creator.Likes}, Per: creator.FollowerCount, Statistic: Median, Days: 61,
			Source: "https://help.brand.trnd.io/en/articles/10421840",
		},
		{
			Name: "upfluence", Platforms: []byline.Platform{byline.Instagram}, Counts: likesAndComments(), Per: creator.FollowerCount,
			Statistic: Mean, Days: 90, Source: "https://help.upfluence.co/en/articles/6989177",
		},
		{
			Name: "upfluence_tiktok", Platforms: []byline.Platform{byline.TikTok}, Counts: likesAndComments(), Per: creator.PostCount,
			Statistic: Mean, Days: 90, Source: "https://help.upfluence.co/en/articles/6989177", Note: "interactions per post, not a share of anything",
		},
		{
			Name: "infludata", Platforms: []byline.Platform{byline.Instagram}, Counts: likesAndComments(), Per: creator.FollowerCount,
			Statistic: Mean, Last: 12, Source: "https://faq.infludata.com/en/support/solutions/articles/80000601866", Note: "the last 9 to 12 posts, viral ones kept",
		},
		{
			Name: "infludata_tiktok", Platforms: []byline.Platform{byline.TikTok}, Counts: likesAndComments(), Per: creator.Views,
			Statistic: Mean, Last: 12, Source: "https://faq.infludata.com/en/support/solutions/articles/80000601866", Note: unstated + "; number of posts as on Instagram",
		},
		{
			Name: "kari_err", Counts: likesAndComments(), Per: creator.Reach, Statistic: Mean,
			Source: "https://media.kariblog.com (how to spot fake engagement)", Note: unstated + "; of all posts",
		},
	}
	all := []Variant{DefaultVariant()}
	for _, v := range list {
		all = append(all, published(v))
	}
	return all
}

// VariantNamed returns a variant of [Variants].
func VariantNamed(name string) (Variant, bool) {
	for _, v := range Variants() {
		if v.Name == name {
			return v, true
		}
	}
	return Variant{}, false
}
