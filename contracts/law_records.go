package contracts

import (
	"slices"
	"time"

	"github.com/bylinehq/byline"
)

// Laws returns the built-in records: laws, policies of platforms, and for what no law
// asks the practice of the trade, as read on 2026-11-22. They are data to be checked by
// a lawyer of the market, not advice. The result is the caller's own.
//
// Ids are the check and the place, "C08.US-NY". Records of one id follow each other in
// time.
func Laws() []LawRule {
	return slices.Concat(practiceRules(), platformRules(), syntheticRules(), frenchRules(), freelanceRules(),
		disclosureRules(), registerRules(), minorRules(), frenchCategories(), otherCategories(), chineseCategories(), childrenAndImages())
}

// A record is written as a law of a market from a day on; the helpers below fill in
// what is the same in all.
func lawOf(id string, m byline.Market, effective byline.Window, instrument, source string, c byline.Confidence) LawRule {
	return LawRule{Check: id[:3], Rule: byline.Rule{
		ID: id, Market: m, Instrument: instrument, Effective: effective, Source: source, ReadAt: lawDay(2026, time.November, 22), Confidence: c,
	}}
}

func (r LawRule) says(what string) LawRule { r.Says = what; return r }

func (r LawRule) within(regions ...string) LawRule { r.Regions = regions; return r }

