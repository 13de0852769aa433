package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

// rulesTwitch: limits on the form of branded content that were announced on 2023-06-06 were
// withdrawn two days later, before they took effect, and have no record here. The day from
// which the tool is enforced comes from the same announcement; the duty outlived it. An
// affiliate link that answers a question in the chat needs no tool.
func rulesTwitch() []Rule {
	const source = "gamactica.com 2023-06-06; lindseygamble.com; eurogamer.net 2023-06-08"
	tool := platformRule(byline.Twitch, "", "branded content", source, byline.Secondary).
		says("placements, endorsements, sponsored play, unboxings and logos on the stream have the branded content disclosure tool on")
	tool.Effective = since(2023, time.July, 1)
	tool.Toggle = &ToggleDuty{Name: "branded content disclosure tool"}
	unconfirmed := func(category Category, says string) Rule {
		return platformRule(byline.Twitch, string(category), "branded content", notConfirmed, byline.Recalled).on(category).says(says)
	}
	return []Rule{
		tool,
		unconfirmed(Nicotine, "no branded content for tobacco and vapes").gate(Ban, ""),
		unconfirmed(Gambling, "branded content for gambling is limited").gate(Conditions, "it is none of the gambling sites that the platform forbids"),
	}
}
