package contracts

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// Codes of conflicts; see Conflict.
const (
	conflictNamed    = "exclusivity.named"
	conflictCategory = "exclusivity.category"
	conflictEveryone = "exclusivity.everyone"
	conflictWider    = "exclusivity.wider"
	conflictUnknown  = "exclusivity.unknown"
	conflictRecent   = "exclusivity.recent"
)

// Conflict is one exclusivity and one engagement that it forbids. Agreement is the one
// that holds the promise, With the one that would break it, whichever of them was asked
// about. Code says by what the engagement is caught:
//
//   - "exclusivity.named": the exclusivity names the other brand, whatever its category.
//   - "exclusivity.category": a category of the engagement is one of the exclusivity, or
//     lies in it.
//   - "exclusivity.everyone": the exclusivity has neither names nor categories.
//   - "exclusivity.wider": a category of the exclusivity lies in one of the engagement,
//     whose goods may or may not be of it.
//   - "exclusivity.unknown": the engagement does not say the brand or the categories that
//     the exclusivity asks for; or it would be caught by its category, and one of the two
//     brands is not known, so they may be one; or a carve-out for older deals would leave
//     it free, and of the agreement with the promise only a later version's signing is
//     known.
//   - "exclusivity.recent": a post that would be caught came before the exclusivity binds,
//     within ConflictOptions.LookBackDays. It breaks no promise.
//
// Severity is Blocker where the promise is signed, or where the other engagement is a
// signed agreement; Warning between drafts, and for a post that was live before the
// promise was signed. "exclusivity.wider" and "exclusivity.unknown" are one step less severe,
// "exclusivity.recent" is Info.
type Conflict struct {
	Code        string          `json:"code"`
	Severity    byline.Severity `json:"severity"`
	Agreement   AgreementID     `json:"agreement"`
	Version     int             `json:"version"`
	Exclusivity string          `json:"exclusivity"` // its id
	Path        string          `json:"path"`        // of the exclusivity in the terms of Agreement
	Bound       Role            `json:"bound"`       // whose promise it is
	With        Counterpart     `json:"with"`
	Overlap     byline.Window   `json:"overlap"`   // in UTC; of "exclusivity.recent" the time of the post
	Territory   Territory       `json:"territory"` // where both reach, without regions
	Message     string          `json:"message"`   // what caught the engagement, one sentence
}

// Counterpart names the engagement that an exclusivity forbids.
type Counterpart struct {
	Creator   byline.CreatorID `json:"creator"`
	Brand     string           `json:"brand,omitempty"`
	Agreement AgreementID      `json:"agreement,omitempty"`
	Version   int              `json:"version,omitempty"`
	Post      string           `json:"post,omitempty"`
}

// ConflictOptions say what conflicts are looked for with. The zero value and nil: by the
// paths of categories alone, and without looking back.
type ConflictOptions struct {
	Taxonomy *Taxonomy
	// LookBackDays is how many days before an exclusivity binds a post still counts as
	// "exclusivity.recent"; 0 or less: none. Ninety days are common; no rule says so.
	LookBackDays int
}

// Conflicts returns what stands between an engagement and others: its own exclusivities
// that others break, and those of others that it breaks. It is asked with a draft before
// signing, against the creator's and the brand's other agreements and posts, and with a
// new draft or post while agreements are in force. Give each agreement once, in the
// version in force: versions of one agreement never conflict with each other.
//
// A creator's promise keeps out the same creator's engagements for other brands; a
// brand's promise keeps out the same brand's engagements with other creators. There is a
// conflict where, all at once,
//
//   - the engagement is caught by a name or by a category, as [Conflict] says; with names
//     and categories in one exclusivity, either is enough,
//   - the time of the engagement overlaps that in which the promise binds, both half-open,
//   - their territories overlap; a part of a country overlaps the country, and a place
//     that is not said or not understood is everywhere but its exceptions,
//   - and no carve-out of the exclusivity leaves the engagement free. What stood before a
//     draft that is not signed yet is an existing deal to it.
//
// Brands are compared in Unicode NFKC, without regard to case and with runs of white space
// as one space; otherwise exactly, so "Acme" and "Acme Ltd" are two, as are "ß" and "ss".
// Creators are compared by their id. An engagement without a creator, or a brand's promise
// without a brand, meets nothing.
//
// The result is sorted by falling severity, then by time and names. It depends neither on
// the order of others nor on which of two engagements is of and which is in others. The
// time is linear in others and in the promises and categories of each pair.
func Conflicts(of Engagement, others []Engagement, opts *ConflictOptions) []Conflict {
	m := newConflictMatcher(opts)
	subject := sideOf(&of)
	var found []Conflict
	for i := range others {
		if len(of.Promises)+len(others[i].Promises) == 0 {
			continue
		}
		other := sideOf(&others[i])
		found = append(found, m.broken(subject, other)...)
		found = append(found, m.broken(other, subject)...)
	}
	slices.SortFunc(found, compareConflicts)
	return slices.CompactFunc(found, func(a, b Conflict) bool { return compareConflicts(a, b) == 0 })
}

