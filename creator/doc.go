// Package creator describes the people a campaign works with.
//
// A number about a creator is a byline.Measure: it has a value, or it says why it has
// none. A hidden follower count is never 0.
package creator
