package safety

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// WriteText renders the record of a scan for a person, in plain English. The wording may
// change; programs read the fields. What posts say is shown on one line and without
// control characters.
func (s Scanned) WriteText(w io.Writer) error {
	out := bufio.NewWriter(w)
	c := s.Coverage()
	line(out, "Read: %s.", c.sentence())
	if c.Read < c.Posts {
		line(out, "Not read, so not known to be clean: %s.", c.skippedSentence())
	}
	if s.Outside > 0 {
		line(out, "Outside the window: %s.", countWords(s.Outside, "post", "posts"))
	}
	for _, l := range s.Lexicon {
		line(out, "List: %s %s, %s, SHA-256 %.12s.", oneLine(l.Name), oneLine(l.Version), countWords(l.Terms, "term", "terms"), l.Digest)
	}
	if len(s.Hits) == 0 {
		line(out, "No term was found in what was read.")
	}
	for i := range s.Hits {
		line(out, "%3d. %s", i+1, s.Hits[i].sentence())
	}
	line(out, "A hit is a word and no verdict. Only text was read, no pictures or sound.")
	return out.Flush()
}

func line(out *bufio.Writer, format string, args ...any) {
	_, _ = fmt.Fprintf(out, format+"\n", args...) // Flush returns what went wrong
}

// sentence says what was found and where.
func (h *Hit) sentence() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %s: %q in post %s", h.Topic.Name(), h.Risk.Name(), h.Found, oneLine(h.PostID))
	if !h.PublishedAt.IsZero() {
		b.WriteString(" of " + h.PublishedAt.UTC().Format(time.DateOnly))
	}
	if h.Platform != "" {
		b.WriteString(" on " + oneLine(string(h.Platform)))
	}
	if h.Uses > 1 {
		fmt.Fprintf(&b, ", %d times", h.Uses)
	}
	fmt.Fprintf(&b, ": “%s”", h.Quote)
	if h.Context != "" {
		fmt.Fprintf(&b, "; not %s, as %q nearby speaks for %s", h.Listed.Name(), h.Because, h.Context)
	}
	if h.Disguised {
		b.WriteString("; read out of another spelling")
	}
	fmt.Fprintf(&b, " (term %s)", oneLine(h.TermID))
	return b.String()
}

func (c Coverage) sentence() string {
	if c.Read == 0 {
		return "no posts"
	}
	text := countWords(c.Read, "post", "posts")
	if c.Days > 0 {
		text += fmt.Sprintf(" of %s, from %s to %s", countWords(c.Days, "day", "days"), c.First.UTC().Format(time.DateOnly), c.Last.UTC().Format(time.DateOnly))
	}
	var languages []string
	for _, l := range slices.Sorted(maps.Keys(c.Languages)) {
		languages = append(languages, fmt.Sprintf("%d in %s", c.Languages[l], oneLine(l)))
	}
	text += " (" + strings.Join(languages, ", ")
	if c.Assumed > 0 {
		text += fmt.Sprintf("; the language of %d is assumed", c.Assumed)
	}
	return text + ")"
}

func (c Coverage) skippedSentence() string {
	reasons := map[SkipReason]string{
		SkipNoText: "without text", SkipNoLanguage: "of a language that nobody determined",
		SkipUnknownLanguage: "in languages that the lists do not know", SkipNotAsked: "in languages that were not asked for",
		SkipOtherScript: "in other letters than their language has",
	}
	var parts []string
	for _, r := range slices.Sorted(maps.Keys(c.Skipped)) {
		parts = append(parts, fmt.Sprintf("%s %s", countWords(c.Skipped[r], "post", "posts"), reasons[r]))
	}
	return strings.Join(parts, ", ")
}

func countWords(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
