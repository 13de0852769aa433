// Package performance says what creators delivered, drawn towards the caller's other
// creators as far as chance explains it.
//
// One order of one click is a rate of 100% and says little. So each rate is believed to
// come from one distribution over all creators, the prior, which rank fits to all of them;
// a reading is what is believed of one creator by that prior and the creator's own orders,
// with its interval, the number of trials and the prior in its definition. Readings of two
// priors are two definitions. Who has no trials has no reading: the mean of the others says
// nothing about this one.
//
// A prior that is fitted moves when creators come or go, and so does the variance of an
// order's contribution that all share. Keep [Report.Priors] and [Report.OrderVariance] and
// give them to the next call, and a reading depends on the creator alone, as long as clicks
// and posts are counted by the same definitions. Keep them by currency: Read takes one at a
// time, and the prior of a contribution is in its major units.
package performance
