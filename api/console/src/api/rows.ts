// What answers hold beyond their description, or more exactly than it says.

export interface Amount {
  /** A whole number of the base unit, below 2^53: exact. */
  amount: number;
  unit: 'mg' | 'ug' | 'pcs';
  text: string;
}

export interface Law {
  article: string;
  confidence: string;
  confidence_note_zh: string | null;
}

export interface Titled {
  title: string;
  title_zh: string;
}

export interface Page<Row> {
  data: Row[];
  has_more: boolean;
  next_cursor: string | null;
}

export interface Obligation extends Law, Titled {
  id: string;
  kind: string;
  party: string;
  subject: string;
  region: string;
  rule: string;
  due: string;
  opened: number;
  closed: number | null;
  overdue: boolean;
  days_late: number;
  severity: string;
  stage: string;
}

export interface Finding extends Law, Titled {
  id: string;
  kind: string;
  rule: string;
  party: string;
  subject: string;
  substance: string;
  lot: string;
  severity: 'low' | 'medium' | 'high' | 'critical';
  state: 'open' | 'explained' | 'closed';
  lo: Amount;
  hi: Amount;
  missing: Amount;
  custodian: string;
  vehicle: string;
  seals: string;
  from_index: number | null;
  to_index: number | null;
  opened: number;
  closed: number | null;
  case_no: string;
  result: string;
  notes: number;
}

export interface FindingNote {
  act: string;
  party: string;
  code: string;
  amount: Amount;
  statement: string;
  seq: number;
  n: string;
  other: string;
}

export interface Localisation {
  finding: string;
  custodians: { party: string; role: string; liable: boolean }[];
  measurements: {
    index: number;
    type: string;
    party: string;
    rtime: string;
    time: string;
    agrees: boolean;
    amount: Amount;
    expected: Amount;
    tolerance: Amount;
    keys: { key: string; officer: string; party: string }[];
  }[];
  first_disagreeing: number | null;
  last_agreeing: number | null;
  lo: Amount;
  hi: Amount;
  lot: string;
  vehicle: string;
  seals: { index: number; party: string; seals: string; state: string }[];
  permits: string[];
}

export interface PermitAmount {
  substance: string;
  granted: Amount;
  /** The rest is null for whoever still has to count goods that travel on the paper. */
  used: Amount | null;
  held: Amount | null;
  left: Amount | null;
  lapsed: Amount | null;
}

export interface Permit {
  no: string;
  kind: string;
  kind_zh?: string;
  issuer: string;
  holder: string;
  supplier: string;
  consignee: string;
  carrier: string;
  origin: string;
  destination: string;
  state: string;
  status: string;
  uses: string;
  purpose: string;
  substances: string[];
  valid_from: string;
  valid_to: string;
  issued: number;
  closed: number | null;
  amounts: PermitAmount[];
}

export interface StatementLine {
  index: number;
  type: string;
  party: string;
  rtime: string;
  substance: string;
  amount: Amount;
  from: string;
  to: string;
  left: Amount;
  held: Amount;
  used: Amount;
}

export interface Party {
  id: string;
  name: string;
  kinds: string[];
  region: string;
  status: string;
  uscc: string;
  agency_role: string;
  agency_level: string;
  registered: number;
  verified: number | null;
  verified_by: string;
}

export interface Site {
  id: string;
  name: string;
  kind: string;
  region: string;
  address: string;
  party: string;
  added: number;
  closed: number | null;
}

export interface Balance {
  account: string;
  site?: string;
  lot: string;
  substance: string;
  amount: Amount;
}

export interface ConsignmentLine {
  n: string;
  lot: string;
  substance: string;
  shipped: Amount | null;
  carried: Amount | null;
  counted: Amount | null;
}

export interface Consignment {
  id: string;
  sender: string;
  receiver: string;
  carrier: string;
  from_site: string;
  to_site: string;
  sale: string;
  permit: string;
  vehicle: string;
  seals: string;
  state: string;
  blind: boolean;
  dispatched: number;
  dispatched_at: string;
  counted: number | null;
  settled: number | null;
  custodian: string;
  names: Record<string, string>;
  lines: ConsignmentLine[];
}

export interface Sale {
  id: string;
  seller: string;
  buyer: string;
  substance: string;
  amount: Amount | null;
  dispatched: Amount | null;
  delivered: Amount | null;
  permit: string;
  state: string;
  names: Record<string, string>;
  sold_on: string;
  seq: number;
}

