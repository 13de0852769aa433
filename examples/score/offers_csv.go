package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// offerColumns are the columns of a CSV of offers, of which creator must be there.
func offerColumns() []string {
	return []string{"creator", "campaign", "code", "link", "page", "utm", "start", "end", "group", "window_days", "uses", "products"}
}

func (f *offerFile) readCSV(text []byte) {
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord = -1
	header, err := r.Read()
	if err != nil {
		f.fault("", "offers.empty", "the file is neither a JSON list nor a CSV with a header")
		return
	}
	if !f.knows(header) {
		return
	}
	for {
		cells, err := r.Read()
		wrong, unreadable := errors.AsType[*csv.ParseError](err)
		switch {
		case errors.Is(err, io.EOF):
			return
		case unreadable:
			f.add(f.place(wrong.StartLine), attribution.Offer{}, &byline.FieldError{Code: "offers.row", Message: wrong.Err.Error()})
			continue
		case err != nil:
			f.fault("", "offers.row", err.Error())
			return
		}
		line, _ := r.FieldPos(0)
		if len(cells) != len(header) {
			f.add(f.place(line), attribution.Offer{}, &byline.FieldError{Code: "offers.row", Message: fmt.Sprintf("%d cells under %d names", len(cells), len(header))})
			continue
		}
		row := offerRow{cells: map[string]string{}}
		for i, name := range header {
			row.cells[plain(name)] = strings.TrimSpace(cells[i])
		}
		f.add(f.place(line), row.offer(), row.faults...)
	}
}

// place counts offers from 0, as the book does that speaks of two of them.
func (f *offerFile) place(line int) string {
	return fmt.Sprintf("offer %d (line %d)", len(f.offers), line)
}

// knows reports whether the header is one of offers, and tells what is not.
func (f *offerFile) knows(header []string) bool {
	seen := map[string]bool{}
	for _, name := range header {
		name = plain(name)
		switch {
		case !slices.Contains(offerColumns(), name):
			f.fault(strconv.Quote(name), "offers.column", "not one of "+strings.Join(offerColumns(), ", "))
		case seen[name]:
			f.fault(strconv.Quote(name), "offers.column", "the file has the column twice")
		}
		seen[name] = true
	}
	if !seen["creator"] {
		f.fault("creator", "offers.column", "the file has no such column")
	}
	return len(f.faults) == 0
}

// plain is how names of columns are compared.
func plain(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// offerRow is one row by the names of its columns.
type offerRow struct {
	cells  map[string]string
	faults []*byline.FieldError
}

func (r *offerRow) offer() attribution.Offer {
	o := attribution.Offer{
		Creator: byline.CreatorID(r.cells["creator"]), Campaign: byline.CampaignID(r.cells["campaign"]),
		Code: r.cells["code"], Link: r.cells["link"], Page: r.cells["page"], UTM: r.cells["utm"],
		Active: byline.Window{Start: r.time("start", 0), End: r.time("end", 1)},
		Group:  attribution.Group(r.cells["group"]), WindowDays: int(r.count("window_days")), Uses: r.count("uses"),
	}
	for product := range strings.SplitSeq(r.cells["products"], "|") {
		if product = strings.TrimSpace(product); product != "" {
			o.Products = append(o.Products, product)
		}
	}
	return o
}

func (r *offerRow) fault(column, code, message string) {
	r.faults = append(r.faults, &byline.FieldError{Path: column, Code: code, Message: message})
}

// time reads an instant, or a day of UTC. Who writes a day as the end means all of it:
// more is how many days are added.
func (r *offerRow) time(column string, more int) time.Time {
	text := r.cells[column]
	if text == "" {
		return time.Time{}
	}
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return day.AddDate(0, 0, more)
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		r.fault(column, "offers.time", "neither a day such as 2026-11-30 nor a time such as 2026-11-30T18:00:00Z")
	}
	return at
}

func (r *offerRow) count(column string) int64 {
	text := r.cells[column]
	if text == "" {
		return 0
	}
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil {
		r.fault(column, "offers.number", "not a whole number")
	}
	return n
}
