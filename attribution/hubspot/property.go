package hubspot

import (
	"cmp"
	"strings"
	"time"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/wire"
)

// Properties are the internal names of the properties, of deals and of contacts alike,
// that carry evidence: hidden fields of a form that your site fills in. A property that a
// portal does not have is passed over.
type Properties struct {
	Link  string // the key of a tracked link. Default: "byline_link"
	Click string // a click id. Default: "byline_click"
	Code  string // a creator's code that somebody gave as a reference. Default: "byline_code"
	// UTM is what the names of the campaign parameters begin with: followed by "source",
	// "medium", "campaign", "content", "term" and "id". Default: "utm_".
	UTM string
}

func (p Properties) withDefaults() Properties {
	return Properties{
		Link:  cmp.Or(p.Link, "byline_link"),
		Click: cmp.Or(p.Click, "byline_click"),
		Code:  cmp.Or(p.Code, "byline_code"),
		UTM:   cmp.Or(p.UTM, "utm_"),
	}
}

func (p Properties) names() []string {
	return []string{
		p.Link, p.Click, p.Code,
		p.UTM + "source", p.UTM + "medium", p.UTM + "campaign", p.UTM + "content", p.UTM + "term", p.UTM + "id",
	}
}

// HubSpot's own properties that are read, by the names that public clients of its API ask
// for, read 2026-11-22.
const (
	propCreated     = "createdate"
	propModified    = "hs_lastmodifieddate" // of deals
	propChanged     = "lastmodifieddate"    // of contacts
	propAmount      = "amount"
	propCurrency    = "deal_currency_code" // empty in a portal with one currency
	propStage       = "dealstage"
	propWon         = "hs_is_closed_won"
	propLost        = "hs_is_closed_lost"
	propEmail       = "email"
	propPhone       = "phone"
	propFirstURL    = "hs_analytics_first_url"
	propFirstAt     = "hs_analytics_first_timestamp"
	propSource      = "hs_analytics_source"
	propSourceData1 = "hs_analytics_source_data_1"
	propSourceData2 = "hs_analytics_source_data_2"
)

// asked lists the properties to ask for. E-mail addresses and telephone numbers that
// nobody makes keys of stay where they are.
func (w Webhook) asked(o object) []string {
	names := append([]string{propCreated}, w.Properties.withDefaults().names()...)
	if o == deal {
		return append(names, propModified, propAmount, propCurrency, propStage, propWon, propLost)
	}
	names = append(names, propChanged, propFirstURL, propFirstAt, propSource, propSourceData1, propSourceData2)
	if w.Identity.Key != "" {
		names = append(names, propEmail, propPhone)
	}
	return names
}

// text is the value of a property, "" where it has none.
func (rec *wireRecord) text(name string) string {
	return strings.TrimSpace(rec.Properties[name].Words())
}

// created is when the record was made.
func (rec *wireRecord) created(r *wire.Reader) time.Time {
	return rec.when(r, propCreated, "createdAt", rec.CreatedAt)
}

// modified is HubSpot's clock for the record, which orders what is known of it.
func (rec *wireRecord) modified(r *wire.Reader, name string) time.Time {
	return rec.when(r, name, "updatedAt", rec.UpdatedAt)
}

// when reads a property, else the field beside the properties that says the same.
func (rec *wireRecord) when(r *wire.Reader, name, path string, beside scalar) time.Time {
	if s := rec.Properties[name]; !s.Empty() {
		return r.Time("properties."+name, s, wire.RFC3339)
	}
	return r.MustTime(path, beside.Given(), wire.RFC3339)
}

// codes reads a code that somebody gave as a reference: a form's field, or a colleague's
// note of what the customer said.
func (w Webhook) codes(records ...*wireRecord) []attribution.CodeUse {
	var uses []attribution.CodeUse
	seen := map[string]bool{}
	for _, rec := range records {
		code := rec.text(w.Properties.withDefaults().Code)
		key := attribution.NormalizeCode(code)
		if key == "" || len(code) > maxValue || seen[key] {
			continue
		}
		seen[key] = true
		uses = append(uses, attribution.CodeUse{Code: code, Kind: attribution.Offline})
	}
	return uses
}

// maxValue is as long as an offer's code may be, in bytes.
const maxValue = 255
