package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

// rulesFI: the guideline was brought up to date at the end of January 2025, on a day that
// is not known. A record without a duty is only told of.
func rulesFI() []Rule {
	label := ruleOf("FI", "FI", undated(), "Consumer Protection Act; guideline of the consumer ombudsman on influencer marketing (2025)",
		"kkv.fi: Vaikuttajamarkkinointi sosiaalisessa mediassa, Influerarmarknadsföring i sociala medier; castren.fi; dagmar.fi", byline.Primary).
		by(Guideline).liable(Brand, Creator).reaches(Scope{Ties: benefits()}).
		says("every commercial post begins with the word for advertising and the brand's name, and shows it all along, gifts without an agreement too")
	label.Label = labelFI()
	label.Time = &TimeDuty{Bands: []TimeBand{{Promoted: true}}, Media: []Medium{Video, Live}}
	board := ruleOf("FI.board", "FI", since(2026, time.February, 25), "recommendation of the Board of Business Practice of the Chamber of Commerce", "sttinfo.fi 71834845", byline.Primary).
		by(SelfRegulation).liable(Brand, Creator).
		says("the word for advertising stands in the picture, sound or video itself, and a platform's label alone is not enough")
	return []Rule{label, board}
}

func labelFI() *LabelDuty {
	return &LabelDuty{
		Accepted: withBrand(concat(words("fi", "Mainos"), words("sv", "Reklam"))),
		Risky:    recalled(words("fi", "kaupallinen yhteistyö")),
		Rejected: concat(
			reported(words("fi", "saatu tuote", "PR-tuote")),
			words("fi", "ei mainos", "ei ole mainos"), words("sv", "inte reklam", "ej reklam"),
		),
		ByTie: []TieLabels{
			{Ties: []Tie{GiftWithAsk, GiftUnsolicited, Loan}, Accepted: concat(
				words("fi", "Mainos / Saatu {brand}"), words("sv", "Reklam / Mottagen av {brand}"), reported(words("fi", "Saatu mainostarkoituksessa")),
			)},
			{Ties: []Tie{Event}, Accepted: concat(
				words("fi", "Mainos / Kutsuvierastilaisuus {brand}"), words("sv", "Reklam / Evenemang", "Reklam / Evenemang för inbjudna gäster {brand}"),
			)},
		},
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
