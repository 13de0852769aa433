package signedjson

import (
	"strings"
	"time"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/tracking"
)

// touches reads the contacts that the document lists, and those that stand in the page
// where the customer arrived, in the attributes of the cart and in a reference. Much of
// it is what a stranger's browser sent: what cannot be evidence is left out, and costs
// nobody the order.
func (r *reading) touches(o *object, placed time.Time) []attribution.Touch {
	var touches []attribution.Touch
	o.may("touches").each(func(o *object) {
		if t := r.touch(o, placed); t.ID != "" || t.Link != "" || t.Page != "" || t.UTM != (attribution.UTM{}) {
			touches = append(touches, t)
		}
	})
	touches = append(touches, tracking.Visit(o.may("landing_url").loose(), placed, attribution.SourceLandingPage)...)
	attributes := o.may("attributes")
	if attributes.kind != kindObject {
		attributes.misshapen()
	}
	for i := range attributes.fields {
		f := &attributes.fields[i]
		// What else a cart carries is nobody's business, of whatever type it is.
		if t, ok := tracking.Attribute(string(f.name), unquoted(f.value), placed, attribution.SourceCartAttribute); ok {
			touches = append(touches, t)
		}
	}
	return append(touches, tracking.Reference(o.may("reference").loose(), placed, attribution.SourceReference)...)
}

// touch is a click, a visit with campaign parameters or a visit to a page: one of them,
// told by what it has.
func (r *reading) touch(o *object, placed time.Time) attribution.Touch {
	touch := attribution.Touch{At: r.orElse(o.may("at").time(), placed), Source: o.may("source").text(maxShort)}
	id, link, utm, page := o.may("id"), o.may("link"), o.may("utm"), o.may("page")
	viewed, clicked := o.may("viewed").flag(), !id.missing() || !link.missing()
	touch.ID, touch.Link = id.evidence(), link.evidence()
	switch {
	case clicked && !utm.missing(), clicked && !page.missing(), !utm.missing() && !page.missing():
		o.fault("", codeTogether, "a touch is a link, a utm or a page; write one touch for each")
	case viewed && link.missing():
		o.fault("link", codeRequired, "what was shown has a link")
	case viewed:
		touch.Kind = attribution.ByView
	case clicked:
	case !utm.missing():
		touch.Kind, touch.UTM = attribution.ByUTM, utm.utm()
	case !page.missing():
		touch.Kind, touch.Page = attribution.ByPage, page.page()
	default:
		o.fault("", codeRequired, "a touch has an id, a link, a utm or a page")
	}
	return touch
}

func (v value) utm() (utm attribution.UTM) {
	v.object(func(o *object) {
		utm = attribution.UTM{
			Source: o.may("source").evidence(), Medium: o.may("medium").evidence(), Campaign: o.may("campaign").evidence(),
			Content: o.may("content").evidence(), Term: o.may("term").evidence(), ID: o.may("id").evidence(),
		}
	})
	return utm
}

func (v value) page() string {
	text := v.loose()
	if v.kind == kindText && !strings.HasPrefix(text, "/") {
		v.fault(codePage, "")
	}
	for _, t := range tracking.Visit(text, time.Time{}, "") {
		if t.Kind == attribution.ByPage {
			return t.Page
		}
	}
	return ""
}

// evidence reads text, or the digits of a number, that may come from a stranger. What
// the reader of links would not keep is nothing: what is too long, hides characters, or
// looks like an address or a telephone number.
func (v value) evidence() string {
	text := string(v.raw)
	if v.kind != kindNumber {
		text = v.loose()
	}
	t, _ := tracking.Attribute(attribution.LinkParameter, text, time.Time{}, "")
	return t.Link
}
