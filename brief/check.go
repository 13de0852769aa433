package brief

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/disclosure"
)

// Check is what came of holding a post against its brief.
type Check struct {
	At   time.Time `json:"at"`
	Post string    `json:"post"`
	// Status is the worst of all: a violation with a finding that blocks, a risk with one
	// that warns, cannot_determine where a point is open. There is no word for "compliant".
	Status disclosure.Status `json:"status"`
	Piece  *int              `json:"piece,omitempty"` // index of Brief.Pieces; nil where none fits
	// Findings are what to mend, the worst first; those of Disclosure are among them. A path
	// is one of [Content] ("texts[0]"), or of the brief where it begins with "brief.".
	Findings []byline.Finding `json:"findings,omitempty"`
	// Points are all that was asked for, in the order of the brief, and what became of it.
	Points     []Point               `json:"points"`
	Disclosure disclosure.Assessment `json:"disclosure"`
}

// Point is one thing that was agreed.
type Point struct {
	Path    string  `json:"path"` // in the brief
	What    string  `json:"what"` // in words
	Outcome Outcome `json:"outcome"`
	// Needs names the facts without which nothing can be said, as JSON paths of [Content].
	Needs []string `json:"needs,omitempty"`
}

// Outcome is what became of a point.
type Outcome string

// Outcomes.
const (
	Fulfilled    Outcome = "fulfilled"
	Unfulfilled  Outcome = "unfulfilled"
	Undetermined Outcome = "undetermined"
	Pending      Outcome = "pending" // its time has not come
)

// Having returns the points of an outcome.
func (c Check) Having(o Outcome) []Point {
	return slices.DeleteFunc(slices.Clone(c.Points), func(p Point) bool { return p.Outcome != o })
}

// CheckOptions are what a check knows besides brief and post.
type CheckOptions struct {
	Rules       []disclosure.Rule // nil: disclosure.Rules()
	Book        *disclosure.Book  // the rules made ready, instead of Rules, for who checks many posts
	Competitors []Phrase          // names and their spellings, for texts, tags and hosts of links
	OtherCodes  []string          // codes of other creators
	Shorteners  []string          // hosts besides those of [Shorteners]
}

// CheckPost holds a draft or a live post against its brief and, through package
// disclosure, against the law of all markets of both. A draft without a time is held
// against the rules of the first instant at which it may still be published. The times of
// codes, links and posting count when it is published; at is when the check is made. Nil
// options are those of an empty CheckOptions. The time taken is linear in the post.
//
// Words are compared whole and in one spelling, see [disclosure.Words]; meaning is not
// understood. Hosts of links are compared as they are written: one in Punycode is another
// one than its letters. Nothing is missing as long as a part that may hold it was not read. Texts
// that are hidden, in a comment or in the bio do not count as said, but for what is
// forbidden.
//
// Codes of findings, besides those of [disclosure.Evaluate]. What was ordered:
// "deliverable.unknown" and "deliverable.none" for a piece that the brief has not,
// "deliverable.platform", "deliverable.carried" for another format, "deliverable.language",
// "deliverable.length", "deliverable.frames", "deliverable.early", "deliverable.late",
// "deliverable.removed" for a post that did not stay up, "content.embargo" and
// "content.time" for what has not happened yet when the check is made: a live post that is
// dated later, be it on the same day, or one that was seen or removed later. All are
// instants, and such a time counts as one that is not known.
//
// What is in it: "element.missing", "element.altered" for words that were to be these very
// ones, "forbidden.said", "claim.manner", "competitor.named", "brands.other",
// "brands.unnamed" for tagged accounts that the brief does not name, "content.music",
// "content.unlicensed", "content.politics", "content.profanity", "tag.missing",
// "hashtag.missing", "agreed.label" for another label than the agreed one and
// "agreed.toggle", once, and only where no rule of the platform says the same.
//
// How it is tracked: "code.missing", "code.typo", "code.other" for another creator's,
// "code.expired", "code.ran_out" for one that has expired since, "link.missing",
// "link.parameters", "link.target" for another page, "link.shortened", "link.broken",
// "link.expired", "link.ran_out", and "link.unknown" for a key that the brief does not
// explain.
func CheckPost(b Brief, post Content, at time.Time, opts *CheckOptions) Check {
	if opts == nil {
		opts = &CheckOptions{}
	}
	c := newChecker(b, post, at, opts)
	c.matchPiece()
	c.fill()
	c.deliverable()
	c.elements()
	c.forbidden()
	c.claims()
	c.codes()
	c.links()
	c.marks()
	c.brands()
	c.permissions()
	c.disclosure()
	return c.done()
}

