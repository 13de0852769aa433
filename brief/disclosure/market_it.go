package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

const (
	agcomIT   = "AGCOM 197/25/CONS, code of conduct"
	agcomTold = "dgrs.it; punto-informatico.it 2025-11-06; zeusnews.it; ratioquotidiano.it"
)

// relevantIT is from how many followers on a creator is relevant to AGCOM. A million mean
// monthly views make one relevant too, which a scope cannot say.
const relevantIT = 500_000

func rulesIT() []Rule {
	chart := day(2024, time.October, 30)
	label := ruleOf("IT", "IT", byline.Window{Start: chart}, "IAP Digital Chart of 2024-10-30; AGCOM 197/25/CONS", "iap.it: Digital Chart; dgrs.it; brand-news.it; ntplusdiritto.ilsole24ore.com 2024-11", byline.Primary).
		by(SelfRegulation).liable(Creator, Brand).reaches(Scope{Ties: benefits()}).
		says("the opening of a post says that it is advertising, a hashtag is among the first three, and an abbreviation names the brand")
	label.Label = labelIT(Conditional)
	former := label.inForce(between(time.Time{}, chart)).
		readIn("IAP Digital Chart of 2016, later edited", "studiolegalegroppi.com: Giurì, decision 45/2018", byline.Secondary)
	former.Label = labelIT(NotStated)
	return append([]Rule{former, label, affiliateIT(), filtersIT()}, append(registerIT(), gatesIT()...)...)
}

// labelIT: "ad" without its # is an everyday Italian word.
func labelIT(toggle Sufficiency) *LabelDuty {
	return &LabelDuty{
		Accepted: concat(
			words("", "Pubblicità", "Advertising", "Promosso da {brand}", "Promoted by {brand}", "Sponsorizzato da {brand}", "Sponsored by {brand}",
				"in collaborazione con {brand}", "in partnership con {brand}", "in partnership with {brand}"),
			words("", "#sponsorizzatoda"),
			withBrand(words("", "#ad", "#adv")),
		),
		Risky:    reported(words("", "#gifted")),
		Rejected: words("it", "non sponsorizzato", "#noadv", "#noad", "non è pubblicità", "no pubblicità"),
		ByTie: []TieLabels{
			{Ties: []Tie{GiftUnsolicited}, Accepted: words("it", "prodotto inviato da {brand}"), Uncontrolled: true},
			{Ties: []Tie{Event}, Accepted: words("it", "invitato da {brand}", "invitata da {brand}"), Uncontrolled: true},
		},
		Place: map[Medium]Place{
			"":    {BeforeFold: true, MaxHashtags: 3},
			Frame: {EachFrame: true},
			Video: {BeforeFold: true, MaxHashtags: 3, StartOfVideo: true},
			Audio: {StartOfVideo: true},
			Live:  {BeforeFold: true, MaxHashtags: 3, StartOfVideo: true},
		},
		ToggleSuffices: toggle,
	}
}

// affiliateIT: the words for the link stand beside the label, not in its place.
func affiliateIT() Rule {
	rule := ruleOf("IT.affiliate", "IT", since(2024, time.October, 30), "IAP Digital Chart of 2024-10-30", "dgrs.it; punto-informatico.it", byline.Secondary).
		by(SelfRegulation).liable(Creator, Brand).reaches(Scope{Ties: []Tie{Affiliate}}).
		says("an affiliate link is called one, with the brand's name, besides the label")
	rule.Notice = &NoticeDuty{Accepted: withBrand(words("", "link affiliato", "affiliate link"))}
	return rule
}

func filtersIT() Rule {
	rule := ruleOf("IT.retouched", "IT", since(2025, time.July, 23), agcomIT, agcomTold, byline.Secondary).
		liable(Creator).reaches(Scope{Marks: []Mark{Retouched}, FollowersMin: relevantIT}).
		says("a relevant creator tells that a filter changed a body or a face")
	rule.Notice = &NoticeDuty{Accepted: recalled(words("it", "filtro", "filtri", "con filtro", "immagine modificata", "immagine ritoccata", "foto ritoccata"))}
	return rule
}

// registerIT: the form came in November 2025, and the time to fill it in ended on
// 2026-02-05. A record without a duty is only told of.
func registerIT() []Rule {
	due := day(2026, time.February, 5)
	register := ruleOf("IT.register", "IT", byline.Window{Start: due}, agcomIT, agcomTold, byline.Secondary).
		liable(Creator).reaches(Scope{FollowersMin: relevantIT}).
		says("from 500,000 followers or a million mean monthly views on, a creator is in the list of relevant influencers")
	announced := register.inForce(between(day(2025, time.July, 23), due)).
		says("from 500,000 followers or a million mean monthly views on, a creator enters the list of relevant influencers by 2026-02-05")
	register.Permit = &PermitDuty{Name: "entry in AGCOM's list of relevant influencers"}
	return []Rule{announced, register}
}

func gatesIT() []Rule {
	children := ruleOf("IT.children", "IT", since(2025, time.July, 23), agcomIT, agcomTold, byline.Secondary).
		liable(Creator).reaches(Scope{Minors: 18, FollowersMin: relevantIT}).
		gate(Conditions, "it harms no minor, and does not use their inexperience or trust").
		says("advertising that reaches minors is limited to conditions")
	return append(append([]Rule{children},
		gatesOf("IT", agcomTold, byline.Secondary,
			goods{Alcohol, Conditions, "rules on audiovisual commercial communications", "it is not aimed at minors, and does not praise drinking"},
			goods{Gambling, Conditions, "decreto dignità, and AGCOM guidelines", "somebody checked that it is not within the ban on gambling advertising"},
			goods{Medicine, Ban, "rules on audiovisual commercial communications", "no advertising for prescription medicine"},
			goods{Nicotine, Conditions, "rules on audiovisual commercial communications", "it is neither tobacco nor within the ban on other products with nicotine"},
		)...),
		gatesOf("IT", notConfirmed, byline.Recalled,
			goods{Aesthetic, Conditions, "rules on health advertising", "it only informs, and promises no result"},
			goods{Crypto, Conditions, "rules on financial promotions", "the provider is authorised, and risks are told"},
			goods{Finance, Conditions, "rules on financial promotions", "the provider is authorised, and risks are told"},
		)...,
	)
}
