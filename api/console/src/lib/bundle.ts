import { concat, equal, fromBase64, hex, utf8 } from './bytes';
import { readCanonical, type Json } from './canonical';
import { entryId } from './header';
import { parseLeaf, type EntrySignature, type Leaf } from './leaf';
import { parseLogKey, type LogKey } from './note';
import { checkReceipt } from './receipt';
import { rootByPath, leafHash } from './merkle';
import { hash, isSuite, keyId, sha256, type Suite } from './suite';
import { verify } from './signature';

/** What fails, by the kinds of the command-line verifier, and where. */
export interface Defect {
  place: string;
  kind: string;
}

export interface EntryFacts {
  index: number;
  type: string;
  party: string;
  time: string;
  rtime: string;
  signers: number;
  payload: Json | null;
  outcome: Json | null;
}

export interface Verdict {
  format: 'bundle' | 'statement' | 'trace' | 'receipt' | 'checkpoint';
  ledger: string;
  logKey: string;
  /** The log's key was given by the reader, not by what is checked. */
  pinned: boolean;
  entries: EntryFacts[];
  enrolments: EntryFacts[];
  signatures: number;
  keys: number;
  checkpoint: { size: number; root: string } | null;
  defects: Defect[];
  /** What this file cannot show, by kind. */
  limits: string[];
}

export class NotABundle extends Error {}

/** Told after each entry; it may pause, or throw to give up. */
export type Progress = (done: number, all: number) => void | Promise<void>;

type Fields = { [key: string]: Json };

interface Entry {
  index: number;
  leaf: Leaf | null;
  facts: EntryFacts | null;
}

interface KnownKey {
  suite: Suite;
  spki: Uint8Array;
  party: string;
  enrolledAt: number;
  revokedAt: number | null;
}

function fields(value: Json | undefined): Fields {
  return value && typeof value === 'object' && !Array.isArray(value) ? value : {};
}

function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function place(index: number): string {
  return `entry ${index}`;
}

/** Checks one file alone. `pinned` is a vkey the reader trusts; without it the log's key is the file's own word. */
class BundleCheck {
  private readonly keys = new Map<string, KnownKey>();

  constructor(
    private readonly bundle: Fields,
    private readonly log: LogKey,
    private readonly verdict: Verdict,
    private readonly progress: Progress,
  ) {}

  async run(): Promise<void> {
    const own = this.verdict.format === 'bundle' ? [this.bundle.entry] : list(this.bundle.entries);
    const enrolled = list(this.bundle.keys);
    const all = own.length + enrolled.length;
    const entries: Entry[] = [];
    for (const each of own) {
      entries.push(await this.readEntry(fields(each), this.verdict.entries));
      await this.progress(entries.length, all);
    }
    const enrolments = new Map<number, Entry>();
    for (const each of enrolled) {
      await this.readKey(fields(each), enrolments);
      await this.progress(entries.length + enrolments.size, all);
    }
    if (entries.length === 0) this.defect('bundle', 'form');
    for (const entry of [...entries, ...enrolments.values()]) await this.checkSignatures(entry);
    this.verdict.keys = this.keys.size;
  }

  private defect(where: string | number, kind: string): void {
    this.verdict.defects.push({ place: typeof where === 'number' ? place(where) : where, kind });
  }

  private async readEntry(json: Fields, into: EntryFacts[]): Promise<Entry> {
    const index = typeof json.index === 'number' ? json.index : -1;
    const leaf = parseLeaf(text(json.leaf));
    if (index < 0 || !leaf) {
      this.defect(index < 0 ? 'bundle' : index, 'leaf-form');
      return { index, leaf: null, facts: null };
    }
    await this.checkPlace(index, text(json.receipt), text(json.leaf));
    if (leaf.header.ledger !== this.log.name) this.defect(index, 'ledger');
    const payload = await this.checkPayload(index, leaf, json.payload ?? null);
    const outcome = await this.checkOutcome(index, leaf, json.outcome ?? null, json.payload ?? null);
    if (index === 0 && payload) this.checkGenesis(fields(payload));
    const { type, version, party, time } = leaf.header;
    const facts = { index, type: `${type}/v${version}`, party, time, rtime: leaf.rtime, signers: leaf.signatures.length, payload, outcome };
    into.push(facts);
    return { index, leaf, facts };
  }

