-- What a decision was made with beside the order, and the orders of the same customer
-- that nothing else tells of; see attribution.Record. '' is nothing.
ALTER TABLE attribution_order ADD COLUMN history TEXT NOT NULL DEFAULT '';
ALTER TABLE attribution_order ADD COLUMN kin TEXT NOT NULL DEFAULT '';

-- What orders have in common that bear on each other; see attribution.Trace. An order
-- that was put before this table existed stands in it once it is settled again.
-- order_id is compared byte by byte.
CREATE TABLE attribution_mark (
	mark      TEXT    NOT NULL,
	placed_at INTEGER NOT NULL,
	order_id  TEXT    NOT NULL,
	returning_customer INTEGER NOT NULL,
	stands    INTEGER NOT NULL,
	PRIMARY KEY (mark, placed_at, order_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX attribution_mark_order ON attribution_mark (order_id);
CREATE INDEX attribution_mark_standing ON attribution_mark (mark, placed_at, order_id) WHERE stands = 1;

-- Further ids by which deliveries speak of an order.
CREATE TABLE attribution_alias (
	shop     TEXT NOT NULL,
	also     TEXT NOT NULL,
	order_id TEXT NOT NULL,
	PRIMARY KEY (shop, also)
) STRICT, WITHOUT ROWID;

CREATE INDEX attribution_alias_order ON attribution_alias (shop, order_id);

-- Recorded touches, and under which keys each is found.
CREATE TABLE attribution_touch (
	digest TEXT    NOT NULL PRIMARY KEY,
	at     INTEGER NOT NULL,
	touch  TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX attribution_touch_at ON attribution_touch (at);

CREATE TABLE attribution_touch_key (
	key    TEXT    NOT NULL,
	at     INTEGER NOT NULL,
	digest TEXT    NOT NULL,
	PRIMARY KEY (key, at, digest)
) STRICT, WITHOUT ROWID;

CREATE INDEX attribution_touch_key_digest ON attribution_touch_key (digest);

-- How far something has come, such as a backfill.
CREATE TABLE attribution_cursor (
	name TEXT    NOT NULL PRIMARY KEY,
	at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
