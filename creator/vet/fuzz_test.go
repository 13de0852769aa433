package vet_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/vet"
)

// randomDossier is as odd as data gets: zeros, negatives, huge numbers, futures, twins.
func randomDossier(rng *rand.Rand) *creator.Dossier {
	number := func() float64 {
		return []float64{0, 1, 5, -1, 1e3, 1e6, 1e300, 1e-300, math.MaxFloat64, rng.Float64() * 1000, float64(rng.IntN(5000))}[rng.IntN(11)]
	}
	moment := func() time.Time {
		return []time.Time{{}, now(), now().AddDate(0, 0, -rng.IntN(120)), now().Add(time.Hour)}[rng.IntN(4)]
	}
	measure := func(by string) byline.Measure {
		switch rng.IntN(8) {
		case 0:
			return byline.Measure{}
		case 1:
			return byline.Known(number(), by+".new", moment())
		}
		return byline.Known(number(), by, moment())
	}
	d := dossier()
	d.Profile.Accounts[0].Followers = measure(followersBy)
	for range rng.IntN(60) {
		p := post(fmt.Sprint(rng.IntN(50)), rng.IntN(100)-2, 0, 0, 0)
		p.Commerce = []creator.Commerce{"", creator.Organic, creator.Sponsored}[rng.IntN(3)]
		p.Promotion = []creator.Promotion{"", creator.NotBoosted, creator.NotBoosted, creator.Boosted}[rng.IntN(4)]
		p.Measures[creator.Likes] = byline.Known(math.Abs(number()), likesBy, now())
		p.Measures[creator.Comments] = byline.Known(math.Abs(number()), commentsBy, now())
		p.Measures[creator.Views], p.Measures[creator.Reach] = measure(viewsBy), measure("reach")
		if rng.IntN(10) == 0 {
			p.ID, p.Measures[creator.Likes] = "", measure(likesBy)
		}
		d.Posts = append(d.Posts, p)
	}
	d.Series = []creator.Series{
		series(creator.FollowerCount, followersBy, walk(rng.IntN(120), 1e4, 10, 20, rng.Uint64())),
		series(creator.FollowingCount, "following", walk(rng.IntN(60), 500, 0, 100, rng.Uint64())),
	}
	for range rng.IntN(20) {
		d.Series[0].Points = append(d.Series[0].Points, measure(followersBy))
	}
	for range rng.IntN(6) {
		d.Reviews = append(d.Reviews, creator.Review{By: fmt.Sprint(rng.IntN(3)), At: moment(), Rubric: "r", Marks: []creator.Mark{{Question: "q", Value: measure("0-10")}}})
	}
	return d
}

// FuzzRead checks that no reading is without both a value and a reason, that none says
// NaN, and that intervals hold their value.
func FuzzRead(f *testing.F) {
	for seed := range uint64(12) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		d := randomDossier(rand.New(rand.NewPCG(seed, 3)))
		for _, v := range vet.Variants() {
			readings := vet.Read(d, ada(), &vet.Options{At: now(), Variant: &v})
			checkReadings(t, readings)
		}
		checkReadings(t, vet.Read(d, ada(), nil))
	})
}

func checkReadings(t *testing.T, readings creator.Readings) {
	t.Helper()
	for i, r := range readings {
		if i > 0 && readings[i-1].Metric >= r.Metric && readings[i-1].Platform >= r.Platform {
			t.Errorf("%s stands after %s", r.Metric, readings[i-1].Metric)
		}
		value, ok := r.Value.Value()
		if ok != (r.Refusal == nil) {
			t.Errorf("%s: known %t, refusal %v", r.Metric, ok, r.Refusal)
		}
		slack := 1e-9 * math.Abs(value)
		if ok && r.Low != nil && !(*r.Low <= value+slack && value <= *r.High+slack) {
			t.Errorf("%s: %v is not in [%v, %v]", r.Metric, value, *r.Low, *r.High)
		}
		if _, err := json.Marshal(r); err != nil { // JSON knows no NaN
			t.Errorf("%s: %v", r.Metric, err)
		}
	}
}

// FuzzCohort checks that what is read is written again the same.
func FuzzCohort(f *testing.F) {
	f.Add([]byte(`{"name":"ours","definition":"d","values":[2,1,1e308]}`))
	f.Add([]byte(`{"name":"","definition":"","values":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var c vet.Cohort
		if json.Unmarshal(data, &c) != nil {
			return
		}
		once, err := json.Marshal(&c)
		if err != nil {
			t.Fatal(err)
		}
		var back vet.Cohort
		if err := json.Unmarshal(once, &back); err != nil {
			t.Fatal(err)
		}
		if twice, err := json.Marshal(&back); err != nil || string(twice) != string(once) {
			t.Errorf("%s became %s, %v", once, twice, err)
		}
		checkReadings(t, creator.Readings{c.Percentile(rate(1, c.Definition()))})
	})
}
