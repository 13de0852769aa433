package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution/multitouch"
)

// source is what is read of the file.
type source struct {
	journeys *multitouch.Journeys
	reach    []multitouch.Reach // by channel
	staged   bool               // some journey says where the lead or the opportunity was made
}

// touched reports whether some journey has a touch of this name.
func (s source) touched(channel string) bool {
	return slices.ContainsFunc(s.reach, func(r multitouch.Reach) bool { return r.Channel == channel })
}

// readJourneys reads all of the file before it says what is wrong with it.
func readJourneys(in io.Reader, c config) (source, error) {
	journeys, err := multitouch.NewJourneys(nil)
	if err != nil {
		return source{}, err
	}
	s := source{journeys: journeys}
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
		// What is wrong with it was told by ReadCSV, but for sums that do not fit.
		if err := journeys.Add(journey); err != nil {
			return source{}, errors.Join(bad.err(), err)
		}
		s.staged = s.staged || journey.Lead > 0 || journey.Opportunity > 0
	}
	s.reach = journeys.Reach()
	return s, bad.err()
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
		fmt.Fprintf(&text, "\n  %s (%s)", f.Message, f.Code)
	}
	return errors.New(text.String())
}
