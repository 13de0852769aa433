package lookalike_test

import (
	"fmt"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/lookalike"
)

// In this shop's past those who bake sold more than those who run. Ada bakes.
func Example() {
	at := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	someone := func(id, theme, tone string) lookalike.Candidate {
		return lookalike.Candidate{Dossier: &creator.Dossier{Profile: creator.Profile{
			ID: byline.CreatorID(id), Name: id, Themes: []string{theme}, Tone: []string{tone},
			Accounts: []creator.Account{{Platform: byline.TikTok, Handle: id}},
		}}}
	}
	var known []lookalike.Known
	for i := range 24 {
		theme, rate := "sourdough", .04
		if i%2 == 1 {
			theme, rate = "marathon", .01
		}
		tone := []string{"dry", "warm", "loud"}[i%3]
		known = append(known, lookalike.Known{
			Candidate: someone(fmt.Sprintf("demo-%02d", i), theme, tone),
			Outcome:   byline.Known(rate+float64(i%5)/1000, "performance.conversion_rate", at),
		})
	}
	m, err := lookalike.New(known, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	b := m.Backtest()
	fmt.Printf("right about %.0f%% of %d pairs, at least %.0f%%\n", 100*b.Concordance, b.Pairs, 100*b.Low)

	scored, err := m.Score([]lookalike.Candidate{someone("bruno", "marathon", "warm"), someone("ada", "sourdough", "dry")}, at)
	if err != nil {
		fmt.Println(err)
	}
	for _, a := range scored {
		rate, _ := a.Expected.Value.Value()
		fmt.Printf("%-5s %.3f (%.3f to %.3f), alike %.2f on %.2f of the weights\n", a.CreatorID, rate, *a.Expected.Low, *a.Expected.High, a.Similarity, a.Coverage)
		fmt.Println("     ", a.Nearest[0].CreatorID, a.Nearest[0].Shared)
	}
	// Output:
	// right about 74% of 258 pairs, at least 70%
	// ada   0.041 (0.037 to 0.044), alike 0.92 on 1.00 of the weights
	//       demo-00 [themes: sourdough tone: dry platforms: tiktok]
	// bruno 0.013 (0.010 to 0.017), alike 0.92 on 1.00 of the weights
	//       demo-01 [themes: marathon tone: warm platforms: tiktok]
}