export interface Application {
  id: string;
  applicant: string;
  agency: string;
  kind: string;
  purpose: string;
  supplier: string;
  carrier: string;
  consignee: string;
  origin: string;
  destination: string;
  state: string;
  permit: string;
  reason: string;
  applied: number;
  decided: number | null;
  lines: { substance: string; amount: Amount | null }[];
}

export interface Substance extends Law {
  code: string;
  name_zh: string;
  name_en: string;
  cas: string;
  class: string;
  unit: 'mg' | 'ug' | 'pcs';
  pharma: boolean;
  two_persons: boolean;
  aliases: string[];
}

export interface PermitKind extends Law {
  code: string;
  name_zh: string;
  name_en: string;
  classes: string[];
  issuer_role: string;
  issuer_level: string;
  quantity_bound: boolean;
  uses: string;
}

export interface TraceNode {
  account: string;
  site: string;
  party: string;
  lot: string;
  substance: string;
  consignment: string;
  region: string;
  hops: number;
  index: number;
}

export interface TraceEdge {
  source: number;
  target: number;
  amount: Amount;
  index: number;
  type: string;
  kind: string;
  party: string;
  custodian: string;
  consignment: string;
  permit: string;
  purchase_permit: string;
  sale: string;
  vehicle: string;
  rtime: string;
  time: string;
  corrected_by: number | null;
}

export interface Trace {
  nodes: TraceNode[];
  edges: TraceEdge[];
  truncated: boolean;
}

export interface MassBalance {
  who: string;
  substance: string;
  opening: Amount;
  in: Amount;
  out: Amount;
  closing: Amount;
  residual: Amount;
  unaccounted: Amount;
  missing_on_road: Amount;
  on_road: Amount;
  sigma: Amount;
  columns: Record<string, Amount>;
}

export interface CoverageRow {
  region: string;
  name: string;
  known: number;
  registered: number;
  verified: number;
  registered_permille: number;
  verified_permille: number;
}

export interface Entry {
  index: number;
  type: string;
  party: string;
  chain: string;
  cseq: number;
  rtime: string;
}

/** An entry as it stands beside the one that corrects it, or that it corrects. */
export interface WholeEntry extends Entry {
  payload: Record<string, unknown>;
  outcome: Record<string, unknown>;
}

export interface CorrectedPair {
  reason: string;
  original: WholeEntry;
  correction: WholeEntry;
}

export interface FullEntry extends Entry {
  entry_id: string;
  header: string;
  payload: Record<string, unknown> | null;
  outcome: Record<string, unknown> | null;
  signers: string[];
  /** On both entries alike; null where nothing was corrected. */
  corrected: CorrectedPair | null;
  hidden_until_counted: boolean;
}

export interface Access {
  index: number;
  time: string;
  who: string;
  party: string;
  party_name: string;
  officer: string;
  purpose: 'case' | 'inspection' | 'routine' | 'unstated';
  reference: string;
  operation: string;
  subjects: string[];
  hash: string;
}

/** By path; paths that are not here answer as their description says. */
export interface Answers {
  '/v1/obligations': Page<Obligation>;
  '/v1/findings': Page<Finding>;
  '/v1/findings/{finding}': Finding & { history: FindingNote[] };
  '/v1/findings/{finding}/localisation': Localisation;
  '/v1/permits': Page<Permit>;
  '/v1/permits/{permit}': Permit;
  '/v1/permits/{permit}/statement': Page<StatementLine>;
  '/v1/parties': Page<Party>;
  '/v1/parties/{party}': Party;
  '/v1/parties/{party}/sites': Page<Site>;
  '/v1/balances': Page<Balance>;
  '/v1/consignments': Page<Consignment>;
  '/v1/consignments/{consignment}': Consignment;
  '/v1/sales': Page<Sale>;
  '/v1/applications': Page<Application>;
  '/v1/applications/{application}': Application;
  '/v1/substances': Page<Substance>;
  '/v1/permit-kinds': Page<PermitKind>;
  '/v1/trace/lots/{lot}': Trace;
  '/v1/trace/consignments/{consignment}': Trace;
  '/v1/mass-balance': Page<MassBalance>;
  '/v1/coverage': { regions: CoverageRow[]; total: CoverageRow };
  '/v1/access-log': Page<Access>;
  '/v1/entries': Page<Entry>;
  '/v1/entries/{index}': FullEntry;
}
