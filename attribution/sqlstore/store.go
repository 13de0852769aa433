package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	"github.com/bylinehq/byline/internal/migrate"
)

//go:embed migrations/*.sql
var migrations embed.FS

const component = "attribution"

// Options are the settings of a Store.
type Options struct {
	// Reader serves what is read outside of a unit of work. Default: the writer, which
	// then must not be limited to one connection if anything reads inside Settle.
	Reader *sql.DB
	// Now stamps when deliveries were processed. Required.
	Now func() time.Time
	// MaxBatch is how many deliveries and touches share one commit. Four times as many may
	// wait for theirs before Put and Record refuse more. Default: 256.
	MaxBatch int
	// AcceptLoss opens a database whose settings may lose acknowledged deliveries in a
	// power cut. Durability says so.
	AcceptLoss bool
}

const defaultMaxBatch = 256

// Store keeps deliveries, orders, decisions, aliases and recorded touches. It is safe for
// concurrent use.
type Store struct {
	writer, reader *sql.DB
	now            func() time.Time
	settings       settings
	acceptLoss     bool

	ctx      context.Context // of group commits, which belong to no single caller
	maxBatch int
	gate     sync.RWMutex // guards closed and the sending side of filings
	closed   bool
	filings  chan waiting
	done     chan struct{}

	unitsMu sync.Mutex
	units   map[*sql.Tx]*unit

	unscrubbed atomic.Bool // the log still holds what was erased
}

var (
	_ attribution.Inbox                = (*Store)(nil)
	_ attribution.Queue[*sql.Tx]       = (*Store)(nil)
	_ attribution.RecordStore[*sql.Tx] = (*Store)(nil)
	_ attribution.UnitStore[*sql.Tx]   = (*Store)(nil)
)

// Open migrates the database and starts the group commit, which runs until Close. The
// databases stay the caller's to close, after the Store.
//
// The error is a [*DurabilityError] when the settings of writer may lose what Put has
// answered for, and answers to byline.ErrConflict when a later version has migrated
// the database.
func Open(ctx context.Context, writer *sql.DB, opts *Options) (*Store, error) {
	if opts == nil || opts.Now == nil {
		return nil, &byline.FieldError{Path: "now", Code: "required", Message: "a store needs a clock"}
	}
	s := &Store{
		writer: writer, reader: opts.Reader, now: opts.Now, acceptLoss: opts.AcceptLoss,
		ctx: context.WithoutCancel(ctx), maxBatch: opts.MaxBatch,
		done: make(chan struct{}), units: map[*sql.Tx]*unit{},
	}
	if s.reader == nil {
		s.reader = writer
	}
	if s.maxBatch <= 0 {
		s.maxBatch = defaultMaxBatch
	}
	s.filings = make(chan waiting, waitingBatches*s.maxBatch)
	if err := s.check(ctx); err != nil {
		return nil, err
	}
	if err := migrate.Up(ctx, writer, component, migrations); err != nil {
		return nil, err
	}
	// A kill may have come between an erasure and the emptying of the log.
	s.unscrubbed.Store(true)
	go s.commitGroups()
	return s, nil
}

// check reads the settings and refuses those that lose.
func (s *Store) check(ctx context.Context) error {
	if err := migrate.Reach(ctx, s.writer); err != nil {
		return err
	}
	var err error
	if s.settings, err = readSettings(ctx, s.writer); err != nil || s.acceptLoss {
		return err
	}
	return s.settings.weakness()
}

// Close ends the group commit after it has written and answered what Put and Record had
// taken. Later calls of them answer to byline.ErrUnavailable.
func (s *Store) Close() error {
	s.gate.Lock()
	first := !s.closed
	s.closed = true
	if first {
		close(s.filings)
	}
	s.gate.Unlock()
	<-s.done
	if !first {
		return nil
	}
	return s.scrub(s.ctx)
}

// Durability says in words what it means that Put has answered.
func (s *Store) Durability() string { return s.settings.contract() }

// unitOf returns the work that Settle does with tx. A transaction from elsewhere gets
// a unit that is about no delivery.
func (s *Store) unitOf(tx *sql.Tx) *unit {
	s.unitsMu.Lock()
	defer s.unitsMu.Unlock()
	if u, ok := s.units[tx]; ok {
		return u
	}
	return &unit{session: session{tx: tx}}
}
