package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

const (
	instrumentFR = "loi 2023-451, art. 5"
	amendedFR    = "loi 2023-451, art. 5, as amended by ordonnance 2024-978"
	statuteFR    = "doctrine.fr: art. 5 as adopted; juriblio.fr"
	accountsFR   = "lettredesreseaux.com; livv.eu; uniondesmarques.fr 2025-01-13"
)

// rulesFR: from 2023-06-11 the words were fixed and stood on the picture; the ordinance,
// in the official journal of 2024-11-07, lets others do that say as much.
func rulesFR() []Rule {
	law, softened := day(2023, time.June, 11), day(2024, time.November, 7)
	strict := ruleOf("FR", "FR", between(law, softened), instrumentFR, statuteFR, byline.Primary).
		liable(Brand, Agency, Creator).reaches(Scope{Ties: benefits()}).
		says("a promotion carries one of the two mentions on the picture or video, all along, and its absence misleads")
	strict.Label = strictLabelFR()
	strict.Time = &TimeDuty{Bands: []TimeBand{{Promoted: true}}, Media: []Medium{Video, Live}}
	label := strict.inForce(byline.Window{Start: softened}).readIn(amendedFR, accountsFR, byline.Secondary).
		says("a promotion carries one of the two mentions or another that says as much, clear and legible on any medium")
	label.Label, label.Time = labelFR(), nil
	return append([]Rule{strict, label, childrenFR()}, append(imagesFR(law, softened), gatesFR()...)...)
}

func labelFR() *LabelDuty {
	return &LabelDuty{
		Open:     true,
		Accepted: mentionsFR(),
		Risky:    recalled(equivalentsFR()),
		Rejected: concat(recalled(vagueFR()), denialsFR()),
		Place: map[Medium]Place{
			"":    {BeforeFold: true, NotBuried: true},
			Frame: {EachFrame: true, InContent: true},
			Video: {BeforeFold: true, NotBuried: true, StartOfVideo: true},
			Audio: {StartOfVideo: true},
			Live:  {BeforeFold: true, NotBuried: true, StartOfVideo: true},
		},
		ToggleSuffices: Conditional,
	}
}

// strictLabelFR: nothing but the two mentions did.
func strictLabelFR() *LabelDuty {
	return &LabelDuty{
		Accepted: mentionsFR(),
		Rejected: concat(reported(equivalentsFR()), reported(vagueFR()), denialsFR()),
		Place: map[Medium]Place{
			"":    {InContent: true},
			Text:  {BeforeFold: true, NotBuried: true},
			Frame: {EachFrame: true, InContent: true},
		},
		ToggleSuffices: Conditional,
	}
}

func mentionsFR() []Label { return words("fr", "Publicité", "Collaboration commerciale") }

// equivalentsFR may say as much as the two mentions.
func equivalentsFR() []Label {
	return words("fr", "partenariat rémunéré", "partenariat commercial", "contenu sponsorisé", "sponsorisé par {brand}", "#pub")
}

// vagueFR are recalled as hashtags and phrases only: found in the middle of a text that has
// no label, a bare word would make a warning of a breach.
func vagueFR() []Label {
	return words("fr", "#partenariat", "en partenariat avec {brand}", "#collaboration", "en collaboration avec {brand}", "#collab", "#sponsorisé", "#sponsored", "#ad", "merci à {brand}")
}

func denialsFR() []Label {
	return words("fr", "non sponsorisé", "pas de publicité", "pas une publicité", "pas une collaboration commerciale")
}

// imagesFR: the marks for edited and for made bodies and faces.
func imagesFR(law, softened time.Time) []Rule {
	marked := func(id string, mark Mark, says string, official []Label) Rule {
		rule := ruleOf(id, "FR", between(law, softened), instrumentFR, statuteFR, byline.Primary).
			liable(Creator, Brand).reaches(Scope{Marks: []Mark{mark}}).says(says)
		rule.Notice = &NoticeDuty{Accepted: official, Place: map[Medium]Place{"": {InContent: true}, Text: {}, Frame: {InContent: true, EachFrame: true}}}
		return rule
	}
	amended := func(rule Rule, equivalents []Label) Rule {
		rule = rule.inForce(byline.Window{Start: softened}).readIn(amendedFR, accountsFR, byline.Secondary)
		rule.Notice = &NoticeDuty{
			Accepted: concat(rule.Notice.Accepted, recalled(equivalents)),
			Place:    map[Medium]Place{"": {BeforeFold: true}, Frame: {InContent: true, EachFrame: true}},
		}
		return rule
	}
	virtual := marked("FR.virtual", AIPerson, "a face or a figure that a machine made is marked as a virtual image", words("fr", "Images virtuelles"))
	retouched := marked("FR.retouched", Retouched, "a figure or a face that was edited is marked as retouched", words("fr", "Images retouchées"))
	return []Rule{
		virtual, amended(virtual, words("fr", "Image virtuelle", "image générée par IA", "généré par intelligence artificielle")),
		retouched, amended(retouched, words("fr", "Image retouchée", "photo retouchée", "vidéo retouchée")),
	}
}

func childrenFR() Rule {
	return ruleOf("FR.children", "FR", since(2021, time.April, 20), "loi 2020-1266", notConfirmed, byline.Recalled).
		liable(Brand, Creator).reaches(Scope{Marks: []Mark{Children}}).
		gate(Conditions, "work of a child under 16 is authorised or declared, and its pay is set aside").
		says("a child under 16 in commercial content works under the rules for child influencers")
}

func gatesFR() []Rule {
	rules := gatesOf("FR", "senat.fr tas22-123; tf1info.fr", byline.Secondary,
		goods{Aesthetic, Ban, "loi 2023-451, art. 4", "no promotion of aesthetic acts that put health at risk, nor of cosmetic surgery"},
		goods{CFD, Ban, "loi 2023-451, art. 4", "no promotion of contracts for difference, binary options and the like"},
		goods{Crypto, Conditions, "loi 2023-451, art. 4", "the advertiser is registered or authorised for services around digital assets"},
		goods{Gambling, Conditions, "loi 2023-451, art. 4", "the platform can exclude who is under 18, and does"},
		goods{Nicotine, Ban, "loi 2023-451, art. 4", "no promotion of products with nicotine"},
		goods{Substitute, Ban, "loi 2023-451, art. 4", "no promotion of leaving off or replacing a medical treatment"},
		goods{Tips, Ban, "loi 2023-451, art. 4", "no promotion of subscriptions to sports predictions"},
		goods{Training, Conditions, "loi 2023-451, art. 5", "it says how the training is funded, what one commits to and who provides it"},
		goods{Wildlife, Ban, "loi 2023-451, art. 4", "no wild animals but those that may be kept"},
	)
	for i := range rules {
		rules[i].Liable = []Party{Brand, Agency, Creator}
		rules[i].Effective = since(2023, time.June, 11)
	}
	return append(rules, gatesOf("FR", "senat.fr tas22-123", byline.Secondary,
		goods{Alcohol, Conditions, "loi Evin", "it keeps to the facts that the Evin law allows, with the health warning, and is not aimed at the young"})...)
}
