package disclosure

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// placeIn is the place that a duty asks for in a medium. It is not known where the medium
// is not, and the duty tells media apart.
func placeIn(places map[Medium]Place, m Medium) (place Place, known bool) {
	everywhere, general := places[""]
	place, listed := places[m]
	if !listed {
		place = everywhere
	}
	return place, m != "" || len(places) == 0 || (general && len(places) == 1)
}

// counts reports whether a label in such a place can count at all.
func (s *search) counts(where Where) bool { return s.refusal(where) == "" }

// refusal is the code of why it cannot, "" where it can.
func (s *search) refusal(where Where) string {
	switch {
	case where == Bio, where == Comment:
		return "label.wrong_place"
	case s.place.InContent && where != Overlay && where != Spoken:
		return "label.not_in_content"
	case where == Description && (s.place.BeforeFold || s.place.Start):
		return "label.wrong_place"
	}
	return ""
}

// judgePlace says what is wrong with where a label stands.
func (s *search) judgePlace(c *candidate, text seen, f match) {
	passage := s.e.post.Texts[c.passage]
	if passage.Hidden {
		s.add(c, "label.hidden", byline.Blocker, "the label is covered or cannot be read")
	}
	if code := s.refusal(passage.Where); code != "" {
		s.add(c, code, byline.Blocker, fmt.Sprintf("a label in the %s does not count here", passage.Where))
		return
	}
	if passage.Where != Spoken {
		s.judgeTags(c, text, f)
	}
	if passage.Where == Spoken || passage.Where == Overlay {
		s.judgeStart(c, passage)
		return
	}
	s.judgeText(c, text, f)
}

// judgeText is about written words beside or below the content.
func (s *search) judgeText(c *candidate, text seen, f match) {
	last := text.words[f.to-1]
	if s.place.Start && f.from > text.lead {
		s.add(c, "label.not_first", byline.Blocker, "other words stand before the label")
	}
	if s.place.FirstLines > 0 && last.line > s.place.FirstLines {
		s.add(c, "label.low", byline.Blocker, fmt.Sprintf("the label stands below line %d", s.place.FirstLines))
	}
	if s.place.BeforeFold && s.e.post.Texts[c.passage].Where == Caption {
		s.judgeFold(c, last)
	}
}

// judgeFold: where nothing is known of the platform, a label in what one line holds is
// taken as shown.
func (s *search) judgeFold(c *candidate, last word) {
	const message = "the label stands behind the cut, where a reader has to ask for more"
	shown := s.e.post.Texts[c.passage].Shown
	if shown > 0 {
		if last.to > shown {
			s.add(c, "label.after_fold", byline.Blocker, message)
		}
		return
	}
	fold, known := foldOn(s.e.post.Platform, s.e.day)
	switch {
	case !known && last.to > lineLength:
		c.missing = append(c.missing, fmt.Sprintf("texts[%d].shown", c.passage))
	case known && fold.Characters > 0 && last.to > fold.Characters:
		severity := byline.Blocker
		if fold.Confidence == byline.Recalled {
			severity = byline.Warning
		}
		s.add(c, "label.after_fold", severity, message)
	}
}

// buriedBehind is how many hashtags before a label hide it. No source gives a number, so
// that it only warns.
const buriedBehind = 3

func (s *search) judgeTags(c *candidate, text seen, f match) {
	first := text.words[f.from]
	if first.sign != '#' {
		return
	}
	if most := s.place.MaxHashtags; most > 0 && first.tagsMet >= most {
		s.add(c, "label.hashtags", byline.Blocker, fmt.Sprintf("the label is not among the first %d hashtags", most))
	}
	if s.place.NotBuried && first.tagsMet >= buriedBehind {
		s.add(c, "label.buried", byline.Warning, fmt.Sprintf("%d other hashtags stand before the label", first.tagsMet))
	}
	beside := first.tagsMet > 0 || (f.to < len(text.words) && text.words[f.to].tagsMet > 0)
	if f.wording.label.Alone && beside {
		s.add(c, "label.not_alone", byline.Blocker, "the label is one of several hashtags")
	}
}

// opening is how long the start of a video or audio is. No source gives a number, so that
// a label after it only warns; in the second half it is certainly not at the start.
const opening = 10 * time.Second

