package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"iter"

	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/ordercsv"
)

// told is everything the program was given to score by.
type told struct {
	book     *attribution.Book
	offers   []attribution.Offer
	policy   declared
	rival    declared
	mapping  ordercsv.Mapping
	decider  *attribution.Decider
	opponent *attribution.Decider // nil: nothing to compare with
}

// readTold reads all files but that of the orders. The error has the faults of all.
func readTold(ctx context.Context, c config) (t told, err error) {
	var errBook, errPolicy, errRival, errMapping error
	t.book, t.offers, errBook = readOffers(ctx, c.offers)
	t.policy, errPolicy = readPolicy(c)
	if c.against != "" {
		t.rival, errRival = readRival(c.against)
	}
	t.mapping, errMapping = readMapping(c)
	if err := errors.Join(errBook, errPolicy, errRival, errMapping); err != nil {
		return t, err
	}
	if t.decider, err = attribution.NewDecider(t.book, t.policy.policy); err == nil && c.against != "" {
		t.opponent, err = attribution.NewDecider(t.book, t.rival.policy)
	}
	return t, err
}

// score reads the orders and writes the result. What was scored before something ended
// the reading is written too, and the error says what that was.
func score(ctx context.Context, c config, std streams) (r report, err error) {
	t, err := readTold(ctx, c)
	if err != nil {
		return r, err
	}
	in, err := open(ctx, c.orders, std.in)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, in.close()) }()
	files, err := createOutputs(c, std.out)
	if err != nil {
		return r, err
	}
	defer files.discard()
	reader, err := ordercsv.NewReader(in, t.mapping)
	if err != nil {
		return r, headerFaults(in, t.mapping, err)
	}
	s, err := newScoring(ctx, in, reader, t)
	if err != nil {
		return r, err
	}
	s.progress = newProgress(std.err, c.quiet, in.size)
	if r, err = s.run(t, files); err != nil {
		return r, err
	}
	r.Bad.File = c.bad
	if err := errors.Join(r.write(files.result, c.format), files.commit()); err != nil {
		return r, err
	}
	if s.stopped != nil {
		return r, fmt.Errorf("the end of %s was not reached: %w; the result is of the first %s", in.name, s.stopped, plural(r.Rows, "row", "rows"))
	}
	return r, nil
}

func newScoring(ctx context.Context, in *input, reader *ordercsv.Reader, t told) (*scoring, error) {
	s := &scoring{
		ctx: ctx, in: in, reader: reader, decider: t.decider, clicks: tellsOfClicks(reader),
		tally: newTally(), uses: newUseCount(t.book), bad: &badRows{},
	}
	if !s.clicks {
		return s, nil
	}
	codes := 0
	for _, o := range t.offers {
		if o.Code != "" {
			codes++
		}
	}
	var err error
	s.leaks, err = newWatch(codes)
	return s, err
}

// run passes over the file once, by one policy or by two.
func (s *scoring) run(t told, files *outputs) (report, error) {
	defer s.progress.done()
	if files.bad != nil {
		s.bad.out = csv.NewWriter(files.bad)
		if err := s.bad.out.Write([]string{"line", "end", "column", "code", "message"}); err != nil {
			return report{}, err
		}
	}
	var other *whatIf
	var err error
	if t.opponent == nil {
		err = drain(s.cases())
	} else {
		other, err = s.compare(t, files)
	}
	if err = errors.Join(err, s.bad.finish()); err != nil {
		return report{}, err
	}
	r := s.report(t)
	r.WhatIf = other
	return r, nil
}

func (s *scoring) compare(t told, files *outputs) (*whatIf, error) {
	options := &attribution.ReplayOptions{}
	var changed *changedFile
	if files.changed != nil {
		var err error
		if changed, err = newChangedFile(files.changed); err != nil {
			return nil, err
		}
		options.Changed = changed.add
	}
	comparison, err := attribution.Replay(s.cases(), t.decider, t.opponent, options)
	if changed != nil {
		err = errors.Join(err, changed.finish())
	}
	return &whatIf{Policy: t.rival, Comparison: comparison, File: files.changedName}, err
}

func drain(cases iter.Seq2[attribution.Case, error]) error {
	for _, err := range cases {
		if err != nil {
			return err
		}
	}
	return nil
}
