package disclosure

import "github.com/bylinehq/byline"

// rulesYouTube: the box makes the platform show its own words at the start of the video,
// in words for children where it is made for them. The creator's and the brand's duties
// under the law stay theirs.
func rulesYouTube() []Rule {
	const help = "support.google.com/youtube/answer/154235, 10588440"
	box := platformRule(byline.YouTube, "", "paid product placements, sponsorships and endorsements", help, byline.Primary).
		says("the paid promotion box is ticked for product placements, sponsorships, endorsements and other relationships behind a video")
	box.Scope.Media = []Medium{Video, Live}
	box.Toggle = &ToggleDuty{Name: "paid promotion box"}
	return []Rule{
		box,
		platformRule(byline.YouTube, "medicine", "paid product placements, sponsorships and endorsements", help, byline.Primary).on(Medicine).
			says("no paid promotion of pharmaceuticals without a prescription").gate(Conditions, "what is promoted sells prescription drugs on prescription only"),
		platformRule(byline.YouTube, "gambling", "paid product placements, sponsorships and endorsements", help, byline.Primary).on(Gambling).
			says("no paid promotion of online gambling that the platform has not reviewed").gate(Conditions, "Google or YouTube reviewed the gambling site"),
	}
}
