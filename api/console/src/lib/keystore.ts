import { fromHex, hex, type Bytes } from './bytes';
import { bigOf, toDer } from './der';
import type { Signer } from './entry';
import { lowS } from './signature';
import { chineseCiphers, keyId, spkiOf, type Suite } from './suite';

/**
 * Keys of this browser, in IndexedDB. Ed25519 and P-256 keys are non-extractable: the browser signs with them and shows
 * them to nobody, not even to this page. SM2 is not in WebCrypto: such a key is kept sealed under a non-extractable AES
 * key and opened for each signature only.
 */
export interface StoredKey {
  id: string;
  suite: Suite;
  spki: Bytes;
  label: string;
  made: string;
  /** WebCrypto suites. */
  key?: CryptoKey;
  /** SM2. */
  sealed?: { by: CryptoKey; iv: Bytes; bytes: Bytes };
}

const databaseName = 'tallystick';
const storeName = 'keys';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName, 2);
    request.onupgradeneeded = () => {
      for (const name of [storeName, 'drafts'])
        if (!request.result.objectStoreNames.contains(name)) request.result.createObjectStore(name, { keyPath: 'id' });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** One request in one transaction of the browser's database. */
export async function inStore<T>(name: string, mode: IDBTransactionMode, run: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(name, mode);
      const request = run(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

export function storedKeys(): Promise<StoredKey[]> {
  return inStore(storeName, 'readonly', (store) => store.getAll());
}

export async function forgetKey(id: string): Promise<void> {
  await inStore(storeName, 'readwrite', (store) => store.delete(id));
}

async function makeWebKey(suite: Suite): Promise<{ point: Bytes; key: CryptoKey }> {
  const algorithm = suite === 'p256-sha256' ? { name: 'ECDSA', namedCurve: 'P-256' } : { name: 'Ed25519' };
  const pair = (await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])) as CryptoKeyPair;
  return { point: new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)), key: pair.privateKey };
}

interface Sm2Key {
  point: Bytes;
  sealed: NonNullable<StoredKey['sealed']>;
}

async function sealSm2(secret: string, point: string): Promise<Sm2Key> {
  const by = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, by, fromHex(secret)!);
  return { point: fromHex(point)!, sealed: { by, iv, bytes: new Uint8Array(bytes) } };
}

async function makeSm2Key(): Promise<Sm2Key> {
  const { sm2 } = await chineseCiphers();
  const pair = sm2.generateKeyPairHex();
  return sealSm2(pair.privateKey, pair.publicKey);
}

async function keep(suite: Suite, label: string, { point, ...secret }: { point: Bytes; key?: CryptoKey; sealed?: StoredKey['sealed'] }): Promise<StoredKey> {
  const spki = spkiOf(suite, point);
  const stored = { id: await keyId(suite, spki), suite, spki, label, made: new Date().toISOString(), ...secret };
  await inStore(storeName, 'readwrite', (store) => store.put(stored));
  return stored;
}

/** Makes a key and keeps it. Throws where the browser lacks the suite. */
export async function makeKey(suite: Suite, label: string): Promise<StoredKey> {
  return keep(suite, label, suite === 'sm2-sm3' ? await makeSm2Key() : await makeWebKey(suite));
}

async function signP256(key: CryptoKey, message: Bytes): Promise<Bytes> {
  const raw = new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, message));
  return toDer({ r: bigOf(raw.subarray(0, 32)), s: lowS(bigOf(raw.subarray(32))) });
}

async function signSm2(sealed: NonNullable<StoredKey['sealed']>, spki: Bytes, message: Bytes): Promise<Bytes> {
  const { sm2 } = await chineseCiphers();
  const secret = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, sealed.by, sealed.bytes));
  const publicKey = hex(spki.subarray(-65));
  return fromHex(sm2.doSignature(message, hex(secret), { der: true, hash: true, publicKey }))!;
}

export function signerOf(stored: StoredKey): Signer {
  const { suite, id, spki, key, sealed } = stored;
  return {
    suite,
    id,
    spki,
    sign: async (message) => {
      if (suite === 'sm2-sm3') return signSm2(sealed!, spki, message);
      if (suite === 'p256-sha256') return signP256(key!, message);
      return new Uint8Array(await crypto.subtle.sign('Ed25519', key!, message));
    },
  };
}

const pemFrame = /-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END PRIVATE KEY-----/;
const sm2Curve = '06082a811ccf5501822d';
const webAlgorithms: [Suite, AlgorithmIdentifier | EcKeyImportParams][] = [
  ['ed25519-sha256', { name: 'Ed25519' }],
  ['p256-sha256', { name: 'ECDSA', namedCurve: 'P-256' }],
];

function urlBytes(text: string): Bytes {
  const plain = text.replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.from(atob(plain), (char) => char.charCodeAt(0));
}

/** The public point, by way of a form that says it. */
async function pointOfPrivate(der: Bytes, algorithm: AlgorithmIdentifier | EcKeyImportParams): Promise<Bytes> {
  const open = await crypto.subtle.importKey('pkcs8', der, algorithm, true, ['sign']);
  const { x, y } = await crypto.subtle.exportKey('jwk', open);
  return y ? Uint8Array.from([4, ...urlBytes(x!), ...urlBytes(y)]) : urlBytes(x!);
}

/** The secret number of an SM2 key: PKCS #8 names its curve, and its ECPrivateKey (RFC 5915) begins with version 1. */
function sm2Secret(der: Bytes): string | null {
  const text = hex(der);
  if (!text.includes(sm2Curve)) return null;
  return /0201010420([0-9a-f]{64})/.exec(text)?.[1] ?? null;
}

/** A key made elsewhere, as PEM (PKCS #8): kept from now on in a form that nobody can take out again. */
export async function importKey(pem: string, label: string): Promise<StoredKey> {
  const body = pemFrame.exec(pem)?.[1];
  if (!body) throw new Error('not a private key');
  const der = urlBytes(body.replace(/\s/g, ''));
  const secret = sm2Secret(der);
  if (secret) return keep('sm2-sm3', label, await sealSm2(secret, (await chineseCiphers()).sm2.getPublicKeyFromPrivateKey(secret)));
  for (const [suite, algorithm] of webAlgorithms) {
    const key = await crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']).catch(() => null);
    if (key) return keep(suite, label, { point: await pointOfPrivate(der, algorithm), key });
  }
  throw new Error('not a key of a suite that browsers sign with');
}
