package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

// Rule is one dated record of what a market's law, a guideline or a platform asks for.
//
// Market is where it holds; Area instead, where it holds in several; both empty for a
// platform's own rule. The bounds of Effective are midnight UTC of a calendar day, and are
// compared with the day on which a post is published where its audience is; a zero start:
// for longer than anybody asks, or the day is not known. A rule holds one or more duties;
// each is answered apart, under ID and the duty's name ("US.label", "IN.time"). A rule
// without a duty is only told of by [Changes]: no post shows whether it is kept.
//
// Records of one ID follow each other in time. An area's label and time duty give way in a
// market that has a label duty of its own on that day.
type Rule struct {
	byline.Rule
	Area  Area  `json:"area,omitempty"`
	Force Force `json:"force"`
	Scope Scope `json:"scope,omitzero"`

	Label  *LabelDuty  `json:"label,omitempty"`
	Time   *TimeDuty   `json:"time,omitempty"`
	Toggle *ToggleDuty `json:"toggle,omitempty"`
	Notice *NoticeDuty `json:"notice,omitempty"`
	Gate   *GateDuty   `json:"gate,omitempty"`
	Permit *PermitDuty `json:"permit,omitempty"`

	Liable []Party `json:"liable,omitempty"` // who answers for a breach
	Says   string  `json:"says"`             // what it asks for, in a sentence
}

// Area is a group of markets with a law in common.
type Area string

// EU is the European Union; [Area.Markets] lists it.
const EU Area = "EU"

// Force says what stands behind a rule. It never softens an answer, it explains it.
type Force string

// Forces.
const (
	Law            Force = "law"
	Guideline      Force = "guideline"       // of an authority, on how it reads a law
	SelfRegulation Force = "self_regulation" // of the industry
	PlatformPolicy Force = "platform_policy"
)

// Scope says which posts a rule reaches. What is empty restricts nothing. Where something
// set is not known of a post, and the duty is not fulfilled anyway, the answer is
// [CannotDetermine]. A post with [Post.NoTie] is no advertising, and no rule reaches it.
type Scope struct {
	Ties       []Tie             `json:"ties,omitempty"`
	Regions    []string          `json:"regions,omitempty"` // ISO 3166-2, where it is the law of a part of Market
	Platforms  []byline.Platform `json:"platforms,omitempty"`
	Media      []Medium          `json:"media,omitempty"`
	Languages  []string          `json:"languages,omitempty"` // of the content, BCP 47 base languages: "de"
	Categories []Category        `json:"categories,omitempty"`
	Marks      []Mark            `json:"marks,omitempty"` // any of them
	// StaffMin reaches only brands of at least so many employees; 0 reaches all.
	StaffMin int `json:"staff_min,omitempty"`
	// FollowersMin reaches only creators with at least so many; 0 reaches all.
	FollowersMin int `json:"followers_min,omitempty"`
	// Control are the ties that it reaches only where the brand had a say in the content.
	Control []Tie `json:"control,omitempty"`
	// Minors reaches only posts whose audience is under this age in a relevant part; 0
	// reaches all.
	Minors int `json:"minors,omitempty"`
}

// Tie is what connects a creator with a brand.
type Tie string

// Ties.
const (
	Paid            Tie = "paid"             // money, a fee or a commission that is agreed
	GiftWithAsk     Tie = "gift_with_ask"    // product, trip or service, and content was asked for
	GiftUnsolicited Tie = "gift_unsolicited" // sent in hope, nothing asked
	Affiliate       Tie = "affiliate"        // a share of what a link or a code sells
	OwnBrand        Tie = "own_brand"
	Employment      Tie = "employment"
	Loan            Tie = "loan"  // a thing to be given back
	Event           Tie = "event" // invited
)

// Medium is what a piece of content is made of, which decides where a label has to stand.
type Medium string

// Media.
const (
	Text  Medium = "text"  // an article, a post of words
	Image Medium = "image" // pictures with a caption
	Frame Medium = "story" // frames that vanish
	Video Medium = "video"
	Audio Medium = "audio"
	Live  Medium = "live"
)

// Mark is a property of the content that has rules of its own.
type Mark string

