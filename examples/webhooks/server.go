package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	orderstore "github.com/bylinehq/byline/attribution/sqlstore"
	"github.com/bylinehq/byline/campaign"
	"github.com/bylinehq/byline/contracts"
	ledgerstore "github.com/bylinehq/byline/contracts/sqlstore"
)

var errNoPage = fmt.Errorf("there is no such page: %w", byline.ErrNotFound)

// server is the library wired up: a receiver that makes webhooks durable, a worker
// that settles them, and pages that show what came of it.
type server struct {
	config    config
	log       *slog.Logger
	now       func() time.Time
	programme *programme
	shops     []shop // who may send webhooks
	database  *database
	orders    *orderstore.Store
	ledger    *ledgerstore.Ledger
	settler   *campaign.Settler[*sql.Tx]
	worker    *attribution.Worker[*sql.Tx]
	assets    *assets
	pages     *pages
	url       string // where the pages are
	local     bool   // no other machine can reach it
}

// newServer opens the stores under the programme. Close it when done.
func newServer(ctx context.Context, c config, p *programme, log *slog.Logger) (*server, error) {
	s := &server{config: c, log: log, now: time.Now, programme: p}
	var err error
	if s.shops, err = c.shops(p.Shops); err != nil {
		return nil, err
	}
	if s.assets, err = newAssets(); err != nil {
		return nil, err
	}
	if s.pages, err = newPages(s.assets, log); err != nil {
		return nil, err
	}
	if s.database, err = openDatabase(ctx, c.db, c.acceptLoss); err != nil {
		return nil, err
	}
	if err := s.openStores(ctx); err != nil {
		s.database.close()
		return nil, err
	}
	s.settler, err = campaign.NewSettler(campaign.Settler[*sql.Tx]{
		Orders: s.orders, Ledger: s.ledger, Book: p.Book, Agreements: p.Agreements, Policies: p.Policies,
		History: s.orders, Customers: true, Aliases: s.orders, Clicks: s.clicks(), Signals: s.signals, Progress: s.progress, Now: s.now,
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("settler: %w", err), s.close())
	}
	s.worker = attribution.NewWorker(attribution.Worker[*sql.Tx]{Queue: s.orders, Sources: sources(s.shops), Apply: s.settler.Apply, Log: log})
	return s, nil
}

// shops adds the shop that flags and environment name to those of the programme. Without
// any it is there too, and accepts nothing.
func (c config) shops(declared []shop) ([]shop, error) {
	if len(c.secrets) == 0 && len(declared) > 0 {
		return declared, nil
	}
	if slices.ContainsFunc(declared, func(s shop) bool { return s.Name == source }) {
		return nil, &byline.FieldError{Path: "shops", Code: "programme.shop_twice", Message: "the name " + source + " is taken by the shop of " + envSecret}
	}
	own := shop{Name: source, Platform: source, Shop: c.shop}
	own.Decoder = openShopify(shopFile{Shop: c.shop}, keys{secrets: c.secrets}, outside{identity: c.identity})
	return append([]shop{own}, declared...), nil
}

func sources(shops []shop) map[string]attribution.Decoder {
	decoders := map[string]attribution.Decoder{}
	for _, s := range shops {
		decoders[s.Name] = s.Decoder
	}
	return decoders
}

func (s *server) openStores(ctx context.Context) error {
	var err error
	// The ledger first: opening it starts nothing that would have to be stopped.
	s.ledger, err = ledgerstore.Open(ctx, s.database.writer, &ledgerstore.Options{Reader: s.database.reader})
	if err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	s.orders, err = orderstore.Open(ctx, s.database.writer, &orderstore.Options{
		Reader: s.database.reader, Now: s.now, AcceptLoss: s.config.acceptLoss,
	})
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	return nil
}

func (s *server) close() error {
	err := s.orders.Close()
	s.database.close()
	return err
}

