package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/bylinehq/byline"
)

// Heights in the picture, in pixels. The style sheet's .lines has the same.
const (
	trackTop, trackHeight, trackStep = 7, 6, 11
	laneTop, laneHeight, laneStep    = 5, 13, 22
)

// strip is a row as it is drawn.
type strip struct {
	row

	Channel string
	Title   string
	Desc    string
	Height  int
	Bars    []bar
	Notes   []note
	Lines   []line
	Tracks  int // 1, or 2 with the platform's
}

// note stands in the picture where there is nothing to draw.
type note struct {
	Y    int
	Text string
}

// line says in words what becomes of a placement.
type line struct {
	running

	Class, Text string
	Breach      int // where it stands in the list of breaches, from 1; 0: in none
}

func newStrip(r row, a axis, listed map[string]int) strip {
	s := strip{row: r, Channel: channelWord(r.Channel), Tracks: 1}
	s.Title = fmt.Sprintf("%s, %s, %s", r.Asset, s.Channel, r.Place)
	y := trackTop
	s.track(a, r.Rights, "right", "no right by contract", y)
	if r.NeedsPlatform {
		y += trackStep
		s.Tracks++
		s.track(a, r.Platform, "platform", "no active platform permission", y)
	}
	y += trackHeight + laneTop
	told := []string{"Right by contract: " + showWindows(r.Rights) + "."}
	if r.NeedsPlatform {
		told = append(told, "Platform permission: "+showWindows(r.Platform)+".")
	}
	for _, run := range r.Runs {
		s.lane(a, run, y)
		s.Lines = append(s.Lines, newLine(run, r.Findings, a.at, listed))
		told = append(told, run.words())
		y += laneStep
	}
	for _, f := range r.Findings {
		told = append(told, "To check: "+f.Message+".")
	}
	s.Height, s.Desc = y, strings.Join(told, " ")
	return s
}

func (s *strip) track(a axis, windows []byline.Window, class, none string, y int) {
	drawn := 0
	for _, w := range windows {
		if b, ok := a.bar(w, class, y, trackHeight); ok {
			s.Bars = append(s.Bars, b)
			drawn++
		}
	}
	switch {
	case drawn > 0:
	case len(windows) > 0:
		s.note(y, showWindows(windows))
	default:
		s.note(y, none)
	}
}

// note writes into an empty track, or behind what the one above says already.
func (s *strip) note(y int, text string) {
	if last := len(s.Notes) - 1; last >= 0 {
		s.Notes[last].Text += "; " + text
		return
	}
	s.Notes = append(s.Notes, note{y + trackHeight + 1, text})
}

// lane draws a placement: what has run, what is planned, and over both where it may not.
func (s *strip) lane(a axis, run running, y int) {
	past, planned := run.Window.Intersect(byline.Window{End: a.at}), run.Window.Intersect(byline.Window{Start: a.at})
	if b, ok := a.bar(past, "run", y, laneHeight); ok {
		s.Bars = append(s.Bars, b)
	}
	if b, ok := a.bar(planned, "plan", y, laneHeight); ok {
		s.Bars = append(s.Bars, b)
	}
	for _, w := range run.Breaches {
		class := "breach"
		if w.After(a.at) {
			class = "breach later"
		}
		if b, ok := a.bar(w, class, y, laneHeight); ok {
			s.Bars = append(s.Bars, b)
		}
	}
}

func (r running) words() string {
	text := fmt.Sprintf("Placement %s: %s", r.ID, showWindow(r.Window))
	if len(r.Breaches) > 0 {
		text += "; in breach " + showWindows(r.Breaches)
	}
	return text + "."
}

func newLine(r running, findings []byline.Finding, at time.Time, listed map[string]int) line {
	l := line{running: r, Class: "good", Breach: listed[r.ID]}
	switch {
	case len(r.Breaches) > 0 && !r.Breaches[0].Start.After(at):
		l.Class, l.Text = "bad", "in breach since "+showDay(r.Breaches[0].Start)
	case len(r.Breaches) > 0:
		l.Class, l.Text = "warn", "in breach from "+showDay(r.Breaches[0].Start)
	case r.Window.End.IsZero():
		l.Text = "covered, no end planned"
	case r.Window.After(at):
		l.Text = "planned, covered to " + showDay(r.Window.End)
	default:
		l.Text = "covered to " + showDay(r.Window.End)
	}
	if len(findings) > 0 && l.Class == "good" {
		l.Class, l.Text = "warn", l.Text+", to check"
	}
	return l
}
