package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/attribution/ordercsv"
)

const benchOrders = 100_000

// demoFile is a file of made-up orders.
func demoFile(t testing.TB, orders int) []byte {
	t.Helper()
	var file bytes.Buffer
	require.NoError(t, writeDemoOrders(t.Context(), &file, orders))
	return file.Bytes()
}

// demoTold are the offers and policies of a demo.
func demoTold(t testing.TB, c config) told {
	t.Helper()
	folder := t.TempDir()
	require.NoError(t, writeFile(folder+"/"+demoOffers, writeDemoOffers))
	require.NoError(t, writeFile(folder+"/"+demoPolicy, writeDemoPolicy))
	c.offers = folder + "/" + demoOffers
	if c.against != "" {
		c.against = folder + "/" + demoPolicy
	}
	given, err := readTold(t.Context(), c)
	require.NoError(t, err)
	return given
}

// pass is one whole run from the bytes of a file to its report.
func pass(t testing.TB, given told, file io.Reader) report {
	t.Helper()
	in := &input{Reader: file, name: demoOrders}
	reader, err := ordercsv.NewReader(in, given.mapping)
	require.NoError(t, err)
	s, err := newScoring(t.Context(), in, reader, given)
	require.NoError(t, err)
	s.progress = newProgress(io.Discard, true, 0)
	r, err := s.run(given, &outputs{result: toStream(io.Discard)})
	require.NoError(t, err)
	return r
}

// BenchmarkScore is on one core, from bytes to the report.
func BenchmarkScore(b *testing.B) {
	file := demoFile(b, benchOrders)
	for name, c := range map[string]config{"one policy": {}, "two policies": {against: "demo"}} {
		b.Run(name, func(b *testing.B) {
			given := demoTold(b, c)
			b.ReportAllocs()
			b.SetBytes(int64(len(file)))
			for b.Loop() {
				if r := pass(b, given, bytes.NewReader(file)); r.Orders < benchOrders*99/100 {
					b.Fatal("orders are missing")
				}
			}
			b.ReportMetric(float64(b.N)*benchOrders/b.Elapsed().Seconds(), "orders/s")
		})
	}
	b.Run("ordercsv alone", func(b *testing.B) {
		given := demoTold(b, config{})
		b.ReportAllocs()
		b.SetBytes(int64(len(file)))
		for b.Loop() {
			r, err := ordercsv.NewReader(bytes.NewReader(file), given.mapping)
			require.NoError(b, err)
			rows := 0
			for _, err := range r.Orders() {
				if err == nil {
					rows++
				}
			}
			if rows == 0 {
				b.Fatal("no order")
			}
		}
		b.ReportMetric(float64(b.N)*benchOrders/b.Elapsed().Seconds(), "orders/s")
	})
	b.Run("floor/encoding/csv", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(file)))
		for b.Loop() {
			r := csv.NewReader(bytes.NewReader(file))
			r.ReuseRecord = true
			for {
				if _, err := r.Read(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(float64(b.N)*benchOrders/b.Elapsed().Seconds(), "orders/s")
	})
}
