package brief

import (
	"time"

	"github.com/bylinehq/byline/brief/disclosure"
)

// Content is a draft or a live post, with all that is known of it. What is not known
// stays empty: [CheckPost] then says what is missing, and assumes nothing.
//
// At is when it was published, for a draft when it will be. What the brief knows as well,
// its ties, brands, markets and categories, need not be repeated.
//
// A video, audio or stream whose Texts hold nothing spoken counts as one without a
// transcript. Where nobody speaks in it, an empty [disclosure.Spoken] passage says so.
type Content struct {
	disclosure.Post
	ID  string `json:"id"`
	URL string `json:"url,omitempty"`
	// Piece is the index of Brief.Pieces that it fulfils; nil: the one that fits is looked for.
	Piece  *int   `json:"piece,omitempty"`
	Format Format `json:"format,omitempty"`
	Stage  Stage  `json:"stage"`
	// Tags are the accounts tagged by the platform's own function, besides those in the
	// texts. Nil says that nobody looked, an empty list that there is none.
	Tags     []string `json:"tags,omitzero"`
	Hashtags []string `json:"hashtags,omitempty"` // besides those in the texts
	// Links are those that can be followed, besides addresses in the texts. Nil says that
	// nobody looked.
	Links []PlacedLink `json:"links,omitzero"`
	// OtherBrands says whether a brand that is not the brief's is in it.
	OtherBrands disclosure.Known `json:"other_brands,omitempty"`
	// Music, Politics, Profanity say whether somebody who looked and listened found it;
	// music stands for all that belongs to others. Licensed says whether a licence that
	// covers the agreed use was seen.
	Music     disclosure.Known `json:"music,omitempty"`
	Licensed  disclosure.Known `json:"licensed,omitempty"`
	Politics  disclosure.Known `json:"politics,omitempty"`
	Profanity disclosure.Known `json:"profanity,omitempty"`
	// Looked says, by the index of Brief.Elements, whether somebody who looked and listened
	// found the element. It counts for more than the texts.
	Looked    map[int]disclosure.Known `json:"looked,omitempty"`
	SeenUntil time.Time                `json:"seen_until,omitzero"` // when somebody last saw it live
	Removed   time.Time                `json:"removed,omitzero"`    // when it was taken down
}

// Stage says whether a post is out.
type Stage string

// Stages. The empty one is that of a draft.
const (
	AsDraft Stage = "draft"
	AsLive  Stage = "live"
)

// PlacedLink is a link as it stands in a post.
type PlacedLink struct {
	URL     string           `json:"url"`
	Where   string           `json:"where,omitempty"`    // "bio", "story sticker", "description"
	Working disclosure.Known `json:"working,omitempty"`  // it leads to where it should
	LeadsTo string           `json:"leads_to,omitempty"` // of a shortened link, where somebody followed it
}
