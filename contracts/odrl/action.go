package odrl

import (
	"slices"
	"strings"

	"github.com/bylinehq/byline/contracts"
)

// Action is something done with content, by its name in ODRL or in our profile:
// "odrl:read", "byline:tv".
type Action string

// Actions of ODRL that this package itself speaks of. The others of ODRL 2.2 are
// understood as well.
const (
	Use        Action = "odrl:use"        // includes all but Transfer and what is in it
	Transfer   Action = "odrl:transfer"   // of ownership
	Derive     Action = "odrl:derive"     // includes each contracts.Edit
	GrantUse   Action = "odrl:grantUse"   // includes each contracts.Licensee
	Compensate Action = "odrl:compensate" // as a duty: to pay
	Attribute  Action = "odrl:attribute"  // as a duty: to name the creator
)

// RawFootage is the use of footage that was not published.
const RawFootage Action = "byline:rawFootage"

// ODRL 2.2's actions that are included in "use", and the two levels that are not. Those
// that 2.2 deprecates are left out. https://www.w3.org/TR/odrl-vocab/, read 2026-11-22.
const (
	usingNames = "acceptTracking aggregate annotate anonymize archive attribute compensate concurrentUse delete derive digitize " +
		"display distribute ensureExclusivity execute extract grantUse include index inform install modify move nextPolicy " +
		"obtainConsent play present print read reproduce reviewPolicy stream synchronize textToSpeech transform translate " +
		"uninstall watermark"
	transferNames = "give sell"
)

// The profile's words in the order of the constants of contracts, each with its value.
const (
	channelWords = "organicRepost=organic_repost paidSocial=paid_social_own_handle partnershipAd=partnership_ad sparkAd=spark_ad " +
		"website=website email=email outOfHome=ooh inStore=in_store retailMedia=retail_media tv=tv print=print internal=internal"
	editWords     = "crop=crop cutdown=cutdown newEdit=new_edit"
	likenessWords = "standaloneImage=standalone_image voice=voice"
	aiWords       = "aiTraining=training syntheticReplica=synthetic_replica"
	licenseeWords = "agencyUse=agency affiliateUse=affiliates retailerUse=retailers"
)

// ChannelAction is the profile's word for a channel, "" where it has none. The other
// functions of this kind are for what is done beyond: they return "" for the zero value.
func ChannelAction(c contracts.Channel) Action { return wordFor(channelWords, string(c)) }

// EditAction is the word for an edit. It is included in Derive.
func EditAction(e contracts.Edit) Action { return wordFor(editWords, string(e)) }

// LikenessAction is the word for a use of a likeness.
func LikenessAction(l contracts.Likeness) Action { return wordFor(likenessWords, string(l)) }

// AIAction is the word for a use by machines.
func AIAction(u contracts.AIUse) Action { return wordFor(aiWords, string(u)) }

// LicenseeAction is the word for a use by somebody else. It is included in GrantUse.
func LicenseeAction(l contracts.Licensee) Action { return wordFor(licenseeWords, string(l)) }

func wordFor(words, value string) Action {
	for pair := range strings.SplitSeq(words, " ") {
		if word, of, _ := strings.Cut(pair, "="); of == value {
			return Action("byline:" + word)
		}
	}
	return ""
}

// valueOf is the way back.
func valueOf(words string, a Action) (string, bool) {
	name, ours := strings.CutPrefix(string(a), "byline:")
	if !ours {
		return "", false
	}
	for pair := range strings.SplitSeq(words, " ") {
		if word, of, _ := strings.Cut(pair, "="); name == word {
			return of, true
		}
	}
	return "", false
}

// listed reports whether a list of words that spaces part has one.
func listed(list, word string) bool {
	for one := range strings.FieldsSeq(list) {
		if one == word {
			return true
		}
	}
	return false
}

// known reports whether the action is ODRL's or our profile's.
func (a Action) known() bool { return a == Use || a == Transfer || a.widens() != "" }

// widens is the action that the action is included in, "" where there is none.
func (a Action) widens() Action {
	in := func(words string) bool { _, ok := valueOf(words, a); return ok }
	name, ours := strings.CutPrefix(string(a), "byline:")
	if !ours {
		name = strings.TrimPrefix(string(a), "odrl:")
	}
	switch {
	case in(editWords), a == AIAction(contracts.AIReplica):
		return Derive
	case in(licenseeWords):
		return GrantUse
	case in(channelWords), in(likenessWords), in(aiWords), a == RawFootage:
		return Use
	case ours, name == string(a):
		return ""
	case name == "extract":
		return "odrl:reproduce"
	case listed(transferNames, name):
		return Transfer
	case listed(usingNames, name):
		return Use
	}
	return ""
}

// apart reports whether two such actions are the same or one includes the other, if they
// share anything: those of our profile and what they widen to, and those of ownership.
func (a Action) apart() bool {
	return strings.HasPrefix(string(a), "byline:") || a == Derive || a == GrantUse || Transfer.Includes(a)
}

// Includes reports whether who may do a may do o: it is the same, or included in it. What
// neither ODRL nor our profile knows is included in nothing.
func (a Action) Includes(o Action) bool { return slices.Contains(o.within(), a) }

// within is the action and all that it is included in, none where it is not known.
func (a Action) within() []Action {
	var chain []Action
	for ; a.known(); a = a.widens() {
		chain = append(chain, a)
	}
	return chain
}
