package brief

import (
	"fmt"
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/disclosure"
)

// matchPiece finds the piece that the post fulfils: the one that it names, else the first
// that is of its platform and format and may go live at its time, else the only one left.
func (c *checker) matchPiece() {
	pieces := c.brief.Pieces
	if named := c.post.Piece; named != nil {
		if *named < 0 || *named >= len(pieces) {
			c.find(byline.Blocker, "deliverable.unknown", "piece", "the brief has no such piece", "Name one of the brief's deliverables.")
			return
		}
		c.match(*named)
		return
	}
	if fitting := c.fitting(); len(fitting) > 0 {
		c.match(fitting[0])
		return
	}
	c.find(byline.Blocker, "deliverable.none", "platform", "the brief asks for nothing of this kind", "Say which piece it is, or agree on it first.")
}

func (c *checker) match(i int) {
	c.piece, c.check.Piece = &c.brief.Pieces[i], &i
}

// fitting are the indices of the pieces that the post may be, the likeliest first. What
// is not known of the post fits everything.
func (c *checker) fitting() []int {
	rank := func(p Piece) int {
		switch {
		case c.post.Platform != "" && p.Platform != c.post.Platform:
			return -1
		case c.post.Format != "" && p.Format != c.post.Format:
			return 0
		case c.when.IsZero() || !p.Posting.Contains(c.when):
			return 1
		}
		return 2
	}
	var all []int
	for i, p := range c.brief.Pieces {
		if rank(p) >= 0 {
			all = append(all, i)
		}
	}
	slices.SortStableFunc(all, func(a, b int) int { return rank(c.brief.Pieces[b]) - rank(c.brief.Pieces[a]) })
	// One of another format is meant only where there is no other.
	if len(all) > 1 && rank(c.brief.Pieces[all[0]]) == 0 {
		return nil
	}
	return all
}

// deliverable holds the post against its piece.
func (c *checker) deliverable() {
	c.embargo()
	if c.piece == nil {
		return
	}
	p, at := c.piece, fmt.Sprintf("deliverables[%d]", *c.check.Piece)
	c.settle(same(c.post.Platform, p.Platform, "platform"), at+".platform", fmt.Sprintf("it is on %s", p.Platform),
		blocker("deliverable.platform", "platform", fmt.Sprintf("agreed was %s", p.Platform), "Publish it where it was agreed."))
	c.settle(same(c.post.Format, p.Format, "format"), at+".format", "its format is "+string(p.Format),
		blocker("deliverable.carried", "format", "the agreed format is "+string(p.Format), "Make it in the agreed format."))
	c.language()
	c.length(at)
	c.frames(at)
	c.posting(at)
	c.stays(at)
}

func blocker(code, path, message, fix string) byline.Finding {
	return byline.Finding{Code: code, Severity: byline.Blocker, Path: path, Message: message, Fix: fix}
}

func same[T ~string](is, agreed T, path string) answer {
	switch is {
	case "":
		return answer{needs: []string{path}}
	case agreed:
		return answer{known: disclosure.Yes}
	}
	return answer{known: disclosure.No}
}

func (c *checker) language() {
	if base(c.post.Language) != base(c.brief.Language) {
		c.find(byline.Warning, "deliverable.language", "language", fmt.Sprintf("the brief asks for content in %s", c.brief.Language), "Make it in that language, or agree on the other.")
	}
}

// length holds a running time against its band; both bounds are in it.
func (c *checker) length(at string) {
	band, is := c.piece.Length, c.post.Length
	if band == (LengthBand{}) {
		return
	}
	a := answer{known: disclosure.Yes}
	switch {
	case is <= 0:
		a = answer{needs: []string{"length"}}
	case is < band.Min, band.Max > 0 && is > band.Max:
		a.known = disclosure.No
	}
	what := "it is " + band.words()
	c.settle(a, at+".length", what, blocker("deliverable.length", "length", fmt.Sprintf("it runs for %s; agreed was %s", is, band.words()), "Cut it to the agreed length."))
}

