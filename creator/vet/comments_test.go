package vet

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator"
)

// talk makes a dossier of comments, one to an author, over ten posts.
type talk struct{ d creator.Dossier }

func (k *talk) say(texts ...string) *talk {
	for _, text := range texts {
		n := len(k.d.Comments)
		post := n % 10
		k.d.Comments = append(k.d.Comments, creator.Comment{
			ID: fmt.Sprintf("c%d", n), PostID: fmt.Sprintf("p%d", post), Platform: byline.Instagram, Author: fmt.Sprintf("a%d", n),
			Text: text, Language: "en", At: published(post).Add(time.Duration(n) * time.Hour),
		})
	}
	return k
}

func published(post int) time.Time { return fitAt.AddDate(0, 0, post) }

func newTalk() *talk {
	k := &talk{}
	for n := range 10 {
		k.d.Posts = append(k.d.Posts, creator.Post{ID: fmt.Sprintf("p%d", n), Account: fitAda, PublishedAt: published(n)})
	}
	return k
}

// chat are comments that have nothing in common.
func chat(n int) (texts []string) {
	for i := range n {
		texts = append(texts, fmt.Sprintf("my %d starter%d rose%d before%d lunch%d today%d", i, i, i, i, i, i))
	}
	return texts
}

func readingOf(t *testing.T, d *creator.Dossier, o *CommentOptions, metric string) creator.Reading {
	t.Helper()
	c, err := Comments(d, fitAda, o)
	require.NoError(t, err)
	r, ok := c.Readings.Get(metric, byline.Instagram)
	if !ok {
		t.Fatalf("no reading of %s", metric)
	}
	return r
}

func findingCodes(r creator.Reading) (codes []string) {
	for _, f := range r.Findings {
		codes = append(codes, f.Code)
	}
	return codes
}

func TestEveryCommentReadingIsAlwaysThere(t *testing.T) {
	t.Parallel()
	want := []string{DuplicateComments, EarlyComments, GenericComments, NegativeComments, PodComments, PositiveComments, RepeatCommenters, SpamComments}
	for name, d := range map[string]*creator.Dossier{"none": {}, "one": &newTalk().say("hello").d, "many": &newTalk().say(chat(60)...).d} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, r := range commentReadings(d, fitAda, &Options{}) {
				got = append(got, r.Metric)
				_, known := r.Value.Value()
				if known == (r.Refusal != nil) || known == (r.Low == nil) || r.Value.Definition() == "" {
					t.Errorf("reading %+v", r)
				}
				if name == "none" && r.Refusal.Code != "comments.none" {
					t.Errorf("refusal %+v", r.Refusal)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("readings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDuplicates(t *testing.T) {
	t.Parallel()
	long := "this is the softest focaccia that I have ever made at home so far"
	tests := map[string]struct {
		texts []string
		want  int
	}{
		"none":                     {nil, 0},
		"the same":                 {[]string{long, long}, 2},
		"in other signs and case":  {[]string{long, "  THIS is the softest FOCACCIA, that I have ever made at home so far!!! 😍"}, 2},
		"one word in fourteen":     {[]string{long, strings.Replace(long, "softest", "best", 1)}, 2},
		"three of a kind":          {[]string{long, long, strings.Replace(long, "softest", "best", 1)}, 3},
		"other words":              {[]string{long, "this is the question that nobody has ever asked me at work until now"}, 0},
		"short ones are no copies": {[]string{"so good", "so good", "love this recipe", "love this recipe"}, 0},
		"short without spaces":     {[]string{"かわいい", "かわいい", "とても美味しい", "とても美味しい"}, 0},
		"long without spaces":      {[]string{"このパンの作り方を教えてください", "このパンの作り方を教えてください!"}, 2},
		"four words":               {[]string{"love this recipe much", "love this recipe much"}, 2},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := newTalk().say(chat(40)...).say(tt.texts...)
			r := readingOf(t, &k.d, nil, DuplicateComments)
			value, _ := r.Value.Value()
			if got := value * float64(r.Count); got < float64(tt.want)-1e-9 || got > float64(tt.want)+1e-9 {
				t.Errorf("%v of %d, want %d: %v", got, r.Count, tt.want, r.Findings)
			}
		})
	}
}

// Of pairs that are alike enough nearly all must be found, and none that is not.
func TestNearDuplicatesAreFound(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(11, 12))
	found, alike := 0, 0
	for pair := range 300 {
		words := make([]string, 12)
		for i := range words {
			words[i] = fmt.Sprintf("w%dx%d", pair, i)
		}
		other := append([]string{}, words...)
		for range dice.IntN(3) {
			other[dice.IntN(12)] = fmt.Sprintf("n%d", dice.IntN(1e6))
		}
		a, b := formOf(0, words), formOf(1, other)
		root := []int{0, 1}
		nearDuplicates([]form{a, b}, root)
		joined := find(root, 1) == 0
		if enough := jaccard(a.pairs, b.pairs) >= duplicateAlike; enough {
			alike++
			if joined {
				found++
			}
		} else if joined {
			t.Fatalf("%v and %v are joined", words, other)
		}
	}
	if alike < 100 || found*100 < alike*97 {
		t.Errorf("found %d of %d", found, alike)
	}
}

