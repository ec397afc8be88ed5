import { concat, equal, fromHex, hex, utf8, type Bytes } from './bytes';

export type Suite = 'ed25519-sha256' | 'p256-sha256' | 'sm2-sm3';
export const suites: readonly Suite[] = ['ed25519-sha256', 'p256-sha256', 'sm2-sm3'];

export function isSuite(text: string): text is Suite {
  return (suites as readonly string[]).includes(text);
}

export async function sha256(bytes: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Bytes));
}

/** SM2 and SM3 are no part of WebCrypto; the library is loaded by the first who needs it. */
export const chineseCiphers = () => import('sm-crypto-v2');

/** The hash of the suite over bytes. */
export async function hash(suite: Suite, bytes: Uint8Array): Promise<Bytes> {
  if (suite !== 'sm2-sm3') return sha256(bytes);
  return fromHex((await chineseCiphers()).sm3(bytes))!;
}

const spkiHeads: Record<Suite, { head: Bytes; point: number }> = {
  'ed25519-sha256': { head: fromHex('302a300506032b6570032100')!, point: 32 },
  'p256-sha256': { head: fromHex('3059301306072a8648ce3d020106082a8648ce3d030107034200')!, point: 65 },
  'sm2-sm3': { head: fromHex('3059301306072a8648ce3d020106082a811ccf5501822d034200')!, point: 65 },
};

export function spkiOf(suite: Suite, point: Uint8Array): Bytes {
  return concat(spkiHeads[suite].head, point);
}

/** The point of a SubjectPublicKeyInfo in its one form; null for any other. */
export function pointOf(suite: Suite, spki: Uint8Array): Bytes | null {
  const { head, point } = spkiHeads[suite];
  if (spki.length !== head.length + point || !equal(spki.subarray(0, head.length), head)) return null;
  const bytes = spki.slice(head.length) as Bytes;
  return suite !== 'ed25519-sha256' && bytes[0] !== 4 ? null : bytes;
}

export async function keyId(suite: Suite, spki: Uint8Array): Promise<string> {
  return hex(await sha256(concat(utf8(`ledger.key/v1\n${suite}\n`), spki)));
}
