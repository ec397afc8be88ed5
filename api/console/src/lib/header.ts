import { base64, concat, fromHex, hex, utf8, type Bytes } from './bytes';
import { LineReader, parseCountedHash, parseNumber, parseSizedRoot, parseTime, type CountedHash } from './lines';
import { hash, isSuite, type Suite } from './suite';

export const zeros = '0'.repeat(64);
/** "No checkpoint seen": SHA-256 of nothing. */
export const seenNothing = '0 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

export interface Header {
  suite: Suite;
  ledger: string;
  party: string;
  key: string;
  chain: string;
  cseq: number;
  prev: string;
  seen: CountedHash;
  type: string;
  version: number;
  time: string;
  payload: CountedHash;
  private: CountedHash;
}

/** The 13 lines that an author signs. */
export function formatHeader(header: Header): string {
  return [
    'ledger.entry/v1',
    `suite ${header.suite}`,
    `ledger ${header.ledger}`,
    `party ${header.party}`,
    `key ${header.key}`,
    `chain ${header.chain}`,
    `cseq ${header.cseq}`,
    `prev ${header.prev}`,
    `seen ${header.seen.count} ${base64(header.seen.hash)}`,
    `type ${header.type}/v${header.version}`,
    `time ${header.time}`,
    `payload ${header.payload.count} ${hex(header.payload.hash)}`,
    `private ${header.private.count} ${hex(header.private.hash)}`,
    '',
  ].join('\n');
}

function parseType(text: string): { type: string; version: number } | null {
  const match = /^([a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)+)\/v([1-9]\d{0,2})$/.exec(text);
  return match && match[1]!.length <= 64 ? { type: match[1]!, version: Number(match[2]) } : null;
}

function matching(text: string | null, pattern: RegExp): string | null {
  return text !== null && pattern.test(text) ? text : null;
}

/** Null for any text that is not exactly what formatHeader would write. */
export function parseHeader(text: string): Header | null {
  const lines = new LineReader(text);
  if (utf8(text).length > 4096 || lines.take() !== 'ledger.entry/v1') return null;
  const suite = lines.value('suite') ?? '';
  const ledger = matching(lines.value('ledger'), /^[!-*,-~]{1,200}$/);
  const party = matching(lines.value('party'), /^[A-Za-z0-9._-]{1,32}$/);
  const key = matching(lines.value('key'), /^[0-9a-f]{64}$/);
  const chain = matching(lines.value('chain'), /^[0-9a-f]{32}$/);
  const cseq = parseNumber(lines.value('cseq') ?? '');
  const prev = matching(lines.value('prev'), /^[0-9a-f]{64}$/);
  const seen = parseSizedRoot(lines.value('seen') ?? '');
  const type = parseType(lines.value('type') ?? '');
  const time = parseTime(lines.value('time') ?? '');
  const payload = parseCountedHash(lines.value('payload') ?? '');
  const values = parseCountedHash(lines.value('private') ?? '');
  if (!isSuite(suite) || !ledger || !party || !key || !chain || !cseq || !prev) return null;
  if (!seen || !type || !time || !payload || !values) return null;
  if ((cseq === 1) !== (prev === zeros) || (values.count === 0) !== (hex(values.hash) === zeros)) return null;
  const header = { suite, ledger, party, key, chain, cseq, prev, seen, ...type, time, payload, private: values };
  return isSeenGood(seen) && formatHeader(header) === text ? header : null;
}

function isSeenGood(seen: CountedHash): boolean {
  return seen.count !== 0 || `0 ${base64(seen.hash)}` === seenNothing;
}

export async function entryId(suite: Suite, header: string): Promise<string> {
  return hex(await hash(suite, concat(utf8('ledger.id/v1\0'), utf8(header))));
}

export const noHash: Bytes = fromHex(zeros)!;

