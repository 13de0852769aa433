package disclosure_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline"
	d "github.com/bylinehq/byline/brief/disclosure"
)

// What is recalled adds a warning, and never stands in for a label.
func TestRecalledNeverSoftens(t *testing.T) {
	t.Parallel()
	unsure := func(text string) []d.Label {
		return []d.Label{{Text: text, Confidence: byline.Recalled}}
	}
	duty := d.LabelDuty{Accepted: labels("", "#ad"), Risky: append(unsure("teaser"), labels("", "presented by")...), Rejected: unsure("collab")}
	tests := map[string]struct {
		text string
		want told
	}{
		"none":                        {"neu", bad("label.missing")},
		"a recalled risky word":       {"Teaser: neu", bad("label.missing", "label.open")},
		"a recalled rejected word":    {"collab: neu", bad("label.missing", "label.inadequate")},
		"a risky word":                {"presented by Acme", open("label.open")},
		"a risky and a recalled word": {"presented by Acme\ncollab", open("label.open")},
		"an accepted and a recalled":  {"#ad collab", fine()},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, _ := ask(known("BE", "de", tt.text), anywhere(duty))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("told (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("time", func(t *testing.T) {
		t.Parallel()
		r := anywhere(duty)
		r.Time = &d.TimeDuty{Bands: []d.TimeBand{{AtLeast: time.Second}}}
		p := known("BE", "de", "")
		with(medium(d.Video, time.Minute), texts(overlay("collab", 0, 0)))(&p)
		if diff := cmp.Diff(fails(d.Violation, "time.short"), askDuty(p, r, "time")); diff != "" {
			t.Errorf("told (-want +got):\n%s", diff)
		}
	})
}

// Taking every recalled risky and rejected wording out of the records makes no answer worse.
func TestRecalledWordsOfTheRecordsNeverSoften(t *testing.T) {
	t.Parallel()
	rank := []d.Status{d.NoKnownIssue, d.CannotDetermine, d.Risk, d.Violation}
	rules := d.Rules()
	for _, r := range rules {
		if r.Label == nil {
			continue
		}
		sure := r
		duty := *r.Label
		doubted := func(l d.Label) bool { return l.Confidence == byline.Recalled }
		duty.Risky = slices.DeleteFunc(slices.Clone(duty.Risky), doubted)
		duty.Rejected = slices.DeleteFunc(slices.Clone(duty.Rejected), doubted)
		sure.Label = &duty
		for _, l := range slices.Concat(r.Label.Risky, r.Label.Rejected) {
			p := breach(r)
			p.Language = l.Language
			if p.Language == "" {
				p.Language = "en"
			}
			p.Texts = []d.Passage{{Where: d.Caption, Text: strings.ReplaceAll(l.Text, "{brand}", "Acme") + " | x"}}
			p.Texts = append(p.Texts, d.Passage{Where: d.Overlay, Text: p.Texts[0].Text})
			with, _ := ask(p, r)
			without, _ := ask(p, sure)
			if slices.Index(rank, with.Status) < slices.Index(rank, without.Status) {
				t.Errorf("%s %q: %v, and without what is recalled %v", r.ID, l.Text, with, without)
			}
		}
	}
}

