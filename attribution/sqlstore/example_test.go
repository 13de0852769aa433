package sqlstore_test

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/attribution/sqlstore"
)

// Example takes webhooks in, decides on their orders and keeps both. The program
// imports the driver, which a library must not choose.
func Example() {
	if err := serve(context.Background(), nil, nil); err != nil {
		panic(err)
	}
}

func serve(ctx context.Context, sources map[string]attribution.Decoder, book *attribution.Book) (err error) {
	const name = "file:byline.db?_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(5000)"
	writer, err := sql.Open("sqlite", name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, writer.Close()) }()
	writer.SetMaxOpenConns(1)
	reader, err := sql.Open("sqlite", name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	store, err := sqlstore.Open(ctx, writer, &sqlstore.Options{Reader: reader, Now: time.Now})
	if err != nil {
		return err // a *sqlstore.DurabilityError says what to mend
	}
	defer func() { err = errors.Join(err, store.Close()) }()

	worker := attribution.NewWorker(attribution.Worker[*sql.Tx]{
		Queue:   store,
		Sources: sources,
		Apply: func(ctx context.Context, tx *sql.Tx, e attribution.Event) error {
			return apply(ctx, tx, store, book, e)
		},
	})
	http.Handle("POST /webhooks/{source}", &attribution.Receiver{
		Sources: sources, Inbox: store, Now: time.Now, Arrived: worker.Wake,
	})
	return worker.Run(ctx)
}

// apply commits with the note that the delivery was processed, or not at all.
func apply(ctx context.Context, tx *sql.Tx, store *sqlstore.Store, book *attribution.Book, e attribution.Event) error {
	if e.Redaction != nil {
		return store.Redact(ctx, tx, *e.Redaction)
	}
	if e.Order == nil {
		return nil
	}
	known, err := store.Order(ctx, tx, e.Order.ID)
	if errors.Is(err, byline.ErrNotFound) {
		known.Order = *e.Order
	} else if err != nil {
		return err
	}
	order, err := known.Order.Merge(*e.Order)
	if err != nil {
		return err
	}
	decision := attribution.Decide(order, nil, book, attribution.Policy{})
	return store.PutOrder(ctx, tx, attribution.Record{Order: order, Decision: decision})
}
