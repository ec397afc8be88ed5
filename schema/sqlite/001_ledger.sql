-- The log. Leaf, payload and outcome are what was decided and signed; the columns before them repeat what stands in the
-- leaf, so that entries can be found. Names are interned: every index of the commit path ends in an ascending number.
CREATE TABLE name (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE entry (
  seq INTEGER PRIMARY KEY CHECK (seq >= 0),
  chain INTEGER NOT NULL,
  cseq INTEGER NOT NULL,
  party INTEGER NOT NULL,
  type INTEGER NOT NULL,
  rtime INTEGER NOT NULL,
  leaf BLOB NOT NULL,
  payload BLOB NOT NULL,
  outcome BLOB NOT NULL
) STRICT;
-- Recognises a resubmitted entry and refuses a second one for its place.
CREATE UNIQUE INDEX entry_by_chain ON entry (chain, cseq);
CREATE INDEX entry_by_party ON entry (party, seq);
CREATE INDEX entry_by_type ON entry (type, seq);

CREATE TABLE move (
  seq INTEGER NOT NULL,
  n INTEGER NOT NULL,
  substance INTEGER NOT NULL,
  lot INTEGER NOT NULL,
  source INTEGER NOT NULL,
  target INTEGER NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  PRIMARY KEY (seq, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX move_by_lot ON move (lot, seq);
CREATE INDEX move_by_source ON move (source, seq);
CREATE INDEX move_by_target ON move (target, seq);

CREATE TABLE tile (
  level INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  root BLOB NOT NULL,
  hashes BLOB NOT NULL,
  PRIMARY KEY (level, idx)
) STRICT;

CREATE TABLE checkpoint (
  size INTEGER PRIMARY KEY,
  note TEXT NOT NULL
) STRICT;

CREATE TABLE state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  size INTEGER NOT NULL,
  root BLOB NOT NULL,
  head BLOB NOT NULL,
  rtime INTEGER NOT NULL,
  policy INTEGER NOT NULL,
  epoch INTEGER NOT NULL
) STRICT;

-- Entries and moves with their names, for queries.
CREATE VIEW entry_text AS
SELECT e.seq, c.text AS chain, e.cseq, p.text AS party, t.text AS type, e.rtime
FROM entry e
JOIN name c ON c.id = e.chain
JOIN name p ON p.id = e.party
JOIN name t ON t.id = e.type;

CREATE VIEW move_text AS
SELECT m.seq, m.n, b.text AS substance, l.text AS lot, s.text AS source, t.text AS target, m.amount
FROM move m
JOIN name b ON b.id = m.substance
JOIN name l ON l.id = m.lot
JOIN name s ON s.id = m.source
JOIN name t ON t.id = m.target;

-- What was written stays.
CREATE TRIGGER name_no_update BEFORE UPDATE ON name BEGIN SELECT RAISE(ABORT, 'name is append-only'); END;
CREATE TRIGGER name_no_delete BEFORE DELETE ON name BEGIN SELECT RAISE(ABORT, 'name is append-only'); END;
CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END;
CREATE TRIGGER move_no_update BEFORE UPDATE ON move BEGIN SELECT RAISE(ABORT, 'move is append-only'); END;
CREATE TRIGGER move_no_delete BEFORE DELETE ON move BEGIN SELECT RAISE(ABORT, 'move is append-only'); END;
CREATE TRIGGER tile_no_update BEFORE UPDATE ON tile BEGIN SELECT RAISE(ABORT, 'tile is append-only'); END;
CREATE TRIGGER tile_no_delete BEFORE DELETE ON tile BEGIN SELECT RAISE(ABORT, 'tile is append-only'); END;
CREATE TRIGGER checkpoint_no_update BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoint is append-only'); END;
CREATE TRIGGER checkpoint_no_delete BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoint is append-only'); END;
CREATE TRIGGER state_no_delete BEFORE DELETE ON state BEGIN SELECT RAISE(ABORT, 'state is one row'); END;
CREATE TRIGGER state_only_grows BEFORE UPDATE ON state
WHEN NEW.size < OLD.size OR NEW.rtime < OLD.rtime OR NEW.epoch < OLD.epoch
BEGIN SELECT RAISE(ABORT, 'state only grows'); END;
