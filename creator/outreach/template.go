package outreach

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bylinehq/byline"
)

// maxText bounds each part of a template, in characters.
const maxText = 10_000

// Text is a message as a person wrote it, in one language. {field} stands for a [Field],
// {{ and }} for a brace. The message is Body, Disclosure and OptOut, each a paragraph of
// its own.
type Text struct {
	Name       string  `json:"name"`
	Version    string  `json:"version"` // changes with every word of the text
	Locale     string  `json:"locale"`  // BCP 47
	Subject    string  `json:"subject,omitempty"`
	Body       string  `json:"body"`
	Disclosure string  `json:"disclosure"`         // that this is a paid offer, for whom, and what is offered
	OptOut     string  `json:"opt_out"`            // how to get no more messages
	Required   []Field `json:"required,omitempty"` // that need a value although the text does not show them
}

// Template is a text that was found sound. It never changes, so many goroutines may use
// it. The zero Template renders nothing but faults.
type Template struct {
	text                              Text
	subject, body, disclosure, optOut pattern
}

// Text returns what the template was made of.
func (t *Template) Text() Text {
	text := t.text
	text.Required = slices.Clone(text.Required)
	return text
}

// Compile reads a text, or reports all faults: "required", "max" for a part of more than
// 10,000 characters, "template.locale" for what is no language tag, "template.braces" for
// a brace without its partner, "template.field" for a placeholder that is none,
// "template.control" for a control character or one that turns the direction of writing
// (in the subject also a line break),
//
// and for what the text does not say: "template.no_link" ({post.link} in the body),
// "template.not_specific" ({post.quote} or {post.theme} in the body), "template.no_sender"
// ({sender.name} and {sender.company} anywhere but the subject), "template.no_offer"
// ({campaign.brand} and {campaign.offer} in the disclosure) and "template.no_opt_out"
// ({sender.opt_out} in the paragraph on it).
func Compile(text Text) (*Template, error) {
	text.Required = slices.Clone(text.Required)
	t := &Template{text: text}
	faults := named(text)
	for _, part := range []struct {
		path, text string
		to         *pattern
	}{{"subject", text.Subject, &t.subject}, {"body", text.Body, &t.body}, {"disclosure", text.Disclosure, &t.disclosure}, {"opt_out", text.OptOut, &t.optOut}} {
		p, found := compilePart(part.path, strings.ReplaceAll(part.text, "\r\n", "\n"))
		*part.to = p
		faults = append(faults, found...)
	}
	for i, f := range text.Required {
		if !f.known() {
			faults = append(faults, fault(fmt.Sprintf("required[%d]", i), "template.field", "not a field this version knows"))
		}
	}
	faults = append(faults, t.silences(faults)...)
	if err := byline.Faults(faults); err != nil {
		return nil, err
	}
	return t, nil
}

func fault(path, code, message string) *byline.FieldError {
	return &byline.FieldError{Path: path, Code: code, Message: message}
}

func required(path string) *byline.FieldError {
	return fault(path, "required", "a value is required")
}

func named(text Text) []*byline.FieldError {
	var faults []*byline.FieldError
	for _, must := range []struct{ path, value string }{{"name", text.Name}, {"version", text.Version}, {"locale", text.Locale}} {
		switch {
		case must.value == "":
			faults = append(faults, required(must.path))
		case utf8.RuneCountInString(must.value) > 200:
			faults = append(faults, fault(must.path, "max", "must have at most 200 characters"))
		}
	}
	if text.Locale != "" && !isTag(text.Locale) {
		faults = append(faults, fault("locale", "template.locale", "not a BCP 47 language tag"))
	}
	return faults
}

func compilePart(path, text string) (pattern, []*byline.FieldError) {
	if strings.TrimSpace(text) == "" {
		if path == "subject" {
			return nil, nil
		}
		return nil, []*byline.FieldError{required(path)}
	}
	if utf8.RuneCountInString(text) > maxText {
		return nil, []*byline.FieldError{fault(path, "max", "must have at most 10000 characters")}
	}
	var faults []*byline.FieldError
	lines := text
	if path != "subject" {
		lines = strings.ReplaceAll(text, "\n", "")
	}
	if strings.ContainsFunc(lines, isHazard) { // as are bytes that are not UTF-8
		faults = append(faults, fault(path, "template.control", "holds a character that is not to be seen"))
	}
	p, unknown, unpaired := parse(text)
	for _, name := range unknown {
		faults = append(faults, fault(path, "template.field", fmt.Sprintf("%.60q is not a field this version knows", name)))
	}
	if unpaired {
		faults = append(faults, fault(path, "template.braces", "a brace has no partner; write {{ or }} for a brace"))
	}
	return p, faults
}

// silences are the faults of a text that does not say what a message has to. A part that
// has other faults is not asked, for what is wrong in it may be what seems to be missing.
func (t *Template) silences(before []*byline.FieldError) []*byline.FieldError {
	var faults []*byline.FieldError
	broken := func(part string) bool {
		return slices.ContainsFunc(before, func(f *byline.FieldError) bool {
			return f.Path == part || part == "" && slices.Contains([]string{"body", "disclosure", "opt_out"}, f.Path)
		})
	}
	need := func(ok bool, path, code, message string) {
		if !ok && !broken(path) {
			faults = append(faults, fault(path, code, message))
		}
	}

	need(t.body.uses(PostLink), "body", "template.no_link", "the body has to link the post with {post.link}")
	need(t.body.uses(PostQuote) || t.body.uses(PostTheme), "body", "template.not_specific", "the body has to say what the post says, with {post.quote} or {post.theme}")
	need(t.says(SenderName) && t.says(SenderCompany), "", "template.no_sender", "the message has to say who writes, with {sender.name} and {sender.company}")
	need(t.disclosure.uses(CampaignBrand) && t.disclosure.uses(CampaignOffer), "disclosure", "template.no_offer", "the disclosure has to say for whom and what is offered, with {campaign.brand} and {campaign.offer}")
	need(t.optOut.uses(SenderOptOut), "opt_out", "template.no_opt_out", "the message has to say how to get no more, with {sender.opt_out}")
	return faults
}

// fields are those that need a value, sorted.
func (t *Template) fields() []Field {
	fields := slices.Clone(t.text.Required)
	for _, p := range []pattern{t.subject, t.body, t.disclosure, t.optOut} {
		for _, part := range p {
			if part.field != "" {
				fields = append(fields, part.field)
			}
		}
	}
	slices.Sort(fields)
	return slices.Compact(fields)
}
