package main

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"slices"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/multitouch"
	"github.com/bylinehq/byline/campaign/chart"
)

//go:embed web/report.html
var pageHTML string

//go:embed web/report.css
var pageCSS string

const mostListed = 60 // rows of a table; the JSON has all of them

// page is the report as the template needs it: one file that loads nothing.
type page struct {
	report

	CSS     template.CSS
	CSP     string // what the page may load: its own style, by its hash
	Remarks []string
	Tiles   []tile
	Rows    []standing // the beginning of the standings
	Left    int        // how many are not shown
	Models  []column
	Entries []modelEntry
	Lacks   []lack
	Chain   *multitouch.Chain

	// Pictures; nil for one that nothing is known for.
	Disagreement, Difference, Certain, Steps, Ranked *figure
}

// tile is one number at the top.
type tile struct {
	Label, Value, Note string
}

// column is a model in the table of all of them.
type column struct {
	multitouch.Result

	Label string
	Note  string // what to know before its numbers are believed, "" for nothing
}

// lack is an answer that is missing, and why.
type lack struct {
	Label, Why, Code string
}

func (r report) writeHTML(out io.Writer) error {
	t, err := template.New("report").Funcs(template.FuncMap{
		"money": showMoney, "more": showMore, "number": showNumber, "signed": showSigned, "percent": showPercent, "rate": showRate, "chance": showChance, "tiny": showTiny,
		"count": showCount[int64], "int": showCount[int], "amount": showAmount, "lower": lower, "sentence": sentence,
	}).Option("missingkey=error").Parse(pageHTML)
	if err != nil {
		return err
	}
	p, err := newPage(r)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if err := t.Execute(&text, p); err != nil {
		return err
	}
	// All of the page in one place, so that no text can be forgotten.
	_, err = io.WriteString(out, clean(text.String()))
	return err
}

func newPage(r report) (page, error) {
	css := chart.CSS + pageCSS
	sum := sha256.Sum256([]byte(css))
	p := page{
		report: r, CSS: template.CSS(css), Entries: r.entries, Tiles: r.tiles(),
		CSP: fmt.Sprintf("default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-%s'", base64.StdEncoding.EncodeToString(sum[:])),
	}
	if r.Refused != nil {
		return p, nil
	}
	p.Remarks, p.Models, p.Lacks = r.remarks(), r.columns(), r.lacks()
	p.Rows = r.Standings[:min(mostListed, len(r.Standings))]
	p.Left = len(r.Standings) - len(p.Rows)
	solved, _ := r.Comparison.Result(multitouch.Markov{}.Name())
	p.Chain = solved.Chain
	return p, p.draw()
}

// draw draws the pictures for which there is an answer.
func (p *page) draw() error {
	for _, f := range []struct {
		to    **figure
		known bool
		chart func() chart.Chart
		id    string
		width int
	}{
		{&p.Disagreement, true, func() chart.Chart { return p.disagreement() }, "disagreement", wholeWidth},
		{&p.Difference, p.Chain != nil, func() chart.Chart { return p.difference() }, "difference", halfWidth},
		{&p.Certain, p.Confidence.Confidence != nil, func() chart.Chart { return p.certain() }, "certain", halfWidth},
		{&p.Steps, p.Chain != nil, func() chart.Chart { return p.steps(p.Chain.Transitions) }, "steps", wholeWidth},
		{&p.Ranked, p.Ranking.Ranking != nil, func() chart.Chart { return p.ranked() }, "ranked", halfWidth},
	} {
		if !f.known {
			continue
		}
		drawn, err := draw(f.chart(), f.id, f.width)
		if err != nil {
			return err
		}
		*f.to = &drawn
	}
	return nil
}

// columns are the models that answered.
func (r report) columns() []column {
	var list []column
	for _, e := range r.entries {
		result, ok := r.Comparison.Result(e.Model.Name())
		if !ok || result.Refused != nil {
			continue
		}
		c := column{Result: result, Label: e.Label}
		if slices.ContainsFunc(result.Credits, func(a multitouch.AnalyticCredit) bool { return a.Conversions < 0 }) {
			c.Note = "below zero for some"
		}
		list = append(list, c)
	}
	return list
}

// Conversions of a model, of one channel.
func (c column) Conversions(channel string) float64 {
	credit, _ := c.Credit(channel)
	return credit.Conversions
}

// Value of a model, of one channel.
func (c column) Value(channel string) byline.Money {
	credit, _ := c.Credit(channel)
	return credit.Value
}

// lacks are the models and answers that are missing.
func (r report) lacks() []lack {
	var list []lack
	refused := func(label string, why *byline.RefusalError) {
		if why != nil {
			list = append(list, lack{label, why.Message + amounts(why), why.Code})
		}
	}
	for _, result := range r.refusedResults() {
		refused(r.label(result.Model), result.Refused)
	}
	for _, result := range r.Comparison.Results {
		refused("Value by "+r.label(result.Model), result.ValueRefused)
	}
	for _, s := range r.Skipped {
		list = append(list, lack{Label: s.Label, Why: s.Why})
	}
	refused("Intervals", r.Confidence.Refused)
	if r.Confidence.Confidence != nil {
		for _, result := range r.Confidence.Results {
			refused("Intervals of "+lower(r.label(result.Model)), result.Refused)
		}
	}
	refused("Ranking", r.Ranking.Refused)
	return list
}

// amounts are what there is and what would do, where a refusal is about an amount.
func amounts(why *byline.RefusalError) string {
	if why.Have == 0 && why.Need == 0 {
		return ""
	}
	return fmt.Sprintf(": %s of %s", showAmount(why.Have), showAmount(why.Need))
}

func (r report) tiles() []tile {
	t := r.Totals
	journeys := t.Journeys()
	tiles := []tile{
		{"Journeys", showCount(journeys), showCount(t.Touches) + " touches"},
		{"Conversions", showCount(t.Conversions), showRate(t.ConversionRate()) + " of the journeys"},
	}
	if r.hasValue() {
		tiles = append(tiles, tile{"Value", showMoney(t.Value), "of all conversions together"})
	}
	if r.Refused != nil {
		return tiles
	}
	tiles = append(tiles, tile{"Change hands", showNumber(r.Moved), "last touch to Markov"})
	if widest, ok := r.widest(); ok {
		tiles = append(tiles, tile{"Depend on the model", showNumber(widest.Spread.Width()), "conversions of " + widest.Channel})
	}
	return tiles
}

// Headline, HasValue and the following are what the template asks of a report.
func (p page) Headline() string { return p.headline() }

// HasValue reports whether the journeys have a value to share out.
func (p page) HasValue() bool { return p.hasValue() }

// Undrawn says whom the pictures leave out, and why.
func (p page) Undrawn() string {
	left := len(p.Standings) - len(p.drawn())
	if left == 0 {
		return ""
	}
	return fmt.Sprintf("The pictures leave out %s to whom all models give little.", plural(left, "creator", "creators"))
}

// Advice is what follows for those who have to act.
func (p page) Advice() []advice {
	if p.Chain == nil {
		return nil
	}
	return p.advice()
}

// Span is how many columns a model has.
func (p page) Span() int {
	if p.hasValue() {
		return 2
	}
	return 1
}

// Whole is what the conversions of every model sum to.
func (p page) Whole() float64 { return float64(p.Totals.Conversions) }

// Nothing is no money, in the currency of the journeys.
func (p page) Nothing() byline.Money { return byline.Minor(0, p.Totals.Value.Currency()) }
