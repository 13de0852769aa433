package tracking

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// Medium is the utm_medium of every link that [Naming] names.
const Medium = "creator"

// maxNamed is how long a UTM value is here, in bytes. Stripe drops what is longer, or
// made of anything but letters, digits, dashes and underscores, without a word.
// https://docs.stripe.com/payment-links/url-parameters, read 2026-11-22.
const maxNamed = 150

// Naming is one convention for UTM values, so that the links of a campaign can be told
// apart by anybody who reads a report:
//
//	utm_source    the platform             tiktok
//	utm_medium    always the same          creator
//	utm_campaign  the campaign             autumn-26
//	utm_content   creator and campaign     ada--autumn-26
//	utm_term      the placement, if any    bio
//
// Values are made of a-z, 0-9 and "-" alone: lower case, accents dropped, anything else
// joined by single dashes. utm_content is the one value that means one creator in one
// campaign: put it into Offer.UTM. utm_id stays empty, because analytics tools join the
// costs of campaigns by it and shops do not report it.
//
// The fields are ids. Never put the name or the address of a person into them: they
// are read by everybody who sees the link.
type Naming struct {
	Campaign  byline.CampaignID
	Creator   byline.CreatorID
	Platform  byline.Platform
	Placement string // where on the platform: "bio", "story", "description"; may be empty
}

// pairSign joins two slugs. A slug has no two dashes in a row, so it can be found again.
const pairSign = "--"

// UTM returns the values. Ids that differ only in case, accents or punctuation get
// the same ones, which attribution.NewBook reports as an overlap. Faults are of the
// codes "required", "tracking.slug", "tracking.personal" and "tracking.length", all at
// once.
func (n Naming) UTM() (attribution.UTM, error) {
	s := slugger{}
	campaign := s.slug("campaign", string(n.Campaign))
	creator := s.slug("creator", string(n.Creator))
	platform := s.slug("platform", string(n.Platform))
	placement := ""
	if n.Placement != "" {
		placement = s.slug("placement", n.Placement)
	}
	if len(s.faults) == 0 && len(creator)+len(pairSign)+len(campaign) > maxNamed {
		s.faults = append(s.faults, fault("creator", codeLength))
	}
	if err := byline.Faults(s.faults); err != nil {
		return attribution.UTM{}, err
	}
	return attribution.UTM{Source: platform, Medium: Medium, Campaign: campaign, Content: creator + pairSign + campaign, Term: placement}, nil
}

// ReadNaming is the inverse of [Naming.UTM]. Ids that are slugs already come back as
// they were, others in the form that the link carries. ok is false for values that do
// not follow the convention.
func ReadNaming(u attribution.UTM) (n Naming, ok bool) {
	creator, campaign, found := strings.Cut(u.Content, pairSign)
	n = Naming{
		Campaign: byline.CampaignID(campaign), Creator: byline.CreatorID(creator),
		Platform: byline.Platform(u.Source), Placement: u.Term,
	}
	if again, err := n.UTM(); !found || err != nil || again != u {
		return Naming{}, false
	}
	return n, true
}

// LandingPage returns the address of the creator's own page below a base, and its path
// for Offer.Page: "https://demo.example/with/ada" and "/with/ada". The base is an
// address without query and fragment. Faults are those of [Link.URL] on "base", and of
// [Naming.UTM] on "creator"; the other fields are not looked at.
func (n Naming) LandingPage(base string) (address, page string, err error) {
	s := slugger{faults: targetFaults("base", base)}
	if len(s.faults) == 0 && strings.ContainsAny(base, "?#") {
		s.faults = append(s.faults, fault("base", codeURL))
	}
	creator := s.slug("creator", string(n.Creator))
	if err := byline.Faults(s.faults); err != nil {
		return "", "", err
	}
	address = strings.TrimRight(base, "/") + "/" + creator
	page = attribution.NormalizePage(pathOf(address))
	if page == "" {
		return "", "", byline.Faults([]*byline.FieldError{fault("base", codeURL)})
	}
	return address, page, nil
}

// slugger makes slugs and collects what is wrong.
type slugger struct{ faults []*byline.FieldError }

func (s *slugger) slug(path, id string) string {
	if id == "" {
		s.faults = append(s.faults, fault(path, codeRequired))
		return ""
	}
	made := slug(id)
	switch {
	case len(id) > maxValue || len(made) > maxNamed:
		s.faults = append(s.faults, fault(path, codeLength))
	case looksPersonal(id) || looksPersonal(made):
		s.faults = append(s.faults, fault(path, codePersonal))
	case made == "":
		s.faults = append(s.faults, fault(path, codeSlug))
	}
	return made
}

// slug takes compatibility forms and accents apart, so that "Zoë" is "zoe".
func slug(id string) string {
	if len(id) > maxValue {
		return ""
	}
	made := make([]byte, 0, len(id))
	for _, r := range strings.ToLower(norm.NFKD.String(id)) {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			made = append(made, byte(r))
		case 0x300 <= r && r <= 0x36f: // the accents of Latin letters
		case len(made) > 0 && made[len(made)-1] != '-':
			made = append(made, '-')
		}
	}
	return strings.TrimRight(string(made), "-")
}
