package vet

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

var fitAt = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

var fitAda = creator.Ref{Platform: byline.Instagram, Handle: "ada"}

type shares map[string]float64

func breakdown(by creator.Dimension, s shares) creator.Breakdown {
	b := creator.Breakdown{Dimension: by}
	for key, share := range s {
		b.Buckets = append(b.Buckets, creator.Bucket{Key: key, Share: byline.Known(share, "audience.share", fitAt)})
	}
	return b
}

func audience(bs ...creator.Breakdown) *creator.Audience {
	return &creator.Audience{Account: fitAda, Kind: creator.Followers, Base: byline.Known(20_000, "followers", fitAt), Breakdowns: bs}
}

func target(by creator.Dimension, s shares) Target {
	t := Target{Dimension: by, Weight: 1}
	for key, share := range s {
		t.Shares = append(t.Shares, TargetShare{Key: key, Share: share})
	}
	slices.SortFunc(t.Shares, func(a, b TargetShare) int { return cmp2(a.Key, b.Key) })
	return t
}

func cmp2(a, b string) int { return slices.Compare([]byte(a), []byte(b)) }

func near4(a, b float64) bool { return math.Abs(a-b) < 5e-7 }

func TestDistancesGolden(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		pairs []pair
		want  Distances
	}{
		"near":     {[]pair{{.5, .4}, {.3, .4}, {.2, .2}}, Distances{.009186, .095843, .079851, .9}},
		"disjoint": {[]pair{{1, 0}, {0, 1}}, Distances{1, 1, 1, 0}},
		"the same": {[]pair{{.3, .3}, {.7, .7}}, Distances{0, 0, 0, 1}},
		"nothing":  {[]pair{{0, .3}, {0, .7}}, Distances{.5, math.Sqrt(.5), 1, 0}}, // half a whole against one
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, distances(tt.pairs, 0), cmpopts.EquateApprox(0, 1e-6)); diff != "" {
				t.Errorf("distances (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDistancesAreSymmetric(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		p, q, r := randomWhole(dice, 6), randomWhole(dice, 6), randomWhole(dice, 6)
		ab, ba := distances(zip(p, q), 0), distances(zip(q, p), 0)
		if diff := cmp.Diff(ab, ba, cmpopts.EquateApprox(0, 1e-12)); diff != "" {
			t.Fatalf("not symmetric:\n%s", diff)
		}
		if ab.Distance < 0 || ab.Distance > 1 || ab.Hellinger < 0 || ab.Hellinger > 1 {
			t.Fatalf("out of range: %+v", ab)
		}
		if around := distances(zip(p, r), 0).Distance + distances(zip(r, q), 0).Distance; ab.Distance > around+1e-9 {
			t.Fatalf("%v is more than the way around, %v", ab.Distance, around)
		}
	}
}

func zip(p, q []float64) []pair {
	pairs := make([]pair, len(p))
	for i := range p {
		pairs[i] = pair{p[i], q[i]}
	}
	return pairs
}

