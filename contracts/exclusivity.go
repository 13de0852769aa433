package contracts

import (
	"github.com/bylinehq/byline"
)

// Exclusivity is a promise not to work for others, or by the brand not to work with
// others. It binds from Before days ahead of the first post until After days past the
// last one, or in Window where one is given.
type Exclusivity struct {
	ID          string        `json:"id" validate:"required"`
	BoundParty  Role          `json:"bound" validate:"required,oneof=creator brand"` // whose promise it is
	Categories  []Category    `json:"categories,omitempty"`
	Competitors []string      `json:"competitors,omitempty"` // brands by name; a name beats the category
	Territory   Territory     `json:"territory"`
	Window      byline.Window `json:"window,omitzero"`
	Before      int           `json:"before_days,omitempty" validate:"min=0,max=3650"`
	After       int           `json:"after_days,omitempty" validate:"min=0,max=3650"`
	CarveOuts   []CarveOut    `json:"carve_outs,omitempty" validate:"dive"`
	Fee         byline.Money  `json:"fee,omitzero"` // what the promise is paid with; the zero Money: it is part of the pay
}

// CarveOut is what an exclusivity leaves free.
type CarveOut struct {
	Kind  CarveOutKind `json:"kind" validate:"required,oneof=existing_deal evergreen_affiliate organic_mention brand"`
	Brand string       `json:"brand,omitempty"` // empty: any
}

// CarveOutKind is why something is left free.
type CarveOutKind string

// Kinds of carve-out.
const (
	CarveExisting  CarveOutKind = "existing_deal"       // agreed before this agreement was signed
	CarveEvergreen CarveOutKind = "evergreen_affiliate" // links that stood before
	CarveOrganic   CarveOutKind = "organic_mention"     // nobody paid for it
	CarveBrand     CarveOutKind = "brand"               // this brand, whatever it is
)

// Category is a class of goods, by the id of a taxonomy or as a path from the general to
// the special, "beauty/skincare/serum". See Taxonomy.
type Category string
