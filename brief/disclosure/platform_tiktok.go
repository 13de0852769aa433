package disclosure

import "github.com/bylinehq/byline"

// rulesTikTok: the setting is asked for the creator's own brand too, and for a live.
func rulesTikTok() []Rule {
	const help = "support.tiktok.com: promoting a brand, product, or service; ads.tiktok.com/help: content disclosure setting for creators"
	setting := platformRule(byline.TikTok, "", "content disclosure setting", help, byline.Primary).
		says("posts and lives that promote an own or another's brand, be it by a mention or a recommendation, have the setting on")
	setting.Scope.Ties = benefits()
	setting.Toggle = &ToggleDuty{Name: "content disclosure setting"}
	// Gambling is in the Community Guidelines of 2024-05-17, the others in quotes of a former
	// text. The Branded Content Policy of July 2025 was not read.
	unconfirmed := func(category Category, says string) Rule {
		return platformRule(byline.TikTok, string(category), "Branded Content Policy", notConfirmed, byline.Recalled).
			on(category).says(says).gate(Ban, "")
	}
	return []Rule{
		setting,
		unconfirmed(Alcohol, "no branded content for alcohol"),
		unconfirmed(Gambling, "no marketing of gambling"),
		unconfirmed(Nicotine, "no branded content for tobacco and vapes"),
	}
}
