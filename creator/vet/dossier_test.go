package vet_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

func now() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

func ada() creator.Ref { return creator.Ref{Platform: byline.Instagram, Handle: "ada"} }

const (
	likesBy     = "instagram.likes"
	commentsBy  = "instagram.comments"
	viewsBy     = "instagram.views"
	followersBy = "instagram.followers"
)

func known(value float64, by string) byline.Measure { return byline.Known(value, by, now()) }

// post is organic, not boosted and was published so many days ago.
func post(id string, daysAgo int, likes, comments, views float64) creator.Post {
	return creator.Post{
		ID: id, Account: ada(), PublishedAt: now().AddDate(0, 0, -daysAgo), Format: "reel",
		Commerce: creator.Organic, Promotion: creator.NotBoosted,
		Measures: map[creator.Metric]byline.Measure{
			creator.Likes: known(likes, likesBy), creator.Comments: known(comments, commentsBy), creator.Views: known(views, viewsBy),
		},
	}
}

// dossier has 10,000 followers and posts with the given likes, newest first, and a tenth
// as many comments.
func dossier(likes ...float64) *creator.Dossier {
	d := &creator.Dossier{Profile: creator.Profile{
		ID: "ada", Name: "Ada",
		Accounts: []creator.Account{{Platform: byline.Instagram, Handle: "Ada", Followers: known(10_000, followersBy)}},
	}}
	for i, n := range likes {
		d.Posts = append(d.Posts, post(fmt.Sprintf("p%02d", i), 5+5*i, n, n/10, 10*n))
	}
	return d
}

// series makes a point a day that ends today.
func series(metric creator.Metric, by string, values []float64) creator.Series {
	s := creator.Series{Account: ada(), Metric: metric}
	for i, v := range values {
		s.Points = append(s.Points, byline.Known(v, by, now().AddDate(0, 0, i+1-len(values))))
	}
	return s
}

// walk is a follower count that rises with a little noise, the same for the same seed.
func walk(days int, start, perDay, noise float64, seed uint64) []float64 {
	rng := rand.New(rand.NewPCG(seed, 1))
	values := make([]float64, days)
	for i := range values {
		values[i] = math.Round(start)
		start += perDay + noise*rng.NormFloat64()
	}
	return values
}

func valueOf(t *testing.T, r creator.Reading) float64 {
	t.Helper()
	v, ok := r.Value.Value()
	if !ok {
		t.Fatalf("%s has no value: %v", r.Metric, r.Refusal)
	}
	return v
}

// refusedAs checks that a reading has no value and says why.
func refusedAs(t *testing.T, r creator.Reading, code string) {
	t.Helper()
	if _, ok := r.Value.Value(); ok || r.Refusal == nil || r.Refusal.Code != code || r.Refusal.Message == "" {
		t.Errorf("%s is %v, refusal %+v; want %s", r.Metric, r.Value, r.Refusal, code)
	}
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func codesOf(findings []byline.Finding) []string {
	var all []string
	for _, f := range findings {
		all = append(all, f.Code)
	}
	return all
}