  private async checkPlace(index: number, receipt: string, leaf: string): Promise<void> {
    const proven = await checkReceipt(receipt, leaf, this.log);
    if (typeof proven === 'string') return this.defect(index, proven);
    if (proven.index !== index) return this.defect(index, 'seq');
    const { size, root } = proven.checkpoint;
    if (!this.verdict.checkpoint || size > this.verdict.checkpoint.size) this.verdict.checkpoint = { size, root: hex(root) };
  }

  private async checkPayload(index: number, leaf: Leaf, payload: Json): Promise<Json | null> {
    if (typeof payload !== 'string') return this.limit('payload-left-out');
    const bytes = utf8(payload);
    const { count, hash: wanted } = leaf.header.payload;
    if (bytes.length !== count || !equal(await hash(leaf.header.suite, bytes), wanted)) return this.fail(index, 'payload-hash');
    return readCanonical(payload) ?? this.fail(index, 'payload-form');
  }

  private async checkOutcome(index: number, leaf: Leaf, outcome: Json, payload: Json): Promise<Json | null> {
    if (typeof outcome !== 'string') return this.limit('outcome-left-out');
    const bytes = utf8(outcome);
    if (bytes.length !== leaf.outcome.count || !equal(await sha256(bytes), leaf.outcome.hash)) return this.fail(index, 'outcome-hash');
    const value = readCanonical(outcome);
    if (!value) return this.fail(index, 'outcome-form');
    if (typeof payload === 'string') await this.checkSalt(index, text(fields(value).salt), payload);
    return value;
  }

  private async checkSalt(index: number, salt: string, payload: string): Promise<void> {
    const right = hex(await sha256(concat(utf8('ledger.outcome/v1\0'), utf8(payload))));
    if (salt !== right) this.defect(index, 'outcome-salt');
  }

  private checkGenesis(payload: Fields): void {
    if (payload.ledger !== this.log.name || payload.log_key !== this.log.vkey) this.defect(0, 'genesis');
  }

  private async readKey(json: Fields, enrolments: Map<number, Entry>): Promise<void> {
    const id = text(json.key);
    const by = fields(json.enrolled_by);
    const known = enrolments.get(typeof by.index === 'number' ? by.index : -1);
    const entry = known ?? (await this.readEntry(by, this.verdict.enrolments));
    enrolments.set(entry.index, entry);
    const put = list(fields(fields(entry.facts?.outcome ?? null).put).key).map(fields);
    const row = put.find((each) => each.id === id);
    const key = row && (await this.keyOf(row));
    if (!key) return this.defect(entry.index, 'key-put');
    const revokedAt = typeof json.revoked === 'number' ? json.revoked : null;
    this.keys.set(id, { ...key, party: text(row.party), enrolledAt: entry.index, revokedAt });
  }

  /** Key and party as the outcome put them, not as the bundle's other members call them. */
  private async keyOf(row: Fields): Promise<{ suite: Suite; spki: Uint8Array } | null> {
    const suite = text(row.suite);
    const spki = fromBase64(text(row.spki));
    if (!isSuite(suite) || !spki || (await keyId(suite, spki)) !== row.id) return null;
    return { suite, spki };
  }

  private async checkSignatures({ index, leaf }: Entry): Promise<void> {
    if (!leaf) return;
    const author = this.keys.get(leaf.header.key);
    if (leaf.signatures[0]!.key !== leaf.header.key) this.defect(index, 'signature-form');
    if (author && (author.party !== leaf.header.party || author.suite !== leaf.header.suite)) this.defect(index, 'key-party');
    if (leaf.header.chain !== leaf.header.key.slice(0, 32)) this.defect(index, 'chain');
    for (const signature of leaf.signatures) await this.checkSignature(index, leaf, signature);
  }

