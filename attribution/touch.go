package attribution

import "time"

// Touch is one recorded contact of a customer with a creator's work: a click on a
// tracked link, a visit that carried UTM parameters or landed on a creator's page, or
// content that was merely shown.
type Touch struct {
	// ID is the click id, when the click was recorded under one. A touch found on an
	// order with an ID and no Link stands for the recorded click of that id, which the
	// caller looks up; see [History].
	ID   string       `json:"id,omitempty"`
	Kind EvidenceKind `json:"kind,omitempty"` // ByClick when empty; else ByUTM, ByPage or ByView
	Link string       `json:"link,omitempty"` // of ByClick and ByView: the value of LinkParameter
	UTM  UTM          `json:"utm,omitzero"`   // of ByUTM
	Page string       `json:"page,omitempty"` // of ByPage: the path of the landing page, "/ada"
	// At is when it happened. Of a touch that only the order speaks of it is a bound, "no
	// later than this": such touches count where none was recorded.
	At     time.Time `json:"at"`
	Source string    `json:"source,omitempty"`
	// Verified says that the click was recorded by the caller's own redirect, or that
	// its id bears the caller's signature. What a decoder finds on an order never is.
	Verified bool `json:"verified,omitempty"`
}

// Where a touch was seen, in Touch.Source. Other words are allowed.
const (
	SourceLandingPage   = "landing_page"
	SourceCartAttribute = "cart_attribute"
	SourceOrderNote     = "order_note"
	SourceOrderMeta     = "order_meta" // the shop's own record of where the order came from
	SourceReference     = "reference"  // Stripe's client_reference_id and its like
	SourceRedirect      = "redirect"   // the caller's own record of the click
)

// UTM holds the campaign parameters of a visit, as they were written.
type UTM struct {
	Source   string `json:"source,omitempty"`
	Medium   string `json:"medium,omitempty"`
	Campaign string `json:"campaign,omitempty"`
	Content  string `json:"content,omitempty"`
	Term     string `json:"term,omitempty"`
	ID       string `json:"id,omitempty"`
}

// values lists the parameters from the most to the least specific, which is the order
// in which they are looked up among the offers.
func (u UTM) values() [6]string {
	return [6]string{u.ID, u.Content, u.Term, u.Campaign, u.Source, u.Medium}
}

func (t Touch) kind() EvidenceKind {
	if t.Kind == "" {
		return ByClick
	}
	return t.Kind
}