// randomWhole makes shares of 1, some of them 0.
func randomWhole(dice *rand.Rand, n int) []float64 {
	p, sum := make([]float64, n), 0.0
	for i := range p {
		if dice.IntN(4) > 0 || i == 0 {
			p[i] = dice.Float64() + 1e-3
		}
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// Wherever the unknown are put, the fit lies between the bounds, and both are reached.
func TestBoundsHoldWhereverTheUnknownAre(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		pairs, unknown := zip(randomWhole(dice, 5), randomWhole(dice, 5)), dice.Float64()
		for i := range pairs {
			pairs[i].have *= 1 - unknown
		}
		worst := distances(pairs, unknown).Distance
		best := distances(bestPlaced(pairs, unknown), 0).Distance
		total := 0.0
		for _, p := range bestPlaced(pairs, unknown) {
			total += p.have
		}
		if math.Abs(total-1) > 1e-9 {
			t.Fatalf("best placed make up %v", total)
		}
		for range 50 {
			put, placed := randomWhole(dice, 6), slices.Clone(pairs)
			for i := range placed {
				placed[i].have += unknown * put[i]
			}
			d := distances(placed, unknown*put[5]).Distance
			if d < best-1e-9 || d > worst+1e-9 {
				t.Fatalf("%v is not within %v and %v", d, best, worst)
			}
		}
	}
}

// No more keys are lifted than the unknown can lift, or somebody who is known would move.
func TestBestPlacedMovesNobodyWhoIsKnown(t *testing.T) {
	t.Parallel()
	want := []pair{{.4, .5}, {.6, .5}}
	if diff := cmp.Diff(want, bestPlaced([]pair{{.1, .5}, {.6, .5}}, .3), cmp.AllowUnexported(pair{}), cmpopts.EquateApprox(0, 1e-12)); diff != "" {
		t.Errorf("placed (-want +got):\n%s", diff)
	}
}

func TestMoveYears(t *testing.T) {
	t.Parallel()
	of := func(s shares) (all []ageMass) {
		m := masses{shares: s}
		return m.ages()
	}
	tests := map[string]struct {
		have, want shares
		unknown    float64
		years      Years
	}{
		"the same":                   {shares{"18-24": .4, "25-34": .6}, shares{"18-24": .4, "25-34": .6}, 0, Years{0, 0}},
		"the next range":             {shares{"18-24": 1}, shares{"25-34": 1}, 0, Years{1, 7}},
		"the far end":                {shares{"18-24": 1}, shares{"65+": 1}, 0, Years{41, 47}},
		"a half moves":               {shares{"18-24": 1}, shares{"18-24": .5, "25-34": .5}, 0, Years{.5, 3.5}},
		"a range within":             {shares{"18-24": 1}, shares{"18-34": 1}, 0, Years{0, 0}},
		"a range around":             {shares{"18-34": 1}, shares{"18-24": 1}, 0, Years{0, 10}},
		"ranges that do not meet":    {shares{"20-29": .5, "30-39": .5}, shares{"25-34": 1}, 0, Years{0, 5}},
		"above 65 is 65":             {shares{"65+": 1}, shares{"70-79": 1}, 0, Years{0, 0}},
		"below 13 is 13":             {shares{"0-12": 1}, shares{"13-17": 1}, 0, Years{0, 0}},
		"half unknown":               {shares{"18-24": .5}, shares{"18-24": 1}, .5, Years{0, 20.5}},
		"all in an open range":       {shares{"13+": 1}, shares{"18-24": 1}, 0, Years{0, 46}}, // 5 below or 41 above, bounded together
		"nothing known of the young": {shares{"65+": .5}, shares{"65+": 1}, .5, Years{0, 26}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := moveYears(of(tt.have), of(tt.want), tt.unknown)
			if diff := cmp.Diff(tt.years, got, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
				t.Errorf("years (-want +got):\n%s", diff)
			}
		})
	}
}

// With single ages for ranges, the bounds are the earth mover's distance: a metric.
func TestMoveYearsIsAMetric(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(5, 6))
	single := func() (all []ageMass) {
		for i, share := range randomWhole(dice, 8) {
			all = append(all, ageMass{span{15 + 6*i, 15 + 6*i}, share})
		}
		return all
	}
	for range 300 {
		a, b, c := single(), single(), single()
		ab, ba := moveYears(a, b, 0), moveYears(b, a, 0)
		if ab.Low < 0 || math.Abs(ab.Low-ab.High) > 1e-9 || math.Abs(ab.High-ba.High) > 1e-9 {
			t.Fatalf("%+v and %+v", ab, ba)
		}
		if around := moveYears(a, c, 0).High + moveYears(c, b, 0).High; ab.High > around+1e-9 {
			t.Fatalf("%v is more than the way around, %v", ab.High, around)
		}
		if self := moveYears(a, a, 0); self.High != 0 {
			t.Fatalf("to itself %+v", self)
		}
	}
}

// Whatever ages the people have, the years lie within the bounds.
func TestMoveYearsBoundsHold(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(7, 8))
	spans := []span{{13, 17}, {18, 24}, {25, 34}, {35, 44}, {45, 65}}
	targets := []span{{13, 20}, {21, 40}, {41, 65}}
	for range 300 {
		unknown := dice.Float64() / 2
		var have, want, truth []ageMass
		for i, share := range randomWhole(dice, 5) {
			have = append(have, ageMass{spans[i], share * (1 - unknown)})
			at := spans[i].from + dice.IntN(spans[i].to-spans[i].from+1)
			truth = append(truth, ageMass{span{at, at}, share * (1 - unknown)})
		}
		at := 13 + dice.IntN(53)
		truth = append(truth, ageMass{span{at, at}, unknown})
		for i, share := range randomWhole(dice, 3) {
			want = append(want, ageMass{targets[i], share})
		}
		bounds, exact := moveYears(have, want, unknown), moveYears(truth, want, 0)
		if math.Abs(exact.Low-exact.High) > 1e-9 || exact.Low < bounds.Low-1e-9 || exact.High > bounds.High+1e-9 {
			t.Fatalf("%+v is not within %+v", exact, bounds)
		}
	}
}

type dimensionCase struct {
	audience *creator.Audience
	target   Target
	low      float64
	high     float64
	refusal  string
	findings []string
}