  private async checkSignature(index: number, leaf: Leaf, signature: EntrySignature): Promise<void> {
    this.verdict.signatures += 1;
    const key = this.keys.get(signature.key);
    if (!key) return this.defect(index, 'key-unknown');
    if (key.enrolledAt > index || (key.revokedAt !== null && key.revokedAt < index)) this.defect(index, 'key-inactive');
    const signed = await signedText(leaf, signature, key.suite);
    if (!signed || !(await verify(key.suite, key.spki, signed, signature.signature))) this.defect(index, 'signature');
  }

  private limit(kind: string): null {
    if (!this.verdict.limits.includes(kind)) this.verdict.limits.push(kind);
    return null;
  }

  private fail(index: number, kind: string): null {
    this.defect(index, kind);
    return null;
  }
}

/** The header itself, or the five lines over the root of the batch that it stands in. */
async function signedText(leaf: Leaf, { key, batch }: EntrySignature, suite: Suite): Promise<Uint8Array | null> {
  if (!batch) return utf8(leaf.headerText);
  const id = await entryId(leaf.header.suite, leaf.headerText);
  const data = Uint8Array.from(id.match(/../g)!, (pair) => parseInt(pair, 16));
  const root = await rootByPath(batch.index, batch.size, await leafHash(data, suite), batch.path, suite);
  if (!root) return null;
  return utf8(`ledger.batch/v1\n${suite}\n${leaf.header.ledger}\n${key}\n${batch.size} ${btoa(String.fromCharCode(...root))}\n`);
}

function formatOf(bundle: Fields): 'bundle' | 'statement' | 'trace' {
  if (bundle.format === 'tallystick.bundle/v1') return 'bundle';
  if (bundle.format === 'tallystick.statement/v1') return 'statement';
  if (bundle.format === 'tallystick.trace/v1') return 'trace';
  throw new NotABundle('format');
}

function readFile(given: string): Fields {
  try {
    return fields(JSON.parse(given) as Json);
  } catch {
    throw new NotABundle('json');
  }
}

function emptyVerdict(format: Verdict['format'], ledger: string, logKey: string, pinned: boolean): Verdict {
  return { format, ledger, logKey, pinned, entries: [], enrolments: [], signatures: 0, keys: 0, checkpoint: null, defects: [], limits: [] };
}

export async function verifyBundle(
  given: string,
  pinned: string | null,
  progress: Progress = () => {},
): Promise<Verdict> {
  const bundle = readFile(given);
  const format = formatOf(bundle);
  const named = await parseLogKey(text(bundle.log_key));
  if (!named) throw new NotABundle('log-key');
  const log = pinned === null ? named : await parseLogKey(pinned);
  if (!log) throw new NotABundle('pinned-key');
  const verdict = emptyVerdict(format, log.name, log.vkey, pinned !== null);
  if (bundle.ledger !== named.name) verdict.defects.push({ place: 'bundle', kind: 'ledger' });
  if (log.vkey !== named.vkey) verdict.defects.push({ place: 'bundle', kind: 'log-key' });
  await new BundleCheck(bundle, log, verdict, progress).run();
  if (pinned === null) verdict.limits.push('log-key-unpinned');
  verdict.limits.push('revocations');
  if (format !== 'bundle') verdict.limits.push('left-out-entries');
  return verdict;
}

/** A receipt alone proves the place of a leaf; with the leaf that it came with, what stands there. */
export async function verifyReceipt(receipt: string, leaf: string, vkey: string): Promise<Verdict> {
  const log = await parseLogKey(vkey);
  if (!log) throw new NotABundle('pinned-key');
  const verdict = emptyVerdict('receipt', log.name, log.vkey, true);
  const proven = await checkReceipt(receipt, leaf, log);
  const read = parseLeaf(leaf);
  if (!read) verdict.defects.push({ place: 'receipt', kind: 'leaf-form' });
  if (typeof proven === 'string') verdict.defects.push({ place: 'receipt', kind: proven });
  else verdict.checkpoint = { size: proven.checkpoint.size, root: hex(proven.checkpoint.root) };
  if (read) {
    const { type, version, party, time } = read.header;
    const facts = { index: read.seq, type: `${type}/v${version}`, party, time, rtime: read.rtime, signers: read.signatures.length };
    verdict.entries.push({ ...facts, payload: null, outcome: null });
  }
  verdict.limits.push('signatures-unchecked');
  return verdict;
}

