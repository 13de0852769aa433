package attribution

import "github.com/bylinehq/byline"

// ga4LookBackDays is the default for all conversions but the first visit and the first
// opening of an app, for which it is 30
// (https://support.google.com/analytics/answer/10597962, read 2026-11-22).
const ga4LookBackDays = 90

// creditPolicies is where first and last click are defined in a vendor's own words.
const creditPolicies = "https://help.impact.com/en/support/solutions/articles/155000000146-credit-policies-overview, read 2026-11-22"

func analyticsPresets() []Preset {
	const noCodes = "A code is no evidence: whoever hears it and types it in without a click earns its creator nothing."
	return []Preset{
		{
			Name: "ga4-last-non-direct", Mimics: "Google Analytics 4, paid and organic last click: the last visit that is not direct, of whatever channel",
			Source: "https://support.google.com/analytics/answer/10597962, read 2026-11-22", Confidence: byline.Primary,
			Limits: []string{
				noCodes,
				"Visits of other channels have to be recorded as touches too, with their UTM values; without them their orders look like the creators'.",
				"The look-back for first visits and first openings of an app is 30 days there; here it is 90 for all kinds of order.",
				"Engaged views of videos and the data-driven model are not mimicked.",
			},
			Policy: Policy{
				ClickWindowDays: ga4LookBackDays,
				Rules:           presetRules(Rule{Evidence: visits(), AllChannels: true}),
			},
		},
		{
			Name: "first-click", Mimics: "the first click or visit of a creator's, whatever came after it",
			Source: creditPolicies, Confidence: byline.Primary, Limits: []string{noCodes},
			Policy: Policy{Rules: presetRules(Rule{Evidence: visits(), Pick: PickFirst})},
		},
		{
			Name: "last-click", Mimics: "the last click or visit of a creator's, whatever came before it",
			Source: creditPolicies, Confidence: byline.Primary, Limits: []string{noCodes},
			Policy: Policy{Rules: presetRules(Rule{Evidence: visits()})},
		},
	}
}
