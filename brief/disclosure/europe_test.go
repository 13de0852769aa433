package disclosure_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bylinehq/byline"
	d "github.com/bylinehq/byline/brief/disclosure"
)

// unasked is the status of an answer that is not there: the rule does not reach the post.
const unasked = d.Status("")

// dayVector is one post on one day, and what one answer says of it.
type dayVector struct {
	name     string
	language string
	caption  string
	edit     edit
	answer   string // its id
	want     d.Status
}

func ties(of ...d.Tie) edit { return func(p *d.Post) { p.Ties = of } }

func sayOf(control d.Known) edit { return func(p *d.Post) { p.Control = control } }

func checked(answer string, is d.Known) edit {
	return func(p *d.Post) { p.Checks = map[string]d.Known{answer: is} }
}

func minors(age int) edit { return func(p *d.Post) { p.Minors = map[int]d.Known{age: d.Yes} } }

func marked(m d.Mark) edit { return func(p *d.Post) { p.Marks = map[d.Mark]d.Known{m: d.Yes} } }

func following(n int) edit { return func(p *d.Post) { p.Followers = &n } }

func cutAt(n int) edit { return func(p *d.Post) { p.Texts[0].Shown = n } }

func beside(passages ...d.Passage) edit {
	return func(p *d.Post) { p.Texts = append(p.Texts, passages...) }
}

// story has a text on the first of two frames.
func story(text string) edit {
	return func(p *d.Post) {
		p.Medium, p.Frames, p.Texts = d.Frame, 2, []d.Passage{{Where: d.Overlay, Text: text, Frame: 1}}
	}
}

func reel(p *d.Post) { p.Medium, p.Length = d.Video, time.Minute }

func european() map[byline.Market][]dayVector {
	return map[byline.Market][]dayVector{
		"GB": british(), "AT": austrian(), "PT": portuguese(), "DE": german(), "FR": french(), "IT": italian(), "ES": spanish(),
		"NL": dutch(), "IE": irish(), "NO": norwegian(), "DK": danish(), "SE": swedish(), "FI": finnish(), "PL": polish(),
	}
}

func british() []dayVector {
	return []dayVector{
		{"a gift that nobody asked for", "en", "Look what came", gifted(d.No), "GB.label", d.Violation},
		{"gifted", "en", "#gifted Look what came", gifted(d.No), "GB.label", d.Violation},
		{"a gift with the label", "en", "#ad Look what came", gifted(d.No), "GB.label", d.NoKnownIssue},
		{"an own brand", "en", "My new cream is out", ties(d.OwnBrand), "GB.label", d.Violation},
		{"the platform's label alone", "en", "My morning", toggleOn, "GB.label", d.Risk},
		{"a denial", "en", "Not an ad, I just love it", nil, "GB.label", d.Violation},
		{"a code is no label", "en", "20% off with ADA20", ties(d.Affiliate), "GB.label", d.Violation},
		{"behind the cut", "en", strings.Repeat("so many words ", 20) + "Ad", cutAt(125), "GB.label", d.Violation},
		{"the second frame has none", "en", "", story("Ad"), "GB.label", d.Violation},
		{"the guide of 2023", "en", "Advert: this cream", on(2023, time.March, 23), "GB.label", d.NoKnownIssue},
		{"before the guide of 2023", "en", "This cream", on(2023, time.March, 22), "GB.label", unasked},
		{"the last day of the former guidance", "en", "#collab This cream", on(2025, time.September, 2), "GB.label", d.Violation},
		{"food, gifted", "en", "Ad: this bar", with(category(d.HFSS), gifted(d.No)), "GB.hfss_food.gate", d.Violation},
		{"food of an own brand", "en", "Ad: my bar", with(category(d.HFSS), ties(d.OwnBrand)), "GB.hfss_food.gate", unasked},
		{"food in a podcast", "en", "", with(category(d.HFSS), medium(d.Audio, time.Minute)), "GB.hfss_food.gate", unasked},
		{"food, 249 employees", "en", "Ad: this bar", with(category(d.HFSS), staff(249)), "GB.hfss_food.gate", unasked},
		{"finance that nobody checked", "en", "Ad: this fund", category(d.Finance), "GB.finance.gate", d.CannotDetermine},
		{"finance that was not approved", "en", "Ad: this fund", with(category(d.Finance), checked("GB.finance.gate", d.No)), "GB.finance.gate", d.Violation},
		{"finance that was approved", "en", "Ad: this fund", with(category(d.Finance), checked("GB.finance.gate", d.Yes)), "GB.finance.gate", d.NoKnownIssue},
		{"alcohol is recalled", "en", "Ad: this gin", with(category(d.Alcohol), checked("GB.alcohol.gate", d.No)), "GB.alcohol.gate", d.Risk},
		{"vapes are recalled", "en", "Ad: this vape", category(d.Nicotine), "GB.nicotine.gate", d.Risk},
	}
}