func dimensionCases() map[string]dimensionCase {
	country := target(creator.Country, shares{"DE": .4, "AT": .4, "CH": .2})
	one := target(creator.Country, shares{"DE": 1})
	coverage := func(share float64, a *creator.Audience) *creator.Audience {
		a.Coverage = byline.Known(share, "coverage", fitAt)
		return a
	}
	withheld := audience(creator.Breakdown{Dimension: creator.Country, Buckets: []creator.Bucket{
		{Key: "DE", Share: byline.Known(.5, "s", fitAt)}, {Key: "AT", Share: byline.Missing(byline.BelowThreshold, "s", fitAt)},
	}})
	twice := audience(creator.Breakdown{Dimension: creator.Country, Buckets: []creator.Bucket{
		{Key: "UK", Share: byline.Known(.5, "s", fitAt)}, {Key: "gb", Share: byline.Known(.5, "s", fitAt)},
	}})
	few := audience(breakdown(creator.Country, shares{"DE": 1}))
	few.Base = byline.Known(99, "followers", fitAt)
	return map[string]dimensionCase{
		"golden":                       {audience(breakdown(creator.Country, shares{"de": .5, "AT": .3, "CH": .2})), country, 1 - .095843, 1 - .095843, "", nil},
		"disjoint":                     {audience(breakdown(creator.Country, shares{"US": 1})), country, 0, 0, "", nil},
		"half unknown":                 {audience(breakdown(creator.Country, shares{"DE": .5, "unknown": .5})), one, 1 - math.Sqrt(.3112781), 1, "", nil},
		"shares of 90%":                {audience(breakdown(creator.Country, shares{"DE": .9})), one, -1, 1, "", []string{"fit.sum_under"}},
		"shares of 120%":               {audience(breakdown(creator.Country, shares{"DE": .7, "AT": .5})), one, 0, 0, "fit.sum_over", nil},
		"rounded to 101%":              {audience(breakdown(creator.Country, shares{"DE": 1, "AT": .01})), one, -1, -1, "", nil},
		"a negative share":             {audience(breakdown(creator.Country, shares{"DE": -.1, "AT": .5})), one, 0, 0, "fit.share", nil},
		"a share in percent":           {audience(breakdown(creator.Country, shares{"DE": 70, "AT": 30})), one, 0, 0, "fit.share", nil},
		"not broken down":              {audience(), one, 0, 0, "fit.no_breakdown", nil},
		"only unknown":                 {audience(breakdown(creator.Country, shares{"unknown": 1})), one, 0, 0, "fit.nothing_known", nil},
		"a key twice":                  {twice, one, 0, 0, "fit.key_twice", nil},
		"too few people":               {few, one, 0, 0, "fit.small_base", nil},
		"withheld":                     {withheld, one, -1, 1, "", []string{"fit.withheld", "fit.sum_under"}},
		"of those it placed":           {coverage(.5, audience(breakdown(creator.Country, shares{"DE": 1}))), one, 1 - math.Sqrt(.3112781), 1, "", []string{"fit.placed_only"}},
		"coverage that fits":           {coverage(.8, audience(breakdown(creator.Country, shares{"DE": .8, "unknown": .2}))), one, -1, 1, "", nil},
		"the rest is not known":        {audience(breakdown(creator.Country, shares{"DE": .5, "other": .3, "unknown": .2})), one, 1 - math.Sqrt(.3112781), 1, "", nil},
		"another gender":               {audience(breakdown(creator.Gender, shares{"female": .5, "other": .5})), target(creator.Gender, shares{"female": 1}), 1 - math.Sqrt(.3112781), 1 - math.Sqrt(.3112781), "", nil},
		"languages in one":             {audience(breakdown(creator.Language, shares{"en-GB": .5, "en-US": .5})), target(creator.Language, shares{"en": 1}), 1, 1, "", nil},
		"a wrong age":                  {audience(breakdown(creator.Age, shares{"young": 1})), target(creator.Age, shares{"18-24": 1}), 0, 0, "fit.age", nil},
		"ages that overlap":            {audience(breakdown(creator.Age, shares{"18-24": .5, "24-30": .5})), target(creator.Age, shares{"18-24": 1}), 0, 0, "fit.age_overlap", nil},
		"ages":                         {audience(breakdown(creator.Age, shares{"18-24": 1})), target(creator.Age, shares{"25-34": 1}), 1 - 7./52, 1 - 1./52, "", nil},
		"interests":                    {audience(breakdown(creator.Interest, shares{"baking": .3, "travel": .9})), target(creator.Interest, shares{"Baking": .6, "Travel": .5}), .75, .75, "", nil},
		"interests of the unknown":     {audience(breakdown(creator.Interest, shares{"baking": .3, "unknown": .4})), target(creator.Interest, shares{"baking": .6}), .5, 1, "", nil},
		"interests of half":            {coverage(.5, audience(breakdown(creator.Interest, shares{"baking": .1}))), target(creator.Interest, shares{"baking": .8}), .125, .75, "", nil},
		"interests of those it placed": {coverage(.5, audience(breakdown(creator.Interest, shares{"baking": .6}))), target(creator.Interest, shares{"baking": .8}), .375, 1, "", []string{"fit.placed_only"}},
		"interests of most":            {coverage(.9, audience(breakdown(creator.Interest, shares{"baking": .2, "unknown": .3}))), target(creator.Interest, shares{"baking": .8}), .25, .625, "", nil},
		"no country of that name":      {audience(breakdown(creator.Country, shares{"DE": .5, "Austria": .5})), one, 1 - math.Sqrt(.3112781), 1, "", []string{"fit.key"}},
		"letters of genders":           {audience(breakdown(creator.Gender, shares{"F": .5, "U": .5})), target(creator.Gender, shares{"female": 1}), 1 - math.Sqrt(.3112781), 1, "", nil},
		"other ages":                   {audience(breakdown(creator.Age, shares{"18-24": .5, "other": .5})), target(creator.Age, shares{"18-24": 1}), 1 - 20.5/52, 1, "", nil},
		"an interest missing":          {audience(breakdown(creator.Interest, shares{"baking": .3})), target(creator.Interest, shares{"baking": .6, "travel": .5}), .25, .75, "", nil},
		"no interest known":            {audience(breakdown(creator.Interest, shares{"cars": .3})), target(creator.Interest, shares{"baking": .6}), 0, 0, "fit.nothing_known", nil},
	}
}