// Marks.
const (
	AIPerson  Mark = "ai_person" // a synthetic person, or one made to do what they did not
	Retouched Mark = "retouched" // a body or face that was edited or filtered
	Virtual   Mark = "virtual"   // images made by a machine without a person in them
	Children  Mark = "children"  // children are in the content
	ShopLink  Mark = "shop_link" // the post leads straight to a purchase
)

// Category is a kind of product with rules of its own. The keys are those of
// contracts.Regulated… where both know one.
type Category string

// Categories.
const (
	Aesthetic  Category = "aesthetic_acts"
	Alcohol    Category = "alcohol"
	CFD        Category = "cfd"
	Crypto     Category = "crypto"
	Finance    Category = "finance"
	Gambling   Category = "gambling"
	HFSS       Category = "hfss_food"
	Health     Category = "health"
	Medicine   Category = "medicine"
	Nicotine   Category = "nicotine"
	Tips       Category = "sports_tips"
	Substitute Category = "therapeutic_substitute"
	Therapy    Category = "medical_treatment"
	Training   Category = "training"     // vocational, paid out of public funds
	Wildlife   Category = "wild_animals" //
)

// Party is who answers for a breach.
type Party string

// Parties.
const (
	Creator      Party = "creator"
	Brand        Party = "brand"
	Agency       Party = "agency"
	PlatformSelf Party = "platform"
)

// LabelDuty asks for words that say "this is advertising".
//
// Where words of several lists overlap in a text, the longest counts: "betalt samarbete
// med" is not "samarbete", "unbezahlte Werbung" not "Werbung". Of equals the later list
// counts: rejected before risky before accepted. A risky or a rejected word that is only
// recalled may add a warning, and never makes less of what is wrong without it.
type LabelDuty struct {
	// Accepted are the words that do, the best first; Risky those whose acceptance is open,
	// Rejected those known to fail. A word in none of the lists is no label.
	Accepted []Label `json:"accepted"`
	Risky    []Label `json:"risky,omitempty"`
	Rejected []Label `json:"rejected,omitempty"`
	// Open says that the lists are examples: other words that are as clear do too. Where no
	// listed word stands, and one that may be meant as a label does, that is then a risk
	// ("label.unlisted"); it is a violation where nothing of the kind stands in the place that
	// is asked for. In content of a language of which Accepted has no word, every list is open.
	Open bool `json:"open,omitempty"`
	// Place is where the label has to stand in each medium; a medium that is not listed
	// follows the empty one.
	Place map[Medium]Place `json:"place,omitempty"`
	// ByTie accepts more, and these before all lists above, for weaker ties.
	ByTie []TieLabels `json:"by_tie,omitempty"`
	// ToggleSuffices says what the platform's own label is worth in place of words, on
	// TogglePlatforms (empty: on all; elsewhere [NotStated]).
	ToggleSuffices  Sufficiency       `json:"toggle_suffices"`
	TogglePlatforms []byline.Platform `json:"toggle_platforms,omitempty"`
}

// TieLabels are wordings for posts all of whose ties are among Ties: "#Gifted" where
// nothing was asked.
type TieLabels struct {
	Ties     []Tie   `json:"ties"`
	Accepted []Label `json:"accepted"`
	// Uncontrolled asks in addition that the brand had no say in the content.
	Uncontrolled bool `json:"uncontrolled,omitempty"`
}

// Label is one wording. Text is matched as whole words, without regard to case, width,
// accents of composition and invisible signs; "#ad" matches the hashtag alone, "ad" the
// word with or without one, and words of a phrase match the hashtag that joins them.
// {brand} stands for any of the post's brand names, as a name, a handle or a hashtag, and
// joins what it touches: "#{brand}Partner". It stands in a label at most once.
type Label struct {
	Text string `json:"text"`
	// Language is the one of the content in which this wording counts, a BCP 47 base
	// language; "" in any. An accepted wording in content of another language is a risk.
	Language string `json:"language,omitempty"`
	// Bare leaves the hashtag out: the words count only without one. Aloud nobody hears a #,
	// so that what is spoken is matched as the hashtag.
	Bare bool `json:"bare,omitempty"`
	// Companion asks for the brand's name beside the label: in the next two words, or among
	// the first three hashtags.
	Companion bool `json:"companion,omitempty"`
	// Alone fails where the word stands with other hashtags in one run.
	Alone bool `json:"alone,omitempty"`
	// Confidence is that of this wording where it is less than the rule's.
	Confidence byline.Confidence `json:"confidence,omitempty"`
}