func austrian() []dayVector {
	return []dayVector{
		{"a clear word", "de", "Werbung | Heute zeige ich euch was", nil, "EU.label", d.NoKnownIssue},
		{"a foreign word", "de", "#ad Heute zeige ich euch was", nil, "EU.label", d.Risk},
		{"at the end", "de", "Heute zeige ich euch was. Anzeige", nil, "EU.label", d.Violation},
		{"in the bio", "de", "Heute zeige ich euch was", beside(d.Passage{Where: d.Bio, Text: "Werbung"}), "EU.label", d.Violation},
		{"the platform's label alone", "de", "Heute zeige ich euch was", toggleOn, "EU.label", d.Risk},
		{"an affiliate link", "de", "Heute zeige ich euch was", ties(d.Affiliate), "EU.label", d.Violation},
		{"one frame of two", "de", "", story("Werbung"), "EU.label", d.Violation},
		{"a deep fake, the day before", "de", "Werbung", with(aiPerson, on(2026, time.August, 1)), "EU.deepfake.notice", unasked},
		{"a deep fake", "de", "Werbung", with(aiPerson, on(2026, time.August, 2)), "EU.deepfake.notice", d.Risk},
		{"a deep fake that is told", "de", "Werbung, KI-generiert", with(aiPerson, on(2026, time.August, 2)), "EU.deepfake.notice", d.NoKnownIssue},
		{"no person in it", "de", "Werbung", marked(d.Virtual), "EU.deepfake.notice", unasked},
		{"children, and nobody checked", "de", "Werbung", minors(13), "EU.children.gate", d.CannotDetermine},
		{"an exhortation is recalled", "de", "Werbung", with(minors(13), checked("EU.children.gate", d.No)), "EU.children.gate", d.Risk},
		{"no children", "de", "Werbung", nil, "EU.children.gate", unasked},
	}
}

func portuguese() []dayVector {
	return []dayVector{
		{"a word that is not confirmed", "pt", "Publicidade: creme novo", nil, "EU.label", d.NoKnownIssue},
		{"no word", "pt", "Creme novo", nil, "EU.label", d.Violation},
		{"English content", "en", "Ad: a new cream", nil, "EU.label", d.NoKnownIssue},
	}
}

