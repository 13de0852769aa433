package vet_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/vet"
)

// A fifth of the audience is unknown. It may be right or wrong, so the fit has bounds, and
// the floor on the country cannot be decided.
func ExampleFit() {
	at := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	share := func(key string, s float64) creator.Bucket {
		return creator.Bucket{Key: key, Share: byline.Known(s, "instagram.followers", at)}
	}
	ada := &creator.Audience{
		Account: creator.Ref{Platform: byline.Instagram, Handle: "ada"}, Kind: creator.Followers,
		Base: byline.Known(18_000, "instagram.followers", at),
		Breakdowns: []creator.Breakdown{
			{Dimension: creator.Country, Buckets: []creator.Bucket{share("DE", 0.45), share("AT", 0.35), share(creator.UnknownBucket, 0.20)}},
			{Dimension: creator.Age, Buckets: []creator.Bucket{share("18-24", 0.5), share("25-34", 0.5)}},
		},
	}
	fitted, err := vet.Fit(ada, &vet.Ideal{
		Name: "home bakers",
		Targets: []vet.Target{
			{Dimension: creator.Country, Weight: 2, Shares: []vet.TargetShare{{Key: "DE", Share: 0.6}, {Key: "AT", Share: 0.4}}},
			{Dimension: creator.Age, Weight: 1, Shares: []vet.TargetShare{{Key: "25-34", Share: 0.7}, {Key: "35-44", Share: 0.3}}},
		},
		Floors: []vet.Floor{{Dimension: creator.Country, Key: "DE", AtLeast: 0.5}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range fitted.Readings() {
		value, _ := r.Value.Value()
		fmt.Printf("%-20s %.2f, %.2f to %.2f\n", r.Metric, value, *r.Low, *r.High)
	}
	for _, floor := range fitted.Floors {
		fmt.Printf("%s: %s\n", floor.State, floor.Reason)
	}
	// Output:
	// audience.fit         0.74, 0.74 to 0.99
	// audience.fit.age     0.88, 0.88 to 0.98
	// audience.fit.country 0.67, 0.67 to 1.00
	// undetermined: at least 50.0% is asked for; the audience has 45.0% to 65.0% of country DE, for the rest is unknown
}

// Of 300 followers the rule names 60. How many are fake depends on how often the rule is
// wrong, which the calibration says.
func ExampleFakeFollowers() {
	at := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	known := func(n float64) byline.Measure { return byline.Known(n, "instagram", at) }
	sample := &vet.FollowerSample{Account: creator.Ref{Platform: byline.Instagram, Handle: "ada"}, Random: true, At: at}
	for i := range 300 {
		f := vet.Follower{Posts: known(80), Followers: known(200), Following: known(250), NameDigits: vet.DigitShare("baker", at), Picture: vet.HasPicture}
		if i < 60 {
			f.Posts, f.Following, f.NameDigits = known(0), known(2000), vet.DigitShare("baker7719", at)
		}
		sample.Followers = append(sample.Followers, f)
	}
	fmt.Println(vet.DefaultAccountRule().Judge(sample.Followers[0]))

	r, err := vet.FakeFollowers(sample, vet.MeasuredOnInstagram(), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	value, _ := r.Value.Value()
	fmt.Printf("%.0f%%, %.0f%% to %.0f%%, of %d\n", 100*value, 100**r.Low, 100**r.High, r.Count)
	for _, f := range r.Findings {
		fmt.Println(f.Code+":", f.Message)
	}
	// Output:
	// failed: posts 0, at most 3; follows 2000 and is followed by 200, at least 5 times as many; digits are 44.4% of the name, at least 30.0%
	// 24%, 11% to 42%, of 300
	// fake.caveat: calibration instagram-2018: measured on Instagram accounts of 2017 and 2018; fake accounts of today, and of other platforms, look otherwise
}

// A share needs at least 30 comments that could be judged, and nobody was asked how they
// sound. The findings quote, so that a person can see what was counted.
func ExampleComments() {
	at := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	ada := creator.Ref{Platform: byline.Instagram, Handle: "ada"}
	d := &creator.Dossier{}
	texts := []string{
		"How long did you let it rise?", "Wow!", "Which flour do you take", "❤❤", "Please check out my channel",
		"Mine came out flat, what did I do wrong", "this is the best bread that I ever saw", "so cute",
	}
	for i := range 40 {
		d.Comments = append(d.Comments, creator.Comment{
			ID: fmt.Sprint(100 + i), PostID: fmt.Sprint("post-", i%5), Platform: byline.Instagram, Author: fmt.Sprint("key", i),
			Text: texts[i%8] + strings.Repeat("!", i/8), Language: "en", At: at.Add(time.Duration(i) * time.Hour),
		})
	}
	c, err := vet.Comments(d, ada, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, metric := range []string{vet.GenericComments, vet.SpamComments, vet.DuplicateComments, vet.NegativeComments} {
		r, _ := c.Readings.Get(metric, byline.Instagram)
		if value, known := r.Value.Value(); known {
			fmt.Printf("%s %.1f%%, %.1f%% to %.1f%% of %d\n", r.Metric, 100*value, 100**r.Low, 100**r.High, r.Count)
		} else {
			fmt.Printf("%s: %s\n", r.Metric, r.Refusal.Message)
		}
	}
	spam, _ := c.Readings.Get(vet.SpamComments, byline.Instagram)
	fmt.Println(spam.Findings[0].Message)
	// Output:
	// comments.generic_share 37.5%, 24.2% to 53.0% of 40
	// comments.spam_share 12.5%, 5.5% to 26.1% of 40
	// comments.duplicate_share: too few comments to take a share of
	// comments.negative_share: nobody was asked how the comments sound
	// 5 of 40 comments look like advertisements of something else: "Please check out my channel" under post post-4; "Please check out my channel!" under post post-2; "Please check out my channel!!" under post post-0
}
