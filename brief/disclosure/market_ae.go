package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

// rulesAE: the permit is needed for unpaid favours too, from within the country; who
// advertises what is their own needs none. The market's own id is the permit's, since all that is known of a label is
// recalled.
func rulesAE() []Rule {
	permit := ruleOf("AE", "AE", since(2026, time.February, 1), "Federal Decree-Law 55 of 2023 and Cabinet Resolution 42 of 2025: advertiser permit",
		"uaemc.gov.ae: advertiser permit; gulfnews.com 1.500427938, 1.500278441; thenationalnews.com 2025-07-30", byline.Secondary).
		liable(Creator, Brand).reaches(Scope{Ties: without(benefits(), OwnBrand)}).
		says("whoever advertises from within the country, for pay or not, is an adult with a permit and shows its number on the account, and companies check that")
	permit.Permit = &PermitDuty{Name: "advertiser permit", Visible: true}
	label := ruleOf("AE.identified", "AE", undated(), "Federal Decree-Law 55 of 2023", notConfirmed, byline.Recalled).
		liable(Creator, Brand).reaches(Scope{Ties: benefits()}).says("advertising is clearly identified as such")
	label.Label = &LabelDuty{
		Accepted:       recalled(concat(words("ar", "إعلان", "اعلان", "#إعلان"), words("en", "#ad", "ad", "advertisement", "sponsored"))),
		ToggleSuffices: NotStated,
	}
	return []Rule{
		permit, label,
		unconfirmed("AE", "health and media law", "no advertising for tobacco or vapes", Nicotine).gate(Ban, ""),
		unconfirmed("AE", "media law", "no advertising for alcohol", Alcohol).gate(Ban, ""),
	}
}
