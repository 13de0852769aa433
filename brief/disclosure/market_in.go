package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

// rulesIN: the industry's guidelines of 2021, which the consumer authority took up in 2023.
func rulesIN() []Rule {
	const (
		tool  = "ascionline.in/social/tools"
		press = "telecomtalk.info 2021-05; legal500.com: ASCI final guidelines, 2021-05-27; livemint.com 2023-01-20; business-standard.com 2023-03-06; reviewminute.com 2021-05-28; obhanandassociates.com"
		says  = "any material connection is disclosed with a label of the list, upfront, in the content itself and for long enough"
	)
	guidelines := ruleOf("IN", "IN", byline.Window{Start: day(2021, time.June, 14), End: day(2023, time.January, 20)}, "ASCI guidelines for influencer advertising in digital media", press, byline.Secondary).
		by(SelfRegulation).liable(Creator, Brand).reaches(Scope{Ties: benefits()}).says(says)
	guidelines.Label, guidelines.Time = labelIN(), timeIN()
	guidelines.Label.Accepted = labelsIN2021()
	guidelines.Label.ToggleSuffices, guidelines.Label.TogglePlatforms = NotEnough, nil

	knowHows := ruleOf("IN", "IN", since(2023, time.January, 20), "CCPA Endorsements Know-hows under the Consumer Protection Act 2019, and ASCI guidelines", tool+"; "+press, byline.Primary).
		by(Guideline).liable(Creator, Brand).reaches(Scope{Ties: benefits(), Media: []Medium{Text, Image, Frame, Video, Audio}}).says(says)
	knowHows.Label, knowHows.Time = labelIN(), timeIN()

	live := ruleOf("IN.live", "IN", since(2023, time.January, 20), "CCPA Endorsements Know-hows under the Consumer Protection Act 2019", press, byline.Secondary).
		by(Guideline).liable(Creator, Brand).reaches(Scope{Ties: benefits(), Media: []Medium{Live}}).
		says("in a live the label is seen all along, and heard")
	live.Label, live.Time = labelIN(), &TimeDuty{Media: []Medium{Live}, Bands: []TimeBand{{Part: 1}}}

	virtual := ruleOf("IN.virtual", "IN", since(2023, time.January, 20), "ASCI guidelines and CCPA Endorsements Know-hows", tool, byline.Primary).
		by(Guideline).liable(Creator, Brand).marked(AIPerson).
		says("a virtual influencer says that the audience does not deal with a real human being")
	// Neither text prescribes the words, so that their absence is at most a risk.
	virtual.Notice = &NoticeDuty{Accepted: recalled(words("", "not a real human", "not a real person", "not human", "virtual influencer", "AI influencer", "computer generated", "AI-generated"))}
	return append([]Rule{guidelines, knowHows, live, virtual}, gatesIN()...)
}

// labelsIN2021: English counts in content of any language.
func labelsIN2021() []Label {
	return words("", "Ad", "Advertisement", "Sponsored", "Collaboration", "Partnership", "Employee", "Free gift")
}

func labelIN() *LabelDuty {
	return &LabelDuty{
		Accepted: concat(labelsIN2021(), words("", "Affiliate"),
			[]Label{{Text: "Paid promotion", Confidence: byline.Secondary}},
			recalled(concat(words("", "Paid Partnership", "Includes Paid Promotion"), words("hi", "विज्ञापन", "प्रायोजित")))),
		Rejected: words("en", "not an ad", "not sponsored", "#notanad", "#notsponsored"),
		Place: map[Medium]Place{
			"":    {BeforeFold: true, NotBuried: true},
			Image: {InContent: true, NotBuried: true},
			Frame: {InContent: true, EachFrame: true},
			Video: {InContent: true},
			Audio: {InContent: true, StartOfVideo: true, Repeated: true},
			Live:  {InContent: true, BothChannels: true, Repeated: true},
		},
		ToggleSuffices:  Enough,
		TogglePlatforms: []byline.Platform{byline.Instagram, byline.YouTube},
	}
}

// timeIN: accounts of the press agree on the bands but for the first, where one of them
// says the contrary, so that the first only warns. At two minutes sharp the last counts.
func timeIN() *TimeDuty {
	return &TimeDuty{
		Media: []Medium{Video},
		Bands: []TimeBand{
			{UpTo: 15 * time.Second, AtLeast: 3 * time.Second, Confidence: byline.Recalled},
			{UpTo: 2*time.Minute - time.Nanosecond, Part: 1.0 / 3, Confidence: byline.Secondary},
			{Promoted: true, Confidence: byline.Secondary},
		},
	}
}

func gatesIN() []Rule {
	const source = "ascionline.in; telecomtalk.info"
	credentials := func(id, says string, categories ...Category) Rule {
		return ruleOf(id, "IN", since(2023, time.January, 20), "ASCI guidelines and CCPA Endorsements Know-hows", source, byline.Secondary).
			by(Guideline).on(categories...).liable(Creator, Brand).says(says)
	}
	children := ruleOf("IN.children", "IN", undated(), "ASCI guidelines", source, byline.Secondary).
		by(SelfRegulation).liable(Brand, Creator).marked(Children).says("advertising with children has conditions").
		gate(Conditions, "the conditions for children in advertising are met")
	// The facts give no age.
	minors := ruleOf("IN.minors", "IN", undated(), "ASCI guidelines", source, byline.Secondary).
		by(SelfRegulation).liable(Brand, Creator).reaches(Scope{Minors: 18}).says("advertising to children has conditions").
		gate(Conditions, "the conditions for advertising to children are met")
	return []Rule{
		credentials("IN.health", "creators on health disclose their qualification", Health, Medicine, Therapy).
			gate(Credentials, "a medical qualification is disclosed"),
		credentials("IN.finance", "creators on finance disclose their registration", Finance, Crypto, CFD).
			gate(Credentials, "a registration with the securities regulator is disclosed"),
		children, minors,
		unconfirmed("IN", "tobacco and e-cigarette acts", "no advertising for tobacco or vapes", Nicotine).gate(Ban, ""),
		unconfirmed("IN", "rules on surrogate advertising", "no advertising for alcohol, under another product's name either", Alcohol).gate(Ban, ""),
		unconfirmed("IN", "advisories on betting", "no advertising for betting", Gambling).gate(Ban, ""),
	}
}
