package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

func rulesUS() []Rule {
	const guides = "law.cornell.edu/cfr/text/16/255.5; ftc.gov BUS71; legallyinfluencedblog.com 2021-08; mondaq.com 862990; lexology.com 770f56e4"
	label := ruleOf("US", "US", since(2023, time.July, 26), "16 CFR 255, Endorsement Guides under section 5 of the FTC Act", guides, byline.Primary).
		by(Guideline).liable(Brand, Agency, Creator).reaches(Scope{Ties: benefits()}).
		says("a connection with the brand is disclosed clearly and conspicuously, where the endorsement is and without a click")
	label.Label = labelUS()
	performer := ruleOf("US-NY.performer", "US", since(2026, time.June, 9), "New York General Business Law § 396-b", "dwt.com 2026-01; mondaq.com; assembly.state.ny.us S8420-A; nysbroadcasters.org", byline.Secondary).
		liable(Brand, Agency).reaches(Scope{Regions: []string{"US-NY"}, Media: []Medium{Text, Image, Frame, Video, Live}, Marks: []Mark{AIPerson}}).
		says("a synthetic performer in an advertisement is disclosed conspicuously")
	performer.Notice = &NoticeDuty{Accepted: recalled(words("en", "synthetic performer", "AI-generated", "AI generated", "virtual person", "digital human", "created with AI"))}
	reviews := ruleOf("US.reviews", "US", since(2024, time.October, 21), "16 CFR 465, Consumer Reviews and Testimonials Rule",
		"arnoldporter.com 2026-01; foodnavigator-usa.com 2026-01-07", byline.Secondary).
		liable(Brand, Agency, Creator).says("no bought sentiment and no fake indicators of social influence")
	return append([]Rule{label, performer, reviews}, gatesUS()...)
}

func labelUS() *LabelDuty {
	read := Place{FirstLines: 3, BeforeFold: true, NotBuried: true}
	return &LabelDuty{
		// #ad first: it is the shortest, and Suggest takes the first.
		Accepted: concat(
			words("", "#ad", "ad", "advertisement", "sponsored", "#{brand}Partner", "#{brand}Ambassador"),
			recalled(words("en", "paid ad")),
		),
		Rejected: concat(
			words("", "#sp", "#spon", "#collab", "#thanks", "#ambassador", "#partner", "Thanks {brand}"),
			words("en", "not an ad", "not sponsored", "#notanad", "#notsponsored"),
			recalled(words("en", "affiliate", "affiliate link", "commissionable link")),
		),
		Place: map[Medium]Place{
			"":    read,
			Frame: {EachFrame: true, InContent: true},
			Video: {InContent: true, BothChannels: true},
			Audio: {InContent: true},
			Live:  {InContent: true, BothChannels: true, Repeated: true},
		},
		// It says what was given, so that it does where nothing else was.
		ByTie: []TieLabels{{
			Ties: []Tie{GiftWithAsk, GiftUnsolicited}, Accepted: words("en", "Thanks to {brand} for the free product"),
		}},
		ToggleSuffices: NotEnough,
	}
}

// gatesUS: those of the categories are recalled, so that they only warn.
func gatesUS() []Rule {
	// The paper gives no age; 13 is that of the law on children's data.
	minors := ruleOf("US.minors", "US", since(2023, time.September, 1), "FTC staff paper on stealth advertising to children, September 2023", "ftc.gov: kids staff paper 2023-09; kelleydrye.com", byline.Primary).
		by(Guideline).liable(Brand, Agency, Creator).reaches(Scope{Ties: benefits(), Minors: 13}).
		says("as labels seldom work for the young, simple words are said just when they are needed").
		gate(Conditions, "who paid and what for is said in simple words, just before the promotion")
	const touting = "Securities Act, section 17(b)"
	return append([]Rule{minors}, gatesOf("US", notConfirmed, byline.Recalled,
		goods{Alcohol, Conditions, "industry codes and state law", "the audience and the creator are of legal drinking age"},
		goods{Crypto, Conditions, touting, "the pay, its source and its amount are disclosed"},
		goods{Finance, Conditions, touting, "the pay, its source and its amount are disclosed"},
		goods{Gambling, Conditions, "state law", "the operator is licensed in the state, and the audience is of age"},
		goods{HFSS, Conditions, "CARU guidelines", "it is not aimed at children"},
		goods{Medicine, Conditions, "FDA rules for prescription drugs", "risks are told with the benefits"},
		goods{Nicotine, Conditions, "FDA rules for tobacco products", "the audience is adult, and warnings are there"},
	)...)
}
