-- What the registry knows, folded from the outcomes of all entries: one table for each row type of the domain, the same
-- columns in the same order. Text order is byte order.

CREATE TABLE setting (
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (name)
) STRICT, WITHOUT ROWID;

CREATE TABLE party (
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  kinds TEXT NOT NULL,
  uscc TEXT NOT NULL,
  region TEXT NOT NULL,
  status TEXT NOT NULL,
  agency_role TEXT NOT NULL,
  agency_level TEXT NOT NULL,
  registered INTEGER NOT NULL,
  verified INTEGER NOT NULL,
  verified_by TEXT NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE site (
  id TEXT NOT NULL,
  party TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  region TEXT NOT NULL,
  address TEXT NOT NULL,
  added INTEGER NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX site_by_party ON site (party);

CREATE TABLE officer (
  id TEXT NOT NULL,
  party TEXT NOT NULL,
  duty TEXT NOT NULL,
  appointed INTEGER NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX officer_by_party ON officer (party);

CREATE TABLE "key" (
  id TEXT NOT NULL,
  party TEXT NOT NULL,
  suite TEXT NOT NULL,
  spki TEXT NOT NULL,
  role TEXT NOT NULL,
  state TEXT NOT NULL,
  officer TEXT NOT NULL,
  since INTEGER NOT NULL,
  revoked INTEGER NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX key_by_party ON "key" (party);

CREATE TABLE chain (
  id TEXT NOT NULL,
  "key" TEXT NOT NULL,
  party TEXT NOT NULL,
  cseq INTEGER NOT NULL,
  head TEXT NOT NULL,
  seq INTEGER NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX chain_by_party ON chain (party);

CREATE TABLE permit (
  no TEXT NOT NULL,
  kind TEXT NOT NULL,
  issuer TEXT NOT NULL,
  holder TEXT NOT NULL,
  supplier TEXT NOT NULL,
  consignee TEXT NOT NULL,
  carrier TEXT NOT NULL,
  origin TEXT NOT NULL,
  destination TEXT NOT NULL,
  substances TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL,
  uses TEXT NOT NULL,
  status TEXT NOT NULL,
  issued INTEGER NOT NULL,
  closed INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  PRIMARY KEY (no)
) STRICT, WITHOUT ROWID;
CREATE INDEX permit_by_holder ON permit (holder);
CREATE INDEX permit_by_status ON permit (status);

CREATE TABLE permit_line (
  permit TEXT NOT NULL,
  substance TEXT NOT NULL,
  granted INTEGER NOT NULL,
  PRIMARY KEY (permit, substance)
) STRICT, WITHOUT ROWID;

CREATE TABLE lot (
  id TEXT NOT NULL,
  substance TEXT NOT NULL,
  maker TEXT NOT NULL,
  parents TEXT NOT NULL,
  purity_ppm INTEGER NOT NULL,
  expiry TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX lot_by_substance ON lot (substance);

CREATE TABLE balance (
  account TEXT NOT NULL,
  substance TEXT NOT NULL,
  lot TEXT NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (account, substance, lot),
  CHECK (amount >= 0 OR instr(account, ':') = 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX balance_by_lot ON balance (lot);

CREATE TABLE measurement (
  account TEXT NOT NULL,
  lot TEXT NOT NULL,
  amount INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  time INTEGER NOT NULL,
  PRIMARY KEY (account, lot)
) STRICT, WITHOUT ROWID;

CREATE TABLE sale (
  id TEXT NOT NULL,
  seller TEXT NOT NULL,
  buyer TEXT NOT NULL,
  substance TEXT NOT NULL,
  amount INTEGER NOT NULL,
  permit TEXT NOT NULL,
  exemption TEXT NOT NULL,
  state TEXT NOT NULL,
  dispatched INTEGER NOT NULL,
  delivered INTEGER NOT NULL,
  sold_on TEXT NOT NULL,
  seq INTEGER NOT NULL,
  confirmed INTEGER NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sale_by_seller ON sale (seller);
CREATE INDEX sale_by_buyer ON sale (buyer);

CREATE TABLE consignment (
  id TEXT NOT NULL,
  sender TEXT NOT NULL,
  receiver TEXT NOT NULL,
  carrier TEXT NOT NULL,
  from_site TEXT NOT NULL,
  to_site TEXT NOT NULL,
  sale TEXT NOT NULL,
  permit TEXT NOT NULL,
  exemption TEXT NOT NULL,
  vehicle TEXT NOT NULL,
  seals TEXT NOT NULL,
  lines INTEGER NOT NULL,
  state TEXT NOT NULL,
  dispatched INTEGER NOT NULL,
  carried INTEGER NOT NULL,
  counted INTEGER NOT NULL,
  settled INTEGER NOT NULL,
  dispatched_at INTEGER NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX consignment_by_sender ON consignment (sender);
CREATE INDEX consignment_by_receiver ON consignment (receiver);
CREATE INDEX consignment_by_carrier ON consignment (carrier);
CREATE INDEX consignment_by_state ON consignment (state);

CREATE TABLE consignment_line (
  consignment TEXT NOT NULL,
  n TEXT NOT NULL,
  lot TEXT NOT NULL,
  substance TEXT NOT NULL,
  shipped INTEGER NOT NULL,
  carried INTEGER NOT NULL,
  counted INTEGER NOT NULL,
  PRIMARY KEY (consignment, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE obligation (
  id TEXT NOT NULL,
  party TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  rule TEXT NOT NULL,
  due INTEGER NOT NULL,
  opened INTEGER NOT NULL,
  closed INTEGER NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX obligation_by_party ON obligation (party, due) WHERE closed = -1;
CREATE INDEX obligation_by_due ON obligation (due) WHERE closed = -1;

CREATE TABLE finding (
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  rule TEXT NOT NULL,
  party TEXT NOT NULL,
  subject TEXT NOT NULL,
  substance TEXT NOT NULL,
  lot TEXT NOT NULL,
  severity TEXT NOT NULL,
  state TEXT NOT NULL,
  lo INTEGER NOT NULL,
  hi INTEGER NOT NULL,
  from_index INTEGER NOT NULL,
  to_index INTEGER NOT NULL,
  custodian TEXT NOT NULL,
  vehicle TEXT NOT NULL,
  seals TEXT NOT NULL,
  opened INTEGER NOT NULL,
  closed INTEGER NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_by_party ON finding (party);
CREATE INDEX finding_by_state ON finding (state);

CREATE TABLE correction (
  entry TEXT NOT NULL,
  "by" INTEGER NOT NULL,
  PRIMARY KEY (entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE fork (
  chain TEXT NOT NULL,
  cseq TEXT NOT NULL,
  kept TEXT NOT NULL,
  other TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (chain, cseq)
) STRICT, WITHOUT ROWID;
