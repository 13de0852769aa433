package brief

import "github.com/bylinehq/byline"

// Agreed is what the contract says, as far as a brief can contradict it.
type Agreed struct {
	Deliverables []Deliverable      `json:"deliverables,omitempty"` // nil: not compared
	Usage        []string           `json:"usage_rights,omitempty"` // in the brief's words; nil: not compared
	Exclusive    []ExclusivePromise `json:"exclusivity,omitempty"`
}

// ExclusivePromise is a promise of the creator to a brand, not to work for others.
type ExclusivePromise struct {
	// To is the brand by its name; "" is the brand of the brief.
	To          string        `json:"to,omitempty"`
	Categories  []string      `json:"categories,omitempty"`  // by the keys of Product.Categories, or in words
	Competitors []string      `json:"competitors,omitempty"` // brands by their names and handles
	Window      byline.Window `json:"window,omitzero"`
}
