// Package performance says what creators delivered, drawn towards the caller's other
// creators as far as chance explains it.
//
// One order of one click is a rate of 100% and says little. So each rate is believed to
// come from one distribution over all creators, the prior, which rank fits to all of them;
// a reading is what is believed of one creator by that prior and her own orders, with its
// interval, the number of her trials and the prior in its definition. Readings of two
// priors are two definitions. Who has no trials has no reading: the mean of the others is
// not hers.
//
// A prior that is fitted moves when creators come or go. Keep [Report.Priors] and give them
// to the next call in [Options.Priors], and a reading depends on the creator alone.
package performance
