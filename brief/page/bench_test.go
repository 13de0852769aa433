package page_test

import (
	"io"
	"testing"

	"github.com/bylinehq/byline/brief/page"
)

func BenchmarkMake(b *testing.B) {
	in, opts := full(), &page.Options{Language: "de", Zone: berlin()}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := page.Make(in, opts); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWriteMarkdown(b *testing.B) {
	doc := made(b, full(), "de")
	b.ReportAllocs()
	for b.Loop() {
		if err := page.WriteMarkdown(io.Discard, doc); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWriteHTML(b *testing.B) {
	doc := made(b, full(), "de")
	b.ReportAllocs()
	for b.Loop() {
		if err := page.WriteHTML(io.Discard, doc, nil); err != nil {
			b.Fatal(err)
		}
	}
}
