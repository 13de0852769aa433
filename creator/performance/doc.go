// Package performance says what a creator delivered, drawn towards the caller's other
// creators as far as chance explains it.
package performance