func TestFitOfADimension(t *testing.T) {
	t.Parallel()
	for name, tt := range dimensionCases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, err := Fit(tt.audience, &Ideal{Name: "demo", Targets: []Target{tt.target}})
			require.NoError(t, err)
			r := f.Dimensions[0].Reading
			if tt.refusal != "" {
				if r.Refusal == nil || r.Refusal.Code != tt.refusal || f.Total.Refusal == nil || f.Total.Refusal.Code != "fit.too_little" {
					t.Fatalf("refusal %+v, of the total %+v", r.Refusal, f.Total.Refusal)
				}
				return
			}
			require.Nil(t, r.Refusal)
			value, _ := r.Value.Value()
			if tt.low >= 0 && !near4(value, tt.low) || tt.high >= 0 && !near4(*r.High, tt.high) || *r.Low != value {
				t.Errorf("fit %.6f, %.6f to %.6f, want %.6f to %.6f", value, *r.Low, *r.High, tt.low, tt.high)
			}
			var codes []string
			for _, found := range r.Findings {
				codes = append(codes, found.Code)
			}
			if diff := cmp.Diff(tt.findings, codes); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFitTotal(t *testing.T) {
	t.Parallel()
	country, gender := target(creator.Country, shares{"DE": 1}), target(creator.Gender, shares{"female": 1})
	country.Weight = 3
	f, err := Fit(audience(breakdown(creator.Country, shares{"DE": 1})), &Ideal{Name: "demo", Targets: []Target{country, gender}})
	require.NoError(t, err)
	value, _ := f.Total.Value.Value()
	if value != 1 || *f.Total.Low != .75 || *f.Total.High != 1 || f.Coverage != .75 {
		t.Errorf("%v from %v to %v of %v", value, *f.Total.Low, *f.Total.High, f.Coverage)
	}
	if f.Total.Findings[0].Code != "fit.dimension_missing" {
		t.Errorf("findings %v", f.Total.Findings)
	}
	gender.Weight = 3
	half, err := Fit(audience(breakdown(creator.Country, shares{"DE": 1})), &Ideal{Name: "demo", Targets: []Target{country, gender}})
	require.NoError(t, err)
	if _, known := half.Total.Value.Value(); !known || half.Coverage != .5 {
		t.Errorf("half of the weight is refused: %+v", half.Total)
	}
	data, err := json.Marshal(f)
	require.NoError(t, err)
	var back Fitted
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(f, back); diff != "" {
		t.Errorf("JSON round trip (-want +got):\n%s", diff)
	}
}

// Unlike the divergence, years tell the next range from the far end.
func TestAgesNearbyFitBetter(t *testing.T) {
	t.Parallel()
	ideal := &Ideal{Name: "demo", Targets: []Target{target(creator.Age, shares{"18-24": .5, "25-34": .5})}}
	fitOf := func(key string) float64 {
		f, err := Fit(audience(breakdown(creator.Age, shares{key: 1})), ideal)
		require.NoError(t, err)
		value, _ := f.Total.Value.Value()
		return value
	}
	if near, far := fitOf("35-44"), fitOf("65+"); near <= far {
		t.Errorf("35 to 44 fits %v, 65 and more %v", near, far)
	}
}

func TestFitIgnoresTheOrderOfBuckets(t *testing.T) {
	t.Parallel()
	a := audience(creator.Breakdown{Dimension: creator.Country, Buckets: []creator.Bucket{
		{Key: "DE", Share: byline.Known(.37, "s", fitAt)}, {Key: "AT", Share: byline.Known(.21, "s", fitAt)},
		{Key: "CH", Share: byline.Known(.11, "s", fitAt)}, {Key: "US", Share: byline.Known(.07, "s", fitAt)}, {Key: "FR", Share: byline.Known(.13, "s", fitAt)},
	}})
	ideal := &Ideal{Name: "demo", Targets: []Target{target(creator.Country, shares{"DE": .5, "AT": .5})}}
	want, err := Fit(a, ideal)
	require.NoError(t, err)
	for range 20 {
		rand.Shuffle(5, func(i, j int) {
			b := a.Breakdowns[0].Buckets
			b[i], b[j] = b[j], b[i]
		})
		got, err := Fit(a, ideal)
		require.NoError(t, err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("order changes the fit (-want +got):\n%s", diff)
		}
	}
}

func TestFloors(t *testing.T) {
	t.Parallel()
	a := audience(breakdown(creator.Country, shares{"DE": .45, "AT": .35, "unknown": .2}),
		breakdown(creator.Age, shares{"18-24": .3, "25-34": .7}), breakdown(creator.Interest, shares{"baking": .4}),
		breakdown(creator.City, shares{"Wien": .7, "Other": .3}))
	tests := map[string]struct {
		floor Floor
		want  creator.State
	}{
		"above":                      {Floor{creator.Country, "DE", .4}, creator.Passed},
		"exactly":                    {Floor{creator.Country, "de", .45}, creator.Passed},
		"the unknown decide":         {Floor{creator.Country, "DE", .5}, creator.Undetermined},
		"not even with the unknown":  {Floor{creator.Country, "AT", .6}, creator.Failed},
		"another place of the rest":  {Floor{creator.City, "graz", .1}, creator.Undetermined},
		"no place of the rest":       {Floor{creator.City, "graz", .4}, creator.Failed},
		"a country that is not seen": {Floor{creator.Country, "CH", .1}, creator.Undetermined},
		"ages inside":                {Floor{creator.Age, "18-34", 1}, creator.Passed},
		"ages that overlap":          {Floor{creator.Age, "18-29", .5}, creator.Undetermined},
		"ages that touch it above":   {Floor{creator.Age, "34-40", .5}, creator.Undetermined},
		"ages that touch it below":   {Floor{creator.Age, "10-18", .2}, creator.Undetermined},
		"ages around it":             {Floor{creator.Age, "20-22", .2}, creator.Undetermined},
		"ages that are not there":    {Floor{creator.Age, "35+", .1}, creator.Failed},
		"an interest":                {Floor{creator.Interest, "baking", .5}, creator.Failed},
		"an interest not given":      {Floor{creator.Interest, "travel", .5}, creator.Undetermined},
		"a dimension not given":      {Floor{creator.Gender, "female", .5}, creator.Undetermined},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, err := Fit(a, &Ideal{Name: "demo", Targets: []Target{target(creator.Country, shares{"DE": 1})}, Floors: []Floor{tt.floor}})
			require.NoError(t, err)
			if c := f.Floors[0]; c.State != tt.want || c.Code != "fit.floor" || c.Reason == "" || !c.At.Equal(fitAt) {
				t.Errorf("%+v, want %s", c, tt.want)
			}
		})
	}
}