// ConflictFree returns when an engagement may go live without breaking an exclusivity of
// others: the parts of its window, in order and in UTC, that are in no conflict of any
// severity. None is left when it is in conflict throughout. What its own exclusivities
// ask of others plays no part.
func ConflictFree(of Engagement, others []Engagement, opts *ConflictOptions) []byline.Window {
	m := newConflictMatcher(opts)
	subject := sideOf(&of)
	var taken []byline.Window
	for i := range others {
		for _, c := range m.broken(sideOf(&others[i]), subject) {
			if c.Code != conflictRecent {
				taken = append(taken, c.Overlap)
			}
		}
	}
	return spansOf(of.Window).subtract(spansOf(taken...))
}

// Finding returns the conflict as a finding on the agreement that holds the promise.
func (c Conflict) Finding() byline.Finding {
	fix := "move the work out of the overlap, or agree in writing on a carve-out"
	switch {
	case c.Code == conflictUnknown:
		fix = "say which brands and categories both engagements are for"
	case c.Code == conflictRecent:
		fix = "start the exclusivity earlier, if such a post must not come shortly before"
	case c.With.Post != "":
		fix = "take the post down or leave it out, or agree in writing on a carve-out"
	}
	return byline.Finding{Code: c.Code, Severity: c.Severity, Path: c.Path, Message: c.Message, Fix: fix}
}

// Explain renders the conflict for a person, in plain English and with times in UTC. The
// wording may change; programs read the fields.
func (c Conflict) Explain() string {
	level := map[byline.Severity]string{byline.Info: "Note", byline.Warning: "Warning", byline.Blocker: "Blocker"}[c.Severity]
	when := "Both hold " + conflictWindowWords(c.Overlap)
	if c.With.Post != "" && !c.Overlap.Start.IsZero() {
		when = "The post is of " + timeWords(c.Overlap.Start)
	}
	if c.Code == conflictRecent {
		when += ", shortly before the exclusivity binds"
	}
	return fmt.Sprintf("%s: %s. %s, in %s.", level, c.Message, when, reachWords(c.Territory))
}

func conflictWindowWords(w byline.Window) string {
	switch {
	case w.Start.IsZero() && w.End.IsZero():
		return "at any time"
	case w.Start.IsZero():
		return "until " + timeWords(w.End)
	case w.End.IsZero():
		return "from " + timeWords(w.Start) + " on"
	}
	return "from " + timeWords(w.Start) + " until " + timeWords(w.End)
}

func compareConflicts(a, b Conflict) int {
	return cmp.Or(
		severityRank(b.Severity)-severityRank(a.Severity),
		a.Overlap.Start.Compare(b.Overlap.Start),
		a.Overlap.End.Compare(b.Overlap.End),
		strings.Compare(string(a.Agreement), string(b.Agreement)),
		cmp.Compare(a.Version, b.Version),
		strings.Compare(a.Path, b.Path),
		strings.Compare(a.Exclusivity, b.Exclusivity),
		strings.Compare(string(a.With.Creator), string(b.With.Creator)),
		strings.Compare(a.With.Brand, b.With.Brand),
		strings.Compare(string(a.With.Agreement), string(b.With.Agreement)),
		cmp.Compare(a.With.Version, b.With.Version),
		strings.Compare(a.With.Post, b.With.Post),
		strings.Compare(a.Message, b.Message),
		strings.Compare(reachWords(a.Territory), reachWords(b.Territory)),
	)
}

// severityRank is higher the worse it is.
func severityRank(s byline.Severity) int {
	return slices.Index([]byline.Severity{byline.Info, byline.Warning, byline.Blocker}, s)
}
