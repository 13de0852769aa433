package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/multitouch"
)

// source is what is read of the file.
type source struct {
	journeys *multitouch.Journeys
	reached  map[string]*reach // by channel
	rows     int
	staged   bool // some journey says where the lead or the opportunity was made
}

// reach is how many journeys touched a channel, and how many of them converted.
type reach struct {
	journeys, conversions int64
	row                   int // the last that was counted
}

// readJourneys reads all of the file before it says what is wrong with it.
func readJourneys(in io.Reader, c config) (source, error) {
	journeys, err := multitouch.NewJourneys(nil)
	if err != nil {
		return source{}, err
	}
	s := source{journeys: journeys, reached: map[string]*reach{}}
	var bad badRows
	for journey, err := range multitouch.ReadCSV(in, &multitouch.CSVOptions{Currency: c.currency}) {
		row, is := errors.AsType[*multitouch.RowError](err)
		switch {
		case is:
			bad = append(bad, row.Faults...)
			continue
		case err != nil:
			return source{}, errors.Join(bad.err(), err)
		}
		if err := s.add(journey); err != nil {
			return source{}, errors.Join(bad.err(), err)
		}
	}
	return s, bad.err()
}

// add takes a journey in. What is wrong with it was told by ReadCSV, but for sums that do
// not fit.
func (s *source) add(j multitouch.Journey) error {
	if err := s.journeys.Add(j); err != nil {
		return err
	}
	s.staged = s.staged || j.Lead > 0 || j.Opportunity > 0
	s.rows++
	for _, channel := range j.Path {
		r := s.reached[channel]
		if r == nil {
			r = &reach{}
			s.reached[channel] = r
		}
		if r.row == s.rows {
			continue // touched once more by the same journey
		}
		r.row = s.rows
		r.conversions += j.Conversions
		r.journeys += j.Conversions + j.Nulls
	}
	return nil
}

// badRows are the faults of all rows that could not be read.
type badRows []*byline.FieldError

func (b badRows) err() error {
	if len(b) == 0 {
		return nil
	}
	var text strings.Builder
	fmt.Fprintf(&text, "%s in the file, and nothing is written:", plural(len(b), "fault", "faults"))
	for _, f := range b {
		fmt.Fprintf(&text, "\n  %s (%s)", f, f.Code)
	}
	return errors.New(text.String())
}
