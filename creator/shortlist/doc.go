// Package shortlist chooses creators under a budget and says how far from the best choice
// it may be.
package shortlist
