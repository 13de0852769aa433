package vet

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

func TestScoreIntervalGolden(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ count, n, low, high float64 }{
		"60 of 300":  {60, 300, .1587, .2489},
		"0 of 50":    {0, 50, 0, .0714},
		"50 of 50":   {50, 50, 1 - .0714, 1},
		"one of one": {1, 1, .2065, 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			low, high := scoreInterval(tt.count/tt.n, tt.n, 0.95)
			if tt.count == tt.n && high != 1 || tt.count == 0 && low != 0 {
				t.Errorf("%v to %v does not reach its end", low, high)
			}
			if math.Abs(low-tt.low) > 6e-5 || math.Abs(high-tt.high) > 6e-5 {
				t.Errorf("%.4f to %.4f, want %.4f to %.4f", low, high, tt.low, tt.high)
			}
		})
	}
}

func TestScoreIntervalReachesItsEnds(t *testing.T) {
	t.Parallel()
	for n := 1.0; n < 2000; n++ {
		low, _ := scoreInterval(0, n, 0.95)
		_, high := scoreInterval(1, n, 0.95)
		if low != 0 || high != 1 {
			t.Fatalf("none and all of %v are from %v and to %v", n, low, high)
		}
	}
}

func TestCorrectedGolden(t *testing.T) {
	t.Parallel()
	if got := corrected(.20, .774, .963); math.Abs(got-.2212) > 5e-5 {
		t.Errorf("corrected is %.4f", got)
	}
	if got := corrected(.03, .774, .963); got != 0 {
		t.Errorf("below the false alarms it is %v", got)
	}
	if got := corrected(.99, .774, .963); got != 1 {
		t.Errorf("above the sensitivity it is %v", got)
	}
}

func TestCorrectedRisesWithWhatIsNamed(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(9, 10))
	for range 500 {
		se := .5 + dice.Float64()/2
		sp := 1 - se + .01 + dice.Float64()*(se-.01)
		last := -1.0
		for q := 0.0; q <= 1; q += 0.05 {
			p := corrected(q, se, sp)
			if p < last || p < 0 || p > 1 {
				t.Fatalf("with %v and %v, %v named gives %v after %v", se, sp, q, p, last)
			}
			last = p
		}
	}
}

// follower has measures for what is at least 0.
func follower(posts, followers, following, digits float64, picture Picture) Follower {
	known := func(n float64) byline.Measure {
		if n < 0 {
			return byline.Missing(byline.Hidden, "x", time.Time{})
		}
		return byline.Known(n, "x", time.Time{})
	}
	return Follower{Posts: known(posts), Followers: known(followers), Following: known(following), NameDigits: known(digits), Picture: picture}
}

func TestDefaultAccountRule(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		in    Follower
		state creator.State
		signs int
	}{
		"a person":                      {follower(120, 300, 280, 0, HasPicture), creator.Passed, 0},
		"all four":                      {follower(0, 2, 4000, .5, NoPicture), creator.Failed, 4},
		"a newcomer":                    {follower(3, 100, 90, 0, HasPicture), creator.Passed, 1},
		"one post too many":             {follower(4, 100, 500, .29, HasPicture), creator.Passed, 1},
		"exactly at two thresholds":     {follower(3, 100, 500, 0, HasPicture), creator.Failed, 2},
		"nobody follows nobody":         {follower(50, 0, 0, 0, HasPicture), creator.Passed, 0},
		"follows four, by nobody":       {follower(50, 0, 4, .3, HasPicture), creator.Passed, 1},
		"nothing known":                 {follower(-1, -1, -1, -1, ""), creator.Undetermined, 0},
		"one sign, the rest unknown":    {follower(0, -1, 10, -1, HasPicture), creator.Undetermined, 1},
		"one is open and cannot decide": {follower(90, 10, 10, -1, HasPicture), creator.Passed, 0},
		"two signs, the rest unknown":   {follower(0, -1, -1, -1, NoPicture), creator.Failed, 2},
		"digits beyond the whole":       {follower(0, 50, 50, 30, HasPicture), creator.Undetermined, 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := DefaultAccountRule().Judge(tt.in)
			if j.State != tt.state || len(j.Signs) != tt.signs {
				t.Errorf("%s, want %s with %d signs", j, tt.state, tt.signs)
			}
		})
	}
}

