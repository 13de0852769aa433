package safety

import (
	"cmp"
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// Decision is what a person found who looked at evidence. It is about one term in a post,
// or about a topic in it, found by a scan or not. It holds for the text it was made on:
// rescans with other lists leave it in force, another text makes it void.
type Decision struct {
	Platform byline.Platform `json:"platform"`
	PostID   string          `json:"post_id"`
	TextHash string          `json:"text_hash"` // see HashText
	TermID   string          `json:"term_id,omitempty"`
	Topic    Topic           `json:"topic"` // of the term, or all of it where no term is named
	Verdict  Verdict         `json:"verdict"`
	By       string          `json:"by"`
	At       time.Time       `json:"at"`
	Note     string          `json:"note,omitempty"`
}

// Verdict is the answer of a person.
type Verdict string

// Verdicts.
const (
	Accepted      Verdict = "accepted"       // it is there, and the brand can live with it
	Rejected      Verdict = "rejected"       // it is there, and the brand cannot
	FalsePositive Verdict = "false_positive" // it means something else, or its context makes it harmless
)

// Validate reports all faults: "decision.post" without a post or its text's hash,
// "decision.topic", "decision.verdict", and "decision.person" without who and when.
func (d Decision) Validate() error {
	var faults []*byline.FieldError
	add := func(path, code, message string) {
		faults = append(faults, &byline.FieldError{Path: path, Code: code, Message: message})
	}
	if d.PostID == "" {
		add("post_id", "decision.post", "a decision is about a post")
	}
	if d.TextHash == "" {
		add("text_hash", "decision.post", "a decision is about a text")
	}
	if !d.Topic.Valid() {
		add("topic", "decision.topic", "a decision is about a topic")
	}
	if !slices.Contains(verdicts(), d.Verdict) {
		add("verdict", "decision.verdict", "a verdict is accepted, rejected or false_positive")
	}
	if d.By == "" {
		add("by", "decision.person", "a person decides")
	}
	if d.At.IsZero() {
		add("at", "decision.person", "a decision has a time")
	}
	return byline.Faults(faults)
}

// verdicts in the order in which they win where two are of one time.
func verdicts() []Verdict { return []Verdict{FalsePositive, Accepted, Rejected} }

// Decide returns a decision about the hit.
func (h Hit) Decide(v Verdict, by string, at time.Time) Decision {
	return Decision{Platform: h.Platform, PostID: h.PostID, TextHash: h.TextHash, TermID: h.TermID, Topic: h.Topic, Verdict: v, By: by, At: at}
}

// place is a text of a post.
type place struct {
	platform   byline.Platform
	post, hash string
}

func (h *Hit) place() place      { return place{h.Platform, h.PostID, h.TextHash} }
func (p *ReadPost) place() place { return place{p.Platform, p.ID, p.TextHash} }
func (d *Decision) place() place { return place{d.Platform, d.PostID, d.TextHash} }

// docket is the decisions in force, by text; of those about the same thing, the latest is
// the first.
type docket struct {
	of   map[place][]Decision
	void []Decision
}

// docketOf sorts decisions that were made up to a time and finds those that hold for a
// text of the scan.
func docketOf(s *Scanned, decisions []Decision, at time.Time) docket {
	texts := map[place]bool{}
	for i := range s.Posts {
		texts[s.Posts[i].place()] = true
	}
	d := docket{of: map[place][]Decision{}}
	sorted := slices.Clone(decisions)
	slices.SortFunc(sorted, compareDecisions)
	for _, each := range sorted {
		switch {
		case each.At.After(at):
		case each.Validate() != nil || !texts[each.place()]:
			d.void = append(d.void, each)
		default:
			d.of[each.place()] = append(d.of[each.place()], each)
		}
	}
	return d
}

func compareDecisions(a, b Decision) int {
	rank := func(v Verdict) int { return slices.Index(verdicts(), v) }
	return cmp.Or(
		b.At.Compare(a.At), cmp.Compare(rank(b.Verdict), rank(a.Verdict)),
		compareText(string(a.Platform), string(b.Platform), a.PostID, b.PostID, a.TextHash, b.TextHash, a.TermID, b.TermID, string(a.Topic), string(b.Topic), a.By, b.By, a.Note, b.Note),
	)
}

// about returns the latest decision about a hit: about its term, or about its topic.
func (d docket) about(h *Hit) (Decision, bool) {
	for _, each := range d.of[h.place()] {
		if each.TermID == h.TermID || each.TermID == "" && each.Topic == h.Topic {
			return each, true
		}
	}
	return Decision{}, false
}
