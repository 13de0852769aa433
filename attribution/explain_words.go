package attribution

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// until names the end that several offers have in common.
func until(winners []Candidate) string {
	end := winners[0].Active.End
	for _, w := range winners {
		if !w.Active.End.Equal(end) {
			return ""
		}
	}
	if end.IsZero() {
		return ""
	}
	return " until " + lastDay(end)
}

// lastDay names an exclusive end: at midnight by the day before it, which is the last
// one inside, else by its instant. Days are UTC.
func lastDay(end time.Time) string {
	if end = end.UTC(); end.Equal(end.Truncate(24 * time.Hour)) {
		return day(end.AddDate(0, 0, -1))
	}
	return day(end)
}

// day names midnight by its day alone.
func day(t time.Time) string {
	if t = t.UTC(); t.Equal(t.Truncate(24 * time.Hour)) {
		return t.Format("2 Jan 2006")
	}
	return t.Format("2 Jan 2006 15:04 UTC")
}

func ago(d time.Duration) string {
	switch days, hours := int(d/(24*time.Hour)), int(d/time.Hour); {
	case days > 1:
		return fmt.Sprintf("%d days earlier", days)
	case days == 1:
		return "a day earlier"
	case hours > 1:
		return fmt.Sprintf("%d hours earlier", hours)
	case d >= time.Minute:
		return "shortly before"
	default:
		return "in the same visit"
	}
}

// percent rounds for reading; the exact share is in the fields.
func percent(s Share) string {
	if s.Den == 0 {
		return "0%"
	}
	text := strconv.FormatFloat(100*float64(s.Num)/float64(s.Den), 'f', 1, 64)
	if text == "0.0" && s.Num > 0 {
		return "less than 0.1%"
	}
	return strings.TrimSuffix(text, ".0") + "%"
}

// quoted puts quotes around evidence that could be taken for the sentence around it, and
// makes visible what a terminal would obey.
func quoted(evidence string) string {
	plain := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' }
	if evidence != "" && len(evidence) <= maxCode && strings.TrimFunc(evidence, plain) == "" {
		return evidence
	}
	if len(evidence) > maxCode {
		evidence = evidence[:maxCode] + "…"
	}
	return strconv.Quote(evidence)
}

func quotedAll(evidence []string) []string {
	all := make([]string, len(evidence))
	for i, e := range evidence {
		all[i] = quoted(e)
	}
	return all
}
