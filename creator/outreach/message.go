package outreach

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// Message is what a template is filled with.
type Message struct {
	Dossier   *creator.Dossier `json:"dossier"` // of the creator who is written to; it is only read
	Reference Reference        `json:"reference"`
	Campaign  Campaign         `json:"campaign"`
	Sender    Sender           `json:"sender"`
	Channel   Channel          `json:"channel"`
	At        time.Time        `json:"at"` // when it is to be sent
}

// Reference is the post that a message is about, and what it takes up of it.
type Reference struct {
	Post   PostRef   `json:"post"`
	Quote  string    `json:"quote,omitempty"`  // words of the post, as they stand there
	Theme  string    `json:"theme,omitempty"`  // one of the post's themes
	SeenAt time.Time `json:"seen_at,omitzero"` // when the caller last saw the post online
}

// PostRef names a post.
type PostRef struct {
	Platform byline.Platform `json:"platform"`
	ID       string          `json:"id"`
}

// Campaign is what a message offers.
type Campaign struct {
	ID     byline.CampaignID `json:"id,omitempty"`
	Name   string            `json:"name,omitempty"`
	Brand  string            `json:"brand"`
	Offer  string            `json:"offer"` // in words, in the language of the template: "a paid reel"
	Fee    byline.Money      `json:"fee"`   // the zero Money is not said
	Starts time.Time         `json:"starts,omitzero"`
	Ends   time.Time         `json:"ends,omitzero"`
}

// Sender is the person who writes, and for whom.
type Sender struct {
	Name    string `json:"name"`
	Company string `json:"company"`
	Address string `json:"address,omitempty"` // by post
	Email   string `json:"email,omitempty"`
	OptOut  string `json:"opt_out"`           // where to say stop: a link or an address
	Privacy string `json:"privacy,omitempty"` // where to read what is stored, and where it is from
}

// Channel is how a message is sent: "email", or the caller's own word, as in
// "instagram.direct".
type Channel string

// Email is the one channel with a subject that is required, and with laws of its own.
const Email Channel = "email"

const (
	maxValue   = 1000 // characters of a value
	maxQuote   = 280
	maxSubject = 250
)

// faults of a message for a template, but for what concerns the post.
func (m *Message) faults(t *Template, values map[Field]string, post *creator.Post) []*byline.FieldError {
	var faults []*byline.FieldError
	if m.Channel == "" {
		faults = append(faults, required("channel"))
	}
	if m.At.IsZero() {
		faults = append(faults, required("at"))
	}
	if m.Campaign.Fee.Sign() < 0 {
		faults = append(faults, fault("campaign.fee", "message.fee", "a fee is not negative"))
	}
	if m.Channel == Email && len(t.subject) == 0 {
		faults = append(faults, fault("channel", "message.no_subject", "the template has no subject, which an e-mail needs"))
	}
	for _, f := range t.fields() {
		switch value := values[f]; {
		case isOfPost(f), post == nil && (f == CreatorHandle || f == PostPlatform):
		case value == "":
			faults = append(faults, required(pathOf(f)))
		case utf8.RuneCountInString(value) > maxValue:
			faults = append(faults, fault(pathOf(f), "max", "must have at most 1000 characters"))
		}
	}
	if utf8.RuneCountInString(m.Reference.Quote) > maxQuote {
		faults = append(faults, fault("reference.quote", "max", "must have at most 280 characters"))
	}
	return faults
}

// isOfPost reports whether a field is held to the post, which refuses where it has none.
func isOfPost(f Field) bool {
	switch f {
	case PostQuote, PostTheme, PostLink, PostDate:
		return true
	}
	return false
}

// pathOf is where the value of a field stands in a message.
func pathOf(f Field) string {
	switch f {
	case CreatorName:
		return "dossier.profile.name"
	case CreatorHandle:
		return "dossier.profile.accounts"
	}
	return string(f)
}

// values returns the value of every field, inert; "" is none.
func (m *Message) values(post *creator.Post, locale string, in *time.Location) map[Field]string {
	date := func(at time.Time) string {
		if at.IsZero() {
			return ""
		}
		return writeDate(at.In(in), locale)
	}
	fee := ""
	if m.Campaign.Fee.Currency() != "" {
		fee = writeMoney(m.Campaign.Fee, locale)
	}
	values := map[Field]string{
		CreatorName: m.Dossier.Profile.Name, CreatorHandle: post.Account.Handle,
		PostQuote: m.Reference.Quote, PostTheme: m.Reference.Theme, PostLink: post.Link, PostPlatform: platformName(post.Account.Platform),
		CampaignName: m.Campaign.Name, CampaignBrand: m.Campaign.Brand, CampaignOffer: m.Campaign.Offer,
		SenderName: m.Sender.Name, SenderCompany: m.Sender.Company, SenderAddress: m.Sender.Address, SenderEmail: m.Sender.Email,
		SenderOptOut: m.Sender.OptOut, SenderPrivacy: m.Sender.Privacy,
	}
	for f, value := range values {
		values[f] = inert(value)
	}
	// These are written here, with the spaces of their language.
	values[PostDate], values[CampaignFee] = date(post.PublishedAt), fee
	values[CampaignStart], values[CampaignEnd] = date(m.Campaign.Starts), date(m.Campaign.Ends)
	return values
}

// platformName writes a platform as it writes itself, as far as it is known.
func platformName(p byline.Platform) string {
	switch p {
	case byline.YouTube:
		return "YouTube"
	case byline.TikTok:
		return "TikTok"
	case byline.LinkedIn:
		return "LinkedIn"
	}
	if name := string(p); p.Known() {
		return strings.ToUpper(name[:1]) + name[1:]
	}
	return string(p)
}
