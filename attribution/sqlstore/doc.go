// Package sqlstore keeps the inbox, the orders and the decisions of package
// attribution in SQLite, through database/sql. It imports no driver: the program
// chooses one and opens the database.
//
// What is promised: a delivery that Put has answered for is committed and synced to
// disk, and the effect of a delivery is committed together with the note that it was
// processed, or not at all. [Open] refuses a database whose settings break the first.
// With the driver modernc.org/sqlite, settings that hold are
//
//	writer, err := sql.Open("sqlite", "file:byline.db?_txlock=immediate"+
//		"&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)"+
//		"&_pragma=busy_timeout(5000)&_pragma=foreign_keys(ON)")
//	writer.SetMaxOpenConns(1)
//
// A PRAGMA belongs in the name of the data source, because each new connection of the
// pool starts without those that were executed on another.
//
// Reads need a *sql.DB of their own (the same name, more connections): one that is
// limited to a single connection waits for itself when it is asked for a read inside
// Settle. For the same reason nothing inside Settle may call Put.
//
// contracts/sqlstore keeps a ledger in the same database and can share a transaction
// with this store: both use the *sql.Tx they are handed and nothing else.
//
// Erased bodies are overwritten: every transaction of the store sets PRAGMA
// secure_delete and, after an erasure, the write-ahead log is emptied as soon as no
// reader holds on to it. Backups are the caller's.
package sqlstore
