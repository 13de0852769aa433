package vet_test

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/vet"
)

// The same posts have another rate by each vendor's formula. Two of them are the numbers
// that a brand may have seen elsewhere.
func ExampleEngagement() {
	d := dossier(310, 290, 420, 350, 280, 300, 9000, 330, 270, 340, 305)
	d.Posts[1].Promotion = creator.Boosted
	d.Posts[2].Measures[creator.Likes] = byline.Missing(byline.Hidden, likesBy, now())
	for _, name := range []string{"byline", "hypeauditor", "modash"} {
		v, _ := vet.VariantNamed(name)
		e, err := vet.Engagement(d, ada(), v, now())
		if err != nil {
			fmt.Println(err)
			return
		}
		rate, _ := e.Rate.Value.Value()
		fmt.Printf("%-11s %5.2f%% (%.2f%% to %.2f%%) of %d posts\n", name, 100*rate, 100**e.Rate.Low, 100**e.Rate.High, e.Rate.Count)
		if name == "byline" {
			for _, out := range e.LeftOut {
				fmt.Printf("  without %s: %s\n", out.PostID, out.Why)
			}
		}
	}
	// Output:
	// byline       3.41% (3.08% to 3.85%) of 9 posts
	//   without p01: money was paid to show the post to more people
	//   without p02: the likes of the post are not known: hidden
	// hypeauditor 14.04% (0.00% to 38.53%) of 9 posts
	// modash      12.76% (0.00% to 35.03%) of 9 posts
}

// Three thousand followers came at once while nothing was posted, and leave again.
func ExampleGrowth() {
	d := grew(leap(walk(120, 10_000, 20, 5, 2), 40, 3000, 0.02))
	g := vet.Growth(d, ada(), now(), nil)
	for _, l := range g.Leaps[:1] {
		fmt.Printf("%s: %+.0f followers, %s\n", l.During.Start.Format(time.DateOnly), l.Change, l.Class)
		for _, reason := range l.Reasons {
			fmt.Println("  " + reason)
		}
	}
	share, _ := g.Suspicious.Value.Value()
	fmt.Printf("%.0f%% of what was gained\n", 100*share)
	// Output:
	// 2026-10-13: +3020 followers, suspicious
	//   no post was published nearby
	//   808 followers left in the 30 days after, day by day
	// 66% of what was gained
}

// A reading has a value with its interval, or says why it has none.
func ExampleRead() {
	d := dossier(310, 290, 420, 350, 280, 300)
	for _, r := range vet.Read(d, ada(), &vet.Options{At: now()}) {
		value, known := r.Value.Value()
		switch {
		case known && r.Low != nil:
			fmt.Printf("%-29s %.4g (%.4g to %.4g)\n", r.Metric, value, *r.Low, *r.High)
		case known:
			fmt.Printf("%-29s %.4g\n", r.Metric, value)
		default:
			fmt.Printf("%-29s %s\n", r.Metric, r.Refusal.Message)
		}
	}
	// Output:
	// activity.posts_per_week       1.167 (0.376 to 2.723)
	// activity.sponsored_share      0 (0 to 0.3903)
	// audience.fit                  nobody said whom the campaign wants to reach
	// authenticity.fake_share       no sample of the followers was looked at
	// comments.duplicate_share      no comments under posts of this account are known
	// comments.early_share          no comments under posts of this account are known
	// comments.generic_share        no comments under posts of this account are known
	// comments.negative_share       no comments under posts of this account are known
	// comments.pod_share            no comments under posts of this account are known
	// comments.positive_share       no comments under posts of this account are known
	// comments.repeat_share         no comments under posts of this account are known
	// comments.spam_share           no comments under posts of this account are known
	// engagement.comments_per_like  0.1 (0.1 to 0.1)
	// engagement.consistency        0.1557
	// engagement.percentile         the source gives an average, which says nothing of how many lie below
	// engagement.rate               0.03355 (0.0308 to 0.0462)
	// engagement.sponsored_ratio    0 sponsored and 6 organic posts are known, 5 of each are needed
	// engagement.trimmed_mean       0.03575 (0.0297 to 0.0418)
	// engagement.view_rate          0.305 (0.28 to 0.42)
	// growth.rate_30d               the followers are known of 0 days; 30 without large gaps are needed
	// growth.suspicious_share       the followers are known of 0 days; 30 without large gaps are needed
	// views.median                  3050 (2800 to 4200)
}

// The caller's own creators are the soundest measure of a new one: read them all by the same
// options and place each among them.
func ExampleCohortOf() {
	var rates []creator.Reading
	for n := range 24 { // of the caller's creators
		likes := 150 + 10*float64(n)
		d := dossier(likes, likes, likes, likes, likes, likes)
		if r, ok := vet.Read(d, ada(), nil).Get(vet.EngagementRate, byline.Instagram); ok {
			rates = append(rates, r)
		}
	}
	ours, err := vet.CohortOf("our creators", now(), rates)
	if err != nil {
		fmt.Println(err)
		return
	}
	d := dossier(310, 290, 420, 350, 280, 300)
	r, _ := vet.Read(d, ada(), &vet.Options{Cohorts: []*vet.Cohort{ours}}).Get(vet.EngagementPercentile, byline.Instagram)
	place, _ := r.Value.Value()
	fmt.Printf("above %.0f%% of %s (%.0f%% to %.0f%%)\n", 100*place, r.Source, 100**r.Low, 100**r.High)
	// Output:
	// above 67% of our creators, 2026-11-22 (37% to 100%)
}
