package disclosure

import "github.com/bylinehq/byline"

// rulesLinkedIn: the policy asks for a notice and prescribes no words, so that other
// languages' words, which are our own choice, are marked as recalled. A label of the
// platform's own is only recalled as well, and nothing asks for it.
func rulesLinkedIn() []Rule {
	const policy = "Professional Community Policies, as quoted in disinfocode.eu: Microsoft-LinkedIn report"
	notice := platformRule(byline.LinkedIn, "", "Professional Community Policies", policy, byline.Primary).
		says("who endorses for a benefit, family ties too, says so in a clear and conspicuous notice")
	notice.Label = &LabelDuty{
		Open: true,
		Accepted: concat(
			words("", "#SponsoredPost", "#{brand}Employee", "#ad"),
			words("en", "ad", "advertisement", "sponsored", "paid partnership", "paid partnership with {brand}"),
			recalled(words("de", "Anzeige", "Werbung")),
			recalled(words("fr", "Publicité", "Collaboration commerciale")),
			recalled(words("es", "Publicidad")), recalled(words("it", "Pubblicità")), recalled(words("pt", "Publicidade")),
			recalled(words("nl", "Advertentie", "Betaalde samenwerking")), recalled(words("pl", "Reklama")),
			recalled(words("sv", "Reklam", "Annons")), recalled(words("no", "Reklame", "Annonse")), recalled(words("da", "Reklame", "Annonce")), recalled(words("fi", "Mainos")),
			recalled(words("ja", "広告", "PR")), recalled(words("ko", "광고", "협찬")), recalled(words("zh", "广告")), recalled(words("ar", "إعلان")), recalled(words("hi", "विज्ञापन")),
		),
		Rejected:       words("en", "not an ad", "not sponsored", "#notanad", "#notsponsored"),
		Place:          map[Medium]Place{"": {NotBuried: true}},
		ToggleSuffices: NotStated,
	}
	synthetic := platformRule(byline.LinkedIn, "synthetic", "Professional Community Policies", policy, byline.Primary).marked(AIPerson).
		says("media that show a person saying or doing what they did not are disclosed as altered")
	synthetic.Scope.Ties = nil
	synthetic.Notice = &NoticeDuty{Accepted: recalled(words("", "AI-generated", "AI generated", "created with AI", "synthetic", "digitally altered", "manipulated"))}
	return []Rule{notice, synthetic}
}