func lawDay(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func lawSince(y int, m time.Month, d int) byline.Window { return byline.Window{Start: lawDay(y, m, d)} }

// lawUndated is the window of what holds since a day that is not known.
func lawUndated() byline.Window { return byline.Window{} }

func practiceRules() []LawRule {
	rule := func(id, source string, c byline.Confidence, says string) LawRule {
		return lawOf(id, "", lawUndated(), "practice in creator agreements", source, c).says(says)
	}
	return []LawRule{
		rule("C01", "influencerfee.com: vague usage rights", byline.Secondary, "a right names its channels, its territory, its start and its end"),
		rule("C02", "trycreatorpilot.com: perpetual rights", byline.Secondary, "a right without an end is priced, and both know it"),
		rule("C04", "not confirmed", byline.Recalled, "edits and uses by machines are mentioned, or they are forbidden"),
		rule("C05", "trycreatorpilot.com: competitor undefined", byline.Secondary, "exclusivity names what, where, from when until when, and its price"),
		rule("C06", "contentcreators.com: category exclusivity", byline.Secondary, "no promise forbids the work under another agreement"),
		rule("C09", "business-in-a-box.com D12851: net 30; trycreatorpilot.com: net 60 and more", byline.Secondary, "30 days are usual and 60 are a warning sign"),
		lawOf("C09.EU", "", lawSince(2013, time.March, 16), "Directive 2011/7/EU", "not confirmed", byline.Recalled).
			across(EU).says("30 days are the default and 60 the most, unless it is agreed and fair"),
		rule("C10", "trycreatorpilot.com: kill fee", byline.Secondary, "a kill fee covers signing, production and delivery"),
		rule("C11", "influencermarketinghub.com 217980; business-in-a-box.com D12851", byline.Secondary, "the rounds of changes, the days for an answer and the meaning of silence are agreed"),
		rule("C12", "not confirmed", byline.Recalled, "a morals clause is mutual and defined, and takes back no pay for delivered work"),
		rule("C14", "isba.org.uk: template contracts", byline.Primary, "followers are warranted to be genuine, and that can be audited"),
		rule("C15", "business-in-a-box.com D12851; influencers-time.com: hybrid pay", byline.Secondary, "a commission says its base, tiers, currency, cap, returns and statements"),
		rule("C18", "theteamcompanies.com, manatt.com: SAG-AFTRA influencer agreement", byline.Secondary, "content stays on the creator's and the advertiser's own site, social accounts and YouTube"),
	}
}

func (r LawRule) across(area Region) LawRule { r.Area = area; return r }

func platformRules() []LawRule {
	return []LawRule{
		lawOf("C03.spark_ad", "", lawUndated(), "TikTok: Spark Ads authorisation", "ads.tiktok.com, support.tiktok.com", byline.Primary).
			says("an authorisation lasts 7, 30, 60 or 365 days, and the ad stops when it ends"),
		lawOf("C03.partnership_ad", "", lawUndated(), "Meta: partnership ads", "help.instagram.com: partnership ads", byline.Primary).
			says("the creator permits it for the post or the account, and may revoke it at any time"),
	}
}

// syntheticRules: the New York statute speaks of performers who are nobody in particular,
// so a replica of the creator is at most near it: conditional.
func syntheticRules() []LawRule {
	virtual := lawOf("C04.KR", "KR", lawSince(2026, time.June, 1), "review guidelines on endorsements", "cheongchul.com, khan.co.kr", byline.Secondary).
		says("a virtual person in an endorsement is labelled")
	performer := lawOf("C04.US-NY", "US", lawSince(2026, time.June, 9), "New York General Business Law § 396-b", "dwt.com 2026-01, mondaq.com", byline.Secondary).
		says("a synthetic performer in an advertisement is disclosed conspicuously")
	code := lawOf("C04.ES", "ES", lawSince(2025, time.October, 1), "code of Autocontrol, aea and IAB", "cuatrecasas.com, audiovisual451.com", byline.Secondary).
		says("the code covers what a machine made")
	notHuman := lawOf("C04.IN", "IN", lawUndated(), "ASCI guidelines", "ascionline.in; telecomtalk.info", byline.Secondary).
		says("a virtual influencer says that it is not human")
	virtual.Effect, performer.Effect, code.Effect, notHuman.Effect = Conditional, Conditional, Conditional, Conditional
	return []LawRule{
		virtual, performer, code, notHuman,
		lawOf("C04.FR", "FR", lawSince(2023, time.June, 11), "loi 2023-451, art. 5", "livv.eu, lettredesreseaux.com", byline.Secondary).
			says("a face or a figure that a machine made is marked as a virtual image"),
		lawOf("C04.EU", "", lawSince(2026, time.August, 2), "Regulation (EU) 2024/1689, art. 50(4)", "luxgap.com, licentium.io", byline.Secondary).
			across(EU).says("a deep fake is disclosed as generated or manipulated"),
		lawOf("C04.US-CA", "US", lawSince(2025, time.January, 1), "California AB 2602", "not confirmed", byline.Recalled).
			within("US-CA").says("a digital replica needs a reasonably specific description of its uses"),
	}
}

func frenchRules() []LawRule {
	contract := lawOf("C07.FR", "FR", lawSince(2026, time.January, 1), "loi 2023-451, art. 8, and décret 2025-1137",
		"ddg.fr, joffeassocies.com, Union des marques", byline.Secondary).
		says("from EUR 1,000 without VAT of one advertiser, objective and calendar year on, the agreement is written and has five mandatory parts, or it is void")
	contract.Threshold = byline.Minor(100_000, byline.EUR)
	representative := lawOf("C07.FR.representative", "FR", lawSince(2023, time.June, 11), "loi 2023-451, art. 9", "bfmtv.com; clydeco.com 2023-06", byline.Secondary).
		says("a creator who is not established in the EU, the EEA or Switzerland names a legal representative in the EU")
	representative.Permit = PermitRepresentative
	insurance := lawOf("C07.FR.insurance", "FR", lawSince(2023, time.June, 11), "loi 2023-451, art. 9", "bfmtv.com; clydeco.com 2023-06", byline.Secondary).
		says("a creator who is not established in the EU, the EEA or Switzerland has liability insurance with an insurer in the EU")
	insurance.Permit = PermitInsurance
	return []LawRule{contract, representative, insurance}
}

func freelanceRules() []LawRule {
	const says = "a freelance worker's agreement is written, names both with their addresses, itemises services and their value, and says when pay is due"
	state := func(region string, effective byline.Window, instrument, source string, dollars int64) LawRule {
		rule := lawOf("C08."+region, "US", effective, instrument, source, byline.Secondary).within(region).says(says)
		rule.Threshold, rule.Days = byline.Minor(100*dollars, byline.USD), 120
		return rule
	}
	illinois := state("US-IL", lawSince(2024, time.July, 1), "Illinois 820 ILCS 193", "ilga.gov; nfib.com; renozahm.com 2023-11", 500)
	illinois.PayWithin = 30
	return []LawRule{
		// A note of the 4A's says 250; the statute says 800.
		state("US-NY", lawSince(2024, time.August, 28), "New York General Business Law, art. 44-A", "aaaa.org; bsk.com 2024-08-28", 800),
		state("US-CA", lawSince(2025, time.January, 1), "California SB 988", "albritefinancial.com; natlawreview.com", 250),
		illinois,
	}
}

func disclosureRules() []LawRule {
	const says = "the advertiser binds the creator to disclose, watches, and acts on what is wrong"
	return []LawRule{
		lawOf("C13.US", "US", lawSince(2023, time.July, 26), "16 CFR 255", "law.cornell.edu/cfr/text/16/255.5; ftc.gov BUS71", byline.Primary).says(says),
		lawOf("C13.GB", "GB", lawSince(2025, time.September, 3), "CMA guidance under the DMCC Act 2024", "gov.uk: social media endorsements", byline.Primary).says(says),
		lawOf("C13.NL", "NL", lawUndated(), "Reclamecode Social Media & Influencer Marketing", "reclamecode.nl; vmt.nl; thuiswinkel.org", byline.Secondary).says(says),
		lawOf("C13.FI", "FI", lawUndated(), "guideline of the consumer ombudsman", "kkv.fi: guideline on influencers", byline.Secondary).says(says),
		lawOf("C13", "", lawUndated(), "practice in creator agreements", "isba.org.uk: template contracts", byline.Primary).says(says),
	}
}

func registerRules() []LawRule {
	needs := func(rule LawRule, kind PermitKind, says string) LawRule {
		rule.Permit, rule.Says = kind, says
		return rule
	}
	return []LawRule{
		needs(lawOf("C16.AE", "AE", lawSince(2026, time.February, 1), "Federal Media Law 55 of 2023, advertiser permit", "gulfnews.com 1.500427938", byline.Secondary),
			PermitAdvertiser, "whoever advertises from within the country holds a permit, and companies check it"),
		needs(lawOf("C16.IT", "IT", lawSince(2025, time.July, 23), "AGCOM 197/25/CONS", "dgrs.it, punto-informatico.it", byline.Secondary),
			PermitRegister, "from 500,000 followers or a million mean monthly views on, the creator is in the register"),
		needs(lawOf("C16.ES", "ES", lawUndated(), "usuarios de especial relevancia", "cuatrecasas.com, audiovisual451.com", byline.Secondary),
			PermitRegister, "from EUR 300,000 of income, a million followers (two million in all) and 24 videos a year on, the creator is in the register"),
		needs(lawOf("C16.NL", "NL", lawSince(2025, time.June, 16), "Mediawet", "tweakers.net, ddma.nl", byline.Secondary),
			PermitRegister, "from 24 videos in 12 months on, a creator with a benefit from them is registered"),
	}
}

func minorRules() []LawRule {
	under := func(age int, kind PermitKind, rule LawRule) LawRule {
		rule.Under, rule.Permit = age, kind
		return rule
	}
	recalled := func(id string, m byline.Market, effective byline.Window, instrument string) LawRule {
		return lawOf(id, m, effective, instrument, "not confirmed", byline.Recalled)
	}
	const aside = "a part of a child's earnings is set aside"
	return []LawRule{
		under(18, "", recalled("C17", "", lawUndated(), "contract law in general").says("who is under age is bound through a guardian")),
		under(16, PermitChildWork, recalled("C17.FR.work", "FR", lawSince(2021, time.April, 20), "loi 2020-1266").says("work of a child under 16 is authorised beforehand")),
		under(16, PermitEarningsAside, recalled("C17.FR.earnings", "FR", lawSince(2021, time.April, 20), "loi 2020-1266").says(aside)),
		under(18, PermitEarningsAside, recalled("C17.US-CA", "US", lawSince(2025, time.January, 1), "California SB 764 and AB 1880").within("US-CA").says(aside)),
		under(16, PermitEarningsAside, recalled("C17.US-IL", "US", lawSince(2024, time.July, 1), "Illinois SB 1782").within("US-IL").says(aside)),
		under(18, PermitEarningsAside, recalled("C17.US-MN", "US", lawSince(2025, time.July, 1), "Minnesota HF 3488").within("US-MN").says(aside)),
		under(18, PermitEarningsAside, recalled("C17.earnings", "", lawUndated(), "practice in creator agreements").says(aside)),
	}
}

func frenchCategories() []LawRule {
	rule := func(category string, effect Effect, says string) LawRule {
		r := lawOf("C19.FR."+category, "FR", lawSince(2023, time.June, 11), "loi 2023-451, art. 4", "senat.fr tas22-123; tf1info.fr", byline.Secondary)
		r.Category, r.Effect, r.Says = category, effect, says
		return r
	}
	evin := rule(RegulatedAlcohol, Conditional, "the Evin law limits advertising for alcohol")
	evin.Instrument, evin.Effective = "loi Evin", lawUndated()
	return []LawRule{
		evin,
		rule(RegulatedAesthetic, Banned, "no promotion of aesthetic acts with a health risk (CSP L.1151-2) and cosmetic surgery (L.6322-1)"),
		rule(RegulatedSubstitutes, Banned, "no promotion of leaving off or replacing a treatment"),
		rule(RegulatedNicotine, Banned, "no promotion of products with nicotine"),
		rule(RegulatedWildlife, Banned, "no wild animals but those of the permitted list"),
		rule(RegulatedCFD, Banned, "no promotion of contracts for difference, binary options and the like (CMF L.533-12-7)"),
		rule(RegulatedCrypto, Conditional, "services around digital assets only for advertisers who are registered or authorised"),
		rule(RegulatedTips, Banned, "no promotion of subscriptions to sports predictions"),
		rule(RegulatedGambling, Conditional, "gambling only on platforms that can exclude who is under 18"),
		rule(RegulatedTraining, Conditional, "training says how it is funded and what one commits to"),
	}
}

func otherCategories() []LawRule {
	rule := func(m byline.Market, category string, effect Effect, source string, c byline.Confidence) LawRule {
		r := lawOf("C19."+string(m)+"."+category, m, lawUndated(), "advertising law for this category", source, c)
		r.Category, r.Effect, r.Says = category, effect, "advertising for this is limited to conditions"
		if effect == Banned {
			r.Says = "advertising for this is forbidden"
		}
		return r
	}
	food := rule("GB", RegulatedFatSugar, Banned, "knightsplc.com, wiggin.eu", byline.Secondary)
	food.Instrument, food.Effective = "less healthy food in paid online advertising", lawSince(2026, time.January, 5)
	food.Says = "no paid online advertising, gifted posts too, for identifiable products; smaller businesses are exempt, and so is advertising for the brand alone"
	treatment := rule("IN", RegulatedTreatment, Conditional, "ascionline.in; telecomtalk.info", byline.Secondary)
	treatment.Effective, treatment.Says = lawSince(2023, time.January, 20), "creators on health disclose their qualification"
	finance := rule("IN", RegulatedFinance, Conditional, "ascionline.in; telecomtalk.info", byline.Secondary)
	finance.Effective, finance.Says = lawSince(2023, time.January, 20), "creators on finance disclose their registration"
	const de, it, es = "haufe.de, mekomat.de", "dgrs.it, punto-informatico.it", "cuatrecasas.com, audiovisual451.com"
	return []LawRule{
		food,
		rule("GB", RegulatedFinance, Conditional, "freshfields.com 2024-10: FSMA s.21, FG24/1", byline.Secondary),
		rule("GB", RegulatedCrypto, Conditional, "freshfields.com 2024-10: FSMA s.21, FG24/1", byline.Secondary),
		rule("GB", RegulatedMedicine, Banned, "not confirmed", byline.Recalled),
		rule("GB", RegulatedNicotine, Banned, "not confirmed", byline.Recalled),
		rule("DE", RegulatedNicotine, Banned, de, byline.Secondary),
		rule("DE", RegulatedMedicine, Banned, de, byline.Secondary),
		rule("DE", RegulatedGambling, Conditional, de, byline.Secondary),
		rule("IT", RegulatedNicotine, Conditional, it, byline.Secondary),
		rule("IT", RegulatedAlcohol, Conditional, it, byline.Secondary),
		rule("IT", RegulatedGambling, Conditional, it, byline.Secondary),
		rule("IT", RegulatedMedicine, Banned, it, byline.Secondary),
		rule("ES", RegulatedNicotine, Banned, es, byline.Secondary),
		rule("ES", RegulatedAlcohol, Conditional, es, byline.Secondary),
		rule("ES", RegulatedGambling, Conditional, es, byline.Secondary),
		rule("ES", RegulatedMedicine, Conditional, es, byline.Secondary),
		rule("DK", RegulatedAlcohol, Conditional, "bt.dk, plesner.com", byline.Secondary),
		rule("BR", RegulatedGambling, Conditional, "tozzinifreire.com.br, portalpublicitario.com.br", byline.Secondary),
		rule("MX", RegulatedMedicine, Conditional, "lexlatin.com, eherreraya.com", byline.Secondary),
		treatment, finance,
		rule("NL", RegulatedTreatment, Banned, "vmt.nl, thuiswinkel.org", byline.Secondary),
		rule("IN", RegulatedGambling, Banned, "not confirmed", byline.Recalled),
		rule("AE", RegulatedAlcohol, Banned, "not confirmed", byline.Recalled),
	}
}

// chineseCategories: the measures of 2023 forbid tobacco and prescriptions online; the day
// of the rest is not known.
func chineseCategories() []LawRule {
	rule := func(category string, effect Effect, effective byline.Window, says string) LawRule {
		r := lawOf("C19.CN."+category, "CN", effective, "Internet Advertising Measures and Advertising Law", "texts quoted by the regulators of Xining and Guangzhou", byline.Secondary)
		r.Category, r.Effect, r.Says = category, effect, says
		return r
	}
	measures := lawSince(2023, time.May, 1)
	return []LawRule{
		rule(RegulatedNicotine, Banned, measures, "no advertising for tobacco, e-cigarettes too"),
		rule(RegulatedMedicine, Banned, measures, "no advertising for prescription medicine"),
		rule(RegulatedTreatment, Conditional, measures, "what is told as knowledge on health carries no link to a shop on the same page"),
		rule(RegulatedGambling, Banned, lawUndated(), "no advertising for gambling"),
		rule(RegulatedAlcohol, Conditional, lawUndated(), "not in media for minors"),
		rule(RegulatedAesthetic, Conditional, lawUndated(), "not aimed at minors"),
	}
}

func childrenAndImages() []LawRule {
	rule := func(m byline.Market, category, instrument, source string, effective byline.Window, says string) LawRule {
		r := lawOf("C19."+string(m)+"."+category, m, effective, instrument, source, byline.Secondary)
		r.Category, r.Effect, r.Says = category, Conditional, says
		return r
	}
	children := func(m byline.Market, instrument, source string, effective byline.Window, says string) LawRule {
		return rule(m, RegulatedChildren, instrument, source, effective, says)
	}
	agcom, code := lawSince(2025, time.July, 23), lawSince(2025, time.October, 1)
	retouch := rule("NO", RegulatedRetouch, "Marketing Control Act", "forbrukertilsynet.no: guidance of 2025-04-29", lawSince(2022, time.July, 1), "a retouched body carries the standard mark")
	retouch.Confidence = byline.Primary
	return []LawRule{
		retouch,
		rule("FR", RegulatedRetouch, "loi 2023-451, art. 5", "livv.eu, lettredesreseaux.com", lawSince(2023, time.June, 11), "a retouched image is marked as one"),
		rule("IT", RegulatedRetouch, "AGCOM 197/25/CONS", "dgrs.it, punto-informatico.it", agcom, "filters are disclosed"),
		children("US", "FTC staff paper, September 2023", "ftc.gov; kelleydrye.com", lawUndated(), "labels seldom work for the young: simple words, just when they are needed"),
		children("IT", "AGCOM 197/25/CONS", "dgrs.it, punto-informatico.it", agcom, "minors are protected"),
		children("ES", "code of Autocontrol, aea and IAB", "cuatrecasas.com, audiovisual451.com", code, "minors are protected"),
		children("IN", "ASCI guidelines", "ascionline.in; telecomtalk.info", lawUndated(), "advertising to children has conditions"),
		children("CN", "Internet Advertising Measures and Advertising Law", "texts quoted by the regulators of Xining and Guangzhou", lawSince(2023, time.May, 1), "media for minors carry no advertising for several goods"),
		children("CA", "Ad Standards guidelines, October 2025", "mondaq.com, marks-clerk.com", lawUndated(), "labels for children are in words that they understand"),
		children("BR", "CONAR guide", "tozzinifreire.com.br, portalpublicitario.com.br", lawSince(2026, time.June, 1), "stricter where the audience is young"),
		children("DK", "Marketing Practices Act and the ombudsman's guidance", "bt.dk, plesner.com", lawUndated(), "no direct exhortation, and no child under 15 in advertising"),
	}
}
