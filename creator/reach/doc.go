// Package reach counts the people whom several creators reach, each person once.
package reach