func (l LengthBand) words() string {
	switch {
	case l.Max == 0:
		return fmt.Sprintf("%s or longer", l.Min)
	case l.Min == 0:
		return fmt.Sprintf("%s or shorter", l.Max)
	}
	return fmt.Sprintf("%s to %s long", l.Min, l.Max)
}

func (c *checker) frames(at string) {
	need, is := c.piece.Frames, c.post.Frames
	if need <= 0 {
		return
	}
	a := answer{known: disclosure.Yes}
	switch {
	case is <= 0:
		a = answer{needs: []string{"frames"}}
	case is < need:
		a.known = disclosure.No
	}
	c.settle(a, at+".frames", fmt.Sprintf("it has at least %d frames", need),
		blocker("deliverable.frames", "frames", fmt.Sprintf("it has %d frames; agreed were %d", is, need), "Add the missing frames."))
}

// posting holds the time of publication against the half-open posting window.
func (c *checker) posting(at string) {
	at, what := at+".posting", "it goes live in the posting window"
	window, when := c.piece.Posting, c.when
	switch {
	case when.IsZero() && !c.live() && window.Before(c.at):
		c.lacks(at, what, blocker("deliverable.late", "at", "the posting window is over", "Agree on a new one."))
	case when.IsZero() && !c.live():
		c.point(at, what, Pending)
	case when.IsZero():
		c.point(at, what, Undetermined, "at")
	case window.After(when):
		c.lacks(at, what, blocker("deliverable.early", "at", "it goes live before the posting window", "Publish it in the window."))
	case window.Before(when):
		c.lacks(at, what, blocker("deliverable.late", "at", "it goes live after the posting window", "Agree on a new window."))
	case c.live():
		c.point(at, what, Fulfilled)
	default:
		c.point(at, what, Pending)
	}
}

// future leaves out the times of a live post that had not come when it was checked.
func (c *checker) future() {
	if !c.live() {
		return
	}
	for _, f := range []struct {
		path, what string
		time       *time.Time
	}{{"at", "published", &c.when}, {"seen_until", "seen", &c.post.SeenUntil}, {"removed", "removed", &c.post.Removed}} {
		if f.time.After(c.at) {
			c.find(byline.Warning, "content.time", f.path, fmt.Sprintf("it cannot have been %s on %s when it was checked on %s", f.what, moment(*f.time), moment(c.at)), "Mend the time, or check it later.")
			*f.time = time.Time{}
		}
	}
}

// embargo: nothing is published before its end.
func (c *checker) embargo() {
	when := c.when
	ends := c.brief.Timeline.EmbargoEnds
	if ends.IsZero() {
		return
	}
	what := "nothing is published before the embargo ends"
	switch {
	case when.IsZero() && c.live():
		c.point("timeline.embargo_ends", what, Undetermined, "at")
	case when.IsZero():
		c.point("timeline.embargo_ends", what, Pending)
	case when.Before(ends):
		c.lacks("timeline.embargo_ends", what, blocker("content.embargo", "at", "the embargo has not ended by then", "Publish it once the embargo has ended."))
	default:
		c.point("timeline.embargo_ends", what, Fulfilled)
	}
}

// stays asks whether a live post was up as long as agreed. Seen at the last instant is
// seen long enough.
func (c *checker) stays(at string) {
	least := c.piece.Live
	if least <= 0 {
		return
	}
	at, what := at+".minimum_live", fmt.Sprintf("it stays up for %s", least)
	if !c.live() {
		c.point(at, what, Pending)
		return
	}
	if c.when.IsZero() {
		c.point(at, what, Undetermined, "at")
		return
	}
	switch end := c.when.Add(least); {
	case !c.post.Removed.IsZero() && c.post.Removed.Before(end):
		c.lacks(at, what, blocker("deliverable.removed", "removed", fmt.Sprintf("it was taken down on %s, before %s", moment(c.post.Removed), moment(end)), "Put it up again for the time that is left."))
	case !c.post.Removed.IsZero(), !c.post.SeenUntil.Before(end):
		c.point(at, what, Fulfilled)
	case c.at.Before(end):
		c.point(at, what, Pending)
	default:
		c.point(at, what, Undetermined, "seen_until")
	}
}

func moment(t time.Time) string { return t.Format("2 January 2006 15:04 MST") }
