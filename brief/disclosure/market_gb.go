package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

func rulesGB() []Rule {
	reissued := day(2025, time.September, 3)
	label := ruleOf("GB", "GB", byline.Window{Start: reissued}, "CMA guidance for content creators under the Digital Markets, Competition and Consumers Act 2024; CAP Code, section 2",
		"gov.uk/government/publications/social-media-endorsements-guide-for-influencers; asa.org.uk influencers-guide, ruling A19-1025856; sitemap.wiggin.eu; mondaq.com", byline.Primary).
		by(Guideline).liable(Brand, Creator).reaches(Scope{Ties: benefits()}).
		says("advertising is obvious as such as soon as anyone meets it, without a scroll or a click, whatever the benefit and whoever decided on the words")
	label.Label = labelGB(Conditional)
	guide := label.inForce(between(day(2023, time.March, 23), reissued)).
		readIn("CAP Code, section 2; Influencers' guide, third edition", "asa.org.uk influencers-guide, ruling A19-1025856; mondaq.com", byline.Primary)
	guide.Label = labelGB(NotStated)
	return append([]Rule{guide, label, foodGB(), childrenGB()}, gatesGB()...)
}

// labelGB: a link, a code, a tag and the brand's name are no label, and are in no list.
func labelGB(toggle Sufficiency) *LabelDuty {
	read := Place{BeforeFold: true, NotBuried: true}
	return &LabelDuty{
		Accepted: words("", "#ad", "ad", "advert", "advertisement", "advertising", "advertisement feature"),
		Rejected: concat(
			words("", "sponsorship", "sponsored", "spon", "#sp", "in association with", "thanks to", "affiliate", "gifted", "#gift", "#collab"),
			words("en", "not an ad", "not sponsored", "#notanad", "#notsponsored"),
		),
		Place: map[Medium]Place{
			"":    read,
			Frame: {EachFrame: true, InContent: true},
			Video: {BeforeFold: true, NotBuried: true, StartOfVideo: true},
			Audio: {InContent: true, StartOfVideo: true},
			Live:  {BeforeFold: true, NotBuried: true, StartOfVideo: true},
		},
		ToggleSuffices: toggle,
	}
}

// foodGB: what a creator says of an own brand on an own account is not paid advertising.
func foodGB() Rule {
	return ruleOf("GB.hfss_food", "GB", since(2026, time.January, 5), "Communications Act 2003, paid online advertising of less healthy food and drink", "knightsplc.com; wiggin.eu", byline.Secondary).
		liable(Brand).gate(Ban, "").
		reaches(Scope{
			Ties:       []Tie{Paid, GiftWithAsk, GiftUnsolicited, Affiliate, Employment, Loan, Event},
			Media:      []Medium{Text, Image, Frame, Video, Live},
			Categories: []Category{HFSS}, StaffMin: 250,
		}).
		says("no paid online advertising for identifiable less healthy food of a business with 250 or more employees, gifted posts too")
}

func childrenGB() Rule {
	return ruleOf("GB.children", "GB", undated(), "CAP Code, section 5", notConfirmed, byline.Recalled).
		by(SelfRegulation).liable(Brand, Creator).reaches(Scope{Minors: 16}).
		gate(Conditions, "it neither harms children nor plays on their credulity or loyalty, and they can tell that it is advertising").
		says("advertising to children is limited to conditions")
}

func gatesGB() []Rule {
	const investment = "Financial Services and Markets Act 2000, section 21; FG24/1"
	const approved = "an authorised firm approved the promotion, or it is exempt"
	return append(
		gatesOf("GB", "freshfields.com 2024-10", byline.Secondary,
			goods{Crypto, Conditions, investment, approved},
			goods{Finance, Conditions, investment, approved},
		),
		gatesOf("GB", notConfirmed, byline.Recalled,
			goods{Aesthetic, Conditions, "CAP Code on cosmetic interventions", "it is not aimed at anyone under 18"},
			goods{Alcohol, Conditions, "CAP Code, section 18", "the audience is adult, and who is shown is and looks 25 or older"},
			goods{Gambling, Conditions, "CAP Code, section 16", "it has no strong appeal to anyone under 18"},
			goods{Medicine, Ban, "Human Medicines Regulations 2012", "no advertising for prescription medicine to the public"},
			goods{Nicotine, Ban, "rules on tobacco and e-cigarettes", "no paid promotion of e-cigarettes on social media, and none of tobacco"},
		)...,
	)
}