func german() []dayVector {
	spoken := d.Passage{Where: d.Spoken, Text: "Anzeige. Heute zeige ich euch was", Span: d.Span{To: 4 * time.Second}}
	return []dayVector{
		{"the day before", "de", "Heute zeige ich euch was", on(2022, time.May, 27), "DE.label", unasked},
		{"the day before, by the law of the Union", "de", "Heute zeige ich euch was", on(2022, time.May, 27), "EU.label", d.Violation},
		{"the day itself", "de", "Heute zeige ich euch was", on(2022, time.May, 28), "DE.label", d.Violation},
		{"the law of the Union gives way", "de", "Heute zeige ich euch was", nil, "EU.label", unasked},
		{"partnership", "de", "Bezahlte Werbepartnerschaft mit Acme: Heute", nil, "DE.label", d.NoKnownIssue},
		{"powered by", "de", "Powered by Acme: Heute", nil, "DE.label", d.Risk},
		{"unpaid", "de", "Unbezahlte Werbung | Heute", nil, "DE.label", d.Violation},
		{"paid", "de", "Bezahlte Werbung | Heute", nil, "DE.label", d.NoKnownIssue},
		{"in English content", "en", "Sponsored | Today", nil, "DE.label", d.Risk},
		{"nothing in English content", "en", "I saw an ad today", nil, "DE.label", d.Violation},
		{"a denial", "de", "Keine Werbung, nur Liebe", nil, "DE.label", d.Violation},
		{"presented by", "de", "Präsentiert von Acme: Heute", nil, "DE.label", d.Violation},
		{"at the end", "de", "Heute zeige ich euch was. Werbung", nil, "DE.label", d.Violation},
		{"a gift", "de", "Das kam heute an", gifted(d.No), "DE.label", d.Violation},
		{"the platform's label alone", "de", "Heute zeige ich euch was", toggleOn, "DE.label", d.Risk},
		{"one frame of two", "de", "", story("Anzeige"), "DE.label", d.Violation},
		{"beside a video only", "de", "Werbung | Heute", reel, "DE.label", d.Violation},
		{"announced in a video", "de", "Heute", with(reel, beside(spoken)), "DE.label", d.NoKnownIssue},
		{"prescription medicine", "de", "Werbung", category(d.Medicine), "DE.medicine.gate", d.Violation},
		{"gambling that nobody checked", "de", "Werbung", category(d.Gambling), "DE.gambling.gate", d.CannotDetermine},
		{"before and after is recalled", "de", "Werbung", category(d.Aesthetic), "DE.aesthetic_acts.gate", d.Risk},
	}
}

func french() []dayVector {
	before, after := on(2024, time.November, 6), on(2024, time.November, 7)
	short := with(reel, beside(overlay("Publicité", 0, 5*time.Second)))
	long := with(reel, beside(overlay("Publicité", 0, time.Minute)))
	made := beside(overlay("Image générée par IA", 0, 0))
	return []dayVector{
		{"the day before the law", "fr", "Ma matinée", on(2023, time.June, 10), "FR.label", unasked},
		{"the first day of the law", "fr", "Ma matinée", on(2023, time.June, 11), "FR.label", d.Violation},
		{"an equivalent, before", "fr", "Ma matinée", with(before, beside(overlay("Sponsorisé par Acme", 0, 0))), "FR.label", d.Violation},
		{"an equivalent, after", "fr", "Sponsorisé par Acme", after, "FR.label", d.Risk},
		{"beside the picture, before", "fr", "Publicité", before, "FR.label", d.Violation},
		{"beside the picture, after", "fr", "Publicité", after, "FR.label", d.NoKnownIssue},
		{"five seconds of a minute, before", "fr", "", with(before, short), "FR.time", d.Violation},
		{"all along, before", "fr", "", with(before, long), "FR.time", d.NoKnownIssue},
		{"five seconds of a minute, after", "fr", "", with(after, short), "FR.time", unasked},
		{"a made face, before", "fr", "Publicité", with(before, aiPerson, made), "FR.virtual.notice", d.Violation},
		{"a made face, after", "fr", "Publicité", with(after, aiPerson, made), "FR.virtual.notice", d.NoKnownIssue},
		{"a made landscape", "fr", "Publicité", marked(d.Virtual), "FR.virtual.notice", unasked},
		{"a retouched body", "fr", "Publicité", marked(d.Retouched), "FR.retouched.notice", d.Violation},
		{"a retouched body that is told", "fr", "Publicité. Images retouchées", marked(d.Retouched), "FR.retouched.notice", d.NoKnownIssue},
		{"a word in a sentence is no label", "fr", "Notre collaboration, notre partenariat", nil, "FR.label", d.Violation},
		{"an English word is recalled", "fr", "#ad Ma matinée", nil, "FR.label", d.Risk},
		{"the platform's label alone", "fr", "Ma matinée", toggleOn, "FR.label", d.Risk},
		{"a gift", "fr", "Reçu ce matin", gifted(d.No), "FR.label", d.Violation},
		{"contracts for difference", "fr", "Publicité", category(d.CFD), "FR.cfd.gate", d.Violation},
		{"crypto that nobody checked", "fr", "Publicité", category(d.Crypto), "FR.crypto.gate", d.CannotDetermine},
		{"a child is recalled", "fr", "Publicité", with(marked(d.Children), checked("FR.children.gate", d.No)), "FR.children.gate", d.Risk},
	}
}