func (s *search) judgeStart(c *candidate, passage Passage) {
	if !s.place.StartOfVideo || !runs(s.e.post.Medium) {
		return
	}
	if passage.Where == Spoken && passage.Span == (Span{}) {
		c.missing = append(c.missing, fmt.Sprintf("texts[%d].span", c.passage))
		return
	}
	switch from := passage.Span.From; {
	case s.e.post.Length > 0 && from > opening && from > s.e.post.Length/2:
		s.add(c, "label.late", byline.Blocker, "the label does not come at the start")
	case from > opening:
		s.add(c, "label.late", byline.Warning, "the label comes late")
	}
}

// runs reports whether a medium has a length.
func runs(m Medium) bool { return m == Video || m == Audio || m == Live }

// judgeChannels asks for a label that is seen and heard, and repeated. Both add to a label
// that counts.
func (s *search) judgeChannels(v *verdict) {
	if !runs(s.e.post.Medium) || len(v.seen) == 0 {
		return
	}
	if s.place.BothChannels && s.e.post.Medium != Audio {
		s.judgeBoth(v)
	}
	if s.place.Repeated {
		s.judgeRepeated(v)
	}
}

// judgeBoth only warns: the guides say that a label in both is more likely to be noticed.
// Where nobody speaks, it cannot be heard.
func (s *search) judgeBoth(v *verdict) {
	speaks := slices.ContainsFunc(s.e.post.Texts, func(p Passage) bool { return p.Where == Spoken })
	for _, where := range []Where{Overlay, Spoken} {
		there := slices.ContainsFunc(v.seen, func(i int) bool { return s.e.post.Texts[i].Where == where })
		if there {
			continue
		}
		if n := slices.Index(s.e.post.Unread, where); n >= 0 {
			v.missing = append(v.missing, fmt.Sprintf("unread[%d]", n))
		} else if where == Overlay || speaks {
			s.warn(v, "label.one_channel", byline.Warning, "the label is only seen, or only heard")
		}
	}
}

// longVideo is from when on a label in a video has to be repeated. No source gives a
// number, so that it only warns.
const longVideo = time.Minute

func (s *search) judgeRepeated(v *verdict) {
	live := s.e.post.Medium == Live
	if !live && s.e.post.Length == 0 {
		v.missing = append(v.missing, "length")
		return
	}
	if (!live && s.e.post.Length <= longVideo) || s.repeated(v.seen) {
		return
	}
	severity := byline.Warning
	if live {
		severity = byline.Blocker
	}
	s.warn(v, "label.once", severity, "the label is not repeated")
}

func (s *search) repeated(passages []int) bool {
	var spans []Span
	for _, i := range passages {
		p := s.e.post.Texts[i]
		if p.Where == Overlay && p.Span == (Span{}) {
			return true
		}
		if half := s.e.post.Length / 2; half > 0 && p.Span.To-p.Span.From >= half {
			return true
		}
		spans = append(spans, p.Span)
	}
	slices.SortFunc(spans, compareSpans)
	return len(slices.Compact(spans)) > 1
}

func (s *search) warn(v *verdict, code string, severity byline.Severity, message string) {
	v.findings = append(v.findings, byline.Finding{Code: s.code(code), Severity: s.cap(severity), Path: "texts", Message: message, Fix: s.fix()})
}

// sentence says where a place is, after "Put the label".
func (p Place) sentence(m Medium) string {
	var parts []string
	add := func(asked bool, text string) {
		if asked {
			parts = append(parts, text)
		}
	}
	add(p.EachFrame && m == Frame, "on every frame")
	add(p.InContent && (m == Image || m == Frame), "on the picture itself")
	add(p.InContent && m == Video || p.InContent && m == Live, "in the video itself")
	add(p.InContent && m == Audio, "in what is said")
	add(p.StartOfVideo && runs(m), "in the first seconds")
	add(p.BothChannels && runs(m) && m != Audio, "both seen and spoken")
	add(p.Repeated && runs(m), "again later on")
	if !p.InContent {
		add(p.Start, "as the first words")
		add(p.FirstLines > 0 && !p.Start, fmt.Sprintf("within the first %d lines", p.FirstLines))
		add(p.BeforeFold && !p.Start, "before the text is cut off")
		add(p.MaxHashtags > 0 && !p.Start, fmt.Sprintf("among the first %d hashtags", p.MaxHashtags))
		add(p.NotBuried && !p.Start, "not behind other hashtags")
	}
	if len(parts) == 0 {
		return "where everybody sees it"
	}
	return strings.Join(parts, ", ")
}
