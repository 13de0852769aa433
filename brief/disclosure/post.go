package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

// Post is what is known of a draft or a live post. What is not known stays empty, and
// then a rule that needs it answers [CannotDetermine]; nothing is assumed.
type Post struct {
	// At is when it is published, in the time zone of its audience: the day on its clock
	// chooses the rules.
	At       time.Time       `json:"at"`
	Platform byline.Platform `json:"platform"`
	Medium   Medium          `json:"medium"`
	// Markets are all that it touches: the creator's, its audience's and the brand's.
	Markets  []byline.Market `json:"markets"`
	Language string          `json:"language,omitempty"` // of the content, BCP 47
	Ties     []Tie           `json:"ties,omitempty"`     // empty: not known; see NoTie
	NoTie    bool            `json:"no_tie,omitempty"`   // nothing connects creator and brand
	Control  Known           `json:"control,omitempty"`  // the brand had a say in the content
	Brands   []string        `json:"brands,omitempty"`   // names and handles, as they are written in posts
	Staff    *int            `json:"staff,omitempty"`    // of the brand

	Texts  []Passage     `json:"texts,omitempty"`
	Frames int           `json:"frames,omitempty"` // how many frames or pictures there are
	Length time.Duration `json:"length,omitempty"` // of a video or audio
	// Promoted is the part of it that promotes: the whole when zero.
	Promoted Span `json:"promoted,omitzero"`

	Toggle     Known              `json:"toggle,omitempty"` // the platform's switch for branded content is on
	Permit     Known              `json:"permit,omitempty"` // the creator's permit is shown
	Categories []Category         `json:"categories,omitempty"`
	Marks      map[Mark]Known     `json:"marks,omitempty"`
	Minors     map[int]Known      `json:"minors,omitempty"`     // by age: a relevant part of the audience is younger
	Conditions map[Category]Known `json:"conditions,omitempty"` // somebody checked what the gate of a category asks for
}

// Known is a fact that may not be known.
type Known string

// What is known of a fact.
const (
	Unknown Known = ""
	Yes     Known = "yes"
	No      Known = "no"
)

// Span is a part of a video or audio, from its start.
type Span struct {
	From time.Duration `json:"from"`
	To   time.Duration `json:"to"`
}

// Passage is one text of a post and where it stands.
type Passage struct {
	Where Where  `json:"where"`
	Text  string `json:"text"`
	Frame int    `json:"frame,omitempty"` // of an overlay: which frame or picture, from 1; 0: all
	// Span is when an overlay is seen or a word is heard; zero: all along.
	Span Span `json:"span,omitzero"`
	// Hidden says that the platform's own signs cover it, or that it cannot be read.
	Hidden bool `json:"hidden,omitempty"`
}

// Where is the place of a text in a post.
type Where string

// Places of texts.
const (
	Title       Where = "title"
	Caption     Where = "caption"     // beside a picture or a short video, cut off at the fold
	Description Where = "description" // below a long video, behind a click
	Overlay     Where = "overlay"     // on the picture or video
	Spoken      Where = "spoken"
	Comment     Where = "comment"
	Bio         Where = "bio" // of the account
)
