package outreach

import (
	"slices"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

func orNone(post *creator.Post) *creator.Post {
	if post == nil {
		return &creator.Post{}
	}
	return post
}

// doubts are what a person should look at before the message goes out.
func (m *Message) doubts(t *Template, post *creator.Post, o Options) []byline.Finding {
	var found []byline.Finding
	say := func(code string, severity byline.Severity, path, message, fix string) {
		found = append(found, byline.Finding{Code: code, Severity: severity, Path: path, Message: message, Fix: fix})
	}
	seen := m.Reference.SeenAt
	if seen.IsZero() || seen.After(m.At) || m.At.Sub(seen) > o.SeenWithin {
		say("outreach.not_seen", byline.Warning, "reference.seen_at", "nobody looked lately whether the post is still online", "open the link")
	}
	if post.Commerce == creator.Sponsored {
		say("outreach.sponsored_post", byline.Warning, "reference.post", "the post is advertising: the message would praise what somebody paid for", "take up a post of the creator's own choice")
	}
	if post.Promotion == creator.Boosted {
		say("outreach.boosted_post", byline.Info, "reference.post", "the post was shown for money, so its numbers are no praise", "")
	}
	of := m.Dossier.Profile.Languages
	if len(of) > 0 && !slices.ContainsFunc(of, func(tag string) bool { return primary(tag) == primary(t.text.Locale) }) {
		say("outreach.other_language", byline.Warning, "dossier.profile.languages", "the creator is not known to publish in the language of the message", "take the template in one of the creator's languages")
	}
	return found
}

// duties are those of the law that a text can be held to. They warn and never block, for
// which law holds depends on who writes to whom, and that is not known here: an offer to a
// creator may not even be commercial mail. The day the GDPR began to hold is recalled.
func (m *Message) duties(t *Template) []byline.Finding {
	read := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	var found []byline.Finding
	if m.Channel == Email && !t.says(SenderAddress) {
		found = append(found, byline.Finding{
			Code: "outreach.no_postal_address", Severity: byline.Warning, Path: "sender.address",
			Message: "a commercial e-mail that reaches the US has to give the sender's postal address", Fix: "say {sender.address} in the template",
			Rule: &byline.Rule{
				ID: "us.can_spam.7704_a_5", Market: "US", Instrument: "CAN-SPAM Act, 15 U.S.C. 7704(a)(5)",
				Effective: byline.Window{Start: time.Date(2004, 1, 1, 0, 0, 0, 0, time.UTC)},
				Source:    "https://www.optizmo.com/blog/can-spam-compliance-deep-dive-series-identification-as-an-ad-and-a-physical-location/", ReadAt: read, Confidence: byline.Secondary,
			},
		})
	}
	if !t.says(SenderPrivacy) {
		found = append(found, byline.Finding{
			Code: "outreach.no_data_source", Severity: byline.Warning, Path: "sender.privacy",
			Message: "a person in the EU whose data came from elsewhere has to be told so with the first message at the latest", Fix: "say {sender.privacy} in the template",
			Rule: &byline.Rule{
				ID: "eu.gdpr.14", Instrument: "Regulation (EU) 2016/679, article 14(2)(f) and (3)(b)",
				Effective: byline.Window{Start: time.Date(2018, 5, 25, 0, 0, 0, 0, time.UTC)},
				Source:    "https://www.edpb.europa.eu/node/5338_pl", ReadAt: read, Confidence: byline.Secondary,
			},
		})
	}
	return found
}

// says reports whether a field stands in the message, outside its subject.
func (t *Template) says(f Field) bool {
	return t.body.uses(f) || t.disclosure.uses(f) || t.optOut.uses(f)
}
