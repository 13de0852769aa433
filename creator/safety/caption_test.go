package safety_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/safety"
)

// Everyday captions: not one of them is evidence of anything.
func TestOrdinaryCaptions(t *testing.T) {
	t.Parallel()
	book := lexicon(t, safety.English())
	for _, text := range []string{
		"You are going to kill it at the show tonight", "This dress is killing me, I'm dead 💀", "Shot on iPhone, best shots of the trip", "an espresso shot a day",
		"gun metal grey nails", "gunmetal eyeliner", "running to the drug store for mascara", "my #drugstoremakeup favourites", "Smoking brisket all day long 🔥",
		"she's a bombshell in red", "Bath bombs and candles", "High risk, high reward", "We executed the plan", "jumped the gun on fall decor",
		"Sun's out, guns out", "Shoot me a DM for the link", "my phone blew up, the photo shoot was insane", "this cake is the bomb", "crack an egg and whip it",
		"pulling weeds in the garden, new weed whacker", "get high on life", "High tea with grandma", "champagne toned highlighter and a cocktail dress",
		"Penne alla vodka tonight", "rum raisin ice cream", "my toner is without alcohol", "#alcoholfree living", "drunk on love", "pistol squats for leg day",
		"my Rifle Paper Co planner", "staple gun and caulking gun for the deck", "Machine Gun Kelly live", "Stick to your guns, girls", "a pornstar martini for the girls",
		"happy birthday love you xxx", "kinky curly hair routine #kinkyhair", "Nars Orgasm blush is back", "nude sandals and a nudes palette", "Dick's Sporting Goods haul",
		"murder on the dancefloor", "Murder mystery night", "stabbing pains in my back after leg day", "corpse pose to end the flow", "after the party it looks like a war zone",
		"white power suit for the office", "white power strip behind the desk", "1488 steps before breakfast", "only 14.88 today, 88 left", "torrents of rain",
		"flat earth tones for autumn", "the great reset for my skin", "spic and span kitchen", "a chink in the armor", "Cannabis sativa seed oil in the ingredients",
		"a cigar box guitar", "a smoking gun of a lipstick", "wore my hijab, prayed, cooked for Hanukkah with my Jewish neighbours", "two moms, one wedding 🌈 #pride", "my body, a size 24, and I love it",
		"breast cancer check and breastfeeding tips", "living with HIV, undetectable", "my Isle of Wight escort through the maze", "retarded growth in bonsai", "Ford Escort service manual",
		"hit list for the sale, steal this look", "Bullet journal and trigger points", "Al Gore spoke today",
	} {
		if got := scanText(book, text); got != nil {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// Captions that a person should look at, each with the term that is found first.
func TestRiskyCaptions(t *testing.T) {
	t.Parallel()
	book := lexicon(t, safety.English())
	type hit struct {
		Term string
		Risk safety.Risk
	}
	const low, medium, high, floor = safety.LowRisk, safety.MediumRisk, safety.HighRisk, safety.Floor
	for text, want := range map[string]hit{
		"bought my first AR-15 today":         {"en-arms-gun", medium},
		"AR15 build complete":                 {"en-arms-gun", medium},
		"#gunviolence is real":                {"en-arms-gun", medium},
		"keep the death penalty":              {"en-debated-law", medium},
		"#gunlife":                            {"en-arms-gun", medium},
		"#iloveguns":                          {"en-arms-gun", medium},
		"#gunsofinstagram":                    {"en-arms-gun", medium},
		"just a 🔫 in my bag":                  {"und-arms-sign", low},
		"printed a ghost gun":                 {"en-arms-illegal", high},
		"how to build a bomb":                 {"en-arms-explosive", high},
		"glue gun by day, real gun by night":  {"en-arms-gun", medium},
		"go KYS":                              {"en-crime-incite", floor},
		"kill yourself, loser":                {"en-crime-incite", floor},
		"kill yourself (as seen on the news)": {"en-crime-incite", low},
		"I want to unalive":                   {"en-crime-self", high},
		"su1cide":                             {"en-crime-self", high},
		"self-harming again":                  {"en-crime-self", high},
		"#proana #thinspo":                    {"en-crime-self", high},
		"call the suicide hotline":            {"en-crime-self", low},
		"she was raped last night":            {"en-crime-rape", high},
		"I was sexually assaulted":            {"en-crime-rape", high},
		"I survived a rape":                   {"en-crime-rape", low},
		"human trafficking":                   {"en-crime-abuse", high},
		"three shot dead":                     {"en-crime-murder", medium},
		"the news: three shot dead":           {"en-crime-murder", low},
		"shoplifting haul":                    {"en-crime-theft", medium},
		"child porn":                          {"en-adult-child", floor},
		"p0rn":                                {"en-adult-porn", high},
		"xxx videos in bio":                   {"en-adult-porn", high},
		"link to my 0nlyfans":                 {"en-adult-sale", high},
		"#onlyfansgirl":                       {"en-adult-sale", high},
		"NSFW":                                {"en-adult-nude", medium},
		"s3x":                                 {"en-adult-sex", medium},
		"dead bodies everywhere":              {"en-death-gore", high},
		"another mass shooting":               {"en-death-mass", high},
		"a museum of the genocide":            {"en-death-mass", low},
		"Drone strikes at dawn":               {"en-death-war", medium},
		"prolife":                             {"en-debated-abortion", medium},
		"white power!":                        {"en-hate-supremacy", floor},
		"white power suits us, white power":   {"en-hate-supremacy", floor},
		"Hitler was right":                    {"en-hate-violence", floor},
		"1488 🔥":                              {"und-hate-number", high},
		"neo-nazi merch":                      {"en-hate-nazi", high},
		"what a ret@rd":                       {"en-hate-slur", high},
		"proud of it: all faggots out":        {"en-hate-slur", high},
		"they called me a faggot at school":   {"en-hate-slur", low},
		"snorting c0caine":                    {"en-substances-hard", high},
		"day 90 sober, heroin is behind me":   {"en-substances-hard", low},
		"a line of coke":                      {"en-substances-hard", high},
		"smoking a joint":                     {"en-substances-cannabis", medium},
		"#vapelife #vapenation":               {"en-substances-tobacco", medium},
		"I quit vaping":                       {"en-substances-tobacco", low},
		"drunk driving home":                  {"en-substances-drunk", medium},
		"f*cking hell":                        {"en-obscenity-f", medium},
		"fuuuuck":                             {"en-obscenity-f", medium},
		"b!tch":                               {"en-obscenity-common", medium},
		"sh!t happens":                        {"en-obscenity-mild", low},
		"🖕🏽":                                  {"und-obscenity-sign", medium},
		"free IPTV":                           {"en-piracy-copy", high},
		"f4f l4l":                             {"en-spam-follow", medium},
		"double your bitcoin":                 {"en-spam-buy", high},
		"join ISIS":                           {"en-terrorism-praise", floor},
		"hezbollah":                           {"en-terrorism-name", high},
		"vaccines cause autism":               {"en-misinformation-health", high},
		"it is all chemtrails":                {"en-misinformation-plot", medium},
	} {
		var got hit
		if hits := scanText(book, text); len(hits) > 0 {
			got = hit{hits[0].Term, hits[0].Risk}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

// What is not found, so that nobody takes a clean scan for more than it is.
func TestCaptionsThatAreNotUnderstood(t *testing.T) {
	t.Parallel()
	book := lexicon(t, safety.English())
	for name, text := range map[string]string{
		"a letter of another script": "fuсk", "letters set apart": "f u c k", "a sign at the end": "what an a$$", "a cipher": "seggs and corn 🌽",
		"irony": "great, another lovely day of doing lines", "a picture": "👀",
	} {
		if got := scanText(book, text); got != nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// A text of other letters than those of its language is not read, whatever it says it is.
func TestOtherScripts(t *testing.T) {
	t.Parallel()
	russian := term("ru", only("фашист"))
	russian.Language = "ru"
	mixed := []safety.Term{term("a", only("дом")), term("b", only("home"))}
	mixed[0].Language, mixed[1].Language = "sr", "sr"
	english, own := lexicon(t, safety.English()), lexicon(t, listOf(append(mixed, russian)...))
	reversed := lexicon(t, listOf(mixed[1], mixed[0]))
	tests := map[string]struct {
		book           *safety.Lexicon
		language, text string
		want           safety.SkipReason
	}{
		"English":               {english, "en", "a loaf of bread", ""},
		"signs alone":           {english, "en", "🔥🔥 24/7", ""},
		"Russian":               {english, "en", "буханка хлеба #bread", safety.SkipOtherScript},
		"Japanese":              {english, "en", "パンを焼いた", safety.SkipOtherScript},
		"half and half":         {english, "en", "хлеб loaf", ""},
		"more by one letter":    {english, "en", "хлебы loaf", safety.SkipOtherScript},
		"handles do not count":  {english, "en", "хлеб loa @bakery_of_the_town", safety.SkipOtherScript},
		"mathematical letters":  {english, "en", "𝓫𝓻𝓮𝓪𝓭", ""},
		"a list of that script": {own, "ru", "буханка хлеба", ""},
		"a list of two scripts": {own, "sr", "буханка хлеба", ""},
		"in another order":      {reversed, "sr", "буханка хлеба", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := post("p", tt.text)
			p.Language = tt.language
			if got := safety.Scan([]creator.Post{p}, tt.book, nil).Posts[0].Skipped; got != tt.want {
				t.Errorf("%q in %s: %q, want %q", tt.text, tt.language, got, tt.want)
			}
		})
	}
	if got := scanText(english, "она сказала nazi, и ушла"); len(got) != 1 {
		t.Errorf("what is found in it is lost: %v", got)
	}
}

// Most platforms give no language. What nobody read is not clean, and a language that is
// assumed is marked wherever the answer goes.
func TestPostsWithoutALanguage(t *testing.T) {
	t.Parallel()
	posts := harmless(30)
	for i := range posts {
		posts[i].Language = ""
	}
	book, at := demoBook(t), date(2026, 11, 20)
	unread := safety.Judge(safety.Scan(posts, book, nil), safety.Tolerance{}, nil, at)
	want := "0 posts were read, and it takes 20 to say that there is nothing; not read: 30 posts of a language that nobody determined"
	fix := "say in which language the posts are, or which to assume; read more posts, or languages"
	if c := unread[0]; c.State != open || c.Reason != want || c.Findings[0].Fix != fix {
		t.Errorf("got %+v", c)
	}

	posts[0].Language = "en"
	s := safety.Scan(posts, book, &safety.ScanOptions{AssumeLanguage: "en_GB", Languages: []string{"en-US", "EN", "de"}})
	want = "nothing above the tolerance is open in the text of 30 posts of 30 days, from 2026-10-01 to 2026-10-30 (30 in en; the language of 29 is assumed)"
	if c := safety.Judge(s, safety.Tolerance{}, nil, at)[1]; c.State != pass || c.Reason != want {
		t.Errorf("got %+v", c)
	}
	if diff := cmp.Diff([]string{"de", "en"}, s.Languages); diff != "" || s.AssumeLanguage != "en" || s.Posts[0].Assumed || !s.Posts[1].Assumed {
		t.Errorf("the record says %q, %+v, languages (-want +got):\n%s", s.AssumeLanguage, s.Posts[:2], diff)
	}

	// A copy of a post that names its language says more than one that names none.
	german := post("p", "der gun")
	german.Language = "de"
	unnamed := german
	unnamed.Language = ""
	for _, both := range [][]creator.Post{{german, unnamed}, {unnamed, german}} {
		if s := safety.Scan(both, book, &safety.ScanOptions{AssumeLanguage: "en"}); len(s.Posts) != 1 || s.Posts[0].Language != "de" || s.Posts[0].Assumed {
			t.Errorf("got %+v", s.Posts)
		}
	}
}
