package chart_test

import (
	"io"
	"testing"

	"github.com/bylinehq/byline/campaign/chart"
)

func BenchmarkWriteSVG(b *testing.B) {
	for name, c := range map[string]chart.Chart{"dots": dots(), "intervals": intervals(), "lines": lines(), "heat": heat(), "bars": bars()} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := c.WriteSVG(io.Discard, &chart.Options{Width: 700}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
