package safety_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/safety"
)

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

func lexicon(t testing.TB, lists ...safety.Wordlist) *safety.Lexicon {
	t.Helper()
	book, err := safety.NewLexicon(lists...)
	require.NoError(t, err)
	return book
}

func post(id, text string) creator.Post {
	return creator.Post{ID: id, Account: creator.Ref{Platform: byline.TikTok, Handle: "ada"}, PublishedAt: date(2026, 11, 1), Text: text, Language: "en"}
}

// found is what a test compares of a hit.
type found struct {
	Term, Found string
	Risk        safety.Risk
	Context     safety.Context
}

func scanText(book *safety.Lexicon, text string) []found {
	var list []found
	for _, h := range safety.Scan([]creator.Post{post("p", text)}, book, nil).Hits {
		list = append(list, found{h.TermID, h.Found, h.Risk, h.Context})
	}
	return list
}

func TestEnglishFinds(t *testing.T) {
	t.Parallel()
	book := lexicon(t, safety.English())
	gun := func(text string) []found { return []found{{"en-arms-gun", text, safety.MediumRisk, ""}} }
	f := func(text string) []found { return []found{{"en-obscenity-f", text, safety.MediumRisk, ""}} }
	tests := map[string]struct {
		text string
		want []found
	}{
		"a word":                           {"I bought a gun today", gun("gun")},
		"upper case":                       {"MY NEW GUN!!!", gun("GUN")},
		"full width letters":               {"my ｇｕｎ", gun("ｇｕｎ")},
		"mathematical letters":             {"oh 𝓯𝓾𝓬𝓴", f("𝓯𝓾𝓬𝓴")},
		"accents on it":                    {"oh fück", f("fück")},
		"letters that cannot be seen":      {"oh fu\u200bck", f("fuck")},
		"many marks":                       {"f̷̧̛u̷̡͝c̸̨̛k̷̢̛ it", f("f̷̧̛u̷̡͝c̸̨̛k̷̢̛")},
		"an ending":                        {"fucking great", f("fucking")},
		"digits for letters":               {"what a b1tch", []found{{"en-obscenity-common", "b1tch", safety.MediumRisk, ""}}},
		"a 1 for an l":                     {"s1ut", []found{{"en-obscenity-common", "s1ut", safety.MediumRisk, ""}}},
		"signs for letters":                {"cr@p", []found{{"en-obscenity-mild", "cr@p", safety.LowRisk, ""}}},
		"dollars for letters":              {"you a$$hole", []found{{"en-obscenity-common", "a$$hole", safety.MediumRisk, ""}}},
		"letters that run on":              {"fuuuuuck", f("fuuuuuck")},
		"a star":                           {"f*ck this", f("f*ck")},
		"a hashtag":                        {"new toy #gun", gun("#gun")},
		"a hashtag of two words":           {"my #NewGun", gun("#NewGun")},
		"a hashtag with an underscore":     {"my #new_gun", gun("#new_gun")},
		"a phrase with a hyphen":           {"self-harm", []found{{"en-crime-self", "self-harm", safety.HighRisk, ""}}},
		"a possessive":                     {"the gun's weight", gun("gun")},
		"a typographic apostrophe":         {"the gun’s weight", gun("gun")},
		"what is the same in any language": {"1488", []found{{"und-hate-number", "1488", safety.HighRisk, ""}}},
		"teaching, near":                   {"gun safety is for everyone", []found{{"en-arms-gun", "gun", safety.LowRisk, safety.Education}}},
		"teaching, in a hashtag":           {"#gunsafety", []found{{"en-arms-gun", "#gunsafety", safety.LowRisk, safety.Education}}},
		"a survivor": {
			"as a rape survivor I speak up",
			[]found{{"en-crime-rape", "rape", safety.LowRisk, safety.Survivor}},
		},
		"a slur that somebody took back": {
			"they called me faggot and I wear it with pride",
			[]found{{"en-hate-slur", "faggot", safety.LowRisk, safety.Reclaimed}},
		},
		"the worst use counts": {
			"we talk about gun safety. one two three four five six seven eight nine ten eleven twelve thirteen and now my gun",
			gun("gun"),
		},
		"an idiom beside a use": {"glue gun and a gun", gun("gun")},
		"an address beside it":  {"https://demo.example/gun gun", gun("gun")},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, scanText(book, tt.text)); diff != "" {
				t.Errorf("hits of %q (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

func TestEnglishLeavesAlone(t *testing.T) {
	t.Parallel()
	book := lexicon(t, safety.English())
	for _, text := range []string{
		"", "Essex and Sussex", "Scunthorpe United", "Playing Assassin's Creed", "assassin’s creed", "#assassinscreed",
		"glue gun crafts", "a hot-glue gun", "the rapeseed field", "my therapist", "#therapist", "#essex", "class assignment", "grape juice", "Dickens",
		"Moby Dick", "an analysis of cockpits", "a nude lipstick", "Shiitake mushrooms", "food porn", "a bath bomb", "I killed it today",
		"he'll be there", "the A55 to Wales", "torrential rain", "heroine of the book", "@gunshop", "@gun", "https://demo.example/porn", "www.gun.example",
		"I will kill. Yourself included", "white\npower", "begun", "Penistone", "Clitheroe", "Suicide Squad", "skilled", "#analytics", "#penisland",
		"love this for us", "drag queens and lesbians at pride", "Muslim and Jewish friends", "gypsum board",
	} {
		if got := scanText(book, text); got != nil {
			t.Errorf("%q: %v", text, got)
		}
	}
}
