package odrl_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/bylinehq/byline/contracts"
	"github.com/bylinehq/byline/contracts/odrl"
)

func BenchmarkImport(b *testing.B) {
	p, err := odrl.FromTerms(terms(), "demo.example")
	if err != nil {
		b.Fatal(err)
	}
	document, err := json.Marshal(p)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(document)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := odrl.Import(document, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEvaluate(b *testing.B) {
	p, err := odrl.FromTerms(terms(), "demo.example")
	if err != nil {
		b.Fatal(err)
	}
	q := odrl.Ask(contracts.Use{Channel: contracts.ChannelSparkAd, Market: "DE", At: date(2026, time.April, 1), Credited: true},
		contracts.Asset{ID: "reel-7", Agreement: "a-1", PaidAt: date(2026, time.February, 1)}, "demo.example")
	b.ReportAllocs()
	for b.Loop() {
		if p.Evaluate(q).Decision != odrl.Permit {
			b.Fatal("denied")
		}
	}
}
