package vet

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// MinSponsoredPosts are needed on each side of a sponsored ratio.
const MinSponsoredPosts = 5

// Engaged is how people react to an account's posts, by one variant.
type Engaged struct {
	Account         creator.Ref      `json:"account"`
	Variant         Variant          `json:"variant"`
	Rate            creator.Reading  `json:"rate"`
	TrimmedMean     creator.Reading  `json:"trimmed_mean"`
	Consistency     creator.Reading  `json:"consistency"`
	CommentsPerLike creator.Reading  `json:"comments_per_like"`
	SponsoredRatio  creator.Reading  `json:"sponsored_ratio"`
	ViewRate        creator.Reading  `json:"view_rate"`
	MedianViews     creator.Reading  `json:"median_views"`
	Posts           []PostRate       `json:"posts"`    // that the rate counts, newest first
	LeftOut         []LeftOut        `json:"left_out"` // sorted by post
	Findings        []byline.Finding `json:"findings"`
}

// Readings returns all readings.
func (e Engaged) Readings() []creator.Reading {
	return []creator.Reading{e.Rate, e.TrimmedMean, e.Consistency, e.CommentsPerLike, e.SponsoredRatio, e.ViewRate, e.MedianViews}
}

// PostRate is the rate of one post.
type PostRate struct {
	PostID       string           `json:"post_id"`
	PublishedAt  time.Time        `json:"published_at"`
	Commerce     creator.Commerce `json:"commerce,omitempty"`
	Interactions float64          `json:"interactions"`
	Per          float64          `json:"per"`
	Rate         float64          `json:"rate"`
}

// Engagement computes the engagement of an account by a variant, for a time: nothing
// published or measured later counts. The error holds the faults of the variant.
//
// The follower count is the last known by then: the account's own, or the latest point of
// its series where that is later or the account has none.
//
// A post is left out as "engagement.other_account", "engagement.no_date", "engagement.future",
// "engagement.outside_window", "engagement.boosted", "engagement.other_format",
// "engagement.too_young" (at the time or when it was measured), "engagement.post_twice",
// "engagement.measured_later", "engagement.part_missing" (a partial numerator is never
// taken for a whole one), "engagement.denominator_missing", "engagement.no_denominator"
// where it is 0, "engagement.negative", "engagement.not_finite",
// "engagement.other_definition", "engagement.sponsored" by a variant of organic posts, or
// "engagement.beyond_last".
//
// The interval of a median is between order statistics and holds for any distribution; it
// takes 6 posts. That of a mean is Student's, which skewed rates make too narrow. Readings
// are refused as "engagement.too_few_posts", "engagement.followers_unknown",
// "engagement.no_followers", "engagement.no_median" where a median of 0 divides, and
// "engagement.too_few_sponsored" below [MinSponsoredPosts] on either side.
//
// Findings are "engagement.promotion_unknown" for posts that count although nobody says
// whether they were boosted, "engagement.definitions_mixed", and three questions to ask
// that are no verdict: "engagement.likes_even", "engagement.comments_unusual" and
// "engagement.views_without_reaction". It takes O(n log n).
func Engagement(d *creator.Dossier, on creator.Ref, v Variant, at time.Time) (Engaged, error) {
	if err := v.Validate(); err != nil {
		return Engaged{}, err
	}
	if d == nil {
		d = &creator.Dossier{}
	}
	s := engagement{
		frame: frame{on.Platform, at}, v: v.filled(), followers: followersAt(d, on, at),
		chosen: choose(d.Posts, on, v.filled(), at),
	}
	rates, out := s.rates()
	counted, cut := s.newest(rates)
	e := Engaged{Account: on, Variant: s.v, Posts: counted, LeftOut: slices.Concat(s.chosen.out, out, cut)}
	slices.SortFunc(e.LeftOut, func(a, b LeftOut) int {
		return cmp.Or(strings.Compare(a.PostID, b.PostID), strings.Compare(a.Code, b.Code), strings.Compare(a.Why, b.Why))
	})
	s.readRate(&e)
	e.Consistency = s.consistency(counted)
	e.CommentsPerLike = s.commentsPerLike()
	e.SponsoredRatio = s.sponsoredRatio(rates)
	e.MedianViews, e.ViewRate = s.views()
	s.ask()
	e.Findings = s.findings
	e.Rate.Findings = s.findings
	return e, nil
}

