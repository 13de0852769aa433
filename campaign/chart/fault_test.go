package chart_test

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/campaign/chart"
)

func TestFaults(t *testing.T) {
	t.Parallel()
	inf := math.Inf(1)
	tests := map[string]struct {
		chart   chart.Chart
		options *chart.Options
		want    []string
	}{
		"options": {
			dots(), &chart.Options{Width: 100, ID: `x" onload="`}, []string{"width chart.width", "id chart.id"},
		},
		"an id that begins with a digit": {dots(), &chart.Options{ID: "1a"}, []string{"id chart.id"}},
		"a picture too wide":             {dots(), &chart.Options{Width: chart.MaxWidth + 1}, []string{"width chart.width"}},
		"no title":                       {chart.Bars{Title: " \x00\u202E"}, nil, []string{"title chart.title"}},
		"dots": {
			chart.Dots{Title: "a", Series: make([]string, 7), Rows: []chart.DotRow{{"ada", make([]float64, 7)}, {"bruno", []float64{-2e300}}}}, nil,
			[]string{"series chart.series", "rows[1].values chart.values", "rows[1].values chart.magnitude"},
		},
		"intervals": {
			chart.Intervals{Title: "a", Level: 90, Reference: &chart.Reference{Value: 1e301}, Rows: []chart.IntervalRow{
				{Range: &chart.Range{Low: 2, High: 1}}, {Range: &chart.Range{Low: none(), High: 1}}, {Value: 2e300, Range: &chart.Range{Low: 0, High: inf}},
			}}, nil,
			[]string{"level chart.level", "reference chart.magnitude", "rows[0].range chart.range", "rows[1].range chart.range", "rows[2].value chart.magnitude", "rows[2].range chart.range"},
		},
		"a level that is no number": {chart.Intervals{Title: "a", Level: none()}, nil, []string{"level chart.level"}},
		"lines": {
			chart.Lines{Title: "a", Series: []chart.Line{{Points: []chart.Point{{X: 2e300}}, Band: []chart.BandPoint{{Low: 1}}}}, Marks: []chart.Mark{{Y: 2e300}}}, nil,
			[]string{"series[0].points[0] chart.magnitude", "series[0].band[0] chart.range", "marks[0] chart.magnitude"},
		},
		"cells": {
			chart.Heat{Title: "a", Rows: []string{"ada"}, Columns: []string{"sale"}, Cells: [][]float64{{1, 2}, {2e300}}}, nil,
			[]string{"cells chart.values", "cells[0] chart.values", "cells[1] chart.magnitude"},
		},
		"bars": {chart.Bars{Title: "a", Rows: []chart.Bar{{"ada", -2e300}}}, nil, []string{"rows[0].value chart.magnitude"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			err := tt.chart.WriteSVG(&b, tt.options)
			require.ErrorIs(t, err, byline.ErrInvalid)
			var got []string
			for _, f := range byline.Nest("", err) {
				got = append(got, f.Path+" "+f.Code)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
			if b.Len() > 0 {
				t.Error("something was written")
			}
			_, err = chart.Figure(tt.chart, tt.options)
			require.ErrorIs(t, err, byline.ErrInvalid)
		})
	}
}

type broken struct{}

var errBroken = errors.New("the pipe is broken")

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func TestWriteError(t *testing.T) {
	t.Parallel()
	require.ErrorIs(t, bars().WriteSVG(broken{}, nil), errBroken)
	require.ErrorIs(t, bars().Table().WriteHTML(broken{}), errBroken)
}

func TestIDs(t *testing.T) {
	t.Parallel()
	one, other := draw(t, bars(), nil), draw(t, dots(), nil)
	id := func(svg []byte) string {
		_, after, _ := strings.Cut(string(svg), `aria-labelledby="`)
		before, _, _ := strings.Cut(after, `"`)
		return before
	}
	if id(one) == id(other) {
		t.Errorf("two titles share %s", id(one))
	}
	own := string(draw(t, bars(), &chart.Options{ID: "why"}))
	for _, part := range []string{`aria-labelledby="why-title why-desc"`, `<title id="why-title">Why this score</title>`, `<desc id="why-desc">Bars from zero, 6 rows.</desc>`, `role="img"`} {
		if !strings.Contains(own, part) {
			t.Errorf("no %s", part)
		}
	}
}
