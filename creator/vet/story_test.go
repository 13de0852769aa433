package vet_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/vet"
)

// story is an account of 20,000 followers in 150 days, to which
// something happens 75 days ago.
type story struct {
	gain    func(daysAgo int, rng *rand.Rand) float64
	arrange func(d *creator.Dossier, rng *rand.Rand)
}

const storyDays, storyDay = 150, 75

// told is a story with noise of its own for each seed.
func (s story) told(seed uint64) *creator.Dossier {
	rng := rand.New(rand.NewPCG(seed, 77))
	values, followers := make([]float64, storyDays), 20_000.0
	for i := range values {
		followers += 20 + 8*rng.NormFloat64()
		if s.gain != nil {
			followers += s.gain(storyDays-1-i, rng)
		}
		values[i] = math.Round(followers)
	}
	d := grew(values)
	if s.arrange != nil {
		s.arrange(d, rng)
	}
	return d
}

// bought come on one day, and a fiftieth of those who are left leaves every day.
func bought(n float64) func(int, *rand.Rand) float64 {
	return func(daysAgo int, _ *rand.Rand) float64 {
		switch since := float64(storyDay - daysAgo); {
		case since < 0:
			return 0
		case since == 0:
			return n
		default:
			return -n * 0.02 * math.Pow(0.98, since-1)
		}
	}
}

// came come on one day and stay.
func came(n float64) func(int, *rand.Rand) float64 {
	return func(daysAgo int, _ *rand.Rand) float64 {
		if daysAgo == storyDay {
			return n
		}
		return 0
	}
}

// quietAround takes the posts within so many days of the event away.
func quietAround(days int) func(*creator.Dossier, *rand.Rand) {
	event := now().AddDate(0, 0, -storyDay)
	return func(d *creator.Dossier, _ *rand.Rand) {
		d.Posts = slices.DeleteFunc(d.Posts, func(p creator.Post) bool {
			return math.Abs(p.PublishedAt.Sub(event).Hours()) <= float64(24*days)
		})
	}
}

func every(n int, keep func(daysAgo int) bool) func(*creator.Dossier, *rand.Rand) {
	return func(d *creator.Dossier, rng *rand.Rand) {
		quietAround(4)(d, rng)
		points := d.Series[0].Points[:0:0]
		for i, p := range d.Series[0].Points {
			if i%n == 0 && keep(storyDays-1-i) {
				points = append(points, p)
			}
		}
		d.Series[0].Points = points
	}
}

// TestStories tells each story twenty times: what its gains are said to be, and that
// nobody who bought nothing is ever suspected.
func TestStories(t *testing.T) {
	t.Parallel()
	sunday := func(daysAgo int, _ *rand.Rand) float64 {
		if daysAgo%7 == 3 {
			return 120
		}
		return 0
	}
	tests := map[string]struct {
		story
		want vet.LeapClass // of every gain that is as large as the event; "": there is none
	}{
		"bought":                       {story{bought(5000), quietAround(4)}, vet.Suspicious},
		"bought, counted rarely":       {story{bought(5000), every(2, func(int) bool { return true })}, vet.Suspicious},
		"bought in a gap of five days": {story{bought(5000), every(1, func(ago int) bool { return ago < 73 || ago > 76 })}, vet.Suspicious},
		"bought with weekdays":         {story{func(ago int, rng *rand.Rand) float64 { return bought(5000)(ago, rng) + sunday(ago, rng) }, quietAround(4)}, vet.Suspicious},
		"bought while many come":       {story{func(ago int, rng *rand.Rand) float64 { return bought(5000)(ago, rng) + 300 }, quietAround(4)}, vet.Unexplained},
		"bought beside a post":         {story{bought(5000), nil}, vet.Unexplained},
		"a viral post": {story{bought(5000), func(d *creator.Dossier, _ *rand.Rand) {
			for i := range d.Posts {
				if d.Posts[i].PublishedAt.Equal(now().AddDate(0, 0, -storyDay)) {
					d.Posts[i].Measures[creator.Views] = known(40_000, viewsBy)
				}
			}
		}}, vet.OrganicSpike},
		"a press article":    {story{came(5000), quietAround(4)}, vet.Unexplained},
		"a purge":            {story{came(-5000), quietAround(4)}, ""},
		"weekdays":           {story{sunday, nil}, ""},
		"a gap of two weeks": {story{came(5000), every(1, func(ago int) bool { return ago < 70 || ago > 83 })}, ""},
		"rounded to three digits": {story{nil, func(d *creator.Dossier, _ *rand.Rand) {
			for i, p := range d.Series[0].Points {
				v, _ := p.Value()
				d.Series[0].Points[i] = byline.Known(math.Floor(v/100)*100, "youtube.subscribers.rounded3", p.At())
			}
		}}, ""},
		"follow and unfollow": {story{func(ago int, rng *rand.Rand) float64 { return 30*math.Sin(float64(ago)/6) + 5*rng.NormFloat64() }, func(d *creator.Dossier, _ *rand.Rand) {
			followed := make([]float64, storyDays)
			for i := range followed {
				followed[i] = 1500 + 500*math.Sin(float64(i)/6)
			}
			d.Series = append(d.Series, series(creator.FollowingCount, "following", followed))
		}}, ""},
		"nothing": {story{}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(20) {
				g := vet.Growth(tt.told(seed), ada(), now(), nil)
				if got := classOfEvent(g.Leaps); got != tt.want {
					t.Errorf("seed %d: %q, want %q: %+v", seed, got, tt.want, g.Leaps)
				}
				suspected := slices.ContainsFunc(g.Leaps, func(l vet.Leap) bool { return l.Class == vet.Suspicious })
				if suspected != (tt.want == vet.Suspicious) {
					t.Errorf("seed %d: suspected %t: %+v", seed, suspected, g.Leaps)
				}
				if seesaw := slices.Contains(codesOf(g.Findings), "growth.follow_unfollow"); seesaw != (name == "follow and unfollow") {
					t.Errorf("seed %d: findings %v", seed, codesOf(g.Findings))
				}
			}
		})
	}
}

// classOfEvent is the class of the gain of thousands, of which there is at most one.
func classOfEvent(leaps []vet.Leap) vet.LeapClass {
	var classes []vet.LeapClass
	for _, l := range leaps {
		if l.Change > 2000 {
			classes = append(classes, l.Class)
		}
	}
	switch len(classes) {
	case 0:
		return ""
	case 1:
		return classes[0]
	}
	return "several"
}
