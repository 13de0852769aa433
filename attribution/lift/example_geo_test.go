package lift_test

import (
	"fmt"
	"math"

	"github.com/bylinehq/byline/attribution/lift"
)

// demoWeeks makes a demo history of orders a week in five regions: ada's home and four
// others that follow the same season, each to its own degree.
func demoWeeks(weeks int) lift.PanelData {
	d := lift.PanelData{Units: []string{"Coast", "Hills", "Lakes", "Plain", "Woods"}}
	for week := range weeks {
		d.Periods = append(d.Periods, fmt.Sprintf("week %d", week+1))
	}
	swing := []float64{50, 20, 35, 65, 80}
	for region := range d.Units {
		row := make([]float64, weeks)
		for week := range row {
			season := swing[region] * math.Sin(2*math.Pi*float64(week)/13)
			noise := math.Sin(float64(7*week*week + 31*region*week + 5*region))
			row[week] = math.Round(400 + 50*float64(region) + season + 6*noise)
		}
		d.Outcomes = append(d.Outcomes, row)
	}
	return d
}

// A campaign ran on the Coast in the last six of thirty weeks; the other regions say what
// would have been without it.
func ExampleFixedEffectSyntheticControl() {
	d := demoWeeks(30)
	d.Treated, d.Start = []string{"Coast"}, 24
	for week := d.Start; week < 30; week++ {
		d.Outcomes[0][week] += 60 // what the demo campaign brings
	}
	panel, err := lift.NewPanel(d)
	if err != nil {
		fmt.Println(err)
		return
	}
	effect, err := lift.FixedEffectSyntheticControl(panel, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(effect.Explain())
	for _, f := range effect.WouldChange {
		fmt.Println("-", f.Message)
	}
	// Output:
	// In the 6 periods from week 25 on, Coast came out 58.2 per period above what the comparison says it would have been without the campaign (+14.2%): +349 in total. The comparison is made of 30.3% Hills, 29.6% Woods, 27.4% Lakes and 12.7% Plain. In the 24 periods before, it missed by 4.08 on average, 11.9% of the usual ups and downs. Leaving out any one place of the comparison gives between 58.2 and 58.4.
	// - without any one of its donors the effect lies between 58.2 and 58.4
	// - against all controls at equal weight the effect would be 58
	// - fitted on the last 12 periods before the start the effect would be 57.9
	// - the estimate stands alone: PlaceboInSpace and Conformal say how often chance does as much
}

// Five regions are too few for a verdict by placebos, and the result says so.
func ExamplePlaceboInSpace() {
	d := demoWeeks(30)
	d.Treated, d.Start = []string{"Coast"}, 24
	for week := d.Start; week < 30; week++ {
		d.Outcomes[0][week] += 60
	}
	panel, err := lift.NewPanel(d)
	if err != nil {
		fmt.Println(err)
		return
	}
	result, err := lift.PlaceboInSpace(panel, &lift.PlaceboOptions{Method: lift.PanelFixedEffect})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(result.Explain())
	// Output:
	// Measured by how much worse the comparison became after the start, Coast ranks 1 of 5, against places where nothing happened (p = 0.2). Chance alone does that too often to call it an effect at a level of 95%. There are too few places to say more: even the first rank would not have been enough.
}

// The order of time needs no other regions to be as alike: it asks how many stretches of
// six weeks stand out as much as the campaign's.
func ExampleConformal() {
	d := demoWeeks(30)
	d.Treated, d.Start = []string{"Coast"}, 24
	for week := d.Start; week < 30; week++ {
		d.Outcomes[0][week] += 60
	}
	panel, err := lift.NewPanel(d)
	if err != nil {
		fmt.Println(err)
		return
	}
	result, err := lift.Conformal(panel, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(result.Explain())
	// Output:
	// Had nothing happened, the periods of the campaign would stand out as much as they do in 3.33% of the ways to arrange them in time. With 95% confidence the effect per period lies between 46 and 66.5.
}

// Before any money is spent: which region would show a campaign best, and from what rise on?
func ExampleRankMarkets() {
	ranking, err := lift.RankMarkets(demoWeeks(52), &lift.MarketOptions{
		Sizes: []int{1},
		Power: &lift.GeoPowerOptions{Length: 6, Windows: 5, Level: 0.9},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, market := range ranking.Markets {
		fmt.Println(market.Explain())
	}
	// Output:
	// A campaign of 6 periods in Lakes would show from a rise of about 2% on; where nothing happened the test was wrong in 0% of 5 windows.
	// A campaign of 6 periods in Plain would show from a rise of about 3% on; where nothing happened the test was wrong in 20% of 5 windows.
	// A campaign of 6 periods in Coast would show from a rise of about 3% on; where nothing happened the test was wrong in 0% of 5 windows.
	// A campaign of 6 periods in Woods would show from a rise of about 5% on; where nothing happened the test was wrong in 0% of 5 windows.
	// A campaign of 6 periods in Hills would show from a rise of about 5% on; where nothing happened the test was wrong in 0% of 5 windows.
}
