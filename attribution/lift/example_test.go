package lift_test

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline/attribution/lift"
)

func ExampleCompareProportions() {
	treated := lift.Arm{Units: 10000, Conversions: 250}
	control := lift.Arm{Units: 10000, Conversions: 200}
	p, err := lift.CompareProportions(treated, control, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(p.Explain())
	// Output:
	// 2.5% of the 10000 treated units converted and 2% of the 10000 held out. The difference is 0.5 points (0.0893 to 0.914 at a level of 95%). In the treated arm that is 50 conversions beyond what would have come anyway (8.93 to 91.4), a lift of 25% (4.04% to 50.2%). Without any effect, chance makes a difference like this or larger in 1.71% of experiments: the campaign raised conversions. 10 fewer conversions in the treated arm would leave it undecided.
}

func ExampleCUPED() {
	var treated, control []lift.PrePost
	for i := range 40 { // cents that a customer spent in the month before, and in the month of the campaign
		before := float64(1000 + 37*(i*i%53))
		treated = append(treated, lift.PrePost{Before: before, After: 0.8*before + float64(11*(i%7)) + 120})
		control = append(control, lift.PrePost{Before: before + 20, After: 0.8*before + float64(13*(i%6))})
	}
	a, err := lift.CUPED(treated, control, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(a.Explain())
	// Output:
	// What was known of the units before explains 97.8% of the spread; taking that out brings the standard error from 109 to 4.91. The difference is 136 (127 to 146 at a level of 95%). Without any effect, chance makes a difference like this or larger in fewer than 1 of 10000 experiments: the campaign raised the mean.
}

func ExampleHoldout() {
	h := lift.Holdout{Experiment: "spring-codes", TreatedShare: 0.8}

	// Before: how many customers, and how long?
	design, err := h.Design(lift.ProportionDesign{ControlRate: 0.05, TreatedRate: 0.08, UnitsPerDay: 250})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(design.Explain())

	// During: draw each customer when first met, and store the assignment.
	start := time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)
	var assignments []lift.Assignment
	var conversions []lift.Conversion
	for i := range 3000 {
		at := start.Add(time.Duration(i) * time.Minute)
		a, err := h.Assign(fmt.Sprint("customer-", i), at)
		if err != nil {
			fmt.Println(err)
			return
		}
		assignments = append(assignments, a)
		if i%12 == 0 && a.Group == lift.TreatedGroup || i%20 == 0 && a.Group == lift.HeldOut {
			conversions = append(conversions, lift.Conversion{Unit: a.Unit, At: at.AddDate(0, 0, 2)})
		}
	}

	// After: what did the codes cause?
	result, err := h.Analyse(assignments, conversions, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(result.Explain())
	// Output:
	// To tell 8% from 5% in 80% of such experiments, 2772 units must get the campaign and 693 be held out: 14 days; run whole weeks. The holdout gives up about 20.8 conversions if the effect is real.
	// 8.13% of the 2386 treated units converted and 5.21% of the 614 held out. The difference is 2.92 points (0.637 to 4.84 at a level of 95%). In the treated arm that is 69.6 conversions beyond what would have come anyway (15.2 to 115), a lift of 56% (9.01% to 124%). Without any effect, chance makes a difference like this or larger in 1.45% of experiments: the campaign raised conversions. 16 fewer conversions in the treated arm would leave it undecided.
}

func ExampleCompareChanges() {
	var units []lift.UnitHistory // orders per week in 24 cities, four weeks before and two during
	for i := range 24 {
		u := lift.UnitHistory{Unit: fmt.Sprint("city-", i), Treated: i < 12}
		for week := range 6 {
			orders := float64(50 + 3*i + 2*week + (i*7+week*5)%9)
			if u.Treated && week >= 4 {
				orders += 8
			}
			if week < 4 {
				u.Before = append(u.Before, orders)
			} else {
				u.After = append(u.After, orders)
			}
		}
		units = append(units, u)
	}
	d, err := lift.CompareChanges(units, &lift.Options{MinUnits: 10})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(d.Explain())
	// Output:
	// The treated group changed by 14 and the control group by 6. The difference is 8 (6.41 to 9.59 at a level of 95%). Without any effect, chance makes a difference like this or larger in fewer than 1 of 10000 experiments: the campaign raised the mean. No sign that the groups moved apart before the campaign (0.15 per period, -0.793 to 1.09); a difference in slope of 2.67 per period alone would make the whole effect, which the time before rules out.
}

func ExampleProportionDesign_Size() {
	d := lift.ProportionDesign{ControlRate: 0.02, TreatedRate: 0.025, TreatedShare: 0.9, UnitsPerDay: 4000}
	size, err := d.Size()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(size.Explain())
	least, err := d.Detectable(90000, 10000)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("90000 and 10000 units find a rise to %.4f.\n", least.TreatedRate)
	// Output:
	// 71320 units must get the campaign and 7925 be held out: 20 days; run whole weeks.
	// 90000 and 10000 units find a rise to 0.0244.
}
