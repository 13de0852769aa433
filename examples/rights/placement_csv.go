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
	"github.com/bylinehq/byline/contracts"
)

// columns are those of a CSV file of placements, in any order. The first five must be
// there.
func columns() []string {
	return []string{
		"id", "asset", "channel", "market", "start", "end", "region", "edit", "likeness", "ai", "raw", "by", "credited",
		"spend", "impressions", "cost", "url", "advertiser",
	}
}

const columnsNeeded = 5

// columnOf is the column of a field's path.
func columnOf(path string) string {
	switch path {
	case "use.at":
		return "start"
	case "use.until":
		return "end"
	}
	return strings.TrimPrefix(path, "use.")
}

func (p placing) readCSV(s *source) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(s.text, []byte("\ufeff"))))
	r.FieldsPerRecord, r.ReuseRecord = -1, true
	names, err := r.Read()
	if err != nil {
		s.add("", "csv.header", "the file has no header"+because(ignoreEOF(err)))
		return
	}
	names = slices.Clone(names)
	if !headerRead(s, names) {
		return
	}
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		line, err := csvLine(r, cells, len(names), err)
		if err != nil {
			p.place(line, placementFile{}, byline.Nest("", err))
			continue
		}
		given, faults := csvRow(names, cells)
		p.place(line, given, faults)
	}
}

// csvLine is where a row begins, and what is wrong with its form.
func csvLine(r *csv.Reader, cells []string, want int, err error) (int, error) {
	if broken, is := errors.AsType[*csv.ParseError](err); is {
		return broken.StartLine, &byline.FieldError{Code: "csv.syntax", Message: broken.Err.Error()}
	}
	line, _ := r.FieldPos(0)
	if len(cells) != want {
		return line, &byline.FieldError{Code: "csv.cells", Message: fmt.Sprintf("the row has %d cells and the header %d", len(cells), want)}
	}
	return line, nil
}

func ignoreEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// headerRead finds out whether the columns can be told apart.
func headerRead(s *source, names []string) bool {
	for i, name := range names {
		names[i] = strings.ToLower(strings.TrimSpace(name))
		switch {
		case !slices.Contains(columns(), names[i]):
			s.add(strconv.Quote(name), "csv.column", "not one of "+strings.Join(columns(), ", "))
		case slices.Index(names, names[i]) < i:
			s.add(name, "csv.column_twice", "the file has the column twice")
		}
	}
	for _, name := range columns()[:columnsNeeded] {
		if !slices.Contains(names, name) {
			s.add(name, "csv.column_missing", "the file has no such column")
		}
	}
	return len(s.faults) == 0
}

func csvRow(names, cells []string) (placementFile, []*byline.FieldError) {
	var p placementFile
	var faults []*byline.FieldError
	for i, name := range names {
		text := strings.TrimSpace(strings.Clone(cells[i]))
		if text == "" {
			continue
		}
		if err := p.set(name, text); err != nil {
			faults = append(faults, byline.Nest(name, err)...)
		}
	}
	return p, faults
}

// set puts the text of a cell in its place.
func (p *placementFile) set(column, text string) (err error) {
	switch column {
	case "id":
		p.ID = text
	case "asset":
		p.Asset = contracts.AssetID(text)
	case "url":
		p.URL = text
	case "advertiser":
		p.Advertiser = text
	case "cost":
		p.Cost, err = parseMoney(text)
	default:
		err = setUse(&p.Use, column, text)
	}
	return err
}

func setUse(u *contracts.Use, column, text string) (err error) {
	switch column {
	case "channel":
		u.Channel = contracts.Channel(text)
	case "market":
		u.Market = byline.Market(text)
	case "region":
		u.Region = text
	case "start":
		u.At, err = parseTime(text)
	case "end":
		u.Until, err = parseTime(text)
	case "edit":
		u.Edit = contracts.Edit(text)
	case "likeness":
		u.Likeness = contracts.Likeness(text)
	case "ai":
		u.AI = contracts.AIUse(text)
	case "by":
		u.By = contracts.Licensee(text)
	case "raw":
		u.Raw, err = parseBool(text)
	case "credited":
		u.Credited, err = parseBool(text)
	case "spend":
		u.Spend, err = parseMoney(text)
	case "impressions":
		if u.Impressions, err = strconv.ParseInt(text, 10, 64); err != nil {
			err = &byline.FieldError{Code: "csv.number", Message: "not a whole number"}
		}
	}
	return err
}

func parseTime(text string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, nil
		}
	}
	return time.Time{}, &byline.FieldError{Code: "csv.time", Message: "neither a time such as 2026-11-30T18:00:00Z nor the beginning of a day in UTC such as 2026-11-30"}
}

func parseBool(text string) (bool, error) {
	if text != "true" && text != "false" {
		return false, &byline.FieldError{Code: "csv.bool", Message: "neither true nor false"}
	}
	return text == "true", nil
}

// parseMoney reads an amount with its currency behind it, "120.00 EUR".
func parseMoney(text string) (byline.Money, error) {
	amount, code, _ := strings.Cut(text, " ")
	c, err := byline.ParseCurrency(code)
	if err != nil {
		return byline.Money{}, &byline.FieldError{Code: "csv.money", Message: "not an amount with its currency, such as 120.00 EUR"}
	}
	return byline.ParseMoney(amount, c)
}
