package disclosure_test

import (
	"strings"
	"testing"

	"github.com/bylinehq/byline"
	d "github.com/bylinehq/byline/brief/disclosure"
)

func report(b *testing.B) { b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "assessments/s") }

// One post in six markets, as a check of a live post asks.
func BenchmarkEvaluate(b *testing.B) {
	rules := append(standIns(), d.Rules()...)
	p := known("US", "en", "#ad Love this serum from @acme, more in my stories #skincare #acme #love")
	p.Markets = []byline.Market{"US", "GB", "DE", "FR", "SE", "IN"}
	b.ReportAllocs()
	for b.Loop() {
		d.Evaluate(p, rules)
	}
	report(b)
}

// The same with rules that are made ready once.
func BenchmarkBook(b *testing.B) {
	book := d.NewBook(append(standIns(), d.Rules()...))
	p := known("US", "en", "#ad Love this serum from @acme, more in my stories #skincare #acme #love")
	p.Markets = []byline.Market{"US", "GB", "DE", "FR", "SE", "IN"}
	b.ReportAllocs()
	for b.Loop() {
		book.Evaluate(p)
	}
	report(b)
}

func BenchmarkSuggest(b *testing.B) {
	rules := append(standIns(), d.Rules()...)
	for b.Loop() {
		d.Suggest(known("US", "en", ""), rules)
	}
}

// Captions of 100 kB that are all labels, names, brackets or nothing that ends.
func BenchmarkHostile(b *testing.B) {
	rules := append(standIns(), d.Rules()...)
	for name, piece := range map[string]string{
		"labels": "#ad ", "names": "@acme ", "one word": "a", "marks": "\u0336", "brands": "Acme ", "Han": "広告代", "thanks": "Thanks to Acme for the ", "wide": "Ａ", "dots": "@a.", "companions": "#adv ", "links": "a://",
	} {
		b.Run(name, func(b *testing.B) {
			p := known("US", "en", strings.Repeat(piece, 100_000/len(piece)))
			p.Markets = append(p.Markets, "IT", "JP")
			for b.Loop() {
				d.Evaluate(p, rules)
			}
			report(b)
		})
	}
}
