-- Times are microseconds since 1970 in UTC: they sort as numbers, they cover every
-- year that Go and PostgreSQL do, and the zero time of Go is one of them. What must
-- come back to the nanosecond is kept in the JSON of an order.

CREATE TABLE attribution_inbox (
	seq          INTEGER PRIMARY KEY,
	source       TEXT    NOT NULL,
	delivery_id  TEXT    NOT NULL,
	topic        TEXT    NOT NULL,
	fingerprint  BLOB    NOT NULL, -- SHA-256 of topic, NUL, body
	bytes        INTEGER NOT NULL,
	received_at  INTEGER NOT NULL,
	status       TEXT    NOT NULL CHECK (status IN ('pending', 'processed', 'duplicate', 'failed', 'quarantined')),
	reason       TEXT    NOT NULL DEFAULT '',
	attempts     INTEGER NOT NULL DEFAULT 0,
	processed_at INTEGER,
	UNIQUE (source, delivery_id)
) STRICT;

-- For the lists by status and their counts, and for what waits in its order.
CREATE INDEX attribution_inbox_status ON attribution_inbox (status, seq);
CREATE INDEX attribution_inbox_pending ON attribution_inbox (attempts, seq) WHERE status = 'pending';

-- Bodies stand apart, because a change of status would write them anew. A delivery
-- without a row here has had its body erased.
CREATE TABLE attribution_body (
	seq    INTEGER PRIMARY KEY REFERENCES attribution_inbox (seq),
	header TEXT NOT NULL,
	body   BLOB NOT NULL
) STRICT;

CREATE TABLE attribution_event (
	key TEXT    NOT NULL PRIMARY KEY,
	seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE attribution_delivery_order (
	order_id TEXT    NOT NULL,
	seq      INTEGER NOT NULL,
	PRIMARY KEY (order_id, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX attribution_delivery_order_seq ON attribution_delivery_order (seq);

-- Whose bodies are erased when they settle: kind 'order' with the order's id, and
-- kind 'source' with a source, up to seq.
CREATE TABLE attribution_redacted (
	kind TEXT    NOT NULL CHECK (kind IN ('order', 'source')),
	id   TEXT    NOT NULL,
	seq  INTEGER NOT NULL,
	PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
