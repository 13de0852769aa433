package main

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"math"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/campaign/chart"
)

//go:embed web/shortlist.html
var pageHTML string

//go:embed web/shortlist.css
var pageCSS string

const mostListed = 60 // rows of a table; the JSON has all of them

// page is the report as the template needs it: one file that loads nothing.
type page struct {
	*report

	CSS      template.CSS
	CSP      string // what the page may load: its own style, by its hash
	Tiles    []tile
	Picks    []pickRow
	Unlisted int // picks that are not shown
	Groups   []group
	Cards    []card
	Choices  []choice
	Changes  []change
	Limits   []string
	Steps    []stepRow
	Twins    []string
	Similar  []similarRow
	Unnamed  int // similar ones that are not shown
	Caveats  []caveat

	// Pictures; nil for one that nothing is known for.
	Scores, Shared, Growing, Spending *figure
}

// tile is one number at the top.
type tile struct {
	Label, Value, Note string
}

func (r *report) writeHTML(out io.Writer) error {
	t, err := template.New("shortlist").Funcs(template.FuncMap{
		"money": showMoney, "percent": showPercent, "round": showRound, "int": showCount[int], "plural": plural[int], "sentence": sentence,
		"listed": listed, "day": showDay, "measure": showMeasure, "platform": showPlatform,
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

func newPage(r *report) (page, error) {
	css := chart.CSS + pageCSS
	sum := sha256.Sum256([]byte(css))
	p := page{
		report: r, CSS: template.CSS(css), Tiles: r.tiles(), Picks: r.pickRows(), Groups: r.others(), Choices: r.choices(), Changes: r.changes(),
		Limits: r.limits(), Steps: r.steps(), Twins: r.twins(), Similar: r.similar(), Caveats: r.caveats(),
		CSP: fmt.Sprintf("default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-%s'", base64.StdEncoding.EncodeToString(sum[:])),
	}
	if n := len(p.Similar); n > mostListed {
		p.Similar, p.Unnamed = p.Similar[:mostListed], n-mostListed
	}
	for i := range p.Groups {
		g := &p.Groups[i]
		if n := len(g.Rows); n > mostListed {
			g.Rows, g.Left = g.Rows[:mostListed], n-mostListed
		}
	}
	if n := len(p.Picks); n > mostListed {
		p.Picks, p.Unlisted = p.Picks[:mostListed], n-mostListed
	}
	for i, row := range p.Picks {
		c, err := r.card(row, i)
		if err != nil {
			return page{}, err
		}
		p.Cards = append(p.Cards, c)
	}
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
		{&p.Scores, len(p.Ranking.Places) > 0, func() chart.Chart { return p.scores() }, "scores", wholeWidth},
		{&p.Shared, p.Audience.Matrix != nil, func() chart.Chart { return p.shared() }, "shared", wholeWidth},
		{&p.Growing, p.Audience.People != nil, func() chart.Chart { return p.growth() }, "growing", halfWidth},
		{&p.Spending, p.Audience.People != nil, func() chart.Chart { return p.spending() }, "spending", halfWidth},
	} {
		if !f.known {
			continue
		}
		drawn, err := draw(f.chart(), f.id, f.width)
		if err != nil {
			return err
		}
		*f.to = drawn
	}
	return nil
}

// tiles are the numbers at the top.
func (r *report) tiles() []tile {
	l := &r.Orders
	if len(l.Picks) == 0 {
		return []tile{{"Looked at", showCount(len(r.Entries)), "creators"}, {"Budget", showMoney(r.source.campaign.Request.Budget), "nothing of it spent"}}
	}
	orders := tile{"Expected orders", showRound(l.Value), "no interval is known"}
	if l.Low != nil && l.High != nil {
		orders.Note = showRound(*l.Low) + " all badly, " + showRound(*l.High) + " all well"
	}
	tiles := []tile{
		{"To book", showCount(len(l.Picks)), fmt.Sprintf("of %s", plural(len(r.Entries), "creator", "creators"))},
		{"Cost", showMoney(l.Spent), showMoney(l.Left) + " of the budget left"},
		orders,
	}
	if each, err := l.Spent.Portion(100, max(1, int64(math.Round(100*l.Value)))); err == nil && l.Value > 0 {
		tiles = append(tiles, tile{"Cost of an order", showMoney(each), "if it goes as expected"})
	}
	if a := r.Audience.Reached; a != nil {
		people, _ := r.pickReach()
		t := tile{"People reached", showRound(people), "each counted once"}
		if a.People == nil {
			t.Value, t.Note = "from "+showRound(a.Low), "not every audience was seen"
		}
		tiles = append(tiles, t)
	}
	gap := tile{"Could be better by", showGap(l.Gap), "proven: nothing within your limits brings more"}
	if l.Gap > 1e-9 {
		gap.Note = "at most; it may be the best already"
	}
	return append(tiles, gap)
}

func showGap(gap float64) string {
	if gap <= 1e-9 {
		return "0%"
	}
	return showPercent(gap)
}

func showDay(t time.Time) string { return t.Format("2 January 2006") }

// Named is what the reader calls a creator.
func (p page) Named(id byline.CreatorID) string { return p.byID[id].words() }

// Most is the end of the axis of expected orders, "" where none is known.
func (p page) Most() string {
	most := 0.0
	for _, pick := range p.Orders.Picks {
		if pick.Outcome.High != nil {
			most = max(most, *pick.Outcome.High)
		}
	}
	if most == 0 {
		return ""
	}
	return showRound(most)
}

// Weights says what other weights of the score would change.
func (p page) Weights() string {
	switch floor := p.source.campaign.Request.ScoreFloor; {
	case len(p.Picks) == 0:
		return ""
	case floor > 0:
		return fmt.Sprintf("Other weights of the score change the list only where they move somebody over %.0f points, which you ask for.", floor)
	}
	return "Other weights of the score change nothing: the list asks for its rules and for how much is known, not for its points."
}

// Rubric is the name of the rubric with its version.
func (p page) Rubric() string { return p.source.rubric.Name + "/" + p.source.rubric.Version }
