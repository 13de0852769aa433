package chart

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// box is the place of a text in a picture.
type box struct {
	text                     string
	left, top, right, bottom float64
}

func (b box) meets(o box) bool {
	return b.left < o.right && o.left < b.right && b.top < o.bottom && o.top < b.bottom
}

// boxes reads where the level texts of a picture stand, by the widths of this package.
func boxes(t *testing.T, svg []byte) (width, height float64, list []box) {
	t.Helper()
	decoder := xml.NewDecoder(bytes.NewReader(svg))
	number := func(s string) float64 {
		v, err := strconv.ParseFloat(s, 64)
		require.NoError(t, err)
		return v
	}
	for {
		token, err := decoder.Token()
		if err != nil {
			return width, height, list
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		attrs := map[string]string{}
		for _, a := range element.Attr {
			attrs[a.Name.Local] = a.Value
		}
		if element.Name.Local == "svg" {
			width, height = number(attrs["width"]), number(attrs["height"])
		}
		if element.Name.Local != "text" || attrs["transform"] != "" {
			continue
		}
		var text string
		require.NoError(t, decoder.DecodeElement(&text, &element))
		size := smallSize
		if strings.Contains(attrs["class"], "chart-name") {
			size = nameSize
		}
		x, y, w := number(attrs["x"]), number(attrs["y"]), textWidth(text, size)
		switch attrs["text-anchor"] {
		case "end":
			x -= w
		case "middle":
			x -= w / 2
		}
		list = append(list, box{text, x, y - 0.7*size, x + w, y + 0.1*size})
	}
}

// No text of any chart leaves its picture or lies on another, at any width.
func TestTextsStandClear(t *testing.T) {
	t.Parallel()
	for i := range 400 {
		random := rand.New(rand.NewPCG(1, uint64(i)))
		c := anyChart(random)
		width := MinWidth + random.IntN(900)
		var b bytes.Buffer
		require.NoError(t, c.WriteSVG(&b, &Options{Width: width}))
		right, bottom, texts := boxes(t, b.Bytes())
		for j, text := range texts {
			if text.left < -1 || text.right > right+1 || text.top < -1 || text.bottom > bottom+1 {
				t.Errorf("%d: %T at %d: %q leaves the picture: %+v of %gx%g", i, c, width, text.text, text, right, bottom)
			}
			for _, other := range texts[:j] {
				if text.meets(other) {
					t.Errorf("%d: %T at %d: %q lies on %q", i, c, width, text.text, other.text)
				}
			}
		}
	}
}

func anyChart(r *rand.Rand) Chart {
	axis := func() Axis {
		formats := []Format{{}, Number(0), Number(2).Signed(), Percent(1), Money("EUR"), Money("JPY").Signed()}
		return Axis{Label: anyName(r), Format: formats[r.IntN(len(formats))], Zero: r.IntN(2) == 0}
	}
	switch r.IntN(5) {
	case 0:
		d := Dots{Title: "dots", Axis: axis(), Series: anyNames(r, MaxSeries)}
		for range r.IntN(12) {
			d.Rows = append(d.Rows, DotRow{anyName(r), anyValues(r, len(d.Series))})
		}
		return d
	case 1:
		v := Intervals{Title: "intervals", Axis: axis(), Reference: &Reference{anyValue(r), anyName(r)}, Column: anyName(r)}
		for range r.IntN(12) {
			v.Rows = append(v.Rows, IntervalRow{Name: anyName(r), Value: anyValue(r), Text: anyName(r)})
		}
		return v
	case 2:
		l := Lines{Title: "lines", X: axis(), Y: axis()}
		for _, name := range anyNames(r, MaxSeries) {
			var points []Point
			for range r.IntN(9) {
				points = append(points, Point{anyValue(r), anyValue(r)})
			}
			l.Series = append(l.Series, Line{Name: name, Points: points})
			l.Marks = append(l.Marks, Mark{anyName(r), anyValue(r), anyValue(r)})
		}
		return l
	case 3:
		h := Heat{Title: "heat", Format: axis().Format, RowLabel: anyName(r), ColumnLabel: anyName(r), Rows: anyNames(r, 9), Columns: anyNames(r, 9)}
		for range h.Rows {
			h.Cells = append(h.Cells, anyValues(r, len(h.Columns)))
		}
		return h
	default:
		b := Bars{Title: "bars", Axis: axis()}
		for range r.IntN(12) {
			b.Rows = append(b.Rows, Bar{anyName(r), anyValue(r)})
		}
		return b
	}
}

func anyName(r *rand.Rand) string {
	names := []string{"", "ada", "bruno", "a creator with a very long name indeed, of the old town", "WWWWWWWWWWWWWWWWWWWWWWWW", "とても長い名前のクリエイター", "نورة القحطاني", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦"}
	return names[r.IntN(len(names))]
}

func anyNames(r *rand.Rand, most int) []string {
	names := make([]string, r.IntN(most+1))
	for i := range names {
		names[i] = anyName(r)
	}
	return names
}

func anyValue(r *rand.Rand) float64 {
	switch r.IntN(8) {
	case 0:
		return math.NaN()
	case 1:
		return 0
	default:
		return (r.Float64() - 0.3) * math.Pow10(r.IntN(9)-2)
	}
}

func anyValues(r *rand.Rand, n int) []float64 {
	values := make([]float64, n)
	for i := range values {
		values[i] = anyValue(r)
	}
	return values
}

func TestNiceStep(t *testing.T) {
	t.Parallel()
	for raw, want := range map[float64]float64{1: 1, 1.1: 2, 2.1: 2.5, 2.6: 5, 5.1: 10, 0.03: 0.05, 0.021: 0.025, 2.2e9: 2.5e9, 1e-290: 1e-290, 2.4e299: 2.5e299} {
		if got := niceStep(raw, Format{}).times(1); fmt.Sprintf("%.12g", got) != fmt.Sprintf("%.12g", want) {
			t.Errorf("niceStep(%g) = %g, want %g", raw, got, want)
		}
	}
}
