package contracts

import (
	"github.com/bylinehq/byline"
)

// faults are those of Draft at "pay".
func (p *Pay) faults() []*byline.FieldError { return nil }
