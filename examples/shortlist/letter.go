package main

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator/outreach"
)

// letter is a message to somebody on the list, or why there is none.
type letter struct {
	ID      byline.CreatorID   `json:"id"`
	Message *outreach.Rendered `json:"message,omitempty"`
	Why     string             `json:"why,omitempty"`
}

// Quote is what the message takes up of the post.
func (l letter) Quote() string { return l.Message.Fields[outreach.PostQuote] }

// write fills the template for every pick. Nothing is sent.
func (r *report) write() error {
	plan := r.source.campaign.Message
	if plan.Text.Body == "" {
		return nil
	}
	template, err := outreach.Compile(plan.Text)
	if err != nil {
		return errors.Join(errors.New("campaign.json: message.text"), err)
	}
	for _, p := range r.Orders.Picks {
		e := r.byID[p.CreatorID]
		l := letter{ID: e.ID}
		if e.post == nil {
			l.Why = "no post is known that a message could be about"
			r.Letters = append(r.Letters, l)
			continue
		}
		offer := plan.Campaign
		offer.Fee = p.Price
		rendered, err := template.Render(&outreach.Message{
			Dossier: e.dossier, Campaign: offer, Sender: plan.Sender, Channel: plan.Channel, At: r.At,
			Reference: outreach.Reference{Post: outreach.PostRef{Platform: e.post.Account.Platform, ID: e.post.ID}, Quote: quote(e.post.Text)},
		}, nil)
		if err != nil {
			why := whys(err)
			if len(why) == 0 {
				return err
			}
			l.Why = strings.Join(why, "; ")
		} else {
			l.Message = &rendered
		}
		r.Letters = append(r.Letters, l)
	}
	return nil
}

// quote is the first sentence of a post, as it stands there, or as many of its words as a
// message has room for.
func quote(text string) string {
	const most = 160
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	if at := strings.IndexAny(text, ".!?"); at > 0 {
		text = text[:at]
	}
	for utf8.RuneCountInString(text) > most {
		at := strings.LastIndex(text, " ")
		if at < 0 {
			return string([]rune(text)[:most])
		}
		text = text[:at]
	}
	return text
}