func TestACountBelowZeroIsMissing(t *testing.T) {
	t.Parallel()
	f := follower(1, 100, 100, 0, NoPicture)
	f.Posts = byline.Known(-1, "posts", fitAt)
	if j := DefaultAccountRule().Judge(f); j.State != creator.Undetermined || len(j.Signs) != 1 {
		t.Errorf("%s", j)
	}
}

func TestDigitShare(t *testing.T) {
	t.Parallel()
	for handle, want := range map[string]float64{"ada": 0, "ada42": .4, "ädä42": .4, "123": 1} {
		if got, known := DigitShare(handle, fitAt).Value(); !known || math.Abs(got-want) > 1e-12 {
			t.Errorf("%s has %v, want %v", handle, got, want)
		}
	}
	if _, known := DigitShare("", fitAt).Value(); known {
		t.Error("an empty handle has a share")
	}
}

// sampleOf has so many accounts that look fake, real, and like nothing that is known.
func sampleOf(fake, real, open int) *FollowerSample {
	s := &FollowerSample{Account: fitAda, Random: true, At: fitAt, Source: "demo"}
	for _, kind := range []struct {
		n int
		f Follower
	}{{fake, follower(0, 1, 900, .5, NoPicture)}, {real, follower(80, 200, 210, 0, HasPicture)}, {open, Follower{}}} {
		for range kind.n {
			s.Followers = append(s.Followers, kind.f)
		}
	}
	return s
}

func exactly(v float64) Proportion { return Proportion{v, v, v} }

func demoCalibration() Calibration {
	return Calibration{Name: "demo", Rule: DefaultAccountRule().ID(), Source: "own labels", At: fitAt, Sensitivity: exactly(.774), Specificity: exactly(.963)}
}