func TestGeneric(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text, language  string
		generic, judged bool
	}{
		"a phrase":              {"Great post!", "en", true, true},
		"drawn out":             {"sooooo cuuuute", "en-US", true, true},
		"two phrases":           {"Wow, so beautiful", "en", true, true},
		"with a friend":         {"@dario love this 😍", "en", true, true},
		"hearts":                {"❤️❤️❤️", "", true, true},
		"a heart of letters":    {"<3 <3", "en", true, true},
		"an entity of a heart":  {"&lt;3", "en", true, true},
		"a question":            {"How long did it rise?", "en", false, true},
		"a phrase and more":     {"great post about rye", "en", false, true},
		"a friend alone":        {"@dario", "en", false, true},
		"a moment of the video": {"2:05", "en", false, true},
		"another language":      {"wow", "de", false, false},
		"no language":           {"wow", "", false, false},
		"nothing":               {"", "en", false, false},
		"Japanese":              {"かわいい", "ja", false, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folded := foldComment(tt.text)
			r := remark{&creator.Comment{Text: tt.text, Language: tt.language}, folded, commentWords(folded)}
			if generic, judged := EnglishPhrases().fits(r); generic != tt.generic && tt.judged || judged != tt.judged {
				t.Errorf("generic %t, judged %t", generic, judged)
			}
		})
	}
}

// Hearts can be judged in every language. Where the words cannot, the hearts of the same
// people are no picture of what they say.
func TestHeartsDoNotStandForWords(t *testing.T) {
	t.Parallel()
	k := newTalk().say(strings.Split(strings.Repeat("😍,❤️❤️,👏👏👏,", 20)+"😍", ",")...).say(chat(40)...)
	for i := range k.d.Comments {
		k.d.Comments[i].Language = ""
	}
	for _, metric := range []string{GenericComments, SpamComments} {
		if r := readingOf(t, &k.d, nil, metric); r.Refusal == nil || r.Refusal.Code != "comments.language" || r.Refusal.Have != 0 || r.Refusal.Need != 20 {
			t.Errorf("%s: %+v, %+v", metric, r.Value, r.Refusal)
		}
	}
	k.d.Comments = k.d.Comments[:61]
	r := readingOf(t, &k.d, nil, GenericComments)
	if value, known := r.Value.Value(); !known || value != 1 || !strings.Contains(r.Findings[0].Message, "61 of 61 comments would fit under any post, 61 of them without a word") {
		t.Errorf("hearts alone: %+v", r)
	}
}

