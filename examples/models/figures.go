package main

import (
	"html/template"

	"github.com/bylinehq/byline/attribution/multitouch"
	"github.com/bylinehq/byline/campaign/chart"
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
	mostDrawn = 14 // rows of a picture
	mostCells = 8  // channels of the matrix
)

func draw(c chart.Chart, id string, width int) (figure, error) {
	wide, err := chart.SVG(c, &chart.Options{Width: width, ID: id})
	if err != nil {
		return figure{}, err
	}
	between, err := chart.SVG(c, &chart.Options{Width: min(width, middle), ID: id + "-middle"})
	if err != nil {
		return figure{}, err
	}
	phone, err := chart.SVG(c, &chart.Options{Width: phoneWidth, ID: id + "-phone"})
	return figure{wide, between, phone, c.Table().HTML()}, err
}

// drawn are the standings for which a picture has room, without those whose marks would
// only lie on the zero: no model gives them much.
func (r report) drawn() []standing {
	const least = 0.02 // of all conversions
	var list []standing
	for i, s := range r.Standings {
		if i < mostDrawn && (i == 0 || s.Spread.High >= least*float64(r.Totals.Conversions)) {
			list = append(list, s)
		}
	}
	return list
}

// disagreement is where the models stand on each channel.
func (r report) disagreement() chart.Dots {
	models := r.seen()
	d := chart.Dots{
		Title: "Where the models disagree", Description: "Conversions that each model credits to each creator.",
		Axis: chart.Axis{Label: "Credited conversions", Format: chart.Number(1), Zero: true},
	}
	for _, m := range models {
		d.Series = append(d.Series, m.Label)
	}
	for _, s := range r.drawn() {
		row := chart.DotRow{Name: s.Channel}
		for _, m := range models {
			row.Values = append(row.Values, m.Conversions(s.Channel))
		}
		d.Rows = append(d.Rows, row)
	}
	return d
}

// difference is what the chain credits more, or less, than last touch: with how far chance
// would move it, where that is known.
func (r report) difference() chart.Chart {
	const title = "Markov less last touch"
	axis := chart.Axis{Label: "Conversions", Format: chart.Number(1).Signed(), Zero: true}
	b := chart.Bars{Title: title, Description: "How many conversions more, or less, the exact chain credits than last touch.", Axis: axis, Neutral: true}
	v := chart.Intervals{
		Title: title, Description: b.Description + " The bar is how far chance would move it.", Axis: axis, Level: level, Column: "Chance of more",
		Reference: &chart.Reference{Label: "no difference"},
	}
	for _, s := range byMore(r.drawn()) {
		b.Rows = append(b.Rows, chart.Bar{Name: s.Channel, Value: s.More})
		more, known := r.moreOf(s.Channel)
		if !known {
			continue
		}
		row := chart.IntervalRow{Name: s.Channel, Value: s.More, Range: &chart.Range{Low: more.Conversions.Low, High: more.Conversions.High}}
		if !more.Unseen { // else the chance knows only one of the two
			row.Text = showChance(more.Above)
		}
		v.Rows = append(v.Rows, row)
	}
	if len(v.Rows) < len(b.Rows) {
		return b
	}
	return v
}

// certain shows the intervals of both models, one below the other.
func (r report) certain() chart.Intervals {
	v := chart.Intervals{
		Title: "How sure the credit is", Description: "Conversions by the exact chain and by last touch, with how far chance would move them.",
		Axis: chart.Axis{Label: "Credited conversions", Format: chart.Number(1), Zero: true}, Level: level,
	}
	places := len(r.Standings) > topMost // else there is nobody to push out
	if places {
		v.Column = "In the top 3"
	}
	for _, s := range r.drawn() {
		for _, m := range []struct {
			model multitouch.Model
			label string
		}{{multitouch.Markov{}, "Markov"}, {multitouch.LastTouch{}, "last touch"}} {
			of, _ := r.Confidence.Result(m.model.Name())
			c, ok := of.Channel(s.Channel)
			if !ok {
				continue
			}
			row := chart.IntervalRow{
				Name: s.Channel + ", " + m.label, Value: c.Conversions.Estimate,
				Range: &chart.Range{Low: c.Conversions.Low, High: c.Conversions.High},
			}
			if places && !c.Unseen {
				row.Text = showChance(c.InTop)
			}
			v.Rows = append(v.Rows, row)
		}
	}
	return v
}

// ranked shows what is believed of each creator's rate.
func (r report) ranked() chart.Intervals {
	v := chart.Intervals{
		Title: "Conversions per journey touched", Description: "The rate that is believed of each creator, after little data has been drawn to the common mean.",
		Axis: chart.Axis{Label: "Journeys touched that converted", Format: chart.Percent(1)}, Level: r.Ranking.Level, Column: "Chance of top 3",
		Reference: &chart.Reference{Value: r.Ranking.Prior.Belief.Mean(), Label: "common mean"},
	}
	for _, c := range r.Ranking.Creators[:min(mostDrawn, len(r.Ranking.Creators))] {
		v.Rows = append(v.Rows, chart.IntervalRow{
			Name: string(c.CreatorID), Value: c.Mean, Range: &chart.Range{Low: c.Low, High: c.High}, Text: showChance(c.TopChance),
		})
	}
	return v
}

// steps is the matrix of the chain: where journeys go from where.
func (r report) steps(transitions []multitouch.Transition) chart.Heat {
	kept, others := map[string]int{}, len(r.Standings) > mostCells
	h := chart.Heat{
		Title: "Where journeys go next", Description: "Of all journeys that reach a creator, the share that goes on to each other one, converts, or ends.",
		Format: chart.Percent(0), RowLabel: "from", ColumnLabel: "to", Rows: []string{"Start"},
	}
	for i, s := range r.Standings[:min(mostCells, len(r.Standings))] {
		kept[s.Channel] = i
		h.Rows, h.Columns = append(h.Rows, s.Channel), append(h.Columns, s.Channel)
	}
	rest := len(h.Columns)
	if others {
		h.Rows, h.Columns = append(h.Rows, "all others"), append(h.Columns, "all others")
	}
	converts := len(h.Columns)
	h.Columns = append(h.Columns, "converts", "ends")
	place := func(names []string) int {
		if at, ok := kept[names[0]]; ok {
			return at
		}
		return rest
	}
	weights := make([][]float64, len(h.Rows))
	for i := range weights {
		weights[i] = make([]float64, len(h.Columns))
	}
	for _, t := range transitions {
		from, to := 0, converts
		if len(t.From) > 0 {
			from = place(t.From) + 1
		}
		switch {
		case len(t.To) > 0:
			to = place(t.To)
		case t.End == multitouch.EndNull:
			to++
		}
		weights[from][to] += float64(t.Weight)
	}
	h.Cells = weights
	for _, row := range h.Cells {
		sum := 0.0
		for _, w := range row {
			sum += w
		}
		for i := range row {
			row[i] /= sum
		}
	}
	return h
}
