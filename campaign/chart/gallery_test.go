package chart_test

import (
	"math"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/campaign/chart"
)

// exhibit is a chart and a width to draw it at.
type exhibit struct {
	chart chart.Chart
	width int
}

const (
	longName = "a creator with a very long name indeed, GmbH & Co. KG, of the old town"
	cjkName  = "とても長い名前のクリエイター公式チャンネル"
	rtlName  = "نورة القحطاني (official)"
	hostile  = "\"><script>alert(1)</script>\x00\u202Eonload='x' <![CDATA[ ]]> &amp; \xff"
)

func none() float64 { return math.NaN() }

func models() []string { return []string{"Code first", "Last touch", "Linear", "Incremental"} }

func dots() chart.Dots {
	return chart.Dots{
		Title:       "How models disagree",
		Description: "One row for each creator",
		Axis:        chart.Axis{Label: "Credited sales", Format: chart.Money(byline.EUR)},
		Series:      models(),
		Rows: []chart.DotRow{
			{Name: "ada", Values: []float64{4_080_000, 3_800_000, 3_300_000, 2_950_000}},
			{Name: "bruno", Values: []float64{3_390_000, 3_640_000, 3_660_000, 2_500_000}},
			{Name: longName, Values: []float64{3_000_000, 3_000_000, 2_400_000, 1_250_000}},
			{Name: cjkName, Values: []float64{1_162_000, 1_190_000, 1_300_000, 450_000}},
			{Name: rtlName, Values: []float64{850_000, 850_000, 850_000, 850_000}},
			{Name: "cleo", Values: []float64{637_000, none(), 590_000, math.Inf(1)}},
			{Name: "dario", Values: []float64{none(), none(), none(), none()}},
		},
	}
}

// dotsOf is a plot of one series with these values.
func dotsOf(values ...float64) chart.Dots {
	d := chart.Dots{Title: "One series", Series: []string{"Linear"}}
	for _, v := range values {
		d.Rows = append(d.Rows, chart.DotRow{Name: "ada", Values: []float64{v}})
	}
	return d
}

func intervals() chart.Intervals {
	return chart.Intervals{
		Title:     "How sure the lift is",
		Level:     0.9,
		Axis:      chart.Axis{Label: "Incremental sales per 1,000 reached", Format: chart.Number(1).Signed()},
		Reference: &chart.Reference{Value: 0, Label: "no effect"},
		Column:    "Top 3",
		Rows: []chart.IntervalRow{
			{Name: "ada", Value: 4.1, Range: &chart.Range{Low: 2.6, High: 5.7}, Text: "98%"},
			{Name: "bruno", Value: 1.9, Range: &chart.Range{Low: -0.3, High: 3.9}, Text: "50%"},
			{Name: longName, Value: -0.6, Range: &chart.Range{Low: -2, High: 0.8}, Text: "1%"},
			{Name: "a point alone", Value: 2},
			{Name: "a range alone", Value: none(), Range: &chart.Range{Low: 1, High: 2}},
			{Name: "nothing", Value: none(), Text: "–"},
		},
	}
}

func lines() chart.Lines {
	l := chart.Lines{
		Title:  "Response to spend",
		X:      chart.Axis{Label: "Spend in four weeks", Format: chart.Money(byline.EUR)},
		Y:      chart.Axis{Label: "Expected sales", Format: chart.Money(byline.EUR)},
		Series: []chart.Line{{Name: "ada"}, {Name: "bruno"}},
		Marks: []chart.Mark{
			{Name: "current", X: 600_000, Y: 4_153_846}, {Name: "proposed", X: 650_000, Y: 4_333_333},
			{Name: "a limit that binds", X: 1_950_000, Y: none()}, {Name: "nowhere", X: none(), Y: 1},
		},
	}
	for i := range 21 {
		x := float64(i) * 100_000
		y := 9_000_000 * x / (x + 700_000)
		l.Series[0].Points = append(l.Series[0].Points, chart.Point{X: x, Y: y})
		l.Series[0].Band = append(l.Series[0].Band, chart.BandPoint{X: x, Low: y * 0.75, High: y * 1.25})
		if i == 9 || i == 11 {
			y = none() // and the point between them stands alone
		}
		l.Series[1].Points = append(l.Series[1].Points, chart.Point{X: x, Y: y / 2})
	}
	return l
}

func lineOf(points ...chart.Point) chart.Lines {
	return chart.Lines{Title: "One line", Series: []chart.Line{{Name: "ada", Points: points}}}
}

func heat() chart.Heat {
	return chart.Heat{
		Title: "Where people go next", Format: chart.Percent(0), RowLabel: "from", ColumnLabel: "to",
		Rows: []string{"start", "ada", "bruno"}, Columns: []string{"ada", "bruno", "sale", "none"},
		Cells: [][]float64{{0.6, 0.4, 0, 0}, {0, 0.22, 0.41, 0.37}, {0.31, none(), 0.2, 0.49}},
	}
}

