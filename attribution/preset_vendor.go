package attribution

import (
	"slices"

	"github.com/bylinehq/byline"
)

// For how long vendors let a click count unless told otherwise, in days.
const (
	// https://dub.co/docs/concepts/attribution, read 2026-11-22.
	dubCookieDays = 90
	// https://helpdesk.everflow.io/en/articles/6120824, read 2026-11-22.
	everflowCookieDays = 90
	// https://support.refersion.com/en/articles/1064022, read 2026-11-22 in one version
	// that says 30 and one that says 90.
	refersionCookieDays = 30
	// help.impact.com, "Referral Window Explained", read 2026-11-22: each contract has its
	// own. Contracts that are public mostly say 30.
	impactContractDays = 30
	// No address of Shopify's own says it; shops that use Collabs tell their creators 30.
	collabsCookieDays = 30
)

// oneCodeAlone is the limit of presets of products that credit one partner and do not
// say which of several codes that is.
const oneCodeAlone = "Of several creators' codes one is credited, and where it was read it is not said which; here it is the one that took off most."

func impactPresets() []Preset {
	limits := []string{
		"Each contract has its own referral window: set Offer.WindowDays of a creator whose window is not 30 days.",
		"Partners without a credit group are preferred there and standard here; only the order of the groups matters, so set all of them or none. As there, groups come before codes.",
		"A sale that another partner brought with a code of this one is invalid there and pays nobody; here the click is credited.",
		"Codes by regular expression are not matched, and the policy of credit is one for all codes; there it is set code by code.",
		oneCodeAlone,
	}
	preset := func(name, credit string, needs Confirmation) Preset {
		return Preset{
			Name: name, Mimics: "impact.com, tracking promo codes with the credit policy " + credit + ", last click otherwise",
			Source:     "https://help.impact.com/en/support/solutions/articles/155000000279-create-a-promo-code, read 2026-11-22",
			Confidence: byline.Primary, Limits: slices.Clone(limits),
			Policy: Policy{
				ClickWindowDays: impactContractDays,
				Rules: presetRules(
					Rule{Evidence: []EvidenceKind{ByCode}, Needs: needs, Pick: LargestDiscount},
					Rule{Evidence: []EvidenceKind{ByClick}},
				),
			},
		}
	}
	always := preset("impact-always", "Always credit", NeedsNothing)
	always.Limits = append([]string{"Clicks of a partner whose code is always credited are not recorded there; here they are, and corroborate."}, limits...)
	return []Preset{
		always,
		preset("impact-if-involved", "Credit if involved", NeedsClick),
		preset("impact-if-winner", "Credit if winner", NeedsWinningClick),
	}
}

func vendorPresets() []Preset {
	return []Preset{refersionPreset(), everflowPreset(), redtrackPreset(), dubPreset(), collabsPreset()}
}

func refersionPreset() Preset {
	return Preset{
		Name: "refersion", Mimics: "Refersion: the last link wins by default, a conversion by code beside it is unqualified, and one affiliate gets all",
		Source:     "https://support.refersion.com/en/articles/9518940 and 9312111, read 2026-11-22",
		Confidence: byline.Primary,
		Limits: []string{
			"The documentation was read with cookie days of 30 and of 90 by default; here they are 30, and each offer can have its own, as there.",
			"Affiliates tied to a customer's e-mail address or to a product are not mimicked.",
			oneCodeAlone,
		},
		Policy: Policy{
			ClickWindowDays: refersionCookieDays,
			Rules: presetRules(
				Rule{Evidence: []EvidenceKind{ByClick}},
				Rule{Evidence: []EvidenceKind{ByCode}, Pick: LargestDiscount},
			),
		},
	}
}

func everflowPreset() Preset {
	return Preset{
		Name: "everflow", Mimics: "Everflow with its defaults: attribution priority Click, last touch, a coupon code where there was no click",
		Source:     "https://helpdesk.everflow.io/customer/everflows-conversion-attribution-priority and https://helpdesk.everflow.io/en/articles/6120824, read 2026-11-22",
		Confidence: byline.Primary,
		Limits: []string{
			"An impression competes with clicks there; here views are recorded and not paid.",
			"Fingerprints, e-mail addresses and clickless conversions by partner id are no evidence here.",
			"For the attribution priority Coupon Code put the rule for codes before that for clicks.",
			oneCodeAlone,
		},
		Policy: Policy{
			ClickWindowDays: everflowCookieDays,
			Rules: presetRules(
				Rule{Evidence: []EvidenceKind{ByClick}},
				Rule{Evidence: []EvidenceKind{ByCode}, Pick: LargestDiscount},
			),
		},
	}
}

func redtrackPreset() Preset {
	return Preset{
		Name: "redtrack", Mimics: "RedTrack's partner portal: a coupon overrides any click",
		Source:     "https://help.redtrack.io/doc-tag/coupon/, read 2026-11-22",
		Confidence: byline.Primary,
		Limits: []string{
			"A click counts for ever there unless click expiration is switched on; here it counts 30 days.",
			oneCodeAlone,
		},
		Policy: Policy{
			Rules: presetRules(
				Rule{Evidence: []EvidenceKind{ByCode}, Pick: LargestDiscount},
				Rule{Evidence: []EvidenceKind{ByClick}},
			),
		},
	}
}

func dubPreset() Preset {
	return Preset{
		Name: "dub", Mimics: "dub with Shopify: the partner of a known customer, else the newest discount code, else the last click",
		Source: "https://dub.co/docs/concepts/attribution and github.com/dubinc/dub, apps/web/app/(ee)/api/shopify/integration/webhook/orders-paid.ts " +
			"at commit 07311f592c8e, read 2026-11-22",
		Confidence: byline.Primary,
		Limits: []string{
			"A customer whom dub knows without a partner earns nobody anything there, code or not; here the code or the click is credited.",
			"A binding lasts there from the first sale for as long as the reward does, for ever by default, and nobody else is paid for that customer afterwards either. Here it lasts 365 days from any order that the partner was credited for, so that each order renews it, and then the code or the click is credited.",
			"A guest is a new customer with every order there; here a guest is known by the caller's keys.",
			"The newest code is the one whose offer started last; there it is the one whose record was made last, and the code may be disabled.",
			"With Stripe only the first discount of a checkout is looked at there.",
		},
		Policy: Policy{
			ClickWindowDays: dubCookieDays,
			Rules: presetRules(
				Rule{Evidence: []EvidenceKind{ByBinding}, Pick: PickFirst},
				Rule{Evidence: []EvidenceKind{ByCode}, Pick: PickNewest},
				Rule{Evidence: []EvidenceKind{ByClick}},
			),
		},
	}
}

func collabsPreset() Preset {
	return Preset{
		Name: "shopify-collabs", Mimics: "Shopify Collabs: the creator whose code was used, else whose affiliate link was followed",
		Source:     "https://help.shopify.com/en/manual/promoting-marketing/collabs/creators/payments, read 2026-11-22",
		Confidence: byline.Recalled,
		Limits: []string{
			"Shopify says that purchases by link or by code may earn, and not which of two creators wins or for how long a link counts; that the code wins and a link counts 30 days is assumed.",
			"Higher commissions for new customers are a matter of the agreement and not of the policy.",
			oneCodeAlone,
		},
		Policy: Policy{
			ClickWindowDays: collabsCookieDays,
			Rules: presetRules(
				Rule{Evidence: []EvidenceKind{ByCode}, Pick: LargestDiscount},
				Rule{Evidence: []EvidenceKind{ByClick}},
			),
		},
	}
}
