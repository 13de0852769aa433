package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

func rulesAU() []Rule {
	const source = "sociallawco.com.au and bakermckenzie.com, quoting the Practice Note of February 2021; sabguthrie.info; adstandards.com.au"
	label := ruleOf("AU", "AU", since(2021, time.February, 1), "AANA Code of Ethics s.2.7 and its Practice Note; Australian Consumer Law s.18", source, byline.Secondary).
		by(SelfRegulation).liable(Brand).reaches(Scope{Ties: benefits()}).
		says("advertising is distinguishable as such, clearly, obviously and upfront")
	label.Label = &LabelDuty{
		Accepted: concat(
			words("en", "#ad", "Advert", "Advertising", "Branded Content", "Paid Partnership", "Paid Promotion"),
			recalled(words("en", "ad", "Advertisement")),
		),
		// The note says of these that they may not be sufficient.
		Risky:          words("", "#sp", "Spon", "gifted", "Affiliate", "Collab", "thanks to {brand}", "thanks {brand}"),
		Rejected:       words("en", "not an ad", "not sponsored", "#notanad", "#notsponsored"),
		Place:          map[Medium]Place{"": {BeforeFold: true, NotBuried: true}},
		ToggleSuffices: NotStated,
	}
	testimonials := unconfirmed("AU", "Therapeutic Goods Advertising Code", "no paid testimonials for therapeutic goods", Medicine, Health, Therapy).gate(Ban, "")
	testimonials.ID, testimonials.Effective = "AU.therapeutic", since(2022, time.January, 1)
	testimonials.Scope.Ties = without(benefits(), OwnBrand)
	return []Rule{
		label, testimonials,
		unconfirmed("AU", "ASIC INFO 269", "who speaks on financial products for pay has a licence or an exemption", Finance, Crypto, CFD).
			gate(Conditions, "the creator has a financial services licence, or needs none"),
	}
}
