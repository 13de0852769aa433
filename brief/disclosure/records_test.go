package disclosure_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/bylinehq/byline"
	d "github.com/bylinehq/byline/brief/disclosure"
)

func TestRecordsTellTheirSource(t *testing.T) {
	t.Parallel()
	read := time.Date(2026, time.November, 22, 0, 0, 0, 0, time.UTC)
	for _, r := range d.Rules() {
		if !r.ReadAt.Equal(read) {
			t.Errorf("%s: read at %s", r.ID, r.ReadAt)
		}
		if strings.TrimSpace(r.Source) == "" || len(r.Liable) == 0 {
			t.Errorf("%s: no source, or nobody is liable", r.ID)
		}
		if (r.Source == "not confirmed") != (r.Confidence == byline.Recalled) {
			t.Errorf("%s: source %q is %s", r.ID, r.Source, r.Confidence)
		}
		if name, _, _ := strings.Cut(r.ID, "."); r.Market != "" && name != string(r.Market) && !strings.HasPrefix(name, string(r.Market)+"-") {
			t.Errorf("%s: is a rule of %s", r.ID, r.Market)
		}
		if r.Area != "" && r.ID != string(r.Area) && !strings.HasPrefix(r.ID, string(r.Area)+".") {
			t.Errorf("%s: is a rule of %s", r.ID, r.Area)
		}
	}
}

// What a rule says goes into briefs and findings: one sentence, without its full stop.
func TestRecordsSayOneSentence(t *testing.T) {
	t.Parallel()
	for _, r := range d.Rules() {
		first, _ := utf8.DecodeRuneInString(r.Says)
		switch {
		case r.Says == "", utf8.RuneCountInString(r.Says) > 180:
			t.Errorf("%s says %d characters", r.ID, utf8.RuneCountInString(r.Says))
		case strings.ContainsAny(r.Says, "\n;:"), strings.Contains(r.Says, ". "), strings.HasSuffix(r.Says, "."):
			t.Errorf("%s says more than one sentence: %s", r.ID, r.Says)
		case unicode.IsSpace(first), strings.HasSuffix(r.Says, " "):
			t.Errorf("%s: spaces around %q", r.ID, r.Says)
		}
		if r.Gate != nil && (r.Gate.Effect == d.Ban) != (r.Gate.Conditions == "") {
			t.Errorf("%s: a ban has no conditions, and all else has", r.ID)
		}
	}
}

// Records of one id follow each other without a gap, in one market.
func TestRecordsFollowEachOther(t *testing.T) {
	t.Parallel()
	byID := make(map[string][]d.Rule)
	for _, r := range d.Rules() {
		byID[r.ID] = append(byID[r.ID], r)
	}
	for id, records := range byID {
		slices.SortFunc(records, func(a, b d.Rule) int { return a.Effective.Start.Compare(b.Effective.Start) })
		for i, r := range records {
			last := i == len(records)-1
			if last != r.Effective.End.IsZero() {
				t.Errorf("%s: only the last record has no end", id)
			}
			if !last && !r.Effective.End.Equal(records[i+1].Effective.Start) {
				t.Errorf("%s: nothing holds between %s and %s", id, r.Effective.End, records[i+1].Effective.Start)
			}
			if r.Market != records[0].Market || r.Area != records[0].Area {
				t.Errorf("%s: records of two markets", id)
			}
		}
	}
}

// A wording is in one list for a language. A hashtag and its plain word are the same, as
// the word finds both, but where it is bare.
func TestLabelListsAreDisjoint(t *testing.T) {
	t.Parallel()
	for _, r := range d.Rules() {
		if r.Label == nil {
			continue
		}
		lists := map[string][]d.Label{"accepted": r.Label.Accepted, "risky": r.Label.Risky, "rejected": r.Label.Rejected}
		for name, list := range lists {
			for other, against := range lists {
				if name < other {
					reportShared(t, r.ID+" "+name+" and "+other, list, against)
				}
			}
		}
		if _, everywhere := r.Label.Place[""]; len(r.Label.Place) > 0 && !everywhere {
			t.Errorf("%s: a medium without a place", r.ID)
		}
	}
}

func reportShared(t *testing.T, where string, a, b []d.Label) {
	t.Helper()
	bare := func(l d.Label) string { return strings.ToLower(strings.TrimLeft(l.Text, "#")) }
	for _, one := range a {
		for _, other := range b {
			sameLanguage := one.Language == other.Language || one.Language == "" || other.Language == ""
			apart := (one.Bare && strings.HasPrefix(other.Text, "#")) || (other.Bare && strings.HasPrefix(one.Text, "#"))
			if sameLanguage && !apart && bare(one) == bare(other) {
				t.Errorf("%s share %q", where, one.Text)
			}
		}
	}
}

