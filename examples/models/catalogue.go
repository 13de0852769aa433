package main

import (
	"github.com/bylinehq/byline/attribution/multitouch"
)

// modelEntry is a model with what the glossary says of it.
type modelEntry struct {
	Model   multitouch.Model
	Label   string // as people call it
	Formula string // in words
	Tool    string // which known tool computes it; read 2026-11-22
	// Rates marks games of conversion rates. They credit a few journeys of a creator who
	// stands alone like many, and go below zero, so no range takes them in.
	Rates bool
}

const (
	seed          = 2026
	sampledOrders = 2000 // of players, where a game has too many of them to be exact
	longChain     = 2
)

// catalogue is every model of the report, in the order of its tables.
func catalogue(direct string, channels int) []modelEntry {
	return append([]modelEntry{
		{Model: multitouch.FirstTouch{}, Label: "First touch", Formula: "all to the touch that began the journey", Tool: "ChannelAttribution, DP6, fractribution, snowplow, mta"},
		{Model: multitouch.LastTouch{}, Label: "Last touch", Formula: "all to the touch that ended the journey", Tool: "ChannelAttribution, DP6, fractribution, snowplow, mta"},
		{Model: multitouch.LastNonDirect{Direct: direct}, Label: "Last non-direct", Formula: "all to the last touch that is not " + direct + ", and to the last one where all are", Tool: "DP6"},
		{Model: multitouch.Linear{}, Label: "Linear", Formula: "the same to every touch, so that two touches of one creator count twice", Tool: "ChannelAttribution, DP6, fractribution, snowplow"},
		{Model: multitouch.LinearUnique{}, Label: "Linear unique", Formula: "the same to every creator of the journey, however often touched", Tool: "mta, which calls it Shapley"},
		{Model: multitouch.PositionBased{}, Label: "Position based", Formula: "40% to the first touch, 40% to the last, the rest to those between", Tool: "DP6, fractribution, snowplow"},
		{Model: multitouch.WShaped{}, Label: "W-shaped", Formula: "30% each to the first touch, to that of the lead and to that of the opportunity; the rest to the others", Tool: none},
		{Model: multitouch.PositionDecay{}, Label: "Position decay", Formula: "one part to the first touch, two to the second, three to the third, and so on", Tool: "DP6"},
		{Model: multitouch.TimeDecay{}, Label: "Time decay", Formula: "half the part to a touch that is seven days older", Tool: "DP6, in steps of full half-lives"},
	}, learned(channels)...)
}

const none = "none of those read"

// learned is the models that learn from all journeys together.
func learned(channels int) []modelEntry {
	chainGame, subsets := multitouch.Shapley{Variant: multitouch.MarkovGame}, multitouch.Shapley{Variant: multitouch.SubsetRate}
	if channels > multitouch.MaxExactPlayers {
		chainGame.Samples, chainGame.Seed = sampledOrders, seed
		subsets.Samples, subsets.Seed = sampledOrders, seed
	}
	return []modelEntry{
		{Model: multitouch.Markov{Transitions: true}, Label: "Markov", Formula: "by the share of conversions that a chain of single touches loses when each path to the creator ends there, without one", Tool: "ChannelAttribution by simulation, DP6"},
		{Model: multitouch.Markov{Order: longChain}, Label: "Markov, order 2", Formula: "the same for a chain that remembers two touches", Tool: "ChannelAttribution by simulation"},
		{Model: chainGame, Label: "Shapley of the chain", Formula: "by what the creator adds to the chain's conversion rate, on average over all orders in which creators could have joined", Tool: none},
		{Model: multitouch.Shapley{Variant: multitouch.SetSum}, Label: "Shapley, set sum", Formula: "by what the creator adds to the conversions of the journeys inside a set of creators; it is exactly linear unique", Tool: "mta"},
		{Model: subsets, Label: "Shapley, subset rate", Formula: "by what the creator adds to the conversion rate of the journeys inside a set; below zero for who lowers it", Tool: none, Rates: true},
		{Model: multitouch.Shapley{Variant: multitouch.JourneyRate}, Label: "Shapley, journey rate", Formula: "in a game for each set of creators that converted, by the rates of its smaller sets", Tool: "DP6", Rates: true},
		{Model: multitouch.Shapley{Variant: multitouch.JourneyRateOrdered}, Label: "Shapley, journey rate in order", Formula: "the same, where another order of first touches is another set", Tool: "DP6 with order=True", Rates: true},
	}
}

// drawn names the models of the picture, the most telling first.
func drawnModels() []string {
	return []string{"Last touch", "First touch", "Linear", "Time decay", "Markov", "Shapley of the chain", "Position based", "Linear unique"}
}

// label is the name for people of a model.
func (r report) label(model string) string {
	for _, e := range r.entries {
		if e.Model.Name() == model {
			return e.Label
		}
	}
	return model
}