// checker is one check under way.
type checker struct {
	brief Brief
	post  Content   // with what its brief knows filled in
	when  time.Time // its time as it was given, zero where it cannot be
	told  int       // how many unread places were given
	at    time.Time
	opts  *CheckOptions
	piece *Piece // the one that was matched
	texts []readText
	set   []placed // links, those in the texts too
	check Check
}

// readText is a passage cut into words once.
type readText struct {
	disclosure.Passage
	words  disclosure.Words
	normal string
}

func newChecker(b Brief, post Content, at time.Time, opts *CheckOptions) *checker {
	c := &checker{brief: b, post: post, when: post.At, told: len(post.Unread), at: at, opts: opts, check: Check{At: at, Post: post.ID, Status: disclosure.NoKnownIssue}}
	for _, passage := range post.Texts {
		c.texts = append(c.texts, readText{passage, disclosure.WordsOf(passage.Text), disclosure.Normal(passage.Text)})
	}
	c.set = c.placed(append(Shorteners(), opts.Shorteners...))
	c.future()
	return c
}

// find notes a finding.
func (c *checker) find(severity byline.Severity, code, path, message, fix string) {
	c.check.Findings = append(c.check.Findings, byline.Finding{Code: code, Severity: severity, Path: path, Message: message, Fix: fix})
}

// point notes what became of something agreed. The place that the check itself took for
// unread is one of the texts that the caller left out.
func (c *checker) point(path, what string, o Outcome, needs ...string) {
	if own := slices.Index(needs, fmt.Sprintf("unread[%d]", c.told)); own >= 0 {
		needs = slices.Clone(needs)
		needs[own] = "texts"
	}
	c.check.Points = append(c.check.Points, Point{Path: path, What: what, Outcome: o, Needs: needs})
}

// lacks notes a point that is not fulfilled, and what to do about it.
func (c *checker) lacks(path, what string, f byline.Finding) {
	c.point(path, what, Unfulfilled)
	c.check.Findings = append(c.check.Findings, f)
}

// published is when it counts as published: for a draft without a time, the first instant
// at which it may be.
func (c *checker) published() time.Time {
	if !c.when.IsZero() || c.live() {
		return c.when
	}
	first := latest(c.at, c.brief.Timeline.EmbargoEnds)
	if c.piece != nil {
		first = latest(first, c.piece.Posting.Start)
	}
	return first
}

func (c *checker) live() bool { return c.post.Stage == AsLive }

// fill adds to the post what its brief knows.
func (c *checker) fill() {
	p, b := &c.post.Post, c.brief
	p.At = c.published()
	p.Markets = union(p.Markets, b.Markets)
	p.Ties = union(p.Ties, b.Product.Ties)
	p.Brands = union(b.Brands, p.Brands)
	p.Categories = union(p.Categories, b.Product.Categories)
	if p.Language == "" {
		p.Language = b.Language
	}
	if p.Medium == "" && c.post.Format != "" {
		p.Medium = c.post.Format.Medium()
	}
	if p.Control == disclosure.Unknown && (b.Approval.Rounds > 0 || len(b.Elements) > 0) {
		p.Control = disclosure.Yes // who asks for words and reviews them has a say
	}
	if untold(c.post) {
		p.Unread = append(slices.Clone(p.Unread), disclosure.Spoken)
	}
}

// untold reports whether something may be said in a post that its texts do not hold.
func untold(post Content) bool {
	if m := post.Medium; m != disclosure.Video && m != disclosure.Audio && m != disclosure.Live {
		return false
	}
	spoken := func(p disclosure.Passage) bool { return p.Where == disclosure.Spoken }
	return !slices.ContainsFunc(post.Texts, spoken) && !slices.Contains(post.Unread, disclosure.Spoken)
}

