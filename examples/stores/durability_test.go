package stores_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/bylinehq/byline"
	"github.com/bylinehq/byline/attribution"
	orders "github.com/bylinehq/byline/attribution/sqlstore"
)

func TestOpenRefusesSettingsThatLose(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		settings string
		want     *orders.DurabilityError // nil: opened
		contract string                  // with AcceptLoss
	}{
		"WAL FULL": {
			settings: "?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)",
			contract: "acknowledged = committed and fsynced (WAL, synchronous=FULL)",
		},
		"WAL EXTRA": {
			settings: "?_pragma=journal_mode(WAL)&_pragma=synchronous(EXTRA)",
			contract: "acknowledged = committed and fsynced (WAL, synchronous=EXTRA)",
		},
		"truncated journal FULL": {
			settings: "?_pragma=journal_mode(TRUNCATE)&_pragma=synchronous(FULL)",
			contract: "acknowledged = committed and fsynced (TRUNCATE, synchronous=FULL)",
		},
		"deleted journal EXTRA": {
			settings: "?_pragma=journal_mode(DELETE)&_pragma=synchronous(EXTRA)",
			contract: "acknowledged = committed and fsynced (DELETE, synchronous=EXTRA)",
		},
		"deleted journal FULL": {
			settings: "?_pragma=journal_mode(DELETE)&_pragma=synchronous(FULL)",
			want:     &orders.DurabilityError{Setting: "synchronous", Value: "FULL", Want: "EXTRA, or FULL with journal_mode WAL"},
			contract: "acknowledged = committed, not surely on disk: a power cut may lose the latest (DELETE, synchronous=FULL)",
		},
		"WAL NORMAL": {
			settings: "?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)",
			want:     &orders.DurabilityError{Setting: "synchronous", Value: "NORMAL", Want: "FULL or EXTRA"},
			contract: "acknowledged = committed, not surely on disk: a power cut may lose the latest (WAL, synchronous=NORMAL)",
		},
		"WAL OFF": {
			settings: "?_pragma=journal_mode(WAL)&_pragma=synchronous(OFF)",
			want:     &orders.DurabilityError{Setting: "synchronous", Value: "OFF", Want: "FULL or EXTRA"},
			contract: "acknowledged = committed, not surely on disk: a power cut may lose the latest (WAL, synchronous=OFF)",
		},
		"no journal": {
			settings: "?_pragma=journal_mode(MEMORY)&_pragma=synchronous(FULL)",
			want:     &orders.DurabilityError{Setting: "journal_mode", Value: "MEMORY", Want: "WAL"},
			contract: "acknowledged = committed, not surely on disk: a power cut may lose the latest (MEMORY, synchronous=FULL)",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := openFile(t, filepath.Join(t.TempDir(), "byline.db"), c.settings, 1)
			s, err := orders.Open(t.Context(), db, &orders.Options{Now: now})
			if c.want != nil {
				got, _ := errors.AsType[*orders.DurabilityError](err)
				require.Empty(t, cmp.Diff(c.want, got))
				require.Contains(t, err.Error(), "Options.AcceptLoss")
			} else {
				require.NoError(t, err)
				require.NoError(t, s.Close())
			}
			s, err = orders.Open(t.Context(), db, &orders.Options{Now: now, AcceptLoss: true})
			require.NoError(t, err)
			require.Equal(t, c.contract, s.Durability())
			put(t, s, attribution.Accepted, delivery("a", "body"))
			require.NoError(t, s.Close())
		})
	}
}

func TestPutNoticesThatTheSettingWasTurnedDown(t *testing.T) {
	t.Parallel()
	db := newDatabase(t)
	s := db.orders(t, orders.Options{})
	put(t, s, attribution.Accepted, delivery("a", "body"))
	db.exec(t, "PRAGMA synchronous = NORMAL")
	_, err := s.Put(t.Context(), delivery("b", "body"))
	require.ErrorIs(t, err, byline.ErrUnavailable)
	_, isDurability := errors.AsType[*orders.DurabilityError](err)
	require.True(t, isDurability)
	db.exec(t, "PRAGMA synchronous = FULL")
	put(t, s, attribution.Accepted, delivery("b", "body"))
}

func TestOpenNeedsAClock(t *testing.T) {
	t.Parallel()
	_, err := orders.Open(t.Context(), newDatabase(t).writer, nil)
	require.ErrorIs(t, err, byline.ErrInvalid)
}