// engagement is one call of [Engagement].
type engagement struct {
	frame

	v         Variant
	followers byline.Measure
	chosen    selection
	suffix    string    // of definitions: what the denominator is measured by
	perLike   []float64 // comments, of each post that was liked, in rising order
	findings  []byline.Finding
}

// rates computes the rate of every post that has one, newest first.
func (s *engagement) rates() (rates []PostRate, out []LeftOut) {
	perPost := s.v.Per != creator.FollowerCount && s.v.Per != creator.PostCount
	metrics := slices.Clone(s.v.Counts)
	if perPost {
		metrics = append(metrics, s.v.Per)
	}
	a := s.chosen.agree(metrics, s.v, s.at)
	if perPost && len(a.posts) > 0 {
		s.suffix = ";" + string(s.v.Per) + "=" + a.definitions[len(metrics)-1]
	}
	s.mixed(a)
	for _, p := range a.posts {
		r, code, why := s.rate(p)
		if code != "" {
			a.out = append(a.out, left(p, code, why))
			continue
		}
		rates = append(rates, r)
	}
	s.promotion()
	return rates, a.out
}

func (s *engagement) rate(p *creator.Post) (r PostRate, code, why string) {
	r = PostRate{PostID: p.ID, PublishedAt: p.PublishedAt, Commerce: p.Commerce}
	for _, m := range interactions() {
		if slices.Contains(s.v.Counts, m) {
			n, _ := p.Measure(m).Value()
			r.Interactions += n
		}
	}
	switch s.v.Per {
	case creator.FollowerCount:
		r.Per, _ = s.followers.Value()
	case creator.PostCount:
		r.Per = 1
	default:
		r.Per, _ = p.Measure(s.v.Per).Value()
	}
	r.Rate = r.Interactions / r.Per
	switch {
	case r.Per <= 0:
		return r, "engagement.no_denominator", fmt.Sprintf("the post has no %s to divide by", s.v.Per)
	case math.IsInf(r.Rate, 0):
		return r, "engagement.not_finite", "the numbers of the post are too large to compute with"
	}
	return r, "", ""
}

// newest drops sponsored posts where the variant says so, then all but the last.
func (s *engagement) newest(rates []PostRate) (kept []PostRate, out []LeftOut) {
	for _, r := range rates {
		switch {
		case s.v.OrganicOnly && r.Commerce == creator.Sponsored:
			out = append(out, LeftOut{r.PostID, "engagement.sponsored", "the variant counts organic posts"})
		case s.v.Last > 0 && len(kept) == s.v.Last:
			out = append(out, LeftOut{r.PostID, "engagement.beyond_last", fmt.Sprintf("%d newer posts count", s.v.Last)})
		default:
			kept = append(kept, r)
		}
	}
	return kept, out
}

func (s *engagement) readRate(e *Engaged) {
	trimmed := s.v.defined(EngagementTrimmedMean, string(TrimmedMean)) + s.suffix
	definition := s.v.Definition() + s.suffix
	if no := s.refusal(len(e.Posts)); no != nil {
		e.Rate, e.TrimmedMean = s.refuseRate(EngagementRate, definition, no), s.refuseRate(EngagementTrimmedMean, trimmed, no)
		return
	}
	e.Rate = s.statistic(EngagementRate, definition, e.Posts, s.v.Statistic)
	e.TrimmedMean = s.statistic(EngagementTrimmedMean, trimmed, e.Posts, TrimmedMean)
}

// refusal says why no rate is computed; nil where one is.
func (s *engagement) refusal(n int) *byline.RefusalError {
	if s.v.Per == creator.FollowerCount {
		switch followers, known := s.followers.Value(); {
		case !known:
			return &byline.RefusalError{
				Code:    "engagement.followers_unknown",
				Message: fmt.Sprintf("the number of followers is not known: %s", s.followers.Missing()),
			}
		case followers <= 0:
			return &byline.RefusalError{Code: "engagement.no_followers", Message: "an account without followers has no rate per follower"}
		}
	}
	return s.fewPosts(n)
}

