package tracking

import (
	"strings"

	"github.com/bylinehq/byline/attribution"
)

// ClickParameter is the query parameter, and the cart attribute, that carries a click
// id beside [attribution.LinkParameter]. Its name with an underscore in front is read
// from carts too.
const ClickParameter = "blc"

// parameters are ours: what a query says of where a visit came from.
type parameters struct {
	link, click string
	utm         attribution.UTM
}

// slot is where the value of a parameter belongs, or nil when the name is none of ours.
func (p *parameters) slot(name string) *string {
	switch name {
	case attribution.LinkParameter:
		return &p.link
	case ClickParameter:
		return &p.click
	case "utm_source":
		return &p.utm.Source
	case "utm_medium":
		return &p.utm.Medium
	case "utm_campaign":
		return &p.utm.Campaign
	case "utm_content":
		return &p.utm.Content
	case "utm_term":
		return &p.utm.Term
	case "utm_id":
		return &p.utm.ID
	}
	return nil
}

// parameterName brings a name as it stands in a query to the name that it means: any
// case, percent-encoded, with PHP's brackets ("utm_content[]"), and with the rest of an
// "&amp;" that somebody copied out of HTML.
func parameterName(raw string) string {
	if len(raw) > maxValue {
		return ""
	}
	name := strings.ToLower(strings.TrimSpace(decode(raw, true)))
	name, _, _ = strings.Cut(name, "[")
	for strings.HasPrefix(name, "amp;") {
		name = name[len("amp;"):]
	}
	return name
}

// readQuery reads the pairs between "&". Of a parameter that stands several times the
// first value that may be kept counts: what is appended later, as by an extension of
// the browser, does not replace it.
func readQuery(query string) parameters {
	var found parameters
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		slot := found.slot(parameterName(name))
		if slot == nil || *slot != "" {
			continue
		}
		keep := clean
		if slot == &found.click {
			keep = cleanID
		}
		if kept, ok := keep(decode(value, true)); ok {
			*slot = kept
		}
	}
	return found
}
