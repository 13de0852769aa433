package safety

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Codes of checks and findings; see Judge.
const (
	codeFloor    = "safety.floor"
	codeTopic    = "safety.topic"
	codeRejected = "safety.rejected"
	codeVoid     = "safety.decision_void"
	codeCoverage = "safety.coverage"
	codeSkipped  = "safety.skipped"
	codeMore     = "safety.more"
)

// maxFindings is how many hits a check shows; the record of the scan has all.
const maxFindings = 50

// Judge answers two checks about what a scan found, as of a time: "safety.floor", is
// there content of the floor, which is fit for no brand, and "safety.topic", is there
// other content above the brand's tolerance. Both are always answered, in this order, and
// neither may be averaged into a score.
//
// A check is
//
//   - failed by evidence that a person rejected, and by a use of a decisive term outside
//     any context that nobody decided about,
//   - undetermined while evidence above the tolerance waits for a person, and where too
//     little was read to say that there is none: see [Tolerance]. A term of the floor
//     always waits, whatever its context, and plain use of it cannot be accepted,
//   - passed otherwise; its reason says how many posts, days and languages that covers,
//     and of how many the language is only assumed.
//
// Of the decisions about a hit the latest up to the time counts, and of two of one time
// the stricter. A decision whose text is not in the scan is void: the post was changed,
// taken down, or left the window. A rejection holds although the lists no longer find it.
// A tolerance or a decision that is not valid accepts nothing.
//
// Findings are "safety.floor" and "safety.topic" for hits, as blockers where they fail
// the check and as warnings where they wait; "safety.rejected" for what a person rejected
// and the scan did not find; "safety.decision_void"; "safety.coverage" for too little
// text; "safety.skipped" for posts that were not read; "safety.more" for hits beyond the
// first fifty, of which blockers are shown first. Their paths are in the JSON of the scan.
// Neither the order of posts nor that of decisions changes the result.
func Judge(s Scanned, t Tolerance, decisions []Decision, at time.Time) []creator.Check {
	if t.Validate() != nil {
		t.Default, t.Topics = "", nil
	}
	j := judge{scanned: &s, tolerance: t, docket: docketOf(&s, decisions, at), at: at, coverage: s.Coverage()}
	return []creator.Check{j.check(codeFloor), j.check(codeTopic)}
}

type judge struct {
	scanned   *Scanned
	tolerance Tolerance
	docket    docket
	at        time.Time
	coverage  Coverage
}

// tally is what speaks against a creator under one check.
type tally struct {
	failed, waiting    int
	by                 Decision // the latest rejection
	blockers, warnings []byline.Finding
}

func (j judge) check(code string) creator.Check {
	var t tally
	for i := range j.scanned.Hits {
		if h := &j.scanned.Hits[i]; (h.Listed == Floor) == (code == codeFloor) {
			j.weigh(&t, h, fmt.Sprintf("hits[%d]", i), code)
		}
	}
	j.rejections(&t, code)
	c := creator.Check{Code: code, At: j.at, By: t.by.By, Findings: append(t.blockers, t.warnings...)}
	c.Findings = c.Findings[:min(len(c.Findings), maxFindings)]
	thin := j.thin()
	c.State, c.Reason = j.answer(&t, thin)
	if hidden := t.failed + t.waiting - len(c.Findings); hidden > 0 {
		c.Findings = append(c.Findings, byline.Finding{Code: codeMore, Severity: byline.Info, Path: "hits", Message: fmt.Sprintf("%d more are in the record of the scan", hidden)})
	}
	c.Findings = append(c.Findings, j.limits(thin)...)
	return c
}

// weigh counts a hit for what it is after the tolerance and the decisions.
func (j judge) weigh(t *tally, h *Hit, path, code string) {
	d, decided := j.docket.about(h)
	f := byline.Finding{Code: code, Severity: byline.Warning, Path: path, Message: h.sentence(), Fix: "let a person look at the post and decide", Rule: h.Topic.rule()}
	switch {
	case decided && d.Verdict == Rejected:
		t.reject(d)
		f.Severity, f.Fix = byline.Blocker, "work with another creator, or decide anew"
		f.Message += decisionWords(d)
	case decided && d.Verdict == Accepted && h.Risk == Floor:
		t.waiting++
		f.Fix = "content of the floor cannot be accepted: reject it, or decide that it is a false positive"
		f.Message += decisionWords(d)
	case decided, h.Listed != Floor && j.tolerance.Accepts(h.Topic, h.Risk):
		return
	case h.Decisive && h.Context == "":
		t.failed++
		f.Severity = byline.Blocker
		f.Message += "; the term is declared decisive"
	default:
		t.waiting++
	}
	t.show(f)
}

func (t *tally) reject(d Decision) {
	t.failed++
	if t.by.By == "" || compareDecisions(d, t.by) < 0 {
		t.by = d
	}
}