func italian() []dayVector {
	unlisted := checked("IT.register.permit", d.No)
	return []dayVector{
		{"an everyday word", "it", "Sono andata ad Acme ieri", nil, "IT.label", d.Violation},
		{"behind three hashtags", "it", "Che crema #sole #mare #estate #adv #acme", nil, "IT.label", d.Violation},
		{"the third hashtag", "it", "Che crema #sole #mare #pubblicità", nil, "IT.label", d.NoKnownIssue},
		{"sponsored by the brand", "it", "Sponsorizzato da Acme", nil, "IT.label", d.NoKnownIssue},
		{"sponsored by nobody", "it", "Sponsorizzato da amici", nil, "IT.label", d.Violation},
		{"the chart of 2018", "it", "#ad #acme Che crema", on(2024, time.October, 29), "IT.label", d.NoKnownIssue},
		{"a gift", "it", "Prodotto inviato da Acme", gifted(d.No), "IT.label", d.NoKnownIssue},
		{"a gift with a script", "it", "Prodotto inviato da Acme", gifted(d.Yes), "IT.label", d.Violation},
		{"an invitation", "it", "Invitata da Acme", with(ties(d.Event), sayOf(d.No)), "IT.label", d.NoKnownIssue},
		{"the words of a gift for money", "it", "Prodotto inviato da Acme", sayOf(d.No), "IT.label", d.Violation},
		{"the platform's label alone", "it", "Che crema", toggleOn, "IT.label", d.Risk},
		{"a link without its name", "it", "#pubblicità Che crema", ties(d.Affiliate), "IT.affiliate.notice", d.Violation},
		{"a link with its name", "it", "#pubblicità Che crema, link affiliato Acme", ties(d.Affiliate), "IT.affiliate.notice", d.NoKnownIssue},
		{"the last day to register", "it", "#pubblicità", with(following(500_000), unlisted, on(2026, time.February, 4)), "IT.register.permit", unasked},
		{"not registered", "it", "#pubblicità", with(following(500_000), unlisted, on(2026, time.February, 5)), "IT.register.permit", d.Violation},
		{"below the threshold", "it", "#pubblicità", with(following(499_999), unlisted), "IT.register.permit", unasked},
		{"a filter of a relevant creator", "it", "#pubblicità", with(following(600_000), marked(d.Retouched)), "IT.retouched.notice", d.Risk},
		{"prescription medicine", "it", "#pubblicità", category(d.Medicine), "IT.medicine.gate", d.Violation},
		{"finance is recalled", "it", "#pubblicità", with(category(d.Finance), checked("IT.finance.gate", d.No)), "IT.finance.gate", d.Risk},
	}
}

func spanish() []dayVector {
	code := on(2025, time.October, 1)
	unlisted := with(following(1_000_000), checked("ES.register.permit", d.No))
	return []dayVector{
		{"an English word before the code", "es", "Ad: nueva crema", on(2025, time.September, 30), "EU.label", d.Risk},
		{"before the code", "es", "Ad: nueva crema", on(2025, time.September, 30), "ES.label", unasked},
		{"an English word by the code", "es", "Ad: nueva crema", code, "ES.label", d.Violation},
		{"English content", "en", "Ad: a new cream", nil, "ES.label", d.Risk},
		{"no word", "es", "Nueva crema", nil, "ES.label", d.Violation},
		{"the platform's words", "es", "Colaboración pagada con Acme", nil, "ES.label", d.NoKnownIssue},
		{"the platform's label alone", "es", "Nueva crema", toggleOn, "ES.label", d.Risk},
		{"a made person", "es", "Publicidad", with(aiPerson, code), "ES.ai.notice", d.Risk},
		{"a made person before the code", "es", "Publicidad", with(aiPerson, on(2025, time.September, 30)), "ES.ai.notice", unasked},
		{"the register, the day before", "es", "Publicidad", with(unlisted, on(2024, time.May, 1)), "ES.register.permit", unasked},
		{"the register", "es", "Publicidad", with(unlisted, on(2024, time.May, 2)), "ES.register.permit", d.Violation},
		{"vapes", "es", "Publicidad", category(d.Nicotine), "ES.nicotine.gate", d.CannotDetermine},
		{"vapes, forbidden to this creator", "es", "Publicidad", with(category(d.Nicotine), checked("ES.nicotine.gate", d.No)), "ES.nicotine.gate", d.Violation},
	}
}

