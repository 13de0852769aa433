package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

// rulesIE: before the guidance of 2023-10-27 the law of the Union is asked.
func rulesIE() []Rule {
	label := ruleOf("IE", "IE", since(2023, time.October, 27), "guidance of CCPC and the Advertising Standards Authority on influencer advertising",
		"ccpc.ie: influencer advertising and marketing; adstandards.ie/social-media-influencers; cm.twobirds.com", byline.Primary).
		by(Guideline).liable(Creator, Brand).reaches(Scope{Ties: benefits()}).
		says("#Ad stands at the beginning, instantly visible, for own brands too, and #Gifted does only for what came unasked and without a say of the brand")
	label.Label = labelIE()
	return []Rule{label}
}

// labelIE: the rejected words may stand beside #Ad, and are no label alone. The
// guidance does not speak of "Ad" without its #, so that it is open. The authority
// takes a platform's label for one; the regulator's text was not seen to say so.
func labelIE() *LabelDuty {
	return &LabelDuty{
		Accepted: concat(words("", "#ad"), words("ga", "#fógra")),
		Risky:    []Label{{Text: "ad", Bare: true}, {Text: "fógra", Language: "ga", Bare: true}},
		Rejected: concat(
			words("", "#gifted", "#iworkwith", "#iworkwith{brand}", "#ownbrand", "#collaboration", "#sponsored", "#affiliate",
				"#brandambassador", "#brandinvestor", "#prstay", "#prinvite", "#pressdrop"),
			words("en", "not an ad", "not sponsored", "#notanad", "#notsponsored"),
		),
		ByTie: []TieLabels{{Ties: []Tie{GiftUnsolicited}, Accepted: words("", "#gifted"), Uncontrolled: true}},
		Place: map[Medium]Place{
			"":    {Start: true, BeforeFold: true},
			Frame: {EachFrame: true, InContent: true},
			Video: {Start: true, BeforeFold: true, StartOfVideo: true},
			Audio: {StartOfVideo: true},
			Live:  {Start: true, BeforeFold: true, StartOfVideo: true},
		},
		ToggleSuffices: Conditional,
	}
}
