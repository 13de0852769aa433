package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

const sourceCN = "texts quoted by the regulators of Xining (2023-04-20) and Guangzhou"

// rulesCN: the measures ask for the word where knowledge, experience or a review comes
// with a way to buy. That all advertising is to be recognisable is only recalled.
func rulesCN() []Rule {
	label := &LabelDuty{
		Accepted:       words("zh", "广告", "廣告"),
		Rejected:       words("zh", "不是广告", "非广告", "无广告", "不是廣告", "非廣告"),
		Place:          map[Medium]Place{"": {NotBuried: true}},
		ToggleSuffices: NotStated,
	}
	linked := ruleOf("CN", "CN", since(2023, time.May, 1), "Internet Advertising Measures, art. 9", sourceCN, byline.Secondary).
		liable(Creator, Brand).reaches(Scope{Ties: benefits(), Marks: []Mark{ShopLink}}).
		says("knowledge, experience or a review with a link to buy is marked conspicuously, and who sells live answers as an advertiser")
	linked.Label = label
	identifiable := ruleOf("CN.identifiable", "CN", undated(), "Advertising Law, art. 14", notConfirmed, byline.Recalled).
		liable(Creator, Brand).reaches(Scope{Ties: benefits()}).says("advertising is recognisable as such")
	identifiable.Label = label
	generated := ruleOf("CN.generated", "CN", since(2025, time.September, 1), "measures on labelling generated content", notConfirmed, byline.Recalled).
		liable(Creator, PlatformSelf).marked(AIPerson, Virtual).says("what a machine generated is labelled")
	generated.Notice = &NoticeDuty{Accepted: recalled(concat(words("zh", "AI生成", "人工智能生成", "AI合成", "由AI生成"), words("en", "AI-generated")))}
	return append([]Rule{linked, identifiable, generated}, gatesCN()...)
}

func gatesCN() []Rule {
	const measures, law = "Internet Advertising Measures", "Advertising Law"
	rule := func(id, instrument string, effective byline.Window, says string) Rule {
		return ruleOf("CN."+id, "CN", effective, instrument, sourceCN, byline.Secondary).liable(Brand, Creator).says(says)
	}
	started := since(2023, time.May, 1)
	knowledge := rule("health", measures, started, "what is told as knowledge on health has no way to buy on the same page, and no health goods are advertised in its guise").
		on(Health, Medicine, Therapy).marked(ShopLink).gate(Conditions, "the content does not pass for knowledge on health")
	minors := rule("minors", measures, started, "media for minors carry no advertising for medicine, health food, alcohol, cosmetics and beauty").
		on(Medicine, Health, Alcohol, Aesthetic).gate(Ban, "")
	minors.Scope.Minors = 18
	return []Rule{
		rule("nicotine", measures, started, "no advertising for tobacco, e-cigarettes too").on(Nicotine).gate(Ban, ""),
		rule("medicine", measures, started, "no advertising for prescription medicine").on(Medicine).gate(Ban, ""),
		knowledge, minors,
		rule("gambling", law, undated(), "no advertising for gambling").on(Gambling, Tips).gate(Ban, ""),
		rule("alcohol", law, undated(), "not in media for minors").on(Alcohol).gate(Conditions, "it is not in media for minors"),
		rule("aesthetic_acts", law, undated(), "not aimed at minors").on(Aesthetic).gate(Conditions, "it is not aimed at minors"),
		rule("children", law, undated(), "advertising with children has conditions").marked(Children).gate(Conditions, "the conditions for children in advertising are met"),
		credentialsCN(),
	}
}

// credentialsCN: the press tells of October 2025, but a like rule for live hosts is older.
func credentialsCN() Rule {
	r := unconfirmed("CN", "rules on licensed professions online", "who speaks on finance, medicine or law shows a qualification", Finance, Crypto, CFD, Health, Medicine, Therapy).
		gate(Credentials, "a qualification is shown")
	r.ID, r.Effective = "CN.credentials", since(2025, time.October, 25)
	return r
}
