package multitouch_test

import (
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/multitouch"
)

// journeys yields some of a demo shop: who was part of them, and what they came to.
func journeys(yield func(multitouch.Journey, error) bool) {
	day := 24 * time.Hour
	for _, j := range []multitouch.Journey{
		{Path: []string{"ada"}, Conversions: 4, Nulls: 16, Value: byline.Minor(200_00, byline.EUR), Ages: []time.Duration{0}},
		{Path: []string{"ada", "bruno"}, Conversions: 6, Nulls: 14, Value: byline.Minor(330_00, byline.EUR), Ages: []time.Duration{7 * day, 0}},
		{Path: []string{"cleo", "ada", "bruno"}, Conversions: 2, Nulls: 3, Value: byline.Minor(90_01, byline.EUR), Ages: []time.Duration{14 * day, 7 * day, 0}, Lead: 2},
	} {
		if !yield(j, nil) {
			return
		}
	}
}

func printCredits(c multitouch.Comparison) {
	for _, r := range c.Results {
		fmt.Printf("%-24s", r.Model)
		for _, credit := range r.Credits {
			fmt.Printf("  %s %5.2f %s", credit.Channel, credit.Conversions, credit.Value)
		}
		fmt.Println()
	}
}

// One pass over the journeys credits them by every rule. The lines below say how
// much depends on which of them is asked.
func ExampleCompare() {
	comparison, err := multitouch.Compare(journeys, []multitouch.Model{
		multitouch.FirstTouch{},
		multitouch.LastTouch{},
		multitouch.Linear{},
		multitouch.PositionBased{},
		multitouch.WShaped{},
		multitouch.TimeDecay{},
	}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	printCredits(comparison)
	for _, s := range comparison.Spread {
		fmt.Printf("%s: %.2f by %s to %.2f by %s\n", s.Channel, s.Low, s.LowModel, s.High, s.HighModel)
	}
	// Output:
	// first_touch               ada 10.00 530.00 EUR  bruno  0.00 0.00 EUR  cleo  2.00 90.01 EUR
	// last_touch                ada  4.00 200.00 EUR  bruno  8.00 420.01 EUR  cleo  0.00 0.00 EUR
	// linear                    ada  7.67 395.00 EUR  bruno  3.67 195.00 EUR  cleo  0.67 30.01 EUR
	// position_based(0.4,0.4)   ada  7.40 383.00 EUR  bruno  3.80 201.01 EUR  cleo  0.80 36.00 EUR
	// w_shaped(0.3,0.3,0.3,0)   ada 10.30 537.51 EUR  bruno  0.80 42.00 EUR  cleo  0.90 40.50 EUR
	// time_decay(168h0m0s)      ada  6.57 335.72 EUR  bruno  5.14 271.43 EUR  cleo  0.29 12.86 EUR
	// ada: 4.00 by last_touch to 10.30 by w_shaped(0.3,0.3,0.3,0)
	// bruno: 0.00 by first_touch to 8.00 by last_touch
	// cleo: 0.00 by last_touch to 2.00 by first_touch
}

// Two machines count what they have, and one of them computes. It makes no difference who
// counted what, not even of the last bit.
func ExampleTally() {
	models := []multitouch.Model{multitouch.Linear{}, multitouch.Markov{}, multitouch.Shapley{Variant: multitouch.SubsetRate}}
	here, err := multitouch.NewTally(models, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	there, _ := multitouch.NewTally(models, nil)
	if err := there.Read(ofLength(journeys, 2)); err != nil {
		fmt.Println(err)
		return
	}
	sent, err := there.MarshalBinary()
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := here.Read(ofLength(journeys, 1, 3)); err != nil {
		fmt.Println(err)
		return
	}
	if err := here.MergeBinary(sent); err != nil {
		fmt.Println(err)
		return
	}
	comparison, err := here.Compare()
	fmt.Println(comparison.Totals.Conversions, "of", comparison.Totals.Conversions+comparison.Totals.Nulls, "converted, worth", comparison.Totals.Value, err)
	printCredits(comparison)
	// Output:
	// 12 of 45 converted, worth 620.01 EUR <nil>
	// linear                    ada  7.67 395.00 EUR  bruno  3.67 195.00 EUR  cleo  0.67 30.01 EUR
	// markov(1)                 ada  6.75 346.66 EUR  bruno  4.50 234.83 EUR  cleo  0.75 38.52 EUR
	// shapley(subset_rate)      ada 10.38 531.05 EUR  bruno  1.38 81.04 EUR  cleo  0.25 7.92 EUR
}

// ofLength yields the journeys of some lengths.
func ofLength(rows iter.Seq2[multitouch.Journey, error], lengths ...int) iter.Seq2[multitouch.Journey, error] {
	return func(yield func(multitouch.Journey, error) bool) {
		for j, err := range rows {
			for _, n := range lengths {
				if len(j.Path) == n && !yield(j, err) {
					return
				}
			}
		}
	}
}

// Creators are looked at by what they do. Their credits do not just add up: who does the
// same as the touch before is the same touch again.
func ExampleJourneys_Relabel() {
	byCreator, err := multitouch.Collect(journeys, &multitouch.Options{Repeats: multitouch.CollapseRepeats})
	if err != nil {
		fmt.Println(err)
		return
	}
	byKind, err := byCreator.Relabel(func(creator string) string {
		return map[string]string{"ada": "video", "bruno": "blog", "cleo": "video"}[creator]
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, j := range []*multitouch.Journeys{byCreator, byKind} {
		comparison, err := j.Compare([]multitouch.Model{multitouch.Linear{}}, nil)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(strings.Join(j.Channels(), ", "))
		printCredits(comparison)
	}
	// Output:
	// ada, bruno, cleo
	// linear                    ada  7.67 395.00 EUR  bruno  3.67 195.00 EUR  cleo  0.67 30.01 EUR
	// blog, video
	// linear                    blog  4.00 210.01 EUR  video  8.00 410.00 EUR
}