func TestBurstsOnTheEdge(t *testing.T) {
	t.Parallel()
	at := func(seconds ...int) (all []time.Time) {
		for _, s := range seconds {
			all = append(all, fitAt.Add(time.Duration(s)*time.Second))
		}
		return all
	}
	if got := densest(at(0, 60, 119)); got != 2 {
		t.Errorf("%d within a minute", got)
	}
	ten := at(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)
	most := append(slices.Clone(ten), at(100, 200, 300, 400, 500, 600, 700, 800, 900, 1000)...)
	if half, fewer := bursts(map[string][]time.Time{"p": most}), bursts(map[string][]time.Time{"p": append(most, fitAt.Add(time.Hour))}); len(half) != 1 || len(fewer) != 0 {
		t.Errorf("half of a post's is %v, fewer %v", half, fewer)
	}
	k := newTalk().say(chat(40)...)
	for i := range k.d.Comments {
		c := &k.d.Comments[i]
		c.At = published(i % 10).Add(EarlyWithin)
	}
	if r := readingOf(t, &k.d, nil, EarlyComments); *r.Low != 0 {
		t.Errorf("after exactly the time it is early: %+v", r.Value)
	}
}

func TestCommentsOnTheEdge(t *testing.T) {
	t.Parallel()
	k := newTalk().say(chat(40)...)
	for i := range k.d.Comments {
		c := &k.d.Comments[i]
		c.ID, c.At = "", fitAt
		if i < 5 {
			c.Author = "half" // under 5 of the 10 posts
		}
	}
	o := &CommentOptions{At: fitAt}
	if r := readingOf(t, &k.d, o, SpamComments); r.Count != 40 || len(r.Findings) > 0 {
		t.Errorf("of 40 without an id, at the time itself, %d count: %v", r.Count, r.Findings)
	}
	if r := readingOf(t, &k.d, o, RepeatCommenters); *r.Low != 0 {
		t.Errorf("who is under half of the posts is a regular: %+v", r.Value)
	}
}

func TestFindingsQuoteThree(t *testing.T) {
	t.Parallel()
	k := newTalk().say(chat(40)...).say("wow", "so cute", "❤", "great post", "nice one")
	r := readingOf(t, &k.d, nil, GenericComments)
	if text := r.Findings[0].Message; strings.Count(text, "under post") != 3 || !strings.Contains(text, "5 of 45 comments would fit under any post, 1 of them without a word") {
		t.Error(text)
	}
}

func TestQuotesNameNobody(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"thanks @dario!":              "thanks …!",
		"thanks @\u200bdario!":        "thanks …!",
		"thanks ＠dario!":              "thanks …!",
		"write dario@demo.example ok": "write … ok",
		"call +49 170 1234567 now":    "call … now",
		"see you at 12:30":            "see you at 12:30",
	} {
		if got := quoteComment(text); got != want {
			t.Errorf("%q is quoted as %q, want %q", text, got, want)
		}
	}
}

func TestTagsAreNoText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"so<br>good": "so good",
		`<a href="https://demo.example">1:05</a>`: "1:05",
		"I <3 this <b>bread</b>":                  "i <3 this bread",
		"a < b and <c":                            "a < b and <c",
		"<":                                       "<",
		"&lt;b&gt; stays":                         "<b> stays",
		strings.Repeat("<a", 1900) + ">x":         "x",
	} {
		if got := foldComment(text); got != want {
			t.Errorf("%.40q is folded to %.40q, want %q", text, got, want)
		}
	}
}

func TestAnotherPhraseBook(t *testing.T) {
	t.Parallel()
	k := newTalk().say(chat(40)...)
	for i := range k.d.Comments {
		k.d.Comments[i].Language = "de-AT"
	}
	k.d.Comments[0].Text = "Wie schön!"
	if r := readingOf(t, &k.d, nil, GenericComments); r.Refusal == nil || r.Refusal.Code != "comments.language" {
		t.Errorf("refusal %+v", r.Refusal)
	}
	book := NewPhraseBook("de.v1", map[string][]string{"de": {"wie schön"}})
	r := readingOf(t, &k.d, &CommentOptions{Generic: book}, GenericComments)
	if value, known := r.Value.Value(); !known || value != 1./40 || !strings.Contains(r.Value.Definition(), "de.v1") {
		t.Errorf("reading %+v", r)
	}
}

