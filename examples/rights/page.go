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
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

//go:embed web/report.html
var pageHTML string

//go:embed web/report.css
var pageCSS string

// How much of long lists the page shows; the JSON has all of it.
const (
	mostStrips   = 60
	mostBreaches = 200
	mostItems    = 100
	mostRanked   = 10
)

// page is the report as the template needs it: one file that loads nothing.
type page struct {
	report

	CSS      template.CSS
	CSP      string // what the page may load: its own style, by its hash
	Verdict  string
	Tiles    []tile
	Axis     axis
	Now      string // where it lies on the axis
	Strips   list[strip]
	Breaches list[breachItem]
	Clashes  list[contracts.Conflict]
	Endings  list[ending]
	Drafts   list[renewal]
	Bad      list[badRow]
}

// list is the beginning of a list.
type list[T any] struct {
	Shown []T
	Left  int
}

func first[T any](all []T, most int) list[T] {
	return list[T]{all[:min(len(all), most)], max(0, len(all)-most)}
}

// tile is one number at the top.
type tile struct {
	Label, Value, Note, Class string
}

func (r report) writeHTML(out io.Writer) error {
	t, err := template.New("report").Funcs(template.FuncMap{
		"money": showMoney, "time": showTime, "day": showDay, "window": showWindow, "windows": showWindows, "plural": plural, "count": showCount,
		"channel": channelWord, "until": r.until, "address": webAddress, "join": strings.Join, "words": func(s any) string { return strings.ReplaceAll(fmt.Sprint(s), "_", " ") },
	}).Option("missingkey=error").Parse(pageHTML)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if err := t.Execute(&text, newPage(r)); err != nil {
		return err
	}
	// All of the page in one place, so that no text can be forgotten.
	_, err = io.WriteString(out, clean(text.String()))
	return err
}

func newPage(r report) page {
	sum := sha256.Sum256([]byte(pageCSS))
	p := page{
		report: r, CSS: template.CSS(pageCSS), Verdict: r.verdict(), Tiles: r.tiles(),
		CSP:     fmt.Sprintf("default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-%s'", base64.StdEncoding.EncodeToString(sum[:])),
		Clashes: first(r.Conflicts, mostItems), Endings: first(r.Expiring, mostItems), Drafts: first(r.Renewals, mostItems), Bad: first(r.BadRows, mostItems),
	}
	listed := map[string]int{}
	breaches := first(slices.Concat(r.Audit.Now, r.Audit.ToCome), mostBreaches)
	p.Breaches.Left = breaches.Left
	for i, b := range breaches.Shown {
		p.Breaches.Shown = append(p.Breaches.Shown, newBreachItem(i+1, b, r.Audit))
		if listed[b.Placement.ID] == 0 {
			listed[b.Placement.ID] = i + 1
		}
	}
	rows := first(r.Rows, mostStrips)
	p.Axis, p.Strips.Left = newAxis(rows.Shown, r.At), rows.Left
	p.Now = percent(p.Axis.x(r.At))
	for _, row := range rows.Shown {
		p.Strips.Shown = append(p.Strips.Shown, newStrip(row, p.Axis, listed))
	}
	return p
}

// Unchecked are the rows of which something could not be checked.
func (p page) Unchecked() list[row] {
	const most = 5
	return first(slices.DeleteFunc(slices.Clone(p.Rows), func(r row) bool { return len(r.Findings) == 0 }), most)
}

// Ticks are the months of the axis.
func (p page) Ticks() []tick { return p.Axis.ticks() }

// ReuseLists are the planned uses with the best candidates of each.
func (p page) ReuseLists() []reuseList {
	var lists []reuseList
	for _, l := range p.Reuse {
		lists = append(lists, reuseList{l.Reuse, first(l.Ranked, mostRanked), first(l.Refused, mostRanked), l.Findings})
	}
	return lists
}

// reuseList is a planned use as the page shows it.
type reuseList struct {
	contracts.Reuse

	Ranked   list[contracts.ReuseCandidate]
	Refused  list[contracts.ReuseRefusal]
	Findings []byline.Finding
}

// until says how long it is to an end.
func (r report) until(e ending) string { return distance(r.At, e.Until) }

// verdict is the answer in one sentence.
func (r report) verdict() string {
	now, later := placementsOf(r.Audit.Now), placementsOf(r.Audit.ToCome)
	var text string
	switch {
	case r.Audit.Placements == 0:
		return "There are no placements to audit."
	case now == 1:
		text = "1 placement runs without the right to."
	case now > 1:
		text = showCount(now) + " placements run without the right to."
	case later == 0:
		return "No known breach, now or to come."
	default:
		text = "No known breach now."
	}
	if later > 0 {
		text += fmt.Sprintf(" %s will, from %s on, if nothing changes.", showCount(later), showDay(r.Audit.ToCome[0].From))
	}
	return text
}

func (r report) tiles() []tile {
	a := r.Audit
	now, later := placementsOf(a.Now), placementsOf(a.ToCome)
	all := slices.Concat(a.Now, a.ToCome)
	spark, partner := placementsOf(gapsOf(all, contracts.ChannelSparkAd)), placementsOf(gapsOf(all, contracts.ChannelPartnershipAd))
	tiles := []tile{
		{Label: "Running now", Value: showCount(a.Running), Note: "of " + plural(a.Placements, "placement", "placements") + " in the inventory"},
		{Label: "In breach now", Value: showCount(now), Note: "no known breach"},
		{Label: "Will be in breach", Value: showCount(later), Note: "none as planned"},
		{Label: "Platform permission gaps", Value: showCount(spark + partner), Note: "none as planned"},
		{Label: "Ending soon", Value: showCount(len(r.Expiring)), Note: "within " + plural(slices.Max(r.Leads), "day", "days")},
	}
	if now > 0 {
		tiles[1].Class, tiles[1].Note = "bad", "oldest since "+showDay(a.Now[0].From)
	}
	if later > 0 {
		tiles[2].Class, tiles[2].Note = "warn", "first on "+showDay(a.ToCome[0].From)
	}
	if spark+partner > 0 {
		tiles[3].Class, tiles[3].Note = "warn", fmt.Sprintf("Spark %s, partnership %s", showCount(spark), showCount(partner))
	}
	if len(r.Expiring) > 0 {
		tiles[4].Note += ", first " + showDay(r.Expiring[0].Until)
	}
	return tiles
}

// CostsNow and CostsToCome are what the placements in breach cost, "" where there are
// none.
func (p page) CostsNow() string { return costText(p.Audit.Costs.Now, p.Audit.Costs.NowUnknown) }

// CostsToCome is as CostsNow.
func (p page) CostsToCome() string {
	return costText(p.Audit.Costs.ToCome, p.Audit.Costs.ToComeUnknown)
}
