package main

import "fmt"

// advice is what follows from the comparison for those who have to act on it.
type advice struct {
	Head, Text string
}

// advice lists what is settled, what is a question of purpose, and what to test.
func (r report) advice() []advice {
	const (
		settled = 0.3 // of the most that a model credits, by which models may differ
		names   = 5
	)
	var agreed, apart []string
	for _, s := range r.drawn() {
		switch {
		case s.Channel == r.Direct:
		case s.Apart:
			apart = append(apart, s.Channel)
		case s.Spread.Width() <= settled*s.Spread.High:
			agreed = append(agreed, s.Channel)
		}
	}
	var list []advice
	if len(apart) > 0 {
		list = append(list, advice{
			"Say first what is asked: " + listed(apart, names),
			"Last touch asks who was there at the end, first touch who began, the chain who would be missed. Here the answers differ by more than chance.",
		})
	}
	if len(agreed) > 0 {
		list = append(list, advice{
			"No need to argue: " + listed(agreed, names),
			fmt.Sprintf("The models in the range differ by at most %s of the credit.", showPercent(settled)),
		})
	}
	if most := byMore(r.creators()); len(most) > 1 && most[0].More >= noDifference {
		list = append(list, advice{
			"Test before money moves: " + most[0].Channel,
			fmt.Sprintf("The chain sees %s conversions that last touch misses. A holdout says whether they would be missing; no model of the past can.", showNumber(most[0].More)),
		})
	}
	return list
}
