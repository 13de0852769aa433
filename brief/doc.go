// Package brief says what a creator is asked to make.
package brief
