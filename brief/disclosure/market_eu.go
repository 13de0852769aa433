package disclosure

import (
	"time"

	"github.com/bylinehq/byline"
)

// rulesEU hold in every member; a member with labels of its own goes by those.
func rulesEU() []Rule {
	area := func(r Rule) Rule { r.Area = EU; return r }
	label := area(ruleOf("EU", "", undated(), "Directive 2005/29/EC, articles 6 and 7 and annex I point 11; guidance of 2021, section 4.2.6; 5 Key Principles",
		"5 Key Principles on Social Media Marketing Disclosures, scribd.com 799749590; osborneclarke.com; hbvl.be 2022-04-27, emerce.nl for Belgium", byline.Primary)).
		liable(Creator, Brand).reaches(Scope{Ties: benefits()}).
		says("advertising is disclosed prominently, at the start of each item, in a clear term in the language of the audience")
	label.Label = labelEU()
	deepfake := area(ruleOf("EU.deepfake", "", since(2026, time.August, 2), "Regulation (EU) 2024/1689, article 50(4), which Regulation (EU) 2026/1744 did not put off", "luxgap.com; licentium.io", byline.Secondary)).
		liable(Creator, Brand).reaches(Scope{Marks: []Mark{AIPerson}}).
		says("a deep fake is disclosed as generated or manipulated by a machine")
	deepfake.Notice = &NoticeDuty{Accepted: generated()}
	children := area(ruleOf("EU.children", "", undated(), "Directive 2005/29/EC, annex I point 28", notConfirmed, byline.Recalled)).
		liable(Creator, Brand).reaches(Scope{Minors: 18}).
		gate(Conditions, "it does not exhort children to buy, or to make their parents buy").
		says("advertising to children holds no direct exhortation to buy")
	return []Rule{label, deepfake, children}
}

// labelEU: the directive asks for a clear term and names none. Those of the markets that
// have a list are taken from there; the others are what the word for advertising is in the
// language, and nobody confirmed them.
func labelEU() *LabelDuty {
	return &LabelDuty{
		Open: true,
		Accepted: concat(
			words("da", "Reklame", "Annonce"), words("de", "Werbung", "Anzeige"), words("en", "#ad", "ad", "advertisement", "advertising"),
			words("es", "Publicidad"), words("fi", "Mainos"), words("fr", "Publicité", "Collaboration commerciale"), words("ga", "Fógra"),
			words("it", "Pubblicità"), words("nl", "Advertentie", "Betaalde promotie"), words("pl", "Reklama", "Materiał reklamowy"), words("sv", "Reklam", "Annons"),
			reported(words("nl", "Reclame", "Publiciteit")),
			recalled(concat(
				words("bg", "Реклама"), words("cs", "Reklama"), words("el", "Διαφήμιση"), words("et", "Reklaam"), words("hr", "Oglas", "Reklama"),
				words("hu", "Hirdetés", "Reklám"), words("lt", "Reklama"), words("lv", "Reklāma"), words("mt", "Riklam"),
				words("pt", "Publicidade"), words("ro", "Publicitate", "Reclamă"), words("sk", "Reklama"), words("sl", "Oglas", "Reklama"),
			)),
		),
		Place: map[Medium]Place{
			"":    {Start: true, BeforeFold: true, NotBuried: true},
			Frame: {EachFrame: true},
			Video: {Start: true, BeforeFold: true, NotBuried: true, StartOfVideo: true},
			Audio: {StartOfVideo: true},
			Live:  {Start: true, BeforeFold: true, NotBuried: true, StartOfVideo: true},
		},
		ToggleSuffices: NotEnough,
	}
}

// generated are words for what a machine made; the regulation names none.
func generated() []Label {
	return recalled(concat(
		words("en", "AI-generated", "AI generated", "generated with AI", "made with AI", "created with AI", "manipulated with AI", "deepfake", "deep fake"),
		words("da", "AI-genereret", "lavet med AI"),
		words("de", "KI-generiert", "mit KI erstellt", "mit KI erzeugt", "mit KI bearbeitet"),
		words("es", "generado con IA", "creado con IA", "generado por IA"),
		words("fi", "tekoälyllä tuotettu", "tekoälyllä luotu"),
		words("fr", "Images virtuelles", "généré par IA", "créé avec l'IA"),
		words("it", "generato con IA", "creato con IA", "generato dall'IA"),
		words("nl", "gemaakt met AI", "AI-gegenereerd", "gegenereerd met AI"),
		words("pl", "wygenerowano przez AI", "stworzone przez AI", "treść wygenerowana przez AI"),
		words("sv", "AI-genererad", "AI-genererat", "skapad med AI", "skapat med AI"),
	))
}
