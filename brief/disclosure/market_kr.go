package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

// rulesKR: until 2024-12-01 texts could carry the label at their end too, and wordings
// like "may receive a commission" were not yet named as unclear.
func rulesKR() []Rule {
	const (
		instrument = "KFTC guidelines on endorsements under the Fair Labeling and Advertising Act"
		source     = "hankyung.com 202006237331Y; kimchang.com 30242, 21983; bizguardian.kr 43739; news.sbs.co.kr N1008352539; cafe.daum.net: KFTC leaflet of 2020"
		says       = "an economic interest is disclosed near the endorsement, clearly, and in its language"
	)
	rule := func(effective byline.Window, label *LabelDuty) Rule {
		r := ruleOf("KR", "KR", effective, instrument, source, byline.Secondary).
			by(Guideline).liable(Brand, Creator).reaches(Scope{Ties: benefits()}).says(says)
		r.Label = label
		return r
	}
	changed := day(2024, time.December, 1)
	former, current := labelKR(), labelKR()
	former.Place[Text] = Place{BeforeFold: true}
	current.Rejected = concat(current.Rejected, words("ko", "소정의 수수료를 지급받을 수 있음", "수수료를 지급받을 수 있음"))
	return []Rule{
		rule(byline.Window{Start: day(2020, time.September, 1), End: changed}, former),
		rule(byline.Window{Start: changed}, current),
		virtualKR(),
	}
}

func labelKR() *LabelDuty {
	return &LabelDuty{
		Accepted: concat(words("ko", "광고", "협찬"), recalled(words("ko", "유료광고", "유료 광고", "유료 광고 포함"))),
		Rejected: concat(
			words("ko", "체험단", "이 글은 홍보성 글임", "일주일 동안 사용", "ad", "sponsor", "sponsored", "컬래버레이션", "파트너십"),
			words("", "Thanks to", "Collaboration", "Partnership"),
			words("ko", "광고 아님", "광고 아닙니다", "광고가 아닙니다", "협찬 아님", "협찬이 아닙니다", "내돈내산"),
		),
		Place: map[Medium]Place{
			"":    {BeforeFold: true},
			Text:  {Start: true, BeforeFold: true},
			Image: {InContent: true},
			Frame: {InContent: true},
			Video: {InContent: true, StartOfVideo: true, Repeated: true},
			Live:  {InContent: true, Repeated: true},
		},
		ToggleSuffices: NotStated,
	}
}

func virtualKR() Rule {
	virtual := ruleOf("KR.virtual", "KR", since(2026, time.June, 1), "KFTC guidelines on endorsements, as amended in 2026",
		"cheongchul.com; en.fnnews.com 2026-05-31; kimchang.com 34591; bkl.co.kr 6559; khan.co.kr", byline.Secondary).
		by(Guideline).liable(Brand, Creator).marked(AIPerson).
		says("a virtual person that endorses is named as one, in texts in the title or at the beginning, elsewhere near the person as long as it is seen")
	virtual.Notice = &NoticeDuty{
		Accepted: concat(
			words("ko", "가상인물 포함", "가상인물", "가상 인물"),
			recalled(words("en", "virtual person", "virtual human", "virtual character")),
		),
		Place: map[Medium]Place{
			Text:  {Start: true, BeforeFold: true},
			Image: {InContent: true},
			Frame: {InContent: true, EachFrame: true},
			Video: {InContent: true},
			Live:  {InContent: true},
		},
	}
	return virtual
}
