// Package sentiment says how an English text sounds, by the rules of VADER.
package sentiment
