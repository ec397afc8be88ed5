import { base64, concat, fromHex, hex, random, utf8, type Bytes } from './bytes';
import { canonical, type Json } from './canonical';
import { entryId, formatHeader, noHash, seenNothing, zeros, type Header } from './header';
import { parseSizedRoot } from './lines';
import { leafHash, pathOf, rootOf } from './merkle';
import { hash, type Suite } from './suite';

/** A key that signs on this device. The private half never leaves it. */
export interface Signer {
  suite: Suite;
  id: string;
  spki: Bytes;
  sign(message: Bytes): Promise<Bytes>;
}

/** How far the signer's chain has come. */
export interface ChainHead {
  cseq: number;
  head: string;
}

/** A personal value that stays out of what is public. */
export interface PrivateValue {
  path: string;
  value: string;
}

export interface Draft {
  ledger: string;
  party: string;
  type: string;
  payload: { [key: string]: Json };
  values?: PrivateValue[];
  /** The newest checkpoint that this page has verified: "<size> <base64 root>". */
  seen?: string;
  time?: string;
}

export interface WireSignature {
  key: string;
  signature: string;
  batch?: { size: number; index: number; path: string[] };
}

/** What POST /v1/entries takes. */
export interface Submission {
  header: string;
  payload: string;
  signatures: WireSignature[];
  private?: { path: string; value: string; salt: string }[];
}

export interface Prepared {
  submission: Submission;
  header: Header;
  id: string;
}

function length8(size: number): Bytes {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, BigInt(size));
  return out;
}

export async function commitment(suite: Suite, salt: Uint8Array, path: string, value: string): Promise<Bytes> {
  const [pathBytes, valueBytes] = [utf8(path), utf8(value)];
  const parts = [salt, length8(pathBytes.length), pathBytes, length8(valueBytes.length), valueBytes];
  return hash(suite, concat(utf8('ledger.priv/v1\0'), ...parts));
}

async function commit(suite: Suite, values: PrivateValue[]) {
  const salted = values.map((each) => ({ ...each, salt: random(32) }));
  const leaves = await Promise.all(
    salted.map(async (each) => leafHash(await commitment(suite, each.salt, each.path, each.value), suite)),
  );
  return {
    root: values.length ? await rootOf(leaves, suite) : noHash,
    wire: salted.map((each) => ({ path: each.path, value: each.value, salt: base64(each.salt) })),
  };
}

/** The entry with its header, not signed yet. A payload without a nonce gets one. */
export async function prepare(draft: Draft, signer: Pick<Signer, 'suite' | 'id'>, chain: ChainHead | null): Promise<Prepared> {
  const payload = canonical({ nonce: hex(random(16)), ...draft.payload });
  const { root, wire } = await commit(signer.suite, draft.values ?? []);
  const bytes = utf8(payload);
  const [type, version] = draft.type.split('/v');
  const header: Header = {
    suite: signer.suite,
    ledger: draft.ledger,
    party: draft.party,
    key: signer.id,
    chain: signer.id.slice(0, 32),
    cseq: (chain?.cseq ?? 0) + 1,
    prev: chain?.head ?? zeros,
    seen: parseSizedRoot(draft.seen ?? seenNothing)!,
    type: type!,
    version: Number(version ?? 1),
    time: draft.time ?? new Date().toISOString(),
    payload: { count: bytes.length, hash: await hash(signer.suite, bytes) },
    private: { count: wire.length, hash: root },
  };
  const text = formatHeader(header);
  const submission: Submission = { header: text, payload, signatures: [], ...(wire.length ? { private: wire } : {}) };
  return { submission, header, id: await entryId(signer.suite, text) };
}

/** Adds a signature over the header; the author's must be the first. */
export async function addSignature(entry: Prepared, signer: Signer): Promise<void> {
  const signature = await signer.sign(utf8(entry.submission.header));
  entry.submission.signatures.push({ key: signer.id, signature: base64(signature) });
}

/** Signs several entries of one chain with one signature over the root of their ids. */
export async function signTogether(entries: Prepared[], signer: Signer): Promise<void> {
  const leaves = await Promise.all(entries.map((each) => leafHash(fromHex(each.id)!, signer.suite)));
  const root = base64(await rootOf(leaves, signer.suite));
  const ledger = entries[0]!.header.ledger;
  const text = `ledger.batch/v1\n${signer.suite}\n${ledger}\n${signer.id}\n${entries.length} ${root}\n`;
  const signature = base64(await signer.sign(utf8(text)));
  for (const [index, entry] of entries.entries()) {
    const path = (await pathOf(index, leaves, signer.suite)).map(base64);
    entry.submission.signatures.push({ key: signer.id, signature, batch: { size: entries.length, index, path } });
  }
}

export function next(entry: Prepared): ChainHead {
  return { cseq: entry.header.cseq, head: entry.id };
}
