import { concat, equal, fromBase64, fromHex, utf8, type Bytes } from './bytes';
import { parseNumber } from './lines';
import { sha256, spkiOf } from './suite';
import { verify } from './signature';

/** Who signs the tree heads of a log: c2sp.org/signed-note, Ed25519. */
export interface LogKey {
  name: string;
  hash: Bytes;
  key: Bytes;
  vkey: string;
}

export interface Checkpoint {
  ledger: string;
  size: number;
  root: Bytes;
}

/** "<name>+<8 hex digits>+<base64>" */
export async function parseLogKey(vkey: string): Promise<LogKey | null> {
  const [name = '', digits = '', encoded = '', ...more] = vkey.split('+').length > 3 ? splitKey(vkey) : vkey.split('+');
  const hash = fromHex(digits, 4);
  const key = fromBase64(encoded, 33);
  if (!name || more.length || !hash || !key || key[0] !== 1) return null;
  const right = (await sha256(concat(utf8(`${name}\n`), key))).subarray(0, 4);
  return equal(right, hash) ? { name, hash, key: key.slice(1), vkey } : null;
}

/** The base64 of a key may hold a plus sign; the name may not. */
function splitKey(vkey: string): string[] {
  const first = vkey.indexOf('+');
  const second = vkey.indexOf('+', first + 1);
  return [vkey.slice(0, first), vkey.slice(first + 1, second), vkey.slice(second + 1)];
}

function parseBody(body: string): Checkpoint | null {
  const lines = body.split('\n');
  if (lines.length !== 4 || lines[3] !== '' || !lines[0]) return null;
  const size = parseNumber(lines[1]!);
  const root = fromBase64(lines[2]!, 32);
  return size === null || !root ? null : { ledger: lines[0], size, root };
}

/** The checkpoint that the log's key signed; null when it did not, or the text is no note. */
export async function openCheckpoint(note: string, log: LogKey): Promise<Checkpoint | null> {
  const gap = note.indexOf('\n\n');
  if (gap < 0 || !note.endsWith('\n')) return null;
  const body = note.slice(0, gap + 1);
  const checkpoint = parseBody(body);
  if (!checkpoint || checkpoint.ledger !== log.name) return null;
  let signed = false;
  for (const line of note.slice(gap + 2, -1).split('\n')) {
    const match = /^\u2014 ([^ ]+) ([A-Za-z0-9+/=]+)$/.exec(line);
    const blob = match && fromBase64(match[2]!);
    if (!match || !blob || blob.length < 5) return null;
    if (match[1] !== log.name || !equal(blob.subarray(0, 4), log.hash)) continue;
    if (!(await verify('ed25519-sha256', spkiOf('ed25519-sha256', log.key), utf8(body), blob.slice(4)))) return null;
    signed = true;
  }
  return signed ? checkpoint : null;
}

