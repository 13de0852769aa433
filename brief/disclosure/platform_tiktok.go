package disclosure

import "github.com/bylinehq/byline"

// rulesTikTok: the setting is asked for the creator's own brand too, and for a live.
func rulesTikTok() []Rule {
	const help = "support.tiktok.com: promoting a brand, product, or service; ads.tiktok.com/help: content disclosure setting for creators"
	setting := platformRule(byline.TikTok, "", "content disclosure setting", help, byline.Primary).
		says("posts and lives that promote an own or another's brand have the setting on; the platform looks for incentives, mentions of brands and recommendations")
	setting.Scope.Ties = benefits()
	setting.Toggle = &ToggleDuty{Name: "content disclosure setting"}
	// The list was seen in an older text and in others' quotes only.
	unconfirmed := func(category Category, says string) Rule {
		return platformRule(byline.TikTok, string(category), "Branded Content Policy", "tiktok.com/community-guidelines of 2024-05-17; not confirmed in the text of 2025-07-01", byline.Recalled).
			on(category).says(says).gate(Ban, "")
	}
	return []Rule{
		setting,
		unconfirmed(Alcohol, "no branded content for alcohol"),
		unconfirmed(Gambling, "no marketing of gambling"),
		unconfirmed(Nicotine, "no branded content for tobacco and vapes"),
	}
}