// A wording is at most as well known as its rule.
func TestLabelsAreNoSurerThanTheirRule(t *testing.T) {
	t.Parallel()
	order := []byline.Confidence{byline.Recalled, byline.Secondary, byline.Primary}
	for _, r := range d.Rules() {
		for _, l := range labelsOf(r) {
			if l.Confidence != "" && slices.Index(order, l.Confidence) > slices.Index(order, r.Confidence) {
				t.Errorf("%s: %q is %s, and the rule is %s", r.ID, l.Text, l.Confidence, r.Confidence)
			}
		}
	}
}

func labelsOf(r d.Rule) []d.Label {
	var labels []d.Label
	if r.Label != nil {
		labels = slices.Concat(r.Label.Accepted, r.Label.Risky, r.Label.Rejected)
		for _, extra := range r.Label.ByTie {
			labels = append(labels, extra.Accepted...)
		}
	}
	if r.Notice != nil {
		labels = append(labels, r.Notice.Accepted...)
	}
	return labels
}

// breach is a post that a rule reaches and that does nothing that it asks for.
func breach(r d.Rule) d.Post {
	post := known(r.Market, "xx", "Look at this")
	if r.Area != "" {
		post.Markets = r.Area.Markets()[:1]
	}
	if r.Market == "" && r.Area == "" {
		post.Markets = []byline.Market{"BM"}
	}
	post.At = dayIn(r.Effective).Add(12 * time.Hour)
	post.Regions = r.Scope.Regions
	post.Ties = firstOr(r.Scope.Ties, d.Paid)
	post.Platform = firstOr(r.Scope.Platforms, byline.Instagram)[0]
	post.Medium = firstOr(r.Scope.Media, d.Image)[0]
	post.Length = time.Minute
	if len(r.Scope.Languages) > 0 {
		post.Language = r.Scope.Languages[0]
	}
	post.Categories, post.NoCategory = r.Scope.Categories, len(r.Scope.Categories) == 0
	post.Marks = make(map[d.Mark]d.Known)
	for _, m := range r.Scope.Marks {
		post.Marks[m] = d.Yes
	}
	if r.Scope.Minors > 0 {
		post.Minors = map[int]d.Known{r.Scope.Minors: d.Yes}
	}
	many := max(r.Scope.StaffMin, r.Scope.FollowersMin)
	post.Staff, post.Followers = &many, &many
	post.Checks = map[string]d.Known{r.ID + ".gate": d.No, r.ID + ".permit": d.No}
	return post
}

func firstOr[T any](list []T, otherwise T) []T {
	if len(list) == 0 {
		return []T{otherwise}
	}
	return list[:1]
}

// dayIn is a day on which a record holds.
func dayIn(w byline.Window) time.Time {
	before := w.End.AddDate(0, 0, -1)
	if w.End.IsZero() {
		before = time.Date(2026, time.November, 22, 0, 0, 0, 0, time.UTC)
	}
	return time.Unix(max(w.Start.Unix(), before.Unix()), 0).UTC()
}

// Every rule with a duty is broken by a post that ignores it. A recalled one only warns,
// and one whose wordings are all recalled too; all others block.
func TestRecalledRecordsNeverBlock(t *testing.T) {
	t.Parallel()
	rules := d.Rules()
	for _, r := range rules {
		answers := d.Evaluate(breach(r), rules).Answers
		for _, a := range answers {
			if a.Rule.ID != r.ID {
				continue
			}
			if want := breachOf(r, a.Duty); a.Status != want {
				t.Errorf("%s is %s, want %s", a.ID(), a.Status, want)
			}
			for _, f := range a.Findings {
				if r.Confidence == byline.Recalled && f.Severity == byline.Blocker {
					t.Errorf("%s blocks", a.ID())
				}
			}
		}
		asks := r.Label != nil || r.Notice != nil || r.Toggle != nil || r.Gate != nil || r.Permit != nil
		answered := slices.ContainsFunc(answers, func(a d.Answer) bool { return a.Rule.ID == r.ID })
		if asks != answered {
			t.Errorf("%s: asks %t, and answered %t", r.ID, asks, answered)
		}
	}
}

func breachOf(r d.Rule, duty string) d.Status {
	open := func(labels []d.Label) bool {
		return !slices.ContainsFunc(labels, func(l d.Label) bool { return l.Confidence != byline.Recalled })
	}
	switch {
	case r.Confidence == byline.Recalled,
		duty == "label" && open(r.Label.Accepted),
		duty == "notice" && open(r.Notice.Accepted):
		return d.Risk
	}
	return d.Violation
}