func differences() chart.Heat {
	return chart.Heat{
		Title: "Differences", Format: chart.Number(1).Signed(),
		Rows:    []string{longName, "bruno"},
		Columns: []string{"Last touch", "First touch", "Linear", "Position based", "Time decay", "Markov removal", "Shapley"},
		Cells:   [][]float64{{-12, -6, -3, 0, 3, 6, 12}, {1, -2, 9, -9, 5, -6, 7}},
	}
}

func bars() chart.Bars {
	return chart.Bars{
		Title: "Why this score", Axis: chart.Axis{Label: "Points from a base of 50", Format: chart.Number(1).Signed()},
		Rows: []chart.Bar{
			{"Past sales here", 21}, {"Audience in market", 14.1}, {"Not measured", none()}, {"No difference", 0},
			{"Price vs expected", -5.8}, {longName, -0.01},
		},
	}
}

func barsOf(values ...float64) chart.Bars {
	b := chart.Bars{Title: "Bars", Neutral: true, Axis: chart.Axis{Format: chart.Money(byline.JPY).Signed()}}
	for _, v := range values {
		b.Rows = append(b.Rows, chart.Bar{Name: "ada", Value: v})
	}
	return b
}

func evil() []chart.Chart {
	d, v, l, h, b := dots(), intervals(), lines(), heat(), bars()
	d.Title, d.Description, d.Axis.Label, d.Series[0], d.Rows[0].Name = hostile, hostile, hostile, hostile, hostile
	v.Title, v.Reference.Label, v.Column, v.Rows[0].Name, v.Rows[0].Text = hostile, hostile, hostile, hostile, hostile
	l.Title, l.X.Label, l.Y.Label, l.Series[0].Name, l.Marks[0].Name = hostile, hostile, hostile, hostile, hostile
	h.Title, h.RowLabel, h.ColumnLabel, h.Rows[0], h.Columns[0] = hostile, hostile, hostile, hostile, hostile
	b.Title, b.Axis.Format, b.Rows[0].Name = hostile, chart.Custom(func(float64) string { return hostile }), hostile
	return []chart.Chart{d, v, l, h, b}
}

// gallery is every picture that a golden file shows.
func gallery() map[string]exhibit {
	g := map[string]exhibit{}
	for _, width := range []int{320, 700, 1100} {
		suffix := map[int]string{320: "phone", 700: "card", 1100: "wide"}[width]
		for name, c := range map[string]chart.Chart{
			"dots": dots(), "intervals": intervals(), "lines": lines(), "heat": heat(), "differences": differences(), "bars": bars(),
		} {
			g[name+"-"+suffix] = exhibit{c, width}
		}
	}
	for name, c := range map[string]chart.Chart{
		"dots-empty": dotsOf(), "dots-one": dotsOf(3), "dots-two": dotsOf(3, 4), "dots-zero": dotsOf(0, 0),
		"dots-negative": dotsOf(-5, -1.5), "dots-equal": dotsOf(7, 7), "dots-huge": dotsOf(-1e300, 1e300),
		"dots-tiny": dotsOf(1e-300, 3e-12), "dots-close": dotsOf(1e6, 1e6+1e-5), "dots-far": dotsOf(1_000_001, 1_000_003),
		"dots-none": dotsOf(none()), "intervals-empty": chart.Intervals{Title: "Empty"},
		"lines-empty": lineOf(), "lines-one": lineOf(chart.Point{X: 1, Y: 2}), "lines-none": lineOf(chart.Point{X: 1, Y: none()}),
		"lines-zero": lineOf(chart.Point{}, chart.Point{}), "lines-equal": lineOf(chart.Point{X: 1, Y: 5}, chart.Point{X: 2, Y: 5}),
		"lines-negative": lineOf(chart.Point{X: -2, Y: -5}, chart.Point{X: -1, Y: -7}),
		"lines-huge":     lineOf(chart.Point{X: -1e300, Y: 1e300}, chart.Point{X: 1e300, Y: -1e300}),
		"heat-empty":     chart.Heat{Title: "Empty"}, "heat-zero": chart.Heat{Title: "Zero", Rows: []string{"ada"}, Columns: []string{"sale"}, Cells: [][]float64{{0}}},
		"bars-empty": barsOf(), "bars-zero": barsOf(0, 0), "bars-negative": barsOf(-500, -12_345), "bars-one": barsOf(1), "bars-none": barsOf(none()),
		"bars-huge": barsOf(1e300, -1e300),
	} {
		g[name] = exhibit{c, 480}
	}
	for i, c := range evil() {
		g["hostile-"+[]string{"dots", "intervals", "lines", "heat", "bars"}[i]] = exhibit{c, 400}
	}
	return g
}
