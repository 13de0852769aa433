package outreach

import (
	"math"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// find returns the post that the reference names, or a refusal of code
// "outreach.no_reference", "outreach.not_in_dossier" or "outreach.other_account".
func (m *Message) find() (*creator.Post, error) {
	ref := m.Reference.Post
	if ref.ID == "" || ref.Platform == "" {
		return nil, refuse("outreach.no_reference", "a message is about a post, and none is named")
	}
	elsewhere := false
	for i := range m.Dossier.Posts {
		post := &m.Dossier.Posts[i]
		if post.ID != ref.ID || post.Account.Platform != ref.Platform {
			continue
		}
		if slices.ContainsFunc(m.Dossier.Profile.Accounts, func(a creator.Account) bool { return a.Ref().Is(post.Account) }) {
			return post, nil
		}
		elsewhere = true
	}
	if elsewhere {
		return nil, refuse("outreach.other_account", "the post is on an account that is not the creator's")
	}
	return nil, refuse("outreach.not_in_dossier", "the post is not in the dossier")
}

func refuse(code, message string) error {
	return &byline.RefusalError{Code: code, Message: message}
}

// holds refuses a post that a message should not be about, or that does not say what the
// message says it does.
func (m *Message) holds(t *Template, post *creator.Post, o Options) error {
	age := m.At.Sub(post.PublishedAt)
	switch {
	case post.PublishedAt.IsZero():
		return refuse("outreach.undated_post", "nobody knows when the post was published")
	case age < 0:
		return refuse("outreach.future_post", "the post is published after the message")
	case age > o.MaxAge:
		return &byline.RefusalError{Code: "outreach.stale_post", Message: "the post is older than a message may take up, in days", Have: days(age), Need: days(o.MaxAge)}
	case !isLink(post.Link):
		return refuse("outreach.bad_link", "the post has no link that could be shown")
	}
	if t.needs(PostQuote) {
		if err := m.holdsQuote(post, o); err != nil {
			return err
		}
	}
	if !t.needs(PostTheme) {
		return nil
	}
	theme := inert(m.Reference.Theme)
	if theme == "" || !slices.ContainsFunc(post.Themes, func(of string) bool { return strings.EqualFold(inert(of), theme) }) {
		return refuse("outreach.theme_not_in_post", "the theme is none of the post's")
	}
	return nil
}

func (t *Template) needs(f Field) bool { return slices.Contains(t.fields(), f) }

func (m *Message) holdsQuote(post *creator.Post, o Options) error {
	quote := inert(m.Reference.Quote)
	letters := 0
	for _, r := range quote {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			letters++
		}
	}
	if letters < o.MinQuote {
		return &byline.RefusalError{Code: "outreach.short_quote", Message: "the quote is too short to be of this post alone, in letters", Have: float64(letters), Need: float64(o.MinQuote)}
	}
	if !strings.Contains(inert(post.Text), quote) {
		return refuse("outreach.quote_not_in_post", "the quote is not in the text of the post")
	}
	return nil
}

// isLink reports whether a text is an address on the web that names no user and hides
// nothing.
func isLink(text string) bool {
	if text == "" || len(text) > 2000 || inert(text) != text || strings.ContainsFunc(text, unicode.IsSpace) {
		return false
	}
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && u.User == nil
}

// days rounds up, so that what is too old never reads as just old enough.
func days(d time.Duration) float64 { return math.Ceil(d.Hours()/24*100) / 100 }
