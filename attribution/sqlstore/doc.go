// Package sqlstore keeps the inbox, the orders, the decisions and the recorded touches of
// package attribution in SQLite, through database/sql. It imports no driver: the program
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
// One Store is all that a campaign.Settler looks things up in: its Orders, its History and
// its Aliases. Orders that bear on each other are found by an index of what they have in
// common, which is kept with every order whether a policy asks for it or not; what was put
// by a version from before there was one stands in it once it is settled again.
//
// contracts/sqlstore keeps a ledger in the same database and can share a transaction
// with this store: both use the *sql.Tx they are handed and nothing else.
//
// Redact forgets a person in all of this: the bodies that named them, the keys on their
// orders, the clicks that were recorded of them. Touches of people who never ordered go
// with ForgetTouches, by their age. What is erased is overwritten: every transaction of the
// store sets PRAGMA secure_delete and, after an erasure, the write-ahead log is emptied as
// soon as no reader holds on to it. Backups are the caller's.
package sqlstore
