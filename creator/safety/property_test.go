package safety_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/safety"
)

func randomPosts(r *rand.Rand, n int) []creator.Post {
	words := strings.Fields("gun guns glue safety news reported shit b1tch #gunsafety #NewGun survivor rape wine root beer 🔫 nazi history museum the a loaf . \n of")
	posts := make([]creator.Post, n)
	for i := range posts {
		var text []string
		for range r.IntN(20) {
			text = append(text, words[r.IntN(len(words))])
		}
		posts[i] = post(fmt.Sprint(r.IntN(n)), strings.Join(text, " "))
		posts[i].PublishedAt = date(2026, 1, 1).AddDate(0, 0, r.IntN(300))
		posts[i].Language = []string{"en", "en-GB", "de", ""}[r.IntN(4)]
	}
	return posts
}

func TestOrderPlaysNoPart(t *testing.T) {
	t.Parallel()
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 1))
		posts, list := randomPosts(r, 40), safety.English()
		want := safety.Scan(posts, lexicon(t, list), nil)
		var decisions []safety.Decision
		for _, h := range want.Hits {
			if v := []safety.Verdict{safety.Accepted, safety.Rejected, safety.FalsePositive, ""}[r.IntN(4)]; v != "" {
				decisions = append(decisions, h.Decide(v, "cleo", date(2026, 11, 1+r.IntN(3))))
			}
		}
		checks := safety.Judge(want, safety.Tolerance{}, decisions, date(2026, 11, 20))

		r.Shuffle(len(posts), func(i, j int) { posts[i], posts[j] = posts[j], posts[i] })
		r.Shuffle(len(list.Terms), func(i, j int) { list.Terms[i], list.Terms[j] = list.Terms[j], list.Terms[i] })
		r.Shuffle(len(decisions), func(i, j int) { decisions[i], decisions[j] = decisions[j], decisions[i] })
		got := safety.Scan(append(posts, posts[:5]...), lexicon(t, list), nil)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("seed %d, scans differ (-want +got):\n%s", seed, diff)
		}
		if diff := cmp.Diff(checks, safety.Judge(got, safety.Tolerance{}, decisions, date(2026, 11, 20))); diff != "" {
			t.Fatalf("seed %d, checks differ (-want +got):\n%s", seed, diff)
		}
	}
}

// severity is higher the worse an answer is.
func severity(s creator.State) int { return slices.Index([]creator.State{pass, open, fail}, s) }

// Posts without anything in them clear nothing, and a wider tolerance makes nothing worse.
func TestMonotony(t *testing.T) {
	t.Parallel()
	book, at := lexicon(t, safety.English()), date(2026, 11, 20)
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 2))
		posts := randomPosts(r, 40)
		few, more := safety.Scan(posts, book, nil), safety.Scan(append(harmless(100), posts...), book, nil)
		if diff := cmp.Diff(few.Hits, more.Hits); diff != "" {
			t.Fatalf("seed %d, harmless posts change hits:\n%s", seed, diff)
		}
		last := 2
		for _, limit := range []safety.Risk{"", safety.LowRisk, safety.MediumRisk, safety.HighRisk} {
			checks := safety.Judge(more, safety.Tolerance{Default: limit, MinShare: 0.1}, nil, at)
			now := severity(checks[1].State)
			if now > last {
				t.Fatalf("seed %d: %q is worse than what accepts less", seed, limit)
			}
			last = now
		}
	}
}

func FuzzScan(f *testing.F) {
	for _, text := range []string{
		"", "gun", "#GunSafety #gunsafety", "sh1t cr@p a$$hole", "f\u200buck \xff\xfe", "@ada https://x y", "銃 🔫\ufe0f", "ﷺ ½ ǆ ﬁ", "#_ #\u0301 @. _", "İıẞß",
		strings.Repeat("gun ", 50), strings.Repeat("a\u0301", 700), "reported gun\u2028gun", "www.", "#＃@@", "ａ_1",
	} {
		f.Add(text)
	}
	book, err := safety.NewLexicon(safety.English())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		posts := []creator.Post{post("p", text)}
		s := safety.Scan(posts, book, nil)
		for _, h := range s.Hits {
			if h.Start < 0 || h.Start >= h.End || h.End > len(text) || h.Uses < 1 || h.InContext > h.Uses || h.Context != "" != (h.InContext == h.Uses) {
				t.Errorf("%+v", h)
			}
			if !utf8.ValidString(h.Quote) || strings.ContainsAny(h.Quote, "\n\r\x1b\x00") || len(h.Quote) > 9000 || !strings.Contains(h.Quote, h.Found) {
				t.Errorf("quote %q of %q", h.Quote, h.Found)
			}
		}
		data, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var back safety.Scanned
		if err := json.Unmarshal(data, &back); err != nil || !cmp.Equal(s, back) {
			t.Errorf("round trip: %v", err)
		}
		if again := safety.Scan(posts, book, nil); !cmp.Equal(s, again) {
			t.Error("a second scan differs")
		}
		// What is clean stays so beside a word that is clean, and a hit stays a hit.
		if longer := safety.Scan([]creator.Post{post("p", text+"\n. loaf")}, book, nil); len(longer.Hits) != len(s.Hits) && utf8.ValidString(text) {
			t.Errorf("%d hits, and %d beside a harmless word", len(s.Hits), len(longer.Hits))
		}
	})
}
