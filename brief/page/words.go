package page

import (
	"github.com/bylinehq/byline/brief"
	"github.com/bylinehq/byline/brief/disclosure"
)

// words are all fixed words of a document in one language. A %s or %d in them is replaced;
// everything else stands as it is.
type words struct {
	language string
	colon    string // after a lead
	comma    string // between the members of a list
	percent  string // of a number: "%s %%"
	decimal  string // the sign before decimals
	quote    string // around words that are not the writer's

	headings headings
	summary  summaryWords
	about    aboutWords
	pieces   pieceWords
	musts    mustWords
	label    labelWords
	claims   claimWords
	angles   angleWords
	schedule scheduleWords
	tracking trackingWords
	contact  contactWords
	watch    watchWords
	lengths  lengthWords
}

type headings struct {
	About, Deliverables, Musts, Label, Claims, Guardrails, Avoid, Angles, Schedule, Usage, Tracking, Contact, Monitoring string
}

type summaryWords struct {
	For, Brand, Markets, Language, Times, Version string
}

type aboutWords struct {
	Product, Benefit, Message, Action, Goal, Audience string
	Minors                                            string // "%s of them are under 18"
	Awareness, Consideration, Conversion, Loyalty     string
}

type pieceWords struct {
	Live, Placement, Length, Frames, StaysUp, Tags, Hashtags, Code, Link, Notes string
	AtLeast, AtMost                                                             string // with %s
	Blog, Podcast                                                               string
	Formats                                                                     map[brief.Format]string
}

type mustWords struct {
	Kinds           map[brief.ElementKind]string
	Verbatim        string
	OnlyOne, OnlyIn string // "only in deliverable %s"
	Experience      string
	OtherBrands     string
	Music           string
	Politics        string
	Profanity       string
	Allowed         string
	Licensed        string
	Excluded        string
	DoNotSay        string
}

type labelWords struct {
	Copy    string // the sentence above the labels
	Several string // what a post of more than one market bears
	Ties    string // what connects you with the brand
	Tie     map[disclosure.Tie]string
	Switch  string // "Also switch on"

	EachFrame, OnPicture, InVideo, InSpeech, AtStart, SeenAndHeard, Again string
	FirstWords, FirstLines, BeforeCut, FirstTags, NotBehind, Visible      string
}

type claimWords struct{ With, Proof string }

type angleWords struct{ Examples, Like, Unlike string }

type scheduleWords struct {
	What, When                                                                string
	ProductArrives, DraftsDue, ApprovalBy, EmbargoEnds, Posting, CampaignEnds string
	Review, Rounds, Free, Answer, Legal, Silence, Approves, Rejects, Who      string
}

type trackingWords struct {
	Codes, Links, Code, Offer, Until, NoEnd, Window, AfterPost string
}

type contactWords struct{ Name, Email, Phone string }

type watchWords struct {
	Who, Within, AfterLive, Every, Takedown, AfterAsked, Evidence, Kept string
}

// lengthWords are units of time, with %s for the number.
type lengthWords struct {
	Second, Minute            string
	Hours, Days               string
	BusinessDay, BusinessDays string
}

// languages are those with words of their own, the fallback first.
func languages() []string { return []string{"en", "de", "fr", "es", "it", "pt", "nl", "ja", "ko"} }

// wordsIn returns the words of a base language, and those of English where it has none.
func wordsIn(base string) (w words, own bool) {
	switch base {
	case "en":
		return english(), true
	case "de":
		return german(), true
	case "fr":
		return french(), true
	case "es":
		return spanish(), true
	case "it":
		return italian(), true
	case "pt":
		return portuguese(), true
	case "nl":
		return dutch(), true
	case "ja":
		return japanese(), true
	case "ko":
		return korean(), true
	}
	return english(), false
}