func union[T comparable](a, b []T) []T {
	all := slices.Clone(a)
	for _, v := range b {
		if !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	return all
}

// disclosure asks the engine, and whether the agreed label and switch are there.
func (c *checker) disclosure() {
	a := evaluate(c.post.Post, c.opts.Rules, c.opts.Book)
	c.check.Disclosure = a
	var needs []string
	for _, answer := range a.Answers {
		c.check.Findings = append(c.check.Findings, answer.Findings...)
		if answer.Status == disclosure.CannotDetermine {
			needs = union(needs, answer.Missing)
		}
	}
	outcome := map[disclosure.Status]Outcome{
		disclosure.Violation: Unfulfilled, disclosure.Risk: Undetermined, disclosure.CannotDetermine: Undetermined, disclosure.NoKnownIssue: Fulfilled,
	}[a.Status]
	c.point("disclosures", "the post says that it is advertising, where its markets' rules are known", outcome, union(a.Missing, needs)...)
	for i, agreed := range c.brief.Disclosures {
		c.agreed(i, agreed)
	}
}

// agreed looks for the label of the contract, which the law may not insist on.
func (c *checker) agreed(i int, agreed Disclosure) {
	if agreed.Platform != "" && c.post.Platform != "" && agreed.Platform != c.post.Platform {
		return
	}
	path := fmt.Sprintf("disclosures[%d]", i)
	if base(agreed.Language) == base(c.post.Language) {
		what := fmt.Sprintf("the label “%s” for %s", agreed.Label, agreed.Market)
		found := c.said([]string{agreed.Label}, spokenOrSeen)
		c.settle(found, path+".label", what, byline.Finding{
			Code: "agreed.label", Severity: byline.Warning, Path: "brief." + path + ".label",
			Message: "the agreed label is not in it", Fix: fmt.Sprintf("Put “%s” first.", agreed.Label),
		})
	}
	if agreed.Toggle == "" {
		return
	}
	what := "the platform's own label is on"
	told := func(f byline.Finding) bool { return f.Path == "toggle" && f.Severity == byline.Blocker }
	if c.post.Toggle == disclosure.No && slices.ContainsFunc(c.check.Findings, told) {
		c.point(path+".toggle", what, Unfulfilled)
		return
	}
	c.settle(answer{c.post.Toggle, []string{"toggle"}}, path+".toggle", what, byline.Finding{
		Code: "agreed.toggle", Severity: byline.Blocker, Path: "toggle",
		Message: "the platform's own label is off", Fix: "Switch on “" + agreed.Toggle + "”.",
	})
}

func base(language string) string {
	before, _, _ := strings.Cut(strings.ReplaceAll(language, "_", "-"), "-")
	return strings.ToLower(before)
}

// answer is whether something is there, and else what is missing to know it.
type answer struct {
	known disclosure.Known
	needs []string
}

// settle notes the point that an answer decides, with the finding where it is no.
func (c *checker) settle(a answer, path, what string, otherwise byline.Finding) {
	switch a.known {
	case disclosure.Yes:
		c.point(path, what, Fulfilled)
	case disclosure.No:
		c.lacks(path, what, otherwise)
	case disclosure.Unknown:
		c.point(path, what, Undetermined, a.needs...)
	}
}

// done sorts the findings and sums up.
func (c *checker) done() Check {
	slices.SortStableFunc(c.check.Findings, func(a, b byline.Finding) int { return weight(b.Severity) - weight(a.Severity) })
	worst := 0
	for _, f := range c.check.Findings {
		worst = max(worst, weight(f.Severity))
	}
	open := slices.ContainsFunc(c.check.Points, func(p Point) bool { return p.Outcome == Undetermined })
	switch {
	case worst == weight(byline.Blocker):
		c.check.Status = disclosure.Violation
	case worst == weight(byline.Warning):
		c.check.Status = disclosure.Risk
	case open:
		c.check.Status = disclosure.CannotDetermine
	}
	return c.check
}

func weight(s byline.Severity) int {
	return slices.Index([]byline.Severity{byline.Info, byline.Warning, byline.Blocker}, s)
}
