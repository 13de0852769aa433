package disclosure_test

import (
	"time"

	"github.com/bylinehq/byline"
	d "github.com/bylinehq/byline/brief/disclosure"
)

func standIn(id string, m byline.Market) d.Rule {
	return d.Rule{Force: d.Law, Says: "it is advertising, and says so", Rule: byline.Rule{
		ID: id, Market: m, Instrument: "stand-in for tests", Source: "research of 2026-11-22", Confidence: byline.Secondary,
	}}
}

func labels(language string, texts ...string) []d.Label {
	list := make([]d.Label, len(texts))
	for i, text := range texts {
		list[i] = d.Label{Text: text, Language: language}
	}
	return list
}

// labelIn asks for one of the words first in the text.
func labelIn(m byline.Market, ok, bad []d.Label) d.Rule {
	r := standIn(string(m), m)
	r.Label = &d.LabelDuty{
		Accepted: ok, Rejected: bad, ToggleSuffices: d.Conditional, Place: map[d.Medium]d.Place{"": {Start: true, BeforeFold: true}},
	}
	return r
}

// standIns are the least of the markets that have no built-in rules yet.
func standIns() []d.Rule {
	ie := labelIn("IE", labels("", "#Ad", "#Fógra"), labels("", "#Gifted", "#sponsored"))
	ie.Label.ByTie = []d.TieLabels{{Ties: []d.Tie{d.GiftUnsolicited}, Accepted: labels("", "#Gifted"), Uncontrolled: true}}
	de := labelIn("DE", labels("de", "Anzeige", "Werbung"), labels("de", "unbezahlte Werbung", "keine Werbung"))
	de.Label.Risky = labels("", "#ad")
	it := labelIn("IT", append(labels("it", "#Pubblicità"), d.Label{Text: "#adv", Companion: true}), nil)
	it.Label.Place = map[d.Medium]d.Place{"": {MaxHashtags: 3, BeforeFold: true}}
	jp := labelIn("JP", labels("ja", "広告", "宣伝", "プロモーション", "PR"), nil)
	jp.Label.Place = map[d.Medium]d.Place{"": {NotBuried: true}}
	in := labelIn("IN", labels("", "Advertisement", "Ad"), nil)
	in.Label.ToggleSuffices, in.Label.Place = d.Enough, map[d.Medium]d.Place{"": {BeforeFold: true}, d.Video: {InContent: true}}
	in.Time = &d.TimeDuty{Media: []d.Medium{d.Video}, Bands: []d.TimeBand{
		{UpTo: 15 * time.Second, AtLeast: 3 * time.Second}, {UpTo: 2*time.Minute - 1, Part: 1. / 3}, {Promoted: true},
	}}
	return append(standInsOfOtherDuties(), ie, de, it, jp, in,
		labelIn("GB", labels("", "Ad", "#ad", "Advert"), labels("", "sponsored", "sponsored by", "affiliate", "gifted")),
		labelIn("FR", labels("fr", "Publicité", "Collaboration commerciale"), nil),
		labelIn("ES", labels("es", "publicidad", "publi"), labels("es", "Ad", "Gracias a {brand}")),
		labelIn("SE", labels("sv", "Reklam", "Reklam för {brand}", "betalt samarbete med"), labels("sv", "samarbete")),
		labelIn("DK", labels("da", "Reklame", "Annonce"), labels("da", "ad", "spons")),
		labelIn("NO", labels("no", "reklame", "annonse"), labels("no", "produktplassering")),
		labelIn("KR", labels("ko", "광고", "협찬"), labels("ko", "체험단", "sponsor")),
		labelIn("BR", labels("pt", "#publicidade", "#publi"), nil),
	)
}

func standInsOfOtherDuties() []d.Rule {
	virtual := standIn("FR.virtual", "FR")
	virtual.Scope = d.Scope{Marks: []d.Mark{d.Virtual, d.AIPerson}}
	virtual.Notice = &d.NoticeDuty{Accepted: labels("fr", "Images virtuelles")}
	tips := standIn("FR.sports_tips", "FR")
	tips.Scope, tips.Gate = d.Scope{Categories: []d.Category{d.Tips}}, &d.GateDuty{Effect: d.Ban}
	person := standIn("KR.virtual", "KR")
	person.Effective.Start = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	person.Scope = d.Scope{Marks: []d.Mark{d.AIPerson}}
	person.Notice = &d.NoticeDuty{Accepted: labels("ko", "가상인물 포함")}
	food := standIn("GB.hfss_food", "GB")
	food.Effective.Start = time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	food.Scope, food.Gate = d.Scope{Categories: []d.Category{d.HFSS}, StaffMin: 250}, &d.GateDuty{Effect: d.Ban}
	permit := standIn("AE", "AE")
	permit.Effective.Start = time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)
	permit.Permit = &d.PermitDuty{Name: "advertiser permit", Visible: true}
	return []d.Rule{virtual, tips, person, food, permit}
}
