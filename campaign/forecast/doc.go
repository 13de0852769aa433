// Package forecast says what a plan may reach, sell and earn: as distributions, not as
// numbers, from what past posts did.
//
// [Make] forecasts a plan; [Backtest] says how often such forecasts were right on the
// caller's own past. Ask it before a forecast is believed.
//
// # The model
//
// A cohort is one format on one platform. Within it the logarithm of one plus a post's
// reach is normal around the creator's level, and the creators' levels are normal around
// the cohort's. A creator with few posts is thereby drawn to the cohort, one with none has
// the cohort's distribution and is marked.
//
// Clicks and conversions are events per reach: a gamma distribution of rates over creators
// ([rank.Counts]), a rate of the single post that varies around its creator's by a gamma of
// mean 1, and a Poisson count. They never exceed the reach.
//
// Revenue is conversions times the value of one, whose logarithm is normal around the
// creator's level as for reach, all cohorts together. Posts whose revenue is 0 or missing,
// or which sold nothing, do not speak about that value.
//
// What is uncertain in the parameters is drawn too, once per draw for all lines of a
// cohort and for all posts of a creator: a total is as uncertain as what its parts have in
// common, and does not average it away. Levels: the variance within creators from its
// scaled inverse χ², the spread between creators from its likelihood under a flat prior on
// a grid, the rest normal given these. Rates: see [rank.Prior.Redraw].
//
// Not in the model: seasons and trends, an algorithm that changes, posts that help each
// other, and a creator's levels on two platforms, which are taken as unrelated. Means are
// not given: the logarithmic normal with an uncertain variance has none.
//
// Draws come from a counter keyed by the seed, the cohort, the creator and the post, in one
// goroutine: the same input gives the same bits, in whatever order it comes.
package forecast