func TestFakeFollowers(t *testing.T) {
	t.Parallel()
	baseline := func(b float64) *FakeOptions { return &FakeOptions{Baseline: &b} }
	other := demoCalibration()
	other.Rule = "another"
	chance := demoCalibration()
	chance.Sensitivity = Proportion{Value: .5, Low: .03, High: .6}
	notRandom := sampleOf(60, 240, 0)
	notRandom.Random = false
	whole := sampleOf(60, 240, 0)
	whole.Population = byline.Known(300, "followers", fitAt)
	wholeNotDrawn, half, certain := *whole, *whole, demoCalibration()
	wholeNotDrawn.Random = false
	half.Population = byline.Known(600, "followers", fitAt)
	halfNotDrawn := half
	halfNotDrawn.Random = false
	certain.Sensitivity, certain.Specificity = exactly(1), exactly(1)
	coin := demoCalibration()
	coin.Sensitivity.Low, coin.Specificity.Low = .5, .5
	fewer := sampleOf(60, 240, 0)
	fewer.Population = byline.Known(299, "followers", fitAt)
	tests := map[string]struct {
		sample           *FollowerSample
		cal              Calibration
		o                *FakeOptions
		value, low, high float64
		refusal          string
		findings         []string
	}{
		"golden": {sampleOf(60, 240, 0), demoCalibration(), nil, .2212, .1651, .2875, "", nil},
		"fewer than false alarms": {
			sampleOf(9, 291, 0), demoCalibration(), nil, 0, 0, .0258, "",
			[]string{"fake.below_false_alarms"},
		},
		"all of them":                  {whole, demoCalibration(), nil, .2212, .1838, .2628, "", nil},
		"all of them, not drawn":       {&wholeNotDrawn, demoCalibration(), nil, .2212, .1838, .2628, "", nil},
		"all of them, never wrong":     {whole, certain, nil, .2, .2, .2, "", nil},
		"half of them, never wrong":    {&half, certain, nil, .2, .1699, .2339, "", nil},
		"so few that some explain it":  {sampleOf(12, 288, 0), MeasuredOnInstagram(), nil, 0, 0.0000, 0.0285, "", []string{"fake.caveat", "fake.below_false_alarms"}},
		"as many as false alarms":      {sampleOf(20, 280, 0), MeasuredOnInstagram(), nil, 0, 0.00000, 0.09871, "", []string{"fake.caveat", "fake.below_false_alarms"}},
		"just enough":                  {sampleOf(20, 80, 0), demoCalibration(), nil, 0.22117, 0.13076, 0.34169, "", nil},
		"half of them, not drawn":      {&halfNotDrawn, demoCalibration(), nil, .2212, .1651, .2875, "", []string{"fake.not_random"}},
		"just chance":                  {sampleOf(60, 240, 0), coin, nil, 0, 0, 0, "fake.no_better_than_chance", nil},
		"so few that none explain it":  {sampleOf(0, 300, 0), demoCalibration(), nil, 0, 0, .0163, "", []string{"fake.below_false_alarms", "fake.other_accounts"}},
		"so many that none explain it": {sampleOf(290, 10, 0), demoCalibration(), nil, 1, .9374, 1, "", []string{"fake.other_accounts"}},
		"more than there are":          {fewer, demoCalibration(), nil, .2212, .1651, .2875, "", []string{"fake.population"}},
		"some cannot be told":          {sampleOf(60, 240, 100), demoCalibration(), nil, .2212, .1104, .5587, "", []string{"fake.undetermined"}},
		"not random":                   {notRandom, demoCalibration(), nil, .2212, .1651, .2875, "", []string{"fake.not_random"}},
		"above the baseline":           {sampleOf(60, 240, 0), demoCalibration(), baseline(.1), .2212, .1651, .2875, "", []string{"fake.above_baseline"}},
		"perhaps above the baseline":   {sampleOf(60, 240, 0), demoCalibration(), baseline(.2), .2212, .1651, .2875, "", []string{"fake.not_above_baseline"}},
		"below the baseline":           {sampleOf(60, 240, 0), demoCalibration(), baseline(.25), .2212, .1651, .2875, "", nil},
		"measured on Instagram":        {sampleOf(60, 240, 0), MeasuredOnInstagram(), nil, .2388, .1126, .4225, "", []string{"fake.caveat"}},
		"another rule":                 {sampleOf(60, 240, 0), other, nil, 0, 0, 0, "fake.other_rule", nil},
		"no better than chance":        {sampleOf(60, 240, 0), chance, nil, 0, 0, 0, "fake.no_better_than_chance", nil},
		"too few":                      {sampleOf(9, 90, 50), demoCalibration(), nil, 0, 0, 0, "fake.too_few", []string{"fake.undetermined"}},
		"fewer than the caller asks":   {sampleOf(60, 240, 0), demoCalibration(), &FakeOptions{MinFollowers: 301}, 0, 0, 0, "fake.too_few", nil},
		"no sample":                    {nil, demoCalibration(), nil, 0, 0, 0, "fake.no_sample", nil},
		"the caller cannot ask for 10": {sampleOf(2, 8, 0), demoCalibration(), &FakeOptions{MinFollowers: 10}, 0, 0, 0, "fake.too_few", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := FakeFollowers(tt.sample, tt.cal, tt.o)
			require.NoError(t, err)
			var codes []string
			for _, f := range r.Findings {
				codes = append(codes, f.Code)
			}
			if diff := cmp.Diff(tt.findings, codes); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if tt.refusal != "" {
				if _, known := r.Value.Value(); known || r.Refusal == nil || r.Refusal.Code != tt.refusal {
					t.Errorf("reading %+v, want refusal %s", r, tt.refusal)
				}
				return
			}
			require.Nil(t, r.Refusal)
			value, _ := r.Value.Value()
			for what, d := range map[string]float64{"value": value - tt.value, "low": *r.Low - tt.low, "high": *r.High - tt.high} {
				if math.Abs(d) > 6e-5 {
					t.Errorf("%s is off by %v: %.4f, %.4f to %.4f", what, d, value, *r.Low, *r.High)
				}
			}
		})
	}
}

// coinRule says what a simulated rule said, which stands in the number of posts.
type coinRule struct{}

func (coinRule) ID() string { return "coin" }

func (coinRule) Judge(f Follower) Judgement {
	if n, _ := f.Posts.Value(); n == 1 {
		return Judgement{State: creator.Failed}
	}
	return Judgement{State: creator.Passed}
}

