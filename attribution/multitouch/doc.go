// Package multitouch shares out conversions among all the touches that led to them: the
// models of multi-touch attribution, exact, in one pass and side by side.
//
// [Compare] reads journeys once and credits them by every model asked for; [Attribute]
// does it by one. A [Tally] holds what the models need to know in whole numbers, so that
// any split of the journeys, counted by any number of goroutines or machines and merged
// in any order, gives the same bits. [Journeys] holds journeys in memory, for those who
// ask more than once.
//
// What comes out is an [AnalyticCredit]: it says how a model sees the past, and nobody is
// paid by it. Credit that is paid on is an attribution.Credit, and comes from a
// [attribution.Decider].
//
//   - By position: [FirstTouch], [LastTouch], [LastNonDirect], [Linear], [LinearUnique],
//     [PositionBased], [WShaped], [PositionDecay], [TimeDecay], [Custom].
//   - By data: [Markov] solves the absorbing chain exactly instead of simulating it, and
//     [Shapley] names each of the variants that go by this name.
//
// Journeys come from anywhere as an iterator: [ReadCSV] reads the file format of the
// field, [FromOrder] and [FromVisits] make them of what package attribution holds.
// [Journeys.Bootstrap] tells how far each credit, and each difference of two models, would
// move by chance alone; [Journeys.Reach] counts what a ranking of rates asks for.
//
// [attribution.Decider]: https://pkg.go.dev/github.com/bylinehq/byline/attribution#Decider
package multitouch