func dutch() []dayVector {
	unlisted := with(reel, checked("NL.register.permit", d.No))
	return []dayVector{
		{"an example of the code", "nl", "#spon Nieuwe crème", nil, "NL.label", d.NoKnownIssue},
		{"an example in English content", "en", "#ad A new cream", nil, "NL.label", d.NoKnownIssue},
		{"a clear word that is not an example", "nl", "Reclame: nieuwe crème", nil, "NL.label", d.NoKnownIssue},
		{"paid promotion", "nl", "Betaalde promotie: nieuwe crème", nil, "NL.label", d.NoKnownIssue},
		{"not at the start", "nl", "Nieuwe crème #ad", nil, "NL.label", d.Violation},
		{"no word", "nl", "Nieuwe crème", nil, "NL.label", d.Violation},
		{"the platform's label alone", "nl", "Nieuwe crème", toggleOn, "NL.label", d.Risk},
		{"sent in hope", "nl", "Gekregen van Acme", gifted(d.No), "NL.label", d.NoKnownIssue},
		{"the words of a gift for money", "nl", "Gekregen van Acme", nil, "NL.label", d.Violation},
		{"a small amount", "nl", "Ik krijg een klein bedrag als je via mijn link koopt", ties(d.Affiliate), "NL.label", d.NoKnownIssue},
		{"few followers, the day before", "nl", "#ad", with(unlisted, on(2025, time.June, 15)), "NL.register.permit", unasked},
		{"few followers", "nl", "#ad", with(unlisted, on(2025, time.June, 16)), "NL.register.permit", d.Violation},
		{"many followers, before", "nl", "#ad", with(unlisted, following(500_000), on(2025, time.June, 15)), "NL.register.permit", d.Violation},
		{"many followers, before the first policy", "nl", "#ad", with(unlisted, following(500_000), on(2022, time.June, 30)), "NL.register.permit", unasked},
		{"a picture", "nl", "#ad", checked("NL.register.permit", d.No), "NL.register.permit", unasked},
		{"medical treatments", "nl", "#ad", category(d.Therapy), "NL.medical_treatment.gate", d.Violation},
	}
}

func irish() []dayVector {
	return []dayVector{
		{"before the guidance", "en", "Look at this", on(2023, time.October, 26), "IE.label", unasked},
		{"the first day of the guidance", "en", "Look at this", on(2023, time.October, 27), "IE.label", d.Violation},
		{"Irish", "ga", "#Fógra uachtar nua", nil, "IE.label", d.NoKnownIssue},
		{"Irish in English content", "en", "#Fógra a new cream", nil, "IE.label", d.Risk},
		{"own brand", "en", "#OwnBrand my cream", ties(d.OwnBrand), "IE.label", d.Violation},
		{"own brand besides", "en", "#Ad #OwnBrand my cream", ties(d.OwnBrand), "IE.label", d.NoKnownIssue},
		{"works with", "en", "#IWorkWithAcme again", nil, "IE.label", d.Violation},
		{"gifted for money", "en", "#Gifted this cream", sayOf(d.No), "IE.label", d.Violation},
		{"gifted, and who decided is not known", "en", "#Gifted this cream", gifted(d.Unknown), "IE.label", d.CannotDetermine},
		{"without the hashtag", "en", "Ad | this cream", nil, "IE.label", d.Risk},
		{"spoken", "en", "", with(medium(d.Video, time.Minute), texts(d.Passage{Where: d.Spoken, Text: "Ad: hello", Span: d.Span{To: time.Second}})), "IE.label", d.NoKnownIssue},
		{"not at the beginning", "en", "This cream #ad", nil, "IE.label", d.Violation},
		{"the platform's label alone", "en", "This cream", toggleOn, "IE.label", d.Risk},
	}
}

