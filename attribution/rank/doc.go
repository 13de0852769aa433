// Package rank orders creators on few observations, so that luck does not win.
//
// A raw rate cannot be compared: one order of one click is 100%, and says little. Each
// creator's true value is taken as drawn from one distribution of all creators, the
// [Prior]; it is fitted to all of them by maximum likelihood (empirical Bayes), and what
// is believed of one creator is that prior together with the creator's own data. Little
// data stays near the common mean, much data speaks for itself.
//
//   - [Rates]: successes of trials, as conversions of clicks. Beta prior, binomial data
//   - [Counts]: events over an exposure, as orders per post. Gamma prior, Poisson data
//   - [Averages]: a mean with its standard error, as value per order. Normal and normal
//
// A [Ranking] says for everyone how probable the top places are. Nobody is dropped: who
// has no data carries the prior and is marked, who has too little for the caller's rule
// stands apart with the reason.
//
// What it takes for granted: the data of one creator are independent given the true
// value ([Options.Dispersion] thins them where they are not), and the creators are of one
// kind. Rank a market or a platform apart where kinds differ. Intervals hold the fitted
// prior for true; with few creators they are too narrow, and a finding says so.
//
// A creator of one success in one trial stands below one of 60 in 100 by the mean whenever
// the prior has mean m and strength s (in trials) with s × (59 - 99 m) > 40: for a mean of 5%,
// from a strength of 0.74 on. No ranking of [Rates] puts luck first by itself: where the
// prior is weaker, or the common mean so high that 60 in 100 is below it, who has fewer than
// [DefaultMinTrials] trials stands apart, and a finding says so.
package rank
