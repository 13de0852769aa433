-- posted_at is in microseconds since 1970 in UTC. amount and base are minor units of
-- currency; base is NULL where an entry has none.
CREATE TABLE contracts_entry (
	seq       INTEGER PRIMARY KEY,
	subject   TEXT    NOT NULL,
	revision  INTEGER NOT NULL,
	position  INTEGER NOT NULL,
	posted_at INTEGER NOT NULL,
	creator   TEXT    NOT NULL,
	campaign  TEXT    NOT NULL,
	agreement TEXT    NOT NULL,
	version   INTEGER NOT NULL,
	policy    TEXT    NOT NULL,
	kind      TEXT    NOT NULL,
	reason    TEXT    NOT NULL,
	currency  TEXT    NOT NULL CHECK (currency <> ''),
	amount    INTEGER NOT NULL,
	base      INTEGER,
	rate      INTEGER NOT NULL,
	UNIQUE (subject, revision, position)
) STRICT;

CREATE INDEX contracts_entry_creator ON contracts_entry (creator, seq);

CREATE TRIGGER contracts_entry_no_update BEFORE UPDATE ON contracts_entry
BEGIN
	SELECT RAISE(ABORT, 'the ledger is append-only: post the difference instead');
END;

CREATE TRIGGER contracts_entry_no_delete BEFORE DELETE ON contracts_entry
BEGIN
	SELECT RAISE(ABORT, 'the ledger is append-only: post the difference instead');
END;

-- INSERT OR REPLACE removes a row without firing the trigger on deletion.
CREATE TRIGGER contracts_entry_no_replace BEFORE INSERT ON contracts_entry
WHEN EXISTS (
	SELECT 1 FROM contracts_entry
	WHERE seq = NEW.seq OR (subject = NEW.subject AND revision = NEW.revision AND position = NEW.position)
)
BEGIN
	SELECT RAISE(IGNORE);
END;
