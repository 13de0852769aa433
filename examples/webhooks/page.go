package main

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/examples/webhooks/web"
)

// view is what every template gets.
type view struct {
	Title  string
	Active string // the entry of the navigation
	Alerts int    // deliveries to look at
	Site   site
	Body   any
}

// site is what stands in the frame of every page.
type site struct {
	Open       bool // to who is looking: the frame tells nothing before the login
	Shops      []string
	Durability string
	Loss       bool
	Demo       bool
	Token      bool
}

// pages holds one set of templates for each page, joined with the frame.
type pages struct {
	sets map[string]*template.Template
	log  *slog.Logger
}

const frameFile = "template/frame.html"

func newPages(a *assets, log *slog.Logger) (*pages, error) {
	files, err := fs.Glob(web.Templates, "template/*.html")
	if err != nil {
		return nil, err
	}
	p := &pages{sets: map[string]*template.Template{}, log: log}
	for _, file := range files {
		if file == frameFile {
			continue
		}
		name := strings.TrimSuffix(path.Base(file), ".html")
		p.sets[name], err = template.New(name).Funcs(functions(a)).Option("missingkey=error").ParseFS(web.Templates, frameFile, file)
		if err != nil {
			return nil, fmt.Errorf("template %s: %w", name, err)
		}
	}
	return p, nil
}

func functions(a *assets) template.FuncMap {
	return template.FuncMap{
		"asset": a.address, "money": showMoney, "signed": showSigned, "when": showTime, "count": showCount, "plural": plural,
		"orderPath": orderPath, "creatorPath": creatorPath,
	}
}

// write renders before it answers, so that a page is sent whole or not at all.
func (p *pages) write(w http.ResponseWriter, status int, name string, v view) {
	var page bytes.Buffer
	set, ok := p.sets[name]
	err := fmt.Errorf("no page %q", name)
	if ok {
		err = set.ExecuteTemplate(&page, "frame", v)
	}
	if err != nil {
		p.log.Error("page not rendered", "page", name, "error", err)
		http.Error(w, "The page could not be drawn; the server's log says why.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = page.WriteTo(w)
}

// orderPath and creatorPath escape ids, which come from outside and may hold anything.
func orderPath(id byline.OrderID) string { return "/orders/" + url.PathEscape(string(id)) }

func creatorPath(id byline.CreatorID) string { return "/creators/" + url.PathEscape(string(id)) }

func withdrawPath(id byline.OrderID, claim string) string {
	return orderPath(id) + "/claims/" + url.PathEscape(claim) + "/withdraw"
}

// words writes a code of the library as words.
func words(code string) string { return strings.ReplaceAll(code, "_", " ") }

// showTime is in UTC, as every time on the pages.
func showTime(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.UTC().Format("2 Jan 2006, 15:04")
}

// showDay leaves out a time of day that says nothing.
func showDay(t time.Time) string {
	if t = t.UTC(); t.Truncate(day).Equal(t) {
		return t.Format("2 Jan 2006")
	}
	return showTime(t)
}

func showWindow(w byline.Window) string {
	switch {
	case w.Start.IsZero() && w.End.IsZero():
		return "always"
	case w.End.IsZero():
		return "from " + showDay(w.Start)
	case w.Start.IsZero():
		return "until " + showEnd(w.End)
	}
	return showDay(w.Start) + " to " + showEnd(w.End)
}

// showEnd names the last day inside, because an end at midnight is outside: whoever reads
// "to 30 Nov" counts that day in.
func showEnd(t time.Time) string {
	if t = t.UTC(); t.Truncate(day).Equal(t) {
		t = t.Add(-day)
	}
	return showDay(t)
}

// showCount groups digits by thousands: 12,345.
func showCount(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0 && digits[at-1] != '-'; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return showCount(n) + " " + many
}

// percent is rounded for reading; nothing is computed from it.
func percent(part, whole int64) string {
	switch {
	case whole <= 0:
		return "–"
	case part > 0 && part*100 < whole:
		return "<1%"
	}
	return strconv.FormatInt((part*100+whole/2)/whole, 10) + "%"
}

// tile is one figure of a strip.
type tile struct {
	Label  string
	Values []string
	Small  string // behind the value
	Note   string
	Href   string
}

type strip struct {
	Label string
	Tiles []tile
}

// pill is a state in a word, a shape and a tone, so that no meaning hangs on colour.
type pill struct {
	Text, Shape, Tone string
}

// span is a part of a bar that is 100 units wide.
type span struct {
	Class    string
	X, Width float64
}

// width scales an amount onto a bar. Something is never drawn as nothing.
func width(part, whole int64) float64 {
	if part <= 0 || whole <= 0 {
		return 0
	}
	const least = 0.7
	return max(least, float64(min(part, whole))*100/float64(whole))
}