// What a floor says must be told from what is asked for, and rounding must fail nobody.
func TestFloorsOnTheEdge(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		shares shares
		state  creator.State
		reason string
	}{
		"a hair below":        {shares{"DE": .4996, "AT": .5004}, creator.Failed, "at least 50.0% is asked for; the audience has 49.96% of country DE"},
		"rounded to 101%":     {shares{"DE": .5, "AT": .51}, creator.Undetermined, "at least 50.0% is asked for; the audience has 49.5% to 50.0% of country DE, for the rest is unknown"},
		"a sum that is it":    {shares{"DE": .1 + .4, "AT": .5}, creator.Passed, "at least 50.0% is asked for; the audience has 50.0% of country DE"},
		"the unknown reach":   {shares{"DE": .4, "AT": .5, "unknown": .1}, creator.Undetermined, "at least 50.0% is asked for; the audience has 40.0% to 50.0% of country DE, for the rest is unknown"},
		"the unknown do not":  {shares{"DE": .39, "AT": .51, "unknown": .1}, creator.Failed, "at least 50.0% is asked for; the audience has 39.0% to 49.0% of country DE, for the rest is unknown"},
		"no country but this": {shares{"DE": .4, "Deutschland": .6}, creator.Undetermined, "at least 50.0% is asked for; the audience has 40.0% to 100.0% of country DE, for the rest is unknown"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ideal := &Ideal{Name: "demo", Targets: []Target{target(creator.Country, shares{"DE": 1})}, Floors: []Floor{{creator.Country, "DE", .5}}}
			f, err := Fit(audience(breakdown(creator.Country, tt.shares)), ideal)
			require.NoError(t, err)
			if c := f.Floors[0]; c.State != tt.state || c.Reason != tt.reason {
				t.Errorf("%s: %s", c.State, c.Reason)
			}
		})
	}
	young := &Ideal{Name: "demo", Targets: []Target{target(creator.Age, shares{"18-24": 1})}, Floors: []Floor{{creator.Age, "18-24", .5}}}
	rounded, err := Fit(audience(breakdown(creator.Age, shares{"18-24": .5, "25-34": .51})), young)
	require.NoError(t, err)
	if c := rounded.Floors[0]; c.State != creator.Undetermined {
		t.Errorf("rounded ages: %s: %s", c.State, c.Reason)
	}
	interest := &Ideal{Name: "demo", Targets: []Target{target(creator.Country, shares{"DE": 1})}, Floors: []Floor{{creator.Interest, "baking", .5}}}
	f, err := Fit(audience(breakdown(creator.Interest, shares{"baking": .4, "unknown": .2})), interest)
	require.NoError(t, err)
	if c := f.Floors[0]; c.State != creator.Undetermined {
		t.Errorf("%s: %s", c.State, c.Reason)
	}
}

