package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

// rulesCA: the edition of October 2025 took in words for gifts and invitations that ask
// for nothing; its day is not known. Its French list is that of the first edition.
func rulesCA() []Rule {
	const says = "a material connection is disclosed upfront, in the language of the creator's audience"
	rule := func(effective byline.Window, instrument, source string) Rule {
		r := ruleOf("CA", "CA", effective, instrument, source, byline.Secondary).
			by(SelfRegulation).liable(Brand, Creator).reaches(Scope{Ties: benefits()}).says(says)
		r.Label = labelCA()
		return r
	}
	const edition = "Ad Standards influencer marketing disclosure guidelines"
	former := rule(byline.Window{Start: day(2018, time.March, 28), End: day(2025, time.October, 1)}, edition+" (2018 and later)", "republik.ca; allaboutadvertisinglaw.com 2018")
	former.Label.ByTie = []TieLabels{{Ties: []Tie{GiftUnsolicited}, Accepted: concat(words("en", "#giftedproduct"), words("fr", "#produitreçu"))}}
	current := rule(since(2025, time.October, 1), edition+" (2025)", "mondaq.com 1723632; marks-clerk.com 102lrcj; caravellaw.com; republik.ca")
	current.Label.ByTie = []TieLabels{
		{Ties: []Tie{GiftUnsolicited}, Accepted: words("en", "#Gifted")},
		{Ties: []Tie{GiftUnsolicited, Event}, Accepted: words("en", "#InvitedGuest")},
	}
	return append([]Rule{former, current}, noticesCA()...)
}

func labelCA() *LabelDuty {
	return &LabelDuty{
		Accepted: concat(
			words("en", "#ad", "#sponsored"), words("fr", "#pub", "#commandité"),
			recalled(concat(
				words("en", "ad", "sponsored", "advertisement", "#{brand}Ambassador", "#{brand}Partner"),
				words("fr", "publicité", "#{brand}ambassadeur", "#{brand}partenaire"),
			)),
		),
		// A hashtag that "ad" is fused into is no label at all.
		Rejected: concat(
			recalled(words("", "#spon", "#sp", "#collab", "#partner", "#ambassador")),
			words("en", "not an ad", "not sponsored", "#notanad", "#notsponsored"),
		),
		Place: map[Medium]Place{
			"":    {BeforeFold: true, NotBuried: true},
			Video: {InContent: true, StartOfVideo: true},
			Live:  {InContent: true, StartOfVideo: true},
		},
		ToggleSuffices: NotEnough,
	}
}

func noticesCA() []Rule {
	rule := func(id, says string) Rule {
		return ruleOf(id, "CA", since(2025, time.October, 1), "Ad Standards influencer marketing disclosure guidelines (2025)", "mondaq.com 1723632; marks-clerk.com 102lrcj", byline.Secondary).
			by(SelfRegulation).liable(Brand, Creator).says(says)
	}
	virtual := rule("CA.virtual", "an influencer that a machine made is disclosed as one").marked(AIPerson)
	virtual.Notice = &NoticeDuty{Accepted: recalled(concat(
		words("en", "AI-generated", "AI influencer", "virtual influencer", "#AIgenerated"),
		words("fr", "généré par IA", "influenceur virtuel", "influenceuse virtuelle"),
	))}
	// The facts give no age; 13 is the one of the industry's other codes, as recalled.
	minors := rule("CA.minors", "to children the label is put in words that they understand").
		gate(Conditions, "the label is in words that children understand")
	minors.Scope.Minors = 13
	return []Rule{virtual, minors}
}
