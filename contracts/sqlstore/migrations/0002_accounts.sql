-- Accounts, parts of the pay, and what waits. base, sold and units are differences, as
-- amount is; before, base was what the latest target had. until and earned_at are in
-- microseconds since 1970 in UTC, 0 where there is none.
DROP TRIGGER contracts_entry_no_update;
DROP TRIGGER contracts_entry_no_delete;
DROP TRIGGER contracts_entry_no_replace;
DROP INDEX contracts_entry_creator;
ALTER TABLE contracts_entry RENAME TO contracts_entry_1;

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
	rule      TEXT    NOT NULL,
	account   TEXT    NOT NULL,
	until     INTEGER NOT NULL,
	reason    TEXT    NOT NULL,
	currency  TEXT    NOT NULL CHECK (currency <> ''),
	amount    INTEGER NOT NULL,
	base      INTEGER,
	sold      INTEGER,
	rate      INTEGER NOT NULL,
	units     INTEGER NOT NULL,
	earned_at INTEGER NOT NULL,
	fx        TEXT    NOT NULL,
	UNIQUE (subject, revision, position)
) STRICT;

INSERT INTO contracts_entry
SELECT seq, subject, revision, position, posted_at, creator, campaign, agreement, version, policy, kind, '', '', 0, reason,
	currency, amount,
	CASE WHEN kind = 'commission' THEN coalesce(base, 0) - coalesce(lag(base) OVER (
		PARTITION BY subject, creator, campaign, agreement, version, kind, currency ORDER BY revision), 0) ELSE base END,
	NULL, rate, 0, 0, ''
FROM contracts_entry_1;

DROP TABLE contracts_entry_1;

CREATE INDEX contracts_entry_creator ON contracts_entry (creator, seq);
CREATE INDEX contracts_entry_posted ON contracts_entry (creator, posted_at, subject, revision, position);
CREATE INDEX contracts_entry_earned ON contracts_entry (agreement, earned_at) WHERE earned_at <> 0;

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

-- What of a subject waits until when: amounts, bases, what was sold and units together,
-- none of which is negative, so a weight of 0 is nothing.
CREATE TABLE contracts_held (
	subject TEXT    NOT NULL,
	until   INTEGER NOT NULL,
	weight  INTEGER NOT NULL,
	PRIMARY KEY (subject, until)
) STRICT, WITHOUT ROWID;

CREATE INDEX contracts_held_due ON contracts_held (until, subject) WHERE weight <> 0;