func TestFitSaysWhatIsUnknown(t *testing.T) {
	t.Parallel()
	of := func(a *creator.Audience, want Target) DimensionFit {
		f, err := Fit(a, &Ideal{Name: "demo", Targets: []Target{want}})
		require.NoError(t, err)
		return f.Dimensions[0]
	}
	d := of(audience(breakdown(creator.Country, shares{"DE": .5, "unknown": .52})), target(creator.Country, shares{"DE": 1}))
	if share, _ := d.Keys[0].Share.Value(); !near4(d.Unknown, .52/1.02) || !near4(share, .5/1.02) {
		t.Errorf("of rounded shares %v are unknown and %v known", d.Unknown, share)
	}
	ages := shares{"18-24": .5, "25-34": .5}
	if same := of(audience(breakdown(creator.Age, ages)), target(creator.Age, ages)); same.Distances == nil || same.Distances.Distance != 0 || same.Years.High != 0 {
		t.Errorf("the same ages: %+v, %+v", same.Distances, same.Years)
	}
	if other := of(audience(breakdown(creator.Age, ages)), target(creator.Age, shares{"18-34": 1})); other.Distances != nil {
		t.Errorf("other ranges have the distances %+v", other.Distances)
	}
}

func TestFitOfAnotherKind(t *testing.T) {
	t.Parallel()
	ideal := &Ideal{Name: "demo", Audience: creator.Viewers, Targets: []Target{target(creator.Country, shares{"DE": 1})}}
	f, err := Fit(audience(breakdown(creator.Country, shares{"DE": 1})), ideal)
	require.NoError(t, err)
	if r := f.Dimensions[0].Reading; r.Refusal == nil || r.Refusal.Code != "fit.other_kind" {
		t.Errorf("followers are read as viewers: %+v", r)
	}
	ideal.Audience = creator.Followers
	a, b := *audience(breakdown(creator.Country, shares{"DE": 1})), *audience(breakdown(creator.Country, shares{"AT": 1}))
	a.Source, b.Source = "a", "b"
	for _, both := range [][]creator.Audience{{a, b}, {b, a}} {
		f, err := FitLatest(&creator.Dossier{Audiences: both}, fitAda, ideal, time.Time{})
		require.NoError(t, err)
		if f.Total.Source != "b" {
			t.Errorf("the order of snapshots decides: %s", f.Total.Source)
		}
	}
}

// Whatever ages the people have, in ranges that do not meet those of the target, the years
// to be moved are within the bounds: each age of each range and of the unknown is tried.
func TestAgesOfOtherRanges(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(21, 22))
	cut := func() (all []ageMass) {
		from := 10 + dice.IntN(8)
		for _, share := range randomWhole(dice, 4) {
			to := from + dice.IntN(18)
			all = append(all, ageMass{span{from, to}, share})
			from = to + 1 + dice.IntN(3)
		}
		all[3].span.to = noAge
		return all
	}
	for range 400 {
		have, want, unknown := cut(), cut(), dice.Float64()
		for i := range have {
			have[i].share *= 1 - unknown
		}
		bounds := moveYears(have, want, unknown)
		for range 40 {
			var truth []ageMass
			for _, m := range append(slices.Clone(have), ageMass{span{0, 99}, unknown}) {
				for _, part := range randomWhole(dice, 1+dice.IntN(3)) {
					at := m.span.from + dice.IntN(min(m.span.to, 99)-m.span.from+1)
					truth = append(truth, ageMass{span{at, at}, m.share * part})
				}
			}
			if y := moveYears(truth, want, 0).High; y < bounds.Low-1e-9 || y > bounds.High+1e-9 {
				t.Fatalf("%v is not within %+v: %v, %v, %v", y, bounds, have, want, truth)
			}
		}
	}
}