func (s *engagement) fewPosts(n int) *byline.RefusalError {
	if n >= max(1, s.v.MinPosts) {
		return nil
	}
	return &byline.RefusalError{
		Code: "engagement.too_few_posts", Have: float64(n), Need: float64(s.v.MinPosts),
		Message: fmt.Sprintf("%d posts can be counted, %d are needed", n, s.v.MinPosts),
	}
}

// refuseRate keeps the reason why followers are missing.
func (s *engagement) refuseRate(metric, definition string, no *byline.RefusalError) creator.Reading {
	r := s.refuse(metric, definition, no)
	if no.Code == "engagement.followers_unknown" {
		r.Value = byline.Missing(s.followers.Missing(), definition, s.at)
	}
	return r
}

func (s *engagement) statistic(metric, definition string, posts []PostRate, by Statistic) creator.Reading {
	rates := sortedRates(posts)
	var value float64
	var bounds interval
	switch by {
	case Mean:
		value, bounds = trimmedMean(rates, 0)
	case TrimmedMean:
		value, bounds = trimmedMean(rates, 0.1)
	default:
		value, bounds = sortedMedian(rates), orderInterval(rates, 1-Level)
	}
	r := between(s.reading(metric, definition, value, len(rates)), bounds)
	r.Window = s.window(posts[len(posts)-1].PublishedAt)
	return r
}

func (s *engagement) window(oldest time.Time) byline.Window {
	return byline.Window{Start: oldest, End: s.at}
}

func sortedRates(posts []PostRate) []float64 {
	rates := make([]float64, len(posts))
	for i, p := range posts {
		rates[i] = p.Rate
	}
	slices.Sort(rates)
	return rates
}

// consistency is the interquartile range over the median. No interval is known for it.
func (s *engagement) consistency(posts []PostRate) creator.Reading {
	definition := s.v.defined(EngagementConsistency, "iqr/median") + s.suffix
	if no := s.refusal(len(posts)); no != nil {
		return s.refuseRate(EngagementConsistency, definition, no)
	}
	rates := sortedRates(posts)
	median := sortedMedian(rates)
	if median <= 0 {
		return s.refuse(EngagementConsistency, definition, noMedian(len(rates)))
	}
	spread := (sortedQuantile(rates, 0.75) - sortedQuantile(rates, 0.25)) / median
	r := s.reading(EngagementConsistency, definition, spread, len(rates))
	r.Window = s.window(posts[len(posts)-1].PublishedAt)
	return r
}

func noMedian(n int) *byline.RefusalError {
	return &byline.RefusalError{Code: "engagement.no_median", Message: "the median is 0, so nothing can be set in relation to it", Have: float64(n)}
}

// commentsPerLike is over posts that were liked.
func (s *engagement) commentsPerLike() creator.Reading {
	ratios, oldest := s.ratios()
	s.perLike = ratios
	definition := CommentsPerLike + "{comments}/likes;median" + s.v.scope()
	slices.Sort(ratios)
	if no := s.fewPosts(len(ratios)); no != nil {
		return s.refuse(CommentsPerLike, definition, no)
	}
	r := between(s.reading(CommentsPerLike, definition, sortedMedian(ratios), len(ratios)), orderInterval(ratios, 1-Level))
	r.Window = s.window(oldest)
	return r
}

func (s *engagement) ratios() (ratios []float64, oldest time.Time) {
	a := s.chosen.agree(likesAndComments(), s.v, s.at)
	for _, p := range s.last(a.posts) {
		likes, _ := p.Measure(creator.Likes).Value()
		comments, _ := p.Measure(creator.Comments).Value()
		if ratio := comments / likes; likes > 0 && !math.IsInf(ratio, 0) {
			ratios, oldest = append(ratios, ratio), p.PublishedAt
		}
	}
	return ratios, oldest
}

