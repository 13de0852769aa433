package creator_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/bylinehq/byline/creator"
)

// busy is a dossier of 100,000 posts and as many comments.
func busy() creator.Dossier {
	d := goodDossier()
	for i := range 100_000 {
		d.Posts = append(d.Posts, goodPost(fmt.Sprint("x", i), 1+i%20))
		d.Comments = append(d.Comments, goodComment(fmt.Sprint("x", i)))
	}
	return d
}

func BenchmarkValidate(b *testing.B) {
	d := busy()
	b.ReportAllocs()
	for b.Loop() {
		if err := d.Validate(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReview(b *testing.B) {
	d := busy()
	b.ReportAllocs()
	for b.Loop() {
		if found := d.Review(day(22)); len(found) > 0 {
			b.Fatal(found)
		}
	}
}

func BenchmarkReadJSON(b *testing.B) {
	var file bytes.Buffer
	if err := creator.WriteJSON(&file, slices.Values(slices.Repeat([]creator.Dossier{goodDossier()}, 1000))); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.SetBytes(int64(file.Len()))
	for b.Loop() {
		for _, err := range creator.ReadJSON(bytes.NewReader(file.Bytes())) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
