package brief

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/disclosure"
)

// shorteners are hosts whose links do not show where they lead. Source: the services'
// own sites, recalled on 2026-11-22; a host that is not listed is taken at its word.
const shorteners = "amzn.to bit.ly buff.ly cutt.ly dub.sh fb.me goo.gl is.gd lnk.to ow.ly rb.gy rebrand.ly shorturl.at t.co t.ly tiny.cc tinyurl.com youtu.be linktr.ee"

// Shorteners returns the hosts whose links [CheckPost] does not take at their word, as of
// 2026-11-22: they lead elsewhere, or to a page of links.
func Shorteners() []string { return strings.Fields(shorteners) }

// placed is a link of the post and what it is worth beside a wanted one.
type placed struct {
	path    string
	url     *url.URL
	working disclosure.Known
	short   bool
}

// links asks for the tracked links to be set as agreed.
func (c *checker) links() {
	var own []wanted
	if c.piece != nil {
		own = c.pieceOwn("link", c.piece.Link)
	}
	for _, w := range c.wantedOf(SetLink, own) {
		link, ok := c.linkOf(w.text)
		if !ok {
			c.find(byline.Warning, "link.unknown", "brief."+w.path, fmt.Sprintf("the brief has no link “%s”", w.text), "Add it to the tracking of the brief.")
			c.point(w.path, "the link is set", Undetermined)
			continue
		}
		c.link(w, link)
		c.linkExpiry(link)
	}
}

// linkOf finds a link by its key, or takes the text as its address.
func (c *checker) linkOf(text string) (Link, bool) {
	for _, link := range c.brief.Tracking.Links {
		if link.Key == text || link.URL == text {
			return link, true
		}
	}
	_, ok := address(text)
	return Link{URL: text}, ok
}

// placed are the links of the post, those in its texts too.
func (c *checker) placed(short []string) []placed {
	var all []placed
	add := func(path, text string, working disclosure.Known) {
		if u, ok := address(text); ok {
			all = append(all, placed{path, u, working, slices.Contains(short, hostOf(u))})
		}
	}
	for i, l := range c.post.Links {
		text := l.URL
		if l.LeadsTo != "" {
			text = l.LeadsTo
		}
		add(fmt.Sprintf("links[%d].url", i), text, l.Working)
	}
	for i, t := range c.texts {
		if t.Hidden || !written(t.Where) && t.Where != disclosure.Bio && t.Where != disclosure.Comment {
			continue
		}
		for field := range strings.FieldsSeq(t.Text) {
			if strings.Contains(field, "/") || strings.HasPrefix(strings.ToLower(field), "www.") {
				add(fmt.Sprintf("texts[%d]", i), linkIn(field), disclosure.Unknown)
			}
		}
	}
	return all
}

// linkIn is the link in a run of signs: words may stand before it without a space.
func linkIn(field string) string {
	lower := strings.ToLower(field)
	for _, scheme := range []string{"https://", "http://"} {
		if i := strings.Index(lower, scheme); i > 0 && len(lower) == len(field) {
			field = field[i:]
			break
		}
	}
	return strings.Trim(field, ".,;:!?()[]{}<>'\"“”‘’«»…。、！？（）「」『』【】")
}

