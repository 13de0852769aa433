package outreach

import (
	"slices"
	"time"
	"unicode/utf8"

	"github.com/bylinehq/byline"
)

// What a message may take up, where the options do not say otherwise. They are choices of
// this package and no measurement.
const (
	DefaultMaxAge     = 30 * 24 * time.Hour
	DefaultSeenWithin = 7 * 24 * time.Hour
	DefaultMinQuote   = 10
)

// Options change how a message is held to its post. The zero value, and nil, take the
// defaults.
type Options struct {
	MaxAge     time.Duration  // of the post; one of just this age is still fresh
	SeenWithin time.Duration  // how long ago the caller may have seen the post online
	MinQuote   int            // letters and digits that a quote needs
	Location   *time.Location // in which dates are written; nil: UTC
}

// Rendered is a message that may be sent, with what is needed to say later what it was
// made of.
type Rendered struct {
	Template        string            `json:"template"`
	Version         string            `json:"version"`
	Locale          string            `json:"locale"`
	CreatorID       byline.CreatorID  `json:"creator_id"`
	CampaignID      byline.CampaignID `json:"campaign_id,omitempty"`
	Channel         Channel           `json:"channel"`
	Post            PostRef           `json:"post"`
	PostPublishedAt time.Time         `json:"post_published_at"`
	At              time.Time         `json:"at"`
	Subject         string            `json:"subject,omitempty"` // one line
	Body            string            `json:"body"`              // plain text, not HTML
	Fields          map[Field]string  `json:"fields"`            // that stand in it, or were required, as they stand in it
	Findings        []byline.Finding  `json:"findings,omitempty"`
}

// Contact is what to keep once the message was sent.
func (r Rendered) Contact() Contact {
	return Contact{
		CreatorID: r.CreatorID, At: r.At, Channel: r.Channel, Direction: Outbound,
		Template: r.Template, Version: r.Version, Post: r.Post,
	}
}

// Render fills a template. The same message gives the same bytes.
//
// Faults of the message are reported all at once: "required" for what has no value though
// the template needs it, "max" (1,000 characters of a value, 280 of a quote),
// "message.fee", "message.no_subject" for an e-mail without one, "message.long_subject"
// for one of more than 250 characters, and "options.negative".
//
// A post that cannot carry the message is a refusal: "outreach.no_reference",
// "outreach.not_in_dossier", "outreach.other_account", "outreach.undated_post",
// "outreach.future_post", "outreach.stale_post", "outreach.bad_link" (none of http or https,
// one that names a user, or more than 2,000 bytes), and where the template takes them up
// "outreach.short_quote", "outreach.quote_not_in_post" and "outreach.theme_not_in_post".
//
// Findings of the result are to be read before it is sent: "outreach.not_seen" where
// nobody looked lately whether the post is online, "outreach.sponsored_post",
// "outreach.boosted_post", "outreach.other_language" where the creator is not known to
// publish in the language of the template, "outreach.no_postal_address" and
// "outreach.no_data_source".
func (t *Template) Render(m *Message, o *Options) (Rendered, error) {
	opts, faults := o.orDefault()
	if len(t.body) == 0 {
		faults = append(faults, required("template"))
	}
	if m == nil || m.Dossier == nil {
		return Rendered{}, byline.Faults(append(faults, required("dossier")))
	}
	if m.Dossier.Profile.ID == "" {
		faults = append(faults, required("dossier.profile.id"))
	}
	post, refusal := m.find()
	if refusal != nil {
		post = nil
	}
	values := m.values(orNone(post), t.text.Locale, opts.Location)
	if faults = append(faults, m.faults(t, values, post)...); len(faults) > 0 {
		return Rendered{}, byline.Faults(faults)
	}
	if refusal != nil {
		return Rendered{}, refusal
	}
	if err := m.holds(t, post, opts); err != nil {
		return Rendered{}, err
	}
	subject := t.subject.fill(values)
	if utf8.RuneCountInString(subject) > maxSubject {
		return Rendered{}, byline.Faults([]*byline.FieldError{fault("subject", "message.long_subject", "must have at most 250 characters when it is filled")})
	}
	used := map[Field]string{}
	for _, f := range t.fields() {
		used[f] = values[f]
	}
	return Rendered{
		Template: t.text.Name, Version: t.text.Version, Locale: t.text.Locale, CreatorID: m.Dossier.Profile.ID,
		CampaignID: m.Campaign.ID, Channel: m.Channel, Post: m.Reference.Post, PostPublishedAt: post.PublishedAt, At: m.At,
		Subject: subject, Body: t.body.fill(values) + "\n\n" + t.disclosure.fill(values) + "\n\n" + t.optOut.fill(values),
		Fields: used, Findings: slices.Concat(m.doubts(t, post, opts), m.duties(t)),
	}, nil
}

func (o *Options) orDefault() (Options, []*byline.FieldError) {
	opts := Options{MaxAge: DefaultMaxAge, SeenWithin: DefaultSeenWithin, MinQuote: DefaultMinQuote, Location: time.UTC}
	if o == nil {
		return opts, nil
	}
	var faults []*byline.FieldError
	negative := func(path string, below bool) {
		if below {
			faults = append(faults, fault(path, "options.negative", "must not be negative"))
		}
	}
	negative("max_age", o.MaxAge < 0)
	negative("seen_within", o.SeenWithin < 0)
	negative("min_quote", o.MinQuote < 0)
	if o.MaxAge > 0 {
		opts.MaxAge = o.MaxAge
	}
	if o.SeenWithin > 0 {
		opts.SeenWithin = o.SeenWithin
	}
	if o.MinQuote > 0 {
		opts.MinQuote = o.MinQuote
	}
	if o.Location != nil {
		opts.Location = o.Location
	}
	return opts, faults
}