func TestIdealValidate(t *testing.T) {
	t.Parallel()
	zero := 0.0
	bad := Ideal{
		Audience: "fans",
		Targets: []Target{
			{Dimension: "shoe", Weight: math.NaN()},
			{Dimension: creator.Country, Weight: 1, Shares: []TargetShare{{Key: "Germany", Share: .5}, {Key: "DE", Share: .3}, {Key: "de", Share: math.Inf(1)}}},
			{Dimension: creator.Country, Weight: 1, Shares: []TargetShare{{Key: "AT", Share: .5, Population: &zero}}},
			{Dimension: creator.Age, Weight: 1, Shares: []TargetShare{{Key: "18-24", Share: .5}, {Key: "20+", Share: .5}, {Key: "unknown", Share: 0}}},
		},
		Floors: []Floor{{Dimension: creator.Country, Key: "unknown", AtLeast: 1.1}},
	}
	want := []string{
		"name ideal.name", "audience ideal.audience",
		"targets[0].weight ideal.weight", "targets[0].shares ideal.no_shares", "targets[0].dimension ideal.dimension",
		"targets[1].shares[0].key ideal.key", "targets[1].shares[2].key ideal.key_twice", "targets[1].shares[2].share ideal.share",
		"targets[2].dimension ideal.dimension_twice", "targets[2].shares[0].population ideal.population", "targets[2].shares ideal.sum",
		"targets[3].shares[1].key ideal.age_overlap", "targets[3].shares[2].key ideal.key", "targets[3].shares[2].share ideal.share",
		"floors[0].key ideal.key", "floors[0].at_least ideal.at_least",
	}
	if diff := cmp.Diff(want, faultList(t, bad.Validate())); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"name ideal.name", "targets ideal.no_targets"}, faultList(t, (&Ideal{}).Validate())); diff != "" {
		t.Errorf("faults of nothing (-want +got):\n%s", diff)
	}
	_, err := Fit(audience(), &bad)
	require.ErrorIs(t, err, byline.ErrInvalid)
}

func faultList(t *testing.T, err error) (list []string) {
	t.Helper()
	if err == nil {
		return nil
	}
	all, ok := errors.AsType[*byline.ValidationError](err)
	if !ok {
		t.Fatal(err)
	}
	for _, f := range all.Fields {
		list = append(list, f.Path+" "+f.Code)
	}
	return list
}

func TestNothingAtAll(t *testing.T) {
	t.Parallel()
	_, err := Fit(nil, nil)
	require.ErrorIs(t, err, byline.ErrInvalid)
	f, err := Fit(nil, &Ideal{Name: "demo", Targets: []Target{target(creator.Country, shares{"DE": 1})}})
	require.NoError(t, err)
	if r := f.Dimensions[0].Reading; r.Refusal == nil || r.Refusal.Code != "fit.no_breakdown" {
		t.Errorf("reading %+v", r)
	}
	c, err := Comments(nil, fitAda, nil)
	require.NoError(t, err)
	if len(c.Readings) != 8 || c.Readings[0].Refusal.Code != "comments.none" {
		t.Errorf("readings %+v", c.Readings)
	}
}

func TestFitReadings(t *testing.T) {
	t.Parallel()
	ideal := &Ideal{Name: "demo", Targets: []Target{target(creator.Country, shares{"DE": 1})}}
	older, newer, viewers := *audience(breakdown(creator.Country, shares{"DE": 1})), *audience(breakdown(creator.Country, shares{"AT": 1})), *audience()
	newer.Base, viewers.Kind = byline.Known(500, "followers", fitAt.AddDate(0, 0, 1)), creator.Viewers
	viewers.Base = byline.Known(500, "viewers", fitAt.AddDate(0, 1, 0))
	d := &creator.Dossier{Audiences: []creator.Audience{older, viewers, newer}}
	tests := map[string]struct {
		d     *creator.Dossier
		ideal *Ideal
		at    time.Time
		want  string
	}{
		"the latest":         {d, ideal, time.Time{}, "[audience.fit 0 audience.fit.country 0]"},
		"as it was known":    {d, ideal, fitAt, "[audience.fit 1 audience.fit.country 1]"},
		"before all":         {d, ideal, fitAt.Add(-1), "[audience.fit fit.no_audience audience.fit.country fit.no_audience]"},
		"no ideal":           {d, nil, fitAt, "[audience.fit fit.no_ideal]"},
		"another's audience": {&creator.Dossier{}, ideal, fitAt, "[audience.fit fit.no_audience audience.fit.country fit.no_audience]"},
		"another kind":       {d, &Ideal{Name: "v", Audience: creator.Viewers, Targets: ideal.Targets}, time.Time{}, "[audience.fit fit.too_little audience.fit.country fit.no_breakdown]"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []any
			for _, r := range fitReadings(tt.d, fitAda, &Options{Ideal: tt.ideal, At: tt.at}) {
				got = append(got, r.Metric)
				if value, known := r.Value.Value(); known {
					got = append(got, value)
				} else {
					got = append(got, r.Refusal.Code)
				}
				if r.Platform != byline.Instagram || r.Value.Definition() == "" {
					t.Errorf("reading %+v", r)
				}
			}
			if text := fmt.Sprint(got); text != tt.want {
				t.Errorf("got %s, want %s", text, tt.want)
			}
		})
	}
}

