package hubspot

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/tracking"
	"github.com/bylinehq/byline/internal/wire"
)

// touches reads the evidence of a record: what your form put into its properties, and of
// a contact the page it came by first, as HubSpot recorded it.
func (w Webhook) touches(r *wire.Reader, rec *wireRecord, created time.Time) []attribution.Touch {
	found := w.formTouches(rec, created)
	first := r.Time("properties."+propFirstAt, rec.Properties[propFirstAt].Given(), wire.RFC3339)
	if first.IsZero() || first.After(created) {
		first = created
	}
	landed := tracking.Visit(rec.text(propFirstURL), first, attribution.SourceLandingPage)
	found = append(found, landed...)
	if !slices.ContainsFunc(landed, func(t attribution.Touch) bool { return t.Kind == attribution.ByUTM }) {
		found = append(found, sourceTouch(rec, first)...)
	}
	return found
}

// formTouches reads Properties as if they had stood in an address, so that what looks like
// an e-mail address or a telephone number is dropped.
func (w Webhook) formTouches(rec *wireRecord, at time.Time) []attribution.Touch {
	names := w.Properties.withDefaults()
	query := url.Values{
		attribution.LinkParameter: {rec.text(names.Link)},
		tracking.ClickParameter:   {rec.text(names.Click)},
	}
	for _, parameter := range [...]string{"source", "medium", "campaign", "content", "term", "id"} {
		query.Set("utm_"+parameter, rec.text(names.UTM+parameter))
	}
	return visit(query, at)
}

func visit(query url.Values, at time.Time) []attribution.Touch {
	return tracking.Visit("?"+query.Encode(), at, attribution.SourceOrderMeta)
}

// HubSpot's kinds of source whose data tell the campaign, and where: in source data 1, or
// in source data 2 of social media, whose source data 1 is the network. They are a record
// of last resort: HubSpot wrote them, and not who made the link.
// https://knowledge.hubspot.com/properties/understand-source-properties, read 2026-11-22.
const (
	sourceOther      = "OTHER_CAMPAIGNS" // source data 2 is "source / medium"
	sourceEmail      = "EMAIL_MARKETING"
	sourcePaidSearch = "PAID_SEARCH"
	sourceSocial     = "SOCIAL_MEDIA"
	sourcePaidSocial = "PAID_SOCIAL"
)

func sourceTouch(rec *wireRecord, at time.Time) []attribution.Touch {
	first, second := rec.text(propSourceData1), rec.text(propSourceData2)
	switch rec.text(propSource) {
	case sourceOther:
		source, medium, _ := strings.Cut(second, "/")
		return visit(url.Values{"utm_campaign": {first}, "utm_source": {source}, "utm_medium": {medium}}, at)
	case sourceEmail, sourcePaidSearch:
		return visit(url.Values{"utm_campaign": {first}}, at)
	case sourceSocial, sourcePaidSocial:
		return visit(url.Values{"utm_campaign": {second}}, at)
	}
	return nil
}