func TestRepeatCommenters(t *testing.T) {
	t.Parallel()
	k := newTalk().say(chat(60)...)
	for i := range 30 { // a0, a1 and a2 under every post
		k.d.Comments[i].Author = fmt.Sprintf("a%d", i/10)
	}
	r := readingOf(t, &k.d, nil, RepeatCommenters)
	value, _ := r.Value.Value()
	if value != .5 || r.Count != 60 {
		t.Errorf("%v of %d", value, r.Count)
	}
	if diff := cmp.Diff([]string{"comments.regulars"}, findingCodes(r)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}

	for i := range k.d.Comments {
		k.d.Comments[i].PostID = fmt.Sprintf("p%d", i%4)
	}
	if r := readingOf(t, &k.d, nil, RepeatCommenters); r.Refusal == nil || r.Refusal.Code != "comments.too_few_posts" {
		t.Errorf("with 4 posts %+v", r)
	}
	for i := range 31 {
		k.d.Comments[i].Author = ""
	}
	if r := readingOf(t, &k.d, nil, RepeatCommenters); r.Refusal == nil || r.Refusal.Code != "comments.no_authors" {
		t.Errorf("without authors %+v", r)
	}
}

func TestEarlyAndBursts(t *testing.T) {
	t.Parallel()
	k := newTalk().say(chat(60)...)
	for i := range 20 {
		c := &k.d.Comments[i]
		c.PostID, c.At = "p3", published(3).Add(time.Duration(i)*2*time.Second+time.Minute)
	}
	r := readingOf(t, &k.d, nil, EarlyComments)
	if diff := cmp.Diff([]string{"comments.burst"}, findingCodes(r)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if value, _ := r.Value.Value(); value != 20./60 {
		t.Errorf("early are %v", value)
	}
	if !r.Value.At().Equal(published(9).Add(59 * time.Hour)) {
		t.Errorf("without a time, the reading is for %v", r.Value.At())
	}

	// Comments that are spread over more than a minute are no burst, and one that is older
	// than its post says nothing.
	for i := range 20 {
		k.d.Comments[i].At = published(3).Add(time.Duration(i) * 7 * time.Second)
	}
	k.d.Comments[19].At = published(3).Add(-time.Second)
	r = readingOf(t, &k.d, nil, EarlyComments)
	if value, _ := r.Value.Value(); value != 19./59 || r.Count != 59 || len(r.Findings) > 0 {
		t.Errorf("early are %v of %d, findings %v", value, r.Count, r.Findings)
	}
	for i := range k.d.Comments {
		k.d.Comments[i].At = time.Time{}
	}
	if r := readingOf(t, &k.d, nil, EarlyComments); r.Refusal == nil || r.Refusal.Code != "comments.no_times" {
		t.Errorf("without times %+v", r)
	}
}

func TestPods(t *testing.T) {
	t.Parallel()
	var all []*creator.Dossier
	for _, id := range []byline.CreatorID{"ada", "bruno", "cleo", "dario"} {
		d := &creator.Dossier{Profile: creator.Profile{ID: id}}
		for post := range 3 {
			for _, author := range []string{"x", "y", "z", "fan-of-" + string(id)} {
				if id == "dario" && author == "z" {
					continue // z knows three of them
				}
				d.Comments = append(d.Comments, creator.Comment{Author: author, PostID: fmt.Sprint(post), Platform: byline.Instagram})
			}
			d.Comments = append(d.Comments, creator.Comment{Author: "w", PostID: "0", Platform: byline.Instagram})
		}
		all = append(all, d)
	}
	want := []Pod{{Creators: []byline.CreatorID{"ada", "bruno", "cleo", "dario"}, Authors: []string{"x", "y"}}}
	if diff := cmp.Diff(want, Pods(append(all, nil, all[0]), &PodOptions{MinAuthors: 2})); diff != "" {
		t.Errorf("pods (-want +got):\n%s", diff)
	}
	halves := *all[0]
	first, second := halves, halves
	first.Comments, second.Comments = halves.Comments[:6], halves.Comments[6:]
	for _, both := range [][]*creator.Dossier{{&first, &second}, {&second, &first}} {
		if diff := cmp.Diff(want, Pods(append(both, all[1:]...), &PodOptions{MinAuthors: 2})); diff != "" {
			t.Errorf("two dossiers of one creator (-want +got):\n%s", diff)
		}
	}
	own := *all[3]
	own.Comments = slices.Clone(own.Comments)
	for i := range own.Comments {
		own.Comments[i].ByCreator = true
	}
	if got := Pods([]*creator.Dossier{all[0], all[1], &own}, &PodOptions{MinAuthors: 2}); got != nil {
		t.Errorf("a creator's own answers make a pod: %v", got)
	}
	if got := Pods(all, nil); got != nil {
		t.Errorf("three authors are needed, and %v are found", got)
	}
	if got := Pods(all, &PodOptions{MinAuthors: 2, MinCreators: 5}); got != nil {
		t.Errorf("five creators are needed, and %v are found", got)
	}
	k := newTalk().say(chat(40)...)
	r := readingOf(t, &k.d, &CommentOptions{PodAuthors: []string{"a1", "a2", "", "nobody"}}, PodComments)
	if value, _ := r.Value.Value(); value != 2./40 {
		t.Errorf("of pods are %v", value)
	}
	if r := readingOf(t, &k.d, &CommentOptions{PodAuthors: []string{""}}, PodComments); r.Refusal == nil || r.Refusal.Code != "comments.no_pods" {
		t.Errorf("an author without a key is a pod: %+v", r)
	}
	if r := readingOf(t, &k.d, nil, PodComments); r.Refusal.Code != "comments.no_pods" || r.Value.Missing() != byline.NotCollected {
		t.Errorf("without pods %+v", r)
	}
}

// plainJudge knows three English words.
type plainJudge struct{}

func (plainJudge) Version() string { return "plain.v1" }

func (plainJudge) Valence(text, language string) (float64, error) {
	switch {
	case language != "en":
		return 0, errors.New("not a language of this judge")
	case strings.Contains(text, "awful"):
		return -0.5, nil
	case strings.Contains(text, "wonderful"):
		return 0.5, nil
	case strings.Contains(text, "broken"):
		return 7, nil
	}
	return 0.49, nil
}

func TestMood(t *testing.T) {
	t.Parallel()
	k := newTalk().say(chat(36)...).say("awful", "awful @dario write to dario@demo.example", "wonderful", "broken")
	k.d.Comments[0].Language = ""
	k.d.Comments[1].Language = "de"
	c, err := Comments(&k.d, fitAda, &CommentOptions{Sentiment: plainJudge{}})
	require.NoError(t, err)
	want := Mood{Judge: "plain.v1", Negative: 2, Between: 34, Positive: 1, Undetermined: 3}
	got := *c.Mood
	got.negative, got.positive = nil, nil
	if got.Judge != want.Judge || got.Negative != want.Negative || got.Between != want.Between || got.Positive != want.Positive || got.Undetermined != want.Undetermined {
		t.Errorf("mood %+v, want %+v", got, want)
	}
	r, _ := c.Readings.Get(NegativeComments, byline.Instagram)
	if value, _ := r.Value.Value(); value != 2./37 || r.Count != 37 {
		t.Errorf("negative are %v of %d", value, r.Count)
	}
	if diff := cmp.Diff([]string{"comments.not_judged", "comments.negative"}, findingCodes(r)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if text := r.Findings[1].Message; strings.Contains(text, "dario") || strings.Contains(text, "a37") {
		t.Errorf("a finding names people: %s", text)
	}
	data, err := json.Marshal(c)
	require.NoError(t, err)
	var back Commented
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(c.Readings, back.Readings); diff != "" {
		t.Errorf("JSON round trip (-want +got):\n%s", diff)
	}
	if r := readingOf(t, &k.d, nil, NegativeComments); r.Refusal.Code != "comments.no_judge" {
		t.Errorf("without a judge %+v", r)
	}
}

func TestWhichCommentsCount(t *testing.T) {
	t.Parallel()
	k := newTalk().say(chat(40)...)
	k.d.Posts = append(k.d.Posts, creator.Post{ID: "other", Account: creator.Ref{Platform: byline.Instagram, Handle: "ada.second"}})
	k.d.Comments[0].ByCreator = true
	k.d.Comments[1].Platform = byline.TikTok
	k.d.Comments[2].PostID = "other"
	k.d.Comments[3].At = fitAt.AddDate(1, 0, 0)
	k.d.Comments[4].PostID = "not in the dossier"
	k.d.Comments = append(k.d.Comments, k.d.Comments[5])
	r := readingOf(t, &k.d, &CommentOptions{At: fitAt.AddDate(0, 2, 0)}, SpamComments)
	if r.Count != 36 || !r.Value.At().Equal(fitAt.AddDate(0, 2, 0)) {
		t.Errorf("%d count", r.Count)
	}
	if diff := cmp.Diff([]string{"comments.same_id"}, findingCodes(r)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if r := readingOf(t, &k.d, &CommentOptions{MinComments: 100}, SpamComments); r.Refusal == nil || r.Refusal.Code != "comments.too_few" || r.Refusal.Need != 100 {
		t.Errorf("refusal %+v", r.Refusal)
	}
	if _, err := Comments(&k.d, fitAda, &CommentOptions{Level: 2}); fmt.Sprint(faultList(t, err)) != "[level comments.level]" {
		t.Error(err)
	}
}

func TestCommentsIgnoreOrder(t *testing.T) {
	t.Parallel()
	k := newTalk().say(chat(60)...).say("subscribe to my channel", "subscribe to my channel", "subscribe to my channel now", "wow", "wow", "❤", "awful", "awful bread")
	o := &CommentOptions{Sentiment: plainJudge{}, PodAuthors: []string{"a1"}}
	want, err := json.Marshal(commentReadings(&k.d, fitAda, &Options{Comments: o}))
	require.NoError(t, err)
	for range 10 {
		rand.Shuffle(len(k.d.Comments), func(i, j int) { k.d.Comments[i], k.d.Comments[j] = k.d.Comments[j], k.d.Comments[i] })
		got, err := json.Marshal(commentReadings(&k.d, fitAda, &Options{Comments: o}))
		require.NoError(t, err)
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Fatalf("order matters (-want +got):\n%s", diff)
		}
	}
}

func FuzzCommentText(f *testing.F) {
	for _, seed := range []string{"", "wow", "<3", "&#0;&lt;", "\xff\xfe@", "かわいい", strings.Repeat("aé", 6000), "@@@ @", "call +49 170 1234567", "my my my my channel", "\u200b\ufe0f"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		folded := foldComment(text)
		if !utf8.ValidString(folded) || strings.Contains(folded, "  ") {
			t.Errorf("%q is folded to %q", text, folded)
		}
		for _, w := range commentWords(folded) {
			if w == "" || strings.Contains(w, " ") {
				t.Errorf("%q has the word %q", text, w)
			}
		}
		if q := quoteComment(text); !utf8.ValidString(q) || utf8.RuneCountInString(q) > 80 {
			t.Errorf("%q is quoted as %q", text, q)
		}
		EnglishPhrases().fits(remark{&creator.Comment{Text: text, Language: "en"}, folded, commentWords(folded)})
		EnglishSpam().Signs(text, "en")
	})
}

func BenchmarkComments(b *testing.B) {
	k := newTalk()
	words := strings.Fields("the crumb of this bread is so soft and warm I want to bake it with my mother at home today but oven flour water salt love")
	dice := rand.New(rand.NewPCG(13, 14))
	for range 100_000 {
		text := make([]string, 3+dice.IntN(20))
		for i := range text {
			text[i] = words[dice.IntN(len(words))]
		}
		k.say(strings.Join(text, " "))
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Comments(&k.d, fitAda, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// One text a hundred thousand times is the worst that a pod can do.
func BenchmarkCommentsAllAlike(b *testing.B) {
	k := newTalk()
	for n := range 100_000 {
		k.say(fmt.Sprintf("this is the softest focaccia that I have ever made at home %d", n))
	}
	for b.Loop() {
		if _, err := Comments(&k.d, fitAda, nil); err != nil {
			b.Fatal(err)
		}
	}
}