// A rule is measured on labelled accounts and named among a part of the followers: what it
// tells of the followers must hold the truth about as often as its level says, however
// large the part and the truth are.
func TestFakeFollowersCoverTheTruth(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(31, 32))
	hits := func(n int, p float64) (k int) {
		for range n {
			if dice.Float64() < p {
				k++
			}
		}
		return k
	}
	const runs, seen = 80, 150
	for _, all := range []int{seen, 200, 1000} {
		for _, exact := range []bool{true, false} {
			held := 0
			for _, truth := range []float64{.02, .1, .3, .6} {
				for range runs {
					c := Calibration{Name: "demo", Rule: "coin", Source: "demo", Sensitivity: exactly(.7), Specificity: exactly(.93)}
					if !exact {
						c.Sensitivity, c.Specificity = ProportionOf(hits(300, .7), 300), ProportionOf(hits(600, .93), 600)
					}
					held += coverOnce(t, dice, c, seen, all, int(truth*float64(all)))
				}
			}
			if share := float64(held) / (4 * runs); share < .93 {
				t.Errorf("of %d followers with exact rates %t, %.3f of the intervals hold the truth", all, exact, share)
			}
		}
	}
}

// coverOnce looks at some of all followers, of whom so many are fake, and is 1 where the
// interval holds their share.
func coverOnce(t *testing.T, dice *rand.Rand, c Calibration, seen, all, fake int) int {
	t.Helper()
	one, zero := byline.Known(1, "posts", fitAt), byline.Known(0, "posts", fitAt)
	s := &FollowerSample{Random: true, Population: byline.Known(float64(all), "followers", fitAt), At: fitAt}
	for _, who := range dice.Perm(all)[:seen] {
		named := dice.Float64() < .07
		if who < fake {
			named = dice.Float64() < .7
		}
		f := Follower{Posts: zero}
		if named {
			f.Posts = one
		}
		s.Followers = append(s.Followers, f)
	}
	r, err := FakeFollowers(s, c, &FakeOptions{Rule: coinRule{}})
	require.NoError(t, err)
	if truth := float64(fake) / float64(all); *r.Low <= truth+1e-9 && truth <= *r.High+1e-9 {
		return 1
	}
	return 0
}

func TestFakeFollowersRefusesFaults(t *testing.T) {
	t.Parallel()
	nan := math.NaN()
	c := Calibration{Sensitivity: Proportion{nan, 0, 1}, Specificity: Proportion{.5, .6, .7}, Fake: -1, Real: -1}
	_, err := FakeFollowers(sampleOf(60, 240, 0), c, &FakeOptions{Level: 1, Baseline: &nan})
	want := []string{
		"calibration.name calibration.name", "calibration.rule calibration.rule", "calibration.source calibration.source",
		"calibration.sensitivity calibration.rate", "calibration.specificity calibration.rate",
		"calibration.fake calibration.sample", "calibration.real calibration.sample", "level fake.level", "baseline fake.baseline",
	}
	if diff := cmp.Diff(want, faultList(t, err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

func TestFakeFollowersIgnoresOrder(t *testing.T) {
	t.Parallel()
	s := sampleOf(60, 240, 20)
	want, err := FakeFollowers(s, MeasuredOnInstagram(), nil)
	require.NoError(t, err)
	slices.Reverse(s.Followers)
	got, err := FakeFollowers(s, MeasuredOnInstagram(), nil)
	require.NoError(t, err)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("order matters (-want +got):\n%s", diff)
	}
	data, err := json.Marshal(s)
	require.NoError(t, err)
	var back FollowerSample
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(*s, back); diff != "" {
		t.Errorf("JSON round trip (-want +got):\n%s", diff)
	}
}

func TestMeasuredOnInstagram(t *testing.T) {
	t.Parallel()
	c := MeasuredOnInstagram()
	require.NoError(t, c.Validate())
	if math.Abs(c.Sensitivity.Value-.612) > 5e-4 || math.Abs(c.Specificity.Value-.929) > 5e-4 {
		t.Errorf("the rates are %+v", c)
	}
}

func TestFakeReadings(t *testing.T) {
	t.Parallel()
	s := sampleOf(60, 240, 0)
	o := &Options{Sample: s, Calibration: new(demoCalibration())}
	got := fakeReadings(nil, fitAda, o)
	if _, known := got[0].Value.Value(); !known || len(got) != 1 || got[0].Metric != FakeShare {
		t.Errorf("readings %+v", got)
	}
	got = fakeReadings(nil, creator.Ref{Platform: byline.TikTok, Handle: "ada"}, o)
	if got[0].Refusal.Code != "fake.no_sample" || got[0].Platform != byline.TikTok || got[0].Value.Missing() != byline.NotCollected {
		t.Errorf("readings %+v", got)
	}
}
