package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

// rulesSG: nobody confirmed a list of wordings, so that a missing label is at most a risk.
// The guidelines took effect at once; marketers had until 2016-09-29 to follow.
func rulesSG() []Rule {
	const source = "asas.org.sg: media release 537, 2016-08-29; lexology.com ed9ef10a; marketinglaw.osborneclarke.com; channelnewsasia.com 5539416"
	rule := func(id, source string, c byline.Confidence, ties []Tie) Rule {
		r := ruleOf(id, "SG", since(2016, time.August, 29), "ASAS guidelines on interactive marketing communication and social media", source, c).
			by(SelfRegulation).liable(Brand).reaches(Scope{Ties: ties}).
			says("a connection with the marketer, samples, invitations and friendly favours too, is disclosed prominently, as early as possible and with little scrolling")
		r.Label = &LabelDuty{
			Accepted:       recalled(words("en", "#ad", "ad", "advertisement", "#sponsored", "sponsored", "paid partnership")),
			Rejected:       words("en", "not an ad", "not sponsored", "#notanad", "#notsponsored"),
			Place:          map[Medium]Place{"": {BeforeFold: true, NotBuried: true}},
			ToggleSuffices: NotStated,
		}
		return r
	}
	health := ruleOf("SG.health", "SG", undated(), "rules of the Health Sciences Authority", "lexology.com ed9ef10a", byline.Secondary).
		on(Health, Medicine, Therapy).liable(Brand).says("advertising for health products has conditions").
		gate(Conditions, "the conditions of the Health Sciences Authority are met")
	return []Rule{
		rule("SG", source, byline.Secondary, without(benefits(), Affiliate)),
		// That a share of sales counts too is only recalled.
		rule("SG.affiliate", notConfirmed, byline.Recalled, []Tie{Affiliate}),
		health,
		unconfirmed("SG", "guidelines of the Monetary Authority", "advertising for this has conditions", Finance, Crypto, CFD).
			gate(Conditions, "the conditions of the Monetary Authority are met"),
	}
}
