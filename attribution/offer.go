package attribution

import (
	"github.com/bylinehq/byline"
)

// Offer says that a code, a link, a landing page or a UTM value belongs to a creator
// while a window lasts. It may hold several of them.
//
// Offers are history: end one by closing its window and never delete it, so that an
// order of last month is still decided as it was then. A code that passes to another
// creator becomes a second Offer whose window starts where the first one ends.
type Offer struct {
	Creator  byline.CreatorID  `json:"creator"`
	Campaign byline.CampaignID `json:"campaign"`
	Code     string            `json:"code,omitempty"` // as the creator writes it; compared by NormalizeCode
	Link     string            `json:"link,omitempty"` // key of a tracked link, the value of LinkParameter
	Page     string            `json:"page,omitempty"` // path of a landing page of the creator's own, "/ada"
	UTM      string            `json:"utm,omitempty"`  // the value of any UTM parameter that means this offer
	Active   byline.Window     `json:"active"`
	// Group ranks offers before any rule does. Default: GroupStandard.
	Group Group `json:"group,omitempty"`
	// WindowDays is how many times 24 hours a touch of this offer counts. Default: as
	// the policy's rule says.
	WindowDays int `json:"window_days,omitempty"`
	// Uses is how many orders the code may bring; see [History.Uses]. Default: any number.
	Uses int64 `json:"uses,omitempty"`
	// Products limits the offer to orders that hold one of them, by Line.Product or
	// Line.SKU. Default: any order.
	Products []string `json:"products,omitempty"`
}

// Group ranks whole partners: evidence of a better group wins over that of a lesser one
// by any rule, however late the lesser one came. It keeps a browser extension that
// clicks at the checkout from taking a creator's order.
type Group string

// Groups, the best first.
const (
	GroupPreferred    Group = "preferred"
	GroupStandard     Group = ""
	GroupNonPreferred Group = "non_preferred"
)

// LinkParameter is the query parameter, and the cart attribute, that carries an
// [Offer.Link] through a shop; package tracking has another for the id of a recorded
// click. A leading underscore hides a cart attribute from
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
	if NormalizeCode(o.Code) == "" && NormalizeCode(o.Link) == "" && pageKey(o.Page) == "" && NormalizeCode(o.UTM) == "" {
		add("code", "offer.no_evidence", "an offer needs a code, a link, a page or a UTM value")
	}
	for _, text := range [...]struct{ path, value string }{{"code", o.Code}, {"link", o.Link}, {"page", o.Page}, {"utm", o.UTM}} {
		if len(text.value) > maxCode {
			add(text.path, "offer.length", "longer than 255 bytes")
		}
	}
	if o.Page != "" && NormalizePage(o.Page) == "" {
		add("page", "offer.page", "a page is a path that begins with a slash, such as /ada")
	}
	if groupRank(o.Group) < 0 {
		add("group", "offer.group", "must be preferred, non_preferred or empty")
	}
	if o.WindowDays < 0 || o.WindowDays > maxWindowDays {
		add("window_days", "offer.window_days", "must be 0 to 3650 days")
	}
	if o.Uses < 0 {
		add("uses", "offer.uses", "must not be negative; 0 is any number")
	}
	if o.Active.Empty() {
		add("active", "offer.window_order", "the window ends before it starts")
	}
	return faults
}
