-- Applications for papers, the record of parties, sales that are called off or come back, and carriers that change on the
-- road.
CREATE TABLE application (
  id TEXT NOT NULL,
  applicant TEXT NOT NULL,
  agency TEXT NOT NULL,
  kind TEXT NOT NULL,
  supplier TEXT NOT NULL,
  consignee TEXT NOT NULL,
  carrier TEXT NOT NULL,
  origin TEXT NOT NULL,
  destination TEXT NOT NULL,
  substances TEXT NOT NULL,
  purpose TEXT NOT NULL,
  state TEXT NOT NULL,
  permit TEXT NOT NULL,
  reason TEXT NOT NULL,
  applied INTEGER NOT NULL,
  decided INTEGER NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX application_by_applicant ON application (applicant, applied);
CREATE INDEX application_by_agency ON application (agency, applied);
CREATE INDEX application_newest ON application (applied);

CREATE TABLE application_line (
  application TEXT NOT NULL,
  substance TEXT NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (application, substance)
) STRICT, WITHOUT ROWID;

CREATE TABLE conduct (
  party TEXT NOT NULL,
  finding TEXT NOT NULL,
  day TEXT NOT NULL,
  PRIMARY KEY (party)
) STRICT, WITHOUT ROWID;

CREATE TABLE person_purchase (
  party TEXT NOT NULL,
  substance TEXT NOT NULL,
  year TEXT NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (party, substance, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE handover (
  consignment TEXT NOT NULL,
  n TEXT NOT NULL,
  giver TEXT NOT NULL,
  taker TEXT NOT NULL,
  vehicle TEXT NOT NULL,
  seals TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (consignment, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE handover_line (
  consignment TEXT NOT NULL,
  handover TEXT NOT NULL,
  line TEXT NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (consignment, handover, line)
) STRICT, WITHOUT ROWID;

ALTER TABLE sale ADD COLUMN consignee TEXT NOT NULL DEFAULT '';
ALTER TABLE sale ADD COLUMN returned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sale ADD COLUMN cancelled INTEGER NOT NULL DEFAULT -1;
ALTER TABLE consignment ADD COLUMN checked INTEGER NOT NULL DEFAULT -1;
ALTER TABLE consignment ADD COLUMN returns TEXT NOT NULL DEFAULT '';
ALTER TABLE consignment ADD COLUMN handovers INTEGER NOT NULL DEFAULT 0;
ALTER TABLE consignment ADD COLUMN custodian TEXT NOT NULL DEFAULT '';
