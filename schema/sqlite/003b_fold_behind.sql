-- What is folded from outcomes is written behind the commit of the entries: `folded` counts the entries it takes in.
-- Entries are looked up in a table of their own, which is filled with the fold, so that a commit only appends.
CREATE TABLE entry_list (
  seq INTEGER PRIMARY KEY CHECK (seq >= 0),
  chain INTEGER NOT NULL,
  cseq INTEGER NOT NULL,
  party INTEGER NOT NULL,
  type INTEGER NOT NULL,
  rtime INTEGER NOT NULL
) STRICT;
INSERT INTO entry_list SELECT seq, chain, cseq, party, type, rtime FROM entry;
DROP INDEX entry_by_chain;
DROP INDEX entry_by_party;
DROP INDEX entry_by_type;
-- Recognises a resubmitted entry and refuses a second one for its place.
CREATE UNIQUE INDEX entry_by_chain ON entry_list (chain, cseq);
CREATE INDEX entry_by_party ON entry_list (party, seq);
CREATE INDEX entry_by_type ON entry_list (type, seq);
CREATE TRIGGER entry_list_no_update BEFORE UPDATE ON entry_list
BEGIN SELECT RAISE(ABORT, 'entry_list is append-only'); END;
CREATE TRIGGER entry_list_no_delete BEFORE DELETE ON entry_list
BEGIN SELECT RAISE(ABORT, 'entry_list is append-only'); END;

DROP VIEW entry_text;
CREATE VIEW entry_text AS
SELECT e.seq, c.text AS chain, e.cseq, p.text AS party, t.text AS type, e.rtime
FROM entry_list e
JOIN name c ON c.id = e.chain
JOIN name p ON p.id = e.party
JOIN name t ON t.id = e.type;

ALTER TABLE state ADD COLUMN folded INTEGER NOT NULL DEFAULT 0;
UPDATE state SET folded = size;
CREATE TRIGGER state_folds_forward BEFORE UPDATE ON state
WHEN NEW.folded < OLD.folded OR NEW.folded > NEW.size
BEGIN SELECT RAISE(ABORT, 'the fold only follows'); END;
