-- state and decision are the record; the other columns repeat what queries need.
CREATE TABLE attribution_order (
	id         TEXT    NOT NULL PRIMARY KEY,
	shop       TEXT    NOT NULL,
	number     TEXT    NOT NULL,
	placed_at  INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	test       INTEGER NOT NULL,
	currency   TEXT    NOT NULL,
	standing   TEXT    NOT NULL,
	credits    INTEGER NOT NULL,
	sold       INTEGER NOT NULL,
	returned   INTEGER NOT NULL,
	earning    INTEGER NOT NULL,
	state      TEXT    NOT NULL,
	decision   TEXT    NOT NULL
) STRICT;

CREATE INDEX attribution_order_placed ON attribution_order (placed_at, id);
CREATE INDEX attribution_order_shop ON attribution_order (shop);

-- An order's credits, written anew with each decision.
CREATE TABLE attribution_credit (
	order_id  TEXT    NOT NULL REFERENCES attribution_order (id),
	position  INTEGER NOT NULL,
	creator   TEXT    NOT NULL,
	campaign  TEXT    NOT NULL,
	kind      TEXT    NOT NULL,
	placed_at INTEGER NOT NULL,
	standing  TEXT    NOT NULL,
	currency  TEXT    NOT NULL,
	sold      INTEGER NOT NULL,
	earning   INTEGER NOT NULL,
	PRIMARY KEY (order_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX attribution_credit_creator ON attribution_credit (creator, placed_at, order_id);
