// Package response says how an outcome answers to spend: curves with diminishing
// returns, the carry-over of one period's spend into the next, and the fit of both to
// observations.
//
// The same word means different functions in different tools, so each curve here has one
// name and one formula, and its doc comment says what others call it. Spend and outcome
// are plain numbers: spend in major units of a currency (or posts), outcome in whatever
// the observations count.
//
// A fit says how well its parameters are known. Where the data cannot carry one, the fit
// says so or refuses with a [byline.RefusalError]; it never hands out a ceiling that
// nobody has seen without a finding.
package response