func norwegian() []dayVector {
	return []dayVector{
		{"the day before the guidance", "no", "Annonse: ny krem", on(2025, time.April, 28), "NO.label", d.NoKnownIssue},
		{"the guidance", "nb", "Annonse: ny krem", on(2025, time.April, 29), "NO.label", d.NoKnownIssue},
		{"behind the text", "no", "Ny krem. Reklame", nil, "NO.label", d.Violation},
		{"working together is less than the word", "no", "I samarbeid med Acme", nil, "NO.label", d.Violation},
		{"no word", "no", "Ny krem", nil, "NO.label", d.Violation},
		{"the platform's label alone", "no", "Ny krem", toggleOn, "NO.label", d.Risk},
		{"a gift", "no", "Denne kom i posten", gifted(d.No), "NO.label", d.Violation},
		{"a retouched body, the day before", "no", "Reklame", with(marked(d.Retouched), on(2022, time.June, 30)), "NO.retouched.notice", unasked},
		{"a retouched body", "no", "Reklame", with(marked(d.Retouched), on(2022, time.July, 1)), "NO.retouched.notice", d.Violation},
		{"told beside the picture", "no", "Reklame. Retusjert reklame", marked(d.Retouched), "NO.retouched.notice", d.Violation},
		{"the mark", "no", "Reklame", with(marked(d.Retouched), beside(overlay("Retusjert reklame", 0, 0))), "NO.retouched.notice", d.NoKnownIssue},
		{"food for the young, the day before", "no", "Reklame", with(category(d.HFSS), minors(15), on(2025, time.October, 24)), "NO.hfss_food.gate", unasked},
		{"food for the young", "no", "Reklame", with(category(d.HFSS), minors(15), on(2025, time.October, 25)), "NO.hfss_food.gate", d.Violation},
		{"food for adults", "no", "Reklame", category(d.HFSS), "NO.hfss_food.gate", unasked},
		{"the law of the Union is not asked", "no", "Ny krem", nil, "EU.label", unasked},
	}
}

func danish() []dayVector {
	return []dayVector{
		{"the other word", "da", "Annonce: ny creme", nil, "DK.label", d.NoKnownIssue},
		{"among hashtags", "da", "Ny creme #sol #sommer #hud #reklame", nil, "DK.label", d.Risk},
		{"a denial", "da", "Ikke reklame, bare glad", nil, "DK.label", d.Violation},
		{"English content", "en", "Ad: a new cream", nil, "DK.label", d.Risk},
		{"one frame of two", "da", "", story("Annonce"), "DK.label", d.Violation},
		{"the platform's label alone", "da", "Ny creme", toggleOn, "DK.label", d.Risk},
		{"alcohol for the young", "da", "Reklame", with(category(d.Alcohol), minors(18)), "DK.alcohol.gate", d.Violation},
		{"alcohol for adults", "da", "Reklame", category(d.Alcohol), "DK.alcohol.gate", unasked},
		{"cosmetic acts for the young, the day before", "da", "Reklame", with(category(d.Aesthetic), minors(18), on(2021, time.December, 31)), "DK.aesthetic_acts.gate", unasked},
		{"cosmetic acts for the young", "da", "Reklame", with(category(d.Aesthetic), minors(18), on(2022, time.January, 1)), "DK.aesthetic_acts.gate", d.Violation},
		{"a child in it", "da", "Reklame", marked(d.Children), "DK.children.gate", d.CannotDetermine},
		{"a child under 15 in it", "da", "Reklame", with(marked(d.Children), checked("DK.children.gate", d.No)), "DK.children.gate", d.Violation},
	}
}

