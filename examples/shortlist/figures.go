package main

import (
	"fmt"
	"html/template"
	"math"
	"slices"

	"github.com/bylinehq/byline/campaign/chart"
	"github.com/bylinehq/byline/creator/reach"
)

// figure is a picture at the widths of a desk, a tablet and a phone, of which a media query
// shows one, and the table for those who look at none.
type figure struct {
	Wide, Middle, Phone, Table template.HTML
}

// Widths of the places where pictures stand, in pixels.
const (
	phoneWidth = 326
	middle     = 640
	wholeWidth = 1160 // of a card in one column
	halfWidth  = 558  // of a card in two
)

const (
	mostDrawn = 24 // rows of a picture
	mostCells = 10 // creators of the matrix
)

func draw(c chart.Chart, id string, width int) (*figure, error) {
	wide, err := chart.SVG(c, &chart.Options{Width: width, ID: id})
	if err != nil {
		return nil, err
	}
	between, err := chart.SVG(c, &chart.Options{Width: min(width, middle), ID: id + "-middle"})
	if err != nil {
		return nil, err
	}
	phone, err := chart.SVG(c, &chart.Options{Width: phoneWidth, ID: id + "-phone"})
	return &figure{wide, between, phone, c.Table().HTML()}, err
}

// scores are all who have a place, with how far the score may move.
func (r *report) scores() chart.Intervals {
	v := chart.Intervals{
		Title: "Scores of all who may be booked", Description: "From 0 to 100 by the rubric. The bar is where the score could be within the margins of what is known, and of what is not.",
		Axis: chart.Axis{Label: "Score", Format: chart.Number(0)}, Column: "Place",
	}
	for _, p := range r.Ranking.Places[:min(mostDrawn, len(r.Ranking.Places))] {
		e := r.byID[p.CreatorID]
		name := e.words()
		if r.picked(e) {
			name += ", on the list"
		}
		likely := e.Assessment.Likely
		v.Rows = append(v.Rows, chart.IntervalRow{Name: name, Value: p.Score, Range: &chart.Range{Low: likely.Low, High: likely.High}, Text: showPlace(e.Place)})
	}
	return v
}

// why draws what lifts and what lowers a score.
func (r *report) why(e *entry) chart.Bars {
	b := chart.Bars{
		Title: "What makes the score of " + e.words(), Description: "Points that each reading lifts the score above 50, or lowers it.",
		Axis: chart.Axis{Label: "Points above or below 50", Format: chart.Number(1).Signed()},
	}
	for _, k := range e.Assessment.Contributions {
		row := chart.Bar{Name: label(k.Label, k.Metric), Value: math.NaN()}
		if k.Known() {
			row.Value = k.Lifts
		}
		b.Rows = append(b.Rows, row)
	}
	slices.SortStableFunc(b.Rows, func(a, c chart.Bar) int {
		switch x, y := a.Value, c.Value; {
		case math.IsNaN(x) != math.IsNaN(y):
			if math.IsNaN(x) {
				return 1
			}
			return -1
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	return b
}

func label(text, metric string) string {
	if text == "" {
		return metric
	}
	return sentence(text)
}

// shared is the matrix of how much of the smaller audience the larger one has as well.
func (r *report) shared() chart.Heat {
	m := r.Audience.Matrix
	n := min(mostCells, len(m.Creators))
	h := chart.Heat{
		Title: "Followers in common", Description: "Of the smaller of two audiences, the share that follows the other creator as well.",
		Format: chart.Percent(0), RowLabel: "creator", ColumnLabel: "creator",
	}
	for _, id := range m.Creators[:n] {
		h.Rows = append(h.Rows, r.byID[id].words())
	}
	h.Columns = h.Rows
	for i, row := range m.OfSmaller()[:n] {
		cells := make([]float64, n)
		for j, share := range row[:n] {
			cells[j] = math.NaN()
			if share != nil && i != j { // everybody shares all with themselves
				cells[j] = *share
			}
		}
		h.Cells = append(h.Cells, cells)
	}
	return h
}

// growth is how reach grows with every creator.
func (r *report) growth() chart.Lines {
	l := chart.Lines{
		Title: "People reached, creator by creator", Description: "Every person counted once. The first curve always adds who brings most new people, the second who brings most of them for the money.",
		X: chart.Axis{Label: "Creators", Format: chart.Number(0), Zero: true}, Y: chart.Axis{Label: "People", Format: shortPeople(), Zero: true},
		Series: []chart.Line{
			curve("Most people first", r.Audience.People, func(i int, _ reach.Step) float64 { return float64(i + 1) }),
			curve("Most people per euro first", r.Audience.Money, func(i int, _ reach.Step) float64 { return float64(i + 1) }),
		},
	}
	if people, known := r.pickReach(); known {
		l.Marks = append(l.Marks, chart.Mark{Name: "your list", X: float64(len(r.Orders.Picks)), Y: people})
	}
	return l
}

// spending is how reach grows with the money.
func (r *report) spending() chart.Lines {
	spent := func(_ int, s reach.Step) float64 { return float64(s.Spent.Minor()) }
	l := chart.Lines{
		Title: "People reached, euro by euro", Description: "The same two curves by what the creators cost together.",
		X: chart.Axis{Label: "Spent", Format: chart.Money(r.Orders.Spent.Currency()), Zero: true}, Y: chart.Axis{Label: "People", Format: shortPeople(), Zero: true},
		Series: []chart.Line{curve("Most people first", r.Audience.People, spent), curve("Most people per euro first", r.Audience.Money, spent)},
	}
	if people, known := r.pickReach(); known {
		l.Marks = append(l.Marks, chart.Mark{Name: "your list", X: float64(r.Orders.Spent.Minor()), Y: people})
	}
	return l
}

func shortPeople() chart.Format {
	return chart.Custom(func(v float64) string {
		if math.Abs(v) >= 1000 {
			return fmt.Sprintf("%sk", grouped(fmt.Sprintf("%.0f", v/1000)))
		}
		return fmt.Sprintf("%.0f", v)
	})
}

func curve(name string, c *reach.Curve, x func(int, reach.Step) float64) chart.Line {
	l := chart.Line{Name: name, Points: []chart.Point{{X: 0, Y: 0}}, Band: []chart.BandPoint{{X: 0, Low: 0, High: 0}}}
	for i, s := range c.Steps {
		at := x(i, s)
		l.Points = append(l.Points, chart.Point{X: at, Y: s.Reach.Value})
		l.Band = append(l.Band, chart.BandPoint{X: at, Low: s.Reach.Low, High: s.Reach.High})
	}
	return l
}

// pickReach is how many people the picks reach together, those of unseen audiences left out.
func (r *report) pickReach() (float64, bool) {
	reached := r.Audience.Reached
	switch {
	case reached == nil:
		return 0, false
	case reached.People != nil:
		return *reached.People, true
	}
	return reached.Low, true
}
