import { concat, type Bytes } from './bytes';

/** Two numbers of 32 bytes as DER SEQUENCE { INTEGER r, INTEGER s }, and back, in its one spelling. */
export interface Pair {
  r: bigint;
  s: bigint;
}

export function bigOf(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return value;
}

export function bytes32(value: bigint): Bytes {
  const out = new Uint8Array(32);
  for (let n = 31; n >= 0; n -= 1, value >>= 8n) out[n] = Number(value & 255n);
  return out;
}

function integer(value: bigint): Bytes {
  let bytes = bytes32(value);
  while (bytes.length > 1 && bytes[0] === 0 && bytes[1]! < 0x80) bytes = bytes.slice(1);
  if (bytes[0]! >= 0x80) bytes = concat(Uint8Array.of(0), bytes);
  return concat(Uint8Array.of(2, bytes.length), bytes);
}

export function toDer({ r, s }: Pair): Bytes {
  const body = concat(integer(r), integer(s));
  return concat(Uint8Array.of(0x30, body.length), body);
}

/** Null for anything but the shortest form of two positive numbers of at most 32 bytes. */
export function fromDer(der: Uint8Array): Pair | null {
  if (der.length < 8 || der[0] !== 0x30 || der[1] !== der.length - 2 || der[2] !== 2) return null;
  const first = der[3]!;
  const second = 4 + first;
  if (first < 1 || first > 33 || der[second] !== 2 || second + 2 + der[second + 1]! !== der.length) return null;
  const pair = { r: bigOf(der.subarray(4, second)), s: bigOf(der.subarray(second + 2)) };
  if (pair.r === 0n || pair.s === 0n || pair.r >> 256n || pair.s >> 256n) return null;
  const again = toDer(pair);
  return again.length === der.length && again.every((byte, n) => byte === der[n]) ? pair : null;
}
