-- The two-way check at the border: cases, their documents, links for partner authorities, and the papers they belong to.
CREATE TABLE border_case (
  id TEXT NOT NULL,
  direction TEXT NOT NULL,
  party TEXT NOT NULL,
  agency TEXT NOT NULL,
  country TEXT NOT NULL,
  substance TEXT NOT NULL,
  state TEXT NOT NULL,
  answer TEXT NOT NULL,
  licence TEXT NOT NULL,
  application TEXT NOT NULL,
  link TEXT NOT NULL,
  office TEXT NOT NULL,
  declaration TEXT NOT NULL,
  notified INTEGER NOT NULL,
  licensed INTEGER NOT NULL,
  cleared INTEGER NOT NULL,
  moved INTEGER NOT NULL,
  confirmed INTEGER NOT NULL,
  reply_by TEXT NOT NULL,
  notified_at INTEGER NOT NULL,
  answered_at INTEGER NOT NULL,
  documents INTEGER NOT NULL,
  opened INTEGER NOT NULL,
  closed INTEGER NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX border_case_newest ON border_case (opened);
CREATE INDEX border_case_by_party ON border_case (party, opened);
CREATE INDEX border_case_open ON border_case (opened) WHERE closed = -1;

CREATE TABLE border_document (
  border_case TEXT NOT NULL,
  n TEXT NOT NULL,
  kind TEXT NOT NULL,
  substance TEXT NOT NULL,
  amount INTEGER NOT NULL,
  answer TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (border_case, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE border_link (
  id TEXT NOT NULL,
  border_case TEXT NOT NULL,
  purpose TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  expires INTEGER NOT NULL,
  state TEXT NOT NULL,
  issued INTEGER NOT NULL,
  used INTEGER NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX border_link_by_case ON border_link (border_case, issued);

CREATE TABLE border_licence (
  permit TEXT NOT NULL,
  border_case TEXT NOT NULL,
  PRIMARY KEY (permit)
) STRICT, WITHOUT ROWID;
