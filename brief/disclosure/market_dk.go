package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

func rulesDK() []Rule {
	const act = "Marketing Practices Act"
	label := ruleOf("DK", "DK", undated(), act+", section 6(4)", "forbrugerombudsmanden.dk/alle-emner/forbud-mod-skjult-reklame/sociale-medier; bt.dk 2019-08; plesner.com", byline.Primary).
		liable(Brand, Creator).reaches(Scope{Ties: benefits()}).
		says("every post, video and frame is marked as advertising where nobody has to look for it")
	label.Label = labelDK()
	const unsuitable = "forbrugerombudsmanden.dk/alle-emner/boern-og-unge/alkohol-og-andre-uegnede-produkter; plesner.com 2022-04"
	alcohol := ruleOf("DK.alcohol", "DK", undated(), act+", section 11(2)", unsuitable, byline.Primary).
		liable(Brand, Creator).reaches(Scope{Categories: []Category{Alcohol}, Minors: 18}).gate(Ban, "").
		says("no alcohol in what is aimed at an audience under 18")
	aesthetic := ruleOf("DK.aesthetic_acts", "DK", since(2022, time.January, 1), act+", section 11(2)", unsuitable, byline.Primary).
		liable(Brand, Creator).reaches(Scope{Categories: []Category{Aesthetic}, Minors: 18}).gate(Ban, "").
		says("no cosmetic interventions in what is aimed at an audience under 18")
	exhortation := ruleOf("DK.minors", "DK", undated(), act, "bt.dk; plesner.com", byline.Secondary).
		liable(Brand, Creator).reaches(Scope{Minors: 18}).
		gate(Conditions, "it does not exhort them to buy").
		says("what is aimed at an audience under 18 holds no direct exhortation to buy")
	talent := ruleOf("DK.children", "DK", undated(), act, "bt.dk; plesner.com", byline.Secondary).
		liable(Brand, Creator).reaches(Scope{Marks: []Mark{Children}}).
		gate(Conditions, "no child in it is under 15").
		says("no child under 15 takes part in advertising on social media")
	return []Rule{label, alcohol, aesthetic, exhortation, talent}
}

// labelDK: what fails was told by the press of the ombudsman's cases.
func labelDK() *LabelDuty {
	return &LabelDuty{
		Accepted: words("da", "Reklame", "Annonce"),
		Rejected: concat(
			reported(words("da", "#ad", "spons", "gaw")),
			words("da", "ikke reklame", "ikke en annonce", "ikke annonce"),
		),
		Place: map[Medium]Place{
			"":    {BeforeFold: true, NotBuried: true},
			Frame: {EachFrame: true},
			Video: {BeforeFold: true, NotBuried: true, StartOfVideo: true},
			Audio: {StartOfVideo: true},
			Live:  {BeforeFold: true, NotBuried: true, StartOfVideo: true},
		},
		ToggleSuffices: NotStated,
	}
}
