package brief

import (
	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/disclosure"
)

// permissions asks for what the brief keeps out. No words tell it: somebody has to look
// and listen.
func (c *checker) permissions() {
	b, p := c.brief, c.post
	c.music()
	c.keptOut(b.Politics, p.Politics, "no politics is in it", blocker("content.politics", "politics", "politics is in it", "Take it out."))
	c.keptOut(b.Profanity, p.Profanity, "no profanity is in it", blocker("content.profanity", "profanity", "profanity is in it", "Take it out."))
}

func (c *checker) keptOut(p Permission, there disclosure.Known, what string, f byline.Finding) {
	if p == Excluded {
		c.settle(answer{not(there), []string{f.Path}}, f.Path, what, f)
	}
}

// music may stay where a licence is enough and there is one. Without music none is needed.
func (c *checker) music() {
	f := blocker("content.music", "music", "music or something else that belongs to others is in it", "Take it out.")
	c.keptOut(c.brief.Music, c.post.Music, "no music and nothing else that belongs to others is in it", f)
	if c.brief.Music != Licensed {
		return
	}
	a := answer{c.post.Licensed, []string{"licensed"}}
	switch c.post.Music {
	case disclosure.No:
		a = answer{known: disclosure.Yes}
	case disclosure.Unknown:
		if a.known != disclosure.Yes {
			a = answer{needs: []string{"music"}}
		}
	case disclosure.Yes:
	}
	c.settle(a, "music", "what belongs to others is in it under a licence only",
		blocker("content.unlicensed", "licensed", "no licence covers the music or what else belongs to others", "License it for the agreed use, or take it out."))
}
