package creator

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// defined is a metric of an account, span what was measured by one of its definitions.
type defined struct {
	account Ref
	metric  Metric
}

type span struct {
	count, first int
	from, to     time.Time
}

func note(all map[defined]map[string]*span, of defined, m byline.Measure, i int) {
	spans := all[of]
	if spans == nil {
		spans = map[string]*span{}
		all[of] = spans
	}
	s := spans[m.Definition()]
	if s == nil {
		s = &span{first: i, from: m.At(), to: m.At()}
		spans[m.Definition()] = s
	}
	s.count++
	if m.At().Before(s.from) {
		s.from = m.At()
	}
	if m.At().After(s.to) {
		s.to = m.At()
	}
}

func (r *reviewer) mixed(all map[defined]map[string]*span) {
	keys := slices.SortedFunc(maps.Keys(all), func(a, b defined) int {
		return cmp.Or(cmp.Compare(a.account.Platform, b.account.Platform), cmp.Compare(a.account.Handle, b.account.Handle), cmp.Compare(a.metric, b.metric))
	})
	for _, key := range keys {
		if spans := all[key]; len(spans) > 1 {
			text, path := tellSpans(spans)
			r.add(byline.Finding{
				Code: "post.mixed_definitions", Path: keyed(at("posts", path)+".measures", string(key.metric)),
				Message: fmt.Sprintf("%s is measured by %d definitions, whose numbers are not compared: %s", cut(string(key.metric)), len(spans), text),
				Fix:     "measure all posts by one definition, or read only those of one",
			})
		}
	}
}

// maxTold is how many definitions a finding names.
const maxTold = 4

// tellSpans names definitions, oldest first, with the post where the second begins.
func tellSpans(spans map[string]*span) (text string, second int) {
	names := slices.SortedFunc(maps.Keys(spans), func(a, b string) int {
		return cmp.Or(spans[a].from.Compare(spans[b].from), cmp.Compare(a, b))
	})
	second = spans[names[1]].first
	told := make([]string, 0, maxTold+1)
	for _, name := range names[:min(len(names), maxTold)] {
		s := spans[name]
		label := cut(name)
		if label == "" {
			label = "no definition"
		}
		told = append(told, fmt.Sprintf("%s (%d, %s)", label, s.count, between(s.from, s.to)))
	}
	if len(names) > maxTold {
		told = append(told, "and others")
	}
	return strings.Join(told, ", "), second
}

func between(from, to time.Time) string {
	switch first, last := from.Format(time.DateOnly), to.Format(time.DateOnly); {
	case from.IsZero() && to.IsZero():
		return "undated"
	case from.IsZero():
		return "undated to " + last
	case first == last:
		return "at " + first
	default:
		return first + " to " + last
	}
}

// cut bounds what a message repeats.
func cut(text string) string {
	if len(text) > 80 {
		return strings.ToValidUTF8(text[:80], "") + "…"
	}
	return text
}
