package brief

import (
	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/disclosure"
)

// Brief is what a creator gets to read. [Brief.Validate] checks its shape, [Review] its
// sense.
type Brief struct {
	ID       string            `json:"id" validate:"required"`
	Version  int               `json:"version" validate:"min=1"` // raised by one each time it is sent anew
	Campaign byline.CampaignID `json:"campaign,omitempty"`
	Creator  byline.CreatorID  `json:"creator,omitempty"` // "" in a brief that goes to several
	Title    string            `json:"title" validate:"required,max=200"`
	Language string            `json:"language" validate:"required,bcp47_language_tag"` // of the content to be made, BCP 47
	// Written is the language of the brief itself; "" where it is the content's.
	Written string `json:"written_in,omitempty" validate:"omitempty,bcp47_language_tag"`

	Product   Product         `json:"product"`
	Brands    []string        `json:"brands" validate:"required,min=1,dive,required"` // names and handles, as posts write them
	Markets   []byline.Market `json:"markets" validate:"required,min=1,dive,market"`
	Audience  Audience        `json:"audience"`
	Objective Objective       `json:"objective"`
	Message   string          `json:"message"`        // the one thing to remember
	Action    string          `json:"call_to_action"` // what the audience should do next

	Elements    []Element    `json:"elements,omitempty" validate:"dive"` // what must be in it
	Disclosures []Disclosure `json:"disclosures,omitempty" validate:"dive"`
	Guardrails  []string     `json:"guardrails,omitempty"`
	Claims      []Claim      `json:"claims,omitempty" validate:"dive"`
	Forbidden   []Phrase     `json:"forbidden,omitempty" validate:"dive"`
	Angles      []Angle      `json:"angles,omitempty" validate:"dive"` // stories to choose from, not scripts
	References  []Reference  `json:"references,omitempty" validate:"dive"`

	Pieces     []Piece    `json:"deliverables" validate:"required,min=1,dive"`
	Timeline   Timeline   `json:"timeline"`
	Approval   Approval   `json:"approval"`
	Usage      []string   `json:"usage_rights,omitempty"` // in short; the contract decides
	Tracking   Tracking   `json:"tracking"`
	Contact    Contact    `json:"contact"`
	Monitoring Monitoring `json:"monitoring"`

	// Experience says that the creator tries the product before speaking of it, and says
	// nothing that is not their honest view.
	Experience bool `json:"honest_experience,omitempty"`
	// OtherBrands, Music, Politics, Profanity: what may be in a post besides. Unstated says
	// nothing about it. Licensed makes sense for music and for what belongs to others.
	OtherBrands Permission `json:"other_brands,omitempty" validate:"omitempty,oneof=allowed licensed_only excluded"`
	Music       Permission `json:"music,omitempty" validate:"omitempty,oneof=allowed licensed_only excluded"`
	Politics    Permission `json:"politics,omitempty" validate:"omitempty,oneof=allowed excluded"`
	Profanity   Permission `json:"profanity,omitempty" validate:"omitempty,oneof=allowed excluded"`
}

// Permission says whether something may be in a post.
type Permission string

// Permissions.
const (
	Unstated Permission = ""
	Allowed  Permission = "allowed"
	Licensed Permission = "licensed_only" // with a licence that covers the agreed use
	Excluded Permission = "excluded"
)

// Product is what the posts are about.
type Product struct {
	Name       string                `json:"name" validate:"required"`
	Benefit    string                `json:"benefit,omitempty"` // what it does for whom, in a sentence
	URL        string                `json:"url,omitempty" validate:"omitempty,http_url"`
	Categories []disclosure.Category `json:"categories,omitempty"` // those with rules of their own
	// Ties are what connects the creator with the brand: pay, a gift, a share of sales.
	Ties []disclosure.Tie `json:"ties,omitempty"`
}

// Audience is whom the posts are for.
type Audience struct {
	Who string `json:"who"` // in a sentence
	// Minors is the part of the audience that is under 18, 0 to 1, or why it is not known.
	Minors byline.Measure `json:"minors,omitzero"`
	// ForMinors says how the label and the words are put for them, where they are many.
	ForMinors string `json:"wording_for_minors,omitempty"`
}

