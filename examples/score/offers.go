package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
)

// offerFile is a file of offers, faults and all, so that one reading tells all of them.
type offerFile struct {
	offers []attribution.Offer
	places []string // where each of them stands
	faults []*byline.FieldError
	broken map[int][]string // fields of offers that could not be read, "" for all of one
}

func newOfferFile() *offerFile { return &offerFile{broken: map[int][]string{}} }

func (f *offerFile) add(place string, o attribution.Offer, faults ...*byline.FieldError) {
	at := len(f.offers)
	for _, fault := range faults {
		f.broken[at] = append(f.broken[at], fault.Path)
		f.faults = append(f.faults, byline.Nest(place, fault)...)
	}
	f.offers, f.places = append(f.offers, o), append(f.places, place)
}

func (f *offerFile) fault(path, code, message string) {
	f.faults = append(f.faults, &byline.FieldError{Path: path, Code: code, Message: message})
}

// readOffers reads a file of offers, JSON or CSV, and makes a book of them.
func readOffers(ctx context.Context, path string) (*attribution.Book, []attribution.Offer, error) {
	in, err := open(ctx, path, strings.NewReader(""))
	if err != nil {
		return nil, nil, err
	}
	text, err := io.ReadAll(in)
	if err = errors.Join(err, in.close()); err != nil {
		return nil, nil, fmt.Errorf("cannot read %s: %w", path, err)
	}
	f := newOfferFile()
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if start := bytes.TrimSpace(text); bytes.HasPrefix(start, []byte("[")) || bytes.HasPrefix(start, []byte("{")) {
		f.readJSON(text)
	} else {
		f.readCSV(text)
	}
	book, err := attribution.NewBook(f.offers)
	f.addFaultsOf(err)
	slices.SortStableFunc(f.faults, func(a, b *byline.FieldError) int { return cmp.Compare(offerNumber(a), offerNumber(b)) })
	if err := byline.Faults(f.faults); err != nil {
		return nil, nil, faultsOf(path, err)
	}
	return book, f.offers, nil
}

// addFaultsOf takes the faults of a book, whose paths are places in a list.
func (f *offerFile) addFaultsOf(err error) {
	for _, fault := range byline.Nest("", err) {
		var i int
		if _, err := fmt.Sscanf(fault.Path, "[%d]", &i); err != nil || i >= len(f.places) {
			f.faults = append(f.faults, fault)
			continue
		}
		_, rest, _ := strings.Cut(fault.Path, "]")
		// What could not be read is not also wrong.
		unread := func(field string) bool { return field == "" || "."+field == rest }
		if !slices.ContainsFunc(f.broken[i], unread) {
			f.fault(f.places[i]+rest, fault.Code, fault.Message)
		}
	}
}

// offerNumber is which offer a fault is of, -1 for the file.
func offerNumber(fault *byline.FieldError) int {
	number := -1
	_, _ = fmt.Sscanf(fault.Path, "offer %d", &number) // else it stays
	return number
}

// readJSON reads a list of offers as attribution.Offer writes them. A field that is not
// known is a fault: a slip in "creator" would change who is paid.
func (f *offerFile) readJSON(text []byte) {
	var list []json.RawMessage
	if err := json.Unmarshal(text, &list); err != nil {
		f.fault("", "offers.json", "not a JSON list of offers: "+err.Error())
		return
	}
	for i, raw := range list {
		var o attribution.Offer
		strict := json.NewDecoder(bytes.NewReader(raw))
		strict.DisallowUnknownFields()
		var faults []*byline.FieldError
		if err := strict.Decode(&o); err != nil {
			faults = append(faults, &byline.FieldError{Code: "offers.json", Message: err.Error()})
		}
		f.add(fmt.Sprintf("offer %d", i), o, faults...)
	}
}
