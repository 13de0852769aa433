package chart_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline/campaign/chart"
	"github.com/bylinehq/byline/internal/golden"
)

func draw(t testing.TB, c chart.Chart, o *chart.Options) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, c.WriteSVG(&b, o))
	return b.Bytes()
}

// sound fails when a picture is not well formed, or holds what a strict page forbids.
func sound(t testing.TB, svg []byte) {
	t.Helper()
	elements := "svg title desc g text line rect circle path style"
	attributes := "xmlns class role aria-labelledby direction width height viewBox id x y x1 y1 x2 y2 cx cy r rx d transform text-anchor"
	ids := map[string]bool{}
	decoder := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		require.NoError(t, err)
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if !strings.Contains(" "+elements+" ", " "+element.Name.Local+" ") {
			t.Errorf("element %s", element.Name.Local)
		}
		for _, a := range element.Attr {
			if !strings.Contains(" "+attributes+" ", " "+a.Name.Local+" ") {
				t.Errorf("attribute %s of %s", a.Name.Local, element.Name.Local)
			}
			if a.Name.Local == "id" && ids[a.Value] {
				t.Errorf("id %s twice", a.Value)
			}
			if a.Name.Local == "id" {
				ids[a.Value] = true
			}
			if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") {
				t.Errorf("%s=%q", a.Name.Local, a.Value)
			}
		}
	}
}

func TestGallery(t *testing.T) {
	t.Parallel()
	for name, e := range gallery() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			svg := draw(t, e.chart, &chart.Options{Width: e.width})
			sound(t, svg)
			if again := draw(t, e.chart, &chart.Options{Width: e.width}); !bytes.Equal(svg, again) {
				t.Error("drawn twice, the picture differs")
			}
			golden.Equal(t, name+".svg", bytes.ReplaceAll(svg, []byte("><"), []byte(">\n<")))
		})
	}
}

func TestStandalone(t *testing.T) {
	t.Parallel()
	svg := draw(t, dots(), &chart.Options{Width: 700, ID: "models", Standalone: true})
	sound(t, svg)
	golden.Equal(t, "standalone.svg", bytes.ReplaceAll(svg, []byte("><"), []byte(">\n<")))
}

// Every class that a picture uses stands in the stylesheet, and none is there for nothing.
func TestClasses(t *testing.T) {
	t.Parallel()
	drawn := map[string]bool{"chart-table": true, "chart-figure": true}
	six := dots()
	six.Series = append(six.Series, "Markov", "Shapley")
	for i := range six.Rows {
		six.Rows[i].Values = append(six.Rows[i].Values, 1, 2)
	}
	six.Rows = append(six.Rows, chart.DotRow{Name: "none", Values: []float64{none(), none(), none(), none(), none(), none()}})
	pictures := [][]byte{draw(t, dots(), &chart.Options{Standalone: true}), draw(t, six, nil), draw(t, sixLines(), nil)}
	for _, e := range gallery() {
		pictures = append(pictures, draw(t, e.chart, &chart.Options{Width: e.width}))
	}
	for _, svg := range pictures {
		for _, match := range regexp.MustCompile(`class="([^"]*)"`).FindAllSubmatch(svg, -1) {
			for class := range strings.FieldsSeq(string(match[1])) {
				drawn[class] = true
			}
		}
	}
	styled := map[string]bool{}
	for _, match := range regexp.MustCompile(`\.(chart[a-z0-9-]*)`).FindAllStringSubmatch(chart.CSS, -1) {
		styled[match[1]] = true
	}
	for class := range drawn {
		if !styled[class] {
			t.Errorf("no style for %s", class)
		}
	}
	for class := range styled {
		if !drawn[class] {
			t.Errorf("nothing is of class %s", class)
		}
	}
}

func sixLines() chart.Lines {
	var l chart.Lines
	l.Title = "Six"
	for i, name := range []string{"ada", "bruno", "cleo", "dario", "emil", "fay"} {
		l.Series = append(l.Series, chart.Line{Name: name, Points: []chart.Point{{0, 0}, {1, float64(i)}}})
	}
	return l
}
