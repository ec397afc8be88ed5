-- What comes back each month or year, what was filed, who was named without being registered, and whose device a chain is.
ALTER TABLE site ADD COLUMN closed INTEGER NOT NULL DEFAULT -1;
ALTER TABLE officer ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT -1;
ALTER TABLE officer ADD COLUMN keys TEXT NOT NULL DEFAULT '';
ALTER TABLE obligation ADD COLUMN region TEXT NOT NULL DEFAULT '';

CREATE TABLE duty (
  id TEXT NOT NULL,
  party TEXT NOT NULL,
  kind TEXT NOT NULL,
  obligation TEXT NOT NULL,
  opened INTEGER NOT NULL,
  closed INTEGER NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX duty_by_party ON duty (party);

CREATE TABLE report (
  party TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  hash TEXT NOT NULL,
  at_index INTEGER NOT NULL,
  due INTEGER NOT NULL,
  filed_on TEXT NOT NULL,
  first INTEGER NOT NULL,
  filed INTEGER NOT NULL,
  times INTEGER NOT NULL,
  PRIMARY KEY (party, kind, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_newest ON report (filed);

CREATE TABLE named (
  id TEXT NOT NULL,
  what TEXT NOT NULL,
  name TEXT NOT NULL,
  region TEXT NOT NULL,
  named_by TEXT NOT NULL,
  first INTEGER NOT NULL,
  known_as TEXT NOT NULL,
  known INTEGER NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX named_unknown ON named (region) WHERE known = -1;

CREATE TABLE device (
  chain TEXT NOT NULL,
  "key" TEXT NOT NULL,
  party TEXT NOT NULL,
  label TEXT NOT NULL,
  purpose TEXT NOT NULL,
  replaces TEXT NOT NULL,
  opened INTEGER NOT NULL,
  PRIMARY KEY (chain)
) STRICT, WITHOUT ROWID;
CREATE INDEX device_by_party ON device (party);
