package disclosure

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
)

// search is what a duty of words asks for, made ready for one post.
type search struct {
	e       *examiner
	matcher *matcher
	place   Place
	notice  bool
	asks    []Label // the wordings that mend, and how once that is asked
	mends   string
	// unsure says that all accepted wordings are only recalled, so that the absence of one
	// proves nothing.
	unsure bool
}

// candidate is a wording in a text and what is wrong with it there.
type candidate struct {
	passage  int
	wording  wording
	name     string // of the wording, with that of the brand
	position int
	findings []byline.Finding
	missing  []string
}

func (c candidate) verdict() verdict {
	return verdict{findings: c.findings, missing: c.missing, label: c.name, passage: c.passage}
}

// compare puts the better candidate first. It does not look at the order of the texts
// until all else is equal.
func (c candidate) compare(o candidate) int {
	return cmp.Or(
		cmp.Compare(c.verdict().grade(), o.verdict().grade()), cmp.Compare(len(c.findings), len(o.findings)),
		cmp.Compare(c.wording.kind%byTie, o.wording.kind%byTie), slices.CompareFunc(c.findings, o.findings, compareFindings),
		cmp.Compare(c.position, o.position), strings.Compare(c.wording.label.Text, o.wording.label.Text), cmp.Compare(c.passage, o.passage),
	)
}

func (c candidate) clean() bool {
	return len(c.findings) == 0 && len(c.missing) == 0
}

func compareFindings(a, b byline.Finding) int { return strings.Compare(a.Code, b.Code) }

// grade orders verdicts of which the best counts: what may be better than a risk is worse
// than one, for it may be a violation too.
func (v verdict) grade() int {
	return slices.Index([]Status{NoKnownIssue, Risk, CannotDetermine, Violation}, v.status())
}

// look returns the best candidate of each text that has one.
func (s *search) look() []candidate {
	var all []candidate
	for i, words := range s.e.texts {
		found := s.find(i, words)
		if len(found) == 0 {
			continue
		}
		text := seen{words: words, lead: s.matcher.lead(words, found), tagged: s.matcher.tagged(words)}
		best := s.judge(i, text, found[0])
		for _, f := range found[1:] {
			if best.clean() {
				break // what comes later is no better
			}
			if c := s.judge(i, text, f); c.compare(best) < 0 {
				best = c
			}
		}
		all = append(all, best)
	}
	slices.SortFunc(all, candidate.compare)
	return all
}

// find returns the wordings in a text. One of no list is an attempt at a label only where it
// stands for itself.
func (s *search) find(passage int, words []word) []match {
	where := s.e.post.Texts[passage].Where
	return slices.DeleteFunc(s.matcher.find(words), func(f match) bool {
		running := where != Spoken && where != Overlay && (f.inline || f.within)
		return f.wording.kind == unlisted && (running || denied(words, f))
	})
}

// seen is a text in words, and what was found out about it once.
type seen struct {
	words  []word
	lead   int
	tagged bool
}

// fix says how a missing or a poor label is mended.
func (s *search) fix() string {
	if s.mends == "" {
		s.mends = s.e.advise(s.asks, s.place)
	}
	return s.mends
}

func (s *search) judge(i int, text seen, f match) candidate {
	c := candidate{passage: i, wording: f.wording, name: s.e.named(f.wording.label), position: f.from}
	s.judgeWords(&c, text, f)
	s.judgePlace(&c, text, f)
	return c
}

// judgeWords says what is wrong with the wording itself.
func (s *search) judgeWords(c *candidate, text seen, f match) {
	label, where := f.wording.label, s.e.post.Texts[c.passage].Where
	name := c.name
	unconfirmed := label.Confidence == byline.Recalled
	switch f.wording.kind {
	case rejected:
		severity := byline.Blocker
		if unconfirmed {
			severity = byline.Warning
		}
		s.add(c, "label.inadequate", severity, fmt.Sprintf("“%s” does not say clearly enough that this is advertising", name))
	case unlisted:
		s.add(c, "label.unlisted", byline.Warning, fmt.Sprintf("“%s” is not among the words that are known to do here", name))
	case risky:
		s.add(c, "label.open", byline.Warning, fmt.Sprintf("whether “%s” is enough is open", name))
	case accepted, byTie:
		if unconfirmed {
			s.add(c, "label.unconfirmed", byline.Info, fmt.Sprintf("that “%s” is enough is not confirmed", name))
		}
	}
	if f.wording.foreign {
		s.add(c, "label.language", byline.Warning, fmt.Sprintf("“%s” is of another language than the content", name))
	}
	inline := f.inline && len(f.wording.parts) == 1 && where != Overlay
	if (f.within || inline) && where != Spoken && f.wording.kind != rejected {
		s.add(c, "label.inline", byline.Warning, fmt.Sprintf("“%s” stands in the middle of other words and may be read as one of them", name))
	}
	if f.wording.kind != rejected && denied(text.words, f) {
		s.add(c, "label.denied", byline.Warning, fmt.Sprintf("the words before “%s” seem to deny it", name))
	}
	if label.Companion && !text.tagged && !s.matcher.followed(text.words, f) {
		s.judgeCompanion(c, name)
	}
	if f.wording.guesses() {
		c.missing = append(c.missing, "brands")
	}
	if f.wording.unsure {
		c.missing = append(c.missing, "language")
	}
}

