package tracking_test

import (
	"testing"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/tracking"
)

func BenchmarkVisit(b *testing.B) {
	urls := map[string]string{
		"tracked": "https://demo.example/with/ada?bl=ada-autumn&blc=" + signed + "&utm_source=tiktok&utm_medium=creator&utm_campaign=autumn-26&utm_content=ada--autumn-26",
		"plain":   "https://demo.example/",
		"encoded": "/With/Zo%C3%AB/?fbclid=IwAR0abc&utm_campaign=early+spring&UTM_Source=tik%20tok",
	}
	for name, url := range urls {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				tracking.Visit(url, at(), attribution.SourceLandingPage)
			}
		})
	}
}

func BenchmarkSign(b *testing.B) {
	b.ReportAllocs()
	signer := clicks(key)
	for b.Loop() {
		if _, err := signer.Sign(click()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	b.ReportAllocs()
	reader := clicks(otherKey, key)
	for b.Loop() {
		if _, err := reader.Read(signed); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNewMint(b *testing.B) {
	for _, pattern := range []string{"{creator}-########", "{creator}-########*"} {
		b.Run(pattern, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				mint(b, pattern, "ada")
			}
		})
	}
}

func BenchmarkCode(b *testing.B) {
	m := mint(b, "{creator}-########", "ada")
	b.ReportAllocs()
	n := uint64(0)
	for b.Loop() {
		code(b, m, n)
		n++
	}
}

func BenchmarkIndex(b *testing.B) {
	m := mint(b, "{creator}-########", "ada")
	c := code(b, m, 7)
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := m.Index(c); !ok {
			b.Fatal("not found")
		}
	}
}
