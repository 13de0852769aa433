package safety_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/bylinehq/byline/creator"
	"github.com/bylinehq/byline/creator/safety"
)

// demoWord makes words that look like some and are none.
func demoWord(r *rand.Rand) string {
	var b strings.Builder
	for range 2 + r.IntN(3) {
		b.WriteString([]string{"ka", "lo", "mi", "ren", "tu", "sa", "vor", "pel", "nin", "gro"}[r.IntN(10)])
	}
	return b.String()
}

func benchList(r *rand.Rand, n int) safety.Wordlist {
	list := safety.Wordlist{Name: "bench", Version: "1"}
	for i := range n {
		words := []string{demoWord(r) + fmt.Sprint(i)}
		if i%3 == 0 {
			words = []string{demoWord(r) + " " + demoWord(r)}
		}
		list.Terms = append(list.Terms, term(fmt.Sprint(i), words))
	}
	return list
}

// A thousand posts of a hundred words and ten thousand terms, as the ten sets of a
// thousand keywords that vendors offer.
func BenchmarkScan(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	book := lexicon(b, benchList(r, 10_000))
	posts := make([]creator.Post, 1000)
	for i := range posts {
		var text []string
		for range 100 {
			text = append(text, demoWord(r))
		}
		posts[i] = post(fmt.Sprint(i), strings.Join(text, " ")+" #"+demoWord(r)+demoWord(r))
	}
	b.ResetTimer()
	for b.Loop() {
		safety.Scan(posts, book, nil)
	}
}

func BenchmarkScanHugePost(b *testing.B) {
	book := lexicon(b, safety.English())
	for name, text := range map[string]string{
		"hits": "gun reported ", "letters": "x", "marks": "a\u0301", "tags": "#gungunsafety", "ats": "@.", "dots": "....", "dollars": "a$",
	} {
		posts := []creator.Post{post("p", strings.Repeat(text, 10_000_000/len(text)))}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				safety.Scan(posts, book, nil)
			}
		})
	}
}

func BenchmarkNewLexicon(b *testing.B) {
	list := benchList(rand.New(rand.NewPCG(1, 1)), 10_000)
	for b.Loop() {
		lexicon(b, list)
	}
}
