package ics

import (
	"fmt"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief"
)

// piece adds the posting window of a piece, and the end of the time that it stays up.
func (c *collector) piece(i int) {
	p := c.brief.Pieces[i]
	path := fmt.Sprintf("deliverables[%d]", i)
	key := c.key(string(p.Platform), string(p.Format))
	window := p.Posting
	if window.Empty() {
		c.fault(path+".posting", "ics.window", "the posting window ends before it starts")
		return
	}
	posting := Event{
		Kind: Posting, Key: "posting/" + key, Summary: "Post: " + pieceName(p),
		Description: c.instructions(i), URL: c.link(p.Link),
	}
	switch {
	case window.Start.IsZero():
		posting.Summary = "Last moment to post: " + pieceName(p)
		c.at(window.End, path+".posting.end", posting)
	case window.End.IsZero():
		posting.Summary = "From now on, post: " + pieceName(p)
		c.at(window.Start, path+".posting.start", posting)
	default:
		posting.Start, posting.End = window.Start, window.End
		posting.AllDay = c.midnight(window.Start) && c.midnight(window.End)
		c.add(path+".posting", posting)
	}
	if p.Live <= 0 || window.End.IsZero() {
		return
	}
	c.at(window.End.Add(p.Live), path+".minimum_live", Event{
		Kind: LiveEnds, Key: "live/" + key, Summary: "May be taken down, if posted last: " + pieceName(p),
		Description: "It stays up for " + span(p.Live) + " after it is posted. This is for a post at the end of its window; one that was posted earlier may go earlier.",
	})
}

// instructions are what somebody wants at hand who posts.
func (c *collector) instructions(piece int) string {
	p := c.brief.Pieces[piece]
	lines := []string{}
	add := func(name, text string) {
		if text != "" {
			lines = append(lines, name+": "+text)
		}
	}
	for _, d := range c.brief.Disclosures {
		if d.Platform == "" || d.Platform == p.Platform {
			add("Label, "+string(d.Market), d.Label)
			add("Switch on, "+string(d.Market), d.Toggle)
		}
	}
	add("Code", p.Code)
	add("Link", c.link(p.Link))
	add("Tag", strings.Join(p.Tags, " "))
	add("Hashtags", strings.Join(p.Hashtags, " "))
	add("Placement", p.Placement)
	if p.Live > 0 {
		add("Stays up for", span(p.Live))
	}
	return strings.Join(lines, "\n")
}

// link is the address of a tracked link, "" for one that the brief does not have.
func (c *collector) link(key string) string {
	for _, link := range c.brief.Tracking.Links {
		if key != "" && link.Key == key {
			return link.URL
		}
	}
	return ""
}

// pieceName is "2 × Instagram story".
func pieceName(p brief.Piece) string {
	name := platformName(p.Platform) + " " + string(p.Format)
	if p.Count > 1 {
		return fmt.Sprintf("%d × %s", p.Count, name)
	}
	return name
}

func platformName(p byline.Platform) string {
	switch p {
	case byline.LinkedIn:
		return "LinkedIn"
	case byline.TikTok:
		return "TikTok"
	case byline.YouTube:
		return "YouTube"
	}
	if p == "" {
		return ""
	}
	return strings.ToUpper(string(p[:1])) + string(p[1:])
}

// span writes a duration in days where it is of whole days.
func span(d time.Duration) string {
	const day = 24 * time.Hour
	if d%day == 0 {
		return count(int(d/day), "day")
	}
	if d%time.Hour == 0 {
		return count(int(d/time.Hour), "hour")
	}
	return d.String()
}

func count(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}
