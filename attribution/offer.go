package attribution

import (
	"github.com/bylinehq/byline"
)

// Offer says that a code, a link or both belong to a creator while a window lasts.
//
// Offers are history: end one by closing its window and never delete it, so that an
// order of last month is still decided as it was then. A code that passes to another
// creator becomes a second Offer whose window starts where the first one ends.
type Offer struct {
	Creator  byline.CreatorID  `json:"creator"`
	Campaign byline.CampaignID `json:"campaign"`
	Code     string            `json:"code,omitempty"` // as the creator writes it; compared by NormalizeCode
	Link     string            `json:"link,omitempty"` // key of a tracked link, the value of LinkParameter
	Active   byline.Window     `json:"active"`
}

// LinkParameter is the query parameter, and the cart attribute, that carries an
// [Offer.Link] through a shop. A leading underscore hides a cart attribute from
// Shopify's checkout, so decoders read "_bl" too.
const LinkParameter = "bl"

func (o Offer) faults() []*byline.FieldError {
	var faults []*byline.FieldError
	add := func(path, code, message string) {
		faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
	}
	if o.Creator == "" {
		add("creator", "required", "an offer belongs to a creator")
	}
	if NormalizeCode(o.Code) == "" && NormalizeCode(o.Link) == "" {
		add("code", "offer.no_evidence", "an offer needs a code, a link or both")
	}
	if len(o.Code) > maxCode {
		add("code", "offer.length", "longer than 255 bytes")
	}
	if len(o.Link) > maxCode {
		add("link", "offer.length", "longer than 255 bytes")
	}
	if o.Active.Empty() {
		add("active", "offer.window_order", "the window ends before it starts")
	}
	return faults
}