// show keeps a finding, if it is one of the first of its severity.
func (t *tally) show(f byline.Finding) {
	list := &t.warnings
	if f.Severity == byline.Blocker {
		list = &t.blockers
	}
	if len(*list) < maxFindings {
		*list = append(*list, f)
	}
}

// rejections counts what people rejected in texts that were read, and the lists did not
// find. They belong to the check of topics: no list says that they are of the floor.
func (j judge) rejections(t *tally, code string) {
	if code != codeTopic {
		return
	}
	found := map[place][]*Hit{}
	for i := range j.scanned.Hits {
		h := &j.scanned.Hits[i]
		found[h.place()] = append(found[h.place()], h)
	}
	for i := range j.scanned.Posts {
		at := j.scanned.Posts[i].place()
		for k, d := range j.docket.of[at] {
			if d.Verdict != Rejected || overruled(j.docket.of[at][:k], d) || slices.ContainsFunc(found[at], d.covers) {
				continue
			}
			t.reject(d)
			t.show(byline.Finding{
				Code: codeRejected, Severity: byline.Blocker, Path: fmt.Sprintf("posts[%d]", i),
				Message: fmt.Sprintf("%s: post %s%s", d.Topic.Name(), d.PostID, decisionWords(d)), Rule: d.Topic.rule(),
			})
		}
	}
}

// covers reports whether a decision is about a hit of its own text.
func (d *Decision) covers(h *Hit) bool {
	return d.TermID == h.TermID || d.TermID == "" && d.Topic == h.Topic
}

// overruled reports whether one of the later decisions is about the same thing.
func overruled(later []Decision, d Decision) bool {
	return slices.ContainsFunc(later, func(l Decision) bool {
		return l.TermID == d.TermID && l.Topic == d.Topic || l.TermID == "" && l.Topic == d.Topic
	})
}

func decisionWords(d Decision) string {
	return fmt.Sprintf("; %s by %s on %s", d.Verdict, oneLine(d.By), d.At.UTC().Format(time.DateOnly))
}

// thin says in one sentence why too little was read, "" where it is enough.
func (j judge) thin() string {
	posts, share := j.tolerance.enough()
	c, skipped := j.coverage, ""
	if c.Read < c.Posts {
		skipped = "; not read: " + c.skippedSentence()
	}
	switch {
	case c.Read < posts:
		return fmt.Sprintf("%s read, and it takes %d to say that there is nothing%s", countWords(c.Read, "post was", "posts were"), posts, skipped)
	case c.Share() < share:
		return fmt.Sprintf("%d of %d posts were read, and it takes a share of %.2g to say that there is nothing%s", c.Read, c.Posts, share, skipped)
	}
	return ""
}

func (j judge) answer(t *tally, thin string) (creator.State, string) {
	read := j.coverage.sentence()
	switch {
	case t.failed > 0:
		return creator.Failed, fmt.Sprintf("%s against it in %s", countWords(t.failed, "piece of evidence stands", "pieces of evidence stand"), read)
	case t.waiting > 0:
		return creator.Undetermined, fmt.Sprintf("%s for a person in %s", countWords(t.waiting, "piece of evidence waits", "pieces of evidence wait"), read)
	case thin != "":
		return creator.Undetermined, thin
	}
	return creator.Passed, "nothing above the tolerance is open in the text of " + read
}

// limits says what the scan and the decisions do not cover.
func (j judge) limits(thin string) []byline.Finding {
	var list []byline.Finding
	if thin != "" {
		fix := "read more posts, or languages"
		if j.coverage.Skipped[SkipNoLanguage] > 0 {
			fix = "say in which language the posts are, or which to assume; " + fix
		}
		list = append(list, byline.Finding{Code: codeCoverage, Severity: byline.Warning, Path: "posts", Message: thin, Fix: fix})
	}
	if c := j.coverage; c.Read < c.Posts {
		list = append(list, byline.Finding{Code: codeSkipped, Severity: byline.Info, Path: "posts", Message: c.skippedSentence()})
	}
	for i, d := range j.docket.void {
		if i == maxFindings {
			break
		}
		list = append(list, byline.Finding{
			Code: codeVoid, Severity: byline.Warning, Path: "posts",
			Message: fmt.Sprintf("a decision about post %s holds no more: its text changed, is gone or outside the window, or the decision is not valid", cmp.Or(oneLine(d.PostID), "without an id")),
			Fix:     "let a person look at the post as it is now",
		})
	}
	return list
}

// rule is the source of a topic, nil for a caller's own.
func (t Topic) rule() *byline.Rule {
	if !slices.Contains(Topics(), t) || t == Misinformation {
		return nil
	}
	return &byline.Rule{
		ID: string(t), Instrument: TopicSource, Source: "github.com/InteractiveAdvertisingBureau/Taxonomies",
		ReadAt: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC), Confidence: byline.Primary,
	}
}
