package reach_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator/reach"
)

// followers is a demo audience: the people from one number up to another.
func followers(from, to int) *reach.Sketch {
	var s reach.Sketch
	for id := from; id < to; id++ {
		s.Add(fmt.Sprintf("person-%d", id))
	}
	return &s
}

// From lists of follower ids to an overlap of every two, the reach of all and what each adds.
func Example() {
	lists := map[byline.CreatorID][]string{
		"ada":   {"p1", "p2", "p3", "p4", "p5"},
		"bruno": {"p4", "p5", "p6"},
		"cleo":  {"p7", "p8"},
	}
	var audiences []reach.Audience
	var candidates []reach.Candidate
	for _, id := range slices.Sorted(maps.Keys(lists)) {
		s, err := reach.NewSketch(&reach.SketchOptions{Space: "youtube"})
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, follower := range lists[id] {
			s.Add(follower)
		}
		audiences = append(audiences, reach.Audience{Creator: id, Sketch: s})
		candidates = append(candidates, reach.Candidate{Creator: id, Sketch: s})
	}
	matrix, err := reach.NewMatrix(audiences)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, row := range matrix.Jaccard() {
		fmt.Printf("%-5s %.2f\n", matrix.Creators[i], row)
	}
	all, err := reach.Dedup(audiences)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.0f people, %s\n", *all.People, all.Method)
	curve, err := reach.Incremental(candidates, reach.MostPeople)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range curve.Steps {
		fmt.Printf("%-5s adds %.0f, which makes %.0f\n", s.Creator, s.Added.Value, s.Reach.Value)
	}
	// Output:
	// ada   [1.00 0.33 0.00]
	// bruno [0.33 1.00 0.00]
	// cleo  [0.00 0.00 1.00]
	// 8 people, exact
	// ada   adds 5, which makes 5
	// cleo  adds 2, which makes 7
	// bruno adds 1, which makes 8
}

// Three creators have 90,000 followers together, and the campaign reaches fewer people.
func ExampleDedup() {
	r, err := reach.Dedup([]reach.Audience{
		{Creator: "ada", Sketch: followers(0, 40_000)},
		{Creator: "bruno", Sketch: followers(30_000, 60_000)},
		{Creator: "cleo", Sketch: followers(35_000, 55_000)},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.0f people, %.0f to %.0f, each reached by %.2f creators\n", *r.People, r.Low, *r.High, *r.Frequency)
	for _, e := range r.Exclusive {
		fmt.Printf("%-5s alone reaches %.0f to %.0f\n", e.Creator, e.People.Low, e.People.High)
	}
	// Output:
	// 59460 people, 58514 to 60406, each reached by 1.50 creators
	// ada   alone reaches 28715 to 30349
	// bruno alone reaches 4910 to 5690
	// cleo  alone reaches 0 to 15
}

// Who costs less and overlaps less comes first, whatever the follower count says.
func ExampleIncremental() {
	euros := func(n int64) byline.Money { return byline.Minor(n*100, "EUR") }
	curve, err := reach.Incremental([]reach.Candidate{
		{Creator: "ada", Sketch: followers(0, 900), Cost: euros(300)},
		{Creator: "bruno", Sketch: followers(100, 800), Cost: euros(100)},
		{Creator: "cleo", Sketch: followers(850, 1100), Cost: euros(50)},
	}, reach.PeoplePerMoney)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range curve.Steps {
		fmt.Printf("%-5s has %3.0f, adds %3.0f, %.2f per euro: %4.0f people for %s\n",
			s.Creator, s.Alone.Value, s.Added.Value, *s.PerMoney, s.Reach.Value, s.Spent)
	}
	// Output:
	// bruno has 700, adds 700, 7.00 per euro:  700 people for 100.00 EUR
	// cleo  has 250, adds 250, 5.00 per euro:  950 people for 150.00 EUR
	// ada   has 900, adds 150, 0.50 per euro: 1100 people for 450.00 EUR
}

// Shares alone do not say who follows both, and a formula only supposes it.
func ExampleDedupShares() {
	share := func(v float64) byline.Measure {
		return byline.Known(v, "demo.share_of_population", byline.Window{}.Start)
	}
	r, err := reach.DedupShares(reach.Shares{
		Population: 1_000_000,
		Audiences: []reach.Share{
			{Creator: "ada", Share: share(.3)}, {Creator: "bruno", Share: share(.2)}, {Creator: "cleo", Share: share(.1)},
		},
		Formula: reach.Sainsbury,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s: %.0f people; in truth from %.0f to %.0f\n", r.Method, *r.People, r.Low, *r.High)
	fmt.Println(r.Findings[0].Message)
	// Output:
	// sainsbury: 496000 people; in truth from 300000 to 600000
	// the formula takes the audiences as independent; inside one niche they share more, and the reach is less than it says
}

// Another tool gave two audiences and their Jaccard index.
func ExampleJaccardOverlap() {
	o, err := reach.JaccardOverlap(100_000, 60_000, .1)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.1f people follow either, %.1f both, %.1f%% of the smaller audience\n", o.Union.Value, o.Shared.Value, 100*o.OfSmaller.Value)
	// Output:
	// 145454.5 people follow either, 14545.5 both, 24.2% of the smaller audience
}

// A sketch is stored as text, read again and merged with that of another day.
func ExampleSketch_Merge() {
	text, err := json.Marshal(followers(0, 700))
	if err != nil {
		fmt.Println(err)
		return
	}
	var stored reach.Sketch
	if err := json.Unmarshal(text, &stored); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(stored.Merge(followers(500, 800)), stored.Count().Value)

	other, err := reach.NewSketch(&reach.SketchOptions{Seed: 7})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(stored.Merge(other))

	// Ids of another platform are other ids of perhaps the same people.
	elsewhere, err := reach.NewSketch(&reach.SketchOptions{Space: "tiktok"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(stored.Merge(elsewhere))
	// Output:
	// <nil> 800
	// seed: the sketches differ in the seed of the hash
	// space: the ids are from two spaces, "" and "tiktok", where one person has two of them
}

// A search asks what each candidate would add before it takes one in.
func ExampleUnion() {
	u, err := reach.NewUnion(nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	ada, bruno := followers(0, 5000), followers(4000, 6000)
	fmt.Println(u.Add(ada), u.Gain(ada))
	gain := u.Gain(bruno)
	fmt.Println(gain > 900 && gain < 1100)
	// Output:
	// <nil> 0
	// true
}
