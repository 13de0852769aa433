package search

import (
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Query says whom to find. Every clause that is set must hold; the zero Query finds
// everybody. Words are compared without case, and "ﬁ" as "fi"; accents count.
type Query struct {
	// Keywords are looked for in the name, the themes, the tags and the texts of the posts.
	// A keyword of several words asks for all of them, in any order and place. Who has a word
	// nowhere, and of whom no post text is known, is not known to lack it.
	Keywords  *Words `json:"keywords,omitempty"`
	Platforms *Words `json:"platforms,omitempty"`
	Markets   *Words `json:"markets,omitempty"`
	Cities    *Words `json:"cities,omitempty"`
	Languages *Words `json:"languages,omitempty"` // "en" finds "en-GB" too, and not the other way round
	Themes    *Words `json:"themes,omitempty"`    // of the profile and of the posts, each as a whole
	Tags      *Words `json:"tags,omitempty"`      // who has no tag is known to have none
	IDs       *Words `json:"ids,omitempty"`       // to the letter, unlike other words

	Contact   *Contact    `json:"contact,omitempty"`
	Followers *Followers  `json:"followers,omitempty"`
	Ranges    []Range     `json:"ranges,omitempty"`
	Audience  []Share     `json:"audience,omitempty"`
	Brands    *Brands     `json:"brands,omitempty"`
	Prices    []Price     `json:"prices,omitempty"`
	Checks    []CheckWith `json:"checks,omitempty"`

	// Missing is for the clauses that do not say their own; "" is [ShowApart].
	Missing Missing `json:"missing,omitempty"`
	Order   *Order  `json:"order,omitempty"` // nil: by id
	Limit   int     `json:"limit,omitempty"` // of each list; 0 is [DefaultLimit]
	Offset  int     `json:"offset,omitempty"`
}

// DefaultLimit is how many creators a result lists unless the query says otherwise.
const DefaultLimit = 50

// Missing says what happens to a creator for whom the facts do not answer a clause.
type Missing string

// What to do where nothing is known. A creator whom another clause removes is removed.
const (
	ShowApart Missing = "apart"   // listed apart, with the clause
	Include   Missing = "include" // as if the clause held
	Exclude   Missing = "exclude" // as if it did not
)

// Words asks for some, all and none of a list; at least one list is needed.
type Words struct {
	Any     []string `json:"any,omitempty"`
	All     []string `json:"all,omitempty"`
	None    []string `json:"none,omitempty"`
	Missing Missing  `json:"missing,omitempty"`
}

// Contact asks whether the creator can be written to.
type Contact struct {
	Is      creator.Contactable `json:"is"`
	Missing Missing             `json:"missing,omitempty"`
}

// Followers holds for a creator of whom one account lies in the range, both ends included.
// It sets a bound against each account alone, so it may span platforms; a Definition makes
// all counts by another one missing ones.
type Followers struct {
	On         byline.Platform `json:"on,omitempty"` // "" is any
	Definition string          `json:"definition,omitempty"`
	AtLeast    *float64        `json:"at_least,omitempty"`
	AtMost     *float64        `json:"at_most,omitempty"`
	Missing    Missing         `json:"missing,omitempty"`
}

// By is which number of a reading counts.
type By string

// The numbers of a reading. Who has no interval is missing by its ends.
const (
	ByValue By = "value" // also ""
	ByLow   By = "low"
	ByHigh  By = "high"
)

// Range holds for a reading that lies in the range, both ends included: growth, engagement
// by a variant, authenticity, a score. For a share of fake followers of surely at most 25%
// ask for the high end.
//
// The reading is the one that [creator.Readings.Get] returns: that of the Platform, or the
// one over all platforms of a creator who has none for it. A reading of the Platform that is
// missing stays missing. With "" only readings over all platforms count; those that package
// vet makes are each of one platform, so name it. Where nobody has such a reading, the
// [Fact] says where the metric is known.
//
// A reading by another Definition is a missing one. An empty Definition stands for the only
// one among these readings; where there are several, the search returns the fault
// "search.definition" instead of mixing them.
type Range struct {
	Metric     string          `json:"metric"`
	Platform   byline.Platform `json:"platform,omitempty"`
	Definition string          `json:"definition,omitempty"`
	By         By              `json:"by,omitempty"`
	AtLeast    *float64        `json:"at_least,omitempty"`
	AtMost     *float64        `json:"at_most,omitempty"`
	Missing    Missing         `json:"missing,omitempty"`
}

// Share holds for an audience of which a part is in the range, as "at least 0.3 of the
// followers are in DE". The latest snapshot of each account counts; a bucket that it does
// not have is not known. Of several accounts one is enough.
type Share struct {
	Kind      creator.AudienceKind `json:"kind"`
	Dimension creator.Dimension    `json:"dimension"`
	Key       string               `json:"key"`
	On        byline.Platform      `json:"on,omitempty"` // "" is any
	AtLeast   *float64             `json:"at_least,omitempty"`
	AtMost    *float64             `json:"at_most,omitempty"`
	Missing   Missing              `json:"missing,omitempty"`
}

// Brands asks for partners: of partnerships, and of sponsored posts. A partnership with an
// end that is not known may or may not have gone on in the window. Of whom no partner at
// all is known, nothing is known. Times count to the millisecond.
type Brands struct {
	Any     []string      `json:"any,omitempty"`
	All     []string      `json:"all,omitempty"`
	None    []string      `json:"none,omitempty"`
	During  byline.Window `json:"during,omitzero"`
	Missing Missing       `json:"missing,omitempty"`
}

// Price holds for a creator with a rate in the range per piece, both ends included. A rate
// counts when it is in the currency, for the platform and format or for any, and valid At
// that time; who has none is missing. An end that is nil is open, and one is needed.
type Price struct {
	Platform byline.Platform `json:"platform,omitempty"` // "" is any
	Format   string          `json:"format,omitempty"`   // "" is any
	AtLeast  *byline.Money   `json:"at_least,omitempty"`
	AtMost   *byline.Money   `json:"at_most,omitempty"`
	At       time.Time       `json:"at,omitzero"` // zero: valid or not
	Missing  Missing         `json:"missing,omitempty"`
}

// CheckWith holds for a check in one of the states. A check that was not answered is not
// known, unless Undetermined is among the states.
type CheckWith struct {
	Code    string          `json:"code"`
	States  []creator.State `json:"states"`
	Missing Missing         `json:"missing,omitempty"`
}

// Order sorts the hits by a reading; who lacks it comes last in either direction, and ties
// stand by id. Metric "followers" is the largest count of the accounts on Platform. The
// reading and its definition are taken as in [Range].
type Order struct {
	Metric     string          `json:"metric"`
	Platform   byline.Platform `json:"platform,omitempty"`
	Definition string          `json:"definition,omitempty"`
	By         By              `json:"by,omitempty"`
	Descending bool            `json:"descending,omitempty"`
}
