package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

func rulesNL() []Rule {
	label := ruleOf("NL", "NL", undated(), "Reclamecode Social Media & Influencer Marketing (RSM), text of 2024", "reclamecode.nl FAQ; thuiswinkel.org; vmt.nl; influencerregels.com", byline.Primary).
		by(SelfRegulation).liable(Brand, Creator).reaches(Scope{Ties: benefits()}).
		says("the relation with the advertiser is told at the start of the post, and the advertiser binds creators to it and watches")
	label.Label = labelNL()
	treatment := ruleOf("NL.medical_treatment", "NL", undated(), "Mediawet 2008", "tweakers.net 196854; vmt.nl; thuiswinkel.org", byline.Secondary).
		liable(Creator, Brand).reaches(Scope{Categories: []Category{Therapy}}).gate(Ban, "").
		says("no advertising for medical treatments")
	return append([]Rule{label, treatment}, registerNL()...)
}

// labelNL: the examples of the code do in any case, and are not exhaustive: other words that
// are clear do too, and nobody confirmed these.
func labelNL() *LabelDuty {
	read := Place{Start: true, BeforeFold: true, NotBuried: true}
	return &LabelDuty{
		Open: true,
		Accepted: concat(
			words("", "#ad", "#spon", "#advertentie", "Advertorial"),
			words("nl", "Betaalde promotie"),
			reported(words("nl", "Betaald partnerschap met {brand}")),
			recalled(words("nl", "advertentie", "reclame")),
		),
		Risky:    recalled(concat(words("nl", "gesponsord", "betaalde samenwerking"), words("en", "advertisement", "advertising"))),
		Rejected: words("nl", "geen reclame", "geen advertentie", "niet gesponsord", "#geenad"),
		ByTie: []TieLabels{
			{Ties: []Tie{GiftWithAsk, GiftUnsolicited, Loan}, Accepted: reported(words("nl", "Gekregen van {brand}"))},
			{Ties: []Tie{Affiliate}, Accepted: reported(words("nl", "Ik krijg een klein bedrag"))},
		},
		Place: map[Medium]Place{
			"":    read,
			Frame: {},
			Video: {Start: true, BeforeFold: true, NotBuried: true, StartOfVideo: true},
			Audio: {StartOfVideo: true},
			Live:  {Start: true, BeforeFold: true, NotBuried: true, Repeated: true},
		},
		ToggleSuffices: Conditional,
	}
}

// registerNL: what the scope cannot say (24 videos in 12 months, a benefit that goes to a
// registered business) is part of the check.
func registerNL() []Rule {
	widened := day(2025, time.June, 16)
	const criteria = "entry with the Commissariaat voor de Media, or the finding that there are fewer than 24 videos in 12 months or no registered business"
	uploads := Scope{Ties: benefits(), Platforms: []byline.Platform{byline.Instagram, byline.TikTok, byline.YouTube}, Media: []Medium{Frame, Video, Live}}
	register := ruleOf("NL.register", "NL", byline.Window{Start: widened}, "Mediawet 2008, art. 3.29b; policy rule of 2025 on media services on demand",
		"zoek.officielebekendmakingen.nl stcrt-2025-18028; tweakers.net 235580; ddma.nl", byline.Secondary).
		liable(Creator).reaches(uploads).
		says("who uploads 24 videos in 12 months, has a benefit from them and is in the trade register is registered, whatever the number of followers")
	register.Permit = &PermitDuty{Name: criteria}
	former := register.inForce(between(day(2022, time.July, 1), widened)).
		readIn("Mediawet 2008, art. 3.29b; policy rule of 2022 on media services on demand", "cvdm.nl/toestemmingen/video-uploader-registreren", byline.Primary).
		says("who uploads 24 videos in 12 months, has a benefit from them, is in the trade register and has 500,000 followers is registered")
	former.Scope.FollowersMin = 500_000
	return []Rule{former, register}
}
