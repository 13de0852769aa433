package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

func rulesPL() []Rule {
	published := since(2022, time.September, 26)
	const instrument = "recommendations of the President of UOKiK on tagging of advertising by influencers"
	const source = "uokik.gov.pl/en/influencer-marketing; wiadomoscikosmetyczne.pl 70539; wprost.pl 2025-03"
	label := ruleOf("PL", "PL", published, instrument, source, byline.Primary).
		by(Guideline).liable(Creator, Brand, Agency).reaches(Scope{Ties: benefits()}).
		says("advertising is tagged in words at the start, in Polish, besides the platform's own label, own brands and gifts too")
	label.Label = labelPL()
	tool := ruleOf("PL.tool", "PL", published, instrument, source, byline.Primary).
		by(Guideline).liable(Creator, Brand, Agency).
		reaches(Scope{Ties: benefits(), Platforms: []byline.Platform{byline.Facebook, byline.Instagram, byline.TikTok, byline.YouTube}}).
		says("the platform's own label is on, as the first of two levels")
	tool.Toggle = &ToggleDuty{Name: "the platform's label for commercial content"}
	return []Rule{label, tool}
}

func labelPL() *LabelDuty {
	return &LabelDuty{
		Accepted: reported(words("pl", "reklama", "materiał reklamowy", "współpraca reklamowa", "Płatna współpraca z marką {brand}", "Reklama marki {brand}")),
		Risky:    reported(words("pl", "materiał sponsorowany", "współpraca płatna", "#współpraca", "płatna współpraca")),
		Rejected: concat(
			recalled(words("pl", "#ad", "#adv", "#spons", "#sponsored", "#collab", "#rekl", "#promo")),
			words("pl", "nie reklama", "to nie jest reklama", "#niereklama"),
		),
		ByTie: []TieLabels{
			{Ties: []Tie{OwnBrand}, Accepted: reported(words("pl", "autopromocja"))},
			{Ties: []Tie{GiftUnsolicited}, Accepted: recalled(words("pl", "prezent", "prezent od {brand}")), Uncontrolled: true},
		},
		Place: map[Medium]Place{
			"":    {Start: true, BeforeFold: true, NotBuried: true},
			Frame: {EachFrame: true},
			Video: {Start: true, BeforeFold: true, NotBuried: true, StartOfVideo: true},
			Audio: {StartOfVideo: true},
			Live:  {Start: true, BeforeFold: true, NotBuried: true, StartOfVideo: true},
		},
		ToggleSuffices: Both,
	}
}
