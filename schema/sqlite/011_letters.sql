-- Letters with a code to the legal address of a unit.
CREATE TABLE address_letter (
  id TEXT NOT NULL,
  party TEXT NOT NULL,
  agency TEXT NOT NULL,
  commitment TEXT NOT NULL,
  salt TEXT NOT NULL,
  due INTEGER NOT NULL,
  sent INTEGER NOT NULL,
  answered INTEGER NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
