package disclosure

import "github.com/bylinehq/byline"

// rulesInstagram are Meta's policies on branded content, which hold on Facebook alike.
func rulesInstagram() []Rule {
	var all []Rule
	for _, p := range []byline.Platform{byline.Instagram, byline.Facebook} {
		all = append(all, rulesMeta(p)...)
	}
	return all
}

func rulesMeta(p byline.Platform) []Rule {
	const help, creators = "facebook.com/business/help/221149188908254; help.instagram.com: branded content", "creators.instagram.com 2022-04-19; facebook.com/business/help/221149188908254"
	tag := platformRule(p, "", "Branded Content Policies", help, byline.Primary).
		says("whatever features or is influenced by a business partner for an exchange of value carries the label and tags the partner")
	tag.Toggle = &ToggleDuty{Name: "paid partnership label"}
	return []Rule{
		tag,
		platformRule(p, "nicotine", "Branded Content Policies", help, byline.Primary).on(Nicotine).
			says("no branded content for tobacco, vapes and what simulates smoking").gate(Ban, ""),
		platformRule(p, "alcohol", "Branded Content Policies", creators, byline.Primary).on(Alcohol).
			says("branded content for alcohol is shown to adults only").gate(Conditions, "a minimum age of the audience is set, by country where it differs"),
		platformRule(p, "aesthetic_acts", "Branded Content Policies", creators, byline.Primary).on(Aesthetic).
			says("branded content for cosmetic procedures is restricted").gate(Conditions, "a minimum age of the audience is set"),
		platformRule(p, "finance", "Branded Content Policies", creators, byline.Primary).on(Finance).
			says("branded content for financial products is restricted, and none is allowed for payday loans").gate(Conditions, "it is no payday loan, and the audience is limited as the policy asks"),
		platformRule(p, "cfd", "Branded Content Policies", "get-notch.com", byline.Secondary).on(CFD).
			says("no branded content for binary options and contracts for difference").gate(Ban, ""),
		platformRule(p, "crypto", "Branded Content Policies", "get-notch.com", byline.Secondary).on(Crypto).
			says("no branded content for initial coin offerings").gate(Conditions, "it is no initial coin offering"),
		platformRule(p, "health", "Branded Content Policies", help, byline.Primary).on(Health, Medicine).
			says("no branded content for unsafe supplements and drugs").gate(Conditions, "it is no unsafe supplement and no drug"),
	}
}

// platformRule is a platform's own rule on what is published there with a partner behind
// it; what it is about is added to its id.
func platformRule(p byline.Platform, about, instrument, source string, c byline.Confidence) Rule {
	id := string(p)
	if about != "" {
		id += "." + about
	}
	return ruleOf(id, "", undated(), platformName(p)+": "+instrument, source, c).by(PlatformPolicy).liable(Creator, Brand).
		reaches(Scope{Platforms: []byline.Platform{p}, Ties: without(benefits(), OwnBrand)})
}

func platformName(p byline.Platform) string {
	switch p {
	case byline.Facebook:
		return "Facebook"
	case byline.Instagram:
		return "Instagram"
	case byline.LinkedIn:
		return "LinkedIn"
	case byline.TikTok:
		return "TikTok"
	case byline.Twitch:
		return "Twitch"
	case byline.YouTube:
		return "YouTube"
	}
	return string(p)
}
