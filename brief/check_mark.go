package brief

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/brief/disclosure"
)

// marks asks for the accounts to be tagged and the hashtags to be used.
func (c *checker) marks() {
	var tags, hashtags []wanted
	if c.piece != nil {
		tags, hashtags = c.pieceOwn("tags", c.piece.Tags...), c.pieceOwn("hashtags", c.piece.Hashtags...)
	}
	names := c.accounts()
	for _, w := range c.wantedOf(TagAccount, tags) {
		a := c.among(names, w.text)
		if a.known != disclosure.Yes && c.post.Tags == nil {
			a = answer{needs: append(a.needs, "tags")}
		}
		c.settle(a, w.path, w.text+" is tagged", blocker("tag.missing", "brief."+w.path, w.text+" is not tagged", "Tag "+w.text+"."))
	}
	used := c.hashtags()
	for _, w := range c.wantedOf(UseHashtag, hashtags) {
		c.settle(c.among(used, w.text), w.path, w.text+" is used",
			blocker("hashtag.missing", "brief."+w.path, w.text+" is not used", "Add "+w.text+"."))
	}
}

func (c *checker) among(all []string, one string) answer {
	if slices.Contains(all, plainName(one)) {
		return answer{known: disclosure.Yes}
	}
	return c.unless(written)
}

// accounts are those that are tagged, hashtags those that are used, without their signs.
func (c *checker) accounts() []string { return c.signed('@', c.post.Tags) }
func (c *checker) hashtags() []string { return c.signed('#', c.post.Hashtags) }

func (c *checker) signed(sign rune, set []string) []string {
	var all []string
	for _, text := range set {
		all = append(all, plainName(text))
	}
	for _, t := range c.texts {
		if !t.Hidden && written(t.Where) {
			all = append(all, signedIn(t.normal, sign)...)
		}
	}
	return all
}

// signedIn returns the words behind a sign, without it. A sign inside a word, as in an
// e-mail address, is none.
func signedIn(normal string, sign rune) []string {
	var all []string
	before := ' '
	for i, r := range normal {
		inWord := unicode.IsLetter(before) || unicode.IsDigit(before)
		before = r
		if r != sign || inWord {
			continue
		}
		rest := normal[i+1:]
		if end := strings.IndexFunc(rest, func(r rune) bool { return apart(r) && r != '_' && (sign == '#' || r != '.' && r != '-') }); end >= 0 {
			rest = rest[:end]
		}
		if rest = strings.TrimRight(rest, ".-"); rest != "" {
			all = append(all, rest)
		}
	}
	return all
}

// brands looks for competitors, and for other brands where they are excluded.
func (c *checker) brands() {
	severity := map[Permission]byline.Severity{Allowed: byline.Info, Excluded: byline.Blocker}[c.brief.OtherBrands]
	if severity == "" {
		severity = byline.Warning
	}
	hosts := append(c.bareHosts(), c.set...)
	for _, rival := range c.opts.Competitors {
		phrases := append([]string{rival.Text}, rival.Forms...)
		for _, path := range union(c.pathsOf(phrases), hostsOf(hosts, phrases)) {
			c.find(severity, "competitor.named", path, fmt.Sprintf("“%s” is a competitor's", rival.Text), "Take it out, or agree that it stays.")
		}
	}
	if c.brief.OtherBrands == Excluded {
		c.settle(answer{not(c.post.OtherBrands), []string{"other_brands"}}, "other_brands", "no other brand is in it",
			blocker("brands.other", "other_brands", "another brand is in it", "Take it out."))
		c.unnamed()
	}
}

func not(k disclosure.Known) disclosure.Known {
	return map[disclosure.Known]disclosure.Known{disclosure.Yes: disclosure.No, disclosure.No: disclosure.Yes}[k]
}

// hostsOf are the links and the texts whose hosts have one of the names in them.
func hostsOf(set []placed, phrases []string) []string {
	var paths []string
	for _, p := range set {
		labels := readText{words: disclosure.WordsOf(strings.ReplaceAll(hostOf(p.url), ".", " "))}
		named := func(text string) bool {
			phrase := phraseOf(text)
			return phrase.words.Len() > 0 && (phrase.in(labels) || slices.Contains(strings.Split(hostOf(p.url), "."), compact(phrase.normal)))
		}
		if slices.ContainsFunc(phrases, named) && !slices.Contains(paths, p.path) {
			paths = append(paths, p.path)
		}
	}
	return paths
}

// bareHosts are the hosts in texts that are named and not linked to.
func (c *checker) bareHosts() []placed {
	var all []placed
	for i, t := range c.texts {
		for field := range strings.FieldsSeq(t.Text) {
			if !strings.Contains(field, ".") {
				continue
			}
			if u, ok := address(linkIn(field)); ok && u.Path == "" && u.RawQuery == "" {
				all = append(all, placed{path: fmt.Sprintf("texts[%d]", i), url: u})
			}
		}
	}
	return all
}

// unnamed warns of tagged accounts that the brief does not name: each may be a brand.
func (c *checker) unnamed() {
	known := map[string]bool{}
	for _, name := range c.post.Brands {
		known[plainName(name)], known[compact(plainName(name))] = true, true
	}
	for _, p := range c.brief.Pieces {
		for _, tag := range p.Tags {
			known[plainName(tag)] = true
		}
	}
	for _, e := range c.brief.Elements {
		if e.Kind == TagAccount {
			known[plainName(e.Text)] = true
		}
	}
	for _, name := range c.accounts() {
		if !known[name] {
			known[name] = true // told once
			c.find(byline.Warning, "brands.unnamed", "tags", fmt.Sprintf("the brief does not name @%s, which may be another brand's", name), "Have somebody look.")
		}
	}
}