func (s *search) judgeCompanion(c *candidate, name string) {
	if len(s.e.brands) == 0 {
		c.missing = append(c.missing, "brands")
		return
	}
	s.add(c, "label.companion", byline.Blocker, fmt.Sprintf("“%s” needs the brand's name beside it", name))
}

// add notes a finding about a candidate. A notice has fewer codes of its own.
func (s *search) add(c *candidate, code string, severity byline.Severity, message string) {
	finding := byline.Finding{
		Code: s.code(code), Severity: s.cap(severity), Path: fmt.Sprintf("texts[%d]", c.passage), Message: message,
	}
	if severity != byline.Info {
		finding.Fix = s.fix()
	}
	c.findings = append(c.findings, finding)
}

// cap keeps what nobody confirmed from blocking: a label in a poor place is no worse than
// none.
func (s *search) cap(severity byline.Severity) byline.Severity {
	if s.unsure && severity == byline.Blocker {
		return byline.Warning
	}
	return severity
}

func (s *search) code(code string) string {
	switch {
	case !s.notice:
		return code
	case code == "label.missing", code == "label.frame":
		return "notice.missing"
	case slices.Contains([]string{"label.open", "label.unconfirmed", "label.language", "label.inline", "label.denied", "label.companion", "label.inadequate"}, code):
		return "notice.unclear"
	}
	return "notice.place"
}

// best is what the candidates come to. Texts that nobody read may hold a better one.
func (s *search) best(all []candidate) verdict {
	var v verdict
	if len(all) > 0 {
		v = all[0].verdict()
	} else {
		v = s.absent()
	}
	if s.place.EachFrame && s.e.post.Medium == Frame {
		v = s.frames(all)
	}
	for _, c := range all {
		if status := c.verdict().status(); status == NoKnownIssue || status == Risk {
			v.seen = append(v.seen, c.passage)
		}
	}
	if unread := s.unread(); v.status() != NoKnownIssue && len(unread) > 0 {
		return verdict{missing: append(unread, v.missing...)}
	}
	s.judgeChannels(&v)
	return v
}

func (s *search) absent() verdict {
	if len(s.e.post.Texts) == 0 {
		return verdict{missing: []string{"texts"}}
	}
	return verdict{findings: []byline.Finding{s.missing("label.missing", "none of the words that are known to do was found")}}
}

func (s *search) missing(code, message string) byline.Finding {
	return byline.Finding{Code: s.code(code), Severity: s.cap(byline.Blocker), Path: "texts", Message: message, Fix: s.fix()}
}

// unread names the places that nobody read and in which a label would count.
func (s *search) unread() []string {
	var paths []string
	for i, where := range s.e.post.Unread {
		if s.counts(where) {
			paths = append(paths, fmt.Sprintf("unread[%d]", i))
		}
	}
	return paths
}

// frames asks for a label on every frame. Frames without a text of their own are alike, so
// that one of them stands for all.
func (s *search) frames(all []candidate) verdict {
	on := func(frame int) []candidate {
		return slices.DeleteFunc(slices.Clone(all), func(c candidate) bool {
			of := s.e.post.Texts[c.passage].Frame
			return of != 0 && of != frame
		})
	}
	if everywhere := on(0); len(all) == 0 || (len(everywhere) > 0 && everywhere[0].verdict().status() == NoKnownIssue) {
		return s.first(everywhere)
	}
	if s.e.post.Frames <= 0 {
		v := s.first(all)
		v.missing = append(v.missing, "frames")
		return v
	}
	var worst verdict
	var without []string
	for n, frame := range s.framesToAsk() {
		left := on(frame)
		if len(left) == 0 {
			without = append(without, fmt.Sprint(frame))
			continue
		}
		if v := left[0].verdict(); n == 0 || worst.label == "" || v.grade() > worst.grade() {
			worst = v
		}
	}
	if len(without) > 0 {
		worst.findings = append(worst.findings, s.missing("label.frame", "there is no label on frame "+strings.Join(without, ", ")))
	}
	return worst
}

func (s *search) first(all []candidate) verdict {
	if len(all) == 0 {
		return s.absent()
	}
	return all[0].verdict()
}

// framesToAsk are the frames that texts name, and the first of the others.
func (s *search) framesToAsk() []int {
	var frames []int
	for _, p := range s.e.post.Texts {
		if p.Frame > 0 && p.Frame <= s.e.post.Frames {
			frames = append(frames, p.Frame)
		}
	}
	slices.Sort(frames)
	frames = slices.Compact(frames)
	for other := 1; other <= s.e.post.Frames; other++ {
		if _, named := slices.BinarySearch(frames, other); !named {
			frames = append(frames, other)
			break
		}
	}
	slices.Sort(frames)
	return frames
}