func swedish() []dayVector {
	return []dayVector{
		{"annons", "sv", "Annons: ny kräm", nil, "SE.label", d.NoKnownIssue},
		{"paid work", "sv", "Betalt samarbete med Acme", nil, "SE.label", d.NoKnownIssue},
		{"ambassador", "sv", "Ambassadör för Acme", nil, "SE.label", d.Violation},
		{"an English hashtag", "sv", "#ad Ny kräm", nil, "SE.label", d.Violation},
		{"behind the text", "sv", "Ny kräm. Reklam för Acme", nil, "SE.label", d.Violation},
		{"a denial", "sv", "Ej reklam, bara glad", nil, "SE.label", d.Violation},
		{"English content", "en", "Reklam: a new cream", nil, "SE.label", d.Risk},
		{"an affiliate link", "sv", "Länk i bio", ties(d.Affiliate), "SE.label", d.Violation},
		{"the platform's label alone", "sv", "Ny kräm", toggleOn, "SE.label", d.Risk},
		{"one frame of two", "sv", "", story("Reklam"), "SE.label", d.Violation},
	}
}

func finnish() []dayVector {
	return []dayVector{
		{"with the brand", "fi", "Mainos Acme: uusi voide", nil, "FI.label", d.NoKnownIssue},
		{"without the brand", "fi", "Mainos: uusi voide", nil, "FI.label", d.Violation},
		{"Swedish", "sv", "Reklam Acme: ny kräm", nil, "FI.label", d.NoKnownIssue},
		{"a gift without an agreement", "fi", "Mainos / Saatu Acme", gifted(d.No), "FI.label", d.NoKnownIssue},
		{"a gift, in Swedish", "sv", "Reklam / Mottagen av Acme", gifted(d.No), "FI.label", d.NoKnownIssue},
		{"a gift, as it was", "fi", "Saatu tuote Acme", gifted(d.No), "FI.label", d.Violation},
		{"an invitation", "fi", "Mainos / Kutsuvierastilaisuus Acme", ties(d.Event), "FI.label", d.NoKnownIssue},
		{"working together is recalled", "fi", "Kaupallinen yhteistyö Acme", nil, "FI.label", d.Violation},
		{"words beside a video", "fi", "Mainos Acme: uusi voide", medium(d.Video, time.Minute), "FI.time", d.NoKnownIssue},
		{"words on a video for a while", "fi", "", with(medium(d.Video, time.Minute), texts(overlay("Mainos Acme", 0, 5*time.Second))), "FI.time", d.Violation},
		{"words on a video all along", "fi", "", with(medium(d.Video, time.Minute), texts(overlay("Mainos Acme", 0, time.Minute))), "FI.time", d.NoKnownIssue},
		{"not at the start", "fi", "Uusi voide. Mainos Acme", nil, "FI.label", d.Violation},
		{"the platform's label alone", "fi", "Uusi voide", toggleOn, "FI.label", d.Risk},
		{"the board is only told of", "fi", "Uusi voide", nil, "FI.board.label", unasked},
	}
}

func polish() []dayVector {
	return []dayVector{
		{"the words alone", "pl", "#reklama nowy krem", nil, "PL.label", d.NoKnownIssue},
		{"the words alone, for the other level", "pl", "#reklama nowy krem", nil, "PL.tool.toggle", d.Violation},
		{"both levels", "pl", "#reklama nowy krem", toggleOn, "PL.tool.toggle", d.NoKnownIssue},
		{"the platform's label alone", "pl", "Nowy krem", toggleOn, "PL.label", d.Violation},
		{"a joined phrase", "pl", "#materiałreklamowy nowy krem", nil, "PL.label", d.NoKnownIssue},
		{"working together", "pl", "#współpraca nowy krem", nil, "PL.label", d.Risk},
		{"working together, in a sentence", "pl", "Nasza współpraca trwa", nil, "PL.label", d.Violation},
		{"an English hashtag is recalled", "pl", "#ad nowy krem", nil, "PL.label", d.Violation},
		{"an English hashtag in English", "en", "#ad new cream", nil, "PL.label", d.Risk},
		{"an own brand", "pl", "[AUTOPROMOCJA] mój krem", ties(d.OwnBrand), "PL.label", d.NoKnownIssue},
		{"the words of an own brand for money", "pl", "[AUTOPROMOCJA] mój krem", nil, "PL.label", d.Violation},
		{"at the end", "pl", "Nowy krem. Reklama", nil, "PL.label", d.Violation},
		{"the day before", "pl", "Nowy krem", on(2022, time.September, 25), "PL.label", unasked},
	}
}

