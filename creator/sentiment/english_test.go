package sentiment_test

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/creator/sentiment"
)

func TestValenceByLanguage(t *testing.T) {
	t.Parallel()
	english := sentiment.NewEnglish()
	tests := map[string]struct {
		language, text, want string // the code of the refusal
	}{
		"English":                           {"en", "good", ""},
		"of a country":                      {"en-GB", "good", ""},
		"in capitals":                       {"EN-us", "good", ""},
		"with a script":                     {"en-Latn-NZ", "good", ""},
		"German":                            {"de", "good", "sentiment.language"},
		"a language beginning so":           {"enm", "good", "sentiment.language"},
		"not determined":                    {"", "good", "sentiment.language"},
		"undetermined by name":              {"und", "good", "sentiment.language"},
		"no tag":                            {" en", "good", "sentiment.language"},
		"no known word":                     {"en", "when is part two", "sentiment.no_words"},
		"only a booster":                    {"en", "very very", "sentiment.no_words"},
		"nothing":                           {"en", "", "sentiment.no_words"},
		"space":                             {"en", " \n\t\u00a0", "sentiment.no_words"},
		"an emoji that is known":            {"en", "😍", ""},
		"an emoji that is not":              {"en", "\U0001faef", "sentiment.no_words"},
		"an i with a dot":                   {"en", "LİKE", "sentiment.no_words"},
		"not UTF-8":                         {"en", "\xff\xfe\x80", "sentiment.no_words"},
		"a known word that ends as nothing": {"en", "no good", ""},
		"a known word that says nothing":    {"en", "we met at the bus stop", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := english.Valence(tt.text, tt.language)
			got := ""
			if refusal, ok := errors.AsType[*byline.RefusalError](err); ok {
				got = refusal.Code
				require.ErrorIs(t, err, byline.ErrRefused)
			}
			if got != tt.want {
				t.Errorf("refused with %q, want %q", got, tt.want)
			}
		})
	}
}

func TestZeroEnglishRefuses(t *testing.T) {
	t.Parallel()
	var zero sentiment.English
	_, err := zero.Valence("good", "en")
	require.ErrorIs(t, err, byline.ErrRefused)
}

// TestRules holds one rule each to what it is for.
func TestRules(t *testing.T) {
	t.Parallel()
	english := sentiment.NewEnglish()
	louder := map[string][2]string{
		"a booster":               {"very good", "good"},
		"a booster in capitals":   {"the food is VERY good", "the food is very good"},
		"a damper":                {"good", "slightly good"},
		"a damper of two words":   {"the food is good today", "it is kind of good today"},
		"capitals":                {"the food is GOOD", "the food is good"},
		"not all in capitals":     {"the food is GOOD", "THE FOOD IS GOOD"},
		"a mark":                  {"good!", "good"},
		"four marks":              {"good!!!!", "good!!!"},
		"two questions":           {"good??", "good?"},
		"not":                     {"good", "not good"},
		"n't":                     {"it is good", "it isn't good"},
		"no":                      {"good", "no good"},
		"no, a word before":       {"no big thing", "no big good"},
		"no, far before":          {"no tea and good", "no tea or good"},
		"n't within a word":       {"you should like it", "you don'tcha like it"},
		"an idiom of three words": {"was it the kiss to death", "was it the kiss of death"},
		"an idiom left behind":    {"to die for good", "to die of good"},
		"not bad":                 {"not bad", "bad"},
		"never this":              {"has never been this good", "has never been good"},
		"without doubt":           {"without a doubt good", "without good"},
		"but":                     {"bad food but good wine", "good food but bad wine"},
		"least":                   {"at least good", "the least good"},
		"an idiom":                {"that is now the bomb", "that is now a bomb"},
		"an idiom before":         {"waiting at the bus stop", "waiting at the stop sign"},
		"an emoticon":             {"food :)", "food :("},
		"an emoji beside a word":  {"food😍", "food"},
		"an emoji after an emoji": {"😍😍", "😍"},
	}
	for name, pair := range louder {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			more, less := english.Scores(pair[0]), english.Scores(pair[1])
			if more.Compound <= less.Compound {
				t.Errorf("%q has %v, %q has %v", pair[0], more.Compound, pair[1], less.Compound)
			}
		})
	}
}

// TestTheSame holds what must make no difference.
func TestTheSame(t *testing.T) {
	t.Parallel()
	english := sentiment.NewEnglish()
	for name, pair := range map[string][2]string{
		"capitals everywhere": {"VERY GOOD", "very good"},
		"one question":        {"good?", "good"},
		"four questions":      {"good????", "good?????"},
		"a damper too far":    {"love kind of good", "love tea of good"},
		"a separator":         {"good\x1cbad", "good bad"},
		"a space of its own":  {"good\u00a0bad", "good bad"},
	} {
		a, b := english.Scores(pair[0]), english.Scores(pair[1])
		if a.Known = b.Known; a != b { // "kind" is a word that is known, and tea is none
			t.Errorf("%s: %q has %v, %q has %v", name, pair[0], a, pair[1], b)
		}
	}
}