// Place says where a label has to stand. The bio and comments never count, and what the
// platform's signs hide does not either.
type Place struct {
	Start        bool `json:"start,omitempty"`          // the first words: nothing but emoji, names, punctuation and other labels before it
	FirstLines   int  `json:"first_lines,omitempty"`    // within so many lines, of at most 100 characters; 0 asks for none
	BeforeFold   bool `json:"before_fold,omitempty"`    // before the platform cuts the text off
	MaxHashtags  int  `json:"max_hashtags,omitempty"`   // among the first so many hashtags of its run; 0 asks for none
	NotBuried    bool `json:"not_buried,omitempty"`     // behind three or more other hashtags of its run it is a risk
	EachFrame    bool `json:"each_frame,omitempty"`     // on every frame of a story
	InContent    bool `json:"in_content,omitempty"`     // on the picture, in the video or spoken, not only beside it
	BothChannels bool `json:"both_channels,omitempty"`  // seen and heard, where the endorsement is
	StartOfVideo bool `json:"start_of_video,omitempty"` // within the first seconds
	Repeated     bool `json:"repeated,omitempty"`       // again during a long video or a live
}

// Sufficiency says what the platform's own label is worth.
type Sufficiency string

// What a platform's label is worth in place of words. It is seen, so that without words
// it is at worst a risk, but for a law that asks for both.
const (
	Both        Sufficiency = "both" // and words are asked for besides: a violation without them
	NotEnough   Sufficiency = "no"
	Enough      Sufficiency = "yes"
	Conditional Sufficiency = "conditional"
	NotStated   Sufficiency = "not_stated"
)

// TimeDuty asks how long a label of the same rule's LabelDuty is seen or heard. The first band whose Up to contains
// the content's length counts; a band with Up to 0 has no upper bound.
type TimeDuty struct {
	Bands []TimeBand `json:"bands"`
	Media []Medium   `json:"media,omitempty"` // empty: video, audio and live
}

// TimeBand is what a length of content asks for: the most of At least, of Part of the
// whole, and of the whole promoted section.
type TimeBand struct {
	UpTo     time.Duration `json:"up_to,omitempty"` // inclusive
	AtLeast  time.Duration `json:"at_least,omitempty"`
	Part     float64       `json:"part,omitempty"` // of the length, 0 to 1
	Promoted bool          `json:"promoted,omitempty"`
	// Confidence is that of this band where it is less than the rule's.
	Confidence byline.Confidence `json:"confidence,omitempty"`
}

// ToggleDuty asks for the platform's own switch for branded content.
type ToggleDuty struct {
	Name string `json:"name"` // what the platform calls it
}

// NoticeDuty asks for words besides the label: that a person is virtual, that an image is
// retouched, that a licence is held. Where all its wordings are recalled, their absence is
// at most a risk; the same holds for a label duty.
type NoticeDuty struct {
	Accepted []Label          `json:"accepted"`
	Place    map[Medium]Place `json:"place,omitempty"`
}

// GateDuty says what becomes of what is in the scope (a category, a mark, an age) whatever
// the label says. For conditions and credentials, [Post.Checks] tells whether somebody
// checked them.
type GateDuty struct {
	Effect     GateEffect `json:"effect"`
	Conditions string     `json:"conditions,omitempty"` // in a sentence
}

// GateEffect is what a gate does.
type GateEffect string

// Effects of a gate.
const (
	Ban         GateEffect = "ban"
	Conditions  GateEffect = "conditions"  // somebody has to check them
	Credentials GateEffect = "credentials" // the creator discloses a qualification or registration
)

// PermitDuty asks for a permit or a registration of the creator; [Post.Checks] tells of it.
type PermitDuty struct {
	Name    string `json:"name"`
	Visible bool   `json:"visible,omitempty"` // its number is shown on the account
}
