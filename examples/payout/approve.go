package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/contracts"
)

// shown is a batch file as somebody hands it in. It only says which batch is meant and
// what they saw of it; approvals and statuses are those of the books.
type shown struct {
	name  string
	batch contracts.Batch
}

func (p program) readBatch(name string) (shown, error) {
	data, err := p.read(name)
	if err != nil {
		return shown{}, err
	}
	type unchecked contracts.Batch // the books tell what is wrong with it
	var b unchecked
	if err := json.Unmarshal(data, &b); err != nil {
		return shown{}, badInput{faultsOf(name, err)}
	}
	if b.ID == "" {
		return shown{}, bad("%s: not a batch", name)
	}
	return shown{name, contracts.Batch(b)}, nil
}

// meant returns the batch of the books, and refuses a file that shows another one.
func (s *store) meant(ctx context.Context, tx *sql.Tx, file shown) (filed, error) {
	f, err := s.find(ctx, tx, file.batch.ID)
	if errors.Is(err, byline.ErrNotFound) {
		return f, bad("%s: %w", file.name, err)
	} else if err != nil {
		return f, err
	}
	want, err := f.Batch.Digest()
	if err != nil {
		return f, err
	}
	if got, err := file.batch.Digest(); err != nil || got != want {
		return f, fmt.Errorf("%s is not the batch that was proposed: %s", file.name, difference(f.Batch, file.batch))
	}
	return f, nil
}

// difference names what somebody has changed, without showing an account.
func difference(was, is contracts.Batch) string {
	same := func(a, b contracts.BatchItem) bool {
		a.Status, a.Outcome, b.Status, b.Outcome = "", nil, "", nil
		one, errOne := json.Marshal(a)
		other, errOther := json.Marshal(b)
		return errOne == nil && errOther == nil && string(one) == string(other)
	}
	var changed []string
	for i := range max(len(was.Items), len(is.Items)) {
		switch {
		case i >= len(is.Items):
			changed = append(changed, fmt.Sprintf("%s is missing", was.Items[i].Creator))
		case i >= len(was.Items):
			changed = append(changed, fmt.Sprintf("%s was added", is.Items[i].Creator))
		case !same(was.Items[i], is.Items[i]):
			changed = append(changed, fmt.Sprintf("items[%d] of %s differs", i, was.Items[i].Creator))
		}
	}
	if len(changed) == 0 {
		return "its head differs"
	}
	return strings.Join(changed, ", ")
}

func (p program) approve(ctx context.Context, args []string) (err error) {
	c := p.call("approve")
	name := c.required("batch", "`file` of the batch that was looked at")
	by := c.required("by", "`who` approves")
	at := c.instant()
	if err := c.parse(args); err != nil {
		return err
	}
	file, err := p.readBatch(*name)
	if err != nil {
		return err
	}
	s, err := c.openStore(ctx, *at, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	var f filed
	if err := s.step(ctx, func(ctx context.Context, tx *sql.Tx) (int, error) {
		if f, err = s.meant(ctx, tx, file); err != nil {
			return 0, err
		}
		if f.Batch, err = f.Batch.Approve(*by, *at); err != nil {
			return 0, err
		}
		return 0, s.file(ctx, tx, f)
	}); err != nil {
		return err
	}
	if err := p.writeJSON(*name, f.Batch); err != nil {
		return err
	}
	if f.Batch.State() == contracts.BatchApproved {
		say(p.out, "%s approved batch %s. It may be exported.", clean(*by), clean(f.Batch.ID))
	} else {
		say(p.out, "%s approved batch %s. One more person has to.", clean(*by), clean(f.Batch.ID))
	}
	return nil
}