func TestOpenLists(t *testing.T) {
	t.Parallel()
	duty := d.LabelDuty{Open: true, Accepted: labels("de", "Werbung"), Rejected: labels("", "#spon"), Place: map[d.Medium]d.Place{"": {Start: true}, d.Frame: {EachFrame: true, InContent: true}}}
	said := func(text string) edit {
		return with(medium(d.Audio, time.Minute), texts(d.Passage{Where: d.Spoken, Text: text}))
	}
	tests := map[string]struct {
		text string
		edit edit
		want told
	}{
		"listed":                     {"Werbung | neu", nil, fine()},
		"nothing of the kind":        {"neu", nil, bad("label.missing")},
		"of another language":        {"Publicité | neu", nil, open("label.unlisted")},
		"a hashtag":                  {"#advertisement neu", nil, open("label.unlisted")},
		"in another place":           {"neu #advertisement", nil, bad("label.missing")},
		"denied":                     {"kein #advertisement", nil, bad("label.missing")},
		"rejected":                   {"#spon neu", nil, bad("label.inadequate")},
		"rejected beside unlisted":   {"#spon #advertisement", nil, bad("label.inadequate")},
		"on one frame":               {"", with(medium(d.Frame, 0), texts(words(1, "Publicité")), func(p *d.Post) { p.Frames = 2 }), bad("label.missing")},
		"on both frames":             {"", with(medium(d.Frame, 0), texts(words(0, "Publicité")), func(p *d.Post) { p.Frames = 2 }), open("label.unlisted")},
		"covered":                    {"", texts(d.Passage{Where: d.Caption, Text: "Publicité", Hidden: true}), bad("label.missing")},
		"spoken in a sentence":       {"", said("this video is advertising"), open("label.unlisted")},
		"spoken and denied":          {"", said("this video is not advertising"), bad("label.missing")},
		"in the bio":                 {"", texts(d.Passage{Where: d.Bio, Text: "Publicité"}), bad("label.missing")},
		"the platform's own as well": {"Publicité | neu", toggleOn, open("label.unlisted")},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := known("BE", "de", tt.text)
			if tt.edit != nil {
				tt.edit(&p)
			}
			got, _ := ask(p, anywhere(duty))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("told (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOpenInMarkets(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		market         byline.Market
		language, text string
		want           d.Status
	}{
		"NL, a word of its own":       {"NL", "nl", "Reclamepraatje: nieuw", d.Violation},
		"NL, English":                 {"NL", "nl", "Sponsored: nieuw", d.Risk},
		"FR, an equivalent":           {"FR", "fr", "Sponsorisé | ma crème", d.Risk},
		"FR, none":                    {"FR", "fr", "Ma crème", d.Violation},
		"the Union, of no list":       {"BE", "fr", "Partenariat rémunéré | ma crème", d.Risk},
		"the Union, none":             {"BE", "fr", "Ma crème", d.Violation},
		"Denmark, closed in Danish":   {"DK", "da", "Sponsored | ny creme", d.Violation},
		"Denmark, English content":    {"DK", "en", "Sponsored | new cream", d.Risk},
		"Denmark, nothing in English": {"DK", "en", "New cream", d.Violation},
		"the States are closed":       {"US", "en", "Advertorial | new cream", d.Violation},
		"listed, without the brand":   {"FI", "en", "Mainos: new cream", d.Violation},
		"the same, in no language":    {"FI", "", "Mainos: uusi", d.Violation},
		"not known in which language": {"DK", "", "Sponsored | new cream", d.CannotDetermine},
	}
	rules := d.Rules()
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, _ := worstOf(d.Evaluate(known(tt.market, tt.language, tt.text), rules), tt.market, "label"); got != tt.want && tt.market != "BE" {
				t.Errorf("it is %s, want %s", got, tt.want)
			} else if got, _ := worstOf(d.Evaluate(known(tt.market, tt.language, tt.text), rules), "", "label"); tt.market == "BE" && got != tt.want {
				t.Errorf("it is %s, want %s", got, tt.want)
			}
		})
	}
}

func TestBareLabels(t *testing.T) {
	t.Parallel()
	duty := d.LabelDuty{Accepted: labels("", "#ad"), Risky: []d.Label{{Text: "ad", Bare: true}, {Text: "paid post", Bare: true}}}
	tests := map[string]struct {
		text  string
		where d.Where
		want  told
	}{
		"the hashtag":         {"#Ad neu", d.Caption, fine()},
		"the word":            {"Ad: neu", d.Caption, open("label.open")},
		"both":                {"Ad: neu #ad", d.Caption, fine()},
		"a phrase":            {"Paid post: neu", d.Caption, open("label.open")},
		"a joined phrase":     {"#paidpost neu", d.Caption, bad("label.missing")},
		"spoken":              {"ad", d.Spoken, fine()},
		"the hashtag, spoken": {"#ad", d.Spoken, fine()},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := known("BE", "de", tt.text)
			p.Texts[0].Where = tt.where
			got, _ := ask(p, anywhere(duty))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("told (-want +got):\n%s", diff)
			}
		})
	}
}
