package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

func rulesDE() []Rule {
	label := ruleOf("DE", "DE", since(2022, time.May, 28), "UWG § 5a Abs. 4; MStV §§ 22 and 74; DDG; guide of the media authorities, May 2022",
		"medienanstalt-nrw.de: Werbung in Telemedien, Imagebroschüre; Medienanstalt RLP; skwschwarz.de; dr-bahr.com; haufe.de; schweizer.eu 11923", byline.Primary).
		liable(Creator, Brand).reaches(Scope{Ties: benefits()}).
		says("a commercial purpose is recognisable at the beginning and on every frame, and a benefit is presumed to be a consideration")
	label.Label = labelDE()
	return append([]Rule{label}, gatesDE()...)
}

// labelDE: #ad second of six hashtags at the end was unlawful, #ad alone was left open
// (OLG Celle, 2017-06-08, 13 U 53/16). The media authority of North Rhine-Westphalia asks
// for "Werbung" or "Bezahlte Werbepartnerschaft" ahead of the text.
func labelDE() *LabelDuty {
	return &LabelDuty{
		Accepted: concat(words("de", "Werbung", "Anzeige", "bezahlte Werbepartnerschaft"), recalled(words("de", "bezahlte Werbung", "bezahlte Anzeige"))),
		Risky: concat(
			words("", "#ad", "sponsored by", "powered by"),
			reported(words("de", "bezahlte Partnerschaft")),
			recalled(words("de", "Produktplatzierung")),
		),
		Rejected: concat(
			words("de", "keine Werbung", "keine Anzeige"),
			reported(words("de", "Promotion", "präsentiert von")),
			recalled(words("de", "unbezahlte Werbung")),
		),
		Place: map[Medium]Place{
			"":    {Start: true, BeforeFold: true},
			Frame: {EachFrame: true, InContent: true},
			Video: {InContent: true, StartOfVideo: true},
			Audio: {InContent: true, StartOfVideo: true},
			Live:  {InContent: true, StartOfVideo: true},
		},
		ToggleSuffices: Conditional,
	}
}

func gatesDE() []Rule {
	return append(
		gatesOf("DE", "haufe.de; mekomat.de: Werbeverbote", byline.Secondary,
			goods{Gambling, Conditions, "Glücksspielstaatsvertrag", "the operator and its advertising are licensed"},
			goods{Medicine, Ban, "Heilmittelwerbegesetz", "no advertising for prescription medicine to the public"},
			goods{Nicotine, Ban, "Tabakerzeugnisgesetz", "no advertising online for tobacco and e-cigarettes"},
		),
		gatesOf("DE", notConfirmed, byline.Recalled,
			goods{Aesthetic, Ban, "Heilmittelwerbegesetz, § 11", "no pictures of before and after a cosmetic operation"},
			goods{Alcohol, Conditions, "Jugendmedienschutz-Staatsvertrag", "it is not aimed at minors, and shows none of them drinking"},
			goods{Crypto, Conditions, "rules on financial promotions", "the issuer is authorised, and risks are told"},
			goods{Finance, Conditions, "rules on financial promotions", "the provider is authorised, and risks are told"},
		)...,
	)
}
