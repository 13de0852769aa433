package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

// rulesJP: the law looks at the business that supplies the product; the creator answers
// for nothing. Where the business had no say in the content, it is not its display.
func rulesJP() []Rule {
	const source = "caa.go.jp: FAQ on stealth marketing; prsj.or.jp; j-cast.com 2023-05; advertimes.com 415097; 2ndmedia.info 340667"
	label := ruleOf("JP", "JP", since(2023, time.October, 1), "designation under the Act against Unjustifiable Premiums and Misleading Representations, art. 5(iii)", source, byline.Primary).
		liable(Brand).reaches(Scope{Ties: benefits(), Control: []Tie{GiftWithAsk, GiftUnsolicited, Affiliate, Loan, Event}}).
		says("what a business had a say in is recognisable as its advertising to ordinary consumers")
	label.Label = &LabelDuty{
		Accepted: words("ja", "広告", "宣伝", "プロモーション", "PR"),
		Rejected: words("ja", "広告ではありません", "広告ではない", "PRではありません", "PRではない", "宣伝ではありません"),
		// Too small, too short or lost among many hashtags is named as unclear; no figure is.
		Place:          map[Medium]Place{"": {NotBuried: true}},
		ToggleSuffices: NotStated,
	}
	return []Rule{label}
}
