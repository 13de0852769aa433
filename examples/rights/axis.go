package main

import (
	"math"
	"strconv"
	"time"

	"github.com/bylinehq/byline"
)

// The axis goes no further than this from the instant of the audit: what lies beyond is
// drawn to the edge, and told in words.
const (
	mostMonthsBack  = 6
	mostMonthsAhead = 9
	leastMonths     = 1
)

// axis is the stretch of whole months that all rows share.
type axis struct {
	byline.Window

	at time.Time
}

// newAxis covers the rows as far as it may.
func newAxis(rows []row, at time.Time) axis {
	first, last := month(at, 0), month(at, leastMonths+1)
	stretch := func(w byline.Window) {
		if !w.Start.IsZero() && w.Start.Before(first) {
			first = w.Start
		}
		if w.End.After(last) {
			last = w.End
		}
	}
	for _, r := range rows {
		for _, run := range r.Runs {
			stretch(run.Window)
		}
		for _, w := range r.Platform {
			stretch(w)
		}
		for _, w := range r.Rights {
			stretch(byline.Window{End: w.End})
		}
	}
	if back := month(at, -mostMonthsBack); first.Before(back) {
		first = back
	}
	end := month(last.Add(-1), 1)
	if ahead := month(at, mostMonthsAhead); end.After(ahead) {
		end = ahead
	}
	return axis{byline.Window{Start: month(first, 0), End: end}, at}
}

// month is the beginning of a month, some months after that of t.
func month(t time.Time, later int) time.Time {
	t = t.UTC()
	return time.Date(t.Year(), t.Month()+time.Month(later), 1, 0, 0, 0, 0, time.UTC)
}

// x is where an instant lies between the ends of the axis, in percent.
func (a axis) x(t time.Time) float64 {
	const whole = 100
	return min(max(float64(t.Sub(a.Start))/float64(a.End.Sub(a.Start))*whole, 0), whole)
}

// percent writes a coordinate for SVG.
func percent(x float64) string {
	return strconv.FormatFloat(math.Round(x*100)/100, 'f', -1, 64) + "%"
}

// tick is the beginning of a month.
type tick struct {
	X, Label, Class string
}

func (a axis) ticks() []tick {
	var ticks []tick
	for i, t := 0, a.Start; t.Before(a.End); i, t = i+1, month(t, 1) {
		label := t.Format("Jan")
		if i == 0 || t.Month() == time.January {
			label = t.Format("Jan ’06")
		}
		tick := tick{X: percent(a.x(t)), Label: label}
		if i%2 == 1 {
			tick.Class = "odd" // left out on narrow screens
		}
		ticks = append(ticks, tick)
	}
	return ticks
}

// bar is what lies on the axis of a window.
type bar struct {
	X, Width   string
	Y, Height  int
	Class      string
	Open, Over bool // it began before the axis; it goes on behind it
}

// bar draws a window; false where nothing of it is on the axis.
func (a axis) bar(w byline.Window, class string, y, height int) (bar, bool) {
	if w.Empty() || !w.Overlaps(a.Window) {
		return bar{}, false
	}
	b := bar{Y: y, Height: height, Class: class, Open: w.Start.Before(a.Start), Over: w.End.IsZero() || w.End.After(a.End)}
	const thin = 0.4 // less could not be seen
	from, to := a.x(w.Start), 100.
	if !w.End.IsZero() {
		to = a.x(w.End)
	}
	from = min(from, 100-thin)
	b.X, b.Width = percent(from), percent(max(to-from, thin))
	return b, true
}

// Half is the height of a bar's middle.
func (b bar) Half() string { return strconv.FormatFloat(float64(b.Height)/2, 'f', -1, 64) }
