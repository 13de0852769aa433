package multitouch

import "github.com/bylinehq/byline"

// Shapley credits by the Shapley value of a named game.
type Shapley struct {
	Game string `json:"game"`
}

// Name is "shapley(set_sum)", with the game.
func (m Shapley) Name() string { return "shapley(" + m.Game + ")" }

func (m Shapley) faults() []*byline.FieldError { return nil }

// Game is what a game found besides the credit.
type Game struct {
	Players int `json:"players"`
}
