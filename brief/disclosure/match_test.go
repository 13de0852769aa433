package disclosure_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	d "github.com/bylinehq/byline/brief/disclosure"
)

// anywhere is a rule of Belgium that asks for a label and for no place.
func anywhere(duty d.LabelDuty) d.Rule {
	r := standIn("BE", "BE")
	if duty.ToggleSuffices == "" {
		duty.ToggleSuffices = d.NotEnough
	}
	r.Label = &duty
	return r
}

type told struct {
	Status d.Status
	Codes  []string
}

func ask(p d.Post, r d.Rule) (told, d.Answer) {
	a := d.Evaluate(p, []d.Rule{r}).Answers[0]
	var codes []string
	for _, f := range a.Findings {
		codes = append(codes, f.Code)
	}
	return told{a.Status, codes}, a
}

func fine() told { return told{d.NoKnownIssue, nil} }

func bad(codes ...string) told { return told{d.Violation, codes} }

func open(codes ...string) told { return told{d.Risk, codes} }

func TestWordings(t *testing.T) {
	t.Parallel()
	duty := d.LabelDuty{
		Accepted: append(labels("", "#ad", "Reklam för {brand}", "#{brand}Partner", "Paid partnership", "betalt samarbete med", "広告", "광고", "PR", "#публикация"),
			append(labels("de", "Werbung", "ß-Werbung"), d.Label{Text: "#adv", Companion: true}, d.Label{Text: "#promo", Alone: true},
				d.Label{Text: "patrocinado", Confidence: byline.Recalled})...),
		Risky:    labels("", "presented by"),
		Rejected: append(labels("", "samarbete", "spons", "keine Werbung", "unbezahlte Werbung", "체험단"), d.Label{Text: "collab", Confidence: byline.Recalled}),
	}
	tests := map[string]struct {
		text string
		want told
	}{
		"the hashtag":                    {"#ad so good", fine()},
		"loud":                           {"#AD so good", fine()},
		"the word is not the hashtag":    {"ad so good", bad("label.missing")},
		"another hashtag":                {"#adidas #address #ads #bad", bad("label.missing")},
		"a hashtag within another":       {"#ad_acme", bad("label.missing")},
		"in an address":                  {"https://acme.example/#ad", bad("label.missing")},
		"a name":                         {"@ad", bad("label.missing")},
		"Cyrillic that looks like it":    {"#аd", bad("label.missing")},
		"Cyrillic":                       {"#ПУБЛИКАЦИЯ", fine()},
		"the word as a hashtag":          {"schön #werbung", fine()},
		"a word in a sentence":           {"Ich mache Werbung für Acme", open("label.inline")},
		"a word at the start":            {"Werbung heute neu", fine()},
		"a word on a line of its own":    {"Heute neu\nWerbung\nAcme", fine()},
		"a word in brackets":             {"Heute (Werbung) neu", fine()},
		"a word behind a stroke":         {"Heute neu | Werbung", fine()},
		"a word behind a name":           {"@acme Werbung heute", fine()},
		"a word behind an emoji":         {"✨ Werbung heute", fine()},
		"a word with a hyphen":           {"Ein Werbung-freies Jahr", open("label.inline")},
		"denied":                         {"Keine Werbung, nur Liebe", bad("label.inadequate")},
		"unpaid":                         {"(unbezahlte Werbung)", bad("label.inadequate")},
		"denied in no list":              {"Das ist kein #ad", open("label.denied")},
		"denied with an article":         {"this is not an #ad", open("label.denied")},
		"denied with an apostrophe":      {"this isn’t an #ad", open("label.denied")},
		"denied, then said":              {"kein #ad? Doch: #ad", fine()},
		"something else is denied":       {"I am not kidding #ad", fine()},
		"denied before a stop":           {"Oder nicht? #ad", fine()},
		"the longer wording":             {"betalt samarbete med Acme", fine()},
		"the shorter wording":            {"ett samarbete med Acme", bad("label.inadequate")},
		"the brand as a name":            {"Reklam för Acme", fine()},
		"the brand as a handle":          {"Reklam för @acme", fine()},
		"the brand as a hashtag":         {"Reklam för #Acme", fine()},
		"the brand with its sign":        {"Reklam för Acme™!", fine()},
		"the brand of two words":         {"Reklam för Bolt Cola", fine()},
		"the handle of two words":        {"Reklam för @bolt.cola", fine()},
		"another brand":                  {"Reklam för Zenith", bad("label.missing")},
		"brand and word in one hashtag":  {"#AcmePartner", fine()},
		"two words in one hashtag":       {"#BoltColaPartner", fine()},
		"the hashtag of no brand":        {"#partner", bad("label.missing")},
		"a phrase":                       {"so: paid   partnership.", fine()},
		"a phrase as a hashtag":          {"#PaidPartnership", fine()},
		"a phrase that is cut":           {"paid by the partnership", bad("label.missing")},
		"needs the brand":                {"#adv heute", bad("label.companion")},
		"the brand beside":               {"#adv #acme heute", fine()},
		"the brand two words on":         {"#adv mit Acme heute", fine()},
		"the brand too far":              {"#adv heute mit viel Acme", bad("label.companion")},
		"the brand among three hashtags": {"#acme ist gut #adv", fine()},
		"the brand among four hashtags":  {"#adv #a #b #acme", bad("label.companion")},
		"alone":                          {"#promo heute", fine()},
		"not alone":                      {"#promo #heute", bad("label.not_alone")},
		"not alone at the end":           {"heute #neu #promo", bad("label.not_alone")},
		"open":                           {"Presented by Acme", open("label.open")},
		"not confirmed":                  {"Patrocinado: hoy", told{d.NoKnownIssue, []string{"label.unconfirmed"}}},
		"rejected, not confirmed":        {"collab", bad("label.missing", "label.inadequate")},
		"rejected beside accepted":       {"#spons #ad", fine()},
		"Han in brackets":                {"【広告】今日は", fine()},
		"Han before kana":                {"広告です。今日は", fine()},
		"Han within Han":                 {"私の広告代理店", open("label.inline")},
		"Latin within kana":              {"これはPRです", open("label.inline")},
		"Hangul in brackets":             {"오늘 [광고] 크림", fine()},
		"Hangul with an ending":          {"광고입니다", open("label.inline")},
		"rejected with an ending":        {"체험단으로 왔어요", bad("label.inadequate")},
		"nothing":                        {"", bad("label.missing")},
		"a word with a hyphen, first":    {"Werbung-freie Zone", open("label.inline")},
		"a host, first":                  {"werbung.example ist neu", open("label.inline")},
		"a mail address":                 {"werbung@acme.example", bad("label.missing")},
		"a host of a mail address":       {"info@werbung", bad("label.missing")},
		"a name after a mail address":    {"info@acme.example Werbung:", open("label.inline")},
		"in single quotes":               {"'Werbung' neu", fine()},
		"in underscores":                 {"_Werbung_ neu", fine()},
		"zero width within":              {"#a\u200dd", fine()},
		"right to left around":           {"\u202e#ad\u202c", fine()},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := known("BE", "de", tt.text)
			p.Brands = []string{"Acme", "@bolt.cola", "Bolt Cola"}
			got, _ := ask(p, anywhere(duty))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("told (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLanguages(t *testing.T) {
	t.Parallel()
	duty := d.LabelDuty{Accepted: labels("de", "Werbung"), Rejected: labels("es", "ad")}
	tests := map[string]struct {
		language, text string
		want           told
	}{
		"of the language":               {"de-AT", "Werbung:", fine()},
		"of another":                    {"tr", "Werbung:", open("label.language")},
		"not known":                     {"", "Werbung:", told{d.CannotDetermine, nil}},
		"rejected in another":           {"de", "ad:", bad("label.missing")},
		"rejected in it":                {"es-MX", "ad:", bad("label.inadequate")},
		"open, or rejected, or neither": {"", "ad:", told{d.CannotDetermine, nil}},
		"of none, and no label":         {"", "neu", bad("label.missing")},
		"of none":                       {"tr", "ad:", open("label.unlisted")},
		"of none, in a sentence":        {"tr", "bir ad var", bad("label.missing")},
		"of none, denied":               {"tr", "not an #ad", bad("label.missing")},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, _ := ask(known("BE", tt.language, tt.text), anywhere(duty))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("told (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	filler := strings.Repeat("wörter ", 17) // 119 characters
	tests := map[string]struct {
		place d.Place
		text  string
		edit  edit
		want  told
	}{
		"first":                       {d.Place{Start: true}, "#ad neu", nil, fine()},
		"behind a name and a bracket": {d.Place{Start: true}, "✨ @acme 🎉 (#ad) neu", nil, fine()},
		"behind another label":        {d.Place{Start: true}, "#Anzeige #ad neu", nil, fine()},
		"behind a word":               {d.Place{Start: true}, "neu #ad", nil, bad("label.not_first")},
		"in the third line":           {d.Place{FirstLines: 3}, "a\nb\n#ad", nil, fine()},
		"in the fourth":               {d.Place{FirstLines: 3}, "a\nb\nc\n#ad", nil, bad("label.low")},
		"before the fold":             {d.Place{BeforeFold: true}, filler + "#ad", nil, fine()},
		"behind the usual fold":       {d.Place{BeforeFold: true}, filler + "und so #ad", nil, open("label.after_fold")},
		"at the usual fold":           {d.Place{BeforeFold: true}, strings.Repeat("wörter ", 17) + "so #ad", nil, fine()},
		"over the usual fold":         {d.Place{BeforeFold: true}, strings.Repeat("wörter ", 17) + "und #ad", nil, open("label.after_fold")},
		"behind a fold that was seen": {d.Place{BeforeFold: true}, "neu und so #ad", func(p *d.Post) { p.Texts[0].Shown = 10 }, bad("label.after_fold")},
		"at a fold that was seen":     {d.Place{BeforeFold: true}, "neu und so #ad", func(p *d.Post) { p.Texts[0].Shown = 14 }, fine()},
		"a fold that is not known":    {d.Place{BeforeFold: true}, filler + "#ad", func(p *d.Post) { p.Platform = byline.TikTok }, told{d.CannotDetermine, nil}},
		"no fold on a blog":           {d.Place{BeforeFold: true}, filler + filler + "#ad", func(p *d.Post) { p.Platform = byline.Blog }, fine()},
		"the third hashtag":           {d.Place{MaxHashtags: 3}, "#a #b #ad #c", nil, fine()},
		"the fourth hashtag":          {d.Place{MaxHashtags: 3}, "#a #b #c #ad", nil, bad("label.hashtags")},
		"the first of its own run":    {d.Place{MaxHashtags: 1}, "#a #b ist #ad", nil, fine()},
		"not buried":                  {d.Place{NotBuried: true}, "#a #b #ad #c #d #e", nil, fine()},
		"buried":                      {d.Place{NotBuried: true}, "#a #b #c #ad", nil, open("label.buried")},
		"in the bio":                  {d.Place{}, "#ad", func(p *d.Post) { p.Texts[0].Where = d.Bio }, bad("label.wrong_place")},
		"in a comment":                {d.Place{}, "#ad", func(p *d.Post) { p.Texts[0].Where = d.Comment }, bad("label.wrong_place")},
		"hidden":                      {d.Place{}, "#ad", func(p *d.Post) { p.Texts[0].Hidden = true }, bad("label.hidden")},
		"not on the picture":          {d.Place{InContent: true}, "#ad", nil, bad("label.not_in_content")},
		"on the picture":              {d.Place{InContent: true}, "#ad", func(p *d.Post) { p.Texts[0].Where = d.Overlay }, fine()},
		"in a description":            {d.Place{}, "#ad", func(p *d.Post) { p.Texts[0].Where = d.Description }, fine()},
		"behind a click":              {d.Place{BeforeFold: true}, "#ad", func(p *d.Post) { p.Texts[0].Where = d.Description }, bad("label.wrong_place")},
		"behind a click, first":       {d.Place{Start: true}, "#ad", func(p *d.Post) { p.Texts[0].Where = d.Description }, bad("label.wrong_place")},
		"nobody read the picture":     {d.Place{InContent: true}, "neu", func(p *d.Post) { p.Unread = []d.Where{d.Overlay} }, told{d.CannotDetermine, nil}},
		"nobody read the bio":         {d.Place{}, "neu", func(p *d.Post) { p.Unread = []d.Where{d.Bio} }, bad("label.missing")},
		"no texts":                    {d.Place{}, "", func(p *d.Post) { p.Texts = nil }, told{d.CannotDetermine, nil}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := known("BE", "de", tt.text)
			if tt.edit != nil {
				tt.edit(&p)
			}
			got, answer := ask(p, anywhere(d.LabelDuty{Accepted: labels("", "#ad", "#anzeige"), Place: map[d.Medium]d.Place{"": tt.place}}))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("told (-want +got):\n%s", diff)
			}
			if (got.Status == d.CannotDetermine) != (len(answer.Missing) > 0) {
				t.Errorf("missing is %v", answer.Missing)
			}
		})
	}
}
