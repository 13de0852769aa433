package disclosure

import "github.com/bylinehq/byline"

func rulesSE() []Rule {
	label := ruleOf("SE", "SE", undated(), "Marketing Act, section 9; Patent and Market Court of Appeal, PMT 2054-18",
		"konsumentverket.se/marknadsratt-foretag/dold-marknadsforing-i-sociala-medier-regler-for-foretag; devote.se; borow.se", byline.Primary).
		liable(Brand, Creator).reaches(Scope{Ties: benefits()}).
		says("advertising is recognised at a fleeting glance, and the text begins with the word for it")
	label.Label = labelSE()
	return []Rule{label}
}

// labelSE: that somebody works with a brand does not say that a post is advertising.
func labelSE() *LabelDuty {
	return &LabelDuty{
		Accepted: concat(
			words("sv", "Reklam för {brand}", "Reklam"),
			reported(words("sv", "Annons", "betalt samarbete med")),
		),
		Risky: reported(words("sv", "i annonssamarbete med")),
		Rejected: concat(
			reported(words("sv", "samarbete", "i samarbete med", "ambassadör", "partner", "#ad")),
			words("sv", "ej reklam", "inte reklam", "ingen reklam", "ej annons"),
		),
		Place: map[Medium]Place{
			"":    {Start: true, BeforeFold: true},
			Frame: {EachFrame: true, InContent: true},
			Video: {Start: true, BeforeFold: true, StartOfVideo: true},
			Audio: {StartOfVideo: true},
			Live:  {Start: true, BeforeFold: true, StartOfVideo: true},
		},
		ToggleSuffices: NotStated,
	}
}