// last cuts posts as the variant does with rates.
func (s *engagement) last(posts []*creator.Post) []*creator.Post {
	var kept []*creator.Post
	for _, p := range posts {
		if s.v.Last > 0 && len(kept) == s.v.Last {
			break
		}
		if !s.v.OrganicOnly || p.Commerce != creator.Sponsored {
			kept = append(kept, p)
		}
	}
	return kept
}

// sponsoredRatio compares all posts of the window, not only the last. Each median is
// bounded at half the chance of error, so that both hold together; it takes 7 a side.
func (s *engagement) sponsoredRatio(rates []PostRate) creator.Reading {
	var sides [2][]float64
	for _, r := range rates {
		switch r.Commerce {
		case creator.Sponsored:
			sides[0] = append(sides[0], r.Rate)
		case creator.Organic:
			sides[1] = append(sides[1], r.Rate)
		}
	}
	v := s.v
	v.Last, v.OrganicOnly = 0, false
	definition := v.defined(SponsoredRatio, "median sponsored/median organic") + s.suffix
	if no := s.refusal(math.MaxInt); no != nil {
		return s.refuseRate(SponsoredRatio, definition, no)
	}
	if have := min(len(sides[0]), len(sides[1])); have < MinSponsoredPosts {
		return s.refuse(SponsoredRatio, definition, &byline.RefusalError{
			Code: "engagement.too_few_sponsored", Have: float64(have), Need: MinSponsoredPosts,
			Message: fmt.Sprintf("%d sponsored and %d organic posts are known, %d of each are needed", len(sides[0]), len(sides[1]), MinSponsoredPosts),
		})
	}
	sponsored, organic := sortedCopy(sides[0]), sortedCopy(sides[1])
	if sortedMedian(organic) <= 0 {
		return s.refuse(SponsoredRatio, definition, noMedian(len(organic)))
	}
	above, below := orderInterval(sponsored, (1-Level)/2), orderInterval(organic, (1-Level)/2)
	r := s.reading(SponsoredRatio, definition, sortedMedian(sponsored)/sortedMedian(organic), len(sponsored)+len(organic))
	r.Window = s.window(rates[len(rates)-1].PublishedAt)
	return between(r, interval{above.low / below.high, above.high / below.low, above.known && below.known && below.low > 0})
}

// views are read by the definition that most posts carry: a view that a platform counts
// otherwise since a day is another number.
func (s *engagement) views() (median, rate creator.Reading) {
	a := s.chosen.agree([]creator.Metric{creator.Views}, s.v, s.at)
	posts := s.last(a.posts)
	by := s.v.scope()
	if len(a.posts) > 0 {
		by += ";views=" + a.definitions[0]
	}
	counted, shared := MedianViews+"{views};median"+by, ViewRate+"{views}/followers;median"+by
	no := s.fewPosts(len(posts))
	if no != nil {
		return s.refuse(MedianViews, counted, no), s.refuse(ViewRate, shared, no)
	}
	values := make([]float64, len(posts))
	for i, p := range posts {
		values[i], _ = p.Measure(creator.Views).Value()
	}
	slices.Sort(values)
	bounds := orderInterval(values, 1-Level)
	median = between(s.reading(MedianViews, counted, sortedMedian(values), len(values)), bounds)
	median.Window = s.window(posts[len(posts)-1].PublishedAt)
	if a.others > 0 {
		median.Findings = []byline.Finding{mixedFinding(a.others)}
	}
	return median, s.viewRate(median, bounds, shared)
}

func (s *engagement) viewRate(median creator.Reading, bounds interval, definition string) creator.Reading {
	followers, known := s.followers.Value()
	value, _ := median.Value.Value()
	if !known || followers <= 0 {
		perFollower := engagement{frame: s.frame, v: Variant{Per: creator.FollowerCount}, followers: s.followers}
		return perFollower.refuseRate(ViewRate, definition, perFollower.refusal(0))
	}
	r := s.reading(ViewRate, definition, value/followers, median.Count)
	r.Window, r.Findings = median.Window, median.Findings
	return between(r, interval{bounds.low / followers, bounds.high / followers, bounds.known})
}
