-- Losses, oversight and erased values.

ALTER TABLE finding ADD COLUMN missing INTEGER NOT NULL DEFAULT 0;
ALTER TABLE finding ADD COLUMN settled INTEGER NOT NULL DEFAULT 0;
ALTER TABLE finding ADD COLUMN booked TEXT NOT NULL DEFAULT '';
ALTER TABLE finding ADD COLUMN same_as TEXT NOT NULL DEFAULT '';
ALTER TABLE finding ADD COLUMN case_no TEXT NOT NULL DEFAULT '';
ALTER TABLE finding ADD COLUMN result TEXT NOT NULL DEFAULT 'none';
ALTER TABLE finding ADD COLUMN notes INTEGER NOT NULL DEFAULT 0;

CREATE TABLE finding_note (
  finding TEXT NOT NULL,
  n TEXT NOT NULL,
  act TEXT NOT NULL,
  party TEXT NOT NULL,
  code TEXT NOT NULL,
  substance TEXT NOT NULL,
  amount INTEGER NOT NULL,
  evidence TEXT NOT NULL,
  statement TEXT NOT NULL,
  other TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (finding, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE shortage (
  account TEXT NOT NULL,
  lot TEXT NOT NULL,
  finding TEXT NOT NULL,
  PRIMARY KEY (account, lot)
) STRICT, WITHOUT ROWID;

CREATE TABLE seizure (
  id TEXT NOT NULL,
  lot TEXT NOT NULL,
  agency TEXT NOT NULL,
  party TEXT NOT NULL,
  subject TEXT NOT NULL,
  substance TEXT NOT NULL,
  amount INTEGER NOT NULL,
  disposed INTEGER NOT NULL,
  case_no TEXT NOT NULL,
  seized_on TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (id, lot)
) STRICT, WITHOUT ROWID;
CREATE INDEX seizure_newest ON seizure (seq);
CREATE INDEX seizure_by_party ON seizure (party, seq);

CREATE TABLE stop (
  id TEXT NOT NULL,
  agency TEXT NOT NULL,
  vehicle TEXT NOT NULL,
  consignment TEXT NOT NULL,
  permit TEXT NOT NULL,
  region TEXT NOT NULL,
  place TEXT NOT NULL,
  result TEXT NOT NULL,
  deviations TEXT NOT NULL,
  seq INTEGER NOT NULL,
  time INTEGER NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX stop_newest ON stop (seq);
CREATE INDEX stop_by_consignment ON stop (consignment, seq);

CREATE TABLE inspection (
  id TEXT NOT NULL,
  agency TEXT NOT NULL,
  party TEXT NOT NULL,
  site TEXT NOT NULL,
  result TEXT NOT NULL,
  inspected_on TEXT NOT NULL,
  deviations TEXT NOT NULL,
  lots INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX inspection_newest ON inspection (seq);
CREATE INDEX inspection_by_party ON inspection (party, seq);

CREATE TABLE erasure (
  entry TEXT NOT NULL,
  n TEXT NOT NULL,
  ground TEXT NOT NULL,
  party TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (entry, n)
) STRICT, WITHOUT ROWID;
