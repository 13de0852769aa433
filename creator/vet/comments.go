package vet

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Least numbers for a share of comments, and how early is early.
const (
	MinComments     = 30
	MinCommentPosts = 5
	EarlyWithin     = 5 * time.Minute
)

// englishBook names the books that are used where the caller brings none.
const englishBook = "en.v1"

// CommentOptions change how comments are read; nil and the zero value are the defaults.
type CommentOptions struct {
	At    time.Time // the time the readings are for; comments after it are left out. Zero: that of the latest
	Level float64   // of the intervals, above 0 and below 1; 0 is 0.95
	// MinComments and MinPosts raise the least numbers; below [MinComments] and
	// [MinCommentPosts] they change nothing.
	MinComments int
	MinPosts    int
	Generic     *PhraseBook // nil is [EnglishPhrases]
	Spam        *SpamFilter // nil is [EnglishSpam]
	Sentiment   Sentiment   // nil: how comments sound is not judged
	// PodAuthors are authors who are known to comment on agreement, as [Pods] finds them.
	PodAuthors []string
}

// Commented is what the comments under an account's posts say. Comments count one by one
// in the intervals; where a few authors write many, the truth is less certain than that.
type Commented struct {
	Account  creator.Ref      `json:"account"`
	Readings creator.Readings `json:"readings"`
	Mood     *Mood            `json:"mood,omitempty"` // where a [Sentiment] judged
}

// Comments reads the comments under an account's posts, without the creator's own and each
// id once. A comment under a post that the dossier does not hold counts where its platform
// is the account's. It takes O(n log n), and reads the first 4,000 bytes of a comment and
// 400 words of them.
//
// Each of the shares has Wilson's interval and findings with up to three short quotes,
// their post, and never who wrote them. What is generic, spam or sounds angry is judged
// only where the language of the comment is stated and known; an empty language is not
// determined. Other comments are not in the share, and the finding "comments.not_judged"
// says how many those are.
//
// A reading is refused as "comments.none", "comments.too_few", "comments.too_few_posts",
// "comments.no_authors" and "comments.no_times" where most comments have none,
// "comments.language" where most cannot be judged, "comments.no_judge" without a
// Sentiment and "comments.no_pods" without known authors. Findings are
// "comments.same_id", "comments.duplicates", "comments.generic", "comments.spam",
// "comments.regulars" for authors under nearly all posts, "comments.burst",
// "comments.pod", "comments.negative" and "comments.positive".
//
// The error is "comments.level".
func Comments(d *creator.Dossier, on creator.Ref, o *CommentOptions) (Commented, error) {
	if err := o.faults(); err != nil {
		return Commented{}, err
	}
	if d == nil {
		d = &creator.Dossier{}
	}
	return o.filled().comments(d, on), nil
}

func (o *CommentOptions) faults() error {
	if level := o.filled().Level; !(level > 0 && level < 1) {
		return byline.Faults([]*byline.FieldError{{Path: "level", Code: "comments.level", Message: "a level is above 0 and below 1"}})
	}
	return nil
}

func (o *CommentOptions) filled() CommentOptions {
	var f CommentOptions
	if o != nil {
		f = *o
	}
	f.Level = cmp.Or(f.Level, 0.95)
	f.MinComments = max(MinComments, f.MinComments)
	f.MinPosts = max(MinCommentPosts, f.MinPosts)
	return f
}

func (o CommentOptions) comments(d *creator.Dossier, on creator.Ref) Commented {
	t := gatherComments(d, on, o)
	t.bring()
	c := Commented{Account: on}
	c.Mood = t.mood()
	c.Readings = creator.Readings{t.duplicates(), t.generic(), t.spam(), t.repeat(), t.early(), t.pod(), t.negative(c.Mood), t.positive(c.Mood)}
	for i := range c.Readings {
		c.Readings[i].Findings = append(slices.Clone(t.findings), c.Readings[i].Findings...)
	}
	creator.SortReadings(c.Readings)
	return c
}

// remark is a comment as it is read.
type remark struct {
	*creator.Comment
	folded string
	words  []string
}

// commentThread is all that is read of one account.
type commentThread struct {
	CommentOptions
	on        creator.Ref
	remarks   []remark
	published map[string]time.Time // of posts, by id
	window    byline.Window
	findings  []byline.Finding
}

// bring takes the default books. They are large, so where there is nothing to read their
// names suffice.
func (t *commentThread) bring() {
	none := len(t.remarks) == 0
	switch {
	case t.Generic == nil && none:
		t.Generic = &PhraseBook{name: englishBook}
	case t.Generic == nil:
		t.Generic = EnglishPhrases()
	}
	switch {
	case t.Spam == nil && none:
		t.Spam = &SpamFilter{name: englishBook}
	case t.Spam == nil:
		t.Spam = EnglishSpam()
	}
}