// address reads a link that may be written without its scheme.
func address(text string) (*url.URL, bool) {
	text = strings.TrimSpace(text)
	bare := !strings.Contains(text, "://")
	if bare {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || (bare && u.User != nil) || // an e-mail address, or another scheme: "mailto:"
		(u.Scheme != "https" && u.Scheme != "http") || !strings.Contains(u.Hostname(), ".") {
		return nil, false
	}
	return u, true
}

func hostOf(u *url.URL) string {
	return strings.TrimPrefix(strings.TrimSuffix(strings.ToLower(u.Hostname()), "."), "www.")
}

// link looks for one that is set as agreed, and else says what is wrong with the nearest.
func (c *checker) link(w wanted, link Link) {
	agreed, ok := address(link.URL)
	what := fmt.Sprintf("the link “%s” is set", w.text)
	if !ok {
		c.point(w.path, what, Undetermined)
		return
	}
	fits := make([]fit, len(c.set))
	for i, p := range c.set {
		fits[i] = fitOf(p, agreed, link.UTM)
	}
	best := slices.MaxFunc(append(fits, fit{}), func(a, b fit) int { return a.grade - b.grade })
	switch best.grade {
	case rightLink:
		c.works(w, what, fits)
	case shortLink:
		c.find(byline.Info, "link.shortened", best.path, "where a shortened link leads is not seen", "Follow it and say where it leads.")
		c.point(w.path, what, Undetermined, strings.TrimSuffix(best.path, "url")+"leads_to")
	case wrongTags:
		c.lacks(w.path, what, blocker("link.parameters", best.path, "the link lacks what it is recognised by: "+best.wrong, "Set the link exactly as in the brief."))
	case wrongPage:
		c.lacks(w.path, what, blocker("link.target", best.path, "the link leads to another page than agreed", "Set the link exactly as in the brief."))
	default:
		a := c.unless(written)
		if c.post.Links == nil {
			a = answer{needs: append(a.needs, "links")}
		}
		c.settle(a, w.path, what, blocker("link.missing", "brief."+w.path, "the tracked link is not set", "Set the link as in the brief."))
	}
}

// works asks whether one of the right links leads to where it should; nobody knows that
// of a draft.
func (c *checker) works(w wanted, what string, fits []fit) {
	broken := ""
	for i, p := range c.set {
		switch {
		case fits[i].grade != rightLink:
		case p.working == disclosure.No:
			broken = p.path
		case p.working == disclosure.Yes || !c.live():
			c.point(w.path, what, Fulfilled)
			return
		}
	}
	if broken != "" {
		c.lacks(w.path, what, blocker("link.broken", broken, "the link does not work", "Mend the link or what it leads to."))
		return
	}
	right := slices.IndexFunc(fits, func(f fit) bool { return f.grade == rightLink })
	c.point(w.path, what, Undetermined, strings.TrimSuffix(c.set[right].path, "url")+"working")
}

// fit is how near a placed link comes to the agreed one.
type fit struct {
	grade int
	path  string
	wrong string
}

// From the farthest. A shortened link may be the right one.
const (
	otherLink = iota
	wrongPage
	wrongTags
	shortLink
	rightLink
)

func fitOf(p placed, agreed *url.URL, utm map[string]string) fit {
	f := fit{path: p.path}
	sameHost := hostOf(p.url) == hostOf(agreed) && port(p.url) == port(agreed)
	switch {
	case !sameHost && p.short:
		f.grade = shortLink
	case !sameHost:
		f.grade = otherLink
	case strings.TrimSuffix(p.url.Path, "/") != strings.TrimSuffix(agreed.Path, "/"), agreed.Fragment != "" && p.url.Fragment != agreed.Fragment:
		f.grade = wrongPage
	default:
		if f.wrong = lacking(query(p.url), query(agreed), utm); f.wrong == "" {
			f.grade = rightLink
		} else {
			f.grade = wrongTags
		}
	}
	return f
}

func port(u *url.URL) string {
	if p := u.Port(); p != map[string]string{"http": "80", "https": "443"}[u.Scheme] {
		return p
	}
	return ""
}

// query reads parameters as browsers do: what cannot be read stays as it is, and a
// semicolon parts none.
func query(u *url.URL) url.Values {
	all := url.Values{}
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		name, value, _ := strings.Cut(pair, "=")
		all.Add(unescaped(name), unescaped(value))
	}
	return all
}

func unescaped(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}

// lacking names the parameters that are not as agreed, in order; "" for none. Others may
// stand beside them, but no second value, of which nobody knows which one counts.
func lacking(is, agreed url.Values, utm map[string]string) string {
	for name, value := range utm {
		agreed[name] = []string{value}
	}
	var wrong []string
	for _, name := range slices.Sorted(maps.Keys(agreed)) {
		if !slices.Equal(is[name], agreed[name]) {
			wrong = append(wrong, name)
		}
	}
	return strings.Join(wrong, ", ")
}

func (c *checker) linkExpiry(link Link) {
	if link.Expires.IsZero() {
		return
	}
	i := slices.IndexFunc(c.brief.Tracking.Links, func(l Link) bool { return l.Key == link.Key })
	path := fmt.Sprintf("brief.tracking.links[%d].expires", i)
	switch {
	case over(link.Expires, c.published()):
		c.find(byline.Blocker, "link.expired", path, "the tracked link has expired when it is published", "Prolong the link, or set another.")
	case over(link.Expires, c.at) && c.post.Removed.IsZero():
		c.find(byline.Info, "link.ran_out", path, "the tracked link has expired since", "")
	}
}

// over reports whether what expires at an instant has done so.
func over(expires, at time.Time) bool { return !at.Before(expires) }