func FuzzParseAge(f *testing.F) {
	for _, seed := range []string{"18-24", "65+", " 18 - 24 ", "-", "24-18", "9999-1", "+", "0-0", "１８-24"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, key string) {
		s, ok := parseSpan(key)
		if ok && (s.from < 0 || s.to < s.from) {
			t.Errorf("%q is %+v", key, s)
		}
	})
}

func BenchmarkFit(b *testing.B) {
	a := audience(breakdown(creator.Country, shares{"DE": .4, "AT": .2, "CH": .1, "US": .1, "FR": .05, "GB": .05}),
		breakdown(creator.Age, shares{"13-17": .1, "18-24": .4, "25-34": .3, "35-44": .1, "45-54": .05, "55-64": .03, "65+": .02}),
		breakdown(creator.Gender, shares{"female": .6, "male": .35}))
	ideal := &Ideal{Name: "demo", Targets: []Target{
		target(creator.Country, shares{"DE": .6, "AT": .2, "CH": .2}), target(creator.Age, shares{"18-24": .4, "25-34": .6}), target(creator.Gender, shares{"female": 1}),
	}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Fit(a, ideal); err != nil {
			b.Fatal(err)
		}
	}
}

func TestIndexAgainstThePopulation(t *testing.T) {
	t.Parallel()
	population := .2
	wanted := Target{Dimension: creator.Interest, Weight: 1, Shares: []TargetShare{
		{Key: "baking", Share: .5, Population: &population}, {Key: "travel", Share: .5, Population: &population}, {Key: "cars", Share: .1},
	}}
	f, err := Fit(audience(breakdown(creator.Interest, shares{"baking": .5, "cars": .1})), &Ideal{Name: "demo", Targets: []Target{wanted}})
	require.NoError(t, err)
	keys := f.Dimensions[0].Keys
	if keys[0].Index == nil || math.Abs(*keys[0].Index-250) > 1e-9 || keys[1].Index != nil || keys[2].Index != nil {
		t.Errorf("keys %+v", keys)
	}
	if _, known := keys[1].Share.Value(); known {
		t.Error("an interest that the source does not give has a share")
	}
}

func TestFindingsOnTheBase(t *testing.T) {
	t.Parallel()
	ideal := &Ideal{Name: "demo", Targets: []Target{target(creator.Country, shares{"DE": 1})}}
	for code, base := range map[string]byline.Measure{
		"fit.base_unknown": {}, "fit.sampling": byline.Known(999, "followers", fitAt), "": byline.Known(1e300, "followers", fitAt),
	} {
		a := audience(breakdown(creator.Country, shares{"DE": 1}))
		a.Base = base
		f, err := Fit(a, ideal)
		require.NoError(t, err)
		if code == "" && len(f.Total.Findings) > 0 || code != "" && (len(f.Total.Findings) != 1 || f.Total.Findings[0].Code != code) {
			t.Errorf("%q: findings %v", code, f.Total.Findings)
		}
	}
}

// Of whom no audience is known, every floor is still asked and not answered.
func TestFitLatestWithoutAudience(t *testing.T) {
	t.Parallel()
	ideal := &Ideal{
		Name: "demo", Targets: []Target{target(creator.Country, shares{"DE": 1})},
		Floors: []Floor{{Dimension: creator.Country, Key: "DE", AtLeast: 0.5}},
	}
	fitted, err := FitLatest(nil, fitAda, ideal, time.Time{})
	no, ok := errors.AsType[*byline.RefusalError](err)
	if !ok || no.Code != "fit.no_audience" || len(fitted.Floors) != 1 || fitted.Floors[0].State != creator.Undetermined {
		t.Errorf("%v beside %+v", err, fitted.Floors)
	}
}
