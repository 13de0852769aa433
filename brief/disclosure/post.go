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
	Regions  []string        `json:"regions,omitempty"`  // ISO 3166-2, where rules of a region are asked for; empty: not known
	Language string          `json:"language,omitempty"` // of the content, BCP 47
	Ties     []Tie           `json:"ties,omitempty"`     // empty: not known; see NoTie
	NoTie    bool            `json:"no_tie,omitempty"`   // nothing connects creator and brand, and Ties is empty
	Control  Known           `json:"control,omitempty"`  // the brand had a say in the content
	Brands   []string        `json:"brands,omitempty"`   // names and handles, as they are written in posts
	Staff    *int            `json:"staff,omitempty"`    // of the brand
	// Followers are the creator's on this platform.
	Followers *int `json:"followers,omitempty"`

	// Texts are all its texts, but for those in the places that Unread names: nobody made a
	// transcript, or looked at the picture.
	Texts  []Passage     `json:"texts,omitempty"`
	Unread []Where       `json:"unread,omitempty"`
	Frames int           `json:"frames,omitempty"` // how many frames or pictures there are
	Length time.Duration `json:"length,omitempty"` // of a video or audio
	// Promoted is the part of it that promotes: the whole when zero.
	Promoted Span `json:"promoted,omitzero"`

	Toggle Known `json:"toggle,omitempty"` // the platform's switch for branded content is on
	// Categories are those of the products that can be identified in it, all of them.
	Categories []Category     `json:"categories,omitempty"`  // empty: not known; see NoCategory
	NoCategory bool           `json:"no_category,omitempty"` // its products are in none
	Marks      map[Mark]Known `json:"marks,omitempty"`
	NoMark     bool           `json:"no_mark,omitempty"` // a mark that Marks does not tell of is not there
	Minors     map[int]Known  `json:"minors,omitempty"`  // by age: a relevant part of the audience is younger
	// Checks say by the id of an answer ("AE.permit", "GB.finance.gate") whether somebody
	// checked that the permit is there, or that the conditions of the gate are met.
	Checks map[string]Known `json:"checks,omitempty"`
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
	// Span is when an overlay is seen or a word is heard; zero: an overlay is seen all along,
	// and when a word is heard is not known.
	Span Span `json:"span,omitzero"`
	// Shown is how many characters are seen before the platform cuts it off, where somebody
	// looked; 0: as many as is usual, which can only warn.
	Shown int `json:"shown,omitempty"`
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
