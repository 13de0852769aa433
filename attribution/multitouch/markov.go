package multitouch

import (
	"fmt"

	"github.com/bylinehq/byline"
)

// Markov credits by the removal effect in an absorbing chain of order 1 to 4, solved
// exactly.
type Markov struct {
	Order int `json:"order,omitempty"` // 1 when 0
}

// Name is "markov(1)", with the order.
func (m Markov) Name() string { return fmt.Sprintf("markov(%d)", max(1, m.Order)) }

func (m Markov) faults() []*byline.FieldError { return nil }

// Chain is what a chain found besides the credit.
type Chain struct {
	Order          int     `json:"order"`
	States         int     `json:"states"`
	ConversionRate float64 `json:"conversion_rate"`
	Residual       float64 `json:"residual"`
}
