package safety_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/safety"
)

// term makes a term of the caller's own.
func term(id string, words []string, except ...safety.Except) safety.Term {
	return safety.Term{ID: id, Topic: "x-demo", Language: "en", Risk: safety.MediumRisk, Words: words, Except: except}
}

func only(words ...string) []string { return words }

// ids returns the terms that are found in a text.
func ids(book *safety.Lexicon, text string) []string {
	var list []string
	for _, f := range scanText(book, text) {
		list = append(list, f.Term)
	}
	return list
}

func TestMatching(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		words  []string
		except []safety.Except
		hit    []string
		miss   []string
	}{
		"a word":   {only("ass"), nil, []string{"ass", "ASS!", "my-ass", "ass's", "#ass", "a a ass"}, []string{"assassin", "class", "Essex", "as s", "pass", "asses"}},
		"a phrase": {only("hot dog"), nil, []string{"hot dog", "hot-dog", "hot  dog", "Hot, dog", "#HotDog", "hot ---------- dog", "#hotdog", "#hot_dog", "hot\u00a0dog"}, []string{"hotdog", "hot. Dog", "hot\ndog", "hot big dog", "dog hot", "hot --------------------- dog"}},
		"an idiom": {only("assassin"), []safety.Except{{safety.Idiom, only("assassin's creed")}},
			[]string{"assassin", "an assassin plays Assassin's Creed", "assassin s", "assassins creed, assassin"},
			[]string{"Assassin's Creed", "assassin’s creed", "ASSASSIN'S-CREED", "#AssassinSCreed"}},
		"an idiom around it":   {only("wine"), []safety.Except{{safety.Idiom, only("red wine vinegar")}}, []string{"red wine", "wine vinegar"}, []string{"red wine vinegar"}},
		"an open word":         {only("shop*"), nil, []string{"shop", "shops", "shopping", "#shopping"}, []string{"workshop", "sho"}},
		"an open phrase":       {only("big shop*"), nil, []string{"big shopper", "BIG SHOP"}, []string{"big", "bigshop", "shop"}},
		"accents do not count": {only("café"), nil, []string{"cafe", "CAFÉ", "cafe\u0301"}, []string{"cafes"}},
		"sharp s":              {only("straße"), nil, []string{"strasse", "STRASSE", "STRAẞE"}, []string{"strase"}},
		"final sigma":          {only("λόγος"), nil, []string{"ΛΌΓΟΣ"}, []string{"λογος x"}},
		"marks that count":     {only("кий"), nil, []string{"КИЙ"}, []string{"кии"}},
		"Turkish letters":      {only("kilim"), nil, []string{"KİLİM", "kılım"}, nil},
		"no spaces":            {only("銃"), nil, []string{"新しい銃を買った", "銃\U000E0100を"}, []string{"新しい"}},
		"two of no spaces":     {only("拳銃"), nil, []string{"拳銃を買った"}, []string{"拳を銃"}},
		"a sign":               {only("🔫"), nil, []string{"look 🔫", "look🔫🔫", "🔫\ufe0f"}, []string{"🔥"}},
		"signs in a phrase":    {only("🔫 gun"), nil, []string{"🔫\ufe0f gun", "🔫gun"}, []string{"gun 🔫"}},
		"a number":             {only("1488"), nil, []string{"1488", "#1488"}, []string{"14888", "a1488", "1,488"}},
		"one letter, digits":   {only("ass"), nil, []string{"a$s ass"}, []string{"a55", "A55"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			book := lexicon(t, listOf(term("x", tt.words, tt.except...)))
			for _, text := range tt.hit {
				if got := ids(book, text); len(got) != 1 {
					t.Errorf("%q: %v", text, got)
				}
			}
			for _, text := range tt.miss {
				if got := ids(book, text); got != nil {
					t.Errorf("%q: %v", text, got)
				}
			}
		})
	}
}

// A hashtag of small letters is taken apart only where there is one way to do it.
func TestHashtagsThatAreNotClear(t *testing.T) {
	t.Parallel()
	book := lexicon(t, listOf(
		term("rapist", only("rapist")), term("gun", only("gun", "gunman")), term("words", only("the", "her", "mango", "mangun", "man", "gungun", "safety")),
	))
	tests := map[string][]string{
		"#therapist": nil, // "the" says nothing
		"#Therapist": nil,
		"#gunsafety": {"gun", "words"},
		"#mangungun": nil,     // in three ways
		"#xgun":      nil,     // not all of it is known
		"#GunXyz":    {"gun"}, // divided by case
	}
	for text, want := range tests {
		if diff := cmp.Diff(want, ids(book, text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

// Two readings of a text show one use once.
func TestUsesAreCountedOnce(t *testing.T) {
	t.Parallel()
	news := safety.Except{Context: safety.News, Words: only("reported")}
	book := lexicon(t, listOf(term("gun", only("gun", "gun shop", "big gun"), news)))
	hits := safety.Scan([]creator.Post{post("p", "gun g0od gun shop #gun big gun fuuun")}, book, nil).Hits
	if len(hits) != 1 || hits[0].Uses != 5 || hits[0].InContext != 0 {
		t.Errorf("hits are %+v", hits)
	}
	// What one spelling covers and another begins later counts as two: "big gun", and "gun" in it.
	hits = safety.Scan([]creator.Post{post("p", "reported: gun a b c d e f g h i j k l m n gun")}, book, nil).Hits
	if len(hits) != 1 || hits[0].Uses != 2 || hits[0].InContext != 1 || hits[0].Start != 42 || hits[0].Risk != safety.MediumRisk {
		t.Errorf("hits are %+v", hits)
	}
}

func TestContextReaches(t *testing.T) {
	t.Parallel()
	news := safety.Except{Context: safety.News, Words: only("reported")}
	book := lexicon(t, listOf(term("gun", only("gun"), news)))
	for text, want := range map[string]safety.Context{
		"reported a b c d e f g h i j k gun":   safety.News, // twelve words
		"reported a b c d e f g h i j k l gun": "",
		"gun a b c d e f g h i j k reported":   safety.News,
		"gun a b c d e f g h i j k l reported": "",
		"#reported gun":                        safety.News,
		"gun. Reported":                        safety.News,
	} {
		if got := scanText(book, text); len(got) != 1 || got[0].Context != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// Of spellings that begin at one word the longest counts, in every run.
func TestTheLongestSpellingCounts(t *testing.T) {
	t.Parallel()
	book := lexicon(t, listOf(term("gun", only("gun", "gun shop", "gun shop owner"))))
	for range 30 {
		if got := scanText(book, "a gun shop owner"); len(got) != 1 || got[0].Found != "gun shop owner" {
			t.Fatalf("got %v", got)
		}
	}
}
