package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

// rulesNO: the guidance of 2025-04-29 asks for what that of 2018 did. It leaves YouTube to
// the media authority, whose words were not read.
func rulesNO() []Rule {
	guidance := day(2025, time.April, 29)
	label := ruleOf("NO", "NO", byline.Window{Start: guidance}, "Marketing Control Act, section 3; guidance of the Consumer Authority on advertising in social media",
		"forbrukertilsynet.no/lov-og-rett/veiledninger-og-retningslinjer/someveiledning; forbrukertilsynet.no/sos-reklame-some", byline.Primary).
		by(Guideline).liable(Brand, Creator).reaches(Scope{Ties: benefits()}).
		says("advertising is marked as such, first in the caption and before it is cut off, however small its part")
	label.Label = labelNO()
	former := label.inForce(between(time.Time{}, guidance)).
		readIn("Marketing Control Act; guidance of the Consumer Authority of 2018", "forbrukertilsynet.no/ber-norisma-ta-ansvar-reklamemerking, 2018-10-09", byline.Primary)
	return []Rule{former, label, retouchNO(), foodNO()}
}

func labelNO() *LabelDuty {
	return &LabelDuty{
		Accepted: words("no", "reklame", "annonse"),
		Rejected: words("no", "produktplassering", "ikke reklame", "ikke annonse"),
		Place: map[Medium]Place{
			"":    {Start: true, BeforeFold: true},
			Frame: {EachFrame: true},
			Video: {Start: true, BeforeFold: true, StartOfVideo: true},
			Audio: {StartOfVideo: true},
			Live:  {Start: true, BeforeFold: true, StartOfVideo: true},
		},
		ToggleSuffices: NotStated,
	}
}

// retouchNO: the standard mark is a sign in a corner of the picture, in a film all along;
// an overlay tells of it in words. A body that a machine made from nothing is outside.
func retouchNO() Rule {
	rule := ruleOf("NO.retouched", "NO", since(2022, time.July, 1), "Marketing Control Act, section 2; regulation of 2022-06-17 no. 1114",
		"forbrukertilsynet.no/vi-jobber-med/merking-av-retusjert-reklame", byline.Primary).
		liable(Brand, Creator).reaches(Scope{Ties: benefits(), Marks: []Mark{Retouched}}).
		says("an advertisement in which the shape, size or skin of a body was edited carries the standard mark on the picture")
	rule.Notice = &NoticeDuty{
		Accepted: concat(words("no", "retusjert reklame"), recalled(words("no", "retusjert person", "retusjert"))),
		Place:    map[Medium]Place{"": {InContent: true}, Text: {}, Frame: {InContent: true, EachFrame: true}},
	}
	return rule
}

func foodNO() Rule {
	return ruleOf("NO.hfss_food", "NO", since(2025, time.October, 25), "regulation of 2025-04-25 on marketing of certain foods to children", "regjeringen.no id3126894; cms.law", byline.Primary).
		liable(Brand, Creator).reaches(Scope{Categories: []Category{HFSS}, Minors: 18}).gate(Ban, "").
		says("no marketing of the listed unhealthy food and drink to anyone under 18")
}
