package brief

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/disclosure"
)

// ReviewOptions are what a review knows beside the brief. Nil is the zero value.
type ReviewOptions struct {
	// Rules are the dated rules of disclosure; nil: the built-in ones. Book is the same made
	// ready, and counts instead where it is given; who reviews many briefs makes one.
	Rules []disclosure.Rule
	Book  *disclosure.Book
	// Brand and Creator are the calendars of those who review and make; nil: days are
	// counted by the zero Calendar, and the review says so.
	Brand, Creator *Calendar
	Audience       *time.Location // where the posts are seen; nil: not known
	Agreed         *Agreed        // nil: nothing is compared
	// Facts are what else is known of the posts: Regions, Staff, Followers, Marks, Checks.
	// Its other fields are those of the brief and are not read.
	Facts disclosure.Post
	Norms *Norms // nil: their defaults
}

// Review says what to mend in a brief before it is sent, at an instant: what blocks first,
// then in the order of the checks, B01 to B15 and those after. No finding means that no
// issue is known, and nothing more. The codes are those of [ReviewCodes].
//
// It takes a brief that [Brief.Validate] would refuse too. Rules of disclosure are those of
// the day on which a piece may first go live, where its audience is, and of the last such
// day where a rule changes in between; a rule whose source is only recalled never blocks.
// A label is tried in the place where it counts most: where it ends up in a post, only the
// post shows.
//
// Words are counted and matched and not understood; wording is judged in English alone, and
// in another language the review says that it cannot tell. Neither the order of elements,
// claims, markets, deliverables and the like nor anything outside the arguments makes a
// difference, but for the indices in the paths.
func Review(b Brief, at time.Time, o *ReviewOptions) []byline.Finding {
	r := newReview(&b, at, o)
	for _, check := range reviewChecks() {
		check(r)
	}
	return r.told()
}

// reviewChecks are in the order in which their findings come.
func reviewChecks() []func(*review) {
	return []func(*review){
		checkPieces, checkLabels, checkNotices, checkToggles, checkMarkets, checkClaims, checkForbidden, checkExperience,
		checkExpiry, checkTracking, checkRounds, checkSilence, checkCalendars, checkNights, checkEmbargo, checkProduct,
		checkLive, checkMusic, checkOthers, checkMinors, checkMonitoring, checkEvidence,
		checkDates, checkPast, checkLead, checkGates, checkGoal, checkMissing,
		checkVerbatim, checkOrders, checkCrowded, checkReading,
		checkAgreedPieces, checkAgreedUsage, checkExclusive,
	}
}

// review is one run over one brief.
type review struct {
	b        *Brief
	at       time.Time
	options  ReviewOptions
	norms    Norms
	brand    Calendar
	creator  Calendar
	codes    map[string]ReviewCode
	findings []*noted
	labels   []*labelAnswer // of every market and kind of piece
}

func newReview(b *Brief, at time.Time, o *ReviewOptions) *review {
	if o == nil {
		o = &ReviewOptions{}
	}
	r := &review{b: b, at: at, options: *o, norms: o.Norms.orDefault(), codes: codesByName()}
	switch {
	case o.Book != nil:
		r.options.Rules = o.Book.Rules()
	case o.Rules == nil:
		r.options.Rules = disclosure.Rules()
	}
	if o.Brand != nil {
		r.brand = *o.Brand
	}
	if o.Creator != nil {
		r.creator = *o.Creator
	}
	r.answer()
	return r
}

func (r *review) evaluate(post disclosure.Post) disclosure.Assessment {
	return evaluate(post, r.options.Rules, r.options.Book)
}

func (r *review) suggest(post disclosure.Post) []disclosure.Suggestion {
	if r.options.Book != nil {
		return r.options.Book.Suggest(post)
	}
	return disclosure.Suggest(post, r.options.Rules)
}

// evaluate asks the book where there is one, else the rules, and the built-in ones where
// there is neither.
func evaluate(post disclosure.Post, rules []disclosure.Rule, book *disclosure.Book) disclosure.Assessment {
	switch {
	case book != nil:
		return book.Evaluate(post)
	case rules == nil:
		rules = disclosure.Rules()
	}
	return disclosure.Evaluate(post, rules)
}

// find adds a finding at the level of its code, with the source of its check.
func (r *review) find(code, path, message string) *noted {
	row := r.codes[code]
	found := &noted{Finding: byline.Finding{Code: code, Severity: row.Level, Path: path, Message: message, Fix: row.Fix}}
	if rule, ok := checkRule(row.Check); ok {
		found.Rule = &rule
		found.Severity = borne(found.Severity, rule.Confidence)
	}
	r.findings = append(r.findings, found)
	return found
}

// findBy adds a finding that stands on a rule, at most as bad as asked for.
func (r *review) findBy(rule byline.Rule, code, path, message string, most byline.Severity) *noted {
	found := r.find(code, path, message)
	found.Rule = &rule
	found.Severity = borne(most, rule.Confidence)
	if found.Severity == byline.Blocker && r.byNorm(rule.ID) {
		found.Severity = byline.Warning
	}
	return found
}

// borne is how bad a finding can be on a source.
func borne(severity byline.Severity, c byline.Confidence) byline.Severity {
	if severity == byline.Blocker && c != byline.Primary && c != byline.Secondary {
		return byline.Warning
	}
	return severity
}

// compareFindings puts the worst first, then goes by the order of the codes and the paths.
func compareFindings(codes map[string]ReviewCode) func(a, b *noted) int {
	return func(a, b *noted) int {
		return cmp.Or(
			cmp.Compare(severityRank(b.Severity), severityRank(a.Severity)), cmp.Compare(codes[a.Code].rank, codes[b.Code].rank),
			comparePaths(a.Path, b.Path), strings.Compare(a.Message, b.Message), strings.Compare(a.after, b.after),
			strings.Compare(ruleID(a), ruleID(b)), slices.Compare(a.places, b.places), strings.Compare(a.Fix, b.Fix),
		)
	}
}

func severityRank(s byline.Severity) int {
	return slices.Index([]byline.Severity{byline.Info, byline.Warning, byline.Blocker}, s)
}

// comparePaths has deliverables[2] before deliverables[10].
func comparePaths(a, b string) int {
	return cmp.Or(cmp.Compare(strings.IndexByte(a+"[", '['), strings.IndexByte(b+"[", '[')), cmp.Compare(len(a), len(b)), strings.Compare(a, b))
}

func ruleID(f *noted) string {
	if f.Rule == nil {
		return ""
	}
	return f.Rule.ID
}