// Objective is what the posts are for.
type Objective struct {
	Goal     Goal   `json:"goal" validate:"omitempty,oneof=awareness consideration conversion loyalty"`
	Sentence string `json:"sentence"`
}

// Goal is what posts are for. The words are those of a campaign's objectives.
type Goal string

// Goals.
const (
	Awareness     Goal = "awareness"
	Consideration Goal = "consideration"
	Conversion    Goal = "conversion"
	Loyalty       Goal = "loyalty"
)

// Element is something that has to be in every piece, or in those it names.
type Element struct {
	Kind ElementKind `json:"kind" validate:"required,oneof=product message call_to_action code link tag hashtag shot"`
	Text string      `json:"text" validate:"required"`
	// Verbatim asks for these very words; else the creator says it in their own.
	Verbatim bool  `json:"verbatim,omitempty"`
	Pieces   []int `json:"pieces,omitempty"` // indices of Brief.Pieces; empty: all
	// Forms are other words that count as said, for a check of the post: inflections,
	// translations, a nickname.
	Forms []string `json:"forms,omitempty"`
}

// ElementKind is what an element is.
type ElementKind string

// Kinds of elements.
const (
	ShowProduct  ElementKind = "product"
	SayMessage   ElementKind = "message"
	CallToAction ElementKind = "call_to_action"
	NameCode     ElementKind = "code"
	SetLink      ElementKind = "link"
	TagAccount   ElementKind = "tag"
	UseHashtag   ElementKind = "hashtag"
	ShowShot     ElementKind = "shot" // something to be seen
)

// Disclosure is the label that a piece bears for a market. A post that is seen in several
// bears the labels of all.
type Disclosure struct {
	Market   byline.Market   `json:"market" validate:"required,market"`
	Language string          `json:"language" validate:"required,bcp47_language_tag"` // of the content that bears it
	Label    string          `json:"label" validate:"required"`
	Platform byline.Platform `json:"platform,omitempty" validate:"omitempty,platform"` // "" for all
	// Toggle names the platform's own switch that is to be on: "Paid partnership label".
	Toggle string `json:"toggle,omitempty"`
}

// Claim is something that may be said of the product, and what proves it.
type Claim struct {
	Text   string    `json:"text" validate:"required"`
	Kind   ClaimKind `json:"kind" validate:"required,oneof=general health finance green comparative price"`
	Proof  []Proof   `json:"proof,omitempty" validate:"dive"`
	Manner string    `json:"manner,omitempty"` // what has to be said with it: "in a clinical test of 30 people"
}

// ClaimKind is how much a claim has to be proved.
type ClaimKind string

// Kinds of claims.
const (
	General     ClaimKind = "general"
	Health      ClaimKind = "health"
	Financial   ClaimKind = "finance"
	Green       ClaimKind = "green"
	Comparative ClaimKind = "comparative"
	Price       ClaimKind = "price"
)

// Proof is a source that substantiates a claim.
type Proof struct {
	Title string `json:"title" validate:"required"`
	URL   string `json:"url,omitempty" validate:"omitempty,http_url"`
}

// Phrase is what must not be said.
type Phrase struct {
	Text  string   `json:"text" validate:"required"`
	Forms []string `json:"forms,omitempty"` // inflections and spellings that count as the same
	Why   string   `json:"why,omitempty"`
}

// Angle is a story to start from.
type Angle struct {
	Title string `json:"title" validate:"required"`
	Idea  string `json:"idea,omitempty"`
}

// Reference is an example of what is meant, or of what is not.
type Reference struct {
	URL  string `json:"url" validate:"required,http_url"`
	Why  string `json:"why"` // what about it is good, or not
	Dont bool   `json:"dont,omitempty"`
}

// Contact is whom a creator asks. It is shown to the creator and logged nowhere.
type Contact struct {
	Name  string `json:"name"`
	Email string `json:"email,omitempty" validate:"omitempty,email"`
	Phone string `json:"phone,omitempty"`
}
