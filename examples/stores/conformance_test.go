package stores_test

import (
	"database/sql"
	"testing"

	"github.com/bylinehq/byline/attribution/attributiontest"
	orders "github.com/bylinehq/byline/attribution/sqlstore"
	"github.com/bylinehq/byline/contracts/contractstest"
)

func TestOrdersOnSQLite(t *testing.T) {
	t.Parallel()
	attributiontest.TestStore(t, func(t *testing.T) attributiontest.Store[*sql.Tx] {
		return newDatabase(t).orders(t, orders.Options{})
	})
}

func TestLedgerOnSQLite(t *testing.T) {
	t.Parallel()
	contractstest.TestEntryStore(t, func(t *testing.T) contractstest.Ledger[*sql.Tx] {
		l := newDatabase(t).ledger(t)
		return contractstest.Ledger[*sql.Tx]{EntryStore: l, InTx: l.InTx}
	})
}
