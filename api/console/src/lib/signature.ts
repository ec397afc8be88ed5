import { concat, hex, type Bytes } from './bytes';
import { bytes32, fromDer } from './der';
import { chineseCiphers, pointOf, type Suite } from './suite';

const p256Order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const ed25519Order = 2n ** 252n + 27742317777372353535851937790883648493n;

/** Points of small order, in all their spellings: a key or an R among them signs anything (cr.yp.to/ecdh.html). */
const smallOrder = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

function isOfSmallOrder(point: Uint8Array): boolean {
  const plain = point.slice();
  plain[31]! &= 0x7f;
  return smallOrder.has(hex(plain));
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${hex(bytes.slice().reverse())}`);
}

async function verifyEd25519(point: Bytes, message: Bytes, signature: Bytes): Promise<boolean> {
  if (signature.length !== 64 || littleEndian(signature.subarray(32)) >= ed25519Order) return false;
  if (isOfSmallOrder(point) || isOfSmallOrder(signature.subarray(0, 32))) return false;
  const key = await crypto.subtle.importKey('raw', point, 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', key, signature, message);
}

async function verifyP256(point: Bytes, message: Bytes, signature: Bytes): Promise<boolean> {
  const pair = fromDer(signature);
  if (!pair || pair.s > p256Order / 2n) return false;
  const key = await crypto.subtle.importKey('raw', point, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
  const raw = concat(bytes32(pair.r), bytes32(pair.s));
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, raw, message);
}

async function verifySm2(point: Bytes, message: Bytes, signature: Bytes): Promise<boolean> {
  if (!fromDer(signature)) return false;
  const { sm2 } = await chineseCiphers();
  if (!sm2.verifyPublicKey(hex(point))) return false;
  return sm2.doVerifySignature(message, hex(signature), hex(point), { der: true, hash: true });
}

/** True only for a signature in its one encoding by a key in its one form. */
export async function verify(suite: Suite, spki: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const point = pointOf(suite, spki);
  if (!point) return false;
  const check = { 'ed25519-sha256': verifyEd25519, 'p256-sha256': verifyP256, 'sm2-sm3': verifySm2 }[suite];
  try {
    return await check(point, message as Bytes, signature as Bytes);
  } catch {
    return false;
  }
}

/** The smaller of the two forms of an ECDSA signature, which alone counts. */
export function lowS(s: bigint): bigint {
  return s > p256Order / 2n ? p256Order - s : s;
}
