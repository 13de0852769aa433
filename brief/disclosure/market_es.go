package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

const codeES = "code of conduct of Autocontrol, aea and IAB Spain on advertising through influencers, 2025"

// rulesES: before the code of 2025-10-01 the law of the Union is asked.
func rulesES() []Rule {
	code := since(2025, time.October, 1)
	const told = "audiovisual451.com; cuatrecasas.com 2025-11-18; forlopd.es"
	label := ruleOf("ES", "ES", code, "LGCA 13/2022, art. 94; "+codeES, told, byline.Secondary).
		by(SelfRegulation).liable(Brand, Creator, Agency).reaches(Scope{Ties: benefits()}).
		says("advertising is indicated explicitly and at once, as suits the medium and in the language of the content")
	label.Label = labelES()
	machine := ruleOf("ES.ai", "ES", code, codeES, told, byline.Secondary).
		by(SelfRegulation).liable(Brand, Creator, Agency).reaches(Scope{Marks: []Mark{AIPerson, Virtual}}).
		says("content that a machine made is told to be so")
	machine.Notice = &NoticeDuty{Accepted: recalled(words("es", "generado con IA", "generada con IA", "creado con IA", "creada con IA", "generado con inteligencia artificial", "creado con inteligencia artificial", "influencer virtual"))}
	children := ruleOf("ES.children", "ES", code, codeES, told, byline.Secondary).
		by(SelfRegulation).liable(Brand, Creator, Agency).reaches(Scope{Minors: 18}).
		gate(Conditions, "minors can tell that it is advertising, and it does not use their inexperience").
		says("advertising that reaches minors is limited to conditions")
	return append([]Rule{label, machine, children, registerES()}, gatesES()...)
}

// labelES: the words that do are recalled, but for those of the platforms' own labels,
// which the code prefers.
func labelES() *LabelDuty {
	return &LabelDuty{
		Accepted: concat(
			recalled(words("es", "publicidad", "publi", "patrocinado por", "en colaboración con")),
			words("es", "contenido promocional", "colaboración pagada con {brand}"),
		),
		Rejected: concat(
			words("es", "ad", "advertising", "colab", "sponso", "#sp", "gracias a {brand}", "regalo de {brand}", "viaje patrocinado", "#información", "#legal"),
			words("es", "no es publicidad", "#nopubli", "sin publicidad"),
		),
		Place: map[Medium]Place{
			"":    {BeforeFold: true, NotBuried: true},
			Frame: {EachFrame: true},
			Video: {BeforeFold: true, NotBuried: true, StartOfVideo: true},
			Audio: {StartOfVideo: true},
			Live:  {BeforeFold: true, NotBuried: true, StartOfVideo: true},
		},
		ToggleSuffices: Conditional,
	}
}

// registerES: followers are one threshold of three, so that the check asks for the others.
func registerES() Rule {
	rule := ruleOf("ES.register", "ES", since(2024, time.May, 2), "LGCA 13/2022, art. 94; Real Decreto 444/2024", "cuatrecasas.com; cineytele.com 201362; gestoreslaspalmas.org; baylos.com 2024", byline.Secondary).
		liable(Creator).reaches(Scope{FollowersMin: 1_000_000}).
		says("from EUR 300,000 of income, a million followers (two million in all) and 24 videos a year on, a creator is in the state register")
	rule.Permit = &PermitDuty{Name: "entry in the state register of audiovisual providers, or the finding that income or videos stay below the thresholds"}
	return rule
}

func gatesES() []Rule {
	return append(
		gatesOf("ES", "cuatrecasas.com; audiovisual451.com", byline.Secondary,
			goods{Alcohol, Conditions, "LGCA 13/2022", "it keeps to the hours of the law, and is not aimed at minors"},
			goods{Gambling, Conditions, "LGCA 13/2022; Real Decreto 958/2020", "the operator is licensed, and somebody checked that it is not within the ban"},
			goods{Medicine, Conditions, "LGCA 13/2022, and the law on medicines", "it is a medicine that may be advertised to the public, and its notices are there"},
			goods{Nicotine, Conditions, "LGCA 13/2022, and the law on tobacco", "the creator is no user of special relevance, to whom this is forbidden, and somebody checked that the law on tobacco allows it"},
		),
		gatesOf("ES", notConfirmed, byline.Recalled,
			goods{Aesthetic, Conditions, "rules on health advertising", "the clinic is authorised, and no result is promised"},
			goods{Crypto, Conditions, "CNMV, Circular 1/2022", "the warning is there, and a campaign to the public was announced"},
			goods{Finance, Conditions, "CNMV rules on advertising", "the provider is authorised, and risks are told"},
			goods{HFSS, Conditions, "PAOS code", "it is not aimed at children"},
		)...,
	)
}