func TestEuropeanRules(t *testing.T) {
	t.Parallel()
	rules := d.Rules()
	for market, list := range european() {
		for _, v := range list {
			t.Run(string(market)+" "+v.name, func(t *testing.T) {
				t.Parallel()
				post := known(market, v.language, v.caption)
				if v.edit != nil {
					v.edit(&post)
				}
				assessment := d.Evaluate(post, rules)
				if got := statusOf(assessment, v.answer); got != v.want {
					t.Errorf("%s is %q, want %q:\n%s", v.answer, got, v.want, assessment.Explain())
				}
			})
		}
	}
}

func statusOf(a d.Assessment, id string) d.Status {
	i := slices.IndexFunc(a.Answers, func(answer d.Answer) bool { return answer.ID() == id })
	if i < 0 {
		return unasked
	}
	return a.Answers[i].Status
}

// Each market has enough vectors of its own, and each answer is asked in one of them.
func TestEuropeanVectorsAreEnough(t *testing.T) {
	t.Parallel()
	for market, list := range european() {
		least := 5
		if market == "PT" { // the law of the Union has those of AT too
			least = 3
		}
		if len(list) < least {
			t.Errorf("%s has %d vectors", market, len(list))
		}
		if !slices.ContainsFunc(list, func(v dayVector) bool { return v.want == d.NoKnownIssue }) {
			t.Errorf("%s has no vector without an issue", market)
		}
	}
}

// What the rules suggest does: a post of which all is known, and that begins with the
// suggestion, has no known issue in any language of the market.
func TestEuropeanSuggestionsDo(t *testing.T) {
	t.Parallel()
	rules := d.Rules()
	languages := map[byline.Market][]string{
		"GB": {"en"}, "DE": {"de"}, "FR": {"fr"}, "IT": {"it"}, "ES": {"es"}, "NL": {"nl", "en"}, "IE": {"en", "ga"}, "NO": {"no", "nb", "nn"},
		"DK": {"da"}, "SE": {"sv"}, "FI": {"fi", "sv"}, "PL": {"pl"}, "AT": {"de"}, "BE": {"nl", "fr", "de"}, "CZ": {"cs"}, "PT": {"pt"},
		"GR": {"el"}, "BG": {"bg"}, "EE": {"et"}, "HR": {"hr"}, "HU": {"hu"}, "LT": {"lt"}, "LV": {"lv"}, "MT": {"mt", "en"}, "RO": {"ro"},
		"SK": {"sk"}, "SI": {"sl"}, "LU": {"fr", "de"}, "CY": {"el"},
	}
	for market, spoken := range languages {
		for _, language := range spoken {
			post := known(market, language, "")
			post.Toggle = d.Yes
			suggestions := d.Suggest(post, rules)
			if len(suggestions) == 0 {
				t.Errorf("%s, %s: nothing to suggest", market, language)
				continue
			}
			post.Texts = []d.Passage{{Where: d.Caption, Text: suggestions[0].Label + "\nAcme 1 2 3"}}
			if a := d.Evaluate(post, rules); a.Status != d.NoKnownIssue {
				t.Errorf("%s, %s: %q is %s\n%s", market, language, suggestions[0].Label, a.Status, a.Explain())
			}
		}
	}
}

// A member of the Union without a label duty of its own is asked the Union's.
func TestEveryMemberHasALabelDuty(t *testing.T) {
	t.Parallel()
	rules := d.Rules()
	for _, market := range d.EU.Markets() {
		for _, at := range []edit{on(2020, time.January, 1), on(2024, time.June, 1), on(2026, time.November, 22)} {
			post := known(market, "xx", "Look at this")
			at(&post)
			var asked []string
			for _, a := range d.Evaluate(post, rules).Answers {
				if a.Duty == "label" {
					asked = append(asked, a.Rule.ID)
				}
			}
			if len(asked) != 1 {
				t.Errorf("%s on %s: label duties %v", market, post.At.Format(time.DateOnly), asked)
			}
		}
	}
}
