package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/contracts"
)

// sources are the files that say whose orders are whose, and what is owed for them.
type sources struct {
	book       *attribution.Book
	agreements *contracts.Register
	progress   map[contracts.AgreementID]contracts.Progress
	rates      rates
}

// sourceNames are those of the files; progress and rates may be "".
type sourceNames struct{ offers, terms, progress, rates string }

// readSources reads all of them, and tells what is wrong with any.
func (p program) readSources(names sourceNames) (sources, error) {
	var s sources
	var errs [4]error
	s.book, errs[0] = p.readOffers(names.offers)
	s.agreements, errs[1] = p.readTerms(names.terms)
	if names.progress != "" {
		if errs[2] = p.readJSON(names.progress, &s.progress); errs[2] == nil && s.agreements != nil {
			errs[2] = strangers(names.progress, s)
		}
	}
	if names.rates != "" {
		s.rates, errs[3] = p.readRates(names.rates)
	}
	return s, errors.Join(errs[:]...)
}

func (p program) readOffers(name string) (*attribution.Book, error) {
	var offers []attribution.Offer
	if err := p.readJSON(name, &offers); err != nil {
		return nil, err
	}
	book, err := attribution.NewBook(offers)
	if err != nil {
		return nil, badInput{faultsOf(name, err)}
	}
	return book, nil
}

// readTerms binds the first version of each agreement and amends it by the later ones.
func (p program) readTerms(name string) (*contracts.Register, error) {
	var all []contracts.Terms
	if err := p.readJSON(name, &all); err != nil {
		return nil, err
	}
	var agreements []*contracts.Agreement
	var faults []*byline.FieldError
	latest := map[contracts.AgreementID]*contracts.Agreement{}
	for i, terms := range all {
		bind := contracts.Draft
		if earlier := latest[terms.ID]; earlier != nil {
			bind = earlier.Amend
		}
		agreement, err := bind(terms)
		if err != nil {
			faults = append(faults, byline.Nest(fmt.Sprintf("[%d]", i), err)...)
			continue
		}
		latest[terms.ID] = agreement
		agreements = append(agreements, agreement)
	}
	register, err := contracts.NewRegister(agreements...)
	if err := byline.Faults(append(faults, byline.Nest("", err)...)); err != nil {
		return nil, badInput{faultsOf(name, err)}
	}
	return register, nil
}

// strangers finds progress of agreements that nobody has: a slip there would owe nothing.
func strangers(name string, s sources) error {
	var faults []*byline.FieldError
	known := s.agreements.IDs()
	for id := range s.progress {
		if !slices.Contains(known, id) {
			faults = append(faults, &byline.FieldError{Path: string(id), Code: "progress.unknown", Message: "no agreement has this id"})
		}
	}
	slices.SortFunc(faults, func(a, b *byline.FieldError) int { return strings.Compare(a.Path, b.Path) })
	if err := byline.Faults(faults); err != nil {
		return badInput{faultsOf(name, err)}
	}
	return nil
}

// asksForCustomers reports whether some pay is for new or for returning customers only.
// Without their earlier orders nobody would earn it.
func (s *sources) asksForCustomers() bool {
	for _, agreement := range s.agreements.Agreements() {
		pay := agreement.Terms().Pay
		if slices.ContainsFunc(pay.Percentages, func(p contracts.Percentage) bool { return p.Scope.Customer != "" }) ||
			slices.ContainsFunc(pay.PerConversions, func(p contracts.PerConversion) bool { return p.Scope.Customer != "" }) {
			return true
		}
	}
	return false
}

func (s *sources) progressOf(_ context.Context, _ *sql.Tx, id contracts.AgreementID) (contracts.Progress, error) {
	return s.progress[id], nil
}

// rates are exchange rates, the earliest first.
type rates []rate

type rate struct {
	at    time.Time
	quote contracts.Quote
}

// readRates reads a table of day, from, to, rate and source. A rate holds from the
// beginning of its day, in UTC, until the next one.
func (p program) readRates(name string) (rates, error) {
	data, err := p.read(name)
	if err != nil {
		return nil, err
	}
	reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	reader.FieldsPerRecord = 5
	head, err := reader.Read()
	if err != nil || strings.Join(head, ",") != "day,from,to,rate,source" {
		return nil, bad("%s: the first row is day,from,to,rate,source", name)
	}
	var all rates
	var faults []*byline.FieldError
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, bad("%s: %w", name, err)
		}
		line, _ := reader.FieldPos(0)
		r, err := readRate(cells)
		faults = append(faults, byline.Nest(fmt.Sprintf("line %d", line), err)...)
		all = append(all, r)
	}
	if err := byline.Faults(faults); err != nil {
		return nil, badInput{faultsOf(name, err)}
	}
	slices.SortStableFunc(all, func(a, b rate) int { return a.at.Compare(b.at) })
	return all, nil
}

func readRate(cells []string) (rate, error) {
	at, err := time.Parse(time.DateOnly, cells[0])
	if err != nil {
		return rate{}, &byline.FieldError{Path: "day", Code: "rates.day", Message: "not a day as 2026-11-30"}
	}
	number, err := decimal.NewFromString(cells[3])
	if err != nil || len(cells[3]) > 30 || strings.ContainsAny(cells[3], "eE") {
		return rate{}, &byline.FieldError{Path: "rate", Code: "quote.rate", Message: "a rate is a plain decimal"}
	}
	quote, err := contracts.NewQuote(byline.Currency(cells[1]), byline.Currency(cells[2]), number, at, cells[4])
	return rate{at, quote}, err
}

// at is the latest rate of an order's time of placing, none where none is so old.
func (r rates) at(_ context.Context, _ *sql.Tx, from, to byline.Currency, at time.Time) (contracts.Quote, error) {
	for _, known := range slices.Backward(r) {
		if !known.at.After(at) && known.quote.From == from && known.quote.To == to {
			return known.quote, nil
		}
	}
	return contracts.Quote{}, nil
}