// Limits of the HTTP side. Without them a client that sends one byte a minute holds a
// connection for ever.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 10 * time.Second
	writeTimeout  = 15 * time.Second
	idleTimeout   = 60 * time.Second
	maxHeader     = 16 << 10
	drainTimeout  = 10 * time.Second
)

// serve works until ctx ends, then stops in the order in which nothing is lost: no new
// requests, those under way are answered, what waits is settled, the stores close.
func (s *server) serve(ctx context.Context, ln net.Listener) error {
	web := &http.Server{
		Handler: s.routes(), ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
	if err := s.accrue(ctx); err != nil && ctx.Err() == nil {
		return errors.Join(fmt.Errorf("what has fallen due: %w", err), ln.Close())
	}
	background := context.WithoutCancel(ctx)
	working, stop := context.WithCancel(background)
	defer stop()
	var work sync.WaitGroup
	work.Go(func() { _ = s.worker.Run(working) })
	work.Go(func() { s.doChores(working) })
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(ln) }()
	var err error
	select {
	case <-ctx.Done():
		s.log.Info("stopping")
		err = s.drain(background, web)
	case err = <-failed:
	}
	stop()
	work.Wait()
	return err
}

// drain answers what is under way and settles what has arrived. What does not make it
// in time is durable and settled after the next start.
func (s *server) drain(ctx context.Context, web *http.Server) error {
	ctx, cancel := context.WithTimeout(ctx, drainTimeout)
	defer cancel()
	if err := web.Shutdown(ctx); err != nil {
		return errors.Join(err, web.Close())
	}
	return s.settled(ctx)
}

// settled waits until no delivery waits for the worker.
func (s *server) settled(ctx context.Context) error {
	const pause = 20 * time.Millisecond
	for {
		counts, err := s.orders.DeliveryCounts(ctx)
		if err != nil || counts[attribution.StatusPending] == 0 {
			return err
		}
		s.worker.Wake()
		select {
		case <-ctx.Done():
			s.log.Warn("deliveries wait for the next start", "count", counts[attribution.StatusPending])
			return nil
		case <-time.After(pause):
		}
	}
}

const (
	chores = time.Hour
	// keepBodies is how long a settled webhook's body, which names its customer, is kept
	// for a look or a replay.
	keepBodies = 30 * 24 * time.Hour
	// keepClicks is added to the longest window of any policy: orders come late.
	keepClicks = 30 * 24 * time.Hour
)

// doChores releases what was held, posts what else has fallen due, and forgets the bodies of old webhooks and
// clicks that no order can count any more.
func (s *server) doChores(ctx context.Context) {
	tick := time.NewTicker(chores)
	defer tick.Stop()
	for {
		if _, err := s.orders.EraseBodies(ctx, s.now().Add(-keepBodies)); err != nil && ctx.Err() == nil {
			s.log.Error("old bodies not erased", "error", err, "next try", chores)
		}
		if _, err := s.orders.ForgetTouches(ctx, s.now().Add(-s.programme.longestWindow()-keepClicks)); err != nil && ctx.Err() == nil {
			s.log.Error("old clicks not forgotten", "error", err, "next try", chores)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := s.accrue(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("what has fallen due is not posted", "error", err, "next try", chores)
		}
	}
}

// accrue posts what is owed by now beside single orders: releases, fees, gifts, what
// periods make of their orders.
func (s *server) accrue(ctx context.Context) error {
	var posted []contracts.Entry
	err := s.ledger.InTx(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		posted, err = s.settler.Accrue(ctx, tx, s.now())
		return err
	})
	if err == nil && len(posted) > 0 {
		s.log.Info("posted what has fallen due", "entries", len(posted))
	}
	return err
}

// progress is how far an agreement is, as the programme file says. A program with a desk
// for deliverables asks that instead.
func (s *server) progress(_ context.Context, _ *sql.Tx, id contracts.AgreementID) (contracts.Progress, error) {
	return s.programme.Progress[id], nil
}