func TestMarksEndAtFour(t *testing.T) {
	t.Parallel()
	english := sentiment.NewEnglish()
	if four, many := english.Scores("good!!!!"), english.Scores("good"+strings.Repeat("!", 1000)); four.Compound != many.Compound {
		t.Errorf("four give %v, a thousand %v", four.Compound, many.Compound)
	}
}

func TestScoresFromManyGoroutines(t *testing.T) {
	t.Parallel()
	english := sentiment.NewEnglish()
	const text = "not that bad, but the bus stop was a broken heart 😭 and kind of GREAT!"
	want := english.Scores(text)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if got := english.Scores(text); got != want {
					t.Errorf("got %v, want %v", got, want)
				}
			}
		})
	}
	wg.Wait()
	// The library keeps its tables in maps, whose order must not matter.
	if got := sentiment.NewEnglish().Scores(text); got != want {
		t.Errorf("another one says %v, want %v", got, want)
	}
}

func TestScoresRoundTrip(t *testing.T) {
	t.Parallel()
	want := sentiment.NewEnglish().Scores("not great, but lovely in the end")
	data, err := json.Marshal(want)
	require.NoError(t, err)
	var back sentiment.Scores
	require.NoError(t, json.Unmarshal(data, &back))
	if diff := cmp.Diff(want, back); diff != "" {
		t.Errorf("JSON round trip mismatch (-want +got):\n%s", diff)
	}
}

// TestHugeTexts ends in time only because nothing is looked at for every pair of words.
func TestHugeTexts(t *testing.T) {
	t.Parallel()
	english := sentiment.NewEnglish()
	for name, unit := range map[string]string{
		"equal words": "good ", "with but": "good but ", "not": "not good ", "marks": "!", "letters": "a", "not UTF-8": "\xff",
		"emoji": "😍", "spaces": " ", "two words": "good bad but ",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mustBeSound(t, english.Scores(strings.Repeat(unit, 60_000/len(unit))))
		})
	}
}

func mustBeSound(t *testing.T, s sentiment.Scores) {
	t.Helper()
	sum := s.Negative + s.Neutral + s.Positive
	switch {
	case !(s.Compound >= -1 && s.Compound <= 1), math.Signbit(s.Compound) && s.Compound == 0:
		t.Errorf("compound %v", s.Compound)
	case !(s.Negative >= 0 && s.Neutral >= 0 && s.Positive >= 0):
		t.Errorf("shares %v", s)
	case s.Words > 0 && math.Abs(sum-1) > 0.0016, s.Words == 0 && sum != 0:
		t.Errorf("%d words, shares sum to %v", s.Words, sum)
	case s.Known < 0 || s.Known > s.Words, s.Known == 0 && s.Compound != 0:
		t.Errorf("%d of %d words are known, compound %v", s.Known, s.Words, s.Compound)
	}
}

func FuzzScores(f *testing.F) {
	english := sentiment.NewEnglish()
	for _, text := range []string{
		"", "good", "VADER is VERY SMART, handsome, and FUNNY!!!", "not good nor bad, but at least never this kind of great",
		"no no good or bad", "😍😭 but 😍", "\xffgood\x00\u2028bad", "the shit but to die for the bomb", "? ? ?!", "least bad", "İSTANBUL ǅ good",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := english.Scores(text)
		mustBeSound(t, s)
		if again := english.Scores(text); again != s {
			t.Errorf("%v, then %v", s, again)
		}
		if around := english.Scores(" \n" + text + "\t "); around != s {
			t.Errorf("%v, with space around it %v", s, around)
		}
		if _, err := english.Valence(text, "en"); (err != nil) != (s.Known == 0) {
			t.Errorf("%d known words, error %v", s.Known, err)
		}
	})
}

func BenchmarkScores(b *testing.B) {
	english := sentiment.NewEnglish()
	texts := []string{
		"Somehow I was blessed with some really amazing friends in my life.", "not great, but the second recipe is lovely 😍",
		"when is part two", "OMG this is the BEST thing ever!!! where can I buy it?", "lol no", "Never buying this again, it broke after a week.",
	}
	for b.Loop() {
		for _, text := range texts {
			english.Scores(text)
		}
	}
	b.ReportMetric(float64(b.N*len(texts))/b.Elapsed().Seconds(), "texts/s")
}

func BenchmarkHugeTextWithBut(b *testing.B) {
	english := sentiment.NewEnglish()
	text := strings.Repeat("good but bad ", 10_000_000/13)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		english.Scores(text)
	}
}

func BenchmarkNewEnglish(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		sentiment.NewEnglish()
	}
}
