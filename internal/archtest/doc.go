// Package archtest holds no code, only tests about the shape of the module: which
// package may import which, what a host links with each of them, and that the core
// reads no clock and rolls no dice.
package archtest
