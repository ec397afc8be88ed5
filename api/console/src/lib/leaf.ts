import { fromBase64, utf8, type Bytes } from './bytes';
import { parseHeader, zeros, type Header } from './header';
import { LineReader, parseCountedHash, parseNumber, parseTime, type CountedHash } from './lines';

export interface Batch {
  size: number;
  index: number;
  path: Bytes[];
}

export interface EntrySignature {
  key: string;
  signature: Bytes;
  batch?: Batch;
}

export interface Leaf {
  seq: number;
  prev: string;
  rtime: string;
  policy: number;
  outcome: CountedHash;
  headerText: string;
  header: Header;
  signatures: EntrySignature[];
}

function parsePath(text: string): Bytes[] | null {
  if (text === '-') return [];
  const hashes = text.split(',').map((each) => fromBase64(each, 32));
  return hashes.every((each) => each !== null) ? (hashes as Bytes[]) : null;
}

function parseBatch(size = '', index = '', path = ''): Batch | null {
  const parsed = { size: parseNumber(size), index: parseNumber(index), path: parsePath(path) };
  if (!parsed.size || parsed.index === null || !parsed.path || parsed.index >= parsed.size) return null;
  return parsed as Batch;
}

function parseSignature(line: string): EntrySignature | null {
  const words = line.split(' ');
  const single = words[0] === 'sig' && words.length === 3;
  const batched = words[0] === 'sig-batch' && words.length === 6;
  if ((!single && !batched) || !/^[0-9a-f]{64}$/.test(words[1]!)) return null;
  const signature = fromBase64(words.at(-1)!);
  if (!signature?.length) return null;
  if (single) return { key: words[1]!, signature };
  const batch = parseBatch(words[2], words[3], words[4]);
  return batch && { key: words[1]!, signature, batch };
}

function parseSignatures(lines: string[]): EntrySignature[] | null {
  const all = lines.map(parseSignature);
  const keys = new Set(all.map((each) => each?.key));
  const good = all.length >= 1 && all.length <= 4 && all.every((each) => each !== null) && keys.size === all.length;
  return good ? (all as EntrySignature[]) : null;
}

/** What the tree hashes, read strictly; null for any other spelling. */
export function parseLeaf(text: string): Leaf | null {
  const lines = new LineReader(text);
  if (utf8(text).length > 65535 || !lines.ended || lines.take() !== 'ledger.leaf/v1') return null;
  const seq = parseNumber(lines.value('seq') ?? '');
  const prev = lines.value('prev') ?? '';
  const rtime = parseTime(lines.value('rtime') ?? '');
  const policy = parseNumber(lines.value('policy') ?? '');
  const outcome = parseCountedHash(lines.value('outcome') ?? '');
  const length = parseNumber(lines.value('tbs') ?? '');
  if (seq === null || !/^[0-9a-f]{64}$/.test(prev) || !rtime || policy === null || !outcome || !length) return null;
  if ((seq === 0) !== (prev === zeros)) return null;
  const rest = lines.rest();
  const headerText = `${rest.slice(0, 13).join('\n')}\n`;
  const header = utf8(headerText).length === length ? parseHeader(headerText) : null;
  const signatures = parseSignatures(rest.slice(13));
  return header && signatures && { seq, prev, rtime, policy, outcome, headerText, header, signatures };
}