func gatherComments(d *creator.Dossier, on creator.Ref, o CommentOptions) *commentThread {
	t := &commentThread{CommentOptions: o, on: on, published: map[string]time.Time{}}
	if len(d.Comments) == 0 {
		return t
	}
	foreign := map[string]bool{}
	for i := range d.Posts {
		p := &d.Posts[i]
		switch {
		case p.Account.Is(on):
			t.published[p.ID] = p.PublishedAt
		case p.Account.Platform == on.Platform:
			foreign[p.ID] = true
		}
	}
	var kept []*creator.Comment
	for i := range d.Comments {
		c := &d.Comments[i]
		late := !o.At.IsZero() && c.At.After(o.At)
		_, own := t.published[c.PostID]
		if c.Platform == on.Platform && !c.ByCreator && !late && (own || !foreign[c.PostID]) {
			kept = append(kept, c)
		}
	}
	t.keep(kept)
	return t
}

// keep takes each id once, in an order that the caller's does not change.
func (t *commentThread) keep(all []*creator.Comment) {
	slices.SortFunc(all, func(a, b *creator.Comment) int {
		return cmp.Or(strings.Compare(a.ID, b.ID), strings.Compare(a.PostID, b.PostID), a.At.Compare(b.At),
			strings.Compare(a.Text, b.Text), strings.Compare(a.Author, b.Author), strings.Compare(a.Language, b.Language))
	})
	once := slices.CompactFunc(slices.Clone(all), func(a, b *creator.Comment) bool { return a.ID == b.ID && a.ID != "" })
	if n := len(all) - len(once); n > 0 {
		t.findings = []byline.Finding{fitFinding("comments.same_id", byline.Warning, "%d comments have the id of another and are left out", n)}
	}
	t.remarks = make([]remark, len(once))
	for i, c := range once {
		folded := foldComment(c.Text)
		t.remarks[i] = remark{c, folded, commentWords(folded)}
		t.span(c.At)
	}
}

// at is the time the readings are for: that of the latest comment where nobody says.
func (t *commentThread) at() time.Time {
	if t.At.IsZero() && !t.window.End.IsZero() {
		return t.window.End.Add(-1)
	}
	return t.At
}

// span widens the window so that an instant is in it.
func (t *commentThread) span(at time.Time) {
	if at.IsZero() {
		return
	}
	if t.window.Start.IsZero() || at.Before(t.window.Start) {
		t.window.Start = at
	}
	if end := at.Add(1); end.After(t.window.End) {
		t.window.End = end
	}
}

// tally is a share before it is a reading: how many of those that could be judged.
type tally struct {
	metric  string
	formula string
	hits    int
	judged  int
	bare    int                  // of those judged, how many have no letters and digits
	why     *byline.RefusalError // before any count
	found   []byline.Finding
}

func (t *commentThread) share(s tally) creator.Reading {
	definition := s.metric + "{" + s.formula + ";v1}"
	r := creator.Reading{Metric: s.metric, Platform: t.on.Platform, Count: s.judged, Window: t.window, Findings: s.found}
	reason := byline.TooFew
	switch {
	case len(t.remarks) == 0:
		r.Refusal, reason = fitRefusal("comments.none", "no comments under posts of this account are known"), byline.NotCollected
	case s.why != nil:
		r.Refusal = s.why
		if s.why.Code == "comments.no_judge" || s.why.Code == "comments.no_pods" {
			reason = byline.NotCollected
		}
	case s.judged < t.MinComments:
		r.Refusal = &byline.RefusalError{Code: "comments.too_few", Message: "too few comments to take a share of", Have: float64(s.judged), Need: float64(t.MinComments)}
	}
	if r.Refusal != nil {
		r.Value = byline.Missing(reason, definition, t.at())
		return r
	}
	share := float64(s.hits) / float64(s.judged)
	low, high := scoreInterval(share, float64(s.judged), t.Level)
	r.Value, r.Low, r.High, r.Level = byline.Known(share, definition, t.at()), &low, &high, t.Level
	return r
}

// judgedOf refuses where fewer than half of the comments could be judged, or of those with
// words: those that could are then no picture of all. A row of hearts can be judged in any
// language, and must not stand for what people say in one that is not known.
func (s *tally) judgedOf(all int) {
	if s.judged < all {
		s.found = append(s.found, fitFinding("comments.not_judged", byline.Info,
			"%d of %d comments could not be judged, for their language is not stated or not known here; they count on neither side", all-s.judged, all))
	}
	if have, of := s.judged-s.bare, all-s.bare; 2*have < of && s.why == nil {
		s.why = &byline.RefusalError{Code: "comments.language", Message: "most comments are in a language that is not stated or not known here", Have: float64(have), Need: float64((of + 1) / 2)}
	}
}

// quotes are up to three comments as a finding shows them.
type quotes []string

func (q *quotes) add(r remark) {
	if len(*q) < 3 {
		*q = append(*q, fmt.Sprintf("%q under post %s", quoteComment(r.Text), r.PostID))
	}
}

func (q quotes) String() string { return strings.Join(q, "; ") }
