package disclosure

import (
	"strings"
	"unicode/utf8"
)

// terms are words of many languages that say, or nearly say, that somebody paid for a post.
// They stand in no law: where a list is open, or names no word of the content's language,
// one of them is taken for an attempt at a label, and what it is worth is open. The list is
// ours, and can only make a warning of a missing label. They are written as they are folded.
const terms = "ad, advert, advertisement, advertising, advertorial, sponsored, paid ad, paid partnership, paid promotion, " +
	"paid collaboration, branded content, spon, adv, " +
	"werbung, anzeige, reklame, gesponsert, bezahlte partnerschaft, bezahlte werbepartnerschaft, bezahlte zusammenarbeit, " +
	"publicité, pub, annonce, sponsorisé, contenu sponsorisé, collaboration commerciale, partenariat rémunéré, partenariat commercial, " +
	"advertentie, reclame, publiciteit, gesponsord, betaalde promotie, betaalde samenwerking, betaald partnerschap, " +
	"pubblicità, sponsorizzato, contenuto sponsorizzato, inserzione, " +
	"publicidad, publi, anuncio, patrocinado, contenido patrocinado, contenido promocional, colaboración pagada, " +
	"publicidade, anúncio, parceria paga, publipost, " +
	"reklam, annons, sponsrat, betalt samarbete, annonssamarbete, " +
	"sponsoreret, betalt samarbejde, annonse, sponset, betalt samarbeid, " +
	"mainos, kaupallinen yhteistyö, maksettu yhteistyö, fógra, " +
	"reklama, materiał reklamowy, współpraca reklamowa, płatna współpraca, materiał sponsorowany, " +
	"реклама, διαφήμιση, reklaam, oglas, hirdetés, reklám, reklāma, riklam, publicitate, reclamă, commandité, sponsorlu, " +
	"広告, 宣伝, プロモーション, pr, 광고, 협찬, 广告, 廣告, إعلان, اعلان, विज्ञापन, प्रायोजित"

// addTerms looks for the terms, but for those that cannot be in any of the texts.
func (m *matcher) addTerms() {
	for text := range strings.SplitSeq(terms, ", ") {
		first, more, _ := strings.Cut(text, " ")
		met := m.e.met.words[first] || (more != "" && m.e.met.words[strings.ReplaceAll(text, " ", "")])
		if met || (m.e.met.unspaced && text[0] >= utf8.RuneSelf) {
			m.add([]Label{{Text: text}}, unlisted)
		}
	}
}

// opens reports whether words that are in none of the lists may do in a language of
// content: the list is open, or names no word that counts there.
func (d *LabelDuty) opens(language string) Known {
	if d.Open {
		return Yes
	}
	for _, l := range d.Accepted {
		if own := baseLanguage(l.Language); own == "" || own == language {
			return No
		}
	}
	if language == "" {
		return Unknown
	}
	return Yes
}
